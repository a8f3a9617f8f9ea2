"""The care notes of a child on their sheet: added, changed and taken away by keys, and lifted by a manager."""

from datetime import timedelta
from typing import Any

import pytest

from kindertui.data.queries import care_notes as read
from kindertui.domain.care_notes import CareNotes
from kindertui.locations import Locations
from kindertui.screens.place import PlaceScreen
from kindertui.screens.sheets.care_notes import CareNotesSheet
from kindertui.screens.sheets.form import FormSheet
from kindertui.screens.who import WhoScreen
from tests.conftest import People
from tests.screens.acting import HOSTILE, NARROW, opened, press, shown, type_text
from tests.screens.hands import do_line, pick, send_keys, status, until, write_raw
from tests.today import today


async def open_care_notes(app: Any, pilot: Any, who: str = "mind") -> None:
    await do_line(pilot, who)
    assert isinstance(app.screen, CareNotesSheet)


def found(app: Any, people: People, who: str = "Aya") -> CareNotes:
    got = read.care_notes(app.state.store.reader, people.children[who])
    assert got is not None
    return got


@pytest.mark.parametrize("size", [(120, 36), NARROW])
async def test_all_that_must_be_minded_stands_there_and_what_may_hurt_first(
    place: Locations, people: People, size: tuple[int, int]
) -> None:
    async with opened(place, size=size) as (app, pilot):
        await open_care_notes(app, pilot, "aya mind")
        text = shown(app)
        assert "What to mind about Aya Bakker" in text and "▸ allergy" in text and "koemelk" in text
        assert text.index("koemelk") < text.index("father Tom Bakker: no contact") < text.index("in public: website")
        assert text.count("nobody was asked") == 5
        assert "mother Sara Bakker 06-10000001" in text
        assert "father Tom Bakker: may not fetch" in text and "06-10000002" not in text
        await press(pilot, "down")
        assert f"court order (Marit, 3-3-{today().year - 1})" in shown(app)  # in full below the list
        await press(pilot, "escape")
        assert isinstance(app.screen, PlaceScreen)


async def test_a_fact_is_added_corrected_and_taken_away_and_ctrl_z_works_on_the_sheet(
    place: Locations, people: People
) -> None:
    async with opened(place, size=NARROW) as (app, pilot):
        await open_care_notes(app, pilot)
        await press(pilot, "n")
        await pick(pilot, "diet")
        await press(pilot, "enter")  # nothing typed: it says so, and stays
        assert isinstance(app.screen, FormSheet) and "type what must be minded" in shown(app)
        await pick(pilot, "halal")
        assert "diet         halal" in shown(app) and "saved 10:30" in shown(app)
        await press(pilot, "down", "enter")
        await pick(pilot, " en geen gelatine")
        assert [one.text for one in found(app, people).facts] == ["koemelk", "halal en geen gelatine"]
        await press(pilot, "delete")
        assert [one.text for one in found(app, people).facts] == ["koemelk"]
        await press(pilot, "ctrl+z")
        assert "taken back: particular of Aya" in shown(app) and "halal en geen gelatine" in shown(app)
        await press(pilot, "ctrl+y")
        assert [one.text for one in found(app, people).facts] == ["koemelk"]
        await press(pilot, "escape")
        assert "done again" in status(app)


async def test_an_answer_about_photos_is_written_down_and_not_taken_away(place: Locations, people: People) -> None:
    async with opened(place) as (app, pilot):
        await open_care_notes(app, pilot)
        await press(pilot, "down", "down", "enter")
        assert "Photos of Aya, in the child's own portal?" in shown(app)
        await pick(pilot, "no")
        answer = found(app, people).consent("photo_own_portal")
        assert answer is not None and not answer.given and answer.source == "manual"
        assert "own portal: no" in shown(app) and "written down by hand" in shown(app)
        await press(pilot, "delete")
        assert "An answer is not taken away" in shown(app)
        await press(pilot, "n")
        await pick(pilot, "photos", "public", "yes")
        public = found(app, people).consent("photo_public")
        assert public is not None and public.given


async def test_a_worker_holds_back_and_only_a_manager_lifts(place: Locations, people: People) -> None:
    async with opened(place, size=NARROW) as (app, pilot):
        await open_care_notes(app, pilot)
        await press(pilot, "n")
        await pick(pilot, "held", "sara fetch")
        await press(pilot, "enter", "enter")  # without a reason
        assert "type the reason" in shown(app)
        await press(pilot, "up")
        await pick(pilot, "beschikking")
        later = today() + timedelta(days=2)
        await pick(pilot, f"{later.day}-{later.month}-{later.year}")
        assert "that day is still to come" in shown(app)
        await press(pilot, *["backspace"] * 10, "enter")
        (order, new) = found(app, people).restrictions
        assert (new.kind, new.author, new.since, new.reason) == ("pick_up", "Ina", today(), "beschikking")
        await press(pilot, "down", "enter")
        assert isinstance(app.screen, CareNotesSheet) and "only a location manager lifts a restriction" in shown(app)
        await press(pilot, "delete")
        assert found(app, people).restrictions == (order, new)
    async with opened(place, by="Marit") as (app, pilot):
        await open_care_notes(app, pilot, "aya mind")
        await press(pilot, "down", "enter", "enter")
        assert isinstance(app.screen, FormSheet) and "type the reason" in shown(app)  # without one nothing is lifted
        await pick(pilot, "uitspraak")
        (still, lifted) = found(app, people).restrictions
        assert (still.id, lifted.id, lifted.lifted_by) == (new.id, order.id, "Marit")
        assert "lifted" in shown(app) and "by Marit" in shown(app)
        await press(pilot, "enter")  # the cursor stayed with it
        assert "It was lifted already" in shown(app)


async def test_a_medicine_and_who_may_fetch_are_asked_line_by_line(place: Locations, people: People) -> None:
    async with opened(place, size=NARROW) as (app, pilot):
        await open_care_notes(app, pilot)
        await press(pilot, "n")
        await pick(pilot, "medicine", "sara", "paracetamol", "5 ml", "often")
        await press(pilot, "enter", "enter", "enter")
        assert "Hours between two, as 6 or 4:30" in shown(app) and "often" in shown(app)
        await press(pilot, *["backspace"] * 5)
        await pick(pilot, "6")
        await press(pilot, "enter", "enter", "enter")
        (agreed,) = found(app, people).agreements
        assert (agreed.medicine, agreed.dose, agreed.apart, agreed.agreed_by, agreed.first_day, agreed.last_day) == (
            "paracetamol", "5 ml", 360, "Sara Bakker", today(), None,
        )  # fmt: skip
        await press(pilot, "n")
        await pick(pilot, "who may", "tom bakker")
        await press(pilot, "enter", "enter", "enter", "enter")
        assert "somebody of this name is kept from the child" in shown(app) and "tom bakker" in shown(app)
        await press(pilot, "up", "up", "up", "up", "home", "ctrl+k")
        await type_text(pilot, "oma bep")
        await press(pilot, *["enter"] * 5)
        assert [one.name for one in found(app, people).pick_ups] == ["oma bep"]
        await press(pilot, "end", "delete")
        assert found(app, people).pick_ups == () and "may not fetch any more" in shown(app)
        await press(pilot, "up", "delete", "enter")
        assert "Guardians come with the roster file" in shown(app)
        await press(pilot, "up", "delete")
        assert found(app, people).agreements == ()  # agreed today and taken back today: it never held


async def test_the_lock_hides_what_is_half_typed_there(place: Locations) -> None:
    async with opened(place) as (app, pilot):
        await open_care_notes(app, pilot)
        await press(pilot, "n")
        await pick(pilot, "note")
        await type_text(pilot, "geheim")
        send_keys(app, "ctrl+l")
        await until(pilot, lambda: isinstance(app.screen, WhoScreen))
        assert "geheim" not in shown(app) and "Aya" not in shown(app)


async def test_what_people_wrote_is_text_there(place: Locations, people: People) -> None:
    text = " ".join(HOSTILE)
    write_raw(
        place,
        ("UPDATE care_fact SET text = ?", (text,)),
        ("UPDATE restriction SET reason = ?, author = ?", (text, text)),
        ("UPDATE guardian SET name = ?, phone = ?", (text, text)),
        ("UPDATE child SET surname = ?", (text,)),
    )
    async with opened(place, size=NARROW) as (app, pilot):
        await open_care_notes(app, pilot)
        await press(pilot, "enter")
        assert isinstance(app.screen, FormSheet)
        await press(pilot, "escape", "down", "n")
        await pick(pilot, "medicine")
        for _ in range(3):
            assert not [one for one in shown(app) if not one.isprintable() and one != "\n"]
            await press(pilot, "escape")
        assert app.is_running and app._exception is None
