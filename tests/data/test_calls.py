"""Phone calls written down: each try once, by whom, and never of somebody who is not to be phoned."""

import pytest

from kindertui.data import calls
from kindertui.data.act import Actor
from kindertui.data.clock import utc_now
from kindertui.data.queries import absences as queries
from kindertui.data.store import Store
from kindertui.data.undo import undo
from kindertui.domain.calls import Call
from kindertui.domain.faults import Refused
from kindertui.phrases.attendance import refusals, tried
from tests.conftest import People
from tests.screens.acting import ZONE


def today(store: Store, *children: str) -> tuple[Call, ...]:
    return queries.calls(store.reader, children, utc_now().astimezone(ZONE).date(), ZONE)


def test_each_try_is_kept_in_order_and_can_be_taken_back(store: Store, ina: Actor, people: People) -> None:
    aya, bram, sara = people.children["Aya"], people.children["Bram"], people.guardians["Sara Bakker"]
    jayne = Actor(people.staff["Jayne"], "Jayne")
    first = store.call(calls.called, ina, aya, sara, "no_answer")
    second = store.call(calls.called, jayne, aya, sara, "reached")
    assert (first.outcome, first.by, second.by) == ("no_answer", "Ina", "Jayne")
    assert today(store, aya, bram) == (first, second) and today(store, bram) == ()
    assert tried((first,)) == f"tried 1×, last {first.at:%H:%M}"
    assert tried((first, second)) == f"reached {second.at:%H:%M} by Jayne"
    assert store.call(undo, jayne).kinds == ("call",)
    assert today(store, aya) == (first,)


def test_who_is_held_back_or_no_guardian_is_not_phoned(store: Store, ina: Actor, people: People) -> None:
    for who, rule in (("Tom Bakker", "call_held_back"), ("Lies de Wit", "call_unknown")):
        with pytest.raises(Refused) as refused:
            store.call(calls.called, ina, people.children["Aya"], people.guardians[who], "reached")
        assert refused.value.rule == rule
    assert today(store, people.children["Aya"]) == ()
    assert refusals().keys() == calls.RULES
