"""A group's day at typing speed, as works: as key presses, what the database must hold after each, and the driver.

A work is done on a group of its own (`places.group`): everybody in since eight, nobody to be minded, three o'clock.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks import places
from benchmarks.measuring import Figure, Row
from benchmarks.terminal import kindertui
from kindertui.data import queries
from kindertui.data.clock import utc_now
from kindertui.data.queries import day
from kindertui.data.store import Store
from kindertui.locations import Locations

ENTER, DOWN, HOME = "\r", "\x1b[B", "\x1b[H"
CHILDREN = 12
NAMES = places.NAMES[:CHILDREN]
NOTES = tuple(f"{name} painted a yellow housefront"[:27] for name in NAMES)  # of 27 characters each
NOTE = "we painted a yellow housefr"  # of all: no child's name in it
ENDS = tuple(f"14{minute:02}" for minute in range(0, 5 * CHILDREN, 5))

# One record: whose, what, when (HH:MM, empty where the work leaves it to the clock), how much, which words.
Record = tuple[str, str, str, str, float | None, str]


@dataclass(frozen=True)
class Part:
    """Some key presses, one item each, and the words on the screen that say they were done."""

    presses: tuple[str, ...]
    shows: str


@dataclass(frozen=True)
class Work:
    """`most` is how many keys it may take; `asleep` how many sleep since one o'clock when it begins."""

    name: str
    most: int
    parts: tuple[Part, ...]
    records: tuple[Record, ...]
    asleep: int = 0

    @property
    def keys(self) -> int:
        """How many key presses it takes."""
        return sum(len(part.presses) for part in self.parts)


def line(text: str, *, shows: str = "saved ") -> Part:
    """A typed line and Enter."""
    return Part((*text, ENTER), shows)


def grid(text: str, values: tuple[str, ...]) -> tuple[Part, Part]:
    """A line with own values: it opens the grid, which is filled downwards and saved by one Enter."""
    typed: list[str] = []
    for place, value in enumerate(values):
        typed += [*([DOWN] if place else []), *value]
    return line(text, shows="as above"), Part((*typed, ENTER), "saved ")


def marked(count: int) -> Part:
    """The first `count` children marked, from the top."""
    return Part((HOME, *" " * count), f"{count} marked")


def _naps(ends: tuple[str, ...]) -> Iterator[Record]:
    for name, end in zip(NAMES, ends, strict=True):
        yield name, "sleep", "12:30", f"{end[:2]}:{end[2:]}", None, ""


def _lunches() -> Iterator[Record]:
    for name in NAMES:
        yield name, "meal", "11:30", "11:50", None, ""


def _notes(texts: tuple[str, ...]) -> Iterator[Record]:
    for name, text in zip(NAMES, texts, strict=True):
        yield name, "note", "", "", None, text


_AMOUNTS = ("150", "180", "120", "90", "210")
_CONTENTS = ("w", "s", "w", "b", "w", "w", "s", "w")
_FULL = {"w": "wet", "s": "soiled", "b": "both"}
_SAME = "1415"

WORKS = (
    Work(
        "12 children: nap and lunch the same, a note of 27 characters each", 410,
        (line("* s 1230-1415; lunch 1130-1150"), *grid("* n =", NOTES)),
        (*_naps((_SAME,) * CHILDREN), *_lunches(), *_notes(NOTES)),
    ),
    Work(
        "the same, every nap its own end", 480,
        (*grid("* s 1230-=", ENDS), line("* lunch 1130-1150"), *grid("* n =", NOTES)),
        (*_naps(ENDS), *_lunches(), *_notes(NOTES)),
    ),
    Work(
        "the same, one note for all", 75,
        (line(f"* s 1230-1415; lunch 1130-1150; n {NOTE}"),),
        (*_naps((_SAME,) * CHILDREN), *_lunches(), *_notes((NOTE,) * CHILDREN)),
    ),
    Work(
        "five bottles with own amounts, eight nappies, a temperature", 90,
        (
            marked(5), *grid("b =", _AMOUNTS), marked(8), *grid("d =", _CONTENTS), line("evi temp 38.2"),
        ),
        (
            *((name, "bottle", "", "", float(amount), "") for name, amount in zip(NAMES, _AMOUNTS, strict=False)),
            *((name, "nappy", "", "", None, _FULL[what]) for name, what in zip(NAMES, _CONTENTS, strict=False)),
            ("Evi", "temperature", "", "", 38.2, ""),
        ),
    ),
    Work(
        "the day's menu for 12 present, three exceptions", 45,
        (line("menu lunch pasta"), line("g lu 0"), line("h lu rice"), line("j lu half")),
        tuple(
            (name, "meal", "", "", {"Guus": 0.0, "Jens": 0.5}.get(name), "rice" if name == "Hanna" else "pasta")
            for name in NAMES
        ),
    ),
    Work(
        "eight sleepers checked six times", 12,
        (Part((".", ENTER), "checked"),) * 6,
        tuple((name, "sleep_check", "", "", None, "") for name in NAMES[:8]) * 6,
        asleep=8,
    ),
)  # fmt: skip


def measure(folder: Path) -> Iterator[Row]:
    """The keys of every work, typed through a pseudo-terminal."""
    for number, work in enumerate(WORKS):
        yield Figure(work.name, work.most, " keys").row(type_work(work, folder / str(number)))


def type_work(work: Work, home: Path) -> int:
    """Does a work in a group made for it; gives the keys sent.

    Raises AssertionError unless the database then holds exactly what the work says.
    """
    place = places.group(home, children=CHILDREN, asleep=work.asleep)
    sent = 0
    with kindertui(home, staff="Ina") as terminal:
        terminal.wait_for(NAMES[-1])
        terminal.settle(2)
        for part in work.parts:
            for press in part.presses:
                terminal.send(press)
                sent += 1
                if press is not part.presses[-1]:
                    terminal.settle(0.01)
            terminal.wait_for(part.shows)
        terminal.settle(1)  # what stood there already may have been drawn once more before the last act
    held = written(place, work)
    assert held == Counter(work.records), (held - Counter(work.records), Counter(work.records) - held)
    return sent


def written(place: Locations, work: Work) -> Counter[Record]:
    """What the database holds beyond what the work began with; times as far as the work says them."""
    timed = {(name, kind) for name, kind, start, *_rest in work.records if start}
    found: Counter[Record] = Counter()
    with Store(place) as store:
        zone = queries.zone_of(queries.location(store.reader))
        for child_day in day.roster(store.reader, utc_now().astimezone(zone).date(), zone):
            name = child_day.child.given_name
            for one in child_day.entries:
                if one.kind == "arrival" or (work.asleep and one.kind == "sleep"):
                    continue
                says = (name, one.kind) in timed
                start = f"{one.start:%H:%M}" if says else ""
                end = f"{one.end:%H:%M}" if says and one.end else ""
                words = one.text or str(one.detail.get("content", ""))
                found[name, one.kind, start, end, one.amount, words] += 1
    return found
