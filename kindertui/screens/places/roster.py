"""The roster: the group at a glance, and the line that books what happens in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual.content import Content
from textual.widget import Widget

from kindertui.commands import Place, State
from kindertui.domain.due import still_due
from kindertui.domain.offers import offer
from kindertui.domain.roster import ChildDay
from kindertui.i18n import _, ngettext
from kindertui.phrases import HARM, age
from kindertui.phrases.care_notes import care_words
from kindertui.phrases.memos import MARK, memo_words, memos_line
from kindertui.phrases.offers import offer_words
from kindertui.phrases.roster import (
    FOOD_WIDTHS,
    DayWords,
    away_words,
    day_words,
    mind_column,
    not_signed_out_words,
    sleep_width,
)
from kindertui.screens.app_state import AppState
from kindertui.screens.place import Action, PlaceScreen
from kindertui.screens.requests import Go
from kindertui.text import cell, clean_for_screen, content
from kindertui.widgets.bars import HeadBar
from kindertui.widgets.minding import mind_content
from kindertui.widgets.table import BLANK, Cell, Column, Row, RowTable, text_row

if TYPE_CHECKING:
    from kindertui.data.daylog import Saved
    from kindertui.screens.entry.target import NewEntry

_MEMO_ROWS = 3  # of the group's memos above its children, at most: the children are what the roster is for
WIDE = 112  # from here the nappy has a column and sleep is spelled out, with room left for what to mind


class RosterScreen(PlaceScreen):
    """Who is in, asleep, expected; who still wants something; what must be minded."""

    PLACE: ClassVar[Place] = "roster"
    _offered = ""  # the line that the hour asks for, as it was last offered

    def __init__(self, state: AppState) -> None:
        super().__init__(state)
        self._rows: dict[str, tuple[ChildDay, tuple[datetime, int, str, bool], tuple[Row, ...]]] = {}

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
        self.state.cache.read()
        self.state.attention.read_missing()
        self._show_rows()

    def show_saved(self, saved: Saved) -> tuple[Widget, ...]:
        """Only what the act changed: nobody waits for a group to be read again. What others did comes in a moment."""
        state, now = self.state, self.state.now()
        if not self.is_running or not state.cache.days or state.cache.days[0].day != state.shown_day or saved.memos:
            return super().show_saved(saved)
        changed = state.cache.take(saved)
        stays = all(before.presence(now) == after.presence(now) for before, after in changed)
        if not stays or state.due_first or state.marked != self.table.marked:  # other rows, or in another order
            self._show_rows()
            self.show_head()
            self._show_under_line()
            return (self.table, self.query_one(HeadBar))
        self.table.change(self._row(after, now)[0] for _before, after in changed)
        self._show_under_line()
        return (self.table,)

    def _show_rows(self) -> None:
        state, days = self.state, self.state.cache.days
        now = state.now()
        today = now.date()
        present = [one for one in days if one.there(today)]
        if state.due_first:
            present.sort(
                key=lambda one: not (still_due(one, now, state.policy) or one.child.id in state.attention.missing)
            )
        away = [
            one
            for one in days
            if not one.there(today) and (one.presence(now) != "not_expected" or one.not_signed_out is not None)
        ]
        rows = [row for one in present for row in self._row(one, now)]
        away_rows = [row for one in away for row in self._row(one, now)]
        if away_rows:
            rows += [BLANK] * bool(rows) + [text_row(_("not in"), "dim"), *away_rows]
        rows = [*self._memo_rows(), *(rows or [BLANK, text_row(self._empty(days), "dim")])]
        state.marked &= {one.child.id for one in days}
        self.table.show(_columns(self.app.size.width), rows, state.marked)
        if state.child_id is not None and state.child_id in self.table.keys:
            self.table.move_to(state.child_id)
        else:
            state.child_id = self.table.cursor
        if not self.entry.value:
            self.show_idle()

    def _memo_rows(self) -> list[Row]:
        """What is kept in sight of the group, above its children: a row each, and one for what is too much."""
        state, memos = self.state, self.state.cache.memos
        today, names = state.shown_day, {one.id: one.name for one in state.groups}
        rows = []
        for one in memos if len(memos) <= _MEMO_ROWS else memos[: _MEMO_ROWS - 1]:
            whose = f"{names[one.group_id]}: " if state.group_id is None and one.group_id in names else ""
            rows.append(Row(None, (Cell(whose + memo_words(one, today), "due"),), wide=0, sign=MARK))
        if left := len(memos) - len(rows):
            more = ngettext("{n} more: type memo", "{n} more: type memo", left).format(n=left)
            rows.append(Row(None, (Cell(more, "due"),), wide=0, sign=MARK))
        return rows

    def _row(self, one: ChildDay, now: datetime) -> tuple[Row, ...]:
        """A child's row, and below it what may hurt the child where its column has no room for that.

        Made anew when the child's day, the minute, the width or the language is another one.
        """
        width = self.app.size.width
        owes = one.child.id in self.state.attention.missing
        asked = (now.replace(second=0, microsecond=0), width, self.state.language, owes)
        kept = self._rows.get(one.child.id)
        if kept is None or kept[0] is not one or kept[1] != asked:
            if one.there(now.date()):
                words = day_words(one, now, self.state.policy, wide=width >= WIDE, owes=owes)
                rows = _child_rows(one, words, width)
            else:
                rows = (_away(one, self._away_words(one)),)
            kept = self._rows[one.child.id] = (one, asked, rows)
        return kept[2]

    def _away_words(self, one: ChildDay) -> tuple[str, str]:
        text, tone = away_words(one, self.state.now(), self.state.policy.no_show_grace)
        if tone == "danger":
            text = HARM + text + "  ·  " + _("type: call")
        if forgotten := not_signed_out_words(one):
            text, tone = f"{text} · {forgotten}", "due" if tone != "danger" else tone
        return text, tone

    def show_idle(self) -> None:
        """What must be minded about the child under the cursor: the column is narrow, here it stands in full.

        A row below it its memos, else what the hour asks for; where what must be minded needs both rows, behind that.
        """
        super().show_idle()
        if self.state.locked:
            return
        offered, self._offered = self._offer()
        one = self.state.cache.child_day(self.state.child_id)
        if one is None or not (care_words(one) or one.memos):
            self.status.say_preview(offered)
            return
        name = (clean_for_screen(f"  {one.child.full_name}   "), "bold")
        told = Content.assemble(name, mind_content(one))
        if one.memos:
            room = self.app.size.width - 2
            memos = cell(memos_line(one.memos, one.day), room - 4).rstrip()
            told = Content.assemble(told, "\n  " if told.cell_length <= room else "   ", (memos, "$tone-due"))
        elif offered.plain and told.cell_length <= self.app.size.width - 2:
            told = Content.assemble(told, "\n", offered)
        self.status.say_preview(told)

    def _offer(self) -> tuple[Content, str]:
        """What the hour asks for, and the line for it; nothing on another day."""
        state = self.state
        found = offer(state.cache.days, state.now(), state.policy) if state.is_today else None
        if found is None:
            return Content(""), ""
        text, line = offer_words(found, state.cache.days)
        parts: list[tuple[str, str]] = [(clean_for_screen(f"  {text}"), "$tone-dim")]
        if line:
            parts += [(clean_for_screen(f"   {line}"), "$tone-accent"), ("   " + _("Tab types it"), "$tone-dim")]
        return Content.assemble(*parts), line

    def _say_complete(self) -> None:
        """Tab on the empty line types what was offered under it."""
        if self._offered and not self.state.locked:
            self.entry.put(self._offered)
        else:
            super()._say_complete()

    def _empty(self, days: tuple[ChildDay, ...]) -> str:
        from kindertui.data import queries

        if not days and self.state.group_id is not None and queries.children(self.state.store.reader):
            return _("No children in this group. ctrl+g shows another one.")
        if not days:
            return _("No children here yet: kindertui import takes in a list of them.")
        return _("Nobody is expected on this day. Whoever comes all the same: type the name and in.")

    def target(self) -> NewEntry:
        from kindertui.screens.entry.target import NewEntry

        return NewEntry(self.state, lambda: self.table.cursor, marks=True)

    def actions(self) -> Mapping[str, Action]:
        own = {"enter": self._open_day, "mark": self._mark_row, "mark_all": self._mark_all, "sort": self._sort}
        return {**super().actions(), **own}

    def _show_under_line(self) -> None:
        """What a typed line means now that another child is meant, or the empty line's own words."""
        if self.entry.value.strip():
            self.controller.show_preview()
        else:
            self.show_idle()

    def _pointed(self, child_id: str) -> None:
        # at once: news that come between the key and its message would show the cursor where it was, and the next line
        # be for that child
        self.state.child_id = child_id

    def cursor_moved(self) -> None:
        self._show_under_line()

    def on_row_table_marked(self, event: RowTable.Marked) -> None:
        event.stop()
        self._mark(event.key)

    def after_save(self, saved: Saved) -> None:
        self.state.marked = frozenset()

    def point_at(self, child_id: str) -> None:
        self.state.child_id = child_id  # also of one that no row is about
        self.table.move_to(child_id)

    def _open_day(self) -> None:
        if self.table.cursor is not None:
            self.post_message(Go("day"))

    def _mark_row(self) -> None:
        if (key := self.table.cursor) is not None:
            self.table.move_by(1)
            self._mark(key)

    def _mark(self, key: str) -> None:
        self.state.marked = self.state.marked ^ {key}
        self.show()
        self._tell_marked()

    def _mark_all(self) -> None:
        today = self.state.now().date()
        self.state.marked = frozenset(one.child.id for one in self.state.cache.days if one.there(today))
        self.show()
        self._tell_marked()
        if not self.state.marked:
            self.status.say(_("Nobody is in yet, so there is nobody to mark."), "due")
        self._show_under_line()

    def _tell_marked(self) -> None:
        if self.state.marked:
            text = _("{n} marked: the next line is for them. Esc unmarks.")
            self.status.say(text.format(n=len(self.state.marked)), "accent")
        else:
            self.status.say("")

    def go_back(self) -> None:
        if self.entry.value or not self.state.marked:
            super().go_back()
            return
        self.state.marked = frozenset()
        self.show()
        self._tell_marked()

    def _sort(self) -> None:
        self.state.due_first = not self.state.due_first
        self.show()
        self.status.say(_("What is still due first.") if self.state.due_first else _("By name."))


def _columns(width: int) -> tuple[Column, ...]:
    wide = width >= WIDE
    name = 22 if wide else 18
    return (
        Column(_("child"), name),
        Column(_("age"), 4),
        Column(_("in"), 5),
        Column(_("sleep"), sleep_width() if wide else 13),
        Column(_("food"), FOOD_WIDTHS[wide]),
        *([Column(_("nappy"), 12)] if wide else []),
        Column(_("still due"), 10 if wide else 9),
        Column(_("mind"), 0),
    )


def _child_rows(child_day: ChildDay, words: DayWords, width: int) -> tuple[Row, ...]:
    wide = width >= WIDE
    told = (words.sleep, words.food, *([words.nappy] if wide else []), words.due)
    # beside the columns: the edges of the screen, the sign, and the bar of a list that is scrolled
    room = width - sum(column.width + 1 for column in _columns(width)[:-1]) - 5
    mind, below = mind_column(words.harm, words.know, room)
    cells = (
        Cell(words.name, "strong"), Cell(words.age, "dim"), Cell(words.arrived),
        *(Cell(*one) for one in (*told, *mind)),
    )  # fmt: skip
    row = Row(child_day.child.id, cells, sign=MARK if child_day.memos else "")
    # under their column, and as far to the left as they need
    lines = [line.plain.strip() for line in content(below).wrap(width - 7)] if below else []
    indented = (" " * (width - 5 - max(room, cell_len(line))) + line for line in lines)
    return (row, *(Row(None, (Cell(line, "danger"),), wide=0) for line in indented))


def _away(child_day: ChildDay, words: tuple[str, str]) -> Row:
    name = Cell(child_day.child.full_name, "plain")
    cells = (name, Cell(age(child_day.child, child_day.day), "dim"), Cell(*words))
    return Row(child_day.child.id, cells, wide=2, sign=MARK if child_day.memos else "")
