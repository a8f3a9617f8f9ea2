"""Finds children's names in a text: as they are, in the genitive, as a Dutch diminutive, or a family by its surname."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from msgspec import Struct

from kindertui.domain import guard_tokens, guard_words
from kindertui.domain.guard_tokens import TextWord

Name = tuple[str, ...]  # its words, folded
_GENITIVES = ("'s", "'", "s")
_DIMINUTIVES = ("etje", "tje", "pje", "je")  # Daantje, Brampje; a letter may be doubled before it: Fennaatje
_PLAIN = str.maketrans({"ø": "o", "æ": "ae", "ß": "ss", "ð": "d", "þ": "th", "ł": "l", "đ": "d"})
_BETWEEN = frozenset({"van", "von", "til", "of"})  # the father of, `de moeder van`


class NameIndex(Struct, frozen=True):
    """Names of one word, and those of several and surnames by their first word."""

    single: frozenset[str]
    several: dict[str, list[Name]]
    surnames: dict[str, list[Name]]
    own: frozenset[str]


class Sense(NamedTuple):
    """What the languages of a text say about names."""

    ordinary: frozenset[str]
    acts: frozenset[str]
    family: frozenset[str]
    diminutives: bool


def _fold(word: str) -> str:
    """Small letters without any accents: a name is often typed without them."""
    word = word.casefold().replace("’", "'")
    if word.isascii():
        return word
    bare = unicodedata.normalize("NFD", word)
    return "".join(letter for letter in bare if not unicodedata.combining(letter)).translate(_PLAIN)


def name_words(name: str) -> Name:
    return tuple(_fold(token.word) for token in guard_tokens.tokens(name))


def forms(word: str) -> tuple[frozenset[str], frozenset[str]]:
    """The names that a word of a text may be: as it stands or as a genitive, and as a diminutive."""
    bare = _fold(word)
    return _bases(bare), _small(bare)


def is_family(word: str, languages: tuple[str, ...]) -> bool:
    """`familie`, `moeder`: a surname may follow."""
    return _fold(word) in _sense(languages).family


def _by_first(names: Iterable[Name]) -> dict[str, list[Name]]:
    index: dict[str, list[Name]] = {}
    for name in dict.fromkeys(names):
        index.setdefault(name[0], []).append(name)
    return index


@lru_cache(maxsize=8)
def _index(names: tuple[str, ...], own: tuple[str, ...]) -> NameIndex:
    mine = {words for name in own if (words := name_words(name))}
    called = mine | {words[:1] for words in mine}
    every = {words for name in names if (words := name_words(name)) and len("".join(words)) >= 2}
    wanted = sorted(every - called)
    own_surnames = {_surname(words, every | called) for words in mine}
    surnames = {_surname(words, every | called) for words in wanted} - own_surnames - {()}
    return NameIndex(
        single=frozenset(words[0] for words in wanted if len(words) == 1),
        several=_by_first(words for words in wanted if len(words) > 1),
        surnames=_by_first(sorted(surnames)),
        own=frozenset(words[0] for words in called if len(words) == 1),
    )


def _surname(words: Name, known: set[Name]) -> Name:
    """What follows the longest given name in `known`; empty where the words may all be given names."""
    given = next((size for size in range(len(words) - 1, 0, -1) if words[:size] in known), 0)
    surname = words[given:] if given else ()
    return surname if len("".join(surname)) >= 3 else ()


@lru_cache(maxsize=16)
def _sense(languages: tuple[str, ...]) -> Sense:
    def together(name: str) -> frozenset[str]:
        return frozenset(_fold(word) for language in languages for word in guard_words.words(language, name))

    return Sense(together("ordinary"), together("acts"), together("family"), "nl" in languages)


def places(
    text: str, found: Sequence[TextWord], languages: tuple[str, ...], names: tuple[str, ...], own: tuple[str, ...]
) -> set[tuple[int, int]]:
    """Where the text names one of `names` who is not one of `own`."""
    index = _index(names, own)
    if not (index.single or index.several):
        return set()
    sense = _sense(languages)
    folded = [_fold(token.word) for token in found]
    spots: set[tuple[int, int]] = set()
    for at, word in enumerate(folded):
        end = at + 1 if _one_word(text, found, at, word, index, sense) else 0
        end = max(end, *(_end(folded, at, name) for name in index.several.get(word, ())), 0)
        if not end and (at and _of_a_family(folded, at, sense)):
            end = max(
                (_end(folded, at, name) for base in _bases(word) for name in index.surnames.get(base, ())), default=0
            )
        if end:
            spots.add((found[at].start, found[end - 1].end))
    return spots


def _without(word: str, endings: Sequence[str]) -> Iterator[str]:
    for ending in endings:
        if word.endswith(ending) and len(word) > len(ending) + 1:
            yield word[: -len(ending)]


@lru_cache(maxsize=4096)
def _bases(word: str) -> frozenset[str]:
    """A word as a name: as it stands, and as the genitive of one."""
    return frozenset({word, *_without(word, _GENITIVES)})


@lru_cache(maxsize=4096)
def _small(word: str) -> frozenset[str]:
    """The names that a word may be the diminutive of."""
    bases = set(_without(word, _DIMINUTIVES))
    return frozenset(bases | {base[:-1] for base in bases if len(base) > 3 and base[-1] == base[-2]})


def _one_word(text: str, found: Sequence[TextWord], at: int, word: str, index: NameIndex, sense: Sense) -> bool:
    if word in index.own:
        return False
    bases = _bases(word)
    if index.own.isdisjoint(bases) and sense.diminutives and text[found[at].start].isupper():
        bases |= _small(word)
    return not index.single.isdisjoint(bases) and any(
        base not in sense.ordinary or _meant_as_name(text, found, at, sense.acts) for base in bases & index.single
    )


def _end(folded: Sequence[str], at: int, name: Name) -> int:
    """The token after a name that begins at `at`, else 0; its last word may be a genitive."""
    here = tuple(folded[at : at + len(name)])
    if len(here) < len(name) or here[:-1] != name[:-1]:
        return 0
    return at + len(name) if name[-1] in _bases(here[-1]) else 0


def _of_a_family(folded: Sequence[str], at: int, sense: Sense) -> bool:
    """`familie Jansen`, `de moeder van De Wit`."""
    before = folded[at - 1]
    return before in sense.family or (at > 1 and before in _BETWEEN and folded[at - 2] in sense.family)


# What may stand before the first word of a sentence: its end, a line of its own, a quotation mark, a bullet.
_SENTENCE_ENDS = frozenset(".!?:;…\n")
_OPENING = " \t\"'“”‘’«»([{-–—•*"


def _meant_as_name(text: str, found: Sequence[TextWord], at: int, acts: frozenset[str]) -> bool:
    """Is a name that is a word as well (Will, May, Storm) meant as a name here? Only a capital can say so.

    Within a sentence it does. At the beginning of one, and where all is written in capitals, every word has it: there
    only what follows tells, a genitive, another name, or a word for what a child does (`Will slept`, not `Will you`).
    """
    word = text[found[at].start : found[at].end]
    if not word[0].isupper():
        return False
    before = text[: found[at].start].rstrip(_OPENING)
    first = not before or before[-1] in _SENTENCE_ENDS
    loud = text.isupper()
    if not (first or loud):
        return True
    if "'" in found[at].word:
        return True
    follows = found[at + 1] if at + 1 < len(found) else None
    if follows is None or text[found[at].end : follows.start].strip():
        return False  # a comma or a full stop: the word stands by itself
    named = text[follows.start].isupper() and len(follows.word) > 1  # "May I" is no name
    return follows.word in acts or (named and not loud)
