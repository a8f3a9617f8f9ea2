"""Reads an xlsx file from outside as rows of text. It is checked as a zip before openpyxl sees it."""

import io
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from datetime import datetime, time
from typing import Any

import openpyxl
from msgspec import Struct

from kindertui.domain.intake_roster import FileRefused
from kindertui.portal.readers import source

MAX_PARTS = 200
MAX_UNPACKED = 50 * 1024 * 1024
MAX_RATIO = 100
_MAX_COLUMNS = 100
_LAST_ROW = 1_048_576  # of any spreadsheet program


class SheetRow(Struct, frozen=True):
    """One row that is not empty; `problems` holds (column number from 0, rule) of cells that cannot be taken."""

    number: int
    cells: tuple[str, ...]
    problems: tuple[tuple[int, str], ...] = ()


def parts(data: bytes) -> set[str]:
    """The names of the zip's parts; refused for their number, size, ratio, a password, a document type or UTF-16."""
    source.check_size(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            found = archive.infolist()
            unpacked = sum(part.file_size for part in found)
            packed = max(sum(part.compress_size for part in found), 1)
            if len(found) > MAX_PARTS or unpacked > MAX_UNPACKED or unpacked > packed * MAX_RATIO:
                raise FileRefused("xlsx_too_large", {"limit": str(MAX_UNPACKED // 1024 // 1024)})
            for part in found:
                # a part gives no more bytes than it declares, so the sum above is the most there can be
                if part.filename.endswith((".xml", ".rels")):
                    _look_into(archive.read(part))
            return {part.filename for part in found}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError):
        raise FileRefused("xlsx_malformed") from None


def sheets(data: bytes) -> Iterator[list[SheetRow]]:
    """The rows of each sheet in turn; raises FileRefused for a file that is no honest workbook."""
    parts(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a workbook without styles is no news for the staff
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
            result = []
            for sheet in book.worksheets:
                sheet.reset_dimensions()  # what a file says of its size may be old: rows below it would be lost unsaid
                result.append(list(_rows(sheet.iter_rows(max_col=_MAX_COLUMNS))))
            book.close()
    except FileRefused:
        raise
    except Exception:  # openpyxl meets a damaged file with a dozen kinds of exception
        raise FileRefused("xlsx_malformed") from None
    yield from result


def _rows(rows: Iterable[tuple[Any, ...]]) -> Iterator[SheetRow]:
    count, filler = 0, None
    for number, row in enumerate(rows, 1):
        if number > _LAST_ROW:
            raise FileRefused("xlsx_malformed")
        if row is filler:  # openpyxl gives one and the same row for each that is missing: a million before a stray cell
            continue
        texts, problems = [], []
        for column, cell in enumerate(row):
            if cell.data_type in ("f", "e"):
                problems.append((column, "cell_formula" if cell.data_type == "f" else "cell_error"))
            texts.append("" if cell.data_type in ("f", "e") else _text(cell.value))
        while texts and not texts[-1]:
            texts.pop()
        if not texts and not problems:
            filler = row
            continue
        count += 1
        if count > source.MAX_ROWS + 1:
            raise FileRefused("too_many_rows", {"limit": str(source.MAX_ROWS)}, number)
        yield SheetRow(number, tuple(texts), tuple(problems))


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime) and value.time() == time(0):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _look_into(part: bytes) -> None:
    if part.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in part:
        raise FileRefused("xlsx_malformed")  # no spreadsheet writes UTF-16 parts, but a hidden document type would
    if b"<!DOCTYPE" in part or b"<!ENTITY" in part:
        raise FileRefused("xml_dtd")
