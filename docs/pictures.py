"""The guide's pictures: the program's own screens on the sample location, as SVG.

The clock stands still, the seed is fixed and the machine has no name in them: made twice they are the same bytes.
"""

import asyncio
import contextlib
import os
import re
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

import time_machine
from textual.pilot import Pilot

from kindertui import i18n
from kindertui.app import KinderApp
from kindertui.data.sample import make_sample, profile_of
from kindertui.locations import Locations
from kindertui.portal import profile

FOLDER = Path(__file__).parent / "pictures"
NOW = datetime(2026, 11, 17, 12, 41, tzinfo=ZoneInfo("Europe/Amsterdam"))  # a Tuesday, the nap half slept
WIDE, NARROW = (120, 36), (80, 24)
DAYS = 1  # of history: what waits for the portal is yesterday and today, as after a bundle a day
_AT_THE_KEYBOARD = "Ina"
_NAMES = {
    " ": "space",
    ":": "colon",
    "-": "minus",
    "?": "question_mark",
    "*": "asterisk",
    "=": "equals_sign",
    ",": "comma",
}
# Whoever opens a picture must not be announced to a host of fonts; the lengths in it hold any monospaced font in place.
_FONT_FACE = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: its name, words that stand on it, and the keys that lead to it from the roster."""

    name: str
    shows: str
    keys: tuple[str, ...] = ()
    size: tuple[int, int] = WIDE
    light: bool = False

    @property
    def file(self) -> str:
        """`roster-120x36.svg`."""
        return f"{self.name}-{self.size[0]}x{self.size[1]}.svg"


def _typed(text: str) -> tuple[str, ...]:
    return tuple(_NAMES.get(letter, letter) for letter in text)


_SCREENS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("roster", "nobody told us", ()),
    ("entry", "asleep since 12:35", ("down", "space", "space", *_typed("s 1235"))),
    ("warning", "A second one?", _typed("lunch 1130-1150 bread most")),
    (
        "grid",
        "filled in",
        (
            *_typed("* breakfast 815-835 = ="),
            "enter",
            *_typed("½"),
            "tab",
            *_typed("bread, cheese"),
            "tab",
            "1",
            "tab",
            "=",
            "tab",
            *_typed("0"),
            "tab",
            *_typed("not hungry"),
            "tab",
        ),
    ),
    ("day", "corrects the row", ("down", "2")),
    ("week", "Five days of", (*_typed("week"), "enter")),
    ("roll", "are in", ("exclamation_mark",)),
    ("absences", "extra day", ("3", "down", "down", "down", "down", "down")),
    ("messages", "unread, ", ("4",)),
    (
        "compose",
        "Message to the guardians",
        (
            "4",
            "w",
            *_typed("aya"),
            "enter",
            *_typed("sleeping bag"),
            "tab",
            *_typed("Aya and Mila swapped their sleeping bags"),
        ),
    ),
    ("portal", "missing before", ("5",)),
    ("overview", "wait for the portal (5)", ("6",)),
)
PICTURES = (
    *(Picture(name, shows, keys, size) for name, shows, keys in _SCREENS for size in (WIDE, NARROW)),
    Picture("roster-light", "nobody told us", light=True),
)


def make() -> None:
    """Makes every picture anew, and takes away those that are none any more."""
    for name in ("KINDERTUI_LANGUAGE", "NO_COLOR"):
        os.environ.pop(name, None)  # the same pictures, whoever makes them
    FOLDER.mkdir(exist_ok=True)
    with TemporaryDirectory() as folder, time_machine.travel(NOW, tick=False):
        sample(_at(Path(folder, "sample")), days=DAYS)
        for picture in PICTURES:
            # a copy each: a line typed for one is a draft that the next would find
            own = shutil.copytree(Path(folder, "sample"), Path(folder, picture.file))
            (FOLDER / picture.file).write_text(asyncio.run(take(_at(own), picture)), encoding="utf-8")
    for stranger in {path.name for path in FOLDER.glob("*.svg")} - {picture.file for picture in PICTURES}:
        (FOLDER / stranger).unlink()


def _at(folder: Path) -> Locations:
    return Locations(data=folder, config=folder, state=folder)


def sample(place: Locations, *, days: int) -> None:
    """The sample location, in English, at the clock's now."""
    i18n.use("en")
    make_sample(place, policy=profile.load(profile_of("en")), language="en", days=days)


async def take(place: Locations, picture: Picture) -> str:
    """The screen that a picture's keys lead to, as SVG. Raises RuntimeError when they lead to another one."""
    async with _opened(place, picture) as pilot:
        for key in picture.keys:
            await pilot.press(key)
            await _settled(pilot)
        svg = _plain(pilot.app.export_screenshot(simplify=True))
    if not is_of(svg, picture):
        raise RuntimeError(f"{picture.file} shows something else: its keys lead elsewhere now")
    return svg


def is_of(svg: str, picture: Picture) -> bool:
    """Do the words of a picture stand on it?"""
    return picture.shows in svg.replace("&#160;", " ")


@contextlib.asynccontextmanager
async def _opened(place: Locations, picture: Picture) -> AsyncIterator[Pilot[int]]:
    app = KinderApp(place, by=_AT_THE_KEYBOARD)
    if picture.light:
        app.theme = "kindertui-light"
    try:
        async with app.run_test(size=picture.size) as pilot:
            await _settled(pilot)
            while not app.state.attention.waiting:  # counted after the first frame
                await pilot.pause()
            await _settled(pilot)
            yield pilot
    finally:
        app.state.store.close()


async def _settled(pilot: Pilot[int]) -> None:
    """Waits for the workers, and for what they have shown."""
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


def _plain(svg: str) -> str:
    svg = _FONT_FACE.sub("", svg).replace("Fira Code", "ui-monospace, DejaVu Sans Mono")
    # some viewers drop the blanks that a piece of text begins with, and columns slip
    return svg.replace("<svg ", '<svg xml:space="preserve" ', 1)
