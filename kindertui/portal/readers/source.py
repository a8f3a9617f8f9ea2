"""Gets a file's bytes: once, from one descriptor, and never more than the limit."""

import os
import stat
from pathlib import Path

from kindertui.domain.intake_roster import FileRefused

MAX_BYTES = 5 * 1024 * 1024
MAX_ROWS = 10_000
_XML_STARTS = (b"<", b"\xff\xfe<\x00", b"\xfe\xff\x00<")


def load(path: Path) -> bytes:
    """The whole content, or as much as shows that it is too large. Refused: no regular file, written to meanwhile."""
    try:
        # without O_NONBLOCK a named pipe would hold the program until somebody writes to it
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except FileNotFoundError:
        raise FileRefused("file_missing") from None
    except IsADirectoryError:
        raise FileRefused("file_not_regular") from None
    except OSError:
        raise FileRefused("file_unreadable") from None
    before = os.fstat(descriptor)
    if not stat.S_ISREG(before.st_mode):
        os.close(descriptor)
        raise FileRefused("file_not_regular")
    with os.fdopen(descriptor, "rb") as file:
        try:
            data = file.read(MAX_BYTES + 1)
        except OSError:
            raise FileRefused("file_unreadable") from None
        after = os.fstat(file.fileno())
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise FileRefused("file_changing")
    return data


def check_size(data: bytes) -> None:
    """Refuses what is empty or over the limit."""
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf"):
        raise FileRefused("file_empty")
    if len(data) > MAX_BYTES:
        raise FileRefused("file_too_large", {"limit": str(MAX_BYTES // 1024 // 1024)})


def looks_like_xml(data: bytes) -> bool:
    """Does the first character that is no space open a tag? (UTF-8 with or without mark, UTF-16 with mark)"""
    return data.removeprefix(b"\xef\xbb\xbf").lstrip(b" \t\r\n").startswith(_XML_STARTS)


def looks_binary(data: bytes) -> bool:
    """A picture, an old spreadsheet, a database: what holds NUL near its start and is no UTF-16."""
    return b"\x00" in data[:512] and not data.startswith((b"\xff\xfe", b"\xfe\xff"))


def line_of(data: bytes, offset: int) -> int:
    """The line, from 1, that the byte at `offset` stands on."""
    return data.count(b"\n", 0, offset) + 1
