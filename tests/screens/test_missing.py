"""The list of what is missing: by a key and by its word, sorted, and Enter goes to the hole with the line begun."""

from datetime import datetime, timedelta

import pytest
import time_machine
from rich.cells import cell_len

from kindertui.data.act import Actor
from kindertui.domain.entry.words import verb_word
from kindertui.locations import Locations
from kindertui.phrases import day
from kindertui.screens.sheets.pick import PickSheet
from kindertui.screens.sheets.read import ReadSheet
from tests.conftest import People
from tests.screens.acting import NARROW, ZONE, opened, press, shown
from tests.screens.hands import book, do_line, entries, kinds, line, preview, status, type_line, until
from tests.screens.test_hostile import TEXTS, judge, spoil


def rows(text: str) -> list[str]:
    """The lines of a sheet that name a child."""
    return [" ".join(one.split()) for one in text.splitlines() if ", since" in one or "none since" in one]


async def test_enter_goes_to_the_child_with_the_line_begun(
    place: Locations, people: People, ina: Actor, clock: time_machine.Traveller
) -> None:
    clock.shift(-timedelta(days=1))
    book(place, ina, people.groups["Vlinders"], "aya in 800; s 1000")
    book(place, ina, people.groups["Uilen"], "noor in 800")
    clock.shift(timedelta(days=1))
    book(place, ina, people.groups["Vlinders"], "bram in 700; s 720")
    async with opened(place, "comma", size=NARROW) as (app, pilot):
        sheet = app.screen
        assert isinstance(sheet, PickSheet) and "3 things are missing: Vlinders" in shown(app)
        yesterday = app.state.now().date() - timedelta(days=1)
        found = rows(shown(app))
        assert day(yesterday) in found[0] and day(yesterday) in found[2] and "…" not in "".join(found)
        assert found[0].startswith("▸ Aya Bakker sleep end still asleep, since 10:00,")
        assert found[1] == "Bram de Wit sleep end still asleep, since 07:20"
        assert found[2].startswith("Aya Bakker out still in, since 08:00,")
        await press(pilot, "escape")
        assert app.current_mode == "roster" and line(app) == ""
        await press(pilot, "2")
        await type_line(pilot, "b 15")
        await press(pilot, "escape", "1")
        await do_line(pilot, "complete", "enter")
        await until(pilot, lambda: app.current_mode == "day" and line(app) == "woke ")
        assert app.state.child_id == people.children["Aya"] and app.state.shown_day == yesterday
        await press(pilot, *["backspace"] * 5)
        await press(pilot, "comma", "down", "enter")  # from the day itself
        assert line(app) == "woke " and app.state.child_id == people.children["Bram"] and app.state.day is None
        assert "Bram   awake since 10:30" in preview(app)
        await press(pilot, "enter")
        await until(pilot, lambda: status(app).startswith("saved"))
        await press(pilot, "comma")
        assert "Bram" not in "".join(rows(shown(app)))
        await press(pilot, "down", "enter")
        await until(pilot, lambda: line(app) == "out " and app.state.shown_day == yesterday)


@pytest.mark.parametrize(("language", "no"), [("en", "no"), ("nl", "niet")])
async def test_a_nap_that_was_not_is_said_where_it_is_missing(
    place: Locations, people: People, ina: Actor, monkeypatch: pytest.MonkeyPatch, language: str, no: str
) -> None:
    book(place, ina, people.groups["Vlinders"], "bram in 400")
    monkeypatch.setenv("KINDERTUI_LANGUAGE", language)
    said, cell = {"en": ("did not sleep", "no nap"), "nl": ("niet geslapen", "niet geslapen")}[language]
    async with opened(place, "comma", size=NARROW) as (app, pilot):
        bram = people.children["Bram"]
        await press(pilot, "enter")
        begun = f"{verb_word('sleep', language)} ? "
        await until(pilot, lambda: line(app) == begun and no in preview(app) and "1230-1415" in preview(app))
        assert len(preview(app).splitlines()) == 1 and cell_len(preview(app)) <= 80
        await press(pilot, "enter")  # Enter twice, in a hurry: it says nothing of a sleep that nobody saw
        assert line(app) == begun.strip() and kinds(app, bram) == ["arrival"]
        assert no in preview(app) and all(cell_len(row) <= 80 for row in preview(app).splitlines())
        await type_line(pilot, no[0])
        await until(pilot, lambda: preview(app).strip() == f"Bram   {said}")
        await press(pilot, "enter")
        await until(pilot, lambda: kinds(app, bram) == ["arrival", "sleep"])
        assert entries(app, bram)[1].not_slept
        await until(pilot, lambda: said in shown(app))
        assert not set("█░▌") & set(shown(app))  # nothing on the lane of sleep
        await press(pilot, "comma")
        assert isinstance(app.screen, ReadSheet)  # nothing is missing any more
        await press(pilot, "escape", "enter")  # the row in place: it is typed as it was said
        await until(pilot, lambda: line(app) == f"{verb_word('sleep', language)} {no} 10:30")
        await press(pilot, "escape", "1")
        assert cell in shown(app) and "…" not in next(row for row in shown(app).splitlines() if cell in row)


async def test_what_was_typed_there_is_not_lost(place: Locations, people: People, ina: Actor) -> None:
    book(place, ina, people.groups["Vlinders"], "bram in 700; s 720")
    async with opened(place, "2") as (app, pilot):
        await type_line(pilot, "aya n half a thought")
        app.state.day = None
        await app.switch_mode("roster")
        await press(pilot, "comma", "enter")
        await until(pilot, lambda: app.current_mode == "day" and line(app) == "woke ")
        await press(pilot, *["backspace"] * 5)
        await press(pilot, "shift+up")
        assert line(app) == "aya n half a thought"


@pytest.mark.parametrize(
    ("language", "title", "begun"),
    [("nl", "nog 2 te noteren: Vlinders", "wakker "), ("nb", "2 mangler fortsatt: Vlinders", "våken ")],
)
async def test_it_speaks_the_language_of_the_screen(
    place: Locations,
    people: People,
    ina: Actor,
    clock: time_machine.Traveller,
    monkeypatch: pytest.MonkeyPatch,
    language: str,
    title: str,
    begun: str,
) -> None:
    clock.shift(-timedelta(days=1))
    book(place, ina, people.groups["Vlinders"], "aya in 800")
    clock.shift(timedelta(days=1))
    book(place, ina, people.groups["Vlinders"], "bram in 700; s 720")
    monkeypatch.setenv("KINDERTUI_LANGUAGE", language)
    async with opened(place, size=NARROW) as (app, pilot):
        await do_line(pilot, {"nl": "volledig", "nb": "fullstendig"}[language])
        assert title in shown(app)
        yesterday = day(datetime.now(ZONE).date() - timedelta(days=1))
        assert shown(app).count(yesterday) == 1  # in full, at 80 cells
        await press(pilot, "enter")
        await until(pilot, lambda: line(app) == begun)


async def test_an_empty_list_says_so(place: Locations) -> None:
    async with opened(place, "comma") as (app, pilot):
        assert isinstance(app.screen, ReadSheet) and "Nothing is missing: whatever had to be" in shown(app)
        await press(pilot, "escape")
        assert app.current_mode == "roster"


@pytest.mark.parametrize("name", TEXTS)
async def test_names_are_text(place: Locations, people: People, ina: Actor, name: str) -> None:
    book(place, ina, people.groups["Vlinders"], "all in 700; s 720")
    text, visible = TEXTS[name]
    spoil(place, text)
    async with opened(place, "comma", by=text + "Ina", size=NARROW) as (app, pilot):
        assert isinstance(app.screen, PickSheet)
        judge(app, visible[:10])
        assert "still asleep, since 07:20" in shown(app)
        await press(pilot, "escape")
        judge(app)


async def test_the_roster_says_whose_piece_is_due(
    place: Locations, people: People, ina: Actor, clock: time_machine.Traveller
) -> None:
    clock.shift(-timedelta(days=9))
    book(place, ina, people.groups["Vlinders"], "aya bram in 800; n 900 sang all day; out 1000")
    clock.shift(timedelta(days=9))
    book(place, ina, people.groups["Vlinders"], "aya bram in 1000")
    async with opened(place) as (app, pilot):
        assert shown(app).count("piece") == 2  # without anybody asking for it anew
        await do_line(pilot, "bram n built a tower")
        await until(pilot, lambda: shown(app).count("piece") == 1)
        await press(pilot, "comma")
        assert "last one" in shown(app) and "1 thing is missing" in shown(app)
        await press(pilot, "enter")
        await until(pilot, lambda: line(app) == "note ")
