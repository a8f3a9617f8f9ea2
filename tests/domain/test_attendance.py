"""Who is expected when, and what a request would change."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from kindertui.domain.absences import Absence
from kindertui.domain.attendance import by_hour, not_come
from kindertui.domain.daylog import Entry
from kindertui.domain.people import Child, Group, Slot
from kindertui.domain.roster import ChildDay, expected_hours, head_counts
from kindertui.portal import profile

ZONE = ZoneInfo("Europe/Amsterdam")
DAY = date(2026, 11, 25)
TOLD = datetime(2026, 11, 20, 9, 0, tzinfo=ZONE)
GROUP = Group("g", "Vlinders")
BITCARE = profile.load("bitcare")
BOOKED = (time(8), time(18))


def told(kind: Any, child: str = "a", **given: Any) -> Absence:
    given = {"first_day": DAY, "last_day": DAY, "reported_at": TOLD, **given}
    return Absence(id=f"{kind}{child}", rev=1, child_id=child, kind=kind, channel="portal", **given)


def child_day(*absences: Absence, child: str = "a", booked: bool = True, born: date = date(2023, 1, 1)) -> ChildDay:
    one = Child(child, child, "", "", born, GROUP.id)
    return ChildDay(one, DAY, Slot(child, DAY.isoweekday(), *BOOKED) if booked else None, absences=absences)


@pytest.mark.parametrize(
    ("nature", "state", "expected"),
    [
        ("notice", "new", True), ("notice", "acknowledged", True), ("notice", "withdrawn", False),
        ("request", "new", False), ("request", "approved", True), ("request", "refused", False),
        ("request", "withdrawn", False),
    ],
)  # fmt: skip
def test_what_holds(nature: Any, state: Any, expected: bool) -> None:
    assert told("leave", nature=nature, state=state).holds is expected


@pytest.mark.parametrize(
    ("absences", "booked", "expected"),
    [
        ((), True, BOOKED),
        ((), False, None),
        ((told("sick", last_day=None),), True, None),
        ((told("late", start=time(9, 30)),), True, (time(9, 30), time(18))),
        ((told("early_pick_up", end=time(15)),), True, (time(8), time(15))),
        ((told("late", start=time(9, 30)),), False, None),
        ((told("flexible_hours", start=time(7), end=time(12), nature="request", state="approved"),), True,
         (time(7), time(12))),
        ((told("flexible_hours", start=time(7), nature="request"),), True, BOOKED),
        ((told("extra_day", start=time(10), end=time(13)),), False, (time(10), time(13))),
        ((told("extra_day"),), False, (time(7), time(19))),
        ((told("extra_day", nature="request"),), False, None),
        ((told("extra_day", first_day=DAY + timedelta(days=1), last_day=DAY + timedelta(days=1)),), False, None),
        ((told("swap_day", last_day=DAY + timedelta(days=2)),), True, None),
        ((told("swap_day", first_day=DAY + timedelta(days=2)),), False, (time(7), time(19))),
        ((told("swap_day", first_day=DAY - timedelta(days=1), last_day=DAY + timedelta(days=1)),), True, BOOKED),
        ((told("doctor", start=time(9), end=time(10)),), True, BOOKED),
        ((told("late", start=time(10)), told("late", start=time(9), reported_at=TOLD + timedelta(hours=1))), True,
         (time(9), time(18))),
    ],
)  # fmt: skip
def test_hours_expected(absences: tuple[Absence, ...], booked: bool, expected: Any) -> None:
    assert expected_hours(child_day(*absences, booked=booked)) == expected


def test_an_hour_counts_who_is_there_for_any_of_it() -> None:
    short = told("extra_day", start=time(10, 30), end=time(12))
    hours = {one.start: one.children for one in by_hour([child_day(short, booked=False)], GROUP, BITCARE)}
    assert {start for start, count in hours.items() if count} == {10, 11}
    assert list(hours) == list(range(7, 19))


def test_a_request_is_shown_beside_what_is() -> None:
    days = [child_day(child=str(number)) for number in range(8)] + [child_day(booked=False)]
    request = told("extra_day", start=time(10), end=time(12), nature="request")
    hours = {one.start: one for one in by_hour(days, GROUP, BITCARE, request)}
    # bijlage 1: one member of staff for at most 8 children of three years
    assert (hours[9].children_after, hours[9].need, hours[9].need_after) == (8, 1, 1)
    assert (hours[10].children, hours[10].children_after, hours[10].need, hours[10].need_after) == (8, 9, 1, 2)


def test_a_leave_makes_room() -> None:
    days = [child_day(child=str(number)) for number in range(9)]
    leave = told("leave", "3", nature="request")
    hours = {one.start: one for one in by_hour(days, GROUP, BITCARE, leave)}
    assert (hours[10].need, hours[10].need_after) == (2, 1)


def test_too_many_for_any_lawful_group() -> None:
    days = [child_day(child=str(number)) for number in range(16)] + [child_day(booked=False)]
    hours = {one.start: one for one in by_hour(days, GROUP, BITCARE, told("extra_day", nature="request"))}
    assert (hours[10].need, hours[10].need_after) == (2, None)


def test_who_has_not_come_after_the_grace() -> None:
    grace = timedelta(minutes=30)
    days = [
        child_day(child="b"),
        child_day(),
        child_day(told("sick", "c"), child="c"),
        child_day(child="d", booked=False),
    ]
    at = datetime.combine(DAY, time(8, 30), ZONE)
    assert not_come(days, at - timedelta(minutes=1), grace) == ()
    assert [(at, day.child.id) for at, day in not_come(days, at, grace)] == [(time(8), "a"), (time(8), "b")]


@given(st.lists(st.tuples(st.sampled_from(["arrival", "departure", "note"]), st.integers(0, 4)), max_size=7))
def test_in_is_to_have_come_and_not_left_since(told: list[tuple[Any, int]]) -> None:
    entries = tuple(
        Entry(f"{n}", 1, "a", DAY, kind, datetime(2026, 11, 25, 8 + hour, tzinfo=ZONE))
        for n, (kind, hour) in enumerate(sorted(told, key=lambda one: one[1]))
    )
    day = ChildDay(Child("a", "a", "", "", None, GROUP.id), DAY, entries=entries)
    assert day.is_in == (day.arrival is not None and day.departure is None)


def moment(kind: Any, hour: int) -> Entry:
    at = datetime(DAY.year, DAY.month, DAY.day, hour, tzinfo=ZONE)
    return Entry(f"{kind}{hour}", 1, "a", DAY, kind, at)


@pytest.mark.parametrize(
    ("come", "absences", "booked", "at_noon", "days_after"),
    [
        ((), (), True, (0, 1), (0, 1)),
        ((), (), False, (0, 0), (0, 0)),
        ((), (told("sick", last_day=None),), True, (0, 0), (0, 0)),
        (("arrival",), (), True, (1, 1), (1, 1)),
        (("arrival",), (), False, (1, 1), (1, 1)),  # who comes all the same is one to be expected
        (("arrival",), (told("sick", last_day=None),), True, (1, 1), (1, 1)),
        (("arrival", "departure"), (), True, (0, 1), (1, 1)),  # gone home is not in, and was in
        (("arrival", "departure"), (), False, (0, 1), (1, 1)),
        (("arrival", "departure", "arrival"), (), True, (1, 1), (1, 1)),
        (("arrival", "departure", "arrival", "departure"), (), True, (0, 1), (1, 1)),
        (("departure",), (), True, (0, 1), (0, 1)),  # nobody wrote that she came
    ],
)
def test_how_many_are_in_now_and_of_a_day_gone_by_were(
    come: tuple[str, ...], absences: Any, booked: bool, at_noon: Any, days_after: Any
) -> None:
    entries = tuple(moment(kind, 8 + hour) for hour, kind in enumerate(come))
    day = replace(child_day(*absences, booked=booked), entries=entries)
    noon = datetime(DAY.year, DAY.month, DAY.day, 12, tzinfo=ZONE)
    assert head_counts([day], noon) == at_noon
    assert head_counts([day], noon - timedelta(days=1)) == at_noon  # a day to come is counted as it stands
    for later in (timedelta(hours=12), timedelta(days=1), timedelta(days=400)):  # from midnight on
        assert head_counts([day], noon + later) == days_after
    assert head_counts([day, child_day(child="b"), day], noon + timedelta(days=1)) == (
        2 * days_after[0], 2 * days_after[1] + 1,
    )  # fmt: skip
