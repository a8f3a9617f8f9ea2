"""Copies of a database by its own means, and the private folder in which files are made before they get their name."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from kindertui.data.connection import DriverError, connect, told
from kindertui.data.keys import alone
from kindertui.domain.faults import DatabaseFault

Progress = Callable[[int, int], None]  # done, of how many
_PAGES = 1024  # in one step of a copy
_WORK = ".kindertui-work-"


def copy_database(
    source: Path, key: str, target: Path, target_key: str, *, older: bool = False, progress: Progress | None = None
) -> None:
    """A new file with what was committed, readable with `target_key`; others may write meanwhile.

    Raises DatabaseFault, and FileExistsError: nothing is overwritten.
    """
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600))
    about = source
    try:
        with closing(connect(source, key, read_only=True, older=older)) as from_file:
            about = target
            with closing(connect(target, target_key, create=True)) as to_file:
                from_file.execute("BEGIN")  # one moment, however many steps
                from_file.execute("SELECT count(*) FROM sqlite_master").fetchone()
                step = None if progress is None else lambda status, left, total: progress(total - left, total)
                from_file.backup(to_file, pages=_PAGES, progress=step)
    except DriverError as error:
        raise told(error, about) or DatabaseFault("db_disk", str(about)) from None


def sync(path: Path) -> None:
    """Has a file or a folder written to the disk before anything else is done. Raises OSError."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


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
        with suppress(OSError):  # somebody's who is at it, or not ours to remove
            handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder, ignore_errors=True)
            finally:
                os.close(handle)
