"""The entry line: a key until its preview is drawn, Enter until `saved` is drawn, and what reading a line takes."""

import re
import time
from collections.abc import Iterator
from datetime import datetime
from itertools import cycle
from pathlib import Path
from zoneinfo import ZoneInfo

from benchmarks import figures, places
from benchmarks.measuring import Row, in_turn
from benchmarks.terminal import BARE, BARE_DRAWN, Terminal, kindertui
from kindertui.domain.entry import Roster, RosterChild, parse

PRESSES = 200
PREVIEWS = 100
VISIBLE = sorted(places.NAMES)[:12]  # their rows are on the screen without scrolling
_LETTERS = "QXZWY"  # they stand in no escape sequence
_DELETE_ALL, _ESCAPE = "\x15", "\x1b"
# Lines as they are typed; each is read after every key, so every beginning of one is read as well.
_LINES = (
    "* s 1230-1415; lunch 1130-1150; n we painted a yellow house", "anna bram cato b 830 150/180", "d wet",
    "all -evi -finn lunch half pasta with peas", "gijs sick today", "evi t 38.2", "roos out 1730 grandma",
    "jonas in 8:02; b 150", "* s 1230-=", "bram med 5 ml paracetamol", "wout late 930", "* -zoe a 10-1045 tower of blocks",
)  # fmt: skip


def measure(folder: Path) -> Iterator[Row]:
    """Previews and entries on one group of 35 children, each in turn with a letter echoed by one bare app."""
    home = places.group(folder / "group", children=35).data
    with kindertui(home, staff="Ina") as ours, Terminal(BARE) as bare:
        ours.wait_for(VISIBLE[-1])
        bare.wait_for(BARE_DRAWN)
        ours.settle(4)  # the writers are loaded behind the first frame
        echo = Echo(bare)
        previews, echoes = in_turn(Preview(ours).key, echo.key, times=PREVIEWS)
        yield figures.PREVIEW.ratio(previews, echoes)
        ours.send(_ESCAPE)
        ours.settle(1)
        entries, echoes = in_turn(Entries(ours).enter, echo.key, times=PRESSES)
        yield figures.SAVED.percentile(entries, 95)
        yield figures.SAVED_RATIO.ratio(entries, echoes)
    yield _parsing()


class Echo:
    """Letters on the line of the bare app."""

    def __init__(self, bare: Terminal) -> None:
        self._bare = bare
        self._letters = cycle(_LETTERS)
        self._typed = ""

    def key(self) -> float:
        """Seconds from a letter until it stands behind those before it: the blinking cursor draws those as well."""
        if len(self._typed) in (0, 60):  # a line longer than the screen would scroll
            self._typed = "".join(next(self._letters) for _ in range(8))
            for keys in (_DELETE_ALL, self._typed):
                self._bare.send(keys)
                self._bare.settle(0.3)
        letter = next(self._letters)
        self._typed += letter
        sent = self._bare.send(letter)
        seen = self._bare.wait_for(self._typed) - sent
        self._bare.settle(0.1)
        return seen


class Preview:
    """Letters of a note for all children."""

    def __init__(self, ours: Terminal) -> None:
        self._ours = ours
        self._letters = cycle(_LETTERS)
        self._note = ""

    def key(self) -> float:
        """Seconds from a letter until the preview has it."""
        if len(self._note) in (0, 24):
            self._ours.send(_ESCAPE)
            self._ours.settle(0.4)
            self._note = "boat"
            self._ours.send(f"* n {self._note}")
            self._ours.settle(0.4)
        letter = next(self._letters)
        self._note += letter
        sent = self._ours.send(letter)
        seen = self._ours.wait_for(f" · {self._note}") - sent
        self._ours.settle(0.1)
        return seen


class Entries:
    """Notes, one child after the other."""

    def __init__(self, ours: Terminal) -> None:
        self._ours = ours
        self._names = cycle(VISIBLE)
        self._entered = 0

    def enter(self) -> float:
        """Seconds from Enter on a typed line until it is said to be saved."""
        self._entered += 1
        note = f"remark {self._entered:04}"
        self._ours.send(f"{next(self._names).lower()} n {note}")
        self._ours.settle(0.3)
        sent = self._ours.send("\r")
        seen = self._ours.wait_for(re.compile(rf"saved [^\x1b]*{note}".encode())) - sent
        self._ours.settle(0.55)  # what others may have done is looked for every half second
        return seen


def _parsing() -> Row:
    """Reading every beginning of some lines, for 35 children."""
    children = tuple(RosterChild(name.lower(), name, "Example", is_in=True, expected=True) for name in places.NAMES)
    roster = Roster(children, cursor="anna", groups=("Group",))
    now = datetime(2026, 11, 25, 15, 30, tzinfo=ZoneInfo("Europe/Amsterdam"))
    beginnings = [text[:end] for text in _LINES for end in range(1, len(text) + 1)]
    taken: list[float] = []
    for _ in range(10):
        for text in beginnings:
            start = time.perf_counter()
            parse(text, roster, now, "en")
            taken.append(time.perf_counter() - start)
    return figures.PARSE.percentile(taken, 99)
