"""The messages on the screen: threads, the composer with who gets it and what the guard says, and drafts."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from kindertui.app import KinderApp
from kindertui.data import drafts
from kindertui.data.act import Actor, Tx
from kindertui.data.queries import messages as queries
from kindertui.data.store import Store
from kindertui.domain.messages import Message
from kindertui.locations import Locations
from kindertui.screens.places.messages import MessagesScreen
from kindertui.screens.sheets.compose import ComposeScreen
from kindertui.screens.sheets.confirm import ConfirmSheet
from kindertui.screens.sheets.pick import PickSheet
from kindertui.screens.sheets.read import ReadSheet
from kindertui.widgets.composer import SendLine
from kindertui.widgets.table import RowTable
from kindertui.widgets.thread import thread_lines
from tests.conftest import People, receive_message
from tests.screens.acting import HOSTILE, NARROW, WIDE, ZONE, opened, press, settle, shown, type_text
from tests.screens.hands import pick, until, until_shown

Receiver = Callable[..., Message]
GOOD = "Zullen we volgende week bellen?"


@pytest.fixture
def receive(place: Locations, people: People, ina: Actor) -> Receiver:
    """A message from a guardian, before the program is opened."""

    def call(body: str = "Kan Aya morgen later komen?", child: str = "Aya", **given: Any) -> Message:
        values = {"at": datetime.now(ZONE) - timedelta(hours=19), **given}
        with Store(place) as store:
            return receive_message(store, ina, people.children[child], body, **values)

    return call


def now_of(app: KinderApp, message: Message) -> Message:
    found = queries.message(app.state.store.reader, message.id, ZONE)
    assert found is not None
    return found


def sent(app: KinderApp) -> list[Message]:
    every = queries.threads(app.state.store.reader, ZONE)
    return [one for thread in every for one in thread.messages if one.direction == "out"]


def rows(app: KinderApp) -> list[str]:
    return app.screen.query_one("#threads", RowTable).keys


def text_of(app: KinderApp) -> TextArea:
    return app.screen.query_one("#text", TextArea)


async def write_to(pilot: Pilot[int], name: str) -> None:
    """`w`, and the audience picked by its name."""
    await press(pilot, "w")
    await pick(pilot, name)


@asynccontextmanager
async def writing(
    place: Locations, text: str = "", *, to: str = "aya", by: str = "Ina"
) -> AsyncIterator[tuple[KinderApp, Pilot[int]]]:
    """A message being written, with this text and without a subject."""
    async with opened(place, "4", by=by) as (app, pilot):
        await write_to(pilot, to)
        await press(pilot, "enter")
        await type_text(pilot, text)
        await until(pilot, lambda: not app.screen._checking)  # type: ignore[attr-defined]  # the guard has read it
        yield app, pilot


# Threads


async def test_threads_stand_latest_first_with_what_waits(place: Locations, receive: Receiver) -> None:
    old = receive()
    new = receive("Oma haalt Bram op.", child="Bram", sender="Lies", at=datetime.now(ZONE) - timedelta(hours=2))
    async with opened(place, "4") as (app, pilot):
        assert rows(app) == [new.thread_id, old.thread_id]
        text = shown(app)
        assert "2 unread, oldest 19 h" in text and "For urgent matters only." in text
        assert "Lies (Bram)" in text and "Sara Bakker (Aya)" in text
        assert text.count("Oma haalt Bram op.") == 2  # in the list and in the thread beside it
        await press(pilot, "down")
        assert shown(app).count("Kan Aya morgen") == 2
        assert now_of(app, old).state == now_of(app, new).state == "unread"  # passing by is not reading


async def test_without_messages_the_screen_says_how_to_write_one(place: Locations) -> None:
    async with opened(place, "4") as (app, pilot):
        assert "No messages yet: w writes one." in shown(app) and "nothing unread" in shown(app)
        await press(pilot, "enter", "space", "p", "c")
        assert isinstance(app.screen, MessagesScreen)


async def test_space_shows_the_whole_thread_and_marks_it_read(place: Locations, receive: Receiver) -> None:
    came = receive("regel\n" * 60 + "einde")
    async with opened(place, "4", size=NARROW) as (app, pilot):
        await press(pilot, "space")
        assert isinstance(app.screen, ConfirmSheet)
        await press(pilot, "end")
        assert "einde" in shown(app)
        await press(pilot, "escape")
        assert now_of(app, came).state == "unread"
        await press(pilot, "space", "enter")
        assert now_of(app, came).state == "read"
        await press(pilot, "space")
        assert isinstance(app.screen, ReadSheet)  # nothing is unread in it: nothing is asked


async def test_p_and_enter_park_and_ctrl_z_takes_it_back(place: Locations, receive: Receiver) -> None:
    came = receive()
    async with opened(place, "4", "p") as (app, pilot):
        assert "Park this? Sara Bakker (Aya)" in shown(app) and "Kan Aya morgen" in shown(app)
        assert "nobody is told" in shown(app) and now_of(app, came).state == "unread"
        await press(pilot, "enter")
        assert now_of(app, came).state == "parked"
        assert "nothing unread" in shown(app) and "Sara Bakker (Aya): parked" in shown(app)
        await press(pilot, "ctrl+z")
        assert now_of(app, came).state == "unread"


async def test_d_says_that_it_was_answered_some_other_way(place: Locations, receive: Receiver) -> None:
    came = receive()
    async with opened(place, "4", "d") as (app, pilot):
        assert "Dealt with? Sara Bakker (Aya)" in shown(app) and now_of(app, came).state == "unread"
        await press(pilot, "enter")
        assert now_of(app, came).state == "answered"
        await press(pilot, "d")
        assert "Nothing in here waits for an answer." in shown(app)


async def test_c_shows_whom_to_phone_about_a_child_s_thread(place: Locations, receive: Receiver) -> None:
    receive()
    async with opened(place, "4", "c") as (app, _pilot):
        assert "Call about Aya Bakker" in shown(app) and "06-10000001" in shown(app)


async def test_a_phone_call_is_noted_on_the_line_for_the_child_of_the_thread(
    place: Locations, people: People, receive: Receiver
) -> None:
    receive()
    async with opened(place, "4", "colon") as (app, pilot):
        await type_text(pilot, "note moeder gebeld")
        await press(pilot, "enter")
        child_day = app.state.cache.child_day(people.children["Aya"])
        assert child_day is not None and [one.text for one in child_day.entries] == ["moeder gebeld"]


# Who gets it


async def test_who_gets_it_and_who_does_not_stands_above_the_text(place: Locations) -> None:
    async with opened(place, "4") as (app, pilot):
        await write_to(pilot, "aya")
        text = shown(app)
        assert "Message to the guardians of Aya Bakker" in text
        assert "✓ Sara Bakker (nl)" in text
        assert "✗ Tom Bakker (nl): held back: court order" in text and "(Marit)" in text
        assert "Goes to 1 guardian, 1 held back." in text


async def test_a_group_is_found_by_its_name_before_its_children(place: Locations) -> None:
    async with opened(place, "4") as (app, pilot):
        await write_to(pilot, "vlin")
        text = shown(app)
        assert "Message to all guardians of Vlinders" in text
        assert "Lies de Wit (Bram de Wit, nl)" in text and "Goes to 2 guardians, 1 held back." in text
        assert "nobody gets it for Emma Jansen, Emma Visser, Søren Østergård" in text


async def test_another_audience_is_asked_anew_and_the_text_stays(place: Locations, people: People) -> None:
    async with writing(place, GOOD) as (app, pilot):
        await press(pilot, "ctrl+s", "ctrl+g")
        await pick(pilot, "bram")
        assert "✓ Lies de Wit (nl)" in shown(app) and "Tom Bakker" not in shown(app)
        assert not isinstance(app.screen.focused, SendLine)  # what was asked before is no longer asked
        await press(pilot, "enter")
        assert sent(app) == []
        await press(pilot, "ctrl+s", "enter")
        (message,) = sent(app)
        assert message.audience_id == people.children["Bram"] and message.body == GOOD


async def test_who_gets_it_is_read_again_before_it_goes(place: Locations, people: People, ina: Actor) -> None:
    def restrict(tx: Tx) -> None:
        from kindertui.data import models

        tx.add(
            models.Restriction, child_id=people.children["Bram"], guardian_id=people.guardians["Lies de Wit"],
            kind="contact", reason="court order", since="2026-01-05", author="Marit",
        )  # fmt: skip

    async with writing(place, GOOD, to="vlin") as (app, pilot):
        await press(pilot, "ctrl+s")
        with Store(place) as other:  # another terminal
            other.call(restrict, ina)
        await press(pilot, "enter")
        assert sent(app) == []
        assert "Who gets it has changed meanwhile" in shown(app) and "Goes to 1 guardian, 2 held back." in shown(app)
        await press(pilot, "enter")
        assert len(sent(app)) == 1


async def test_a_message_that_reaches_nobody_does_not_go(place: Locations) -> None:
    async with opened(place, "4") as (app, pilot):
        await write_to(pilot, "noor")
        assert "No guardian is known" in shown(app)
        await press(pilot, "enter")
        await type_text(pilot, GOOD)
        await press(pilot, "ctrl+s", "enter")
        assert isinstance(app.screen, ComposeScreen) and sent(app) == []
        assert "Not queued: nobody would get it" in shown(app) and text_of(app).text == GOOD


# Sending


async def test_a_message_goes_when_it_was_confirmed(place: Locations, people: People) -> None:
    async with opened(place, "4") as (app, pilot):
        await write_to(pilot, "aya")
        await pick(pilot, "gesprek", "Bellen")
        await type_text(pilot, "we?")
        await press(pilot, "ctrl+s")
        assert sent(app) == [] and "Enter sends it" in shown(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, MessagesScreen)
        (message,) = sent(app)
        assert (message.subject, message.body, message.state) == ("gesprek", "Bellen\nwe?", "queued")
        assert {
            one.guardian for one in queries.recipients(app.state.store.reader, message.id) if not one.held_back
        } == {"Sara Bakker"}
        assert "message to the guardians of Aya Bakker: waits for the portal" in shown(app)
        assert drafts.places(app.state.store.reader, people.staff["Ina"], "message:") == ()
        await press(pilot, "ctrl+z")
        assert sent(app) == []


async def test_tab_leads_to_the_question_as_well_and_esc_back_to_the_text(place: Locations) -> None:
    async with opened(place, "4") as (app, pilot):
        await write_to(pilot, "aya")
        await press(pilot, "tab", "x", "tab")
        assert isinstance(app.screen.focused, SendLine)
        await press(pilot, "escape")
        await press(pilot, "y")
        assert text_of(app).text == "xy" and sent(app) == []


async def test_what_no_bundle_takes_is_said_while_it_is_typed_and_marked_where_it_stands(place: Locations) -> None:
    async with opened(place, "4") as (app, pilot):
        await write_to(pilot, "aya")
        await pick(pilot, "gesprek", "Bellen")
        await type_text(pilot, "zie <a>")
        assert "<a would never reach the parents" in shown(app)
        await press(pilot, "ctrl+s", "enter")
        assert sent(app) == [] and text_of(app).selected_text == "<a"


async def test_an_empty_message_does_not_go(place: Locations) -> None:
    async with opened(place, "4") as (app, pilot):
        await write_to(pilot, "aya")
        await press(pilot, "ctrl+s", "enter")
        assert "There is nothing to send yet" in shown(app) and sent(app) == []


async def test_the_keypad_s_enter_is_an_enter(place: Locations) -> None:
    async with opened(place, "4") as (app, pilot):
        await write_to(pilot, "aya")
        await press(pilot, "ctrl+j", "a", "ctrl+j", "b", "ctrl+s", "ctrl+j")
        assert [one.body for one in sent(app)] == ["a\nb"]


# The guard


async def test_what_the_guard_finds_is_named_as_it_is_typed_and_asked_twice(place: Locations) -> None:
    async with writing(place, "Aya heeft koorts") as (app, pilot):
        assert "“koorts”: health does not belong in this portal." in shown(app)
        await press(pilot, "ctrl+s", "enter")
        assert sent(app) == [] and "Not queued: this holds what does not belong" in shown(app)
        assert "Enter again sends it all the same." in shown(app)
        await press(pilot, "enter")
        assert [one.body for one in sent(app)] == ["Aya heeft koorts"]


async def test_what_was_changed_after_the_warning_is_judged_anew(place: Locations) -> None:
    async with writing(place, "Aya heeft koorts") as (app, pilot):
        await press(pilot, "ctrl+s", "enter", "escape")
        await type_text(pilot, " en Bram")
        await press(pilot, "ctrl+s", "enter")
        assert sent(app) == [] and "“Bram”: this names a child" in shown(app)
        await press(pilot, "escape")
        await type_text(pilot, " niet")
        await press(pilot, "ctrl+s", "enter")
        assert sent(app) == []  # the same words were found, but it is another message
        await press(pilot, "enter")
        assert len(sent(app)) == 1


@pytest.mark.parametrize(("by", "goes"), [("Ina", 0), ("Marit", 1)])
async def test_only_a_manager_sends_what_the_policy_blocks(place: Locations, by: str, goes: int) -> None:
    async with writing(place, "Het BSN is 111222333", by=by) as (app, pilot):
        await until_shown(pilot, "•••••••33", "Only a manager can send this.")
        await press(pilot, "ctrl+s", "enter", "enter")
        await until(pilot, lambda: len(sent(app)) == goes and (goes or "only a manager can send this" in shown(app)))


# Answering


async def test_a_answers_in_the_thread_with_what_is_answered_above_the_text(
    place: Locations, receive: Receiver
) -> None:
    came = receive(subject="morgen")
    async with opened(place, "4", "a") as (app, pilot):
        assert isinstance(app.screen, ConfirmSheet) and now_of(app, came).state == "unread"
        assert "✗ Tom Bakker" in shown(app) and "✓ Sara Bakker" in shown(app)
        await press(pilot, "enter")
        assert "Answer to the guardians of Aya Bakker" in shown(app)
        assert "Sara Bakker, 19 h: Kan Aya morgen later komen?" in shown(app)
        assert now_of(app, came).state == "read"
        assert app.screen.query_one("#subject", Input).value == "morgen"
        await type_text(pilot, "Dat kan.")
        await press(pilot, "ctrl+g")
        assert isinstance(app.screen, ComposeScreen) and "An answer goes to those" in shown(app)
        await press(pilot, "ctrl+s", "enter")
        (message,) = sent(app)
        assert (message.thread_id, message.body) == (came.thread_id, "Dat kan.")
        assert now_of(app, came).state == "answered"
        (thread,) = queries.threads(app.state.store.reader, ZONE)
        assert thread_lines(thread, {}).count(("morgen", "strong")) == 1  # not over every message of the thread


@pytest.mark.parametrize("key", ["a", "p", "d", "space"])
async def test_letters_behind_a_key_do_nothing_with_a_message(place: Locations, receive: Receiver, key: str) -> None:
    came = receive()
    async with opened(place, "4", key) as (app, pilot):
        await type_text(pilot, "yn in")
        await press(pilot, "enter")
        assert isinstance(app.screen, ConfirmSheet) and "Letters decide nothing here" in shown(app)
        await press(pilot, "escape")
        assert now_of(app, came).state == "unread" and sent(app) == []


async def test_letters_at_the_question_go_on_with_the_text_and_send_nothing(place: Locations) -> None:
    async with writing(place, "tot morge") as (app, pilot):
        await press(pilot, "ctrl+s", "n", "!", "enter")
        assert isinstance(app.screen, ComposeScreen) and sent(app) == []
        assert text_of(app).text == "tot morgen!\n"


# Drafts


async def test_a_draft_comes_back_for_the_same_audience(place: Locations) -> None:
    async with opened(place, "4") as (app, pilot):
        await write_to(pilot, "aya")
        await type_text(pilot, "half")
        await press(pilot, "enter", "enter")
        await type_text(pilot, "begonnen")
        await press(pilot, "escape")
        assert isinstance(app.screen, MessagesScreen) and "draft" in shown(app)
        await write_to(pilot, "bram")
        assert text_of(app).text == ""
        await press(pilot, "escape")
        await write_to(pilot, "aya")
        assert (app.screen.query_one("#subject", Input).value, text_of(app).text) == ("half", "\nbegonnen")
        assert "Your draft is back as you left it." in shown(app)


async def test_an_answer_that_was_only_opened_leaves_no_draft(place: Locations, people: People) -> None:
    async with opened(place, "4") as (app, pilot):
        await write_to(pilot, "aya")
        await pick(pilot, "uitje")
        await type_text(pilot, "Vrijdag gaan we naar buiten.")
        await press(pilot, "ctrl+s", "enter")
        assert "waits for the portal" in shown(app)
        for text, kept in (("", 0), ("Ja", 1)):
            await press(pilot, "a", "enter")
            assert app.screen.query_one("#subject", Input).value == "uitje"
            await type_text(pilot, text)
            await press(pilot, "escape")
            assert len(drafts.places(app.state.store.reader, people.staff["Ina"], "message:")) == kept


async def test_a_draft_is_kept_while_it_is_typed(place: Locations, people: People) -> None:
    async with writing(place, "half begonnen"):
        with Store(place) as other:  # what another process finds if this one is killed now
            (where,) = drafts.places(other.reader, people.staff["Ina"], "message:")
            assert drafts.kept(other.reader, people.staff["Ina"], where) == ">\nhalf begonnen"
            assert drafts.places(other.reader, people.staff["Jayne"], "message:") == ()


async def test_a_draft_without_text_is_no_draft(place: Locations) -> None:
    async with writing(place, "x") as (app, pilot):
        await press(pilot, "backspace", "escape")
        assert rows(app) == []


async def test_enter_on_a_draft_goes_on_with_it(place: Locations) -> None:
    async with writing(place, "x") as (app, pilot):
        await press(pilot, "escape", "enter")
        assert isinstance(app.screen, ComposeScreen) and text_of(app).text == "x"


async def test_a_draft_is_not_taken_over_by_another_one(place: Locations) -> None:
    async with writing(place, "x", to="bram") as (app, pilot):
        await press(pilot, "escape")
        await write_to(pilot, "aya")
        await press(pilot, "enter", "y", "ctrl+g")
        await pick(pilot, "bram")
        assert "There is a draft for them already." in shown(app) and "guardians of Aya Bakker" in shown(app)


async def test_the_lock_hides_a_message_and_brings_it_back_to_its_writer(place: Locations) -> None:
    async with writing(place, "half begonnen") as (app, pilot):
        await press(pilot, "ctrl+l")
        assert "begonnen" not in shown(app) and "Aya" not in shown(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, ComposeScreen) and text_of(app).text == "half begonnen"


async def test_the_lock_keeps_the_last_key_too(place: Locations) -> None:
    async with opened(place, "4") as (app, pilot):
        await write_to(pilot, "aya")
        text_of(app).text = "half"
        app.action_pressed("lock")  # before the screen could look at what was typed
        await press(pilot, "enter")
        assert text_of(app).text == "half"


async def test_what_was_sent_at_once_leaves_no_draft(place: Locations, people: People) -> None:
    async with opened(place, "4") as (app, pilot):
        await write_to(pilot, "aya")
        text_of(app).text = GOOD
        assert isinstance(app.screen, ComposeScreen)
        await app.screen.action_send()
        await settle(pilot)
        assert len(sent(app)) == 1
        assert drafts.places(app.state.store.reader, people.staff["Ina"], "message:") == ()


async def test_the_lock_brings_nobody_else_s_message_back(place: Locations) -> None:
    async with writing(place, "half begonnen") as (app, pilot):
        await press(pilot, "ctrl+l", "J", "a", "y", "enter")
        assert not isinstance(app.screen, ComposeScreen)
        await press(pilot, "4")
        assert rows(app) == [] and "begonnen" not in shown(app)


async def test_ctrl_q_leaves_the_message_and_keeps_it(place: Locations, people: People) -> None:
    async with writing(place, "x") as (app, pilot):
        await press(pilot, "ctrl+q")
        assert isinstance(app.screen, MessagesScreen) and len(rows(app)) == 1


async def test_ctrl_z_takes_back_typing_and_no_record(place: Locations, receive: Receiver) -> None:
    came = receive()
    async with opened(place, "4", "p", "enter") as (app, pilot):
        await write_to(pilot, "aya")
        await press(pilot, "enter", "x", "ctrl+z")
        assert text_of(app).text == "" and now_of(app, came).state == "parked"
        await press(pilot, "ctrl+y")
        assert text_of(app).text == "x"


async def test_a_text_too_long_for_a_message_is_said_and_stays(place: Locations) -> None:
    async with opened(place, "4") as (app, pilot):
        await write_to(pilot, "aya")
        text_of(app).text = "woord " * 4000
        await settle(pilot)
        assert "This is too long for a message" in shown(app)
        await press(pilot, "ctrl+s", "enter")
        assert "The text is too long: shorten it." in shown(app) and sent(app) == []


# What people write


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_what_people_write_is_shown_and_nothing_more(
    place: Locations, people: People, ina: Actor, receive: Receiver, text: str, size: tuple[int, int]
) -> None:
    def rename(tx: Tx) -> None:
        from kindertui.data import models

        for model, id, field in (
            (models.Child, people.children["Aya"], "given_name"),
            (models.Guardian, people.guardians["Sara Bakker"], "name"),
            (models.CareGroup, people.groups["Vlinders"], "name"),
        ):
            record = tx.get(model, id)
            assert record is not None
            tx.change(record, **{field: text})

    with Store(place) as store:
        store.call(rename, ina)
    receive(text, sender=text, subject=text)
    visible = text.replace("\x1b", "").replace("\x07", "").replace("\u202e", "").replace("\u202c", "")[:8]
    async with opened(place, "4", size=size) as (app, pilot):
        now = shown(app)
        assert now.count(visible) >= 3  # the sender and the subject in the list, the text in the thread
        assert "\x1b" not in now and "\u202e" not in now
        await press(pilot, "a", "enter")
        assert isinstance(app.screen, ComposeScreen) and shown(app).count(visible) >= 3
        text_of(app).insert(text)
        await press(pilot, "ctrl+s", "enter")
        if isinstance(app.screen, ComposeScreen):  # the guard found a word in it, and asks twice
            await press(pilot, "enter")
        assert isinstance(app.screen, MessagesScreen) and len(sent(app)) == 1
        await press(pilot, "w")
        assert isinstance(app.screen, PickSheet) and visible in shown(app)
