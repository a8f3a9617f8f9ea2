"""On a disk that takes nothing the day and the allergies stay readable, and what is said of the disk is true."""

import errno
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kindertui.data.act import Actor, Tx
from kindertui.data.connection import connect, is_snapshot
from kindertui.data.keys import read_keys
from kindertui.data.store import Store
from kindertui.domain.faults import DatabaseFault
from kindertui.locations import Locations
from tests.cli.conftest import ON, in_english
from tests.disk import failing

ALLERGIES = [("koemelk",), ("noten",)]
SELECT = "SELECT text FROM care_fact ORDER BY text"


def spoken(place: Locations, environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kindertui", *arguments],
        capture_output=True, text=True, check=False, timeout=60, env=in_english(place) | environment,
    )  # fmt: skip


def fill(folder: Path) -> Path:
    """Writes until the disk has no byte left."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in (4096, 1):
            with pytest.raises(OSError, match=str(errno.ENOSPC)):
                while True:
                    file.write(bytes(size))
    return filler


def test_a_full_disk_is_read_with_what_its_wal_holds(killed: Locations, small_disk: Path) -> None:
    home = small_disk / "home"
    shutil.copytree(killed.data, home)
    place = Locations(home, home, home)
    filler = fill(small_disk)
    with Store(place) as store:
        assert is_snapshot(store.reader)
        assert store.reader.execute(SELECT).fetchall() == ALLERGIES
        before = store.data_version()
        with pytest.raises(DatabaseFault, match="db_full"):
            store.call(_say, Actor("x", "x"), "one")
        filler.unlink()
        store.call(_say, Actor("x", "x"), "two")
        assert store.data_version() != before  # whoever looks for news reads again, and sees it
        assert not is_snapshot(store.reader)
        assert store.reader.execute("SELECT name FROM staff WHERE name IN ('one', 'two')").fetchall() == [("two",)]


def _say(tx: Tx, name: str) -> None:
    from kindertui.data import models

    tx.add(models.Staff, name=name)


def test_the_snapshot_leaves_nothing_behind(
    killed: Locations, small_disk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, aside = small_disk / "home", tmp_path / "aside"
    shutil.copytree(killed.data, home)
    aside.mkdir()
    fill(small_disk)
    monkeypatch.setattr("kindertui.data.connection._memory", lambda: str(aside))
    db = connect(home / "kindertui.db", read_keys(killed).database, read_only=True)
    assert is_snapshot(db)
    assert db.execute(SELECT).fetchall() == ALLERGIES
    assert list(aside.iterdir()) == []
    db.close()


@pytest.mark.parametrize(
    ("calls", "file", "error", "said"),
    [
        ("read", "kindertui.db", errno.EIO, "The disk does not answer"),
        ("read", "kindertui.db-wal", errno.EIO, "The disk does not answer"),
        ("write", "kindertui.db-wal", errno.EIO, "The disk does not answer"),
        ("sync", "kindertui.db-wal", errno.EIO, "The disk does not answer"),
        ("write", "kindertui.db-wal", errno.ENOSPC, "Nothing was saved: the disk is full"),
        ("open", "kindertui.db-wal", errno.EROFS, "can only be read"),
    ],
)
def test_what_a_disk_refuses_is_said_as_it_is(killed: Locations, calls: str, file: str, error: int, said: str) -> None:
    fault = failing(killed.data / file, calls, error)
    ran = spoken(killed, fault, "log", "aya in 0900", *ON, "--yes")
    assert (ran.returncode, ran.stdout) == (3, "")
    assert said in ran.stderr
    assert "backup" not in ran.stderr
    assert "Aya" in spoken(killed, fault, "children").stdout  # reading goes on: the copy of it is read
    again = spoken(killed, {}, "log", "aya in 0900", *ON, "--yes")
    assert again.returncode == 0, again.stderr


def test_a_disk_that_answers_wrongly_once_is_asked_again(killed: Locations) -> None:
    fault = failing(killed.data / "kindertui.db", "read", errno.EIO, every=10_000)
    ran = spoken(killed, fault, "children")
    assert (ran.returncode, ran.stderr) == (0, "")
