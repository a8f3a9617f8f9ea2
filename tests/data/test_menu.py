"""The menu of the day: kept once, on everybody who is there, on who comes later, and changed for one child after."""

from datetime import datetime, timedelta

import pytest
import time_machine
from msgspec.structs import replace

from kindertui.data import daylog
from kindertui.data.act import Actor
from kindertui.data.queries import day as day_queries
from kindertui.data.queries import entry_line
from kindertui.data.queries.delivery import Choice, entry_lines
from kindertui.data.store import Store
from kindertui.data.undo import redo, undo
from kindertui.domain.daylog import Entry
from kindertui.domain.entry import Plan, Step, entry_to_line
from kindertui.domain.faults import Refused
from kindertui.domain.policy import Policy
from kindertui.locations import Locations
from kindertui.phrases.refused import refused
from tests.conftest import People, born
from tests.data.conftest import NOON, ZONE
from tests.data.test_daylog import Room, short
from tests.screens.acting import HOSTILE

MINUTE = timedelta(minutes=1)


pytestmark = pytest.mark.usefixtures("clock", "at_table")


class Kitchen(Room):
    """A room whose worker sets menus for the group Vlinders."""

    group: str

    def menu(
        self, text: str, *children: str, meal: str = "lunch", at: datetime | None = None, until: datetime | None = None,
        group: str | None = "", accept: bool = False,
    ) -> daylog.Saved:  # fmt: skip
        ids = tuple(self.children[name] for name in children)
        start = at or self.now.replace(second=0)
        step = Step(ids, "meal", start, until, detail={"meal": meal}, text=text, verb=meal, menu=True)
        return self.does(step, group=self.group if group == "" else group, accept=accept)

    def does(self, step: Step, *, group: str | None, accept: bool = False) -> daylog.Saved:
        return self.store.call(
            daylog.save_plan, self.actor, Plan((step,)), day=self.now.date(), policy=self.policy, group_id=group,
            accept_warnings=accept,
        )  # fmt: skip

    @property
    def menus(self) -> list[tuple[str, str]]:
        return [(one.meal, one.text) for one in entry_line.menus(self.store.reader, self.now.date())]

    def meals(self, child: str = "Aya") -> list[str]:
        return [short(entry) for entry in self.entries(child) if entry.kind == "meal"]

    def meal(self, child: str = "Aya") -> Entry:
        (found,) = (entry for entry in self.entries(child) if entry.kind == "meal")
        return found


@pytest.fixture
def room(store: Store, ina: Actor, policy: Policy, people: People) -> Kitchen:
    kitchen = Kitchen(store, ina, policy, people.children)
    kitchen.group = people.groups["Vlinders"]
    for name in ("aya", "bram", "søren"):
        kitchen.types(f"{name} in 8:00")
    return kitchen


def test_it_lands_on_everybody_who_is_there_as_one_act(room: Kitchen) -> None:
    saved = room.menu("pasta", "Aya", "Bram", "Søren")
    assert [(one.meal, one.text) for one in saved.menus] == room.menus == [("lunch", "pasta")]
    assert room.meals("Aya") == room.meals("Søren") == ["meal 12:41 lunch True pasta"]
    room.store.call(undo, room.actor)
    assert room.menus == [] and room.meals("Aya") == []
    room.store.call(redo, room.actor)
    assert room.menus == [("lunch", "pasta")] and len(room.meals("Bram")) == 1


def test_it_passes_over_a_baby_until_a_meal_was_written_of_her(room: Kitchen, place: Locations) -> None:
    born(place, "Bram", (NOON - timedelta(days=100)).date())
    room.types("bram b 900 150")
    saved = room.menu("pasta", "Aya", "Bram", "Søren")
    assert room.meals("Bram") == [] and len(room.meals("Aya")) == len(room.meals("Søren")) == 1
    assert [one.child_id for one in saved.entries] == [room.children["Aya"], room.children["Søren"]]
    room.types("bram lunch 1220 half")  # her first is what is said of her
    assert room.meals("Bram") == ["meal 12:20 0.5 portion lunch True pasta"]
    room.menu("peer", "Aya", "Bram", meal="fruit")
    assert room.meals("Bram")[-1] == "meal 12:41 fruit True peer"
    for _ in range(2):
        room.store.call(undo, room.actor)
    assert room.meals("Bram") == []  # and that was a slip
    room.menu("peer", "Aya", "Bram", meal="fruit")
    assert room.meals("Bram") == []
    assert room.menu("soep", "Bram", meal="snack").entries == ()  # nobody there eats: it is kept
    assert ("snack", "soep") in room.menus


def test_who_eats_later_gets_its_words_and_words_of_her_own_stay(room: Kitchen) -> None:
    room.menu("pasta", "Aya")
    room.types("bram lunch 1130-1150 ¾")
    assert room.meals("Bram") == ["meal 11:30-11:50 0.75 portion lunch True pasta"]
    room.types("søren lunch rijst")
    assert room.meals("Søren") == ["meal 12:41 lunch rijst"]
    room.types("emma j in 9:00; lunch 1140")
    assert room.meals("Emma") == ["meal 11:40 lunch True pasta"]
    room.types("emma j snack 1030")
    assert room.meals("Emma")[0] == "meal 10:30 snack"  # of another meal nothing was said


@pytest.mark.parametrize(
    ("line", "after"),
    [
        ("aya lunch 0", "meal 11:30-11:50 0 portion lunch True pasta"),
        ("aya lunch rijst", "meal 11:30-11:50 lunch True rijst"),
        ("aya lunch rijst ¾", "meal 11:30-11:50 0.75 portion lunch True rijst"),
        ("aya lunch 1135-1155", "meal 11:35-11:55 lunch True pasta"),
        ("aya lunch 1145 half", "meal 11:45 0.5 portion lunch True pasta"),
        ("aya lunch -20 0", "meal 12:21 0 portion lunch True pasta"),
    ],
)
def test_what_is_said_of_one_child_afterwards_changes_hers(room: Kitchen, line: str, after: str) -> None:
    at = NOON.replace(hour=11, minute=30, second=0)
    room.menu("pasta", "Aya", "Bram", at=at, until=at.replace(minute=50))
    before = room.meal()
    saved = room.types(line)
    assert room.meals() == [after] and [one.id for one in saved.entries] == [before.id]
    assert room.meals("Bram") == ["meal 11:30-11:50 lunch True pasta"]
    room.store.call(undo, room.actor)
    assert room.meals() == ["meal 11:30-11:50 lunch True pasta"]


def test_one_exception_after_another_keeps_what_the_first_said(room: Kitchen) -> None:
    room.menu("pasta", "Aya")
    room.types("aya lunch rijst")
    room.types("aya lunch 0")
    assert room.meals() == ["meal 12:41 0 portion lunch True rijst"]
    room.menu("pasta tomaat", "Aya", "Bram")  # words of her own are not written over
    assert room.meals() == ["meal 12:41 0 portion lunch True rijst"]
    assert room.meals("Bram") == ["meal 12:41 lunch True pasta tomaat"]


def test_for_all_at_once_how_much_was_eaten(room: Kitchen) -> None:
    room.menu("pasta", "Aya", "Bram", "Søren")
    room.types("all lunch most")
    assert {tuple(room.meals(name)) for name in ("Aya", "Bram", "Søren")} == {
        ("meal 12:41 0.75 portion lunch True pasta",)
    }


def test_a_line_that_says_nothing_new_is_a_second_meal_and_asked(room: Kitchen) -> None:
    room.menu("pasta", "Aya")
    assert room.refused("aya lunch") == [("second_meal", "Aya")]


def test_set_again_it_replaces_the_words_and_adds_no_meal(room: Kitchen) -> None:
    room.types("søren lunch rijst")
    room.types("bram lunch 1130 half")
    room.menu("pasta", "Aya", "Bram", "Søren")
    assert room.meals("Bram") == ["meal 11:30 0.5 portion lunch True pasta"]  # it had no words
    assert room.meals("Søren") == ["meal 12:41 lunch rijst"]
    room.menu("pasta tomaat", "Aya", "Bram", "Søren")
    assert room.menus == [("lunch", "pasta tomaat")]
    assert room.meals("Aya") == ["meal 12:41 lunch True pasta tomaat"]
    assert room.meals("Bram") == ["meal 11:30 0.5 portion lunch True pasta tomaat"]
    assert room.menu("pasta tomaat", "Aya").entries == ()  # nothing is new
    room.store.call(undo, room.actor)
    assert room.menus == [("lunch", "pasta")] and room.meals("Aya") == ["meal 12:41 lunch True pasta"]


def test_a_meal_that_comes_twice_is_written_twice(room: Kitchen, clock: time_machine.Traveller) -> None:
    clock.move_to(NOON.replace(hour=10, minute=0))
    room.menu("appel", "Aya", meal="snack")
    room.types("aya snack half")
    assert room.meals() == ["meal 10:00 0.5 portion snack True appel"]
    clock.move_to(NOON.replace(hour=15, minute=30))
    room.menu("cracker", "Aya", meal="snack")
    room.types("aya snack 0")
    assert room.meals() == ["meal 10:00 0.5 portion snack True appel", "meal 15:30 0 portion snack True cracker"]


def test_hours_later_a_line_is_about_another_snack(room: Kitchen, clock: time_machine.Traveller) -> None:
    clock.move_to(NOON.replace(hour=10, minute=0))
    room.menu("appel", "Aya", meal="snack")
    clock.move_to(NOON.replace(hour=15, minute=30))
    room.types("aya snack half")
    assert room.meals() == ["meal 10:00 snack True appel", "meal 15:30 0.5 portion snack True appel"]


def test_one_to_come_or_with_nobody_there_is_only_kept(room: Kitchen) -> None:
    at = NOON.replace(hour=17, minute=0, second=0)
    assert room.menu("soep", "Aya", "Bram", meal="dinner", at=at, until=at + 20 * MINUTE).entries == ()
    assert room.menus == [("dinner", "soep")] and room.meals("Aya") == []
    room.menu("peer", meal="fruit")
    assert ("fruit", "peer") in room.menus
    room.types("bram fruit 1030 half")
    assert room.meals("Bram") == ["meal 10:30 0.5 portion fruit True peer"]
    room.store.call(undo, room.actor)
    room.store.call(undo, room.actor)
    assert room.menus == [("dinner", "soep")]
    room.menu("appel", meal="fruit")  # the row that was taken back stands again, with other words
    assert ("fruit", "appel") in room.menus and len(room.menus) == 2


def test_allergies_are_named_before_it_lands_and_also_when_it_is_only_kept(room: Kitchen) -> None:
    with pytest.raises(daylog.NotLogged) as problem:
        room.menu("macaroni met koemelk", "Aya", "Bram")
    assert [(one.rule, one.child_id) for one in problem.value.findings] == [("care_fact", room.children["Aya"])]
    with pytest.raises(daylog.NotLogged) as problem:
        room.menu("koemelk met noten")  # Emma has not come yet: she is expected
    assert {one.child_id for one in problem.value.findings} == {room.children["Aya"], room.children["Emma"]}
    assert room.menus == []
    room.menu("koemelk", "Aya", "Bram", accept=True)
    with pytest.raises(daylog.NotLogged) as problem:  # and for who gets it without typing its name
        room.types("aya lunch half")
    assert problem.value.rule == "care_fact"


def test_each_group_has_its_own_and_one_for_all_replaces_them(room: Kitchen, people: People) -> None:
    room.types("noor in 8:30")
    room.menu("pasta", "Aya")
    room.menu("soep", "Noor", group=people.groups["Uilen"])
    room.types("bram lunch 1130")
    assert room.meals("Bram") == ["meal 11:30 lunch True pasta"] and room.meals("Noor") == [
        "meal 12:41 lunch True soep"
    ]
    room.menu("rijst", "Aya", "Bram", "Noor", "Søren", group=None)
    assert room.menus == [("lunch", "rijst")]
    assert {tuple(room.meals(name)) for name in ("Aya", "Noor", "Søren")} == {("meal 12:41 lunch True rijst",)}
    room.store.call(undo, room.actor)
    assert sorted(room.menus) == [("lunch", "pasta"), ("lunch", "soep")]


def test_a_groups_own_menu_comes_before_everybodys(room: Kitchen) -> None:
    room.types("noor in 8:30")
    room.menu("rijst", group=None)
    room.menu("pasta")
    room.types("aya lunch half")
    room.types("noor lunch half")
    assert room.meals("Aya") == ["meal 12:41 0.5 portion lunch True pasta"]
    assert room.meals("Noor") == ["meal 12:41 0.5 portion lunch True rijst"]


def test_a_row_corrected_on_the_day_screen_stays_the_menus_meal(room: Kitchen) -> None:
    room.menu("pasta", "Aya")
    entry = room.meal()
    assert entry_to_line(entry, "en", ZONE) == "lunch 12:41 pasta"
    step = room.read("lunch 1130 half pasta").parts[0]
    assert isinstance(step, Step)
    room.store.call(daylog.change, room.actor, entry.id, step, rev=entry.rev, policy=room.policy)
    room.types("aya lunch 0")
    assert room.meals() == ["meal 11:30 0 portion lunch True pasta"]


def test_that_it_came_from_the_menu_stays_in_the_house(room: Kitchen) -> None:
    room.menu("pasta", "Aya", "Bram")
    room.types("aya lunch rijst 0")
    choice = Choice({"guardians": ("none",)})
    left = b"".join(one.line for chunk in entry_lines(room.store.reader, choice, {}) for one in chunk)
    assert b"pasta" in left and b"rijst" in left and b'"meal":"lunch"' in left
    assert b"menu" not in left and b"true" not in left


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_are_kept_clean(room: Kitchen, text: str) -> None:
    room.menu(text, "Aya", accept=True)
    ((_, kept),) = room.menus
    assert kept and kept.isprintable() and room.meal().text == kept
    room.types("aya lunch 0", accept=True)
    assert room.meal().text == kept


def test_what_cannot_be_kept_is_refused_whole(room: Kitchen) -> None:
    for text, rule in (("x" * 4001, "text_too_long"), ("x\ud800", "text_not_unicode")):
        with pytest.raises(Refused) as problem:
            room.menu(text, "Aya")
        assert problem.value.rule == rule and refused(problem.value)
    assert room.menus == [] and room.meals() == []


def test_two_who_type_at_once_are_both_heard(room: Kitchen) -> None:
    room.menu("pasta", "Aya")
    seen = room.read("aya lunch half")  # read before the colleague's line was saved
    room.types("aya lunch rijst")
    (step,) = seen.parts
    assert isinstance(step, Step)
    room.does(replace(step), group=room.group)
    assert room.meals() == ["meal 12:41 0.5 portion lunch True rijst"]
    assert len(day_queries.child_day(room.store.reader, room.children["Aya"], room.now.date(), ZONE)) == 2
