"""Finds the child whom words of a line name: by a given name, its beginning, a surname, or an id.

A word is looked for among the given names first, then (two letters at least) among the surnames. A whole given name is
that child's: it is never the beginning of another's, and where only a child elsewhere has it, she is the one that is
meant. Two children of one name stay ambiguous until the surname tells them apart. `#` with an id, or its last four or
more characters, names one child where no name can.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from msgspec import Struct

from kindertui.domain.entry.model import OtherChild, Others, Roster, RosterChild
from kindertui.domain.entry.tokens import Token
from kindertui.domain.entry.words import WORDS_REQUIRED, Vocabulary, beginning, fold

# A given name and the words of a long Dutch surname ("van der …").
_LONGEST_NAME = 5
_ID_LENGTH = 4
_HYPHENS = "-\u2010\u2011\u2012\u2013\u2014·・"
# Apostrophes, dots, and what cannot be seen: nobody types a name less rightly for leaving them out.
_UNSAID = "'’‘ʼ`´′.\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_PLAIN = str.maketrans({**dict.fromkeys(_UNSAID, ""), **dict.fromkeys(_HYPHENS, " ")})


@lru_cache(maxsize=8192)
def spelled(name: str) -> str:
    """A name for comparing: folded, without apostrophes and dots, a hyphen as a space (`anne fleur`, `oneil`)."""
    return " ".join(fold(name.translate(_PLAIN)).split())


def _spellings(*names: str) -> tuple[str, ...]:
    """Each of them as it is spelled, and in one word (`annefleur`)."""
    forms = [spelled(name) for name in names]
    return tuple(dict.fromkeys(form for one in forms for form in (one, one.replace(" ", "")) if form))


class Name(Struct, frozen=True):
    """A child of the roster with the spellings of her names."""

    child: RosterChild
    given: tuple[str, ...]
    surnames: tuple[str, ...]

    def begins(self, typed: str) -> bool:
        """Does the given name begin so?"""
        return any(form.startswith(typed) for form in self.given)

    def surname_begins(self, typed: str) -> bool:
        """Does the surname begin so, with what stands before it or without?"""
        return any(form.startswith(typed) for form in self.surnames)


class Names(Struct, frozen=True):
    """The names on a roster; `doubles` are those whose given name has several words."""

    every: list[Name]
    doubles: list[Name]
    by_given: Mapping[str, list[Name]]
    longest: int


class Found(Struct, frozen=True):
    """Whom `count` words may mean: children of the roster, or else others.

    `whole` words are all of a given name; `by_surname`: no given name was typed.
    """

    names: list[Name] = []
    count: int = 0
    others: tuple[OtherChild, ...] = ()
    whole: bool = False
    by_surname: bool = False

    def __bool__(self) -> bool:
        return bool(self.names or self.others)


_NOBODY = Found()


@lru_cache(maxsize=8)
def index(children: tuple[RosterChild, ...]) -> Names:
    """Kept: each key of a line is read against the same children as the one before."""
    every = [
        Name(child, _spellings(child.given_name), _spellings(child.surname, f"{child.prefix} {child.surname}"))
        for child in children
    ]
    by_given: dict[str, list[Name]] = {}
    for name in every:
        for form in name.given:
            by_given.setdefault(form, []).append(name)
    return Names(every, [name for name in every if len(name.given) > 1], by_given, _most_words(by_given))


def others(children: Iterable[OtherChild]) -> Others:
    """The children who are not on a roster, to be found by their whole given names."""
    by_name: dict[str, tuple[OtherChild, ...]] = {}
    for child in children:
        for form in _spellings(child.given_name):
            by_name[form] = (*by_name.get(form, ()), child)
    return Others(by_name, _most_words(by_name))


def known(others: Others) -> tuple[OtherChild, ...]:
    """All of them, once each."""
    return tuple({child.id: child for children in others.by_name.values() for child in children}.values())


def full_name(child_id: str, roster: Roster) -> str:
    """What a child is called that a line may be for."""
    every: list[RosterChild | OtherChild] = [*roster.children, *known(roster.others)]
    return next((one.full_name for one in every if one.id == child_id), "?")


def _most_words(forms: Iterable[str]) -> int:
    return max((form.count(" ") + 1 for form in forms), default=0)


def is_verb(words: Sequence[Token], i: int, vocabulary: Vocabulary) -> bool:
    """Is the word at `i` exactly a word of the table?"""
    return 0 <= i < len(words) and not words[i].literal and words[i].folded in vocabulary.words


def phrase(words: Sequence[Token], i: int, count: int) -> str:
    """Some words as a name is spelled."""
    return " ".join(spelled(word.text) for word in words[i : i + count]).strip()


def match(words: Sequence[Token], i: int, roster: Roster, vocabulary: Vocabulary) -> Found:
    """Whom the words from `i` on name, as many of them as do."""
    names, word = index(roster.children), words[i]
    if word.text.startswith("#"):
        return _by_id(word, names.every)
    if not _may_be_name(words, i, vocabulary):
        return _called_like_a_verb(words, i, names, vocabulary)
    if not spelled(word.text):
        return _NOBODY
    longest = 1
    while longest < _LONGEST_NAME and _may_be_name(words, i + longest, vocabulary):
        longest += 1
    for count in range(min(longest, max(names.longest, roster.others.longest)), 0, -1):
        given = phrase(words, i, count)
        mine, there = names.by_given.get(given, []), roster.others.by_name.get(given, ())
        if mine or there:
            return _whole_given(words, i, (count, longest), mine, there, roster)
    return _beginning(words, i, longest, names, roster)


def _may_be_name(words: Sequence[Token], i: int, vocabulary: Vocabulary) -> bool:
    """May the word be part of a name? A word of the table may only where the next one has to be the verb."""
    if i >= len(words):
        return False
    word = words[i]
    if word.literal or not word.folded or not (word.text[0].isalpha() or word.folded[0] == "'"):
        return False
    if word.folded in vocabulary.leads and i + 1 < len(words) and words[i + 1].text[0].isdigit():
        return False  # `om 630`, `kl 630`: a time comes, whoever is called Om
    if not is_verb(words, i, vocabulary):
        return True
    if not is_verb(words, i + 1, vocabulary):
        return False
    name, following = vocabulary.words[word.folded].name, words[i + 1].folded
    # `d w` is a wet nappy, whoever has a name with a d: what may be the verb's own word is not the next verb.
    if name == "nappy":
        return not beginning(following, vocabulary.contents)
    if name == "menu":
        return not any(following in table for table in vocabulary.meals)
    return name not in WORDS_REQUIRED


def _by_id(word: Token, names: list[Name]) -> Found:
    wanted = word.text[1:].casefold()
    found = [name for name in names if name.child.id.casefold() == wanted]
    if not found and len(wanted) >= _ID_LENGTH:
        found = [name for name in names if name.child.id.casefold().endswith(wanted)]
    return Found(found, 1 if found else 0, whole=True)


def _whole_given(
    words: Sequence[Token],
    i: int,
    sizes: tuple[int, int],
    mine: list[Name],
    there: Sequence[OtherChild],
    roster: Roster,
) -> Found:
    """Those whose given name these words are, and whom of them a surname behind it means."""
    count, longest = sizes
    if (whole := _whole_surname(words, i + count, mine)) is not None:
        return Found(whole[0], count + whole[1], whole=True)
    for size in range(longest - count, 0, -1):
        rest = phrase(words, i + count, size)
        if named := tuple(one for one in there if rest in _spellings(one.surname, f"{one.prefix} {one.surname}")):
            return Found([], count + size, named, whole=True)
        if found := _with_surname(mine, rest):
            return _surname_or_next(words, i, (count, size), mine, found, roster)
        if not mine and (
            named := tuple(one for one in there if any(s.startswith(rest) for s in _spellings(one.surname)))
        ):
            return Found([], count + size, named, whole=True)
    return Found(mine, count, () if mine else tuple(there), whole=True)


def _whole_surname(words: Sequence[Token], i: int, candidates: list[Name]) -> tuple[list[Name], int] | None:
    """A whole surname, which may hold a word of the table ("in 't Veld"); the longest one counts."""
    forms = {form for name in candidates for form in name.surnames if " " in form}
    for size in range(min(_LONGEST_NAME, len(words) - i) if forms else 0, 1, -1):
        if (rest := phrase(words, i, size)) in forms:
            return [name for name in candidates if rest in name.surnames], size
    return None


def _with_surname(candidates: list[Name], rest: str) -> list[Name]:
    found = [name for name in candidates if rest and name.surname_begins(rest)]
    whole = [name for name in found if rest in name.surnames]
    return whole if len(whole) == 1 else found


def _surname_or_next(
    words: Sequence[Token], i: int, sizes: tuple[int, int], alone: list[Name], found: list[Name], roster: Roster
) -> Found:
    """`aya br`: her surname, or the next child? A name that needed no surname leaves that open; whole words decide."""
    count, size = sizes
    whole = phrase(words, i, count) in alone[0].given
    both = Found(found, count + size, whole=whole)
    if len(alone) > 1:
        return both
    names, following = index(roster.children), phrase(words, i + count, 1)
    if phrase(words, i + count, size) in alone[0].surnames:
        return both
    if any(name is not alone[0] for name in names.by_given.get(following, ())) or following in roster.others.by_name:
        return Found(alone, count, whole=whole)
    more = [name for name in names.every if name is not alone[0] and name.begins(following)]
    return Found(alone + more, count + size, whole=whole) if more else both


def _beginning(words: Sequence[Token], i: int, longest: int, names: Names, roster: Roster) -> Found:
    """Those whose given name, or whose surname, the words begin."""
    typed = spelled(words[i].text)
    begins = [name for name in names.every if name.begins(typed)]
    if (whole := _whole_surname(words, i + 1, begins)) is not None:
        return Found(whole[0], whole[1] + 1)
    for size in range(longest, 1, -1):
        together, rest = phrase(words, i, size), phrase(words, i + 1, size - 1)
        if double := [name for name in names.doubles if name.begins(together)]:
            return Found(double, size)
        if found := _with_surname(begins, rest):
            return _surname_or_next(words, i, (1, size - 1), begins, found, roster)
        found = [] if begins else [name for name in names.every if name.surname_begins(together)]
        if found:
            return Found(found, size, by_surname=True)
    if begins or len(typed) < 2:
        return Found(begins, 1)
    return Found([one for one in names.every if one.surname_begins(typed)], 1, by_surname=True)


def _called_like_a_verb(words: Sequence[Token], i: int, names: Names, vocabulary: Vocabulary) -> Found:
    """A child called In or Lunch, by the whole name with what happened behind it: `in bos s 1230`."""
    if not is_verb(words, i, vocabulary):
        return _NOBODY
    alike = names.by_given.get(spelled(words[i].text), [])
    for size in range(_LONGEST_NAME if alike else 0, 0, -1):
        surname = phrase(words, i + 1, size)
        found = [name for name in alike if surname in name.surnames]
        if found and is_verb(words, i + 1 + size, vocabulary):
            return Found(found, size + 1, whole=True)
    return _NOBODY
