"""One row of the table of figures, and how two things are compared."""

import statistics
from collections.abc import Callable
from dataclasses import dataclass

PAIRS = 9


@dataclass(frozen=True)
class Figure:
    """One row of the table: what was measured, in seconds or rows a second, and what the ratio must be."""

    name: str
    must: str
    ratio: float
    low: float
    high: float
    ours: str
    theirs: str
    holds: bool


def paired(
    name: str, ours: Callable[[], float], theirs: Callable[[], float], most: float, pairs: int = PAIRS
) -> Figure:
    """Runs both in turn after a warm-up of each and compares pair by pair; `most` is what the median ratio may be."""
    ours(), theirs()
    pairs_seen = []
    for _ in range(pairs):
        one = ours()
        other = theirs()
        pairs_seen.append((one, other))
    ratios = [one / other for one, other in pairs_seen]
    ratio = statistics.median(ratios)
    return Figure(
        name, f"≤ {most:g}×", ratio, min(ratios), max(ratios),
        seconds(statistics.median(one for one, _ in pairs_seen)),
        seconds(statistics.median(other for _, other in pairs_seen)), ratio <= most,
    )  # fmt: skip


def seconds(value: float) -> str:
    """`17.70 ms`, or `12.3 s` from ten on."""
    return f"{value * 1000:.2f} ms" if value < 10 else f"{value:.1f} s"
