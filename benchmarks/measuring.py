"""How things are compared: run in turn, pair by pair, and given back as rows of a table."""

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

Unit = Literal["×", " ms", " keys", " MB", " bursts", " s", " entries", " bits", " kills", " faults"]


@dataclass(frozen=True)
class Figure:
    """Something that is measured, and its bound: the most it may be, or with `at_least` the least."""

    name: str
    bound: float
    unit: Unit
    at_least: bool = False

    def row(self, value: float, spread: tuple[float, float] | None = None, note: str = "") -> "Row":
        """The figure with its measured value; `spread` is the lowest and the highest value seen."""
        return Row(self, value, spread, note)

    def ratio(
        self, ours: Sequence[float], theirs: Sequence[float], show: Callable[[float], str] | None = None
    ) -> "Row":
        """The median of the ratios pair by pair. `show` writes one measured value, by default seconds."""
        show = show or seconds
        ratios = [one / other for one, other in zip(ours, theirs, strict=True)]
        note = f"{show(statistics.median(ours))} against {show(statistics.median(theirs))}, {len(ratios)} pairs"
        return self.row(statistics.median(ratios), (min(ratios), max(ratios)), note)

    def percentile(self, taken: Sequence[float], percent: int) -> "Row":
        """The value, in milliseconds, under which so many percent of the measured seconds stay."""
        value = statistics.quantiles(taken, n=100)[percent - 1]
        note = f"{len(taken)} measured, median {seconds(statistics.median(taken))}"
        return self.row(value * 1000, (min(taken) * 1000, max(taken) * 1000), note)

    def number(self, value: float) -> str:
        """A value as it stands in the table, without its unit."""
        return (
            f"{value:.0f}"
            if self.unit in (" keys", " MB", " bursts", " entries", " bits", " kills", " faults")
            else f"{value:.2f}"
        )


@dataclass(frozen=True)
class Row:
    """A measured figure."""

    figure: Figure
    value: float
    spread: tuple[float, float] | None
    note: str

    @property
    def holds(self) -> bool:
        """Whether the value keeps to the bound."""
        return self.value >= self.figure.bound if self.figure.at_least else self.value <= self.figure.bound

    def __str__(self) -> str:
        """The row in Markdown, as docs/maintainers.md has it."""
        figure = self.figure
        must = f"{'≥' if figure.at_least else '≤'} {figure.bound:g}{figure.unit}"
        measured = f"{figure.number(self.value)}{figure.unit}" + (f" ({self.note})" if self.note else "")
        spread = "–".join(figure.number(end) for end in self.spread) if self.spread else ""
        return f"| {figure.name} | {must} | {measured} | {spread} |"


def in_turn(*runs: Callable[[], float], times: int) -> tuple[list[float], ...]:
    """Calls every run once to warm up, then all of them in turn, so many times; gives what each of them measured."""
    for run in runs:
        run()
    rounds = [[run() for run in runs] for _ in range(times)]
    return tuple(list(taken) for taken in zip(*rounds, strict=True))


def seconds(value: float) -> str:
    """`17.70 ms`, or `12.3 s` from ten seconds on."""
    return f"{value * 1000:.2f} ms" if value < 10 else f"{value:.1f} s"
