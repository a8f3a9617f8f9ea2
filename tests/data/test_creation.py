"""A new location is made whole or not at all, is private from birth, and never takes another's place."""

import os
import signal
import sys
import threading
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection as SqlConnection

from kindertui.data import creation, journal, migrations, verify
from kindertui.data.act import Actor
from kindertui.data.connection import APPLICATION_ID, SCHEMA, connect
from kindertui.data.creation import NewLocation, create
from kindertui.data.engine import engine
from kindertui.data.keys import Keys, alone, new_keys, read_keys, write_keys
from kindertui.data.models import Base
from kindertui.data.queries import location
from kindertui.data.store import Store
from kindertui.domain.faults import DatabaseFault
from kindertui.locations import Locations

NEW = NewLocation("De Tuin", "bitcare", "nl", "Europe/Amsterdam")


@pytest.fixture
def wide_open() -> Any:
    before = os.umask(0)
    yield
    os.umask(before)


def names(home: Locations) -> list[str]:
    return sorted(one.name for one in home.data.iterdir())


def test_a_new_location(home: Locations) -> None:
    keys = create(home, NEW)
    assert read_keys(home) == keys
    assert names(home) == ["kindertui.db", "kindertui.key"]
    with Store(home) as store:
        found = location(store.reader)
        assert (found.name, found.profile, found.language, found.timezone) == (
            "De Tuin", "bitcare", "nl", "Europe/Amsterdam",
        )  # fmt: skip
        assert verify.first_break(store.reader) is None
        assert journal.head(store.reader)[0] == 1
        assert store.reader.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
        assert store.reader.execute("PRAGMA user_version").fetchone()[0] == SCHEMA
        assert store.reader.execute("PRAGMA foreign_key_check").fetchall() == []
        assert store.reader.execute("PRAGMA cipher_integrity_check").fetchall() == []
    assert b"De Tuin" not in home.database.read_bytes()
    assert not home.database.read_bytes().startswith(b"SQLite format 3")


@pytest.mark.usefixtures("wide_open")
def test_files_are_private_from_birth_whatever_the_umask(home: Locations, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: set[tuple[str, int]] = set()

    def note(*ignored: object) -> None:
        seen.update((one.name, one.stat().st_mode & 0o7777) for one in home.data.iterdir())

    real = migrations.upgrade

    def upgrade(connection: SqlConnection) -> None:
        note()
        real(connection)
        note()

    monkeypatch.setattr(migrations, "upgrade", upgrade)
    create(home, NEW)
    with Store(home) as store:
        store.call(creation.add_location, Actor("x", "x"), NEW)
        note()
    note()
    assert {name for name, _ in seen} >= {"kindertui.new", "kindertui.new-wal", "kindertui.db", "kindertui.db-wal"}
    assert {mode for _, mode in seen} == {0o600}
    assert home.data.stat().st_mode & 0o7777 == 0o700


def test_a_location_that_is_there_is_left_as_it_is(place: Locations) -> None:
    before = {one.name: one.read_bytes() for one in place.data.iterdir()}
    with pytest.raises(DatabaseFault, match="db_exists"):
        create(place, NEW)
    assert {one.name: one.read_bytes() for one in place.data.iterdir()} == before


@pytest.mark.parametrize("left", [b"", b"another program's"])
def test_whatever_lies_at_the_path_is_left_as_it_is(home: Locations, left: bytes) -> None:
    home.data.mkdir()
    home.database.write_bytes(left)
    with pytest.raises(DatabaseFault, match="db_exists"):
        create(home, NEW)
    assert home.database.read_bytes() == left
    assert names(home) == ["kindertui.db"]


def a_key(home: Locations) -> Keys:
    """A key file, and no location yet."""
    keys = new_keys()
    with alone(home.data) as folder:
        write_keys(home, keys, folder)
    return keys


def test_a_key_without_a_database_is_kept_and_used(home: Locations) -> None:
    home.data.mkdir()
    keys = a_key(home)
    assert create(home, NEW) == keys
    assert read_keys(home) == keys
    connect(home.database, keys.database, read_only=True).close()


def test_a_key_written_back_from_its_sheet_gets_its_seal_with_the_location(home: Locations) -> None:
    home.data.mkdir()
    home.key.write_text("0123ABCD " * 8)
    home.key.chmod(0o600)
    keys = create(home, NEW)
    assert keys.database == "0123abcd" * 8
    assert len(keys.seal) == 32
    assert read_keys(home) == keys


def test_a_key_that_is_none_is_not_replaced(home: Locations) -> None:
    home.data.mkdir()
    home.key.write_text("recovery key, half typed")
    home.key.chmod(0o600)
    with pytest.raises(DatabaseFault, match="db_key_missing"):
        create(home, NEW)
    assert home.key.read_text() == "recovery key, half typed"
    assert names(home) == ["kindertui.key"]


class Interrupted(BaseException):
    pass


def stop(*ignored: object) -> None:
    raise Interrupted


def at_schema(monkeypatch: pytest.MonkeyPatch, do: Callable[..., None]) -> None:
    real = migrations.upgrade

    def upgrade(connection: SqlConnection) -> None:
        real(connection)
        do()

    monkeypatch.setattr(migrations, "upgrade", upgrade)


def at_location(monkeypatch: pytest.MonkeyPatch, do: Callable[..., None]) -> None:
    real = creation.add_location

    def add_location(tx: Any, new: NewLocation) -> None:
        real(tx, new)
        do()

    monkeypatch.setattr(creation, "add_location", add_location)


def at_rename(monkeypatch: pytest.MonkeyPatch, do: Callable[..., None]) -> None:
    real = Path.rename

    def rename(self: Path, target: Path) -> Path:
        do()
        return real(self, target)

    monkeypatch.setattr(Path, "rename", rename)


POINTS = pytest.mark.parametrize("point", [at_schema, at_location, at_rename])


@POINTS
@pytest.mark.parametrize("had_key", [False, True])
def test_a_try_that_fails_leaves_nothing_of_its_own(
    home: Locations, monkeypatch: pytest.MonkeyPatch, point: Callable[..., None], had_key: bool
) -> None:
    home.data.mkdir()
    if had_key:
        a_key(home)
    with monkeypatch.context() as patched:
        point(patched, stop)
        with pytest.raises(Interrupted):
            create(home, NEW)
    assert names(home) == (["kindertui.key"] if had_key else [])
    create(home, NEW)
    with Store(home) as store:
        assert location(store.reader).name == "De Tuin"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kill -9 needs a process of its own, made by fork")
@POINTS
def test_a_try_that_was_killed_is_no_dead_end(
    home: Locations, monkeypatch: pytest.MonkeyPatch, point: Callable[..., None]
) -> None:
    child = os.fork()
    if child == 0:  # pragma: no cover - ends by a signal
        try:
            point(monkeypatch, lambda: os.kill(os.getpid(), signal.SIGKILL))
            create(home, NEW)
        finally:
            os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    assert not home.database.exists(), "half a location stands under the final name"
    create(home, NEW)
    assert names(home) == ["kindertui.db", "kindertui.key"]
    with Store(home) as store:
        assert location(store.reader).name == "De Tuin"


def test_two_at_once_make_one_location(home: Locations, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Keys] = []
    faults: list[str] = []
    lingered: list[bool] = []

    def linger() -> None:
        if not lingered:  # the first is still at it when the second begins
            lingered.append(True)
            second.start()
            second.join(0.3)

    at_schema(monkeypatch, linger)

    def attempt() -> None:
        try:
            made.append(create(home, NEW))
        except DatabaseFault as fault:
            faults.append(fault.rule)

    first, second = threading.Thread(target=attempt), threading.Thread(target=attempt)
    first.start()
    first.join()
    second.join()
    assert faults == ["db_exists"]
    assert made == [read_keys(home)]
    with Store(home) as store:
        assert location(store.reader).name == "De Tuin"


def test_a_link_in_the_place_of_the_unfinished_file_leads_nowhere(home: Locations, tmp_path: Path) -> None:
    home.data.mkdir()
    victim = tmp_path / "victim"
    victim.write_text("precious")
    home.database.with_suffix(".new").symlink_to(victim)
    create(home, NEW)
    assert victim.read_text() == "precious"
    assert not home.database.is_symlink()


# The schema.


def test_the_schema_the_program_wants_is_the_one_its_package_has() -> None:
    assert migrations.head() == f"{SCHEMA:04d}"
    steps = [one.name for one in files("kindertui.data.migrations").joinpath("versions").iterdir()]
    assert sum(name.startswith(f"v{SCHEMA:04d}_") and name.endswith(".py") for name in steps) == 1


def test_a_package_without_its_schema_steps_makes_no_empty_location(
    home: Locations, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    bare = tmp_path / "bare"
    (bare / "versions").mkdir(parents=True)
    monkeypatch.setattr(migrations, "HERE", bare)
    with pytest.raises(RuntimeError, match="schema"):
        create(home, NEW)
    assert names(home) == []


def test_the_models_are_what_the_schema_steps_make(place: Locations) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    made = engine(place.database, read_keys(place).database)
    with made.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        differences = [one for one in compare_metadata(context, Base.metadata) if "alembic_version" not in str(one)]
        assert differences == []
    made.dispose()


def test_the_models_make_the_same_tables_and_indexes_word_for_word(place: Locations) -> None:
    """What compare_metadata does not see: the order of columns, checks, names of constraints."""
    from sqlalchemy.schema import CreateIndex, CreateTable

    made = engine(place.database, read_keys(place).database)

    def flat(sql: str) -> str:
        return " ".join(sql.replace("(", " ( ").replace(")", " ) ").replace(",", " , ").split())

    wanted = {table.name: flat(str(CreateTable(table).compile(made))) for table in Base.metadata.tables.values()}
    for table in Base.metadata.tables.values():
        wanted |= {str(index.name): flat(str(CreateIndex(index).compile(made))) for index in table.indexes}
    made.dispose()
    db = connect(place.database, read_keys(place).database, read_only=True)
    rows = db.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND type IN ('table', 'index')")
    found = {name: flat(sql) for name, sql in rows if name != "alembic_version"}
    db.close()
    assert found == wanted


def test_no_step_leads_down() -> None:
    from alembic.script import ScriptDirectory

    for step in ScriptDirectory(str(migrations.HERE)).walk_revisions():
        assert not hasattr(step.module, "downgrade")


def test_the_journal_has_its_two_guards(place: Locations) -> None:
    db = connect(place.database, read_keys(place).database, read_only=True)
    triggers = [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' ORDER BY name")]
    db.close()
    assert triggers == ["journal_is_never_changed", "journal_is_never_cut"]


@pytest.mark.skipif(sys.platform == "win32", reason="rights of files are another matter there")
def test_a_folder_that_takes_nothing_is_an_os_error(home: Locations) -> None:
    home.data.parent.mkdir(parents=True, exist_ok=True)
    home.data.write_text("a file")
    with pytest.raises(OSError, match="home"):
        create(home, NEW)
    assert home.data.read_text() == "a file"
