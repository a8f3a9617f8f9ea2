"""A bare Textual app with an empty DataTable: what the figures are measured against."""

from textual.app import App, ComposeResult
from textual.widgets import DataTable, Input


class Bare(App[None]):
    """Draws its heads; a key typed on its line is echoed: a key press and its repaint, with nothing done in between."""

    AUTO_FOCUS = "Input"

    def compose(self) -> ComposeResult:
        yield DataTable()
        yield Input(compact=True)

    def on_mount(self) -> None:
        self.query_one(DataTable).add_columns("READY-MARK", "b", "c")


if __name__ == "__main__":
    Bare().run()
