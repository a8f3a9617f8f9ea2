"""Says that entries are missing which were saved, until a manager has taken note of it."""

import asyncio
from datetime import datetime
from typing import ClassVar

from textual.binding import BindingType

from kindertui.domain.faults import DatabaseFault
from kindertui.i18n import _
from kindertui.phrases import moment
from kindertui.screens.app_state import AppState
from kindertui.screens.sheets.read import ReadSheet


class MissingEntriesSheet(ReadSheet):
    """Esc closes it until somebody signs in again; F2 takes note of it, for a manager alone. Enter does nothing: a
    line typed without looking does not close it.
    """

    BINDINGS: ClassVar[list[BindingType]] = [("f2", "take_note", "")]

    def __init__(self, state: AppState, since: datetime) -> None:
        self._state = state
        since_words = _("Entries since {when} are missing.").format(when=moment(since))
        super().__init__(
            _("Entries are missing"),
            [
                (since_words, "danger"),
                (_("The database is older than what was saved on this computer, or lost its end."), ""),
                (_("Look for the newer file, or write down again what happened since. Then a manager takes note."), ""),
            ],
            keys=[("escape", "Esc", _("close")), ("f2", "F2", _("take note"))],
        )

    def action_enter(self) -> None:
        self.say(_("Read this first. Esc closes it."), "due")

    async def action_take_note(self) -> None:
        if not self._state.by_manager:
            self.say(
                _("Only a location manager takes note of it. Esc closes this until somebody signs in again."), "due"
            )
            return
        try:
            await asyncio.wrap_future(self._state.store.take_note())
        except DatabaseFault as error:
            self.failed(error)
            return
        self.dismiss(None)
