"""Runs the command line inside the test's own process: `cli("today", "--json")` gives code, stdout, stderr."""

import io
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlcipher3 import dbapi2

from kindertui.cli import main
from kindertui.data.keys import read_keys
from kindertui.locations import Locations


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """The one JSON document on stdout: a second one, or anything else there, fails here."""
        return json.loads(self.out)

    @property
    def sentences(self) -> list[str]:
        return self.err.splitlines()


Cli = Callable[..., Ran]

# The day before, so that no line of these tests lies in the future, whatever the clock says.
YESTERDAY = (datetime.now(UTC) - timedelta(days=1)).date().isoformat()
ON = ("--day", YESTERDAY, "--by", "Ina")


def in_english(place: Locations) -> dict[str, str]:
    """The environment of a process of its own on this place."""
    return {**os.environ, "KINDERTUI_HOME": str(place.data), "KINDERTUI_LANGUAGE": "en"}


def run_sql(place: Locations, sql: str, *values: str) -> list[Any]:
    """Runs a statement on the database past the program, as nobody should; gives the rows."""
    connection = dbapi2.connect(str(place.database))
    connection.execute(f"PRAGMA key = \"x'{read_keys(place).database}'\"")
    rows: list[Any] = connection.execute(sql, values).fetchall()
    connection.commit()
    connection.close()
    return rows


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Cli]:
    """In English, without a terminal; `stdin` is what a pipe would bring."""
    monkeypatch.setenv("KINDERTUI_LANGUAGE", "en")
    before = os.umask(0o077)

    def run(*arguments: str, stdin: str = "") -> Ran:
        monkeypatch.setattr("sys.stdin", io.StringIO(stdin))
        capsys.readouterr()
        code = main(arguments)
        printed = capsys.readouterr()
        return Ran(code, printed.out, printed.err)

    yield run
    os.umask(before)
