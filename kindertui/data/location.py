"""The open location: what everything that is done at it goes by, on the screen and on the command line."""

from collections.abc import Callable
from datetime import date, datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from msgspec import Struct

from kindertui.data.queries import utc_now
from kindertui.domain.people import Location
from kindertui.domain.policy import Policy


class OpenLocation(Struct, eq=False, dict=True):
    """The location's record, its time zone and its rules, and the clock by which something is today.

    Whoever opens it says how the rules are loaded: they stand in a portal's profile and the location's own file.
    """

    location: Location
    zone: ZoneInfo
    load_policy: Callable[[], Policy]

    @cached_property
    def policy(self) -> Policy:
        """The location's rules, loaded when first asked for; raises what `load_policy` raises."""
        return self.load_policy()

    def now(self) -> datetime:
        """The time at the location (aware)."""
        return utc_now().astimezone(self.zone)

    @property
    def today(self) -> date:
        """The civil day at the location."""
        return self.now().date()
