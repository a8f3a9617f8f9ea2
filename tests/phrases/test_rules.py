"""Every rule id of every exported set has its sentence, with its own arguments; and the words for values."""

import ast
from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, get_args

import pytest
from babel.dates import format_date
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from kindertui import i18n, phrases
from kindertui.data import absences, messages
from kindertui.domain.absences import ABSENCE_KINDS, AbsenceState, Decider
from kindertui.domain.audience import HELD_BACK
from kindertui.domain.care_notes import typed_day
from kindertui.domain.daylog import KINDS, Meal
from kindertui.domain.entry import Step
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
)  # fmt: skip
from kindertui.domain.messages import MessageState
from kindertui.domain.policy import GUARD_CATEGORIES, WAYS
from kindertui.phrases import absences as absence_phrases
from kindertui.phrases import cli as cli_phrases
from kindertui.phrases import daylog, importing, plain
from kindertui.phrases import entry as entry_phrases
from kindertui.phrases import messages as message_phrases
from kindertui.phrases import portal as portal_phrases
from kindertui.phrases import roster as roster_phrases
from kindertui.phrases.refused import quarantine_words, refused
from kindertui.portal import profile
from kindertui.portal.bundle.format import PROBLEM_RULES
from tests.catalogues import PACKAGE, is_sentence, places
from tests.domain.entry_roster import NOW, ZONE, read
from tests.domain.test_plausibility import IN, absence, day
from tests.domain.test_plausibility import entry as logged

pytestmark = pytest.mark.usefixtures("language")


@pytest.mark.parametrize("rule", FAULT_RULES)
def test_what_is_wrong_with_the_database(rule: str, language: str) -> None:
    told = phrases.fault(DatabaseFault(rule, "/home/ina/{x}.db"))  # type: ignore[arg-type]
    assert is_sentence(told.replace("{x}", "x"))
    assert told[-1] in ".!"
    if rule != "db_old_driver" and not rule.startswith("db_keyring_"):  # which are about no file
        assert "/home/ina/{x}.db" in told, "the sentence says which file"


# The arguments a refusal is raised with, by name; times and lists as the writers give them.
GIVEN = {
    "group": "3",
    "by": "Jayne", "at": "2026-11-20T12:41+01:00", "word": "undo", "field": "text", "path": "/x", "kind": "sick",
    "now": "9999-12-31 12:00",
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


def test_every_note_of_the_command_line_has_its_sentence_and_gives_its_arguments() -> None:
    used: dict[str, set[str]] = {}
    for path in (PACKAGE / "cli").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("phrases.note", "note"):
                rule = ast.unparse(node.args[0])
                used.setdefault(rule, set()).update(one.arg for one in node.keywords if one.arg)
    assert not used.pop("f'no_{what}'"), "lists.py puts these names together"
    used |= {repr(f"no_{what}"): set() for what in ("groups", "children", "staff")}
    sentences = {repr(rule): sentence for rule, sentence in cli_phrases._notes().items()}
    assert used.keys() == sentences.keys()
    assert all(places(sentences[rule]) == given for rule, given in used.items())


WORDS = {
    name: name.upper()
    for name in (
        "column", "columns", "limit", "format", "found", "expected", "known", "first", "count", "path", "encoding",
        "where", "line", "at", "said", "share", "sensitivity", "type", "code",
    )
}  # fmt: skip


def test_every_rule_of_the_readers_has_a_sentence_and_no_other() -> None:
    sentences = {**importing._file_sentences(), **importing._line_sentences()}
    assert sentences.keys() == FILE_RULES | LINE_RULES | WARNING_RULES | APPLY_RULES | APPLY_WARNING_RULES


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
    assert is_sentence(quarantine_words(rule, WORDS))


# Words for values.


@pytest.mark.parametrize("rule", sorted(GUARD_RULES))
def test_what_was_found_in_a_message_is_said_with_the_way_instead(rule: str) -> None:
    found = GuardFinding("health", rule, ("koorts", "griep"), "phone", "warn")  # type: ignore[arg-type]
    told = message_phrases.finding(found)
    assert is_sentence(told)
    assert told.startswith("“koorts”, “griep”: ") and told.endswith(f" {message_phrases.instead('phone')}")


def test_every_value_has_a_word() -> None:
    tables: list[tuple[Callable[[Any], str], Collection[str]]] = [
        (daylog.kind, KINDS), (daylog.meal, get_args(Meal)), (absence_phrases.absence_kind, ABSENCE_KINDS),
        (absence_phrases.state, get_args(AbsenceState)), (absence_phrases.decider, get_args(Decider)),
        (message_phrases.state, get_args(MessageState)), (message_phrases.category, GUARD_CATEGORIES),
        (message_phrases.instead, WAYS), (message_phrases.held_back, HELD_BACK),
    ]  # fmt: skip
    for words, names in tables:
        assert names and all(words(name) for name in names), words
    assert len({daylog.kind(name) for name in KINDS}) == len(KINDS), "two kinds share a word"


def test_a_short_day_is_babels_and_norwegian_keeps_its_dots(language: str) -> None:
    pattern = "EEE d. MMM" if language == "nb" else "EEE d MMM"
    for number in range(366):
        value = date(2024, 1, 1) + timedelta(number)
        wanted = format_date(value, pattern, locale=language).lower()
        assert phrases.day(value) == (wanted if language == "nb" else wanted.replace(".", ""))
        assert len(phrases.day(value)) <= phrases.day_cells()


DATES = {
    "en": ("mon 30 nov", "30 nov 2026", "30-11-2026", "Monday 30 November 2026", "mon"),
    "nl": ("ma 30 nov", "30 nov 2026", "30-11-2026", "maandag 30 november 2026", "ma"),
    "nb": ("man. 30. nov.", "30. nov. 2026", "30.11.2026", "mandag 30. november 2026", "man."),
}


def test_a_date_is_written_as_the_language_writes_it(language: str) -> None:
    on = date(2026, 11, 30)
    written = (phrases.day(on), phrases.dated(on), phrases.numeric_day(on), phrases.long_day(on), phrases.weekday(1))
    assert written == DATES[language]
    assert phrases.numeric_day(None) == ""


@given(value=st.dates(date(1900, 1, 1), date(2999, 1, 1)))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_date_of_the_care_notes_is_read_back(value: date, language: str) -> None:
    assert typed_day(phrases.numeric_day(value), date(2026, 11, 20)) == value


def test_a_number_has_the_decimal_sign_of_the_language(language: str) -> None:
    sign = "." if language == "en" else ","
    assert phrases.number(38.25) == f"38{sign}25"
    assert phrases.number(150.0) == "150"
    assert daylog.entry_words(logged("temperature", "11:30", amount=38.2), NOW) == f"38{sign}2 °C"
    assert daylog.millilitres(logged("drink", "11:30", amount=1.5, detail={"offered": 2.5})) == f"1{sign}5/2{sign}5 ml"
    assert phrases.number(1.5, "en") == "1.5" and phrases.number(1.5, "nb") == "1,5", "of a language that is not shown"


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
        assert food[:3] == daylog.meal(name)[:3]


def test_the_night_the_clocks_go_back_is_told_by_its_letters_and_lasts_as_long_as_it_did() -> None:
    autumn, start = datetime(2026, 10, 25, 12, tzinfo=ZONE), datetime(2026, 10, 25, 1, 30, tzinfo=ZONE)
    first, second = (datetime(2026, 10, 25, 2, 30, tzinfo=ZONE, fold=fold) for fold in (0, 1))
    assert [phrases.clock(one) for one in (start, first, second)] == ["01:30", "02:30a", "02:30b"]
    assert phrases.clock(datetime(2026, 3, 29, 3, 30, tzinfo=ZONE)) == "03:30"
    nap = logged("sleep", "10:00")
    for end, minutes in ((first, "60"), (second, "120")):
        assert f"{minutes} " in daylog.entry_words(replace(nap, start=start, end=end), NOW)
    assert "2:00" in daylog.entry_words(replace(nap, start=start), second)
    step = read("s 0130-0230b", now=autumn).parts[0]
    assert isinstance(step, Step) and "02:30b" in entry_phrases.step_words(step, autumn, "en")


def test_a_sentence_ends_in_one_full_stop(language: str) -> None:
    away = absence("holiday", last_day=date(2026, 12, 4))
    told = plain.child_in_words(replace(day(), absences=(away,)), NOW, profile.load("open"))
    assert told.endswith({"en": "fri 4 dec.", "nl": "vr 4 dec.", "nb": "ferie t.o.m. fre. 4. des."}[language])
    assert not told.endswith("..")
