"""Reads the mark that keeps an entry from parents: `n ! mother called`, `n !mother called`, `n staff: mother called`.

It stands behind the verb and before the words. Anywhere else it is refused at its place, as is its word without the
colon: a sentence that was meant for the staff must not leave because a sign was missed.
"""

from collections.abc import Sequence
from functools import cache

from kindertui.domain.entry.model import LineRefused
from kindertui.domain.entry.tokens import Token, make
from kindertui.domain.entry.words import FOR_STAFF_WORDS, fold, for_staff_word

MARK = "!"


def is_mark(word: Token) -> bool:
    """`!` alone, or the word of any language with its colon."""
    return not word.literal and (word.text == MARK or word.folded in _words())


def begins_with_mark(word: Token) -> bool:
    """Is it a mark, or is there one right before the word?"""
    return not word.literal and (word.text.startswith(MARK) or word.folded in _words())


def apart(words: Sequence[Token]) -> list[Token]:
    """The words with every `!words` as a mark and a word; several `!` in a row are one mark."""
    found: list[Token] = []
    for word in words:
        behind = word.raw.lstrip(MARK)
        if word.literal or behind == word.raw:
            found.append(word)
            continue
        size = len(word.raw) - len(behind)
        found.append(Token(word.raw[:size], MARK, MARK, word.at))
        if behind:
            found.append(make(behind, word.at + size))
    return found


def around(words: Sequence[Token]) -> tuple[list[Token], Token | None, list[Token]]:
    """What stands before the first mark, the mark, and what stands behind it; without one all stands before."""
    for place, word in enumerate(words):
        if is_mark(word):
            return list(words[:place]), word, list(words[place + 1 :])
    return list(words), None, []


def refuse_late(mark: Token | None, words: Sequence[Token], language: str, *, late: bool) -> None:
    """A mark among the words or behind them (`late`), a second one, and its word where it may be one of the text."""
    wrong = mark if late else next(filter(is_mark, words), None)
    if wrong is not None:
        raise wrong.refused("for_staff_late", {"word": wrong.text})
    own = for_staff_word(language)
    if mark is None and words and not words[0].literal and words[0].folded == fold(own):
        raise words[0].refused("for_staff_colon", {"word": words[0].text, "mark": own + ":"}, len(words) == 1)


def refuse_not_here(words: Sequence[Token], rule: str) -> None:
    """A mark where nothing is kept from parents by it."""
    if mark := next(filter(is_mark, words), None):
        raise mark.refused(rule, {"word": mark.text})


def refused_first(word: Token) -> LineRefused:
    """A mark where the verb should stand, to be raised."""
    return word.refused("for_staff_first", {"word": word.text}, True)


@cache
def _words() -> frozenset[str]:
    return frozenset(fold(word) + ":" for word in FOR_STAFF_WORDS.values())
