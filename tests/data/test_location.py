"""The open location's clock."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

from kindertui.data import queries
from kindertui.data.location import OpenLocation
from kindertui.data.store import Store
from kindertui.domain.policy import Policy


class State(OpenLocation, kw_only=True, eq=False):
    """What a screen adds to it."""

    language: str


@pytest.mark.parametrize(
    ("zone", "today"), [("Europe/Amsterdam", date(2026, 11, 20)), ("Pacific/Kiritimati", date(2026, 11, 21))]
)
def test_today_is_the_day_where_the_location_is(store: Store, policy: Policy, zone: str, today: date) -> None:
    place = State(queries.location(store.reader), ZoneInfo(zone), lambda: policy, language="en")
    with time_machine.travel(datetime(2026, 11, 20, 22, 30, tzinfo=UTC), tick=False):
        assert place.today == today
        assert place.now() == datetime(2026, 11, 20, 22, 30, tzinfo=UTC)
        assert place.now().tzinfo == place.zone
    assert (place.location.name, place.language) == ("De Tuin", "en")


def test_the_rules_are_loaded_when_they_are_asked_for_and_once(store: Store, policy: Policy) -> None:
    loaded: list[Policy] = []

    def load() -> Policy:
        loaded.append(policy)
        return policy

    place = State(queries.location(store.reader), ZoneInfo("UTC"), load, language="en")
    assert loaded == []
    assert place.policy is place.policy is policy
    assert loaded == [policy]
