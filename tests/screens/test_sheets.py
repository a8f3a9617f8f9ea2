"""The sheets over a place: read, pick, ask; Esc closes each, and nothing is done that was not picked."""

from textual.widgets import Input

from kindertui.locations import Locations
from kindertui.screens.place import PlaceScreen
from kindertui.screens.sheets.ask import AskSheet
from kindertui.screens.sheets.pick import PickSheet
from kindertui.widgets.table import Cell, Row, RowTable
from tests.conftest import People
from tests.screens.acting import NARROW, opened, press, settle, shown
from tests.screens.hands import do_line, house_screen, line, status, until


async def test_finding_a_child_narrows_as_one_types_and_goes_to_another_group(place: Locations, people: People) -> None:
    async with opened(place, "slash") as (app, pilot):
        sheet = app.screen
        assert isinstance(sheet, PickSheet) and len(sheet.query_one(RowTable).keys) == 6
        await pilot.press(*"ostergard")  # accents and case do not matter
        await until(pilot, lambda: sheet.query_one(RowTable).keys == [people.children["Søren"]])
        await press(pilot, "escape")
        assert app.state.child_id == people.children["Aya"]  # nothing was picked
        await press(pilot, "slash", *"zzz")
        assert "nothing like that" in shown(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, PickSheet)  # there is nothing to pick
        await press(pilot, "escape", "slash", *"amr", "ctrl+j")
        assert app.state.group_id == people.groups["Uilen"] and app.state.child_id == people.children["Noor"]
        assert "▸ Noor El Amrani" in shown(app)
        await press(pilot, "slash", "down", "down", "enter")
        assert "▸ Emma Jansen" in shown(app)


async def test_the_group_is_picked_or_typed(place: Locations, people: People) -> None:
    async with opened(place, "space", "ctrl+g") as (app, pilot):
        assert isinstance(app.screen, PickSheet)
        await press(pilot, *"uil", "enter")
        assert app.state.group_id == people.groups["Uilen"] and not app.state.marked
        await do_line(pilot, "group all")
        assert app.state.group_id is None and "all groups" in shown(app) and "Aya Bakker" in shown(app)
        await do_line(pilot, "group nobody")
        assert status(app) == "Which group is nobody? ctrl+g shows them all."
        await press(pilot, "ctrl+g", "escape")
        assert app.state.group_id is None


async def test_what_is_read_can_be_moved_in_and_is_closed_by_esc_and_by_enter(place: Locations) -> None:
    async with opened(place, size=NARROW) as (app, pilot):
        await press(pilot, "question_mark", "enter")
        assert isinstance(app.screen, PlaceScreen)
        await press(pilot, "question_mark")
        assert "Leaves the program" not in shown(app)
        await press(pilot, "end")
        assert "Leaves the program" in shown(app)  # the last of all, however small the window
        await press(pilot, "escape")
        assert line(app) == ""


async def test_a_line_is_asked_until_it_will_do(place: Locations) -> None:
    answers: list[str | None] = []
    async with opened(place) as (app, pilot):
        check = {"": "Say why.", "[/]": "[b]Not[/b] that."}
        app.push_screen(AskSheet("[/] Why?", check=lambda text: check.get(text, "")), answers.append)
        await press(pilot, "enter")
        assert "[/] Why?" in shown(app) and "Say why." in shown(app) and not answers
        app.screen.query_one(Input).value = "[/]"
        await press(pilot, "enter")
        assert "[b]Not[/b] that." in shown(app)
        app.screen.query_one(Input).value = " ill "
        await press(pilot, "enter")
        assert answers == ["ill"]
        app.push_screen(AskSheet("Why?"), answers.append)
        await press(pilot, "x", "escape")
        assert answers == ["ill", None] and house_screen(app)


async def test_a_double_click_picks_once(place: Locations, people: People) -> None:
    async with opened(place, "slash") as (app, pilot):
        table = app.screen.query_one(RowTable)
        for _click in range(2):
            table.post_message(RowTable.Chosen(people.children["Bram"], twice=False))
        await settle(pilot)
        assert app.state.child_id == people.children["Bram"] and house_screen(app)


async def test_one_that_must_be_answered_stays(place: Locations) -> None:
    answers: list[str | None] = []
    async with opened(place) as (app, pilot):
        rows = [Row("a", (Cell("[@click=app.quit]one"),)), Row("b", (Cell("two"),))]
        app.push_screen(PickSheet("Which?", rows, may_close=False), answers.append)
        await press(pilot, "t", "escape")
        assert isinstance(app.screen, PickSheet) and app.screen.query_one(Input).value == ""
        assert "[@click=app.quit]one" in shown(app) and not answers
        await press(pilot, *"two", "enter")
        assert answers == ["b"]
