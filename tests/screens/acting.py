"""What the tests of the screens share: the program at half past ten, what it shows, and its keys."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from zoneinfo import ZoneInfo

from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot

from kindertui.app import KinderApp
from kindertui.locations import Locations

ZONE = ZoneInfo("Europe/Amsterdam")
WIDE, NARROW = (120, 36), (80, 24)
# What people's text may hold: markup, a link, escape and control codes, right to left, and more than fits.
HOSTILE = (
    "[/]",
    "[b]Mia[/b] [green] Nuts",
    "[@click=app.quit]x[/]",
    "\x1b]52;c;aGFjaw==\x07bell",
    "\u202egnirts\u202c",
    "שלום עולם",
    "x" * 300,
)


@asynccontextmanager
async def opened(
    place: Locations, *keys: str, by: str = "Ina", size: tuple[int, int] = WIDE
) -> AsyncIterator[tuple[KinderApp, Pilot[int]]]:
    """The program on a location, with these keys pressed; closed again at the end."""
    app = KinderApp(place, by=by)
    try:
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            while app.state.actor is not None and not app.state.attention.waiting:  # counted after the first frame
                await pilot.pause()
            await pilot.pause()
            await press(pilot, *keys)
            yield app, pilot
    finally:
        app.state.store.close()


async def press(pilot: Pilot[int], *keys: str) -> None:
    """Presses keys one after the other and waits for what they set going."""
    for key in keys:
        await pilot.press(key)
        await pilot.pause()
    await settle(pilot)


async def settle(pilot: Pilot[int]) -> None:
    """Waits for the workers, and for what they have shown."""
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def type_text(pilot: Pilot[int], text: str) -> None:
    """Types a text as keys, as fast as a keyboard can; Pilot's own way waits for the screen after each."""
    driver = pilot.app._driver
    assert driver is not None
    for letter in text:
        driver.send_message(events.Key(_character_to_key(letter), letter))
    await settle(pilot)


def shown(app: KinderApp) -> str:
    """What stands on the screen, line by line."""
    return "\n".join(strip.text.rstrip() for strip in app.screen._compositor.render_strips())
