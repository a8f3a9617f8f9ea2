"""Who may pick a child up, and whether the person who was typed (`oma Els`) is one of them.

The match is careful to one side: whoever may be meant and may not pick the child up is reported, and a name that is not
on the list is not taken for one that is because the surname or the relation is the same.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from msgspec import Struct

from kindertui.domain.absences import Absence
from kindertui.domain.entry.words import fold
from kindertui.domain.people import Guardianship, PickUp
from kindertui.domain.roster import ChildDay

# One row a relation; a word of two rows ("grandparents") stands in both. What is a common surname as well (Ma, Mora) is
# left out: it would make a mother of a father.
_RELATION_WORDS: Mapping[str, str] = {
    "mother": "mother mum mummy mom mommy mama mamma mammaen moeder mam mammie mor moren"
    " parents ouders foreldre foreldrene",
    "father": "father dad daddy papa pappa pappaen vader pap pappie far faren parents ouders foreldre foreldrene",
    "grandmother": "grandmother grandma granny nana nan oma omi grootmoeder bestemor bestemoren bestemora mormor"
    " mormoren mormora farmor farmoren farmora besta grandparents grootouders besteforeldre besteforeldrene",
    "grandfather": "grandfather grandpa grandad granddad opa opi grootvader bestefar bestefaren morfar morfaren farfar"
    " farfaren bessen grandparents grootouders besteforeldre besteforeldrene",
    "stepmother": "stepmother stepmum stiefmoeder stemor stemoren stemora bonusmama bonusmoeder bonusmamma"
    " bonusmor bonusmoren bonusmora",
    "stepfather": "stepfather stepdad stiefvader stefar stefaren bonuspapa bonusvader bonuspappa bonusfar"
    " bonusfaren",
    "foster parent": "foster fosterparent pleegouder pleegmoeder pleegvader fosterforelder fostermor fostermoren"
    " fostermora fosterfar fosterfaren fosterforeldre fosterforeldrene",
    "aunt": "aunt auntie tante tanten tanta",
    "uncle": "uncle oom onkel onkelen",
    "sister": "sister zus zusje zuster soster sosteren sostera storesoster storesosteren storesostera",
    "brother": "brother broer broertje bror broren storebror storebroren",
    "neighbour": "neighbour neighbor buur buurman buurvrouw nabo naboen",
    "childminder": "childminder nanny babysitter oppas gastouder au-pair aupair barnevakt barnevakten dagmamma",
    "guardian": "guardian voogd verge vergen foresatt foresatte",
}  # fmt: skip
_RELATIONS: dict[str, frozenset[str]] = {}
for _name, _row in _RELATION_WORDS.items():
    for _word in _row.split():
        _RELATIONS[fold(_word)] = _RELATIONS.get(fold(_word), frozenset()) | {_name}
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


class PickUpList(Struct, frozen=True):
    """`guardians` by rank and `others` may pick the child up on this day; `barred` may not."""

    guardians: tuple[Guardianship, ...] = ()
    others: tuple[PickUp, ...] = ()
    barred: tuple[Guardianship, ...] = ()
    nobody: bool = False  # a restriction for everybody: both lists are empty, and everybody else is barred too


def pick_up_list(child_day: ChildDay) -> PickUpList:
    """Who may pick this child up on this day.

    Barred are the guardians whom a restriction on pick-up or contact names, all of them where it names nobody
    (`guardian_id` None), and a guardian who may not pick up. An address to be kept secret bars nobody.
    """
    orders = {one.guardian_id for one in child_day.restrictions if one.kind in ("pick_up", "contact")}
    allowed: list[Guardianship] = []
    barred: list[Guardianship] = []
    for one in child_day.guardians:
        kept = not one.may_pick_up or None in orders or one.guardian.id in orders
        (barred if kept else allowed).append(one)
    others = () if None in orders else tuple(one for one in child_day.pick_ups if one.covers(child_day.day))
    return PickUpList(tuple(allowed), others, tuple(barred), None in orders)


class Somebody(Struct, frozen=True):
    """Somebody who picks up, or may not. `kin` are relations, `given` and `family` folded words of the name."""

    name: str
    relation: str
    kin: frozenset[str]
    given: frozenset[str]
    family: frozenset[str]


class PickUpVerdict(Struct, frozen=True):
    """Why a warning asks: `barred` may not pick up; None: `who` is on no list."""

    who: str
    barred: Somebody | None = None


class _Word(Struct, frozen=True):
    folded: str
    capital: bool
    kin: frozenset[str]


def relations(word: str) -> frozenset[str]:
    """The relations one word means, by their English names; empty for a word that is none. `fold` is done here."""
    return _RELATIONS.get(fold(word), frozenset())


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


def verdict(text: str, day: ChildDay) -> PickUpVerdict | None:
    """What speaks against this person picking the child up on this day; None for nothing.

    On the list are those of `pick_up_list`, and whoever a report of another pick-up names for the day. Where nobody is
    listed at all, nobody can be missing from the list.
    """
    people = _people(text)
    if not people:
        return None
    may = pick_up_list(day)
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
                return PickUpVerdict(text, one)
        if may.nobody:
            return PickUpVerdict(text, somebody(text))
        unknown |= not sure and not any(_taken(one, kin, words) for one in announced)
    listed = bool(day.guardians or day.pick_ups or announced)
    return PickUpVerdict(text) if unknown and listed else None


def _among(one: Somebody, barred: Iterable[Somebody]) -> bool:
    """Is somebody of the list the same as one who is barred?"""
    return any(one.given and (one.given, one.family) == (other.given, other.family) for other in barred)


def _announces(report: Absence, day: ChildDay) -> bool:
    return report.kind == "other_pick_up" and report.covers(day.day) and report.holds
