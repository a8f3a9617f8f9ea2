"""Checks food against an allergy or a diet: by the words themselves, and by the foods behind them (foods.toml).

A line is cut at commas and at small words such as `and` and `with`. `glutenvrij` speaks of the food next to it in its
piece, `zonder ei` of the one before it; a soy milk is no milk. Where it is not clear, the food counts: this is a
question that a second Enter answers. Nothing is read from a fact but the names in it.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from msgspec import Struct

from kindertui.domain.entry.words import fold
from kindertui.domain.foods import NONE, Groups, book

_WORD = re.compile(r"[^\W_]+")
_ENDS_PIECE = re.compile(r"[^\w\s'’\-()\[\]]")
_CLAUSE = re.compile(r"[,;.!?\n]")


class _Meant(Struct, frozen=True):
    """What a fact names: groups of food, and words with the groups they would be as food."""

    groups: Groups
    words: tuple[tuple[str, Groups], ...]


class _Food(Struct):
    """One word of a line. `clear` are the groups that it does not hold although it may look so."""

    typed: str
    word: str
    piece: int
    groups: Groups
    clear: Groups
    claims: Groups = NONE
    counts: bool = True


def food_named(text: str, fact: str) -> str | None:
    """The first word of `text`, as typed, that an allergy or a diet is against; None when there is none."""
    meant = _meant(fact)
    if not meant.words and not meant.groups:
        return None
    for food in _foods(text):
        if not meant.groups.isdisjoint(food.groups):
            return food.typed
        for word, groups in meant.words:
            if _same_food(food.word, word) and not (groups and groups <= food.clear):
                return food.typed
    return None


def _same_food(one: str, other: str) -> bool:
    """The same word, its plural, or one inside the other (melk, koemelk); words under four letters must be whole."""
    short, long = (one, other) if len(one) < len(other) else (other, one)
    if len(short) >= 4:
        return short in long
    return short == long or (len(short) == 3 and long.startswith(short) and len(long) <= 5)


@lru_cache(maxsize=512)
def _meant(fact: str) -> _Meant:
    """What a fact is against."""
    known = book()
    clauses = _clauses(fact)
    groups = NONE.union(*(known.named(word) for words in clauses for word in words))
    found: dict[str, Groups] = {}
    named: set[str] = set()
    for words in clauses:
        for before, word in zip(["", *words], words, strict=False):
            holds, clear = known.word(word)
            free = known.claim(before) & known.named(before)  # lactosevrije melk: against lactose only
            if not free.isdisjoint(holds) or (before in known.instead and not clear.isdisjoint(groups)):
                continue
            named |= known.named(word)
            if len(word) > 1 and word not in known.idle:
                found[word] = holds
    return _Meant(frozenset(named), tuple(found.items()))


def _clauses(fact: str) -> list[list[str]]:
    """The words of a fact by clause, without a clause that denies an allergy (`no known allergies`)."""
    known = book()
    clauses: list[list[str]] = []
    for part in _CLAUSE.split(fact):
        clauses.append([])
        for word in map(fold, _WORD.findall(part)):
            if word in known.but:
                clauses.append([])
            clauses[-1].append(word)
    return [words for words in clauses if not known.denied.phrases(words)]


@lru_cache(maxsize=256)
def _foods(text: str) -> tuple[_Food, ...]:
    """The words of a line that may be food, with what each holds."""
    foods = _cut(unicodedata.normalize("NFC", text))
    words = [food.word for food in foods]
    holds, clears = book().phrases(words)
    together: dict[int, str] = {}
    for first, after, group in holds:
        named = [food for food in foods[first:after] if food.counts]
        named[-1].groups |= {group}
        together[id(named[-1])] = " ".join(food.typed for food in named)
    for first, after, group in clears:
        for food in foods[first:after]:
            food.clear |= {group}
    _leave_out(foods)
    _claim(foods)
    for food in foods:
        food.groups -= food.clear
        food.typed = together.get(id(food), food.typed)
    return tuple(food for food in foods if food.counts and len(food.word) > 1)


def _cut(text: str) -> list[_Food]:
    """The words of a line, each in its piece; the small words between pieces do not count."""
    known = book()
    foods: list[_Food] = []
    piece = end = 0
    for match in _WORD.finditer(text):
        between, end = text[end : match.start()], match.end()
        typed, word = match.group(), fold(match.group())
        small = word in known.apart
        piece += small or bool(_ENDS_PIECE.search(between))
        named = known.named(foods[-1].word) if foods and foods[-1].piece == piece else NONE
        if named and word in known.free and (word == "free" or between == "-"):
            foods[-1].claims = named  # gluten free, gluten-vrij
        elif small or word in known.without or word not in known.idle:
            groups, clear = known.word(word)
            foods.append(_Food(typed, word, piece, groups, clear, known.claim(word), not small))
        piece += small
    return foods


def _leave_out(foods: Sequence[_Food]) -> None:
    """`zonder melk of ei`: neither is there; and the pancake before it was made without them."""
    known = book()
    for at, food in enumerate(foods):
        if food.word not in known.without:
            continue
        food.counts = False
        made = foods[at - 1] if at and foods[at - 1].piece == food.piece and food.word in known.made else None
        left = at + 1
        while left < len(foods) and (foods[left].piece == food.piece or foods[left - 1].word in known.either):
            foods[left].counts = False
            if made is not None:
                made.clear |= known.named(foods[left].word)
            if left + 1 == len(foods) or foods[left + 1].word not in known.either:
                break
            left += 2


def _claim(foods: Sequence[_Food]) -> None:
    """`glutenvrij brood`, `bread (gluten free)`, `brood, glutenvrij`: which food a claim is about."""
    for at, food in enumerate(foods):
        if not food.claims:
            continue
        food.counts = False
        ahead = [one for one in foods[at + 1 :] if one.piece == food.piece and not one.claims][:2]
        behind = [one for one in foods[:at] if food.piece - one.piece <= 1 and not one.claims]
        if ahead:
            # an adjective may stand between: lactosevrije magere yoghurt
            about = ahead[0] if ahead[0].groups else ahead[-1]
        elif behind:
            about = behind[-1]
        else:
            continue
        about.clear |= food.claims
