"""A list of records on a sheet: Enter changes the row, n adds one, Del takes it away, ctrl+z and ctrl+y as anywhere."""

from typing import TypeVar

from textual import events

from kindertui.i18n import _
from kindertui.screens.sheets.sheet import WritingSheet
from kindertui.screens.sheets.undo import do_again, take_back
from kindertui.widgets.table import RowTable

T = TypeVar("T")


class RecordsSheet(WritingSheet[T]):
    """The keys of such a list. A subclass shows the rows and says what each key does to the row under the cursor."""

    def say_keys(self) -> None:
        """Says the keys in the footer."""
        self.say(_("Enter changes · n adds · Del takes away · Esc closes"))

    def change(self) -> None:
        """Asks for what is to be changed of the row under the cursor."""
        raise NotImplementedError

    def add(self) -> None:
        """Asks for a record more."""
        raise NotImplementedError

    def take_away(self) -> None:
        """Takes away the row under the cursor."""
        raise NotImplementedError

    def moved(self) -> None:
        """The cursor went to another row: what was said last has been read."""
        self.say_keys()

    def show_undone(self) -> None:
        """Shows what was taken back or done again, and says it."""
        raise NotImplementedError

    def on_row_table_moved(self, event: RowTable.Moved) -> None:
        event.stop()
        self.moved()

    def on_row_table_chosen(self, event: RowTable.Chosen) -> None:
        event.stop()
        if event.twice:
            self.change()

    def on_key(self, event: events.Key) -> None:
        keys = {"enter": self.change, "ctrl+j": self.change, "delete": self.take_away, "n": self.add}
        if self.table.key_pressed(event.key):
            event.stop()
        elif event.key in keys:
            event.stop()
            keys[event.key]()

    def action_undo(self) -> None:
        """ctrl+z here."""
        take_back(self)

    def action_redo(self) -> None:
        """ctrl+y here."""
        do_again(self)
