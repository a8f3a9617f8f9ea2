"""Bringing a database of an older schema up: a backup of it first, then every step in one transaction, or none."""

from pathlib import Path

from sqlalchemy.exc import DBAPIError

from kindertui.data import backup, migrations
from kindertui.data.connection import SCHEMA, connect, told
from kindertui.data.engine import raw, schema_step
from kindertui.data.keys import Keys
from kindertui.domain.faults import DatabaseFault, Refused
from kindertui.locations import Locations


def bring_up(locations: Locations, keys: Keys) -> None:
    """Brings the database to SCHEMA; a backup of it as it was before is then among the others.

    Two programs may try at once: the second waits for the lock and finds it done. Raises DatabaseFault; then the file
    is as it was.
    """
    path = locations.database
    try:
        with schema_step(path, keys.database) as connection:
            old = raw(connection).execute("PRAGMA user_version").fetchone()[0]
            if old < SCHEMA:
                _back_up(locations, keys)
                migrations.upgrade(connection)
    except DBAPIError as error:
        raise told(error, path) or DatabaseFault("db_older", str(path)) from None


def _back_up(locations: Locations, keys: Keys) -> None:
    """What was committed; nothing is written meanwhile, the lock is held."""
    db = connect(locations.database, keys.database, read_only=True, older=True)
    try:
        backup.before_upgrade(locations, db, keys)
    except Refused:
        raise DatabaseFault("db_damaged", str(locations.database)) from None
    finally:
        db.close()


def bring_up_copy(path: Path, key: str) -> None:
    """Brings a file to SCHEMA that nobody else has, without a copy of it. Raises DatabaseFault."""
    try:
        with schema_step(path, key) as connection:
            migrations.upgrade(connection)
    except DBAPIError as error:
        raise told(error, path) or DatabaseFault("db_older", str(path)) from None
