"""What must be minded about one child, line by line, to be added to, changed and taken away by hand."""

from collections.abc import Callable
from datetime import date
from typing import Any, ClassVar, cast

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from kindertui.data import agreements, care_notes
from kindertui.data.queries import care_notes as read
from kindertui.domain.care_notes import FACT_KINDS, SCOPES, CareNotes
from kindertui.domain.faults import DatabaseFault, Refused
from kindertui.domain.people import ConsentScope
from kindertui.i18n import _
from kindertui.phrases import care_notes as words
from kindertui.phrases import listed
from kindertui.phrases.refused import sentence
from kindertui.screens.place import PlaceScreen
from kindertui.screens.sheets.basic import PickSheet
from kindertui.screens.sheets.care_note_forms import Forms
from kindertui.screens.sheets.form import FormSheet
from kindertui.text import content
from kindertui.widgets.key_line import KeyLine
from kindertui.widgets.table import Cell, Column, Row, RowTable

_LABELS = 12


class CareNotesSheet(ModalScreen[None]):
    """All lines of one child, with the one under the cursor in full below them."""

    BINDINGS: ClassVar[list[BindingType]] = [("escape", "dismiss(None)", "")]

    def __init__(self, place: PlaceScreen, child_id: str) -> None:
        super().__init__()
        self.state = place.state
        self._place = place
        self._child_id = child_id
        self._lines: dict[str, words.CareNoteLine] = {}
        self._waits: tuple[str, ...] = ()  # forms in which something stands that was not saved
        self.found: CareNotes | None = None

    def compose(self) -> ComposeResult:
        with Vertical(classes="sheet wide"):
            yield Static(classes="sheet-title", markup=False)
            yield RowTable(id="rows", heads=False)
            yield Static(classes="sheet-note", markup=False)
            yield KeyLine()

    def on_mount(self) -> None:
        self.refresh_all()
        if self.found is not None:
            self._waits = self.forms.waiting()
            self.say("")

    def on_screen_resume(self) -> None:
        self.refresh_all()

    @property
    def table(self) -> RowTable:
        return self.query_one(RowTable)

    @property
    def forms(self) -> Forms:
        """What asks for a line's fields and writes them, for what stands here now."""
        assert self.found is not None
        return Forms(self.state, self.found, self.said)

    def refresh_all(self) -> None:
        """Reads the lines again and shows them."""
        self.found = found = read.care_notes(self.state.store.reader, self._child_id)
        if found is None:
            self.dismiss(None)
            return
        title = _("What to mind about {name}").format(name=found.child.full_name)
        self.query_one(".sheet-title", Static).update(content(title))
        lines = words.care_note_lines(found, self.today)
        self._lines = {f"{one.what}:{one.id}": one for one in lines}
        rows = [Row(key, (Cell(one.label, "dim"), Cell(one.words, one.tone))) for key, one in self._lines.items()]
        self.table.show((Column("", _LABELS), Column("", 0)), rows)
        self.table.styles.height = min(len(rows), max(3, self.app.size.height - 13))
        self._tell_note()

    @property
    def today(self) -> date:
        return self.state.now().date()

    # -- what is said --------------------------------------------------------------------------------------------

    def _tell_note(self) -> None:
        line = self._line()
        self.query_one(".sheet-note", Static).update(content(line.words if line else ""))

    def say(self, text: str, tone: str = "dim") -> None:
        """Says something at the foot; nothing gives the keys again, or what still waits to be saved."""
        if not text and self._waits:
            text, tone = _("Typed and not saved yet: {what}. Open it again to go on."), "due"
            text = text.format(what=listed(self._waits))
        elif not text:
            text, tone = _("Enter changes · n adds · Del takes away · Esc closes"), "dim"
        self.query_one(KeyLine).show(text, tone)

    def failed(self, error: Exception) -> None:
        """One sentence for what was refused or could not be saved."""
        if not isinstance(error, DatabaseFault | Refused):
            raise error
        self.say(sentence(error), "danger")

    def said(self, what: str) -> None:
        """Something was saved."""
        name = self.found.child.given_name if self.found else "?"
        self._place.saved(f"{name} {what}")
        if self.is_running:
            self.refresh_all()
            self.say(self.state.saved)

    # -- keys ----------------------------------------------------------------------------------------------------

    def _line(self) -> words.CareNoteLine | None:
        return self._lines.get(self.table.cursor or "")

    def on_row_table_moved(self, event: RowTable.Moved) -> None:
        event.stop()
        self._tell_note()
        self.say("")

    def on_row_table_chosen(self, event: RowTable.Chosen) -> None:
        event.stop()
        if event.twice:
            self._change()

    def on_key(self, event: events.Key) -> None:
        if self.table.key_pressed(event.key):
            event.stop()
        elif event.key in ("enter", "ctrl+j"):
            event.stop()
            self._change()
        elif event.key == "delete":
            event.stop()
            self._take_away()
        elif event.key == "n":
            event.stop()
            self._add()

    def do_undo(self) -> None:
        """ctrl+z here."""
        from kindertui.screens.commands import take_back

        take_back(self)

    def do_redo(self) -> None:
        """ctrl+y here."""
        from kindertui.screens.commands import do_again

        do_again(self)

    def set_back(self) -> None:
        """Shows what was taken back or done again, and says it here and behind."""
        self.say(self.state.saved)
        self.refresh_all()
        self._place.say_saved()

    # -- changing ------------------------------------------------------------------------------------------------

    def _change(self) -> None:
        line = self._line()
        if line is None:
            return
        if line.what == "consent":
            self._ask_consent(cast(ConsentScope, line.id))
        elif line.what == "restriction":
            self._lift(line.id)
        elif line.what == "guardian":
            self.say(_("Guardians come with the roster file. n adds somebody else who may fetch."), "due")
        else:
            self._open(self.forms.change(line.what, line.id))

    def _open(self, form: FormSheet | None) -> None:
        if form is not None:
            self.app.push_screen(form, self._form_closed)

    def _form_closed(self, saved: bool | None) -> None:
        if self.found is not None:
            self._waits = self.forms.waiting()
            if not saved:
                self.say("")

    def _take_away(self) -> None:
        line, found = self._line(), self.found
        if line is None or found is None:
            return
        if line.what == "consent":
            self.say(_("An answer is not taken away: Enter writes down another one."), "due")
        elif line.what == "guardian":
            self.say(_("Guardians come with the roster file: they are not taken away here."), "due")
        elif line.what == "restriction":
            self._lift(line.id)
        elif line.what == "fact":
            fact = next(one for one in found.facts if one.id == line.id)
            self._do(care_notes.remove_fact, fact, said=_("{what} taken away").format(what=fact.text))
        elif line.what == "agreement":
            agreed = next(one for one in found.agreements if one.id == line.id)
            self._do(agreements.end_agreement, agreed, said=_("{what} no longer given").format(what=agreed.medicine))
        elif line.what == "pick_up":
            person = next(one for one in found.pick_ups if one.id == line.id)
            said = _("{name} may not fetch any more").format(name=person.name)
            self._do(agreements.remove_pick_up, person, said=said)

    def _lift(self, id: str) -> None:
        assert self.found is not None
        held = next(one for one in self.found.restrictions if one.id == id)
        actor = self.state.actor
        if held.lifted_on is not None:
            self.failed(Refused("restriction_lifted"))
        elif not any(actor and one.id == actor.staff_id and one.role == "manager" for one in self.state.staff):
            self.failed(Refused("lift_manager_only"))
        else:
            self._open(self.forms.lift(held))

    def _do(self, fn: Callable[..., Any], *args: Any, said: str, **values: Any) -> None:
        # a worker: a slow disk must not keep the keyboard from locking the screen
        self.run_worker(self._done(fn, *args, said=said, **values))

    async def _done(self, fn: Callable[..., Any], *args: Any, said: str, **values: Any) -> None:
        if self.state.actor is None:
            return
        try:
            await self.state.store.run(fn, self.state.actor, *args, **values)
        except (DatabaseFault, Refused) as error:
            if self.is_running:
                self.refresh_all()
                self.failed(error)
            return
        self.said(said)

    # -- adding --------------------------------------------------------------------------------------------------

    def _add(self) -> None:
        kinds: list[tuple[str, str, str]] = [
            ("allergy", words.fact_kind("allergy"), _("cow milk, nuts")),
            ("diet", words.fact_kind("diet"), _("halal, no pork")),
            ("health", words.fact_kind("health"), _("asthma, glasses")),
            ("note", words.fact_kind("note"), _("sleeps with a cuddly toy")),
            ("agreement", _("medicine"), _("who agreed, how much, until when")),
            ("pick_up", _("who may fetch"), _("grandmother, a neighbour")),
            ("consent", _("photos"), _("an answer of the parents")),
            ("restriction", _("held back"), _("no contact, may not fetch, secret address")),
        ]
        rows = [Row(key, (Cell(label, "strong"), Cell(example, "dim"))) for key, label, example in kinds]

        def picked(key: str | None) -> None:
            if key == "consent":
                self._pick_scope()
            elif key == "restriction":
                self._pick_held()
            elif key == "agreement":
                self._pick_agreed()
            elif key == "pick_up":
                self._open(self.forms.pick_up())
            elif key in FACT_KINDS:
                self._open(self.forms.fact(key))

        self.app.push_screen(PickSheet(_("What is to be minded?"), rows, (Column("", 18), Column("", 0))), picked)

    def _pick_scope(self) -> None:
        rows = [Row(one, (Cell(words.scope(one), "strong"),)) for one in SCOPES]

        def picked(key: str | None) -> None:
            if key is not None:
                self._ask_consent(cast(ConsentScope, key))

        self.app.push_screen(PickSheet(_("Photos: where?"), rows, (Column("", 0),)), picked)

    def _ask_consent(self, scope: ConsentScope) -> None:
        assert self.found is not None
        rows = [Row("yes", (Cell(_("yes"), "strong"),)), Row("no", (Cell(_("no"), "strong"),))]

        def answered(key: str | None) -> None:
            if key is not None:
                answer = _("yes") if key == "yes" else _("no")
                said = f"{words.scope(scope)}: {answer}"
                self._do(care_notes.set_consent, self._child_id, scope, given=key == "yes", said=said)

        title = _("Photos of {name}, {where}?").format(name=self.found.child.given_name, where=words.scope(scope))
        self.app.push_screen(PickSheet(title, rows, (Column("", 0),)), answered)

    def _pick_agreed(self) -> None:
        assert self.found is not None
        rows = [
            Row(one.guardian.name, (Cell(words.guardian_words(one, barred=False), "strong"),))
            for one in self.found.guardians
        ]
        rows.append(Row("", (Cell(_("somebody else"), "dim"),)))

        def picked(name: str | None) -> None:
            if name is not None:
                self._open(self.forms.agreement(name))

        self.app.push_screen(PickSheet(_("Who agreed to it?"), rows, (Column("", 0),)), picked)

    def _pick_held(self) -> None:
        assert self.found is not None
        rows = [
            Row(f"{kind} {one.guardian.id}", (Cell(one.guardian.name, "strong"), Cell(words.restriction_kind(kind))))
            for one in self.found.guardians
            for kind in ("contact", "pick_up")
        ]
        rows += [
            Row(f"{kind} ", (Cell(_("everybody"), "strong"), Cell(words.restriction_kind(kind))))
            for kind in ("address", "contact")
        ]

        def picked(key: str | None) -> None:
            if key is not None:
                kind, _space, guardian_id = key.partition(" ")
                self._open(self.forms.restriction(kind, guardian_id or None))

        self.app.push_screen(
            PickSheet(_("Who is held back, from what?"), rows, (Column("", 30), Column("", 0))), picked
        )
