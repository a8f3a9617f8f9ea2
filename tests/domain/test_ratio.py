"""The staff ratio: the printed table, the formula, the rule of one child less, Norway, and the three hours."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kindertui.domain.ratio import (
    RATIO_RULES,
    advice,
    counts_as_three_no,
    required_staff_nl_after_school,
    required_staff_nl_day_care,
    required_staff_no,
    three_hours,
)

VECTORS = Path(__file__).resolve().parents[3] / "shared" / "samples" / "bkr" / "bkr_dagopvang_vectors.json"
DAY = date(2026, 11, 23)


def born(years: int) -> date:
    return date(DAY.year - years, 6, 1)


@pytest.mark.skipif(not VECTORS.exists(), reason="the worked compositions lie outside the project")
def test_every_worked_composition() -> None:
    rows = json.loads(VECTORS.read_text())["rows"]
    assert len(rows) == 4810
    assert [row for row in rows if required_staff_nl_day_care(row[:4]) != row[4]] == []


@pytest.mark.parametrize(
    ("counts", "required"),
    [
        ((0, 0, 0, 0), 0),
        # One age alone: the last composition of each step, and the first of the next.
        ((3, 0, 0, 0), 1), ((4, 0, 0, 0), 2), ((9, 0, 0, 0), 3), ((12, 0, 0, 0), 4), ((13, 0, 0, 0), None),
        ((0, 5, 0, 0), 1), ((0, 6, 0, 0), 2), ((0, 15, 0, 0), 3), ((0, 16, 0, 0), 4), ((0, 17, 0, 0), None),
        ((0, 0, 8, 0), 1), ((0, 0, 9, 0), 2), ((0, 0, 16, 0), 2), ((0, 0, 17, 0), None),
        ((0, 0, 0, 8), 1), ((0, 0, 4, 4), 1), ((0, 0, 8, 8), 2),
        # Mixed ages.
        ((1, 3, 0, 0), 1), ((2, 3, 0, 0), 2), ((8, 6, 0, 0), 4), ((9, 5, 0, 0), None), ((2, 12, 0, 0), 3),
        ((1, 0, 4, 0), 1), ((3, 0, 12, 0), 3), ((4, 0, 11, 0), 4), ((4, 0, 10, 0), 3), ((5, 0, 9, 0), 4),
        ((1, 0, 0, 4), 1), ((3, 0, 3, 10), 3), ((4, 0, 1, 11), 4), ((5, 0, 1, 9), 3), ((6, 0, 1, 8), 4),
        ((0, 3, 3, 0), 1), ((0, 3, 4, 0), 2), ((0, 5, 6, 0), 2), ((0, 6, 6, 0), 3),
        ((0, 2, 2, 3), 1), ((0, 2, 2, 4), 2), ((0, 4, 4, 5), 2), ((0, 4, 5, 5), 3),
        # The formula asks for more than the table: 1/3 + 7/6 + 3/7.2 + 1/9.6 is over 2.
        ((1, 7, 3, 1), 3),
        # One child less would need more: without the oldest child 6 one-year-olds need two.
        ((0, 6, 0, 1), 2), ((0, 5, 0, 1), 1), ((0, 1, 11, 1), 3),
    ],
)  # fmt: skip
def test_day_care(counts: tuple[int, int, int, int], required: int | None) -> None:
    assert required_staff_nl_day_care(counts) == required


@pytest.mark.parametrize("counts", [(1, 2, 3), (1, 2, 3, 4, 5), (-1, 0, 0, 0)])
def test_counts_that_are_none(counts: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="four counts"):
        required_staff_nl_day_care(counts)


@pytest.mark.parametrize(
    ("under", "over", "required"),
    [(0, 0, 0), (3, 0, 1), (4, 0, 2), (0, 6, 1), (0, 7, 2), (3, 6, 2), (1, 4, 1), (2, 3, 2), (9, 18, 6)],
)
def test_norway(under: int, over: int, required: int) -> None:
    assert required_staff_no(under, over) == required


def test_three_from_august_of_the_year() -> None:
    december, january = date(2023, 12, 31), date(2023, 1, 1)
    for birth in (december, january):
        assert not counts_as_three_no(birth, date(2026, 7, 31))
        assert counts_as_three_no(birth, date(2026, 8, 1))
    assert not counts_as_three_no(date(2024, 1, 1), date(2026, 8, 1))


@pytest.mark.parametrize(
    ("young", "old", "required"), [(0, 0, 0), (10, 0, 1), (11, 0, 2), (0, 12, 1), (0, 13, 2), (5, 6, 1), (5, 7, 2)]
)
def test_after_school(young: int, old: int, required: int) -> None:
    assert required_staff_nl_after_school(young, old) == required


def test_advice_names_the_rule() -> None:
    nl = advice("day_care", "NL", [born(0), born(0), born(1), born(2), born(3), born(4)], DAY)
    assert (nl.required, nl.rule) == (2, "nl_day_care_table")
    assert nl.args == {"aged_0": "2", "aged_1": "1", "aged_2": "1", "aged_3": "2"}
    assert advice("day_care", "NL", [born(1)] * 7 + [born(0)] + [born(2)] * 3 + [born(3)], DAY).rule == (
        "nl_day_care_formula"
    )
    assert advice("day_care", "NL", [born(1)] * 6 + [born(3)], DAY).rule == "nl_day_care_fewer"
    too_many = advice("day_care", "NL", [born(0)] * 13, DAY)
    assert (too_many.required, too_many.rule) == (None, "nl_day_care_no_group")
    after = advice("after_school", "NL", [born(5)] * 10 + [born(8)], DAY)
    assert (after.required, after.rule, after.uncertain) == (2, "nl_after_school", True)
    norway = advice("day_care", "NO", [date(2023, 12, 1)] * 6 + [date(2024, 1, 1)] * 3, DAY)
    assert (norway.required, norway.rule, norway.args) == (2, "no_kindergarten", {"under": "3", "over": "6"})
    assert advice("day_care", "", [born(1)], DAY).rule == "no_rule"
    assert advice("school", "NL", [born(6)], DAY).required is None
    assert advice("day_care", "NL", [], DAY).required == 0


def test_an_unknown_birth_date_counts_as_the_youngest() -> None:
    ratio = advice("day_care", "NL", [None, None, None, None], DAY)
    assert (ratio.required, ratio.unknown) == (2, 4)
    assert advice("day_care", "NO", [None, None, None, None], DAY).required == 2


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ((3, 3, 600, 0), (True, "enough", 2, 180)),
        ((3, 2, 600, 60), (True, "below_within_three_hours", 2, 120)),
        ((3, 2, 600, 180), (True, "below_within_three_hours", 2, 0)),
        ((3, 2, 600, 181), (False, "below_too_long", 2, 0)),
        ((3, 1, 600, 0), (False, "below_half", 2, 180)),
        ((3, 2, 599, 0), (False, "open_too_short", 2, 0)),
        ((4, 2, 660, 0), (True, "below_within_three_hours", 2, 180)),
    ],
)
def test_three_hours(arguments: tuple[int, int, int, int], expected: tuple[Any, ...]) -> None:
    found = three_hours(*arguments)
    assert (found.allowed, found.rule, found.least, found.minutes_left) == expected


def test_the_rules_are_listed() -> None:
    assert {"nl_day_care_table", "nl_day_care_fewer", "no_kindergarten", "no_rule"} <= RATIO_RULES
