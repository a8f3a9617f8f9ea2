"""A sheet to read: lines of text."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from kindertui.i18n import _
from kindertui.screens.requests import Wanted
from kindertui.screens.sheets.sheet import Sheet
from kindertui.text import Line, line_content
from kindertui.widgets.sheet_footer import Keys


class ReadSheet(Sheet[None]):
    """Shows lines of text. Enter and Esc close it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("enter,ctrl+j", "enter", ""),
        ("exclamation_mark", "evacuation", ""),
    ]

    def __init__(self, title: str, lines: Sequence[Line] = (), *, footer: str = "", keys: Keys = ()) -> None:
        super().__init__(title, footer=footer or _("Esc closes"), keys=keys)
        self._lines = lines

    def body(self) -> Iterable[Widget]:
        yield scrolled(line_content(*line) for line in self._lines)

    def action_enter(self) -> None:
        self.dismiss(None)

    def action_evacuation(self) -> None:
        """Closes this, as whatever is read can wait, and shows the evacuation list."""
        app = self.app
        self.dismiss(None)
        app.call_later(app.post_message, Wanted("evacuation"))


def scrolled(lines: Iterable[Content]) -> VerticalScroll:
    """Lines one below the other, which scroll where they do not fit."""
    return VerticalScroll(*(Static(line, classes="line", markup=False) for line in lines), classes="lines")
