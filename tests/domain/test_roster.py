"""A stay that nobody has ended when its day is over: whether it goes on, and what the two days say of it."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from kindertui.domain.daylog import Entry, Kind
from kindertui.domain.people import Child, Slot
from kindertui.domain.roster import ChildDay, stays_over

ZONE = ZoneInfo("Europe/Amsterdam")
EVE = date(2026, 11, 23)
AYA = Child("aya", "Aya", "", "Bakker", date(2024, 2, 3), "g")


def at(clock: str) -> datetime:
    """A time of the eve; with a `+`, of the day after."""
    day = EVE + timedelta(days=clock.endswith("+"))
    return datetime.combine(day, time.fromisoformat(clock.removesuffix("+")), ZONE)


def entry(kind: Kind, start: str, end: str | None = None) -> Entry:
    return Entry(f"{kind}{start}", 1, "aya", at(start).date(), kind, at(start), at(end) if end else None)


def eve(*entries: Entry, booked: str | None = None) -> ChildDay:
    slot = None
    if booked is not None:
        start, end = (time.fromisoformat(one) for one in booked.split("-"))
        slot = Slot("aya", EVE.isoweekday(), start, end)
    return ChildDay(AYA, EVE, slot, entries, scheduled=slot is not None)


CAME, EVENING = entry("arrival", "08:05"), entry("arrival", "20:00")


@pytest.mark.parametrize(
    ("day", "since", "now", "still"),
    [
        (eve(EVENING), (), "00:25+", True),
        (eve(EVENING, booked="08:00-18:00"), (), "00:25+", True),  # her hours were over when she came
        (eve(EVENING, booked="18:00-23:30"), (), "00:25+", True),  # evening care: nobody booked her out
        (eve(EVENING), (), "11:59+", True),
        (eve(EVENING), (), "12:00+", False),
        (eve(EVENING, entry("sleep", "20:30")), (), "11:59+", True),
        (eve(EVENING, entry("sleep", "20:30")), (entry("nappy", "03:10+"),), "15:09+", True),
        (eve(EVENING, entry("sleep", "20:30", "06:40+")), (), "18:39+", True),
        (eve(EVENING, entry("sleep", "20:30", "06:40+")), (), "18:40+", False),
        (eve(EVENING, entry("departure", "23:10")), (), "00:25+", False),
        (eve(CAME, booked="08:00-18:00"), (), "00:00+", False),  # forgotten, as everybody would say
        (eve(CAME, entry("activity", "17:50"), booked="08:00-18:00"), (), "00:25+", False),
        (eve(CAME, entry("note", "18:30"), booked="08:00-18:00"), (), "00:25+", False),  # her mother phoned
        (eve(CAME, entry("sleep", "21:15"), booked="08:00-18:00"), (), "00:25+", True),  # seen after her hours
        (eve(CAME), (), "00:25+", False),  # sixteen hours on, and nothing was seen of her
        (eve(CAME, entry("activity", "16:45")), (), "04:44+", True),
        (eve(CAME, entry("activity", "16:45")), (), "04:45+", False),
    ],
)
def test_whether_a_stay_goes_on_over_midnight(day: ChildDay, since: tuple[Entry, ...], now: str, still: bool) -> None:
    assert stays_over(day, since, at(now)) is still


@given(st.integers(min_value=0, max_value=23 * 60 + 59), st.integers(min_value=0, max_value=30 * 60))
def test_nobody_is_in_whom_nobody_saw_for_long(came: int, later: int) -> None:
    day = eve(entry("arrival", f"{came // 60:02}:{came % 60:02}"))
    now = at("00:00+") + timedelta(minutes=later)
    in_the_evening = came >= 19 * 60 and now < at("12:00+")
    assert stays_over(day, (), now) == (now - day.entries[0].start < timedelta(hours=12) or in_the_evening)


def test_what_two_days_say_of_one_stay() -> None:
    sleep, out = entry("sleep", "21:00", "06:40+"), entry("departure", "07:30+")
    first = replace(eve(EVENING, sleep), after=(out,))
    assert not first.is_in and first.departure == out and first.presence(at("08:00+")) == "out"
    second = ChildDay(AYA, EVE + timedelta(days=1), before=(EVENING, sleep))
    assert second.is_in and second.arrival == EVENING and second.asleep is None and second.last_sleep == sleep
    left = replace(second, entries=(out,))
    assert not left.is_in and left.departure == out and left.entries == (out,)
    again = replace(left, entries=(out, entry("arrival", "15:00+")))
    assert again.is_in and again.departure is None
