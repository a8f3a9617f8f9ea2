"""What speaks against an entry, in words: one sentence for each rule, and several gathered in one."""

from collections.abc import Mapping
from datetime import date, timedelta

import pytest

from kindertui.domain.daylog import Entry
from kindertui.domain.entry import Step
from kindertui.domain.people import Agreement, CareFact, Child
from kindertui.domain.plausibility import RULES, Finding, check, repeated
from kindertui.domain.roster import ChildDay
from kindertui.phrases import plausibility
from tests.catalogues import is_sentence, places
from tests.domain.entry_roster import NOW, clock, step
from tests.domain.test_pick_up import BARRED
from tests.domain.test_plausibility import (
    ASLEEP,
    AYA,
    DAY,
    GONE,
    HERE,
    HOME,
    IN,
    LIMITS,
    NAPPED,
    NO_NAP,
    SLEEPS,
    SLOT,
    absence,
    day,
)  # fmt: skip
from tests.domain.test_plausibility import entry as logged

pytestmark = pytest.mark.usefixtures("language")


def child_day(*entries: Entry, born: date | None = date(2026, 2, 3), **rest: object) -> ChildDay:
    child = Child("aya", "Aya", "", "Bakker", born, None)
    return ChildDay(child, DAY, SLOT, tuple(sorted(entries, key=lambda one: one.start)), **rest)  # type: ignore[arg-type]


OLD_SLEEP = Entry("old", 1, "aya", DAY, "sleep", clock("12:00") - timedelta(days=1))
ENTRIES: Mapping[str, tuple[str | Step, ChildDay]] = {
    "after_departure": ("b 1110 150", GONE),
    "already_in": ("in", HERE),
    "amount_range": ("b 0", HERE),
    "asleep_already": ("s", SLEEPS),
    "before_arrival": ("b 700 150", HERE),
    "before_birth": ("s 1230", child_day(IN, born=date(2026, 11, 21))),
    "bottle_large": ("b 999", HERE),
    "drink_large": ("dr 600 ml", HERE),
    "same_entry": ("d w 1130", day(IN, logged("nappy", "11:30", detail={"content": "wet"}))),
    "bottle_soon": ("b 1230 150", day(IN, logged("bottle", "12:18", amount=100.0))),
    "care_fact": ("lunch nuts", child_day(IN, facts=(CareFact("f", "aya", "allergy", "no nuts"),))),
    "check_not_asleep": ("check", HERE),
    "checked_later": ("w 1205", day(IN, ASLEEP, logged("sleep_check", "12:10"))),
    "ends_before_start": ("s 1230-1100", HERE),
    "entries_after": ("out 1100", day(IN, logged("nappy", "11:30"))),
    "entries_before": ("in 1230", day(logged("nappy", "11:30"))),
    "in_future": ("n 1243 x", HERE),
    "incident_untold": ("out", day(IN, logged("incident", "10:15"))),
    "lasts_long": ("lunch 900-1230", HERE),
    "leaves_asleep": ("out", SLEEPS),
    "leaves_before_sleep": ("out 1130", SLEEPS),
    "medicine_agreement_not_yet": ("med x", child_day(IN, agreements=(Agreement("g", "aya", "x", date(2026, 12, 1)),))),
    "medicine_agreement_over": (
        "med x",
        child_day(IN, agreements=(Agreement("g", "aya", "x", date(2026, 11, 1), date(2026, 11, 7)),)),
    ),
    "medicine_not_agreed": ("med x", HERE),
    "medicine_soon": ("med 1230 Paracetamol 5 ml", day(IN, logged("medicine", "8:30", text="paracetamol"))),
    "nappy_content": (Step(("aya",), "nappy", start=clock("12:00")), HERE),
    "no_sleep_again": ("s no", day(IN, NO_NAP)),
    "no_sleep_asleep": ("s no", SLEEPS),
    "no_sleep_said": ("s 1100-1230", day(IN, NO_NAP)),
    "no_sleep_slept": ("s no", NAPPED),
    "not_asleep": ("w", HERE),
    "not_expected": ("in", ChildDay(AYA, DAY, None)),
    "not_in": ("s 1230", HOME),
    "out_before_in": ("out 801", HERE),
    "out_not_in": ("out", GONE),
    "overlaps_sleep": ("s 1000-1200", NAPPED),
    "pick_up_barred": ("out papa", BARRED),
    "pick_up_unknown": ("out opa", BARRED),
    "portion_range": (Step(("aya",), "meal", start=clock("12:00"), amount=2.0, unit="portion"), HERE),
    "reported_absent": ("in", day(absences=(absence("holiday"),))),
    "reported_sick": ("in", day(absences=(absence("sick"),))),
    "second_meal": ("lunch 1230", day(IN, logged("meal", "11:35", detail={"meal": "lunch"}))),
    "sleep_long": ("s 700-1201", child_day(logged("arrival", "6:00"))),
    "over_a_day": ("w 1201", child_day(IN, OLD_SLEEP)),
    "taken_over_offered": ("b 150/180", HERE),
    "temperature_range": ("temp 500", HERE),
    "temperature_unlikely": ("temp 33.9", HERE),
    "while_asleep": ("lunch", SLEEPS),
    "zero_length": ("w 1200", day(IN, ASLEEP)),
}


def test_what_speaks_against_several_children_names_them_in_one_sentence() -> None:
    names = {"aya": "Aya", "bram": "Bram", "cato": "Cato"}
    facts = [
        Finding("care_fact", "warning", child, {"kind": "allergy", "fact": fact, "word": "melk"})
        for child, fact in (("aya", "[koemelk]"), ("bram", "melk"), ("bram", "melk"), ("cato", "zuivel"))
    ]
    asleep = [Finding("while_asleep", "warning", child, {"kind": "meal", "time": "11:30"}) for child in ("aya", "cato")]
    told, left = plausibility.gathered_words((*facts, *asleep), names)
    assert ": Aya [koemelk], Bram melk, Cato zuivel (melk). " in told and left == 2
    assert plausibility.gathered_words(facts[:1], names) == (plausibility.finding_words(facts[0], names), 0)
    told, left = plausibility.gathered_words(asleep, names)
    assert told.startswith("Aya, Cato: ") and left == 0
    assert plausibility.gathered_words(asleep, {"cato": "Cato"})[0].startswith("Cato: ")  # one who left the roster


def test_every_sentence_is_there_to_be_read_once() -> None:
    names = {"aya": "Aya", "bram": "Bram"}
    asleep = [Finding("while_asleep", "warning", child, {"kind": "meal", "time": "11:30"}) for child in names]
    long = Finding("medicine_not_agreed", "warning", "aya", {"medicine": "x" * 300})
    told = [words for words, _weight in plausibility.asked_words([asleep[0], long, asleep[1]], names)]
    assert len(told) == 2 and told[0].startswith("Aya, Bram: ") and len(told[1]) < 130
    assert plausibility.asked_words([], names) == []


@pytest.mark.parametrize(
    ("typed", "on", "said"),
    [
        ("lunch 1030", day(IN, logged("sleep", "10:00", "11:00")), {"10:00", "11:00", "10:30", "lunch"}),
        ("lunch 1230", SLEEPS, {"12:30", "12:00", "lunch"}),
        ("s 1000-1210", SLEEPS, {"12:00"}),
        ("w 1100", SLEEPS, {"12:00", "11:00"}),
        ("d w 1230", GONE, {"11:00"}),
        ("out", GONE, {"11:00"}),
    ],
)
def test_what_stands_against_a_sleep_or_a_stay_is_told_as_it_is(
    typed: str, on: ChildDay, said: set[str], language: str
) -> None:
    told = plausibility.finding_words(check(step(typed), on, NOW, LIMITS)[0], {})
    said = {{"nb": "lunsj"}.get(language, one) if one == "lunch" else one for one in said}
    assert all(one in told for one in said), told
    assert "–:" not in told and "+" not in told, "an end nobody knows, or a day nobody meant"


def test_a_time_between_two_doses_is_said_as_people_say_it(language: str) -> None:
    def said(minutes: int) -> str:
        args = {"medicine": "x", "time": "10:00", "apart": str(minutes), "day": "2026-11-18"}
        return plausibility.finding_words(Finding("medicine_soon", "warning", "aya", args), {})

    hour = {"en": "h", "nl": "u", "nb": "t"}[language]
    assert f"6 {hour}" in said(360) and f"1 {hour} 30 min" in said(90) and "45 min" in said(45)
    day = {"en": "on wed 18 nov at 10:00", "nl": "op wo 18 nov om 10:00", "nb": "ons. 18. nov. kl. 10:00"}[language]
    assert day in said(360)


def test_there_is_an_entry_for_every_finding() -> None:
    assert set(ENTRIES) == set(RULES)
    assert set(plausibility._findings()) == set(RULES)


@pytest.mark.parametrize("rule", sorted(ENTRIES))
def test_an_entry_that_cannot_be_true_is_answered(rule: str) -> None:
    typed, on = ENTRIES[rule]
    said = step(typed) if isinstance(typed, str) else typed
    found = (*check(said, on, NOW, LIMITS), *repeated(said, on, NOW, LIMITS))
    (finding,) = (one for one in found if one.rule == rule)
    assert places(plausibility._findings()[rule]) <= set(finding.args), "a place nothing is given for"
    told = plausibility.finding_words(finding, {"aya": "Aya"})
    assert told.startswith("Aya: ")
    assert is_sentence(told)
