"""Five days as figures: naps where they lay on the clock, portions, millilitres, nappies by kind."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from kindertui.domain.daylog import Entry, Kind
from kindertui.domain.week import WeekDay, week_days

ZONE = ZoneInfo("Europe/Amsterdam")
DAY = date(2026, 11, 23)
QUARTERS = 12 * 4  # from 07:00 until 19:00


def at(hour: int, minute: int = 0, day: date = DAY) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZONE)


def entry(kind: Kind, start: datetime, end: datetime | None = None, **more: Any) -> Entry:
    return Entry(id=f"{kind}{start}", rev=1, child_id="a", day=DAY, kind=kind, start=start, end=end, **more)


def one(*entries: Entry, now: datetime | None = None, day: date = DAY) -> WeekDay:
    (found,) = week_days([(day, entries)], now or at(17))
    return found


def slept(day: WeekDay) -> list[int]:
    return [place for place, state in enumerate(day.quarters) if state]


def test_a_nap_fills_the_quarters_it_touches() -> None:
    found = one(entry("sleep", at(12, 31), at(14, 1)))
    assert slept(found) == list(range(22, 29)) and found.minutes == 90
    assert set(found.quarters) == {"", "asleep"} and len(found.quarters) == QUARTERS
    assert slept(one(entry("sleep", at(12, 30), at(14)))) == list(range(22, 28))
    assert slept(one(entry("sleep", at(12, 30), at(12, 31)))) == [22]  # the shortest is still seen


def test_who_did_not_sleep_has_no_nap_and_no_minute() -> None:
    found = one(entry("sleep", at(12), at(12), detail={"none": True}))
    assert (found.written, found.no_sleep, found.naps, found.minutes, slept(found)) == (True, True, (), 0, [])
    assert not one(entry("sleep", at(12), at(13))).no_sleep


def test_what_lies_outside_the_clock_counts_and_is_not_drawn() -> None:
    found = one(entry("sleep", at(6), at(7, 15)), entry("sleep", at(18, 50), at(19, 30)))
    assert slept(found) == [0, QUARTERS - 1] and found.minutes == 75 + 40
    assert found.outside == found.naps
    found = one(entry("sleep", at(5), at(6)), entry("sleep", at(12), at(13)), entry("sleep", at(20, 30)), now=at(21))
    assert [f"{nap.start:%H}" for nap in found.outside] == ["05", "20"] and found.minutes == 60 + 60 + 30


def test_a_sleep_over_midnight_is_drawn_on_both_days_and_counted_on_one() -> None:
    next_day = DAY + timedelta(days=1)
    night = entry("sleep", at(20, 30), at(7, 20, next_day))
    first, second = week_days([(DAY, [night]), (next_day, [])], at(12, day=next_day))
    assert slept(first) == [] and first.outside == (night,) and first.minutes == 10 * 60 + 50
    assert slept(second) == [0, 1] and second.naps == () and second.minutes == 0
    (alone,) = week_days([(DAY + timedelta(days=2), [])], at(12, day=next_day))
    assert slept(alone) == []
    goes_on = entry("sleep", at(20, 30))
    first, _second = week_days([(DAY, [goes_on]), (next_day, [])], at(0, 25, next_day))
    assert first.minutes == 3 * 60 + 55


def test_an_open_nap_goes_on_until_now_and_says_nothing_of_a_day_gone_by() -> None:
    napping = entry("sleep", at(12))
    today = one(napping, now=at(12, 40))
    assert today.minutes == 40 and [today.quarters[i] for i in slept(today)] == ["open"] * 3
    later = one(napping, now=at(9, day=DAY + timedelta(days=3)))
    assert later.minutes == 0 and slept(later) == [20]


def test_minutes_are_true_in_the_night_the_clocks_change() -> None:
    night = date(2026, 10, 25)
    asleep = entry("sleep", at(1, day=night), at(4, day=night))
    (found,) = week_days([(night, [asleep])], at(12, day=night))
    assert found.minutes == 4 * 60


def test_food_drink_and_nappies_are_counted() -> None:
    found = one(
        entry("meal", at(9), amount=0.5, unit="portion"),
        entry("bottle", at(10), amount=150.0, unit="ml"),
        entry("drink", at(11)),
        *(entry("nappy", at(8 + i), detail={"content": what}) for i, what in enumerate(("soiled", "wet", "wet"))),
    )
    assert found.written and [meal.amount for meal in found.meals] == [0.5]
    assert (found.drinks, found.millilitres) == (2, 150)
    assert list(found.nappies.items()) == [("wet", 2), ("soiled", 1)]  # always in one order
    assert not one().written


@given(st.lists(st.tuples(st.integers(-600, 2000), st.integers(0, 3000)), max_size=5))
def test_no_nap_breaks_the_clock(naps: list[tuple[int, int]]) -> None:
    noon = at(12)
    entries = [
        entry("sleep", noon + timedelta(minutes=start), noon + timedelta(minutes=start + long)) for start, long in naps
    ]
    found = one(*entries)
    assert len(found.quarters) == QUARTERS and found.minutes >= 0
