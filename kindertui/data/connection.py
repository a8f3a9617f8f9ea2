"""The one place that opens the database: driver, key, pragmas, each asserted after it was set."""

import contextlib
import os
import stat
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as driver

from kindertui.domain.faults import DatabaseFault, fault_of

DriverError = driver.Error
Connection = Any  # the driver ships no types; every query takes this and gives back typed values

APPLICATION_ID = 0x6B696E64  # "kind"
SCHEMA = 6
# SQLite before 3.51.3 can lose a WAL when two connections reset it (sqlite.org/releaselog/3_51_3.html).
_OLDEST = (3, 51, 3)
_PAGE = 4096  # SQLCipher 4's page size: no file of ours is smaller
_ROOM = 1 << 20  # bytes; with less, what a disk refused was refused for want of room
_UNREADABLE = ("db_damaged", "db_truncated")
_TAKES_NOTHING = ("db_full", "db_disk", "db_read_only", "db_no_access")

BUSY = 5000  # milliseconds that somebody waits for a lock

_PRAGMAS: tuple[tuple[str, str, object], ...] = (
    ("busy_timeout", str(BUSY), BUSY),
    ("foreign_keys", "ON", 1),
    ("secure_delete", "ON", 1),
    ("synchronous", "FULL", 2),
    ("temp_store", "MEMORY", 2),
)


def connect(
    path: Path, key: str, *, read_only: bool = False, create: bool = False, older: bool = False, live: bool = False
) -> Connection:
    """A connection in autocommit mode with every safety pragma in force.

    Raises DatabaseFault when the file is missing, empty, foreign, newer, truncated or cannot be read with the key;
    `db_older` for an earlier schema of ours (see upgrading.py), unless `older` asks for that one too.
    On a disk that takes nothing a reader gets a snapshot, so that allergies and phone numbers stay in sight; with
    `live` it gets the fault.
    """
    if driver.sqlite_version_info < _OLDEST:
        raise DatabaseFault("db_old_driver", str(path))
    if not create:
        look_at(path)
    mode = "ro" if read_only else ("rwc" if create else "rw")
    for last in (False, True):
        try:
            return _open_in_place(path, key, f"mode={mode}", read_only=read_only, create=create, older=older)
        except (driver.Error, MemoryError) as error:
            fault = told(error, path) or DatabaseFault("db_damaged", str(path))
        except DatabaseFault as found:
            fault = found
        if last or fault.rule not in _UNREADABLE:  # a disk may answer wrongly once
            break
    if fault.rule in _UNREADABLE and _is_plain_sqlite(path):
        fault = DatabaseFault("db_foreign", str(path))
    first = read_only and not live  # nothing of this process has the file open: see look_at
    if fault.rule in _UNREADABLE and not _gives_all(*([path] if first else []), _wal(path)):
        fault = DatabaseFault("db_disk", str(path))
    if first and fault.rule in _TAKES_NOTHING:
        return _snapshot(path, key, fault)
    raise fault


def _open_in_place(path: Path, key: str, query: str, *, read_only: bool, create: bool, older: bool) -> Connection:
    """Opens it anew where a restore put another file in its place meanwhile: it held the lock that this waited for."""
    while True:
        before = _which(path)
        connection = _open(path, key, query, read_only=read_only, create=create, older=older)
        if create or _which(path) == before:
            return connection
        connection.close()


def _which(path: Path) -> tuple[int, int]:
    """Which file it is; what is not there any more is none."""
    try:
        found = path.stat()
    except OSError:
        return 0, 0
    return found.st_dev, found.st_ino


def told(error: BaseException, path: Path) -> DatabaseFault | None:
    """`fault_of`, with a look at the disk: SQLite does not say so where it was room for its lock file that lacked."""
    fault = fault_of(error, str(path))
    if fault is not None and fault.rule in ("db_disk", "db_no_access"):
        import shutil  # for a disk that failed alone

        with contextlib.suppress(OSError):
            if shutil.disk_usage(path.parent).free < _ROOM:
                return DatabaseFault("db_full", fault.path)
    return fault


def _gives_all(*paths: Path) -> bool:
    """Whether the disk gives every byte of the files: SQLite calls a database corrupt that it could not read."""
    try:
        for one in paths:
            if one.exists():
                with one.open("rb") as file:
                    while file.read(_ROOM):
                        pass
    except OSError:
        return False
    return True


class _Snapshot(driver.Connection):  # type: ignore[misc]  # the driver ships no types
    """A connection to what was committed when it was made; it sees nothing that was written since."""


def is_snapshot(connection: Connection) -> bool:
    """Whether a reader's connection is a snapshot: the disk took nothing when it was opened."""
    return isinstance(connection, _Snapshot)


def _snapshot(path: Path, key: str, fault: DatabaseFault) -> Connection:
    """What was committed, where not even the lock file of a WAL can be made. Raises `fault` if that cannot be read."""
    import shutil  # both for a disk that failed alone
    import tempfile

    try:
        if not _has_wal(path):
            return _open(path, key, "mode=ro&immutable=1", read_only=True, create=False, older=False, snapshot=True)
        # an immutable view would silently miss what the WAL holds: both are put where there is room, still encrypted
        with tempfile.TemporaryDirectory(dir=_memory(), ignore_cleanup_errors=True) as folder:
            copy = Path(folder, path.name)
            for one in (path, _wal(path)):
                shutil.copyfile(one, copy.with_name(one.name))
            return _open(copy, key, "mode=rw", read_only=True, create=False, older=False, snapshot=True)
    except driver.Error as error:
        raise told(error, path) or fault from None
    except OSError:
        raise fault from None


def _memory() -> str | None:
    """The folder that lies in memory, where there is one; else the system's temporary files."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108 - the folder made in it is private


def look_at(path: Path) -> None:
    """Raises DatabaseFault for a file that is not there, cannot be reached, or is too small to be ours."""
    # only stat: closing any descriptor of ours on the live file would drop SQLite's locks
    try:
        found = path.stat()
    except FileNotFoundError:
        raise DatabaseFault("db_missing", str(path)) from None
    except OSError:
        raise DatabaseFault("db_no_access", str(path)) from None
    if not stat.S_ISREG(found.st_mode):
        raise DatabaseFault("db_foreign", str(path))
    if found.st_size == 0:
        raise DatabaseFault("db_empty", str(path))
    if found.st_size < _PAGE:  # SQLite takes such a file for an empty database, and would write to it
        raise DatabaseFault("db_truncated", str(path))


def _open(
    path: Path, key: str, query: str, *, read_only: bool, create: bool, older: bool, snapshot: bool = False
) -> Connection:
    made_by = {"factory": _Snapshot} if snapshot else {}
    connection = driver.connect(path.absolute().as_uri() + "?" + query, uri=True, isolation_level=None, **made_by)
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")  # it would write across the screen, by stderr
        connection.execute(f"PRAGMA key = \"x'{key}'\"")
        _read_header(connection, path)
        for name, value, expected in _PRAGMAS:
            connection.execute(f"PRAGMA {name} = {value}")
            if (got := connection.execute(f"PRAGMA {name}").fetchone()[0]) != expected:
                raise driver.OperationalError(f"pragma {name} is {got}")
        if not create:
            _recognise(connection, path, older=older)  # before anything that could write to a file of somebody else's
        if read_only:
            connection.execute("PRAGMA query_only = ON")
        elif connection.execute("PRAGMA journal_mode = WAL").fetchone()[0] != "wal":
            raise driver.OperationalError("pragma journal_mode is not wal")
    except BaseException:
        connection.close()
        raise
    return connection


def _read_header(connection: Connection, path: Path) -> None:
    """The first read that needs the key; page 1 alone, so what is corrupt here is the length it names."""
    try:
        connection.execute("PRAGMA application_id").fetchone()  # page_count would read the schema as well
    except driver.DatabaseError as error:
        if getattr(error, "sqlite_errorname", "") == "SQLITE_CORRUPT":
            raise DatabaseFault("db_truncated", str(path)) from None
        raise


def _recognise(connection: Connection, path: Path, *, older: bool) -> None:
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise DatabaseFault("db_foreign", str(path))
    if (version := connection.execute("PRAGMA user_version").fetchone()[0]) > SCHEMA:
        raise DatabaseFault("db_newer", str(path))
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    # with a filled WAL the file may rightly be shorter than the database is
    if not _has_wal(path) and path.stat().st_size < connection.execute("PRAGMA page_count").fetchone()[0] * _PAGE:
        raise DatabaseFault("db_truncated", str(path))
    if version < SCHEMA and not older:
        raise DatabaseFault("db_older", str(path))


def _wal(path: Path) -> Path:
    return path.with_name(path.name + "-wal")


def _has_wal(path: Path) -> bool:
    return _wal(path).exists() and _wal(path).stat().st_size > 0


def _is_plain_sqlite(path: Path) -> bool:
    try:
        connection = driver.connect(path.absolute().as_uri() + "?mode=ro", uri=True)
    except driver.Error:
        return False
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except driver.Error:
        return False
    finally:
        connection.close()
    return True
