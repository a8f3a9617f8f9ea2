"""Long histories: reading a child's day out of ten years, and exporting many entries."""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from shutil import which

from benchmarks import figures, places
from benchmarks.measuring import Figure, Row, in_turn
from kindertui.data import queries
from kindertui.data.queries import day
from kindertui.data.store import Store
from kindertui.locations import Locations

TEN_YEARS = 2200  # days of care
A_DAY = 8  # entries of each child


def measure(folder: Path) -> Iterator[Row]:
    """Both on one location with ten years of ten children."""
    history = places.history(folder / "history", children=10, days=TEN_YEARS, entries_a_day=A_DAY)
    one_day = places.history(folder / "day", children=10, days=1, entries_a_day=A_DAY)
    yield _child_day(figures.CHILD_DAY, history, one_day)
    yield from _export(figures.EXPORT, history, folder)


def measure_long(folder: Path) -> Iterator[Row]:
    """A child's day out of ten years of two hundred children, and the export of a million entries."""
    history = places.history(folder / "history", children=200, days=TEN_YEARS, entries_a_day=A_DAY)
    one_day = places.history(folder / "day", children=200, days=1, entries_a_day=A_DAY)
    yield _child_day(figures.CHILD_DAY_LONG, history, one_day)
    million = places.history(folder / "million", children=200, days=625, entries_a_day=A_DAY)
    yield from _export(figures.EXPORT_LONG, million, folder)


def _child_day(figure: Figure, history: Locations, one_day: Locations) -> Row:
    """The day of each child, out of a history and out of a location that holds no other day."""
    with Store(history) as long, Store(one_day) as short:
        ours, theirs = in_turn(_reading(long), _reading(short), times=31)
    return figure.ratio(ours, theirs)


def _reading(store: Store) -> Callable[[], float]:
    """Measures the seconds that a child's day takes, on the average of so many that the clock is fine enough."""
    zone = queries.zone_of(queries.location(store.reader))
    today = datetime.now(zone).date()
    children = queries.children(store.reader)
    ids = [child.id for child in children] * (200 // len(children))

    def read() -> float:
        start = time.perf_counter()
        for child_id in ids:
            assert len(day.child_day(store.reader, child_id, today, zone)) == A_DAY
        return (time.perf_counter() - start) / len(ids)

    return read


def _export(figure: Figure, place: Locations, folder: Path) -> Iterator[Row]:
    """records.jsonl, written by a process of its own, against the JSON that the sqlite3 program makes of a plain copy."""
    program = which("sqlite3")
    if program is None:
        print("no sqlite3 program here: the export is left out", file=sys.stderr)
        return
    plain = folder / "plain.db"
    rows = places.plain_copy(place, plain)
    memory: list[float] = []

    def ours() -> float:
        command = [sys.executable, "-m", "benchmarks.export", str(place.data)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        took, megabytes = map(float, done.stdout.split())
        memory.append(megabytes)
        return rows / took

    def theirs() -> float:
        start = time.perf_counter()
        with (folder / "plain.json").open("wb") as out:
            subprocess.run([program, "-json", str(plain), "SELECT * FROM entry"], check=True, stdout=out)
        return rows / (time.perf_counter() - start)

    speed, others = in_turn(ours, theirs, times=9)
    yield figure.ratio(speed, others, show=lambda rate: f"{rate:,.0f}")
    yield figures.EXPORT_MEMORY.row(statistics.median(memory), (min(memory), max(memory)))
