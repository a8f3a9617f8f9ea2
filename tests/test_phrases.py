"""Every rule id of every exported set has its sentence, with its own arguments, in every language."""

import ast
import string
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import get_args

import pytest
from msgspec.structs import replace

from kindertui import i18n, phrases
from kindertui.data import absences, messages
from kindertui.domain.absences import ABSENCE_KINDS, Absence
from kindertui.domain.audience import HELD_BACK
from kindertui.domain.daylog import KINDS, Entry, Meal, Nappy
from kindertui.domain.entry import PROBLEMS, Grid, LineProblem, Roster, RosterChild, Step, grid_plan, parse
from kindertui.domain.entry.words import fold, vocabulary
from kindertui.domain.faults import FAULT_RULES, DatabaseFault, Refused
from kindertui.domain.guard import GUARD_RULES, GuardFinding
from kindertui.domain.incoming import QUARANTINE_RULES
from kindertui.domain.intake_roster import (
    APPLY_RULES,
    APPLY_WARNING_RULES,
    FILE_RULES,
    LINE_RULES,
    WARNING_RULES,
    FileRefused,
    Remark,
)
from kindertui.domain.people import Agreement, CareFact, Child
from kindertui.domain.plausibility import RULES, Finding, check
from kindertui.domain.roster import ChildDay
from kindertui.phrases import entry as entry_phrases
from kindertui.phrases import importing, plausibility
from kindertui.phrases import messages as message_phrases
from kindertui.phrases import portal as portal_phrases
from kindertui.phrases import roster as roster_phrases
from kindertui.phrases.refused import refused
from kindertui.portal import profile
from kindertui.portal.bundle.format import PROBLEM_RULES
from tests.catalogues import translations
from tests.domain.entry_roster import CHILDREN, NOW, ROSTER, ZONE, clock, read, step
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
)
from tests.domain.test_plausibility import entry as logged

PACKAGE = Path(i18n.__file__).parent


@pytest.fixture(params=i18n.LANGUAGES, autouse=True)
def language(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The catalogue as it stands in the source, compiled or not."""
    name: str = request.param
    i18n.use(name)
    monkeypatch.setattr(i18n._Current, "catalogue", translations(name))
    yield name


def places(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def is_sentence(text: str) -> bool:
    return bool(text.strip()) and "{" not in text and "}" not in text and text == " ".join(text.split())


# The database.


@pytest.mark.parametrize("rule", FAULT_RULES)
def test_what_is_wrong_with_the_database(rule: str, language: str) -> None:
    told = phrases.fault(DatabaseFault(rule, "/home/ina/{x}.db"))  # type: ignore[arg-type]
    assert is_sentence(told.replace("{x}", "x"))
    assert told[-1] in ".!"
    if rule != "db_old_driver":
        assert "/home/ina/{x}.db" in told, "the sentence says which file"


# A line that is no plan.

HOME_ROSTER = Roster(tuple(RosterChild(one.id, one.given_name, one.surname, one.prefix) for one in CHILDREN))
YESTERDAY = Roster(CHILDREN, cursor="aya", day=date(2026, 11, 19))
SPRING = datetime(2026, 3, 29, 12, 0, tzinfo=ZONE)
AUTUMN = datetime(2026, 10, 25, 12, 0, tzinfo=ZONE)
LINES: Mapping[str, tuple[str, Roster, datetime, str]] = {
    rule: (line, roster or ROSTER, now or NOW, typed)
    for rule, line, roster, now, typed in (
        ("all_not_for_report", "all sick", None, None, "en"),
        ("all_other_day", "@yesterday all s 1230", None, None, "en"),
        ("ambiguous", "em s", None, None, "en"),
        ("amount_invalid", "b 1130 -5", None, None, "en"),
        ("amount_negative", "b -500", None, None, "en"),
        ("amount_missing", "b", None, None, "en"),
        ("command_alone", "s; lock", None, None, "en"),
        ("date_invalid", "daan sick 32-11", None, None, "en"),
        ("day_ambiguous", "@t", None, None, "en"),
        ("day_first", "s @yesterday", None, None, "en"),
        ("day_invalid", "@31-2", None, None, "en"),
        ("day_long_ago", "@19-11-2020", None, None, "en"),
        ("day_missing", "@", None, None, "en"),
        ("day_no_command", "@yesterday week", None, None, "en"),
        ("day_to_come", "@21-11-2026", None, None, "en"),
        ("empty", "", None, None, "en"),
        ("last_before_first", "daan holiday 27-11 23-11", None, None, "en"),
        ("menu_for_all", "aya menu lunch pasta", None, None, "en"),
        ("menu_meal_missing", "menu pasta", None, None, "en"),
        ("minus_without_all", "-aya s", None, None, "en"),
        ("name_unknown", "all -xyz s", None, None, "en"),
        ("nap_asked", "s ?", None, None, "en"),
        ("nappy_content_missing", "d", None, None, "en"),
        ("next_day_end_only", "n 0030+ x", None, None, "en"),
        ("no_child_here", "aya lock", None, None, "en"),
        ("no_end_here", "in 802-1730", None, None, "en"),
        ("no_open_end", "w 1130-", None, None, "en"),
        ("no_sleep_no_end", "s 1230-1400 no", None, None, "en"),
        ("nobody_asleep", "all check", None, None, "en"),
        ("nobody_expected", "all in", HOME_ROSTER, None, "en"),
        ("nobody_in", "all s", HOME_ROSTER, None, "en"),
        ("nobody_left", "all -aya -br -cato -emma v -emma j -oster -daniel s", None, None, "en"),
        ("nothing_to_recall", "n &yesterday", None, None, "en"),
        ("nothing_written", "n &", None, None, "en"),
        ("one_line", "n a\nb", None, None, "en"),
        ("own_value_alone", "s 1230-=; n x", None, None, "en"),
        ("own_value_many", "n = = =", None, None, "en"),
        ("own_value_not_here", "=", None, None, "en"),
        ("recall_unknown", "n &tomorrow", None, None, "en"),
        ("second_amount", "b 150 160 170", None, None, "en"),
        ("second_content", "d w s", None, None, "en"),
        ("second_time", "s 1030 1215", None, None, "en"),
        ("swap_needs_two_days", "daan swap 25-11", None, None, "en"),
        ("time_ago_other_day", "s -10", YESTERDAY, None, "en"),
        ("time_invalid", "s 1275", None, None, "en"),
        ("time_needed", "s", YESTERDAY, None, "en"),
        ("time_skipped", "s 230", None, SPRING, "en"),
        ("time_twice", "s 230", None, AUTUMN, "en"),
        ("too_long", "n " + "x" * 499, None, None, "en"),
        ("verb_ambiguous", "fr 1130", None, None, "nb"),
        ("verb_missing", "aya", None, None, "en"),
        ("verb_unknown", "aya xyz s", None, None, "en"),
        ("who_missing", "s", HOME_ROSTER, None, "en"),
        ("word_unknown", "xyz", None, None, "en"),
        ("words_missing", "n", None, None, "en"),
    )
}


@pytest.mark.parametrize(("tongue", "typed"), [("nb", "fl"), ("nb", "fr"), ("nl", "me"), ("en", "me")])
def test_what_a_beginning_can_be_is_told_in_the_words_that_are_typed(tongue: str, typed: str) -> None:
    problem = parse(f"{typed} 1130", ROSTER, NOW, tongue)
    assert isinstance(problem, LineProblem) and problem.rule == "verb_ambiguous"
    words = [entry_phrases.verb(name, tongue) for name in problem.args["verbs"].split()]
    understood = vocabulary(tongue).words
    assert [understood[fold(word)].name for word in words] == problem.args["verbs"].split()


def test_there_is_a_line_for_every_problem() -> None:
    assert set(LINES) | set(CELLS) == PROBLEMS
    assert set(entry_phrases._problems()) == PROBLEMS


@pytest.mark.parametrize("rule", sorted(LINES))
def test_a_line_that_is_no_plan_is_answered(rule: str, language: str) -> None:
    line, roster, now, typed = LINES[rule]
    problem = parse(line, roster, now, typed)
    assert isinstance(problem, LineProblem)
    assert problem.rule == rule
    assert places(entry_phrases._problems()[rule]) <= set(problem.args), "a place nothing is given for"
    told = entry_phrases.problem_words(problem, language)
    assert is_sentence(told)


# A cell of the value grid that is no value.

CELLS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "own_value_missing": ("b = =", ("", "warm")),
    "own_value_words": ("lunch =", ("¾ bread",)),
    "portion_invalid": ("lunch =", ("bread",)),
}


@pytest.mark.parametrize("rule", sorted(CELLS))
def test_a_cell_that_is_no_value_is_answered(rule: str, language: str) -> None:
    line, cells = CELLS[rule]
    (grid,) = read(line).parts
    assert isinstance(grid, Grid)
    problem = grid_plan(grid, {"aya": cells}, ROSTER, NOW, "en").problems["aya"].problem
    assert problem.rule == rule
    assert places(entry_phrases._problems()[rule]) <= set(problem.args), "a place nothing is given for"
    assert is_sentence(entry_phrases.problem_words(problem, language))


# An entry that cannot be true.


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
    "bottle_soon": ("b 1230 150", day(IN, logged("bottle", "12:18", amount=100.0))),
    "care_fact": ("lunch nuts", child_day(IN, facts=(CareFact("f", "aya", "allergy", "no nuts"),))),
    "check_not_asleep": ("check", HERE),
    "checked_later": ("w 1205", day(IN, ASLEEP, logged("sleep_check", "12:10"))),
    "ends_before_start": ("s 1230-1100", HERE),
    "entries_after": ("out 1100", day(IN, logged("nappy", "11:30"))),
    "entries_before": ("in 1230", day(logged("nappy", "11:30"))),
    "in_future": ("n 1243 x", HERE),
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
    told = plausibility.asked_words([asleep[0], long, asleep[1]], names)
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
    assert "18 nov 10:00" in said(360)


def test_there_is_an_entry_for_every_finding() -> None:
    assert set(ENTRIES) == set(RULES)
    assert set(plausibility._findings()) == set(RULES)


@pytest.mark.parametrize("rule", sorted(ENTRIES))
def test_an_entry_that_cannot_be_true_is_answered(rule: str) -> None:
    typed, on = ENTRIES[rule]
    found = check(step(typed) if isinstance(typed, str) else typed, on, NOW, LIMITS)
    (finding,) = (one for one in found if one.rule == rule)
    assert places(plausibility._findings()[rule]) <= set(finding.args), "a place nothing is given for"
    told = plausibility.finding_words(finding, {"aya": "Aya"})
    assert told.startswith("Aya: ")
    assert is_sentence(told)


@pytest.mark.parametrize(
    "line",
    [
        "s", "s 1230-1415", "w", "lunch 1130-1150 ¾ bread", "b 210/160", "dr 100", "temp 38.2", "d wet", "wc", "med x",
        "out grandma", "in 8:02; b 150", "daan sick", "daan late 930", "daan swap 25-11 23-11",
        "daan holiday 23-11 27-11", "lock", "all s", "all -aya s", "@yesterday", "@yesterday aya s 1230-1415",
        "menu lunch pasta", "d 0830 1110 w", "all in; s 1230 -daan", "s no", "all s no 1230 -aya",
    ],
)  # fmt: skip
def test_what_enter_will_do_is_said(line: str, language: str) -> None:
    days = [ChildDay(Child(one.id, one.given_name, one.prefix, one.surname, None, None), DAY) for one in CHILDREN]
    names = {one.id: one.given_name for one in CHILDREN}
    for who, what in entry_phrases.plan_words(read(line), days, names, NOW, language):
        assert is_sentence(what)
        assert "{" not in who


def test_another_day_and_who_is_left_out_are_said_before_enter(language: str) -> None:
    days = [ChildDay(Child(one.id, one.given_name, one.prefix, one.surname, None, None), DAY) for one in CHILDREN]
    names = {one.id: one.given_name for one in CHILDREN}
    ((who, what),) = entry_phrases.plan_words(read("@yesterday aya s 2330-0030+"), days, names, NOW, language)
    assert who == f"{phrases.day(date(2026, 11, 19)).upper()}  Aya"
    same_day = entry_phrases.plan_words(read("@yesterday aya s 2330-2350"), days, names, NOW, language)[0][1]
    assert len(what) > len(same_day) and "23:30–00:30" in what
    told = entry_phrases.plan_words(read("all in 802; wc 1130 -daan"), days, names, NOW, language)
    assert [who for who, _ in told] == [phrases.listed(["Daan", "Evi"]), "Evi"]


# An act that was refused.

# The arguments a refusal is raised with, by name; times and lists as the writers give them.
GIVEN = {
    "by": "Jayne", "at": "2026-11-20T12:41+01:00", "word": "undo", "field": "text", "path": "/x", "kind": "sick",
    "first": "2026-11-23", "last": "2026-11-27", "start": "10:00", "end": "09:00", "state": "approved",
    "decision": "refuse", "categories": "health,child_name", "held_back": "2", "limit": "4000",
    "act": "0190a1b2-0000-7000-8000-000000000001",
}  # fmt: skip


@cache
def raised() -> Mapping[str, frozenset[str]]:
    """Every rule `Refused` is raised with in the data layer and the portal, with the arguments that it always gets."""
    found: dict[str, frozenset[str]] = {}
    for room in ("data", "portal"):
        for path in (PACKAGE / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Refused":
                    rule = node.args[0]
                    if isinstance(rule, ast.Constant) and isinstance(rule.value, str):
                        spread = any(one.arg is None for one in node.keywords)
                        names = frozenset(GIVEN) if spread else frozenset(one.arg for one in node.keywords if one.arg)
                        found[rule.value] = found.get(rule.value, names) & names
    return found


def test_the_refusals_are_found_where_they_are_raised() -> None:
    assert {"nothing_to_undo", "undo_changed_since", "changed_meanwhile", "child_unknown"} <= set(raised())
    assert raised()["changed_meanwhile"] == {"by", "at"}


@pytest.mark.parametrize("rule", sorted({*raised(), *absences.RULES, *messages.RULES, "text_too_long"}))
def test_a_refusal_is_answered(rule: str) -> None:
    told = refused(Refused(rule, "aya", **{name: GIVEN[name] for name in raised().get(rule, {"field"})}))
    assert is_sentence(told)
    assert told[-1] in ".!?"


@pytest.mark.parametrize("rule", ["undo_changed_since", "changed_meanwhile"])
def test_a_refusal_says_who_and_when(rule: str, language: str) -> None:
    told = refused(Refused(rule, "aya", by="Jayne", at="12:41"))
    assert "Jayne" in told
    assert "12:41" in told


# Files from outside.

WORDS = {
    name: name.upper()
    for name in (
        "column", "columns", "limit", "format", "found", "expected", "known", "first", "count", "path", "encoding",
        "where", "line", "at", "said", "share", "sensitivity", "type", "code",
    )
}  # fmt: skip


def test_every_rule_of_the_readers_has_a_sentence_and_no_other() -> None:
    assert importing.rules() == FILE_RULES | LINE_RULES | WARNING_RULES | APPLY_RULES | APPLY_WARNING_RULES


@pytest.mark.parametrize("rule", sorted(FILE_RULES))
def test_a_file_that_is_refused_is_answered(rule: str) -> None:
    sentence = importing._file_sentences()[rule]
    assert places(sentence) - {"path"} <= set(WORDS)
    told = importing.file_refused(
        FileRefused(rule, {name: WORDS[name] for name in places(sentence) - {"path"}}), "x.csv"
    )
    assert is_sentence(told)
    assert "x.csv" in told
    numbered = importing.file_refused(FileRefused(rule, WORDS, 12), "x.csv")
    assert "12" in numbered


@pytest.mark.parametrize("rule", sorted(LINE_RULES | WARNING_RULES | APPLY_RULES | APPLY_WARNING_RULES))
def test_a_line_that_is_refused_is_answered(rule: str) -> None:
    sentence = importing._line_sentences()[rule]
    one = Remark(rule, {name: WORDS[name] for name in places(sentence)}, 12)
    assert is_sentence(importing.remark(one))
    assert "12" in importing.at_line(one)


@pytest.mark.parametrize("rule", sorted(PROBLEM_RULES | QUARANTINE_RULES))
def test_what_is_wrong_with_a_bundle_is_answered(rule: str) -> None:
    told = portal_phrases.problem_words("records.jsonl", 12, rule, WORDS)
    assert is_sentence(told)
    assert "records.jsonl" in told and "12" in told


@pytest.mark.parametrize("rule", sorted(QUARANTINE_RULES))
def test_why_a_line_is_kept_apart_is_answered(rule: str) -> None:
    assert is_sentence(portal_phrases.kept_apart(rule, WORDS))


# Words for values.


@pytest.mark.parametrize("rule", sorted(GUARD_RULES))
def test_what_was_found_in_a_message_is_said(rule: str) -> None:
    found = GuardFinding("health", rule, ("fever",), "phone", "warn")  # type: ignore[arg-type]
    assert "fever" in message_phrases.finding(found)
    assert is_sentence(message_phrases.finding(found))


def test_every_kind_and_reason_has_a_word() -> None:
    assert all(roster_phrases.kind(name) for name in KINDS)
    assert all(roster_phrases.absence_kind(name) for name in ABSENCE_KINDS)
    assert all(roster_phrases.meal(name) for name in get_args(Meal))
    assert all(message_phrases.held_back(name) for name in HELD_BACK)
    assert len({roster_phrases.kind(name) for name in KINDS}) == len(KINDS), "two kinds share a word"
    assert get_args(Nappy)


def test_an_absence_has_its_own_kind() -> None:
    assert isinstance(absence("sick"), Absence)


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_a_short_day_is_babels_without_its_dots(language: str) -> None:
    from babel.dates import format_date

    i18n.use(language)
    for number in range(366):
        value = date(2024, 1, 1) + timedelta(number)
        assert phrases.day(value) == format_date(value, "EEE d MMM", locale=language).replace(".", "").lower()


@pytest.mark.parametrize("wide", [False, True])
@pytest.mark.parametrize("name", ["breakfast", "fruit", "lunch", "snack", "dinner"])
def test_how_much_was_eaten_is_in_its_column_whatever_the_meal_is_called(
    name: str, *, wide: bool, language: str
) -> None:
    for amount, said in ((0.5, "½"), (1.0, i18n._("all")), (None, "")):
        on = day(IN, logged("meal", "11:30", amount=amount, detail={"meal": name}))
        food = roster_phrases.day_words(on, NOW, profile.load("open"), wide=wide).food[0]
        assert said in food.split() or not said, food
        assert len(food) <= roster_phrases.FOOD_WIDTHS[wide] and food.endswith(":30") == wide
        assert food[:3] == roster_phrases.meal(name)[:3]


def test_the_night_the_clocks_go_back_is_told_by_its_letters_and_lasts_as_long_as_it_did() -> None:
    start = datetime(2026, 10, 25, 1, 30, tzinfo=ZONE)
    first, second = (datetime(2026, 10, 25, 2, 30, tzinfo=ZONE, fold=fold) for fold in (0, 1))
    assert [phrases.clock(one) for one in (start, first, second)] == ["01:30", "02:30a", "02:30b"]
    assert phrases.clock(datetime(2026, 3, 29, 3, 30, tzinfo=ZONE)) == "03:30"
    nap = logged("sleep", "10:00")
    for end, minutes in ((first, "60"), (second, "120")):
        assert f"{minutes} " in roster_phrases.entry_words(replace(nap, start=start, end=end), NOW)
    assert "2:00" in roster_phrases.entry_words(replace(nap, start=start), second)
    step = read("s 0130-0230b", now=AUTUMN).parts[0]
    assert isinstance(step, Step) and "02:30b" in entry_phrases.step_words(step, AUTUMN, "en")
