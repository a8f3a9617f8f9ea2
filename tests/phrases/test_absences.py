"""What is said of absences: every rule has its sentence, and the sentences say what they should."""

import string
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from kindertui import i18n
from kindertui.data import absences
from kindertui.domain.absences import Absence
from kindertui.domain.attendance import Hour, NoShow
from kindertui.domain.faults import Refused
from kindertui.domain.people import Child, Guardian, Guardianship
from kindertui.domain.roster import ChildDay
from kindertui.phrases import absences as phrases
from kindertui.phrases import attendance
from kindertui.portal import profile

ZONE = ZoneInfo("Europe/Amsterdam")
TODAY = date(2026, 11, 23)
SICK = Absence(
    "id", 1, "a", "sick", TODAY, None, "portal", datetime(2026, 11, 23, 8, 41, tzinfo=ZONE),
    deadline=datetime(2026, 11, 23, 8, 30, tzinfo=ZONE), late_by=11, rule="absence.sick.deadline.portal",
)  # fmt: skip
SAID_ELSEWHERE = {"child_unknown", "text_too_long", "not_sendable"}  # rules of every subject
ARGUMENTS: dict[str, dict[str, str]] = {
    "absence_ends_before_it_starts": {"first": "2026-11-25", "last": "2026-11-24"},
    "absence_hours_reversed": {"start": "10:00", "end": "09:00"},
    "absence_in_future": {"at": "2026-11-25T10:00+01:00"},
    "absence_twice": {"kind": "sick", "first": "2026-11-23", "last": ""},
    "absence_decided": {"state": "approved", "by": "Ina", "at": "2026-11-23T10:00+01:00"},
    "absence_closed": {"state": "withdrawn"},
    "reason_missing": {"decision": "refuse"},
    "reason_guarded": {"categories": "health,child_name"},
    "reason_blocked": {"categories": "citizen_number"},
    "text_not_unicode": {"field": "text"},
}


def said(rule: str, **given: str) -> str:
    problem = Refused(rule, **given)
    return phrases.refusals()[rule].format_map({**problem.args_, **phrases.arguments(problem)})


def test_no_sentence_without_a_rule() -> None:
    assert set(phrases.refusals()) == absences.RULES - SAID_ELSEWHERE
    for rule, sentence in phrases.refusals().items():
        places = {name for _, name, _, _ in string.Formatter().parse(sentence) if name}
        given = ARGUMENTS.get(rule, {})
        assert places <= {*given, *phrases.arguments(Refused(rule, **given))}


def test_a_refusal_says_which_report_stands() -> None:
    assert "sick, from mon 23 nov, open, is on the list" in said("absence_twice", **ARGUMENTS["absence_twice"])
    assert "Ina was first, mon 23 nov 10:00; it is approved" in said("absence_decided", **ARGUMENTS["absence_decided"])


def test_arguments_of_another_subject_are_left_alone() -> None:
    assert phrases.arguments(Refused("changed_meanwhile", at="12:31", by="Ina")) == {}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, "from today, open"),
        ({"last_day": TODAY}, "today"),
        ({"first_day": TODAY - timedelta(1)}, "from yesterday, open"),
        ({"kind": "doctor", "start": time(9), "end": time(10, 30)}, "today 09:00–10:30"),
        ({"kind": "late", "last_day": TODAY, "start": time(9, 30)}, "today from 09:30"),
        ({"kind": "early_pick_up", "last_day": TODAY, "end": time(15)}, "today until 15:00"),
        ({"last_day": date(2026, 11, 27)}, "today – fri 27 nov"),
        ({"kind": "swap_day", "last_day": date(2026, 11, 27)}, "fri 27 nov instead of today"),
    ],
)
def test_period(changes: dict[str, Any], expected: str) -> None:
    assert phrases.period(replace(SICK, **changes), TODAY) == expected


def test_how_long_a_sickness_is_open() -> None:
    assert phrases.days_open(SICK, TODAY + timedelta(days=3)) == "day 4"
    assert phrases.days_open(replace(SICK, last_day=TODAY), TODAY) == ""
    assert phrases.days_open(SICK, TODAY - timedelta(days=1)) == ""


def test_what_is_to_be_done_or_was_done() -> None:
    assert phrases.meaning(SICK).startswith("A notice")
    request = replace(SICK, kind="extra_day", nature="request", decided_by="manager")
    assert "the manager decides" in phrases.meaning(request)
    assert "nobody is named" in phrases.meaning(replace(request, decided_by="nobody"))
    done = replace(request, state="refused", reason="vol", decision_by="Ina", decision_at=SICK.reported_at)
    assert phrases.meaning(done) == "Refused by Ina, mon 23 nov 08:41: vol"
    assert phrases.meaning(replace(SICK, state="withdrawn")) == "Withdrawn."


def test_the_deadline_names_its_day_where_it_is_another() -> None:
    assert phrases.deadline(SICK) == "deadline 08:30"
    before = replace(SICK, deadline=datetime(2026, 11, 22, 16, 0, tzinfo=ZONE))
    assert phrases.deadline(before) == "deadline sun 22 nov 16:00"
    assert phrases.deadline(replace(SICK, deadline=None)) == ""


def test_whose_rule_it_was() -> None:
    assert phrases.basis(SICK, profile.load("basisonline")) == "Rule: Kameleon: sick before 08:30 on the portal."
    bitcare = replace(SICK, rule="absence.sick.deadline.any")
    assert "one organisation's own" in phrases.basis(bitcare, profile.load("bitcare"))
    assert "(not certain)" in phrases.basis(replace(SICK, rule="absence.late"), profile.load("bitcare"))
    assert phrases.basis(replace(SICK, rule="gone"), profile.load("open")) == ""
    i18n.use("nl")
    assert phrases.basis(SICK, profile.load("basisonline")) == "Beleid: Kameleon: ziek vóór 08:30 in het portaal."


def test_a_consequence_names_each_run_of_hours() -> None:
    hours = [Hour(9, 8, 8, 1, 1), Hour(10, 8, 9, 1, 2), Hour(11, 8, 9, 1, 2), Hour(13, 8, 9, 1, 2)]
    assert attendance.consequence(hours) == [
        "10:00–12:00: 2 people are needed then, now 1.", "13:00–14:00: 2 people are needed then, now 1.",
    ]  # fmt: skip
    assert attendance.consequence([Hour(9, 9, 8, 2, 1)]) == ["09:00–10:00: 1 person is enough then."]
    assert attendance.consequence([Hour(9, 16, 17, 2, None)]) == ["09:00–10:00: no group may have so many children."]
    assert attendance.consequence([Hour(9, 17, 16, None, 2)]) == ["09:00–10:00: 2 people are needed then, now ?."]
    assert attendance.consequence([Hour(9, 3, 4, None, None)]) == []


def test_who_is_to_be_called_and_who_is_not() -> None:
    day = ChildDay(Child("a", "Evi", "", "Mulder", None, None), TODAY)
    sara = Guardianship("a", Guardian("s", "Sara Mulder", "06-10000001"), "mother")
    tom = Guardianship("a", Guardian("t", "Tom Mulder"))
    assert attendance.no_show(NoShow(day, time(8, 30), (sara, tom), ())) == (
        "Evi Mulder, expected 08:30, nobody told us. Call: Sara Mulder (mother) 06-10000001 · Tom Mulder, no number."
    )
    held = attendance.no_show(NoShow(day, time(8, 30), (), (tom,)))
    assert "nobody on the list to call" in held
    assert "Do not call Tom Mulder" in held
