"""Making a new location: folder, key and database, whole or not at all."""

import contextlib
import os
from dataclasses import dataclass
from pathlib import Path

from kindertui.data import models, ways_in
from kindertui.data.act import SYSTEM, Actor, Tx, workstation
from kindertui.data.clock import check_year
from kindertui.data.folder import check_folder
from kindertui.data.keys import Keys, alone, new_keys, sealed_alone
from kindertui.data.ways_in import Way
from kindertui.domain.faults import DatabaseFault
from kindertui.locations import Locations


@dataclass(frozen=True, slots=True)
class NewLocation:
    """What `init` asks: `timezone` is an IANA name, `profile` a portal profile's id."""

    name: str
    profile: str
    language: str
    timezone: str


def create(locations: Locations, new: NewLocation, recovery_key: bytes | None = None, way: Way | None = "file") -> Keys:
    """Makes the database and its keys, puts the way in in force (None: the best there is), and gives the keys.

    Raises DatabaseFault("db_exists") when there is one already: an existing file is never overwritten. A try that
    fails leaves nothing behind under the final name.
    """
    check_year()
    for folder in (locations.data, locations.config, locations.state):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not any(folder.iterdir()):
            with contextlib.suppress(PermissionError):  # one that somebody else made; `doctor` says whose it is
                folder.chmod(0o700)
    check_folder(locations)
    with alone(locations.data) as folder_handle:
        if locations.database.exists():
            raise DatabaseFault("db_exists", str(locations.database))
        # a key without a database is what a killed try left, or was written back from its sheet: it is kept
        found = locations.key.exists() or locations.envelopes.exists()
        keys = sealed_alone(locations, folder_handle) if found else new_keys()
        unfinished = locations.database.with_suffix(".new")
        try:
            kept = ways_in.recovery_envelope(locations)
            envelope = ways_in.recovery_wrapped(keys, recovery_key) if recovery_key else kept
            ways_in.put_in_force(locations, folder_handle, keys, envelope, way)
            remove(unfinished)
            _fill(unfinished, keys, new)
            locations.head.unlink(missing_ok=True)  # of a location that was here before
            unfinished.rename(locations.database)
        except BaseException:
            remove(unfinished)
            if not found:
                ways_in.remove(locations, folder_handle)
            raise
        os.fsync(folder_handle)
    return keys


def _fill(path: Path, keys: Keys, new: NewLocation) -> None:
    from kindertui.data import migrations  # brings Alembic and SQLAlchemy, which a verb that makes nothing does without
    from kindertui.data.engine import schema_step
    from kindertui.data.writer import Writer

    # born 0600 whatever the umask: SQLite gives its -wal and -shm the rights of the file they belong to
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600))
    with schema_step(path, keys.database, create=True) as connection:
        migrations.upgrade(connection)
    writer = Writer(path, keys.database, None)  # the first act under its final name keeps the head
    try:
        writer.act(lambda tx: add_location(tx, new), add_location.__name__, Actor(SYSTEM, SYSTEM, workstation()))
    finally:
        writer.close()


def remove(path: Path) -> None:
    """Takes a database away, with what SQLite keeps beside it; one that is not there is no matter."""
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def add_location(tx: Tx, new: NewLocation) -> None:
    tx.add(models.Location, name=new.name, timezone=new.timezone, language=new.language, profile=new.profile)
