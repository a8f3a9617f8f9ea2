"""The lines under the entry line: what is said of it, and "saved", which is said only when the disk has it."""

import re
import threading
from collections.abc import Iterator

import pytest
from sqlcipher3 import dbapi2 as driver

from kindertui.data.act import Actor
from kindertui.locations import Locations
from tests.conftest import People
from tests.screens.acting import HOSTILE, NARROW, opened, press, shown
from tests.screens.hands import house_screen, kinds, line, send_keys, status, type_line, until

SAVED = re.compile(r"saved \d\d:\d\d:\d\d")
LONG = "Not saved: " + "the disk is full, and this sentence goes on until somebody has read it. " * 3


class Slow(driver.Connection):  # type: ignore[misc]
    """Keeps the next COMMIT waiting, and fails it where it is told to."""

    held: threading.Event | None = None
    fails = False
    reached = threading.Event()

    def commit(self) -> None:
        held, Slow.held = Slow.held, None
        if held is not None:
            Slow.reached.set()
            assert held.wait(20)
            if Slow.fails:
                error = driver.OperationalError("disk I/O error")
                error.sqlite_errorname = "SQLITE_IOERR_FSYNC"
                raise error
        super().commit()


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Slow]]:
    real = driver.connect
    monkeypatch.setattr(driver, "connect", lambda *a, **k: real(*a, **k, factory=Slow))
    monkeypatch.setattr("kindertui.screens.support.change_watcher.EVERY", 600)
    monkeypatch.setattr("kindertui.domain.pauses.FIRST", 3600.0)
    Slow.held, Slow.fails = None, False
    Slow.reached.clear()
    yield Slow
    if Slow.held is not None:
        Slow.held.set()
    Slow.held = None


@pytest.mark.parametrize("fails", [False, True])
async def test_nothing_says_saved_before_the_commit_nor_of_one_that_failed(
    inside: Locations, people: People, slow: type[Slow], fails: bool
) -> None:
    async with opened(inside, size=NARROW) as (app, pilot):
        go = threading.Event()
        aya = next(row for row in shown(app).splitlines() if "▸" in row)
        await type_line(pilot, "sleep 1000")
        slow.held, slow.fails = go, fails
        send_keys(app, "enter")
        try:
            await until(pilot, slow.reached.is_set)
            await until(pilot, lambda: line(app) == "" and "asleep since" not in shown(app))
            if not fails:
                send_keys(app, "b", " ")  # the next line may be typed meanwhile
                await until(pilot, lambda: "› b" in shown(app))
            assert kinds(app, people.children["Aya"]) == ["arrival"]
            assert not SAVED.search(shown(app)) and aya in shown(app)
        finally:
            go.set()
        if fails:
            await until(pilot, lambda: "NOT SAVED: Aya asleep since 10:00: the disk does not answer" in shown(app))
            await press(pilot, "down", "up")
            assert line(app) == "" and aya in shown(app) and not SAVED.search(shown(app))
            assert kinds(app, people.children["Aya"]) == ["arrival"]
            app.state.unsaved.again(now=True)
        await until(pilot, lambda: SAVED.search(shown(app)))
        await press(pilot)
        assert kinds(app, people.children["Aya"]) == ["arrival", "sleep"] and aya not in shown(app)
        assert line(app) == ("" if fails else "b ")


async def test_a_line_that_waits_for_another_write_is_drawn_empty(inside: Locations, ina: Actor) -> None:
    go = threading.Event()
    async with opened(inside, size=NARROW) as (app, pilot):
        app.state.store.submit(lambda tx: go.wait(20), ina)
        try:
            await type_line(pilot, "d wet")
            assert "› d wet" in shown(app) and "· wet" in shown(app)
            send_keys(app, "enter")
            # nobody is to wonder whether Enter was heard, and press it once more
            await until(pilot, lambda: "› d wet" not in shown(app) and "· wet" not in shown(app))
            assert not SAVED.search(shown(app))
        finally:
            go.set()
        await until(pilot, lambda: SAVED.search(shown(app)))


async def test_a_long_refusal_is_said_whole_and_goes_without_a_trace(inside: Locations) -> None:
    async with opened(inside, size=NARROW) as (app, pilot):
        area = house_screen(app).status
        for text in (LONG, *HOSTILE, LONG * 5, "x" * 300):
            area.say(text, "danger")
            await pilot.pause()
            assert area.status.size.height in ((2, 3, 4) if len(text) > 76 else (1,)), text
            if text is LONG:
                assert LONG.strip() in " ".join(shown(app).split())
                await pilot.resize_terminal(100, 30)
                await pilot.pause()
                assert LONG.strip() in " ".join(shown(app).split())
                await pilot.resize_terminal(*NARROW)
                await pilot.pause()
            area.say("short")
            await pilot.pause()
            assert area.status.size.height == 1 and "disk" not in shown(app) and "xxx" not in shown(app)


async def test_what_is_said_can_be_marked_and_clicked(inside: Locations) -> None:
    async with opened(inside, size=NARROW) as (app, pilot):
        said = house_screen(app).status.status
        await type_line(pilot, "d wet")
        await press(pilot, "enter")
        assert SAVED.search(status(app))
        await pilot.mouse_down(said, offset=(0, 0))
        await pilot.hover(said, offset=(4, 0))
        await pilot.mouse_up(said, offset=(4, 0))
        await pilot.pause()
        assert app.screen.get_selected_text() == "saved"
        place = shown(app).splitlines()[said.region.y].index("ctrl+z")
        await pilot.click(said, offset=(place - said.region.x + 2, 0))
        await until(pilot, lambda: "taken back" in status(app))
