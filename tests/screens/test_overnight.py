"""A child who stays over midnight, on the screens: in, asleep, on the evacuation list, and woken by `w`."""

from datetime import datetime, timedelta

import pytest
import time_machine

from kindertui.data.act import Actor
from kindertui.locations import Locations
from tests.conftest import People
from tests.screens.acting import NARROW, WIDE, ZONE, opened, press, shown
from tests.screens.hands import book, do_line, entries, line, status, until, until_shown


def night_of(clock: time_machine.Traveller, hour: int, minute: int, *, days: int = 0) -> None:
    day = datetime.now(ZONE).date() + timedelta(days=days)
    clock.move_to(datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZONE))


@pytest.fixture
def evening(place: Locations, people: People, ina: Actor, clock: time_machine.Traveller) -> Locations:
    """Aya came at eight in the evening and fell asleep; it is twenty-five past midnight."""
    night_of(clock, 21, 0)
    book(place, ina, people.groups["Vlinders"], "aya in 2000; s 2030")
    night_of(clock, 0, 25, days=1)
    return place


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_she_is_in_and_asleep_on_every_screen(evening: Locations, size: tuple[int, int]) -> None:
    async with opened(evening, size=size) as (app, pilot):
        row = next(one for one in shown(app).splitlines() if "Aya Bakker" in one)
        assert "20:00" in row and "3:55" in row
        assert "1 in" in shown(app)
        await press(pilot, "exclamation_mark")
        assert "Aya Bakker" in shown(app) and "asleep" in shown(app)
        await press(pilot, "escape", "6")
        await until_shown(pilot, "1 of ")
        await press(pilot, "1", "2")
        assert "since yesterday: in since 20:00, sleep 20:30–…" in shown(app) and "░" in shown(app)
        await press(pilot, "left_square_bracket")
        assert "20:30" in shown(app) and "since yesterday" not in shown(app)


async def test_w_wakes_her_and_out_signs_her_out(evening: Locations, people: People) -> None:
    async with opened(evening) as (app, pilot):
        aya = people.children["Aya"]
        await do_line(pilot, "w")
        await until(pilot, lambda: status(app).startswith("saved"))
        row = next(one for one in shown(app).splitlines() if "Aya Bakker" in one)
        assert "20:30–00:25" in row
        await do_line(pilot, "aya out")
        await until(pilot, lambda: [one.kind for one in entries(app, aya)] == ["departure"])
        assert "gone home 00:25" in shown(app)
        await press(pilot, "left_square_bracket")
        assert [one.kind for one in entries(app, aya)] == ["arrival", "sleep"]
        await press(pilot, "comma")
        assert "Aya" not in shown(app) or "still in" not in shown(app)


async def test_who_was_not_signed_out_is_asked_for_at_her_row(
    place: Locations, people: People, ina: Actor, clock: time_machine.Traveller
) -> None:
    book(place, ina, people.groups["Vlinders"], "aya in 800")
    night_of(clock, 7, 40, days=1)
    async with opened(place, size=NARROW) as (app, pilot):
        row = next(one for one in shown(app).splitlines() if "Aya Bakker" in one)
        assert "not signed out yesterday (,)" in row and "0 in" in shown(app)
        await do_line(pilot, "aya out")
        assert "was not signed out yesterday (in at 08:00)" in shown(app).replace("\n", " ")
        await press(pilot, "escape", "comma", "enter")
        await until(pilot, lambda: line(app) == "out ")
        assert app.state.shown_day == datetime.now(ZONE).date() - timedelta(days=1)


async def test_midnight_passes_on_an_open_screen(
    place: Locations, people: People, ina: Actor, clock: time_machine.Traveller
) -> None:
    night_of(clock, 23, 59)
    book(place, ina, people.groups["Vlinders"], "aya in 2000")
    async with opened(place) as (app, pilot):
        assert "1 in" in shown(app)
        clock.shift(120)
        await until(pilot, lambda: "00:01" in shown(app))
        assert "1 in" in shown(app) and "20:00" in next(one for one in shown(app).splitlines() if "Aya Bakker" in one)


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_the_week_says_what_its_hours_do_not_show(evening: Locations, size: tuple[int, int]) -> None:
    async with opened(evening, size=size) as (app, pilot):
        await do_line(pilot, "w 0010")
        await until(pilot, lambda: status(app).startswith("saved"))
        await do_line(pilot, "week")
        await until_shown(pilot, "Five days of")
        row = next(one for one in shown(app).splitlines() if "3:40" in one)
        assert "3:40 · 20:30–00:10" in row and not set("█░▌▐") & set(row)
