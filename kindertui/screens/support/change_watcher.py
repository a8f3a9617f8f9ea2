"""Whether there is something to show anew: somebody's act in whatever terminal, or another minute."""

from kindertui.data import queries
from kindertui.screens.app_state import AppState

EVERY = 0.5  # seconds between two looks at PRAGMA data_version: another terminal's change shows within 2 s


class ChangeWatcher:
    """What was known at the last look."""

    def __init__(self, state: AppState) -> None:
        self._state = state
        self._version = self._head = 0
        self._drafted = False  # a line that is being typed was kept since the database last changed
        self._minute = -1

    def begin(self) -> None:
        """All that is there by now is shown."""
        self._version = self._state.store.data_version()
        self._head = queries.last_change(self._state.store.reader)

    def poll(self, *, drafted: bool) -> bool:
        """Looks once; `drafted` says that a draft was sent to the database just now, which is no news."""
        self._drafted |= drafted
        version, minute = self._state.store.data_version(), self._state.now().minute
        others = version != self._version and not self._only_a_draft()
        self._version = version
        if not others and minute == self._minute:
            return False
        self._minute = minute
        return True

    def _only_a_draft(self) -> bool:
        # reading all again for one's own unfinished line would hold up the keys
        head = queries.last_change(self._state.store.reader)
        mine = self._drafted and head == self._head
        self._drafted, self._head = False, head
        return mine
