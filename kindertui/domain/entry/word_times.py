"""Finds times and days among the words of an entry, so that none of them ends up there unseen.

`uit oma 755`, `lunch pasta 750`: the time of what happened, wherever it stands. In a note a time in the middle is part
of what it tells; one at its end, or behind `om`, is when it was, if it has been. What is left and still looks like a
time or a day is refused at its place; with a backslash it is a word.
"""

import re
from collections.abc import Sequence

from kindertui.domain.daylog import UNITS, Kind
from kindertui.domain.entry.amounts import amount, below_nothing
from kindertui.domain.entry.context import Context
from kindertui.domain.entry.model import LineRefused
from kindertui.domain.entry.moments import When, digits, when
from kindertui.domain.entry.numbers import likely_time
from kindertui.domain.entry.portion_phrases import MEASURES
from kindertui.domain.entry.spoken import length_at, phrase_at, said_when
from kindertui.domain.entry.time_words import TimeWords, time_words
from kindertui.domain.entry.tokens import Token, join

# Kinds whose words tell a story, in which times and days are at home.
STORIES: frozenset[Kind] = frozenset({"note", "activity", "incident"})
# Kinds of which a part may have happened: `lunch pasta niet op`, `slaapt 1230 niet lekker`.
_PARTLY: frozenset[Kind] = frozenset({"sleep", "meal", "bottle", "drink"})
_DOSE = "1000"  # mg: with four digits a dose that is as likely as the time
_LOOKS_LIKE_TIME = re.compile(r"\d{1,2}[:.uh]\d{2}|\d{1,2}:\d+")
_MARKS = "±~≈<>()[]?!.,;:'\""  # around a time they make no text of it
_LOOKS_LIKE_DATE = re.compile(r"\d{1,2}[-.]\d{1,2}([-.]\d{2,4})?|\d{1,2}/\d{1,2}/\d{2,4}")


def take_time(
    kind: Kind, words: list[Token], context: Context, *, timed: bool, measured: bool
) -> tuple[When | None, Token | None, list[Token]]:
    """The time among the words, the word that says it, and the words without it.

    `timed`: the entry has its time; `measured`: it has its amount. Raises LineRefused for a second time.
    """
    for i in range(len(words) - 1, -1, -1):
        word = words[i]
        if below_nothing(word, kind, words[i + 1] if i + 1 < len(words) else None):
            raise word.refused("amount_negative", {"word": word.text, "unit": UNITS[kind]})
        expression = said_when(word)
        if (
            expression is None
            or _is_measured(words, i)
            or (expression.form == "ago" and kind not in STORIES and i == 0)
        ):
            continue
        if kind in STORIES:
            if timed or not _told_at(words, i, expression, context):
                continue
            # said in words it stays a part of what is told
            return expression, word, words if word.says else words[:i]
        if not _is_time(kind, word, expression, context, measured=measured):
            continue
        if timed:
            raise word.refused("second_time", {"word": word.text})
        return expression, word, words[:i] + words[i + 1 :]
    return None, None, words


def _is_measured(words: Sequence[Token], i: int) -> bool:
    """Does what follows say that the number is how much of something?"""
    return digits(words[i].said) and i + 1 < len(words) and words[i + 1].folded in MEASURES


def _told_at(words: Sequence[Token], i: int, expression: When, context: Context) -> bool:
    """Is a time in a note when it was: at the end, or behind a word such as `om`, and gone by?"""
    word = words[i]
    at = expression.last if expression.form == "range" else expression.first
    if expression.form not in ("at", "range") or at is None or not likely_time(at, context):
        return False
    if word.says:
        return any(part in time_words(context.language).strong for part in word.folded.split()[:1])
    return i + 1 == len(words) and i > 0 and (not digits(word.text) or len(word.text) == 4 or at.hour >= 6)


def _is_time(kind: Kind, word: Token, expression: When, context: Context, *, measured: bool) -> bool:
    """Is a word that can be read as a time one, rather than an amount or a number of something?"""
    if word.says or not digits(word.text):
        return not (not measured and amount(word, kind, context.vocabulary) is not None)
    if not measured and amount(word, kind, context.vocabulary) is not None:
        return False
    at = expression.first
    if at is None:
        return True
    timely = likely_time(at, context)
    if kind == "medicine" and timely and (len(word.text) == 3 or word.text == _DOSE):
        args = {"word": word.text, "amount": f"{word.text} mg", "time": f"{at.hour}:{at.minute:02}"}
        raise word.refused("two_readings", {**args, "typed": f"{word.text} mg"})
    return len(word.text) == 4 or timely or kind not in ("meal", "medicine")


def refuse_unread(kind: Kind, words: Sequence[Token], context: Context) -> None:
    """Raises LineRefused at the first word that looks like a time, a length of time or a day and was not read."""
    if kind in STORIES:
        return
    known = time_words(context.language)
    if len(words) == 1 and not words[0].literal and words[0].folded in context.vocabulary.everybody:
        raise words[0].refused("who_in_front", {"word": words[0].text})
    _refuse_denial(kind, words, known)
    for i, word in enumerate(words):
        if word.literal:
            continue
        if (found := _unread(kind, words, i, known)) is not None:
            raise found


def _refuse_denial(kind: Kind, words: Sequence[Token], known: TimeWords) -> None:
    """`uit niet`, `paracetamol niet gegeven`: what did not happen is no entry. At a meal only the last word says so."""
    for word in words[-1:] if kind in _PARTLY else words:
        if not word.literal and word.folded.strip(_MARKS) in known.denials:
            raise word.refused("denied", {"word": word.text}, word is words[-1])
    until = phrase_at(words, 0, known.until) if kind == "sleep" and words and not words[0].literal else 0
    if until:
        typed = join(words[:until], "")
        raise typed.refused("time_invalid", {"word": typed.text}, until == len(words))


def _unread(kind: Kind, words: Sequence[Token], i: int, known: TimeWords) -> LineRefused | None:
    word = words[i]
    behind = words[i + 1] if i + 1 < len(words) else None
    if word.folded in known.strong and behind and not behind.literal and behind.text[:1].isdigit():
        both = join(words[i : i + 2], "")
        return both.refused("time_invalid", {"word": both.text}, i + 2 == len(words))
    if size := phrase_at(words, i, known.named_days):
        typed = join(words[i : i + size], "")
        return typed.refused("day_in_front", {"word": typed.text})
    if size := phrase_at(words, i, known.today):
        typed = join(words[i : i + size], "")
        return typed.refused("time_vague", {"word": typed.text})
    if kind != "medicine" and (length := length_at(words, i, known)) is not None:
        typed = join(words[i : length[1]], "")
        return typed.refused("length", {"word": typed.text})
    core = word.text.strip(_MARKS)
    marked = core != word.text and when(core) is not None
    if said_when(word) is None and (marked or _LOOKS_LIKE_TIME.fullmatch(word.text)):
        return word.refused("time_invalid", {"word": word.text}, i + 1 == len(words))
    if _LOOKS_LIKE_DATE.fullmatch(word.text) and kind != "meal" and said_when(word) is None:
        return word.refused("day_in_front", {"word": word.text})
    return None
