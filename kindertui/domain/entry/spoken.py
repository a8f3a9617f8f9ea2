"""Joins the words of a time that is said in several into one token: `half zeven`, `kl. 06.30`, `van 630 tot 700`.

Words that only lead in (`om`, `siden`, `at`) belong to the token and mean nothing by themselves. An hour that could be
the morning's or the evening's lies between six and six, the hours of day care (house rule), unless the other one
has just been; where both have been in the day it is asked.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from kindertui.domain.entry.moments import Clock, When, clock, digits, plain_dash, print_clock, when
from kindertui.domain.entry.portion_phrases import MEASURES
from kindertui.domain.entry.time_words import Phrases, TimeWords, time_words
from kindertui.domain.entry.tokens import Token, join

_HALF_DAY = 12 * 60
_CARE_HOURS = range(6 * 60, 18 * 60)
_EVENING = 18 * 60
_LATELY = 180  # minutes: an hour of the night is meant only right behind it
_AHEAD = 10  # minutes that a time may lie ahead of this machine's clock and still be one that has been
_MOST_LEADS = 3
_LONGEST_AGO = 120
_EARLIEST = 600  # as digits: a number below it is an amount rather than a time where nothing says which


class Day(Struct, frozen=True):
    """What a time is said on: `ahead` where it may still be to come, as in a report."""

    now: datetime
    day: date
    language: str
    ahead: bool = False


class _Point(Struct, frozen=True):
    """A time of day as it was said, and the word behind it. `twelve`: the hour may be the evening's as well."""

    minutes: int
    behind: int
    twelve: bool = False
    typed: str = ""  # as one word, where it was one


def join_times(words: Sequence[Token], day: Day, *, hours: bool = False) -> list[Token]:
    """The words, with those of each time joined; a time of one word that nothing leads in stays as it is.

    `hours`: two numbers right at the beginning may be hours (`9 tot 10`).
    """
    known = time_words(day.language)
    joined: list[Token] = []
    i = 0
    while i < len(words):
        found = None if words[i].literal else _time(words, i, known, day)
        if found is None and hours and i == 0:
            found = _hours(words, known, day)
        says, behind = found or ("", i + 1)
        joined.append(join(words[i:behind], says) if says else words[i])
        i = behind
    return joined


def _time(words: Sequence[Token], i: int, known: TimeWords, day: Day) -> tuple[str, int] | None:
    """What the words from `i` on say as one word, and the word behind them."""
    if not words[i].text[0].isdigit() and words[i].folded not in known.begin_time:
        return None
    return (
        _ago(words, i, known, day)
        or _between(words, i, known, day)
        or _until(words, i, known, day)
        or _from(words, i, known, day)
    )


def phrase_at(words: Sequence[Token], i: int, phrases: Phrases) -> int:
    """How many words from `i` on are one of the phrases; 0 for none."""
    for phrase in phrases.get(words[i].folded, ()) if i < len(words) else ():
        typed = words[i : i + len(phrase)]
        if len(typed) == len(phrase) and all(
            not one.literal and one.folded == word for one, word in zip(typed, phrase, strict=True)
        ):
            return len(phrase)
    return 0


def length_at(words: Sequence[Token], i: int, known: TimeWords) -> tuple[int, int] | None:
    """A length of time from `i` on, in minutes, and the word behind it: `10 min`, `een kwartier`, `45min`."""
    word = words[i]
    if word.literal:
        return None
    if size := phrase_at(words, i, known.length_phrases):
        return known.lengths[tuple(one.folded for one in words[i : i + size])], i + size
    for unit in known.units if word.text[0].isdigit() else ():
        bare = word.folded.removesuffix(unit)
        if bare != word.folded and digits(bare) and len(bare) <= 3:
            return int(bare) * known.units[unit], i + 1
    following = words[i + 1] if i + 1 < len(words) else None
    if following is None or following.literal or following.folded not in known.units:
        return None
    number = known.hours.get(word.folded) or known.minutes.get(word.folded)
    bare = word.folded.replace(",", ".")
    if number is None and digits(bare.replace(".", "", 1)) and len(bare) <= 4:
        number = float(bare)  # type: ignore[assignment]
    return None if number is None else (int(number * known.units[following.folded]), i + 2)


def _ago(words: Sequence[Token], i: int, known: TimeWords, day: Day) -> tuple[str, int] | None:
    """`10 min geleden`, `for et kvarter siden`; `nu` where nothing else is said."""
    if (len(words) == 1 and phrase_at(words, i, known.now) == 1) or (
        i == 0 and phrase_at(words, 0, known.now) == len(words)
    ):
        return "-0", len(words)
    begin = i + 1 if words[i].folded in ("for", "om") and i + 1 < len(words) else i
    found = length_at(words, begin, known)
    if found is None or found[1] >= len(words) or words[found[1]].folded not in known.ago:
        return None
    minutes, behind = found[0], found[1] + 1
    if minutes <= _LONGEST_AGO:
        return f"-{minutes}", behind
    return print_clock(day.now - timedelta(minutes=minutes)), behind


def _between(words: Sequence[Token], i: int, known: TimeWords, day: Day) -> tuple[str, int] | None:
    """`tussen 930 en 1015`."""
    if words[i].folded not in known.between:
        return None
    first = _led_point(words, i + 1, known)
    if first is None or first.behind >= len(words) or words[first.behind].folded not in known.together:
        return None
    last = _led_point(words, first.behind + 1, known)
    return None if last is None else _span(words, i, first, last, day)


def _until(words: Sequence[Token], i: int, known: TimeWords, day: Day) -> tuple[str, int] | None:
    """`tot 1415`: an end without its beginning."""
    size = phrase_at(words, i, known.until)
    last = _led_point(words, i + size, known) if size else None
    if last is None or last.behind == i:
        return None
    return "-" + _said(words[i : last.behind], last, day), last.behind


def _from(words: Sequence[Token], i: int, known: TimeWords, day: Day) -> tuple[str, int] | None:
    """`om 630`, `half zeven`, `van 630 tot 700`, `630 - 700`."""
    lead, strong, begins = _leads(words, i, known)
    if lead >= len(words) or words[lead].literal:
        return None
    expression = when(words[lead].text)
    if expression is not None and expression.form != "at":
        return (words[lead].text, lead + 1) if lead > i else None
    first = _point(words, lead, known, bare=strong or begins)
    if first is None:
        return None
    size = _until_or_dash(words, first.behind, known)
    last = _led_point(words, first.behind + size, known) if size else None
    if last is not None:
        return _span(words, i, first, last, day)
    if first.behind == lead + 1 and not strong:
        plain = clock(words[lead].text) is not None
        if (plain and (lead == i or _is_amount(words, lead))) or (not plain and _hour(words, lead, known) is not None):
            return None  # it stays as it is, or is no time
    return _said(words[i : first.behind], first, day), first.behind


def _hours(words: Sequence[Token], known: TimeWords, day: Day) -> tuple[str, int] | None:
    """`9 tot 10` where nothing leads in."""
    if not words or words[0].literal:
        return None
    first = _point(words, 0, known, bare=True)
    size = _until_or_dash(words, first.behind, known) if first else 0
    last = _led_point(words, first.behind + size, known) if first and size else None
    return _span(words, 0, first, last, day) if first and last else None


def _led_point(words: Sequence[Token], i: int, known: TimeWords) -> _Point | None:
    """A time of a span, whatever leads in: `til kl 10`."""
    return _point(words, _leads(words, i, known)[0], known, bare=True)


def _leads(words: Sequence[Token], i: int, known: TimeWords) -> tuple[int, bool, bool]:
    """The word behind those that only lead in; whether a strong one is among them, and one that begins a span."""
    strong = begins = False
    j = i
    while (
        j < min(len(words), i + _MOST_LEADS) and not words[j].literal and words[j].folded in known.strong | known.weak
    ):
        strong = strong or words[j].folded in known.strong
        begins = begins or words[j].folded in known.begins
        j += 1
    return j, strong, begins


def _is_amount(words: Sequence[Token], i: int) -> bool:
    """Is a number that only a weak word leads in (`van 150`, `of 250 g`) an amount rather than a time?"""
    text = words[i].text
    return digits(text) and (int(text) < _EARLIEST or (i + 1 < len(words) and words[i + 1].folded in MEASURES))


def _until_or_dash(words: Sequence[Token], i: int, known: TimeWords) -> int:
    """How many words from `i` on stand between the two times of a span."""
    if i < len(words) and not words[i].literal and plain_dash(words[i].text) == "-":
        return 1
    return phrase_at(words, i, known.until)


def _span(words: Sequence[Token], i: int, first: _Point, last: _Point, day: Day) -> tuple[str, int]:
    typed = words[i : last.behind]
    start = _said(typed, first, day)
    if last.twelve and (at := clock(start)) is not None:
        # the end is the next such hour behind the beginning
        begin = at.hour * 60 + at.minute
        minutes = next((m for m in (last.minutes, last.minutes + _HALF_DAY) if m > begin), last.minutes)
        return f"{start}-{_printed(minutes)}", last.behind
    return f"{start}-{_said(typed, last, day)}", last.behind


def _said(typed: Sequence[Token], point: _Point, day: Day) -> str:
    """The time as one word; what may be two times of the day is settled, or asked."""
    if not point.twelve:
        return point.typed or _printed(point.minutes)
    morning = point.minutes % _HALF_DAY
    likely, other = morning, morning + _HALF_DAY
    if likely not in _CARE_HOURS:
        likely, other = other, likely
    if day.ahead or day.day != day.now.date():
        return _printed(likely)
    latest = day.now.hour * 60 + day.now.minute + _AHEAD
    if likely > latest and latest - _LATELY <= other <= latest:
        return _printed(other)
    if _EVENING <= other <= latest:
        args = {"word": " ".join(one.text for one in typed), "one": _printed(likely), "other": _printed(other)}
        raise join(typed, "").refused("hour_twice", args)
    return _printed(likely)


def _printed(minutes: int) -> str:
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"


def _point(words: Sequence[Token], i: int, known: TimeWords, *, bare: bool) -> _Point | None:
    """The time of day that begins at `i`; `bare`: an hour without minutes counts as well."""
    if i >= len(words) or words[i].literal:
        return None
    found = _half(words, i, known) or _past_or_to(words, i, known)
    if found is not None:
        return _behind_oclock(words, found, known)
    at = clock(words[i].text)
    if at is not None:
        return _half_of_day(words, _at(at, i + 1, words[i].text), known)
    hour = _hour(words, i, known)
    if hour is None:
        return _glued_half_of_day(words[i], i)
    named = i + 1 < len(words) and words[i + 1].folded in known.oclock | known.morning | known.evening
    if not bare and not (named and words[i + 1].folded in ("o'clock", "oclock", *known.morning, *known.evening)):
        return None
    return _half_of_day(words, _Point(hour * 60, i + 1, twelve=1 <= hour <= 12), known)


def _at(at: Clock, behind: int, typed: str) -> _Point:
    return _Point(at.hour * 60 + at.minute, behind, typed=typed)


def _hour(words: Sequence[Token], i: int, known: TimeWords) -> int | None:
    if i >= len(words) or words[i].literal:
        return None
    text = words[i].folded
    if text in known.hours:
        return known.hours[text]
    bare = text.removesuffix("u") if "uur" in known.oclock else text
    return int(bare) if digits(bare) and len(bare) <= 2 and int(bare) <= 23 else None


def _half(words: Sequence[Token], i: int, known: TimeWords, minutes: int = 0) -> _Point | None:
    """`half zeven` is 6:30, `half past six` and `half six` as well."""
    word = words[i].folded
    if word not in known.half_before | known.half_past:
        return None
    english = i + 1 < len(words) and words[i + 1].folded == "past"
    hour = _hour(words, i + 2 if english else i + 1, known)
    if hour is None or not 1 <= hour <= 12:
        return None
    half = 30 if english or word in known.half_past else -30
    return _Point((hour * 60 + half + minutes) % _HALF_DAY, i + (3 if english else 2), twelve=True)


def _past_or_to(words: Sequence[Token], i: int, known: TimeWords) -> _Point | None:
    """`kwart over zes`, `kvart på sju`, `vijf voor half zeven`, `ten to six`."""
    minutes: Mapping[str, int] = known.minutes
    word = words[i].folded
    count = minutes.get(word) or (int(word) if digits(word) and len(word) <= 2 and 0 < int(word) < 30 else None)
    if count is None or i + 2 >= len(words):
        return None
    side = words[i + 1].folded
    if side not in known.past | known.to:
        return None
    if side == "to" and digits(word) and (hour := _hour(words, i + 2, known)) is not None:
        typed = join(words[i : i + 3], "")  # ten to eleven, or from ten to eleven?
        args = {"one": f"{(hour - 1) % 12 or 12}:{60 - count:02}", "other": f"{word}:00-{hour}:00"}
        raise typed.refused("hour_twice", {"word": typed.text, **args})
    count = count if side in known.past else -count
    if (half := _half(words, i + 2, known, count)) is not None:
        return half
    hour = _hour(words, i + 2, known)
    if hour is None or not 1 <= hour <= 12:
        return None
    return _Point((hour * 60 + count) % _HALF_DAY, i + 3, twelve=True)


def _behind_oclock(words: Sequence[Token], point: _Point, known: TimeWords) -> _Point:
    more = point.behind < len(words) and words[point.behind].folded in known.oclock
    return _half_of_day(words, replace(point, behind=point.behind + more), known)


def _half_of_day(words: Sequence[Token], point: _Point, known: TimeWords) -> _Point:
    """With `uur`, `am` or `pm` behind it."""
    if point.behind >= len(words) or words[point.behind].literal:
        return point
    word = words[point.behind].folded
    if word in known.oclock:
        return _half_of_day(words, replace(point, behind=point.behind + 1), known)
    if word not in known.morning | known.evening or point.minutes >= 13 * 60:
        return point
    minutes = point.minutes % _HALF_DAY + (_HALF_DAY if word in known.evening else 0)
    return _Point(minutes, point.behind + 1)


def _glued_half_of_day(word: Token, i: int) -> _Point | None:
    """`6pm`, `6:30am`."""
    text = word.folded.replace(".", "")
    for mark, add in (("am", 0), ("pm", _HALF_DAY)):
        bare = word.folded.removesuffix(mark) if text.endswith(mark) else ""
        at = clock(bare) or (Clock(int(bare), 0) if digits(bare) and 0 < int(bare) <= 12 else None)
        if at is not None and at.hour <= 12:
            return _Point((at.hour * 60 + at.minute) % _HALF_DAY + add, i + 1)
    return None


def said_when(word: Token) -> When | None:
    """The time that a token says, if any."""
    return None if word.literal else when(word.said)
