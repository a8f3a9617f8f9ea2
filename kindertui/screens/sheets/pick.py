"""A sheet to pick from: a list that what is typed narrows."""

from collections.abc import Iterable, Mapping, Sequence

from textual import events
from textual.widget import Widget
from textual.widgets import Input, Static

from kindertui.domain.entry import fold
from kindertui.i18n import _
from kindertui.screens.sheets.sheet import Sheet
from kindertui.text import content
from kindertui.widgets.line_input import LineInput
from kindertui.widgets.table import Row, RowTable, text_row, untitled


class PickSheet(Sheet[str | None]):
    """A list to pick from by typing: letters narrow it, arrows move, Enter picks. Gives the row's key or None."""

    def __init__(
        self,
        title: str,
        rows: Sequence[Row],
        widths: Sequence[int] = (),
        *,
        footer: str = "",
        may_close: bool = True,
        notes: Mapping[str, str] | None = None,
    ) -> None:
        """`widths` are those of the columns but the last, in terminal cells.

        `notes` by a row's key: what stands in full under the list while the cursor is on that row.
        """
        super().__init__(title, footer=footer or _("Enter picks · Esc closes"))
        self._rows = tuple(rows)
        self._columns = untitled(*widths)
        self._may_close = may_close
        self._notes = notes

    def body(self) -> Iterable[Widget]:
        yield LineInput(id="pick", compact=True, placeholder=_("type to find"), max_length=80)
        yield RowTable(id="rows", heads=False)
        if self._notes is not None:
            yield Static(classes="sheet-note", markup=False)

    def on_mount(self) -> None:
        self.query_one(".sheet").set_class(len(self._columns) > 2, "wide")
        self._show("")

    def on_row_table_moved(self, event: RowTable.Moved) -> None:
        event.stop()
        self._show_note()

    def _show_note(self) -> None:
        if self._notes is not None:
            note = self._notes.get(self.table.cursor or "", "")
            self.query_one(".sheet-note", Static).update(content(note))

    def _show(self, typed: str) -> None:
        words = fold(typed.strip()).split()
        rows = [row for row in self._rows if all(word in fold(" ".join(c.text for c in row.cells)) for word in words)]
        none = text_row(_("nothing like that"), "dim")
        self.show_rows(self._columns, rows or [none], around=10 if self._notes is None else 13)
        self._show_note()

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._show(event.value)

    def on_key(self, event: events.Key) -> None:
        if event.key in ("up", "down", "pageup", "pagedown"):
            event.stop()
            self.table.key_pressed(event.key)
        elif event.key in ("enter", "ctrl+j"):
            event.stop()
            self._pick(self.table.cursor)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._pick(self.table.cursor)

    def on_row_table_chosen(self, event: RowTable.Chosen) -> None:
        event.stop()
        self._pick(event.key)

    def _pick(self, key: str | None) -> None:
        if key is not None:
            self.dismiss(key)

    def action_back(self) -> None:
        if self._may_close:
            self.dismiss(None)
        else:
            self.query_one(Input).value = ""
