"""The ways in: each opens the location, a change of them is whole or not at all, what stands in the way is named."""

import os
import secrets
import signal
from collections.abc import Callable
from itertools import count
from pathlib import Path

import keyring.core
import pytest

from kindertui.data import envelope_file, keyrings, ways_in
from kindertui.data.connection import connect
from kindertui.data.creation import NewLocation, create
from kindertui.data.keys import Keys, read_keys
from kindertui.data.store import Store
from kindertui.domain.faults import DatabaseFault, Refused
from kindertui.domain.recovery import new_recovery_key, spoken
from kindertui.locations import Locations
from tests import fake_keyring
from tests.fake_keyring import FakeKeyring

NEW = NewLocation("De Tuin", "bitcare", "nl", "Europe/Amsterdam")
KEY = bytes(range(100, 120))


@pytest.fixture
def ring(monkeypatch: pytest.MonkeyPatch) -> FakeKeyring:
    return fake_keyring.install(monkeypatch)


def files(home: Locations) -> dict[str, bytes]:
    return {one.name: one.read_bytes() for one in home.data.iterdir() if one.is_file()}


def names(home: Locations) -> list[str]:
    return sorted(name for name in files(home) if not name.endswith(("-wal", "-shm")))


def opens(home: Locations) -> Keys:
    keys = read_keys(home)
    connect(home.database, keys.database, read_only=True).close()
    return keys


def rule_of(do: Callable[[], object]) -> str:
    with pytest.raises((DatabaseFault, Refused)) as found:
        do()
    assert isinstance(found.value, DatabaseFault | Refused)
    return found.value.rule


def a_copy_elsewhere(home: Locations, folder: Path) -> Locations:
    """The same files on another machine."""
    folder.mkdir()
    for name, content in files(home).items():
        (folder / name).write_bytes(content)
        (folder / name).chmod(0o600)
    return Locations(folder, folder, folder)


# A new location.


def test_with_a_keyring_the_key_is_in_no_file(home: Locations, ring: FakeKeyring) -> None:
    keys = create(home, NEW, KEY, way=None)
    assert names(home) == ["kindertui.db", "kindertui.keys"]
    assert opens(home) == keys and len(keys.seal) == 32
    assert ways_in.in_force(home) == ways_in.InForce("keyring", own_recovery=True)
    everything = b"".join([*files(home).values(), *(secret.encode() for secret in ring.kept.values())])
    for secret in (bytes.fromhex(keys.database), keys.seal):
        assert secret not in everything and secret.hex().encode() not in everything
    assert home.envelopes.stat().st_mode & 0o777 == 0o600
    with Store(home) as store:
        assert store.keys == keys


@pytest.mark.parametrize("mood", ["locked", "asks", "gone"])
def test_without_a_keyring_that_answers_it_is_the_key_file(home: Locations, ring: FakeKeyring, mood: str) -> None:
    ring.mood = mood
    keys = create(home, NEW, KEY, way=None)
    assert names(home) == ["kindertui.db", "kindertui.key", "kindertui.keys"]
    assert opens(home) == keys
    assert ways_in.in_force(home) == ways_in.InForce("file", own_recovery=True)
    ring.answered.set()


def test_a_keyring_that_is_not_the_system_s_is_as_good_as_none(
    home: Locations, monkeypatch: pytest.MonkeyPatch
) -> None:
    ring = fake_keyring.install(monkeypatch, trusted=False)
    create(home, NEW, KEY, way=None)
    assert ways_in.in_force(home).way == "file"
    assert not ring.asked


@pytest.mark.parametrize("backend", ["null.Keyring", "fail.Keyring", "chainer.ChainerBackend", "nowhere.Keyring"])
def test_a_keyring_that_keeps_nothing_is_as_good_as_none(monkeypatch: pytest.MonkeyPatch, backend: str) -> None:
    fake_keyring.install(monkeypatch)
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", f"keyring.backends.{backend}")
    assert rule_of(lambda: keyrings.put("x", b"secret", patient=True)) == "db_keyring_missing"


def test_whoever_chose_the_system_s_keyring_has_it(monkeypatch: pytest.MonkeyPatch, ring: FakeKeyring) -> None:
    monkeypatch.setattr(keyring.core, "load_config", lambda: ring)
    keyrings.put("x", b"secret", patient=True)
    assert keyrings.get("x") == b"secret"
    monkeypatch.setattr(keyrings, "_TRUSTED", ())
    assert rule_of(lambda: keyrings.get("x")) == "db_keyring_missing"


def test_a_keyring_that_was_asked_for_and_does_not_do_it_makes_nothing(home: Locations, ring: FakeKeyring) -> None:
    ring.mood = "locked"
    assert rule_of(lambda: create(home, NEW, KEY, way="keyring")) == "db_keyring_locked"
    assert names(home) == []


def test_a_try_that_fails_leaves_nothing_in_the_keyring(
    home: Locations, ring: FakeKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kindertui.data import migrations

    def fails(connection: object) -> None:
        raise RuntimeError("stopped")

    monkeypatch.setattr(migrations, "upgrade", fails)
    with pytest.raises(RuntimeError):
        create(home, NEW, KEY, way=None)
    assert names(home) == []
    assert not ring.kept


def test_a_copy_of_a_home_leaves_the_home_its_entry(home: Locations, ring: FakeKeyring, tmp_path: Path) -> None:
    keys = create(home, NEW, KEY, way="keyring")
    copy = a_copy_elsewhere(home, tmp_path / "copy")
    ways_in.move(copy, "file")
    assert opens(home) == opens(copy) == keys
    ways_in.move(copy, "keyring")
    ways_in.move(home, "file")
    assert opens(home) == opens(copy) == keys
    assert len(ring.kept) == 1, "its own entry the home takes away"


def test_a_keyring_that_does_not_keep_what_it_was_given_is_none(home: Locations, ring: FakeKeyring) -> None:
    ring.mood = "forgetful"
    create(home, NEW, KEY, way=None)
    assert ways_in.in_force(home).way == "file"
    assert rule_of(lambda: ways_in.move(home, "keyring")) == "db_keyring_empty"
    opens(home)


# What stands in the way.


@pytest.mark.parametrize(
    ("mood", "rule"), [("locked", "db_keyring_locked"), ("asks", "db_keyring_asks"), ("gone", "db_keyring_missing")]
)
def test_a_keyring_that_does_not_give_the_key_is_named_in_bounded_time(
    home: Locations, ring: FakeKeyring, mood: str, rule: str
) -> None:
    create(home, NEW, KEY, way="keyring")
    before = files(home)
    ring.mood = mood
    assert rule_of(lambda: Store(home)) == rule
    assert files(home) == before
    ring.answered.set()
    ring.mood = "open"
    opens(home)


def test_a_keyring_without_our_entry_or_with_something_else_in_it_is_named(home: Locations, ring: FakeKeyring) -> None:
    create(home, NEW, KEY, way="keyring")
    (name,) = ring.kept
    for other in ("", "no hex", "00" * 32):
        ring.kept[name] = other
        assert rule_of(lambda: read_keys(home)) == "db_keyring_empty"
    ring.kept.clear()
    assert rule_of(lambda: read_keys(home)) == "db_keyring_empty"


def test_a_file_of_envelopes_cut_anywhere_is_named_and_left_as_it_is(home: Locations, ring: FakeKeyring) -> None:
    create(home, NEW, KEY, way="keyring")
    whole = home.envelopes.read_bytes()
    for length in (0, 1, 40, len(whole) // 2, len(whole) - 60, len(whole) - 2):
        home.envelopes.write_bytes(whole[:length])
        assert rule_of(lambda: read_keys(home)) == "db_keys_damaged"
        assert rule_of(lambda: ways_in.recover(home, spoken(KEY))) == "db_keys_damaged"
        assert home.envelopes.read_bytes() == whole[:length]
    home.envelopes.write_bytes(whole.replace(b"recovery", b"recouery"))
    assert rule_of(lambda: read_keys(home)) == "db_keys_damaged"
    home.envelopes.write_bytes(whole)
    opens(home)


def test_a_key_file_goes_on_opening_beside_damaged_envelopes(home: Locations) -> None:
    keys = create(home, NEW, KEY)
    home.envelopes.write_bytes(b"{")
    assert opens(home) == keys
    ways_in.renew(home, KEY)
    assert ways_in.recovered(ways_in.recovery_envelope(home), spoken(KEY)) == keys


def test_a_link_or_a_fifo_is_no_file_of_envelopes(home: Locations, tmp_path: Path) -> None:
    home.data.mkdir()
    home.envelopes.symlink_to(tmp_path / "elsewhere")
    assert rule_of(lambda: envelope_file.read(home.envelopes)) == "db_no_access"
    home.envelopes.unlink()
    os.mkfifo(home.envelopes, 0o600)
    assert rule_of(lambda: envelope_file.read(home.envelopes)) == "db_keys_damaged"


# The recovery key.


def test_the_recovery_key_opens_on_another_machine(home: Locations, ring: FakeKeyring, tmp_path: Path) -> None:
    keys = create(home, NEW, KEY, way="keyring")
    other = a_copy_elsewhere(home, tmp_path / "other")
    ring.kept.clear()
    assert rule_of(lambda: read_keys(other)) == "db_keyring_empty"
    assert ways_in.recover(other, spoken(KEY).lower().replace("-", " "), None) == "keyring"
    assert opens(other) == keys
    ring.kept.clear()
    assert ways_in.recover(other, spoken(KEY), "file") == "file"
    assert opens(other) == keys
    assert ways_in.recover(other, spoken(KEY), "keyring") == "keyring", "as often as it is needed"
    assert not other.key.exists()
    assert opens(other) == keys


def test_nothing_is_recovered_where_others_can_put_files(home: Locations) -> None:
    create(home, NEW, KEY)
    home.data.chmod(0o777)
    before = files(home)
    assert rule_of(lambda: ways_in.recover(home, spoken(KEY))) == "folder_open"
    assert files(home) == before


@pytest.mark.parametrize("way", ["keyring", "file"])
def test_a_wrong_key_changes_nothing(home: Locations, ring: FakeKeyring, way: ways_in.Way) -> None:
    create(home, NEW, KEY, way=way)
    before, kept = files(home), dict(ring.kept)
    for typed, rule in (
        (spoken(new_recovery_key()), "recovery_wrong"),
        ("0" * 64, "recovery_wrong"),
        (spoken(KEY).replace(spoken(KEY)[0], "Z", 1), "recovery_group"),
        (spoken(KEY).replace("-", "") + "0", "recovery_long"),
        ("", "recovery_group"),
        ("0" * 63, "recovery_group"),
    ):
        assert rule_of(lambda typed=typed: ways_in.recover(home, typed, way)) == rule  # type: ignore[misc]
    assert (files(home), ring.kept) == (before, kept)
    opens(home)


def test_a_new_recovery_key_takes_the_place_of_the_one_before(home: Locations, ring: FakeKeyring) -> None:
    keys = create(home, NEW, KEY, way="keyring")
    carried = ways_in.recovery_envelope(home)
    second = new_recovery_key()
    ways_in.renew(home, second)
    assert opens(home) == keys, "the keyring's envelope stays"
    assert rule_of(lambda: ways_in.recover(home, spoken(KEY))) == "recovery_wrong"
    assert ways_in.recover(home, spoken(second)) == "keyring"
    assert ways_in.recovered(carried, spoken(KEY)) == keys, "a copy of before opens with the key of before"


def test_a_try_of_init_that_was_killed_can_be_recovered_too(home: Locations, ring: FakeKeyring) -> None:
    create(home, NEW, KEY, way="keyring")
    for one in home.data.glob("kindertui.db*"):
        one.unlink()
    ring.kept.clear()
    assert rule_of(lambda: create(home, NEW, new_recovery_key(), way=None)) == "db_keyring_empty"
    ways_in.recover(home, spoken(KEY), "file")
    second = new_recovery_key()
    create(home, NEW, second, way=None)
    assert ways_in.recover(home, spoken(second)) == "keyring"


# An installation of before: a key file, and a sheet of 64 digits.


@pytest.fixture
def older(place: Locations) -> Locations:
    place.key.write_text(read_keys(place).database + "\n")
    return place


@pytest.mark.parametrize("dress", [
    str,
    str.upper,
    lambda key: " ".join(key[at : at + 8] for at in range(0, 64, 8)),
    lambda key: "\n".join(key[at : at + 16] for at in range(0, 64, 16)) + "\r\n",
])  # fmt: skip
def test_its_sheet_works_as_it_was_printed(older: Locations, dress: Callable[[str], str]) -> None:
    printed = read_keys(older).database
    assert ways_in.in_force(older) == ways_in.InForce("file", own_recovery=False)
    assert ways_in.recovery_envelope(older) == b""
    older.key.unlink()
    assert rule_of(lambda: read_keys(older)) == "db_key_missing"
    assert rule_of(lambda: ways_in.recover(older, spoken(KEY))) == "recovery_wrong"
    assert ways_in.recover(older, dress(printed)) == "file"
    keys = opens(older)
    assert keys.database == printed and len(keys.seal) == 32
    assert names(older) == ["head", "kindertui.db", "kindertui.key"]


def test_it_moves_to_the_keyring_and_back_and_its_sheet_goes_on_working(older: Locations, ring: FakeKeyring) -> None:
    printed = read_keys(older).database
    ways_in.move(older, "keyring")
    keys = opens(older)
    assert keys.database == printed and len(keys.seal) == 32
    assert not older.key.exists()
    ways_in.move(older, "file")
    assert opens(older) == keys
    assert not ring.kept, "nothing of it stays in the keyring"
    ways_in.move(older, "keyring")
    assert ways_in.recover(older, printed, "file") == "file"
    assert opens(older) == keys, "the seal too"


def test_it_gets_a_recovery_key_of_its_own(older: Locations) -> None:
    printed = read_keys(older).database
    ways_in.renew(older, KEY)
    assert ways_in.in_force(older) == ways_in.InForce("file", own_recovery=True)
    keys = opens(older)
    older.key.unlink()
    ways_in.recover(older, spoken(KEY))
    assert opens(older) == keys
    older.key.unlink()
    ways_in.recover(older, printed)
    assert opens(older).database == printed
    assert ways_in.in_force(older).own_recovery, "the other paper stays good"


def test_its_sheet_opens_beside_damaged_envelopes(older: Locations) -> None:
    printed = read_keys(older).database
    ways_in.renew(older, KEY)
    older.key.unlink()
    older.envelopes.write_bytes(b"{}\n")
    assert ways_in.recover(older, printed) == "file"
    assert opens(older).database == printed


def test_without_a_database_64_digits_prove_nothing(home: Locations) -> None:
    home.data.mkdir()
    assert rule_of(lambda: ways_in.recover(home, "ab" * 32)) == "db_missing"
    assert names(home) == []


# Killed or failing at any step.


def _at_step(number: int, do: Callable[[], None], monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Does something before the step of that number that touches the disk; gives the steps done."""
    done = [0]

    def counted(real: Callable[..., object]) -> Callable[..., object]:
        def step(*arguments: object, **named: object) -> object:
            if done[0] == number:
                do()
            done[0] += 1
            return real(*arguments, **named)

        return step

    monkeypatch.setattr(os, "fsync", counted(os.fsync))
    monkeypatch.setattr(Path, "rename", counted(Path.rename))
    monkeypatch.setattr(Path, "unlink", counted(Path.unlink))
    return done


CHANGES: dict[str, Callable[[Locations], object]] = {
    "move to the file": lambda home: ways_in.move(home, "file"),
    "move to the keyring": lambda home: ways_in.move(home, "keyring"),
    "renew": lambda home: ways_in.renew(home, bytes(20)),
    "recover": lambda home: ways_in.recover(home, spoken(KEY), "file"),
}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kill -9 needs a process of its own, made by fork")
@pytest.mark.parametrize("before", ["file", "keyring"])
@pytest.mark.parametrize("change", CHANGES)
def test_killed_at_any_step_the_location_opens_and_so_does_a_recovery_key(
    home: Locations,
    ring: FakeKeyring,
    monkeypatch: pytest.MonkeyPatch,
    change: str,
    before: ways_in.Way,
    tmp_path: Path,
) -> None:
    keys = create(home, NEW, KEY, way=before)
    # what the child writes into a keyring in memory dies with it: the parent has to have it as well
    secret = os.urandom(32)
    for number in count():
        place = a_copy_elsewhere(home, tmp_path / str(number))
        keyrings.put(f"next-{ways_in._mark(place)}", secret, patient=False)
        child = os.fork()
        if child == 0:  # pragma: no cover - ends by a signal
            try:
                monkeypatch.setattr(secrets, "token_bytes", lambda length: secret)
                monkeypatch.setattr(secrets, "token_hex", lambda length: "next")
                _at_step(number, lambda: os.kill(os.getpid(), signal.SIGKILL), monkeypatch)
                CHANGES[change](place)
                os._exit(0)
            finally:
                os._exit(1)
        ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        assert ended in (0, -signal.SIGKILL)
        assert opens(place) == keys
        either = []
        for typed in (spoken(KEY), spoken(bytes(20))):
            try:
                either.append(ways_in.recovered(ways_in.recovery_envelope(place), typed))
            except Refused:
                continue
        assert either == [keys]
        if ended == 0:
            break
        kept = dict(ring.kept)
        CHANGES[change](place)  # and once more, over what the kill left
        assert opens(place) == keys
        ring.kept = kept
        assert not list(place.data.glob("*.new"))
    assert number > 3


@pytest.mark.parametrize("change", CHANGES)
def test_a_full_disk_at_any_step_leaves_a_way_in(
    home: Locations, ring: FakeKeyring, monkeypatch: pytest.MonkeyPatch, change: str, tmp_path: Path
) -> None:
    def full() -> None:
        raise OSError(28, "No space left on device")

    keys = create(home, NEW, KEY, way="keyring" if change == "move to the file" else "file")
    for number in count():
        place = a_copy_elsewhere(home, tmp_path / str(number))
        kept = dict(ring.kept)
        with monkeypatch.context() as patched:
            _at_step(number, full, patched)
            try:
                CHANGES[change](place)
                failed = False
            except DatabaseFault as fault:
                assert fault.rule == "db_full"
                failed = True
        assert opens(place) == keys
        ring.kept = kept
        if not failed:
            break
    assert number > 3
