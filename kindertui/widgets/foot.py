"""The foot of a sheet: what can be done, by key or by a click on it, and above that what just happened."""

from collections.abc import Sequence

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from kindertui.text import content


class Foot(Static):
    """Keys with their words. A click on one sends `Clicked` with its key, as if it had been pressed."""

    class Clicked(Message):
        """A key's words were clicked; `key` is Textual's name of it."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    def __init__(self, keys: Sequence[tuple[str, str, str]] = (), *, id: str = "foot") -> None:
        """`keys` are (Textual's name, how it is written, what it does)."""
        super().__init__(id=id, classes="sheet-foot", markup=False)
        self._keys = tuple(keys)
        self._said = Content("")
        self._spans: list[tuple[int, int, str]] = []

    def on_mount(self) -> None:
        self._show()

    def offer(self, keys: Sequence[tuple[str, str, str]]) -> None:
        """Offers other keys from now on."""
        if tuple(keys) != self._keys:
            self._keys = tuple(keys)
            self._show()

    def say(self, text: str, tone: str = "dim") -> None:
        """Says something above the keys."""
        self._said = content(text, f"$tone-{tone}") if text else Content("")
        self._show()

    def _show(self) -> None:
        parts: list[Content | tuple[str, str] | str] = []
        at = 0
        self._spans.clear()
        for key, written, does in self._keys:
            if parts:
                parts.append("   ")
                at += 3
            piece = Content.assemble((written, "$tone-accent"), (f" {does}", "$tone-dim"))
            self._spans.append((at, at + piece.cell_length, key))
            at += piece.cell_length
            parts.append(piece)
        line = Content.assemble(*parts)
        self.update(Content("\n").join([self._said, line]) if self._said.plain else line)

    def on_click(self, event: events.Click) -> None:
        where = event.get_content_offset(self)
        if where is None or where.y != self.content_size.height - 1:
            return
        for start, end, key in self._spans:
            if start <= where.x < end:
                event.stop()
                self.post_message(self.Clicked(key))
