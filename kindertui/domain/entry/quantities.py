"""Joins the words of an amount that is said in several into one token: `bijna alles`, `150 van 180`, `plas en poep`."""

from collections.abc import Sequence

from kindertui.domain.daylog import UNITS, Kind
from kindertui.domain.entry.amounts import MILLILITRES, UNIT_WORDS, amount, millilitres, number
from kindertui.domain.entry.context import Context
from kindertui.domain.entry.portion_phrases import AND, ATE, COMPARED, HEDGES, MEASURES, OF, portion_phrases
from kindertui.domain.entry.spoken import phrase_at
from kindertui.domain.entry.tokens import Token, join
from kindertui.domain.entry.words import beginning

_MOST = 600  # ml: a number beyond it is a time (`150 van 930`)


def join_amounts(kind: Kind, words: Sequence[Token], context: Context) -> list[Token]:
    """The words, with those of each amount joined."""
    joined: list[Token] = []
    i = 0
    while i < len(words):
        found = None if words[i].literal else _amount(kind, words, i, context)
        joined.append(found[0] if found else words[i])
        i = found[1] if found else i + 1
    return joined


def _amount(kind: Kind, words: Sequence[Token], i: int, context: Context) -> tuple[Token, int] | None:
    if kind in MILLILITRES:
        return _of_offered(words, i) or _with_unit(kind, words, i)
    if kind == "meal":
        return _portion(words, i, context)
    if kind == "nappy":
        return _wet_and_soiled(words, i, context)
    return None


def _of_offered(words: Sequence[Token], i: int) -> tuple[Token, int] | None:
    """`150 van 180 ml`: what was taken of what was offered. `van 180` alone is just how much."""
    if words[i].folded in OF:
        found = _millilitres(words, i + 1)
        return (join(words[i : found[1]], found[0] + "ml"), found[1]) if found and i == 0 else None
    taken = _millilitres(words, i)
    if taken is None or taken[1] + 1 >= len(words) or words[taken[1]].folded not in OF:
        return None
    offered = _millilitres(words, taken[1] + 1)
    if offered is None:
        return None
    return join(words[i : offered[1]], f"{offered[0]}/{taken[0]}"), offered[1]


def _millilitres(words: Sequence[Token], i: int) -> tuple[str, int] | None:
    """A plain number of ml, and the word behind it and its unit."""
    if i >= len(words) or words[i].literal:
        return None
    found = millilitres(words[i].folded)
    if found is None or found.offered is not None or found.value > _MOST:
        return None
    unit = i + 1 < len(words) and words[i + 1].folded in UNIT_WORDS["bottle"]
    return f"{found.value:g}", i + 1 + unit


def _with_unit(kind: Kind, words: Sequence[Token], i: int) -> tuple[Token, int] | None:
    """`1,5 dl`, `150 ml`: the unit says that it is how much."""
    if i + 1 >= len(words) or words[i + 1].literal:
        return None
    if words[i + 1].folded not in UNIT_WORDS[kind]:
        if words[i + 1].folded in MEASURES and number(words[i].text) is not None:  # `6 oz`, `5 schepjes`
            typed = join(words[i : i + 2], "")
            raise typed.refused("amount_invalid", {"word": typed.text, "unit": UNITS[kind]}, i + 2 == len(words))
        return None
    found = millilitres(words[i].folded + words[i + 1].folded)
    if found is None or found.offered is not None:
        return None
    return join(words[i : i + 2], f"{found.value:g}ml"), i + 2


def _portion(words: Sequence[Token], i: int, context: Context) -> tuple[Token, int] | None:
    begin = i + 1 if words[i].folded in ATE and i + 1 < len(words) else i
    percent = words[i + 1] if i + 1 < len(words) else None
    if percent is not None and percent.text == "%" and number(words[i].text) is not None:
        return join(words[i : i + 2], words[i].text + "%"), i + 2
    phrases, shares = portion_phrases(context.language)
    if size := phrase_at(words, begin, phrases):
        said = " ".join(one.folded for one in words[begin : begin + size])
        return join(words[i : begin + size], shares[said]), begin + size
    if size := phrase_at(words, begin, COMPARED):  # `minder dan de helft`
        typed = join(words[begin : begin + size + 1], "")
        raise typed.refused("portion_invalid", {"word": typed.text}, begin + size + 1 >= len(words))
    found = amount(words[begin], "meal", context.vocabulary) if begin > i else None
    if found is not None:
        return join(words[i : begin + 1], f"{found.value:.2f}"), begin + 1
    hedged = words[i].folded in HEDGES and i + 1 < len(words)
    if hedged and not words[i + 1].literal and amount(words[i + 1], "meal", context.vocabulary) is not None:
        word = join(words[i : i + 2], "")
        raise word.refused("portion_invalid", {"word": word.text})
    return None


def _wet_and_soiled(words: Sequence[Token], i: int, context: Context) -> tuple[Token, int] | None:
    """`plas en poep`, `nat+vies`: both."""
    typed = words[i : i + 3]
    if len(typed) < 3 or typed[1].folded not in AND or any(one.literal for one in typed):
        return None
    found = {
        content for one in (typed[0], typed[2]) for content in beginning(one.folded, context.vocabulary.contents)[:1]
    }
    return (join(typed, "", "both"), i + 3) if found == {"wet", "soiled"} else None
