"""Gets a file's bytes: once, from one descriptor, and never more than the limit."""

import os
from pathlib import Path

from kindertui.domain.intake_roster import FileRefused
from kindertui.files import NotRegular, open_regular

MAX_BYTES = 5 * 1024 * 1024
MAX_ROWS = 10_000
_XML_STARTS = (b"<", b"\xff\xfe<\x00", b"\xfe\xff\x00<")


def load(path: Path) -> bytes:
    """The whole content, or as much as shows that it is too large. Refused: no regular file, written to meanwhile."""
    try:
        file = open_regular(path)
    except FileNotFoundError:
        raise FileRefused("file_missing") from None
    except (NotRegular, IsADirectoryError):
        raise FileRefused("file_not_regular") from None
    except OSError:
        raise FileRefused("file_unreadable") from None
    with file:
        before = os.fstat(file.fileno())
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
