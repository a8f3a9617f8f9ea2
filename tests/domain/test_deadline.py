"""In time or late, by the profile's own deadlines and over a change of the clock."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from kindertui.domain.absences import AbsenceKind, Channel
from kindertui.domain.deadline import Judgement, judge
from kindertui.domain.policy import Deadline, Policy
from kindertui.portal import profile

ZONE = ZoneInfo("Europe/Amsterdam")
DAY = date(2026, 11, 25)  # a Wednesday


def at(day: int, clock: str, month: int = 11) -> datetime:
    return datetime.combine(date(2026, month, day), time.fromisoformat(clock), ZONE)


def judged(name: str, kind: AbsenceKind, channel: Channel, reported: datetime, first_day: date = DAY) -> Judgement:
    return judge(kind, channel, first_day, reported, profile.load(name), ZONE)


@pytest.mark.parametrize(
    ("name", "kind", "channel", "reported", "late_by", "verdict"),
    [
        ("basisonline", "sick", "portal", at(25, "07:31"), -59, "on_time"),
        ("basisonline", "sick", "portal", at(25, "08:30"), 0, "on_time"),
        ("basisonline", "sick", "portal", at(25, "08:30:59"), 0, "on_time"),
        ("basisonline", "sick", "portal", at(25, "08:31"), 1, "late"),
        ("basisonline", "sick", "phone", at(25, "08:26"), 11, "late"),
        ("basisonline", "sick", "door", at(25, "09:00"), None, "no_deadline"),
        ("bitcare", "sick", "portal", at(24, "16:00"), 0, "on_time"),
        ("bitcare", "sick", "portal", at(25, "07:00"), 15 * 60, "late"),
        ("bitcare", "leave", "email", at(23, "14:01"), 1, "late"),
        ("bitcare", "extra_day", "portal", at(18, "23:59:30"), 0, "on_time"),
        ("bitcare", "extra_day", "portal", at(19, "00:00"), 1, "late"),
        ("vigilo", "early_pick_up", "portal", at(25, "10:05"), 5, "late"),
        ("vigilo", "early_pick_up", "phone", at(25, "13:00"), None, "no_deadline"),
        ("open", "sick", "phone", at(25, "12:00"), None, "no_deadline"),
    ],
)
def test_verdicts(
    name: str, kind: AbsenceKind, channel: Channel, reported: datetime, late_by: int | None, verdict: str
) -> None:
    found = judged(name, kind, channel, reported)
    assert (found.late_by, found.verdict) == (late_by, verdict)
    assert (found.deadline is None) == (late_by is None)


def test_the_rule_names_a_value_of_the_profile() -> None:
    policy = profile.load("bitcare")
    rules = {
        kind: judge(kind, "portal", DAY, at(20, "12:00"), policy, ZONE).rule for kind in ("sick", "extra_day", "better")
    }
    assert rules == {
        "sick": "absence.sick.deadline.any", "extra_day": "absence.extra_day.min_days_ahead",
        "better": "absence.better",
    }  # fmt: skip
    assert policy.origin(rules["sick"]).one_organisation and policy.origin(rules["extra_day"]).one_organisation


@pytest.mark.parametrize(
    ("reported", "credit"), [(at(25, "09:00"), True), (at(25, "09:01"), False), (at(20, "12:00"), True)]
)
def test_a_credit_only_in_time(reported: datetime, credit: bool) -> None:
    assert judged("mik-konnect", "holiday", "portal", reported).credit is credit
    assert judged("mik-konnect", "late", "portal", reported).credit is None
    assert judged("bitcare", "holiday", "portal", reported).credit is None


@pytest.mark.parametrize(("reported", "by"), [(at(22, "12:00"), "group"), (at(21, "23:59"), "manager")])
def test_who_decides_depends_on_the_civil_days_ahead(reported: datetime, by: str) -> None:
    found = judged("mik-konnect", "swap_day", "portal", reported)
    assert (found.decided_by, found.nature) == (by, "request")


def test_the_days_ahead_are_the_location_s_days() -> None:
    # 23:30 in UTC on the 21st is the 22nd in Amsterdam: three days ahead, not four.
    assert judged("mik-konnect", "swap_day", "portal", datetime(2026, 11, 21, 23, 30, tzinfo=UTC)).decided_by == "group"


def hours_before(hours: int) -> Policy:
    policy = profile.load("mik-konnect")
    deadline = Deadline(at=None, days_before=0, hours_before=hours, groups=(), path="absence.holiday.deadline.any")
    rule = replace(policy.absences["holiday"], deadlines={"any": deadline})
    return replace(policy, absences={**policy.absences, "holiday": rule})


def test_hours_ahead_count_from_when_care_begins() -> None:
    found = judge("holiday", "portal", DAY, at(23, "08:01"), hours_before(48), ZONE, starts=time(8, 0))
    assert (found.deadline, found.late_by, found.credit) == (at(23, "08:00"), 1, False)
    unknown = judge("holiday", "portal", DAY, at(23, "08:01"), hours_before(48), ZONE)
    assert unknown.deadline == at(23, "00:00")


def test_hours_are_hours_and_clock_times_are_clock_times_over_a_change_of_the_clock() -> None:
    monday = date(2026, 10, 26)  # the clock goes back on Sunday the 25th
    found = judge("holiday", "portal", monday, at(24, "09:30", 10), hours_before(48), ZONE, starts=time(8, 0))
    assert found.deadline == at(24, "09:00", 10), "48 hours before 8:00 is 9:00 on a day of 25 hours"
    assert found.late_by == 30
    day_before = judged("bitcare", "sick", "portal", at(25, "02:30", 10).replace(fold=1), date(2026, 10, 25))
    assert day_before.deadline == at(24, "16:00", 10)
    assert day_before.late_by == 11 * 60 + 30, "the second 02:30 is eleven and a half hours after 16:00"


def test_a_deadline_in_the_hour_left_out_moves_on() -> None:
    policy = profile.load("basisonline")
    deadline = Deadline(time(2, 30), 0, None, (), "absence.sick.deadline.portal")
    rule = replace(policy.absences["sick"], deadlines={"portal": deadline})
    policy = replace(policy, absences={**policy.absences, "sick": rule})
    found = judge("sick", "portal", date(2026, 3, 29), at(29, "03:31", 3), policy, ZONE)
    assert found.deadline is not None and found.deadline.utcoffset() == timedelta(hours=2)
    assert (found.deadline.hour, found.deadline.minute, found.late_by) == (3, 30, 1)


def test_a_report_in_another_zone_is_the_same_moment() -> None:
    elsewhere = at(25, "08:31").astimezone(timezone(timedelta(hours=-5)))
    assert judged("basisonline", "sick", "portal", elsewhere).late_by == 1


def test_a_deadline_for_one_kind_of_group_only() -> None:
    policy = profile.load("vigilo")
    late = at(25, "11:00")
    assert judge("other_pick_up", "portal", DAY, late, policy, ZONE, group_kind="after_school").verdict == "late"
    assert judge("other_pick_up", "portal", DAY, late, policy, ZONE, group_kind="day_care").verdict == "no_deadline"


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        judge("sick", "portal", DAY, datetime(2026, 11, 25, 8, 0), profile.load("open"), ZONE)
