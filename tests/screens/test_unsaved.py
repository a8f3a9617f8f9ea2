"""Lines that the disk did not take: in sight until each is saved or dropped, tried again, and never saved twice."""

from functools import partial
from typing import Any

import pytest

from kindertui.app import KinderApp
from kindertui.data import drafts, journal
from kindertui.data.store import Store
from kindertui.locations import Locations
from kindertui.screens.entry.value_grid import ValueGridSheet
from kindertui.screens.sheets.confirm import ConfirmSheet
from kindertui.screens.sheets.unsaved import UnsavedSheet
from tests.conftest import People
from tests.screens.acting import NARROW, WIDE, opened, press, shown, type_text
from tests.screens.conftest import Disk
from tests.screens.hands import do_line, entries, house_screen, line, pick, preview, send_keys, status, type_line, until


def strip(app: KinderApp) -> str:
    """What stands above the entry line; empty where nothing does."""
    shown_there = house_screen(app)._unsaved
    return str(shown_there.content) if shown_there.display else ""


def _are(app: KinderApp, count: int) -> bool:
    return app.state.not_saved == count


async def fail(pilot: Any, *texts: str) -> None:
    """Enters lines on a disk that is full."""
    app = pilot.app
    for text in texts:
        count = app.state.not_saved + 1
        await type_line(pilot, text)
        send_keys(app, "enter")
        await until(pilot, partial(_are, app, count))
        await press(pilot)


async def again(pilot: Any, left: int = 0) -> None:
    """The disk is asked again."""
    pilot.app.state.unsaved.again(now=True)
    await until(pilot, lambda: pilot.app.state.not_saved == left)
    await press(pilot)


def texts(app: KinderApp, child_id: str) -> list[str]:
    return [one.text for one in entries(app, child_id) if one.kind == "note"]


def kept(place: Locations, owner: str) -> int:
    with Store(place) as other:
        return len(drafts.places(other.reader, owner, "unsaved:"))


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_lines_that_failed_stay_in_sight_until_each_is_saved(
    inside: Locations, people: People, disk: type[Disk], size: tuple[int, int]
) -> None:
    aya, bram = people.children["Aya"], people.children["Bram"]
    async with opened(inside, size=size) as (app, pilot):
        disk.full = True
        await fail(pilot, "aya n one")
        assert line(app) == "" and "NOT SAVED: Aya" in status(app) and "the disk is full" in status(app)
        assert "1 NOT SAVED" in shown(app).splitlines()[0]
        await fail(pilot, "bram n two")
        assert "2 NOT SAVED" in shown(app).splitlines()[0]
        assert "one" in strip(app) and "two" in strip(app) and "Aya" not in status(app)
        await type_line(pilot, "em v")
        assert "one" not in preview(app) and "one" in strip(app)
        await press(pilot, "escape", "6")  # on every place
        assert "2 NOT SAVED" in shown(app).splitlines()[0] and "one" in strip(app)
        await press(pilot, "1")
        await again(pilot, 2)  # still full
        assert texts(app, aya) == texts(app, bram) == []
        disk.full = False
        await again(pilot)
        assert texts(app, aya) == ["one"] and texts(app, bram) == ["two"]
        assert "NOT SAVED" not in shown(app) and strip(app) == ""
        assert "saved" in status(app) and "two" in status(app)
        await press(pilot, "ctrl+z")  # the last one that was typed
        assert texts(app, aya) == ["one"] and texts(app, bram) == []
        await until(pilot, lambda: kept(inside, people.staff["Ina"]) == 0)


async def test_the_next_line_waits_behind_those_that_wait(inside: Locations, people: People, disk: type[Disk]) -> None:
    async with opened(inside) as (app, pilot):
        disk.full = True
        await fail(pilot, "aya s 1000")
        disk.full = False
        await do_line(pilot, "aya n after")  # tries the one before first
        await until(pilot, lambda: app.state.not_saved == 0)
        kinds = [one.kind for one in entries(app, people.children["Aya"])]
        assert sorted(kinds) == ["arrival", "note", "sleep"]
        rows = app.state.store.reader.execute("SELECT kind, json_extract(new, '$.kind') FROM journal ORDER BY seq")
        assert [row[1] for row in rows if row[0] == "entry"][-2:] == ["sleep", "note"]


async def test_what_failed_is_not_taken_for_the_one_before_by_undo(
    inside: Locations, people: People, disk: type[Disk]
) -> None:
    aya = people.children["Aya"]
    async with opened(inside) as (app, pilot):
        await do_line(pilot, "aya n one")
        disk.full = True
        await fail(pilot, "aya n two")
        disk.full = False
        await press(pilot, "ctrl+z")
        assert "not saved yet" in status(app) and texts(app, aya) == ["one"]
        await press(pilot, "ctrl+y")
        assert "not saved yet" in status(app)
        await again(pilot)
        await press(pilot, "ctrl+z")
        assert texts(app, aya) == ["one"]


async def test_the_list_tries_again_drops_and_puts_back(inside: Locations, people: People, disk: type[Disk]) -> None:
    aya = people.children["Aya"]
    async with opened(inside, size=NARROW) as (app, pilot):
        await press(pilot, "ctrl+s")
        assert "No line waits to be saved." in status(app)
        disk.full = True
        await fail(pilot, "aya n one", "n two", "n three")  # the latter two for whom the cursor is on
        await press(pilot, "ctrl+s")
        assert isinstance(app.screen, UnsavedSheet) and "› aya n one" in shown(app)
        await press(pilot, "r")
        assert isinstance(app.screen, UnsavedSheet) and app.state.not_saved == 3
        await press(pilot, "delete")
        assert isinstance(app.screen, ConfirmSheet)
        await press(pilot, "escape")
        assert app.state.not_saved == 3
        await press(pilot, "delete", "enter")
        assert app.state.not_saved == 2 and "aya n one" not in shown(app)
        await press(pilot, "escape", "down", "down")  # another child is meant by now
        await press(pilot, "ctrl+s", "enter")
        assert line(app).startswith("n two") or "Aya" in line(app)
        assert "Aya" in preview(app) and app.state.not_saved == 1
        disk.full = False
        await press(pilot, "end")
        await press(pilot, "enter")
        await until(pilot, lambda: app.state.not_saved == 0)
        assert texts(app, aya) == ["three", "two"]
        await until(pilot, lambda: kept(inside, people.staff["Ina"]) == 0)


async def test_a_line_means_what_it_meant_when_it_is_put_back_later(
    inside: Locations, people: People, disk: type[Disk], clock: Any
) -> None:
    async with opened(inside) as (app, pilot):
        disk.full = True
        await fail(pilot, "s")  # now, for whom the cursor is on
        clock.shift(20 * 60)
        await press(pilot, "down", "ctrl+s", "enter")
        assert "10:30" in line(app) and "Aya" in line(app) and "10:30" in preview(app)


async def test_a_correction_comes_back_as_a_correction(inside: Locations, people: People, disk: type[Disk]) -> None:
    aya = people.children["Aya"]
    async with opened(inside, "2", "enter") as (app, pilot):
        assert line(app) == "in 08:00"
        disk.full = True
        await press(pilot, "backspace", "backspace")
        await fail(pilot, "30")
        assert line(app) == "" and "in 08:30" in strip(app)
        await press(pilot, "1", "ctrl+s", "enter")
        assert app.current_mode == "day" and line(app) == "in 08:30"
        disk.full = False
        await press(pilot, "enter")
        (arrival,) = entries(app, aya)
        assert f"{arrival.start:%H:%M}" == "08:30" and arrival.rev == 2


async def test_nobody_reads_another_s_lines_and_nothing_is_lost_behind_the_lock(
    inside: Locations, people: People, disk: type[Disk]
) -> None:
    async with opened(inside, size=NARROW) as (app, pilot):
        disk.full = True
        await fail(pilot, "aya n geheim")
        await press(pilot, "ctrl+l")
        assert "geheim" not in shown(app)
        await pick(pilot, "jayne")
        assert "1 NOT SAVED" in shown(app).splitlines()[0] and "geheim" not in shown(app) and strip(app) == ""
        await press(pilot, "ctrl+s")
        assert "Ina (1)" in shown(app) and "geheim" not in shown(app)
        await press(pilot, "escape")
        disk.full = False
        await again(pilot)
        assert "geheim" not in status(app) and "NOT SAVED" not in shown(app)
        (note,) = [one for one in entries(app, people.children["Aya"]) if one.kind == "note"]
        assert (note.text, note.by) == ("geheim", "Ina")


async def test_a_line_is_tried_again_at_the_next_start_once_its_writer_is_there(
    inside: Locations, people: People, disk: type[Disk], monkeypatch: pytest.MonkeyPatch
) -> None:
    aya = people.children["Aya"]
    async with opened(inside) as (app, pilot):
        disk.full = True
        await fail(pilot, "s", "aya n one")
        assert app.state.leave().startswith("2 lines were NOT SAVED and could not be kept")
        disk.full = False
        assert app.state.leave().startswith("2 lines are NOT SAVED: they are kept")
    assert kept(inside, people.staff["Ina"]) == 2
    async with opened(inside, by="Jayne") as (app, pilot):
        assert app.state.not_saved == 0 and entries(app, aya)[-1].kind == "arrival"
    async with opened(inside) as (app, pilot):
        await until(pilot, lambda: texts(app, aya) == ["one"])
        (sleep,) = [one for one in entries(app, aya) if one.kind == "sleep"]
        assert f"{sleep.start:%H:%M}" == "10:30" and sleep.by == "Ina"
        await until(pilot, lambda: kept(inside, people.staff["Ina"]) == 0)
        assert app.state.not_saved == 0


async def test_a_line_that_was_saved_after_all_is_not_saved_twice(
    inside: Locations, people: People, disk: type[Disk], monkeypatch: pytest.MonkeyPatch
) -> None:
    """COMMIT fails when it is done, and the disk does not say so."""
    aya = people.children["Aya"]
    async with opened(inside) as (app, pilot):
        with monkeypatch.context() as patched:
            patched.setattr("kindertui.data.writer.Writer._was_done", lambda self, act: False)
            patched.setattr("kindertui.screens.place.PlaceScreen.keep_draft", lambda self: False)  # no other commit
            disk.after = True
            await fail(pilot, "aya n one")
            (one,) = app.state.unsaved.mine()
            assert texts(app, aya) == ["one"] and journal.holds(app.state.store.reader, one.act)
            await press(pilot, "ctrl+s", "enter")  # to be typed again: it is not
            assert isinstance(app.screen, UnsavedSheet) and "It is saved by now." in shown(app)
            await press(pilot, "escape")
            assert app.state.not_saved == 0 and line(app) == ""
            disk.full, disk.after = False, True
            await fail(pilot, "aya n two")
        await again(pilot)  # also while it is full: nothing has to be written
        assert texts(app, aya) == ["one", "two"] and "NOT SAVED" not in shown(app)
        disk.full = False
        await do_line(pilot, "aya n three")
        assert texts(app, aya) == ["one", "two", "three"]


async def test_values_of_a_grid_that_were_saved_after_all_are_not_saved_twice(
    inside: Locations, people: People, disk: type[Disk], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(inside) as (app, pilot):
        await do_line(pilot, "aya bram lunch =")
        await type_text(pilot, "1")
        await press(pilot, "down")
        await type_text(pilot, "1")
        monkeypatch.setattr("kindertui.data.writer.Writer._was_done", lambda self, act: False)
        monkeypatch.setattr(ValueGridSheet, "keep_draft", lambda self: False)  # no other commit
        disk.after = True
        await press(pilot, "enter")
        assert isinstance(app.screen, ValueGridSheet), shown(app)
        assert "The disk does not answer" in " ".join(shown(app).split()), shown(app)
        disk.full = False
        await press(pilot, "enter", "enter")  # it says that they ate already, and is told to do it all the same
        assert not isinstance(app.screen, ValueGridSheet) and "saved" in status(app)
        for name in ("Aya", "Bram"):
            assert [one.kind for one in entries(app, people.children[name])] == ["arrival", "meal"]


async def test_what_is_refused_while_the_next_is_typed_is_put_aside_by_name(inside: Locations, people: People) -> None:
    async with opened(inside, size=NARROW) as (app, pilot):
        send_keys(app, *"aya temp 99", "enter", *"bram n two", "enter", *"em v n")
        await until(pilot, lambda: line(app) == "em v n" and texts(app, people.children["Bram"]) == ["two"])
        await press(pilot)
        assert "1 NOT SAVED" in shown(app) and "Aya" in strip(app) and "99" in strip(app)
        assert "99" not in preview(app)
        await press(pilot, "escape", "ctrl+s", "enter")
        assert line(app) == "aya temp 99" and "NOT SAVED" not in shown(app).splitlines()[0]


async def test_leaving_with_unsaved_lines_asks(inside: Locations, people: People, disk: type[Disk]) -> None:
    async with opened(inside, size=NARROW) as (app, pilot):
        disk.full = True
        await fail(pilot, "aya n one")
        app.state.drafts.leave()  # hears of the draft
        assert not app.state.unsaved.kept()
        await press(pilot, "ctrl+q")
        assert isinstance(app.screen, ConfirmSheet) and "Aya" in shown(app)
        assert "LOST if you leave now" in " ".join(shown(app).split())
        await press(pilot, "escape")
        disk.full = False
        app.state.drafts.again(now=True)
        await until(pilot, lambda: app.state.unsaved.kept() and kept(inside, people.staff["Ina"]) == 1)
        await press(pilot, "ctrl+q")
        assert "What is not saved is kept" in shown(app)
        await press(pilot, "enter")
        assert not app.is_running or app.return_code == 0
    assert kept(inside, people.staff["Ina"]) == 1


async def test_a_line_dropped_in_another_window_is_not_saved_by_this_one(
    inside: Locations, people: People, disk: type[Disk], ina: Any
) -> None:
    async with opened(inside) as (app, pilot):
        disk.full = True
        await fail(pilot, "aya n one")
        disk.full = False
        app.state.drafts.again(now=True)
        await until(pilot, lambda: kept(inside, people.staff["Ina"]) == 1)
        act = app.state.unsaved.mine()[0].act
        with Store(inside) as other:
            other.call(drafts.keep, ina, f"unsaved:{act}", "")
        app.state.drafts.again()
        await again(pilot)
        assert texts(app, people.children["Aya"]) == []
