"""The value grid: a value for each child, by digits and arrows; one Enter, one act, and nothing typed is lost."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from textual.pilot import Pilot

from kindertui.data import journal
from kindertui.locations import Locations
from kindertui.screens.entry.value_grid import ValueGridSheet
from kindertui.screens.places.roster import RosterScreen
from kindertui.widgets.value_grid import ValueGrid
from tests.conftest import People
from tests.screens.acting import HOSTILE, NARROW, opened, press, settle, shown
from tests.screens.hands import (
    book,
    enter_line,
    entries,
    line,
    morning,
    send_keys,
    status,
    type_line,
    until,
    until_shown,
)


@pytest.fixture(autouse=True)
def clock(home: Locations, monkeypatch: pytest.MonkeyPatch) -> Iterator[time_machine.Traveller]:
    """A quarter to three, in English."""
    monkeypatch.setenv("KINDERTUI_LANGUAGE", "en")
    with morning(14, 45) as traveller:
        yield traveller


async def grid(pilot: Pilot[int], app: Any, text: str, *values: str) -> ValueGridSheet:
    """Types a line with `=` and Enter, and these values into the grid that opens; gives the grid."""
    await type_line(pilot, text)
    send_keys(app, "enter")
    await until(pilot, lambda: isinstance(app.screen, ValueGridSheet) and app.screen.is_mounted)
    await pilot.pause()
    sheet = app.screen
    assert isinstance(sheet, ValueGridSheet)
    await fill(pilot, app, *values)
    return sheet


async def fill(pilot: Pilot[int], app: Any, *values: str) -> None:
    """Types a value a row, going down behind each."""
    for number, value in enumerate(values):
        send_keys(app, *(["down"] if number else []), *value)
    await settle(pilot)


async def enter(pilot: Pilot[int], app: Any, *texts: str) -> None:
    """Presses Enter and waits for these texts; without any, until the grid is saved and closed."""
    send_keys(app, "enter")
    await until(
        pilot, lambda: all(one in shown(app) for one in texts) if texts else isinstance(app.screen, RosterScreen)
    )


def row(app: Any, child: str) -> str:
    return next(text for text in reversed(shown(app).splitlines()) if f" {child} " in text)


async def test_every_child_gets_its_own_end_and_one_key_takes_all_of_it_back(inside: Locations, people: People) -> None:
    aya, bram = people.children["Aya"], people.children["Bram"]
    async with opened(inside) as (app, pilot):
        sheet = await grid(pilot, app, "* s 1230-=")
        assert "for 5 children" in shown(app) and "5 are skipped" in shown(app)
        assert "no: did not sleep" in shown(app)  # there is room for it here
        await fill(pilot, app, "1345", "-", "", "=", "no")
        assert "did not sleep, 12:30" in row(app, "Søren")
        assert "slept 12:30–13:45" in row(app, "Aya") and "asleep since 12:30" in row(app, "Bram")
        assert "4 filled in, 1 is skipped" in shown(app)
        assert sheet.query_one(ValueGrid).values[people.children["Emma Visser"]] == (
            "-",
        )  # the one above that is filled
        before = journal.head(app.state.store.reader)[0]
        send_keys(app, "enter")
        await until(pilot, lambda: status(app).startswith("saved") if isinstance(app.screen, RosterScreen) else False)
        assert line(app) == "" and "sleep 1230-…  for 4 children" in status(app)
        assert entries(app, people.children["Søren"])[-1].not_slept
        acts = app.state.store.reader.execute("SELECT DISTINCT act FROM journal WHERE seq > ?", (before,)).fetchall()
        assert len(acts) == 1
        assert f"{entries(app, aya)[-1].end:%H:%M}" == "13:45" and entries(app, bram)[-1].is_open
        assert [one.kind for one in entries(app, people.children["Emma"])] == ["arrival"]
        await press(pilot, "ctrl+z")
        assert [one.kind for one in entries(app, aya) + entries(app, bram)] == ["arrival"] * 2


async def test_a_row_that_is_wrong_is_gone_to_and_nothing_is_saved(inside: Locations, people: People) -> None:
    async with opened(inside, size=NARROW) as (app, pilot):
        sheet = await grid(pilot, app, "* b =", "150", "x", "1/1200", "120")
        assert row(app, "Emma J").count("✗") == 1  # a litre at most: said while typing
        await enter(pilot, app, "Not saved. Bram:")
        assert sheet.query_one(ValueGrid).key == people.children["Bram"]
        send_keys(app, "backspace", *"90")
        await settle(pilot)
        await enter(pilot, app, "Not saved. Emma J:")
        assert sheet.query_one(ValueGrid).key == people.children["Emma"]
        assert [one.kind for one in entries(app, people.children["Aya"])] == ["arrival"]
        send_keys(app, *["backspace"] * 6, "enter")  # an empty row is skipped
        await until(pilot, lambda: isinstance(app.screen, RosterScreen))
        given = [entries(app, people.children[name])[-1].amount for name in ("Aya", "Bram", "Emma Visser")]
        assert given == [150, 90, 120]


async def test_a_warning_is_answered_by_a_second_enter(inside: Locations, people: People) -> None:
    async with opened(inside) as (app, pilot):
        await grid(pilot, app, "aya bram b =", "330", "120")
        await enter(pilot, app, "Enter again saves it all the same", "330 ml is a large bottle")
        assert len(entries(app, people.children["Bram"])) == 1
        send_keys(app, "backspace", "1")  # another value is asked about anew
        await settle(pilot)
        await enter(pilot, app, "331 ml is a large bottle", "Enter again")
        await enter(pilot, app)
        assert entries(app, people.children["Aya"])[-1].amount == 331


async def test_two_values_a_child(inside: Locations, people: People) -> None:
    async with opened(inside) as (app, pilot):
        await grid(pilot, app, "aya bram lunch 1130-1150 = =")
        send_keys(app, "½", "tab", *"rice = peas", "tab", "=", "tab", "=", "left", "left", *"[b]")
        await settle(pilot)
        await enter(pilot, app)
        lunches = [entries(app, people.children[name])[-1] for name in ("Aya", "Bram")]
        assert [one.amount for one in lunches] == [0.5, 0.5]
        assert [one.text for one in lunches] == ["rice = peas", "rice = pe[b]as"]
        assert {f"{one.start:%H:%M}-{one.end:%H:%M}" for one in lunches} == {"11:30-11:50"}


async def test_what_a_row_means_is_under_the_rows_where_it_has_no_room_behind_its_own(inside: Locations) -> None:
    async with opened(inside, size=NARROW) as (app, pilot):
        await grid(pilot, app, "aya bram lunch 1130 = =")
        place = [text.find("Aya") for text in shown(app).splitlines() if "▸ Aya" in text]
        send_keys(app, *"most")
        await until_shown(pilot, "Aya: lunch 11:30 · ate ¾")
        assert row(app, "Aya").split()[-1] == "·", "a letter of a sentence says nothing"
        send_keys(app, *"x" * 9)
        await until_shown(pilot, "is no portion: type 0, ¼, ½, ¾ or 1")
        send_keys(app, *["backspace"] * 13)
        await until_shown(pilot, "0 filled in, 2 are skipped")
        assert "Aya:" not in shown(app), "nothing is said of an empty row"
        assert place == [text.find("Aya") for text in shown(app).splitlines() if "▸ Aya" in text]


async def test_in_a_window_that_becomes_small_the_rows_and_the_keys_stay_in_sight(inside: Locations) -> None:
    async with opened(inside, size=NARROW) as (app, pilot):
        await grid(pilot, app, "* lunch 1130 = =")
        send_keys(app, *"most", "tab", *"peanut")
        await pilot.resize_terminal(60, 16)
        await settle(pilot)
        send_keys(app, *"s")
        await until_shown(pilot, "peanuts")
        assert "Enter saves" in shown(app) and "words" in shown(app)
        assert all(len(text) <= 60 for text in shown(app).splitlines())


async def test_a_grid_of_wakings_says_so_and_a_minus_is_one_who_sleeps(inside: Locations, people: People) -> None:
    async with opened(inside, size=NARROW) as (app, pilot):
        await enter_line(pilot, "aya bram s 1230")
        await grid(pilot, app, "all woke =")
        assert "woke …  for 2 children" in shown(app) and "- still asleep" in shown(app)
        await fill(pilot, app, "-", "1400")
        send_keys(app, "up")
        await until(pilot, lambda: row(app, "Aya").endswith("still asleep"))
        send_keys(app, "down", *["backspace"] * 4, *"1220")
        rows = [next((n for n, text in enumerate(shown(app).splitlines()) if "▸ " in text), 0)]
        await until_shown(pilot, "fell asleep at 12:30")
        rows.append(next(n for n, text in enumerate(shown(app).splitlines()) if "▸ " in text))
        assert rows[0] == rows[1], "the rows stay where they are, however long what is said of one"
        send_keys(app, *["backspace"] * 4, *"1400", "enter")
        await until(pilot, lambda: isinstance(app.screen, RosterScreen))
        ends = [entries(app, people.children[name])[-1].end for name in ("Aya", "Bram")]
        assert [end and f"{end:%H:%M}" for end in ends] == [None, "14:00"]


@pytest.mark.usefixtures("at_table")
async def test_a_text_of_before_comes_back_beside_the_values(inside: Locations, people: People, ina: Any) -> None:
    book(inside, ina, people.groups["Vlinders"], "emma j lunch 1130 pasta", "menu fruit 1000 peer")
    async with opened(inside) as (app, pilot):
        await grid(pilot, app, "aya bram lunch 1130 = &", "half", "0")
        assert "pasta" in row(app, "Aya")
        await enter(pilot, app)
        eaten = [(one.amount, one.text) for one in entries(app, people.children["Aya"]) if one.kind == "meal"]
        assert eaten == [(None, "peer"), (0.5, "pasta")]
        await grid(pilot, app, "aya bram fruit =")  # what the menu wrote is changed, and no second one asked about
        await fill(pilot, app, "half", "most")
        await enter(pilot, app)
        eaten = [(one.amount, one.text) for one in entries(app, people.children["Bram"]) if one.kind == "meal"]
        assert eaten == [(0.75, "peer"), (0.0, "pasta")]


async def test_back_and_locked_keep_what_was_typed(inside: Locations, people: People) -> None:
    aya = people.children["Aya"]
    async with opened(inside) as (app, pilot):
        await grid(pilot, app, "* n =", "lachte", "speelde")
        await press(pilot, "escape")
        assert isinstance(app.screen, RosterScreen) and line(app) == "* n ="
        assert len(entries(app, aya)) == 1
        app.state.store.settle(5)
        await enter(pilot, app, "lachte", "speelde")
        await fill(pilot, app, "", "", "", "sliep")
        await press(pilot, "ctrl+l", "enter")
        await until(pilot, lambda: isinstance(app.screen, RosterScreen))
        assert line(app) == "* n =" and "lachte" not in shown(app)
        await enter(pilot, app, "lachte", "sliep")
        await enter(pilot, app)
        assert entries(app, aya)[-1].text == "lachte"
        await grid(pilot, app, "* n =")
        assert "lachte" not in shown(app)  # what was saved is not offered again


async def test_what_another_terminal_did_meanwhile_refuses_the_whole(
    inside: Locations, people: People, ina: Any
) -> None:
    async with opened(inside) as (app, pilot):
        await grid(pilot, app, "aya bram b =", "150", "120")
        book(inside, ina, people.groups["Vlinders"], "bram out 830")
        await enter(pilot, app, "Not saved. Bram:")
        assert [one.kind for one in entries(app, people.children["Aya"])] == ["arrival"]
        assert "   150 " in shown(app) and "   120 " in shown(app)  # what was typed stands there


async def test_by_mouse_and_pasted(inside: Locations, people: People) -> None:
    async with opened(inside) as (app, pilot):
        sheet = await grid(pilot, app, "* lunch = =")
        widget = sheet.query_one(ValueGrid)
        await pilot.click(ValueGrid, offset=(widget._name_width + 18, 2))
        assert widget.key == people.children["Bram"]
        from textual import events

        widget.post_message(events.Paste("two\nlines"))
        await until_shown(pilot, "Not pasted: it has more than one line")
        widget.post_message(events.Paste("rijst"))
        await until_shown(pilot, "rijst")
        keys = next(i for i, text in enumerate(shown(app).splitlines()) if "Enter saves" in text)
        at = shown(app).splitlines()[keys].index("Enter saves")
        await pilot.click(offset=(at + 2, keys))
        await until(pilot, lambda: isinstance(app.screen, RosterScreen))
        assert entries(app, people.children["Bram"])[-1].text == "rijst"


@pytest.mark.parametrize("size", [NARROW, (60, 16)])
async def test_hostile_names_and_values_are_text(
    inside: Locations, people: People, ina: Any, size: tuple[int, int]
) -> None:
    from kindertui.data.act import Tx
    from kindertui.data.store import Store

    def rename(tx: Tx) -> None:
        from kindertui.data import models

        for child_id, name in zip(people.children.values(), HOSTILE, strict=False):
            record = tx.get(models.Child, child_id)
            assert record is not None
            tx.change(record, given_name=name)

    with Store(inside) as store:
        store.call(rename, ina)
    async with opened(inside, size=size) as (app, pilot):
        sheet = await grid(pilot, app, "* n =")
        widget = sheet.query_one(ValueGrid)
        for place, key in enumerate(widget.values):
            widget.put({key: (HOSTILE[(place + 1) % len(HOSTILE)],)})
            sheet.judge_row(key)
        await settle(pilot)
        assert "[/]" in shown(app) and "\x1b" not in shown(app) and "\u202e" not in shown(app)
        await press(pilot, "escape", "escape")
        await enter_line(pilot, "#" + next(iter(people.children.values())) + " wc")


async def test_a_rows_words_are_kept_from_parents_by_a_key(inside: Locations, people: People) -> None:
    async with opened(inside) as (app, pilot):
        await grid(pilot, app, "aya bram n =", "speelde met Bram", "at goed")
        assert "Bram is a child here" in row(app, "Aya")
        await press(pilot, "up", "ctrl+t")
        sheet = app.screen.query_one(ValueGrid)
        assert sheet.values[people.children["Aya"]] == ("! speelde met Bram",)
        assert "Bram is a child here" not in row(app, "Aya")
        send_keys(app, "enter")
        await until(pilot, lambda: isinstance(app.screen, RosterScreen))
        assert [entries(app, people.children[name])[-1].for_staff for name in ("Aya", "Bram")] == [True, False]
