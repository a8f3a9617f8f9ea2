"""What several tests of the data share: a Friday at noon, and the neutral rules."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

from kindertui.domain.policy import Policy
from kindertui.portal import profile

ZONE = ZoneInfo("Europe/Amsterdam")
NOON = datetime(2026, 11, 20, 12, 41, 30, tzinfo=ZONE)  # a Friday


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """Stands still at NOON; a module asks for it with `usefixtures`."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def policy() -> Policy:
    return profile.load("open")
