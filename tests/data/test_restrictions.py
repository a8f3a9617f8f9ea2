"""A restriction is only added: no write changes whom it is about, and nothing ends it but who may."""

from datetime import timedelta
from typing import Any

import pytest

from kindertui.data import care_notes, models, queries
from kindertui.data.act import Actor, Tx
from kindertui.data.plan import Plan
from kindertui.data.store import Store
from kindertui.data.undo import ANYTHING, redo, undo
from kindertui.domain.faults import Refused
from kindertui.domain.people import Restriction
from kindertui.phrases.refused import refused
from tests.conftest import People
from tests.today import today


@pytest.fixture
def jayne(people: People) -> Actor:
    return Actor(people.staff["Jayne"], "Jayne", "test:2")


@pytest.fixture
def marit(people: People) -> Actor:
    return Actor(people.staff["Marit"], "Marit", "test:3")


@pytest.fixture
def added(store: Store, ina: Actor, people: People) -> Restriction:
    """One that Ina wrote."""
    since = today() - timedelta(days=1)
    return store.call(care_notes.add_restriction, ina, people.children["Aya"], None, "address", "order", since)


def standing(store: Store, people: People) -> list[str]:
    return [one.id for one in queries.restrictions(store.reader, (people.children["Aya"],)) if one.kind == "address"]


def why(call: Any) -> str:
    with pytest.raises(Refused) as caught:
        call()
    assert refused(caught.value).startswith("Not taken back")
    return caught.value.rule


FIXED = {"kind": "contact", "guardian_id": "x", "child_id": "x", "since": "2020-01-01", "author": "x", "source": "x"}


@pytest.mark.parametrize("name", [*FIXED, "deleted"])
@pytest.mark.parametrize("way", ["mapper", "rows"])
def test_no_write_changes_whom_it_is_about_or_takes_it_away(
    store: Store, people: People, marit: Actor, added: Restriction, name: str, way: str
) -> None:
    value = (
        people.guardians["Tom Bakker"]
        if name == "guardian_id"
        else people.children["Bram"]
        if name == "child_id"
        else None
    )
    values = {name: True if name == "deleted" else value or FIXED[name]}

    def write(tx: Tx) -> None:
        if way == "mapper":
            record = tx.get(models.Restriction, added.id)
            assert record is not None
            tx.change(record, **values)
            return
        plan = Plan(tx.connection, tx.local_now)
        (planned,) = [one for one in plan.all(models.Restriction) if one.id == added.id]
        plan.change(planned, **values)
        tx.write(record for _, records in plan.units() for record in records)

    before = store.reader.execute("SELECT * FROM restriction WHERE id = ?", (added.id,)).fetchone()
    with pytest.raises(RuntimeError, match=name):
        store.call(write, marit)
    assert store.reader.execute("SELECT * FROM restriction WHERE id = ?", (added.id,)).fetchone() == before


def test_its_author_takes_back_a_slip_and_a_colleague_does_not(
    store: Store, people: People, ina: Actor, jayne: Actor, added: Restriction
) -> None:
    assert why(lambda: store.call(undo, jayne, anybody=True, confirmed=ANYTHING)) == "undo_restriction"
    assert standing(store, people) == [added.id]
    store.call(undo, ina)
    assert standing(store, people) == []
    store.call(redo, ina)
    assert standing(store, people) == [added.id]
    assert why(lambda: store.call(undo, jayne, anybody=True)) == "undo_restriction", "done again it is Ina's too"
    store.call(undo, ina)
    assert standing(store, people) == []


def test_a_manager_may_take_a_colleagues_back(store: Store, people: People, marit: Actor, added: Restriction) -> None:
    store.call(undo, marit, anybody=True)
    assert standing(store, people) == []


def test_what_others_know_of_is_not_taken_back_by_anybody(
    store: Store, people: People, ina: Actor, marit: Actor, added: Restriction
) -> None:
    def leave(tx: Tx) -> None:
        tx.connection.execute(
            "INSERT INTO delivery (record_id, rev, kind, content, bundle_seq, state, reason)"
            " VALUES (?, 1, 'restriction', '', 1, 'unknown', '')",
            (added.id,),
        )

    store.call(leave, ina)
    assert why(lambda: store.call(undo, ina)) == "undo_shared"
    assert why(lambda: store.call(undo, marit, anybody=True)) == "undo_shared"
    assert standing(store, people) == [added.id]
    (shown,) = [one for one in queries.restrictions(store.reader, (people.children["Aya"],)) if one.id == added.id]
    store.call(care_notes.lift_restriction, marit, shown, "over")
    assert standing(store, people) == []


def test_lifting_is_a_managers_act_when_it_is_done_again_too(
    store: Store, people: People, jayne: Actor, marit: Actor, added: Restriction
) -> None:
    (shown,) = [one for one in queries.restrictions(store.reader, (people.children["Aya"],)) if one.id == added.id]
    store.call(care_notes.lift_restriction, marit, shown, "over")
    store.call(undo, jayne, anybody=True)
    assert standing(store, people) == [added.id], "anybody may let it hold again"
    # by `anybody` the last act is Jayne's undo: done again, it would be lifted by a worker
    assert why(lambda: store.call(redo, jayne)) == "undo_restriction"
    assert standing(store, people) == [added.id]


def test_lifting_once_more_takes_who_is_a_manager_now(
    store: Store, people: People, ina: Actor, marit: Actor, added: Restriction
) -> None:
    (shown,) = [one for one in queries.restrictions(store.reader, (people.children["Aya"],)) if one.id == added.id]
    store.call(care_notes.lift_restriction, marit, shown, "over")
    store.call(undo, marit)

    def demoted(tx: Tx) -> None:
        record = tx.get(models.Staff, marit.staff_id)
        assert record is not None
        tx.change(record, role="worker")

    store.call(demoted, ina)
    assert why(lambda: store.call(redo, marit)) == "undo_restriction"
    assert standing(store, people) == [added.id]
