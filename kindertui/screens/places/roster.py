"""The roster: the group at a glance, and the line that books what happens in it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from textual.content import Content
from textual.widget import Widget

from kindertui.commands import Place, State
from kindertui.domain.due import still_due
from kindertui.domain.roster import ChildDay
from kindertui.i18n import _
from kindertui.phrases import age
from kindertui.phrases.care_notes import care_words
from kindertui.phrases.roster import FOOD_WIDTHS, DayWords, away_words, day_words
from kindertui.screens.app_state import AppState
from kindertui.screens.entry.controller import EnteringScreen
from kindertui.screens.place import Go
from kindertui.text import clean_for_screen
from kindertui.widgets.bars import HeadBar
from kindertui.widgets.table import Cell, Column, Row, RowTable

if TYPE_CHECKING:
    from kindertui.data.daylog import Saved
    from kindertui.domain.entry import Roster

WIDE = 104  # from here the nappy has a column and sleep is spelled out


class RosterScreen(EnteringScreen):
    """Who is in, asleep, expected; who still wants something; what must be minded."""

    PLACE: ClassVar[Place] = "roster"

    def __init__(self, state: AppState) -> None:
        super().__init__(state)
        self._rows: dict[str, tuple[ChildDay, tuple[datetime, bool, str, bool], Row]] = {}

    def body(self) -> Iterable[Widget]:
        table = RowTable(id="children", marks=True)
        table.pointed = self._pointed
        yield table

    @property
    def table(self) -> RowTable:
        return self.query_one("#children", RowTable)

    def command_state(self) -> State:
        chosen = self.table.cursor is not None
        return State(self.PLACE, row=chosen, child=chosen, marked=bool(self.state.marked))

    def show(self) -> None:
        self.state.read()
        self.state.read_owing()
        self._show_rows()

    def show_changed(self, saved: Saved) -> tuple[Widget, ...]:
        """Only what the act changed: nobody waits for a group to be read again. What others did comes in a moment."""
        state, now, wide = self.state, self.state.now(), self.app.size.width >= WIDE
        if not self.is_running or not state.days or state.days[0].day != state.shown_day:
            return super().show_changed(saved)
        changed = state.take(saved)
        stays = all(before.presence(now) == after.presence(now) for before, after in changed)
        if not stays or state.due_first or state.marked != self.table.marked:  # other rows, or in another order
            self._show_rows()
            self.show_head()
            self.show_preview()
            return (self.table, self.query_one(HeadBar))
        self.table.change(self._row(after, now, wide=wide) for _before, after in changed)
        self.show_preview()
        return (self.table,)

    def make_ready(self, saved: Saved, words: str) -> None:
        super().make_ready(saved, words)
        state, now, wide = self.state, self.state.now(), self.app.size.width >= WIDE
        for one in saved.days:
            if one.day == state.shown_day and one.child.id in state.seen:
                self._row(one, now, wide=wide)  # which keeps it

    def _show_rows(self) -> None:
        state, days = self.state, self.state.days
        now, wide = state.now(), self.app.size.width >= WIDE
        today = now.date()
        present = [one for one in days if one.there(today)]
        if state.due_first:
            present.sort(key=lambda one: not (still_due(one, now, state.policy) or one.child.id in state.owing))
        away = [one for one in days if not one.there(today) and one.presence(now) != "not_expected"]
        rows = [self._row(one, now, wide=wide) for one in present]
        away_rows = [self._row(one, now, wide=wide) for one in away]
        blank = Row(None, ())
        if away_rows:
            rows += [blank] * bool(rows) + [Row(None, (Cell(_("not in"), "dim"),), wide=0), *away_rows]
        if not rows:
            rows = [blank, Row(None, (Cell(self._empty(days), "dim"),), wide=0)]
        present_ids = {one.child.id for one in days}
        state.marked = state.marked & present_ids
        self.table.show(_columns(self.app.size.width), rows, state.marked)
        if state.child_id is not None and state.child_id in self.table.keys:
            self.table.move_to(state.child_id)
        else:
            state.child_id = self.table.cursor
        if not self.entry.value:
            self.show_preview()

    def _row(self, one: ChildDay, now: datetime, *, wide: bool) -> Row:
        """A child's row; made anew when the child's day, the minute, the width or the language is another one."""
        owes = one.child.id in self.state.owing
        asked = (now.replace(second=0, microsecond=0), wide, self.state.language, owes)
        kept = self._rows.get(one.child.id)
        if kept is None or kept[0] is not one or kept[1] != asked:
            words = day_words(one, now, self.state.policy, wide=wide, owes=owes) if one.there(now.date()) else None
            row = _away(one, self._away_words(one)) if words is None else _row(one, words, wide=wide)
            kept = self._rows[one.child.id] = (one, asked, row)
        return kept[2]

    def _away_words(self, one: ChildDay) -> tuple[str, str]:
        text, tone = away_words(one, self.state.now(), self.state.policy.no_show_grace)
        if tone == "danger":
            text += "  ·  " + _("type: call")
        return text, tone

    def show_preview(self) -> None:
        super().show_preview()
        one = self.state.child_day(self.state.child_id)
        if not self.entry.value.strip() and not self.state.locked and one is not None and (minds := care_words(one)):
            # the column is narrow; what may hurt a child stands here in full
            name = (clean_for_screen(f"  {one.child.full_name}   "), "bold")
            self.say_preview(Content.assemble(name, (clean_for_screen(" · ".join(minds)), "$tone-danger")))

    def _empty(self, days: tuple[ChildDay, ...]) -> str:
        from kindertui.data import queries

        if not days and self.state.group_id is not None and queries.children(self.state.store.reader):
            return _("No children in this group. ctrl+g shows another one.")
        if not days:
            return _("No children here yet: kindertui import takes in a list of them.")
        return _("Nobody is expected on this day. Whoever comes all the same: type the name and in.")

    def roster_of_line(self) -> Roster:
        return self.state.entry_roster(self.table.cursor, marked=self.state.marked)

    def moved(self, key: str) -> bool:
        return self.table.key_pressed(key)

    def _pointed(self, child_id: str) -> None:
        # at once: news that come between the key and its message would show the cursor where it was, and the next line
        # be for that child
        self.state.child_id = child_id

    def on_row_table_moved(self, event: RowTable.Moved) -> None:
        event.stop()
        self.moved_on()
        self.show_preview()

    def on_row_table_chosen(self, event: RowTable.Chosen) -> None:
        event.stop()
        if event.twice:
            self.do_enter()

    def on_row_table_marked(self, event: RowTable.Marked) -> None:
        event.stop()
        self._mark(event.key)

    def after_save(self, saved: Saved) -> None:
        self.state.marked = frozenset()

    def point_at(self, child_id: str) -> None:
        self.state.child_id = child_id  # also of one that no row is about
        self.table.move_to(child_id)

    def do_enter(self) -> None:
        if self.table.cursor is not None:
            self.post_message(Go("day"))

    def do_mark(self) -> None:
        if (key := self.table.cursor) is not None:
            self.table.move_by(1)
            self._mark(key)

    def _mark(self, key: str) -> None:
        self.state.marked = self.state.marked ^ {key}
        self.show()
        self._tell_marked()

    def do_mark_all(self, args: str = "") -> None:
        today = self.state.now().date()
        self.state.marked = frozenset(one.child.id for one in self.state.days if one.there(today))
        self.show()
        self._tell_marked()
        if not self.state.marked:
            self.say(_("Nobody is in yet, so there is nobody to mark."), "due")
        self.show_preview()

    def _tell_marked(self) -> None:
        if self.state.marked:
            self.say(
                _("{n} marked: the next line is for them. Esc unmarks.").format(n=len(self.state.marked)), "accent"
            )
        else:
            self.say("")

    def do_back(self) -> None:
        if self.entry.value or not self.state.marked:
            super().do_back()
            return
        self.state.marked = frozenset()
        self.show()
        self._tell_marked()

    def do_sort(self) -> None:
        self.state.due_first = not self.state.due_first
        self.show()
        self.say(_("What is still due first.") if self.state.due_first else _("By name."))


def _columns(width: int) -> tuple[Column, ...]:
    wide = width >= WIDE
    name = 22 if wide else 18
    heads = [
        Column(_("child"), name),
        Column(_("age"), 4),
        Column(_("in"), 5),
        Column(_("sleep"), 24 if wide else 13),
        Column(_("food"), FOOD_WIDTHS[wide]),
    ]
    if wide:
        heads.append(Column(_("nappy"), 12))
    heads += [Column(_("still due"), 10 if wide else 9), Column(_("mind"), 0)]
    return tuple(heads)


def _row(child_day: ChildDay, words: DayWords, *, wide: bool) -> Row:
    cells = [
        Cell(words.name, "strong"),
        Cell(words.age, "dim"),
        Cell(words.arrived),
        Cell(*words.sleep),
        Cell(*words.food),
    ]
    if wide:
        cells.append(Cell(*words.nappy))
    return Row(child_day.child.id, (*cells, Cell(*words.due), Cell(*words.care)))


def _away(child_day: ChildDay, words: tuple[str, str]) -> Row:
    name = Cell(child_day.child.full_name, "plain")
    return Row(child_day.child.id, (name, Cell(age(child_day.child, child_day.day), "dim"), Cell(*words)), wide=2)
