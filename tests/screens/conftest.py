"""What most tests of the screens begin with: half past ten on a day on which everybody of Vlinders came at eight."""

from collections.abc import Iterator

import pytest
import time_machine

from kindertui.data.act import Actor
from kindertui.locations import Locations
from tests.conftest import People
from tests.screens.hands import book, morning


@pytest.fixture(autouse=True)
def clock(home: Locations) -> Iterator[time_machine.Traveller]:
    """Today at half past ten; the traveller moves it on."""
    with morning() as traveller:
        yield traveller


@pytest.fixture
def inside(clock: time_machine.Traveller, place: Locations, people: People, ina: Actor) -> Locations:
    """The small location with everybody of Vlinders in since eight."""
    book(place, ina, people.groups["Vlinders"], "all in 800")
    return place
