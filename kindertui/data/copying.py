"""Copies of a database by its own means, and the private folder in which files are made before they get their name."""

import contextlib
import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from kindertui.data.connection import Connection, DriverError, connect, told
from kindertui.data.keys import alone
from kindertui.domain.faults import DatabaseFault

Progress = Callable[[int, int], None]  # done, of how many
_PAGES = 1024  # copied between two looks at how far it is
_WORK = ".kindertui-work-"

# The driver gives what a copy fails with SQLite's words and no code (sqlite3_errstr).
_CODES = {
    "attempt to write a readonly database": "SQLITE_READONLY",
    "database disk image is malformed": "SQLITE_CORRUPT",
    "database is locked": "SQLITE_BUSY",
    "database or disk is full": "SQLITE_FULL",
    "disk I/O error": "SQLITE_IOERR",
    "file is not a database": "SQLITE_NOTADB",
    "out of memory": "SQLITE_NOMEM",
}


def copy(source: Connection, target: Connection, progress: Progress | None = None) -> None:
    """Copies a database as it is at one moment, page by page, each under the target's key; others may write meanwhile.

    Raises the driver's error, with SQLite's code.
    """
    step = None if progress is None else lambda status, left, total: progress(total - left, total)
    source.execute("BEGIN")  # one moment, however many steps
    try:
        source.execute("SELECT count(*) FROM sqlite_master").fetchone()
        source.backup(target, pages=_PAGES, progress=step)
    except DriverError as error:
        if not getattr(error, "sqlite_errorname", None):
            error.sqlite_errorname = _CODES.get(str(error), "")
        raise
    finally:
        source.execute("ROLLBACK")
    target.execute("PRAGMA journal_mode = DELETE").fetchone()  # all in one file


def copy_file(source: Path, source_key: str, target: Path, key: str) -> None:
    """A new file with what was committed, readable with `key`, of any schema. Raises DatabaseFault and OSError.

    Nothing is overwritten.
    """
    create(target)
    with (
        closing(connect(source, source_key, read_only=True, older=True)) as from_file,
        closing(connect(target, key, create=True)) as to_file,
    ):
        try:
            copy(from_file, to_file)
        except DriverError as error:
            raise told(error, target) or DatabaseFault("db_disk", str(target)) from None


def create(path: Path) -> None:
    """Makes an empty file that nobody else can read: SQLite gives what it puts beside it the same rights."""
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600))


@contextmanager
def work_folder(parent: Path) -> Iterator[Path]:
    """A private folder inside `parent`, gone in the end. What killed programs left of theirs is taken away first.

    Raises OSError.
    """
    with alone(parent):
        _sweep(parent)
        folder = Path(tempfile.mkdtemp(prefix=_WORK, dir=parent))
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        fcntl.flock(handle, fcntl.LOCK_EX)  # goes with the process: who can have it finds a folder of a dead one
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(handle)


def _sweep(parent: Path) -> None:
    for folder in parent.glob(_WORK + "*"):
        with contextlib.suppress(OSError):  # somebody's who is at it, or not ours to remove
            handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder, ignore_errors=True)
            finally:
                os.close(handle)
