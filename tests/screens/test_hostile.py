"""Whatever people have written is shown as text, on every screen: nothing of it is markup, a link or a control code."""

import pytest
from rich.segment import ControlType, Segment
from textual.color import Color
from textual.pilot import Pilot

from kindertui.app import KinderApp
from kindertui.data.act import Actor
from kindertui.data.connection import connect
from kindertui.data.keys import read_keys
from kindertui.locations import Locations
from kindertui.screens.place import PlaceScreen
from kindertui.screens.support.output_filter import OutputFilter
from tests.conftest import People
from tests.screens.acting import NARROW, opened, press, shown
from tests.screens.hands import book, house_screen, send_keys, type_line, until

# Each with the beginning of what must be seen of it.
TEXTS = {
    "markup": ("[/] [b]Mia[/b] [allergic] [@click=app.quit]x[/]", "[/] [b]Mia["),
    "control": ("\x1b]52;\x07\x9b31m\x00\x7f\u202egnirts\u202c\u200b\u2066\ufeff\x1b[31mrood", "]52;31mgnirts[31m"),
    "scripts": ("王小明שלום" + "x" * 300, "王小明שלום"),
}
FORBIDDEN = [chr(code) for code in (*range(9), *range(11, 32), *range(127, 160), 0x202E, 0x2066, 0x200B, 0xFEFF)]


def spoil(place: Locations, text: str) -> None:
    """Puts a text into every name, note and report, past the door that cleans them."""
    db = connect(place.database, read_keys(place).database)
    with db:
        db.execute("UPDATE location SET name = ?", (text,))
        db.execute("UPDATE care_group SET name = ? || name", (text,))
        db.execute("UPDATE staff SET name = ? || name", (text,))
        db.execute("UPDATE guardian SET name = ?, phone = ?", (text, text))
        db.execute("UPDATE guardianship SET relation = ?", (text,))
        db.execute("UPDATE child SET given_name = ? || given_name, surname = ?", (text, text))
        db.execute("UPDATE care_fact SET text = ?", (text,))
        db.execute("UPDATE restriction SET author = ?, reason = ?", (text, text))
        db.execute("UPDATE entry SET text = ?", (text,))
        db.execute("UPDATE absence SET text = ?, reported_by = ?", (text, text))
    db.close()


def judge(app: KinderApp, visible: str = "") -> None:
    """The screen in front shows the text, and no character that a terminal would obey."""
    now = shown(app)
    assert not [one for one in FORBIDDEN if one in now]
    assert visible in now
    assert app.is_running and app._exception is None


@pytest.mark.parametrize("name", TEXTS)
async def test_it_is_text_on_every_screen(place: Locations, people: People, ina: Actor, name: str) -> None:
    text, visible = TEXTS[name]
    book(place, ina, people.groups["Vlinders"], "all -søren in 800", "aya n 900 iets", "søren sick")
    spoil(place, text)
    size = NARROW if name == "scripts" else (120, 36)
    async with opened(place, by=text + "Ina", size=size) as (app, pilot):
        judge(app, visible)
        for key in ("2", "3", "4", "5", "6", "1"):
            await pilot.press(key)
            await pilot.pause()
            judge(app, visible if key in "1236" else "")
        for key in ("slash", "ctrl+p", "ctrl+g", "question_mark"):
            await pilot.press(key)
            await pilot.pause()
            judge(app, visible if key in ("slash", "ctrl+g") else "")
            await pilot.press("escape")
        for word in ("call", "mind", "history", "week", "hand-over", "hand-over all", "evacuation"):
            await type_line(pilot, word)
            await sheet(app, pilot)
            judge(app, visible)
            await pilot.press("escape")
        await pilot.press("ctrl+l")
        await pilot.pause()
        judge(app, visible)


async def sheet(app: KinderApp, pilot: Pilot[int]) -> None:
    send_keys(app, "enter")
    await until(pilot, lambda: not isinstance(app.screen, PlaceScreen))
    await pilot.pause()


async def test_a_warning_is_seen_beside_whatever_people_wrote(place: Locations, people: People, ina: Actor) -> None:
    book(place, ina, people.groups["Vlinders"], "all in 800", "aya med 1000 paracetamol")
    text = "[@click=app.quit]x[/] \x1b[31m\u202e" + "y" * 300
    db = connect(place.database, read_keys(place).database)
    with db:
        db.execute("UPDATE guardian SET name = ? || name", (text,))
        db.execute("UPDATE care_fact SET text = 'melk ' || ?", (text,))
    db.close()
    async with opened(place, size=NARROW) as (app, pilot):
        entry = house_screen(app).entry
        for line, seen in (
            ("aya out papa", "MIND: [@click=app.quit]x[/]"),
            ("aya out " + "[b]Piet[/b] " * 30, "! Aya: [b]Piet[/b]"),
            ("aya lunch melk " + "[b]Piet[/b] " * 30, "! Aya: MIND: allergy melk [@click=app.quit]"),
        ):
            entry.put(line)
            await pilot.pause()
            judge(app, seen)
            assert "All the same?" in " ".join(shown(app).split()), "the question is seen to its end"
        entry.put("aya med paracetamol " + "[b]Piet[/b] " * 30)
        send_keys(app, "enter")
        await until(pilot, lambda: "Enter again" in shown(app))
        judge(app, "! Aya: had paracetamol at 10:00, less than 6 h from this.")
        judge(app, "! Aya: no guardian agreed to paracetamol [b]Piet")
        entry.put("")
        assert app.is_running and not entries_left(app)


def entries_left(app: KinderApp) -> int:
    """How many departures and meals there are: nothing was answered, so nothing was saved."""
    found = app.state.store.reader.execute("SELECT count(*) FROM entry WHERE kind IN ('departure', 'meal')").fetchone()
    return int(found[0])


async def test_what_is_typed_is_cleaned_once_on_its_way_in(place: Locations, people: People, ina: Actor) -> None:
    book(place, ina, people.groups["Vlinders"], "all in 800")
    async with opened(place) as (app, pilot):
        house_screen(app).entry.put("n \u202e[b]Mia[/b] \u200b[/] [@click=app.quit]x")
        await pilot.pause()
        judge(app, "[b]Mia[/b] [/] [@click=app.quit]x")
        send_keys(app, "enter")
        await until(pilot, lambda: house_screen(app).entry.value == "")
        await press(pilot, "2")
        judge(app, "[b]Mia[/b] [/] [@click=app.quit]x")
        (note,) = app.state.store.reader.execute("SELECT text FROM entry WHERE kind = 'note'").fetchone()
        assert note == "[b]Mia[/b] [/] [@click=app.quit]x"
        await pilot.click("#entries", offset=(30, 2))  # a link would have left the program
        assert app.is_running and app.return_code is None


def test_the_last_line_before_the_terminal_lets_no_control_character_through() -> None:
    moves = Segment("\x1b[1A", None, [(ControlType.CURSOR_UP, 1)])  # the terminal's own
    *clean, last = OutputFilter().apply([Segment(f"a{one}b") for one in FORBIDDEN] + [moves], Color(0, 0, 0))
    assert {segment.text for segment in clean} <= {"ab", "a b"} and last is moves


async def test_it_stands_behind_every_widget(place: Locations) -> None:
    async with opened(place) as (app, _pilot):
        assert any(isinstance(one, OutputFilter) for one in app.get_line_filters())
