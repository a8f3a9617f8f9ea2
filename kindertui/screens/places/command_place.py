"""A place of single-letter commands: its entry line opens with `:` and may name any child of the location."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from kindertui import commands
from kindertui.i18n import _
from kindertui.screens.place import PlaceScreen
from kindertui.widgets.key_line import carrying
from kindertui.widgets.table import RowTable

if TYPE_CHECKING:
    from kindertui.data.daylog import Saved
    from kindertui.screens.entry.target import NewEntry


_KEY_ROWS = 2  # of the preview


class CommandPlace(PlaceScreen):
    """Shows its keys where the preview stands as long as no line is typed."""

    @property
    def table(self) -> RowTable:
        return self.query_one(RowTable)

    def child_under_cursor(self) -> str | None:
        """Whom a line is for that names nobody."""
        return None

    def target(self) -> NewEntry:
        from kindertui.screens.entry.target import NewEntry

        return NewEntry(self.state, self.child_under_cursor, everybody=True)

    def open_line(self) -> None:
        self.controller.aim(self.target())  # who is in changes while the line is closed
        super().open_line()
        self.status.say_preview(
            _("  Type what you were told, for any child: name, what, when. Esc closes the line."), "dim"
        )

    def bring_back_draft(self) -> None:
        super().bring_back_draft()
        if self.entry.value and not self.entry.letters:
            self.open_line()
            self.controller.show_preview()

    def after_save(self, saved: Saved) -> None:
        self.close_line()

    def show_idle(self) -> None:
        """The keys of this place; nothing under an open line that is empty."""
        self.status.say_preview("" if self.entry.letters else self._keys())

    def cursor_moved(self) -> None:
        """Other keys may do something on this row."""
        self.show_keys()

    def show_keys(self) -> None:
        """Shows the keys again, unless a line is open."""
        if not self.entry.letters:
            self.show_idle()

    def _keys(self) -> Content:
        """What can be done now, by its key; what cannot is left out, and its key says why."""
        state, room = self.command_state(), self.app.size.width - 4
        lines: list[list[Content]] = [[]]
        taken = 0
        for command in commands.COMMANDS:
            if self.PLACE not in command.places or not command.keys or command.enabled(state):
                continue
            key, label = _(commands.key_name(command.keys[0])), _(command.label)
            words = Content.assemble((key, "$tone-accent"), (f" {label}", "$tone-dim"))
            piece = Content.assemble("  ", carrying(command.keys[0], words))
            if taken + piece.cell_length > room:  # a key is never parted from its words
                lines.append([])
                taken = 0
            lines[-1].append(piece)
            taken += piece.cell_length + 1
        shown = [Content(" ").join(pieces) for pieces in lines[:_KEY_ROWS]]
        if len(lines) > _KEY_ROWS:
            shown[-1] = Content.assemble(shown[-1], "  …")
        return Content("\n").join(shown)
