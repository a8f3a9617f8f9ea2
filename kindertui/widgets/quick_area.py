"""Many lines to type. Apart from the one-line field: the first frame shows none, and it is a large import."""

from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.widgets import TextArea

from kindertui.widgets.quick_keys import BACKSPACE, at_once


class QuickArea(TextArea):
    """Many lines to type."""

    BINDINGS: ClassVar[list[BindingType]] = [BACKSPACE]

    async def _on_key(self, event: events.Key) -> None:
        await at_once(self, event)
