"""A backup and a restore of a year, each with all that they check, as whole processes."""

import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks import figures, places
from benchmarks.measuring import Figure, Row

_TIMES = 5


def measure(folder: Path) -> Iterator[Row]:
    """All on the sample location, which has 35 children and a year of history."""
    home = places.sample(folder / "sample").data
    taken = [_process(["backup", str(folder / f"{number}.backup")], home) for number in range(_TIMES)]
    yield _row(figures.BACKUP, taken)
    copy = str(folder / "0.backup")
    yield _row(figures.RESTORE, [_process(["restore", copy, "--yes"], home) for _ in range(_TIMES)])


def _row(figure: Figure, taken: list[tuple[float, float]]) -> Row:
    whole, worked = zip(*taken, strict=True)
    note = f"{len(taken)} times, {statistics.median(worked):.1f} s of them at work"
    return figure.row(statistics.median(whole), (min(whole), max(whole)), note)


def _process(arguments: list[str], home: Path) -> tuple[float, float]:
    """Seconds that a verb takes from its start to its end, and those in which it had a processor."""
    environment = {**os.environ, "KINDERTUI_HOME": str(home)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    worked, start = _worked(), time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "kindertui", *arguments], check=True, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, env=environment,
    )  # fmt: skip
    return time.perf_counter() - start, _worked() - worked


def _worked() -> float:
    """Seconds of processor that ended children have had."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
