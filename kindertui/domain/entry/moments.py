"""Reads and prints times of day: `1230`, `12:30`, `830`, `1230-1415`, `-1415`, `1230-`, `-10`.

`-` with one or two digits, or three up to 120, is minutes ago; any other `-time` is an end. In the hour that a clock
change repeats, a letter says which one: `230a` the first, `230b` the second. A `+` behind an end is the next day.
"""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal, TypeAlias

from msgspec import Struct

WhenForm = Literal["at", "range", "end", "open", "ago"]

# Three digits after `-` are minutes up to here, a time beyond (house rule: nobody books two hours back by counting).
LONGEST_AGO = 120
_DASHES = str.maketrans("–—−", "---")


class Clock(Struct, frozen=True):
    """A time of day as typed; `which` is a or b in an hour that comes twice, `next_day` that it is the day after."""

    hour: int
    minute: int
    which: str = ""
    next_day: bool = False


class When(Struct, frozen=True):
    """A time expression before it meets a day."""

    form: WhenForm
    first: Clock | None = None
    last: Clock | None = None
    minutes: int = 0


ClockProblem: TypeAlias = Literal["time_skipped", "time_twice", "time_invalid"]


def digits(text: str) -> bool:
    """Only the ten digits: not what else Unicode counts as one."""
    return text.isascii() and text.isdigit()


def full_date(parts: Sequence[str]) -> date | None:
    """`19-11-2026` or `2026-11-19` in its three parts; None for what is no such date. Raises ValueError for no day."""
    if len(parts) != 3 or 4 not in (len(parts[0]), len(parts[2])):
        return None
    year, month, day = parts if len(parts[0]) == 4 else reversed(parts)
    return date(int(year), int(month), int(day))


# With a mark between hour and minute, as people write it: 8:30, 8.30, 8u30, 8h30; or three or four digits.
_CLOCK = re.compile(r"(?:([0-9]{1,2})[:.uh]([0-9]{2})|([0-9]{1,2})([0-9]{2}))([ab]?)(?:u|h|uur)?", re.IGNORECASE)


def clock(text: str) -> Clock | None:
    """`1230`, `830`, `12:30`, `8.30`, `8u30`, `0030+` as a time of day; None for anything else, 24:00 included."""
    next_day = text.endswith("+")
    found = _CLOCK.fullmatch(text.removesuffix("+"))
    if found is None:
        return None
    hour, minute = int(found[1] or found[3]), int(found[2] or found[4])
    if hour > 23 or minute > 59:
        return None
    return Clock(hour, minute, found[5].lower(), next_day)


def plain_dash(text: str) -> str:
    """With a hyphen for each dash that a keyboard or a paste may hold."""
    return text.translate(_DASHES)


def when(text: str) -> When | None:
    """A time expression, or None when the word is none."""
    text = plain_dash(text)
    before, dash, after = text.partition("-")
    if not dash:
        only = clock(text)
        return When("at", only) if only else None
    if not before and digits(after) and (len(after) <= 2 or (len(after) == 3 and int(after) <= LONGEST_AGO)):
        return When("ago", minutes=int(after))
    first, last = clock(before), clock(after)
    if first and first.next_day:
        return None
    if before and after:
        return When("range", first, last) if first and last else None
    if before:
        return When("open", first) if first else None
    return When("end", last=last) if last else None


def looks_numeric(text: str) -> bool:
    """Does a word look like a number or a time, so that it must not end up as words unseen?"""
    text = plain_dash(text).replace("+-", "-").removesuffix("+")
    return any(c in "0123456789" for c in text) and all(c in "0123456789:.,/-" for c in text)


def at(day: date, typed: Clock, like: datetime) -> datetime | ClockProblem:
    """The instant of a time of day on `day` in the zone of `like`; names the problem a clock change makes of it."""
    if typed.next_day:
        if day == date.max:
            return "time_invalid"
        day += timedelta(days=1)
    first = datetime.combine(day, time(typed.hour, typed.minute), like.tzinfo)
    second = first.replace(fold=1)
    if first.utcoffset() == second.utcoffset():
        return "time_invalid" if typed.which else first
    if first.astimezone(UTC).astimezone(like.tzinfo).replace(tzinfo=None) != first.replace(tzinfo=None):
        return "time_skipped"
    if not typed.which:
        return "time_twice"
    return second if typed.which == "b" else first


def ago(now: datetime, minutes: int) -> datetime:
    """`minutes` before now in elapsed time, cut to the minute: a clock change in between does not count."""
    moment = now.astimezone(UTC) - timedelta(minutes=minutes)
    return cut(moment.astimezone(now.tzinfo))


def cut(moment: datetime) -> datetime:
    """Without seconds: the log is kept by the minute."""
    return moment.replace(second=0, microsecond=0)


def print_clock(moment: datetime, day: date | None = None) -> str:
    """`12:30`, with the letter an hour needs when it comes twice, and a `+` where it is the day after `day`."""
    text = f"{moment:%H:%M}"
    if isinstance(at(moment.date(), Clock(moment.hour, moment.minute), moment), str):
        text += "b" if moment.fold else "a"
    return text + "+" if day is not None and moment.date() > day else text
