"""What every place says at its top: what waits in each place, which sleep checks are late, what is missing.

It is read after the first frame, each minute, and whenever somebody committed something.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from kindertui.commands import Place
from kindertui.data.queries import day as day_queries
from kindertui.domain.due import sleep_checks_due
from kindertui.domain.people import Child

if TYPE_CHECKING:
    from kindertui.screens.app_state import AppState


class Attention:
    """As last read: `waiting` by place, `sleep_checks` with the time each child is to be looked at, `missing` by child.

    `missing` are the children of whom a weekly piece is missing.
    """

    def __init__(self, state: AppState) -> None:
        self._state = state
        self.waiting: dict[Place, int] = {}
        self.sleep_checks: tuple[tuple[Child, datetime], ...] = ()
        self.missing: frozenset[str] = frozenset()
        self._checks_of: str | None = ""  # the group the sleep checks were read for; empty before they were
        self._missing_of: tuple[date, str | None] | None = None  # the day and group they were read for

    def count_waiting(self) -> None:
        """Counts what waits in each place."""
        from kindertui.data.queries import absences, messages, portal

        state, db = self._state, self._state.store.reader
        self.waiting = {
            "absences": absences.waiting(db),
            "messages": messages.unread(db, state.zone)[0],
            "portal": portal.waiting(db, state.policy).records,
        }

    def read_sleep_checks(self) -> None:
        """Reads when today's sleepers of the person's own group (who has none: of all) are to be looked at next.

        Whatever day or group is shown: nobody may miss it for looking at something else. Those of the group that is
        shown count as well: whoever is there is the one to look at them.
        """
        state = self._state
        mine = next((one.group_id for one in state.staff if state.actor and one.id == state.actor.staff_id), None)
        groups = {None} if None in (mine, state.group_id) else {mine, state.group_id}
        sleepers = [
            one
            for group_id in groups
            for one in day_queries.sleepers(state.store.reader, state.now().date(), state.zone, group_id)
        ]
        self.sleep_checks = sleep_checks_due(sleepers, state.policy)
        self._checks_of = state.group_id

    def follow_group(self) -> None:
        """Reads the sleep checks anew if another group is shown than they were read for; not before the first frame."""
        if self._checks_of not in ("", self._state.group_id):
            self.read_sleep_checks()

    def read_missing(self, *, anew: bool = False) -> None:
        """Reads of whom a piece is missing; without `anew` only if another day or group is shown than it was read for.

        The first frame waits for nothing that was not asked of it: before it, nothing is read.
        """
        state = self._state
        shown = (state.shown_day, state.group_id)
        if anew or (self._missing_of is not None and self._missing_of != shown):
            from kindertui.data.queries import completeness

            children = tuple(one.child for one in state.cache.days)
            self.missing = completeness.owing(state.store.reader, children, state.shown_day, state.policy)
            self._missing_of = shown
