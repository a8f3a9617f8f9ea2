"""A roster of 5,000 children taken in, and what it keeps others waiting."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from benchmarks import figures, places
from benchmarks.measuring import Row
from kindertui.data import models, queries
from kindertui.data.act import Actor, Tx
from kindertui.data.store import Store
from kindertui.domain.faults import DatabaseFault, Refused
from kindertui.locations import Locations

CHILDREN = 5000
EVERY = 0.02  # seconds between two entries of the one who waits
_NAMES = ("Amina", "Boaz", "Ciska", "Dex", "Elif", "Ferre", "Gerlof", "Hidde")  # nobody's of the group
_DAYS = ("monday", "tuesday", "thursday")
_GUARDIAN = ("name", "phone", "email")


def measure(folder: Path) -> Iterator[Row]:
    """The import alone, then one with somebody typing into the program and somebody else into the shell meanwhile."""
    roster = folder / "roster.csv"
    roster.write_text(_roster(), encoding="utf-8")
    taken = []
    for number in range(3):
        place = places.group(folder / f"alone{number}", children=12)
        start = time.perf_counter()
        _begin(place, "import", str(roster)).wait()
        taken.append(time.perf_counter() - start)
    yield figures.IMPORT.row(sorted(taken)[1], (min(taken), max(taken)), "3 of them")
    yield from _meanwhile(places.group(folder / "meanwhile", children=12), roster)


def _meanwhile(place: Locations, roster: Path) -> Iterator[Row]:
    waits: list[float] = []
    refused = logged = 0
    with Store(place) as store:
        ina, child = queries.staff(store.reader)[0], queries.children(store.reader)[0]
        actor = Actor(ina.id, ina.name)
        store.call(note, actor, child.id)
        importing = _begin(place, "import", str(roster))
        shell = _begin(place, "log", "anna n was here", "--group", "Group", "--yes")
        while importing.poll() is None:
            start = time.perf_counter()
            with suppress(DatabaseFault, Refused):
                store.call(note, actor, child.id)
                waits.append(time.perf_counter() - start)
                refused -= 1
            refused += 1
            if shell.poll() is not None:
                logged, refused = logged + 1, refused + bool(shell.returncode)
                shell = _begin(place, "log", f"anna n was here {logged} times", "--group", "Group", "--yes")
            time.sleep(EVERY)
        refused += bool(shell.wait())
        assert importing.returncode == 0
        assert len(queries.children(store.reader)) == CHILDREN + 12
    yield figures.IMPORT_WAIT.row(max(waits) * 1000, (min(waits) * 1000, max(waits) * 1000), f"{len(waits)} entries")
    yield figures.IMPORT_REFUSED.row(refused, note=f"{len(waits)} in the program, {logged + 1} by `kindertui log`")


def _begin(place: Locations, *arguments: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-m", "kindertui", *arguments],
        env={**os.environ, "KINDERTUI_HOME": str(place.data), "KINDERTUI_LANGUAGE": "en"},
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def note(tx: Tx, child_id: str) -> None:
    """An entry of one child, written as one act."""
    today = tx.local_now.date().isoformat()
    tx.add(
        models.Entry, child_id=child_id, day=today, kind="note", start=tx.at, tz=tx.zone.key, text="painted",
        by_id=tx.actor.staff_id, recorded_at=tx.at,
    )  # fmt: skip


def _roster() -> str:
    """Siblings by twos, two guardians each, three days a week, an allergy now and then, 20 children a group."""
    guardians = [f"guardian_{number}_{field}" for number in (1, 2) for field in _GUARDIAN]
    rows = [["given_name", "surname", "birth_date", "group", *_DAYS, "allergies", *guardians]]
    for number in range(CHILDREN):
        family = f"{number // 2:04d}"
        own = [
            _NAMES[number % len(_NAMES)], f"Family{family}",
            f"20{22 + number % 3}-{1 + number % 12:02d}-{1 + number % 28:02d}", f"Room {number // 20}",
        ]  # fmt: skip
        parents = [
            text
            for one in ("Sara", "Tom")
            for text in (f"{one} Family{family}", f"06-{len(one)}000{family}", f"{one.lower()}.{family}@example.org")
        ]
        rows.append([*own, "08:00-17:30", "08:00-17:30", "08:00-12:30", "egg" if number % 20 == 0 else "", *parents])
    return "".join(";".join(row) + "\n" for row in rows)
