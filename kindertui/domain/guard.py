"""Checks a message before it goes: finds what does not belong in the portal, and the portal's own way instead.

A help and no judge: it knows words, not meaning. Numbers are checked by their own arithmetic: the Dutch BSN's 11-test
passes 9.1 % of random numbers, so it only warns unless the text names it; the Norwegian number's tests pass 0.1 % of
them (0.3 % with test numbers), so it blocks.
"""

import re
from collections.abc import Iterable
from typing import Literal, get_args

from msgspec import Struct

from kindertui.domain import guard_names, guard_tokens, guard_words
from kindertui.domain.policy import GUARD_CATEGORIES, GuardCategory, GuardLevel, Policy, Way

GuardRuleId = Literal[
    "health_words", "religion_words", "bullying_words", "money_words", "urgent_words", "child_matters_words",
    "other_child_named", "dutch_number_likely", "dutch_number_named", "norwegian_number",
]  # fmt: skip
GUARD_RULES: frozenset[GuardRuleId] = frozenset(get_args(GuardRuleId))
_RULES: dict[GuardCategory, GuardRuleId] = {
    "health": "health_words", "religion": "religion_words", "bullying": "bullying_words", "money": "money_words",
    "urgent": "urgent_words", "child_matters": "child_matters_words", "child_name": "other_child_named",
}  # fmt: skip
_NAMED: frozenset[GuardCategory] = frozenset({"child_name", "citizen_number"})
# What some portals are the very place for: looked for only where a profile says so.
BY_PROFILE: frozenset[GuardCategory] = frozenset({"urgent", "child_matters"})
_NOT_BEFORE = r"(?<!\d)(?<!\d[ .-])"
_NOT_AFTER = r"(?![ .-]?\d)"
_DUTCH = re.compile(_NOT_BEFORE + r"(?:\d{8,9}|\d{3}([ .-])\d{3}\1\d{3}|\d{4}([ .-])\d{2}\2\d{3})" + _NOT_AFTER)
_NORWEGIAN = re.compile(_NOT_BEFORE + r"\d\d[ .]?\d\d[ .]?\d\d[ -]?\d{3}[ ]?\d\d" + _NOT_AFTER)
# The day + 40 is a D-number; the month + 40 an emergency or test number, + 65 and + 80 a test number.
_DAYS = frozenset(day + shift for day in range(1, 32) for shift in (0, 40))
_MONTHS = frozenset(month + shift for month in range(1, 13) for shift in (0, 40, 65, 80))
_DUTCH_NAMED = ("bsn", "burgerservicenummer", "burgerservice", "sofinummer", "sofi", "citizen service number")


class GuardFinding(Struct, frozen=True):
    """One matter found. `words` as they stand in the text (numbers masked but for two digits), each once.

    `instead` is the portal's own way; `level` block means that only a manager sends it anyway. `spans` are the places
    in the text, start and end.
    """

    category: GuardCategory
    rule: GuardRuleId
    words: tuple[str, ...]
    instead: Way
    level: GuardLevel
    spans: tuple[tuple[int, int], ...] = ()


def check_text(
    text: str,
    language: str,
    other_names: Iterable[str] = (),
    policy: Policy | None = None,
    *,
    own_names: Iterable[str] = (),
) -> tuple[GuardFinding, ...]:
    """What the guard finds in `text`, one finding a rule, in the order of GUARD_CATEGORIES.

    `language` (nl, nb, en) is the one it should be written in; a text plainly in another is read in that as well.
    `other_names`: call names or full names of children the message is not about; `own_names` of those it is about,
    who may share a name with another. Without a policy every category but those of BY_PROFILE is looked for, and only
    warned of.
    """
    found = guard_tokens.tokens(text)
    languages = guard_words.languages_of(found, language)
    matters: dict[str, list[tuple[int, int]]] = {}
    for one in languages:
        for category, spans in guard_words.matters(found, one).items():
            places = [(found[span.first].start, found[span.after - 1].end) for span in spans]
            matters.setdefault(category, []).extend(places)
    findings: list[GuardFinding] = []
    for category in GUARD_CATEGORIES:
        rule = policy.guard[category] if policy is not None else None
        if not (rule.check if rule is not None else category not in BY_PROFILE):
            continue
        level: GuardLevel = rule.level if rule is not None else "warn"
        way: Way = rule.way if rule is not None else ("leave_out" if category in _NAMED else "phone")
        if category == "citizen_number":
            findings += _numbers(text, way)
            continue
        if category == "child_name":
            spots = _outermost(guard_names.places(text, found, languages, tuple(other_names), tuple(own_names)))
        else:
            spots = _outermost(matters.get(category, ()))
        if spots:
            words = tuple(dict.fromkeys(text[start:end] for start, end in spots))
            findings.append(GuardFinding(category, _RULES[category], words, way, level, tuple(spots)))
    return tuple(findings)


def _outermost(places: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Without those that lie within another, so that no word is named twice."""
    kept: list[tuple[int, int]] = []
    for start, end in sorted(places, key=lambda place: (place[0], -place[1])):
        if not kept or end > kept[-1][1]:
            kept.append((start, end))
    return kept


def _numbers(text: str, way: Way) -> list[GuardFinding]:
    named = any(word in text.casefold() for word in _DUTCH_NAMED)
    dutch = [
        match.span()
        for match in _DUTCH.finditer(text)
        if is_dutch_number(digits := _digits(match.group())) and (named or len(digits) == 9)
    ]
    norwegian = [match.span() for match in _NORWEGIAN.finditer(text) if is_norwegian_number(_digits(match.group()))]
    findings = []
    if dutch:
        rule: GuardRuleId = "dutch_number_named" if named else "dutch_number_likely"
        findings.append(_number(text, rule, dutch, way, "block" if named else "warn"))
    if norwegian:
        findings.append(_number(text, "norwegian_number", norwegian, way, "block"))
    return findings


def _number(text: str, rule: GuardRuleId, places: list[tuple[int, int]], way: Way, level: GuardLevel) -> GuardFinding:
    masked = []
    for start, end in places:
        digits = _digits(text[start:end])
        masked.append("•" * (len(digits) - 2) + digits[-2:])
    return GuardFinding("citizen_number", rule, tuple(dict.fromkeys(masked)), way, level, tuple(places))


def _digits(text: str) -> str:
    return "".join(str(int(letter)) for letter in text if letter.isdecimal())


def is_dutch_number(digits: str) -> bool:
    """The 11-test of the BSN over 8 or 9 digits: 9·a + 8·b + … + 2·h − i is a multiple of 11."""
    number = [int(digit) for digit in digits.zfill(9)]
    if len(digits) not in (8, 9) or not any(number):
        return False
    return (sum(weight * digit for weight, digit in zip(range(9, 1, -1), number, strict=False)) - number[8]) % 11 == 0


def is_norwegian_number(digits: str) -> bool:
    """Both control digits of a fødselsnummer, D-number or test number over 11 digits, and a day and month in it."""
    if len(digits) != 11:
        return False
    number = [int(digit) for digit in digits]
    if int(digits[:2]) not in _DAYS or int(digits[2:4]) not in _MONTHS:
        return False
    first = -sum(w * d for w, d in zip((3, 7, 6, 1, 8, 9, 4, 5, 2), number, strict=False)) % 11
    second = -sum(w * d for w, d in zip((5, 4, 3, 2, 7, 6, 5, 4, 3, 2), number, strict=False)) % 11
    return (first, second) == (number[9], number[10])
