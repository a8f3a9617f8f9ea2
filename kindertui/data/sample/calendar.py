"""The sample's days: which ones the location was open, and at which hours there is something to see."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

# From when until when there is something to see: some have come already, some are still there.
_SHOWN = (time(7, 45), time(18))
_MIDDLE = time(12, 55)  # the day is half lived: they have eaten, many sleep


class Today(Struct, frozen=True):
    """The sample's today. `now` is at the location's zone, to the second.

    `whole_day` means that there is no school: the after-school children come in the morning.
    """

    now: datetime
    whole_day: bool

    @property
    def day(self) -> date:
        return self.now.date()


def today(now: datetime, zone: ZoneInfo) -> Today:
    """What today is like at `now` (aware)."""
    local = now.astimezone(zone).replace(microsecond=0)
    return Today(local, not is_open(local.date()))


def shown_at(now: datetime) -> datetime:
    """The time at which the sample is worth a look, for `now` in its zone: now, or noon of that day if it is closed."""
    return now if _SHOWN[0] <= now.time() < _SHOWN[1] else datetime.combine(now.date(), _MIDDLE, now.tzinfo)


def clock(minute: int) -> time:
    """A minute of the day as a time of day."""
    return _TIMES[minute]


def instant(day: date, minute: int, zone: ZoneInfo) -> int:
    """Unix seconds of a minute of a civil day (may be past its end)."""
    return int(datetime.combine(day + timedelta(days=minute // 1440), _TIMES[minute % 1440], zone).timestamp())


_TIMES = [time(minute // 60, minute % 60) for minute in range(1440)]


def is_open(day: date) -> bool:
    """Monday to Friday without the Dutch public holidays."""
    return day.isoweekday() <= 5 and day not in public_holidays(day.year)


def public_holidays(year: int) -> frozenset[date]:
    """The Dutch public holidays of a year (Liberation Day every fifth year, as most collective agreements have it)."""
    easter = _easter(year)
    kings_day = date(year, 4, 27)
    if kings_day.isoweekday() == 7:
        kings_day -= timedelta(days=1)
    days = {date(year, 1, 1), kings_day, date(year, 12, 25), date(year, 12, 26)}
    days |= {easter + timedelta(days=after) for after in (0, 1, 39, 49, 50)}
    if year % 5 == 0:
        days.add(date(year, 5, 5))
    return frozenset(days)


def _easter(year: int) -> date:
    # the anonymous Gregorian computus (Meeus, Astronomical Algorithms, chapter 8)
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    i = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * i) // 451
    month, day = divmod(h + i - 7 * m + 114, 31)
    return date(year, month, day + 1)


def months_before(day: date, months: int) -> date:
    """The same day of the month, that many months earlier (the 28th at most)."""
    total = day.year * 12 + day.month - 1 - months
    return date(total // 12, total % 12 + 1, min(day.day, 28))
