"""Bringing a database of an older schema up: a copy beside it first, then every step in one transaction, or none."""

import os
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from kindertui.data import migrations
from kindertui.data.connection import SCHEMA, connect, told
from kindertui.data.engine import raw, schema_step
from kindertui.domain.faults import DatabaseFault, fault_of_file


def bring_up(path: Path, key: str) -> None:
    """Brings the file to SCHEMA and leaves `<name>.schema<old>` beside it, as it was before.

    Two programs may try at once: the second waits for the lock and finds it done. Raises DatabaseFault; then the file
    is as it was.
    """
    try:
        with schema_step(path, key) as connection:
            old = raw(connection).execute("PRAGMA user_version").fetchone()[0]
            if old < SCHEMA:
                _copy(path, path.with_name(f"{path.name}.schema{old}"), key)
                migrations.upgrade(connection)
    except DBAPIError as error:
        raise told(error, path) or DatabaseFault("db_older", str(path)) from None
    except OSError as error:
        raise fault_of_file(error, str(path)) from None


def bring_up_copy(path: Path, key: str) -> None:
    """Brings a file to SCHEMA that nobody else has, without a copy of it. Raises DatabaseFault."""
    try:
        with schema_step(path, key) as connection:
            migrations.upgrade(connection)
    except DBAPIError as error:
        raise told(error, path) or DatabaseFault("db_older", str(path)) from None


def _copy(path: Path, copy: Path, key: str) -> None:
    """A copy of what was committed, readable with the same key; nothing writes meanwhile, the lock is held."""
    unfinished = copy.with_name(copy.name + ".new")
    unfinished.unlink(missing_ok=True)
    os.close(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600))
    source = connect(path, key, read_only=True, older=True)
    target = connect(unfinished, key, create=True)
    try:
        source.backup(target)
    finally:
        target.close()
        source.close()
    unfinished.rename(copy)
