"""All groups at once: in, expected, asleep, staff and need, who is missed, and what waits."""

import pytest
from textual.widgets import Static

from kindertui import i18n
from kindertui.data.act import Actor
from kindertui.domain.effort import Effort
from kindertui.locations import Locations
from kindertui.phrases.daylog import effort_lines
from kindertui.screens.places.overview import OverviewScreen
from kindertui.screens.places.roster import RosterScreen
from tests.conftest import People
from tests.screens.acting import NARROW, opened, press, shown
from tests.screens.hands import book, enter_line, status, until_shown


def of(text: str, group: str) -> list[str]:
    """The cells of a group's row."""
    row = next(one for one in text.splitlines()[2:] if one.strip(" ▸").startswith(group))
    return row.strip(" ▸").removeprefix(group).replace(" of ", "/").split()


@pytest.mark.parametrize("size", [(120, 36), NARROW])
async def test_a_row_a_group_and_what_waits_below(
    place: Locations, people: People, ina: Actor, size: tuple[int, int]
) -> None:
    book(place, ina, people.groups["Vlinders"], "aya in 800", "bram in 800", "bram s 1000", "em j sick")
    async with opened(place, "6", size=size) as (app, pilot):
        await until_shown(pilot, "records wait for the portal (5)")
        text = shown(app)
        assert of(text, "Vlinders")[:4] == ["2/4", "1", "1", "2"]
        assert of(text, "Uilen")[:4] == ["0/1", "–", "–", "0"]
        assert "nobody told us: " in text
        missing = text[text.index("nobody told us: ") :]
        assert "Emma Visser (08:00)" in missing and "Emma Jansen" not in missing and "Aya" not in missing
        book(place, ina, people.groups["Vlinders"], "søren in 800")  # another terminal
        await until_shown(pilot, "3 of 4")
        await until_shown(pilot, "told us: Emma Visser (08:00), Noor El Amrani (08:00)")
        assert "3 in of 4" in shown(app).splitlines()[0]  # the line on top as well


async def test_too_few_staff_is_said_in_words(place: Locations, people: People, ina: Actor) -> None:
    book(place, ina, people.groups["Uilen"], "noor in 800")
    async with opened(place, "6") as (app, _pilot):
        assert of(shown(app), "Uilen") == ["1/1", "–", "–", "0", "1", "one", "short"]


async def test_enter_opens_the_group_and_a_click_on_it_twice(place: Locations, people: People) -> None:
    async with opened(place, "6", "home", "enter") as (app, pilot):
        assert isinstance(app.screen, RosterScreen) and app.state.group_id == people.groups["Uilen"]
        assert "Noor El Amrani" in shown(app)
        await press(pilot, "6")
        await pilot.click("#groups", offset=(5, 2))
        await pilot.pause()
        assert isinstance(app.screen, OverviewScreen)
        await pilot.click("#groups", offset=(5, 2))
        await press(pilot)
        assert isinstance(app.screen, RosterScreen) and app.state.group_id == people.groups["Vlinders"]


async def test_what_is_missing_is_asked_of_the_group_of_the_row(place: Locations, people: People, ina: Actor) -> None:
    book(place, ina, people.groups["Vlinders"], "bram in 700; s 720")
    async with opened(place, "6", "home", "comma") as (app, pilot):
        assert (
            "Nothing is missing" in shown(app) and str(app.screen.query_one(".sheet-title", Static).content) == "Uilen"
        )
        await press(pilot, "escape", "down", "comma")
        assert "1 thing is missing: Vlinders" in shown(app)


async def test_letters_are_no_entries_here(place: Locations) -> None:
    async with opened(place, "6", "s", "b") as (app, pilot):
        assert isinstance(app.screen, OverviewScreen) and app.screen.entry.value == ""
        await press(pilot, "ctrl+z")
        assert status(app) == "There is nothing of yours to take back."


async def test_what_typing_took_is_told_of_the_location_and_counted_only_where_the_day_is_written(
    place: Locations, people: People
) -> None:
    async with opened(place, size=NARROW) as (app, pilot):
        await enter_line(pilot, "aya in 800; b 900 150")  # 21 keys and Enter
        assert app.effort.keys == 22
        await press(pilot, "down", "up", "6", "down")  # "6" is pressed on the roster, what follows is not
        assert app.effort.keys == 25
        assert "writing it down took" not in shown(app)
        await press(pilot, "1", "ctrl+l")  # the lock keeps it
        assert app.effort.keys == 0
        await press(pilot, *"jay", "enter")
        assert app.effort.keys == 0  # a name at the lock is no typing
        await press(pilot, "6")
        await until_shown(pilot, "writing it down took", "(1 child)")
        assert "today: 26 keys and " in shown(app)
        i18n.use("nl")
        told = effort_lines([Effort(app.state.shown_day, 5, 3, 2)], app.state.shown_day)
        assert told[1] == "vandaag: 2,5 toetsen en 1,5 s (2 kinderen)"
