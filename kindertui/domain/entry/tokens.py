r"""Cuts a typed line into words with their columns.

`;` separates entries. A backslash takes the meaning of a word away (`\150`, `\all`, `\;`), so that every text a record
can hold can also be typed; before what means nothing by itself, and anywhere else, it stays a backslash (`C:\temp`).
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import pairwise

from msgspec import Struct

from kindertui.domain.entry.model import LINE_LENGTH, LineProblem, LineRefused
from kindertui.domain.entry.portion_phrases import AND, ATE, HEDGES, MEASURES, OF, portion_phrases
from kindertui.domain.entry.time_words import time_words
from kindertui.domain.entry.words import fold, vocabulary

_TOKEN = re.compile(r"(?:\\+;|[^\s;])+|;")
_BEFORE_SEMICOLON = re.compile(r"\\*;")
_SEMICOLON = re.compile(r"\\(\\*;)")
# What a word is read by, beside the words of the language: a digit in it, or a mark that it begins with.
_MARKED = re.compile(r".*=|[@&!*?·]|[-#][\w#]|-+$|[,:.+]+$")
# Control characters, surrogates, and the line and paragraph separators: none of them can be typed on one line.
_REFUSED = frozenset({"Cc", "Cs", "Zl", "Zp"})


class Token(Struct, frozen=True):
    """One word of the line: as typed, as meant, as compared. `literal` words are never read as anything else.

    Several words that say one thing (`half zeven`) are one token: `says` is what they say, as one word (`06:30`).
    """

    raw: str
    text: str
    folded: str
    at: int
    literal: bool = False
    says: str = ""

    @property
    def said(self) -> str:
        """What the word is read as."""
        return self.says or self.text

    @property
    def end(self) -> int:
        return self.at + len(self.raw)

    def refused(self, rule: str, args: Mapping[str, str] | None = None, incomplete: bool = False) -> LineRefused:
        """What is wrong with this word, to be raised."""
        return LineRefused(LineProblem(rule, self.at, len(self.raw), args or {}, incomplete))


def make(raw: str, at: int) -> Token:
    """A token from what was typed at column `at`."""
    if "\\" not in raw:
        return Token(raw, raw, fold(raw), at)
    text = _SEMICOLON.sub(r"\1", raw)
    body = text.lstrip("\\")
    literal = raw.startswith("\\")
    if literal and body != text and has_meaning(body):
        text = text[1:]
    return Token(raw, text, fold(text), at, literal)


def has_meaning(word: str) -> bool:
    """May a word be read as anything else than text, in whichever language?"""
    return (
        bool(_MARKED.match(word)) or any(one.isnumeric() for one in word) or fold(word).rstrip(",.:") in _meaningful()
    )


@cache
def _meaningful() -> frozenset[str]:
    languages = ("en", "nl", "nb")
    known = [words for name in languages for words in (*vocabulary(name).every_word(), *time_words(name).every_word())]
    portions = [word for name in languages for said in portion_phrases(name)[1] for word in said.split()]
    return frozenset(known) | frozenset(portions) | OF | AND | ATE | HEDGES | MEASURES | {"via", "of", "i"}


def join(words: Sequence[Token], says: str, folded: str = "") -> Token:
    """Words that stand side by side as one token which says `says`; `folded` where it is looked up as another word."""
    raw = words[0].raw
    for before, word in pairwise(words):
        raw += " " * max(1, word.at - before.end) + word.raw
    text = " ".join(word.text for word in words)
    return Token(raw, text, folded or fold(text), words[0].at, says=says)


def tokens(line: str) -> list[list[Token]]:
    """The words of each entry of the line; entries without a word are left out."""
    result: list[list[Token]] = [[]]
    for match in _TOKEN.finditer(line):
        if match.group() == ";":
            result.append([])
        else:
            result[-1].append(make(match.group(), match.start()))
    return [entry for entry in result if entry]


def check_line(line: str, begin: int = 0) -> None:
    """Refuses a line that is not read at all: it was pasted from somewhere, or its length says so."""
    if not (line.isascii() and line.isprintable()):
        for at, character in enumerate(line):
            if unicodedata.category(character) in _REFUSED:
                raise LineRefused(LineProblem("one_line", begin + at, 1))
    if len(line) > LINE_LENGTH:
        limit = {"limit": str(LINE_LENGTH)}
        raise LineRefused(LineProblem("too_long", begin + LINE_LENGTH, len(line) - LINE_LENGTH, limit))


def escape(text: str, *, literal: bool) -> str:
    """A text as it has to be typed; `literal` keeps every word of it from being read as anything else."""
    words = []
    for word in text.split():
        typed = _BEFORE_SEMICOLON.sub(r"\\\g<0>", word)
        escaped = has_meaning(word.lstrip("\\")) and (literal or word.startswith("\\"))
        words.append("\\" + typed if escaped else typed)
    return " ".join(words)
