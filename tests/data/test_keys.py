"""The key file: private, never replaced, as a person may have written it; a file without a seal gets one, once."""

import os
import threading
from pathlib import Path

import pytest

from kindertui.data import keys
from kindertui.data.act import Actor
from kindertui.data.connection import connect
from kindertui.data.keys import Keys, alone, new_keys, read_keys, sealed, write_keys
from kindertui.data.store import Store
from kindertui.domain.faults import DatabaseFault
from kindertui.locations import Locations

KEY = "0123456789abcdef" * 4
SEAL = "fedcba9876543210" * 4


@pytest.fixture
def bare(home: Locations) -> Locations:
    """A home with its folder and nothing in it."""
    home.data.mkdir()
    return home


def write(home: Locations, text: str, mode: int = 0o600) -> None:
    home.key.write_text(text)
    home.key.chmod(mode)


def made(home: Locations) -> Keys:
    """New keys in the key file."""
    keys = new_keys()
    with alone(home.data) as folder:
        write_keys(home, keys, folder)
    return keys


def test_keys_are_random_independent_and_private(bare: Locations) -> None:
    before = os.umask(0)
    try:
        first = made(bare)
    finally:
        os.umask(before)
    assert bare.key.stat().st_mode & 0o7777 == 0o600
    assert read_keys(bare) == first
    assert len(first.database) == 64
    assert len(first.seal) == 32
    second = new_keys()
    assert len({first.database, second.database, first.seal.hex(), second.seal.hex()}) == 4


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o606, 0o660, 0o601])
def test_a_key_others_could_read_is_refused(bare: Locations, mode: int) -> None:
    made(bare)
    bare.key.chmod(mode)
    with pytest.raises(DatabaseFault, match="db_key_unsafe"):
        read_keys(bare)


def test_a_link_is_no_key(bare: Locations, tmp_path: Path) -> None:
    made(bare)
    real = tmp_path / "real"
    bare.key.rename(real)
    bare.key.symlink_to(real)
    with pytest.raises(DatabaseFault, match="file_link"):
        read_keys(bare)
    bare.key.unlink()
    bare.key.symlink_to(tmp_path / "elsewhere")
    keys = made(bare)
    assert read_keys(bare) == keys and not bare.key.is_symlink()
    assert not (tmp_path / "elsewhere").exists()


def test_a_fifo_is_no_key_and_nobody_waits_for_it(bare: Locations) -> None:
    os.mkfifo(bare.key, 0o600)
    with pytest.raises(DatabaseFault, match="db_key_missing"):
        read_keys(bare)


@pytest.mark.parametrize(
    "text",
    [
        KEY,
        KEY + "\n",
        KEY.upper(),
        " ".join(KEY[at : at + 8] for at in range(0, 64, 8)),  # as the sheet was printed
        "\n".join(KEY[at : at + 16].upper() + "  " for at in range(0, 64, 16)),
        KEY + "\r\n",
    ],
)
def test_a_key_from_the_sheet_is_read_as_it_was_printed(bare: Locations, text: str) -> None:
    write(bare, text)
    assert read_keys(bare) == Keys(KEY, b"")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "abc",
        "g" * 64,
        "0" * 63,
        "0" * 65,
        "é" * 64,
        f"{KEY}\n{SEAL[:-1]}",
        f"{KEY}\n{SEAL}0",
        f"{KEY}\n{SEAL}\n{SEAL}",
    ],
)
def test_what_is_no_key_is_said_to_be_missing(bare: Locations, text: str) -> None:
    write(bare, text)
    with pytest.raises(DatabaseFault, match="db_key_missing"):
        read_keys(bare)


def test_a_missing_key_is_said_to_be_missing(place: Locations) -> None:
    place.key.unlink()
    with pytest.raises(DatabaseFault, match="db_key_missing"):
        Store(place)
    assert not place.key.exists()


# The seal of an older key file.


def test_a_reader_leaves_an_older_file_as_it_is(place: Locations) -> None:
    key = read_keys(place).database
    write(place, key + "\n")
    with Store(place) as store:
        assert store.keys == Keys(key, b"")
    assert place.key.read_text() == key + "\n"


def test_the_first_writer_gives_an_older_file_its_seal(place: Locations, ina: Actor) -> None:
    key = read_keys(place).database
    write(place, key + "\n")
    with Store(place) as store:
        store.call(lambda tx: None, ina)
        keys = store.keys
    assert keys.database == key
    assert len(keys.seal) == 32
    assert read_keys(place) == keys
    assert place.key.stat().st_mode & 0o7777 == 0o600
    assert sealed(place) == keys, "a seal stays"
    connect(place.database, keys.database, read_only=True).close()


def test_two_writers_at_once_agree_on_one_seal(bare: Locations, monkeypatch: pytest.MonkeyPatch) -> None:
    write(bare, KEY)
    both_read = threading.Barrier(2)
    real = keys.alone

    def alone(folder: Path) -> object:
        both_read.wait()  # each has seen a file without a seal
        return real(folder)

    monkeypatch.setattr(keys, "alone", alone)
    found: list[Keys] = []
    threads = [threading.Thread(target=lambda: found.append(sealed(bare))) for _ in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(found) == 2
    assert found[0] == found[1] == read_keys(bare)


def test_a_seal_that_cannot_be_written_leaves_the_key_as_it_was(
    bare: Locations, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(bare, KEY)

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DatabaseFault, match="db_full"):
        sealed(bare)
    monkeypatch.undo()
    assert read_keys(bare) == Keys(KEY, b"")
    assert len(sealed(bare).seal) == 32, "what the failed try left is in nobody's way"
