"""The store: acts in order, whole or not at all, and what it says of one is true."""

import asyncio
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import CancelledError
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2 as driver

from kindertui.data import connection as connections
from kindertui.data import drafts, journal, models, queries, verify
from kindertui.data.act import Actor, Tx, new_id, workstation
from kindertui.data.connection import Connection, connect
from kindertui.data.keys import read_keys
from kindertui.data.queries import day, history
from kindertui.data.store import Store
from kindertui.domain.faults import DatabaseFault, Refused
from kindertui.locations import Locations
from tests.conftest import People
from tests.today import today

ROOT = Path(__file__).parents[2]
LONG = 20  # seconds that no test waits: only so that a broken store fails instead of hanging


def add_staff(tx: Tx, name: str) -> str:
    return tx.add(models.Staff, name=name).id


def add_many(tx: Tx, count: int, body: str) -> int:
    for number in range(count):
        tx.add(
            models.Message, thread_id=f"t{number}", direction="out", audience="location", audience_id="l", body=body,
            state="queued", at=tx.at,
        )  # fmt: skip
    return count


def add_then(tx: Tx, name: str, error: BaseException) -> None:
    add_staff(tx, name)
    raise error


def wait_for(tx: Tx, gate: threading.Event, name: str) -> str:
    assert gate.wait(LONG)
    return add_staff(tx, name)


def names(db: Connection) -> list[str]:
    """The staff added by a test, in the order they were written."""
    return [row[0] for row in db.execute("SELECT name FROM staff WHERE name LIKE 't-%' ORDER BY rowid")]


def journaled(db: Connection) -> list[str]:
    rows = db.execute("SELECT json_extract(new, '$.name') FROM journal WHERE kind = 'staff' ORDER BY seq")
    return [row[0] for row in rows if row[0].startswith("t-")]


@pytest.fixture
def other(place: Locations) -> Iterator[Connection]:
    """Another window on the same file; it waits for nobody."""
    db = connect(place.database, read_keys(place).database)
    db.execute("PRAGMA busy_timeout = 0")
    yield db
    db.close()


# One after another.


def test_acts_keep_their_order_and_give_back_what_was_made(store: Store, ina: Actor) -> None:
    futures = [store.submit(add_staff, ina, f"t-{number}") for number in range(30)]
    ids = [future.result(LONG) for future in futures]
    assert names(store.reader) == [f"t-{number}" for number in range(30)]
    assert journaled(store.reader) == names(store.reader)
    assert ids == sorted(ids), "ids made one after another sort by time"
    assert len(set(ids)) == 30


def test_closing_waits_for_the_queue(place: Locations, ina: Actor) -> None:
    gate = threading.Event()
    store = Store(place)
    futures = [store.submit(wait_for, ina, gate, f"t-{number}") for number in range(20)]
    closing = threading.Thread(target=store.close)
    closing.start()
    assert not any(future.done() for future in futures)
    gate.set()
    closing.join(LONG)
    assert all(future.done() for future in futures)
    with Store(place) as again:
        assert names(again.reader) == [f"t-{number}" for number in range(20)]


def test_nothing_is_taken_after_closing(place: Locations, ina: Actor) -> None:
    store = Store(place)
    store.call(add_staff, ina, "t-1")
    store.close()
    store.close()
    with pytest.raises(RuntimeError, match="closed"):
        store.submit(add_staff, ina, "t-2")
    assert not [thread for thread in threading.enumerate() if thread.name == "database"]


def test_an_unused_store_closes_and_makes_no_thread(place: Locations) -> None:
    with Store(place):
        assert not [thread for thread in threading.enumerate() if thread.name == "database"]


def test_warming_writes_nothing(store: Store, ina: Actor) -> None:
    before = journal.head(store.reader)
    store.warm()
    store.call(nothing, ina)
    assert journal.head(store.reader) == before


def nothing(tx: Tx) -> None:
    assert tx.now.utcoffset() is not None


# Everybody hears what became of their act.


@pytest.mark.parametrize(
    "error",
    [ValueError("x"), Refused("child_unknown"), DatabaseFault("db_full"), KeyboardInterrupt(), SystemExit(3)],
    ids=lambda error: type(error).__name__,
)
def test_an_exception_reaches_who_asked_and_leaves_nothing(store: Store, ina: Actor, error: BaseException) -> None:
    before = journal.head(store.reader)
    with pytest.raises(type(error)) as found:
        store.submit(add_then, ina, "t-1", error).result(LONG)
    assert found.value is error
    assert journal.head(store.reader) == before
    assert names(store.reader) == []
    store.submit(add_staff, ina, "t-2").result(LONG)
    assert names(store.reader) == ["t-2"]
    assert verify.first_break(store.reader) is None


def test_what_the_models_refuse_is_not_written(store: Store, ina: Actor) -> None:
    with pytest.raises(ValueError, match="at least 1"):
        store.call(add_staff, ina, "\u202e \x07")
    with pytest.raises(ValueError, match="longer than"):
        store.call(add_staff, ina, "x" * 301)
    store.call(add_staff, ina, "t-a\x1b]52;c;eA==\x07b")
    assert names(store.reader) == ["t-a]52;c;eA==b"]


def test_a_row_that_points_nowhere_is_refused(store: Store, ina: Actor) -> None:
    def stray(tx: Tx) -> None:
        tx.add(models.CareFact, child_id="nobody", kind="diet", text="x")

    with pytest.raises(driver.IntegrityError):
        store.call(stray, ina)
    store.call(add_staff, ina, "t-1")
    assert names(store.reader) == ["t-1"]


async def test_a_cancelled_task_does_not_cancel_the_write(store: Store, ina: Actor) -> None:
    gate = threading.Event()
    waiting = asyncio.create_task(store.run(wait_for, ina, gate, "t-1"))
    queued = asyncio.create_task(store.run(add_staff, ina, "t-2"))
    await asyncio.sleep(0)
    waiting.cancel()
    queued.cancel()
    for task in (waiting, queued):
        with pytest.raises(asyncio.CancelledError):
            await task
    gate.set()
    await asyncio.wait_for(store.run(add_staff, ina, "t-3"), LONG)
    assert names(store.reader) == ["t-1", "t-2", "t-3"]


def test_an_act_called_off_before_its_turn_is_not_done_and_the_others_are(store: Store, ina: Actor) -> None:
    gate = threading.Event()
    first = store.submit(wait_for, ina, gate, "t-1")
    second = store.submit(add_staff, ina, "t-2")
    third = store.submit(add_staff, ina, "t-3")
    assert second.cancel()
    gate.set()
    first.result(LONG)
    third.result(LONG)
    with pytest.raises(CancelledError):
        second.result(LONG)
    assert names(store.reader) == ["t-1", "t-3"]


# "Maybe": an error from COMMIT.


class Faulty(driver.Connection):  # type: ignore[misc]
    """Fails at the next COMMIT: before it is done, or after; and at so many rollbacks."""

    when = ""
    code = "SQLITE_IOERR_FSYNC"
    stuck = 0

    def rollback(self) -> None:
        if Faulty.stuck and self.in_transaction:
            Faulty.stuck -= 1
            raise driver.OperationalError("cannot roll back")
        super().rollback()

    def commit(self) -> None:
        when, Faulty.when = Faulty.when, ""
        if when == "after":
            super().commit()
        if when:
            error = driver.OperationalError("disk I/O error")
            error.sqlite_errorname = self.code
            raise error
        super().commit()


@pytest.fixture
def faulty(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Faulty]]:
    real = driver.connect
    monkeypatch.setattr(driver, "connect", lambda *a, **k: real(*a, **k, factory=Faulty))
    yield Faulty
    Faulty.when, Faulty.stuck = "", 0


def rename_staff(tx: Tx, id: str, name: str) -> str:
    """An act of the mapper: reads a record, changes it, and adds another."""
    record = tx.get(models.Staff, id)
    assert record is not None
    tx.change(record, name=name)
    return add_staff(tx, f"{name}-too")


@pytest.mark.parametrize("stuck", [0, 1, 2, 9])
@pytest.mark.parametrize("when", ["before", "after"])
def test_an_act_of_the_mapper_is_done_or_not_done_whatever_fails(
    place: Locations, ina: Actor, faulty: type[Faulty], caplog: pytest.LogCaptureFixture, when: str, stuck: int
) -> None:
    with Store(place) as store:
        made = store.call(add_staff, ina, "t-1")
        thread = store._thread
        before = journal.head(store.reader)
        faulty.when, faulty.stuck = when, stuck
        renaming = store.submit(rename_staff, ina, made, "t-2")
        if when == "after":
            renaming.result(LONG)
            assert names(store.reader) == ["t-2", "t-2-too"]
        else:
            with pytest.raises(DatabaseFault, match="db_disk"):
                renaming.result(LONG)
            assert journal.head(store.reader) == before
            assert names(store.reader) == ["t-1"]
        faulty.stuck = 0
        store.submit(rename_staff, ina, made, "t-3").result(LONG)
        with pytest.raises(ValueError, match="x"):
            store.submit(add_then, ina, "t-4", ValueError("x")).result(LONG)
        store.submit(add_staff, ina, "t-5").result(LONG)
        assert names(store.reader) == ["t-3", *["t-2-too"] * (when == "after"), "t-3-too", "t-5"]
        assert store._thread is thread and thread is not None and thread.is_alive()
        assert verify.first_break(store.reader) is None
    assert not caplog.records, "what is logged is written across the screen"


def test_what_the_mapper_read_is_let_go_of(store: Store, ina: Actor) -> None:
    kept: list[Any] = []

    def read(tx: Tx, id: str) -> None:
        kept.extend((tx, tx.get(models.Staff, id)))  # the mapper itself holds its records weakly
        assert kept[1] in tx.session

    store.call(read, ina, store.call(add_staff, ina, "t-1"))
    assert kept[1] not in kept[0].session


@pytest.mark.parametrize("stuck", [1, 2, 9])
def test_an_act_that_was_refused_and_cannot_be_taken_back_leaves_nothing(
    place: Locations, ina: Actor, faulty: type[Faulty], caplog: pytest.LogCaptureFixture, stuck: int
) -> None:
    def refused(tx: Tx, id: str) -> None:
        rename_staff(tx, id, "t-2")
        raise Refused("child_unknown")

    with Store(place) as store:
        made = store.call(add_staff, ina, "t-1")
        faulty.stuck = stuck
        with pytest.raises(Refused):
            store.submit(refused, ina, made).result(LONG)
        faulty.stuck = 0
        store.submit(rename_staff, ina, made, "t-3").result(LONG)
        assert names(store.reader) == ["t-3", "t-3-too"]
        assert journaled(store.reader) == ["t-1", "t-3", "t-3-too"]
        assert verify.first_break(store.reader) is None
    assert not caplog.records


def test_a_commit_that_failed_after_it_was_done_is_done(place: Locations, ina: Actor, faulty: type[Faulty]) -> None:
    with Store(place) as store:
        faulty.when = "after"
        made = store.submit(add_staff, ina, "t-1").result(LONG)
        assert faulty.when == ""
        assert names(store.reader) == ["t-1"]
        assert store.reader.execute("SELECT name FROM staff WHERE id = ?", (made,)).fetchone() == ("t-1",)
        store.call(add_staff, ina, "t-2")
        assert journaled(store.reader) == ["t-1", "t-2"]
        assert verify.first_break(store.reader) is None


@pytest.mark.parametrize(("code", "rule"), [("SQLITE_IOERR_FSYNC", "db_disk"), ("SQLITE_BUSY", "db_locked")])
def test_a_commit_that_failed_before_it_was_done_is_not_done(
    place: Locations, ina: Actor, faulty: type[Faulty], monkeypatch: pytest.MonkeyPatch, code: str, rule: str
) -> None:
    monkeypatch.setattr(Faulty, "code", code)
    with Store(place) as store:
        faulty.when = "before"
        with pytest.raises(DatabaseFault) as found:
            store.submit(add_staff, ina, "t-1").result(LONG)
        assert found.value.rule == rule
        assert names(store.reader) == []
        assert journaled(store.reader) == []
        store.submit(add_staff, ina, "t-1").result(LONG)
        assert names(store.reader) == ["t-1"]
        assert verify.first_break(store.reader) is None


# An act that is tried again.


def test_an_act_of_which_nobody_knew_whether_it_was_done_is_not_done_twice(
    place: Locations, ina: Actor, faulty: type[Faulty], monkeypatch: pytest.MonkeyPatch
) -> None:
    """COMMIT fails behind the disk's back, and the disk does not answer when it is asked what became of it."""
    act = new_id()
    with Store(place) as store:
        store.call(add_staff, ina, "t-0")
        real = connections.connect

        def gone(path: Path, key: str, **options: bool) -> Connection:
            raise DatabaseFault("db_no_access", str(path))

        monkeypatch.setattr("kindertui.data.engine.connect", gone)
        faulty.when = "after"
        with pytest.raises(DatabaseFault, match="db_disk"):
            store.submit_as(act, None, add_staff, ina, "t-1").result(LONG)
        with pytest.raises(DatabaseFault, match="db_no_access"):
            store.submit_as(act, None, add_staff, ina, "t-1").result(LONG)
        monkeypatch.setattr("kindertui.data.engine.connect", real)
        assert store.submit_as(act, None, add_staff, ina, "t-1").result(LONG) is None
        assert names(store.reader) == ["t-0", "t-1"] == journaled(store.reader)
        store.submit(add_staff, ina, "t-2").result(LONG)
        assert names(store.reader) == ["t-0", "t-1", "t-2"]
        assert verify.first_break(store.reader) is None


def test_an_act_that_failed_is_done_under_its_id_when_it_is_tried_again(
    place: Locations, ina: Actor, faulty: type[Faulty]
) -> None:
    act = new_id()
    with Store(place) as store:
        faulty.when = "before"
        with pytest.raises(DatabaseFault, match="db_disk"):
            store.submit_as(act, None, add_staff, ina, "t-1").result(LONG)
        assert store.submit_as(act, None, add_staff, ina, "t-1").result(LONG)
        assert store.submit_as(act, None, add_staff, ina, "t-1").result(LONG) is None
        assert names(store.reader) == ["t-1"]
        assert store.reader.execute("SELECT count(*) FROM journal WHERE act = ?", (act,)).fetchone() == (1,)
        plan = store.reader.execute("EXPLAIN QUERY PLAN SELECT 1 FROM journal WHERE act = ? LIMIT 1", (act,)).fetchone()
        assert "USING COVERING INDEX ix_journal_act" in plan[-1], "not by going through years of rows"


def test_an_act_behind_one_that_failed_for_the_disk_is_not_tried_and_behind_any_other_it_is(
    place: Locations, ina: Actor, faulty: type[Faulty]
) -> None:
    with Store(place) as store:
        faulty.when = "before"
        first = store.submit_as(new_id(), None, add_staff, ina, "t-1")
        second = store.submit_as(new_id(), first, add_staff, ina, "t-2")
        third = store.submit_as(new_id(), second, add_staff, ina, "t-3")
        for one in (first, second, third):
            with pytest.raises(DatabaseFault, match="db_disk"):
                one.result(LONG)
        assert names(store.reader) == []
        refused = store.submit_as(new_id(), None, add_then, ina, "t-4", Refused("child_unknown"))
        store.submit_as(new_id(), refused, add_staff, ina, "t-5").result(LONG)
        gate = threading.Event()
        held = store.submit(wait_for, ina, gate, "t-6")
        called_off = store.submit_as(new_id(), held, add_staff, ina, "t-7")
        last = store.submit_as(new_id(), called_off, add_staff, ina, "t-8")
        assert called_off.cancel()
        gate.set()
        last.result(LONG)
        assert names(store.reader) == ["t-5", "t-6", "t-8"]


# A full disk.


def limit_pages(tx: Tx, room: int) -> None:
    """Leaves room for this many pages more: what SQLite then says is what it says on a full disk."""
    pages = tx.connection.execute("PRAGMA page_count").fetchone()[0]
    tx.connection.execute(f"PRAGMA max_page_count = {pages + room}")


def test_a_full_disk_loses_nothing_and_writes_nothing_half(store: Store, ina: Actor) -> None:
    store.call(add_staff, ina, "t-1")
    store.call(limit_pages, ina, 4)
    before = journal.head(store.reader)
    for _ in range(2):
        with pytest.raises(DatabaseFault) as found:
            store.call(add_many, ina, 20, "x" * 15_000)
        assert found.value.rule == "db_full"
        assert found.value.path == str(store.locations.database)
        assert store.reader.execute("SELECT count(*) FROM message").fetchone()[0] == 0
        assert journal.head(store.reader) == before
    store.call(limit_pages, ina, 100_000)
    assert store.call(add_many, ina, 20, "x" * 15_000) == 20
    assert store.reader.execute("SELECT count(*) FROM message").fetchone()[0] == 20
    assert names(store.reader) == ["t-1"]
    assert verify.first_break(store.reader) is None
    assert store.reader.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


FULL = """
import resource, sys
from pathlib import Path
from kindertui.data import verify
from kindertui.data.act import Actor
from kindertui.data.store import Store
from kindertui.domain.faults import DatabaseFault
from kindertui.locations import Locations
from tests.data.test_store import add_many, add_staff, names
folder = Path(sys.argv[1])
who = Actor("x", "x")
with Store(Locations(folder, folder, folder)) as store:
    store.call(add_staff, who, "t-1")
    room = folder.joinpath("kindertui.db-wal").stat().st_size + 20_000
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, resource.RLIM_INFINITY))
    told = []
    for _ in range(2):
        try:
            store.call(add_many, who, 20, "x" * 15_000)
        except DatabaseFault as fault:
            told.append(fault.rule)
    rows = store.reader.execute("SELECT count(*) FROM message").fetchone()[0]
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    store.call(add_many, who, 20, "x" * 15_000)
    after = store.reader.execute("SELECT count(*) FROM message").fetchone()[0]
    print(told, rows, after, names(store.reader), verify.first_break(store.reader))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no limit on a file's size there")
def test_a_file_that_cannot_grow_is_told_and_works_again_when_it_can(place: Locations) -> None:
    ran = run(FULL, str(place.data))
    assert ran.strip() == "['db_disk', 'db_disk'] 0 20 ['t-1'] None"


def run(script: str, *arguments: str) -> str:
    ran = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        capture_output=True, text=True, check=False, timeout=60, cwd=ROOT,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def test_a_damaged_page_met_while_writing_is_a_fault(place: Locations, ina: Actor) -> None:
    db = connect(place.database, read_keys(place).database, read_only=True)
    page = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'slot'").fetchone()[0]
    db.close()
    data = bytearray(place.database.read_bytes())
    data[(page - 1) * 4096 + 500] ^= 1
    place.database.write_bytes(data)

    def reads(tx: Tx) -> int:
        add_staff(tx, "t-1")
        return len(tx.connection.execute("SELECT * FROM slot").fetchall())

    with Store(place) as store:
        with pytest.raises(DatabaseFault, match="db_damaged"):
            store.call(reads, ina)
        assert names(store.reader) == []


# Two at once.


def test_every_act_holds_the_write_lock_from_its_first_statement(store: Store, ina: Actor, other: Connection) -> None:
    def only_reads(tx: Tx) -> str:
        tx.connection.execute("SELECT count(*) FROM child").fetchone()
        try:
            other_in_thread = connect(store.locations.database, read_keys(store.locations).database)
            other_in_thread.execute("PRAGMA busy_timeout = 0")
            other_in_thread.execute("BEGIN IMMEDIATE")
        except driver.OperationalError as error:
            return str(error)
        finally:
            other_in_thread.close()
        return "not held"

    assert store.call(only_reads, ina) == "database is locked"
    other.execute("BEGIN IMMEDIATE")  # and lets it go at its end
    other.execute("ROLLBACK")


def test_another_window_that_is_saving_is_waited_for(store: Store, ina: Actor, other: Connection) -> None:
    store.call(add_staff, ina, "t-1")
    other.execute("BEGIN IMMEDIATE")
    future = store.submit(add_staff, ina, "t-2")
    other.execute("UPDATE staff SET role = 'manager' WHERE name = 't-1'")
    assert not future.done()
    other.execute("COMMIT")
    future.result(LONG)
    assert names(store.reader) == ["t-1", "t-2"]


def test_another_window_that_does_not_end_is_told_and_a_retry_saves_once(
    place: Locations, ina: Actor, other: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    short = tuple((name, "50", 50) if name == "busy_timeout" else (name, *rest) for name, *rest in connections._PRAGMAS)
    monkeypatch.setattr(connections, "_PRAGMAS", short)
    tried: list[str] = []

    def tries(tx: Tx) -> None:
        tried.append(tx.act)
        add_staff(tx, "t-1")

    with Store(place) as store:
        other.execute("BEGIN IMMEDIATE")
        for _ in range(2):
            with pytest.raises(DatabaseFault, match="db_locked"):
                store.call(tries, ina)
        assert tried == [], "an act begins with the lock, not with its first record"
        assert len(store.reader.execute("SELECT * FROM child").fetchall()) == 6, "reading goes on"
        other.execute("ROLLBACK")
        store.call(add_staff, ina, "t-1")
        assert names(store.reader) == ["t-1"]
        assert journaled(store.reader) == ["t-1"]


def test_no_transaction_stays_open_while_nothing_is_done(
    store: Store, ina: Actor, people: People, other: Connection
) -> None:
    from zoneinfo import ZoneInfo

    zone = ZoneInfo("Europe/Amsterdam")
    store.call(add_staff, ina, "t-1")
    day.roster(store.reader, today(), zone)
    day.week(store.reader, people.children["Aya"], today(), zone)
    day.entry(store.reader, "nobody", zone)
    queries.location(store.reader)
    queries.child(store.reader, people.children["Aya"])
    history.of_child(store.reader, people.children["Aya"], zone)
    history.last_undoable(store.reader, ina.staff_id)
    history.last_redoable(store.reader, ina.staff_id)
    verify.first_break(store.reader)
    store.data_version()
    with pytest.raises(Refused):
        store.call(add_then, ina, "t-2", Refused("x"))
    assert not store.reader.in_transaction
    # a reader or writer that still held its snapshot would keep the WAL from being emptied
    assert other.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone() == (0, 0, 0)


def test_the_other_window_sees_what_was_written_and_that_it_was(place: Locations, ina: Actor) -> None:
    with Store(place) as one, Store(place) as two:
        seen = two.data_version()
        assert two.data_version() == seen
        one.call(add_staff, ina, "t-1")
        assert two.data_version() != seen
        assert names(two.reader) == ["t-1"]
        seen, mine = two.data_version(), one.data_version()
        two.call(add_staff, ina, "t-2")
        assert one.data_version() != mine
        assert two.data_version() != seen, "one's own writes are told as well: they come by another connection"
        assert names(one.reader) == names(two.reader) == ["t-1", "t-2"]


SECOND = """
import sys
from pathlib import Path
from kindertui.data.act import Actor
from kindertui.data.store import Store
from kindertui.locations import Locations
from tests.data.test_store import add_staff
folder = Path(sys.argv[1])
with Store(Locations(folder, folder, folder)) as store:
    store.call(add_staff, Actor("y", "y"), "t-second-first")
    print("ready", flush=True)
    sys.stdin.readline()
    for number in range(100):
        store.call(add_staff, Actor("y", "y"), f"t-second-{number}")
"""


def test_two_programs_at_once_lose_nothing(store: Store, ina: Actor) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", SECOND, str(store.locations.data)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT,
    ) as second:  # fmt: skip
        assert second.stdin and second.stdout
        assert second.stdout.readline() == b"ready\n"
        second.stdin.write(b"\n")
        second.stdin.flush()
        versions = set()
        for number in range(100):
            store.call(add_staff, ina, f"t-first-{number}")
            versions.add(store.data_version())
        assert second.wait(60) == 0
    wanted = {f"t-first-{n}" for n in range(100)} | {f"t-second-{n}" for n in range(100)} | {"t-second-first"}
    found = names(store.reader)
    assert len(found) == len(wanted) == 201
    assert set(found) == wanted
    assert sorted(journaled(store.reader)) == sorted(wanted)
    assert verify.first_break(store.reader) is None
    assert len(versions) == 100


# Who and when.


def test_the_journal_says_who_did_what_at_which_keyboard(store: Store, ina: Actor) -> None:
    store.call(add_staff, ina, "t-1")
    row = store.reader.execute(
        "SELECT verb, actor_id, workstation, kind, undoes, rev FROM journal ORDER BY seq DESC LIMIT 1"
    ).fetchone()
    assert row == ("add_staff", ina.staff_id, "test:1", "staff", None, 1)


def test_a_workstation_is_a_machine_and_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("socket.gethostname", lambda: "m" * 90)
    monkeypatch.setattr("os.ttyname", lambda fd: "/dev/pts/3")
    assert workstation() == "m" * 40 + ":pts/3"

    def none(fd: int) -> str:
        raise OSError

    monkeypatch.setattr("os.ttyname", none)
    assert workstation() == "m" * 40 + ":-"


def test_ids_sort_by_time_and_never_meet() -> None:
    ids = [new_id() for _ in range(2000)]
    assert len(set(ids)) == 2000
    assert ids == sorted(ids)


def test_settling_waits_for_what_is_queued_and_no_longer(store: Store, ina: Actor) -> None:
    go = threading.Event()
    store.submit(lambda tx: go.wait(5), ina)
    assert not store.settle(0.01)
    kept = store.submit(drafts.keep, ina, "line:roster", "half")
    go.set()
    assert store.settle(5)
    assert kept.done()
    assert drafts.kept(store.reader, ina.staff_id, "line:roster") == "half"


def test_warming_runs_what_is_given_in_the_database_thread_and_in_its_turn(store: Store, ina: Actor) -> None:
    ran: list[tuple[str, bool]] = []
    added = store.submit(add_staff, ina, "t-1")
    store.warm(lambda: ran.append((threading.current_thread().name, added.done()))).result(LONG)
    assert ran == [("database", True)]

    def fail() -> None:
        raise ImportError("nothing of that name")

    with pytest.raises(ImportError, match="nothing of that name"):
        store.warm(fail).result(LONG)
    assert store.call(add_staff, ina, "t-2") and names(store.reader) == ["t-1", "t-2"]
