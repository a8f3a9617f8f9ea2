"""Reads amounts: ml for bottle and drink, portions for meals, degrees of temperature, and what a nappy held."""

from msgspec import Struct

from kindertui.domain.daylog import Kind
from kindertui.domain.entry.moments import LONGEST_AGO, digits, plain_dash
from kindertui.domain.entry.tokens import Token
from kindertui.domain.entry.words import Vocabulary

MILLILITRES: frozenset[Kind] = frozenset({"bottle", "drink"})
# A word after the number that only names its unit.
_MILLILITRES_IN = {"ml": 1, "cc": 1, "cl": 10, "dl": 100}
UNIT_WORDS = {
    "bottle": frozenset(_MILLILITRES_IN), "drink": frozenset(_MILLILITRES_IN),
    "temperature": frozenset({"c", "°c", "°", "graden", "grader", "degrees"}),
}  # fmt: skip
_FRACTIONS = {
    "0": 0.0, "1": 1.0, "¼": 0.25, "½": 0.5, "¾": 0.75, "1/4": 0.25, "1/2": 0.5, "3/4": 0.75, "0/4": 0.0, "2/4": 0.5,
    "4/4": 1.0,
}  # fmt: skip


class Amount(Struct, frozen=True):
    """A value in the kind's own unit; `offered` only for ml typed as offered/taken."""

    value: float
    offered: float | None = None


def number(text: str) -> float | None:
    """`150`, `38.2`, `38,2`; None for anything else and for numbers no record needs (over six digits)."""
    whole, _, part = text.replace(",", ".", 1).partition(".")
    if not digits(whole) or len(text) > 6 or ((("." in text) or ("," in text)) and not digits(part)):
        return None
    return float(f"{whole}.{part or 0}")


def millilitres(text: str) -> Amount | None:
    """`150`, `150ml`, `1,5dl`, `180/150` (offered and taken); None for anything else."""
    unit = text[-2:] if text[-2:] in _MILLILITRES_IN else ""
    text, size = text.removesuffix(unit), _MILLILITRES_IN.get(unit, 1)
    offered, slash, taken = text.partition("/")
    if not slash:
        value = number(text)
        # Four digits are a time, always.
        return None if value is None or (digits(text) and len(text) > 3) else Amount(value * size)
    first, second = number(offered), number(taken)
    return Amount(second * size, first * size) if first is not None and second is not None else None


def _portion(word: Token, vocabulary: Vocabulary) -> Amount | None:
    if word.said in _FRACTIONS:
        return Amount(_FRACTIONS[word.said])
    if word.folded in vocabulary.portions:
        return Amount(vocabulary.portions[word.folded])
    if (share := _share(word.said)) is not None:
        return Amount(share)
    value = number(word.said)
    return Amount(value) if value is not None and 0 <= value <= 1 and not digits(word.said) else None


def _share(text: str) -> float | None:
    """`50%`, `2/3`: rounded, as it is printed and read again."""
    if text.endswith("%"):
        percent = number(text[:-1])
        return round(percent / 100, 2) if percent is not None and percent <= 100 else None
    part, slash, whole = text.partition("/")
    if not slash or not (digits(part) and digits(whole)) or max(len(part), len(whole)) > 1 or int(part) > int(whole):
        return None
    return round(int(part) / int(whole), 2) if int(whole) else None


def _degrees(text: str) -> Amount | None:
    for ending in ("°c", "°", "c"):
        if text.endswith(ending):
            value = number(text.removesuffix(ending))
            return None if value is None else Amount(value)
    value = number(text)
    # Four digits are a time, always; three are one where the degrees stand beside them.
    return None if value is None or (digits(text) and len(text) > 3) else Amount(value)


def amount(word: Token, kind: Kind, vocabulary: Vocabulary) -> Amount | None:
    """What the word says of how much, for a kind that has an amount; None when it says nothing of it."""
    if word.literal:
        return None
    if kind in MILLILITRES:
        return millilitres(word.says or word.folded)
    if kind == "meal":
        return _portion(word, vocabulary)
    if kind == "temperature":
        return _degrees(word.said.casefold())
    return None


def below_nothing(word: Token, kind: Kind, unit: Token | None) -> bool:
    """Is it an amount with a minus: `-500`, `−38.2`, `-50ml`, `-50 ml`, and no minutes ago (`-50`) or end (`-1415`)?

    `unit` is the word behind it.
    """
    text = plain_dash(word.folded)
    if word.literal or kind not in UNIT_WORDS or not text.startswith("-"):
        return False
    bare = text[1:]
    said = next((one for one in UNIT_WORDS[kind] if bare.endswith(one)), "")
    value = number(bare.removesuffix(said))
    if value is None:
        return False
    if not digits(bare) or (unit is not None and unit.folded in UNIT_WORDS[kind]):
        return True
    return len(bare) == 3 and value > LONGEST_AGO


def print_number(value: float, language: str) -> str:
    """As it is typed: no more digits than it has, `38,2` where the language writes a comma."""
    text = str(int(value)) if value == int(value) else repr(value)
    return text if language == "en" else text.replace(".", ",")


def print_portion(value: float, language: str) -> str:
    """`0`, `1/4`, `1/2`, `3/4`, `1`, else the decimal."""
    known = {0.0: "0", 0.25: "1/4", 0.5: "1/2", 0.75: "3/4", 1.0: "1"}
    return known.get(value) or print_number(value, language)
