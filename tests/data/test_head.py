"""The journal's head outside the database: what is missing at its end is told, whatever is written on."""

import os
import shutil
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from kindertui.data import models
from kindertui.data.act import Actor, Tx
from kindertui.data.creation import NewLocation, create
from kindertui.data.head import HeadFile
from kindertui.data.keys import read_keys
from kindertui.data.store import Store
from kindertui.domain.verified import HeadCheck
from kindertui.locations import Locations

INA = Actor("ina", "Ina")
ALL_THERE = HeadCheck(known=True)


def add(tx: Tx, name: str) -> None:
    tx.add(models.Staff, name=name)


def write(place: Locations, *names: str) -> None:
    with Store(place) as store:
        for name in names:
            store.call(add, INA, name)


def found(place: Locations) -> HeadCheck:
    with Store(place) as store:
        return store.head.check(store.reader)


def copied(place: Locations, to: Path) -> Path:
    """Yesterday's copy."""
    return Path(shutil.copy(place.database, to))


def test_there_is_no_head_before_the_first_act_and_one_after_each(place: Locations) -> None:
    place.head.unlink(missing_ok=True)
    assert found(place) == HeadCheck(known=False)
    for name in ("one", "two"):
        write(place, name)
        assert found(place) == ALL_THERE
    assert place.head.stat().st_mode & 0o777 == 0o600
    assert not [one for one in place.state.iterdir() if one.name.startswith("head.")]


def test_an_older_copy_put_back_is_told_whatever_is_written_on(place: Locations, tmp_path: Path) -> None:
    write(place, "one")
    older = copied(place, tmp_path / "copy")
    write(place, "two", "three")
    shutil.copy(older, place.database)
    since = found(place).missing_since
    assert since is not None and abs(since - datetime.now(ZoneInfo("Europe/Amsterdam"))) < timedelta(minutes=1)
    write(place, "four", "five", "six")  # as many as are missing, and one more
    assert found(place).missing_since == since
    with Store(place) as store:
        store.take_note().result()
        assert store.head.check(store.reader) == ALL_THERE
    write(place, "seven")
    assert found(place) == ALL_THERE


def test_the_newer_file_put_back_again_is_whole(place: Locations, tmp_path: Path) -> None:
    write(place, "one")
    older = copied(place, tmp_path / "older")
    write(place, "two")
    newer = copied(place, tmp_path / "newer")
    shutil.copy(older, place.database)
    assert not found(place).ok
    shutil.copy(newer, place.database)
    assert found(place) == ALL_THERE
    shutil.copy(older, place.database)
    write(place, "three")
    shutil.copy(newer, place.database)
    assert not found(place).ok  # now "three" is missing


def test_a_wal_that_was_lost_is_told(place: Locations) -> None:
    with Store(place) as store:
        store.call(add, INA, "one")
        assert store.settle(5)  # the head is kept behind the answer
        wal = place.database.with_name("kindertui.db-wal")
        assert wal.stat().st_size
        killed = place.data.with_name("killed")
        shutil.copytree(place.data, killed, ignore=shutil.ignore_patterns("*-wal", "*-shm"))
    assert not found(Locations(killed, killed, killed)).ok


def test_a_head_that_is_behind_is_in_order(place: Locations) -> None:
    write(place, "one")
    before = place.head.read_bytes()
    write(place, "two")
    place.head.write_bytes(before)  # killed between the commit and the head
    assert found(place) == ALL_THERE


@pytest.mark.parametrize("damage", ["", "{", '{"head": "{}", "mac": ""}', "\ufeff", "directory"])
def test_a_head_that_is_not_whole_is_not_known(place: Locations, damage: str) -> None:
    write(place, "one")
    place.head.unlink()
    if damage == "directory":
        place.head.mkdir()
    else:
        place.head.write_text(damage, encoding="utf-8")
    assert found(place) == HeadCheck(known=False)
    write(place, "two")  # and stops nobody


def test_a_head_of_another_home_says_nothing(place: Locations, tmp_path: Path) -> None:
    write(place, "one")
    other = Locations(tmp_path / "o", tmp_path / "o", tmp_path / "o")
    create(other, NewLocation("Anders", "open", "en", "Europe/Amsterdam"))
    write(other, "one", *map(str, range(200)))
    shutil.copy(other.head, place.head)
    assert found(place) == HeadCheck(known=False)


def test_nobody_makes_a_head_without_the_seal(place: Locations) -> None:
    """Whoever has the database's key alone can cut its tail, but not make the head that agrees with it."""
    write(place, "one", "two")
    with Store(place) as store:
        forged = HeadFile(place.head, read_keys(place).database.encode())
        true = place.head.read_bytes()
        forged.keep(store.reader)
        assert place.head.read_bytes() != true
    with Store(place) as store:
        assert store.head.check(store.reader) == ALL_THERE  # it agrees: nothing is missing that it could hide


def test_a_location_made_anew_knows_nothing_of_the_one_before(place: Locations) -> None:
    write(place, "one")
    place.database.unlink()
    create(place, NewLocation("Nieuw", "open", "nl", "Europe/Amsterdam"))
    write(place, "two")
    assert found(place) == ALL_THERE


def test_a_folder_that_takes_no_head_takes_entries(place: Locations, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> int:
        raise OSError(28, "no space")

    write(place, "one")
    with Store(place) as store:
        store.call(add, INA, "two")
        monkeypatch.setattr(os, "open", full)
        store.call(add, INA, "three")
        monkeypatch.undo()
    assert found(place) == ALL_THERE
