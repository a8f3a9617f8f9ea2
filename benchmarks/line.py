"""The entry line: Enter until it is saved, a key until its preview stands, and what reading a line takes."""

import statistics
import time
from datetime import datetime
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from benchmarks import places
from benchmarks.figure import Figure, paired, seconds
from benchmarks.terminal import Terminal
from kindertui.domain.entry import Roster, RosterChild, parse

_BARE = str(Path(__file__).parent / "bare.py")
_LETTERS = "QXZWY"  # they stand in no escape sequence
# Lines as they are typed; each is read after every key, so every beginning of one is read as well.
_LINES = (
    "* s 1230-1415; lunch 1130-1150; n we painted a yellow state", "anna bram cato b 830 150/180", "d wet",
    "all -evi -finn lunch half pasta with peas", "gijs sick today", "evi t 38.2", "roos out 1730 grandma",
    "jonas in 8:02; b 150", "* s 1230-=", "bram med 5 ml paracetamol", "wout late 930", "* -zoe a 10-1045 tower of blocks",
)  # fmt: skip


class Echo:
    """The bare app, which echoes a letter."""

    def __init__(self) -> None:
        self._terminal = Terminal([_BARE])
        self._letters = Random(1)  # noqa: S311 - any letters will do
        self._typed = "".join(self._letters.choices(_LETTERS, k=8))
        self._terminal.wait_for(b"READY-MARK")
        self._terminal.send(self._typed)
        self._terminal.settle()

    def key(self) -> float:
        """Seconds from a letter until it stands behind those before it: the blinking cursor draws those as well."""
        letter = self._letters.choice(_LETTERS)
        self._typed += letter
        sent = self._terminal.send(letter)
        seen = self._terminal.wait_for(self._typed[-9:].encode()) - sent
        self._terminal.settle(0.25)
        return seen

    def close(self) -> None:
        """Ends it."""
        self._terminal.close()


def _open(home: Path, children: int) -> tuple[Terminal, Echo]:
    """Ours on a group of so many, and the bare app, both drawn and quiet."""
    places.group(home, children=children)
    environment = {"KINDERTUI_HOME": str(home), "KINDERTUI_LANGUAGE": "en", "KINDERTUI_STAFF": "Ina"}
    ours = Terminal(["-m", "kindertui"], environment)
    ours.wait_for(places.NAMES[7].encode())
    ours.settle(4)  # the writers are loaded behind the first frame
    return ours, Echo()


def key_to_repaint(home: Path) -> Figure:
    """Enter on a typed entry until "saved" is repainted, against a letter on the bare app's line until it is echoed."""
    ours, bare = _open(home, 12)
    pressed = 0
    try:

        def entry() -> float:
            nonlocal pressed
            pressed += 1
            ours.send(f"n remark {pressed:04}")
            ours.settle(0.25)
            sent = ours.send("\r")
            seen = ours.wait_for(b"saved ") - sent
            ours.settle(0.7)  # what others may have done is looked for every half second
            return seen

        return paired("key to repaint of a committed entry", entry, bare.key, 1.5, pairs=60)
    finally:
        ours.close()
        bare.close()


def preview(home: Path) -> Figure:
    """A key on a line for all 35 children until its preview is drawn, against a letter the bare app echoes."""
    ours, bare = _open(home, 35)
    pressed, typed = 0, ""
    try:

        def key() -> float:
            nonlocal pressed, typed
            if pressed % 20 == 0:
                ours.send("\x1b")
                ours.settle(0.4)
                typed = "boat"
                ours.send(f"* n {typed}")
                ours.settle(0.4)
            letter = _LETTERS[pressed % len(_LETTERS)]
            pressed += 1
            typed += letter
            sent = ours.send(letter)
            seen = ours.wait_for(f" · {typed}".encode()) - sent
            ours.settle(0.1)
            return seen

        return paired("preview after a key, 35 children", key, bare.key, 1.3, pairs=60)
    finally:
        ours.close()
        bare.close()


def parsing() -> Figure:
    """Reading every beginning of some lines, for 35 children: the 99th percentile of a single reading."""
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
    *_, worst = statistics.quantiles(taken, n=100)
    middle = statistics.median(taken)
    return Figure(
        "parse of one line, 99th percentile (ms)", "≤ 1 ms", worst * 1000, middle * 1000, max(taken) * 1000,
        seconds(worst), "–", worst <= 0.001,
    )  # fmt: skip
