"""What is still due, by age and hour, and when a sleeper is to be looked at."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from kindertui.domain.daylog import Entry, Kind
from kindertui.domain.due import check_late_by, next_check, sleep_checks_due, still_due
from kindertui.domain.people import Child, Slot
from kindertui.domain.roster import ChildDay
from kindertui.portal import profile

ZONE = ZoneInfo("Europe/Amsterdam")
DAY = date(2026, 11, 23)
BITCARE = profile.load("bitcare")
BABY, TODDLER, FOUR = date(2026, 2, 3), date(2025, 7, 1), date(2022, 1, 1)


def at(clock: str, day: date = DAY) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), ZONE)


def entry(kind: Kind, start: str, end: str | None = None, **more: Any) -> Entry:
    return Entry(f"{kind}{start}", 1, "aya", DAY, kind, at(start), at(end) if end else None, **more)


def child_day(birth: date | None, *entries: Entry, until: str = "17:30") -> ChildDay:
    child = Child("aya", "Aya", "", "Bakker", birth, "g")
    slot = Slot("aya", 1, time(8, 0), time.fromisoformat(until))
    return ChildDay(child, DAY, slot, tuple(sorted(entries, key=lambda e: (e.start, e.id))))


IN = entry("arrival", "08:00")
NO_NAP = entry("sleep", "12:00", "12:00", detail={"none": True})


@pytest.mark.parametrize(
    ("now", "entries", "due"),
    [
        ("10:59", (), ()),
        ("11:00", (), ("food", "nappy")),
        ("12:00", (), ("food", "nappy", "sleep")),
        ("12:00", (entry("bottle", "09:00"), entry("nappy", "09:30")), ("sleep",)),
        ("12:30", (entry("meal", "11:30"), entry("nappy", "09:30"), entry("sleep", "10:00", "10:45")), ("nappy",)),
        ("13:00", (entry("bottle", "09:00"), entry("nappy", "12:00"), entry("sleep", "10:00", "10:45")), ("food",)),
        ("12:59", (entry("bottle", "09:00"), entry("nappy", "12:00"), entry("sleep", "10:00", "10:45")), ()),
        ("13:00", (entry("bottle", "12:00"), entry("nappy", "12:00"), NO_NAP), ()),  # who did not sleep has said so
        ("12:30", (entry("sleep", "11:30"),), ()),  # asleep: nobody wakes her for a nappy
        ("14:31", (entry("sleep", "11:30"),), ("sleep_end",)),
        ("13:00", (entry("sleep", "11:30", "12:30"),), ("food", "nappy")),
        ("18:01", (entry("bottle", "16:00"), entry("nappy", "16:00"), entry("sleep", "10:00", "11:00")),
         ("departure",)),
    ],
)  # fmt: skip
def test_under_one_everything(now: str, entries: tuple[Entry, ...], due: tuple[str, ...]) -> None:
    assert still_due(child_day(BABY, IN, *entries), at(now), BITCARE) == due


@pytest.mark.parametrize(
    ("now", "entries", "due"),
    [
        ("13:59", (), ()),
        ("14:00", (), ("sleep",)),
        ("16:00", (entry("sleep", "12:30", "14:00"),), ()),
        ("16:00", (entry("sleep", "12:30"),), ("sleep_end",)),
        ("18:01", (), ("departure", "sleep")),  # what is read to parents wrongly first: a narrow column cuts the rest
    ],
)
def test_from_one_sleep_only(now: str, entries: tuple[Entry, ...], due: tuple[str, ...]) -> None:
    assert still_due(child_day(TODDLER, IN, *entries), at(now), BITCARE) == due


def test_nothing_is_due_of_a_child_who_never_came_or_whom_nothing_is_asked_of() -> None:
    assert still_due(child_day(BABY), at("16:00"), BITCARE) == ()
    assert still_due(child_day(FOUR, IN), at("16:00"), BITCARE) == ()
    assert still_due(child_day(None, IN), at("16:00"), BITCARE) == ()
    assert still_due(child_day(BABY, IN), at("16:00"), profile.load("vigilo")) == ()


def test_of_a_child_who_left_only_what_fell_due_while_in() -> None:
    gone = child_day(BABY, IN, entry("bottle", "10:00"), entry("departure", "11:30"))
    assert still_due(gone, at("17:00"), BITCARE) == ("nappy",)
    short = child_day(BABY, IN, entry("departure", "09:00"))
    assert still_due(short, at("17:00"), BITCARE) == ()
    asleep = child_day(BABY, IN, entry("sleep", "10:00"), entry("departure", "11:30"))
    assert still_due(asleep, at("11:30"), BITCARE) == ("sleep_end",)


def test_a_second_stay_starts_anew() -> None:
    back = child_day(BABY, IN, entry("departure", "09:00"), entry("arrival", "12:00"))
    assert still_due(back, at("14:59"), BITCARE) == ()
    assert still_due(back, at("15:00"), BITCARE) == ("food", "nappy")
    before = child_day(BABY, IN, entry("nappy", "08:30"), entry("departure", "09:00"), entry("arrival", "12:00"))
    assert still_due(before, at("14:59"), BITCARE) == (), "the time away does not count"


def test_a_day_gone_by_asks_for_its_ends_only() -> None:
    open_day = child_day(BABY, IN, entry("sleep", "16:00"))
    assert still_due(open_day, at("09:00", DAY + timedelta(days=1)), BITCARE) == ("sleep_end", "departure")
    assert still_due(child_day(BABY, IN), at("09:00", DAY + timedelta(days=1)), BITCARE) == ("departure",)
    ended = child_day(BABY, IN, entry("departure", "12:00"))
    assert still_due(ended, at("09:00", DAY + timedelta(days=1)), BITCARE) == ("food", "nappy", "sleep")


def test_a_child_without_a_slot_is_not_late_today() -> None:
    day = replace(child_day(TODDLER, IN, entry("sleep", "12:00", "13:00")), slot=None)
    assert still_due(day, at("20:00"), BITCARE) == ()


def test_the_numbers_are_the_policy_s() -> None:
    band = BITCARE.bands[0]
    sooner = replace(band, dues=tuple(replace(due, first_after=30) for due in band.dues))
    policy = replace(BITCARE, bands=(sooner, *BITCARE.bands[1:]))
    assert still_due(child_day(BABY, IN), at("08:30"), policy) == ("food", "nappy", "sleep")


def test_the_next_look_is_an_interval_after_the_last() -> None:
    sleep = entry("sleep", "12:30")
    assert next_check(sleep, (), (0, 9), BITCARE) == at("12:40")
    assert next_check(sleep, (), (1, 4), BITCARE) == at("12:45")
    looks = (entry("sleep_check", "12:42"), entry("sleep_check", "12:39"), entry("sleep_check", "11:00"))
    assert next_check(sleep, looks, (0, 9), BITCARE) == at("12:52")
    assert next_check(sleep, (entry("nappy", "12:50"),), (0, 9), BITCARE) == at("12:40")
    assert next_check(sleep, (entry("sleep_check", "11:00"),), (0, 9), BITCARE) == at("12:40"), "of an earlier sleep"
    assert next_check(sleep, (replace(looks[0], child_id="bram"),), (0, 9), BITCARE) == at("12:40")


def test_no_next_look_at_a_child_who_woke_or_where_it_is_off() -> None:
    assert next_check(entry("sleep", "12:30", "13:00"), (), (0, 9), BITCARE) is None
    assert next_check(entry("sleep", "12:30"), (), (1, 9), replace(BITCARE, check_from_1=0)) is None


def test_the_clock_going_back_does_not_hide_a_look() -> None:
    start = datetime(2026, 10, 25, 2, 55, tzinfo=ZONE)
    due = next_check(replace(entry("sleep", "12:30"), start=start), (), (0, 9), BITCARE)
    assert due is not None and (due.hour, due.minute, due.fold) == (2, 5, 1)


def test_the_clock_going_back_does_not_shorten_a_sleep() -> None:
    eve, start = date(2026, 10, 24), datetime(2026, 10, 24, 19, 10, tzinfo=ZONE)
    arrival = replace(IN, day=eve, start=start)
    sleep = replace(entry("sleep", "12:30"), day=eve, start=start)
    night = ChildDay(child_day(TODDLER).child, date(2026, 10, 25), before=(arrival, sleep))
    assert still_due(night, datetime(2026, 10, 25, 8, 5, tzinfo=ZONE), BITCARE) == (), "a night is no nap"
    now = datetime(2026, 10, 25, 8, 15, tzinfo=ZONE)
    assert still_due(night, now, BITCARE) == ("sleep_end",), "fourteen hours and five minutes, an hour less by the wall"


def test_booked_hours_say_nothing_of_who_came_after_them() -> None:
    evening = child_day(TODDLER, entry("arrival", "20:00"))
    assert still_due(evening, at("21:00"), BITCARE) == ()
    assert still_due(child_day(TODDLER, entry("arrival", "17:20")), at("21:00"), BITCARE) == ("departure",)


@pytest.mark.parametrize(
    ("looks", "at_clock", "late"),
    [
        ((), "12:39", 0),
        ((), "12:40", 0),  # at the minute it is due it is in time
        ((), "12:41", 1),
        (("12:38",), "12:48", 0),
        (("12:38",), "12:53", 5),
        (("12:38", "12:50"), "12:45", 0),  # written afterwards: only the looks before it count
        (("12:38", "12:59"), "12:52", 4),
        ((), "12:20", 0),  # before she slept
        ((), "13:11", 0),  # and after she woke
        ((), "13:10", 30),
    ],
)
def test_a_look_is_late_by_what_was_looked_before_it(looks: tuple[str, ...], at_clock: str, late: int) -> None:
    day = child_day(BABY, IN, entry("sleep", "12:30", "13:10"), *(entry("sleep_check", look) for look in looks))
    assert check_late_by(at(at_clock), day, BITCARE) == late
    off = replace(BITCARE, check_under_1=0, check_from_1=0)
    assert check_late_by(at(at_clock), day, off) == 0


def test_no_look_is_owed_to_who_did_not_sleep() -> None:
    day = child_day(BABY, IN, NO_NAP)
    assert day.asleep is None and sleep_checks_due((day,), BITCARE) == ()
    earlier = entry("sleep_check", "11:00")
    assert check_late_by(at("12:00"), child_day(BABY, IN, earlier, NO_NAP), BITCARE) == 0
    assert next_check(NO_NAP, (), (0, 9), BITCARE) is None


def test_a_look_that_is_corrected_is_not_the_look_before_itself() -> None:
    day = child_day(BABY, IN, entry("sleep", "12:30"), entry("sleep_check", "12:45"))
    assert check_late_by(at("12:50"), day, BITCARE) == 0
    assert check_late_by(at("12:50"), day, BITCARE, replacing="sleep_check12:45") == 10


def test_the_clock_going_back_makes_no_look_late() -> None:
    day = date(2026, 10, 25)
    sleep = replace(entry("sleep", "12:30"), day=day, start=datetime(2026, 10, 25, 2, 55, tzinfo=ZONE))
    night = replace(child_day(BABY, sleep), day=day)
    assert check_late_by(datetime(2026, 10, 25, 2, 5, fold=1, tzinfo=ZONE), night, BITCARE) == 0
    assert check_late_by(datetime(2026, 10, 25, 2, 9, fold=1, tzinfo=ZONE), night, BITCARE) == 4
