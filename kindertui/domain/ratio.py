"""Staff ratios as advice: how many the rule asks for, and which rule it is. Never a reason to block anything.

NL day care: Besluit kwaliteit kinderopvang, bijlage 1 (the binding calculator is 1ratio.nl). NO: barnehageloven § 26,
counted per kindergarten. After-school numbers (10 and 12) rest on one source and are marked uncertain.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Literal, get_args

from msgspec import Struct, field

from kindertui.domain.people import GroupKind, age_on

RatioRule = Literal[
    "nl_day_care_table", "nl_day_care_formula", "nl_day_care_fewer", "nl_day_care_no_group", "nl_after_school",
    "no_kindergarten", "no_children", "no_rule",
]  # fmt: skip
RATIO_RULES: frozenset[RatioRule] = frozenset(get_args(RatioRule))
ThreeHoursRule = Literal["enough", "below_within_three_hours", "below_half", "open_too_short", "below_too_long"]
THREE_HOURS_RULES: frozenset[ThreeHoursRule] = frozenset(get_args(ThreeHoursRule))

# Youngest and oldest year present -> for 1, 2, 3, 4 staff: pairs (most children, most aged 0); any pair will do.
_ANY = 99
_OVER_TWO: tuple[tuple[tuple[int, int], ...], ...] = (((8, _ANY),), ((16, _ANY),))
_TABLE: Mapping[tuple[int, int], tuple[tuple[tuple[int, int], ...], ...]] = {
    (0, 0): (((3, _ANY),), ((6, _ANY),), ((9, _ANY),), ((12, _ANY),)),
    (1, 1): (((5, _ANY),), ((10, _ANY),), ((15, _ANY),), ((16, _ANY),)),
    (2, 2): _OVER_TWO,
    (3, 3): _OVER_TWO,
    (2, 3): _OVER_TWO,
    (0, 1): (((4, _ANY),), ((8, _ANY),), ((14, 8),), ((16, 8),)),
    (0, 2): (((5, _ANY),), ((10, _ANY),), ((13, 8), (14, 4), (15, 3)), ((16, 8),)),
    (0, 3): (((5, _ANY),), ((12, _ANY),), ((14, 8), (15, 5), (16, 3)), ((16, 8),)),
    (1, 2): (((6, _ANY),), ((11, _ANY),), ((16, _ANY),)),
    (1, 3): (((7, _ANY),), ((13, _ANY),), ((16, _ANY),)),
}
# The formula in 144ths, so that no rounding error can add a member of staff: 1/3, 1/6, 1/7.2 and 1/9.6 of one.
_SHARES = (48, 24, 20, 15)


class Ratio(Struct, frozen=True):
    """`required` staff, or None where no rule or no lawful group is known; `rule` names the rule that decided.

    `args` holds the counts the sentence needs. `unknown` children have no birth date and were counted as the youngest.
    """

    required: int | None
    rule: RatioRule
    args: Mapping[str, str] = field(default_factory=dict)
    unknown: int = 0
    uncertain: bool = False


class ThreeHours(Struct, frozen=True):
    """May the group go on with fewer? `least` staff at any time, `minutes_left` of the three hours of this day."""

    allowed: bool
    rule: ThreeHoursRule
    least: int
    minutes_left: int


def required_staff_nl_day_care(counts: Sequence[int]) -> int | None:
    """Staff needed for `counts` children aged 0, 1, 2 and 3 years in one group; None where no lawful group exists.

    0 for no children. Raises ValueError unless there are four counts of 0 or more.
    """
    if len(counts) != 4 or any(count < 0 for count in counts):
        raise ValueError("four counts of 0 or more are needed: children aged 0, 1, 2 and 3")
    return _nl_day_care((counts[0], counts[1], counts[2], counts[3]))[0]


@lru_cache(maxsize=1024)
def _nl_day_care(counts: tuple[int, int, int, int]) -> tuple[int | None, RatioRule]:
    """The required staff with the rule that made it so."""
    required, rule = _nl_alone(counts)
    if required is None:
        return None, rule
    for age, count in enumerate(counts):
        if count:
            # One child less is judged alone, without this rule again: that is how the worked compositions count.
            fewer = _nl_alone((*counts[:age], count - 1, *counts[age + 1 :]))[0]
            if fewer is not None and fewer > required:
                return required + 1, "nl_day_care_fewer"
    return required, rule


def _nl_alone(counts: Sequence[int]) -> tuple[int | None, RatioRule]:
    """The larger of table and formula for this composition alone."""
    present = [age for age, count in enumerate(counts) if count]
    if not present:
        return 0, "no_children"
    total, babies = sum(counts), counts[0]
    by_table = next(
        (
            staff
            for staff, limits in enumerate(_TABLE[present[0], present[-1]], start=1)
            if any(total <= most and babies <= most_babies for most, most_babies in limits)
        ),
        None,
    )
    if by_table is None:
        return None, "nl_day_care_no_group"
    if babies:
        by_formula = -(-sum(count * share for count, share in zip(counts, _SHARES, strict=True)) // 144)
        if by_formula > by_table:
            return by_formula, "nl_day_care_formula"
    return by_table, "nl_day_care_table"


def required_staff_nl_after_school(four_to_six: int, seven_and_over: int) -> int:
    """Staff for an after-school group: 10 children of 4-6 or 12 of 7 and over each; shares added, then rounded up."""
    return -(-(four_to_six * 6 + seven_and_over * 5) // 60)


def required_staff_no(under_three: int, three_and_over: int) -> int:
    """Staff for a whole Norwegian kindergarten: one for 3 under three, one for 6 over; shares added, rounded up."""
    return -(-(under_three * 2 + three_and_over) // 6)


def counts_as_three_no(birth_date: date, day: date) -> bool:
    """In Norway a child counts as three from August of the year it turns three."""
    return day >= date(birth_date.year + 3, 8, 1)


def advice(group_kind: GroupKind, country: str, birth_dates: Iterable[date | None], day: date) -> Ratio:
    """What the country's rule asks for these children on `day`; `country` is the policy's (NL, NO or empty).

    For Norway the children must be those of the whole kindergarten. A child of four who is still in day care counts
    as three.
    """
    births = list(birth_dates)
    unknown = births.count(None)
    if not births:
        return Ratio(0, "no_children")
    years = [(age_on(birth, day) or (0, 0))[0] if birth else 0 for birth in births]
    if country == "NL" and group_kind == "day_care":
        counts = [years.count(0), years.count(1), years.count(2), sum(year >= 3 for year in years)]
        required, rule = _nl_day_care((counts[0], counts[1], counts[2], counts[3]))
        args = {f"aged_{age}": str(count) for age, count in enumerate(counts)}
        return Ratio(required, rule, args, unknown)
    if country == "NL" and group_kind == "after_school":
        older = sum(year >= 7 for year in years)
        younger = len(years) - older
        args = {"younger": str(younger), "older": str(older)}
        return Ratio(required_staff_nl_after_school(younger, older), "nl_after_school", args, unknown, uncertain=True)
    if country == "NO" and group_kind == "day_care":
        over = sum(birth is not None and counts_as_three_no(birth, day) for birth in births)
        args = {"under": str(len(births) - over), "over": str(over)}
        return Ratio(required_staff_no(len(births) - over, over), "no_kindergarten", args, unknown)
    return Ratio(None, "no_rule", {}, unknown)


def three_hours(required: int, present: int, open_minutes: int, below_minutes: int) -> ThreeHours:
    """The Dutch three-hours rule: open at least 10 hours, up to 3 hours a day below the ratio, never below half.

    `below_minutes` have been below today already, this stretch included; `present` is the staff there now.
    """
    least = -(-required // 2)
    left = max(0, 180 - below_minutes)
    if present >= required:
        return ThreeHours(True, "enough", least, left)
    if present < least:
        return ThreeHours(False, "below_half", least, left)
    if open_minutes < 600:
        return ThreeHours(False, "open_too_short", least, 0)
    if below_minutes > 180:
        return ThreeHours(False, "below_too_long", least, 0)
    return ThreeHours(True, "below_within_three_hours", least, left)
