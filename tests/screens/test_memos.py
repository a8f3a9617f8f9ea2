"""Memos on the screens: the sign in the row, the words under the line, the group's own on top, and the list."""

from datetime import timedelta

import time_machine

from kindertui.data.act import Actor
from kindertui.locations import Locations
from kindertui.screens.place import PlaceScreen
from kindertui.screens.sheets.form import FormSheet
from kindertui.screens.sheets.memos import MemosSheet
from tests.conftest import People
from tests.screens.acting import HOSTILE, NARROW, opened, press, shown
from tests.screens.hands import book, do_line, enter_line, line, pick, preview, status, type_line, until


async def test_a_child_s_memo_is_a_sign_in_the_row_and_words_under_the_line(inside: Locations) -> None:
    async with opened(inside, size=NARROW) as (app, pilot):
        await type_line(pilot, "memo granny fetches until tomorrow")
        assert "Aya   memo: granny fetches · in sight until" in preview(app) and "for staff only" in preview(app)
        await press(pilot, "enter")
        await until(pilot, lambda: "memo: granny fetches" in status(app))
        assert "▸*Aya Bakker" in shown(app)
        assert "koemelk" in preview(app).splitlines()[0]
        assert preview(app).splitlines()[1].startswith("  * granny fetches (until ")
        await press(pilot, "down")
        assert "granny" not in preview(app) and " *Aya Bakker" in shown(app)
        await press(pilot, "ctrl+z")
        await until(pilot, lambda: "taken back: memo of Aya" in status(app))
        assert "*" not in shown(app)


async def test_it_is_gone_by_itself(inside: Locations, clock: time_machine.Traveller) -> None:
    async with opened(inside) as (app, pilot):
        await enter_line(pilot, "memo granny fetches until tomorrow")
        await enter_line(pilot, "memo group window sticks")
        assert "window sticks (today)" in shown(app)
        clock.shift(timedelta(days=1, minutes=1))
        await until(pilot, lambda: "window sticks (" not in shown(app))
        assert "*Aya Bakker" in shown(app)
        clock.shift(timedelta(days=1, minutes=1))
        await until(pilot, lambda: "*Aya" not in shown(app))


async def test_of_a_child_who_is_not_in_it_is_seen_too(place: Locations) -> None:
    async with opened(place) as (app, pilot):
        await enter_line(pilot, "bram memo granny brings until tomorrow")
        assert "*Bram de Wit" in shown(app) and "Bram de Wit" not in shown(app).partition("not in")[0]


async def test_the_group_s_own_stand_above_its_children(inside: Locations, people: People, ina: Actor) -> None:
    async with opened(inside, size=NARROW) as (app, pilot):
        await enter_line(pilot, "memo group window sticks until tomorrow")
        rows = shown(app).splitlines()
        at = next(number for number, row in enumerate(rows) if "window sticks (until" in row)
        assert rows[at].startswith("  *") and at < next(n for n, row in enumerate(rows) if "Aya Bakker" in row)
        for text in ("one", "two", "three"):
            await enter_line(pilot, f"memo group {text}")
        assert "2 more: type memo" in shown(app)
        await do_line(pilot, "group uilen")
        assert "window sticks (" not in shown(app)


async def test_the_day_of_the_child_and_the_hand_over_tell_it(inside: Locations) -> None:
    async with opened(inside, size=NARROW) as (app, pilot):
        await enter_line(pilot, "memo granny fetches until tomorrow")
        await press(pilot, "2")
        assert "* granny fetches (until" in shown(app)
        await do_line(pilot, "hand-over")
        assert "For staff only, on no paper: memo granny fetches (until" in shown(app)


async def test_the_list_changes_takes_away_and_adds(inside: Locations) -> None:
    async with opened(inside, size=NARROW) as (app, pilot):
        await enter_line(pilot, "memo group window sticks")
        await enter_line(pilot, "bram memo grandma fetches until tomorrow")
        await do_line(pilot, "memo bram")
        assert isinstance(app.screen, MemosSheet)
        assert "group Vlinders" in shown(app) and "▸ Bram de Wit" in shown(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, FormSheet)
        await press(pilot, *["backspace"] * len("grandma fetches"))
        await pick(pilot, "grandpa fetches")
        await press(pilot, *["backspace"] * 10)
        await pick(pilot, "soon")
        assert "soon is no day" in shown(app)
        await press(pilot, *["backspace"] * 4)
        await pick(pilot, "today")
        assert isinstance(app.screen, MemosSheet) and "grandpa fetches  (Ina)" in shown(app)
        assert "Bram de Wit: memo grandpa fetches (today)" in shown(app)
        await press(pilot, "delete")
        assert "grandpa fetches" not in shown(app).split("saved")[0]
        await press(pilot, "ctrl+z")
        assert "grandpa fetches" in shown(app)
        await press(pilot, "n")
        assert isinstance(app.screen, PlaceScreen) and line(app) == "memo "


async def test_hostile_text_is_only_text(inside: Locations) -> None:
    async with opened(inside, size=NARROW) as (app, pilot):
        for text in HOSTILE[:3]:
            await enter_line(pilot, "memo \\" + text.replace(" ", " \\"))
        assert "[/]" in preview(app) and "*Aya" in shown(app)
        await do_line(pilot, "memo")
        assert "[/]  (Ina)" in shown(app) and "[@click=app.quit]x[/]" in shown(app)


async def test_another_window_sees_it(inside: Locations, people: People, ina: Actor) -> None:
    async with opened(inside) as (app, pilot):
        book(inside, ina, people.groups["Vlinders"], "memo group window sticks", "bram memo new mattress")
        await until(pilot, lambda: "window sticks (today)" in shown(app) and "*Bram" in shown(app))
