"""What is missing of a group: in which order, when a piece is missing, and when a day without booked hours ends."""

from datetime import date, datetime, time, timedelta

import pytest
from msgspec.structs import replace

from kindertui.domain.completeness import Pieces, child_duty, gaps, piece_missing
from kindertui.domain.daylog import Entry
from kindertui.domain.policy import Duty
from kindertui.domain.roster import ChildDay
from kindertui.portal import profile
from tests.domain.test_due import BABY, BITCARE, DAY, FOUR, IN, TODDLER, at, child_day, entry

MIK = profile.load("mik-konnect")


def called(name: str, birth: date | None, *entries: Entry, until: str = "17:30") -> ChildDay:
    day = child_day(birth, *(replace(one, child_id=name) for one in entries), until=until)
    return replace(day, child=replace(day.child, id=name, given_name=name))


def words(days: list[ChildDay], now: datetime, pieces: dict[str, Pieces] | None = None, **more: object) -> list[str]:
    found = gaps(days, more.pop("earlier", ()), now, BITCARE, pieces or {}, **more)  # type: ignore[arg-type]
    return [f"{one.child.id} {one.word}" + (f" {one.since:%H:%M}" if one.since else "") for one in found]


def test_most_urgent_first_and_each_with_the_moment_it_counts_from() -> None:
    days = [
        called("aya", BABY, IN, entry("bottle", "08:30"), entry("nappy", "08:10")),
        called("bram", TODDLER, IN),
        called("cato", TODDLER, IN, entry("sleep", "11:00")),
        called("daan", TODDLER, IN, entry("sleep", "10:00", "11:00"), until="13:00"),
        called("emma", TODDLER, IN, entry("sleep", "10:30")),
    ]
    owed = {"bram": Pieces(None, True, True), "aya": Pieces(DAY - timedelta(days=3), True, True)}
    assert words(days, at("14:05"), owed) == [
        "emma sleep_end 10:30", "cato sleep_end 11:00", "daan departure 08:00", "aya sleep 08:00", "bram sleep 08:00",
        "aya nappy 08:10", "aya food 08:30", "bram weekly_piece",
    ]  # fmt: skip


def test_who_sleeps_or_is_in_after_the_day_has_ended_is_on_the_list() -> None:
    sleeper = called("aya", TODDLER, IN, entry("sleep", "16:00"), until="17:00")
    assert words([sleeper], at("17:29")) == []
    assert words([sleeper], at("17:30")) == ["aya sleep_end 16:00", "aya departure 08:00"]
    nobody_knows = replace(called("bram", FOUR, IN), slot=None, scheduled=False)
    assert words([nobody_knows, called("cato", FOUR)], at("17:59")) == [], "the group is there until half past five"
    assert words([nobody_knows, called("cato", FOUR)], at("18:00")) == ["bram departure 08:00"]
    assert words([nobody_knows], at("23:59")) == []


def test_a_day_before_tells_only_what_never_ended() -> None:
    before = called("aya", BABY, IN, entry("sleep", "12:00"))
    tomorrow = datetime.combine(DAY + timedelta(days=1), time(9), at("09:00").tzinfo)
    found = gaps([], [before], tomorrow, BITCARE, {})
    assert [(one.day, one.word) for one in found] == [(DAY, "sleep_end"), (DAY, "departure")]


def test_before_anything_leaves_whatever_has_not_ended_is_missing() -> None:
    day = called("aya", BABY, IN, entry("sleep", "10:20"))
    assert words([day], at("10:30")) == []
    assert words([day], at("10:30"), leaving=True) == ["aya sleep_end 10:20", "aya departure 08:00"]
    assert words([day], at("18:30"), leaving=True) == ["aya sleep_end 10:20", "aya departure 08:00"], "once each"


@pytest.mark.parametrize(
    ("last", "came", "before", "owed"),
    [
        (None, True, True, True),
        (DAY - timedelta(days=7), True, True, True),
        (DAY - timedelta(days=6), True, True, False),
        (DAY, True, True, False),
        (None, False, True, False),  # who was not there has nothing to be told
        (None, True, False, False),  # has just begun
    ],
)
def test_a_piece_is_owed_after_a_week_of_a_child_who_came(
    last: date | None, came: bool, before: bool, owed: bool
) -> None:
    duty = child_duty(BITCARE)
    assert duty is not None and duty.every_days == 7
    assert piece_missing(Pieces(last, came, before), DAY, duty) is owed


def test_a_daily_piece_is_owed_of_a_child_who_was_there_and_has_left() -> None:
    owed = {"aya": Pieces(None, True, True)}

    def found(*entries: Entry, now: datetime | None = None) -> list[str]:
        return [one.word for one in gaps([called("aya", FOUR, *entries)], (), now or at("12:00"), MIK, owed)]

    assert found(IN) == []
    assert found(IN, entry("departure", "12:00")) == ["notebook"]
    assert found(IN, entry("departure", "12:00"), now=at("09:00", DAY + timedelta(days=1))) == [], "judged as of today"
    assert found() == []


def test_a_profile_without_a_duty_about_each_child_asks_for_none() -> None:
    assert child_duty(profile.load("social-schools")) is None  # its duty is about the group
    assert child_duty(replace(BITCARE, duties=(Duty("weekly_piece", "child", 0),))) is None
    assert words([called("aya", FOUR, IN)], at("10:00"), {}) == []
