"""A place of single-letter commands: its entry line opens with `:` and may name any child of the location."""

from textual.content import Content

from kindertui import commands
from kindertui.data.daylog import Saved
from kindertui.data.queries import day as day_queries
from kindertui.domain.entry import Roster
from kindertui.domain.roster import ChildDay
from kindertui.i18n import _
from kindertui.screens.entry.controller import EnteringScreen
from kindertui.widgets.key_line import carrying


class CommandPlace(EnteringScreen):
    """Shows its keys where the preview stands as long as no line is typed."""

    _everybody: tuple[ChildDay, ...] = ()

    def child_under_cursor(self) -> str | None:
        """Whom a line is for that names nobody."""
        raise NotImplementedError

    def days_of_line(self) -> tuple[ChildDay, ...]:
        return self._everybody

    def roster_of_line(self) -> Roster:
        return self.state.entry_roster(self.child_under_cursor(), days=self._everybody)

    def group_of_line(self) -> str | None:
        return None

    def do_line(self) -> None:
        state = self.state
        self._everybody = day_queries.roster(state.store.reader, state.shown_day, state.zone)
        super().do_line()
        self.say_preview(_("  Type what you were told, for any child: name, what, when. Esc closes the line."), "dim")

    def bring_back_draft(self) -> None:
        super().bring_back_draft()
        if self.entry.value and not self.entry.letters:
            self.do_line()
            self.show_preview()

    def after_save(self, saved: Saved) -> None:
        self.close_line()

    def say_preview(self, text: Content | str, tone: str = "plain") -> None:
        super().say_preview(self.keys() if text == "" and not self.entry.letters else text, tone)

    def say_keys(self) -> None:
        """The keys again: the cursor is on another row, or what was typed is gone."""
        if not self.entry.letters:
            self.say_preview("")

    def keys(self) -> Content:
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
        return Content("\n").join(Content(" ").join(pieces) for pieces in lines)
