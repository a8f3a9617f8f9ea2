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
        version, minute = self._state.store.data_version(), self._state.now().minute
        changed = version != self._version
        recorded = changed and self._recorded()
        sent = self._drafted or drafted
        self._version, self._drafted = version, drafted or (sent and not changed)  # until its commit was seen
        # reading all again for one's own unfinished line would hold up the keys
        others = recorded or (changed and not sent)
        if not others and minute == self._minute:
            return False
        self._minute = minute
        return True

    def _recorded(self) -> bool:
        """Whether the journal has a row more than at the last look."""
        before, self._head = self._head, queries.last_change(self._state.store.reader)
        return self._head != before
