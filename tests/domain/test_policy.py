"""The model a profile must fit: lookups, and every kind of misfit with its place."""

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import kindertui
from kindertui.domain.policy import POLICY_RULES, Policy, PolicyProblem
from kindertui.phrases.portal import policy_words

OPEN = (Path(kindertui.__file__).parent / "portal" / "profiles" / "open.toml").read_text(encoding="utf-8")


def data() -> dict[str, Any]:
    return tomllib.loads(OPEN)


def changed(change: Callable[[dict[str, Any]], object]) -> PolicyProblem:
    tables = data()
    change(tables)
    with pytest.raises(PolicyProblem) as caught:
        Policy.from_dict(tables)
    return caught.value


def put(path: str, value: Any) -> Callable[[dict[str, Any]], object]:
    def change(tables: dict[str, Any]) -> None:
        *tables_on_the_way, key = path.split(".")
        for name in tables_on_the_way:
            tables = tables.setdefault(name, {})
        tables[key] = value

    return change


def take(path: str) -> Callable[[dict[str, Any]], object]:
    def change(tables: dict[str, Any]) -> None:
        *tables_on_the_way, key = path.split(".")
        for name in tables_on_the_way:
            tables = tables[name]
        del tables[key]

    return change


@pytest.mark.parametrize(
    ("change", "where", "rule"),
    [
        (put("sick", 1), "sick", "unknown_key"),
        (put("absence.sikc", {}), "absence.sikc", "unknown_key"),
        (put("absence.sick.wrod", "x"), "absence.sick.wrod", "unknown_key"),
        (put("absence.sick.deadline.fax", {}), "absence.sick.deadline.fax", "unknown_key"),
        (put("absence.sick.deadline.portal", {"source": "house", "att": "08:30"}),
         "absence.sick.deadline.portal.att", "unknown_key"),
        (put("words.nappie", "luier"), "words.nappie", "unknown_key"),
        (put("sleep_check.from_2", 20), "sleep_check.from_2", "unknown_key"),
        (put("duties.piece", {}), "duties.piece", "unknown_key"),
        (take("absence.sick"), "absence.sick", "missing_key"),
        (take("absence.sick.nature"), "absence.sick.nature", "missing_key"),
        (take("absence.sick.source"), "absence.sick.source", "missing_key"),
        (take("message"), "message", "missing_key"),
        (take("guard.money"), "guard.money", "missing_key"),
        (take("title"), "title", "missing_key"),
        (put("absence", 3), "absence", "wrong_type"),
        (put("absence.sick.word", 3), "absence.sick.word", "wrong_type"),
        (put("absence.sick.credit", "yes"), "absence.sick.credit", "wrong_type"),
        (put("sleep_check.under_1", True), "sleep_check.under_1", "wrong_type"),
        (put("sleep_check.under_1", 2.5), "sleep_check.under_1", "wrong_type"),
        (put("message.urgent_by", "phone"), "message.urgent_by", "wrong_type"),
        (put("message.urgent_by", [1]), "message.urgent_by", "wrong_type"),
        (put("absence.sick.nature", "notise"), "absence.sick.nature", "not_one_of"),
        (put("message.urgent_by", ["pigeon"]), "message.urgent_by", "not_one_of"),
        (put("log.bands.under_1.due.food.kinds", ["milk"]), "log.bands.under_1.due.food.kinds", "not_one_of"),
        (put("log.bands.under_1.due.milk", {}), "log.bands.under_1.due.milk", "not_one_of"),
        (put("language", "de"), "language", "not_one_of"),
        *[(put("message.round_at", text), "message.round_at", "bad_time")
          for text in ("8:30", "24:00", "12:60", "noon", "12.00", "", "-1:30", "１２:00", "12:00:00")],
        (put("absence.sick.deadline.portal", {"at": "8.30", "source": "house"}),
         "absence.sick.deadline.portal.at", "bad_time"),
        (put("sleep_check.under_1", -1), "sleep_check.under_1", "out_of_range"),
        (put("no_show.grace", 10_000), "no_show.grace", "out_of_range"),
        (take("plausibility.medicine_apart"), "plausibility.medicine_apart", "missing_key"),
        (take("plausibility.temperature.source"), "plausibility.temperature.source", "missing_key"),
        (take("plausibility.temperature.highest"), "plausibility.temperature.highest", "missing_key"),
        (put("plausibility.bottel", 1), "plausibility.bottel", "unknown_key"),
        (put("plausibility.temperature.low", 1.0), "plausibility.temperature.low", "unknown_key"),
        (put("plausibility.meals_again", ["tea"]), "plausibility.meals_again", "not_one_of"),
        (put("plausibility.temperature.lowest", "30"), "plausibility.temperature.lowest", "wrong_type"),
        (put("plausibility.temperature.lowest", True), "plausibility.temperature.lowest", "wrong_type"),
        (put("plausibility.temperature.lowest", float("nan")), "plausibility.temperature.lowest", "out_of_range"),
        (put("plausibility.temperature.likely_from", 29), "plausibility.temperature.likely_from", "out_of_range"),
        (put("plausibility.temperature.highest", 42.9), "plausibility.temperature.highest", "out_of_range"),
        (put("plausibility.bottle", 1001), "plausibility.bottle", "out_of_range"),
        (put("log.bands.under_1.months_to", 0), "log.bands.under_1.months_to", "out_of_range"),
        (put("absence.sick.source", "rumour"), "absence.sick.source", "unknown_source"),
        (put("absence.sick.source", ""), "absence.sick.source", "unknown_source"),
        (put("share.guardians", ["none", "safeguarding"]), "share.guardians", "never_leaves"),
        (put("share.staff_only", ["safeguarding"]), "share.staff_only", "never_leaves"),
        (put("guard.citizen_number.check", False), "guard.citizen_number.check", "must_stay_on"),
        (put("absence.sick.deadline.any", {"at": "09:00", "hours_before": 48, "source": "house"}),
         "absence.sick.deadline.any", "two_deadlines"),
    ],
)  # fmt: skip
def test_a_misfit_is_named_with_its_place(change: Callable[[dict[str, Any]], object], where: str, rule: str) -> None:
    found = changed(change)
    assert (found.where, found.rule) == (where, rule)
    assert str(found).startswith(where) and "{" not in str(found)


@pytest.mark.parametrize("rule", sorted(POLICY_RULES))
def test_every_rule_has_a_sentence(rule: str) -> None:
    said = policy_words(PolicyProblem("a.b", rule, {"found": "1", "expected": "0 to 9"}))
    assert said.startswith("a.b: ") and rule not in said and said.endswith(".")


def test_a_near_miss_is_suggested() -> None:
    found = changed(put("absence.sick.natrue", "notice"))
    assert found.details == {"nearest": "nature"}
    assert policy_words(found) == "absence.sick.natrue: there is no such key; did you mean nature?"


def test_the_message_is_one_plain_sentence() -> None:
    assert policy_words(changed(put("message.round_at", "25:00"))) == (
        "message.round_at: '25:00' is not a time; write it as 08:30."
    )


def test_ages_choose_the_band() -> None:
    policy = Policy.from_dict(data())
    babies, older = policy.band((0, 0)), policy.band((1, 0))
    assert babies is not None and policy.band((0, 11)) == babies
    assert [kind for due in babies.dues for kind in due.kinds] == ["bottle", "meal", "nappy", "sleep"]
    assert older is not None and policy.band((3, 11)) == older
    assert [kind for due in older.dues for kind in due.kinds] == ["sleep"]
    assert policy.band((4, 0)) is None and policy.band(None) is None


def test_sleep_checks_by_age() -> None:
    tables = data()
    policy = Policy.from_dict(tables)
    assert [policy.sleep_check_minutes(age) for age in ((0, 11), (1, 0), (3, 2), None)] == [10, 15, 15, 10]
    tables["sleep_check"].update(under_1=20, from_1=0)
    off = Policy.from_dict(tables)
    assert [off.sleep_check_minutes(age) for age in ((0, 11), (1, 0), None)] == [20, None, 20]


def test_who_decides_depends_on_the_days_ahead() -> None:
    tables = data()
    tables["absence"]["extra_day"].update(under_days=4, under_days_by="group")
    policy = Policy.from_dict(tables)
    assert [policy.decider("extra_day", days) for days in (-1, 0, 3, 4, 30)] == ["group"] * 3 + ["manager"] * 2
    assert policy.decider("swap_day", 0) == "manager"


def test_a_deadline_by_channel_wins_over_the_one_for_any() -> None:
    tables = data()
    tables["absence"]["sick"]["deadline"] = {
        "any": {"at": "09:00", "source": "house"},
        "phone": {"at": "08:15", "groups": ["school"], "source": "house"},
    }
    policy = Policy.from_dict(tables)
    paths = {channel: policy.deadline("sick", channel) for channel in ("portal", "phone", "email", "door")}
    assert {channel: deadline and deadline.path.rpartition(".")[2] for channel, deadline in paths.items()} == {
        "portal": "any", "phone": "phone", "email": "any", "door": "any",
    }  # fmt: skip
    assert policy.deadline("sick", "phone", "school") is not None
    assert policy.deadline("sick", "phone", "day_care") is None
    assert policy.deadline("better", "phone") is None


def test_codes_are_read_back_without_regard_to_case() -> None:
    tables = data()
    tables["absence"]["sick"]["code"] = "Z"
    tables["absence"]["dentist"]["code"] = tables["absence"]["doctor"]["code"] = "overig"
    policy = Policy.from_dict(tables)
    assert policy.kind_of_code(" z ") == "sick"
    assert policy.kind_of_code("OVERIG") == "doctor", "the first in the file's order"
    assert policy.kind_of_code("") is None and policy.kind_of_code("x") is None


def test_what_may_leave_is_the_profile_s_to_say() -> None:
    tables = data()
    tables["share"]["guardians"] = ["none", "health"]
    policy = Policy.from_dict(tables)
    assert policy.may_leave("guardians", "health")
    assert not policy.may_leave("staff_only", "health")


def test_the_origin_of_a_value_is_that_of_the_table_around_it() -> None:
    policy = Policy.from_dict(data())
    assert policy.origin("absence.sick.nature").source == "house"
    assert policy.origin("no_show.grace").source == "house evaka"
    with pytest.raises(KeyError):
        policy.origin("nowhere")


def test_the_caller_s_tables_are_left_alone() -> None:
    tables = data()
    Policy.from_dict(tables)
    assert tables == data()
