"""Entries that are missing are told at the start and at each signing in, until a manager has taken note."""

import shutil
from pathlib import Path

import pytest

from kindertui.app import KinderApp
from kindertui.data import models
from kindertui.data.act import Actor, Tx
from kindertui.data.store import Store
from kindertui.locations import Locations
from kindertui.screens.place import PlaceScreen
from tests.screens.acting import press, shown
from tests.screens.hands import until, until_shown


def add(tx: Tx, name: str) -> None:
    tx.add(models.Staff, name=name)


@pytest.fixture
def older(place: Locations, tmp_path: Path) -> Locations:
    """The small location as it was one act ago."""
    with Store(place) as store:
        store.call(add, Actor("x", "x"), "Anna")
    shutil.copy(place.database, tmp_path / "copy")
    with Store(place) as store:
        store.call(add, Actor("x", "x"), "Bob")
    shutil.copy(tmp_path / "copy", place.database)
    return place


async def test_it_is_told_until_a_manager_takes_note(older: Locations) -> None:
    app = KinderApp(older, by="Jayne")
    async with app.run_test() as pilot:
        await until_shown(pilot, "Entries are missing", "Entries since")
        await press(pilot, "enter")
        assert "Entries are missing" in shown(app)
        await press(pilot, "f2")
        await until_shown(pilot, "Only a location manager")
        await press(pilot, "escape")
        await until(pilot, lambda: isinstance(app.screen, PlaceScreen))
    app = KinderApp(older, by="Marit")
    async with app.run_test() as pilot:
        await until_shown(pilot, "Entries are missing")
        await press(pilot, "f2")
        await until(pilot, lambda: isinstance(app.screen, PlaceScreen))
    app = KinderApp(older, by="Jayne")
    async with app.run_test() as pilot:
        await until(pilot, lambda: app._looking is not None)
        assert isinstance(app.screen, PlaceScreen)


async def test_it_is_told_behind_the_question_who_is_there(older: Locations) -> None:
    app = KinderApp(older)
    async with app.run_test() as pilot:
        await pilot.press(*"jayne", "enter")
        await until_shown(pilot, "Entries are missing")
