"""Reads the other day that `@` names: `@yesterday`, `@mon` (the last one before today), `@19-11`, `@19-11-2026`.

Nothing is written for a day to come. A date without a year is the last one that was; one more than two years back is
asked for, as it is more likely a wrong year (house rule).
"""

from datetime import date, timedelta

from kindertui.domain.entry.model import LineProblem, LineRefused
from kindertui.domain.entry.moments import digits, full_date
from kindertui.domain.entry.tokens import Token
from kindertui.domain.entry.words import Vocabulary, beginning, past_words

_LONGEST_BACK = 731  # days: two years, with a leap day


def is_day(word: Token) -> bool:
    """Does the word name the day of the line?"""
    return not word.literal and word.text.startswith("@")


def read_past(word: Token, today: date, known: Vocabulary, language: str, *, last: bool) -> date:
    """The day an `@` word names; `last` says that typing on may cure it."""
    typed = word.folded[1:]
    if not typed:
        raise LineRefused(LineProblem("day_missing", word.end, 0, {}, last))
    args = {"word": word.text}
    meanings = beginning(typed, known.pasts)
    if len(meanings) > 1:
        args["days"] = ", ".join("@" + name for name in past_words(language, typed))
        raise word.refused("day_ambiguous", args, last)
    found = _back(meanings[0], today) if meanings else _by_date(typed, today)
    if found is None:
        raise word.refused("day_invalid", args, last)
    if found > today:
        raise word.refused("day_to_come", args, last)
    if (today - found).days > _LONGEST_BACK:
        raise word.refused("day_long_ago", {**args, "year": str(found.year)}, last)
    return found


def _back(meaning: int, today: date) -> date:
    """`meaning` is days back, or 10 and the weekday (Monday 0): the last such day before today."""
    if meaning < 10:
        return today - timedelta(days=meaning)
    return today - timedelta(days=(today.weekday() - (meaning - 10) - 1) % 7 + 1)


def _by_date(typed: str, today: date) -> date | None:
    parts = typed.replace(".", "-").replace("/", "-").split("-")
    if not (2 <= len(parts) <= 3 and all(digits(part) and len(part) <= 4 for part in parts)):
        return None
    try:
        if len(parts) == 3:
            return full_date(parts)
        # 29 February is found in the leap year before; a date there never is in none of eight years.
        for year in range(today.year, today.year - 9, -1):
            if (month := int(parts[1])) <= 12 and (found := _valid(year, month, int(parts[0]))) and found <= today:
                return found
    except ValueError:
        return None
    return None


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
