"""The one table of commands: every key does what it says on every place it claims, or says why not."""

from collections.abc import Iterator
from importlib import import_module

import pytest
from textual._wait import wait_for_idle
from textual.pilot import Pilot
from textual.widgets import Input

from kindertui import commands
from kindertui.app import KinderApp
from kindertui.commands import COMMANDS, PLACES, Place, State
from kindertui.data import queries
from kindertui.data.store import Store
from kindertui.domain.entry.command_words import CHILD_COMMANDS, COMMAND_WORDS
from kindertui.domain.entry.words import (
    fold,
    vocabulary,
)
from kindertui.locations import Locations
from kindertui.phrases.entry_help import help_lines
from kindertui.portal import profile
from kindertui.screens.app_state import AppState
from kindertui.screens.commands import COMMANDS as EVERYWHERE
from kindertui.screens.place import PlaceScreen
from kindertui.screens.sheets.call_list import CallListSheet
from kindertui.screens.sheets.paper import PaperSheet
from kindertui.screens.sheets.pick import PickSheet
from kindertui.screens.sheets.read import ReadSheet
from kindertui.screens.sheets.sheet import WritingSheet
from kindertui.screens.who import WhoScreen
from kindertui.widgets.entry_line import _ALWAYS, _EMPTY_KEYS
from tests.screens.acting import NARROW, opened, press, shown
from tests.screens.hands import house_screen, line, morning, send_keys, status, type_line, until

BY_THE_PROGRAM = {"lock"}  # no screen has a part in it


@pytest.fixture(autouse=True)
def _english(home: Locations, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("KINDERTUI_LANGUAGE", "en")
    with morning():
        yield


@pytest.fixture
def state(store: Store) -> AppState:
    location = queries.location(store.reader)
    return AppState(store, location, queries.zone_of(location), profile.load("open"), "en")


def screen_of(place: Place) -> type[PlaceScreen]:
    room = import_module(f"kindertui.screens.places.{place}")
    found: type[PlaceScreen] = getattr(room, f"{place.title()}Screen")
    return found


@pytest.mark.parametrize("name", PLACES)
def test_every_command_has_somebody_who_does_it_on_every_place_it_claims(state: AppState, name: Place) -> None:
    screen = screen_of(name)(state)
    assert name == screen.PLACE
    assert screen.actions().keys() <= {command.id for command in COMMANDS}
    left = {
        command.id
        for command in COMMANDS
        if command.at(name)
        and command.id not in screen.actions()
        and command.id not in EVERYWHERE
        and command.id not in BY_THE_PROGRAM
        and command.id.removeprefix("go_") not in PLACES
    }
    assert not left


def test_no_key_means_two_things_on_one_place_and_no_word_two_commands() -> None:
    for place in PLACES:
        keys = [key for command in COMMANDS if command.at(place) for key in command.keys]
        assert len(keys) == len(set(keys)), place
    words = [command.word for command in COMMANDS if command.word]
    assert len(words) == len(set(words))
    assert len({command.id for command in COMMANDS}) == len(COMMANDS)


def test_keys_of_an_empty_line_are_handed_on_by_the_line_and_the_others_are_no_letters() -> None:
    for command in COMMANDS:
        where = command.places or PLACES
        for key in command.keys:
            if not set(where) & set(commands.LINE_PLACES):
                continue  # single letters are commands there
            if command.empty:
                assert key in _EMPTY_KEYS | _ALWAYS, command.id
            else:
                assert len(key) > 1, command.id  # a letter would never arrive


@pytest.mark.parametrize("language", COMMAND_WORDS)
def test_every_word_of_a_command_means_it_in_each_language(language: str) -> None:
    assert COMMAND_WORDS[language].keys() | {"incident"} == commands.BY_WORD.keys()  # a verb too: alone it is a command
    known = vocabulary(language)
    for name, words in COMMAND_WORDS[language].items():
        for word in words.split():
            assert (known.words[fold(word)].category, known.words[fold(word)].name) == ("command", name)


@pytest.mark.parametrize("place", PLACES)
def test_help_names_every_key_and_word_of_its_place(place: Place) -> None:
    text = "\n".join(words for words, _tone in help_lines(place, "en"))
    for command in COMMANDS:
        told = command.help in text and all(commands.key_name(key) in text for key in command.keys)
        assert told == command.at(place), command.id


def test_a_reason_why_not_is_a_sentence() -> None:
    blocked = [
        why
        for command in COMMANDS
        for state in (State("roster"), State("absences", row=True, reported=False), State("absences", row=True))
        if (why := command.enabled(state))
    ]
    assert blocked and all(why.endswith(".") and why[0].isupper() for why in blocked)


@pytest.mark.parametrize("name", PLACES)
async def test_every_key_can_be_pressed_on_every_place_that_claims_it(place: Locations, name: Place) -> None:
    async with opened(place, str(PLACES.index(name) + 1)) as (app, pilot):
        assert name == house_screen(app).PLACE
        for command in COMMANDS:
            if not command.at(name) or command.id == "quit" or command.id.startswith("go_"):
                continue
            if command.places == () and name not in ("roster", "absences") and command.id != "complete":
                continue  # the same everywhere: tried where letters are text and where they are commands
            for key in command.keys:
                send_keys(app, key)
                await wait_for_idle(0)
                await back_to(app, pilot, name)
        assert app.is_running and app._exception is None
        await pilot.press("ctrl+q")
        await until(pilot, lambda: app.return_code == 0)


async def back_to(app: KinderApp, pilot: Pilot[int], name: Place) -> None:
    """Closes what a key has opened."""
    if not isinstance(app.screen, PlaceScreen):
        send_keys(app, "enter" if isinstance(app.screen, WhoScreen) else "escape")
        await until(pilot, lambda: isinstance(app.screen, PlaceScreen))
    if app.current_mode != name:
        await app.switch_mode(name)


async def test_the_palette_lists_them_all_and_says_why_not(place: Locations) -> None:
    async with opened(place, "2", "ctrl+p", size=NARROW) as (app, pilot):
        sheet = app.screen
        assert isinstance(sheet, PickSheet)
        rows = {row.key: row for row in sheet._rows}
        assert set(rows) == {command.id for command in COMMANDS}
        assert rows["delete"].cells[2].text == "There is nothing under the cursor."  # an empty day
        assert rows["delete"].cells[1].text == "Del"
        assert rows["export"].cells[2].text == "on the screen portal"
        assert rows["week"].cells[1].text == "week"
        await type_line_in_sheet(pilot, app, "every version")
        inside = " ".join(" ".join(row[4:76] for row in shown(app).splitlines()).split())
        assert rows["history"].cells[2].text in inside  # in full, however narrow
        for _ in "every version":
            send_keys(app, "backspace")
        await type_line_in_sheet(pilot, app, "mark all who")
        await press(pilot, "enter")  # it is for another screen: it says so and does nothing
        assert house_screen(app).PLACE == "day" and "for another screen" in status(app)
        await press(pilot, "ctrl+p")
        await type_line_in_sheet(pilot, app, "overview")
        await press(pilot, "enter")
        assert house_screen(app).PLACE == "overview"


async def type_line_in_sheet(pilot: Pilot[int], app: KinderApp, text: str) -> None:
    send_keys(app, *text)
    await until(pilot, lambda: app.screen.query_one("#pick", Input).value == text)
    await pilot.pause()


async def test_a_blocked_key_says_why(place: Locations) -> None:
    async with opened(place, "2", "delete") as (app, _pilot):
        assert status(app) == "There is nothing under the cursor."


@pytest.mark.parametrize("screen", ["1", "2"])
async def test_every_word_does_something_or_says_why_not(place: Locations, screen: str) -> None:
    async with opened(place, screen) as (app, pilot):
        for name, words in COMMAND_WORDS["en"].items():
            if name == "quit":
                continue
            before = (app.theme, app.state.language, app.state.group_id)
            house_screen(app).status.say("")
            await type_line(pilot, words.split()[0])
            await press(pilot, "enter")
            moved = not isinstance(app.screen, PlaceScreen)
            if name in (CHILD_COMMANDS | {"help", "evacuation"}) - {"report"}:  # there is none without an incident
                assert isinstance(app.screen, ReadSheet | PaperSheet | WritingSheet | CallListSheet), name
            else:
                now = (app.theme, app.state.language, app.state.group_id)
                assert moved or now != before or status(app), name
            if moved:
                await press(pilot, "enter" if name == "lock" else "escape")
            if name == "language":
                await type_line(pilot, "taal en")
                await press(pilot, "enter")
                assert app.state.language == "en"
            assert isinstance(app.screen, PlaceScreen) and line(app) == ""
        assert "›" in shown(app)
        await type_line(pilot, "quit")
        await press(pilot, "enter")
        assert app.return_code == 0
