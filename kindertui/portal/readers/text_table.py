"""Reads a table in a text file: its encoding, separator, header, and its rows with their line numbers."""

import csv
import io
import re
from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from kindertui.domain.intake_roster import FileRefused
from kindertui.portal.readers import source

Encoding = Literal["utf-8", "cp1252"]

_WELL_FORMED = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
# What besides letters a spreadsheet writes in Windows' own encoding.
_CP1252_SIGNS = frozenset("€‚„…‘’“”•–—™´·°ºª½¼¾«»¡¿©®§\u00a0")


class TextTable(Struct, frozen=True):
    """Header names in lower case, and the rows below as (line, fields); empty rows are left out."""

    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    encoding: Encoding


def header(data: bytes) -> tuple[str, ...]:
    """The column names as they are written; raises FileRefused as `parse`."""
    _, text = decode(data)
    return next(_records(text, source.MAX_ROWS + 1), (0, ()))[1]


def parse(data: bytes) -> TextTable:
    """The table; raises FileRefused for an encoding, a quoting or a header that cannot be read."""
    encoding, text = decode(data)
    records = _records(text, source.MAX_ROWS + 1)
    _, first = next(records, (0, ()))
    return TextTable(tuple(name.strip().casefold() for name in first), tuple(records), encoding)


def decode(data: bytes) -> tuple[Encoding, str]:
    """UTF-8 with or without a mark, else Windows-1252 where all of it reads so; else refused with the line."""
    source.check_size(data)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in data:
        first = data.find(b"\x00")
        raise FileRefused("text_encoding", line=source.line_of(data, max(first, 0)))
    try:
        return "utf-8", data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        bad = error.start
    # some of it good UTF-8 and some not: two encodings in one file, and no way to know what was meant
    if _WELL_FORMED.search(data):
        raise FileRefused("text_encoding", line=source.line_of(data, bad))
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise FileRefused("text_encoding", line=source.line_of(data, error.start)) from None
    for line, part in enumerate(text.split("\n"), 1):
        if any(not (sign.isascii() or sign.isalpha() or sign in _CP1252_SIGNS) for sign in part):
            raise FileRefused("text_encoding", line=line)
    return "cp1252", text


def _records(text: str, limit: int) -> Iterator[tuple[int, tuple[str, ...]]]:
    """(first line, fields) of every record that is not empty, at most `limit`."""
    lines = list(io.StringIO(text, newline=""))  # splits at line ends only, not at every sign Unicode calls one
    skipped = 0
    while lines and not lines[0].strip(" \t\r\n;,"):
        lines.pop(0)
        skipped += 1
    separator = ""
    if lines and (told := re.match(r"sep=([;,\t])\s*\Z", lines[0], re.IGNORECASE)):
        separator = told[1]  # a spreadsheet's own hint line
        lines.pop(0)
        skipped += 1
    if not lines:
        return
    reader = csv.reader(lines, delimiter=separator or _separator(lines[0]), strict=True)
    count = 0
    while True:
        line = reader.line_num + skipped + 1
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise FileRefused("csv_malformed", line=line) from None
        if not any(field.strip() for field in record):
            continue
        count += 1
        if count > limit:
            raise FileRefused("too_many_rows", {"limit": str(source.MAX_ROWS)}, line)
        yield line, tuple(_unguarded(field) for field in record)


def _separator(header: str) -> str:
    """The one of ; , and tab that the header has most of, outside quotes."""
    bare = re.sub(r'"[^"]*"', "", header)
    return max(";,\t", key=bare.count)


def _unguarded(field: str) -> str:
    """Takes off the ' that a careful export writes before + - = @, so that no spreadsheet reckons with it."""
    return field[1:] if re.match(r"'[=+\-@\t\r＝＋－＠]", field) else field
