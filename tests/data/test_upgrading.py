"""A database of an older schema is brought up when it is opened, whole or not at all, with a copy beside it."""

import errno
import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection
from sqlcipher3 import dbapi2 as driver

from kindertui.cli.opening import reading
from kindertui.data import backup_file, migrations
from kindertui.data.backup import back_up, in_folder, keep_in
from kindertui.data.connection import SCHEMA, connect
from kindertui.data.creation import NewLocation, create
from kindertui.data.keys import Keys
from kindertui.data.store import Store, to_read
from kindertui.data.upgrading import bring_up
from kindertui.domain.faults import DatabaseFault
from kindertui.locations import Locations

FROZEN = Path(__file__).parent / "frozen"
KEY = "5e" * 32
KEYS = Keys(KEY, b"")


def at(database: Path) -> Locations:
    return Locations(database.parent, database.parent, database.parent)


@pytest.fixture
def old(home: Locations) -> Path:
    """A location as schema 1 left it: a group, Ina, Aya and one bottle."""
    home.data.mkdir(parents=True)
    shutil.copy(FROZEN / "schema1.db", home.database)
    home.key.write_text(KEY + "\n")
    home.key.chmod(0o600)
    return home.database


def tables(path: Path) -> set[str]:
    db = to_read(at(path), KEYS)
    try:
        return {row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    finally:
        db.close()


def test_it_is_brought_up_and_nothing_in_it_is_lost(old: Path) -> None:
    db = to_read(at(old), KEYS)
    assert db.execute("PRAGMA user_version").fetchone()[0] == SCHEMA
    assert db.execute("SELECT given_name FROM child").fetchall() == [("Aya",)]
    assert db.execute("SELECT amount FROM entry").fetchall() == [(150.0,)]
    assert db.execute("SELECT count(*) FROM journal").fetchone()[0] == 5
    assert db.execute("SELECT count(*) FROM agreement").fetchone()[0] == 0
    assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    db.close()


def test_the_copy_is_what_it_was_and_for_nobody_else_to_read(old: Path) -> None:
    to_read(at(old), KEYS).close()
    (copy,) = in_folder(at(old).backups)
    assert copy.stat().st_mode & 0o777 == 0o600
    found = backup_file.read(copy)
    assert found.about.schema == 1
    opened = old.with_name("opened.db")
    backup_file.unpack(found, opened)
    db = driver.connect(str(opened))
    db.execute(f"PRAGMA key = \"x'{found.key(KEYS)}'\"")
    assert db.execute("PRAGMA user_version").fetchone()[0] == 1
    assert db.execute("SELECT given_name FROM child").fetchall() == [("Aya",)]
    db.close()


def test_it_has_the_same_tables_as_a_new_one(old: Path, tmp_path: Path) -> None:
    new = Locations(data=tmp_path / "new", config=tmp_path / "new", state=tmp_path / "new")
    keys = create(new, NewLocation("De Boomhut", "open", "nl", "Europe/Amsterdam"))
    db = connect(new.database, keys.database, read_only=True)
    made = {row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    db.close()
    assert tables(old) == made


def test_a_step_that_fails_leaves_it_as_it_was(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(made: Connection) -> None:
        made.exec_driver_sql("CREATE TABLE half (id)")
        made.exec_driver_sql("CREATE TABLE child (id)")

    monkeypatch.setattr(migrations, "upgrade", fails)
    with pytest.raises(DatabaseFault):
        to_read(at(old), KEYS)
    db = driver.connect(str(old))
    db.execute(f"PRAGMA key = \"x'{KEY}'\"")
    assert db.execute("PRAGMA user_version").fetchone()[0] == 1
    assert db.execute("SELECT count(*) FROM sqlite_master WHERE name = 'half'").fetchone()[0] == 0
    db.close()


def test_the_screens_and_the_command_line_open_it(old: Path, home: Locations) -> None:
    with pytest.raises(DatabaseFault, match="db_older"):
        connect(old, KEY, read_only=True)
    with reading(home) as opened:
        assert [one.given_name for one in opened.children] == ["Aya"]
    with Store(home) as store:
        assert store.reader.execute("PRAGMA user_version").fetchone()[0] == SCHEMA


def test_the_second_of_two_finds_it_done(old: Path) -> None:
    bring_up(at(old), KEYS)
    before = {path: path.read_bytes() for path in in_folder(at(old).backups)}
    bring_up(at(old), KEYS)
    assert {path: path.read_bytes() for path in in_folder(at(old).backups)} == before and len(before) == 1


def test_the_copy_goes_beside_it_where_the_chosen_folder_is_not_there(old: Path, tmp_path: Path) -> None:
    (tmp_path / "stick").mkdir()
    keep_in(at(old), tmp_path / "stick")
    (tmp_path / "stick").rmdir()
    bring_up(at(old), KEYS)
    assert in_folder(at(old).backups)


def test_without_room_for_the_copy_it_is_not_brought_up(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*args: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(backup_file, "pack", full)
    with pytest.raises(DatabaseFault, match="db_full"):
        bring_up(at(old), KEYS)
    db = connect(old, KEY, read_only=True, older=True)
    assert db.execute("PRAGMA user_version").fetchone()[0] == 1
    db.close()
    assert not in_folder(at(old).backups)


def test_copies_of_before_there_were_backups_go_by_the_same_rule(old: Path) -> None:
    moments = [datetime(2020, 1, day, tzinfo=UTC).timestamp() for day in (1, 2, 3)]
    for number, moment in enumerate(moments, 1):
        copy = old.with_name(f"kindertui.db.schema{number}")
        copy.write_text("old")
        os.utime(copy, (moment, moment))
    old.with_name("kindertui.db.schema-mine").write_text("mine")
    back_up(at(old))
    assert sorted(one.name for one in old.parent.glob("*.schema*")) == [
        "kindertui.db.schema-mine",
        "kindertui.db.schema3",
    ]
