"""A head count in two halves: who should be there, and whom each of the two counts found."""

from datetime import date, datetime

from msgspec import Struct


class FirstCount(Struct, frozen=True):
    """A first count that waits for the second. `expected` and `found` are child ids in the order of the list."""

    day: date
    group_id: str | None
    reason: str
    expected: tuple[str, ...]
    found: tuple[str, ...]
    at: datetime


class Counting(Struct, frozen=True):
    """A count that goes on: who is ticked in this half of it, and since when; `first` None is the first half.

    It belongs to the group (`group_id` None: all groups) and to the day, not to who counts.
    """

    day: date
    group_id: str | None
    reason: str
    expected: tuple[str, ...]
    ticked: tuple[str, ...]
    since: datetime
    first: FirstCount | None = None

    @property
    def begun(self) -> bool:
        """Is there anything to lose?"""
        return bool(self.ticked) or self.first is not None


class HeadCount(Struct, frozen=True):
    """Both counts as they were kept. `group_id` None: of all groups; `by` is a staff name."""

    id: str
    day: date
    group_id: str | None
    reason: str
    expected: tuple[str, ...]
    first: tuple[str, ...]
    second: tuple[str, ...]
    first_at: datetime
    second_at: datetime
    by: str

    @property
    def missing(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Whom the first and whom the second count did not find, in the order of the list."""
        return tuple(one for one in self.expected if one not in self.first), tuple(
            one for one in self.expected if one not in self.second
        )
