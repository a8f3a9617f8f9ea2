"""Readers of roster files: recognised by content, read whole, refused line by line; the database is not touched."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeAlias

from kindertui.domain.intake_roster import FileRefused, Format, RosterFile
from kindertui.portal.readers import own_csv, source, text_table

__all__ = ["FileRefused", "read", "read_bytes", "recognise", "recognise_bytes"]

_Reader: TypeAlias = Callable[[bytes, date], RosterFile]

# Formats that are recognised and not read yet.
_ONEROSTER_FILES = frozenset({"users.csv", "orgs.csv"})
_ONEROSTER_COLUMNS = frozenset({"sourcedid", "usersourcedid", "classsourcedid", "orgsourcedid"})
_BABY_BUDDY_COLUMNS = (
    {"first_name", "last_name", "birth_date"}, {"child_id", "start", "end"}, {"child_id", "time"}, {"child_id", "note"},
)  # fmt: skip
_PIFU = "http://pifu.no/xsd/pifu-ims_sas/"


def recognise(path: Path) -> Format:
    """The format of a file by what is in it, never by its name; raises FileRefused where it is none we know."""
    return recognise_bytes(source.load(path))


def read(path: Path, format: Format | None = None, *, today: date) -> RosterFile:
    """Reads a roster file of at most 5 MB; `today` decides who has left. Raises FileRefused, with a rule and a line.

    The file is read once, from one descriptor. A `format` that was asked for and is not what is there is refused too.
    """
    return read_bytes(source.load(path), format, today=today)


def recognise_bytes(data: bytes) -> Format:
    """`recognise` for a content already read."""
    return _recognised(data)[0]


def read_bytes(data: bytes, format: Format | None = None, *, today: date) -> RosterFile:
    """`read` for a content already read."""
    found, reader = _recognised(data)
    if format is not None and format != found:
        raise FileRefused("format_mismatch", {"format": format, "found": found})
    if reader is None:
        raise FileRefused("format_later", {"format": found})
    return reader(data, today)


def _recognised(data: bytes) -> tuple[Format, _Reader | None]:
    """The format and its reader; the reader is None for a format that is not read yet.

    openpyxl and the XML parser are heavy, so the modules that need them are imported when such a file is there.
    """
    if data.startswith(b"PK\x03\x04"):
        return _workbook(data)
    if source.looks_like_xml(data):
        return _xml(data)
    if source.looks_binary(data):
        raise FileRefused("format_unknown")
    names = {name.strip().casefold() for name in text_table.header(data)}
    if names & _ONEROSTER_COLUMNS:
        return "oneroster", None
    if own_csv.is_mine(names):
        return "csv", own_csv.read
    if any(names >= wanted for wanted in _BABY_BUDDY_COLUMNS):
        return "babybuddy", None
    raise FileRefused("format_unknown")


def _workbook(data: bytes) -> tuple[Format, _Reader | None]:
    """What kind of zip this is: by its parts, then by the header of its first filled sheet."""
    from kindertui.portal.readers import social_schools, workbook

    parts = workbook.parts(data)
    if _ONEROSTER_FILES & {name.rpartition("/")[2].casefold() for name in parts}:
        return "oneroster", None
    if "xl/workbook.xml" in parts and any(
        social_schools.is_mine(rows[0].cells) for rows in workbook.sheets(data) if rows
    ):
        return "social-schools-xlsx", social_schools.read
    raise FileRefused("format_unknown")


def _xml(data: bytes) -> tuple[Format, _Reader | None]:
    """EDEXML or PIFU-IMS by the root element."""
    from kindertui.portal.readers import edexml, xml

    name, namespace = xml.root(data)
    if edexml.is_mine(name):
        return "edexml", edexml.read
    if name == "enterprise" and namespace.startswith(_PIFU):
        return "pifu-ims", None
    raise FileRefused("xml_root")
