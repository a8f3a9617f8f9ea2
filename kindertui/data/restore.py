"""Restore: a backup in the place of what is here, after all of it was checked; what is here is kept aside.

Everything is made ready beside the database, and one rename does it: a kill leaves the one or the other. Restored
entries are written on by a new origin in a higher generation.
"""

import contextlib
import fcntl
import os
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, datetime, tzinfo
from pathlib import Path

from kindertui.data import backup_file, carried_over, origins, ways_in
from kindertui.data.act import SYSTEM, Actor, Tx, workstation
from kindertui.data.backup import ASIDE_NAME, UNREADABLE, free_name, replayed
from kindertui.data.backup_file import Unopened
from kindertui.data.carried_over import Restrictions
from kindertui.data.connection import SCHEMA, DriverError, connect, told
from kindertui.data.copying import copy_file, work_folder
from kindertui.data.head import HeadFile
from kindertui.data.keys import Keys, alone, new_keys, read_keys, sealed_alone
from kindertui.data.queries.holdings import holdings
from kindertui.data.ways_in import Way
from kindertui.domain.faults import DatabaseFault, Refused, fault_of_file
from kindertui.domain.keeping import Holdings
from kindertui.files import sync
from kindertui.locations import Locations

_NO_KEYS = ("db_key_missing", "db_keys_damaged", "db_keyring_empty")  # the copy's own envelope stands in for them
_NOTHING_HERE = ("db_missing", "db_empty", *UNREADABLE)
# Where SQLite locks: a connection of a WAL database holds all of SHARED as long as it is open (sqlite3 os.h).
_SHARED, _SHARED_SIZE = 0x40000002, 510


class Restore:
    """A backup that was opened, checked and made ready, until `close`. `here` is None where nothing can be read.

    `carried` restrictions are in force here and not in the backup: they are taken along. `left` counts those that it
    cannot take, as it lacks their child or guardian.
    """

    here: Holdings | None
    copy: Holdings
    carried: Restrictions = ()
    left = 0

    def __init__(self, locations: Locations, path: Path, recovery_key: str | None = None) -> None:
        """Raises Refused: `backup_key` where the recovery key is needed; and DatabaseFault."""
        self.locations = locations
        self._backup = backup_file.read(path)
        self.made_at = datetime.fromtimestamp(self._backup.about.made_at, UTC)
        self._keys = self._keys_here()
        self._in_force: Restrictions = ()
        self.here = self._held_here()
        if self.here is not None and self.here.location != self._backup.about.location:
            raise Refused("backup_other", path=str(path))
        self._recovered = False
        key = self._key(recovery_key)
        self._stack = ExitStack()
        try:
            with _sentences(locations.data):
                for folder in (locations.data, locations.config, locations.state):
                    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                self._room = self._stack.enter_context(work_folder(locations.data))
                self.copy = self._ready(key)
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> "Restore":
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        """Takes away what was made ready."""
        self._stack.close()

    @property
    def zone(self) -> tzinfo:
        """The time zone of the location in the backup."""
        return self.copy.zone

    def _keys_here(self) -> Keys | None:
        try:
            return read_keys(self.locations)
        except DatabaseFault as fault:
            if fault.rule not in _NO_KEYS:
                raise
            return None

    def _held_here(self) -> Holdings | None:
        if self._keys is None:
            return None
        try:
            db = connect(self.locations.database, self._keys.database, read_only=True, older=True)
        except DatabaseFault as fault:
            if fault.rule not in _NOTHING_HERE:
                raise
            return None
        try:
            self._in_force = carried_over.in_force(db)
            return holdings(db)
        except (DriverError, TypeError, DatabaseFault):  # it opens, and what it holds is not there to be read
            return None
        finally:
            db.close()

    def _key(self, recovery_key: str | None) -> str:
        """The key of the copy's database; `_keys` are from here on those that the restored one will have."""
        path = str(self._backup.path)
        if self._keys is not None:
            with contextlib.suppress(Unopened):
                return self._backup.key(self._keys)
        if recovery_key is None:
            raise Refused("backup_key", path=path)
        keys = ways_in.recovered(self._backup.about.recovery, recovery_key)
        try:
            key = self._backup.key(keys)
        except Unopened:  # digits have no proof of their own; what an envelope gave has one
            raise Refused("recovery_wrong" if not keys.seal else "backup_altered", path=path) from None
        if self.here is None:
            self._keys, self._recovered = keys, True
        return key

    def _ready(self, key: str) -> Holdings:
        """Makes the database that is put in place, of this schema and under the location's key; gives what it holds."""
        assert self._keys is not None
        packed, new = self._room / "opened.db", self._room / "new.db"
        backup_file.unpack(self._backup, packed)
        path = str(self._backup.path)
        try:
            copy_file(packed, key, new, self._keys.database)
        except DatabaseFault as fault:
            if fault.rule in UNREADABLE:
                raise Refused("backup_altered", path=path) from None
            raise DatabaseFault(fault.rule, str(self.locations.database)) from None  # nobody knows the unfinished file
        packed.unlink()
        if self._backup.about.schema < SCHEMA:
            from kindertui.data.upgrading import bring_up_copy  # brings Alembic

            bring_up_copy(new, self._keys.database)
        found = replayed(new, self._keys.database)
        if found is None or found.location != self._backup.about.location:
            raise Refused("backup_altered", path=path)
        with closing(connect(new, self._keys.database, read_only=True)) as db:
            self.carried, self.left = carried_over.unknown_to(db, self._in_force)
        return found

    def apply(self, way: Way | None = None) -> Path | None:
        """Puts it in place, and gives where the file that was here is now. Raises Refused `backup_running` where
        another program has the location open, and DatabaseFault; then all is as it was.

        `way` opens the location where the keys came by the recovery key; None: the best there is.
        """
        assert self._keys is not None
        locations, keys, new = self.locations, self._keys, self._room / "new.db"
        with _sentences(locations.database), alone(locations.data) as folder:
            if self._recovered:
                keys = keys if keys.seal else Keys(keys.database, new_keys().seal)
            else:
                keys = sealed_alone(locations, folder)
            self._begin_origin(new, keys)
            self._empty_wal()
            with _held(locations.database):
                aside = self._keep_aside()
                if self._recovered:
                    ways_in.put_in_force(locations, folder, keys, self._backup.about.recovery, way)
                new.rename(locations.database)
                os.fsync(folder)
        self._write_head(keys)
        return aside

    def _begin_origin(self, new: Path, keys: Keys) -> None:
        from kindertui.data.writer import Writer  # brings SQLAlchemy: whoever only looks does without

        seen = HeadFile(self.locations.head, keys.seal).generation()  # also of a database that cannot be read
        above = max(seen, 0 if self.here is None else self.here.generation)
        writer = Writer(new, keys.database, None)

        def begin(tx: Tx) -> None:
            origins.begin(tx, above=above)
            carried_over.add(tx, self.carried)

        try:
            writer.act(begin, "restore", Actor(SYSTEM, SYSTEM, workstation()))
        finally:
            writer.close()
        sync(self._room)

    def _empty_wal(self) -> None:
        """Has all that is here in one file, where it can be read at all."""
        if self.here is None or self._keys is None:
            return
        try:
            db = connect(self.locations.database, self._keys.database, older=True)
        except DatabaseFault as fault:
            raise (Refused("backup_running") if fault.rule == "db_locked" else fault) from None
        try:
            db.execute("PRAGMA busy_timeout = 0")
            if db.execute("PRAGMA journal_mode = DELETE").fetchone()[0] != "delete":
                raise Refused("backup_running")
        except DriverError as error:
            found = told(error, self.locations.database)
            raise (found if found and found.rule != "db_locked" else Refused("backup_running")) from None
        finally:
            db.close()

    def _keep_aside(self) -> Path | None:
        """A second name for the file that is here, and for what belongs to it."""
        database = self.locations.database
        wal = database.with_name(database.name + "-wal")
        if self.here is not None and wal.exists():
            raise Refused("backup_running")  # it was opened just now, and killed
        if not database.exists():
            wal.unlink(missing_ok=True)  # of nothing
            return None
        aside = free_name(ASIDE_NAME, database.parent)
        os.link(database, aside)
        if wal.exists():
            os.link(wal, aside.with_name(aside.name + "-wal"))
            wal.unlink()
        database.with_name(database.name + "-shm").unlink(missing_ok=True)
        return aside

    def _write_head(self, keys: Keys) -> None:
        """From now on the database counts as it is: that entries of after the backup are gone was decided here."""
        db = connect(self.locations.database, keys.database, read_only=True)
        try:
            HeadFile(self.locations.head, keys.seal).take_note(db)
        finally:
            db.close()


def is_running(locations: Locations) -> bool:
    """Whether any program has the location open, but for this one."""
    try:
        with _held(locations.database):
            return False
    except Refused:
        return True


@contextmanager
def _held(database: Path) -> Iterator[None]:
    """Keeps every program out of the file that is here now. Raises Refused `backup_running` where one is in.

    The lock is SQLite's own, taken past it: a database that cannot be read can be open all the same. This process must
    not have it open, as its own locks do not stand in its way and would go with this one.
    """
    try:
        handle = os.open(database, os.O_RDWR | os.O_NOFOLLOW)
    except FileNotFoundError:
        yield
        return
    try:
        try:
            fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB, _SHARED_SIZE, _SHARED)
        except BlockingIOError:
            raise Refused("backup_running") from None
        yield
    finally:
        os.close(handle)


@contextmanager
def _sentences(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise fault_of_file(error, str(path)) from None
    except DriverError as error:
        raise told(error, path) or error from None
