"""The portal of a location, with a profile of its own and with the neutral one."""

from pathlib import Path

import pytest

from kindertui.data.act import Actor
from kindertui.data.store import Store
from kindertui.portal.profile import load
from tests.conftest import People
from tests.portal.world import Portal


@pytest.fixture
def portal(store: Store, ina: Actor, people: People, tmp_path: Path) -> Portal:
    return Portal(store, ina, people, load("bitcare"), tmp_path)


@pytest.fixture
def neutral(store: Store, ina: Actor, people: People, tmp_path: Path) -> Portal:
    return Portal(store, ina, people, load("open"), tmp_path)
