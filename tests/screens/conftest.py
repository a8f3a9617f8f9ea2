"""What most tests of the screens begin with: half past ten on a day on which everybody of Vlinders came at eight."""

from collections.abc import Iterator

import pytest
import time_machine
from sqlcipher3 import dbapi2 as driver

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


class Disk(driver.Connection):  # type: ignore[misc]
    """A disk that takes nothing while it is `full`: COMMIT fails, before anything is done."""

    full = False
    after = False  # once: COMMIT is done, and fails all the same; from then on it is full
    asked = 0  # how often it refused

    def commit(self) -> None:
        if Disk.after and self.in_transaction:
            super().commit()
            Disk.after, Disk.full = False, True
            error = driver.OperationalError("disk I/O error")
            error.sqlite_errorname = "SQLITE_IOERR_FSYNC"
            raise error
        if Disk.full and self.in_transaction:
            Disk.asked += 1
            error = driver.OperationalError("database or disk is full")
            error.sqlite_errorname = "SQLITE_FULL"
            raise error
        super().commit()


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Disk]]:
    """The disk under the location; set `full` to have it refuse, and it is asked again only when it is told to."""
    real = driver.connect
    monkeypatch.setattr(driver, "connect", lambda *a, **k: real(*a, **k, factory=Disk))
    monkeypatch.setattr("kindertui.domain.pauses.FIRST", 3600.0)
    monkeypatch.setattr("kindertui.domain.pauses.LONGEST", 3600.0)
    Disk.full, Disk.after, Disk.asked = False, False, 0
    yield Disk
    Disk.full = False
