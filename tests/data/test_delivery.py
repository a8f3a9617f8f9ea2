"""The lines that leave, built inside SQLite, and the delivery book."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlcipher3 import dbapi2

from kindertui.data import delivery, journal, messages, models, verify
from kindertui.data.act import Actor
from kindertui.data.queries import delivery as going
from kindertui.data.queries import history
from kindertui.data.queries import portal as portal_queries
from kindertui.data.queries.delivery import Choice, rfc3339, transitions
from kindertui.data.queries.outgoing import BundleLines, audiences
from kindertui.data.store import Store
from kindertui.data.undo import undo
from kindertui.domain.policy import Policy
from kindertui.portal.bundle import export
from tests.conftest import People
from tests.portal.world import ZONE, at, change, log, restrict

EVERYTHING = Choice({"guardians": ("none",), "staff_only": ()})


def _bundle(store: Store, **values: Any) -> delivery.NewBundle:
    given: dict[str, Any] = {
        "seq": 1, "upto": journal.head(store.reader)[0], "name": "a.zip", "digest": "0" * 64, "records": 1,
        "whole": False, "keys": (("id", 1, "note", "1" * 64),), "messages": (), "audience": audiences(store.reader),
    }  # fmt: skip
    return delivery.NewBundle(**{**given, **values})


@settings(max_examples=60, deadline=None)
@given(
    second=st.integers(0, 4_000_000_000),
    name=st.sampled_from(
        ["Europe/Amsterdam", "Europe/Oslo", "America/St_Johns", "Asia/Kolkata", "Australia/Lord_Howe"]
    ),
)
def test_local_time_in_sql_is_the_zones(second: int, name: str) -> None:
    zone = ZoneInfo(name)
    steps = transitions(zone, second - 30_000_000, second + 30_000_000)
    sql = rfc3339("?1", {name: steps}, "''")
    (text,) = dbapi2.connect(":memory:").execute(f"SELECT {sql}", (second,)).fetchone()
    assert text == datetime.fromtimestamp(second, UTC).astimezone(zone).isoformat()


def queue_message(store: Store, ina: Actor, people: People, policy: Policy) -> None:
    store.call(messages.queue, ina, messages.NewMessage("child", people.children["Bram"], "s", "b"), policy=policy)


def test_two_zones_side_by_side() -> None:
    zones = {name: transitions(ZoneInfo(name), 0, 10**8) for name in ("Europe/Amsterdam", "UTC")}
    db = dbapi2.connect(":memory:")
    found = [db.execute(f"SELECT {rfc3339('0', zones, '?')}", (name,)).fetchone()[0] for name in zones]
    assert found == ["1970-01-01T01:00:00+01:00", "1970-01-01T00:00:00+00:00"]


def test_a_location_that_moved_keeps_the_zone_of_its_old_entries(store: Store, ina: Actor, people: People) -> None:
    store.call(log, ina, people.children["Aya"], "note", at("11:00"), text="hier")

    def move(tx: Any) -> None:
        record = tx.session.query(models.Location).one()
        tx.change(record, timezone="Atlantic/Canary")

    store.call(move, ina)
    ((one,),) = going.entry_lines(store.reader, EVERYTHING, {})
    assert json.loads(one.line)["start"] == "2026-03-05T11:00:00+01:00"
    assert set(going.zones(store.reader)) == {"Europe/Amsterdam", "Atlantic/Canary"}


def test_lines_come_in_chunks(store: Store, ina: Actor, people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(going, "CHUNK", 2)
    for minute in range(5):
        store.call(log, ina, people.children["Aya"], "note", at(f"11:{minute:02}"), text='een "woord" — é\\')
    chunks = list(going.entry_lines(store.reader, EVERYTHING, {}))
    assert [len(chunk) for chunk in chunks] == [2, 2, 1]
    assert json.loads(chunks[0][0].line)["data"] == {"text": 'een "woord" — é\\'}


def test_nothing_yet_is_nothing(store: Store) -> None:
    assert list(going.entry_lines(store.reader, EVERYTHING, {})) == []
    assert going.count_entries(store.reader, EVERYTHING) == 0


def test_no_full_scan_for_what_changed(store: Store, ina: Actor, people: People) -> None:
    store.call(log, ina, people.children["Aya"], "note", at("11:00"), text="x")
    choice = Choice({"guardians": ("none",)}, after=journal.head(store.reader)[0] - 1)
    plan = store.reader.execute(
        f"EXPLAIN QUERY PLAN SELECT * FROM entry e WHERE {choice.changed('entry', 'e.id')} AND {choice.new()}",
        choice.values,
    ).fetchall()
    assert not [row for row in plan if row[3] == "SCAN e"], plan
    assert not [row for row in plan if row[3].startswith("SCAN journal") and "INDEX" not in row[3]], plan


def test_who_may_be_told(store: Store, ina: Actor, people: People) -> None:
    sara = people.guardians["Sara Bakker"]
    found = audiences(store.reader)
    assert found[people.children["Aya"]] == (sara,)  # the father is held back by the order of the fixture
    assert people.children["Emma"] not in found  # nobody is known: the portal decides
    store.call(restrict, ina, people.children["Aya"], sara)
    store.call(restrict, ina, people.children["Søren"], None)
    found = audiences(store.reader)
    assert (found[people.children["Aya"]], found[people.children["Søren"]]) == ((), ())


def test_a_booking_writes_once_and_keeps_what_a_receipt_said(store: Store, ina: Actor, policy: Policy) -> None:
    done: list[str] = []
    store.call(delivery.book_bundle, ina, _bundle(store), EVERYTHING, policy, lambda: done.append("named"))
    store.call(_answer, ina)
    again = _bundle(store, seq=2, keys=(("id", 1, "note", "1" * 64), ("id", 2, "note", "2" * 64)))
    store.call(delivery.book_bundle, ina, again, EVERYTHING, policy, lambda: done.append("named"))
    rows = store.reader.execute("SELECT rev, bundle_seq, state FROM delivery ORDER BY rev").fetchall()
    assert (rows, done) == ([(1, 1, "accepted"), (2, 2, "unknown")], ["named", "named"])
    assert portal_queries.states(store.reader) == {"accepted": 1, "unknown": 1}


def _answer(tx: Any) -> None:
    tx.connection.execute("UPDATE delivery SET state = 'accepted'")


@pytest.mark.parametrize("what", ["seq", "audience", "message"])
def test_what_moved_on_is_not_booked(store: Store, ina: Actor, people: People, policy: Policy, what: str) -> None:
    queue_message(store, ina, people, policy)
    leaving = BundleLines(store.reader, EVERYTHING, dict.fromkeys(people.staff.values(), "x")).messages(policy).messages
    assert len(leaving) == 1
    values: dict[str, Any] = {"messages": leaving}
    if what == "seq":
        values["seq"] = 2
    if what == "audience":
        values["audience"] = {}
    if what == "message":
        store.call(_drop_message, ina, leaving[0].id)
    named: list[str] = []
    with pytest.raises(delivery.MovedOn):
        store.call(delivery.book_bundle, ina, _bundle(store, **values), EVERYTHING, policy, lambda: named.append("x"))
    assert named == []
    assert store.reader.execute("SELECT count(*) FROM bundle").fetchone()[0] == 0


def _drop_message(tx: Any, /, id: str) -> None:
    tx.change(tx.get(models.Message, id), deleted=True)


def test_a_file_that_cannot_be_named_undoes_the_booking(
    store: Store, ina: Actor, people: People, policy: Policy
) -> None:
    queue_message(store, ina, people, policy)
    leaving = BundleLines(store.reader, EVERYTHING, {}).messages(policy).messages
    head = journal.head(store.reader)
    with pytest.raises(OSError, match="full"):
        store.call(
            delivery.book_bundle, ina, _bundle(store, messages=leaving), EVERYTHING, policy, _raiser(OSError("full"))
        )
    assert journal.head(store.reader) == head
    assert store.reader.execute("SELECT state FROM message").fetchone()[0] == "queued"


def _raiser(error: Exception) -> Callable[[], None]:
    def fail() -> None:
        raise error

    return fail


def test_undo_passes_over_an_export_and_takes_back_what_was_done_since(
    store: Store, ina: Actor, people: People, policy: Policy, tmp_path: Path
) -> None:
    queue_message(store, ina, people, policy)
    id = store.call(log, ina, people.children["Bram"], "note", at("11:00"), text="x")
    export(store, ina, policy, tmp_path)
    assert verify.first_break(store.reader) is None
    last = history.last_undoable(store.reader, ina.staff_id)
    assert last is not None
    assert history.one(store.reader, last, ZONE).verb == "log"
    store.call(undo, ina)
    assert store.reader.execute("SELECT deleted FROM entry WHERE id = ?", (id,)).fetchone()[0] == 1
    assert store.reader.execute("SELECT state FROM message").fetchone()[0] == "left"


def test_the_key_of_a_line_never_stands_for_other_words(
    store: Store, ina: Actor, people: People, policy: Policy, tmp_path: Path
) -> None:
    id = store.call(log, ina, people.children["Bram"], "note", at("11:00"), text="eerst")
    export(store, ina, policy, tmp_path)

    def behind_the_journal(tx: Any) -> None:
        tx.connection.execute("UPDATE entry SET text = 'anders' WHERE id = ?", (id,))

    store.call(behind_the_journal, ina)
    report = export(store, ina, policy, tmp_path, whole=True)
    assert report.held_back == {"content_differs": 1}
    store.call(change, ina, id, text="nog anders")
    assert export(store, ina, policy, tmp_path).counts == {"note": 1}
