"""Finds the words and phrases of guard_words.toml in a text; the patterns of a language are read once."""

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from msgspec import Struct

_FILE = Path(__file__).with_name("guard_words.toml")
_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+")
_GAP = 3  # words that ~ may stand for


class TextWord(NamedTuple):
    """A word of a text, folded for comparing, and where it stands."""

    word: str
    start: int
    end: int


class Span(NamedTuple):
    """A run of tokens: the first, and the one after the last."""

    first: int
    after: int


def tokens(text: str) -> list[TextWord]:
    """The words and numbers of a text, in small letters with one kind of apostrophe."""
    return [
        TextWord(match.group().casefold().replace("’", "'"), match.start(), match.end())
        for match in _TOKEN.finditer(text)
    ]


class Words(Struct, frozen=True):
    """The single-word patterns of a list: as they are, beginnings, endings and parts."""

    whole: frozenset[str]
    begins: tuple[str, ...]
    ends: tuple[str, ...]
    holds: tuple[str, ...]

    @classmethod
    def of(cls, patterns: Sequence[str]) -> "Words":
        whole, begins, ends, holds = set(), [], [], []
        for pattern in patterns:
            bare = pattern.strip("*").casefold()
            if pattern.startswith("*") and pattern.endswith("*"):
                holds.append(bare)
            elif pattern.startswith("*"):
                ends.append(bare)
            elif pattern.endswith("*"):
                begins.append(bare)
            else:
                whole.add(bare)
        return cls(frozenset(whole), tuple(begins), tuple(ends), tuple(holds))

    def match(self, word: str) -> bool:
        return (
            word in self.whole
            or word.startswith(self.begins)
            or word.endswith(self.ends)
            or any(part in word for part in self.holds)
        )


class Patterns(Struct, frozen=True):
    """A list of patterns made ready: single words together, phrases one by one (None is a gap)."""

    words: Words
    phrases: tuple[tuple[Words | None, ...], ...]

    @classmethod
    def of(cls, patterns: Sequence[str]) -> "Patterns":
        single = [part for pattern in patterns if " " not in pattern for part in pattern.split("|")]
        phrases = tuple(
            tuple(None if part == "~" else Words.of(part.split("|")) for part in pattern.split())
            for pattern in patterns
            if " " in pattern
        )
        return cls(Words.of(single), phrases)

    def find(self, found: Sequence[TextWord]) -> list[Span]:
        """Every place where a pattern matches, in the order of the text."""
        spans = [Span(at, at + 1) for at, token in enumerate(found) if self.words.match(token.word)]
        for phrase in self.phrases:
            for at in range(len(found)):
                after = _ends(phrase, found, at)
                if after:
                    spans.append(Span(at, after))
        return sorted(spans)


def _ends(phrase: tuple[Words | None, ...], found: Sequence[TextWord], at: int) -> int:
    """The token after the phrase when it begins at `at`, else 0."""
    if not phrase:
        return at
    head = phrase[0]
    if head is None:
        return next((end for gap in range(_GAP + 1) if (end := _ends(phrase[1:], found, at + gap))), 0)
    if at < len(found) and head.match(found[at].word):
        return _ends(phrase[1:], found, at + 1)
    return 0


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


@cache
def patterns(language: str, category: str) -> tuple[Patterns, Patterns]:
    """What to look for in a language, and what is spared; empty for a language without a list."""
    lists = _data().get(language, {})
    return Patterns.of(lists.get(category, ())), Patterns.of(lists.get("spared", {}).get(category, ()))


@cache
def ordinary(language: str) -> frozenset[str]:
    """Names that are words of the language too."""
    return frozenset(_data().get(language, {}).get("ordinary", ()))


@cache
def acts(language: str) -> frozenset[str]:
    """Words that follow a child's name in a sentence about it: what it did, or `and`."""
    return frozenset(_data().get(language, {}).get("acts", ()))


def languages_of(found: Sequence[TextWord], language: str) -> tuple[str, ...]:
    """The language given, and the one the text is plainly written in when that is another."""
    words = {token.word for token in found}
    counts = {name: len(words.intersection(lists["common"])) for name, lists in _data().items()}
    likeliest = max(counts, key=lambda name: counts[name])
    if likeliest != language and counts[likeliest] >= 2 and counts[likeliest] > counts.get(language, 0):
        return (language, likeliest)
    return (language,)
