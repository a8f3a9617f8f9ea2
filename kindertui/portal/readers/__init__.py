"""Readers of roster files: recognised by content, read whole, refused line by line; the database is not touched."""

from datetime import date
from pathlib import Path

from kindertui.domain.intake_roster import FileRefused, Format, RosterFile
from kindertui.portal.readers import source

__all__ = ["FileRefused", "read", "read_bytes", "recognise", "recognise_bytes"]


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
    if data.startswith(b"PK\x03\x04"):
        from kindertui.portal.readers import workbook

        return workbook.recognise(data)
    if source.looks_like_xml(data):
        from kindertui.portal.readers import xml

        return xml.recognise(data)
    if source.looks_binary(data):
        raise FileRefused("format_unknown")
    from kindertui.portal.readers import table

    return table.recognise(data)


def read_bytes(data: bytes, format: Format | None = None, *, today: date) -> RosterFile:
    """`read` for a content already read."""
    found = recognise_bytes(data)
    if format is not None and format != found:
        raise FileRefused("format_mismatch", {"format": format, "found": found})
    if found == "edexml":
        from kindertui.portal.readers import edexml

        return edexml.read(data, today)
    if found == "social-schools-xlsx":
        from kindertui.portal.readers import social_schools

        return social_schools.read(data, today)
    if found == "csv":
        from kindertui.portal.readers import own_csv

        return own_csv.read(data, today)
    raise FileRefused("format_later", {"format": found})
