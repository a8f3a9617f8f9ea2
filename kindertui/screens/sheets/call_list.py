"""The list of whom to phone about a child, in order; every try is written down with its time, outcome and caller."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual import events
from textual.widget import Widget

from kindertui.data import calls, queries
from kindertui.data.queries import absences as absence_queries
from kindertui.domain.audience import holding
from kindertui.domain.calls import Call, Outcome
from kindertui.domain.people import Guardianship
from kindertui.domain.roster import ChildDay
from kindertui.i18n import _
from kindertui.phrases import attendance as words
from kindertui.phrases import numeric_day
from kindertui.phrases.care_notes import relation, restriction
from kindertui.screens.sheets.sheet import WritingSheet
from kindertui.widgets.table import Cell, Row, RowTable, text_row, untitled

if TYPE_CHECKING:
    from kindertui.screens.place import PlaceScreen

_KEYS: dict[str, Outcome] = {"r": "reached", "n": "no_answer"}


class CallListSheet(WritingSheet[bool]):
    """Gives True once somebody was reached. Guardians who are held back have no number and cannot be chosen."""

    def __init__(self, place: PlaceScreen, child_day: ChildDay) -> None:
        super().__init__(place.state, _("Call about {name}").format(name=child_day.child.full_name))
        self._place = place
        self._child = child_day.child
        self._links: dict[str, Guardianship] = {}
        self._asked: Guardianship | None = None  # whose call is to be written down

    def body(self) -> Iterable[Widget]:
        yield RowTable(id="rows", heads=False)

    def on_mount(self) -> None:
        self._show()
        self._say_keys()

    def _show(self) -> None:
        state, child = self.state, self._child
        db = state.store.reader
        limits = queries.restrictions(db, (child.id,))
        today = absence_queries.calls(db, (child.id,), state.now().date(), state.zone)
        self._links, rows = {}, list[Row]()
        for one in queries.guardianships(db, (child.id,)):
            who = f"{one.rank}. {relation(one.relation)} {one.guardian.name}".replace("  ", " ")
            if holding(child.id, one.guardian.id, limits) is not None:
                rows.append(text_row(f"{who}: " + _("do not call, held back"), "danger"))
                continue
            self._links[one.guardian.id] = one
            number = one.guardian.phone or _("no number")
            rows.append(Row(one.guardian.id, (Cell(who, "strong"), Cell(number, "accent"))))
            for call in (call for call in today if call.guardian_id == one.guardian.id):
                tone = "good" if call.outcome == "reached" else "dim"
                rows.append(text_row("     " + words.call_words(call), tone))
        if not rows:
            rows.append(text_row(_("No guardian is known: ask the location manager."), "due"))
        for limit in limits:
            rows.append(text_row(f"{restriction(limit)} ({limit.author}, {numeric_day(limit.since)})", "danger"))
        self.show_rows(untitled(36), rows)

    def _say_keys(self) -> None:
        if not self._links:
            self.say(_("Esc closes"))
        elif self._asked is None:
            self.say(_("Enter writes down a call · Esc closes"))
        else:
            guardian = self._asked.guardian
            who = f"{guardian.name} {guardian.phone}".strip()
            self.say(_("{who}: r reached · n no answer · Esc back").format(who=who), "accent")

    def _ask(self) -> None:
        self._asked = self._links.get(self.table.cursor or "")
        self._say_keys()

    def on_row_table_moved(self, event: RowTable.Moved) -> None:
        event.stop()
        self._forget_another()
        if self._asked is None:
            self._say_keys()

    def _forget_another(self) -> None:
        """Withdraws a question about another row; about this row it may have been asked already."""
        if self._asked is not None and self._asked.guardian.id != self.table.cursor:
            self._asked = None

    def on_row_table_chosen(self, event: RowTable.Chosen) -> None:
        event.stop()
        if event.twice:
            self._ask()

    def on_key(self, event: events.Key) -> None:
        if self.table.key_pressed(event.key):
            event.stop()
            self._forget_another()  # at once: the message comes behind the next key, and that may be the answer
        elif event.key in ("enter", "ctrl+j"):
            event.stop()
            self._ask()
        elif event.key in _KEYS and self._asked is not None and not self.saving:
            event.stop()
            self.start(calls.called, self._child.id, self._asked.guardian.id, _KEYS[event.key], done=self._written)

    def _written(self, call: Call) -> None:
        name = self._links[call.guardian_id].guardian.name
        self._asked = None
        self._place.status.saved(f"{self._child.given_name}: {name} {words.call_words(call)}")
        if not self.is_running:
            return
        if call.outcome == "reached":
            self.dismiss(True)
        else:
            self._show()
            self._say_keys()

    def failed(self, error: Exception) -> None:
        self._show()  # who may be phoned may have changed meanwhile
        super().failed(error)

    def action_back(self) -> None:
        """Esc: away from the question, else away."""
        if self._asked is not None:
            self._asked = None
            self._say_keys()
        else:
            self.dismiss(False)
