"""Reads a report of an absence or a request: `daan sick until 25-11`, `daan late 930`, `daan swap 25-11 27-11`.

After the word: days, then a time or two, then words. Both ends of a period count. Without a day it is about the day
on the screen; only a sickness without a last day stays open. `via email` says how it came; without it, by phone.
"""

import re
from collections.abc import Sequence
from datetime import date, time
from typing import cast

from msgspec import Struct, field

from kindertui.domain.absences import OPEN_ENDED, AbsenceKind, Channel
from kindertui.domain.entry.context import Context
from kindertui.domain.entry.model import AbsenceReport, LineProblem, LineRefused
from kindertui.domain.entry.moments import Clock, When, clock, digits, looks_numeric, when
from kindertui.domain.entry.reading import refuse_reserved
from kindertui.domain.entry.spoken import Day, join_times, length_at, phrase_at, said_when
from kindertui.domain.entry.spoken_days import join_days, plain_date, said_days
from kindertui.domain.entry.steps import words_of
from kindertui.domain.entry.time_words import TimeWords, time_words
from kindertui.domain.entry.tokens import Token, join

# One time alone is the end for these (picked up at …), the start for all others (comes at …).
_ENDS_AT: frozenset[AbsenceKind] = frozenset({"early_pick_up", "other_pick_up"})
# Kinds of which a time is a part: `9.12` may be one, and one may stand behind the words.
_TIMED: frozenset[AbsenceKind] = frozenset(
    {"late", "early_pick_up", "other_pick_up", "doctor", "dentist", "flexible_hours", "extra_day"}
)
_DOTTED = re.compile(r"[0-9]{1,2}\.[0-9]{2}")


class _Read(Struct):
    """What has been read so far of what stands behind the word of absence."""

    days: list[date] = field(default_factory=list)
    until: date | None = None
    expression: When | None = None
    vague: Token | None = None  # a part of today that is no time
    channel: Channel = "phone"


def read_report(kind: AbsenceKind, verb_word: Token, rest: Sequence[Token], context: Context) -> AbsenceReport:
    """The AbsenceReport a word of absence and what follows it mean, without children."""
    for word in rest:
        _ask_day_or_time(kind, word, context)
    moment = Day(context.now, context.day, context.language, ahead=True)
    words = join_times(join_days(rest, context), moment)
    read, i = _Read(), 0
    while i < len(words):
        taken = _take(words, i, read, context)
        if not taken:
            break
        i += taken
    left = _without_time(kind, words[i:], read, context)
    _refuse_no_day(kind, left, read, context)
    if kind == "other_pick_up" and len(left) > 1 and left[0].folded in time_words(context.language).by:
        left = left[1:]  # `wordt gehaald door oma`
    if not read.days and read.until is None and left and left[0].folded in time_words(context.language).seasons:
        raise left[0].refused("date_invalid", {"word": left[0].text})  # `vakantie kerst`: which days?
    _refuse_unread(left, context)
    if read.vague is not None and read.expression is None:
        raise read.vague.refused("time_vague", {"word": read.vague.text})
    kept = [Token("", text, text, verb_word.at, literal=True) for text in verb_word.says.split()]
    return _report(kind, verb_word, rest, [*kept, *left], read, context)


def _ask_day_or_time(kind: AbsenceKind, word: Token, context: Context) -> None:
    """`late 9.12`: nine twelve, or the ninth of December?"""
    if kind not in _TIMED or word.literal or not _DOTTED.fullmatch(word.text):
        return
    day, time_of_day = plain_date(word.text, context.day), clock(word.text)
    if day is not None and time_of_day is not None:
        args = {"word": word.text, "day": day.isoformat(), "time": word.text.replace(".", ":")}
        raise word.refused("day_or_time", args)


def _take(rest: Sequence[Token], i: int, read: _Read, context: Context) -> int:
    """How many words from `i` on were a day, a time or a channel: 0 when the words begin here."""
    word, following = rest[i], rest[i + 1] if i + 1 < len(rest) else None
    known = time_words(context.language)
    refuse_reserved(word)
    if word.literal:
        return 0
    if (days := said_days(word)) is not None:
        return _take_days(word, days, read)
    if following and word.folded == "via" and following.folded in context.vocabulary.channels:
        read.channel = cast(Channel, context.vocabulary.channels[following.folded])
        return 2
    if size := phrase_at(rest, i, known.further_notice):
        return size
    if size := phrase_at(rest, i, known.today):
        read.vague = join(rest[i : i + size], "")
        return size
    if read.expression is None and _time_of_report(word):
        read.expression = when(word.said)
        return 1
    return 0


def _refuse_no_day(kind: AbsenceKind, words: Sequence[Token], read: _Read, context: Context) -> None:
    """Nothing that says when, or takes the report back, may be read as words: `december`, `middag`, `elke`, `niet`."""
    known = time_words(context.language)
    for i, word in enumerate(words):
        last = i + 1 == len(words)
        if word.literal:
            continue
        if word.folded in known.no_days and kind != "other_pick_up":  # a grandmother may be called June
            raise word.refused("date_invalid", {"word": word.text}, last)
        if word.folded in known.parts and read.expression is None:
            raise word.refused("time_vague", {"word": word.text}, last)
        if word.folded in known.denials:
            raise word.refused("denied", {"word": word.text}, last)
        size = phrase_at(words, i, known.until) if i == 0 or last else 0
        if size and not (i + size < len(words) and words[i + size].text[:1].isdigit()):  # a date is refused itself
            typed = join(words[i : i + size], "")
            raise typed.refused("date_invalid", {"word": typed.text}, i + size == len(words))


def _take_days(word: Token, days: tuple[date | None, date | None], read: _Read) -> int:
    first, last = days
    if first is not None:
        if len(read.days) == 2 or (read.days and (last is not None or read.until is not None)):
            raise word.refused("days_too_many", {"word": word.text})
        read.days.append(first)
    if last is not None:
        if read.until is not None:
            raise word.refused("days_too_many", {"word": word.text})
        read.until = last
    return 1


def _time_of_report(word: Token) -> bool:
    expression = said_when(word)
    if expression is None or expression.form == "ago":
        return False
    return not any(end is not None and end.next_day for end in (expression.first, expression.last))


def _without_time(kind: AbsenceKind, words: Sequence[Token], read: _Read, context: Context) -> list[Token]:
    """The words without a time that stands among them: `te laat file 930`."""
    left = list(words)
    if kind not in _TIMED or read.expression is not None:
        return left
    for i, word in enumerate(left):
        if _time_of_report(word):
            read.expression = when(word.said)
            return left[:i] + left[i + 1 :]
    return left


def _refuse_unread(words: Sequence[Token], context: Context) -> None:
    """Nothing that looks like a day, a time or a length of time may end up among the words."""
    known = time_words(context.language)
    for i, word in enumerate(words):
        last = i + 1 == len(words)
        if word.literal:
            continue
        if (length := length_at(words, i, known) or _days_long(words, i, known)) is not None:
            typed = join(words[i : length[1]], "")
            raise typed.refused("length_of_absence", {"word": typed.text})
        if said_days(word) is not None:
            raise word.refused("among_words", {"word": word.text}, last)
        if i == 0 and looks_numeric(word.text):
            raise word.refused("date_invalid", {"word": word.text}, last)
        size = phrase_at(words, i, known.until) or (word.folded in known.on)
        if size and i + size < len(words) and words[i + size].text[:1].isdigit() and not words[i + size].literal:
            behind = words[i + size]
            raise behind.refused("date_invalid", {"word": behind.text}, behind is words[-1])
        if size := phrase_at(words, i, known.past_days):
            typed = join(words[i : i + size], "")
            raise typed.refused("among_words", {"word": typed.text})
        if size := phrase_at(words, i, known.today):
            typed = join(words[i : i + size], "")
            raise typed.refused("time_vague", {"word": typed.text})
        if _time_of_report(word) and (word.says or not digits(word.text) or len(word.text) == 4):
            raise word.refused("among_words", {"word": word.text})


def _days_long(words: Sequence[Token], i: int, known: TimeWords) -> tuple[int, int] | None:
    """`2 dagen`, `to uker`: how many, and the word behind it."""
    if i + 1 >= len(words) or words[i + 1].folded not in known.day | known.days | known.week:
        return None
    number = words[i].folded
    count = int(number) if digits(number) and len(number) <= 3 else known.hours.get(number)
    return None if count is None else (count, i + 2)


def _report(
    kind: AbsenceKind,
    verb_word: Token,
    rest: Sequence[Token],
    words: Sequence[Token],
    read: _Read,
    context: Context,
) -> AbsenceReport:
    """The report, with `words` as its text."""
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
    if kind == "other_pick_up" and not words:
        raise LineRefused(LineProblem("words_missing", end, 0, {"verb": kind}, True))
    start, finish = _hours(kind, read.expression)
    return AbsenceReport((), kind, first, last, start, finish, words_of(words, context.short_words), read.channel)


def _hours(kind: AbsenceKind, expression: When | None) -> tuple[time | None, time | None]:
    if expression is None:
        return None, None
    first, last = _time(expression.first), _time(expression.last)
    if expression.form == "at" and kind in _ENDS_AT:
        return None, first
    return first, last


def _time(typed: Clock | None) -> time | None:
    return time(typed.hour, typed.minute) if typed else None
