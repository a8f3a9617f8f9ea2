"""What an incident's entry says, what its form reads, and that nobody goes home before the parents were told."""

from datetime import datetime, timedelta

import pytest
from msgspec.structs import replace

from kindertui.domain.due import still_due
from kindertui.domain.entry import CommandWord, Step
from kindertui.domain.entry.moments import Clock
from kindertui.domain.incident_fields import children_named, told_moment
from kindertui.domain.incidents import Incident, involves, kept_fields
from kindertui.domain.people import Child
from kindertui.domain.plausibility import check
from kindertui.portal import profile
from tests.domain.entry_roster import NOW, read
from tests.domain.test_plausibility import IN, day, entry

POLICY = profile.load("bitcare")
FELL = replace(entry("incident", "10:15"), text="fell")
TOLD = Incident(
    "fell",
    "garden",
    "cooled",
    "comforted",
    ("bram",),
    "mother",
    NOW.replace(hour=10, minute=30, second=0, microsecond=0),
)


def test_what_the_form_says_is_read_back_from_the_entry() -> None:
    assert Incident.of(replace(FELL, detail=TOLD.detail)) == TOLD
    assert Incident.of(FELL) == Incident("fell")
    assert kept_fields(Incident("fell").detail, None) == {}


def test_a_line_that_corrects_it_keeps_what_the_form_said_and_the_form_takes_it_away() -> None:
    whole = replace(FELL, detail={**TOLD.detail, "for_staff": True})
    kept = {name: value for name, value in TOLD.detail.items() if value}
    assert kept_fields({}, whole) == kept
    assert kept_fields({**TOLD.detail, "where": "", "others": []}, whole) == {
        name: value for name, value in kept.items() if name not in ("where", "others")
    }


def test_the_word_alone_opens_the_form_and_words_behind_it_write_it() -> None:
    assert read("incident").parts == (CommandWord("incident"),)
    assert read("bram ongeval", "nl").parts == (CommandWord("incident", "", ("bram",)),)
    (step,) = read("incident gevallen van de glijbaan, knie, koelen", "nl").parts
    assert isinstance(step, Step) and step.text == "gevallen van de glijbaan, knie, koelen"


def test_who_is_involved() -> None:
    one = replace(FELL, detail={"others": ["bram"]})
    assert involves(one, one.child_id) and involves(one, "bram") and not involves(one, "cato")


def test_until_the_parents_are_told_it_is_to_do() -> None:
    assert still_due(day(IN, FELL), NOW, POLICY)[0] == "tell_parents"
    told = replace(FELL, detail={"told": "mother"})
    assert "tell_parents" not in still_due(day(IN, told), NOW, POLICY)
    kept = replace(FELL, share="staff_only", detail={"for_staff": True})
    assert "tell_parents" not in still_due(day(IN, kept), NOW, POLICY)


def test_leaving_without_is_asked() -> None:
    out = Step(("aya",), "departure", NOW, verb="out")
    (found,) = check(out, day(IN, FELL), NOW, POLICY.limits)
    assert (found.rule, found.level, found.weight, found.args) == ("incident_untold", "warning", 1, {"time": "10:15"})
    assert check(out, day(IN, replace(FELL, detail={"told": "mother"})), NOW, POLICY.limits) == ()


@pytest.mark.parametrize(
    ("hour", "minute", "days"), [(12, 41, 0), (10, 15, 0), (10, 14, None), (12, 42, None), (23, 0, None)]
)
def test_when_they_were_told_lies_between_the_incident_and_now(hour: int, minute: int, days: int | None) -> None:
    since = NOW.replace(hour=10, minute=15)
    found = told_moment(Clock(hour, minute), since, NOW)
    assert found == (None if days is None else datetime(2026, 11, 20, hour, minute, tzinfo=NOW.tzinfo))
    before = since - timedelta(days=1)  # of yesterday's incident they may have been told last night
    night = told_moment(Clock(18, 0), before, NOW)
    assert night is not None and (night.day, night.hour) == (19, 18)


CHILDREN = tuple(
    Child(id, given, prefix, surname, None, None)
    for id, given, prefix, surname in (
        ("aya", "Aya", "", "Bakker"), ("bram", "Bram", "de", "Wit"), ("jo", "Jo", "", "Vos"),
        ("johan", "Johan", "", "Berg"), ("ej", "Emma", "", "Jansen"), ("ev", "Emma", "", "Visser"),
    )
)  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("bram", ["bram"]), ("Bram de Wit", ["bram"]), ("bram wit", ["bram"]), ("jo", ["jo"]), ("joh", ["johan"]),
        ("bram en jo", ["bram", "jo"]), ("bram, emma j; jo", ["bram", "ej", "jo"]), ("bram, bram", ["bram"]),
        ("", []), (" , ", []),
    ],
)  # fmt: skip
def test_the_other_children_are_found_by_name(typed: str, ids: list[str]) -> None:
    assert [one.id for one in children_named(typed, CHILDREN, but=("aya",))] == ids


@pytest.mark.parametrize("typed", ["emma", "aya", "xyz", "bram emma", "bram, xyz"])
def test_a_name_of_nobody_or_of_several_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        children_named(typed, CHILDREN, but=("aya",))
