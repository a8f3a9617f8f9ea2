"""A place of single-letter commands: its entry line opens with `:` and may name any child of the location."""

from textual.content import Content

from kindertui import commands
from kindertui.data.daylog import Saved
from kindertui.data.queries import day as day_queries
from kindertui.domain.entry import Roster
from kindertui.domain.roster import ChildDay
from kindertui.i18n import _
from kindertui.screens.entering import EnteringScreen


class AnywhereScreen(EnteringScreen):
    """Shows its keys where the preview stands as long as no line is typed."""

    _everybody: tuple[ChildDay, ...] = ()

    def child_under_cursor(self) -> str | None:
        """Whom a line is for that names nobody."""
        raise NotImplementedError

    def days_of_line(self) -> tuple[ChildDay, ...]:
        return self._everybody

    def roster_of_line(self) -> Roster:
        return self.house.entry_roster(self.child_under_cursor(), days=self._everybody)

    def do_line(self) -> None:
        house = self.house
        self._everybody = day_queries.roster(house.store.reader, house.shown_day, house.zone)
        super().do_line()
        self.tell_preview(_("  Type what you were told, for any child: name, what, when. Esc closes the line."), "dim")

    def bring_back_draft(self) -> None:
        super().bring_back_draft()
        if self.entry.value and not self.entry.letters:
            self.do_line()
            self.show_preview()

    def after_save(self, saved: Saved) -> None:
        self.close_line()

    def tell_preview(self, text: Content | str, tone: str = "plain") -> None:
        super().tell_preview(self.keys() if text == "" and not self.entry.letters else text, tone)

    def tell_keys(self) -> None:
        """The keys again: the cursor is on another row, or what was typed is gone."""
        if not self.entry.letters:
            self.tell_preview("")

    def keys(self) -> Content:
        """What can be done now, by its key; what cannot is left out, and its key says why."""
        state = self.state()
        parts: list[Content | tuple[str, str] | str] = ["  "]
        for command in commands.COMMANDS:
            if self.PLACE in command.places and command.keys and not command.enabled(state):
                parts += [
                    (commands.key_name(command.keys[0]), "$tone-accent"),
                    (f" {_(command.label)}   ", "$tone-dim"),
                ]
        return Content.assemble(*parts)
