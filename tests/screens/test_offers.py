"""The empty line offers what the hour asks for: in words, with a line that Tab types and that can be saved."""

from datetime import datetime

import pytest
import time_machine

from kindertui.data.act import Actor
from kindertui.locations import Locations
from tests.conftest import People, born
from tests.screens.acting import NARROW, WIDE, ZONE, opened, press
from tests.screens.hands import book, enter_line, line, preview, status, type_line, until


def at(clock: time_machine.Traveller, hour: int, minute: int) -> None:
    clock.move_to(datetime.now(ZONE).replace(hour=hour, minute=minute, second=0))


# the hour, what was written before, the offer in three languages, and the line that Tab types
OFFERS = [
    (8, 0, (), "arrivals: 5 are not here yet", "all in",
     {"nl": "komen: 5 kinderen zijn er nog niet", "nb": "levering: 5 barn er ikke kommet ennå"},
     {"nl": "alle in", "nb": "alle inn"}),
    (12, 0, ("all in 800",), "lunch: not written of 5", "all lunch",
     {"nl": "lunch: van 5 kinderen nog niet genoteerd", "nb": "lunsj: ikke notert for 5 barn"},
     {"nl": "alle lunch", "nb": "alle lunsj"}),
    (12, 30, ("all in 800", "all -bram -søren lunch 1130"), "lunch: not written of 2", "bram, søren lunch",
     {"nl": "lunch: van 2 kinderen nog niet genoteerd", "nb": "lunsj: ikke notert for 2 barn"},
     {"nl": "bram, søren lunch", "nb": "bram, søren lunsj"}),
    (12, 40, ("all in 800", "all lunch 1130", "bram s 1235"), "nap: 4 are awake", "all sleep",
     {"nl": "slaapje: 4 kinderen zijn wakker", "nb": "soving: 4 barn er våkne"},
     {"nl": "alle slaap", "nb": "alle sov"}),
    (14, 20, ("all in 800", "all lunch 1130", "aya bram s 1235"), "waking: 2 are asleep", "all woke",
     {"nl": "wakker worden: 2 kinderen slapen", "nb": "oppvåkning: 2 barn sover"},
     {"nl": "alle wakker", "nb": "alle våken"}),
]  # fmt: skip


@pytest.mark.parametrize("language", ["en", "nl", "nb"])
@pytest.mark.parametrize("offer", OFFERS, ids=lambda one: f"{one[0]}:{one[1]:02}")
async def test_tab_types_what_is_offered_and_enter_does_it(
    place: Locations, people: People, ina: Actor, clock: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch,
    offer: tuple[int, int, tuple[str, ...], str, str, dict[str, str], dict[str, str]], language: str,
) -> None:  # fmt: skip
    hour, minute, before, text, typed, texts, lines = offer
    for name in people.children:
        born(place, name.split()[0], datetime.now(ZONE).date().replace(year=datetime.now(ZONE).year - 2, day=1))
    at(clock, hour, minute)
    for one in before:
        book(place, ina, people.groups["Vlinders"], one)
    monkeypatch.setenv("KINDERTUI_LANGUAGE", language)
    async with opened(place, size=NARROW) as (app, pilot):
        assert texts.get(language, text) in preview(app)
        await press(pilot, "tab")
        assert line(app) == lines.get(language, typed)
        await until(pilot, lambda: "▲" not in preview(app) and "✗" not in preview(app))
        await press(pilot, "enter")
        if line(app):  # what is asked is answered
            await press(pilot, "enter")
        await until(pilot, lambda: line(app) == "" and app.state.saved != "")
        assert texts.get(language, text) not in preview(app), "what is written is offered no more"


async def test_who_should_be_fetched_is_offered_one_by_one(
    inside: Locations, clock: time_machine.Traveller, people: People
) -> None:
    async with opened(inside) as (app, pilot):
        assert "leaving" not in preview(app)
        at(clock, 18, 45)
        await press(pilot, "down", "up")
        await until(pilot, lambda: "leaving: " in preview(app))
        await press(pilot, "tab")
        assert line(app).endswith(" out") and line(app).count(" ") == 1


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_it_is_never_in_the_way(place: Locations, clock: time_machine.Traveller, size: tuple[int, int]) -> None:
    at(clock, 8, 0)
    async with opened(place, size=size) as (app, pilot):
        assert "arrivals" in preview(app) and all(len(one) <= size[0] for one in preview(app).splitlines())
        await type_line(pilot, "a")
        assert "arrivals" not in preview(app)
        await press(pilot, "escape")
        assert "arrivals" in preview(app)
        await enter_line(pilot, "all in")
        assert "arrivals" not in preview(app) and status(app).startswith("saved")
        await press(pilot, "left_square_bracket")
        assert "Tab" not in preview(app)
        await press(pilot, "tab")
        assert line(app) == "", "another day offers nothing"
