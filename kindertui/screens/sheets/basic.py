"""Sheets over a place: text to read, a list to pick from, a line to ask. Esc closes every one of them."""

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from kindertui.domain.entry import fold
from kindertui.i18n import _
from kindertui.screens.drafts import SheetDraft, back_words
from kindertui.screens.place import Wanted
from kindertui.text import content
from kindertui.widgets.key_line import KeyLine
from kindertui.widgets.line_input import LineInput
from kindertui.widgets.table import Cell, Column, Row, RowTable


class ReadSheet(ModalScreen[bool]):
    """Some lines to read: (text, tone) each. With `asks`, Enter gives True and Esc False; else both just close it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("escape", "close(False)", ""),
        ("enter,ctrl+j", "close(True)", ""),
        ("exclamation_mark", "evacuation", ""),
    ]

    def __init__(self, title: str, lines: Sequence[tuple[str, str]], *, foot: str = "", asks: bool = False) -> None:
        super().__init__()
        self._title = title
        self._lines = lines
        self._foot = foot
        self._asks = asks

    def compose(self) -> ComposeResult:
        with Vertical(classes="sheet"):
            yield Static(content(self._title), classes="sheet-title", markup=False)
            with VerticalScroll(classes="lines"):
                for text, tone in self._lines:
                    yield Static(content(text, f"$tone-{tone}"), classes="line", markup=False)
            yield KeyLine(self._foot or _("Esc closes"))

    def action_close(self, yes: bool) -> None:
        self.dismiss(yes and self._asks)

    def action_evacuation(self) -> None:
        """Whatever is read can wait, and what is asked is not done."""
        app = self.app
        self.dismiss(False)
        app.call_later(app.post_message, Wanted("evacuation"))


class PickSheet(ModalScreen[str | None]):
    """A list to pick from by typing: letters narrow it, arrows move, Enter picks. Gives the row's key or None."""

    BINDINGS: ClassVar[list[BindingType]] = [("escape", "close", "")]

    def __init__(
        self,
        title: str,
        rows: Sequence[Row],
        columns: Sequence[Column],
        *,
        foot: str = "",
        may_close: bool = True,
        notes: Mapping[str, str] | None = None,
    ) -> None:
        """`notes` by a row's key: what stands in full under the list while the cursor is on that row."""
        super().__init__()
        self._title = title
        self._rows = tuple(rows)
        self._columns = tuple(columns)
        self._foot = foot
        self._may_close = may_close
        self._notes = notes

    def compose(self) -> ComposeResult:
        with Vertical(classes="sheet wide" if len(self._columns) > 2 else "sheet"):
            yield Static(content(self._title), classes="sheet-title", markup=False)
            yield LineInput(id="pick", compact=True, placeholder=_("type to find"), max_length=80)
            yield RowTable(id="rows", heads=False)
            if self._notes is not None:
                yield Static(classes="sheet-note", markup=False)
            yield KeyLine(self._foot or _("Enter picks · Esc closes"))

    def on_mount(self) -> None:
        self._show("")

    def on_row_table_moved(self, event: RowTable.Moved) -> None:
        event.stop()
        self._tell_note()

    def _tell_note(self) -> None:
        if self._notes is not None:
            note = self._notes.get(self.query_one(RowTable).cursor or "", "")
            self.query_one(".sheet-note", Static).update(content(note))

    def _show(self, typed: str) -> None:
        wanted = fold(typed.strip()).split()
        rows = [row for row in self._rows if all(word in fold(" ".join(c.text for c in row.cells)) for word in wanted)]
        self.query_one(RowTable).show(
            self._columns, rows or [Row(None, (Cell(_("nothing like that"), "dim"),), wide=0)]
        )
        table = self.query_one(RowTable)
        room = self.app.size.height - (13 if self._notes is not None else 10)
        table.styles.height = min(max(len(rows), 1), max(3, room))
        self._tell_note()

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._show(event.value)

    def on_key(self, event: events.Key) -> None:
        table = self.query_one(RowTable)
        if event.key in ("up", "down", "pageup", "pagedown"):
            event.stop()
            table.key_pressed(event.key)
        elif event.key in ("enter", "ctrl+j"):
            event.stop()
            if table.cursor is not None:
                self.dismiss(table.cursor)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if (key := self.query_one(RowTable).cursor) is not None:
            self.dismiss(key)

    def on_row_table_chosen(self, event: RowTable.Chosen) -> None:
        event.stop()
        self.dismiss(event.key)

    def action_close(self) -> None:
        if self._may_close:
            self.dismiss(None)
        else:
            self.query_one(Input).value = ""


class AskSheet(ModalScreen[str | None]):
    """One line to ask for; gives the text, or None on Esc. `check` gives back why a text will not do."""

    BINDINGS: ClassVar[list[BindingType]] = [("escape", "back", "")]

    def __init__(
        self,
        title: str,
        *,
        foot: str = "",
        check: Callable[[str], str] = lambda text: "",
        value: str = "",
        kept: SheetDraft | None = None,
    ) -> None:
        """What is typed stays at `kept` until it is saved: whoever asks has the writer drop it (`drafts.settling`)."""
        super().__init__()
        self._title = title
        self._back = kept.text if kept is not None and not value else ""
        self._value = value or self._back
        self._kept = kept
        self._foot = foot or _("Enter does it · Esc leaves it")
        self._check = check

    def compose(self) -> ComposeResult:
        with Vertical(classes="sheet"):
            yield Static(content(self._title), classes="sheet-title", markup=False)
            yield LineInput(self._value, id="answer", compact=True, max_length=500, select_on_focus=False)
            yield KeyLine(self._foot)

    def on_mount(self) -> None:
        if self._back:
            self.query_one(KeyLine).show(back_words(), "due")

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        if event.value != self._back:
            self.query_one(KeyLine).show(self._foot)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if why := self._check(event.value.strip()):
            self.query_one(KeyLine).show(why, "danger")
        else:
            self.keep_draft()
            self.dismiss(event.value.strip())

    def keep_draft(self) -> bool:
        """Keeps what is typed under the person's name; says whether it was new."""
        return self._kept is not None and self._kept.keep(self.query_one(Input).value)

    def action_back(self) -> None:
        self.keep_draft()
        self.dismiss(None)

    def action_undo(self) -> None:
        """ctrl+z: without what was brought back."""
        if self._back:
            self.query_one(Input).value = ""

    def action_redo(self) -> None:
        """ctrl+y: with it again."""
        if self._back:
            line = self.query_one(Input)
            line.value, line.cursor_position = self._back, len(self._back)
