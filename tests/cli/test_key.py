"""`key` and the recovery key of `init`, without a terminal; tests/e2e/test_recovery_key.py has one."""

import re

import pytest

from kindertui.data import ways_in
from kindertui.data.keys import read_keys
from kindertui.domain.recovery import read, spoken
from kindertui.locations import Locations
from tests import fake_keyring
from tests.cli.conftest import Cli, Ran
from tests.fake_keyring import FakeKeyring

INIT = ("init", "--location", "De Tuin", "--profile", "bitcare")


@pytest.fixture
def ring(monkeypatch: pytest.MonkeyPatch) -> FakeKeyring:
    return fake_keyring.install(monkeypatch)


def shown(ran: Ran) -> str:
    (key,) = re.findall(r"^(?:[0-9A-Z]{5}-){7}[0-9A-Z]{5}$", ran.err, re.MULTILINE)
    assert key not in ran.out
    return str(key)


def test_init_shows_a_recovery_key_that_opens_the_location_without_its_key_file(cli: Cli, home: Locations) -> None:
    ran = cli(*INIT)
    assert ran.code == 0
    assert str(home.key) in ran.err, "the way that is less safe is named"
    keys = read_keys(home)
    assert keys.database not in ran.err.replace(" ", "")
    home.key.unlink()
    lost = cli("today")
    assert (lost.code, len(lost.sentences)) == (3, 1) and "kindertui key recover" in lost.err
    back = cli("key", "recover", stdin=shown(ran).lower() + "\n")
    assert back.code == 0 and str(home.key) in back.err
    assert read_keys(home) == keys
    assert cli("today").code == 0


def test_init_uses_the_keyring_where_one_answers(cli: Cli, home: Locations, ring: FakeKeyring) -> None:
    ran = cli(*INIT)
    assert ran.code == 0 and "keyring opens the location" in ran.err
    assert not home.key.exists()
    assert cli("today").code == 0
    ring.mood = "locked"
    locked = cli("today")
    assert (locked.code, len(locked.sentences)) == (3, 1) and "locked" in locked.err
    assert cli("key", "recover", "--key-in", "file", stdin=shown(ran)).code == 0
    assert cli("today").code == 0


def test_init_does_as_it_is_told_or_nothing(cli: Cli, home: Locations, ring: FakeKeyring) -> None:
    ring.mood = "gone"
    refused = cli(*INIT, "--key-in", "keyring")
    assert (refused.code, len(refused.sentences)) == (3, 1) and "keyring" in refused.err
    assert not home.database.exists()
    ring.mood = "open"
    assert cli(*INIT, "--key-in", "file").code == 0
    assert home.key.exists() and not ring.kept


def test_the_key_moves_and_the_location_is_opened_all_the_while(cli: Cli, place: Locations, ring: FakeKeyring) -> None:
    keys = read_keys(place)
    assert "keyring opens" in cli("key", "move", "keyring").err
    assert not place.key.exists()
    assert "key file" in cli("key", "move", "file").err
    assert read_keys(place) == keys
    ring.mood = "locked"
    refused = cli("key", "move", "keyring")
    assert (refused.code, len(refused.sentences)) == (3, 1)
    assert read_keys(place) == keys


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "Group 1"),
        ("12345", "Group 1"),
        (spoken(bytes(range(20))), "something else"),
        (spoken(bytes(20)) + "\nand more", "eight groups"),
        ("ab" * 32, "something else"),
    ],
)
def test_a_key_that_does_not_open_is_said_in_a_sentence(cli: Cli, home: Locations, typed: str, says: str) -> None:
    cli(*INIT)
    before = {one.name: one.read_bytes() for one in home.data.iterdir()}
    ran = cli("key", "recover", stdin=typed)
    assert (ran.code, len(ran.sentences)) == (1, 1)
    assert says in ran.err
    assert not typed or typed not in ran.err
    assert {one.name: one.read_bytes() for one in home.data.iterdir()} == before


def test_a_new_recovery_key_replaces_the_one_before(cli: Cli, home: Locations) -> None:
    first = shown(cli(*INIT))
    second = shown(cli("key", "renew"))
    assert first != second
    assert "something else" in cli("key", "recover", stdin=first).err
    assert cli("key", "recover", stdin=second).code == 0


def test_the_sheet_of_an_older_location_works_as_it_was_printed(cli: Cli, place: Locations) -> None:
    digits = read_keys(place).database
    place.key.write_text(digits + "\n")
    place.key.unlink()
    printed = " ".join(digits[at : at + 8] for at in range(0, 64, 8))
    assert cli("key", "recover", stdin=printed).code == 0
    assert cli("today").code == 0
    key = shown(cli("key", "renew"))
    assert ways_in.recovered(ways_in.recovery_envelope(place), key).database == digits
    assert read(key)


def test_there_is_nothing_to_recover_without_a_location(cli: Cli, home: Locations) -> None:
    for arguments in (("key", "recover"), ("key", "renew"), ("key", "move", "file")):
        ran = cli(*arguments, stdin=spoken(bytes(20)))
        assert (ran.code, len(ran.sentences)) == (3, 1)
        assert "kindertui init" in ran.err
        assert not home.data.exists()
