"""What screens ask of the app, as messages."""

from textual.message import Message

from kindertui.commands import Place


class Changed(Message):
    """Something in the database changed; whoever shows it reads it again."""


class Go(Message):
    """Wants another place shown."""

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place


class Wanted(Message):
    """Wants a command that is the same on every place (undo, help, lock …)."""

    def __init__(self, command: str, args: str = "") -> None:
        super().__init__()
        self.command = command
        self.args = args


class Painted(Message):
    """A place was drawn for the first time."""
