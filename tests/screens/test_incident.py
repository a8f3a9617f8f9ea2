"""An incident on the screens: the form, by a word or from its row; what is to do until parents are told; the report."""

from kindertui.locations import Locations
from kindertui.screens.place import PlaceScreen
from kindertui.screens.sheets.form import FormSheet
from kindertui.screens.sheets.paper import PaperSheet
from kindertui.screens.sheets.pick import PickSheet
from kindertui.widgets.sheet_footer import SheetFooter
from tests.conftest import People
from tests.screens.acting import NARROW, opened, press, shown, type_text
from tests.screens.hands import do_line, enter_line, entries, line, pick, preview, status, type_line, until


async def test_the_form_writes_what_the_line_does_not_say(inside: Locations, people: People) -> None:
    async with opened(inside, size=NARROW) as (app, pilot):
        await type_line(pilot, "bram incident")
        assert "Bram   incident   Enter opens its form" in preview(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, FormSheet) and "Incident: Bram de Wit" in shown(app)
        await press(pilot, "enter")
        assert app.screen.focused is not None and app.screen.focused.id == "at"
        await press(pilot, *["down"] * 6, "enter")
        assert "Type what happened" in str(app.screen.query_one(SheetFooter).content)
        assert app.screen.focused.id == "what"
        await pick(pilot, "fell off the slide, aya pushed", "", "in the garden", "cooled", "talked", "xyz", "", "")
        assert "xyz is no other child here" in shown(app)
        await press(pilot, *["backspace"] * 3)
        await pick(pilot, "emma", "", "")
        assert "emma can be Emma Jansen, Emma Visser" in " ".join(shown(app).replace("│", " ").split())
        await press(pilot, *["backspace"] * 4)
        await pick(pilot, "aya", "", "")
        assert isinstance(app.screen, PlaceScreen)
        assert "Bram incident 10:30 · the parents are" in status(app)
        (entry,) = [one for one in entries(app, people.children["Bram"]) if one.kind == "incident"]
        assert entry.detail == {
            "where": "in the garden", "first_aid": "cooled", "done": "talked", "others": [people.children["Aya"]],
        }  # fmt: skip
        assert "tell" in next(row for row in shown(app).splitlines() if "Bram de Wit" in row)
        await press(pilot, "ctrl+z")
        await until(pilot, lambda: "taken back: incident of Bram" in status(app))


async def test_nobody_goes_home_before_the_parents_were_told(inside: Locations, people: People) -> None:
    async with opened(inside, size=NARROW) as (app, pilot):
        await enter_line(pilot, "incident 1015 fell off the slide")
        await do_line(pilot, "out mother")
        assert "MIND: nobody has told the parents of the incident at 10:15" in preview(app)
        await press(pilot, "escape", "comma")
        assert isinstance(app.screen, PickSheet) and "incident at 10:15, parents not told" in shown(app)
        await press(pilot, "enter")
        assert line(app) == "incident"
        await press(pilot, "enter")
        assert isinstance(app.screen, FormSheet) and app.screen.focused is not None
        assert app.screen.focused.id == "told" and "fell off the slide" in shown(app)
        await pick(pilot, "mother", "0900")
        assert "0900 is not between the incident and now" in " ".join(shown(app).split())
        await press(pilot, *["backspace"] * 4)
        await pick(pilot, "1020")
        assert isinstance(app.screen, PlaceScreen) and "fell off the slide · told" in shown(app)
        (entry,) = [one for one in entries(app, people.children["Aya"]) if one.kind == "incident"]
        assert entry.detail["told"] == "mother" and entry.rev == 2
        await press(pilot, "1")
        await enter_line(pilot, "out")
        assert "gone home" in shown(app)


async def test_enter_on_its_row_opens_the_form_and_leaving_it_keeps_what_was_typed(inside: Locations) -> None:
    async with opened(inside, "2", size=NARROW) as (app, pilot):
        await enter_line(pilot, "incident fell")
        await press(pilot, "end", "enter")
        assert isinstance(app.screen, FormSheet)
        await type_text(pilot, "father")
        await press(pilot, "escape", "enter")
        assert "What you typed is back" in shown(app) and "father" in shown(app)
        await press(pilot, "enter", "enter")
        assert "told father 10:3" in shown(app)


async def test_a_time_to_come_is_refused_at_its_field(inside: Locations) -> None:
    async with opened(inside, size=NARROW) as (app, pilot):
        await do_line(pilot, "incident")
        await pick(pilot, "fell")
        await press(pilot, *["backspace"] * 5)
        await pick(pilot, "1800", "", "", "", "", "", "")
        assert "18:00 is still to come" in shown(app) and app.screen.focused is not None
        assert app.screen.focused.id == "at"


async def test_the_report_is_one_for_the_file_and_one_for_each_child_s_parents(inside: Locations) -> None:
    async with opened(inside, size=NARROW) as (app, pilot):
        await do_line(pilot, "report")
        assert "No incident of this child is written on this day" in status(app)
        await do_line(pilot, "incident")
        await pick(pilot, "pushed by Bram", "", "", "", "", "bram", "mother", "")
        await do_line(pilot, "report")
        assert isinstance(app.screen, PickSheet)
        text = shown(app)
        assert "for the file" in text and text.count("for the parents of") == 2 and "Bram de Wit" in text
        await press(pilot, "enter")
        assert isinstance(app.screen, PaperSheet) and "pushed by Bram" in shown(app)
        await press(pilot, "escape")
        await do_line(pilot, "report", "down", "enter")
        assert "for the parents of Aya Bakker" in shown(app) and "pushed by another child" in shown(app)
        await press(pilot, "escape")
        await do_line(pilot, "report", "down", "down", "enter")
        assert "for the parents of Bram de Wit" in shown(app) and "pushed by Bram" in shown(app)
        await press(pilot, "escape")
        await do_line(pilot, "hand-over")
        assert "At the door only: 10:30 incident: pushed by Bram" in shown(app)
