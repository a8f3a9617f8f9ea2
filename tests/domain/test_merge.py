"""The rules of merging: every record has one, over each of its fields once; and what they forbid one workstation."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from kindertui.data.models import RECORDS, Base
from kindertui.domain.daylog import KINDS
from kindertui.domain.merge import WINS, Group, Rule, broken, ended, misfit

MADE_ONCE = Rule((Group("fixed", ("child", "kind")), Group("later", ("text", "until"))))
ADDED = Rule((Group("fixed", ("child", "kind")), Group("later", ("text", "until"))), add_only=True, ends=("until",))
FIELDS = frozenset({"child", "kind", "text", "until", "id", "rev", "deleted"})


def tables() -> list[Any]:
    found, left = [], list(Base.__subclasses__())
    while left:
        one: Any = left.pop()
        left += one.__subclasses__()
        if hasattr(one, "__tablename__") and one.__tablename__ in Base.metadata.tables:
            found.append(one)
    return found


@pytest.mark.parametrize("kind", RECORDS)
def test_every_record_has_a_rule_over_each_of_its_fields_once(kind: str) -> None:
    model: Any = RECORDS[kind]
    assert "merge" in vars(model), "said beside this model, not taken over from another"
    assert misfit(model.merge, frozenset(model.model_fields)) == frozenset()
    assert set(model.merge.ends) <= set(model.model_fields)
    assert bool(model.merge.ends) is model.merge.add_only


def test_every_other_table_says_why_it_is_not_merged() -> None:
    others = [one for one in tables() if one.__tablename__ not in RECORDS]
    assert {one.__tablename__ for one in others} >= {"journal", "draft", "bundle", "delivery", "intake", "origin"}
    assert all(vars(one).get("merge") in ("never_leaves", "one_holder", "appended") for one in others)
    assert len(others) + len(RECORDS) == len(Base.metadata.tables)


def test_a_group_without_a_rule_or_with_two_is_noticed() -> None:
    assert misfit(MADE_ONCE, FIELDS) == frozenset()
    assert misfit(MADE_ONCE, FIELDS | {"new"}) == {"new"}
    assert misfit(MADE_ONCE, FIELDS - {"until"}) == {"until"}
    doubled = replace(MADE_ONCE, groups=(*MADE_ONCE.groups, Group("both", ("text",))))
    assert misfit(doubled, FIELDS) == {"text"}
    for at in range(len(MADE_ONCE.groups)):
        without = replace(MADE_ONCE, groups=MADE_ONCE.groups[:at] + MADE_ONCE.groups[at + 1 :])
        assert misfit(without, FIELDS) == set(MADE_ONCE.groups[at].fields)


def test_every_word_is_used_and_every_kind_is_one() -> None:
    rules = [model.merge for model in RECORDS.values()]
    groups = [group for rule in rules for group in rule.groups]
    assert {group.wins for group in groups} == set(WINS)
    entry = RECORDS["entry"].merge
    assert {*entry.twice_of, *(kind for group in entry.groups for kind in group.of)} <= set(KINDS)
    assert not any(rule.twice_of or any(group.of for group in rule.groups) for rule in rules if rule is not entry)


def test_what_is_dear_is_said() -> None:
    """The lines of the table that protect a child, as they were decided."""
    restriction = RECORDS["restriction"].merge
    assert [kind for kind, model in RECORDS.items() if model.merge.add_only] == ["restriction"]
    assert {"child_id", "guardian_id", "kind"} <= restriction.fixed
    assert restriction.twice == "both" and set(restriction.ends) == {"lifted_on", "lifted_by"}
    said: dict[tuple[str, str], Any] = {
        (kind, name): group for kind, model in RECORDS.items() for group in model.merge.groups for name in group.fields
    }
    assert said["guardianship", "may_pick_up"].wins == said["consent", "given"].wins == "no"
    assert said["message_to", "held_back"].wins == said["entry", "share"].wins == "narrower"
    assert said["agreement", "last_day"].wins == said["pick_up", "last_day"].wins == "narrower"
    assert said["care_fact", "text"].wins == said["agreement", "dose"].wins == "both"
    assert set(said["entry", "text"].of) == {"medicine", "temperature", "incident", "sleep_check"}
    assert {kind for kind, model in RECORDS.items() if model.merge.gone == "gone"} == {"agreement", "pick_up"}
    assert {kind for kind, model in RECORDS.items() if model.merge.twice == "one"} == {
        "menu", "expansion", "id_map", "slot", "guardianship", "consent",
    }  # fmt: skip


changes = st.dictionaries(st.sampled_from(sorted(FIELDS - {"deleted"})), st.none() | st.integers(0, 2))


@given(changes, st.booleans())
def test_what_is_fixed_is_said_once(new: dict[str, Any], taking_back: bool) -> None:
    assert broken(MADE_ONCE, new, taking_back=taking_back) == {"child", "kind"} & new.keys()
    assert broken(MADE_ONCE, {**new, "deleted": False}, taking_back=taking_back) == frozenset(), "said anew"
    assert broken(MADE_ONCE, {**new, "deleted": True}, taking_back=taking_back) == frozenset()


@given(changes, st.booleans())
def test_what_may_only_be_added_is_marked_by_taking_back_alone(new: dict[str, Any], taking_back: bool) -> None:
    fixed = {"child", "kind"} & new.keys()
    assert broken(ADDED, new, taking_back=taking_back) == fixed
    assert broken(ADDED, {**new, "deleted": False}, taking_back=taking_back) == fixed, "never said anew"
    assert broken(ADDED, {**new, "deleted": True}, taking_back=True) == fixed
    assert broken(ADDED, {**new, "deleted": True}, taking_back=False) == fixed | {"deleted"}


@given(changes)
def test_what_ends_it_is_noticed(new: dict[str, Any]) -> None:
    lifts = "lifted" if new.get("until") is not None else ""
    assert ended(ADDED, new) == lifts
    assert ended(ADDED, {**new, "deleted": False}) == lifts
    assert ended(ADDED, {**new, "deleted": True}) == "marked"
    assert ended(MADE_ONCE, {**new, "deleted": True}) == ""
