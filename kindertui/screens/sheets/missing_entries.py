"""Says that entries are missing which were saved, until a manager has taken note of it."""

import asyncio
from datetime import datetime

from kindertui.domain.faults import DatabaseFault
from kindertui.i18n import _
from kindertui.phrases import moment
from kindertui.screens.app_state import AppState
from kindertui.screens.sheets.notice import NoticeSheet


class MissingEntriesSheet(NoticeSheet):
    """Esc closes it until somebody signs in again; F2 takes note of it, for a manager alone."""

    def __init__(self, state: AppState, since: datetime) -> None:
        self._state = state
        super().__init__(
            _("Entries are missing"),
            [
                (_("Entries since {when} are missing.").format(when=moment(since)), "danger"),
                (_("The database is older than what was saved on this computer, or lost its end."), ""),
                (_("Look for the newer file, or write down again what happened since. Then a manager takes note."), ""),
            ],
            answer=_("take note"),
            leave=_("close"),
        )

    async def action_answer(self) -> None:
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
        self.dismiss(True)
