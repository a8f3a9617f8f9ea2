"""The call list: what came of each call is one key, and the next line begins with the child."""

from kindertui.data import care_notes
from kindertui.data.act import Actor, Tx
from kindertui.data.store import Store
from kindertui.locations import Locations
from kindertui.screens.place import PlaceScreen
from kindertui.screens.sheets.call_list import CallListSheet
from kindertui.widgets.sheet_footer import SheetFooter
from tests.conftest import People
from tests.screens.acting import NARROW, opened, press, settle, shown, type_text
from tests.screens.hands import do_line, line, send_keys, status, type_line


def second_guardian(tx: Tx, child_id: str) -> None:
    from kindertui.data import models

    mia = tx.add(models.Guardian, name="Mia Bakker", phone="06-10000009", email="", language="nl")
    tx.add(models.Guardianship, child_id=child_id, guardian_id=mia.id, relation="mother", rank=9)


async def test_a_call_is_written_down_by_one_key_and_the_child_s_line_is_begun(place: Locations) -> None:
    async with opened(place, size=NARROW) as (app, pilot):
        await type_line(pilot, "call")
        await press(pilot, "enter", "r")  # nobody was chosen yet
        assert isinstance(app.screen, CallListSheet) and "reached (Ina)" not in shown(app)
        await press(pilot, "enter", "n")
        assert "10:30 no answer (Ina)" in shown(app)
        await press(pilot, "enter", "escape", "n")  # away from the question: no key means anything
        assert shown(app).count("no answer (Ina)") == 2  # the list, and the line of what was saved
        await press(pilot, "enter", "r")
        assert isinstance(app.screen, PlaceScreen) and line(app) == "Aya "
        assert "Sara Bakker 10:30 reached (Ina)" in status(app)
        await type_text(pilot, "sick")
        await press(pilot, "enter")
        assert "Aya" in status(app) and "sick" in status(app)
        await press(pilot, "ctrl+z", "ctrl+z")
        assert "taken back: phone call of Aya" in status(app)


async def test_keys_in_one_packet_write_down_the_call_of_the_row_they_end_on(
    place: Locations, people: People, ina: Actor
) -> None:
    with Store(place) as other:
        other.call(second_guardian, ina, people.children["Aya"])
    async with opened(place) as (app, pilot):
        await do_line(pilot, "call")
        send_keys(app, "enter", "down", "r")  # asked about Sara, and then the cursor is on Mia: nobody was reached
        await settle(pilot)
        assert isinstance(app.screen, CallListSheet) and "reached (Ina)" not in shown(app)
        send_keys(app, "up", "down", "enter")  # the message of the last move comes behind the question
        await settle(pilot)
        await press(pilot, "n")
        assert "Aya: Mia Bakker 10:30 no answer (Ina)" in shown(app)


async def test_a_child_nobody_told_us_about_shows_who_tried(place: Locations) -> None:
    async with opened(place, "3", "c", "enter", "n", "enter", "n", "escape") as (app, pilot):
        assert "nobody told us · tried 2×, last 10:30" in shown(app)
        assert "Today: Sara Bakker 10:30 no answer (Ina) · Sara Bakker 10:30 no answer (Ina)." in " ".join(
            shown(app).split()
        )
        await press(pilot, "c", "enter", "r")
        assert line(app) == "Aya "  # the line is open, for what was heard
        await press(pilot, "escape", "escape")
        assert "nobody told us · reached 10:30 by Ina" in shown(app)


async def test_who_was_held_back_meanwhile_is_not_phoned(place: Locations, people: People, ina: Actor) -> None:
    async with opened(place) as (app, pilot):
        await do_line(pilot, "call", "enter")
        with Store(place) as other:
            aya, sara, today = people.children["Aya"], people.guardians["Sara Bakker"], app.state.now().date()
            other.call(care_notes.add_restriction, ina, aya, sara, "contact", "beschikking", today)
        await press(pilot, "r")
        foot = app.screen.query_one(SheetFooter).content
        assert "this guardian is held back and is not to be phoned" in str(foot)
        assert "mother Sara Bakker: do not call, held back" in shown(app) and "06-10000001" not in shown(app)
