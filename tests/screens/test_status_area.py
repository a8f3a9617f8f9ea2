"""The foot of a place: the line, what is said of it, and "saved", which is on no line before the disk has it."""

import re
import threading
from collections.abc import Iterator

import pytest
from sqlcipher3 import dbapi2 as driver
from textual._wait import wait_for_idle

from kindertui.data.act import Actor
from kindertui.locations import Locations
from kindertui.screens.places.day import DayScreen
from kindertui.screens.places.roster import RosterScreen
from tests.conftest import People
from tests.screens.acting import HOSTILE, NARROW, opened, press, settle
from tests.screens.hands import house_screen, kinds, line, preview, send_keys, status, type_line, until
from tests.widgets.looks import Glass, drawn_right

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
        await settle(pilot)
        screen = house_screen(app)
        assert isinstance(screen, RosterScreen)
        glass, go = Glass(app), threading.Event()
        aya = next(row for row in glass.text.splitlines() if "▸" in row)
        await type_line(pilot, "sleep 1000")
        slow.held, slow.fails = go, fails
        send_keys(app, "enter")
        try:
            await until(pilot, slow.reached.is_set)
            # the emptied line is drawn, and what is about to be said was made ready
            await until(pilot, lambda: "sleep 1000" not in glass.text and screen.status._ready is not None)
            if not fails:
                send_keys(app, "b", " ")
                await until(pilot, lambda: "› b" in glass.text)
                await wait_for_idle(0)
            await until(pilot, lambda: "asleep since" not in glass.text)  # nor what it would do, once a frame is over
            assert kinds(app, people.children["Aya"]) == ["arrival"]
            assert not any(SAVED.search(picture) for picture in glass.pictures)
            assert aya in glass.text and screen.table.cursor == people.children["Aya"]
        finally:
            go.set()
        if fails:
            await until(pilot, lambda: "Not saved: the disk is full" in glass.text.replace("\n", " "))
            await press(pilot)
            assert line(app) == "sleep 1000" and preview(app).strip() and "› sleep 1000" in glass.text
            glass.right()
            await press(pilot, "escape", "down", "up")  # whatever is said next, it is not what was made ready
            assert aya in glass.text and not any(SAVED.search(picture) for picture in glass.pictures)
            assert kinds(app, people.children["Aya"]) == ["arrival"]
            glass.right()
            await type_line(pilot, "sleep 1000")
            send_keys(app, "enter")
        await until(pilot, lambda: SAVED.search(glass.text))
        await press(pilot)
        assert kinds(app, people.children["Aya"]) == ["arrival", "sleep"] and aya not in glass.text
        assert line(app) == ("" if fails else "b ")
        glass.right()


async def test_a_line_that_waits_for_another_write_is_drawn_empty(inside: Locations, ina: Actor) -> None:
    go = threading.Event()
    async with opened(inside, size=NARROW) as (app, pilot):
        glass = Glass(app)
        app.state.store.submit(lambda tx: go.wait(20), ina)
        try:
            await type_line(pilot, "d wet")
            assert "› d wet" in glass.text and "· wet" in glass.text
            send_keys(app, "enter")
            # nobody is to wonder whether Enter was heard, and press it once more
            await until(pilot, lambda: "› d wet" not in glass.text and "· wet" not in glass.text)
            assert not SAVED.search(glass.text)
        finally:
            go.set()
        await until(pilot, lambda: SAVED.search(glass.text))


async def test_a_long_refusal_is_said_whole_and_goes_without_a_trace(inside: Locations) -> None:
    async with opened(inside, size=NARROW) as (app, pilot):
        screen, glass = house_screen(app), Glass(app)
        said = screen.status
        for text in (LONG, *HOSTILE, LONG * 5, "x" * 300):
            screen.say(text, "danger")
            await pilot.pause()
            tall = len(text) > 76
            assert said.size.height in ((2, 3, 4) if tall else (1,)), text
            drawn_right(said, text)
            glass.right()
            if text is LONG:
                assert LONG.strip() in " ".join(glass.text.split())
                await pilot.resize_terminal(100, 30)
                await pilot.pause()
                assert LONG.strip() in " ".join(glass.text.split())
                drawn_right(said, text)
                glass.right()
                await pilot.resize_terminal(*NARROW)
                await pilot.pause()
            screen.say("short")
            screen.paint(screen.entry, screen.preview, said)  # as a key would that comes in the same moment
            await pilot.pause()
            assert said.size.height == 1 and "disk" not in glass.text and "xxx" not in glass.text
            glass.right()


async def test_what_is_said_can_be_marked_and_clicked_and_is_drawn_in_the_colours_of_now(inside: Locations) -> None:
    async with opened(inside, size=NARROW) as (app, pilot):
        screen, glass = house_screen(app), Glass(app)
        said = screen.status
        await type_line(pilot, "d wet")
        await press(pilot, "enter")
        assert SAVED.search(status(app)) and said._ready is None
        glass.right()
        await pilot.mouse_down(said, offset=(0, 0))
        await pilot.hover(said, offset=(4, 0))
        await pilot.mouse_up(said, offset=(4, 0))
        await pilot.pause()
        assert app.screen.get_selected_text() == "saved"
        looks = {style for _text, style, _control in said.render_line(0).crop(0, 5)}
        assert {one.bgcolor for one in looks if one} != {said.rich_style.bgcolor}
        drawn_right(said)
        glass.right()
        await pilot.click("#preview")
        await pilot.pause()
        assert not app.screen.selections
        looks = {style for _text, style, _control in said.render_line(0)}
        assert {one.bgcolor for one in looks if one} == {said.rich_style.bgcolor}
        drawn_right(said)
        glass.right()
        for one in ("kindertui-light", "kindertui-dark"):
            app.theme = one
            await pilot.pause()
            await press(pilot, "a")
            drawn_right(said)
            glass.right()
            await press(pilot, "escape")
            glass.right()
        place = glass.text.splitlines()[said.region.y].index("ctrl+z")
        await pilot.click(said, offset=(place - said.region.x + 2, 0))
        await until(pilot, lambda: "taken back" in status(app))
        await press(pilot)
        glass.right()


async def test_the_look_follows_to_the_places_that_were_not_in_front(inside: Locations) -> None:
    async with opened(inside, size=NARROW) as (app, pilot):
        await press(pilot, "2")
        await press(pilot, "1")
        app.theme = "kindertui-light"
        await pilot.pause()
        Glass(app).right()
        await press(pilot, "2")
        Glass(app).right()
        screen = app.screen
        assert isinstance(screen, DayScreen)
        for widget in (screen.entry, screen.preview, screen.status, screen.table):
            assert widget.looks == (widget.rich_style, widget.background_colors[1])
            assert widget.looks[1].hex == app.theme_variables["background" if widget is screen.table else "panel"]
