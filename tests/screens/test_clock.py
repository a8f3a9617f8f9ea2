"""A clock that may be wrong is asked about before anything is written."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from kindertui.app import KinderApp
from kindertui.domain.faults import Refused
from kindertui.locations import Locations
from kindertui.screens.place import PlaceScreen
from kindertui.screens.sheets.notice import NoticeSheet
from kindertui.screens.who import WhoScreen
from tests.screens.acting import ZONE, opened, press, shown
from tests.screens.conftest import Disk
from tests.screens.hands import send_keys, type_line, until, until_shown


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
            await press(pilot, "f2")
            await until(pilot, lambda: isinstance(app.screen, PlaceScreen))
            assert app.state.store.reader.execute("SELECT count(*) FROM entry").fetchone() == (0,)


async def test_a_line_typed_before_anything_was_drawn_is_not_saved_before_it(place: Locations) -> None:
    with time_machine.travel(datetime.now(ZONE) + timedelta(days=5)):
        app = KinderApp(place, by="Ina")
        async with app.run_test() as pilot:
            send_keys(app, *"bram n hi", "enter")
            await until_shown(pilot, "Is the clock right?")
            await pilot.pause()
            assert app.state.store.reader.execute("SELECT count(*) FROM entry").fetchone() == (0,)


async def test_what_was_left_unsaved_waits_for_the_answer(inside: Locations, disk: type[Disk]) -> None:
    async with opened(inside) as (app, pilot):
        disk.full = True
        await type_line(pilot, "aya n one")
        send_keys(app, "enter")
        await until(pilot, lambda: app.state.not_saved == 1)
        disk.full = False
        app.state.drafts.again(now=True)
    with time_machine.travel(datetime.now(ZONE) + timedelta(days=5)):
        app = KinderApp(inside, by="Ina")
        async with app.run_test() as pilot:
            await until_shown(pilot, "Is the clock right?")
            await until(pilot, lambda: app._looking is not None)
            app._try_again()
            assert app.state.not_saved == 0 and app.state._unsaved is None
            await press(pilot, "f2")
            await until(pilot, lambda: app.state._unsaved is not None and app.state.not_saved == 0)
            await until(pilot, lambda: _notes(app) == ["one"])


async def test_the_evacuation_list_waits_for_no_answer(place: Locations) -> None:
    with time_machine.travel(datetime.now(ZONE) + timedelta(days=5)):
        app = KinderApp(place, by="Ina")
        async with app.run_test() as pilot:
            await until_shown(pilot, "Is the clock right?")
            await press(pilot, "exclamation_mark")
            await until(pilot, lambda: not isinstance(app.screen, PlaceScreen | NoticeSheet))
            app._look()
            assert not isinstance(app.screen, NoticeSheet)  # not over the list
            await press(pilot, "escape")
            await until(pilot, lambda: isinstance(app.screen, PlaceScreen))
            app._look()
            await until_shown(pilot, "Is the clock right?")


def _notes(app: KinderApp) -> list[str]:
    return [row[0] for row in app.state.store.reader.execute("SELECT text FROM entry WHERE kind = 'note'")]


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
            await press(pilot, "enter")  # behind a line, without looking
            assert "Is the clock right?" in shown(app)
            await press(pilot, "f2")
            await until(pilot, lambda: isinstance(app.screen, PlaceScreen))
            app._look()
            assert isinstance(app.screen, PlaceScreen)  # asked once


@pytest.mark.parametrize("year", [1970, 2000, 9999])
def test_a_year_that_cannot_be_opens_nothing(place: Locations, year: int) -> None:
    moment = datetime(year, 12, 31, 23, 30, tzinfo=UTC)
    with time_machine.travel(moment), pytest.raises(Refused, match="clock_year"):
        KinderApp(place, by="Ina")
