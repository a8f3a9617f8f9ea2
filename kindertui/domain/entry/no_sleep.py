"""Reads that a child did not sleep: `s no`, `s no 1300`, `s 1300 no`, `s no, cried`; and `s ?`, which asks it.

The word counts where nothing but a time stands with it, or a text that a comma, or the time, sets off from it. Behind
a start and an end, or before other words (`s no blanket`), it is the text that it always was.
"""

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from kindertui.domain.entry.model import LineProblem, LineRefused
from kindertui.domain.entry.moments import looks_numeric, plain_dash, when
from kindertui.domain.entry.recalling import is_recall
from kindertui.domain.entry.tokens import Token, make
from kindertui.domain.entry.words import Vocabulary, Word

_ASKED = "?"
_MARKS = ",.:"  # behind the word, before its text
_ALONE = frozenset({",", ":", "-"})
_SLEEP = Word("step", "sleep")
_NO = {"no": "no"}  # for the sentence, which has the word of its own language


class NoSleep(Struct, frozen=True):
    """The words behind `sleep` without the word for no, which is `word`: None where the entry does not say no."""

    rest: tuple[Token, ...]
    word: Token | None = None


def read_no_sleep(verb: str, typed: Sequence[Token], vocabulary: Vocabulary) -> NoSleep:
    """Finds the word for no behind a verb. A `?` right behind `sleep` asks for a time or that word, never "now"."""
    rest = tuple(typed)
    if verb != "sleep" or not rest:
        return NoSleep(rest)
    asked = not rest[0].literal and rest[0].text.startswith(_ASKED)
    if asked:
        mark, rest = rest[0], rest[1:]
        if len(mark.raw) > 1:
            rest = (make(mark.raw[1:], mark.at + 1), *rest)
        if not rest:
            raise LineRefused(LineProblem("nap_asked", mark.end, 0, _NO, True))
    timed = _is_time(rest[0])
    place = 1 if timed else 0
    if place < len(rest) and (left := _left(rest, place, vocabulary, asked=asked)) is not None:
        return NoSleep((*rest[:place], *left), rest[place])
    if asked and not timed:
        raise rest[0].refused("nap_asked", _NO, len(rest) == 1)
    return NoSleep(rest)


def _is_time(word: Token) -> bool:
    return not word.literal and when(word.said) is not None


def _left(rest: Sequence[Token], place: int, vocabulary: Vocabulary, *, asked: bool) -> Sequence[Token] | None:
    """What is left behind the word at `place`; None where it is no word for no, or just the first of other words."""
    word, behind = rest[place], rest[place + 1 :]
    bare = word.folded.rstrip(_MARKS)
    begun = asked and not behind and bool(bare) and any(one.startswith(bare) for one in vocabulary.no_sleep)
    if word.literal or (bare not in vocabulary.no_sleep and not begun):
        return None
    lasted = place == 1 and (expression := when(rest[0].said)) is not None and expression.form not in ("at", "ago")
    if not behind or lasted:
        return None if behind else ()
    if bare != word.folded or (asked and not _parted(behind)):
        return _text(behind)
    if vocabulary.words.get(behind[0].folded) == _SLEEP and not behind[0].literal:
        if len(behind) == 1:  # `s no nap`
            return ()
        behind = behind[1:]
    if _parted(behind):
        return _text(behind[1:])
    if behind[0].literal or is_recall(behind[0]):  # these begin a text, whatever stands before them
        return _opened(behind)
    # what begins with a digit is a time, if one with a slip in it
    timed = place == 0 and (_is_time(behind[0]) or behind[0].text[0].isdigit() or looks_numeric(behind[0].text))
    return behind if timed else None


def _opened(behind: Sequence[Token]) -> Sequence[Token]:
    """The text that a backslash begins: it has done its work."""
    first = behind[0]
    if not first.text.startswith("\\"):
        return behind
    return (replace(first, text=first.text[1:], folded=first.folded[1:]), *behind[1:])


def _parted(behind: Sequence[Token]) -> bool:
    """Does a mark that stands alone part the word from what comes behind it?"""
    return not behind[0].literal and plain_dash(behind[0].text) in _ALONE


def _text(words: Sequence[Token]) -> Sequence[Token]:
    """Words that were set off: the first is no mistyped time, but may well be a time, or bring a text back."""
    if not words or _is_time(words[0]) or is_recall(words[0]) or not words[0].text[0].isdigit():
        return words
    return (replace(words[0], literal=True), *words[1:])
