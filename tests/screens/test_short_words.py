"""The staff's own short words on the screen: from the line, in their list, and written out as one types."""

from textual.widgets import Input

from kindertui.data.act import Actor
from kindertui.data.queries.entry_line import short_words
from kindertui.data.short_words import remove_short_word, set_short_word
from kindertui.locations import Locations
from kindertui.screens.place import PlaceScreen
from kindertui.screens.sheets.short_words import ShortWordsSheet
from kindertui.widgets.table import RowTable
from tests.conftest import People
from tests.screens.acting import HOSTILE, NARROW, opened, press, shown
from tests.screens.hands import (
    book,
    do_line,
    enter_line,
    entries,
    house_screen,
    line,
    preview,
    send_keys,
    status,
    type_line,
    until,
)


async def test_a_short_word_is_set_on_the_line_and_written_out_before_enter(place: Locations, ina: Actor) -> None:
    async with opened(place, size=NARROW) as (app, pilot):
        await enter_line(pilot, "in 800")
        await enter_line(pilot, "texts bu = buiten gespeeld")
        assert "bu = buiten gespeeld" in status(app) and "ctrl+z" in status(app)
        await type_line(pilot, "a bu met zand")
        assert "buiten gespeeld met zand" in preview(app)
        await press(pilot, "escape", "2")
        await type_line(pilot, "a bu")
        assert "buiten gespeeld" in preview(app)
        await press(pilot, "escape")
        await type_line(pilot, "a lez")
        assert "lez" in preview(app)
        await app.state.store.run(set_short_word, ina, "lez", "boekje gelezen")  # another terminal
        await until(pilot, lambda: "boekje gelezen" in preview(app))
        await app.state.store.run(remove_short_word, ina, "lez")
        await press(pilot, "escape")
        await do_line(pilot, "texts 1230 = x")
        assert "1230 means something on the entry line already" in status(app)
        await do_line(pilot, "texts bu")
        assert "Type a short word, = and what it stands for" in status(app)
        assert [(one.word, one.text) for one in short_words(app.state.store.reader)] == [("bu", "buiten gespeeld")]


async def test_the_list_adds_changes_takes_away_and_takes_back(place: Locations) -> None:
    async with opened(place, size=NARROW) as (app, pilot):

        def kept() -> dict[str, str]:
            return {one.word: one.text for one in short_words(app.state.store.reader)}

        async def typed(text: str) -> None:
            send_keys(app, *text)
            await until(pilot, lambda: text in app.screen.query_one(Input).value)
            await press(pilot, "enter")

        await do_line(pilot, "texts")
        sheet = app.screen
        assert isinstance(sheet, ShortWordsSheet) and "There are none yet" in shown(app)
        await typed("no equals")
        assert "Put = between" in shown(app) and not kept()
        await press(pilot, "escape")
        assert app.screen is sheet and sheet.query_one(Input).value == ""
        await typed("bu = buiten gespeeld")
        await typed("lez = boekje gelezen")
        assert kept() == {"bu": "buiten gespeeld", "lez": "boekje gelezen"}
        assert sheet.query_one(RowTable).cursor == "lez" and "bu             buiten gespeeld" in shown(app)
        await press(pilot, "up", "enter")
        assert sheet.query_one(Input).value == "bu = buiten gespeeld"
        await typed(" en geklommen")
        assert kept()["bu"] == "buiten gespeeld en geklommen"
        await press(pilot, "up", "delete")
        assert list(kept()) == ["lez"] and "bu is no short word any more" in shown(app)
        await press(pilot, "ctrl+z")
        assert kept()["bu"] == "buiten gespeeld en geklommen" and "taken back: short word" in shown(app)
        await press(pilot, "ctrl+y")
        assert list(kept()) == ["lez"]
        await press(pilot, "ctrl+y")
        assert "There is nothing to do again." in shown(app)
        await typed("1230 = x")
        assert "means something on the entry line already" in shown(app)  # and it stays to be mended
        assert sheet.query_one(Input).value == "1230 = x"
        await press(pilot, "escape", "escape")
        assert isinstance(app.screen, PlaceScreen) and line(app) == ""
        await type_line(pilot, "n lez")
        assert "boekje gelezen" in preview(app)  # the roster knows at once


async def test_a_text_of_before_comes_back_on_the_line(place: Locations, people: People, ina: Actor) -> None:
    async with opened(place, size=NARROW) as (app, pilot):
        await enter_line(pilot, "aya bram in 800")
        await enter_line(pilot, "aya lunch 1000 pasta [/]")
        await type_line(pilot, "bram lunch 1010 &")
        assert "lunch 10:10 · pasta [/]" in preview(app)
        send_keys(app, "enter")
        await until(pilot, lambda: line(app) == "")
        assert [one.text for one in entries(app, people.children["Bram"]) if one.kind == "meal"] == ["pasta [/]"]
        await type_line(pilot, "bram a &")
        assert "pasta" not in preview(app)
        book(place, ina, people.groups["Vlinders"], "aya a 1015 zand")  # another terminal
        await until(pilot, lambda: "zand" in preview(app))


async def test_tab_writes_what_was_written_before_the_most_used_first(
    place: Locations, people: People, ina: Actor
) -> None:
    lines = ("aya bram in 800", "aya a 900 zand; a 910 [/] zeep, 150", "bram a 900 zand; n 910 zeldzaam")
    book(place, ina, people.groups["Vlinders"], *lines)
    async with opened(place, size=NARROW) as (app, pilot):
        await type_line(pilot, "bram a z")
        await press(pilot, "tab")
        assert line(app).strip() == "bram a zand"
        await press(pilot, "escape")
        await type_line(pilot, "bram a [")
        await press(pilot, "tab", "enter")
        assert [one.text for one in entries(app, people.children["Bram"])][-1] == "[/] zeep, 150"
        await type_line(pilot, "bram n zel")  # written once, of one child: not offered for another
        await press(pilot, "tab")
        assert line(app) == "bram n zel"


async def test_hostile_texts_are_shown_as_text(place: Locations) -> None:
    async with opened(place, size=NARROW) as (app, pilot):
        state = app.state
        assert state.actor is not None
        for number, text in enumerate(HOSTILE):
            await state.store.run(set_short_word, state.actor, f"h{number}[/]", text)
        await do_line(pilot, "texts")
        assert "h0[/]          [/]" in shown(app) and "[b]Mia[/b] [green] Nuts" in shown(app)
        assert "x" * 40 in shown(app) and "\x1b" not in shown(app) and "\u202e" not in shown(app)
        await press(pilot, "escape")
        house_screen(app).status.say("")
        state.cache.forget_short_words()
        await type_line(pilot, "n h1[/]")
        assert "[b]Mia[/b] [green] Nuts" in preview(app)
