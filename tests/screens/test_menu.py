"""The menu of the day at the keyboard: named allergies, one line for all, exceptions after, and who comes later."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine

from kindertui.app import KinderApp
from kindertui.data.act import Actor
from kindertui.data.queries.entry_line import menus
from kindertui.locations import Locations
from tests.conftest import People, born
from tests.screens.acting import HOSTILE, NARROW, opened, press, shown
from tests.screens.hands import (
    book,
    enter_line,
    entries,
    line,
    morning,
    preview,
    send_keys,
    status,
    type_line,
    until,
)
from tests.today import today

pytestmark = pytest.mark.usefixtures("at_table")


@pytest.fixture(autouse=True)
def clock(home: Locations) -> Iterator[time_machine.Traveller]:
    """At the table."""
    with morning(12, 30) as traveller:
        yield traveller


def meals(app: KinderApp, child: str) -> list[str]:
    return [
        f"{one.detail['meal']} {one.start:%H:%M} {'' if one.amount is None else f'{one.amount:g} '}{one.text}"
        for one in entries(app, child)
        if one.kind == "meal"
    ]


def kept(app: KinderApp) -> list[tuple[str | None, str, str]]:
    return [(one.group_id, one.meal, one.text) for one in menus(app.state.store.reader, app.state.shown_day)]


async def test_a_day_at_the_table(place: Locations, people: People) -> None:
    aya, bram, soren = (people.children[name] for name in ("Aya", "Bram", "Søren"))
    async with opened(place, size=NARROW) as (app, pilot):
        await enter_line(pilot, "aya bram emma j in 800")
        before = app.effort.keys
        await enter_line(pilot, "menu lu pasta")
        await enter_line(pilot, "aya lu 0")
        await type_line(pilot, "br lu rice")
        assert "changes lunch 12:30 · rice" in preview(app)  # and asks nothing: it is no second lunch
        send_keys(app, "enter")
        await until(pilot, lambda: line(app) == "")
        await enter_line(pilot, "em j lu ½")
        assert app.effort.keys - before <= 14 + 3 * 11  # 41 where three letters tell a child
        assert meals(app, aya) == ["lunch 12:30 0 pasta"] and meals(app, bram) == ["lunch 12:30 rice"]
        assert meals(app, people.children["Emma"]) == ["lunch 12:30 0.5 pasta"]
        await enter_line(pilot, "sø in 1210")
        await type_line(pilot, "sø lu 1215 most")
        assert "lunch 12:15 · ate ¾ · pasta" in preview(app)
        await press(pilot, "enter")
        assert meals(app, soren) == ["lunch 12:15 0.75 pasta"]
        await press(pilot, "ctrl+z")
        assert meals(app, soren) == []


async def test_a_baby_on_bottles_is_passed_over_and_the_line_below_says_so(
    place: Locations, people: People, ina: Actor
) -> None:
    book(place, ina, people.groups["Vlinders"], "all in 800")
    born(place, "Bram", today() - timedelta(days=100))
    async with opened(place, size=NARROW) as (app, pilot):
        await type_line(pilot, "menu lunch pasta")
        assert preview(app).startswith("  Aya, Emma J, Emma V, Søren   menu lunch 12:30 · pasta")
        await press(pilot, "enter")
        assert meals(app, people.children["Bram"]) == [] and meals(app, people.children["Søren"]) == [
            "lunch 12:30 pasta"
        ]
        await enter_line(pilot, "bram lunch 1225 ¼")
        await type_line(pilot, "menu fruit pear")
        assert "Bram" in preview(app) or "all 5" in preview(app)


async def test_whom_it_does_not_suit_is_named_before_enter(place: Locations, people: People, ina: Actor) -> None:
    book(place, ina, people.groups["Vlinders"], "aya bram emma j in 800")
    async with opened(place, size=NARROW) as (app, pilot):
        await type_line(pilot, "menu lunch yoghurt en pindakaas")
        assert "MIND: Aya koemelk (yoghurt), Emma J noten (pindakaas). All the same?" in preview(app)
        await press(pilot, "enter")
        assert meals(app, people.children["Aya"]) == [] and "Enter again saves it all the same" in status(app)
        await press(pilot, "enter")
        assert meals(app, people.children["Aya"]) == ["lunch 12:30 yoghurt en pindakaas"]
        await press(pilot, "ctrl+z")
        assert kept(app) == [] and meals(app, people.children["Bram"]) == []
        await type_line(pilot, "menu lunch koemelk -aya -emma")
        assert "MIND" not in preview(app)
        await press(pilot, "escape")
        await type_line(pilot, "menu dinner 1730 noten")
        assert "menu of dinner: noten · kept, it lands on who eats it" in preview(app)
        assert "Emma J: MIND" in preview(app)
        await press(pilot, "enter", "enter")
        assert kept(app) == [(people.groups["Vlinders"], "dinner", "noten")] and "saved" in status(app)
        await type_line(pilot, "emma j dinner half")  # the menu is known before it is typed
        assert "ate ½ · noten" in preview(app) and "MIND" in preview(app)


async def test_what_a_colleague_sets_is_in_the_preview_at_once(place: Locations, people: People, ina: Actor) -> None:
    book(place, ina, people.groups["Vlinders"], "aya bram in 800")
    async with opened(place, size=NARROW) as (app, pilot):
        await type_line(pilot, "aya lunch half")
        assert "pasta" not in preview(app)
        book(place, ina, people.groups["Vlinders"], "menu lunch pasta")
        await until(pilot, lambda: "changes lunch 12:30 · ate ½ · " in preview(app))
        await press(pilot, "escape")
        await type_line(pilot, "aya fruit 1200 half")
        assert "MIND" not in preview(app)
        book(place, ina, people.groups["Vlinders"], "menu fruit 1400 koemelk")  # only kept: nobody's day is another one
        await until(pilot, lambda: "Aya: MIND" in preview(app))
        await press(pilot, "escape", "2")
        await type_line(pilot, "lunch 0")
        assert "changes lunch 12:30" in preview(app)
        await press(pilot, "escape", "end", "enter")
        assert line(app) == "lunch 12:30 pasta"  # a row that is corrected is read as it stands
        assert "changes" not in preview(app)


async def test_from_a_place_of_all_groups_it_is_for_all(place: Locations, people: People, ina: Actor) -> None:
    book(place, ina, people.groups["Vlinders"], "aya in 800")
    book(place, ina, people.groups["Uilen"], "noor in 800")
    async with opened(place, "6", "colon") as (app, pilot):
        await type_line(pilot, "menu lunch soep")
        await press(pilot, "enter")
        assert kept(app) == [(None, "lunch", "soep")]
        assert meals(app, people.children["Aya"]) == meals(app, people.children["Noor"]) == ["lunch 12:30 soep"]


@pytest.mark.parametrize("text", [text for text in HOSTILE if text.isprintable()])
async def test_hostile_menus_are_shown_as_text(place: Locations, people: People, ina: Actor, text: str) -> None:
    book(place, ina, people.groups["Vlinders"], "aya bram in 800", f"menu lunch {text}")
    async with opened(place, size=NARROW) as (app, pilot):
        await type_line(pilot, "aya lunch half")
        start = text[:20]
        assert f"ate ½ · {start}" in preview(app) and start in shown(app)
        await press(pilot, "enter")
        assert meals(app, people.children["Aya"])[0].endswith(text)
