"""The journal: a row for every changed record, in its transaction, in a chain that shows what was touched since."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from sqlcipher3 import dbapi2 as driver

from kindertui.data import journal, models, verify
from kindertui.data.act import Actor, Tx
from kindertui.data.connection import Connection, connect
from kindertui.data.journal import FIELDS, FIRST_HASH, body_of, digest
from kindertui.data.keys import read_keys
from kindertui.data.models import RECORDS, Base, Record
from kindertui.data.store import Store
from kindertui.domain.faults import Refused
from kindertui.locations import Locations
from tests.conftest import People


def rows(db: Connection, after: int) -> list[dict[str, Any]]:
    found = db.execute("SELECT seq, act, kind, record_id, child_id, rev, old, new FROM journal WHERE seq > ?", (after,))
    names = ("seq", "act", "kind", "record_id", "child_id", "rev", "old", "new")
    return [
        {
            name: json.loads(value) if name in ("old", "new") and value else value
            for name, value in zip(names, row, strict=True)
        }
        for row in found
    ]


def entry(tx: Tx, /, child_id: str, text: str = "", **values: Any) -> str:
    given = {"day": "2026-11-20", "kind": "note", "start": tx.at, "tz": "Europe/Amsterdam", **values}
    return tx.add(models.Entry, child_id=child_id, text=text, by_id=tx.actor.staff_id, recorded_at=tx.at, **given).id


def change(tx: Tx, /, id: str, **values: Any) -> None:
    record = tx.get(models.Entry, id)
    assert record is not None
    tx.change(record, **values)


def test_a_new_record_is_in_the_journal_whole(store: Store, ina: Actor, people: People) -> None:
    before = journal.head(store.reader)[0]
    aya = people.children["Aya"]
    made = store.call(entry, ina, aya, "sleeps well", detail={"offered": 210}, amount=0.25)
    (row,) = rows(store.reader, before)
    assert (row["kind"], row["record_id"], row["child_id"], row["rev"], row["old"]) == ("entry", made, aya, 1, None)
    stored = store.reader.execute("SELECT * FROM entry WHERE id = ?", (made,))
    columns = dict(zip((one[0] for one in stored.description), stored.fetchone(), strict=True))
    columns["detail"], columns["deleted"] = json.loads(columns["detail"]), bool(columns["deleted"])
    assert row["new"] == columns


def test_a_change_is_in_the_journal_with_what_it_was(store: Store, ina: Actor, people: People) -> None:
    made = store.call(entry, ina, people.children["Aya"], "one", detail={"offered": 210}, amount=120.0)
    before = journal.head(store.reader)[0]
    store.call(change, ina, made, text="two", detail={"offered": 180}, amount=120.0)
    (row,) = rows(store.reader, before)
    assert row["old"] == {"text": "one", "detail": {"offered": 210}, "rev": 1}
    assert row["new"] == {"text": "two", "detail": {"offered": 180}, "rev": 2}
    assert row["rev"] == 2


@pytest.mark.parametrize(
    "same", [{"text": "one"}, {"text": " one\u202e "}, {"amount": 120}, {"detail": {"offered": 210}}]
)
def test_a_value_that_is_the_same_leaves_no_trace(
    store: Store, ina: Actor, people: People, same: dict[str, Any]
) -> None:
    made = store.call(entry, ina, people.children["Aya"], "one", detail={"offered": 210}, amount=120.0)
    before = journal.head(store.reader)
    store.call(change, ina, made, **same)
    assert journal.head(store.reader) == before
    assert store.reader.execute("SELECT text, rev FROM entry WHERE id = ?", (made,)).fetchone() == ("one", 1)


def test_a_change_that_is_refused_by_the_model_changes_nothing(store: Store, ina: Actor, people: People) -> None:
    made = store.call(entry, ina, people.children["Aya"], "one")
    before = journal.head(store.reader)
    for wrong in ({"day": "2026-02-31"}, {"start": "soon"}, {"text": "x" * 5000}):
        with pytest.raises(ValueError, match=r"."):
            store.call(change, ina, made, **wrong)
    assert journal.head(store.reader) == before
    assert store.reader.execute("SELECT text, rev FROM entry WHERE id = ?", (made,)).fetchone() == ("one", 1)


def test_every_record_of_an_act_has_its_row_and_the_act_s_id(store: Store, ina: Actor, people: People) -> None:
    def several(tx: Tx) -> tuple[str, list[str]]:
        ids = [entry(tx, child) for child in people.children.values()]
        return tx.act, ids

    before = journal.head(store.reader)[0]
    act, ids = store.call(several, ina)
    found = rows(store.reader, before)
    assert [row["record_id"] for row in found] == ids
    assert {row["act"] for row in found} == {act}
    assert [row["child_id"] for row in found] == list(people.children.values())


def test_changes_between_two_readings_of_one_act_are_told_one_by_one(store: Store, ina: Actor, people: People) -> None:
    def back_and_forth(tx: Tx) -> str:
        made = entry(tx, people.children["Aya"], "one")
        assert tx.connection.execute("SELECT text FROM entry WHERE id = ?", (made,)).fetchone() == ("one",)
        change(tx, made, text="two")
        assert tx.connection.execute("SELECT text FROM entry WHERE id = ?", (made,)).fetchone() == ("two",)
        change(tx, made, text="three")
        return made

    before = journal.head(store.reader)[0]
    store.call(back_and_forth, ina)
    told = [(row["rev"], row["old"] and row["old"]["text"], row["new"]["text"]) for row in rows(store.reader, before)]
    assert told == [(1, None, "one"), (2, "one", "two"), (3, "two", "three")]
    assert verify.first_break(store.reader) is None


def test_an_act_that_is_refused_is_not_in_the_journal(store: Store, ina: Actor, people: People) -> None:
    def refused(tx: Tx) -> None:
        entry(tx, people.children["Aya"])
        assert tx.connection.execute("SELECT count(*) FROM journal WHERE act = ?", (tx.act,)).fetchone() == (1,)
        raise Refused("child_unknown")

    before = journal.head(store.reader)
    with pytest.raises(Refused):
        store.call(refused, ina)
    assert journal.head(store.reader) == before


@pytest.mark.parametrize("kind", ["child", "message", "group"])
def test_what_is_about_a_child_is_found_by_child(store: Store, ina: Actor, people: People, kind: str) -> None:
    aya = people.children["Aya"]

    def write(tx: Tx) -> None:
        if kind == "child":
            record = tx.get(models.Child, aya)
            assert record is not None
            tx.change(record, surname="Smit")
        else:
            audience = (kind, people.groups["Vlinders"]) if kind == "group" else ("child", aya)
            tx.add(
                models.Message, thread_id="t", direction="out", audience=audience[0], audience_id=audience[1],
                state="queued", at=tx.at,
            )  # fmt: skip

    before = journal.head(store.reader)[0]
    store.call(write, ina)
    (row,) = rows(store.reader, before)
    assert row["child_id"] == (None if kind == "group" else aya)


def test_a_record_is_never_deleted(store: Store, ina: Actor, people: People) -> None:
    made = store.call(entry, ina, people.children["Aya"], "one")
    before = journal.head(store.reader)

    def delete(tx: Tx) -> None:
        tx.session.delete(tx.get(models.Entry, made))

    with pytest.raises(RuntimeError, match="never deleted"):
        store.call(delete, ina)
    assert store.reader.execute("SELECT text FROM entry WHERE id = ?", (made,)).fetchone() == ("one",)
    assert journal.head(store.reader) == before


def test_a_draft_leaves_no_trace_and_may_go(store: Store, ina: Actor) -> None:
    def keep(tx: Tx, text: str | None) -> None:
        if text is None:
            tx.session.delete(tx.session.get(models.Draft, (ina.staff_id, "here")))
        else:
            tx.session.add(
                models.Draft.model_validate({"owner_id": ina.staff_id, "place": "here", "text": text, "at": 1})
            )

    before = journal.head(store.reader)
    store.call(keep, ina, "half a thought")
    assert store.reader.execute("SELECT text FROM draft").fetchone() == ("half a thought",)
    store.call(keep, ina, None)
    assert store.reader.execute("SELECT count(*) FROM draft").fetchone() == (0,)
    assert journal.head(store.reader) == before


# The chain.


@pytest.fixture
def written(store: Store, ina: Actor, people: People) -> Store:
    for number in range(8):
        store.call(entry, ina, people.children["Aya"], f"note {number}")
    assert verify.first_break(store.reader) is None
    return store


@pytest.fixture
def forger(written: Store, place: Locations) -> Iterator[Connection]:
    """Somebody with the key who has taken the triggers away."""
    db = connect(place.database, read_keys(place).database)
    db.execute("DROP TRIGGER journal_is_never_changed")
    db.execute("DROP TRIGGER journal_is_never_cut")
    yield db
    db.close()


def test_the_chain_begins_with_nothing_and_each_row_follows_from_the_one_before(written: Store) -> None:
    before = FIRST_HASH
    columns = ", ".join(FIELDS)
    found = written.reader.execute(f"SELECT hash, body_hash, body, old, new, {columns} FROM journal ORDER BY seq")
    rows = found.fetchall()
    assert len(rows) > 20
    for number, (link, body_hash, body, old, new, *values) in enumerate(rows, start=1):
        row = dict(zip(FIELDS, values, strict=True))
        assert row["origin_seq"] == number
        assert body == body_of({**row, "old": json.loads(old or "null"), "new": json.loads(new)})
        assert (body_hash, link) == (digest(body), digest(before, body_hash))
        before = link
    assert journal.head(written.reader) == (len(rows), before)


def test_an_empty_journal_has_a_head() -> None:
    db = driver.connect(":memory:")
    db.execute("CREATE TABLE journal (seq INTEGER PRIMARY KEY, hash)")
    assert journal.head(db) == (0, FIRST_HASH)
    db.close()


@pytest.mark.parametrize(
    "forgery",
    [
        f"UPDATE journal SET {column} = {value} WHERE seq = :seq"
        for column, value in (
            ("act", "'x'"), ("verb", "'x'"), ("undoes", "'x'"), ("at", "at - 1"), ("actor_id", "'x'"),
            ("workstation", "'x'"), ("kind", "'x'"), ("record_id", "'x'"), ("child_id", "NULL"), ("rev", "rev + 1"),
            ("body", "replace(body, 'note', 'nota')"), ("body_hash", "'0'"), ("hash", "hash || '0'"),
        )
    ]
    + ["DELETE FROM journal WHERE seq = :seq"],
)  # fmt: skip
def test_a_row_that_was_touched_is_found(written: Store, forger: Connection, forgery: str) -> None:
    last = journal.head(written.reader)[0]
    seq = last - 3
    assert forger.execute(forgery, {"seq": seq}).rowcount == 1
    assert verify.first_break(written.reader) == (seq + 1 if forgery.startswith("DELETE") else seq)


def test_a_row_put_in_between_is_found(written: Store, forger: Connection) -> None:
    last = journal.head(written.reader)[0]
    forger.execute("DELETE FROM journal WHERE seq = ?", (last - 3,))
    columns = (
        "origin, act, verb, undoes, at, actor_id, workstation, kind, record_id, child_id, rev, body, body_hash, hash"
    )
    forger.execute(
        f"INSERT INTO journal (seq, origin_seq, {columns}) SELECT ?, ?, {columns} FROM journal WHERE seq = ?",
        (last - 3, last - 3, last - 5),
    )
    assert verify.first_break(written.reader) == last - 3


def test_two_rows_changed_round_are_found(written: Store, forger: Connection) -> None:
    last = journal.head(written.reader)[0]
    for here, there in ((last - 3, 10**6), (last - 2, last - 3), (10**6, last - 2)):
        forger.execute("UPDATE journal SET seq = ?, origin_seq = ? WHERE seq = ?", (there, there, here))
    assert verify.first_break(written.reader) == last - 3


def test_a_tail_that_was_cut_is_seen_by_the_head_kept_outside(written: Store, forger: Connection) -> None:
    kept = journal.head(written.reader)
    forger.execute("DELETE FROM journal WHERE seq > ?", (kept[0] - 2,))
    assert verify.first_break(written.reader) is None
    assert journal.head(written.reader) != kept


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal SET body = NULL WHERE seq = 1",
        "UPDATE journal SET hash = hash",
        "DELETE FROM journal WHERE seq = 1",
        "DELETE FROM journal",
    ],
)
def test_the_database_itself_refuses_to_change_the_journal(written: Store, place: Locations, statement: str) -> None:
    db = connect(place.database, read_keys(place).database)
    with pytest.raises(driver.DatabaseError, match="the journal is never"):
        db.execute(statement)
    db.close()
    assert verify.first_break(written.reader) is None


@pytest.mark.parametrize("statement", ["UPDATE journal SET rev = 0", "DELETE FROM journal"])
def test_no_writer_can_change_the_journal(store: Store, ina: Actor, people: People, statement: str) -> None:
    def cheat(tx: Tx) -> None:
        entry(tx, people.children["Aya"])
        tx.connection.execute(statement)

    before = journal.head(store.reader)
    with pytest.raises(driver.DatabaseError, match="never"):
        store.call(cheat, ina)
    assert journal.head(store.reader) == before


def test_the_chain_goes_on_over_a_restart(place: Locations, ina: Actor, people: People) -> None:
    heads = []
    for number in range(3):
        with Store(place) as store:
            store.call(entry, ina, people.children["Aya"], f"{number}")
            heads.append(journal.head(store.reader))
            assert verify.first_break(store.reader) is None
    assert [seq for seq, _ in heads] == [heads[0][0] + number for number in range(3)]


def test_what_a_writer_rolls_back_by_itself_does_not_break_the_chain(store: Store, ina: Actor, people: People) -> None:
    def half(tx: Tx) -> None:
        entry(tx, people.children["Aya"], "kept")
        tx.connection.execute("SAVEPOINT part")
        entry(tx, people.children["Aya"], "given up")
        tx.connection.execute("ROLLBACK TO part")
        entry(tx, people.children["Aya"], "kept too")

    before = journal.head(store.reader)[0]
    store.call(half, ina)
    assert [row["new"]["text"] for row in rows(store.reader, before)] == ["kept", "kept too"]
    assert verify.first_break(store.reader) is None


def test_every_kind_of_record_is_followed(store: Store) -> None:
    """A table that is a record by its columns is one by its class; the others are the few known by name."""
    plain = {"journal", "origin", "draft", "bundle", "delivery", "intake", "effort", "unfinished_act", "unfinished_row"}
    for table in Base.metadata.tables.values():
        if {"id", "rev", "deleted"} <= set(table.columns.keys()):
            assert table.name in RECORDS
    assert set(RECORDS) == set(Base.metadata.tables) - plain
    assert all(issubclass(model, Record) for model in RECORDS.values())
