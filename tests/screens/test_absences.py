"""The absences on the screen: who is missed, what waits, what a decision would mean, and a phoned report."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from textual.widgets import Input

from kindertui.data import absences
from kindertui.data.act import Actor, Tx
from kindertui.data.queries import absences as queries
from kindertui.data.store import Store
from kindertui.domain.absences import Absence, AbsenceKind
from kindertui.locations import Locations
from kindertui.portal import profile
from kindertui.screens.places.absences import AbsencesScreen
from kindertui.screens.sheets.call_list import CallListSheet
from kindertui.screens.sheets.confirm import ConfirmSheet
from kindertui.screens.sheets.paper import EvacuationSheet
from kindertui.widgets.table import RowTable
from tests.conftest import People, report_absence
from tests.screens.acting import HOSTILE, NARROW, WIDE, ZONE, opened, press, shown, type_text
from tests.today import today

Reporter = Callable[..., Absence]
BITCARE = profile.load("bitcare")


@pytest.fixture
def report(place: Locations, people: People, ina: Actor) -> Reporter:
    """Reports something before the program is opened."""

    def call(child: str, kind: AbsenceKind, **given: Any) -> Absence:
        with Store(place) as store:
            return report_absence(
                store, ina, people.children[child], kind, policy=BITCARE, **{"channel": "portal", **given}
            )

    return call


@pytest.fixture
def nobody_expected(place: Locations, ina: Actor) -> None:
    """Nobody is booked on any day: nobody is missed."""

    def clear(tx: Tx) -> None:
        from sqlalchemy import select

        from kindertui.data import models

        for slot in tx.session.scalars(select(models.Slot)):
            tx.change(slot, deleted=True)

    with Store(place) as store:
        store.call(clear, ina)


def now_of(app: Any, absence: Absence) -> Absence:
    found = queries.absence(app.state.store.reader, absence.id, ZONE)
    assert found is not None
    return found


def table(app: Any) -> RowTable:
    return app.screen.query_one("#inbox", RowTable)  # type: ignore[no-any-return]


async def go_to(app: Any, pilot: Any, absence: Absence) -> None:
    table(app).move_to(absence.id)
    await pilot.pause()


# What stands in the list


async def test_who_nobody_told_us_about_stands_first_in_words(place: Locations, report: Reporter) -> None:
    sick = report("Bram", "sick")
    async with opened(place, "3") as (app, _pilot):
        keys = table(app).keys
        assert len(keys) == 6 and keys[-1] == sick.id  # five are missed; Bram is reported
        text = shown(app)
        assert "5 children nobody told us about  ·  1 waits" in text
        assert text.index("expected 08:00, nobody told us") < text.index("Bram de Wit")
        assert "Aya Bakker, expected 08:00, nobody told us. Call: Sara Bakker (mother) 06-10000001." in text
        assert "Do not call Tom Bakker" in text and "06-10000002" not in text


@pytest.mark.usefixtures("nobody_expected")
async def test_an_empty_inbox_is_calm(place: Locations) -> None:
    async with opened(place, "3") as (app, pilot):
        assert "Nothing waits, and nobody is missed." in shown(app)
        await press(pilot, "enter", "c", "k", "space")  # nothing is under the cursor
        assert isinstance(app.screen, AbsencesScreen)
        assert "There is nothing under the cursor." in shown(app)


@pytest.mark.usefixtures("nobody_expected")
async def test_the_latest_report_stands_first_and_shows_what_was_said(place: Locations, report: Reporter) -> None:
    report("Bram", "holiday", first_day=today() + timedelta(days=9), text="naar oma")
    report("Aya", "sick", first_day=today() - timedelta(days=3), reported_by="Sara Bakker", text="38,5 vannacht")
    async with opened(place, "3") as (app, pilot):
        text = shown(app)
        assert text.index("Aya Bakker") < text.index("Bram de Wit")
        assert "“38,5 vannacht”" in text and "Sara Bakker" in text
        assert "day 4" in text
        assert "late" in text and "deadline" in text and "Rule: One day-care organisation" in text
        assert "A notice: it holds already." in text
        await press(pilot, "down")
        assert "“naar oma”" in shown(app) and "A request: the manager decides." in shown(app)


@pytest.mark.usefixtures("nobody_expected")
async def test_a_request_shows_the_hours_of_its_day(place: Locations, report: Reporter) -> None:
    day = today() + timedelta(days=14)
    report("Aya", "extra_day", first_day=day)
    async with opened(place, "3") as (app, _pilot):
        lines = shown(app).splitlines()
        at = next(index for index, line in enumerate(lines) if line.strip().startswith("children"))
        assert lines[at].split()[1:] == ["0"] * 12
        assert lines[at + 1].split()[2:] == ["1"] * 12
        assert "1 person is needed then, now 0." in shown(app)


@pytest.mark.usefixtures("nobody_expected")
async def test_v_shows_what_was_decided_too(place: Locations, report: Reporter) -> None:
    phoned = report("Bram", "sick", channel="phone")
    async with opened(place, "3") as (app, pilot):
        assert table(app).keys == []
        await press(pilot, "v")
        assert table(app).keys == [phoned.id] and "acknowledged" in shown(app)
        await press(pilot, "v")
        assert table(app).keys == []


# Deciding


@pytest.mark.usefixtures("nobody_expected")
async def test_k_and_enter_acknowledge_a_notice_and_ctrl_z_takes_it_back(place: Locations, report: Reporter) -> None:
    sick = report("Bram", "sick")
    async with opened(place, "3", "k") as (app, pilot):
        assert "Acknowledge this? Bram de Wit: sick, from today, open" in shown(app)
        assert "With the next export the guardians of Bram de Wit read:" in shown(app) and "“acknowledged”" in shown(
            app
        )
        assert now_of(app, sick).state == "new"
        await press(pilot, "enter")
        assert now_of(app, sick).state == "acknowledged"
        assert now_of(app, sick).decision_by == "Ina"
        assert "Bram de Wit sick: acknowledged" in shown(app) and "ctrl+z" in shown(app)
        await press(pilot, "ctrl+z")
        assert now_of(app, sick).state == "new" and table(app).keys == [sick.id]


@pytest.mark.usefixtures("nobody_expected")
async def test_a_approves_a_request_and_the_roster_follows(place: Locations, report: Reporter) -> None:
    leave = report("Bram", "leave")
    async with opened(place, "3", "a", "enter") as (app, pilot):
        assert "A reason is needed here" in shown(app)  # this portal wants to know why leave is given
        await type_text(pilot, "prima")
        assert "“approved: prima”" in shown(app)
        await press(pilot, "enter", "1")
        assert (now_of(app, leave).state, now_of(app, leave).reason) == ("approved", "prima")
        assert "Bram de Wit" in shown(app) and "leave, reported" in shown(app)


@pytest.mark.usefixtures("nobody_expected")
async def test_where_no_reason_is_asked_one_may_be_given(place: Locations, report: Reporter) -> None:
    first, other = (report("Bram", "extra_day", first_day=today() + timedelta(days=days)) for days in (20, 27))
    async with opened(place, "3") as (app, pilot):
        await go_to(app, pilot, first)
        await press(pilot, "a")
        assert "1 person is needed then, now 0." in shown(app)
        await press(pilot, "enter")
        assert (now_of(app, first).state, now_of(app, first).reason) == ("approved", "")
        await press(pilot, "a", "tab", "o", "k", "enter")
        assert (now_of(app, other).state, now_of(app, other).reason) == ("approved", "ok")


@pytest.mark.usefixtures("nobody_expected")
async def test_r_refuses_with_a_reason_only(place: Locations, report: Reporter) -> None:
    extra = report("Bram", "extra_day", first_day=today() + timedelta(days=20))
    async with opened(place, "3", "r") as (app, pilot):
        assert isinstance(app.screen, ConfirmSheet)
        await press(pilot, "enter")
        assert "A reason is needed here" in shown(app)
        await type_text(pilot, "vol die dag")
        await press(pilot, "enter")
        assert (now_of(app, extra).state, now_of(app, extra).reason) == ("refused", "vol die dag")
        assert "Bram de Wit extra day: refused" in shown(app)


@pytest.mark.usefixtures("nobody_expected")
async def test_esc_at_the_reason_decides_nothing(place: Locations, report: Reporter) -> None:
    extra = report("Bram", "extra_day", first_day=today() + timedelta(days=20))
    async with opened(place, "3", "r", "tab", "x", "escape") as (app, pilot):
        assert now_of(app, extra).state == "new" and isinstance(app.screen, AbsencesScreen)
        await press(pilot, "r")  # what was typed is there again, for this decision only
        assert "What you typed is back" in shown(app) and app.screen.query_one(Input).value == "x"
        assert "“refused: x”" in shown(app)
        await press(pilot, "ctrl+z")
        assert app.screen.query_one(Input).value == "" and "What you typed is back" not in shown(app)
        await press(pilot, "ctrl+y", "tab", "y", "ctrl+l")
        assert "extra day" not in shown(app)
        await press(pilot, "enter", "r", "tab", "z")
        assert app.screen.query_one(Input).value == "xyz"
        await press(pilot, "enter")
        assert (now_of(app, extra).state, now_of(app, extra).reason) == ("refused", "xyz")
        await press(pilot, "ctrl+z", "r")
        assert isinstance(app.screen, ConfirmSheet) and app.screen.query_one(Input).value == ""  # saved: no draft


@pytest.mark.usefixtures("nobody_expected")
@pytest.mark.parametrize(("kind", "key"), [("sick", "k"), ("extra_day", "a"), ("extra_day", "r"), ("sick", "x")])
@pytest.mark.parametrize("letters", ["aat", "1all", " ", "ram in", "é"])
async def test_letters_behind_the_key_decide_nothing_and_are_no_reason(
    place: Locations, report: Reporter, kind: AbsenceKind, key: str, letters: str
) -> None:
    absence = report("Bram", kind, first_day=today() + timedelta(days=20))
    async with opened(place, "3", key) as (app, pilot):
        await type_text(pilot, letters)
        assert app.screen.query_one(Input).value == "" and "Letters decide nothing here" in shown(app)
        await press(pilot, "enter", "enter", "tab", "o", "k", "enter")  # a line typed without looking
        assert isinstance(app.screen, ConfirmSheet) and now_of(app, absence) == absence
        await press(pilot, "escape")
        assert isinstance(app.screen, AbsencesScreen) and now_of(app, absence) == absence


@pytest.mark.usefixtures("nobody_expected")
async def test_the_evacuation_list_comes_before_a_question(place: Locations, report: Reporter) -> None:
    sick = report("Bram", "sick")
    async with opened(place, "3", "k", "exclamation_mark") as (app, _pilot):
        assert isinstance(app.screen, EvacuationSheet) and now_of(app, sick).state == "new"


@pytest.mark.usefixtures("nobody_expected")
async def test_x_withdraws_what_does_not_hold(place: Locations, report: Reporter) -> None:
    sick = report("Bram", "sick", channel="phone")
    async with opened(place, "3", "v", "x", "enter") as (app, _pilot):
        assert now_of(app, sick).state == "withdrawn"


@pytest.mark.usefixtures("nobody_expected")
@pytest.mark.parametrize(
    ("kind", "key", "why"),
    [
        ("sick", "a", "This is a notice: it is acknowledged, not approved."),
        ("sick", "r", "This is a notice: it is acknowledged, not approved."),
        ("leave", "k", "This is a request: approve or refuse it."),
    ],
)
async def test_a_key_that_does_not_fit_says_why(
    place: Locations, report: Reporter, kind: str, key: str, why: str
) -> None:
    absence = report("Bram", kind)
    async with opened(place, "3", key) as (app, _pilot):
        assert why in shown(app)
        assert now_of(app, absence).state == "new"


@pytest.mark.usefixtures("nobody_expected")
async def test_why_a_key_did_nothing_is_not_said_of_the_next_row(place: Locations, report: Reporter) -> None:
    sick, leave = report("Bram", "sick"), report("Aya", "leave")
    async with opened(place, "3") as (app, pilot):
        await go_to(app, pilot, sick)
        await press(pilot, "a")
        assert "This is a notice" in shown(app)
        await go_to(app, pilot, leave)
        assert "This is a notice" not in shown(app)


async def test_nothing_is_decided_about_a_child_nobody_told_us_about(place: Locations) -> None:
    async with opened(place, "3", "k") as (app, _pilot):
        assert "Nobody reported anything about this child" in shown(app)


@pytest.mark.usefixtures("nobody_expected")
async def test_whoever_was_first_is_named(place: Locations, people: People, report: Reporter) -> None:
    sick = report("Bram", "sick")
    async with opened(place, "3") as (app, pilot):
        jayne = Actor(people.staff["Jayne"], "Jayne")
        with Store(place) as other:  # another terminal
            other.call(absences.decide, jayne, sick.id, "acknowledge", policy=BITCARE)
        await app.screen._decide(sick, "acknowledge")  # type: ignore[attr-defined]
        await pilot.pause()
        assert "Jayne was first" in shown(app) and table(app).keys == []


# Moving on


@pytest.mark.usefixtures("nobody_expected")
async def test_enter_opens_the_child_s_day_in_whatever_group(
    place: Locations, people: People, report: Reporter
) -> None:
    report("Noor", "sick")
    async with opened(place, "3", "enter") as (app, _pilot):
        assert app.current_mode == "day"
        assert app.state.child_id == people.children["Noor"] and app.state.group_id == people.groups["Uilen"]
        assert "Noor El Amrani" in shown(app)


async def test_c_shows_whom_to_phone(place: Locations) -> None:
    async with opened(place, "3", "c") as (app, _pilot):
        assert isinstance(app.screen, CallListSheet)
        assert "Call about Aya Bakker" in shown(app) and "do not call, held back" in shown(app)


@pytest.mark.usefixtures("nobody_expected")
async def test_space_shows_all_of_a_long_report(place: Locations, report: Reporter) -> None:
    report("Bram", "sick", text="hij hoest " * 250 + "einde")
    async with opened(place, "3", size=NARROW) as (app, pilot):
        assert "einde" not in shown(app)
        await press(pilot, "space", "end")
        assert "einde" in shown(app)


async def test_the_row_under_the_cursor_stays_in_sight_when_the_report_grows(
    place: Locations, report: Reporter
) -> None:
    for child in ("Bram", "Søren", "Aya"):
        report(child, "extra_day", first_day=today() + timedelta(days=20), text="graag " * 60)
    async with opened(place, "3", size=NARROW) as (app, pilot):
        for _ in table(app).keys:
            lines = shown(app).splitlines()
            assert sum(line.strip().startswith("▸") for line in lines) == 1
            await press(pilot, "down")


async def test_space_shows_the_hours_there_was_no_room_for(place: Locations, report: Reporter) -> None:
    extra = report("Noor", "extra_day", first_day=today() + timedelta(days=20), text="graag " * 60)
    async with opened(place, "3", size=NARROW) as (app, pilot):
        await go_to(app, pilot, extra)
        assert "staff needed" not in shown(app)
        await press(pilot, "space", "end")
        assert "staff needed" in shown(app)


# The entry line


async def test_a_phoned_report_is_one_line_for_any_child(place: Locations, people: People) -> None:
    async with opened(place, "3", "colon") as (app, pilot):
        await type_text(pilot, "noor sick")
        assert "Noor" in shown(app) and "sick from today" in shown(app)
        await press(pilot, "enter")
        (found,) = queries.standing(app.state.store.reader, people.children["Noor"], "sick", ZONE)
        assert (found.channel, found.state, found.decision_by) == ("phone", "acknowledged", "Ina")
        assert "saved 10:30" in shown(app)
        assert "missing " + people.children["Noor"] not in table(app).keys
        assert not app.screen.entry.letters  # type: ignore[attr-defined]


async def test_a_line_that_names_nobody_is_for_the_row_under_the_cursor(place: Locations, people: People) -> None:
    async with opened(place, "3", "down", "colon") as (app, pilot):
        await type_text(pilot, "sick")
        await press(pilot, "enter")
        assert queries.standing(app.state.store.reader, people.children["Bram"], "sick", ZONE)


async def test_letters_are_commands_again_after_esc(place: Locations) -> None:
    async with opened(place, "3", "colon", "x", "escape", "escape", "v") as (app, _pilot):
        assert app.screen.entry.value == "" and "›" not in shown(app)  # type: ignore[attr-defined]
        assert "and everything of the last four weeks" in shown(app)


async def test_a_line_that_was_typed_comes_back_after_a_lock(place: Locations) -> None:
    async with opened(place, "3", "colon", "a", "y", "a", "ctrl+l") as (app, pilot):
        assert "aya" not in shown(app)
        await press(pilot, "enter")
        assert app.screen.entry.value == "aya" and app.screen.entry.letters  # type: ignore[attr-defined]


async def test_a_line_that_was_typed_comes_back_when_the_program_does(place: Locations) -> None:
    async with opened(place, "3", "colon", "a", "y", "a", "ctrl+q"):
        pass
    async with opened(place, "3") as (app, pilot):
        assert app.screen.entry.value == "aya" and "›" in shown(app)  # type: ignore[attr-defined]
        await press(pilot, "v")
        assert app.screen.entry.value == "ayav"  # type: ignore[attr-defined]


# What people write


@pytest.mark.usefixtures("nobody_expected")
@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_what_people_write_is_shown_and_nothing_more(
    place: Locations, people: People, ina: Actor, report: Reporter, text: str, size: tuple[int, int]
) -> None:
    def rename(tx: Tx) -> None:
        from kindertui.data import models

        child = tx.get(models.Child, people.children["Bram"])
        assert child is not None
        tx.change(child, given_name=text, prefix="", surname="")

    with Store(place) as store:
        store.call(rename, ina)
    report("Bram", "sick", text=text, reported_by=text)
    visible = text.replace("\x1b", "").replace("\x07", "").replace("\u202e", "").replace("\u202c", "")[:10]
    async with opened(place, "3", size=size) as (app, pilot):
        now = shown(app)
        assert now.count(visible) >= 3  # in the list, as the head of the report, and as what was said
        assert "\x1b" not in now and "\u202e" not in now
        await press(pilot, "space", "escape", "k", "v", "x")
        assert visible in shown(app)
        assert app.is_running


@pytest.mark.usefixtures("nobody_expected")
async def test_what_parents_should_not_read_in_a_reason_is_said_otherwise(place: Locations, report: Reporter) -> None:
    extra = report("Bram", "extra_day", first_day=today() + timedelta(days=20))
    async with opened(place, "3", "r", "tab") as (app, pilot):
        await type_text(pilot, "Emma komt al")
        await press(pilot, "enter", "enter")
        assert "Only a manager can send this." in " ".join(shown(app).split())
        assert now_of(app, extra).state == "new" and isinstance(app.screen, ConfirmSheet)
        await press(pilot, "ctrl+u")
        await type_text(pilot, "vol")
        await press(pilot, "enter")
        assert (now_of(app, extra).state, now_of(app, extra).reason) == ("refused", "vol")


@pytest.mark.usefixtures("nobody_expected")
async def test_what_parents_should_not_read_in_a_reason_is_asked_once_of_a_manager(
    place: Locations, report: Reporter
) -> None:
    extra = report("Bram", "extra_day", first_day=today() + timedelta(days=20))
    async with opened(place, "3", "r", "tab", by="Marit") as (app, pilot):
        await type_text(pilot, "Emma komt al")
        assert "Emma is a child here: these parents would" in shown(app)
        await press(pilot, "enter")
        assert now_of(app, extra).state == "new" and isinstance(app.screen, ConfirmSheet)
        assert "again: parents read it all the same." in shown(app)
        await press(pilot, "backspace", "enter")  # another reason: asked anew
        assert now_of(app, extra).state == "new"
        await press(pilot, "enter")
        assert (now_of(app, extra).state, now_of(app, extra).reason) == ("refused", "Emma komt a")


@pytest.mark.usefixtures("nobody_expected")
async def test_a_reason_that_no_bundle_takes_is_not_sent_at_all(place: Locations, report: Reporter) -> None:
    extra = report("Bram", "extra_day", first_day=today() + timedelta(days=20))
    async with opened(place, "3", "r", "tab") as (app, pilot):
        await type_text(pilot, "vol <b")
        await press(pilot, "enter", "enter")
        assert "<b would never reach the parents" in shown(app)
        assert now_of(app, extra).state == "new"
        await press(pilot, "left", "space", "enter")
        assert (now_of(app, extra).state, now_of(app, extra).reason) == ("refused", "vol < b")
