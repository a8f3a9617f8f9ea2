"""Keys in bursts over all places and sheets: typed at full speed they do what they do with a pause behind each.

A burst is typed twice on copies of one location, all of it in one moment, and key by key as somebody would who waits
and looks. Afterwards the journals say the same, and the same screen is in front.
"""

import asyncio
import json
import random
import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import time_machine
from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot

from benchmarks import places
from benchmarks.figures import BURSTS, KEYS_LEFT
from benchmarks.measuring import Row
from kindertui.app import KinderApp
from kindertui.data.connection import connect
from kindertui.data.keys import read_keys
from kindertui.data.sample import make_sample, profile_of
from kindertui.locations import Locations
from kindertui.portal import profile
from kindertui.screens.place import PlaceScreen
from kindertui.screens.support.key_queue import BACKGROUND, ENTER

DAYS = 3  # of log in the location: enough for every list to have something on it
SIZE = (100, 30)
NOW = datetime(2026, 11, 19, 10, 30, tzinfo=ZoneInfo("Europe/Amsterdam"))
Key = str  # a character, or Textual's name of a key

LINES = (
    "aya b 150", "aya d wet", "bram in", "bram out", "all n walk", "cato s 900-930", "cato lunch half", "evie sick",
    "finn temp 38.2", "aya b 900", "aya s", "check", "@yesterday aya n x", "@today", "unlock ina", "group owls",
    "group all", "find", "week", "call", "mind", "history", "help", "undo", "redo", "count", "counts", "missing",
    "hand_over", "texts bu = built", "lunch =", "s 900-=", "nobody here", "aya", "theme", "evacuation", "sort", "mark",
)  # fmt: skip
KEYS = (
    *"123456", *"123456", *"/?!.,[]{}:", *"karxcvwpd", "space", "enter", "enter", "escape", "escape", "up", "down",
    "home", "end", "pagedown", "tab", "backspace", "delete", "left", "ctrl+z", "ctrl+z", "ctrl+y", "ctrl+p", "ctrl+g",
    "ctrl+o", "ctrl+a", "ctrl+l", "kate in", "aya", "geen ", "0,5",
)  # fmt: skip
PIECES = (*LINES, *KEYS, *KEYS)
_NAMED = frozenset(key for key in KEYS if key.isidentifier() and key not in ("karxcvwpd", "aya") and len(key) > 1)


def keys_of(pieces: Sequence[str]) -> tuple[Key, ...]:
    """The keys of a burst: a line is typed and entered, a named key is one key, other text is typed."""
    keys: list[Key] = []
    for piece in pieces:
        if piece in LINES:
            keys += [*piece, "enter"]
        elif piece in _NAMED or piece.startswith("ctrl+"):
            keys.append(piece)
        else:
            keys += piece
    return tuple(keys)


def location(folder: Path) -> Locations:
    """The sample location with a few days of history, lived until half past ten."""
    place = places.locations(folder)
    make_sample(place, policy=profile.load(profile_of("en")), language="en", days=DAYS, now=NOW)
    return place


async def outcome(base: Locations, folder: Path, keys: Sequence[Key], *, pauses: bool) -> tuple[list[str], int]:
    """What the journal and the screen say after these keys on a copy of `base`; and how many keys were not handled."""
    shutil.copytree(base.data, folder)
    place = places.locations(folder)
    ids = set(_ID.findall("\n".join(_journal(place))))
    front, left = await typed(place, keys, pauses=pauses)
    said = [_ID.sub(lambda found: found[0] if found[0] in ids else "#", row) for row in _journal(place)]
    shutil.rmtree(folder)
    return [*said, front], left


async def typed(place: Locations, keys: Sequence[Key], *, pauses: bool) -> tuple[str, int]:
    """Types these keys in a program of its own; gives what is in front then, and how many keys were not handled."""
    app = KinderApp(place, by="Ina")
    try:
        async with app.run_test(size=SIZE) as pilot:
            while not app.state.attention.waiting:  # counted behind the first frame
                await pilot.pause()
            for key, following in zip(keys, [*keys[1:], ""], strict=True):
                before = _line(app)
                _send(app, key)
                if pauses:
                    await _handled(app, pilot)
                    came_back = before and key in ENTER and _line(app) == before
                    if came_back and following not in ENTER:
                        _send(app, "escape")  # whoever looks clears a refused line before typing another
                        await _handled(app, pilot)
            await _handled(app, pilot)
            left = app.keys.count
            front = f"{type(app.screen).__name__} {app.state.shown_day} {app.state.group_id} {app.state.actor}"
            if app._exception is not None:
                raise app._exception
    finally:
        app.state.store.close()
    return front, left


_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


def _line(app: KinderApp) -> str:
    return app.screen.entry.value if isinstance(app.screen, PlaceScreen) else ""


def _send(app: KinderApp, key: Key) -> None:
    app.post_message(events.Key(_character_to_key(key), key) if len(key) == 1 else events.Key(key, None))


async def _handled(app: KinderApp, pilot: Pilot[int]) -> None:
    """Waits until all that was typed is done, and what came of it is shown."""
    await pilot.pause()
    while not app.keys.idle or any(one.group != BACKGROUND for one in app.workers):
        await asyncio.sleep(0)
    await pilot.pause()


def _journal(place: Locations) -> list[str]:
    with closing(connect(place.database, read_keys(place).database, read_only=True)) as db:
        rows = db.execute("SELECT verb, kind, child_id, old, new, actor_id, undoes IS NULL FROM journal ORDER BY seq")
        return [json.dumps(row) for row in rows]


def measure_long(folder: Path) -> Iterator[Row]:
    """2,000 random bursts."""
    base = location(folder / "base")
    chance, differ, left = random.Random(9), 0, 0  # noqa: S311 - the same bursts in each run
    for number in range(BURSTS_TYPED):
        keys = keys_of(chance.choices(PIECES, k=chance.randint(2, 8)))
        with time_machine.travel(NOW, tick=False):
            fast, one = asyncio.run(outcome(base, folder / f"{number}-fast", keys, pauses=False))
            slow, other = asyncio.run(outcome(base, folder / f"{number}-slow", keys, pauses=True))
        differ, left = differ + (fast != slow), left + one + other
    note = f"of {BURSTS_TYPED} bursts of 2 to 8 lines and keys"
    yield BURSTS.row(differ, note=note)
    yield KEYS_LEFT.row(left, note=note)


BURSTS_TYPED = 2000
