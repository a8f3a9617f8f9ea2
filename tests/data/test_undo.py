"""Taking back and doing again, compared with a model that is a list and two stacks."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kindertui.data import journal, models, origins, verify
from kindertui.data.act import Actor, Tx, new_id
from kindertui.data.queries import history
from kindertui.data.store import Store
from kindertui.data.undo import redo, undo
from kindertui.domain.faults import Refused
from tests.conftest import People

ZONE = ZoneInfo("Europe/Amsterdam")
FIELDS = ("text", "amount", "deleted")


def add(tx: Tx, child_id: str, by: str, texts: tuple[str, ...] = ("a",)) -> list[str]:
    return [
        tx.add(
            models.Entry, child_id=child_id, day="2026-11-20", kind="note", start=tx.at, tz="Europe/Amsterdam",
            text=text, amount=0.0, by_id=by, recorded_at=tx.at,
        ).id
        for text in texts
    ]  # fmt: skip


def change(tx: Tx, changes: list[tuple[str, str, Any]]) -> None:
    for id, name, value in changes:
        record = tx.get(models.Entry, id)
        assert record is not None
        tx.change(record, **{name: value})


def state(store: Store, ids: list[str]) -> list[dict[str, Any]]:
    found = []
    for id in ids:
        text, amount, deleted = store.reader.execute(
            "SELECT text, amount, deleted FROM entry WHERE id = ?", (id,)
        ).fetchone()
        found.append({"text": text, "amount": amount, "deleted": bool(deleted)})
    return found


def test_what_stands_of_a_record_is_what_was_not_taken_back(store: Store, people: People, ina: Actor) -> None:
    (id,) = store.call(add, ina, people.children["Aya"], ina.staff_id)

    def stands() -> list[Any]:
        return [row.new.get("text") for row in history.standing(store.reader, id, ZONE)]

    store.call(change, ina, [(id, "text", "b")])
    store.call(change, ina, [(id, "text", "c")])
    assert stands() == ["a", "b", "c"]
    store.call(undo, ina)
    assert stands() == ["a", "b"]
    store.call(redo, ina)
    assert stands() == ["a", "b", "c"]
    store.call(undo, ina)
    store.call(undo, ina)
    assert stands() == ["a"]
    store.call(change, ina, [(id, "deleted", True)])
    store.call(undo, ina)
    assert stands() == ["a"]
    store.call(undo, ina)
    assert stands() == []


class Model:
    """What the staff are promised: each takes back their own last act first, whole, unless it was changed since."""

    def __init__(self) -> None:
        self.records: list[dict[str, Any]] = []
        self.done: dict[int, list[list[tuple[int, str, Any, Any]]]] = {0: [], 1: []}
        self.undone: dict[int, list[list[tuple[int, str, Any, Any]]]] = {0: [], 1: []}

    def add(self, who: int, texts: tuple[str, ...]) -> None:
        made: list[tuple[int, str, Any, Any]] = []
        for text in texts:
            self.records.append({"text": text, "amount": 0.0, "deleted": False})
            number = len(self.records) - 1
            # taking back a new record marks it, and that only while it is what it was when it was made
            made += [(number, "deleted", True, False), (number, "text", text, text), (number, "amount", 0.0, 0.0)]
        self._did(who, made)

    def change(self, who: int, changes: list[tuple[int, str, Any]]) -> None:
        before = [dict(record) for record in self.records]
        for number, name, value in changes:
            self.records[number][name] = value
        made = [
            (number, name, before[number][name], record[name])
            for number, record in enumerate(self.records)
            for name in FIELDS
            if record[name] != before[number][name]
        ]
        if made:
            self._did(who, made)

    def _did(self, who: int, made: list[tuple[int, str, Any, Any]]) -> None:
        self.done[who].append(made)
        self.undone[who].clear()

    def undo(self, who: int) -> str:
        return self._move(self.done[who], self.undone[who], "nothing_to_undo")

    def redo(self, who: int) -> str:
        return self._move(self.undone[who], self.done[who], "nothing_to_redo")

    def _move(self, taken: list[Any], given: list[Any], none: str) -> str:
        if not taken:
            return none
        act = taken[-1]
        if any(self.records[number][name] != now for number, name, _, now in act):
            return "undo_changed_since"
        for number, name, before, _ in act:
            self.records[number][name] = before
        moved = [(number, name, now, before) for number, name, before, now in act if now != before]
        given.append(moved)
        taken.pop()
        return ""


WHO = st.integers(0, 1)
NUMBER = st.integers(0, 5)
VALUE = st.one_of(
    st.tuples(st.just("text"), st.sampled_from("abc")),
    st.tuples(st.just("amount"), st.sampled_from([0.0, 1.0])),
    st.tuples(st.just("deleted"), st.booleans()),
)
STEP = st.one_of(
    st.tuples(st.just("add"), WHO, st.lists(st.sampled_from("abc"), min_size=1, max_size=3)),
    st.tuples(st.just("change"), WHO, st.lists(st.tuples(NUMBER, VALUE), min_size=1, max_size=3)),
    st.tuples(st.just("undo"), WHO, st.none()),
    st.tuples(st.just("undo"), WHO, st.none()),
    st.tuples(st.just("redo"), WHO, st.none()),
)


def attempt(store: Store, fn: Callable[..., Any], actor: Actor) -> str:
    try:
        store.call(fn, actor)
    except Refused as problem:
        return problem.rule
    return ""


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEP, min_size=3, max_size=24))
def test_any_sequence_of_two_people_ends_where_the_model_ends(
    store: Store, people: People, steps: list[tuple[str, int, Any]]
) -> None:
    model, ids = Model(), list[str]()
    actors = [Actor(new_id(), "one"), Actor(new_id(), "two")]
    for what, who, given_ in steps:
        before = journal.head(store.reader)
        if what == "add":
            model.add(who, tuple(given_))
            ids += store.call(add, actors[who], people.children["Aya"], people.staff["Ina"], tuple(given_))
        elif what == "change":
            # each field once, as writers do: an act that ends where it began can be taken back, and changes nothing
            last = {(number % len(ids), name): value for number, (name, value) in given_ if ids}
            changes = [(number, name, value) for (number, name), value in last.items()]
            model.change(who, changes)
            store.call(change, actors[who], [(ids[number], name, value) for number, name, value in changes])
        else:
            expected = model.undo(who) if what == "undo" else model.redo(who)
            assert attempt(store, undo if what == "undo" else redo, actors[who]) == expected
            if expected:
                assert journal.head(store.reader) == before
        assert state(store, ids) == model.records
    assert verify.first_break(store.reader) is None


@pytest.fixture
def jayne(people: People) -> Actor:
    return Actor(people.staff["Jayne"], "Jayne", "test:2")


def test_an_act_says_what_it_was(store: Store, ina: Actor, people: People) -> None:
    aya, bram = people.children["Aya"], people.children["Bram"]

    def both(tx: Tx) -> list[str]:
        return add(tx, aya, ina.staff_id) + add(tx, bram, ina.staff_id)

    store.call(both, ina)
    taken = store.call(undo, ina)
    assert (taken.verb, taken.by, taken.records, taken.children, taken.kinds) == (
        "both",
        "Ina",
        2,
        (aya, bram),
        ("note",),
    )
    rows = store.reader.execute("SELECT verb, undoes, actor_id FROM journal ORDER BY seq DESC LIMIT 2").fetchall()
    assert rows == [("undo", taken.id, ina.staff_id)] * 2
    again = store.call(redo, ina)
    assert (again.verb, again.undoes, again.records) == ("undo", taken.id, 2)


def test_an_act_that_corrected_something_is_called_by_what_it_is(store: Store, ina: Actor, people: People) -> None:
    (made,) = store.call(add, ina, people.children["Aya"], ina.staff_id)
    store.call(change, ina, [(made, "text", "b")])  # its journal row holds the text and nothing of the kind
    assert store.call(undo, ina).kinds == ("note",)

    def hold_back(tx: Tx) -> None:
        tx.add(models.Restriction, child_id=people.children["Bram"], kind="contact", since="2026-01-01", author="Ina")

    store.call(hold_back, ina)
    assert store.call(undo, ina).kinds == ("restriction",)  # and not "contact"


def test_nothing_is_deleted_by_taking_back(store: Store, ina: Actor, people: People) -> None:
    (made,) = store.call(add, ina, people.children["Aya"], ina.staff_id)
    store.call(undo, ina)
    assert store.reader.execute("SELECT deleted, rev, text FROM entry WHERE id = ?", (made,)).fetchone() == (1, 2, "a")
    store.call(redo, ina)
    assert store.reader.execute("SELECT deleted, rev, text FROM entry WHERE id = ?", (made,)).fetchone() == (0, 3, "a")
    assert [one.verb for one in history.of_record(store.reader, made, ZONE)] == ["add", "undo", "redo"]


def test_there_may_be_nothing_to_take_back(store: Store, ina: Actor, jayne: Actor, people: People) -> None:
    assert attempt(store, undo, ina) == "nothing_to_undo"
    assert attempt(store, redo, ina) == "nothing_to_redo"
    store.call(add, jayne, people.children["Aya"], jayne.staff_id)
    assert attempt(store, undo, ina) == "nothing_to_undo", "a colleague's act is not one's own"
    assert attempt(store, redo, jayne) == "nothing_to_redo"
    # what the program did by itself (a roster, the location) is nobody's to take back
    store.call(undo, ina, anybody=True)
    with pytest.raises(Refused, match="nothing_to_undo"):
        store.call(undo, ina, anybody=True)


def test_an_act_that_was_changed_since_is_not_taken_back_in_part(
    store: Store, ina: Actor, jayne: Actor, people: People
) -> None:
    aya = people.children["Aya"]
    ids = store.call(add, ina, aya, ina.staff_id, ("a", "b", "c"))
    store.call(change, jayne, [(ids[1], "text", "x")])
    before, head = state(store, ids), journal.head(store.reader)
    with pytest.raises(Refused) as found:
        store.call(undo, ina)
    assert found.value.rule == "undo_changed_since"
    assert found.value.child_id == aya
    assert found.value.args_["by"] == "Jayne"
    datetime.strptime(found.value.args_["at"], "%H:%M")
    assert state(store, ids) == before
    assert journal.head(store.reader) == head
    store.call(undo, jayne)
    store.call(undo, ina)
    assert [one["deleted"] for one in state(store, ids)] == [True, True, True]


def test_doing_again_is_refused_when_it_was_changed_since(
    store: Store, ina: Actor, jayne: Actor, people: People
) -> None:
    ids = store.call(add, ina, people.children["Aya"], ina.staff_id, ("a",))
    store.call(change, ina, [(ids[0], "text", "b")])
    store.call(undo, ina)
    store.call(change, jayne, [(ids[0], "text", "z")])
    assert attempt(store, redo, ina) == "undo_changed_since"
    assert state(store, ids)[0]["text"] == "z"


def test_something_new_ends_doing_again(store: Store, ina: Actor, jayne: Actor, people: People) -> None:
    aya = people.children["Aya"]
    first = store.call(add, ina, aya, ina.staff_id)
    store.call(undo, ina)
    store.call(add, jayne, aya, jayne.staff_id)  # a colleague's does not
    store.call(redo, ina)
    assert not state(store, first)[0]["deleted"]
    store.call(undo, ina)
    store.call(add, ina, aya, ina.staff_id)
    assert attempt(store, redo, ina) == "nothing_to_redo"


def test_an_act_for_everybody_is_one(store: Store, ina: Actor, people: People) -> None:
    def everybody(tx: Tx) -> list[str]:
        return [id for child in people.children.values() for id in add(tx, child, ina.staff_id, ("a", "b"))]

    ids = store.call(everybody, ina)
    before = journal.head(store.reader)[0]
    assert store.call(undo, ina).records == 12
    assert all(one["deleted"] for one in state(store, ids))
    assert journal.head(store.reader)[0] == before + 12
    store.call(redo, ina)
    assert not any(one["deleted"] for one in state(store, ids))


def test_a_colleague_may_take_back_and_is_not_in_the_way_afterwards(
    store: Store, ina: Actor, jayne: Actor, people: People
) -> None:
    aya = people.children["Aya"]
    early = store.call(add, jayne, aya, jayne.staff_id)
    late = store.call(add, jayne, aya, jayne.staff_id)
    store.call(undo, ina, anybody=True)
    assert state(store, late)[0]["deleted"]
    store.call(undo, jayne)  # hers that still stands, not the one that was taken back already
    assert state(store, early)[0]["deleted"]
    assert attempt(store, undo, jayne) == "nothing_to_undo"
    store.call(redo, ina)
    assert not state(store, late)[0]["deleted"]
    store.call(undo, jayne)
    assert state(store, late)[0]["deleted"]


def test_back_and_forth_as_often_as_one_likes(store: Store, ina: Actor, people: People) -> None:
    first = store.call(add, ina, people.children["Aya"], ina.staff_id)
    second = store.call(add, ina, people.children["Aya"], ina.staff_id)
    for _ in range(15):
        store.call(undo, ina)
        store.call(undo, ina)
        assert attempt(store, undo, ina) == "nothing_to_undo"
        assert [one["deleted"] for one in state(store, first + second)] == [True, True]
        store.call(redo, ina)
        assert [one["deleted"] for one in state(store, first + second)] == [False, True]
        store.call(redo, ina)
        assert attempt(store, redo, ina) == "nothing_to_redo"
        assert [one["deleted"] for one in state(store, first + second)] == [False, False]
    assert verify.first_break(store.reader) is None


def test_an_act_of_two_steps_on_one_record_is_taken_back_to_its_beginning(
    store: Store, ina: Actor, people: People
) -> None:
    def twice(tx: Tx, id: str) -> None:
        change(tx, [(id, "text", "b")])
        tx.session.flush()
        change(tx, [(id, "text", "c"), (id, "amount", 1.0)])

    (made,) = store.call(add, ina, people.children["Aya"], ina.staff_id)
    store.call(twice, ina, made)
    assert state(store, [made])[0]["text"] == "c"
    store.call(undo, ina)
    assert state(store, [made]) == [{"text": "a", "amount": 0.0, "deleted": False}]
    store.call(redo, ina)
    assert state(store, [made]) == [{"text": "c", "amount": 1.0, "deleted": False}]


@pytest.mark.parametrize("anybody", [False, True])
def test_only_acts_of_this_installation_are_taken_back_or_done_again(
    store: Store, ina: Actor, people: People, anybody: bool
) -> None:
    """After a restore the acts of before are another installation's, which may have gone on from them."""

    def none(call: Callable[..., Any], **how: Any) -> None:
        with pytest.raises(Refused) as refused:
            store.call(call, ina, **how)
        assert refused.value.rule in ("nothing_to_undo", "nothing_to_redo")

    aya = people.children["Aya"]
    old = store.call(add, ina, aya, ina.staff_id, ("taken back", "stands"))
    store.call(add, ina, aya, ina.staff_id)
    store.call(undo, ina)
    store.call(lambda tx: origins.begin(tx).id, Actor("system", "system"))
    before = state(store, old)
    none(redo)
    none(undo, anybody=anybody)
    ours = store.call(add, ina, aya, ina.staff_id)
    assert store.call(undo, ina, anybody=anybody).records == 1
    none(undo, anybody=anybody)
    store.call(redo, ina)
    assert [one["deleted"] for one in state(store, ours)] == [False]
    assert state(store, old) == before
