"""Joins the words of a day, or of days, into one token: `op vrijdag`, `7. des`, `t/m 11 dec`, `volgende week`.

A token says `2026-12-07`, a span `2026-12-07/2026-12-11`, a last day `/2026-12-11`. A date without a year is the one
nearest to the day of the line; a weekday the next one, today included. A week is its working days (house rule).
"""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from kindertui.domain.entry.context import Context
from kindertui.domain.entry.moments import digits, full_date, plain_dash
from kindertui.domain.entry.spoken import phrase_at
from kindertui.domain.entry.time_words import TimeWords, by_first_word, time_words
from kindertui.domain.entry.tokens import Token, join

_HALF_A_YEAR = 183
_FRIDAY = 4
_TODAY = by_first_word(["today", "vandaag", "i dag", "idag"])  # all of it, not a part
_ORDINAL = re.compile(r"([0-9]{1,2})(?:\.|st|nd|rd|th|e)?")
_SPAN = re.compile(r"([0-9][0-9./]*)-([0-9][0-9./]*)")
_Found = tuple[date, int]  # the day, and the word behind it


def join_days(words: Sequence[Token], context: Context) -> list[Token]:
    """The words, with those of each day joined. Raises LineRefused where `volgende vrijdag` may be two days."""
    known = time_words(context.language)
    joined: list[Token] = []
    i = 0
    while i < len(words):
        found = None if words[i].literal else _days(words, i, known, context)
        joined.append(join(words[i : found[1]], found[0]) if found else words[i])
        i = found[1] if found else i + 1
    return joined


def said_days(word: Token) -> tuple[date | None, date | None] | None:
    """The first and the last day that a token says; (day, None) for one day, (None, day) for a last day."""
    first, slash, last = word.says.partition("/")
    if word.literal or not (slash or first.count("-") == 2):
        return None
    return date.fromisoformat(first) if first else None, date.fromisoformat(last) if last else None


def _days(words: Sequence[Token], i: int, known: TimeWords, context: Context) -> tuple[str, int] | None:
    if not words[i].text[0].isdigit() and _bare(words[i]) not in known.begin_day:
        return None
    if size := phrase_at(words, i, known.until):
        found = _week(words, i + size, known, context) or _day(words, i + size, known, context)
        return None if found is None else (f"/{found[-2].isoformat()}", found[-1])
    begin = _behind_leads(words, i, known)
    if (found := _day_of_week(words, begin, known, context)) is not None:
        return found[0].isoformat(), found[1]
    if (week := _week(words, begin, known, context)) is not None:
        return f"{week[0].isoformat()}/{week[1].isoformat()}", week[2]
    return _span(words, begin, known, context) or _one(words, i, begin, known, context)


def _one(words: Sequence[Token], i: int, begin: int, known: TimeWords, context: Context) -> tuple[str, int] | None:
    found = _day(words, begin, known, context, led=begin > i)
    if found is None:
        return None
    first, behind = found
    size = _until_or_dash(words, behind, known)
    last = _day(words, behind + size, known, context, led=True) if size else None
    if last is None and behind < len(words) and words[behind].folded in known.together:
        following = _day(words, behind + 1, known, context, led=True)
        if following is not None and following[0] - first == timedelta(days=1):
            last = following
    return (first.isoformat(), behind) if last is None else (f"{first.isoformat()}/{last[0].isoformat()}", last[1])


def _behind_leads(words: Sequence[Token], i: int, known: TimeWords) -> int:
    while i < len(words) and not words[i].literal and words[i].folded in known.on:
        i += 1
    return i


def _until_or_dash(words: Sequence[Token], i: int, known: TimeWords) -> int:
    if i < len(words) and not words[i].literal and plain_dash(words[i].text) == "-":
        return 1
    return phrase_at(words, i, known.until)


def _week(words: Sequence[Token], i: int, known: TimeWords, context: Context) -> tuple[date, date, int] | None:
    """`volgende week`, `deze week`, `hele uka`: its first and last day, and the word behind it."""
    if i >= len(words):
        return None
    if (numbered := _numbered_week(words, i, known, context)) is not None:
        return numbered
    at = i + phrase_at(words, i, known.whole)
    this = phrase_at(words, at, known.this)
    ahead = at < len(words) and words[at].folded in known.next
    behind = at + (this or ahead)
    if behind == i or behind >= len(words) or words[behind].literal or words[behind].folded not in known.week:
        return None
    today = context.day
    monday = today - timedelta(days=today.weekday()) + timedelta(weeks=ahead)
    friday = monday + timedelta(days=_FRIDAY)
    return (monday if ahead else min(today, friday)), friday, behind + 1


def _numbered_week(words: Sequence[Token], i: int, known: TimeWords, context: Context) -> tuple[date, date, int] | None:
    """`uke 52`: the week of that number (ISO 8601) that is nearest to the day of the line."""
    if i + 1 >= len(words) or words[i].folded not in known.week or not digits(words[i + 1].text):
        return None
    word = join(words[i : i + 2], "")
    mondays = []
    for year in (context.day.year - 1, context.day.year, context.day.year + 1):
        try:
            mondays.append(date.fromisocalendar(year, int(words[i + 1].text), 1))
        except ValueError:
            continue
    near = [monday for monday in mondays if abs((monday - context.day).days) <= _HALF_A_YEAR]
    if not near:
        raise word.refused("date_invalid", {"word": word.text})
    monday = min(near, key=lambda one: abs((one - context.day).days))
    return monday, monday + timedelta(days=_FRIDAY), i + 2


def _day_of_week(words: Sequence[Token], i: int, known: TimeWords, context: Context) -> _Found | None:
    """`maandag volgende week`, `volgende week maandag`."""
    if i >= len(words) or words[i].literal:
        return None
    named = known.weekdays.get(_bare(words[i]))
    if named is not None:
        week = _week(words, i + 1, known, context)
        behind = week[2] if week else i
    else:
        week = _week(words, i, known, context)
        at = _behind_leads(words, week[2], known) if week else i
        named = known.weekdays.get(_bare(words[at])) if week and at < len(words) and not words[at].literal else None
        behind = at + 1
    if week is None or named is None:
        return None
    return week[1] + timedelta(days=named - _FRIDAY), behind


def _day(words: Sequence[Token], i: int, known: TimeWords, context: Context, *, led: bool = False) -> _Found | None:
    """One day that begins at `i`. `led`: a word before it says that it is one."""
    if i >= len(words) or words[i].literal:
        return None
    today = context.now.date()
    for phrases, days in (
        (known.day_after, 2),
        (known.tomorrow, 1),
        (_TODAY, 0),
    ):
        if size := phrase_at(words, i, phrases):
            return today + timedelta(days=days), i + size
    return (
        _next_weekday(words, i, known, context)
        or _weekday(words, i, known, context, led=led)
        or _with_month(words, i, known, context)
        or _plain(words, i, context)
    )


def _bare(word: Token) -> str:
    return word.folded.rstrip(".,")


def _next_weekday(words: Sequence[Token], i: int, known: TimeWords, context: Context) -> _Found | None:
    """`volgende vrijdag`: this week's or the next one's? It is asked."""
    if words[i].folded not in known.next or i + 1 >= len(words) or _bare(words[i + 1]) not in known.weekdays:
        return None
    first = _coming(known.weekdays[_bare(words[i + 1])], context)
    word = join(words[i : i + 2], "")
    args = {"word": word.text, "one": _short(first), "other": _short(first + timedelta(weeks=1))}
    raise word.refused("day_twice", args)


def _short(day: date) -> str:
    return f"{day.day}-{day.month}"


def _coming(weekday: int, context: Context) -> date:
    return context.day + timedelta(days=(weekday - context.day.weekday()) % 7)


def _weekday(words: Sequence[Token], i: int, known: TimeWords, context: Context, *, led: bool) -> _Found | None:
    """`vrijdag`, `deze vrijdag`; with its date behind it (`fre. 4. des.`) that date, if it is such a day."""
    at = i + phrase_at(words, i, known.this)
    if at >= len(words) or words[at].literal:
        return None
    name = _bare(words[at])
    weekday = known.weekdays.get(name)
    short = weekday is None
    if short:
        weekday = known.short_weekdays.get(name)
    if weekday is None:
        return None
    dated = (
        (_with_month(words, at + 1, known, context) or _plain(words, at + 1, context)) if at + 1 < len(words) else None
    )
    if dated is not None:
        if dated[0].weekday() != weekday:
            raise join(words[i : dated[1]], "").refused("date_invalid", {"word": join(words[i : dated[1]], "").text})
        return dated
    if short and not (led or at > i or at + 1 == len(words)):
        return None  # `ma belde`
    return _coming(weekday, context), at + 1


def _with_month(words: Sequence[Token], i: int, known: TimeWords, context: Context) -> _Found | None:
    """`7 dec`, `7. desember 2026`, `December 7`."""
    if i + 1 >= len(words) or words[i].literal or words[i + 1].literal:
        return None
    first, second = _ORDINAL.fullmatch(words[i].folded), _ORDINAL.fullmatch(words[i + 1].folded)
    if first and _bare(words[i + 1]) in known.months:
        number, month = int(first[1]), known.months[_bare(words[i + 1])]
    elif second and _bare(words[i]) in known.months and not digits(words[i].text):
        number, month = int(second[1]), known.months[_bare(words[i])]
    else:
        return None
    year = words[i + 2].text if i + 2 < len(words) and not words[i + 2].literal else ""
    behind = i + 2
    if digits(year) and len(year) == 4 and year.startswith("20"):
        behind, found = i + 3, _valid(int(year), month, number)
    else:
        found = nearest(month, number, context.day)
    if found is None:
        word = join(words[i:behind], "")
        raise word.refused("date_invalid", {"word": word.text})
    return found, behind


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _plain(words: Sequence[Token], i: int, context: Context) -> _Found | None:
    if i >= len(words) or words[i].literal:
        return None
    found = plain_date(words[i].text, context.day)
    return None if found is None else (found, i + 1)


def plain_date(text: str, near: date) -> date | None:
    """`25-11`, `25.11.`, `25/11`, `25-11-2026`, `2026-11-25`; None for what is no day."""
    parts = text.rstrip(".").replace(".", "-").replace("/", "-").split("-")
    if not all(digits(part) for part in parts):
        return None
    try:
        if (found := full_date(parts)) is not None:
            return found
    except ValueError:
        return None
    short = len(parts) == 2 and all(len(part) <= 2 for part in parts)
    return nearest(int(parts[1]), int(parts[0]), near) if short else None


def nearest(month: int, day: int, near: date) -> date | None:
    """That date in the year that brings it nearest to another day; None for a date there is not."""
    for year in (near.year, near.year + 1, near.year - 1):
        found = _valid(year, month, day)
        if found is not None and abs((found - near).days) <= _HALF_A_YEAR:
            return found
    return None


def _span(words: Sequence[Token], i: int, known: TimeWords, context: Context) -> tuple[str, int] | None:
    """`7-11 dec`, `7 t/m 11 dec`, `7.12-11.12`: the first day gets its month from the last one."""
    if i >= len(words) or words[i].literal:
        return None
    sides = _SPAN.fullmatch(plain_dash(words[i].text))
    if sides is not None:
        first, last = plain_date(sides[1], context.day), plain_date(sides[2], context.day)
        if first and last and "-" not in (sides[1], sides[2]):
            return f"{first.isoformat()}/{last.isoformat()}", i + 1
        if not (digits(sides[1].rstrip(".")) and digits(sides[2].rstrip("."))):
            return None
        return _days_of_month(words, int(sides[1].rstrip(".")), int(sides[2].rstrip(".")), i + 1, known, context)
    first_number = _ORDINAL.fullmatch(words[i].folded)
    size = _until_or_dash(words, i + 1, known) if first_number else 0
    last_at = i + 1 + size
    last_number = _ORDINAL.fullmatch(words[last_at].folded) if size and last_at < len(words) else None
    if first_number is None or last_number is None:
        return None
    return _days_of_month(words, int(first_number[1]), int(last_number[1]), last_at + 1, known, context)


def _days_of_month(
    words: Sequence[Token], first: int, last: int, i: int, known: TimeWords, context: Context
) -> tuple[str, int] | None:
    if i >= len(words) or words[i].literal or (month := known.months.get(_bare(words[i]))) is None:
        return None
    ends = nearest(month, last, context.day)
    begins = _valid(ends.year, month, first) if ends else None
    if ends is None or begins is None:
        raise words[i].refused("date_invalid", {"word": words[i].text})
    return f"{begins.isoformat()}/{ends.isoformat()}", i + 1
