"""Who is at the keyboard: chosen by name, hidden at once by ctrl+l, and everybody's half typed line their own."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from kindertui.app import KinderApp
from kindertui.data import drafts
from kindertui.data.act import Actor, Tx
from kindertui.data.queries import history
from kindertui.data.store import Store
from kindertui.locations import Locations
from kindertui.screens.place import PlaceScreen
from kindertui.screens.places.roster import RosterScreen
from kindertui.screens.sheets.read import ReadSheet
from kindertui.screens.sign_in import SignIn
from kindertui.screens.who import WhoScreen
from tests.conftest import People
from tests.screens.acting import NARROW, opened, press, shown
from tests.screens.hands import (
    book,
    enter_line,
    entries,
    house_screen,
    kinds,
    line,
    send_keys,
    status,
    type_line,
    until,
    until_shown,
    write_raw,
)

NOBODY = "nobody at all"  # a name that is not on the staff list: the question is asked


@contextmanager
def slow_disk(app: KinderApp, actor: Actor) -> Iterator[None]:
    """The database thread waits until the end of the block."""
    go_on = threading.Event()

    def wait(tx: Tx) -> None:
        assert go_on.wait(20)

    app.state.store.submit(wait, actor)
    try:
        yield
    finally:
        go_on.set()


async def choose(pilot: Any, name: str) -> None:
    """Types a name on the question and presses Enter."""
    await until(pilot, lambda: isinstance(pilot.app.screen, WhoScreen) and pilot.app.screen.is_mounted)
    await pilot.press(*name, "enter")
    await until(pilot, lambda: isinstance(pilot.app.screen, PlaceScreen))
    await pilot.pause()


@pytest.mark.parametrize("size", [(120, 36), NARROW])
async def test_nothing_is_shown_before_somebody_is_chosen_by_name(
    inside: Locations, people: People, size: tuple[int, int]
) -> None:
    async with opened(inside, by=NOBODY, size=size) as (app, pilot):
        assert "Who is at the keyboard?" in shown(app) and "De Tuin" in shown(app)
        assert "Aya" not in shown(app)
        await press(pilot, "escape", "ctrl+z", "ctrl+p", "ctrl+g", "ctrl+l", "2")
        assert isinstance(app.screen, WhoScreen) and app.state.actor is None
        await press(pilot, "backspace", *"zzz", "enter")  # one Enter makes nobody a colleague
        assert isinstance(app.screen, WhoScreen) and app.state.actor is None and len(app.state.staff) == 3
        await press(pilot, "backspace", "backspace", "backspace")
        await choose(pilot, "jay")
        assert "Jayne" in shown(app).splitlines()[0] and "Aya Bakker" in shown(app)
        await enter_line(pilot, "d wet")
        nappy = entries(app, people.children["Aya"])[-1]
        assert (nappy.by, nappy.by_id) == ("Jayne", people.staff["Jayne"])
        (change,) = history.of_record(app.state.store.reader, nappy.id, app.state.zone)
        assert change.by == "Jayne" and change.workstation


async def test_the_arrows_choose_too_and_a_manager_sees_all_groups(
    inside: Locations, people: People, ina: Actor
) -> None:
    def of_no_group(tx: Tx) -> None:
        from kindertui.data import models

        manager = tx.get(models.Staff, people.staff["Marit"])
        assert manager is not None
        tx.change(manager, group_id=None)

    with Store(inside) as store:
        store.call(of_no_group, ina)
    async with opened(inside, by=NOBODY) as (app, pilot):
        await press(pilot, "down", "down", "ctrl+j")
        await until(pilot, lambda: isinstance(app.screen, RosterScreen))
        assert "Marit" in shown(app).splitlines()[0] and "all groups" in shown(app).splitlines()[0]
        assert "Noor El Amrani" in shown(app) and "Aya Bakker" in shown(app)


async def test_a_second_enter_in_the_same_burst_chooses_nobody_else(inside: Locations) -> None:
    async with opened(inside, by=NOBODY) as (app, pilot):
        send_keys(app, *"jay", "enter", "enter")
        await until(pilot, lambda: isinstance(app.screen, PlaceScreen))
        await press(pilot)
        assert app.state.actor is not None and app.state.actor.name == "Jayne" and house_screen(app)


async def test_ctrl_l_hides_at_once_and_a_line_comes_back_to_whom_it_belongs(inside: Locations, people: People) -> None:
    async with opened(inside) as (app, pilot):
        await enter_line(pilot, "d wet")
        await type_line(pilot, "n lachte vannacht")
        await pilot.press("ctrl+l")
        assert isinstance(app.screen, WhoScreen)
        text = shown(app)
        assert "lachte" not in text and "Aya" not in text and "De Tuin" in text
        assert "▸ Ina" in text  # whoever was here is one Enter away
        await choose(pilot, "jay")
        assert line(app) == "" and "lachte" not in shown(app) and "saved" not in status(app)
        await press(pilot, "shift+up")
        assert line(app) == ""  # nor an earlier line of hers
        await press(pilot, "2", "3", "1")
        assert "lachte" not in shown(app)
        await press(pilot, "ctrl+l")
        await choose(pilot, "ina")
        assert line(app) == "n lachte vannacht"
        await pilot.press("enter")
        await until(pilot, lambda: status(app).startswith("saved"))
        await press(pilot, "ctrl+l")
        await choose(pilot, "ina")
        assert line(app) == ""  # what was done is no draft any more
        assert [one.by for one in entries(app, people.children["Aya"])] == ["Ina", "Ina", "Ina"]


@pytest.mark.parametrize("keys", [("slash",), ("ctrl+p",), ("ctrl+g",), ("question_mark",), ("2",), ("3",), ("6",)])
async def test_ctrl_l_hides_in_every_state(inside: Locations, keys: tuple[str, ...]) -> None:
    async with opened(inside, *keys) as (app, pilot):
        await pilot.press("ctrl+l")
        assert isinstance(app.screen, WhoScreen) and "Aya" not in shown(app) and "Vlinders" not in shown(app)
        await choose(pilot, "ina")
        assert isinstance(app.screen, PlaceScreen)  # whatever lay over the place is gone


async def test_ctrl_l_hides_while_the_disk_is_waited_for(inside: Locations, people: People, ina: Actor) -> None:
    async with opened(inside) as (app, pilot):
        with slow_disk(app, ina):
            await type_line(pilot, "d wet")
            send_keys(app, "enter")
            await until(pilot, lambda: line(app) == "")
            send_keys(app, "ctrl+z")
            send_keys(app, "ctrl+l")
            await until(pilot, lambda: isinstance(app.screen, WhoScreen), within=5)
            assert "Aya" not in shown(app)
        await choose(pilot, "ina")
        await until(pilot, lambda: "taken back: nappy of Aya" in status(app))
        assert [one.kind for one in entries(app, people.children["Aya"])] == ["arrival"]


async def test_what_waits_for_the_disk_takes_back_nothing_of_the_next_person(
    inside: Locations, people: People, ina: Actor
) -> None:
    other = Actor(people.staff["Jayne"], "Jayne", "test:2")
    book(inside, other, people.groups["Vlinders"], "bram wc")
    async with opened(inside) as (app, pilot):
        with slow_disk(app, ina):
            await type_line(pilot, "d wet")
            send_keys(app, "enter")
            await until(pilot, lambda: line(app) == "")
            send_keys(app, "ctrl+z", "ctrl+l")
            await until(pilot, lambda: isinstance(app.screen, WhoScreen), within=5)
            app.state.actor = other
        # what was asked for before the lock is done, as the one who asked
        await until(pilot, lambda: not app.workers and kinds(app, people.children["Aya"]) == ["arrival"])
        assert kinds(app, people.children["Bram"]) == ["arrival", "toilet"]


async def test_a_place_asked_for_just_before_the_lock_stays_hidden(inside: Locations) -> None:
    async with opened(inside) as (app, pilot):
        send_keys(app, "2", "ctrl+l")
        await until(pilot, lambda: isinstance(app.screen, WhoScreen))
        await press(pilot)
        assert isinstance(app.screen, WhoScreen) and "Aya" not in shown(app)


@pytest.mark.parametrize("key", ["slash", "question_mark"])
async def test_a_sheet_asked_for_just_before_the_lock_is_never_opened(inside: Locations, key: str) -> None:
    async with opened(inside) as (app, pilot):
        send_keys(app, key, "ctrl+l")
        await until(pilot, lambda: isinstance(app.screen, WhoScreen))
        await press(pilot)
        assert isinstance(app.screen, WhoScreen) and "Aya" not in shown(app)
        app.push_screen(ReadSheet("Aya", [("Aya Bakker", "plain")]))  # as a worker that was slow to ask
        await press(pilot)
        assert isinstance(app.screen, WhoScreen) and "Aya" not in shown(app)
        await choose(pilot, "jay")
        assert isinstance(app.screen, RosterScreen)  # and nothing of it waits for whoever comes next


async def test_leaving_while_the_disk_is_waited_for_saves_first(inside: Locations, people: People, ina: Actor) -> None:
    async with opened(inside) as (app, pilot):
        with slow_disk(app, ina):
            await type_line(pilot, "d wet")
            send_keys(app, "enter")
            await until(pilot, lambda: line(app) == "")
            screen = house_screen(app)
            send_keys(app, "ctrl+q")
            await until(pilot, lambda: app.return_code == 0)
    assert app._exception is None and app.return_code == 0
    screen.refresh_all()  # as a save does that comes back when there is nothing left to show it on
    with Store(inside) as store:
        (count,) = store.reader.execute("SELECT count(*) FROM entry WHERE kind = 'nappy'").fetchone()
    assert count == 1


async def test_what_is_half_typed_is_kept_while_it_is_typed(inside: Locations, people: People) -> None:
    """A killed process loses two seconds of typing at most: nobody has to leave for the draft to be there."""
    async with opened(inside) as (app, pilot):
        await type_line(pilot, "n lachte")
        reader, ina = app.state.store.reader, people.staff["Ina"]
        await until(pilot, lambda: drafts.kept(reader, ina, "line:roster") == "n lachte", within=2)
        await enter_line(pilot, " vannacht")
        await until(pilot, lambda: drafts.kept(reader, ina, "line:roster") == "", within=2)


async def test_a_draft_of_a_program_that_was_killed_comes_back_on_the_next_start(
    inside: Locations, people: People, ina: Actor
) -> None:
    with Store(inside) as store:
        store.call(drafts.keep, ina, "line:roster", "n lachte")
    async with opened(inside, by="Jayne") as (app, pilot):
        assert line(app) == ""
        await press(pilot, "ctrl+l")
        await choose(pilot, "ina")
        assert line(app) == "n lachte"
        await until_shown(pilot, "Aya   note 10:30 · lachte")


@pytest.mark.parametrize(("key", "code"), [("ctrl+q", 0), ("ctrl+l", None), ("ctrl+z", None), ("ctrl+p", None)])
async def test_a_key_in_the_blink_before_the_question_is_asked_ends_nothing_with_an_error(
    place: Locations, monkeypatch: pytest.MonkeyPatch, key: str, code: int | None
) -> None:
    monkeypatch.setattr(SignIn, "ask", lambda self: None)  # the blink, held open
    app = KinderApp(place, by=NOBODY)
    try:
        async with app.run_test() as pilot:
            await pilot.press("x", key)
            await pilot.pause()
            assert app.return_code == code
    finally:
        app.state.store.close()


async def test_where_nobody_is_on_the_list_yet_a_name_and_enter_is_enough(place: Locations) -> None:
    write_raw(place, ("UPDATE staff SET deleted = 1", ()))
    app = KinderApp(place)
    async with app.run_test() as pilot:
        await pilot.pause()
        send_keys(app, *"Bea", "enter")  # in one go
        await until(pilot, lambda: app.state.actor is not None and isinstance(app.screen, RosterScreen))
        assert app.state.actor is not None and app.state.actor.name == "Bea"
        assert [one.name for one in app.state.staff] == ["Bea"]
    app.state.store.close()
