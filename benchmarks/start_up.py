"""Starting the program: until the first content, until the filled roster, and `today` as a whole process."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from benchmarks import figures, places
from benchmarks.measuring import Row, in_turn
from benchmarks.terminal import BARE, BARE_DRAWN, Terminal, kindertui
from kindertui.data import queries
from kindertui.data.queries import day
from kindertui.data.store import Store
from kindertui.locations import Locations

STAFF = "Ina"


def measure(folder: Path) -> Iterator[Row]:
    """All on one sample location with a year of history."""
    place = places.sample(folder / "sample")
    home, last = place.data, _last_child(place)
    bare, first, filled = in_turn(
        lambda: _until(BARE_DRAWN, Terminal(BARE)),
        lambda: _until("keyboard?", kindertui(home)),
        lambda: _until(last, kindertui(home, staff=STAFF)),
        times=21,  # one start differs from the next by half
    )
    yield figures.FIRST_CONTENT.ratio(first, bare)
    yield figures.FILLED_ROSTER.ratio(filled, bare)
    today, interpreter = in_turn(
        lambda: _process(["-m", "kindertui", "today", "--json"], home),
        lambda: _process(["-c", "import sqlite3"], home),
        times=15,
    )
    yield figures.TODAY_JSON.ratio(today, interpreter)


def _until(mark: str, terminal: Terminal) -> float:
    """Seconds from the program's fork until `mark` is drawn."""
    with terminal:
        return terminal.wait_for(mark) - terminal.started


def _last_child(place: Locations) -> str:
    """The child at the bottom of the roster that is shown first."""
    with Store(place) as store:
        zone = queries.zone_of(queries.location(store.reader))
        group = next(one.group_id for one in queries.staff(store.reader) if one.name == STAFF)
        rows = day.roster(store.reader, datetime.now(zone).date(), zone, group)
    # shortly after midnight nobody is in yet: then the last one on the screen is the last of all
    return ([one for one in rows if one.is_in] or rows)[-1].child.given_name


def _process(arguments: list[str], home: Path) -> float:
    """Seconds that a process takes from its start to its end."""
    environment = {**os.environ, "KINDERTUI_HOME": str(home)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    start = time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL, env=environment)
    return time.perf_counter() - start
