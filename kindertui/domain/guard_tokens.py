"""The words and numbers of a text, as the guard compares them."""

import re
import unicodedata
from typing import NamedTuple

_LETTER = r"[^\W\d_][\u0300-\u036f]*"  # with the accents that a text may write apart
_TOKEN = re.compile(rf"(?:{_LETTER})+(?:['’](?:{_LETTER})+)*|\d+(?:[.,]\d+)?")
_SENTENCE_END = re.compile(r"[.!?;\n]")


class TextWord(NamedTuple):
    """A word or number of a text, folded for comparing, where it stands, and in which sentence (from 0)."""

    word: str
    start: int
    end: int
    sentence: int = 0


def fold(word: str) -> str:
    """Small letters, one kind of apostrophe, no accents but the ring of å, which makes another word."""
    word = word.casefold().replace("’", "'")
    if word.isascii():
        return word
    marked = unicodedata.normalize("NFD", word)
    bare = "".join(one for one in marked if not unicodedata.combining(one) or one == "\u030a")
    return unicodedata.normalize("NFC", bare)


def tokens(text: str) -> list[TextWord]:
    """The words and numbers of a text; `38,5` is one number."""
    found: list[TextWord] = []
    sentence = last = 0
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        if found and _SENTENCE_END.search(text, last, start):
            sentence += 1
        found.append(TextWord(fold(match.group()), start, end, sentence))
        last = end
    return found
