"""A location where it is about noon, whatever the clock of the machine says: the programs run on the real clock."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kindertui.data.act import Actor
from kindertui.data.creation import NewLocation, create
from kindertui.data.store import Store
from kindertui.locations import Locations
from tests.conftest import People, _fill


def noon_zone() -> str:
    """The zone without clock changes where it is between twelve and one now (Etc/GMT+n lies west of Greenwich)."""
    return f"Etc/GMT{datetime.now(UTC).hour - 12:+d}" if datetime.now(UTC).hour != 12 else "Etc/GMT"


@pytest.fixture(scope="session")
def _noon(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, People]:
    folder = tmp_path_factory.mktemp("noon")
    place = Locations(data=folder, config=folder, state=folder)
    create(place, NewLocation("De Tuin", "bitcare", "en", noon_zone()))
    with Store(place) as store:
        people = store.call(_fill, Actor("system", "system"))
    return folder, people


@pytest.fixture
def people(_noon: tuple[Path, People]) -> People:
    return _noon[1]


@pytest.fixture
def place(home: Locations, _noon: tuple[Path, People]) -> Locations:
    """The small location, closed, at noon."""
    shutil.copytree(_noon[0], home.data)
    return home
