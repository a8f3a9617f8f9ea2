"""The care notes of one child, line by line: read in full, added to, changed and taken away by keys."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, cast

from textual.widget import Widget
from textual.widgets import Static

from kindertui.data import agreements, care_notes
from kindertui.data.queries import care_notes as read
from kindertui.domain import people
from kindertui.domain.care_notes import FACT_KINDS, SCOPES, CareNotes
from kindertui.domain.faults import Refused
from kindertui.i18n import _
from kindertui.phrases import care_notes as words
from kindertui.phrases import listed
from kindertui.screens.sheets.care_note_forms import Forms, fact_example
from kindertui.screens.sheets.form import FormSheet
from kindertui.screens.sheets.pick import PickSheet
from kindertui.screens.sheets.records import RecordsSheet
from kindertui.text import content
from kindertui.widgets.table import Cell, Row, RowTable, untitled

if TYPE_CHECKING:
    from kindertui.screens.place import PlaceScreen

_LABELS = 12  # terminal cells


class CareNotesSheet(RecordsSheet[None]):
    """All lines of one child, with the one under the cursor in full below them."""

    BOX = "sheet wide"

    def __init__(self, place: PlaceScreen, child_id: str) -> None:
        super().__init__(place.state)
        self._place = place
        self._child_id = child_id
        self._lines: dict[str, words.CareNoteLine] = {}
        self._unsaved: tuple[str, ...] = ()  # forms in which something stands that was not saved
        self.found: CareNotes | None = None

    def body(self) -> Iterable[Widget]:
        yield RowTable(id="rows", heads=False)
        yield Static(classes="sheet-note", markup=False)

    def on_mount(self) -> None:
        self.refresh_all()
        if self.found is not None:
            self._unsaved = self.forms.waiting()
            self.say_keys()

    def on_screen_resume(self) -> None:
        self.refresh_all()

    @property
    def notes(self) -> CareNotes:
        """What was found of the child; while the sheet is open there is something."""
        assert self.found is not None
        return self.found

    @property
    def forms(self) -> Forms:
        """The forms that ask for a line's fields and write them, for what stands here now."""
        return Forms(self.state, self.notes, self.saved)

    @property
    def today(self) -> date:
        return self.state.now().date()

    def refresh_all(self) -> None:
        """Reads the lines again and shows them."""
        self.found = found = read.care_notes(self.state.store.reader, self._child_id)
        if found is None:
            self.dismiss(None)
            return
        title = _("What to mind about {name}").format(name=found.child.full_name)
        self.query_one(".sheet-title", Static).update(content(title))
        lines = words.care_note_lines(found, self.today)
        self._lines = {one.key: one for one in lines}
        rows = [Row(key, (Cell(one.label, "dim"), Cell(one.words, one.tone))) for key, one in self._lines.items()]
        self.show_rows(untitled(_LABELS), rows, around=13)
        self._show_note()

    # -- what is said --------------------------------------------------------------------------------------------

    def _show_note(self) -> None:
        line = self._line()
        self.query_one(".sheet-note", Static).update(content(line.words if line else ""))

    def say_keys(self) -> None:
        """Says the keys, or first what was typed in a form and not saved."""
        if self._unsaved:
            text = _("Typed and not saved yet: {what}. Open it again to go on.")
            self.say(text.format(what=listed(self._unsaved)), "due")
        else:
            self.say(_("Enter changes · n adds · Del takes away · Esc closes"))

    def failed(self, error: Exception) -> None:
        if self.is_running:
            self.refresh_all()  # what was refused may have been changed elsewhere
        super().failed(error)

    def saved(self, what: str) -> None:
        """Says what was saved, here and on the place behind."""
        name = self.found.child.given_name if self.found else "?"
        self._place.status.saved(f"{name} {what}")
        if self.is_running:
            self.refresh_all()
            self.say(self.state.saved)

    # -- keys ----------------------------------------------------------------------------------------------------

    def _line(self) -> words.CareNoteLine | None:
        return self._lines.get(self.table.cursor or "")

    def moved(self) -> None:
        self._show_note()
        self.say_keys()

    def show_undone(self) -> None:
        """Shows what was taken back or done again, and says it here and behind."""
        self.say(self.state.saved)
        self.refresh_all()
        self._place.status.say_saved()

    # -- changing ------------------------------------------------------------------------------------------------

    def change(self) -> None:
        line = self._line()
        match line and line.record:
            case str() as scope:
                self._ask_consent(scope)
            case people.Restriction() as held:
                self._lift(held)
            case people.Guardianship():
                self.say(_("Guardians come with the roster file. n adds somebody else who may fetch."), "due")
            case people.CareFact() as fact:
                self._open(self.forms.fact(fact.kind, fact))
            case people.Agreement() as agreed:
                self._open(self.forms.agreement(agreed.agreed_by, agreed))
            case people.PickUp() as person:
                self._open(self.forms.pick_up(person))

    def _open(self, form: FormSheet) -> None:
        self.app.push_screen(form, self._form_closed)

    def _form_closed(self, saved: bool | None) -> None:
        if self.found is not None:
            self._unsaved = self.forms.waiting()
            if not saved:
                self.say_keys()

    def take_away(self) -> None:
        line = self._line()
        match line and line.record:
            case str():
                self.say(_("An answer is not taken away: Enter writes down another one."), "due")
            case people.Guardianship():
                self.say(_("Guardians come with the roster file: they are not taken away here."), "due")
            case people.Restriction() as held:
                self._lift(held)
            case people.CareFact() as fact:
                self._write(care_notes.remove_fact, fact, saved=_("{what} taken away").format(what=fact.text))
            case people.Agreement() as agreed:
                saved = _("{what} no longer given").format(what=agreed.medicine)
                self._write(agreements.end_agreement, agreed, saved=saved)
            case people.PickUp() as person:
                saved = _("{name} may not fetch any more").format(name=person.name)
                self._write(agreements.remove_pick_up, person, saved=saved)

    def _lift(self, held: people.Restriction) -> None:
        actor = self.state.actor
        if held.lifted_on is not None:
            self.failed(Refused("restriction_lifted"))
        elif not any(actor and one.id == actor.staff_id and one.role == "manager" for one in self.state.staff):
            self.failed(Refused("lift_manager_only"))
        else:
            self._open(self.forms.lift(held))

    def _write(self, fn: Callable[..., Any], *args: Any, saved: str, **values: Any) -> None:
        self.start(fn, *args, done=lambda _done: self.saved(saved), **values)

    # -- adding --------------------------------------------------------------------------------------------------

    def _pick(self, title: str, rows: Sequence[Row], then: Callable[[str], None], *, width: int = 0) -> None:
        """Asks for one of these rows; `width` is that of the first of two columns, 0 where there is only one."""

        def picked(key: str | None) -> None:
            if key is not None:
                then(key)

        self.app.push_screen(PickSheet(title, rows, (width,) if width else ()), picked)

    def add(self) -> None:
        kinds: list[tuple[str, str, str]] = [
            *((kind, words.fact_kind(kind), fact_example(kind)) for kind in FACT_KINDS),
            ("agreement", _("medicine"), _("who agreed, how much, until when")),
            ("pick_up", _("who may fetch"), _("grandmother, a neighbour")),
            ("consent", _("photos"), _("an answer of the parents")),
            ("restriction", _("held back"), _("no contact, may not fetch, secret address")),
        ]
        rows = [Row(key, (Cell(label, "strong"), Cell(example, "dim"))) for key, label, example in kinds]
        self._pick(_("What is to be minded?"), rows, self._add_kind, width=18)

    def _add_kind(self, kind: str) -> None:
        if kind == "consent":
            rows = [Row(one, (Cell(words.scope(one), "strong"),)) for one in SCOPES]
            self._pick(_("Photos: where?"), rows, self._ask_consent)
        elif kind == "restriction":
            self._pick_held()
        elif kind == "agreement":
            self._pick_agreed()
        elif kind == "pick_up":
            self._open(self.forms.pick_up())
        elif kind in FACT_KINDS:
            self._open(self.forms.fact(kind))

    def _ask_consent(self, scope: str) -> None:
        where = words.scope(cast(people.ConsentScope, scope))

        def answered(key: str) -> None:
            answer = _("yes") if key == "yes" else _("no")
            saved = f"{where}: {answer}"
            self._write(care_notes.set_consent, self._child_id, scope, given=key == "yes", saved=saved)

        title = _("Photos of {name}, {where}?").format(name=self.notes.child.given_name, where=where)
        rows = [Row("yes", (Cell(_("yes"), "strong"),)), Row("no", (Cell(_("no"), "strong"),))]
        self._pick(title, rows, answered)

    def _pick_agreed(self) -> None:
        rows = [
            Row(one.guardian.name, (Cell(words.guardian_words(one, barred=False), "strong"),))
            for one in self.notes.guardians
        ]
        rows.append(Row("", (Cell(_("somebody else"), "dim"),)))
        self._pick(_("Who agreed to it?"), rows, lambda name: self._open(self.forms.agreement(name)))

    def _pick_held(self) -> None:
        kinds: tuple[people.RestrictionKind, ...] = ("contact", "pick_up")
        choices = [(kind, one.guardian.id, one.guardian.name) for one in self.notes.guardians for kind in kinds]
        choices += [("address", "", _("everybody")), ("contact", "", _("everybody"))]
        rows = [
            Row(f"{kind} {id}", (Cell(name, "strong"), Cell(words.restriction_kind(kind))))
            for kind, id, name in choices
        ]

        def picked(key: str) -> None:
            kind, _space, guardian_id = key.partition(" ")
            self._open(self.forms.restriction(kind, guardian_id or None))

        self._pick(_("Who is held back, from what?"), rows, picked, width=30)
