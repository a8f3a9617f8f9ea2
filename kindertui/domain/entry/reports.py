"""Reads a report of an absence or a request: `daan sick until 25-11`, `daan late 930`, `daan swap 25-11 27-11`.

After the word: days, then a time or two, then words. Both ends of a period count. Without a day it is about the day
on the screen; only a sickness without a last day stays open. `via email` says how it came; without it, by phone.
"""

from collections.abc import Sequence
from datetime import date, time, timedelta
from typing import cast

from msgspec import Struct, field

from kindertui.domain.absences import OPEN_ENDED, AbsenceKind, Channel
from kindertui.domain.entry.model import AbsenceReport, LineProblem, LineRefused
from kindertui.domain.entry.moments import Clock, When, digits, full_date, looks_numeric, when
from kindertui.domain.entry.reading import Context, refuse_reserved
from kindertui.domain.entry.steps import words_of
from kindertui.domain.entry.tokens import Token

# One time alone is the end for these (picked up at …), the start for all others (comes at …).
_ENDS_AT: frozenset[AbsenceKind] = frozenset({"early_pick_up", "other_pick_up"})
_HALF_A_YEAR = 183


def read_day(word: Token, context: Context) -> date | None:
    """`25-11`, `25.11`, `25-11-2026`, `2026-11-25`, today, tomorrow, a weekday (the next one, today included).

    A date without a year is the one nearest to the day on the screen. None for what is no day.
    """
    if word.literal:
        return None
    vocabulary = context.vocabulary
    if word.folded in vocabulary.today:
        return context.now.date()
    if word.folded in vocabulary.tomorrow:
        return context.now.date() + timedelta(days=1)
    if word.folded in vocabulary.weekdays:
        return context.day + timedelta(days=(vocabulary.weekdays[word.folded] - context.day.weekday()) % 7)
    parts = word.text.replace(".", "-").replace("/", "-").split("-")
    if not all(digits(part) for part in parts):
        return None
    try:
        if (found := full_date(parts)) is not None:
            return found
    except ValueError:
        return None
    return _nearest(int(parts[1]), int(parts[0]), context.day) if _is_short(parts) else None


def _is_short(parts: Sequence[str]) -> bool:
    return len(parts) == 2 and all(len(part) <= 2 for part in parts)


def _nearest(month: int, day: int, near: date) -> date | None:
    for year in (near.year, near.year + 1, near.year - 1):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if abs((found - near).days) <= _HALF_A_YEAR:
            return found
    return None


class _Read(Struct):
    """What has been read so far of what stands behind the word of absence."""

    days: list[date] = field(default_factory=list)
    until: date | None = None
    expression: When | None = None
    channel: Channel = "phone"


def read_report(kind: AbsenceKind, verb_word: Token, rest: Sequence[Token], context: Context) -> AbsenceReport:
    """The AbsenceReport a word of absence and what follows it mean, without children."""
    read, i = _Read(), 0
    while i < len(rest):
        taken = _take(rest, i, read, context)
        if not taken:
            break
        i += taken
    return _report(kind, verb_word, rest, i, read, context)


def _take(rest: Sequence[Token], i: int, read: _Read, context: Context) -> int:
    """How many words from `i` on were a day, a time or a channel: 0 when the words begin here."""
    word, following = rest[i], rest[i + 1] if i + 1 < len(rest) else None
    known = context.vocabulary
    refuse_reserved(word)
    day = read_day(word, context)
    if day is not None and len(read.days) < 2:
        read.days.append(day)
        return 1
    if word.literal:
        return 0
    if following and word.folded in known.until | known.since:
        day = read_day(following, context)
        if day is None:
            return _begin_words(following, rest)
        if word.folded in known.until:
            read.until = day
        else:
            read.days.append(day)
        return 2
    if following and word.folded == "via" and following.folded in known.channels:
        read.channel = cast(Channel, known.channels[following.folded])
        return 2
    if read.expression is None and _time_of_report(word):
        read.expression = when(word.text)
        return 1
    return _begin_words(word, rest)


def _time_of_report(word: Token) -> bool:
    expression = when(word.text)
    if expression is None or expression.form == "ago":
        return False
    return not any(end is not None and end.next_day for end in (expression.first, expression.last))


def _begin_words(word: Token, rest: Sequence[Token]) -> int:
    """0, as the words begin; but nothing that looks like a date may end up among them."""
    if looks_numeric(word.text):
        raise word.refused("date_invalid", {"word": word.text}, word is rest[-1])
    return 0


def _report(
    kind: AbsenceKind, verb_word: Token, rest: Sequence[Token], i: int, read: _Read, context: Context
) -> AbsenceReport:
    """The report, with the words from `i` on as its text."""
    days = read.days
    end = rest[-1].end if rest else verb_word.end
    first = days[0] if days else context.day
    last = read.until or (days[1] if len(days) > 1 else None)
    if kind == "swap_day":
        if len(days) < 2:
            raise LineRefused(LineProblem("swap_needs_two_days", end, 0, {}, True))
    elif last is not None and last < first:
        at, days_said = rest[0].at, {"first": first.isoformat(), "last": last.isoformat()}
        raise LineRefused(LineProblem("last_before_first", at, end - at, days_said))
    if last is None and kind not in OPEN_ENDED:
        last = first
    if kind == "other_pick_up" and i == len(rest):
        raise LineRefused(LineProblem("words_missing", end, 0, {"verb": kind}, True))
    start, finish = _hours(kind, read.expression)
    return AbsenceReport((), kind, first, last, start, finish, words_of(rest[i:], context.short_words), read.channel)


def _hours(kind: AbsenceKind, expression: When | None) -> tuple[time | None, time | None]:
    if expression is None:
        return None, None
    first, last = _time(expression.first), _time(expression.last)
    if expression.form == "at" and kind in _ENDS_AT:
        return None, first
    return first, last


def _time(typed: Clock | None) -> time | None:
    return time(typed.hour, typed.minute) if typed else None
