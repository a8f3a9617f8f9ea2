"""The foot of a sheet: what can be done, by key or by a click on it, and above that what just happened."""

from collections.abc import Sequence

from textual import events
from textual.content import Content
from textual.widgets import Static

from kindertui.text import content
from kindertui.widgets.key_line import carrying, press


class SheetFooter(Static):
    """Keys with their words; a click on one presses it."""

    said = Content("")  # what stands above the keys

    def __init__(self, keys: Sequence[tuple[str, str, str]] = (), *, id: str = "foot") -> None:
        """`keys` are (Textual's name, how it is written, what it does)."""
        super().__init__(id=id, classes="sheet-foot", markup=False)
        self._line = Content("   ").join(
            carrying(key, Content.assemble((written, "$tone-accent"), (f" {does}", "$tone-dim")))
            for key, written, does in keys
        )

    def on_mount(self) -> None:
        self.update(self._line)

    def say(self, text: str, tone: str = "dim") -> None:
        """Says something above the keys."""
        self.said = content(text)
        self.update(Content("\n").join([content(text, f"$tone-{tone}"), self._line]) if text else self._line)

    def lines(self, screen: int, sheet: int) -> int:
        """How many lines this takes, in a sheet of `sheet` cells where the screen has as many."""
        width = max(10, min(sheet, screen * 96 // 100) - 4)  # as `.sheet` has it in app.tcss
        said = len(self.said.wrap(width)) if self.said.plain else 0
        return said + len(self._line.wrap(width))

    def on_click(self, event: events.Click) -> None:
        press(self, event)
