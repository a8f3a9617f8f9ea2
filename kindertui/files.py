"""Opens the files that people and other programs name, and gets names onto the disk."""

import errno
import os
import stat
from io import BufferedReader
from pathlib import Path


class NotRegular(OSError):
    """A folder, a named pipe, a device: no file that holds something."""


def open_regular(path: Path) -> BufferedReader:
    """A file for reading, from one descriptor. Raises OSError, and NotRegular for what is no regular file."""
    # without O_NONBLOCK a named pipe would hold the program until somebody writes to it
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise NotRegular(errno.EINVAL, os.strerror(errno.EINVAL), str(path))
    return os.fdopen(handle, "rb")


def sync(folder: Path) -> None:
    """Has the names in a folder on the disk before anything else is done. Raises OSError."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
