"""Keys go to the place they were typed for, however fast they come: one door hands them on, one at a time."""

import asyncio
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import time_machine
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from benchmarks import bursts, places
from kindertui.data.connection import connect
from kindertui.data.keys import read_keys
from kindertui.locations import Locations
from kindertui.screens.place import PlaceScreen
from kindertui.screens.places.absences import AbsencesScreen
from kindertui.screens.places.roster import RosterScreen
from kindertui.screens.sheets.pick import PickSheet
from tests.conftest import People
from tests.screens.acting import opened, settle
from tests.screens.hands import entries, line, send_keys, until

PLACES = {"1": "roster", "2": "day", "3": "absences", "4": "messages", "5": "portal", "6": "overview"}


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Locations]:
    with time_machine.travel(bursts.NOW, tick=False):
        yield bursts.location(tmp_path_factory.mktemp("bursts") / "base")


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(pieces=st.lists(st.sampled_from(bursts.PIECES), min_size=2, max_size=8))
def test_a_burst_does_what_it_does_with_pauses(base: Locations, tmp_path: Path, pieces: list[str]) -> None:
    keys = bursts.keys_of(pieces)
    with time_machine.travel(bursts.NOW, tick=False):
        fast, unhandled = asyncio.run(bursts.outcome(base, tmp_path / "fast", keys, pauses=False))
        slow, _ = asyncio.run(bursts.outcome(base, tmp_path / "slow", keys, pauses=True))
    assert fast == slow and unhandled == 0


def records(place: Locations) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, but for drafts, and keys counted."""
    with closing(connect(place.database, read_keys(place).database, read_only=True)) as db:
        tables = [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {one: db.execute(f"SELECT * FROM {one}").fetchall() for one in tables if one not in _OWN}


_OWN = {"draft", "effort"}  # what is written of the typing itself
_LETTERS = st.text(st.sampled_from("abcdefghijklmnoprstuvwxyz0123456789 .,é"), min_size=1, max_size=12)


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(number=st.sampled_from("345"), downs=st.integers(0, 3), letters=_LETTERS, pauses=st.booleans())
@example(number="3", downs=0, letters="kaat", pauses=False)
@example(number="3", downs=0, letters="a1all", pauses=True)
@example(number="4", downs=0, letters="p d a", pauses=True)
@example(number="5", downs=1, letters="e d", pauses=False)
def test_letters_without_enter_change_nothing_where_letters_are_commands(
    base: Locations, tmp_path: Path, number: str, downs: int, letters: str, pauses: bool
) -> None:
    before = records(base)
    place = places.locations(tmp_path / "copy")
    shutil.copytree(base.data, place.data)
    with time_machine.travel(bursts.NOW, tick=False):
        asyncio.run(bursts.typed(place, (number, "v", *["down"] * downs, *letters), pauses=pauses))
    after = records(place)
    shutil.rmtree(place.data)
    assert after == before


@pytest.mark.parametrize("number", PLACES)
async def test_a_name_behind_a_place_is_no_command_of_the_place_before(inside: Locations, number: str) -> None:
    """On the absences `k` acknowledges, on the messages `a` answers: not of a name that is typed for the roster."""
    async with opened(inside, number) as (app, pilot):
        before = app.state.store.reader.execute("SELECT count(*) FROM journal").fetchone()
        send_keys(app, *"1kate in")
        await until(pilot, lambda: isinstance(app.screen, RosterScreen) and line(app) == "kate in")
        assert app.state.store.reader.execute("SELECT count(*) FROM journal").fetchone() == before


@pytest.mark.parametrize("number", PLACES)
async def test_a_line_behind_a_place_is_entered_there(inside: Locations, people: People, number: str) -> None:
    async with opened(inside, number) as (app, pilot):
        send_keys(app, *"1aya n one", "enter")
        await until(pilot, lambda: entries(app, people.children["Aya"])[-1].text == "one")
        assert isinstance(app.screen, RosterScreen) and line(app) == ""


@pytest.mark.parametrize("key", ["ctrl+p", "slash", "exclamation_mark"])
@pytest.mark.parametrize("number", PLACES)
async def test_a_sheet_behind_a_place_opens_over_that_place(inside: Locations, number: str, key: str) -> None:
    async with opened(inside, number) as (app, pilot):
        send_keys(app, "3", key)
        await until(pilot, lambda: app.keys.idle and not isinstance(app.screen, PlaceScreen))
        assert isinstance(app.screen_stack[-2], AbsencesScreen)


async def test_what_is_typed_behind_a_sheet_is_typed_into_it(inside: Locations, people: People) -> None:
    async with opened(inside) as (app, pilot):
        send_keys(app, "slash", *"noor", "enter", *"n two", "enter")  # of another group
        await until(pilot, lambda: [one.text for one in entries(app, people.children["Noor"])] == ["two"])
        assert isinstance(app.screen, RosterScreen)


async def test_a_bound_key_keeps_its_place_among_the_letters(inside: Locations) -> None:
    async with opened(inside) as (app, pilot):
        send_keys(app, *"b 15", "backspace", "8", "0", "left", "backspace", "9", "end", "0")
        await until(pilot, lambda: line(app) == "b 1900")
        send_keys(app, "ctrl+u", *"in", "ctrl+h", "ctrl+h", "o")
        await until(pilot, lambda: line(app) == "o")
        send_keys(
            app, "escape", "slash", *"kot", "backspace", "ctrl+h", "left", "a", "end", *"ts", "home", "delete", "c"
        )
        await settle(pilot)
        assert isinstance(app.screen, PickSheet) and app.screen.query_one("#pick").value == "ckts"  # type: ignore[attr-defined]


async def test_what_is_typed_behind_a_refused_correction_corrects_nothing(inside: Locations, people: People) -> None:
    async with opened(inside, "2", "enter") as (app, pilot):
        send_keys(app, *"-700", "enter", *"n two", "enter")
        await until(pilot, lambda: [one.kind for one in entries(app, people.children["Aya"])] == ["arrival", "note"])
        assert entries(app, people.children["Aya"])[0].rev == 1


async def test_a_refused_line_is_not_shown_to_the_next_person(inside: Locations, people: People) -> None:
    async with opened(inside) as (app, pilot):
        send_keys(app, *"bram n", "enter", *"x", "escape", "ctrl+l", *"jay", "enter")
        await until(pilot, lambda: app.keys.idle and app.state.actor is not None and app.state.actor.name == "Jayne")
        send_keys(app, *"aya n two", "enter")
        await until(pilot, lambda: entries(app, people.children["Aya"])[-1].text == "two")
        await settle(pilot)
        assert line(app) == ""
