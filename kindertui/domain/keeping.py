"""Which backups stay, and what a database holds in a few numbers."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, tzinfo

from msgspec import Struct

_EVERY = timedelta(hours=48)
_DAYS = 30
_MONTHS = 12


class Holdings(Struct, frozen=True):
    """What is in a database: living records, restrictions in force, all journal rows, and when the last was written."""

    location: str
    generation: int
    schema: int
    children: int
    entries: int
    restrictions: int
    rows: int
    last: datetime | None

    @property
    def zone(self) -> tzinfo:
        """The location's time zone, as the last row was read in it; UTC where there is none."""
        return UTC if self.last is None or self.last.tzinfo is None else self.last.tzinfo


def kept(moments: Iterable[datetime], now: datetime) -> frozenset[datetime]:
    """Those that stay: all of 48 hours, the last of each day for 30 days, the last of each month for 12 months.

    The newest always stays, and so does what lies ahead of a clock that is wrong. Days and months are those of the
    time zone that the moments are given in. What is dropped today would never be kept later.
    """
    every = sorted(set(moments))
    of_day = {one.date(): one for one in every}
    of_month = {(one.year, one.month): one for one in every}

    def stays(one: datetime) -> bool:
        if now - one <= _EVERY or one == every[-1]:
            return True
        if one == of_day[one.date()] and (now.date() - one.date()).days <= _DAYS:
            return True
        return one == of_month[one.year, one.month] and _months(now) - _months(one) <= _MONTHS

    return frozenset(filter(stays, every))


def _months(moment: datetime) -> int:
    return moment.year * 12 + moment.month
