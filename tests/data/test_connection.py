"""The one connection: its pragmas, its key, what it refuses to open, and that it changes nothing it refuses."""

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2 as driver

from kindertui.data.connection import APPLICATION_ID, SCHEMA, Connection, connect
from kindertui.data.keys import read_keys
from kindertui.data.store import Store
from kindertui.domain.faults import FAULT_RULES, DatabaseFault, fault_of
from kindertui.locations import Locations

PAGE = 4096


def refusal(path: Path, key: str, *, read_only: bool) -> str:
    with pytest.raises(DatabaseFault) as found:
        connect(path, key, read_only=read_only)
    assert found.value.path == str(path)
    return found.value.rule


def pragma(db: Connection, name: str) -> Any:
    return db.execute(f"PRAGMA {name}").fetchone()[0]


@pytest.mark.parametrize("read_only", [True, False])
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("secure_delete", 1),
        ("busy_timeout", 5000),
        ("temp_store", 2),
    ],
)
def test_every_connection_is_a_safe_one(place: Locations, name: str, value: object, read_only: bool) -> None:
    db = connect(place.database, read_keys(place).database, read_only=read_only)
    assert pragma(db, name) == value
    db.close()


@pytest.mark.parametrize("broken", ["synchronous", "foreign_keys", "secure_delete", "busy_timeout", "journal_mode"])
def test_a_pragma_that_does_not_take_is_no_connection(
    place: Locations, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    class Deaf(driver.Connection):  # type: ignore[misc]
        def execute(self, sql: str, *values: Any) -> Any:
            if sql.startswith(f"PRAGMA {broken} ="):
                return super().execute("SELECT 'delete'")
            if sql == f"PRAGMA {broken}":
                return super().execute("SELECT -1")
            return super().execute(sql, *values)

    real = driver.connect
    monkeypatch.setattr(driver, "connect", lambda *a, **k: real(*a, **k, factory=Deaf))
    with pytest.raises(DatabaseFault):
        connect(place.database, read_keys(place).database)


def test_a_reader_cannot_write(place: Locations) -> None:
    db = connect(place.database, read_keys(place).database, read_only=True)
    with pytest.raises(driver.OperationalError, match="readonly"):
        db.execute("DELETE FROM slot")
    assert pragma(db, "query_only") == 1
    db.close()


def test_an_sqlite_that_loses_wals_is_refused(place: Locations, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(driver, "sqlite_version_info", (3, 51, 2))
    assert refusal(place.database, read_keys(place).database, read_only=True) == "db_old_driver"
    monkeypatch.setattr(driver, "sqlite_version_info", (3, 51, 3))
    connect(place.database, read_keys(place).database, read_only=True).close()


# What lies at the path: each is named for what it is, and not a byte of it changes.


def plain_sqlite(folder: Path) -> bytes:
    path = folder / "other.db"
    db = sqlite3.connect(path)
    db.execute("CREATE TABLE t (a)")
    db.commit()
    db.close()
    return path.read_bytes()


def flipped(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 0x10]) + data[at + 1 :]


CASES: dict[str, tuple[Callable[[bytes, Path], bytes], str]] = {
    "empty": (lambda good, folder: b"", "db_empty"),
    "one byte": (lambda good, folder: b"x", "db_truncated"),
    "a pointer of Git LFS": (lambda good, folder: b"version https://git-lfs.example/v1\nsize 9\n", "db_truncated"),
    "cut within page 1": (lambda good, folder: good[:1000], "db_truncated"),
    "page 1 alone": (lambda good, folder: good[:PAGE], "db_truncated"),
    "half": (lambda good, folder: good[: len(good) // 2], "db_truncated"),
    "the last page missing": (lambda good, folder: good[:-PAGE], "db_truncated"),
    "the last byte missing": (lambda good, folder: good[:-1], "db_truncated"),
    "a picture": (lambda good, folder: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40, "db_damaged"),
    "random": (lambda good, folder: os.urandom(1 << 16), "db_damaged"),
    "zeros": (lambda good, folder: bytes(2 * PAGE), "db_damaged"),
    "plain SQLite of another program": (lambda good, folder: plain_sqlite(folder), "db_foreign"),
    "a flipped bit in the salt": (lambda good, folder: flipped(good, 3), "db_damaged"),
    "a flipped bit in page 1": (lambda good, folder: flipped(good, 900), "db_damaged"),
    "a flipped bit in the checksum of page 1": (lambda good, folder: flipped(good, PAGE - 20), "db_damaged"),
}


@pytest.mark.parametrize("read_only", [True, False])
@pytest.mark.parametrize("case", CASES)
def test_what_is_not_ours_is_named_and_left_as_it_is(
    place: Locations, case: str, read_only: bool, capfd: pytest.CaptureFixture[str]
) -> None:
    make, expected = CASES[case]
    data = make(place.database.read_bytes(), place.data)
    place.database.write_bytes(data)
    before = place.database.stat()
    assert refusal(place.database, read_keys(place).database, read_only=read_only) == expected
    assert place.database.read_bytes() == data
    assert place.database.stat().st_mtime_ns == before.st_mtime_ns
    assert capfd.readouterr() == ("", ""), "the driver wrote across the screen"


def test_damage_behind_page_1_is_never_said_to_be_a_missing_piece(place: Locations) -> None:
    good, key = place.database.read_bytes(), read_keys(place).database
    found = set()
    for at in range(PAGE + 900, len(good), PAGE):
        place.database.write_bytes(flipped(good, at))
        try:
            connect(place.database, key, read_only=True).close()
        except DatabaseFault as fault:
            found.add(fault.rule)
    assert found == {"db_damaged"}


@pytest.mark.parametrize("read_only", [True, False])
def test_a_wrong_key_opens_nothing_and_changes_nothing(place: Locations, read_only: bool) -> None:
    before = place.database.read_bytes()
    for wrong in ("0" * 64, "f" * 64, "ab" * 32):
        assert refusal(place.database, wrong, read_only=read_only) == "db_damaged"
    assert place.database.read_bytes() == before
    connect(place.database, read_keys(place).database).close()


def altered(place: Locations, statement: str) -> bytes:
    db = connect(place.database, read_keys(place).database)
    db.execute(statement)
    db.close()
    return place.database.read_bytes()


@pytest.mark.parametrize("read_only", [True, False])
def test_an_encrypted_database_of_another_program_is_foreign(place: Locations, read_only: bool) -> None:
    before = altered(place, f"PRAGMA application_id = {APPLICATION_ID + 1}")
    assert refusal(place.database, read_keys(place).database, read_only=read_only) == "db_foreign"
    assert place.database.read_bytes() == before


@pytest.mark.parametrize("read_only", [True, False])
def test_a_newer_schema_is_refused(place: Locations, read_only: bool) -> None:
    before = altered(place, f"PRAGMA user_version = {SCHEMA + 1}")
    assert refusal(place.database, read_keys(place).database, read_only=read_only) == "db_newer"
    assert place.database.read_bytes() == before


def test_a_foreign_database_is_recognised_before_its_journal_mode_is_touched(place: Locations) -> None:
    altered(place, f"PRAGMA application_id = {APPLICATION_ID + 1}")
    before = altered_journal_mode(place)
    assert refusal(place.database, read_keys(place).database, read_only=False) == "db_foreign"
    assert place.database.read_bytes() == before


def altered_journal_mode(place: Locations) -> bytes:
    db = driver.connect(place.database)
    db.execute(f"PRAGMA key = \"x'{read_keys(place).database}'\"")
    assert db.execute("PRAGMA journal_mode = DELETE").fetchone()[0] == "delete"
    db.close()
    return place.database.read_bytes()


def test_a_filled_wal_makes_a_short_file_a_whole_one(place: Locations) -> None:
    """A database that grew since the last checkpoint is no truncated one."""
    key = read_keys(place).database
    writer = connect(place.database, key)
    writer.execute("PRAGMA wal_autocheckpoint = 0")
    size = place.database.stat().st_size
    writer.execute("CREATE TABLE more (a)")
    writer.executemany("INSERT INTO more VALUES (?)", [("x" * 3000,) for _ in range(50)])
    assert place.database.stat().st_size == size
    reader = connect(place.database, key, read_only=True)
    assert reader.execute("SELECT count(*) FROM more").fetchone()[0] == 50
    reader.close()
    writer.close()


@pytest.mark.parametrize("page", range(2, 40, 3))
def test_a_flipped_bit_further_in_is_never_read_as_data(place: Locations, page: int) -> None:
    key = read_keys(place).database
    clean = connect(place.database, key, read_only=True)
    tables = [row[0] for row in clean.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    right = {table: clean.execute(f'SELECT * FROM "{table}"').fetchall() for table in tables}
    clean.close()
    data = place.database.read_bytes()
    place.database.write_bytes(flipped(data, (page - 1) * PAGE + 77 * page % PAGE))
    found: set[str] = set()
    try:
        db = connect(place.database, key, read_only=True)
    except DatabaseFault as fault:
        assert fault.rule == "db_damaged"
        return
    for table in tables:
        try:
            assert db.execute(f'SELECT * FROM "{table}"').fetchall() == right[table]
        except driver.Error as error:
            told = fault_of(error, str(place.database))
            assert told is not None
            found.add(told.rule)
    assert found <= {"db_damaged"}
    assert db.execute("PRAGMA cipher_integrity_check").fetchall(), "the whole check finds it, whichever page it is"
    db.close()


def test_nothing_at_the_path(home: Locations) -> None:
    assert refusal(home.database, "0" * 64, read_only=True) == "db_missing"
    assert not home.data.exists()


def test_a_folder_at_the_path_is_no_database(place: Locations) -> None:
    key = read_keys(place).database
    place.database.unlink()
    place.database.mkdir()
    assert refusal(place.database, key, read_only=True) == "db_foreign"


# A full or read-only disk.


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("SQLITE_FULL", "db_full"),
        ("SQLITE_IOERR_SHMSIZE", "db_disk"),
        ("SQLITE_IOERR_FSYNC", "db_disk"),
        ("SQLITE_IOERR_READ", "db_disk"),
        ("SQLITE_IOERR_NOMEM", "db_memory"),
        ("SQLITE_IOERR_SHORT_READ", "db_damaged"),
        ("SQLITE_BUSY", "db_locked"),
        ("SQLITE_BUSY_SNAPSHOT", "db_locked"),
        ("SQLITE_LOCKED", "db_locked"),
        ("SQLITE_READONLY_DIRECTORY", "db_read_only"),
        ("SQLITE_CANTOPEN", "db_no_access"),
        ("SQLITE_PERM", "db_no_access"),
        ("SQLITE_CORRUPT_INDEX", "db_damaged"),
        ("SQLITE_NOTADB", "db_damaged"),
    ],
)
def test_the_fault_behind_an_error(code: str, expected: str) -> None:
    error = driver.OperationalError("x")
    error.sqlite_errorname = code
    wrapped = RuntimeError()
    wrapped.orig = error  # type: ignore[attr-defined]
    for one in (error, wrapped):
        fault = fault_of(one, "p")
        assert fault is not None
        assert (fault.rule, fault.path) == (expected, "p")
        assert fault.rule in FAULT_RULES


def test_an_error_about_something_else_is_no_fault() -> None:
    assert fault_of(ValueError("x")) is None
    error = driver.IntegrityError("x")
    error.sqlite_errorname = "SQLITE_CONSTRAINT_UNIQUE"
    assert fault_of(error) is None


@pytest.mark.parametrize("code", ["SQLITE_IOERR_SHMSIZE", "SQLITE_READONLY_CANTINIT", "SQLITE_CANTOPEN"])
def test_on_a_disk_that_takes_nothing_a_reader_sees_all_the_same(
    place: Locations, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    real = driver.connect
    asked: list[str] = []

    def full(place_of: str, /, **rest: Any) -> Any:
        asked.append(place_of.partition("?")[2])
        if "immutable" not in place_of:
            error = driver.OperationalError("no")
            error.sqlite_errorname = code
            raise error
        return real(place_of, **rest)

    monkeypatch.setattr(driver, "connect", full)
    key = read_keys(place).database
    db = connect(place.database, key, read_only=True)
    assert db.execute("SELECT text FROM care_fact ORDER BY text").fetchall() == [("koemelk",), ("noten",)]
    assert asked == ["mode=ro", "mode=ro&immutable=1"]
    db.close()
    assert refusal(place.database, key, read_only=False) in ("db_disk", "db_read_only", "db_no_access")
    with pytest.raises(DatabaseFault):
        connect(place.database, key, read_only=True, live=True)


READ_ONLY = """
import os, sys
from pathlib import Path
from kindertui.data import models
from kindertui.data.act import Actor
from kindertui.data.store import Store
from kindertui.domain.faults import DatabaseFault
from kindertui.locations import Locations
def writer(tx):
    tx.add(models.Staff, name="New")
def session(folder):
    try:
        store = Store(Locations(folder, folder, folder))
    except DatabaseFault as fault:
        print(fault.rule)
        return
    with store as opened:
        print(opened.reader.execute("SELECT count(*) FROM care_fact").fetchone()[0])
        try:
            opened.call(writer, Actor("x", "x"))
        except DatabaseFault as fault:
            print(fault.rule)
spare, folder, user = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
session(spare)  # loads everything: whom we become may not read Python's own files
if os.getuid() == 0:
    os.setgid(user)
    os.setuid(user)  # root may write anywhere
session(folder)
"""


def unprivileged(script: str, spare: Path, place: Locations, *, mode: int) -> subprocess.CompletedProcess[str]:
    """Runs a script on the location as one who is not root, its folder with these rights."""
    user = os.getuid() or 65534
    with tempfile.TemporaryDirectory() as outside:  # pytest's own folders are closed to everybody else
        folder = Path(outside, "home")
        shutil.copytree(place.data, folder)
        if os.getuid() == 0:
            for one in (Path(outside), folder, *folder.iterdir()):
                os.chown(one, user, user)
        (folder / place.database.name).chmod(0o400)
        folder.chmod(mode)
        ran = subprocess.run(
            [sys.executable, "-c", script, str(spare), str(folder), str(user)],
            capture_output=True, text=True, check=False, timeout=60,
        )  # fmt: skip
        folder.chmod(0o700)
        assert (folder / place.database.name).read_bytes() == place.database.read_bytes()
        return ran


@pytest.mark.skipif(sys.platform == "win32", reason="rights of files are another matter there")
@pytest.mark.parametrize(
    ("mode", "said"), [(0o500, ["2", "2", "db_read_only"]), (0o000, ["2", "db_no_access"])], ids=["read", "closed"]
)
def test_a_folder_without_rights_is_read_as_far_as_they_go(
    place: Locations, tmp_path: Path, mode: int, said: list[str]
) -> None:
    spare = tmp_path / "spare"
    shutil.copytree(place.data, spare)
    ran = unprivileged(READ_ONLY, spare, place, mode=mode)
    assert ran.stdout.split() == said, ran.stderr


# Nobody but SQLite opens the live files: closing any descriptor of ours would drop its locks.

WATCHED = """
import os, sys
from pathlib import Path
opened = []
def hook(event, args):
    if event == "open" and isinstance(args[0], (str, bytes)):
        name = os.path.basename(os.fsdecode(args[0]))
        if name.startswith("kindertui.db"):
            opened.append(name)
sys.addaudithook(hook)
from kindertui.data import models
from kindertui.data.act import Actor
from kindertui.data.creation import NewLocation, create
from kindertui.data.store import Store
from kindertui.data.queries.day import roster
from kindertui.data.undo import undo
from kindertui.locations import Locations
from datetime import datetime
from zoneinfo import ZoneInfo
folder = Path(sys.argv[1])
place = Locations(folder, folder, folder)
def writer(tx):
    return tx.add(models.Staff, name="New").id
if sys.argv[2] == "new":
    create(place, NewLocation("De Tuin", "bitcare", "nl", "Europe/Amsterdam"))
with Store(place) as store:
    who = store.call(writer, Actor("x", "x"))
    store.call(undo, Actor("x", "x"))
    roster(store.reader, datetime.now(ZoneInfo("Europe/Amsterdam")).date(), ZoneInfo("Europe/Amsterdam"))
    store.data_version()
print(opened)
"""


@pytest.mark.parametrize("how", ["old", "new"])
def test_no_code_of_ours_opens_the_database_files(place: Locations, tmp_path: Path, how: str) -> None:
    folder = place.data if how == "old" else tmp_path / "fresh"
    ran = subprocess.run(
        [sys.executable, "-c", WATCHED, str(folder), how],
        capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    # SQLite's own opening raises no audit event of this kind
    assert ran.stdout.strip() == "[]"


def test_a_copy_of_the_store_s_files_is_what_the_tests_stand_on(place: Locations, tmp_path: Path) -> None:
    """A closed store is one file: nothing is left behind in a WAL."""
    copied = tmp_path / "copied"
    shutil.copytree(place.data, copied)
    assert sorted(one.name for one in copied.iterdir()) == ["head", "kindertui.db", "kindertui.key"]
    with Store(Locations(copied, copied, copied)) as store:
        assert store.reader.execute("SELECT count(*) FROM child").fetchone()[0] == 6
