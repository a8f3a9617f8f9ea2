"""What says the same as another record: the smallest pair that does, and its neighbour that does not."""

from datetime import UTC, date, datetime, time
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from kindertui.domain.absences import ABSENCE_KINDS, Absence
from kindertui.domain.daylog import Entry, Kind
from kindertui.domain.memos import Memo
from kindertui.domain.people import CareFact, PickUp, Restriction
from kindertui.domain.plausibility.case import Interval
from kindertui.domain.twice import (
    around,
    fetching_twice,
    lifted_since,
    minded_twice,
    moved_twice,
    noted_twice,
    reported_twice,
    restricted_twice,
)

DAY = date(2026, 11, 20)
NEXT = date(2026, 11, 21)
LATER = date(2026, 11, 23)
NINE, TEN, NOON = time(9), time(10), time(12)


def report(**said: Any) -> Absence:
    told = {"kind": "sick", "first_day": DAY, "last_day": None, "channel": "phone", "reported_at": datetime.now(UTC)}
    return Absence(id="", rev=0, **{"child_id": "aya", **told, **said})


@pytest.mark.parametrize(
    ("new", "old", "same"),
    [
        ({}, {}, True),
        ({}, {"kind": "holiday"}, False),
        ({}, {"child_id": "bram"}, False),
        ({"first_day": LATER}, {}, True),  # the first one is open
        ({"first_day": LATER}, {"last_day": NEXT}, False),
        ({"first_day": NEXT}, {"last_day": NEXT}, True),
        ({"first_day": NEXT}, {"last_day": NEXT, "end": NOON}, False),  # that one was over at noon
        ({"last_day": DAY, "start": NINE, "end": TEN}, {"last_day": DAY, "start": TEN, "end": NOON}, False),
        ({"last_day": DAY, "start": NINE, "end": NOON}, {"last_day": DAY, "start": TEN}, True),
        ({"last_day": DAY, "start": NINE, "end": TEN}, {"last_day": DAY}, True),
        ({"last_day": NEXT, "start": NINE, "end": TEN}, {"last_day": NEXT, "start": TEN, "end": NOON}, True),
        ({"kind": "swap_day", "last_day": NEXT}, {"kind": "swap_day", "last_day": LATER}, True),
        (
            {"kind": "swap_day", "first_day": NEXT, "last_day": LATER},
            {"kind": "swap_day", "first_day": DAY, "last_day": LATER},
            True,
        ),
        (
            {"kind": "swap_day", "first_day": NEXT, "last_day": LATER},
            {"kind": "swap_day", "first_day": DAY, "last_day": NEXT},
            False,
        ),
    ],
)
def test_a_report_twice(new: dict[str, Any], old: dict[str, Any], same: bool) -> None:
    assert reported_twice(report(**new), report(**old)) is same


days = st.dates(DAY, LATER)
hours = st.none() | st.sampled_from((NINE, TEN, NOON))
reports = st.builds(
    lambda kind, days, start, end: report(
        kind=kind,
        first_day=min(days),
        last_day=max(days),
        start=start,
        end=end if start is None or end != start else None,
    ),
    st.sampled_from(ABSENCE_KINDS),
    st.tuples(days, days),
    hours,
    hours,
)


@given(reports.filter(lambda one: not (one.start and one.end) or one.start < one.end))
def test_a_report_is_twice_itself(one: Absence) -> None:
    again = one.kind == "sick" and one.end is not None and one.first_day == one.last_day  # the next bout of the day
    assert reported_twice(one, one) is not again


@given(reports.filter(lambda one: one.kind != "sick"), reports.filter(lambda one: one.kind != "sick"))
def test_reports_are_twice_whichever_came_first(one: Absence, other: Absence) -> None:
    assert reported_twice(one, other) is reported_twice(other, one)


def restriction(**said: Any) -> Restriction:
    return Restriction(**{"id": "", "child_id": "aya", "guardian_id": "tom", "kind": "pick_up", "reason": "court order",
                          "since": DAY, "author": "Ina", **said})  # fmt: skip


@pytest.mark.parametrize(
    ("old", "twice", "lifted"),
    [
        ({}, True, False),
        ({"since": LATER, "reason": "other", "author": "Jo"}, True, False),
        ({"kind": "contact"}, False, False),
        ({"guardian_id": None}, False, False),
        ({"child_id": "bram"}, False, False),
        ({"lifted_on": NEXT}, False, True),
        ({"lifted_on": NEXT, "since": LATER}, False, False),
        ({"lifted_on": NEXT, "since": DAY.isoformat()}, False, True),  # as a record has it
        ({"lifted_on": NEXT, "kind": "contact"}, False, False),
    ],
)
def test_a_restriction_twice(old: dict[str, Any], twice: bool, lifted: bool) -> None:
    assert restricted_twice(restriction(), restriction(**old)) is twice
    assert lifted_since(restriction(), restriction(**old)) is lifted


moves = st.lists(
    st.tuples(st.integers(0, 20), st.sampled_from(("arrival", "departure"))), max_size=6, unique_by=lambda one: one[0]
)


@given(moves, st.integers(0, 20), st.sampled_from(("arrival", "departure")))
def test_a_move_is_said_twice_where_two_of_a_kind_would_follow_each_other(
    written: list[tuple[int, Kind]], at: int, kind: Kind
) -> None:
    def move(at: int, kind: Kind) -> Interval:
        start = datetime.fromtimestamp(at, UTC)
        return Interval(float(at), float(at), Entry(f"{kind}-{at}", 1, "aya", DAY, kind, start))

    log: list[Interval] = []  # in and out in turn, as a day without a slip has them
    for one in sorted(written):
        if one[0] != at and (not log or log[-1].entry.kind != one[1]):
            log.append(move(*one))
    kinds = [one.entry.kind for one in sorted([*log, move(at, kind)])]
    found = moved_twice(kind, *around(log, float(at)))
    assert (found is not None) is any(a == b for a, b in pairwise(kinds))
    assert found is None or found.kind == kind


def test_words_are_compared_as_names_are() -> None:
    fact = CareFact("1", "aya", "allergy", "Koemelk")
    assert noted_twice(replace(fact, text="  koeMELK "), fact)
    assert not noted_twice(replace(fact, kind="diet"), fact)
    assert not noted_twice(replace(fact, text="koemelk, ei"), fact)
    assert not noted_twice(replace(fact, child_id="bram"), fact)
    bep = PickUp("1", "aya", "Oma Bep", "grandmother")
    assert fetching_twice(replace(bep, name="oma  bep", relation="", phone="1"), bep)
    assert not fetching_twice(replace(bep, name="Oma Bea"), bep)
    assert not fetching_twice(replace(bep, child_id="bram"), bep)
    memo = Memo("1", 1, "aya", None, DAY, LATER, "granny fetches")
    assert minded_twice(replace(memo, text="Granny  Fetches", first_day=NEXT), memo)
    for other in ({"until": NEXT}, {"text": "granny comes"}, {"child_id": "bram"}, {"child_id": None, "group_id": "b"}):
        assert not minded_twice(replace(memo, **other), memo), other
