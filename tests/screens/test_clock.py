"""A clock that may be wrong is asked about before anything is written."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from kindertui.app import KinderApp
from kindertui.domain.faults import Refused
from kindertui.locations import Locations
from kindertui.screens.place import PlaceScreen
from kindertui.screens.who import WhoScreen
from tests.screens.acting import ZONE, press, shown
from tests.screens.hands import until, until_shown


@pytest.mark.parametrize("days", [-400, -2, 5, 365 * 40])
async def test_it_is_asked_and_nothing_is_written_before(place: Locations, days: int) -> None:
    with time_machine.travel(datetime.now(ZONE) + timedelta(days=days)):
        app = KinderApp(place, by="Ina")
        async with app.run_test() as pilot:
            await until_shown(pilot, "Is the clock right?", "The last entry was written")
            await press(pilot, *"aya", "enter")  # typed without looking: decides nothing
            assert "Is the clock right?" in shown(app)
            await press(pilot, "escape")
            await until(pilot, lambda: isinstance(app.screen, WhoScreen))
            await press(pilot, "enter")  # Ina again
            await until_shown(pilot, "Is the clock right?")
            await press(pilot, "enter")
            await until(pilot, lambda: isinstance(app.screen, PlaceScreen))
            assert app.state.store.reader.execute("SELECT count(*) FROM entry").fetchone() == (0,)


async def test_a_clock_that_is_set_back_while_the_screens_are_open_is_asked_about(place: Locations) -> None:
    now = datetime.now(ZONE)
    with time_machine.travel(now) as traveller:
        app = KinderApp(place, by="Ina")
        async with app.run_test() as pilot:
            await until(pilot, lambda: app.sign_in._sure_at is not None)
            traveller.move_to(now - timedelta(minutes=4))
            app._look()
            assert isinstance(app.screen, PlaceScreen)
            traveller.move_to(now - timedelta(minutes=6))
            app._look()
            await until_shown(pilot, "Is the clock right?")
            await press(pilot, "enter")
            await until(pilot, lambda: isinstance(app.screen, PlaceScreen))
            app._look()
            assert isinstance(app.screen, PlaceScreen)  # asked once


@pytest.mark.parametrize("year", [1970, 2000, 9999])
def test_a_year_that_cannot_be_opens_nothing(place: Locations, year: int) -> None:
    moment = datetime(year, 12, 31, 23, 30, tzinfo=UTC)
    with time_machine.travel(moment), pytest.raises(Refused, match="clock_year"):
        KinderApp(place, by="Ina")
