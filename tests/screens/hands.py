"""Quick hands on the keyboard: lines typed as keys, waited for by what they do; and what the database holds then."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import time_machine
from textual import events
from textual._wait import wait_for_idle
from textual.app import App
from textual.keys import _character_to_key
from textual.pilot import Pilot

from kindertui.app import KinderApp
from kindertui.data import daylog
from kindertui.data.act import Actor
from kindertui.data.clock import utc_now
from kindertui.data.connection import connect
from kindertui.data.keys import read_keys
from kindertui.data.queries import day as day_queries
from kindertui.data.queries import location, zone_of
from kindertui.data.store import Store
from kindertui.domain.daylog import Entry
from kindertui.domain.entry import Plan, parse
from kindertui.locations import Locations
from kindertui.portal import profile
from kindertui.screens.app_state import AppState
from kindertui.screens.place import PlaceScreen
from tests.screens.acting import ZONE, press, shown, type_text

PATIENCE = 10.0  # seconds a condition is waited for before the test fails


@contextmanager
def morning(hour: int = 10, minute: int = 30) -> Iterator[time_machine.Traveller]:
    """Today at this time at the location; the traveller moves the clock on."""
    at = datetime.now(ZONE).replace(hour=hour, minute=minute, second=0, microsecond=0)
    with time_machine.travel(at, tick=True) as traveller:
        yield traveller


async def until(pilot: Pilot[int], condition: Callable[[], Any], within: float = PATIENCE) -> None:
    """Waits until the condition holds; fails with what stands on the screen."""
    limit = time.perf_counter() + within
    while not condition():
        assert time.perf_counter() < limit, shown(_app(pilot))
        await wait_for_idle(0)  # not Pilot's pause, which waits for a screen that waits for the database


async def until_shown(pilot: Pilot[int], *texts: str) -> None:
    """Waits until all of these stand on the screen."""
    await until(pilot, lambda: all(text in shown(_app(pilot)) for text in texts))


def house_screen(app: KinderApp) -> PlaceScreen:
    """The place in front."""
    assert isinstance(app.screen, PlaceScreen)
    return app.screen


def line(app: KinderApp) -> str:
    """What is typed on the entry line."""
    return house_screen(app).entry.value


def status(app: KinderApp) -> str:
    """The last line of the screen."""
    return str(house_screen(app).status.status.content)


def preview(app: KinderApp) -> str:
    """What stands under the entry line."""
    return str(house_screen(app).status.preview.content)


async def type_line(pilot: Pilot[int], text: str) -> None:
    """Types a text behind what is on the line, key by key, as fast as a keyboard can."""
    app = _app(pilot)
    wanted = line(app) + text
    send_keys(app, *text)
    await until(pilot, lambda: line(app) == wanted)
    await wait_for_idle(0)


def send_keys(app: App[Any], *keys: str) -> None:
    """Sends keys (names or characters) without waiting."""
    driver = app._driver
    assert driver is not None
    for key in keys:
        if len(key) == 1:
            driver.send_message(events.Key(_character_to_key(key), key))
        else:
            driver.send_message(events.Key(key, None))


async def enter_line(pilot: Pilot[int], text: str) -> None:
    """Types a line, presses Enter, and waits until it is saved or done: until the line is empty again."""
    await type_line(pilot, text)
    app = _app(pilot)
    before = status(app)
    send_keys(app, "enter")
    await until(pilot, lambda: line(app) == "" and status(app) != before)
    await pilot.pause()


def entries(app: KinderApp, child_id: str) -> list[Entry]:
    """What the database holds of a child's day now."""
    state = app.state
    (child_day,) = day_queries.roster(state.store.reader, state.shown_day, state.zone, only=(child_id,))
    return list(child_day.entries)


def kinds(app: KinderApp, child_id: str) -> list[str]:
    """The kinds of a child's entries, in order."""
    return [entry.kind for entry in entries(app, child_id)]


def book(place: Locations, actor: Actor, group_id: str, *lines: str) -> None:
    """Books lines of the entry language on today, as another terminal would."""
    with Store(place) as store:
        where = location(store.reader)
        zone = zone_of(where)
        policy = profile.load(where.profile, place.overrides)
        state = AppState(store, where, zone, policy, "en", group_id=group_id)
        for text in lines:
            state.cache.read()
            plan = parse(text, state.cache.entry_roster(None), utc_now().astimezone(zone), "en")
            assert isinstance(plan, Plan), plan
            store.call(
                daylog.save_plan,
                actor,
                plan,
                day=state.shown_day,
                policy=policy,
                group_id=group_id,
                accept_warnings=True,
            )


def long_names(place: Locations) -> None:
    """Gives every child a surname that fills lines."""
    write_raw(place, ("UPDATE child SET surname = surname || ?", ("-Featherstonehaugh Cholmondeley" * 2,)))


def _app(pilot: Pilot[int]) -> KinderApp:
    assert isinstance(pilot.app, KinderApp)
    return pilot.app


async def do_line(pilot: Pilot[int], text: str, *keys: str) -> None:
    """Types a line behind what is on the line, presses Enter, then these keys, and waits for what they set going."""
    await type_line(pilot, text)
    await press(pilot, "enter", *keys)


async def pick(pilot: Pilot[int], *texts: str) -> None:
    """Types each text into the sheet in front, with Enter behind it: narrows a list, or fills in a field."""
    for text in texts:
        await type_text(pilot, text)
        await press(pilot, "enter")


def write_raw(place: Locations, *statements: tuple[str, Sequence[object]]) -> None:
    """Writes into the database past the door that cleans texts."""
    db = connect(place.database, read_keys(place).database)
    with db:
        for sql, values in statements:
            db.execute(sql, values)
    db.close()
