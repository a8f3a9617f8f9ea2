"""A verb that writes says what speaks against the clock, and refuses one that is behind the last entry."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from kindertui.locations import Locations
from tests.cli.conftest import Cli

LINE = ("log", "aya n 0900 hello", "--by", "Ina", "--yes", "--day")


@pytest.mark.parametrize(
    ("days", "code", "says"), [(-400, 1, "after that"), (-2, 1, "after that"), (9, 0, "was written on")]
)
def test_what_speaks_against_it_is_said(cli: Cli, place: Locations, days: int, code: int, says: str) -> None:
    now = datetime.now(UTC) + timedelta(days=days)
    with time_machine.travel(now):
        ran = cli(*LINE, (now - timedelta(days=1)).date().isoformat())
        assert ran.code == code
        assert says in ran.err
        assert cli("today").code == 0  # whoever only looks is not asked


@pytest.mark.parametrize("year", [1970, 9999])
@pytest.mark.parametrize("verb", [("today",), (*LINE, "2026-12-01")])
def test_a_year_that_cannot_be_is_one_sentence(cli: Cli, place: Locations, year: int, verb: tuple[str, ...]) -> None:
    with time_machine.travel(datetime(year, 12, 31, 23, 30, tzinfo=UTC)):
        ran = cli(*verb)
        assert (ran.code, len(ran.sentences)) == (1, 1)
        assert f"{year}-12-31" in ran.err


def test_no_location_is_made_in_such_a_year(cli: Cli, home: Locations) -> None:
    with time_machine.travel(datetime(1970, 1, 1, tzinfo=UTC)):
        ran = cli("init", "--location", "X", "--profile", "open", "--timezone", "Europe/Amsterdam")
    assert ran.code == 1
    assert not home.database.exists()
