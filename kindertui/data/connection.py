"""The one place that opens the database: driver, key, pragmas, each asserted after it was set."""

import stat
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as driver

from kindertui.domain.faults import DatabaseFault, fault_of

DriverError = driver.Error
Connection = Any  # the driver ships no types; every query takes this and gives back typed values

APPLICATION_ID = 0x6B696E64  # "kind"
SCHEMA = 5
# SQLite before 3.51.3 can lose a WAL when two connections reset it (sqlite.org/releaselog/3_51_3.html).
_OLDEST = (3, 51, 3)
_PAGE = 4096  # SQLCipher 4's page size: no file of ours is smaller

_PRAGMAS: tuple[tuple[str, str, object], ...] = (
    ("busy_timeout", "5000", 5000),
    ("foreign_keys", "ON", 1),
    ("secure_delete", "ON", 1),
    ("synchronous", "FULL", 2),
    ("temp_store", "MEMORY", 2),
)


def connect(path: Path, key: str, *, read_only: bool = False, create: bool = False, older: bool = False) -> Connection:
    """A connection in autocommit mode with every safety pragma in force.

    Raises DatabaseFault when the file is missing, empty, foreign, newer, truncated or cannot be read with the key;
    `db_older` for an earlier schema of ours (see upgrading.py), unless `older` asks for that one too.
    On a full or read-only disk a reader falls back to an immutable view, so allergies and phone numbers stay visible.
    """
    if driver.sqlite_version_info < _OLDEST:
        raise DatabaseFault("db_old_driver", str(path))
    if not create:
        look_at(path)
    mode = "ro" if read_only else ("rwc" if create else "rw")
    try:
        return _open(path, key, f"mode={mode}", read_only=read_only, create=create, older=older)
    except driver.Error as error:
        fault = fault_of(error, str(path)) or DatabaseFault("db_damaged", str(path))
        if read_only and fault.rule in ("db_full", "db_read_only", "db_no_access"):
            return _immutable(path, key, fault)
        if fault.rule == "db_damaged" and _is_plain_sqlite(path):
            fault = DatabaseFault("db_foreign", str(path))
        raise fault from None


def _immutable(path: Path, key: str, fault: DatabaseFault) -> Connection:
    if _has_wal(path):
        raise fault  # an immutable view would silently miss what the WAL holds
    try:
        return _open(path, key, "mode=ro&immutable=1", read_only=True, create=False, older=False)
    except driver.Error as error:
        raise fault_of(error, str(path)) or fault from None


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


def _open(path: Path, key: str, query: str, *, read_only: bool, create: bool, older: bool) -> Connection:
    connection = driver.connect(path.absolute().as_uri() + "?" + query, uri=True, isolation_level=None)
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


def _has_wal(path: Path) -> bool:
    wal = path.with_name(path.name + "-wal")
    return wal.exists() and wal.stat().st_size > 0


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
