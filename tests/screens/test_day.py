"""One child's day: what stands on it, a row corrected in place, taken away and brought back, and who may be phoned."""

import threading
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from kindertui.data.act import Actor, Tx
from kindertui.data.queries import history
from kindertui.locations import Locations
from kindertui.screens.sheets.call_list import CallListSheet
from kindertui.screens.sheets.read import ReadSheet
from tests.conftest import People
from tests.screens.acting import NARROW, opened, press, shown
from tests.screens.hands import (
    book,
    enter_line,
    entries,
    kinds,
    line,
    preview,
    send_keys,
    status,
    type_line,
    until,
    until_shown,
)  # fmt: skip


@pytest.fixture
def lived(inside: Locations, people: People, ina: Actor) -> Locations:
    """Aya had a bottle at nine, a wet nappy, and sleeps since ten."""
    lines = ("aya b 900 180/150", "aya d 930 wet", "aya s 1000", "bram n 940 bouwt een toren")
    book(inside, ina, people.groups["Vlinders"], *lines)
    return inside


def table(app: Any) -> Any:
    return app.screen.table


def row_of(app: Any, text: str) -> str:
    return next(one for one in shown(app).splitlines() if text in one)


@pytest.mark.parametrize("size", [(120, 36), NARROW])
async def test_the_day_shows_the_child_what_to_mind_the_hours_and_every_row(
    lived: Locations, size: tuple[int, int]
) -> None:
    async with opened(lived, "2", size=size) as (app, _pilot):
        text = shown(app)
        assert "Aya Bakker" in text and "Vlinders" in text and "in 08:00" in text
        assert "! koemelk  ! father held back" in text
        assert "mother Sara Bakker 06-10000001" in text
        assert "Tom Bakker" not in text and "06-10000002" not in text
        lanes = {one.split()[0]: one for one in text.splitlines() if one.split()}
        assert "█" in lanes["sleep"] and "▌" in lanes["food"] and "▌" in lanes["nappy"] and "─" in lanes["here"]
        for time, what, words in (
            ("08:00", "in", ""), ("09:00", "bottle", "150/180 ml"), ("09:30", "nappy", "wet"),
            ("10:00", "sleep", "asleep 0:30"),
        ):  # fmt: skip
            row = row_of(app, f"{time} {what}")
            assert words in row and "Ina" in row
        assert "parents see all of it" in text


async def test_enter_fills_the_line_with_the_row_and_the_correction_is_journaled(
    lived: Locations, people: People
) -> None:
    aya = people.children["Aya"]
    async with opened(lived, "2", "down", "enter") as (app, pilot):
        bottle = entries(app, aya)[1]
        assert line(app) == "bottle 09:00 180/150"
        assert "Correcting the row of 09:00" in status(app)
        await press(pilot, "escape")
        assert line(app) == "" and "Correcting" not in status(app)
        await press(pilot, "enter")
        for _ in "180/150":
            send_keys(app, "backspace")
        await type_line_after(pilot, app, "bottle 09:00 ", "150/150")
        send_keys(app, "enter")
        await until(pilot, lambda: status(app).startswith("saved"))
        corrected = entries(app, aya)[1]
        assert (corrected.id, corrected.rev, corrected.detail["offered"]) == (bottle.id, 2, 150)
        assert kinds(app, aya) == ["arrival", "bottle", "nappy", "sleep"]  # corrected, not one more
        assert table(app).cursor == bottle.id
        first, second = history.of_record(app.state.store.reader, bottle.id, app.state.zone)
        assert first.old is None and second.old is not None
        assert (second.old["detail"]["offered"], second.new["detail"]["offered"], second.by) == (180, 150, "Ina")
        assert "corrected 10:30" in row_of(app, "09:00 ")
        await enter_line(pilot, "temp 37")  # the next line is an entry again
        assert kinds(app, aya) == ["arrival", "bottle", "nappy", "sleep", "temperature"]


async def test_only_what_was_corrected_and_stands_is_marked_as_corrected(lived: Locations) -> None:
    async with opened(lived, "2", "down", "delete") as (app, pilot):
        await press(pilot, "ctrl+z")
        await until(pilot, lambda: "150/180 ml" in row_of(app, "09:00 "))
        assert "corrected" not in shown(app)
        table(app).move_to(next(key for key in table(app).keys if key))
        await press(pilot, "down", "enter", "backspace", "5", "enter")
        await until(pilot, lambda: "155/180 ml" in row_of(app, "09:00 "))
        assert "corrected" in row_of(app, "09:00 ")
        await press(pilot, "ctrl+z")
        await until(pilot, lambda: "155" not in row_of(app, "09:00 "))
        assert "corrected" not in shown(app)
        await press(pilot, "ctrl+y")
        await until(pilot, lambda: "corrected" in row_of(app, "09:00 "))


async def test_the_cursor_is_on_what_was_saved_and_stays_where_a_hand_put_it_since(
    lived: Locations, people: People, ina: Actor
) -> None:
    go_on = threading.Event()

    def wait(tx: Tx) -> None:
        assert go_on.wait(20)

    def at(app: Any) -> str:
        return next(one.kind for one in entries(app, people.children["Aya"]) if one.id == table(app).cursor)

    async with opened(lived, "2") as (app, pilot):
        await enter_line(pilot, "n 945 x")
        assert at(app) == "note"
        await type_line(pilot, "a 950 y")
        send_keys(app, "enter", "up")  # one packet: up from what the line has saved
        await until(pilot, lambda: "activity" in kinds(app, people.children["Aya"]))
        await press(pilot)
        assert at(app) == "note"
        app.state.store.submit(wait, ina)  # a slow disk
        await type_line(pilot, "n 955 z")
        send_keys(app, "enter")
        await until(pilot, lambda: line(app) == "")
        await pilot.pause()
        table(app).move_to(next(one.id for one in entries(app, people.children["Aya"]) if one.kind == "bottle"))
        go_on.set()
        await until(pilot, lambda: kinds(app, people.children["Aya"]).count("note") == 2)
        await until(pilot, lambda: status(app).startswith("saved"))
        await press(pilot)
        assert at(app) == "bottle"


async def test_a_correction_with_a_warning_is_asked_about_and_then_saved(
    lived: Locations, people: People, ina: Actor
) -> None:
    aya = people.children["Aya"]
    book(lived, ina, people.groups["Vlinders"], "aya b 820 100")
    async with opened(lived, "2", "down", "enter") as (app, pilot):
        assert line(app) == "bottle 08:20 100"
        for _ in "08:20 100":
            send_keys(app, "backspace")
        await type_line_after(pilot, app, "bottle ", "8:50 100")
        await until(pilot, lambda: "had a bottle 10 min from this one" in preview(app))  # before Enter
        send_keys(app, "enter")
        await until(pilot, lambda: "Enter again" in status(app))
        assert "had a bottle 10 min from this one, at 09:00" in preview(app) and line(app) == "bottle 8:50 100"
        assert f"{entries(app, aya)[1].start:%H:%M}" == "08:20"
        send_keys(app, "enter")
        await until(pilot, lambda: status(app).startswith("saved"))
        assert [f"{one.start:%H:%M}" for one in entries(app, aya) if one.kind == "bottle"] == ["08:50", "09:00"]
        assert entries(app, aya)[1].rev == 2


async def test_a_correction_that_cannot_be_is_refused_and_one_of_another_s_version_too(
    lived: Locations, people: People, ina: Actor
) -> None:
    aya = people.children["Aya"]
    async with opened(lived, "2", "down", "enter") as (app, pilot):
        bottle = entries(app, aya)[1]
        for _ in "180/150":
            send_keys(app, "backspace")
        await type_line_after(pilot, app, "bottle 09:00 ", "100/150")
        send_keys(app, "enter")
        await until(pilot, lambda: "Not saved" in status(app))
        assert "turn the two round" in preview(app) and line(app) == "bottle 09:00 100/150"
        assert entries(app, aya)[1].rev == 1
        await press(pilot, "escape", "enter")
        take_away(app, bottle.id, ina)
        send_keys(app, "enter")
        await until(pilot, lambda: "Ina changed it at 10:30" in status(app))
        assert line(app) == "bottle 09:00 180/150"
        assert "bottle" not in kinds(app, aya)


async def test_del_takes_a_row_away_and_ctrl_z_brings_it_back(lived: Locations, people: People) -> None:
    aya = people.children["Aya"]
    async with opened(lived, "2", "down", "down") as (app, pilot):
        await press(pilot, "delete")
        await until(pilot, lambda: "nappy of 09:30 taken away" in status(app))
        assert "ctrl+z takes it back" in status(app)
        assert kinds(app, aya) == ["arrival", "bottle", "sleep"] and "wet" not in shown(app)
        assert table(app).cursor == entries(app, aya)[2].id  # the row that took its place
        await press(pilot, "ctrl+z")
        await until(pilot, lambda: kinds(app, aya) == ["arrival", "bottle", "nappy", "sleep"])
        await until_shown(pilot, "09:30", "taken back")
        await press(pilot, "ctrl+y")
        await until(pilot, lambda: kinds(app, aya) == ["arrival", "bottle", "sleep"])
        await type_line(pilot, "wc")
        await press(pilot, "delete")  # on a typed line it is the line's own key
        assert line(app) == "wc" and kinds(app, aya) == ["arrival", "bottle", "sleep"]


async def test_history_shows_every_version_of_the_row(lived: Locations, people: People) -> None:
    async with opened(lived, "2", "down", "enter") as (app, pilot):
        for _ in "150/180":
            send_keys(app, "backspace")
        await type_line_after(pilot, app, "bottle 09:00 ", "180/120")
        send_keys(app, "enter")
        await until(pilot, lambda: status(app).startswith("saved"))
        await type_line(pilot, "history")
        await press(pilot, "enter")
        assert isinstance(app.screen, ReadSheet)
        lines = [one.strip() for one in shown(app).splitlines() if "10:30  Ina" in one]
        assert len(lines) == 2 and "new" in lines[0] and "150" in lines[0]
        assert "amount 150 → 120" in lines[1]
        await press(pilot, "escape")
        assert "was 150 ml" in row_of(app, "09:00 ")


async def test_the_child_before_and_after_and_the_day_before(lived: Locations, people: People) -> None:
    async with opened(lived, "2") as (app, pilot):
        await press(pilot, "left_curly_bracket")  # the first one stays the first
        assert "Aya Bakker" in shown(app)
        await press(pilot, "right_curly_bracket")
        assert "Bram de Wit" in shown(app) and "bouwt een toren" in shown(app) and "Aya Bakker" not in shown(app)
        await enter_line(pilot, "wc")  # for the child that is shown
        assert kinds(app, people.children["Bram"])[-1] == "toilet"
        await press(pilot, "left_square_bracket")
        assert "NOT TODAY" in shown(app) and "Bram de Wit" in shown(app)
        assert "Nothing is written on this day yet" in shown(app) and "Locked: type unlock" in shown(app)
        await press(pilot, "right_square_bracket", "left_curly_bracket", "1")
        assert table(app).cursor == people.children["Aya"]  # the roster's cursor went along


async def test_a_day_that_nobody_ended_keeps_its_hours_in_sight(
    place: Locations, people: People, ina: Actor, clock: time_machine.Traveller
) -> None:
    clock.shift(-timedelta(days=1))
    book(place, ina, people.groups["Vlinders"], "aya in 800")
    clock.shift(timedelta(days=1))
    async with opened(place, "2", "left_square_bracket", size=NARROW) as (app, _pilot):
        assert "NOT TODAY" in shown(app)
        hours = row_of(app, "07  ").split()
        assert hours == [f"{hour:02}" for hour in range(7, 19)], "and not those until now"
        assert "─" in row_of(app, "here")


async def test_whoever_is_held_back_has_no_number_on_the_call_list(lived: Locations) -> None:
    async with opened(lived, "2") as (app, pilot):
        await type_line(pilot, "call")
        await press(pilot, "enter")
        assert isinstance(app.screen, CallListSheet)
        text = shown(app)
        assert "06-10000001" in row_of(app, "1. mother Sara Bakker")
        assert "2. father Tom Bakker: do not call, held back" in text
        assert "06-10000002" not in text
        assert "father held back (Marit, 3-3-" in text


async def type_line_after(pilot: Any, app: Any, left: str, text: str) -> None:
    """Types on behind what was left of a line."""
    await until(pilot, lambda: line(app) == left)
    await type_line(pilot, text)


def take_away(app: Any, entry_id: str, actor: Actor) -> None:
    from kindertui.data import daylog
    from kindertui.data.store import Store

    app.state.store.data_version = lambda: app._version  # this terminal has not looked yet
    with Store(app.state.store.locations) as other:
        other.call(daylog.remove, actor, entry_id, rev=1)


async def test_what_is_for_staff_only_says_so_before_enter_and_on_its_row_and_stays_so(
    lived: Locations, people: People
) -> None:
    aya = people.children["Aya"]
    async with opened(lived, "2", size=NARROW) as (app, pilot):
        await type_line(pilot, "n 945 ! moeder belde over de verhuizing")
        assert "for staff only: parents do not read it" in preview(app)
        send_keys(app, "enter")
        await until(pilot, lambda: status(app).startswith("saved"))
        assert "staff: moeder belde" in row_of(app, "09:45 note")
        assert "parents see everything but: 1 for staff only" in shown(app)
        await press(pilot, "enter")
        assert line(app) == "note 09:45 ! moeder belde over de verhuizing"
        send_keys(app, *" nu", "enter")
        await until(pilot, lambda: entries(app, aya)[-2].rev == 2)
        (note,) = [one for one in entries(app, aya) if one.kind == "note"]
        assert (note.text, note.for_staff) == ("moeder belde over de verhuizing nu", True)
        await press(pilot, "exclamation_mark")  # on an empty line it is a key as before
        assert "Evacuation" in shown(app)


async def test_what_parents_should_not_read_is_said_before_enter_with_the_keys_that_answer_it(
    lived: Locations, people: People
) -> None:
    async with opened(lived, "2", size=NARROW) as (app, pilot):
        await type_line(pilot, "n 945 speelde met Bram")
        assert "Aya: Bram is a child here: these parents would read the name." in preview(app)
        assert "ctrl+t for staff only" in status(app)
        assert "ctrl+n" not in status(app)  # the words do not begin with the name
        send_keys(app, "enter")
        await press(pilot)
        assert "Only a manager can send this." in preview(app)
        assert "Not saved: ctrl+t keeps it for the staff, or say it otherwise." in status(app)
        send_keys(app, "enter")  # asking twice does not help
        await press(pilot)
        assert not [one for one in entries(app, people.children["Aya"]) if one.kind == "note"]
        await press(pilot, "ctrl+t")
        assert line(app) == "n 945 ! speelde met Bram"
        assert "for staff only: parents do not read it" in preview(app)
        assert "Bram is a child here" not in preview(app) and "ctrl+t" not in status(app)
        send_keys(app, "enter")
        await until(pilot, lambda: status(app).startswith("saved"))
        (note,) = [one for one in entries(app, people.children["Aya"]) if one.kind == "note"]
        assert (note.for_staff, note.detail) == (True, {})


async def test_a_managers_second_enter_tells_parents_all_the_same_and_that_is_kept(
    lived: Locations, people: People
) -> None:
    async with opened(lived, "2", by="Marit") as (app, pilot):
        await type_line(pilot, "n 945 speelde met Bram")
        send_keys(app, "enter")
        await until(pilot, lambda: "Enter again: parents read it" in status(app))
        assert not [one for one in entries(app, people.children["Aya"]) if one.kind == "note"]
        send_keys(app, "enter")
        await until(pilot, lambda: status(app).startswith("saved"))
        (note,) = [one for one in entries(app, people.children["Aya"]) if one.kind == "note"]
        assert (note.share, note.detail) == ("guardians", {"overridden": ["child_name"]})


async def test_a_key_with_nothing_to_keep_says_so_and_changes_nothing(lived: Locations) -> None:
    async with opened(lived, "2") as (app, pilot):
        for key, why in (("ctrl+t", "no words here"), ("ctrl+n", "No words here begin")):
            await press(pilot, key)
            assert why in status(app) and line(app) == ""
