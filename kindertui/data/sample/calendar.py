"""The sample's days: which ones the location was open, and where on the clock today lies."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

OPENS, CLOSES = 7 * 60 + 30, 18 * 60 + 30  # minutes since midnight
_MIDDLE = 12 * 60 + 40  # the moment of an ordinary day at which it is half lived
_ORDINARY = (10 * 60, 16 * 60 + 30)  # between these an ordinary day needs no help to look lived
LAST_MINUTE = 24 * 60 - 1


class Today(Struct, frozen=True):
    """The sample's today. `now` is at the location's zone, to the second.

    `shift` is by how many minutes the day's hours are moved, so that it is half lived whatever the clock says: a demo
    at 06:00 or 23:30 shows a location that keeps such hours, and nothing in it lies in the future. Shortly after
    midnight less has happened: a day does not begin before its midnight. `whole_day` means that the after-school
    children come in the morning.
    """

    now: datetime
    shift: int
    whole_day: bool

    @property
    def day(self) -> date:
        return self.now.date()

    def clock(self, minutes: int) -> time:
        """An ordinary day's minute as today's time of day, kept within the day."""
        moved = min(max(minutes + self.shift, 0), LAST_MINUTE)
        return time(moved // 60, moved % 60)


def today(now: datetime, zone: ZoneInfo) -> Today:
    """What today is like at `now` (aware)."""
    local = now.astimezone(zone).replace(microsecond=0)
    minute = local.hour * 60 + local.minute
    shift = 0
    if not _ORDINARY[0] <= minute <= _ORDINARY[1]:
        shift = max(round((minute - _MIDDLE) / 30) * 30, -OPENS)
    return Today(local, shift, shift != 0 or not is_open(local.date()))


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
