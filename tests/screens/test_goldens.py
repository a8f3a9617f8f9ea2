"""The roster and the day as they stand on the screen, line by line, at both sizes. KINDERTUI_GOLDENS=write renews them.

The clock, the people and their birth dates are fixed, so the text is the same on every machine and in every year.
"""

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
import time_machine

from kindertui.data.act import Actor
from kindertui.data.creation import NewLocation, create
from kindertui.data.store import Store
from kindertui.locations import Locations
from tests.conftest import _fill
from tests.screens.acting import NARROW, WIDE, ZONE, opened, press, shown
from tests.screens.hands import book, type_line

GOLDENS = Path(__file__).parent / "goldens"
FRIDAY = datetime(2026, 11, 20, 12, 41, tzinfo=ZONE)


@pytest.fixture
def lived(home: Locations, monkeypatch: pytest.MonkeyPatch) -> Iterator[Locations]:
    """A Friday at 12:41: a nap that wants a look, a lunch, a bottle, a correction to come, one sick, one missed."""
    monkeypatch.setenv("KINDERTUI_LANGUAGE", "en")
    with time_machine.travel(FRIDAY, tick=False):
        create(home, NewLocation("De Tuin", "bitcare", "en", "Europe/Amsterdam"))
        with Store(home) as store:
            people = store.call(_fill, Actor("system", "system"))
        ina = Actor(people.staff["Ina"], "Ina", "test:1")
        book(
            home,
            ina,
            people.groups["Vlinders"],
            "aya in 802; b 1130 180/150; d 1110 wet; s 1230",
            "bram in 810; lunch 1135 most; s 1210",
            "emma v in 831; n 1020 speelt [buiten]",
            "emma j sick",
        )
        yield home


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["120x36", "80x24"])
@pytest.mark.parametrize("name", ["roster", "day"])
async def test_it_stands_as_it_stood(lived: Locations, name: str, size: tuple[int, int]) -> None:
    async with opened(lived, *(("2",) if name == "day" else ()), size=size) as (app, pilot):
        if name == "roster":
            await press(pilot, "down")
            await type_line(pilot, "lunch 1130-1150 brood kaas ¾")
            await pilot.pause()
        text = shown(app).rstrip() + "\n"
    golden = GOLDENS / f"{name}-{size[0]}x{size[1]}.txt"
    if os.environ.get("KINDERTUI_GOLDENS") == "write":
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")
