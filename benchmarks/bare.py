"""A bare Textual app with an empty DataTable: what the figures are measured against."""

from textual import events
from textual.app import App, ComposeResult
from textual.widgets import DataTable, Static


class Bare(App[None]):
    """Draws its heads, and for each key a new number: a key press and its repaint, with nothing done in between."""

    def compose(self) -> ComposeResult:
        yield DataTable()
        yield Static("key 0", id="count")

    def on_mount(self) -> None:
        self.query_one(DataTable).add_columns("READY-MARK", "b", "c")
        self.pressed = 0

    def on_key(self, event: events.Key) -> None:
        self.pressed += 1
        self.query_one("#count", Static).update(f"repaint {self.pressed:04}")


if __name__ == "__main__":
    Bare().run()
