"""The head count on the screen, twice; and in and out of many in one line."""

from collections.abc import Callable

import pytest
import time_machine

from kindertui.app import KinderApp
from kindertui.data import head_counts as writer
from kindertui.data.act import Actor
from kindertui.data.queries import head_counts
from kindertui.domain.faults import DatabaseFault, FaultRule
from kindertui.domain.head_counts import HeadCount
from kindertui.locations import Locations
from kindertui.screens.place import PlaceScreen
from kindertui.screens.sheets.head_count import HeadCountSheet
from kindertui.screens.sheets.read import ReadSheet
from kindertui.widgets.sheet_footer import SheetFooter
from tests.conftest import People
from tests.screens.acting import HOSTILE, NARROW, opened, press, shown
from tests.screens.hands import (
    book,
    do_line,
    enter_line,
    entries,
    kinds,
    long_names,
    send_keys,
    status,
    until,
    write_raw,
)


@pytest.fixture
def inside(place: Locations, people: People, ina: Actor) -> Locations:
    book(place, ina, people.groups["Vlinders"], "all -søren in 800")  # Aya, Bram, two Emmas
    return place


def failing(rule: FaultRule) -> Callable[..., None]:
    def write(*_given: object) -> None:
        raise DatabaseFault(rule, "kindertui.db")

    return write


def footer(app: KinderApp) -> str:
    return str(app.screen.query_one(SheetFooter).content)


def kept(app: KinderApp) -> tuple[HeadCount, ...]:
    state = app.state
    return head_counts.of_day(state.store.reader, state.now().date(), state.zone)


async def test_two_counts_by_keys_are_one_record_and_one_undo(inside: Locations, people: People) -> None:
    async with opened(inside, size=NARROW) as (app, pilot):
        await do_line(pilot, "count trip zoo")
        assert "First count · Vlinders · trip zoo" in shown(app) and "0 of 4: Enter here" in shown(app)
        # in one burst: Emma Visser, the next, Bram, the last
        send_keys(app, "v", "i", "s", "enter", "space", "b", "space", "space")
        await until(pilot, lambda: "▸ 4 of 4" in shown(app))
        await press(pilot, "space", "enter")  # a space on the last row ticks nobody off
        assert "Second count · Vlinders · trip zoo" in shown(app) and "First count 10:30: 4 of 4" in shown(app)
        assert "▸ [ ] Aya Bakker" in shown(app) and not kept(app)
        await press(pilot, "space", "space", "space", "space", "ctrl+j")
        assert isinstance(app.screen, PlaceScreen)
        assert "counted twice: 4 and 4 of 4 (trip zoo)" in status(app)
        (found,) = kept(app)
        assert found.first == found.second == found.expected and found.group_id == people.groups["Vlinders"]
        await press(pilot, "ctrl+z")
        await until(pilot, lambda: "taken back: head count" in status(app))
        assert not kept(app)
        await do_line(pilot, "counts")
        assert "No heads were counted on this day yet" in shown(app)


async def test_the_keys_stay_in_sight_however_many_are_missing(inside: Locations) -> None:
    long_names(inside)
    async with opened(inside, size=(60, 18)) as (app, pilot):
        await do_line(pilot, "count")
        top = next(at for at, one in enumerate(shown(app).splitlines()) if "[ ] Aya" in one)
        await press(pilot, "end", "enter")
        assert "MISSING: Aya" in shown(app) and "Space is here" in shown(app) and "Esc leaves" in shown(app)
        await press(pilot, "home", "space")
        assert "[x] Aya" in shown(app).splitlines()[top], "no row moves under the mouse"


async def test_who_is_missing_is_named_before_and_after(inside: Locations, people: People) -> None:
    async with opened(inside) as (app, pilot):
        await do_line(pilot, "count")
        await press(pilot, "end", "enter")
        assert "MISSING: Aya Bakker, Bram de Wit, Emma Jansen, Emma Visser. Look again" in footer(app)
        await press(pilot, "up", "space", "end", "enter")  # looked again
        assert "MISSING: Aya Bakker, Bram de Wit, Emma Jansen. Look again" in footer(app)
        assert "First count" in shown(app)
        await press(pilot, "enter")
        assert "Second count" in shown(app)
        await press(pilot, "a", "enter", "enter", "enter", "end", "enter", "enter")
        assert "MISSING at the second count: Emma Visser" in status(app)
        (found,) = kept(app)
        emma = people.children["Emma Visser"]
        assert found.first == (emma,) and emma not in found.second and len(found.second) == 3
        await do_line(pilot, "counts")
        assert isinstance(app.screen, ReadSheet) and "missing at the first count, found at the second: Aya" in shown(
            app
        )


async def test_leaving_keeps_the_ticks_and_the_first_count_waits(inside: Locations) -> None:
    async with opened(inside, size=NARROW) as (app, pilot):
        await do_line(pilot, "count zoo")
        await press(pilot, "x")
        assert "Nobody here begins with x." in shown(app)
        await press(pilot, "b", "backspace", "b", "escape", "space", "escape")
        assert status(app) == "First count, begun 10:30: 1 of 4 ticked. Type count to go on."
        await do_line(pilot, "count park")
        assert "First count · Vlinders · zoo" in shown(app) and "[x] Bram de Wit" in shown(app)
        assert "Begun 10:30, 1 of 4 ticked. Go on, or Del begins this count anew." in shown(app)
        assert "▸ [ ] Aya Bakker" in shown(app)
        await press(pilot, "delete")
        assert "0 of 4: Enter" in shown(app)
        await press(pilot, "escape")
        await do_line(pilot, "count park")  # nothing is left of the other one
        assert "First count · Vlinders · park" in shown(app)
        await press(pilot, "space", "space", "space", "space", "enter", "escape")
        assert "First count 10:30: 4 of 4. The second is still to come" in status(app)
        await enter_line(pilot, "bram out mother")
        await do_line(pilot, "counts")
        assert "10:30 · Vlinders · park" in shown(app) and "The second is still to come" in shown(app)
        await press(pilot, "escape")
        await do_line(pilot, "count")
        assert "Second count · Vlinders · park" in shown(app) and "gone home 10:30" in shown(
            app
        )  # Bram counts all the same
        await press(pilot, "space", "delete", "delete")
        assert "First count" in shown(app) and "0 of 3: Enter" in shown(app)  # he is not in any more


async def test_a_count_goes_on_for_whoever_opens_it_on_the_same_day(
    inside: Locations, people: People, clock: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(inside) as (app, pilot):
        await do_line(pilot, "count zoo")
        await press(pilot, "space", "space")
        clock.shift(300)
        await press(pilot, "ctrl+l", "j", "a", "y", "enter")
        assert isinstance(app.screen, PlaceScreen)
        await do_line(pilot, "count")
        assert "First count · Vlinders · zoo" in shown(app) and "Begun 10:30, 2 of 4 ticked." in shown(app)
        await press(pilot, "space", "space", "enter")
        assert "First count 10:35: 4 of 4." in shown(app)
        clock.shift(300)
        await press(pilot, "v", "i", "s", "space")
        app._leave_now(15)
    async with opened(inside, by="Marit") as (app, pilot):
        await do_line(pilot, "group uilen")
        await enter_line(pilot, "noor in 900")
        await do_line(pilot, "count")  # another group's count is another one
        assert "First count · Uilen" in shown(app) and "0 of 1" in shown(app)
        await press(pilot, "escape")
        await do_line(pilot, "group vlinders")
        await do_line(pilot, "count")
        assert "Second count · Vlinders · zoo" in shown(app) and "Begun 10:40, 1 of 4 ticked." in shown(app)
        await press(pilot, "space", "space", "space", "enter")
        (whole,) = kept(app)
        assert (whole.by, whole.reason, f"{whole.first_at:%H:%M}") == ("Marit", "zoo", "10:35")
        assert whole.first == whole.second == whole.expected
        await do_line(pilot, "count")
        assert "First count · Vlinders" in shown(app) and "0 of 4" in shown(app)  # it is finished
        with monkeypatch.context() as patched:
            patched.setattr(writer, "keep_counting", failing("db_full"))
            await press(pilot, "space", "escape")
            assert "the disk is full" in footer(app) and "Esc once more leaves" in footer(app)
        await press(pilot, "escape")
        assert isinstance(app.screen, PlaceScreen)
        await do_line(pilot, "count")
        await press(pilot, "space", "escape")
        clock.shift(24 * 3600)
        await press(pilot, "ctrl+l", "enter")
        book(inside, Actor(people.staff["Ina"], "Ina"), people.groups["Vlinders"], "aya bram in 800")
        await until(pilot, lambda: app.state.cache.days and app.state.cache.days[0].is_in)
        await do_line(pilot, "count")
        assert "First count · Vlinders" in shown(app) and "0 of 2" in shown(app) and "Begun" not in shown(app)


async def test_the_marked_ones_are_counted_by_mouse_as_well(inside: Locations) -> None:
    async with opened(inside, "space", "space") as (app, pilot):
        await do_line(pilot, "count")
        assert isinstance(app.screen, HeadCountSheet) and "0 of 2: Enter here" in shown(app)
        await pilot.click("#count", offset=(8, 0))
        await pilot.click("#count", offset=(8, 1))
        await pilot.click("#count", offset=(8, 2))
        assert "Second count" in shown(app)
        await pilot.click(SheetFooter, offset=(2, app.screen.query_one(SheetFooter).region.height - 1))
        assert "1 of 2: Enter here" in shown(app)


async def test_a_count_that_cannot_be_saved_stays(inside: Locations, monkeypatch: pytest.MonkeyPatch) -> None:
    async with opened(inside, "space") as (app, pilot):
        await do_line(pilot, "count")
        await press(pilot, "space", "enter", "space")
        with monkeypatch.context() as patched:
            patched.setattr(writer, "keep_count", failing("db_locked"))
            await press(pilot, "enter")
            assert "another window is saving" in footer(app) and not kept(app)
        assert isinstance(app.screen, HeadCountSheet) and "Second count" in shown(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, PlaceScreen) and len(kept(app)) == 1


async def test_nobody_in_is_nobody_to_count(place: Locations) -> None:
    async with opened(place) as (app, pilot):
        await do_line(pilot, "count")
        assert status(app) == "Nobody to count is in."


async def test_whatever_children_are_called_and_counted_for(inside: Locations, people: People) -> None:
    sql = "UPDATE child SET given_name = ?, surname = '' WHERE id = ?"
    write_raw(inside, *((sql, (name, id)) for id, name in zip(people.children.values(), HOSTILE, strict=False)))
    async with opened(inside, size=NARROW) as (app, pilot):
        await do_line(pilot, "count [b]zoo[/b] [@click=app.quit]x")
        now = shown(app)
        assert "[b]zoo[/b] [@click=app.quit]x" in now and "[ ] [b]Mia[/b] [green] Nuts" in now
        await press(pilot, "bracketleft", "left_square_bracket", "space", "space", "space", "space", "enter")
        await press(pilot, "space", "end", "enter", "enter")
        assert "MISSING at the second count: [/], [@click=app.quit]x[/]" in status(app) and not {
            "\x1b",
            "\u202e",
        } & set(shown(app))


async def test_all_in_but_three_in_one_line_and_who_fetched_is_named(place: Locations, people: People) -> None:
    async with opened(place) as (app, pilot):
        await enter_line(pilot, "all in -aya -bram -søren")
        there = {name for name, child_id in people.children.items() if kinds(app, child_id)}
        assert there == {"Emma", "Emma Visser"}
        await enter_line(pilot, "emma v out oma")
        assert entries(app, people.children["Emma Visser"])[-1].text == "oma"
        assert "gone home 10:30 · oma" in shown(app)
