"""One child's day: who she is, what to mind, the hours as lanes, and every entry to correct or take away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, ClassVar

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from kindertui.commands import Place, State
from kindertui.data import daylog, queries
from kindertui.data.daylog import Saved
from kindertui.data.queries import history
from kindertui.domain.daylog import Entry, Kind
from kindertui.domain.entry import entry_to_line
from kindertui.domain.faults import DatabaseFault, Refused
from kindertui.domain.roster import ChildDay
from kindertui.i18n import _, ngettext
from kindertui.phrases import age, clock
from kindertui.phrases.care_notes import relation
from kindertui.phrases.daylog import kept, kind, meal, said_words
from kindertui.phrases.entry import corrected_words
from kindertui.phrases.history import was_words
from kindertui.phrases.memos import memos_line
from kindertui.phrases.roster import away_words, since_eve_words
from kindertui.screens.place import Action, PlaceScreen
from kindertui.text import content
from kindertui.widgets.key_line import clickable
from kindertui.widgets.minding import mind_content
from kindertui.widgets.table import Cell, Column, Row, RowTable, text_row
from kindertui.widgets.timeline import Lane, Mark, Timeline

if TYPE_CHECKING:
    from kindertui.screens.entry.target import NewEntry

_TONES: dict[Kind, str] = {"sleep": "sleep", "temperature": "due", "medicine": "due", "incident": "danger"}
_EARLIEST, _HOURS = 7, 12


class DayScreen(PlaceScreen):
    """The day of the child the roster's cursor is on."""

    PLACE: ClassVar[Place] = "day"
    _entered_at: str | None = None  # the row the cursor was on when the line was sent, or was put on since
    _day: ChildDay | None = None

    def body(self) -> Iterable[Widget]:
        yield Static(id="child-head", markup=False)
        yield Timeline(id="timeline")
        yield RowTable(id="entries", heads=False)

    @property
    def table(self) -> RowTable:
        return self.query_one("#entries", RowTable)

    def command_state(self) -> State:
        return State(self.PLACE, row=self.table.cursor is not None, child=self._day is not None)

    def show(self) -> None:
        state = self.state
        if not state.cache.days:
            state.cache.read()
        if state.child_id is None and state.cache.days:
            state.child_id = state.cache.days[0].child.id
        state.cache.read()
        self._day = child_day = state.cache.child_day(state.child_id)
        head = self.query_one("#child-head", Static)
        if child_day is None:
            head.update(Content(_("No child is chosen: 1 shows the roster, / finds one.")))
            self.table.show((), ())
            return
        now = state.now()
        head.update(self._head(child_day, now))
        self._show_timeline(child_day, now)
        rows = [self._row(entry, now) for entry in child_day.entries]
        if child_day.before:  # to be corrected on their own day
            rows.insert(0, text_row(since_eve_words(child_day), "dim"))
        none = text_row(_("Nothing is written on this day yet: type what happened."), "dim")
        words = Column("", 44 if self.app.size.width >= 104 else 26)
        self.table.show((Column("", 5), Column("", 12), words, Column("", 0)), rows or [none])
        if not self.entry.value:
            self.show_idle()

    def _head(self, child_day: ChildDay, now: datetime) -> Content:
        child = child_day.child
        if child_day.is_in and child_day.arrival:
            where = _("in {time}").format(time=clock(child_day.arrival.start))
        else:
            where = away_words(child_day, now, self.state.policy.no_show_grace)[0]
        about = "   ".join(("", age(child, child_day.day), self.state.group_name(self.state.group_id), where))
        first = Content.assemble(content(child.full_name, "bold"), content(about, "$tone-dim"))
        if minds := mind_content(child_day):
            first = Content.assemble(first, "   ", minds)
        held = {one.guardian_id for one in child_day.restrictions if one.kind == "contact"}
        people = [
            f"{relation(one.relation)} {one.guardian.name} {one.guardian.phone}".strip()
            for one in queries.guardianships(self.state.store.reader, (child.id,))
            if one.guardian.id not in held and None not in held
        ]
        told = Content.assemble(first, "\n", content("   ".join(people), "$tone-dim"))
        if child_day.memos:
            told = Content.assemble(told, "\n", content(memos_line(child_day.memos, child_day.day), "$tone-due"))
        return told

    def _show_timeline(self, child_day: ChildDay, now: datetime) -> None:
        zone = self.state.zone
        first = datetime(child_day.day.year, child_day.day.month, child_day.day.day, _EARLIEST, tzinfo=zone)
        starts = [entry.start for entry in child_day.entries]
        if child_day.before:
            first = first.replace(hour=0)
        elif starts and min(starts) < first:
            first = min(starts).replace(minute=0, second=0, microsecond=0)
        until = now if self.state.is_today else first + timedelta(hours=_HOURS)

        def marks(*kinds: Kind) -> tuple[Mark, ...]:
            return tuple(
                Mark(one.start, one.end or (until if one.is_open else None), one.is_open)
                for one in child_day.log
                if one.kind in kinds and not one.not_slept
            )

        stays: list[Mark] = []
        for entry in child_day.log:
            if entry.kind == "arrival":
                stays.append(Mark(entry.start, until, open=True))
            elif entry.kind == "departure" and stays:
                stays[-1] = Mark(stays[-1].start, entry.start)
        # on a day gone by nobody knows how long a stay that was never ended went on: its end is not now
        here = [now] if child_day.is_in and self.state.is_today else []
        latest = max([one.end or one.start for one in (*child_day.entries, *child_day.after)] + here, default=first)
        hours = max(_HOURS, int((latest - first) / timedelta(hours=1)) + 1)
        self.query_one(Timeline).show(
            (
                Lane(_("sleep"), "sleep", marks("sleep")),
                Lane(_("food"), "good", tuple(Mark(m.start) for m in marks("meal", "bottle", "drink"))),
                Lane(_("nappy"), "due", marks("nappy", "toilet")),
                Lane(_("here"), "dim", tuple(stays), line=True),
            ),
            first,
            hours,
        )

    def _row(self, entry: Entry, now: datetime) -> Row:
        what = kind(entry.kind) if entry.kind != "meal" else meal(str(entry.detail.get("meal", "")))
        words = said_words(entry, now)
        if entry.kind == "meal":
            words = words.removeprefix(what).lstrip(" ·")
        tone = "sleep" if entry.is_open else "care" if entry.for_staff else _TONES.get(entry.kind, "plain")
        said = Cell(kept(entry, words), tone)
        tail = Cell(f"{entry.by}  {clock(entry.recorded_at)}" if entry.recorded_at else entry.by, "dim")
        if entry.rev > 1 and (last := self._last_change(entry)):
            tail = Cell(f"{tail.text}  {last}", "due")
        return Row(entry.id, (Cell(clock(entry.start), "dim"), Cell(what, "strong"), said, tail))

    def _last_change(self, entry: Entry) -> str:
        changes = history.standing(self.state.store.reader, entry.id, self.state.zone)
        # ending an open sleep is its ordinary course and no correction
        real = [
            c
            for c in changes[1:]
            if c.old is not None and not (set(c.old) <= {"end", "rev"} and c.old.get("end") is None)
        ]
        return corrected_words(entry, was_words(real[-1], entry.unit), clock(real[-1].at)) if real else ""

    def show_idle(self) -> None:
        """What parents see of the day, and the keys of the row under the cursor."""
        if self._correcting is not None:
            self.controller.aim(self.target())  # the line was emptied: nothing is corrected any more
        if self._day is None or self.say_locked():
            return
        hidden = [entry for entry in self._day.entries if not self._leaves(entry)]
        parts = [kind(one) for one in sorted({entry.kind for entry in hidden if not entry.for_staff})]
        if own := sum(entry.for_staff for entry in hidden):
            parts.append(ngettext("{n} for staff only", "{n} for staff only", own).format(n=own))
        text = _("parents see everything but: {what}").format(what=", ".join(parts))
        text = text if hidden else _("parents see all of it")
        keys = _("Enter corrects the row · Del takes it away · type: history   [ day before   ] day after")
        self.status.say_preview(Content.assemble((f"  {text}\n  ", "$tone-dim"), clickable(keys, "$tone-dim")))

    def _leaves(self, entry: Entry) -> bool:
        return entry.share == "guardians" and self.state.policy.leaves(entry)

    def target(self) -> NewEntry:
        from kindertui.screens.entry.target import NewEntry

        return NewEntry(self.state, lambda: self.state.child_id)

    def actions(self) -> Mapping[str, Action]:
        return {
            **super().actions(),
            "enter": self._correct,
            "delete": self._delete,
            "child_before": lambda: self._step(-1),
            "child_after": lambda: self._step(1),
        }

    def _entry_under_cursor(self) -> Entry | None:
        if self._day is None:
            return None
        return next((one for one in self._day.entries if one.id == self.table.cursor), None)

    @property
    def _correcting(self) -> Entry | None:
        """The entry that the line puts right."""
        return self.controller.target.correcting if "controller" in self.__dict__ else None

    async def _correct(self) -> None:
        """Fills the line with the entry under the cursor, to correct it in place; an incident opens its form."""
        from kindertui.screens.entry.target import Correction

        entry = self._entry_under_cursor()
        if entry is None:
            return
        if entry.kind == "incident" and self._day is not None:
            from kindertui.screens.sheets.incident import open_form

            if not await self.controller.is_locked():
                open_form(self, self._day.child, entry)
            return
        self.controller.aim(Correction(self.state, entry))
        self.entry.put(entry_to_line(entry, self.state.language, self.state.zone))
        text = _("Correcting the row of {time}. Enter saves it; Esc leaves it as it was.")
        self.status.say(text.format(time=clock(entry.start)), "accent")

    def go_back(self) -> None:
        if self._correcting is None:
            super().go_back()
            return
        self.controller.aim(self.target())
        self.entry.value = ""
        self.status.say("")

    def entered(self) -> None:
        self._entered_at = self.table.cursor

    def after_save(self, saved: Saved) -> None:
        self.controller.aim(self.target())

    def show_saved(self, saved: Saved) -> tuple[Widget, ...]:
        """Shows what an act changed, the cursor on it; unless somebody moved on while a slow disk saved it."""
        stayed = self.table.cursor == self._entered_at
        widgets = super().show_saved(saved)
        if saved.entries and stayed:
            self.table.move_to(saved.entries[-1].id)
            self._entered_at = self.table.cursor
        return widgets

    async def _delete(self) -> None:
        entry, actor = self._entry_under_cursor(), self.state.actor
        if entry is None or actor is None or await self.controller.is_locked():
            return
        try:
            await self.state.store.run(daylog.remove, actor, entry.id, rev=entry.rev)
        except (DatabaseFault, Refused) as error:
            self.failed(error)
            return
        self.status.saved(_("{kind} of {time} taken away").format(kind=kind(entry.kind), time=clock(entry.start)))
        self.refresh_all()

    def _step(self, by: int) -> None:
        ids = [one.child.id for one in self.state.cache.days]
        if self.state.child_id in ids:
            place = ids.index(self.state.child_id) + by
            self.point_at(ids[max(0, min(len(ids) - 1, place))])

    def point_at(self, child_id: str) -> None:
        self.state.child_id = child_id
        if self._correcting is not None:
            self.controller.aim(self.target())
        self.entry.put("", quietly=True)
        self.refresh_all()

    def history_record(self) -> str | None:
        """Which record `history` is about here."""
        return self.table.cursor
