"""Checks a medicine against what the guardians agreed to and against the doses before it.

Medicines are compared by the words of their names, in no language's grammar.
"""

from kindertui.domain.entry.words import fold
from kindertui.domain.people import Agreement
from kindertui.domain.plausibility.case import MINUTE, Case, nearest

# How a dose is counted: before the name (`2 puffs salbutamol`) these are no part of it.
_UNITS = frozenset(
    {
        "mg", "mcg", "ug", "g", "gram", "ml", "cc", "ie", "iu", "x", "drop", "drops", "puff", "puffs", "tablet",
        "tablets", "spoon", "spoons", "suppository", "dr", "druppel", "druppels", "pufje", "pufjes", "tabletten",
        "lepel", "lepels", "zetpil", "zetpillen", "drape", "draper", "drapar", "pust", "tabletter", "skje", "skjeer",
        "stikkpille", "stikkpiller", "of", "av",
    }
)  # fmt: skip


def medicine(case: Case) -> None:
    """Agreed to, for this day, and not too soon. What was given is given: these rules warn and never refuse."""
    text = case.step.text
    if not text:
        return
    name = medicine_name(text)
    agreed = [one for one in case.day.agreements if same_medicine(name, medicine_name(one.medicine))]
    _agreement(case, agreed)
    given = (*case.day.doses, *case.of("medicine"))
    doses = [one for one in given if one.id != case.replacing and _same(name, text, one.text)]
    apart = _apart(case, agreed)
    other = nearest(doses, case.start, apart * MINUTE)
    if other is not None:
        local = case.local(other.start)
        args = {"medicine": other.text, "time": f"{local:%H:%M}", "apart": str(apart)}
        if local.date() != case.date:
            args["day"] = local.date().isoformat()
        case.report("medicine_soon", args)


def _same(name: tuple[str, ...], text: str, other: str) -> bool:
    """The same medicine; where a name is missing, the same words."""
    return same_medicine(name, medicine_name(other)) if name else text.casefold() == other.casefold()


def _agreement(case: Case, agreed: list[Agreement]) -> None:
    args = {"medicine": case.step.text}
    if not agreed:
        case.report("medicine_not_agreed", args)
        return
    on = case.date
    if any(one.covers(on) for one in agreed):
        return
    over = [one for one in agreed if one.last_day is not None and one.last_day < on]
    if over:
        last = max(over, key=lambda one: one.last_day or on)
        until = last.last_day or on
        args = {"medicine": last.medicine, "first": last.first_day.isoformat(), "last": until.isoformat()}
        case.report("medicine_agreement_over", args)
    else:
        coming = min(agreed, key=lambda one: one.first_day)
        args = {"medicine": coming.medicine, "first": coming.first_day.isoformat()}
        case.report("medicine_agreement_not_yet", args)


def _apart(case: Case, agreed: list[Agreement]) -> int:
    """Minutes between two doses: the longest that an agreement gives, else the profile's."""
    on = case.date
    held = [one for one in agreed if one.covers(on)] or agreed
    return max((one.apart for one in held if one.apart is not None), default=case.limits.medicine_apart)


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
