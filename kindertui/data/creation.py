"""Making a new location: folder, key and database, whole or not at all."""

from dataclasses import dataclass
from pathlib import Path

from kindertui.data.connection import make_key
from kindertui.data.store import Actor, Store, Tx, engine, workstation
from kindertui.domain.faults import DatabaseFault
from kindertui.locations import Locations

SYSTEM = "system"  # who acts before anybody is on the staff list


@dataclass(frozen=True, slots=True)
class NewLocation:
    """What `init` asks: `timezone` is an IANA name, `profile` a portal profile's id."""

    name: str
    profile: str
    language: str
    timezone: str


def create(locations: Locations, new: NewLocation) -> str:
    """Makes the database and its key, and gives back the key for the printed recovery sheet.

    Raises DatabaseFault("db_exists") when there is one already: an existing file is never overwritten. A try that
    fails leaves nothing behind under the final name.
    """
    if locations.database.exists() or locations.key.exists():
        raise DatabaseFault("db_exists", str(locations.database))
    for folder in (locations.data, locations.config, locations.state):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    key = make_key(locations.key)
    unfinished = locations.database.with_suffix(".new")
    try:
        _remove(unfinished)
        _make_schema(unfinished, key)
        unfinished.rename(locations.database)
    except BaseException:
        _remove(unfinished)
        locations.key.unlink()
        raise
    with Store(locations) as store:
        store.call(add_location, Actor(SYSTEM, SYSTEM, workstation()), new)
    return key


def _make_schema(path: Path, key: str) -> None:
    from kindertui.data import migrations

    maker = engine(path, key, create=True)
    try:
        with maker.connect() as connection:
            # before BEGIN: inside a transaction this pragma does nothing, silently
            connection.connection.driver_connection.execute("PRAGMA foreign_keys = OFF")
            with connection.begin():
                migrations.upgrade(connection)
    finally:
        maker.dispose()


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def add_location(tx: Tx, new: NewLocation) -> None:
    from kindertui.data import models

    tx.add(models.Location, name=new.name, timezone=new.timezone, language=new.language, profile=new.profile)
