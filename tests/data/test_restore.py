"""A restore puts a checked backup in place whole, keeps what was there, and never gives a revision out twice."""

import shutil
from pathlib import Path

import pytest

from kindertui.data import backup_file, models, origins, restore, ways_in
from kindertui.data.act import Actor, Tx
from kindertui.data.backup import back_up, check
from kindertui.data.connection import connect
from kindertui.data.creation import NewLocation, create
from kindertui.data.keys import read_keys
from kindertui.data.queries import location
from kindertui.data.restore import Restore
from kindertui.data.store import Store
from kindertui.data.verify import verify
from kindertui.domain.faults import DatabaseFault, Refused
from kindertui.domain.recovery import new_recovery_key, spoken
from kindertui.domain.verified import HeadCheck
from kindertui.locations import Locations
from tests.conftest import People
from tests.data.test_head import write
from tests.data.test_upgrading import FROZEN
from tests.data.test_upgrading import KEY as OLD_KEY

INA = Actor("ina", "Ina")
NEW = NewLocation("De Tuin", "open", "nl", "Europe/Amsterdam")


@pytest.fixture
def made(place: Locations, tmp_path: Path) -> Path:
    return back_up(place, tmp_path / "a.backup").path


def other_home(folder: Path) -> Locations:
    return Locations(data=folder, config=folder, state=folder)


def staff(place: Locations) -> list[str]:
    with Store(place) as store:
        return sorted(row[0] for row in store.reader.execute("SELECT name FROM staff WHERE NOT deleted"))


def whole(place: Locations) -> bool:
    with Store(place) as store:
        return verify(store.reader).ok and store.head.check(store.reader) == HeadCheck(known=True)


def generation(place: Locations) -> int:
    with Store(place) as store:
        return location(store.reader).generation


def files(folder: Path) -> dict[str, bytes]:
    # SQLite's own files come and go with whoever reads
    return {
        str(one.relative_to(folder)): one.read_bytes()
        for one in folder.rglob("*")
        if one.is_file() and not one.name.endswith(("-wal", "-shm"))
    }


def test_what_was_there_comes_back_and_what_is_here_is_kept_aside(place: Locations, made: Path) -> None:
    before = staff(place)
    write(place, "Later")
    with Restore(place, made) as found:
        assert found.here is not None and found.here.rows == found.copy.rows + 1
        aside = found.apply()
    assert staff(place) == before
    assert whole(place)
    assert aside is not None and aside.stat().st_mode & 0o777 == 0o600
    db = connect(aside, read_keys(place).database, read_only=True)
    assert "Later" in {row[0] for row in db.execute("SELECT name FROM staff")}
    db.close()
    assert place.database.stat().st_mode & 0o777 == 0o600
    assert not list(place.data.glob(".kindertui-copy-*"))


def test_looking_changes_nothing(place: Locations, made: Path) -> None:
    before = files(place.data)
    Restore(place, made).close()
    assert files(place.data) == before


def test_revisions_go_on_above_all_that_were_given_out(place: Locations, made: Path, tmp_path: Path) -> None:
    """Also where two machines restore one copy, and neither knows of the other."""

    def rename(tx: Tx, name: str) -> int:
        row = tx.db.execute("SELECT id FROM staff WHERE name = 'Ina'").fetchone()
        record = tx.get(models.Staff, row[0])
        assert record is not None
        tx.change(record, name=name)
        tx.flush()
        return int(record.rev)

    def renamed(place: Locations) -> int:
        with Store(place) as store:
            rev = store.call(rename, INA, "Ina B")
            origin = origins.here(store.reader)
            assert rev > origin.revs_from
            return rev

    second = other_home(tmp_path / "second")
    shutil.copytree(place.data, second.data)
    revs = [renamed(place)]
    for one in (place, second, place):
        with Restore(one, made) as found:
            found.apply()
        revs.append(renamed(one))
        assert whole(one)
    assert len(set(revs)) == 4, "a revision was given out twice"
    assert revs[0] < min(revs[1:]) and revs[3] > revs[1]


def test_a_home_that_was_copied_to_another_machine_writes_as_another_origin(
    place: Locations, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(origins, "machine", lambda: "one")
    write(place, "here")
    second = other_home(tmp_path / "second")
    shutil.copytree(place.data, second.data)
    monkeypatch.setattr(origins, "machine", lambda: "two")
    write(second, "there")
    assert generation(second) > generation(place)
    with Store(place) as one, Store(second) as two:
        assert origins.here(one.reader).id != origins.here(two.reader).id
    # and a backup of the one is the other's to restore
    made = back_up(place, tmp_path / "a.backup").path
    with Restore(second, made) as found:
        found.apply()
    assert "there" not in staff(second)


def test_file_and_recovery_key_are_enough_on_an_empty_machine(home: Locations, tmp_path: Path) -> None:
    typed = new_recovery_key()
    create(home, NEW, typed)
    write(home, "Ina")
    made = back_up(home, tmp_path / "a.backup").path
    empty = other_home(tmp_path / "empty")
    with pytest.raises(Refused, match="backup_key"):
        Restore(empty, made)
    with pytest.raises(Refused, match="recovery_wrong"):
        Restore(empty, made, spoken(new_recovery_key()))
    with pytest.raises(Refused, match="recovery_group"):
        Restore(empty, made, spoken(typed).replace(spoken(typed)[:5], "00000"))
    assert not empty.data.exists()
    with Restore(empty, made, spoken(typed)) as found:
        assert found.here is None
        assert found.apply("file") is None
    assert staff(empty) == ["Ina"] and whole(empty)
    assert read_keys(empty) == read_keys(home)
    # and its own backups open there, as does the recovery key
    assert check(empty, made).rows
    empty.key.unlink()
    ways_in.recover(empty, spoken(typed), "file")
    assert staff(empty) == ["Ina"]


def test_the_sheet_of_an_older_location_is_enough_too(home: Locations, tmp_path: Path) -> None:
    keys = create(home, NEW)
    write(home, "Ina")
    made = back_up(home, tmp_path / "a.backup").path
    empty = other_home(tmp_path / "empty")
    with pytest.raises(Refused, match="recovery_wrong"):
        Restore(empty, made, "ab" * 32)
    with Restore(empty, made, keys.database) as found:
        found.apply("file")
    assert staff(empty) == ["Ina"] and whole(empty)


def test_a_backup_of_another_location_is_refused(place: Locations, tmp_path: Path) -> None:
    other = other_home(tmp_path / "other")
    create(other, NEW)
    made = back_up(other, tmp_path / "a.backup").path
    before = files(place.data)
    with pytest.raises(Refused, match="backup_other"):
        Restore(place, made, read_keys(other).database)
    assert files(place.data) == before


def test_an_open_location_is_not_replaced(place: Locations, made: Path, tmp_path: Path) -> None:
    """A process of its own, as the locks of this one would not stand in its way."""
    import subprocess
    import sys

    code = (
        "import sys; from kindertui.data.store import Store; from kindertui.locations import Locations;"
        "from pathlib import Path; p = Path(sys.argv[1]); s = Store(Locations(p, p, p));"
        "print('open', flush=True); sys.stdin.read(); s.close()"
    )
    with Restore(place, made) as found:
        assert not restore.is_running(place)
        with subprocess.Popen(
            [sys.executable, "-c", code, str(place.data)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        ) as running:
            assert running.stdin is not None and running.stdout is not None
            assert running.stdout.readline() == b"open\n"
            before = place.database.stat().st_ino
            assert restore.is_running(place)
            with pytest.raises(Refused, match="backup_running"):
                found.apply()
            assert place.database.stat().st_ino == before
            running.stdin.close()
            running.wait()
        found.apply()
    assert whole(place)


def test_a_damaged_database_is_replaced_and_kept_with_its_wal(place: Locations, made: Path) -> None:
    place.database.write_bytes(b"\1" * 20000)
    wal = place.database.with_name("kindertui.db-wal")
    wal.write_bytes(b"\2" * 5000)
    with Restore(place, made) as found:
        assert found.here is None
        aside = found.apply()
    assert aside is not None and aside.read_bytes() == b"\1" * 20000
    assert aside.with_name(aside.name + "-wal").read_bytes() == b"\2" * 5000
    assert staff(place) and whole(place)


def test_a_cut_file_of_keys_is_replaced_by_the_recovery_key(home: Locations, tmp_path: Path) -> None:
    typed = new_recovery_key()
    create(home, NEW, typed)
    write(home, "Ina")
    made = back_up(home, tmp_path / "a.backup").path
    home.key.unlink()
    home.envelopes.write_bytes(home.envelopes.read_bytes()[:40])
    with Restore(home, made, spoken(typed)) as found:
        found.apply("file")
    assert staff(home) == ["Ina"]


def test_an_altered_backup_whose_sums_were_made_again_is_refused(
    place: Locations, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By whoever has the key: a row of the journal that was changed shows in the replay."""
    from kindertui.data import backup

    write(place, "Later")
    with monkeypatch.context() as patch:
        patch.setattr(backup, "verify", lambda db: type("Fine", (), {"ok": True}))
        from tests.cli.conftest import run_sql

        run_sql(place, "UPDATE staff SET name = 'Eve' WHERE name = 'Later'")
        made = back_up(place, tmp_path / "b.backup").path
    before = files(place.data)
    with pytest.raises(Refused, match="backup_altered"):
        Restore(place, made)
    assert files(place.data) == before


def test_a_backup_of_an_older_schema_is_brought_up(home: Locations, tmp_path: Path) -> None:
    home.data.mkdir(parents=True)
    shutil.copy(FROZEN / "schema1.db", home.database)
    home.key.write_text(OLD_KEY + "\n")
    home.key.chmod(0o600)
    from kindertui.data.backup import write as write_backup

    db = connect(home.database, OLD_KEY, read_only=True, older=True)
    made = write_backup(home, db, tmp_path / "old.backup", read_keys(home)).path
    db.close()
    assert backup_file.read(made).about.schema == 1
    with Restore(home, made) as found:
        found.apply()
    with Store(home) as store:
        assert store.reader.execute("SELECT given_name FROM child").fetchall() == [("Aya",)]


def test_revisions_go_on_above_what_a_database_gave_out_that_cannot_be_read_any_more(
    place: Locations, made: Path
) -> None:
    with Restore(place, made) as found:
        found.apply()
    before = generation(place)
    for suffix in ("-wal", "-shm"):
        place.database.with_name(place.database.name + suffix).unlink(missing_ok=True)
    place.database.write_bytes(b"\1" * 20000)
    with Restore(place, made) as found:
        found.apply()
    assert generation(place) > before


@pytest.mark.parametrize("name", ["rename", "link"])
def test_a_disk_that_refuses_the_last_step_leaves_all_as_it_was(
    place: Locations, made: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    import errno
    import os

    write(place, "Later")
    before = staff(place)

    def full(*args: object, **kwargs: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    with Restore(place, made) as found:
        with monkeypatch.context() as patch:
            patch.setattr(Path if name == "rename" else os, name, full)
            with pytest.raises(DatabaseFault, match="db_full"):
                found.apply()
        assert staff(place) == before and whole(place)


def test_whoever_opens_it_while_it_is_replaced_opens_the_new_one(place: Locations, made: Path) -> None:
    """The lock makes it wait on the old file; it must not go on with that one."""
    import threading

    with Restore(place, made) as found:
        kept_aside = found._keep_aside

        def slowly() -> Path | None:
            thread.start()
            thread.join(0.3)  # it waits for the lock by now
            return kept_aside()

        code = (
            "import sys; from kindertui.data.connection import connect; from pathlib import Path;"
            "db = connect(Path(sys.argv[1]), sys.argv[2], read_only=True);"
            "print(db.execute('SELECT max(generation) FROM location').fetchone()[0])"
        )
        said: list[str] = []

        def run() -> None:
            import subprocess
            import sys

            arguments = [sys.executable, "-c", code, str(place.database), read_keys(place).database]
            said.append(subprocess.run(arguments, capture_output=True, text=True, check=False).stdout)

        thread = threading.Thread(target=run)
        found._keep_aside = slowly  # type: ignore[method-assign]
        found.apply()
    thread.join()
    assert int(said[0]) == generation(place) > 1


def restrict(tx: Tx, child_id: str, guardian_id: str | None) -> str:
    return tx.add(
        models.Restriction, child_id=child_id, guardian_id=guardian_id, kind="no_contact", since="2026-01-05",
        author="Marit", reason="court",
    ).id  # fmt: skip


def test_no_restore_lifts_a_restriction(place: Locations, made: Path, people: People) -> None:
    """One written after the backup stays in force, under its id and by its author; of a child after it, it is told."""
    aya = people.children["Aya"]
    with Store(place) as store:
        known = {row[0] for row in store.reader.execute("SELECT id FROM restriction WHERE NOT deleted")}
        later = store.call(restrict, INA, aya, people.guardians["Tom Bakker"])
        new_child = store.call(_add_child, INA)
        store.call(restrict, INA, new_child, None)
    with Restore(place, made) as found:
        assert ([one["id"] for one in found.carried], found.left) == ([later], 1)
        assert found.here is not None and found.here.restrictions == found.copy.restrictions + 2
        found.apply()
    with Store(place) as store:
        rows = store.reader.execute("SELECT id, author, reason FROM restriction WHERE NOT deleted").fetchall()
        assert {row[0] for row in rows} == known | {later}
        assert (later, "Marit", "court") in rows
    assert whole(place)


def test_what_was_lifted_in_the_backup_is_not_put_in_force(place: Locations, tmp_path: Path, people: People) -> None:
    with Store(place) as store:
        one = store.call(restrict, INA, people.children["Aya"], None)
    older = back_up(place, tmp_path / "older").path
    with Store(place) as store:
        store.call(_lift, INA, one)
    newer = back_up(place, tmp_path / "newer").path
    with Restore(place, older) as found:
        found.apply()  # in force again, as it was then
    with Restore(place, newer) as found:
        assert (found.carried, found.left) == ((), 0)


def _add_child(tx: Tx) -> str:
    return tx.add(models.Child, given_name="Nieuw", surname="Kind").id


def _lift(tx: Tx, id: str) -> None:
    record = tx.get(models.Restriction, id)
    assert record is not None
    tx.change(record, lifted_on="2026-02-01", lifted_by="Marit")
