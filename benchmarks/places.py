"""The locations the figures are measured on, made in a temporary folder."""

import os
import sqlite3
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from kindertui.data.act import Actor, Tx
from kindertui.data.connection import connect, read_key
from kindertui.data.creation import NewLocation, create
from kindertui.data.sample import PROFILE, make_sample
from kindertui.data.store import Store
from kindertui.locations import Locations
from kindertui.portal import profile


def locations(folder: Path) -> Locations:
    """Everything under one folder."""
    return Locations(data=folder, config=folder, state=folder)


def sample(folder: Path) -> Locations:
    """The sample location with its year of history."""
    place = locations(folder)
    make_sample(place, policy=profile.load(PROFILE), language="en")
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
    create(place, NewLocation("EffortTimer", "open", "en", zone))
    with Store(place) as store:
        store.call(_present, Actor("system", "system"), NAMES[:children], asleep, zone)
    return place


def _present(tx: Tx, names: tuple[str, ...], asleep: int, timezone: str) -> None:
    from kindertui.data import models

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


def big(folder: Path, *, children: int, days: int, entries_a_day: int) -> Locations:
    """A location with so many entries, written by plain SQL: the figures are about reading."""
    place = locations(folder)
    create(place, NewLocation("Big", "open", "en", "Europe/Amsterdam"))
    with Store(place) as store:
        staff = store.call(_people, Actor("system", "system"), children)
    db = connect(place.database, read_key(place.key))
    first = date.today() - timedelta(days=days - 1)
    db.execute("BEGIN IMMEDIATE")
    db.execute("CREATE TEMP TABLE n (n INTEGER PRIMARY KEY)")
    db.executemany("INSERT INTO n VALUES (?)", ((number,) for number in range(max(days, entries_a_day))))
    db.execute(
        """
        INSERT INTO entry (id, rev, deleted, child_id, group_id, day, kind, start, "end", tz, amount, unit, detail,
                           text, share, sensitivity, by_id, recorded_at)
        SELECT lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-7' || substr(hex(randomblob(2)), 2) || '-8'
                     || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))),
               1, 0, c.id, c.group_id, date(?1, '+' || d.n || ' days'),
               CASE e.n % 4 WHEN 0 THEN 'sleep' WHEN 1 THEN 'meal' WHEN 2 THEN 'nappy' ELSE 'bottle' END,
               CAST(strftime('%s', ?1) AS INTEGER) + d.n * 86400 + 28800 + e.n * 3600,
               CASE e.n % 4 WHEN 0 THEN CAST(strftime('%s', ?1) AS INTEGER) + d.n * 86400 + 30600 + e.n * 3600 END,
               'Europe/Amsterdam',
               CASE e.n % 4 WHEN 1 THEN 0.75 WHEN 3 THEN 150 END, CASE e.n % 4 WHEN 1 THEN 'portion' WHEN 3 THEN 'ml' END,
               CASE e.n % 4 WHEN 1 THEN '{"meal":"lunch"}' WHEN 2 THEN '{"content":"wet"}' ELSE '{}' END,
               CASE e.n % 4 WHEN 1 THEN 'bread and cheese' ELSE '' END,
               'guardians', 'none', ?2, CAST(strftime('%s', ?1) AS INTEGER) + d.n * 86400 + 28860 + e.n * 3600
        FROM n d CROSS JOIN child c CROSS JOIN n e WHERE d.n < ?3 AND e.n < ?4
        """,
        (first.isoformat(), staff, days, entries_a_day),
    )
    db.execute("COMMIT")
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
    return place


def _people(tx: Tx, children: int) -> str:
    from kindertui.data import models

    group = tx.add(models.CareGroup, name="Group")
    staff = tx.add(models.Staff, name="Ina")
    for number in range(children):
        tx.add(models.Child, given_name=f"Child{number}", surname="Example", birth_date="2024-05-05", group_id=group.id)
    return staff.id


def plain_copy(place: Locations, path: Path) -> None:
    """The entries of a location as a plain SQLite file, for the `sqlite3` program."""
    db = connect(place.database, read_key(place.key))
    plain = sqlite3.connect(path)
    columns = [row[1] for row in db.execute("PRAGMA table_info(entry)")]
    names = ", ".join(f'"{name}"' for name in columns)
    plain.execute(f"CREATE TABLE entry ({names})")
    marks = ", ".join("?" * len(columns))
    plain.executemany(f"INSERT INTO entry VALUES ({marks})", db.execute(f"SELECT {names} FROM entry"))  # noqa: S608
    plain.commit()
    plain.close()
    db.close()


os.umask(0o077)
