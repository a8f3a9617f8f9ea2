"""Who is at the keyboard: asked at the start and after a lock. It covers everything; nothing shows through."""

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import Screen
from textual.widgets import Input, Static

from kindertui.domain.people import Staff
from kindertui.i18n import _
from kindertui.screens.place import LEAST
from kindertui.text import clean_for_screen, content
from kindertui.widgets.line_input import LineInput
from kindertui.widgets.sheet_footer import SheetFooter
from kindertui.widgets.table import Cell, Column, Row, RowTable

NEW = "new"


class WhoScreen(Screen[Staff]):
    """Names of the staff; letters narrow the list, Enter chooses. A name nobody has gives a Staff without an id."""

    BINDINGS: ClassVar[list[BindingType]] = []
    AUTO_FOCUS = "#pick"

    def __init__(self, staff: Sequence[Staff], location: str, last: str | None = None, sentence: str = "") -> None:
        super().__init__()
        self._staff = tuple(staff)
        self._location = location
        self._last = last
        self._sentence = sentence  # why the name before could not be taken
        self._sure = False

    def compose(self) -> ComposeResult:
        with Vertical(classes="sheet"):
            yield Static(content(self._location), classes="sheet-title", markup=False)
            yield Static(content(_("Who is at the keyboard?")), classes="line", markup=False)
            yield LineInput(id="pick", compact=True, placeholder=_("type your name"), max_length=80)
            yield RowTable(id="rows", heads=False)
            yield SheetFooter()

    @property
    def _table(self) -> RowTable:
        return self.query_one(RowTable)

    def on_mount(self) -> None:
        self._show("")
        self._say(self._sentence, "danger")
        if self._last is not None:
            self._table.move_to(self._last)

    def on_resize(self) -> None:
        width, height = self.app.size
        small = width < LEAST[0] or height < LEAST[1]
        self.set_class(small, "-small")
        wanted = _("Make the window larger: {w} by {h} at least.").format(w=LEAST[0], h=LEAST[1])
        self.query_one(".sheet-title", Static).update(content(wanted if small else self._location))
        self._size_rows()

    def _say(self, text: str = "", tone: str = "dim") -> None:
        """Says something in the footer; an empty text gives the keys again."""
        if not text:
            text = _("Enter chooses · ctrl+q leaves") if self._staff else _("Type your name · ctrl+q leaves")
            tone = "dim"
        self.query_one(SheetFooter).show(text, tone)

    def _size_rows(self) -> None:
        self._table.styles.height = max(1, min(len(self._staff) + 1, self.app.size.height - 12))

    def _show(self, typed: str) -> None:
        found, known = list(self._staff), False
        if wanted := typed.strip():
            from kindertui.domain.entry import fold  # the language is for the first key, not the first frame

            names = {one.id: fold(one.name) for one in self._staff}
            wanted = fold(wanted)
            found = [one for one in self._staff if names[one.id].startswith(wanted)] or [
                one for one in self._staff if wanted in names[one.id]
            ]
            known = wanted in names.values()
        roles = {"worker": _("group worker"), "manager": _("location manager")}
        rows = [Row(one.id, (Cell(one.name, "strong"), Cell(roles[one.role], "dim"))) for one in found]
        if (name := clean_for_screen(typed).strip()) and not known:
            rows.append(Row(NEW, (Cell(name, "accent"), Cell(_("a new name"), "due"))))
        none = Row(None, (Cell(_("nobody of that name"), "dim"),), wide=0)
        self._table.show((Column("", 30), Column("", 0)), rows or [none])
        self._size_rows()

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._sure = False
        self._say()
        self._show(event.value)

    def on_key(self, event: events.Key) -> None:
        if self._table.key_pressed(event.key):
            event.stop()
        elif event.key == "ctrl+j":
            event.stop()
            self._choose()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._choose()

    def on_row_table_chosen(self, event: RowTable.Chosen) -> None:
        event.stop()
        self._choose()

    def _choose(self) -> None:
        if not self.is_active:  # chosen already, by another Enter in the same burst
            return
        key = self._table.cursor
        if key == NEW:
            name = clean_for_screen(self.query_one(Input).value).strip()
            if self._sure or not self._staff:
                self.dismiss(Staff("", name))
            else:  # a slip of the finger must not make a colleague
                self._sure = True
                self._say(
                    _("Nobody here is called {name}. Enter again puts the name on the list.").format(name=name), "due"
                )
            return
        chosen = next((one for one in self._staff if one.id == key), None)
        if chosen is not None:
            self.dismiss(chosen)
