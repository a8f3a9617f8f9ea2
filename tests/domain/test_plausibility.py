"""What speaks against an entry: each rule with the smallest day that calls it, and its neighbour that does not."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from kindertui.domain.absences import Absence
from kindertui.domain.daylog import KINDS, Entry, Kind
from kindertui.domain.entry import Plan, Step
from kindertui.domain.people import Agreement, CareFact, Child, PickUp, Slot
from kindertui.domain.plausibility import RULES, Finding, applied, check, check_all, judged_part
from kindertui.domain.roster import ChildDay
from kindertui.portal import profile
from tests.domain.entry_roster import NOW, clock, read, step

DAY = date(2026, 11, 20)
LIMITS = profile.load("open").limits
AYA = Child("aya", "Aya", "", "Bakker", date(2026, 2, 3), None)
SLOT = Slot("aya", 5, time(8, 0), time(17, 0))


def entry(kind: Kind, start: str, end: str | None = None, **rest: Any) -> Entry:
    finish = clock(end).astimezone(UTC) if end else None
    return Entry(f"{kind}-{start}", 1, "aya", DAY, kind, clock(start).astimezone(UTC), finish, **rest)


def day(*entries: Entry, **rest: Any) -> ChildDay:
    return ChildDay(AYA, DAY, SLOT, tuple(sorted(entries, key=lambda one: one.start)), **rest)


IN = entry("arrival", "8:02")
OUT = entry("departure", "11:00")
BACK = entry("arrival", "12:00")
ASLEEP = entry("sleep", "12:00")
NAP = entry("sleep", "9:30", "10:30")
NO_NAP = entry("sleep", "12:00", "12:00", detail={"none": True})
HOME = day()
HERE = day(IN)
GONE = day(IN, OUT)
SLEEPS = day(IN, ASLEEP)
NAPPED = day(IN, NAP)


def rules(line: str, on: ChildDay, **rest: Any) -> list[str]:
    return [finding.rule for finding in check(step(line), on, NOW, rest.pop("limits", LIMITS), **rest)]


@pytest.mark.parametrize(
    ("line", "on", "expected"),
    [
        # presence
        ("s 1230", HERE, []),
        ("s 1230", HOME, ["not_in"]),
        ("b 1230 150", HOME, ["not_in"]),
        ("temp 1230 37", HOME, ["not_in"]),
        ("incident fell", HOME, ["not_in"]),
        ("a x", GONE, ["not_in"]),
        ("n phoned", HOME, []),
        ("n phoned", GONE, []),
        ("b 1030 150", GONE, []),
        ("b 1100 150", GONE, []),
        ("b 1115 150", GONE, ["after_departure"]),
        ("b 1116 150", GONE, ["not_in"]),
        ("b 1200 150", day(IN, OUT, BACK), []),
        ("b 1110 150", GONE, ["after_departure"]),
        ("b 1120 150", GONE, ["not_in"]),
        ("s 1030-1110", GONE, ["after_departure"]),
        ("b 1130 150", day(IN, OUT, BACK), ["after_departure"]),
        ("b 1230 150", day(IN, OUT, BACK), []),
        ("b 700 150", HERE, ["before_arrival"]),
        ("b 802 150", HERE, []),
        ("s 730-830", HERE, ["before_arrival"]),
        # arrival and departure
        ("in 8:02", HOME, []),
        ("in", HERE, ["already_in"]),
        ("in 1030", GONE, ["already_in"]),
        ("in 1130", GONE, []),
        ("in 1100", GONE, []),
        ("in 700", HERE, ["already_in"]),
        ("in 1130", day(IN, OUT, entry("nappy", "11:15")), []),
        ("in 1130", day(IN, OUT, entry("nappy", "11:16")), ["entries_before"]),
        ("in", ChildDay(AYA, DAY, None), ["not_expected"]),
        ("out", HERE, []),
        ("out", HOME, ["out_not_in"]),
        ("out", GONE, ["out_not_in"]),
        ("out 801", HERE, ["out_before_in"]),
        ("out 802", HERE, []),
        ("out", SLEEPS, ["leaves_asleep"]),
        ("out 1130", SLEEPS, ["leaves_before_sleep"]),
        ("out 1200", SLEEPS, ["leaves_before_sleep"]),
        ("out 1130", day(IN, OUT, BACK), ["out_not_in"]),
        ("out 1030", GONE, ["out_not_in"]),
        ("out 1130", day(IN, BACK), []),
        ("out 1100", day(IN, entry("nappy", "11:30")), ["entries_after"]),
        ("out 1030", day(IN, entry("meal", "10:00", "10:40")), ["entries_after"]),
        ("out 1130", day(IN, entry("nappy", "11:30"), entry("note", "11:45")), []),
        ("out 1030", day(IN, BACK, entry("nappy", "12:00")), []),
        # sleep
        ("s", SLEEPS, ["asleep_already"]),
        ("w", SLEEPS, []),
        ("w 1200", SLEEPS, ["zero_length"]),
        ("w 1159", SLEEPS, ["ends_before_start"]),
        ("s -1230", SLEEPS, []),
        ("w", HERE, ["not_asleep"]),
        ("w", NAPPED, ["not_asleep"]),
        ("s 1230-1100", HERE, ["ends_before_start"]),
        ("s 1230-1230", HERE, ["zero_length"]),
        ("s 1000-1200", NAPPED, ["overlaps_sleep"]),
        ("s 900-1200", NAPPED, ["overlaps_sleep"]),
        ("s 1030-1200", NAPPED, []),
        ("s 900-930", NAPPED, []),
        ("s 1000", NAPPED, ["overlaps_sleep"]),
        ("s 1100-1230", SLEEPS, ["overlaps_sleep"]),
        ("s 805", HERE, []),
        ("w 1205", day(IN, ASLEEP, entry("sleep_check", "12:10")), ["checked_later"]),
        ("w 1210", day(IN, ASLEEP, entry("sleep_check", "12:10")), []),
        ("check", SLEEPS, []),
        ("s 1100-1130", day(IN, NAP, entry("sleep_check", "11:45")), []),
        ("check 1000", NAPPED, []),
        ("check 930", NAPPED, []),
        ("check 1030", NAPPED, []),
        ("check 1045", NAPPED, ["check_not_asleep"]),
        ("check", HERE, ["check_not_asleep"]),
        # no sleep
        ("s no", HERE, []),
        ("s no 1230", HERE, []),
        ("s no 1300", HERE, ["in_future"]),
        ("s no 700", HERE, []),  # only the day matters
        ("s no", HOME, ["not_in"]),
        ("s no", GONE, []),  # what was due when she left is missing until it is written
        ("s no 1230", day(IN, entry("meal", "12:15", "12:40", detail={"meal": "lunch"})), []),
        ("s no", SLEEPS, ["no_sleep_asleep"]),
        ("s no 1200", SLEEPS, ["no_sleep_asleep"]),
        ("s no 1000", SLEEPS, []),  # the nap before this one
        ("s no 1000", NAPPED, ["no_sleep_slept"]),
        ("s no", NAPPED, ["no_sleep_slept"]),
        ("s no 900", NAPPED, ["no_sleep_slept"]),
        ("s no", day(IN, NO_NAP), ["no_sleep_again"]),
        ("s no 1130", day(IN, NO_NAP), ["no_sleep_again"]),
        ("s no 900", day(IN, NAP, NO_NAP), ["no_sleep_slept"]),  # of two naps the first
        ("s 1230", day(IN, NO_NAP), []),  # fell asleep after all
        ("s 1201-1230", day(IN, NO_NAP), []),
        ("s 1200-1230", day(IN, NO_NAP), ["no_sleep_said"]),
        ("s 1130", day(IN, NO_NAP), ["no_sleep_said"]),
        ("s 1100-1200", day(IN, NO_NAP), ["no_sleep_said"]),
        ("s 1100-1159", day(IN, NO_NAP), []),
        ("w 1230", day(IN, NO_NAP, entry("sleep", "11:30")), ["no_sleep_said"]),
        ("w", day(IN, NO_NAP), ["not_asleep"]),
        ("check 1200", day(IN, NO_NAP), ["check_not_asleep"]),
        ("lunch 1145-1215", day(IN, NO_NAP), []),
        ("d 1200 w", day(IN, NO_NAP), []),
        ("out 1130", day(IN, NO_NAP), []),
        ("in 1230", day(NO_NAP), []),
        # asleep or awake: an overlap, not just a sleep that is open
        ("lunch", SLEEPS, ["while_asleep"]),
        ("b 150", SLEEPS, ["while_asleep"]),
        ("d wet", SLEEPS, ["while_asleep"]),
        ("d 1200 wet", SLEEPS, []),
        ("lunch 1130-1150", SLEEPS, []),
        ("lunch 1130-1210", SLEEPS, ["while_asleep"]),
        ("b 1000 150", NAPPED, ["while_asleep"]),
        ("b 1030 150", NAPPED, []),
        ("n x", SLEEPS, []),
        ("temp 37", SLEEPS, []),
        ("wc", SLEEPS, ["while_asleep"]),
        ("a painting", SLEEPS, ["while_asleep"]),
        # a morning outside may have a nap in it, but lies in none
        ("a 1000-1020 painting", NAPPED, ["while_asleep"]),
        ("a 930-1030 painting", NAPPED, ["while_asleep"]),
        ("a 900-1200 outside", NAPPED, []),
        ("a 1000-1100 outside", NAPPED, []),
        ("a 930 outside", NAPPED, []),
        ("a 1030 outside", NAPPED, []),
        ("s 900-1100", day(IN, entry("activity", "9:30", "10:00")), ["while_asleep"]),
        ("s 900-1100", day(IN, entry("activity", "8:30", "12:00")), []),
        ("s 1100-1230", day(IN, entry("bottle", "11:30", amount=150.0)), ["while_asleep"]),
        ("s 1130", day(IN, entry("meal", "11:00", "11:40")), ["while_asleep"]),
        ("s 1140", day(IN, entry("meal", "11:00", "11:40")), []),
        ("w", day(IN, ASLEEP, entry("nappy", "12:10")), ["while_asleep"]),
        # again
        ("lunch 1230", day(IN, entry("meal", "11:35", detail={"meal": "lunch"})), ["second_meal"]),
        ("fruit 1230", day(IN, entry("meal", "11:35", detail={"meal": "lunch"})), []),
        ("snack 1230", day(IN, entry("meal", "9:35", detail={"meal": "snack"})), []),
        ("meal 1230", day(IN, entry("meal", "11:35")), []),
        ("b 1230 150", day(IN, entry("bottle", "12:18", amount=100.0)), ["bottle_soon"]),
        ("b 1148 150", day(IN, entry("bottle", "12:10", amount=100.0)), ["bottle_soon"]),
        ("b 1230 150", day(IN, entry("bottle", "12:00", amount=100.0)), []),
        ("dr 1230 150", day(IN, entry("bottle", "12:18", amount=100.0)), []),
        # amounts
        ("b 999", HERE, ["bottle_large"]),
        ("b 300", HERE, []),
        ("b 301", HERE, ["bottle_large"]),
        ("dr 301", HERE, []),
        ("b 0", HERE, ["amount_range"]),
        ("b 180/0", HERE, []),
        ("b 1000/100", HERE, ["bottle_large"]),
        ("b 1000/1000", HERE, ["bottle_large"]),
        ("lunch 1230 none", HERE, []),
        ("lunch 1230 all", HERE, []),
        ("b 1001/100", HERE, ["amount_range"]),
        ("b 150/180", HERE, ["taken_over_offered"]),
        ("b 180/180", HERE, []),
        ("temp 38.2", HERE, []),
        ("temp 500", HERE, ["temperature_range"]),
        ("temp 29.9", HERE, ["temperature_range"]),
        ("temp 30.0", HERE, ["temperature_unlikely"]),
        ("temp 33.9", HERE, ["temperature_unlikely"]),
        ("temp 43.1", HERE, ["temperature_unlikely"]),
        ("temp 34.0", HERE, []),
        ("temp 43.0", HERE, []),
        ("temp 45.0", HERE, ["temperature_unlikely"]),
        ("temp 45.1", HERE, ["temperature_range"]),
        # time
        ("n 1242 x", HERE, []),
        ("n 1243 x", HERE, ["in_future"]),
        ("s 1230-1415", HERE, ["in_future"]),
        ("w 1300", SLEEPS, ["in_future"]),
        ("s 1300", HERE, ["in_future"]),
        ("lunch 1130-1130", HERE, ["zero_length"]),
        ("lunch 1130-1100", HERE, ["ends_before_start"]),
        ("lunch 1000-1200", HERE, []),
        ("lunch 1000-1201", HERE, ["lasts_long"]),
        ("a 900-1230 outside", HERE, []),
    ],
)
def test_rules(line: str, on: ChildDay, expected: list[str]) -> None:
    assert rules(line, on) == expected


def test_on_a_day_gone_by_no_sleep_is_said_of_the_whole_day() -> None:
    gone = datetime(2026, 11, 21, 9, 0, tzinfo=NOW.tzinfo)
    napped = day(IN, entry("sleep", "12:36", "14:20"))
    said = replace(step("s no"), start=clock("12:00"), end=clock("12:00"))
    assert [one.rule for one in check(said, napped, gone, LIMITS)] == ["no_sleep_slept"]
    open_still = day(IN, entry("sleep", "12:36"))
    assert [one.rule for one in check(said, open_still, gone, LIMITS)] == ["no_sleep_asleep"]
    assert check(said, open_still, clock("12:40"), LIMITS) == ()


def test_two_clocks_may_differ_by_a_minute() -> None:
    assert check(step("n 1242 x"), HERE, clock("12:41"), LIMITS) == ()
    assert [one.rule for one in check(step("n 1243 x"), HERE, clock("12:41"), LIMITS)] == ["in_future"]


def test_before_birth() -> None:
    unborn = replace(HERE, child=replace(AYA, birth_date=date(2026, 11, 21)))
    assert rules("s 1230", unborn) == ["before_birth"]
    born = replace(HERE, child=replace(AYA, birth_date=DAY))
    assert rules("s 1230", born) == []
    assert rules("s 1230", replace(HERE, child=replace(AYA, birth_date=None))) == []


def test_long_sleeps() -> None:
    early = day(entry("arrival", "6:00"))
    assert rules("s 700-1200", early) == []
    assert rules("s 700-1201", early) == ["sleep_long"]
    assert rules("s 700", early) == ["sleep_long"]
    yesterday = Entry("old", 1, "aya", DAY, "sleep", clock("12:00") - timedelta(days=1))
    assert rules("w 1200", day(IN, yesterday)) == ["sleep_long", "before_arrival"]
    assert rules("w 1201", day(IN, yesterday)) == ["over_a_day", "before_arrival"]


def absence(kind: Any, **rest: Any) -> Absence:
    return Absence("a", 1, "aya", kind, DAY, rest.pop("last_day", None), "phone", NOW, **rest)


def test_coming_in_although_reported_away() -> None:
    (found,) = check(step("in"), day(absences=(absence("sick"),)), NOW, LIMITS)
    assert (found.rule, found.args) == ("reported_sick", {"since": "2026-11-20"})
    (found,) = check(step("in"), day(absences=(absence("holiday"),)), NOW, LIMITS)
    assert (found.rule, found.args) == ("reported_absent", {"kind": "holiday"})
    assert rules("in", day(absences=(absence("sick", state="withdrawn"),))) == []
    better = replace(absence("better"), id="b", reported_at=NOW + timedelta(minutes=1))
    assert rules("in", day(absences=(absence("sick"), better))) == []


@pytest.mark.parametrize(
    ("fact", "line", "word"),
    [
        ("no nuts", "lunch nuts", "nuts"),
        ("no nuts", "lunch nut bar", "nut"),
        ("Koemelk", "lunch brood en melk", "melk"),
        ("melk", "b 150 koemelk", "koemelk"),
        ("Æggallergi: egg", "frokost egg", "egg"),
        ("laktosefri diett", "lunsj Laktose", "Laktose"),
        ("noten", "lunsj Hazelnootpasta", "Hazelnootpasta"),
        ("no nuts", "lunch no cheese", None),
        ("geen ei", "lunch geen eigenwijs", None),
        ("no nuts", "lunch bread", None),
        ("no nuts", "n nuts", None),
    ],
)
def test_food_against_what_must_be_minded(fact: str, line: str, word: str | None) -> None:
    on = replace(HERE, facts=(CareFact("f", "aya", "allergy", fact),))
    found = [finding for finding in check(step(line, "nb"), on, NOW, LIMITS) if finding.rule == "care_fact"]
    assert [finding.args["word"] for finding in found] == ([word] if word else [])
    other = replace(HERE, facts=(CareFact("f", "aya", "note", fact),))
    assert not any(finding.rule == "care_fact" for finding in check(step(line, "nb"), other, NOW, LIMITS))


@pytest.mark.parametrize(
    ("line", "on", "args"),
    [
        ("b 1230 150", day(IN, entry("bottle", "12:18", amount=1.0)), {"minutes": "12", "time": "12:18"}),
        ("lunch", day(IN, entry("meal", "11:35", detail={"meal": "lunch"})), {"meal": "lunch", "time": "11:35"}),
        ("in", HERE, {"time": "08:02"}),
        ("temp 500", HERE, {"amount": "500", "low": "30", "high": "45"}),
        ("n 1300 x", HERE, {"time": "13:00"}),
        ("s 1230-1100", HERE, {"start": "12:30", "end": "11:00"}),
        ("b 1000 150", NAPPED, {"kind": "bottle", "time": "10:00", "since": "09:30", "until": "10:30"}),
        ("b 150/180", HERE, {"amount": "180", "offered": "150"}),
        ("out", GONE, {"time": "11:00"}),
        ("out", HOME, {}),
    ],
)
def test_arguments_are_in_the_time_of_the_location(line: str, on: ChildDay, args: dict[str, str]) -> None:
    (found,) = check(step(line), on, NOW, LIMITS)
    assert (found.args, found.child_id) == (args, "aya")


def test_nothing_eaten_is_against_no_allergy() -> None:
    nuts = replace(HERE, facts=(CareFact("f", "aya", "allergy", "nuts"),))
    assert [one.rule for one in check(step("lunch 1000 little nuts"), nuts, NOW, LIMITS)] == ["care_fact"]
    assert not check(step("lunch 1000 none nuts"), nuts, NOW, LIMITS)


def test_errors_come_before_warnings() -> None:
    found = check(step("b 1300 301"), SLEEPS, NOW, LIMITS)
    assert [finding.level for finding in found] == ["error", "warning", "warning"]
    assert all(finding.level == RULES[finding.rule] for finding in found)
    nuts = replace(SLEEPS, facts=(CareFact("f", "aya", "allergy", "nuts"),))
    found = check(step("lunch 1245 nuts"), nuts, NOW, LIMITS)
    assert [finding.rule for finding in found] == ["in_future", "care_fact", "while_asleep"]


def test_a_correction_does_not_speak_against_itself() -> None:
    assert rules("s 1215", SLEEPS) == ["asleep_already"]
    assert rules("s 1215", SLEEPS, replacing=ASLEEP.id) == []
    assert rules("in 801", HERE, replacing=IN.id) == []
    back = day(IN, OUT, BACK)
    assert rules("out 1110", back, replacing=OUT.id) == rules("in 810", back, replacing=IN.id) == []
    assert rules("in 900", day(IN, entry("bottle", "8:30")), replacing=IN.id) == ["entries_before"]
    assert rules("in 1130", day(IN, OUT, BACK, entry("bottle", "10:30")), replacing=BACK.id) == []


def test_the_entries_of_one_line_are_judged_one_after_the_other() -> None:
    def findings(line: str, on: ChildDay) -> list[str]:
        parts = [part for part in read(line).parts if isinstance(part, Step)]
        return [finding.rule for finding in check_all(parts, on, NOW, LIMITS)]

    assert findings("in 8:02; b 150", HOME) == []
    assert findings("b 150; in 8:02", HOME) == ["not_in"]
    assert findings("b 1200 150; b 1210 150", HERE) == ["bottle_soon"]
    assert findings("s 1100; w 1130; lunch 1140", HERE) == []
    assert findings("s 1100; lunch 1140", HERE) == ["while_asleep"]


def test_the_day_after_an_entry() -> None:
    woken = applied(step("w 1230"), SLEEPS)
    assert woken.asleep is None
    assert woken.entries[-1].end == clock("12:30")
    assert len(applied(step("w"), HERE).entries) == len(HERE.entries)
    assert applied(step("in 8:02"), HOME).is_in
    left = applied(step("out"), SLEEPS)
    assert (left.is_in, left.asleep) == (False, None)


def test_a_location_has_its_own_numbers() -> None:
    assert rules("b 260", HERE, limits=replace(LIMITS, bottle=250)) == ["bottle_large"]
    assert rules("b 260", HERE) == []


def test_numbers_a_line_cannot_hold() -> None:
    """Another caller could: an import, or the value grid."""
    portion = Step(("aya",), "meal", clock("12:30"), amount=1.5, unit="portion", detail={"meal": "lunch"}, verb="lunch")
    assert [finding.rule for finding in check(portion, HERE, NOW, LIMITS)] == ["portion_range"]
    negative = Step(("aya",), "drink", clock("12:30"), amount=-5, unit="ml", verb="drink")
    assert [finding.rule for finding in check(negative, HERE, NOW, LIMITS)] == ["amount_range"]
    offered = Step(("aya",), "bottle", clock("12:30"), amount=-500, unit="ml", detail={"offered": 180.0})
    assert [finding.rule for finding in check(offered, HERE, NOW, LIMITS)] == ["amount_range"]
    said = Step(("aya",), "nappy", clock("12:30"), verb="nappy")
    assert [finding.rule for finding in check(said, HERE, NOW, LIMITS)] == ["nappy_content"]
    days = Step(("aya",), "meal", clock("12:30") - timedelta(days=2), clock("12:30"), detail={"meal": "lunch"})
    assert [finding.rule for finding in check(days, HERE, NOW, LIMITS)] == ["over_a_day", "before_arrival"]
    assert check(Step(("aya",), "note", None, None, verb="note"), HERE, NOW, LIMITS) == ()


def test_a_sleep_over_a_clock_change_is_measured_in_elapsed_time() -> None:
    """03:30 after 23:00 is 5:30 by the clock and 4:30 in truth in the night of 29 March 2026."""
    zone = NOW.tzinfo
    evening = datetime(2026, 3, 28, 23, 0, tzinfo=zone)
    now = datetime(2026, 3, 29, 5, 0, tzinfo=zone)
    arrival = Entry("in", 1, "aya", evening.date(), "arrival", evening.astimezone(UTC))
    night = ChildDay(AYA, evening.date(), SLOT, (arrival,))
    sleep = Step(("aya",), "sleep", evening, datetime(2026, 3, 29, 4, 30, tzinfo=zone), verb="sleep")
    assert check(sleep, night, now, LIMITS) == ()


ZONE = NOW.tzinfo
# A day and a half around the night in which the clocks go back, by the minute; half of them fold.
MOMENTS = st.integers(-1000, 1000).map(lambda n: datetime(2026, 10, 25, 0, 30, tzinfo=UTC) + timedelta(minutes=n))
AMOUNTS = st.none() | st.floats(-600, 2000, allow_nan=False)
DETAILS: st.SearchStrategy[dict[str, Any]] = st.sampled_from(
    [{}, {"meal": "lunch"}, {"meal": "snack"}, {"content": "dry"}, {"offered": 180.0}, {"late": 3}, {"none": True}]
)
TEXTS = st.sampled_from(["", "nuts", "paracetamol 5 ml", "papa", "oma Els", "5", "\u202e[b]"])
NIGHT = datetime(2026, 10, 25, 4, 0, tzinfo=ZONE)


@st.composite
def logged(draw: st.DrawFn) -> Entry:
    start = draw(MOMENTS)
    end = draw(st.none() | st.integers(0, 400).map(lambda n: start + timedelta(minutes=n)))
    kind = draw(st.sampled_from(KINDS))
    return Entry(
        draw(st.uuids().map(str)), 1, "aya", DAY, kind, start, end, draw(AMOUNTS), None, draw(DETAILS), draw(TEXTS)
    )


@st.composite
def typed(draw: st.DrawFn) -> Step:
    start, end = draw(st.none() | MOMENTS), draw(st.none() | MOMENTS)
    kind = draw(st.sampled_from(KINDS))
    asleep = kind == "sleep"
    ends = asleep and draw(st.booleans())
    return Step(
        ("aya",), kind, None if ends else start, end, asleep and not ends and end is None, ends, draw(AMOUNTS), None,
        draw(DETAILS), draw(TEXTS),
    )  # fmt: skip


def told(entries: Sequence[Entry], steps: Sequence[Step], zone: Any) -> list[tuple[Finding, ...]]:
    """What is found with every time written in one zone, twice, and what once an entry is corrected by a step."""

    def local(one: Any) -> Any:
        moments = {name: getattr(one, name) for name in ("start", "end")}
        return replace(one, **{name: at and at.astimezone(zone) for name, at in moments.items()})

    log = tuple(sorted((local(one) for one in entries), key=lambda one: (one.start.timestamp(), one.id)))
    on = ChildDay(
        AYA, date(2026, 10, 25), SLOT, log, facts=(CareFact("f", "aya", "allergy", "nuts"),),
        agreements=(Agreement("a", "aya", "paracetamol", date(2026, 10, 25), None, 480),),
        pick_ups=(PickUp("p", "aya", "oma Els"),), doses=log[:1],
    )  # fmt: skip
    lines = [local(one) for one in steps]
    found = [check_all(lines, on, NIGHT, LIMITS) for _ in range(2)]
    return [*found, *(check(lines[0], on, NIGHT, LIMITS, replacing=one.id) for one in log[:1])]


@given(st.lists(logged(), max_size=8), st.lists(typed(), min_size=1, max_size=3))
def test_whatever_the_day_it_is_judged_and_by_instants_alone(entries: list[Entry], steps: list[Step]) -> None:
    """Nothing raises, and in the night the clocks go back it is the same in the location's zone as in UTC."""
    found = told(entries, steps, ZONE)
    assert found == told(entries, steps, UTC)
    assert found[0] == found[1]
    assert all(one.level == RULES[one.rule] and one.child_id == "aya" for each in found for one in each)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("words", ["nuts and milk", "Grandpa Henk", "paracetamol", "x" * 300])
def test_words_that_are_left_out_of_what_is_judged_change_no_finding(kind: Kind, words: str) -> None:
    on = day(
        IN, NAP, entry("medicine", "10:00", text="paracetamol"), entry("meal", "10:00", detail={"meal": "lunch"}),
        facts=(CareFact("f", "aya", "allergy", "nuts, milk"),), pick_ups=(PickUp("p", "aya", "oma Els"),),
        agreements=(Agreement("a", "aya", "paracetamol", DAY, DAY, 240, "5 ml", "Ina"),),
    )  # fmt: skip
    said = Step(("aya",), kind, clock("10:30"), clock("10:45") if kind == "sleep" else None, text=words)
    plan = Plan((said, said))
    bare = judged_part(plan)
    steps = [part for part in bare.parts if isinstance(part, Step)]
    assert check_all(steps, on, NOW, LIMITS) == check_all([said, said], on, NOW, LIMITS)
    assert judged_part(bare) == bare


def test_the_words_of_a_note_are_not_judged_anew_and_those_of_food_are() -> None:
    note, meal = Step(("aya",), "note", text="a boat"), Step(("aya",), "meal", text="nuts")
    assert judged_part(Plan((note, meal))) == Plan((replace(note, text=""), meal))
