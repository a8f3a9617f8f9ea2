"""Who fetched, as it was typed (`oma Els`), against who may and who may not.

Careful to one side: whoever may be meant and may not fetch is told, and a name that is not on the list is not taken for
one that is, because the surname or the relation is the same.
"""

from collections.abc import Iterable, Sequence
from typing import Literal

from msgspec import Struct

from kindertui.domain.absences import Absence
from kindertui.domain.entry.words import fold
from kindertui.domain.pick_up import fetchers
from kindertui.domain.relations import relations
from kindertui.domain.roster import ChildDay, holds

# Words that name nobody.
_NOBODY = frozenset(
    {
        "mr", "mrs", "ms", "miss", "mevrouw", "mevr", "mw", "meneer", "dhr", "heer", "fru", "herr", "familie", "family",
        "the", "her", "his", "by", "with", "and", "van", "de", "der", "den", "het", "door", "met", "en", "zijn", "haar",
        "og", "av", "med", "sin", "fra",
    }
)  # fmt: skip


# Kin that people call by one name: a stepfather is called father, a guardian mother.
_ALIKE = (frozenset({"father", "stepfather"}), frozenset({"mother", "stepmother"}))
_ANY_PARENT = frozenset({"guardian", "foster parent"})
_PARENTS = frozenset({"father", "stepfather", "mother", "stepmother"})

# Not meant; perhaps (by the surname, or much the same relation); by the relation; by the call name; by the whole name.
Match = Literal[0, 1, 2, 3, 4]


class Somebody(Struct, frozen=True):
    """Somebody who fetches, or may not. `kin` are relations, `given` and `family` folded words of the name."""

    name: str
    relation: str
    kin: frozenset[str]
    given: frozenset[str]
    family: frozenset[str]


class Verdict(Struct, frozen=True):
    """Why it is asked: `barred` is who may not fetch; None: `who` is on no list."""

    who: str
    barred: Somebody | None = None


class _Word(Struct, frozen=True):
    folded: str
    capital: bool
    kin: frozenset[str]


def _words(text: str) -> list[_Word]:
    words = []
    for one in "".join(letter if letter.isalnum() else " " for letter in text).split():
        folded = fold(one)
        if len(folded) > 1 and folded not in _NOBODY and not folded[0].isdigit():
            words.append(_Word(folded, one[:1].isupper(), relations(one)))
    return words


def somebody(name: str, relation: str = "") -> Somebody:
    """A person of a list: `Oma Els de Wit` is a grandmother, given Els, family Wit."""
    named = _words(name)
    kin = frozenset[str]().union(*(word.kin for word in (*named, *_words(relation))))
    plain = [word.folded for word in named if not word.kin]
    called = [word.folded for word in _words(relation) if not word.kin]  # `taxi`, or what no table knows
    return Somebody(name, relation, kin, frozenset([*plain[:1], *called]), frozenset(plain[1:]))


def _announced(text: str) -> Somebody:
    """Whom a report of another person names, in words of the parents' own: each of them may be the name."""
    words = _words(text)
    kin = frozenset[str]().union(*(word.kin for word in words))
    return Somebody(text, "", kin, frozenset(word.folded for word in words if not word.kin), frozenset())


def _meant(one: Somebody, kin: frozenset[str], names: frozenset[str]) -> Match:
    """How surely this person is meant by these relations and these other words."""
    if one.given & names:
        return 4 if one.family & names else 3
    if one.kin & kin:
        return 2
    return 1 if one.family & names and not (kin and one.kin) else 0


def _taken(one: Somebody, kin: frozenset[str], words: Sequence[_Word]) -> Match:
    """As `_meant`, for somebody who may: 0 as well if the words name another. A capital letter begins a name."""
    names = frozenset(word.folded for word in words)
    strange = [word for word in words if word.folded not in one.given | one.family]
    if not (kin and one.kin):
        match = _meant(one, kin, names)
        return 0 if match == 1 and strange else match
    if not _alike(kin, one.kin):
        return 0
    if one.given & names:
        return _meant(one, kin, names)
    # where a list knows a grandmother by no name, any name may be hers
    if one.given and any(word.capital for word in strange):
        return 0
    return 2 if kin & one.kin else 1


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    if one & other or any(one & both and other & both for both in _ALIKE):
        return True
    return bool((one & _ANY_PARENT and other & _PARENTS) or (other & _ANY_PARENT and one & _PARENTS))


def _people(text: str) -> list[tuple[frozenset[str], list[_Word]]]:
    """The people of a text, each with the relation and the other words: `opa en oma Els` are two."""
    people: list[tuple[frozenset[str], list[_Word]]] = []
    leading: list[_Word] = []
    for word in _words(text):
        if not word.kin:
            (people[-1][1] if people else leading).append(word)
            continue
        names = leading if not people else []
        people += [(frozenset({kin}), names) for kin in sorted(word.kin)]  # "parents" are two
    return people or ([(frozenset(), leading)] if leading else [])


def verdict(text: str, day: ChildDay) -> Verdict | None:
    """What speaks against this person fetching the child on this day; None for nothing.

    On the list is whom `fetchers` gives, and whom a report of another pick-up names for the day. A child of whom nobody
    is listed at all has no list to be missing on.
    """
    people = _people(text)
    if not people:
        return None
    may = fetchers(day)
    barred = [somebody(one.guardian.name, one.relation) for one in may.barred]
    others = [somebody(one.name, one.relation) for one in may.others]
    known = [somebody(one.guardian.name, one.relation) for one in may.guardians]
    known += [one for one in others if not _among(one, barred)]
    announced = [_announced(one.text) for one in day.absences if _announces(one, day)]
    unknown = False
    for kin, words in people:
        names = frozenset(word.folded for word in words)
        sure = max((_taken(one, kin, words) for one in known), default=0)
        for one in barred:
            match = _meant(one, kin, names)
            # `mama Sara, Tom`: Tom by his name, unless somebody who may has the same
            called = match >= 3 and not any(other.given & one.given & names for other in known)
            if called or match > sure or match == sure == 1:
                return Verdict(text, one)
        if may.nobody:
            return Verdict(text, somebody(text))
        unknown |= not sure and not any(_taken(one, kin, words) for one in announced)
    listed = bool(day.guardians or day.pick_ups or announced)
    return Verdict(text) if unknown and listed else None


def _among(one: Somebody, barred: Iterable[Somebody]) -> bool:
    """Is somebody of the list the same as one who is barred?"""
    return any(one.given and (one.given, one.family) == (other.given, other.family) for other in barred)


def _announces(report: Absence, day: ChildDay) -> bool:
    return report.kind == "other_pick_up" and report.covers(day.day) and holds(report)
