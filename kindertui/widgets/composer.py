"""The fields of a message being written: its text, and the line on which it is confirmed.

Apart from the one-line field: the first frame shows none of these, and TextArea is a large import.
"""

from re import Pattern
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input, Static, TextArea
from textual.widgets.input import Selection as InputSelection
from textual.widgets.text_area import Selection

from kindertui.widgets.line_input import BACKSPACE


class TextField(TextArea):
    """Many lines to type."""

    BINDINGS: ClassVar[list[BindingType]] = [BACKSPACE]


class SendLine(Static, can_focus=True):
    """Where a message is confirmed: only while it has the focus does Enter send."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "screen.send", show=False)]

    class TypedOn(Message):
        """A letter was typed instead of the answer: whoever goes on typing does not mean to send yet."""

        def __init__(self, letter: str) -> None:
            super().__init__()
            self.letter = letter

    class Asked(Message):
        """It got the focus: the question is put; or lost it: nothing is confirmed any more."""

    def on_key(self, event: events.Key) -> None:
        if event.is_printable and event.character is not None:
            event.stop()
            self.post_message(self.TypedOn(event.character))

    def on_focus(self) -> None:
        self.post_message(self.Asked())

    def on_blur(self) -> None:
        self.post_message(self.Asked())


def point_at(pattern: Pattern[str], subject: Input, text: TextArea) -> None:
    """Selects the first piece of the fields that a pattern matches."""
    if found := pattern.search(subject.value):
        subject.focus()
        subject.selection = InputSelection(*found.span())
    elif found := pattern.search(text.text):
        text.focus()
        text.selection = Selection(*(_location(text.text, at) for at in found.span()))


def _location(text: str, at: int) -> tuple[int, int]:
    """Row and column of a place in a text, from 0."""
    return text.count("\n", 0, at), at - text.rfind("\n", 0, at) - 1
