"""A sheet that opens by itself, over whatever is being typed."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from kindertui.i18n import _
from kindertui.screens.requests import Wanted
from kindertui.screens.sheets.read import scrolled
from kindertui.screens.sheets.sheet import Sheet
from kindertui.text import Line, line_content


class NoticeSheet(Sheet[bool]):
    """F2 answers it (True), Esc leaves it (None), and the evacuation list closes it unanswered (False).

    Enter does nothing: it was pressed behind a line, by somebody who does not look.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        ("f2", "answer", ""),
        ("enter,ctrl+j", "enter", ""),
        ("exclamation_mark", "evacuation", ""),
    ]

    def __init__(self, title: str, lines: Sequence[Line], *, answer: str, leave: str) -> None:
        """`answer` and `leave` are what F2 and Esc do, as the footer says it."""
        super().__init__(title, keys=[("f2", "F2", answer), ("escape", "Esc", leave)])
        self._lines = lines

    def body(self) -> Iterable[Widget]:
        yield scrolled(line_content(*line) for line in self._lines)

    async def action_answer(self) -> None:
        self.dismiss(True)

    def action_enter(self) -> None:
        self.say(_("Read this first: F2 or Esc."), "due")

    def action_evacuation(self) -> None:
        """Nobody in a hurry to get out has to answer first."""
        app = self.app
        self.dismiss(False)
        app.call_later(app.post_message, Wanted("evacuation"))
