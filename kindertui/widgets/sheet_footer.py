"""The footer of a sheet: what just happened, and what can be done, by key or by a click on the key's words."""

from collections.abc import Sequence

from textual import events
from textual.content import Content
from textual.widgets import Static

from kindertui.text import content
from kindertui.widgets.key_line import carrying, clickable, press

Keys = Sequence[tuple[str, str, str]]  # Textual's name of each key, how it is written, what it does


class SheetFooter(Static):
    """Says one thing at a time. Its `keys`, where it has any, stay in sight below that."""

    said = Content("")

    def __init__(self, text: str = "", keys: Keys = ()) -> None:
        """Without `keys` the text may name some."""
        self._keys = Content("   ").join(
            carrying(key, Content.assemble((written, "$tone-accent"), (f" {does}", "$tone-dim")))
            for key, written, does in keys
        )
        super().__init__(self._keys or clickable(text), markup=False)

    def show(self, text: str, tone: str = "dim") -> None:
        """Says something. With keys of its own below, no word of the text is taken for a key."""
        style = "" if tone == "dim" else f"$tone-{tone}"  # dim is the footer's own colour
        self.said = content(text, style) if self._keys else clickable(text, style)
        self.update(Content("\n").join(part for part in (self.said, self._keys) if part))

    def lines(self, screen: int, sheet: int) -> int:
        """How many lines this takes, in a sheet of `sheet` cells where the screen has as many."""
        width = max(10, min(sheet, screen * 96 // 100) - 4)  # as `.sheet` has it in app.tcss
        said = len(self.said.wrap(width)) if self.said else 0
        return said + len(self._keys.wrap(width))

    def on_click(self, event: events.Click) -> None:
        press(self, event)
