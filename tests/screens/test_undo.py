"""ctrl+z never takes back what a file brought without a question, on whatever screen and however fast the keys come."""

import json
from pathlib import Path

import pytest

from kindertui.app import KinderApp
from kindertui.data import queries
from kindertui.data.queries.absences import inbox
from kindertui.data.queries.entry_line import short_words
from kindertui.data.roster import take_in
from kindertui.data.short_words import set_short_word
from kindertui.locations import Locations
from kindertui.portal.intake import intake
from kindertui.portal.readers import read
from kindertui.screens.app_state import AppState
from kindertui.screens.places.roster import RosterScreen
from kindertui.screens.who import WhoScreen
from tests.conftest import People
from tests.killed import kill
from tests.screens.acting import NARROW, opened, press, settle, shown
from tests.screens.hands import enter_line, kinds, send_keys, status, type_line, until, until_shown

QUESTION = "Take back what a file brought?"


def taken_in(state: AppState, people: People, folder: Path) -> None:
    """A file that reports Aya sick comes in, by the person at the keyboard."""
    line = {
        "spec": "1", "id": "0190a1b2-0000-7000-8000-000000000001", "rev": 1, "op": "upsert", "type": "absence",
        "location_id": state.location.id, "child_id": people.children["Aya"], "day": "2026-03-06",
        "tz": "Europe/Amsterdam", "recorded_at": "2026-03-05T07:31:00+01:00", "share": "guardians",
        "sensitivity": "none", "data": {"kind": "sick", "status": "reported"},
    }  # fmt: skip
    file = folder / "in.jsonl"
    file.write_text(json.dumps(line) + "\n", encoding="utf-8")
    assert state.actor is not None
    assert intake(state.store, state.actor, state.policy, [file]).absences == 1


def waiting(app: KinderApp) -> int:
    return len(inbox(app.state.store.reader, app.state.zone))


async def test_what_a_file_brought_is_taken_back_only_after_a_question(
    inside: Locations, people: People, tmp_path: Path
) -> None:
    async with opened(inside, size=NARROW) as (app, pilot):
        taken_in(app.state, people, tmp_path)
        await press(pilot, "ctrl+z", "ctrl+z", "ctrl+z")
        assert QUESTION in shown(app) and "sick of Aya" in shown(app)
        assert "id map" not in shown(app)
        await press(pilot, "escape")
        assert waiting(app) == 1
        for _again in range(2):  # a file that was done again is asked about once more
            await press(pilot, "ctrl+z")
            assert QUESTION in shown(app)
            await press(pilot, "enter")
            await until(pilot, lambda: status(app).startswith("taken back: sick of Aya"))
            assert not waiting(app)
            await press(pilot, "ctrl+y")
            await until(pilot, lambda: waiting(app) == 1)
        await enter_line(pilot, "d wet")
        await press(pilot, "ctrl+z")
        await until(pilot, lambda: status(app).startswith("taken back: nappy"))


async def test_the_second_of_two_keys_in_one_packet_asks_about_what_the_first_one_left(
    inside: Locations, people: People, tmp_path: Path
) -> None:
    async with opened(inside) as (app, pilot):
        taken_in(app.state, people, tmp_path)
        await enter_line(pilot, "d wet")
        send_keys(app, "ctrl+z", "ctrl+z", "ctrl+z")
        await until_shown(pilot, QUESTION)
        await settle(pilot)
        assert kinds(app, people.children["Aya"]) == ["arrival"] and waiting(app) == 1
        await press(pilot, "escape")
        assert isinstance(app.screen, RosterScreen), "one question, however many keys"
        assert status(app).startswith("taken back: nappy") and waiting(app) == 1


async def test_a_yes_is_not_for_what_came_after_the_question(inside: Locations, people: People, tmp_path: Path) -> None:
    async with opened(inside) as (app, pilot):
        state = app.state
        taken_in(state, people, tmp_path)
        await press(pilot, "ctrl+z")
        assert state.actor is not None
        await state.store.run(set_short_word, state.actor, "bu", "buiten gespeeld")  # the same person's other terminal
        await press(pilot, "enter")
        assert "something else was done meanwhile" in status(app)
        assert waiting(app) == 1 and short_words(state.store.reader)


async def test_the_question_does_not_come_over_the_lock(inside: Locations, people: People, tmp_path: Path) -> None:
    async with opened(inside) as (app, pilot):
        taken_in(app.state, people, tmp_path)
        send_keys(app, "ctrl+z", "ctrl+l")
        await until(pilot, lambda: isinstance(app.screen, WhoScreen))
        await settle(pilot)
        assert isinstance(app.screen, WhoScreen) and QUESTION not in shown(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, RosterScreen) and waiting(app) == 1


async def test_children_whom_a_roster_file_brought_are_named_when_they_are_gone(
    inside: Locations, people: People, tmp_path: Path
) -> None:
    file = tmp_path / "roster.csv"
    file.write_text("given_name,surname,birth_date,group\nLiv,Berg,2023-05-04,Vlinders\n", encoding="utf-8")
    async with opened(inside) as (app, pilot):
        assert app.state.actor is not None
        assert app.state.actor is not None
        take_in(app.state.store, app.state.actor, [read(file, None, today=app.state.now().date())])
        await press(pilot, "ctrl+z")
        assert QUESTION in shown(app) and "of Liv (Ina" in shown(app)
        await press(pilot, "enter")
        assert "of Liv (Ina" in status(app) and "Liv Berg" not in shown(app)


@pytest.mark.parametrize("sheet", ["mind", "texts"])
async def test_a_sheet_that_takes_back_asks_as_well(
    inside: Locations, people: People, tmp_path: Path, sheet: str
) -> None:
    async with opened(inside) as (app, pilot):
        state = app.state
        taken_in(state, people, tmp_path)
        assert state.actor is not None
        await state.store.run(set_short_word, state.actor, "bu", "buiten gespeeld")
        await type_line(pilot, sheet)
        await press(pilot, "enter")
        behind = app.screen
        send_keys(app, "ctrl+z", "ctrl+z", "ctrl+z")
        await until_shown(pilot, QUESTION)
        await settle(pilot)
        assert not short_words(state.store.reader) and waiting(app) == 1
        await press(pilot, "escape")
        assert app.screen is behind
        await press(pilot, "ctrl+z", "enter")
        assert not waiting(app) and "taken back: sick of Aya" in shown(app)
        await press(pilot, "ctrl+y")
        assert waiting(app) == 1 and "done again: " in shown(app)
        await press(pilot, "ctrl+y", "ctrl+y")
        assert short_words(state.store.reader) and "There is nothing to do again." in shown(app)
        await press(pilot, "escape")
        assert status(app).startswith("done again: ")


async def test_what_a_killed_program_left_is_taken_back_and_said(
    inside: Locations, people: People, tmp_path: Path
) -> None:
    roster = tmp_path / "roster.csv"
    rows = "".join(f"Kind {number};Berg;2023-05-0{number};Vlinders\n" for number in range(1, 9))
    roster.write_text("given_name;surname;birth_date;group\n" + rows, encoding="utf-8")
    kill(inside, roster, people.staff["Ina"], 5)
    async with opened(inside, size=NARROW) as (app, pilot):
        await until_shown(pilot, "in the middle of a file")
        assert [one for one in queries.children(app.state.store.reader) if one.surname == "Berg"] == []
        assert "Kind" not in shown(app)
