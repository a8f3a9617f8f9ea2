r"""Cuts a typed line into words with their columns.

`;` separates entries. A word that begins with a backslash is a word and nothing else (`\150`), and a backslash before
any character takes its meaning away (`\;`), so that every text a record can hold can also be typed.
"""

import re
import unicodedata
from collections.abc import Mapping

from msgspec import Struct

from kindertui.domain.entry.model import LINE_LENGTH, LineProblem, LineRefused
from kindertui.domain.entry.words import fold

_TOKEN = re.compile(r"(?:\\\S|[^\s;])+|;")
_ESCAPED = re.compile(r"\\(\S)")
# Control characters, surrogates, and the line and paragraph separators: none of them can be typed on one line.
_REFUSED = frozenset({"Cc", "Cs", "Zl", "Zp"})


class Token(Struct, frozen=True):
    """One word of the line: as typed, as meant, as compared. `literal` words are never read as anything else."""

    raw: str
    text: str
    folded: str
    at: int
    literal: bool = False

    @property
    def end(self) -> int:
        return self.at + len(self.raw)

    def refused(self, rule: str, args: Mapping[str, str] | None = None, incomplete: bool = False) -> LineRefused:
        """What is wrong with this word, to be raised."""
        return LineRefused(LineProblem(rule, self.at, len(self.raw), args or {}, incomplete))


def make(raw: str, at: int) -> Token:
    """A token from what was typed at column `at`."""
    text = _ESCAPED.sub(r"\1", raw) if "\\" in raw else raw
    return Token(raw, text, fold(text), at, raw.startswith("\\"))


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
        typed = word.replace("\\", "\\\\").replace(";", "\\;")
        words.append("\\" + typed if literal and not typed.startswith("\\") else typed)
    return " ".join(words)
