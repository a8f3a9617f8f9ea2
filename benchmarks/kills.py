"""Programs killed and disks that fail at random calls while something is saved, taken in or restored: what is lost, what
is half, and what `verify` does not tell.
"""

import errno
import os
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from benchmarks import figures, places
from benchmarks.bit_flips import told_at_start, told_by_verify
from benchmarks.measuring import Row
from kindertui.data.connection import Connection, connect
from kindertui.data.keys import read_keys
from tests.disk import failing

TIMES = 200
LONG_EVERY = 4  # every so many-th of them takes a file in or restores a backup
_FAULTS = (errno.EIO, errno.ENOSPC, errno.EROFS)
_CHILDREN = 40  # in the file


class _Place:
    """A location, what was acknowledged in it, and what is done to it next."""

    def __init__(self, folder: Path) -> None:
        self.place = places.group(folder / "home", children=12)
        self.files = folder
        self.saved = 0  # lines that were acknowledged since the backup that can be restored
        self.in_backup = 0
        self.made = 0
        self._ran("backup", str(self.backup))

    @property
    def backup(self) -> Path:
        return self.files / f"{self.made}.backup"

    def line(self, number: int, fault: dict[str, str]) -> str:
        """One line by the shell; gives what became of it."""
        text = f"line {number}"
        ran = self._ran("log", f"anna n 0900 {text}", "--group", "Group", "--yes", fault=fault)
        if ran.returncode == 0:
            self.saved += 1
        found = self._count(f"{text}")
        if ran.returncode == 0 and not found:
            return "lost"
        if ran.returncode != 0 and found:  # durable, and nobody was told: not lost, and not half
            self.saved += 1
        return self._kept(ran)

    def import_(self, number: int, fault: dict[str, str]) -> str:
        """A file with new children, who are all there afterwards or none of them."""
        file = self.files / f"{number}.csv"
        rows = "".join(f"New{number}x{one},Child,2024-02-03,Group\n" for one in range(_CHILDREN))
        file.write_text("given_name,surname,birth_date,group\n" + rows, encoding="utf-8")
        ran = self._ran("import", str(file), fault=fault)
        self._ran("log", "anna n 0900 afterwards", "--group", "Group", "--yes")  # takes a killed one back
        with closing(self._open()) as db:
            count = db.execute(
                "SELECT count(*) FROM child WHERE NOT deleted AND given_name LIKE ?", (f"New{number}x%",)
            ).fetchone()[0]
        if count not in (0, _CHILDREN):
            return "half"
        return "lost" if ran.returncode == 0 and not count else self._kept(ran)

    def restore(self, number: int, fault: dict[str, str]) -> str:
        """The last backup put back: what is there afterwards is what was before, or the backup."""
        ran = self._ran("restore", str(self.backup), "--yes", fault=fault)
        count = self._count("line %")
        if count not in (self.saved, self.in_backup):
            return "half"
        if ran.returncode == 0 and count != self.in_backup:
            return "lost"
        self.saved = count
        self.made += 1
        told = self._kept(ran, restored=True)
        self._ran("backup", str(self.backup))
        self.in_backup = self.saved
        return told

    def _kept(self, ran: subprocess.CompletedProcess[str], *, restored: bool = False) -> str:
        if self._count("line %") != self.saved:
            return "lost"
        if told_by_verify(self.place) or (told_at_start(self.place) and not restored):
            return "half"  # nothing of what a kill may leave is to be seen, but for a restore that lost its last step
        if "Traceback" in ran.stderr:
            return "a traceback"
        return "done" if ran.returncode == 0 else "not done"

    def _count(self, text: str) -> int:
        with closing(self._open()) as db:
            return int(
                db.execute("SELECT count(*) FROM entry WHERE NOT deleted AND text LIKE ?", (text,)).fetchone()[0]
            )

    def _open(self) -> Connection:
        return connect(self.place.database, read_keys(self.place).database, read_only=True)

    def _ran(self, *arguments: str, fault: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
        environment = {
            **os.environ,
            "KINDERTUI_HOME": str(self.place.data),
            "KINDERTUI_LANGUAGE": "en",
            **(fault or {}),
        }
        return subprocess.run(
            [sys.executable, "-m", "kindertui", *arguments], capture_output=True, text=True, check=False,
            env=environment, timeout=120,
        )  # fmt: skip


def measure_long(folder: Path) -> Iterator[Row]:
    """Kills, then disks on which every 8th call fails; the same ones every time."""
    for figure, kill in ((figures.KILLED, True), (figures.FAULTS, False)):
        chance = random.Random(11)  # noqa: S311 - nothing secret
        one = _Place(folder / figure.unit.strip() / str(kill))
        became: Counter[str] = Counter()
        for number in range(TIMES):
            became[_next(one, number, chance, kill=kill)] += 1
        counts = ", ".join(f"{count} {what}" for what, count in sorted(became.items()))
        bad = sum(count for what, count in became.items() if what not in ("done", "not done"))
        yield figure.row(bad, note=f"of {TIMES}: {counts}")


def _next(one: _Place, number: int, chance: random.Random, *, kill: bool) -> str:
    home = one.place.data
    what = one.line
    if number % LONG_EVERY == 0:
        what = one.import_ if number % (2 * LONG_EVERY) else one.restore
    start = chance.randrange(1, {one.line: 80, one.import_: 400, one.restore: 900}[what])
    if kill:
        fault = failing(home, "write sync", "kill", start=start)
    else:
        fault = failing(home, "write sync open", chance.choice(_FAULTS), start=start, every=8)
    return what(number, fault)
