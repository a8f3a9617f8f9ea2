"""Whom to phone about a child, in order, and what came of it: each try is written down with its time and by whom."""

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from kindertui.data import calls, queries
from kindertui.data.queries import absences as absence_queries
from kindertui.domain.audience import holding
from kindertui.domain.calls import Outcome
from kindertui.domain.faults import DatabaseFault, Refused
from kindertui.domain.people import Guardianship
from kindertui.domain.roster import ChildDay
from kindertui.i18n import _
from kindertui.phrases import attendance as words
from kindertui.phrases.care_notes import relation, restriction
from kindertui.phrases.refused import sentence
from kindertui.screens.place import PlaceScreen
from kindertui.text import content
from kindertui.widgets.key_line import KeyLine
from kindertui.widgets.table import Cell, Column, Row, RowTable

_KEYS: dict[str, Outcome] = {"r": "reached", "n": "no_answer"}


class CallListSheet(ModalScreen[bool]):
    """Gives True once somebody was reached. Who is held back stands there without a number and cannot be chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [("escape", "back", "")]

    def __init__(self, place: PlaceScreen, child_day: ChildDay) -> None:
        super().__init__()
        self._place = place
        self._day = child_day
        self._links: dict[str, Guardianship] = {}
        self._asked: Guardianship | None = None  # whose call is to be written down
        self._writing = False

    def compose(self) -> ComposeResult:
        with Vertical(classes="sheet"):
            title = _("Call about {name}").format(name=self._day.child.full_name)
            yield Static(content(title), classes="sheet-title", markup=False)
            yield RowTable(id="rows", heads=False)
            yield KeyLine()

    def on_mount(self) -> None:
        self._show()
        self._tell_keys()

    @property
    def table(self) -> RowTable:
        return self.query_one(RowTable)

    def _show(self) -> None:
        state, child = self._place.state, self._day.child
        db = state.store.reader
        limits = queries.restrictions(db, (child.id,))
        today = absence_queries.calls(db, (child.id,), state.now().date(), state.zone)
        self._links, rows = {}, list[Row]()
        for one in queries.guardianships(db, (child.id,)):
            who = f"{one.rank}. {relation(one.relation)} {one.guardian.name}".replace("  ", " ")
            if holding(child.id, one.guardian.id, limits) is not None:
                rows.append(Row(None, (Cell(f"{who}: " + _("do not call, held back"), "danger"),), wide=0))
                continue
            self._links[one.guardian.id] = one
            number = one.guardian.phone or _("no number")
            rows.append(Row(one.guardian.id, (Cell(who, "strong"), Cell(number, "accent"))))
            for call in (call for call in today if call.guardian_id == one.guardian.id):
                tone = "good" if call.outcome == "reached" else "dim"
                rows.append(Row(None, (Cell("     " + words.call_words(call), tone),), wide=0))
        if not rows:
            rows.append(Row(None, (Cell(_("No guardian is known: ask the location manager."), "due"),), wide=0))
        for limit in limits:
            said = f"{restriction(limit)} ({limit.author}, {limit.since:%d-%m-%Y})"
            rows.append(Row(None, (Cell(said, "danger"),), wide=0))
        self.table.show((Column("", 36), Column("", 0)), rows)
        self.table.styles.height = min(len(rows), max(3, self.app.size.height - 10))

    def _tell_keys(self) -> None:
        if not self._links:
            self._tell(_("Esc closes"))
        elif self._asked is None:
            self._tell(_("Enter writes down a call · Esc closes"))
        else:
            guardian = self._asked.guardian
            who = f"{guardian.name} {guardian.phone}".strip()
            self._tell(_("{who}: r reached · n no answer · Esc back").format(who=who), "accent")

    def _tell(self, text: str, tone: str = "dim") -> None:
        self.query_one(KeyLine).show(text, tone)

    def _ask(self) -> None:
        self._asked = self._links.get(self.table.cursor or "")
        self._tell_keys()

    def on_row_table_moved(self, event: RowTable.Moved) -> None:
        event.stop()
        self._forget_another()
        if self._asked is None:
            self._tell_keys()

    def _forget_another(self) -> None:
        """What was asked about another row is asked no more; about this row it may have been asked already."""
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
        elif event.key in _KEYS and self._asked is not None and not self._writing:
            event.stop()
            self._writing = True
            self.run_worker(self._write(self._asked, _KEYS[event.key]))

    async def _write(self, link: Guardianship, outcome: Outcome) -> None:
        state = self._place.state
        try:
            if state.actor is None:
                return
            call = await state.store.run(calls.called, state.actor, self._day.child.id, link.guardian.id, outcome)
        except (DatabaseFault, Refused) as error:
            if self.is_running:
                self._show()
                self._tell(sentence(error), "danger")
            return
        finally:
            self._writing = False
        self._asked = None
        self._place.saved(f"{self._day.child.given_name}: {link.guardian.name} {words.call_words(call)}")
        if not self.is_running:
            return
        if outcome == "reached":
            self.dismiss(True)
        else:
            self._show()
            self._tell_keys()

    def action_back(self) -> None:
        """Esc: away from the question, else away."""
        if self._asked is not None:
            self._asked = None
            self._tell_keys()
        else:
            self.dismiss(False)
