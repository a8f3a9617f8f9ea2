"""Reads foods.toml once, when a line first has words about food: what a word holds, what an allergy or a diet names."""

import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, TypeAlias

from kindertui.domain.entry.words import fold

_FILE = Path(__file__).with_name("foods.toml")
Groups: TypeAlias = frozenset[str]
NONE: Groups = frozenset()

# Of a word of four letters or more: plurals, the article behind a Norwegian noun, the small ones of Dutch.
_ENDINGS = ("s", "n", "e", "r", "en", "er", "et", "es", "je", "ene", "jes", "tje", "tjes")
_SHORTEST = 4
# What stands behind the name of an allergy in one word: notenallergie, melkeproteinallergi, lactoseintolerantie.
_BEHIND = ("allerg", "intoler", "overgevoelig", "overfolsom", "eiwit", "protein")


def _stems(word: str) -> list[str]:
    """The word, and what it may be a form of."""
    cut = (word[: -len(end)] for end in _ENDINGS if word.endswith(end))
    return [word, *(stem for stem in cut if len(stem) >= _SHORTEST)]


class Index:
    """Patterns of words and phrases, each with the groups it stands for; every word is folded."""

    __slots__ = ("_begins", "_ends", "_phrases", "_whole")

    def __init__(self, lists: Iterable[tuple[str, Sequence[str]]]) -> None:
        self._whole: dict[str, set[str]] = {}
        self._begins: dict[str, set[str]] = {}
        self._ends: dict[str, set[str]] = {}
        self._phrases: dict[str, list[tuple[tuple[Index, ...], str]]] = {}  # by each first word
        for group, patterns in lists:
            for pattern in patterns:
                first, *rest = fold(pattern).split()
                if rest:
                    behind = tuple(Index([(group, part.split("|"))]) for part in rest)
                    for word in first.split("|"):
                        self._phrases.setdefault(word, []).append((behind, group))
                else:
                    table = self._begins if first[-1] == "*" else self._ends if first[0] == "*" else self._whole
                    table.setdefault(first.strip("*"), set()).add(group)

    def of(self, word: str) -> Groups:
        """The groups of a word."""
        found: set[str] = set()
        for stem in _stems(word):
            found |= self._whole.get(stem, NONE)
            for at in range(1, len(stem)):
                found |= self._ends.get(stem[at:], NONE)
        for at in range(1, len(word) + 1):
            found |= self._begins.get(word[:at], NONE)
        return frozenset(found)

    def phrases(self, words: Sequence[str]) -> list[tuple[int, int, str]]:
        """Every phrase there is: its first word, the one after its last, its group. `.` stands behind the text."""
        found = []
        text = [*words, "."]
        for at, word in enumerate(words):
            for behind, group in self._phrases.get(word, ()):
                after = at + 1 + len(behind)
                if after <= len(text) and all(one.of(text[at + 1 + i]) for i, one in enumerate(behind)):
                    found.append((at, min(after, len(words)), group))
        return found


class Book:
    """All of foods.toml, made ready."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        foods: dict[str, dict[str, Any]] = data["foods"]
        same = {name: foods[lists["like"]] if "like" in lists else lists for name, lists in foods.items()}
        self.groups: Groups = frozenset(foods)
        self._foods = Index((name, lists[language]) for name, lists in same.items() for language in ("nl", "nb", "en"))
        self._other = Index((name, lists.get("without", ())) for name, lists in same.items())
        self._names = _by_word((fact["words"], fact["foods"]) for fact in data["facts"].values())
        self._claims = _by_word((claim["words"], claim["free"]) for claim in data["claims"].values())
        around: dict[str, list[str]] = data["words"]
        self.denied = Index([("denied", around["denied"])])
        words = {name: frozenset(map(fold, listed)) for name, listed in around.items() if name != "denied"}
        self.free, self.without, self.made = words["free"], words["without"], words["made"]
        self.either, self.apart = words["either"], words["apart"]
        self.but, self.instead, self.idle = words["but"], words["instead"], words["idle"]
        # the same few words come again at every key
        self.claim: Callable[[str], Groups] = lru_cache(4096)(self._claim)
        self.named: Callable[[str], Groups] = lru_cache(4096)(self._named)
        self.word: Callable[[str], tuple[Groups, Groups]] = lru_cache(4096)(self._word)

    def _word(self, word: str) -> tuple[Groups, Groups]:
        """The groups of food that a word holds, and those it only looks like."""
        other = self._other.of(word)
        return self._foods.of(word) - other, other

    def phrases(self, words: Sequence[str]) -> tuple[list[tuple[int, int, str]], list[tuple[int, int, str]]]:
        """The phrases that hold a group, and those that only look like it."""
        return self._foods.phrases(words), self._other.phrases(words)

    def _named(self, word: str) -> Groups:
        """What a word of an allergy or diet is against: noten, notenallergie, glutenvrij."""
        cut = min((at for part in _BEHIND if (at := word.find(part)) > 0), default=0)
        return self._names.get(word) or self._joined(word[:cut]) or self._free_of(word)

    def _claim(self, word: str) -> Groups:
        """What a word says that the food beside it does not hold: vegetarisch, glutenvrij, melkefri."""
        return self._claims.get(word) or self._free_of(word)

    def _free_of(self, word: str) -> Groups:
        return next(
            (groups for end in self.free if word.endswith(end) and (groups := self._joined(word[: -len(end)]))), NONE
        )

    def _joined(self, stem: str) -> Groups:
        """The name of an allergy as it stands before another word, joined to it by an e or an s: melkefri."""
        return self._names.get(stem) or (self._names.get(stem[:-1], NONE) if stem[-1:] in ("e", "s") else NONE)


def _by_word(lists: Iterable[tuple[Sequence[str], Sequence[str]]]) -> dict[str, Groups]:
    table: dict[str, Groups] = {}
    for words, groups in lists:
        for word in words:
            table[fold(word)] = table.get(fold(word), NONE) | frozenset(groups)
    return table


@cache
def book() -> Book:
    """The file, read."""
    return Book(tomllib.loads(_FILE.read_text(encoding="utf-8")))
