"""The portal screen: what waits and misses, a bundle by two keys, what came back, what was kept apart."""

import json
from pathlib import Path

import pytest

from kindertui.data.act import Actor
from kindertui.data.queries import portal as queries
from kindertui.locations import Locations
from kindertui.portal.bundle.check import check
from kindertui.portal.bundle.receive import receive
from tests.conftest import People
from tests.screens.acting import NARROW, WIDE, opened, press, shown
from tests.screens.hands import book, send_keys, until, until_shown


@pytest.fixture
def inside(place: Locations, people: People, ina: Actor) -> Locations:
    """Two children in since eight."""
    book(place, ina, people.groups["Vlinders"], "aya bram in 800")
    return place


def bundles(place: Locations) -> list[Path]:
    return list(place.outbox.glob("*.zip"))


async def test_a_bundle_is_written_after_it_was_shown_in_words(inside: Locations) -> None:
    async with opened(inside, "5") as (app, pilot):
        assert "2 entries of the day log" in shown(app)
        assert "still in" in shown(app)
        await press(pilot, "e")
        assert "2 children still miss something" in shown(app)
        await press(pilot, "escape")
        assert not bundles(inside)
        await press(pilot, "e", "enter")
        await until_shown(pilot, "Nothing changed since the last bundle", "no answer yet")
        (bundle,) = bundles(inside)
        assert check(bundle).ok
        assert str(bundle) in "".join(part.strip() for part in shown(app).splitlines()), "who carries it finds it"
        await press(pilot, "e")
        assert bundles(inside) == [bundle]


async def test_what_left_and_was_taken_back_here_is_told_to_the_portal(inside: Locations) -> None:
    async with opened(inside, "5", "e", "enter") as (app, pilot):
        await until_shown(pilot, "no answer yet")
        await press(pilot, "ctrl+z")
        await until_shown(pilot, "2 taken away here", "taken back", "portal 2")
        await press(pilot, "e")
        assert "2 records that left before were taken away here" in shown(app)
        await press(pilot, "enter")
        await until_shown(pilot, "Nothing changed since the last bundle")
        assert len(bundles(inside)) == 2


async def test_what_came_back_is_taken_in(inside: Locations, tmp_path: Path) -> None:
    answer = tmp_path / "answer"
    answer.mkdir()
    async with opened(inside, "5", "e", "enter") as (app, pilot):
        await until_shown(pilot, "no answer yet")
        receive(bundles(inside)[0], answer)
        await press(pilot, "i")
        send_keys(app, *str(answer)[:-2], "tab")  # completes the folder's name
        await until_shown(pilot, "answer/")
        send_keys(app, "enter")
        await until_shown(pilot, "accepted")
        assert "no answer yet" not in shown(app)


async def test_a_line_that_cannot_be_taken_is_kept_apart_and_shown(place: Locations, tmp_path: Path) -> None:
    file = tmp_path / "in.jsonl"
    file.write_text(json.dumps({"nonsense": "[/] \x1b]52;c;x"}) + "\n", encoding="utf-8")
    async with opened(place, "5", "i") as (app, pilot):
        send_keys(app, *str(tmp_path / "none"), "enter")
        await until_shown(pilot, "There is no such file or folder")
        await press(pilot, *["backspace"] * len("none"))
        send_keys(app, *"in.jsonl", "enter")
        await until_shown(pilot, "came in and was kept apart")
        assert len(queries.quarantine(app.state.store.reader, app.state.zone)) == 1
        await press(pilot, "home", "enter")
        assert "nothing was applied" in shown(app)
        assert "[/]" in shown(app)
        await press(pilot, "enter", "d", "escape")
        assert "kept apart" in shown(app)
        await press(pilot, "d")
        assert "Has somebody seen to this?" in shown(app) and "[/]" in shown(app)
        await press(pilot, "enter")
        await until_shown(pilot, "Off the list: nothing of it was applied.")
        assert "kept apart" not in shown(app)
        await press(pilot, "d")
        assert "put the cursor on such a line" in shown(app)


async def test_enter_on_what_is_missing_jumps_to_the_child(inside: Locations, people: People) -> None:
    async with opened(inside, "5", "home", "enter") as (app, pilot):
        await until(pilot, lambda: app.current_mode == "day")
        assert app.state.child_id == people.children["Aya"]


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_it_is_readable_when_empty(place: Locations, size: tuple[int, int]) -> None:
    async with opened(place, "5", size=size) as (app, _):
        assert "No bundle was made yet." in shown(app)
        assert "Nothing is missing." in shown(app)
