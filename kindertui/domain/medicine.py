"""Medicines by their names: a plain comparison of the words a dose is written with, in no language's grammar."""

from kindertui.domain.entry.words import fold

# How a dose is counted: before the name (`2 puffs salbutamol`) these are no part of it.
_UNITS = frozenset(
    {
        "mg", "mcg", "ug", "g", "gram", "ml", "cc", "ie", "iu", "x", "drop", "drops", "puff", "puffs", "tablet",
        "tablets", "spoon", "spoons", "suppository", "dr", "druppel", "druppels", "pufje", "pufjes", "tabletten",
        "lepel", "lepels", "zetpil", "zetpillen", "drape", "draper", "drapar", "pust", "tabletter", "skje", "skjeer",
        "stikkpille", "stikkpiller", "of", "av",
    }
)  # fmt: skip


def medicine_name(text: str) -> tuple[str, ...]:
    """The words of the name, folded: `2 x Paracetamol 120 mg` is ("paracetamol",); empty where there is only a dose."""
    words = "".join(letter if letter.isalnum() else " " for letter in fold(text)).split()
    begin = 0
    while begin < len(words) and (words[begin][0].isdigit() or (begin and words[begin] in _UNITS)):
        begin += 1
    name: list[str] = []
    for word in words[begin:]:
        if word[0].isdigit():
            break
        name.append(word)
    return tuple(name)


def same_medicine(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Is one name the beginning of the other, in whole words? Two of which nothing is known but a dose are not."""
    short, long = sorted((one, other), key=len)
    return bool(short) and long[: len(short)] == short
