"""The head count on the screen, twice; and in and out of many in one line."""

import pytest
from textual.pilot import Pilot

from kindertui.app import KinderApp
from kindertui.data import head_counts as writer
from kindertui.data.connection import connect, read_key
from kindertui.data.queries import head_counts
from kindertui.data.store import Actor
from kindertui.domain.faults import DatabaseFault
from kindertui.domain.head_count import HeadCount
from kindertui.locations import Locations
from kindertui.screens.base import HouseScreen
from kindertui.screens.counting import CountSheet
from kindertui.screens.sheets import ReadSheet
from kindertui.widgets.foot import Foot
from tests.conftest import People
from tests.screens.acting import HOSTILE, NARROW, opened, press, shown
from tests.screens.hands import book, enter_line, entries, kinds, send_keys, status, type_line, until


@pytest.fixture
def inside(place: Locations, people: People, ina: Actor) -> Locations:
    book(place, ina, people.groups["Vlinders"], "all -søren in 800")  # Aya, Bram, two Emmas
    return place


async def count(pilot: Pilot[int], text: str = "count") -> None:
    await type_line(pilot, text)
    await press(pilot, "enter")


def foot(app: KinderApp) -> str:
    return str(app.screen.query_one(Foot).content)


def kept(app: KinderApp) -> tuple[HeadCount, ...]:
    house = app.house
    return head_counts.of_day(house.store.reader, house.now().date(), house.zone)


async def test_two_counts_by_keys_are_one_record_and_one_undo(inside: Locations, people: People) -> None:
    async with opened(inside, size=NARROW) as (app, pilot):
        await count(pilot, "count trip zoo")
        assert "First count · Vlinders · trip zoo" in shown(app) and "0 of 4: Enter here" in shown(app)
        # in one burst: Emma Visser, the next, Bram, the last
        send_keys(app, "v", "i", "s", "enter", "space", "b", "space", "space")
        await until(pilot, lambda: "▸ 4 of 4" in shown(app))
        await press(pilot, "space", "enter")  # a space on the last row ticks nobody off
        assert "Second count · Vlinders · trip zoo" in shown(app) and "First count 10:30: 4 of 4" in shown(app)
        assert "▸ [ ] Aya Bakker" in shown(app) and not kept(app)
        await press(pilot, "space", "space", "space", "space", "ctrl+j")
        assert isinstance(app.screen, HouseScreen)
        assert "counted twice: 4 and 4 of 4 (trip zoo)" in status(app)
        (found,) = kept(app)
        assert found.first == found.second == found.expected and found.group_id == people.groups["Vlinders"]
        await press(pilot, "ctrl+z")
        await until(pilot, lambda: "taken back: head count" in status(app))
        assert not kept(app)
        await count(pilot, "counts")
        assert "No heads were counted on this day yet" in shown(app)


async def test_who_is_missing_is_named_before_and_after(inside: Locations, people: People) -> None:
    async with opened(inside) as (app, pilot):
        await count(pilot)
        await press(pilot, "end", "enter")
        assert "MISSING: Aya Bakker, Bram de Wit, Emma Jansen, Emma Visser. Look again" in foot(app)
        await press(pilot, "up", "space", "end", "enter")  # looked again
        assert "MISSING: Aya Bakker, Bram de Wit, Emma Jansen. Look again" in foot(app)
        assert "First count" in shown(app)
        await press(pilot, "enter")
        assert "Second count" in shown(app)
        await press(pilot, "a", "enter", "enter", "enter", "end", "enter", "enter")
        assert "MISSING at the second count: Emma Visser" in status(app)
        (found,) = kept(app)
        emma = people.children["Emma Visser"]
        assert found.first == (emma,) and emma not in found.second and len(found.second) == 3
        await count(pilot, "counts")
        assert isinstance(app.screen, ReadSheet) and "missing at the first count, found at the second: Aya" in shown(
            app
        )


async def test_leaving_asks_when_ticks_would_go_and_the_first_count_waits(inside: Locations) -> None:
    async with opened(inside) as (app, pilot):
        await count(pilot, "count zoo")
        await press(pilot, "x")
        assert "Nobody here begins with x." in shown(app)
        await press(pilot, "b", "backspace", "b", "escape", "space", "escape")
        assert "Esc once more leaves" in shown(app)
        await press(pilot, "space", "space", "space", "escape", "escape")
        assert isinstance(app.screen, HouseScreen) and not kept(app)
        await count(pilot, "count zoo")
        assert "0 of 4: Enter" in shown(app)
        await press(pilot, "space", "space", "space", "space", "enter", "escape")
        assert isinstance(app.screen, HouseScreen)
        await enter_line(pilot, "bram out mother")
        await count(pilot, "counts")
        assert "The second is still to come" in shown(app)
        await press(pilot, "escape")
        await count(pilot)
        assert "Second count · Vlinders · zoo" in shown(app) and "gone home 10:30" in shown(
            app
        )  # Bram counts all the same
        await press(pilot, "space", "delete", "delete")
        assert "First count" in shown(app) and "0 of 4: Enter" in shown(app)


async def test_the_marked_ones_are_counted_by_mouse_as_well(inside: Locations) -> None:
    async with opened(inside, "space", "space") as (app, pilot):
        await count(pilot)
        assert isinstance(app.screen, CountSheet) and "0 of 2: Enter here" in shown(app)
        await pilot.click("#count", offset=(8, 0))
        await pilot.click("#count", offset=(8, 1))
        await pilot.click("#count", offset=(8, 2))
        assert "Second count" in shown(app)
        await pilot.click(Foot, offset=(2, app.screen.query_one(Foot).region.height - 1))
        assert "1 of 2: Enter here" in shown(app)


async def test_a_count_that_cannot_be_saved_stays(inside: Locations, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(*_given: object) -> None:
        raise DatabaseFault("db_locked", "kindertui.db")

    async with opened(inside, "space") as (app, pilot):
        await count(pilot)
        await press(pilot, "space", "enter", "space")
        with monkeypatch.context() as patched:
            patched.setattr(writer, "keep_count", locked)
            await press(pilot, "enter")
            assert "another window is saving" in foot(app) and not kept(app)
        assert isinstance(app.screen, CountSheet) and app.house.first_count is not None
        await press(pilot, "enter")
        assert isinstance(app.screen, HouseScreen) and len(kept(app)) == 1


async def test_nobody_in_is_nobody_to_count(place: Locations) -> None:
    async with opened(place) as (app, pilot):
        await count(pilot)
        assert status(app) == "Nobody to count is in."


async def test_whatever_children_are_called_and_counted_for(inside: Locations, people: People) -> None:
    db = connect(inside.database, read_key(inside.key))
    with db:
        for child_id, name in zip(people.children.values(), HOSTILE, strict=False):
            db.execute("UPDATE child SET given_name = ?, surname = '' WHERE id = ?", (name, child_id))
    db.close()
    async with opened(inside, size=NARROW) as (app, pilot):
        await count(pilot, "count [b]zoo[/b] [@click=app.quit]x")
        now = shown(app)
        assert "[b]zoo[/b] [@click=app.quit]x" in now and "[ ] [b]Mia[/b] [allergic] Nuts" in now
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
