"""`make bench`: every figure as a ratio of two things measured in turn, A B A B …, with medians of at least nine pairs."""

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from shutil import which
from zoneinfo import ZoneInfo

from benchmarks import line, places, works
from benchmarks.figure import Figure, paired
from benchmarks.terminal import Terminal

HERE = Path(__file__).parent
_STARTS = 21  # pairs of starts: one start differs from the next by half


def first_frame(arguments: list[str], mark: bytes, environment: dict[str, str]) -> float:
    """Seconds from fork until `mark` is on the terminal."""
    terminal = Terminal(arguments, environment)
    try:
        return terminal.wait_for(mark) - terminal.started
    finally:
        terminal.close()


def start_up(home: Path) -> list[Figure]:
    """First content and the filled roster, against the bare app."""
    environment = {"KINDERTUI_HOME": str(home), "KINDERTUI_LANGUAGE": "en"}
    last = _last_child(home)

    def bare() -> float:
        return first_frame([str(HERE / "bare.py")], b"READY-MARK", {})

    return [
        paired(
            "first content on screen",
            lambda: first_frame(["-m", "kindertui"], b"keyboard?", environment),
            bare,
            1.15,
            pairs=_STARTS,
        ),
        paired(
            "roster filled, a year of history",
            lambda: first_frame(["-m", "kindertui"], last, {**environment, "KINDERTUI_STAFF": "Ina"}),
            bare,
            1.25,
            pairs=_STARTS,
        ),
    ]


def _last_child(home: Path) -> bytes:
    from kindertui.data import queries
    from kindertui.data.store import Store

    with Store(places.locations(home)) as store:
        person = next(one for one in queries.staff(store.reader) if one.name == "Ina")
        location = queries.location(store.reader)
        from kindertui.data.queries import day

        rows = day.roster(store.reader, date.today(), queries.zone_of(location), person.group_id)
        # shortly after midnight nobody is in yet: then the last one on the screen is the last of all
        name = [one.child.given_name for one in [one for one in rows if one.is_in] or rows][-1]
    return name.encode()


def child_day(folder: Path) -> Figure:
    """A child's day out of ten years of two hundred children, against the same out of one day of them."""
    from kindertui.data import queries
    from kindertui.data.queries import day
    from kindertui.data.store import Store

    zone = ZoneInfo("Europe/Amsterdam")
    with (
        Store(places.big(folder / "years", children=200, days=2200, entries_a_day=8)) as years,
        Store(places.big(folder / "day", children=200, days=1, entries_a_day=8)) as one_day,
    ):
        today = date.today()

        def reads(store: Store) -> Callable[[], float]:
            ids = [child.id for child in queries.children(store.reader)]

            def read() -> float:
                start = time.perf_counter()
                for child_id in ids:
                    assert len(day.child_day(store.reader, child_id, today, zone)) == 8
                return (time.perf_counter() - start) / len(ids)

            return read

        return paired("a child's day, of 10 years × 200 children", reads(years), reads(one_day), 1.3, pairs=15)


def export(folder: Path) -> list[Figure]:
    """A million entries as records.jsonl, in a process of its own, against the sqlite3 program's JSON of a plain copy."""
    program = which("sqlite3")
    if program is None:
        print("no sqlite3 program here: the export figure is left out", file=sys.stderr)
        return []
    place = places.big(folder / "million", children=200, days=625, entries_a_day=8)
    plain = folder / "plain.db"
    places.plain_copy(place, plain)
    memory: list[float] = []

    def ours() -> float:
        start = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.export", str(place.data)], check=True, capture_output=True, text=True
        )
        memory.append(float(done.stdout.split()[1]))
        del start
        return float(done.stdout.split()[0])

    def theirs() -> float:
        start = time.perf_counter()
        with (folder / "plain.json").open("wb") as out:
            subprocess.run([program, "-json", str(plain), "SELECT * FROM entry"], check=True, stdout=out)
        return time.perf_counter() - start

    figure = paired("1 million entries as records.jsonl: time", ours, theirs, 2.0)
    peak = statistics.median(memory)
    speed = Figure(
        "1 million entries as records.jsonl: rows/s", "≥ 0.5×", 1 / figure.ratio, 1 / figure.high, 1 / figure.low,
        figure.ours, figure.theirs, 1 / figure.ratio >= 0.5,
    )  # fmt: skip
    return [
        speed,
        Figure("  the same: peak memory", "≤ 80 MB", peak, min(memory), max(memory), f"{peak:.0f} MB", "–", peak <= 80),
    ]


def today_json(home: Path) -> Figure:
    """`kindertui today --json` as a whole process, against an interpreter that imports sqlite3."""
    environment = {**os.environ, "KINDERTUI_HOME": str(home)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)

    def run(arguments: list[str]) -> float:
        start = time.perf_counter()
        subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL, env=environment)
        return time.perf_counter() - start

    return paired(
        "kindertui today --json, whole process",
        lambda: run(["-m", "kindertui", "today", "--json"]),
        lambda: run(["-c", "import sqlite3"]),
        6.0,
        pairs=15,
    )


def keys(folder: Path) -> list[Figure]:
    """The keys of a group's works, each typed through a pseudo-terminal and read back from the database."""
    found = []
    for number, work in enumerate(works.WORKS):
        sent = works.type_work(work, folder / f"work{number}")
        found.append(
            Figure(work.name, f"≤ {work.most}", sent, sent, sent, f"{sent} keys", "–", sent <= work.most),
        )
    return found


def main() -> int:
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("only", nargs="*", choices=["start", "key", "typing", "reads", "export", "cli", []])
    only = set(parser.parse_args().only)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        figures: list[Figure] = []
        home = folder / "home"
        if not only or only & {"start", "cli"}:
            places.sample(home)
            for _ in range(2):  # so that .pyc files are there
                first_frame(
                    ["-m", "kindertui"], b"keyboard?", {"KINDERTUI_HOME": str(home), "KINDERTUI_LANGUAGE": "en"}
                )
        if not only or "start" in only:
            figures += start_up(home)
        if not only or "cli" in only:
            figures.append(today_json(home))
        if not only or "key" in only:
            figures += [line.key_to_repaint(folder / "twelve"), line.preview(folder / "many"), line.parsing()]
        if not only or "typing" in only:
            figures += keys(folder)
        if not only or "reads" in only:
            figures.append(child_day(folder))
        if not only or "export" in only:
            figures += export(folder)
    print(f"{'figure':46} {'must be':9} {'median':>8} {'min–max':>15}  {'ours':>11} {'theirs':>11}")
    for one in figures:
        spread = f"{one.low:.2f}–{one.high:.2f}"
        sign = "" if one.holds else "  MISSED"
        print(f"{one.name:46} {one.must:9} {one.ratio:8.2f} {spread:>15}  {one.ours:>11} {one.theirs:>11}{sign}")
    print(f"peak memory of this run: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
