"""Random bits flipped in a location's database and in its WAL: who tells of it, and what is read wrong in silence."""

import hashlib
import random
import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from benchmarks import figures, places
from benchmarks.long_acts import note
from benchmarks.measuring import Row
from kindertui.data import queries, verify
from kindertui.data.act import Actor
from kindertui.data.clock import utc_now
from kindertui.data.connection import Connection, DriverError, connect
from kindertui.data.keys import read_keys
from kindertui.data.queries import day
from kindertui.data.sample import make_sample
from kindertui.data.store import Store
from kindertui.domain.faults import DatabaseFault
from kindertui.locations import Locations
from kindertui.portal import profile

IN_DATABASE, IN_WAL = 400, 120
_NOTES = 40  # entries that stand in the WAL alone
_HISTORY = 20  # days


def measure_long(folder: Path) -> Iterator[Row]:
    """Flips one bit at a time in a copy, opens that as the program does at its start, and verifies it."""
    made = places.locations(folder / "whole")
    make_sample(made, policy=profile.load("open"), language="en", days=_HISTORY)
    became = flipped(made, folder / "flipped", ".db", IN_DATABASE)
    yield figures.FLIPPED_DATABASE.row(became["wrong in silence"], note=_counts(became))
    became = flipped(with_wal(made, folder / "with_wal"), folder / "flipped", ".db-wal", IN_WAL)
    yield figures.FLIPPED_WAL.row(IN_WAL - became["told at start"], note=_counts(became))


def with_wal(made: Locations, folder: Path, *, entries: int = _NOTES) -> Locations:
    """The files of a program that was killed before anything of its WAL was put into the database."""
    place = places.locations(folder)
    with Store(made) as store:
        someone, child = queries.staff(store.reader)[0], queries.children(store.reader)[0]
        for _ in range(entries):
            store.call(note, Actor(someone.id, someone.name), child.id)
        store.settle(5)  # the head is kept behind the answer
        shutil.copytree(made.data, folder, ignore=shutil.ignore_patterns("*-shm"))
    return place


def flipped(made: Locations, folder: Path, name: str, times: int) -> Counter[str]:
    """What became of so many bits of the file with this suffix; the same bits every time."""
    chance = random.Random(11)  # noqa: S311 - nothing secret
    right = content(made)
    return Counter(_one(made, folder, chance, name, right) for _ in range(times))


def _counts(became: Counter[str]) -> str:
    counts = ", ".join(f"{count} {what}" for what, count in sorted(became.items()))
    return f"of {became.total()}: {counts}"


def _one(made: Locations, folder: Path, chance: random.Random, name: str, right: str) -> str:
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(made.data, folder, ignore=shutil.ignore_patterns("*-shm"))
    place = places.locations(folder)
    flip(place.database.with_suffix(name), chance)
    if told_at_start(place):
        return "told at start"
    if told_by_verify(place):
        return "told by verify"
    return "nowhere read" if content(place) == right else "wrong in silence"


def flip(path: Path, chance: random.Random) -> None:
    """Turns one bit of a file over."""
    held = bytearray(path.read_bytes())
    at = chance.randrange(len(held) * 8)
    held[at // 8] ^= 1 << at % 8
    path.write_bytes(held)


def told_at_start(place: Locations) -> bool:
    """Whether the program says at its start that something is wrong, or does not start at all."""
    try:
        with Store(place) as store:
            db = store.reader
            here = queries.location(db)
            zone = queries.zone_of(here)
            day.roster(db, utc_now().astimezone(zone).date(), zone)
            return not store.head.check(db).ok
    except (DatabaseFault, DriverError):
        return True


def told_by_verify(place: Locations) -> bool:
    """Whether `kindertui verify` says that something is wrong."""
    try:
        with closing(_opened(place)) as db:
            return not verify.verify(db).ok
    except (DatabaseFault, DriverError):
        return True


def content(place: Locations) -> str:
    """What a location's tables hold, in one number."""
    with closing(_opened(place)) as db:
        names = [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        held = hashlib.sha256()
        for name in names:
            for row in sorted(map(repr, db.execute(f"SELECT * FROM {name}"))):  # noqa: S608 - of the schema
                held.update(row.encode())
        return held.hexdigest()


def _opened(place: Locations) -> Connection:
    return connect(place.database, read_keys(place).database, read_only=True)
