"""The locations the figures are measured on, made in a temporary folder."""

from contextlib import closing
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from kindertui.data import models
from kindertui.data.act import Actor, Tx
from kindertui.data.connection import connect
from kindertui.data.creation import NewLocation, create
from kindertui.data.keys import read_keys
from kindertui.data.sample import make_sample, profile_of
from kindertui.data.store import Store
from kindertui.locations import Locations
from kindertui.portal import profile


def locations(folder: Path) -> Locations:
    """Everything under one folder."""
    return Locations(data=folder, config=folder, state=folder)


def sample(folder: Path) -> Locations:
    """The sample location with its year of history."""
    place = locations(folder)
    make_sample(place, policy=profile.load(profile_of("en")), language="en")
    return place


NAMES = (
    "Anna", "Bram", "Cato", "Daan", "Evi", "Finn", "Guus", "Hanna", "Ilse", "Jens", "Kees", "Lena", "Mees", "Nina",
    "Otis", "Puck", "Quint", "Rosa", "Stijn", "Teun", "Umar", "Vera", "Wout", "Xenia", "Yara", "Zoe", "Bente", "Dirk",
    "Fenna", "Gijs", "Hugo", "Jonas", "Lotte", "Milan", "Roos",
)  # fmt: skip


def afternoon() -> str:
    """A time zone in which it is between 15:00 and 16:00 now: a day that is mostly lived, whenever the figures run."""
    ahead = (15 - datetime.now(UTC).hour + 12) % 24 - 12
    return f"Etc/GMT{-ahead:+d}"  # these names count the other way round


def group(folder: Path, *, children: int, asleep: int = 0) -> Locations:
    """One group with a name each of one kind, all in since eight o'clock; the first `asleep` of them asleep since 13:00.

    They come every day, their names differ in the first letters, and nobody must mind anything: what is counted is
    typing. Ina stands at the keyboard.
    """
    place = locations(folder)
    zone = afternoon()
    create(place, NewLocation("Typing", "open", "en", zone))
    with Store(place) as store:
        store.call(_present, Actor("system", "system"), NAMES[:children], asleep, zone)
    return place


def _present(tx: Tx, names: tuple[str, ...], asleep: int, timezone: str) -> None:
    zone = ZoneInfo(timezone)
    today = tx.now.astimezone(zone).date()
    group = tx.add(models.CareGroup, name="Group")
    staff = tx.add(models.Staff, name="Ina", group_id=group.id)

    def entry(child: str, kind: str, hour: int) -> None:
        at = int(datetime.combine(today, time(hour), zone).timestamp())
        tx.add(
            models.Entry, child_id=child, group_id=group.id, day=today.isoformat(), kind=kind, start=at, tz=timezone,
            by_id=staff.id, recorded_at=at,
        )  # fmt: skip

    for number, name in enumerate(names):
        born = today.replace(year=today.year - 2, month=1 + number % 12, day=1)
        child = tx.add(models.Child, given_name=name, surname="Example", birth_date=born.isoformat(), group_id=group.id)
        for weekday in range(1, 8):
            tx.add(models.Slot, child_id=child.id, weekday=weekday, start="08:00", end="18:00")
        entry(child.id, "arrival", 8)
        if number < asleep:
            entry(child.id, "sleep", 13)


def history(folder: Path, *, children: int, days: int, entries_a_day: int) -> Locations:
    """A location with so many days of entries up to today, written by plain SQL: the figures are about reading."""
    place = locations(folder)
    create(place, NewLocation("History", "open", "en", "Europe/Amsterdam"))
    with Store(place) as store:
        staff = store.call(_people, Actor("system", "system"), children)
    first = datetime.now(ZoneInfo("Europe/Amsterdam")).date() - timedelta(days=days - 1)
    with closing(connect(place.database, read_keys(place).database)) as db:
        for pragma in (
            "journal_mode = OFF",
            "synchronous = OFF",
            "cache_size = -200000",
        ):  # no undoing, and several times faster
            db.execute(f"PRAGMA {pragma}")
        db.execute("BEGIN IMMEDIATE")
        db.execute(_ENTRIES, {"first": first.isoformat(), "staff": staff, "days": days, "entries_a_day": entries_a_day})
        db.execute("COMMIT")
    return place


# Day by day as a location writes them; the keys are UUIDv7, whose first 48 bits are milliseconds.
_ENTRIES = """
WITH RECURSIVE
    d(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM d WHERE n + 1 < :days),
    e(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM e WHERE n + 1 < :entries_a_day),
    made AS (
        SELECT c.id AS child_id, c.group_id, date(:first, d.n || ' days') AS day, e.n % 4 AS sort,
               unixepoch(:first) + d.n * 86400 + 28800 + e.n * 3600 AS start
        FROM d CROSS JOIN e CROSS JOIN child c
    )
INSERT INTO entry (id, rev, deleted, child_id, group_id, day, kind, start, "end", tz, amount, unit, detail,
                   text, share, sensitivity, by_id, recorded_at)
SELECT printf('%08x-%04x-7%03x-8%03x-%s', start * 1000 >> 16, start * 1000 & 0xffff, random() & 0xfff,
              random() & 0xfff, lower(hex(randomblob(6)))),
       1, 0, child_id, group_id, day,
       CASE sort WHEN 0 THEN 'sleep' WHEN 1 THEN 'meal' WHEN 2 THEN 'nappy' ELSE 'bottle' END,
       start, iif(sort = 0, start + 1800, NULL), 'Europe/Amsterdam',
       CASE sort WHEN 1 THEN 0.75 WHEN 3 THEN 150 END, CASE sort WHEN 1 THEN 'portion' WHEN 3 THEN 'ml' END,
       CASE sort WHEN 1 THEN '{"meal":"lunch"}' WHEN 2 THEN '{"content":"wet"}' ELSE '{}' END,
       iif(sort = 1, 'bread and cheese', ''), 'guardians', 'none', :staff, start + 60
FROM made
"""


def _people(tx: Tx, children: int) -> str:
    group = tx.add(models.CareGroup, name="Group")
    staff = tx.add(models.Staff, name="Ina")
    for number in range(children):
        tx.add(models.Child, given_name=f"Child{number}", surname="Example", birth_date="2024-05-05", group_id=group.id)
    return staff.id


def plain_copy(place: Locations, path: Path) -> int:
    """Writes the entries as a plain SQLite file, for the `sqlite3` program; gives how many there are."""
    with closing(connect(place.database, read_keys(place).database)) as db:
        db.execute("ATTACH ? AS plain KEY ''", (str(path),))
        db.execute("CREATE TABLE plain.entry AS SELECT * FROM entry")
        return int(db.execute("SELECT count(*) FROM plain.entry").fetchone()[0])
