"""A backup is one file for nobody else, checked before it is there; old ones go by the rule; what is none is said."""

import errno
import json
import os
import subprocess
import sys
from datetime import UTC, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine

from kindertui.data import backup, backup_file, copying, ways_in
from kindertui.data.backup import back_up
from kindertui.data.connection import SCHEMA, connect
from kindertui.data.creation import NewLocation, create
from kindertui.data.keys import read_keys
from kindertui.data.queries.holdings import holdings
from kindertui.data.store import Store
from kindertui.data.verify import verify
from kindertui.domain.faults import DatabaseFault, Refused
from kindertui.domain.recovery import new_recovery_key, spoken
from kindertui.locations import Locations
from tests.cli.conftest import in_english, run_sql
from tests.data.conftest import NOON


@pytest.fixture
def made(place: Locations, tmp_path: Path) -> Path:
    return back_up(place, tmp_path / "a.backup").path


def refusal(path: Path) -> str:
    with pytest.raises(Refused) as caught:
        backup_file.unpack(backup_file.read(path), path.with_name("unpacked"))
    assert caught.value.args_["path"] == str(path)
    path.with_name("unpacked").unlink(missing_ok=True)
    return caught.value.rule


def test_it_holds_all_and_is_for_nobody_else(place: Locations, made: Path, tmp_path: Path) -> None:
    assert made.stat().st_mode & 0o777 == 0o600
    assert [one.name for one in tmp_path.iterdir() if "copy" in one.name] == []
    found = backup_file.read(made)
    database = tmp_path / "opened.db"
    backup_file.unpack(found, database)
    assert not [name for name in (b"De Tuin", b"CREATE TABLE", b"Europe/Amsterdam") if name in made.read_bytes()]
    keys = read_keys(place)
    with pytest.raises(DatabaseFault):
        connect(database, keys.database, read_only=True)
    db = connect(database, found.key(keys), read_only=True)
    with Store(place) as store:
        assert holdings(db) == holdings(store.reader)
        rows = "SELECT * FROM journal ORDER BY seq"
        assert db.execute(rows).fetchall() == store.reader.execute(rows).fetchall()
    assert verify(db).ok
    db.close()


def test_each_has_a_key_of_its_own(place: Locations, made: Path, tmp_path: Path) -> None:
    keys, other = read_keys(place), back_up(place, tmp_path / "b.backup").path
    assert len({backup_file.read(one).key(keys) for one in (made, other)} | {keys.database}) == 3


def test_the_recovery_key_opens_it_where_there_is_no_other(home: Locations, tmp_path: Path) -> None:
    typed = new_recovery_key()
    create(home, NewLocation("De Tuin", "open", "nl", "Europe/Amsterdam"), typed)
    found = backup_file.read(back_up(home, tmp_path / "a").path)
    assert found.key(ways_in.recovered(found.about.recovery, spoken(typed))) == found.key(read_keys(home))
    with pytest.raises(Refused, match="recovery_wrong"):
        ways_in.recovered(found.about.recovery, spoken(new_recovery_key()))


def test_what_somebody_writes_meanwhile_is_in_it_whole_or_not_at_all(place: Locations, tmp_path: Path) -> None:
    from tests.data.test_head import INA, add

    with Store(place) as store:

        def meanwhile(done: int, total: int) -> None:
            store.call(add, INA, "meanwhile")

        made = back_up(place, tmp_path / "a", meanwhile)
        assert made.held.rows < holdings(store.reader).rows


def test_a_file_that_is_there_is_left_as_it_is(place: Locations, tmp_path: Path) -> None:
    (tmp_path / "there").write_text("mine")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    for name, rule in (("there", "backup_exists"), ("link", "backup_exists"), ("no/such", "backup_no_folder")):
        with pytest.raises(Refused, match=rule):
            back_up(place, tmp_path / name)
    assert (tmp_path / "there").read_text() == "mine"
    assert sorted(one.name for one in tmp_path.iterdir() if one.name != "home") == ["link", "there"]


def test_a_name_that_is_taken_meanwhile_is_left_as_it_is(
    place: Locations, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked = backup._checked

    def slowly(*args: Any) -> Any:
        (tmp_path / "a").write_text("mine")
        return checked(*args)

    monkeypatch.setattr(backup, "_checked", slowly)
    with pytest.raises(Refused, match="backup_exists"):
        back_up(place, tmp_path / "a")
    assert (tmp_path / "a").read_text() == "mine"


def test_a_disk_that_takes_no_more_leaves_nothing(place: Locations, tmp_path: Path) -> None:
    """The limit is a process's own; SQLite takes it for a disk that fails, and what packs for one that is full."""
    code = (
        "import resource, sys; from kindertui.cli import main;"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]),) * 2); sys.exit(main(['backup', sys.argv[2]]))"
    )
    size = back_up(place, tmp_path / "whole").path.stat().st_size
    for limit in (8192, size // 2, size - 100):
        ran = subprocess.run(
            [sys.executable, "-c", code, str(limit), str(tmp_path / "a")],
            capture_output=True, text=True, check=False, env=in_english(place),
        )  # fmt: skip
        assert (ran.returncode, ran.stdout, len(ran.stderr.splitlines())) == (3, "", 1), ran.stderr
        assert "disk" in ran.stderr and str(tmp_path / "a") in ran.stderr
    assert sorted(one.name for one in tmp_path.iterdir()) == ["home", "whole"]


def test_a_page_that_cannot_be_read_gives_no_backup(place: Locations, tmp_path: Path) -> None:
    with place.database.open("r+b") as file:
        file.seek(place.database.stat().st_size // 2)
        file.write(b"\1" * 100)
    with pytest.raises((Refused, DatabaseFault), match=r"backup_not_whole|db_damaged"):
        back_up(place, tmp_path / "a")
    assert not (tmp_path / "a").exists()


def test_a_backup_can_be_looked_at_again(place: Locations, made: Path, tmp_path: Path) -> None:
    before = sorted(one.name for one in place.data.iterdir())
    assert backup.check(place, made).children == 6
    assert sorted(one.name for one in place.data.iterdir()) == before
    other = tmp_path / "other"
    create(Locations(other, other, other), NewLocation("De Brug", "open", "nl", "Europe/Amsterdam"))
    with pytest.raises(Refused, match="backup_key"):
        backup.check(Locations(other, other, other), made)


def test_a_database_that_is_not_what_its_journal_says_gives_no_backup(place: Locations, tmp_path: Path) -> None:
    run_sql(place, "UPDATE child SET given_name = 'Eva' WHERE given_name = 'Aya'")
    with pytest.raises(Refused, match="backup_not_whole"):
        back_up(place, tmp_path / "a")
    assert not (tmp_path / "a").exists()


def test_where_links_are_unknown_it_gets_its_name_all_the_same(
    place: Locations, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(*args: Any, **kwargs: Any) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", none)
    assert back_up(place, tmp_path / "a").path.exists()


# -- what is no backup, or not whole ---------------------------------------------------------------------------------


def test_every_length_of_a_cut_file_is_known(made: Path, tmp_path: Path) -> None:
    whole, cut = made.read_bytes(), tmp_path / "cut"
    offset = backup_file.read(made).offset
    for length in (18, 40, offset - 1, offset, offset + 5000, len(whole) // 2, len(whole) - 1):
        cut.write_bytes(whole[:length])
        assert refusal(cut) == "backup_cut", length


def test_every_byte_counts(made: Path, tmp_path: Path) -> None:
    whole, other = made.read_bytes(), tmp_path / "other"
    offset = backup_file.read(made).offset
    for at in (*range(18, offset, 7), offset - 1, offset, offset + 4096, len(whole) - 1):
        changed = bytearray(whole)
        changed[at] ^= 1
        other.write_bytes(changed)
        assert refusal(other) in ("backup_altered", "backup_cut", "backup_newer"), at
    other.write_bytes(whole + b"more")
    assert refusal(other) == "backup_altered"


def test_what_is_none_of_ours_or_of_a_newer_program_is_said(made: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    for content in (b"", b"hello\n", b"SQLite format 3\0" * 500, b"kindertui"):
        other.write_bytes(content)
        assert refusal(other) == "backup_foreign"
    other.write_bytes(made.read_bytes().replace(b"backup 1\n", b"backup 2\n", 1))
    assert refusal(other) == "backup_newer"
    other.unlink()
    assert refusal(other) == "backup_missing"
    other.mkdir()
    assert refusal(other) == "backup_foreign"
    other.rmdir()
    os.mkfifo(other)
    assert refusal(other) == "backup_foreign"


def test_the_lines_belong_to_their_envelope(place: Locations, made: Path, tmp_path: Path) -> None:
    """Sums can be made again by anybody; the envelope cannot."""
    import hashlib

    lines = made.read_bytes().split(b"\n", 4)
    about = json.loads(lines[1])
    about["made_at"] += 1
    lines[1] = json.dumps(about).encode()
    lines[3] = hashlib.sha256(b"\n".join(lines[:3])).hexdigest().encode()
    other = tmp_path / "other"
    other.write_bytes(b"\n".join(lines))
    with pytest.raises(backup_file.Unopened):
        backup_file.read(other).key(read_keys(place))


def test_a_newer_schema_is_refused(place: Locations, made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backup_file, "SCHEMA", SCHEMA - 1)
    assert refusal(made) == "backup_newer"


# -- the folder ------------------------------------------------------------------------------------------------------


def test_old_ones_go_by_the_rule_and_nothing_else_does(place: Locations, tmp_path: Path) -> None:
    whole = back_up(place, tmp_path / "a").path.read_bytes()
    place.backups.mkdir()
    for day in range(40):
        for hour in range(2):
            moment = (NOON - timedelta(days=day, hours=hour)).astimezone(UTC)
            (place.backups / f"kindertui-{moment:%Y%m%dT%H%M%SZ}.backup").write_bytes(whole)
    (place.backups / "kindertui-20200101T000000Z.backup").write_text("of somebody else")
    (place.backups / "notes.txt").write_text("mine")
    with time_machine.travel(NOON + timedelta(seconds=1), tick=False):
        back_up(place)
    names = sorted(one.name for one in place.backups.iterdir())
    assert "kindertui-20200101T000000Z.backup" in names and "notes.txt" in names
    ours = [name for name in names if name.startswith("kindertui-2026")]
    assert len(ours) == 1 + 4 + 29  # the new one, all of 48 hours, one a day; the last of October is among those
    assert all("Tuin" not in name for name in ours)


def test_the_last_one_is_the_last_of_this_location(place: Locations, tmp_path: Path) -> None:
    assert backup.last_made(place) is None
    with time_machine.travel(NOON, tick=False):
        back_up(place)
    other = tmp_path / "other"
    create(Locations(other, other, other), NewLocation("De Brug", "open", "nl", "Europe/Amsterdam"))
    with time_machine.travel(NOON + timedelta(hours=1), tick=False):
        back_up(Locations(other, other, other), place.backups)
    assert backup.last_made(place) == NOON.replace(microsecond=0)


def test_two_in_one_second_have_two_names(place: Locations) -> None:
    with time_machine.travel(NOON, tick=False):
        assert back_up(place).path != back_up(place).path


def test_another_folder_can_be_chosen_for_good(place: Locations, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="backup_no_folder"):
        backup.keep_in(place, tmp_path / "stick")
    (tmp_path / 'a "stick"').mkdir()
    chosen = backup.keep_in(place, tmp_path / 'a "stick"')
    made = back_up(place)
    assert made.path.parent == chosen and backup.last_made(place) is not None
    chosen.rename(tmp_path / "pulled")
    with pytest.raises(Refused, match="backup_no_folder"):
        back_up(place)
    with pytest.raises(Refused, match="backup_folder_gone"):
        backup.last_made(place)
    place.settings.write_text("backups = 5")
    with pytest.raises(Refused, match="settings_unreadable"):
        back_up(place)


def test_what_a_killed_program_left_goes_and_what_is_at_work_stays(place: Locations, tmp_path: Path) -> None:
    with copying.work_folder(tmp_path) as busy:
        left = tmp_path / ".kindertui-work-left"
        left.mkdir()
        (left / "copy.db").write_text("half")
        for one in (busy, left):
            os.utime(one, (1, 1))
        back_up(place, tmp_path / "a")
        assert busy.exists() and not left.exists()
    assert not busy.exists()
