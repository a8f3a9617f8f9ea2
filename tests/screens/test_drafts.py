"""What is typed into a sheet and not saved: hidden by the lock, and there again for whoever typed it, nobody else."""

from datetime import date
from typing import Any

from msgspec.structs import replace

from kindertui.data import agreements, drafts
from kindertui.data.act import Actor
from kindertui.data.queries import care_notes as read
from kindertui.data.store import Store
from kindertui.domain.care_notes import CareNotes
from kindertui.domain.people import Agreement
from kindertui.locations import Locations
from kindertui.screens.sheets.care_notes import CareNotesSheet
from kindertui.screens.sheets.form import FormSheet
from kindertui.screens.sheets.short_words import ShortWordsSheet
from kindertui.screens.who import WhoScreen
from tests.conftest import People
from tests.screens.acting import HOSTILE, NARROW, opened, press, shown, type_text
from tests.screens.conftest import Disk
from tests.screens.hands import do_line, line, pick, send_keys, type_line, until

BACK = "What you typed is back, not saved yet."


async def open_care_notes(pilot: Any) -> None:
    await do_line(pilot, "aya mind")
    assert isinstance(pilot.app.screen, CareNotesSheet)


async def lock_at_once(pilot: Any, name: str) -> None:
    """Locks behind the last letter, and somebody sits down."""
    send_keys(pilot.app, "ctrl+l")
    await until(pilot, lambda: isinstance(pilot.app.screen, WhoScreen))
    await pick(pilot, name)


def found(app: Any, people: People) -> CareNotes:
    got = read.care_notes(app.state.store.reader, people.children["Aya"])
    assert got is not None
    return got


def kept(place: Locations, people: People, who: str = "Ina", prefix: str = "form:") -> list[str]:
    with Store(place) as other:
        owner = people.staff[who]
        return [drafts.kept(other.reader, owner, one) for one in drafts.places(other.reader, owner, prefix)]


async def test_a_form_is_as_it_was_left_for_whoever_left_it_until_it_is_saved(place: Locations, people: People) -> None:
    async with opened(place, size=NARROW) as (app, pilot):
        await open_care_notes(pilot)
        await press(pilot, "n")
        await pick(pilot, "medicine", "sara", "paracetamol")
        await type_text(pilot, "5 geheim")
        await lock_at_once(pilot, "jayne")
        await open_care_notes(pilot)
        assert "not saved yet" not in shown(app)
        await press(pilot, "n")
        await pick(pilot, "medicine", "sara")
        assert "paracetamol" not in shown(app) and "geheim" not in shown(app) and BACK not in shown(app)
        await press(pilot, "escape")
        assert "not saved yet" not in shown(app)  # nothing was typed
        await press(pilot, "escape")
        assert kept(place, people, "Jayne") == []

        await lock_at_once(pilot, "ina")
        await open_care_notes(pilot)
        assert "Typed and not saved yet: medicine. Open it again to go on." in shown(app)
        await press(pilot, "n")
        await pick(pilot, "medicine", "tom")
        assert "paracetamol" not in shown(app)  # Tom agreed to nothing
        await press(pilot, "escape", "n")
        await pick(pilot, "medicine", "sara")
        assert BACK in shown(app) and "paracetamol" in shown(app)
        await type_text(pilot, "x")  # on the line on which it was left
        assert "5 geheimx" in shown(app) and BACK not in shown(app)
        await press(pilot, "ctrl+z")
        assert "paracetamol" not in shown(app) and "5 geheim" not in shown(app) and "Sara Bakker" in shown(app)
        await press(pilot, "ctrl+y", *["enter"] * 5)
        (agreed,) = found(app, people).agreements
        assert (agreed.medicine, agreed.dose, agreed.agreed_by) == ("paracetamol", "5 geheimx", "Sara Bakker")
        assert "not saved yet" not in shown(app)
        assert kept(place, people) == []
    async with opened(place) as (app, pilot):
        await press(pilot, "ctrl+z")
        assert found(app, people).agreements == ()  # one act, and the journal calls it what it is
        assert "taken back: agreement about a medicine of Aya" in shown(app)


async def test_a_form_survives_the_end_of_the_program_and_changes_only_what_was_typed(
    place: Locations, people: People
) -> None:
    text = " ".join(HOSTILE)
    async with opened(place) as (app, pilot):
        await open_care_notes(pilot)
        await press(pilot, "enter")
        assert isinstance(app.screen, FormSheet)
        await type_text(pilot, " en ei")
        app._leave_now(15)
    assert kept(place, people) == ['["text", {"text": "koemelk en ei"}]']
    async with opened(place, size=NARROW) as (app, pilot):
        await open_care_notes(pilot)
        await press(pilot, "enter")
        assert BACK in shown(app) and "koemelk en ei" in shown(app)
        await press(pilot, "ctrl+z", "escape")  # not wanted any more
        assert "not saved yet" not in shown(app) and kept(place, people) == []
        await press(pilot, "n")
        await pick(pilot, "who may", "oma")
        app.screen.query_one("#relation").value = text  # type: ignore[attr-defined]
        await press(pilot, "ctrl+q")  # leaves the form as Esc does
        assert isinstance(app.screen, CareNotesSheet) and "not saved yet: who may fetch." in shown(app)
        await press(pilot, "n")
        await pick(pilot, "who may")
        assert BACK in shown(app) and not [one for one in shown(app) if not one.isprintable() and one != "\n"]
        await press(pilot, "home", "ctrl+k", "enter", "enter", "enter", "enter")
        (fetches,) = found(app, people).pick_ups
        assert (fetches.name, fetches.relation) == ("oma", "")


async def test_what_a_colleague_changed_meanwhile_is_not_written_over_by_what_was_kept(
    place: Locations, people: People, ina: Actor
) -> None:
    filled = Agreement(
        "", people.children["Aya"], "paracetamol", date(2026, 1, 5), dose="5 ml", agreed_by="Sara Bakker"
    )
    with Store(place) as other:
        stood = other.call(agreements.add_agreement, ina, filled)
    async with opened(place) as (app, pilot):
        await open_care_notes(pilot)
        await press(pilot, *["down"] * 7, "enter", "down")
        await type_text(pilot, " of 10")
        await app.state.store.run(agreements.change_agreement, ina, stood, replace(stood, medicine="ibuprofen"))
        await press(pilot, *["enter"] * 5)
        assert "5 ml of 10" in shown(app) and isinstance(app.screen, FormSheet)  # refused: it is another one by now
        await press(pilot, "escape", "enter")
        assert BACK in shown(app) and "ibuprofen" in shown(app) and "5 ml of 10" in shown(app)
        await press(pilot, *["down"] * 5, "enter")
        (agreed,) = found(app, people).agreements
        assert (agreed.medicine, agreed.dose) == ("ibuprofen", "5 ml of 10")


async def test_a_short_word_half_typed_is_there_again(place: Locations, people: People) -> None:
    async with opened(place, size=NARROW) as (app, pilot):
        await do_line(pilot, "texts")
        await type_text(pilot, "bu = bui")
        await lock_at_once(pilot, "ina")
        await do_line(pilot, "texts")
        assert isinstance(app.screen, ShortWordsSheet) and "bu = bui" in shown(app) and BACK in shown(app)
        await pick(pilot, "ten gespeeld")
        assert kept(place, people, prefix="texts") == [] and "bu" in app.state.cache.short_words
        await type_text(pilot, "x")
        await press(pilot, "escape", "escape")
        assert kept(place, people, prefix="texts") == []


# The disk takes no drafts.


async def test_a_draft_that_could_not_be_kept_is_kept_when_there_is_room(
    place: Locations, people: People, disk: type[Disk]
) -> None:
    async with opened(place) as (app, pilot):
        disk.full = True
        await type_line(pilot, "aya n hoestte")
        await lock_at_once(pilot, "jayne")
        assert line(app) == "" and "hoestte" not in shown(app)
        await until(pilot, lambda: app.state.drafts.unkept(people.staff["Ina"], "line:roster"))
        await lock_at_once(pilot, "ina")
        assert line(app) == "aya n hoestte"  # from memory
        asked = disk.asked
        await type_text(pilot, " vannacht")
        app.keep_drafts()
        await press(pilot)
        assert disk.asked == asked  # it is not asked with every letter
        assert kept(place, people, prefix="line:") == []
        disk.full = False
        app.state.drafts.again(now=True)
        await until(pilot, lambda: kept(place, people, prefix="line:") == ["aya n hoestte vannacht"])
        app.state.drafts.again()
        await type_text(pilot, "!")
        app.keep_drafts()  # asked at once again, now that it answers
        await until(pilot, lambda: kept(place, people, prefix="line:") == ["aya n hoestte vannacht!"])


async def test_what_was_saved_is_not_kept_again_as_a_draft(place: Locations, people: People, disk: type[Disk]) -> None:
    async with opened(place) as (app, pilot):
        await open_care_notes(pilot)
        await press(pilot, "enter")
        await type_text(pilot, " en ei")
        disk.full = True
        await press(pilot, "enter")  # the disk takes neither the draft nor what is typed
        assert isinstance(app.screen, FormSheet) and "the disk is full" in shown(app)
        app.state.drafts.again()  # hears of it
        disk.full = False
        await press(pilot, "enter")
        assert isinstance(app.screen, CareNotesSheet)
        assert app.state.drafts.leave() == 0
        assert kept(place, people) == [] and found(app, people).facts[0].text == "koemelk en ei"


async def test_what_could_not_be_kept_is_given_once_more_on_leaving(
    place: Locations, people: People, disk: type[Disk]
) -> None:
    async with opened(place) as (app, pilot):
        disk.full = True
        await type_line(pilot, "aya n hoestte")
        app._leave_now(15)
        assert app.state.drafts.leave() == 1
        disk.full = False
        assert app.state.drafts.leave() == 0
    assert kept(place, people, prefix="line:") == ["aya n hoestte"]
