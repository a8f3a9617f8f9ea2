"""The sheets for paper on the screen: the roll by one key from anywhere, the hand-over, the week, and what p does."""

import os
from pathlib import Path

import pytest

from kindertui.app import KinderApp
from kindertui.data.act import Actor
from kindertui.locations import Locations
from kindertui.screens.place import PlaceScreen
from kindertui.screens.sheets.paper import EvacuationSheet, PaperSheet, WeekSheet
from kindertui.widgets.sheet_footer import SheetFooter
from tests.conftest import People
from tests.screens.acting import NARROW, opened, press, shown
from tests.screens.hands import (
    book,
    do_line,
    line,
    long_names,
    morning,
    send_keys,
    status,
    until,
    until_shown,
)


@pytest.fixture
def inside(place: Locations, people: People, ina: Actor) -> Locations:
    """Four of Vlinders and one of Uilen are in, one of them asleep; Søren is expected and not written in."""
    book(place, ina, people.groups["Vlinders"], "all -søren in 800", "aya s 900-1000", "aya lunch 1015 half",
         "aya d 1020 wet", "bram s 1010")  # fmt: skip
    book(place, ina, people.groups["Uilen"], "noor in 900")
    return place


async def test_one_key_opens_the_roll_from_every_place_and_from_what_is_being_read(inside: Locations) -> None:
    async with opened(inside, size=NARROW) as (app, pilot):
        for digit in "123456":
            await press(pilot, digit, "exclamation_mark")
            assert isinstance(app.screen, EvacuationSheet), digit
            now = shown(app)
            assert "Evacuation: 5 children are in" in now and "Vlinders: 4" in now and "Uilen: 1" in now
            assert "[ ] Bram de Wit" in now and "asleep" in now and "06-10000001 mother Sara Bakker" in now
            assert "look for them too: Søren" in now and "Østergård" in now and "06-10000002" not in now
            await press(pilot, "escape")
            assert isinstance(app.screen, PlaceScreen)
        for opener in (("question_mark",), ("1", *"week", "enter")):
            await press(pilot, *opener, "exclamation_mark")
            assert isinstance(app.screen, EvacuationSheet), opener
            await press(pilot, "exclamation_mark", "escape")
            assert isinstance(app.screen, PlaceScreen)
        await press(pilot, "n", "exclamation_mark")
        assert line(app) == "n!"  # on a typed line it is text


async def test_the_roll_is_called_by_keys_and_by_mouse_and_outlives_its_sheet(inside: Locations) -> None:
    with morning() as clock:
        async with opened(inside, "exclamation_mark") as (app, pilot):
            # Noor of Uilen first, as groups stand by name
            await press(pilot, "space", "down", "space")
            assert "2 of 5 are here. NOT YET: Aya Bakker, Emma Jansen, Emma Visser" in shown(app)
            assert "[x] Noor El Amrani" in shown(app) and "[x] Bram de Wit" in shown(app)
            await press(pilot, "up", "enter")  # Bram was not there after all
            assert "[ ] Bram de Wit" in shown(app)
            await press(pilot, "escape", "exclamation_mark")
            assert "[x] Noor El Amrani" in shown(app)  # closed by mistake
            await pilot.click("#roll", offset=(6, 3))
            assert "[x] Aya Bakker" in shown(app)
            await press(pilot, "space", "space", "space")
            assert "All 5 are here." in shown(app) and "NOT YET" not in shown(app)
            await press(pilot, "space", "escape")
            clock.shift(31 * 60)
            await press(pilot, "exclamation_mark")
            assert "[x]" not in shown(app)  # another alarm


@pytest.mark.parametrize("size", [NARROW, (60, 20)])
async def test_no_row_of_the_roll_moves_and_its_keys_stay_however_much_is_said(
    inside: Locations, people: People, ina: Actor, size: tuple[int, int]
) -> None:
    long_names(inside)
    async with opened(inside, "exclamation_mark", size=size) as (app, pilot):
        top = shown(app).splitlines().index(next(one for one in shown(app).splitlines() if "Uilen: 1" in one))
        for _each in range(3):
            await press(pilot, "space")
            lines = shown(app).splitlines()
            if size == NARROW:  # a smaller one has to scroll to the cursor
                assert "Uilen: 1" in lines[top] and "[x] Noor" in lines[top + 1], shown(app)
            assert "NOT YET" in shown(app) and "Space is here" in shown(app) and "Esc closes" in shown(app)


async def test_hand_over_of_one_and_of_the_group_and_the_week(inside: Locations) -> None:
    async with opened(inside, size=NARROW) as (app, pilot):
        await do_line(pilot, "hand-over")
        now = shown(app)
        assert "To tell about Aya Bakker" in now and "Slept: 09:00–10:00" in now and "Nappies: wet 10:20" in now
        assert "! MAY NOT FETCH: father Tom Bakker" in now and "Bram de Wit · " not in now
        await press(pilot, "enter")
        for text in ("hand-over all", "overdracht alle"):
            if text.startswith("over"):
                await do_line(pilot, "language nl")
            await do_line(pilot, text)
            assert isinstance(app.screen, PaperSheet) and "Bram de Wit · " in shown(app)
            assert "Bram" in shown(app) and "Noor" not in shown(app)  # the group that is shown
            await press(pilot, "end")
            assert "Emma Visser" in shown(app)
            await press(pilot, "escape")
        await do_line(pilot, "language en")
        send_keys(app, *"hand-over ui", "tab")
        await until(pilot, lambda: line(app).strip() == "hand-over Uilen")
        await press(pilot, "enter")
        now = shown(app)
        assert "To tell about Uilen" in now and "Noor" in now and "Aya Bakker · " not in now
        await press(pilot, "escape")
        assert app.state.group_name(app.state.group_id) == "Vlinders"
        await do_line(pilot, "hand-over nope")
        assert "Of whom? A name, a group, or the word for all" in status(app)
        await do_line(pilot, "aya week")
        assert isinstance(app.screen, WeekSheet)
        now = shown(app)
        assert "Five days of Aya Bakker" in now and now.count("nothing written") == 4
        assert "██" in now and "1:00" in now and "lunch ½" in now and "1 wet" in now


def printer(folder: Path, script: str) -> None:
    lp = folder / "lp"
    lp.write_text(f"#!/bin/sh\n{script}\n")
    lp.chmod(0o700)


async def test_p_writes_the_sheet_and_prints_it_and_says_what_became_of_it(
    inside: Locations, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "bin").mkdir()
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}/usr/bin{os.pathsep}/bin")
    printer(tmp_path / "bin", f'cat "$1" > {tmp_path}/printed')
    async with opened(inside, "exclamation_mark", "p") as (app, pilot):
        await until_shown(pilot, "Sent to the printer.")
        assert "[ ] Bram de Wit, asleep" in (tmp_path / "printed").read_text(encoding="utf-8")
        html, txt = sorted(inside.papers.iterdir())
        assert html.suffix == ".html" and txt.suffix == ".txt" and "<ul>" in html.read_text(encoding="utf-8")
        printer(tmp_path / "bin", "exit 1")
        await pilot.click(SheetFooter, offset=(18, app.screen.query_one(SheetFooter).region.height - 1))  # "p on paper"
        await until_shown(pilot, "The printer did not take it.")
        (tmp_path / "bin" / "lp").unlink()
        monkeypatch.setenv("PATH", str(tmp_path / "bin"))
        await press(pilot, "p")
        await until_shown(pilot, "print it from there. It is gone after a day.")
        assert len(list(inside.papers.iterdir())) == 6
        for path in inside.papers.iterdir():
            path.unlink()
        inside.papers.rmdir()
        inside.papers.write_text("in the way")
        await press(pilot, "p")
        await until_shown(pilot, "Not put on paper:")
        assert isinstance(app.screen, EvacuationSheet)


async def test_hand_over_of_whom_is_asked_and_nobody_in_is_told(place: Locations) -> None:
    async with opened(place, size=NARROW) as (app, pilot):
        await do_line(pilot, "hand-over all")
        assert "Nobody of these is or was in on this day." in shown(app)
        await press(pilot, "escape", "exclamation_mark")
        assert "0 children are in" in shown(app)
        await press(pilot, "space", "enter", "down")  # nothing to tick
        assert isinstance(app.screen, EvacuationSheet)
        await press(pilot, "escape")
        assert isinstance(app.screen, PlaceScreen) and "Something went wrong" not in status(app)


@pytest.mark.parametrize("language", ["nl", "nb"])
async def test_the_footer_and_the_roll_fit_a_narrow_screen(
    inside: Locations, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KINDERTUI_LANGUAGE", language)
    async with opened(inside, "exclamation_mark", size=NARROW) as (app, _pilot):
        footer = app.screen.query_one(SheetFooter)
        assert footer.region.bottom <= NARROW[1] and footer.content_size.height == 1
        assert isinstance(app, KinderApp) and "06-10000001" in shown(app)
