"""Gives each number behind bottle, drink and temperature one role: how much, or when.

`b 150` and `b 915` look alike. A number is the amount that somebody may have had or the time that may have been; of two
numbers it is the pair that makes sense (`b 120 915`, `b 915 120`). Where both readings make sense it is asked.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from msgspec.structs import replace

from kindertui.domain.daylog import UNITS, Kind
from kindertui.domain.entry.amounts import MILLILITRES, UNIT_WORDS, Amount, amount, print_number
from kindertui.domain.entry.context import Context
from kindertui.domain.entry.moments import Clock, at, clock, digits
from kindertui.domain.entry.spoken import said_when
from kindertui.domain.entry.tokens import Token, join

# What is likely at once, in the unit of the kind (house rule; what is possible is for the profile to say).
_LIKELY: dict[Kind, tuple[float, float]] = {
    "bottle": (10, 400), "drink": (10, 500), "temperature": (34, 43),
}  # fmt: skip
_DAY = range(6, 22)  # hours at which a child may be here
_LATELY = timedelta(hours=3)  # a time of the night is likely only right behind it
_AHEAD = timedelta(minutes=10)
BY_NUMBER: frozenset[Kind] = MILLILITRES | {"temperature"}


def settle(kind: Kind, words: Sequence[Token], context: Context) -> list[Token]:
    """The words, with a colon in each number that is a time. Raises LineRefused where a number has two readings."""
    settled = list(words)
    if kind not in BY_NUMBER:
        return settled
    open_, amounts, times = _sorted(kind, settled, context)
    if len(open_) == 1:
        if times and not amounts:
            return settled
        _one(kind, settled, open_[0], amounts[0] if amounts else None, context)
    elif len(open_) == 2 and not amounts and not times:
        _two(kind, settled, open_[0], open_[1], context)
    return settled


def _sorted(kind: Kind, words: Sequence[Token], context: Context) -> tuple[list[int], list[int], list[int]]:
    """The numbers at the front and at the end that may be either, that can only be amounts, and only times."""
    either: list[int] = []
    amounts: list[int] = []
    times: list[int] = []
    for i, word in enumerate(words):
        if word.literal:
            continue
        how_much, when = amount(word, kind, context.vocabulary), clock(word.said)
        unit = i + 1 < len(words) and words[i + 1].folded in UNIT_WORDS[kind]
        if how_much is not None and (when is None or unit):
            if unit or word.says or _likely_amount(kind, how_much):
                amounts.append(i)
        elif how_much is not None:
            either.append(i)
        elif said_when(word) is not None:
            times.append(i)
    return either, amounts, times


def _one(kind: Kind, words: list[Token], i: int, said: int | None, context: Context) -> None:
    """A number that may be either; `said` is where the amount stands, if anywhere."""
    word = words[i]
    when, how_much = clock(word.said), amount(word, kind, context.vocabulary)
    assert when is not None and how_much is not None
    timely = likely_time(when, context)
    if said is not None:
        if not timely and _likely_amount(kind, how_much):
            second = words[max(i, said)]
            raise second.refused("second_amount", {"word": second.text})
        words[i] = _as_time(word, when)
        return
    if timely and not _likely_amount(kind, how_much):
        words[i] = _as_time(word, when)
    elif timely:
        raise _asked(kind, word, how_much, when, context)


def _two(kind: Kind, words: list[Token], first: int, second: int, context: Context) -> None:
    """Two numbers: which one is the time?"""
    readings = [(first, second), (second, first)]
    likely = [one for one in readings if _likely_pair(kind, words, one, context)]
    if not likely:
        # no time that is likely: the one amount that is decides; two of them are asked
        likely = [one for one in readings if _likely_amount(kind, amount(words[one[1]], kind, context.vocabulary))]
    if len(likely) == 2:
        word = join(words[first : second + 1], "") if second == first + 1 else words[second]
        times = [clock(words[one[0]].said) for one in likely]
        args = {"word": word.text, "one": _printed(times[0]), "other": _printed(times[1])}
        raise word.refused("which_is_time", args)
    time = likely[0][0] if likely else first
    when = clock(words[time].said)
    assert when is not None
    words[time] = _as_time(words[time], when)


def _likely_pair(kind: Kind, words: Sequence[Token], reading: tuple[int, int], context: Context) -> bool:
    when = clock(words[reading[0]].said)
    how_much = amount(words[reading[1]], kind, context.vocabulary)
    return when is not None and likely_time(when, context) and _likely_amount(kind, how_much)


def _likely_amount(kind: Kind, found: Amount | None) -> bool:
    least, most = _LIKELY[kind]
    return found is not None and least <= found.value <= most


def likely_time(typed: Clock, context: Context) -> bool:
    """May something have been at this time: in the day, or a little while ago, and not still to come?"""
    moment = at(context.day, typed, context.now)
    if not isinstance(moment, datetime):
        return True  # the hour of a clock change: that is said where the time is read
    if context.day != context.now.date():
        return typed.hour in _DAY
    return moment <= context.now + _AHEAD and (typed.hour in _DAY or context.now - moment <= _LATELY)


def _as_time(word: Token, typed: Clock) -> Token:
    return replace(word, says=f"{_printed(typed)}{typed.which}{'+' * typed.next_day}")


def _printed(typed: Clock | None) -> str:
    return f"{typed.hour:02}:{typed.minute:02}" if typed else ""


def _asked(kind: Kind, word: Token, found: Amount, when: Clock, context: Context) -> Exception:
    number, unit = print_number(found.value, context.language), UNITS[kind]
    args = {"word": word.text, "amount": f"{number} {unit}", "time": _printed(when), "typed": f"{number}{unit}"}
    return word.refused("two_readings", args, digits(word.text))
