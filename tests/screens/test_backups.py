"""Backup and restore from the portal screen."""

from pathlib import Path

import pytest

from kindertui.app import KinderApp
from kindertui.data import backup, copying, models
from kindertui.data.act import Actor, Tx
from kindertui.data.connection import connect
from kindertui.data.keys import alone, new_keys, read_keys, write_keys
from kindertui.data.restore import Restore
from kindertui.data.store import Store
from kindertui.locations import Locations
from kindertui.screens.backups import put_in_place
from tests.conftest import People
from tests.screens.acting import NARROW, opened, press, shown
from tests.screens.conftest import Disk
from tests.screens.hands import book, until, until_shown


@pytest.fixture
def led(place: Locations, ina: Actor) -> Locations:
    """The small location with Ina as its manager."""

    def lead(tx: Tx) -> None:
        record = tx.get(models.Staff, ina.staff_id)
        assert record is not None
        tx.change(record, role="manager")

    with Store(place) as store:
        store.call(lead, ina)
    return place


def entries_in(place: Locations) -> int:
    with Store(place) as store:
        count: int = store.reader.execute("SELECT count(*) FROM entry WHERE NOT deleted").fetchone()[0]
    return count


async def test_one_key_makes_a_backup_and_says_where_it_is(place: Locations) -> None:
    async with opened(place, "5", size=NARROW) as (app, pilot):
        await until_shown(pilot, "No backup was made yet.", "b back up")
        await press(pilot, "b")
        await until_shown(pilot, "Backup written and checked", "Last backup:")
        [made] = place.backups.glob("*.backup")
        assert made.name in "".join(part.strip() for part in shown(app).splitlines())
    assert made.stat().st_mode & 0o777 == 0o600


async def test_a_backup_that_cannot_be_made_is_said(place: Locations, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    backup.keep_in(place, stick)
    stick.rmdir()
    async with opened(place, "5") as (_, pilot):
        await until_shown(pilot, "The backups cannot be seen")
        await press(pilot, "b")
        await until_shown(pilot, "There is no folder")


async def test_only_a_manager_restores(place: Locations) -> None:
    backup.back_up(place)
    async with opened(place, "5", "r") as (_, pilot):
        await until_shown(pilot, "Only a location manager restores a backup.")


async def test_both_sides_are_shown_and_esc_changes_nothing(led: Locations) -> None:
    backup.back_up(led)
    before = led.database.stat().st_ino
    async with opened(led, "5", "r") as (app, pilot):
        await until_shown(pilot, "Restore what backup?")
        await press(pilot, "enter")
        await until_shown(pilot, "Restore the backup?", "here now", "in the backup", "kept aside")
        await press(pilot, "escape")
        assert app.is_running and app.state.restoring is None
    assert led.database.stat().st_ino == before
    assert not list(led.data.glob(".kindertui-*"))


async def test_enter_restores_when_the_screens_are_closed(led: Locations, people: People, ina: Actor) -> None:
    book(led, ina, people.groups["Vlinders"], "aya in 800")
    backup.back_up(led)
    book(led, ina, people.groups["Vlinders"], "bram in 800")
    async with opened(led, "5", "r") as (app, pilot):
        await press(pilot, "enter")
        await until_shown(pilot, "Restore the backup?", "is not in the backup")
        await press(pilot, "enter")
        await until(pilot, lambda: app.state.restoring is not None)
    title, [(said, _)] = put_in_place(app.state)
    assert title == "Restored" and "kept in" in said
    assert entries_in(led) == 1
    again = KinderApp(led, by="Ina")
    again.state.news = (title, [(said, "plain")])
    async with again.run_test() as pilot:
        await until_shown(pilot, "Restored")
        await press(pilot, "escape")
        assert "Restored" not in shown(again)
    again.state.store.close()


async def test_without_its_keys_the_recovery_key_is_asked_for(led: Locations, ina: Actor) -> None:
    backup.back_up(led)
    _with_other_keys(led)
    async with opened(led, "5", "r") as (app, pilot):
        await press(pilot, "enter")
        await until_shown(pilot, "The recovery key of this backup")
        await press(pilot, *"ABC", "enter")
        await until_shown(pilot, "Group 1 of the recovery key is mistyped")
        await press(pilot, "escape")
        assert app.state.restoring is None


async def test_lines_that_are_not_saved_come_first(
    led: Locations, disk: type[Disk], monkeypatch: pytest.MonkeyPatch
) -> None:
    backup.back_up(led)
    async with opened(led) as (_app, pilot):
        disk.full = True
        await press(pilot, *"aya n slept", "enter")
        await until_shown(pilot, "NOT SAVED")
        await press(pilot, "ctrl+u", "5", "r")
        await until_shown(pilot, "Lines are not saved yet")
        disk.full = False


async def test_a_restore_that_is_refused_is_said_when_the_screens_are_back(led: Locations) -> None:
    made = backup.back_up(led)
    async with opened(led) as (app, _):
        app.state.restoring = Restore(led, made.path)
    with Store(led):  # another window
        title, [(said, _tone)] = put_in_place(app.state)
    assert title == "Not restored" and "close it in every window" in said


def _with_other_keys(place: Locations) -> None:
    """The same location under other keys: those of the backup are not here any more."""
    keys, new = new_keys(), place.data / "new.db"
    source = connect(place.database, read_keys(place).database)
    copying.create(new)
    target = connect(new, keys.database, create=True)
    source.backup(target)
    source.close()
    target.close()
    new.rename(place.database)
    with alone(place.data) as folder:
        write_keys(place, keys, folder)
