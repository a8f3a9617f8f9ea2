"""The guard over what parents read, with the names it looks for."""

from kindertui.data.connection import Connection
from kindertui.data.queries import children, location
from kindertui.domain.parents import ParentGuard
from kindertui.domain.policy import Policy


def parent_guard(db: Connection, policy: Policy, *, manager: bool = False) -> ParentGuard:
    """The guard for whoever writes; reads the names of all children, those who left too."""
    return ParentGuard(children(db), policy, location(db).language, manager=manager)
