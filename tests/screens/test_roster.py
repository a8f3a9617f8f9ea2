"""Typing is entering: what the roster says before Enter, what it saves, and what it never loses."""

import re
import threading
import time
from concurrent.futures import Future
from typing import Any

import pytest
import time_machine
from textual import events

from kindertui.data.act import Actor, Tx
from kindertui.data.connection import connect
from kindertui.data.keys import read_keys
from kindertui.domain.faults import DatabaseFault
from kindertui.locations import Locations
from kindertui.screens.places.roster import RosterScreen
from kindertui.screens.sheets.ask import AskSheet
from kindertui.screens.sheets.call_list import CallListSheet
from kindertui.screens.sheets.paper import PaperSheet
from kindertui.screens.sheets.read import ReadSheet
from kindertui.widgets.table import RowTable
from tests.conftest import People
from tests.screens.acting import NARROW, opened, press, settle, shown
from tests.screens.hands import (
    book,
    do_line,
    enter_line,
    entries,
    house_screen,
    kinds,
    line,
    preview,
    send_keys,
    status,
    type_line,
    until,
    until_shown,
    write_raw,
)  # fmt: skip


def table(app: Any) -> Any:
    return app.screen.table


# Before Enter


async def test_a_letter_is_the_line_and_the_preview_says_in_words_what_enter_will_do(
    inside: Locations, people: People
) -> None:
    aya = people.children["Aya"]
    async with opened(inside) as (app, pilot):
        await pilot.press("s")
        assert line(app) == "s"
        assert preview(app) == "  Aya   asleep since 10:30"
        await type_line(pilot, " 1015")
        assert preview(app) == "  Aya   asleep since 10:15"
        assert kinds(app, aya) == ["arrival"]  # nothing is booked before Enter
        await pilot.press("enter")
        await until(pilot, lambda: status(app).startswith("saved"))
        assert line(app) == "" and "asleep since" not in preview(app)
        assert status(app).startswith("saved 10:30:") and "Aya asleep since 10:15" in status(app)
        assert status(app).endswith("ctrl+z takes it back")
        sleep = entries(app, aya)[-1]
        assert (sleep.kind, f"{sleep.start:%H:%M}", sleep.end, sleep.by) == ("sleep", "10:15", None, "Ina")
        assert "asleep 0:15" in shown(app)


async def test_what_is_wrong_is_marked_at_its_place_and_what_is_missing_is_said_calmly(
    inside: Locations, people: People
) -> None:
    async with opened(inside) as (app, pilot):
        await type_line(pilot, "b")
        assert preview(app) == "  How much, in ml?"  # unfinished is not wrong
        await pilot.press("escape")
        assert line(app) == "" and "How much" not in preview(app)
        await type_line(pilot, "aya s 2561")
        assert "is no time: type it as 1230 or 12:30." in preview(app) and "▲" not in preview(app)
        await pilot.press("enter")  # now it was meant to be whole
        await until_shown(pilot, "▲", "Not done")
        assert "Not done" in status(app) and line(app) == "aya s 2561"
        prompt = next(one for one in shown(app).splitlines() if one.lstrip().startswith("›"))
        mark = next(one for one in shown(app).splitlines() if "▲" in one)
        assert mark.index("▲") == prompt.index("2561")  # under the very letters
        await pilot.press("escape")
        await type_line(pilot, "aya s 1000 1100")
        assert preview(app).startswith("  " + " " * len("aya s 1000 ") + "▲ 1100 would be a second time")
        assert kinds(app, people.children["Aya"]) == ["arrival"]


async def test_what_cannot_be_is_refused_and_the_line_stays(inside: Locations, people: People) -> None:
    async with opened(inside) as (app, pilot):
        await type_line(pilot, "temp 99")
        assert "✗ Aya: 99 °C cannot be" in preview(app)
        await press(pilot, "enter", "enter")  # twice: an error is no warning
        assert "Not saved" in status(app) and line(app) == "temp 99"
        assert kinds(app, people.children["Aya"]) == ["arrival"]
        await pilot.press("escape")
        await type_line(pilot, "em s")
        assert "Emma Jansen" in preview(app) and "Emma Visser" in preview(app)
        await pilot.press("enter")
        assert line(app) == "em s" and "Not done" in status(app)
        await press(pilot, "escape")
        assert line(app) == "" and "Not done" not in status(app)  # it was about a line that is gone


# Warnings


async def test_a_warning_wants_a_second_enter_and_another_line_is_asked_anew(inside: Locations, people: People) -> None:
    aya = people.children["Aya"]
    async with opened(inside) as (app, pilot):
        await enter_line(pilot, "b 1020 150")
        await type_line(pilot, "b 140")
        assert "! Aya: had a bottle 10 min from this one, at 10:20. Another?" in preview(app)
        await pilot.press("enter")
        assert status(app) == "Enter again saves it all the same; Esc clears the line."
        assert kinds(app, aya) == ["arrival", "bottle"]
        await press(pilot, "backspace", "5")  # 145: another line than the one that was asked about
        assert "Enter again" not in status(app)
        await pilot.press("enter")
        assert "Enter again" in status(app) and kinds(app, aya) == ["arrival", "bottle"]
        await pilot.press("enter")
        await until(pilot, lambda: line(app) == "" and status(app).startswith("saved"))
        assert [one.amount for one in entries(app, aya)] == [None, 150, 145]


async def test_an_answer_is_for_what_was_read_and_not_for_what_came_meanwhile(
    inside: Locations, people: People, ina: Actor
) -> None:
    aya = people.children["Aya"]
    async with opened(inside) as (app, pilot):
        await type_line(pilot, "b 140")
        assert "!" not in preview(app)
        app.state.store.data_version = lambda: app.changes._version  # type: ignore[method-assign]  # it has not looked yet
        book(inside, ina, people.groups["Vlinders"], "aya b 1025 150")
        await pilot.press("enter")
        await until(pilot, lambda: "Enter again" in status(app))
        assert "had a bottle 5 min from this one" in preview(app) and line(app) == "b 140"
        assert [one.amount for one in entries(app, aya)] == [None, 150]
        await pilot.press("enter")
        await until(pilot, lambda: status(app).startswith("saved"))
        assert [one.amount for one in entries(app, aya)] == [None, 150, 140]


# Saving


async def test_saved_is_said_only_after_the_commit(inside: Locations, people: People, ina: Actor) -> None:
    go_on = threading.Event()

    def wait(tx: Tx) -> None:
        assert go_on.wait(20)

    async with opened(inside) as (app, pilot):
        app.state.store.submit(wait, ina)
        await type_line(pilot, "d wet")
        send_keys(app, "enter", "b")
        await until(pilot, lambda: line(app) == "b")  # whoever is quick types on
        assert "saved" not in status(app) and kinds(app, people.children["Aya"]) == ["arrival"]
        go_on.set()
        await until(pilot, lambda: status(app).startswith("saved"))
        assert kinds(app, people.children["Aya"]) == ["arrival", "nappy"]


@pytest.mark.parametrize(("rule", "why"), [("db_full", "the disk is full"), ("db_locked", "another window is saving")])
async def test_a_save_that_fails_says_why_and_is_tried_again(
    inside: Locations, people: People, monkeypatch: pytest.MonkeyPatch, rule: Any, why: str
) -> None:
    def fails(*args: Any, **kwargs: Any) -> Future[None]:
        failed: Future[None] = Future()
        failed.set_exception(DatabaseFault(rule, "kindertui.db"))
        return failed

    async with opened(inside) as (app, pilot):
        await type_line(pilot, "d wet")
        with monkeypatch.context() as broken:
            broken.setattr("kindertui.data.store.Store.submit_as", fails)
            await pilot.press("enter")
            await until(pilot, lambda: f"NOT SAVED: Aya nappy 10:30 · wet: {why}." in status(app))
        assert line(app) == "" and kinds(app, people.children["Aya"]) == ["arrival"]
        await until(pilot, lambda: status(app).startswith("saved"))  # by itself
        assert kinds(app, people.children["Aya"]) == ["arrival", "nappy"]


async def test_a_save_that_fails_leaves_what_was_typed_on_alone(
    inside: Locations, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = threading.Event()
    async with opened(inside) as (app, pilot):

        def slow(act: str, behind: object, fn: object, actor: Actor, /, *args: Any, **kwargs: Any) -> Future[None]:
            def full(tx: Tx) -> None:
                gate.wait(20)
                raise DatabaseFault("db_full", "kindertui.db")

            return app.state.store.submit(full, actor)

        monkeypatch.setattr(app.state.store, "submit_as", slow)
        await type_line(pilot, "d wet")
        send_keys(app, "enter")
        await until(pilot, lambda: line(app) == "")
        send_keys(app, "b", " ")
        await until(pilot, lambda: line(app) == "b ")
        gate.set()
        await until(pilot, lambda: "the disk is full" in status(app))
        assert line(app) == "b " and "wet" not in preview(app)
        assert "NOT SAVED  Aya nappy 10:30 · wet" in shown(app)


# Lines


async def test_earlier_lines_come_back_and_tab_completes(inside: Locations, people: People) -> None:
    async with opened(inside) as (app, pilot):
        await enter_line(pilot, "d wet")
        await enter_line(pilot, "bram wc")
        await press(pilot, "up")
        assert line(app) == ""  # on an empty line the arrows move
        await press(pilot, "shift+up")
        assert line(app) == "bram wc" and "Bram" in preview(app)
        await press(pilot, "up")
        assert line(app) == "d wet"
        await press(pilot, "down")
        assert line(app) == "bram wc"
        await press(pilot, "down")
        assert line(app) == ""
        await type_line(pilot, "d")
        await press(pilot, "up")
        assert line(app) == "d wet"  # only lines that begin so
        await press(pilot, "escape")
        await type_line(pilot, "em")
        found = []
        for _ in range(3):
            await pilot.press("tab")
            found.append(line(app))
        assert found == ["Emma Jansen", "Emma Visser", "Emma Jansen"]
        await type_line(pilot, " lu")
        await pilot.press("tab")
        assert line(app) == "Emma Jansen lunch "
        assert kinds(app, people.children["Emma"]) == ["arrival"]


async def test_the_keypad_s_enter_is_an_enter(inside: Locations, people: People) -> None:
    async with opened(inside) as (app, pilot):
        await type_line(pilot, "wc")
        await pilot.press("ctrl+j")
        await until(pilot, lambda: status(app).startswith("saved"))
        assert kinds(app, people.children["Aya"]) == ["arrival", "toilet"]
        await pilot.press("ctrl+j")
        await until(pilot, lambda: app.current_mode == "day")  # on an empty line it opens the child


async def test_a_paste_executes_nothing(inside: Locations, people: People) -> None:
    async with opened(inside) as (app, pilot):
        entry = house_screen(app).entry
        entry.post_message(events.Paste("b 150\nall out\n"))
        await until(pilot, lambda: "Not pasted: it has more than one line" in status(app))
        assert line(app) == ""
        entry.post_message(events.Paste("x" * 10_000))
        await until(pilot, lambda: "longer than a line" in status(app))
        assert line(app) == ""
        await pilot.press("x")
        await until(pilot, lambda: line(app) == "x" and "Not pasted" not in status(app))
        await pilot.press("backspace")
        entry.post_message(events.Paste("b 150\n"))  # a line end at the end is no Enter
        await until(pilot, lambda: line(app) == "b 150")
        entry.post_message(events.Paste(" soup\twith\x1b[31m \u202ebread\u2069"))  # nor is what nobody sees on the line
        await until(pilot, lambda: line(app) == "b 150 soup with[31m bread")
        entry.post_message(events.Paste("a\u2028b"))
        await until(pilot, lambda: "Not pasted: it has more than one line" in status(app))
        await press(pilot)
        assert all(kinds(app, child) == ["arrival"] for name, child in people.children.items() if name != "Noor")


# Who


async def test_marks_by_space_ctrl_a_and_the_word(inside: Locations, people: People) -> None:
    children = people.children
    async with opened(inside) as (app, pilot):
        await press(pilot, "space", "space")
        assert app.state.marked == {children["Aya"], children["Bram"]}
        assert "2 marked" in status(app) and shown(app).count("•") == 2
        await press(pilot, "escape")
        assert not app.state.marked and "•" not in shown(app)
        await press(pilot, "ctrl+a")
        assert len(app.state.marked) == 5
        await press(pilot, "escape")
        await type_line(pilot, "mark")
        await press(pilot, "enter")
        assert len(app.state.marked) == 5
        await press(pilot, "home", "space")  # takes the mark off again
        assert len(app.state.marked) == 4
        await enter_line(pilot, "wc")
        assert not app.state.marked  # the marks were for one line
        assert "toilet" not in kinds(app, children["Aya"])
        assert all("toilet" in kinds(app, children[name]) for name in ("Bram", "Emma", "Emma Visser", "Søren"))


async def test_all_but_some_and_two_entries_on_one_line(place: Locations, people: People) -> None:
    children = people.children
    async with opened(place) as (app, pilot):
        await enter_line(pilot, "in 8:02; b 150")
        assert kinds(app, children["Aya"]) == ["arrival", "bottle"]
        assert f"{entries(app, children['Aya'])[0].start:%H:%M}" == "08:02"
        await enter_line(pilot, "all in 805")
        await type_line(pilot, "all -aya s 1010")
        assert preview(app) == "  Bram, Emma J, Emma V, Søren   asleep since 10:10"
        await press(pilot, "escape")
        await type_line(pilot, "all s 1010 -aya")  # whom to leave out is often thought of last
        assert preview(app) == "  Bram, Emma J, Emma V, Søren   asleep since 10:10"
        await press(pilot, "enter")
        await until(pilot, lambda: "Bram, Emma J, Emma V, Søren asleep since 10:10" in status(app))
        assert "sleep" not in kinds(app, children["Aya"])
        assert all("sleep" in kinds(app, children[name]) for name in ("Bram", "Emma", "Emma Visser", "Søren"))


async def test_an_absence_is_one_line_and_the_roster_follows(place: Locations) -> None:
    async with opened(place) as (app, pilot):
        await enter_line(pilot, "bram sick")
        row = next(one for one in shown(app).splitlines() if "Bram de Wit" in one)
        assert "sick, reported 10:30 by phone" in row
        assert "nobody told us" not in row


# Moving


async def test_digits_go_to_places_and_esc_comes_back(inside: Locations) -> None:
    async with opened(inside) as (app, pilot):
        for digit, place in zip("23461", ("day", "absences", "messages", "overview", "roster"), strict=True):
            await pilot.press(digit)
            await press(pilot)
            assert app.current_mode == place and place == house_screen(app).PLACE
        await type_line(pilot, "b 123456")  # behind a letter they are digits
        assert line(app) == "b 123456" and app.current_mode == "roster"
        await press(pilot, "escape", "2", "escape")
        assert app.current_mode == "roster"


async def test_another_day_is_loud_and_entries_are_for_it(inside: Locations, people: People) -> None:
    async with opened(inside) as (app, pilot):
        await press(pilot, "right_square_bracket")
        assert status(app) == "That day is still to come."
        await press(pilot, "left_square_bracket")
        assert "NOT TODAY, LOCKED" in shown(app).splitlines()[0]
        assert "Locked: type unlock and your name" in preview(app)
        await type_line(pilot, "in")
        assert "This is another day: type the time." in preview(app)
        await type_line(pilot, " 815")
        await press(pilot, "enter")  # nothing is written on a locked day
        assert isinstance(app.screen, AskSheet) and "is locked: your name unlocks it" in shown(app)
        await press(pilot, "j", "o", "enter")
        assert isinstance(app.screen, AskSheet) and "Ina is at the keyboard" in shown(app)
        assert not entries(app, people.children["Aya"])
        await press(pilot, "backspace", "backspace", "i", "N", "a", "enter")
        assert isinstance(app.screen, RosterScreen) and line(app) == "in 815"
        assert "LOCKED" not in shown(app) and "NOT TODAY" in shown(app).splitlines()[0]
        await press(pilot, "enter")
        await until(pilot, lambda: status(app).startswith("saved"))
        (arrival,) = entries(app, people.children["Aya"])
        assert arrival.day == app.state.shown_day < app.state.now().date()
        await enter_line(pilot, "aya out 1630")  # who went home was there all the same
        row = next(text for text in shown(app).splitlines() if " Aya " in text)
        assert "08:15" in row and "gone home" not in row and " 1 in of 5 " in shown(app).splitlines()[0]
        await press(pilot, "6")
        assert " 1 of 5 " in shown(app)  # the overview counts the day as the roster does
        await press(pilot, "1")
        await press(pilot, "right_square_bracket", "left_square_bracket")
        assert "LOCKED" in shown(app)  # whoever comes back unlocks again
        await press(pilot, "right_square_bracket")
        assert "NOT TODAY" not in shown(app)
        assert kinds(app, people.children["Aya"]) == ["arrival"]  # today's own
        # today he came at eight, which says nothing about another day
        await type_line(pilot, "@yesterday bram s 700-730")
        assert "slept 07:00–07:30" in preview(app) and "came only at" not in preview(app)
        await press(pilot, "escape")
        # "all" are those who were in then: Enter goes there first, and the line is for them
        await type_line(pilot, "@yesterday; all n 1130 saw the @zoo")
        assert "Enter goes to that day first" in preview(app)
        await press(pilot, "enter")
        assert line(app) == "all n 1130 saw the @zoo"
        assert "NOT TODAY" in shown(app).splitlines()[0]
        assert "Aya" in preview(app) and "saw the @zoo" in preview(app)


async def test_a_locked_day_is_locked_for_every_way_of_writing(inside: Locations, people: People) -> None:
    async with opened(inside, "left_square_bracket") as (app, pilot):
        await enter_line(pilot, "unlock ina")
        assert app.state.unlocked
        await enter_line(pilot, "aya in 815")
        await press(pilot, "right_square_bracket", "left_square_bracket", "2", "delete")
        assert isinstance(app.screen, AskSheet)  # nothing is taken away there either
        await press(pilot, "escape")
        await press(pilot, "enter")
        await until(pilot, lambda: line(app).startswith("in 08:15"))
        await press(pilot, "enter")
        assert isinstance(app.screen, AskSheet)
        await press(pilot, "escape")
        (arrival,) = entries(app, people.children["Aya"])
        assert arrival.rev == 1
        await press(pilot, "escape", "1")
        await enter_line(pilot, "unlock ina")
        assert app.state.unlocked
        await press(pilot, "ctrl+l", "enter")
        await until(pilot, lambda: isinstance(app.screen, RosterScreen))
        assert app.state.locked  # whoever was away has to say the name again


async def test_the_cursor_stays_on_the_child(
    place: Locations, people: People, ina: Actor, clock: time_machine.Traveller
) -> None:
    emma = people.children["Emma Visser"]
    async with opened(place) as (app, pilot):
        await press(pilot, "down", "down", "down")
        assert table(app).cursor == emma
        await enter_line(pilot, "in")  # goes from the last lines to the first
        assert table(app).cursor == emma and table(app).keys[0] == emma
        book(place, ina, people.groups["Vlinders"], "all in 800")
        await until(pilot, lambda: table(app).keys.index(emma) == 3)
        assert table(app).cursor == emma
        clock.shift(6 * 3600)
        book(place, ina, people.groups["Vlinders"], "all -søren s 1200-1300")
        await until(pilot, lambda: shown(app).count("12:00–13:00") == 4)
        await press(pilot, "ctrl+o")
        assert status(app) == "What is still due first."
        assert table(app).keys[:2] == [people.children["Aya"], people.children["Søren"]]
        assert table(app).cursor == emma and table(app).keys.index(emma) == 4
        await enter_line(pilot, "wc")
        assert kinds(app, emma) == ["arrival", "sleep", "toilet"]
        await press(pilot, "ctrl+o")
        assert status(app) == "By name." and table(app).keys.index(emma) == 3


async def test_news_between_a_key_and_its_message_do_not_throw_the_cursor_back(
    inside: Locations, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    emma, pressed = people.children["Emma Visser"], RowTable.key_pressed

    def with_news(self: RowTable, key: str) -> bool:
        moved = pressed(self, key)
        app.on_changed()  # another terminal saved, and that is seen before the table's message is
        return moved

    async with opened(inside) as (app, pilot):
        monkeypatch.setattr(RowTable, "key_pressed", with_news)
        send_keys(app, "down", "down", "down", *"wc")
        await until(pilot, lambda: line(app) == "wc")
        assert "Emma V" in preview(app) and table(app).cursor == emma == app.state.child_id
        send_keys(app, "enter")
        await until(pilot, lambda: status(app).startswith("saved"))
        assert kinds(app, emma) == ["arrival", "toilet"]
        send_keys(app, "up", "enter")  # what is opened is what the cursor is on, however fast
        await until(pilot, lambda: app.current_mode == "day")
        assert app.state.child_id == people.children["Emma"]
        await press(pilot, "1", "home")
        await press(pilot, "6", "down")
        assert table(app).cursor == people.groups["Vlinders"]  # by name the second
        await press(pilot, "up", "enter")
        assert "Noor" in shown(app)


async def test_a_child_another_place_is_about_is_the_roster_s_as_well(inside: Locations, people: People) -> None:
    async with opened(inside) as (app, pilot):
        await press(pilot, "down", "2", "right_curly_bracket")
        assert app.state.child_id == people.children["Emma"]
        await press(pilot, "1")
        assert table(app).cursor == people.children["Emma"]
        await press(pilot, "down")
        app.on_changed()
        assert table(app).cursor == app.state.child_id == people.children["Emma Visser"]


# What changes by itself


async def test_sleeping_children_count_up_by_themselves(
    inside: Locations, people: People, ina: Actor, clock: time_machine.Traveller
) -> None:
    book(inside, ina, people.groups["Vlinders"], "bram s 1000")
    async with opened(inside) as (app, pilot):
        assert "asleep 0:30" in shown(app)
        clock.shift(60)
        await until_shown(pilot, "asleep 0:31", "10:31")


async def test_another_terminal_s_change_shows_within_two_seconds(
    inside: Locations, people: People, ina: Actor
) -> None:
    async with opened(inside) as (app, pilot):
        await type_line(pilot, "b 1")
        book(inside, ina, people.groups["Vlinders"], "bram lunch 1020 half")
        done = time.perf_counter()
        await until(pilot, lambda: "lunch ½" in shown(app), within=5)
        assert time.perf_counter() - done < 2
        assert line(app) == "b 1"  # whoever is typing is left alone


# Taking back


async def test_take_back_and_do_again_on_any_screen_with_who_and_when(inside: Locations, people: People) -> None:
    aya = people.children["Aya"]
    async with opened(inside) as (app, pilot):
        await enter_line(pilot, "d wet")
        for digit, place in (("6", "overview"), ("3", "absences"), ("1", "roster")):
            await press(pilot, digit, "ctrl+z")
            await until(pilot, lambda: status(app).startswith("taken back") and "of Aya (Ina, 10:30)" in status(app))
            assert kinds(app, aya) == ["arrival"] and app.current_mode == place
            await press(pilot, "ctrl+y")
            await until(pilot, lambda: status(app).startswith("done again") and "of Aya (Ina, 10:30)" in status(app))
            assert kinds(app, aya) == ["arrival", "nappy"]
        await type_line(pilot, "b 15")
        await press(pilot, "ctrl+z")
        await until(pilot, lambda: "taken back" in status(app))
        assert line(app) == "b 15"  # a half typed line is no change yet
        await press(pilot, "ctrl+z")  # the arrivals of eight o'clock: the same person's, on the same day
        await until(pilot, lambda: not kinds(app, aya))
        await press(pilot, "ctrl+z")
        await until(pilot, lambda: "There is nothing of yours to take back." in status(app))


async def test_the_way_back_that_a_place_offers_is_that_of_the_newest_act(inside: Locations) -> None:
    async with opened(inside) as (app, pilot):
        await enter_line(pilot, "d wet")
        await press(pilot, "2")
        assert "nappy" in status(app) and "ctrl+z takes it back" in status(app)
        await press(pilot, "1")
        await enter_line(pilot, "b 150")
        await press(pilot, "2")
        assert "bottle" in status(app) and "nappy" not in status(app)
        await press(pilot, "1", "ctrl+z")
        await until(pilot, lambda: status(app).startswith("taken back"))
        await press(pilot, "2")
        assert "taken back" in status(app) and "ctrl+y does it again" in status(app)


async def test_why_something_was_not_done_is_said_whole(inside: Locations) -> None:
    why = (
        "Not saved: the disk is full (/a/long/way/to/kindertui.db). Your text is kept here. Make room and press Enter."
    )
    async with opened(inside, size=NARROW) as (app, pilot):
        house_screen(app).status.say(why, "danger")
        await press(pilot)
        assert " ".join(shown(app).split()).endswith(why)
        house_screen(app).status.say("x" * 300, "danger")
        await press(pilot)
        assert "\n ›\n" in shown(app), "the line that is typed on stays in sight"
        await enter_line(pilot, "d wet")
        assert shown(app).splitlines()[-1].strip().startswith("saved"), "one line again"


async def test_words_open_what_they_name_for_the_child_that_is_named(inside: Locations) -> None:
    async with opened(inside) as (app, pilot):
        for typed, title in (
            ("bram call", "Call about Bram de Wit"),
            ("week", "Five days of Bram de Wit"),  # the cursor went with the name
            ("aya hand-over", "To tell about Aya Bakker"),
            ("evacuation", "5 children are in"),
            ("history", "History"),
            ("help", "who? what when? how-much? words?"),
        ):
            assert isinstance(app.screen, RosterScreen)
            await type_line(pilot, typed)
            await press(pilot, "enter")
            assert isinstance(app.screen, ReadSheet | PaperSheet | CallListSheet) and title in shown(app)
            await press(pilot, "escape")
        await type_line(pilot, "group uil")
        await press(pilot, "enter")
        assert "Noor El Amrani" in shown(app) and "Bram" not in shown(app)


# What may hurt


@pytest.mark.parametrize("size", [(60, 24), NARROW, (111, 30), (112, 30), (120, 36)])
async def test_what_may_hurt_stands_whole_however_narrow_the_screen_is(
    inside: Locations, people: People, size: tuple[int, int]
) -> None:
    nuts = "noten, ook sporen ervan, en alles wat in een keuken met noten gemaakt is; EpiPen in de groene tas"
    change = "UPDATE care_fact SET text = ?, kind = 'allergy' WHERE child_id = ?"
    write_raw(inside, (change, (nuts, people.children["Emma"])))
    async with opened(inside, size=size) as (app, pilot):
        rows = shown(app).split("not in")[0].splitlines()
        aya = next(number for number, one in enumerate(rows) if "Aya Bakker" in one)
        mine = " ".join(rows[aya : aya + 3])
        assert mine.index("! koemelk") < mine.index("! father held back")
        assert "! koemelk" in rows[aya] or size[0] in (60, 112)  # where the column has a cell or a few
        assert f"! {nuts}" in " ".join(" ".join(rows).split())
        await press(pilot, "down", "down")
        assert app.state.child_id == people.children["Emma"]  # the lines below a child are no rows of the cursor


async def test_ctrl_r_shows_all_that_speaks_against_a_line_and_leaves_the_line(
    inside: Locations, people: People
) -> None:
    names = ("Aya", "Bram", "Emma", "Emma Visser", "Søren")
    for name in names[1:]:
        add = (
            "INSERT INTO care_fact (id, rev, deleted, child_id, kind, text, source)"
            " VALUES (?, 1, 0, ?, 'allergy', 'koemelk', 'manual')"
        )
        write_raw(inside, (add, (f"fact-{name}", people.children[name])))
    async with opened(inside, size=NARROW) as (app, pilot):
        await press(pilot, "ctrl+r")
        assert "Nothing speaks against what is typed." in status(app)
        await type_line(pilot, "all lunch 1000 yoghurt")
        assert "ctrl+r reads all of it" in preview(app)
        await press(pilot, "ctrl+r")
        told = [one for one in shown(app).splitlines() if "you typed yoghurt" in one]
        assert len(told) == len(names) and isinstance(app.screen, ReadSheet)
        await press(pilot, "escape")
        assert line(app) == "all lunch 1000 yoghurt"
        await press(pilot, "enter", "ctrl+r", "enter")
        assert kinds(app, people.children["Aya"]) == ["arrival"] and "Enter again" in status(app)
        await press(pilot, "enter")
        await until(pilot, lambda: kinds(app, people.children["Aya"]) == ["arrival", "meal"])


# Sleepers


async def test_one_key_looks_at_all_sleepers_and_says_who_was_looked_at_late(
    inside: Locations, people: People, ina: Actor, clock: time_machine.Traveller
) -> None:
    aya, bram = people.children["Aya"], people.children["Bram"]
    async with opened(inside) as (app, pilot):
        await press(pilot, "full_stop")
        assert status(app) == "Nobody is asleep: there is nothing to check." and kinds(app, aya) == ["arrival"]
        book(inside, ina, people.groups["Vlinders"], "aya s 1000", "bram s 1025")
        await press(pilot, "full_stop")
        assert "Look at the sleepers of Vlinders?" in shown(app)
        assert re.search(r"Aya Bakker +asleep since 10:00 · (15|20) min late", shown(app))
        assert re.search(r"Bram de Wit +asleep since 10:25 · next check at 10:", shown(app))
        await press(pilot, "b", "enter", "escape")  # a letter: nothing is written
        assert kinds(app, aya)[-1] == kinds(app, bram)[-1] == "sleep"
        await press(pilot, "full_stop")
        book(inside, ina, people.groups["Vlinders"], "søren s 1029")  # fell asleep behind the question: not looked at
        await press(pilot, "enter")
        await until(pilot, lambda: status(app).startswith("saved"))
        assert "2 sleepers checked · 1 late (min): Aya " in status(app) and status(app).endswith("ctrl+z takes it back")
        (check,) = (one for one in entries(app, aya) if one.kind == "sleep_check")
        assert f"{check.start:%H:%M}" == "10:30" and check.detail["late"] in (15, 20)  # by her age
        assert entries(app, bram)[-1].detail == {} and kinds(app, people.children["Søren"])[-1] == "sleep"
        await press(pilot, "2")
        assert f"{check.detail['late']} min late" in shown(app)
        await press(pilot, "ctrl+z")
        await until(pilot, lambda: kinds(app, aya) == kinds(app, bram) == ["arrival", "sleep"])
        book(inside, ina, people.groups["Vlinders"], "søren woke 1030")
        await press(pilot, "left_square_bracket", "full_stop", "enter")  # yesterday is shown: a look is at this moment
        await until(pilot, lambda: "2 sleepers checked" in status(app))
        assert "sleep_check" not in kinds(app, aya)
        await press(pilot, "right_square_bracket")
        assert "sleep_check" in kinds(app, aya)
        await type_line(pilot, "b 1.")
        assert line(app) == "b 1."  # behind a letter it is a full stop


async def test_a_late_look_stands_on_top_of_every_place_whatever_is_shown(
    inside: Locations, people: People, ina: Actor, clock: time_machine.Traveller
) -> None:
    book(inside, ina, people.groups["Vlinders"], "bram s 1020")

    def top(app: Any) -> str:
        return shown(app).splitlines()[0]

    async with opened(inside, size=(80, 24)) as (app, pilot):
        assert "check" not in top(app)
        clock.shift(6 * 60)
        await until(pilot, lambda: "check Bram: 1 min late" in top(app))  # by itself, when the minute is over
        for digit in "23456":
            await press(pilot, digit)
            assert "check Bram: 1 min late" in top(app)
        await press(pilot, "1", "left_square_bracket")
        assert "NOT TODAY" in top(app) and "check Bram: 1 min late" in top(app) and "5 in" not in top(app)
        await type_line(pilot, "group uilen")
        await press(pilot, "enter")
        assert top(app).startswith(" Uilen") and "check Bram: 1 min late" in top(app)  # Ina is of the other group
        await press(pilot, "ctrl+p")
        clock.shift(60)
        app.state.day = None
        await until(pilot, lambda: "check Bram: 2 min late" in top(app))  # also behind a sheet
        await press(pilot, "escape", "ctrl+l")
        assert "Bram" not in shown(app)  # the lock hides everything
        await press(pilot, "enter")
        await type_line(pilot, "group vlinders")
        await press(pilot, "enter", "full_stop", "enter")
        await until(pilot, lambda: "sleeper checked" in status(app))
        assert "late" not in top(app)


async def test_beyond_the_shown_group_a_look_is_written_only_after_a_question_of_its_own(
    inside: Locations, people: People, ina: Actor, clock: time_machine.Traveller
) -> None:
    bram, noor = people.children["Bram"], people.children["Noor"]
    book(inside, ina, people.groups["Vlinders"], "bram s 1005")
    async with opened(inside) as (app, pilot):
        await do_line(pilot, "group uilen")
        await press(pilot, "full_stop")
        assert "Look at sleepers of another group?" in shown(app) and "Bram de Wit (Vlinders)" in shown(app)
        await press(pilot, "escape")
        assert kinds(app, bram)[-1] == "sleep"
        book(inside, ina, people.groups["Uilen"], "noor in 800; s 1020")
        await press(pilot, "full_stop")
        assert "Look at the sleepers of Uilen?" in shown(app)
        assert shown(app).index("Noor El Amrani") < shown(app).index("Late elsewhere, and not among these:")
        await press(pilot, "enter")
        await until(pilot, lambda: kinds(app, noor)[-1] == "sleep_check")
        assert kinds(app, bram)[-1] == "sleep"
        await do_line(pilot, "noor woke")
        await press(pilot, "full_stop", "enter")
        await until(pilot, lambda: kinds(app, bram)[-1] == "sleep_check")


async def test_a_click_on_the_alarm_shows_who_is_late_and_changes_nothing(
    inside: Locations, people: People, ina: Actor, clock: time_machine.Traveller
) -> None:
    book(inside, ina, people.groups["Vlinders"], "bram s 1005")
    async with opened(inside) as (app, pilot):
        top = shown(app).splitlines()[0]
        await pilot.click("#head", offset=(top.index("check Bram") + 2, 0))
        await settle(pilot)
        assert re.search(r"Bram de Wit +asleep since 10:05 · \d+ min late", shown(app))
        await press(pilot, "escape")
        assert kinds(app, people.children["Bram"])[-1] == "sleep"


async def test_who_helps_in_another_group_is_told_of_its_late_looks_too(
    inside: Locations, people: People, ina: Actor, clock: time_machine.Traveller
) -> None:
    book(inside, ina, people.groups["Vlinders"], "bram s 1020")
    db = connect(inside.database, read_keys(inside).database)
    with db:
        db.execute("UPDATE staff SET group_id = ? WHERE name = 'Jayne'", (people.groups["Uilen"],))
    db.close()
    clock.shift(6 * 60)
    async with opened(inside, "6", by="Jayne", size=(80, 24)) as (app, pilot):
        await until(pilot, lambda: app.state.attention.waiting)
        top, *rest = shown(app).splitlines()
        assert top.startswith(" Uilen") and "late" not in top
        assert any("check Bram: 1 min late" in one for one in rest), "the overview is about every group"
        for word, late in (("vlinders", True), ("uilen", False)):
            await press(pilot, "1")
            await type_line(pilot, "group " + word)
            await press(pilot, "enter")
            assert ("check Bram: 1 min late" in shown(app).splitlines()[0]) is late


async def test_a_key_and_what_the_line_means_are_drawn_in_one_frame(inside: Locations) -> None:
    drawn: list[tuple[str, str]] = []
    async with opened(inside) as (app, pilot):
        await type_line(pilot, "n quic")
        await until(pilot, lambda: "quic" in preview(app))
        app.post_display_hook = lambda: drawn.append((line(app), preview(app)))  # type: ignore[method-assign]
        await press(pilot, "k")
        await until(pilot, lambda: "quick" in preview(app))
        assert drawn and all(typed[2:] in said for typed, said in drawn), drawn


async def test_a_save_shows_only_what_it_changed_and_what_others_did_in_a_moment(
    inside: Locations, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "kindertui.screens.support.change_watcher.EVERY", 600
    )  # what comes half a second later reads everybody
    async with opened(inside) as (app, pilot):
        before = {one.child.id: one for one in app.state.cache.days}
        await enter_line(pilot, "bram n slept badly")
        after = {one.child.id: one for one in app.state.cache.days}
        bram = people.children["Bram"]
        assert [one.text for one in after[bram].entries if one.kind == "note"] == ["slept badly"]
        assert all(after[child] is before[child] for child in after if child != bram)
        await enter_line(pilot, "bram lunch half")
        assert "lunch ½" in next(row for row in shown(app).splitlines() if "Bram" in row)
        await enter_line(pilot, "bram out")  # another place in the list, and another count on top
        assert " 4 in of 5" in shown(app).splitlines()[0] and "gone home" in shown(app)


async def test_lines_typed_in_one_burst_are_each_a_line_of_their_own(inside: Locations, people: People) -> None:
    async with opened(inside) as (app, pilot):
        send_keys(app, *"bram n one", "enter", *"bram n", "enter", *"aya n two", "enter")
        await until(pilot, lambda: "Aya note" in status(app))
        assert [one.text for one in entries(app, people.children["Bram"]) if one.kind == "note"] == ["one"]
        assert [one.text for one in entries(app, people.children["Aya"]) if one.kind == "note"] == ["two"]
        assert line(app) == "bram n"  # what could not be done is there to be finished


async def test_ctrl_z_right_behind_enter_takes_back_what_that_enter_saved(inside: Locations, people: People) -> None:
    aya, bram = people.children["Aya"], people.children["Bram"]
    async with opened(inside) as (app, pilot):
        await enter_line(pilot, "aya wc")
        send_keys(app, *"bram wc", "enter", "ctrl+z")
        await until_shown(pilot, "taken back")
        assert kinds(app, aya) == ["arrival", "toilet"] and kinds(app, bram) == ["arrival"]
        send_keys(app, *"bram d wet", "enter", "ctrl+z", "ctrl+y")
        await until_shown(pilot, "done again")
        assert kinds(app, bram) == ["arrival", "nappy"]


async def test_what_stands_as_a_key_can_be_clicked(inside: Locations, people: People) -> None:
    async with opened(inside) as (app, pilot):

        def at(text: str) -> tuple[int, int]:
            row = next(number for number, one in enumerate(shown(app).splitlines()) if text in one)
            return shown(app).splitlines()[row].index(text) + 1, row

        await enter_line(pilot, "wc")
        await pilot.click(offset=at("ctrl+z takes it back"))
        await until_shown(pilot, "taken back")
        assert kinds(app, people.children["Aya"]) == ["arrival"]
        await pilot.click(offset=(1, at("Bram de Wit")[1]))  # the sign before a row marks it
        await until_shown(pilot, "1 marked")
        assert app.state.marked == {people.children["Bram"]}
        await press(pilot, "escape")
        await pilot.click(offset=at("? help"))
        await until_shown(pilot, "Esc closes")
        assert isinstance(app.screen, ReadSheet)
        await pilot.click(offset=at("Esc closes"))
        await until_shown(pilot, "Vlinders")
        await pilot.click(offset=at("Vlinders"))
        await until_shown(pilot, "Which group?")
        await press(pilot, "escape")
        await pilot.click(offset=at("4 messages"))
        await until_shown(pilot, "w write   ")
        assert app.current_mode == "messages"
        await pilot.click(offset=at("w write   "))
        await until_shown(pilot, "Who is it for?")
        await press(pilot, "escape")
        await pilot.click(offset=at("Ina"))
        await until_shown(pilot, "keyboard?")


async def test_a_line_that_is_kept_while_it_is_typed_is_no_news(
    inside: Locations, people: People, ina: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(inside) as (app, pilot):
        app._look()
        told: list[str] = []
        monkeypatch.setattr(app, "on_changed", lambda: told.append("changed"))
        await type_line(pilot, "n toren")
        app._look()
        assert app.state.store.settle(5)
        app._look()
        assert told == []  # nobody else did anything
        await type_line(pilot, " gebouwd")
        app._look()
        assert app.state.store.settle(5)
        book(inside, ina, people.groups["Vlinders"], "bram wc")
        app._look()
        assert told == ["changed"]


async def test_words_that_begin_with_another_childs_name_may_be_hers(inside: Locations, people: People) -> None:
    async with opened(inside, size=NARROW) as (app, pilot):
        await type_line(pilot, "n bram is een beetje verdrietig")
        assert "bram is a child here" in preview(app)
        assert "ctrl+n for Bram? · ctrl+t for staff only · Esc clears the line" in status(app)
        await press(pilot, "ctrl+n")
        assert line(app) == "Bram n is een beetje verdrietig"
        assert "is a child here" not in preview(app)
        send_keys(app, "enter")
        await until(pilot, lambda: status(app).startswith("saved"))
        assert [one.text for one in entries(app, people.children["Bram"]) if one.kind == "note"] == [
            "is een beetje verdrietig"
        ]


async def test_a_click_on_the_way_out_keeps_it_for_staff(inside: Locations) -> None:
    async with opened(inside, size=NARROW) as (app, pilot):
        await type_line(pilot, "n speelde met bram")
        row = app.screen.query_one("#status")
        at = status(app).index("ctrl+t")
        await pilot.click(row, offset=(at + 3, 0))
        await press(pilot)
        assert line(app) == "n ! speelde met bram"
