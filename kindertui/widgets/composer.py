"""The fields of a message being written: its text, and the line on which it is confirmed.

Apart from the one-line field of quick_keys: the first frame shows none of these, and TextArea is a large import.
"""

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Static, TextArea

from kindertui.widgets.quick_keys import BACKSPACE, at_once


class QuickArea(TextArea):
    """Many lines to type, in the order in which a burst of keys came."""

    BINDINGS: ClassVar[list[BindingType]] = [BACKSPACE]

    async def on_key(self, event: events.Key) -> None:
        await at_once(self, event)


class SendLine(Static, can_focus=True):
    """Where a message is confirmed: only while it has the focus does Enter send."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "screen.send", show=False)]

    class Asked(Message):
        """It got the focus: the question is put; or lost it: nothing is confirmed any more."""

    def on_focus(self) -> None:
        self.post_message(self.Asked())

    def on_blur(self) -> None:
        self.post_message(self.Asked())
