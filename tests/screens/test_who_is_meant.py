"""Who a line is for: who is elsewhere is asked about, who left is told, a name alone opens that child."""

from datetime import date, timedelta

import pytest

from kindertui.data.act import Actor
from kindertui.data.queries import entry_line
from kindertui.i18n import use
from kindertui.locations import Locations
from tests.conftest import People
from tests.screens.acting import NARROW, opened, press, settle, shown
from tests.screens.hands import (
    book,
    entries,
    house_screen,
    kinds,
    line,
    preview,
    status,
    type_line,
    until,
    until_shown,
    write_raw,
)  # fmt: skip
from tests.today import today


@pytest.fixture
def elsewhere(inside: Locations, people: People) -> Locations:
    """Noor is of Uilen, with a Noortje beside her in Vlinders; Søren has left this week."""
    write_raw(
        inside,
        ("UPDATE child SET given_name = 'Noortje' WHERE id = ?", (people.children["Bram"],)),
        (
            "UPDATE child SET last_day = ? WHERE id = ?",
            ((today() - timedelta(days=2)).isoformat(), people.children["Søren"]),
        ),
    )
    return inside


async def test_a_child_of_another_group_is_asked_about_and_taken_by_enter(elsewhere: Locations, people: People) -> None:
    noor, noortje = people.children["Noor"], people.children["Bram"]
    async with opened(elsewhere, size=NARROW) as (app, pilot):
        await type_line(pilot, "noor n sleepy")
        assert preview(app) == "  ▲ Noor El Amrani is in Uilen: Enter for Noor."
        await press(pilot, "enter")
        assert line(app) == "noor n sleepy" and kinds(app, noor) == kinds(app, noortje)[1:] == []
        assert preview(app).startswith("  Noor El Amrani (Uilen)   note 10:30 · sleepy")
        assert status(app) == "Enter again does it for Noor El Amrani; Esc clears the line."
        await press(pilot, "enter")
        await until(pilot, lambda: status(app).startswith("saved"))
        assert "Noor El Amrani (Uilen)" in status(app) and line(app) == ""
        assert [entry.text for entry in entries(app, noor)] == ["sleepy"]
        assert kinds(app, noortje) == ["arrival"]
        await type_line(pilot, "noor n again")  # what was answered was one line's question
        assert "is in Uilen: Enter for Noor." in preview(app)
        await press(pilot, "escape")
        await type_line(pilot, "noortj n here")
        assert preview(app).startswith("  Noortje   note")


async def test_an_answer_is_of_the_line_it_was_given_for(elsewhere: Locations, people: People) -> None:
    async with opened(elsewhere) as (app, pilot):
        await type_line(pilot, "noor n sleepy")
        await press(pilot, "enter")
        assert "(Uilen)" in preview(app)
        await press(pilot, "escape")
        assert line(app) == ""
        await type_line(pilot, "noor n sleepy")
        assert "Enter for Noor." in preview(app)
        assert kinds(app, people.children["Noor"]) == []


async def test_what_speaks_against_it_is_shown_with_the_answer_and_asked_once(
    elsewhere: Locations, people: People, ina: Actor
) -> None:
    noor = people.children["Noor"]
    book(elsewhere, ina, people.groups["Uilen"], "noor in 800")
    async with opened(elsewhere) as (app, pilot):
        await type_line(pilot, "noor in 900")
        await press(pilot, "enter")
        assert "! Noor El Amrani (Uilen)" in preview(app) and kinds(app, noor) == ["arrival"]
        assert status(app).startswith("Enter again saves it all the same")
        await press(pilot, "enter")
        await until(pilot, lambda: status(app).startswith("saved"))
        assert kinds(app, noor) == ["arrival", "arrival"]


async def test_who_has_left_is_told_and_nothing_is_saved(elsewhere: Locations, people: People) -> None:
    async with opened(elsewhere) as (app, pilot):
        before = len(entries(app, people.children["Søren"]))
        await type_line(pilot, "soren n x")
        await press(pilot, "enter")
        await until_shown(pilot, "Søren Østergård left on ")
        assert "▲" in preview(app) and line(app) == "soren n x" and status(app).startswith("Not done")
        await press(pilot, "enter")
        assert line(app) == "soren n x" and len(entries(app, people.children["Søren"])) == before


@pytest.mark.parametrize("typed", ["bram", "bra", "#"])
async def test_a_name_alone_opens_that_child(inside: Locations, people: People, typed: str) -> None:
    typed = typed.replace("#", "#" + people.children["Bram"])
    async with opened(inside) as (app, pilot):
        await type_line(pilot, typed)
        assert preview(app).strip().startswith("Enter opens Bram de Wit. What happened?")
        await press(pilot, "enter")
        await settle(pilot)
        assert house_screen(app).PLACE == "day" and "Bram de Wit" in shown(app)
        assert app.state.child_id == people.children["Bram"] and line(app) == ""
        await type_line(pilot, "aya")  # and from one day to another
        await press(pilot, "enter")
        await settle(pilot)
        assert house_screen(app).PLACE == "day" and app.state.child_id == people.children["Aya"]
        assert kinds(app, people.children["Bram"]) == ["arrival"]


async def test_a_name_alone_of_another_group_opens_that_child_there(elsewhere: Locations, people: People) -> None:
    async with opened(elsewhere) as (app, pilot):
        await type_line(pilot, "noor")
        await press(pilot, "enter")
        await settle(pilot)
        assert house_screen(app).PLACE == "day" and app.state.child_id == people.children["Noor"]
        assert app.state.group_id == people.groups["Uilen"] and "Noor El Amrani" in shown(app)


@pytest.mark.parametrize(
    ("language", "typed", "said"),
    [
        ("en", "noor", "Noor El Amrani is in Uilen: Enter for Noor."),
        ("nl", "noor n x", "Noor El Amrani zit in Uilen: Enter voor Noor."),
        ("nb", "noor n x", "Noor El Amrani går på Uilen: Enter for Noor."),
        ("nl", "aya en braam n x", "Niemand heet hier braam: Noortje"),
        ("nl", "aya en ayaa n x", "Niemand heet hier ayaa: Aya Bakker?"),
        ("nb", "ayaa sov", "Ingen her heter ayaa: Aya Bakker?"),
        ("nl", "pieter slaapt", "Hier heet geen kind pieter; / zoekt een kind."),
        ("nl", "aya", "Enter opent Aya Bakker."),
        ("nb", "aya", "Enter åpner Aya Bakker."),
        ("nl", "all -noor n x", "Noor El Amrani zit niet in deze groep"),
    ],
)
async def test_what_is_said_in_each_language(elsewhere: Locations, language: str, typed: str, said: str) -> None:
    if "braam" in typed:
        said = "Hier heet geen kind braam"  # Bram is called Noortje here
    async with opened(elsewhere) as (app, pilot):
        app.state.language = language
        use(language)
        await type_line(pilot, typed)
        assert said in preview(app), preview(app)


async def test_a_correction_stays_with_its_child(inside: Locations, people: People) -> None:
    aya = people.children["Aya"]
    async with opened(inside, "enter") as (app, pilot):
        await settle(pilot)
        assert house_screen(app).PLACE == "day"
        await press(pilot, "enter")
        assert status(app).startswith("Correcting")
        await type_line(pilot, " x")
        before = [entry.text for entry in entries(app, aya)]
        house_screen(app).entry.put("bram in 0815")
        await press(pilot, "enter")
        assert "stays with its child" in preview(app) and line(app) == "bram in 0815"
        assert [entry.text for entry in entries(app, aya)] == before


async def test_the_others_are_read_once_for_many_keys(
    elsewhere: Locations, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[date] = []
    real = entry_line.other_children

    def counted(*args: object) -> object:
        asked.append(args[1])  # type: ignore[arg-type]
        return real(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(entry_line, "other_children", counted)
    async with opened(elsewhere) as (_app, pilot):
        await type_line(pilot, "aya n one, and two, and three")
        await press(pilot, "escape", "down")
        await type_line(pilot, "noor n a line of another one")
        assert len(asked) == 1
