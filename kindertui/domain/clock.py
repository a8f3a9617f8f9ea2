"""Whether the clock can be right, by when the last entry was written: nothing else tells without a network."""

from datetime import date, datetime, timedelta
from typing import Literal

Doubt = Literal["clock_year", "clock_behind", "clock_ahead"]

_FIRST_YEAR, _LAST_YEAR = 2025, 2100  # a clock whose battery is dead says 1970 or 2000
_SLACK = timedelta(minutes=5)  # clocks are set by the network now and then
_WEEKDAYS = 5


def possible(now: datetime) -> bool:
    """Whether the year can be; to be asked in UTC, as the last hours of the year 9999 are in no other zone."""
    return _FIRST_YEAR <= now.year <= _LAST_YEAR


def doubt(now: datetime, last: datetime | None) -> Doubt | None:
    """Why the clock may be wrong: the year cannot be, it is before the last entry, or a whole day from Monday to Friday
    lies between them (a weekend does not). Both aware, in the location's zone; `last` None where nothing was written.
    """
    if not possible(now):
        return "clock_year"
    if last is None:
        return None
    if last > now + _SLACK:
        return "clock_behind"
    return "clock_ahead" if _weekday_between(last.date(), now.date()) else None


def _weekday_between(first: date, last: date) -> bool:
    days = (last - first).days - 1
    return days > 2 or any((first + timedelta(days=ahead)).isoweekday() <= _WEEKDAYS for ahead in range(1, days + 1))
