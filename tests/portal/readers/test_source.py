"""Getting the bytes: once, of a regular file, within the limit, and not while somebody writes it."""

import io
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kindertui.portal.readers import FileRefused, read, recognise, source

CSV = b"given_name;surname;birth_date;group\nNoor;Smit;2025-02-03;Egels\n"


def refused_rule(path: Path) -> str:
    with pytest.raises(FileRefused) as refused:
        recognise(path)
    assert str(path) not in str(refused.value)
    return refused.value.rule


def test_the_name_of_the_file_says_nothing(tmp_path: Path) -> None:
    path = tmp_path / "roster.xml"
    path.write_bytes(CSV)
    assert recognise(path) == "csv"
    assert len(read(path, today=date(2025, 9, 1)).children) == 1


def test_what_is_no_readable_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert refused_rule(tmp_path / "nothing") == "file_missing"
    assert refused_rule(tmp_path) == "file_not_regular"
    os.mkfifo(tmp_path / "pipe")
    assert refused_rule(tmp_path / "pipe") == "file_not_regular"
    (tmp_path / "empty").touch()
    assert refused_rule(tmp_path / "empty") == "file_empty"

    def no_access(*args: object) -> int:
        raise PermissionError

    monkeypatch.setattr(os, "open", no_access)
    assert refused_rule(tmp_path / "empty") == "file_unreadable"


def test_five_megabytes_and_one_byte_more(tmp_path: Path) -> None:
    path = tmp_path / "large"
    path.write_bytes(CSV + b"\n" * (source.MAX_BYTES - len(CSV)))
    assert recognise(path) == "csv"
    with path.open("ab") as file:
        file.write(b"\n")
    assert refused_rule(path) == "file_too_large"
    os.truncate(path, 10 * source.MAX_BYTES)
    assert refused_rule(path) == "file_too_large"


@pytest.mark.parametrize("meanwhile", ["it grows", "it is written over"])
def test_a_file_that_is_written_while_it_is_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, meanwhile: str
) -> None:
    path = tmp_path / "changing"
    path.write_bytes(CSV)

    class Slow(io.BufferedReader):
        def read(self, size: int | None = -1, /) -> bytes:
            data = super().read(size)
            if meanwhile == "it grows":
                before = path.stat()
                with path.open("ab") as writer:
                    writer.write(b"more")
                os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
            else:
                os.utime(path, ns=(1, 1))
            return data

    def fdopen(descriptor: int, mode: str) -> Any:
        return Slow(io.FileIO(descriptor))

    monkeypatch.setattr(os, "fdopen", fdopen)
    assert refused_rule(path) == "file_changing"


def test_reading_a_table_loads_neither_openpyxl_nor_an_xml_parser() -> None:
    code = (
        "import sys; from datetime import date; from kindertui.portal import readers\n"
        f"readers.read_bytes({CSV!r}, today=date(2025, 9, 1))\n"
        "print([name for name in ('openpyxl', 'defusedxml', 'textual', 'sqlalchemy') if name in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
