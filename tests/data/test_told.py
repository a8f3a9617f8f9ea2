"""The guard inside the act: whatever a screen thought, what parents would read is judged by what the database holds."""

import pytest
from msgspec.structs import replace

from kindertui.data import daylog
from kindertui.data.act import Actor
from kindertui.data.daylog import Accepted, NotLogged
from kindertui.data.queries import history
from kindertui.data.store import Store
from kindertui.data.undo import redo, undo
from kindertui.domain.daylog import Entry
from kindertui.domain.entry import Step
from kindertui.domain.policy import GuardLevel, GuardRule, Policy
from kindertui.phrases.history import change_line
from tests.conftest import People
from tests.data.conftest import ZONE
from tests.data.test_daylog import Room

pytestmark = pytest.mark.usefixtures("clock")

FENNA = "speelde met Bram"


@pytest.fixture
def room(store: Store, ina: Actor, policy: Policy, people: People) -> Room:
    found = Room(store, ina, policy, people.children)
    found.types("aya bram in 8:02", accept=True)
    return found


@pytest.fixture
def manager(people: People) -> Actor:
    return Actor(people.staff["Marit"], "Marit")


def with_level(room: Room, level: GuardLevel) -> Room:
    rules = {**room.policy.guard, "health": GuardRule(check=True, level=level, way="phone")}
    return Room(room.store, room.actor, replace(room.policy, guard=rules), room.children)


def last(room: Room) -> Entry:
    return room.entries()[-1]


def correct(room: Room, entry: Entry, line: str, accept: Accepted = False, actor: Actor | None = None) -> Entry:
    (step,) = room.read(line).parts
    assert isinstance(step, Step)
    saved = room.store.call(
        daylog.change, actor or room.actor, entry.id, step, rev=entry.rev, policy=room.policy, accept_warnings=accept
    )
    return saved.entries[0]


@pytest.mark.parametrize(
    "line",
    [
        f"n {FENNA}", f"a {FENNA}", f"lunch 1130 {FENNA}", f"b 150 {FENNA}", f"dr {FENNA}", f"d wet {FENNA}",
        f"wc {FENNA}", f"s 1100-1200 {FENNA}", f"s no, {FENNA}", f"out {FENNA}", f"menu lunch 1130 {FENNA}",
    ],
)  # fmt: skip
def test_words_behind_anything_are_judged(room: Room, manager: Actor, line: str) -> None:
    assert ("parents_other_child_named", "Aya") in room.refused(line, accept=True)
    found = room.refused(line, actor=manager)
    assert ("parents_other_child_named", "Aya") in found
    accepted = frozenset({(rule, room.children[name]) for name in room.children for rule, _ in found})
    room.types(line, accept=accepted, actor=manager)
    assert last(room).detail["overridden"] == ["child_name"]


@pytest.mark.parametrize("line", [f"n ! {FENNA}", f"med {FENNA}", f"incident {FENNA}", f"temp 37 {FENNA}", "n at goed"])
def test_what_parents_do_not_read_is_not(room: Room, line: str) -> None:
    room.types(line, accept=frozenset({("medicine_not_agreed", room.children["Aya"])}))
    assert "overridden" not in last(room).detail


def test_waking_adds_words_to_the_sleep(room: Room, manager: Actor) -> None:
    room.types("s 1100")
    assert room.refused(f"w 1200 {FENNA}", accept=True) == [("parents_other_child_named", "Aya")]
    room.types(f"w 1200 {FENNA}", accept=True, actor=manager)
    assert last(room).detail["overridden"] == ["child_name"]
    room.types("s 1210 !", accept=True)
    room.types(f"w 1220 {FENNA}", accept=frozenset({("overlaps_sleep", room.children["Aya"])}))
    assert last(room).for_staff


def test_a_correction_is_judged_by_its_words_and_remembers_the_answer(room: Room, manager: Actor) -> None:
    room.types("n speelde")
    with pytest.raises(NotLogged):
        correct(room, last(room), f"n 1241 {FENNA}", accept=True)
    with pytest.raises(NotLogged):
        correct(room, last(room), f"n 1241 {FENNA}", actor=manager)
    told = correct(room, last(room), f"n 1241 {FENNA}", accept=True, actor=manager)
    assert told.detail["overridden"] == ["child_name"]
    moved = correct(room, told, f"n 1230 {FENNA}")  # the same words: answered before
    assert moved.detail["overridden"] == ["child_name"]
    assert "overridden" not in correct(room, moved, "n 1230 speelde").detail
    kept = correct(room, last(room), f"n 1230 ! {FENNA}")
    with pytest.raises(NotLogged):
        correct(room, kept, f"n 1230 {FENNA}", accept=True)


@pytest.mark.parametrize("level", ["warn", "block"])
def test_only_a_manager_sends_what_was_found_and_the_journal_knows_who(
    room: Room, manager: Actor, level: GuardLevel
) -> None:
    room = with_level(room, level)
    assert room.refused("n heeft koorts", accept=True) == [("parents_health_words", "Aya")]
    with pytest.raises(NotLogged) as asked:
        room.types("n heeft koorts", actor=manager)
    assert [one.level for one in asked.value.findings] == ["warning"]
    room.types("n heeft koorts", accept=True, actor=manager)
    (new,) = history.of_record(room.store.reader, last(room).id, ZONE)
    assert new.by == "Marit"
    assert "told parents all the same: health" in change_line(new, ZONE)


@pytest.mark.usefixtures("at_table")
def test_a_menu_is_judged_once_and_not_with_every_meal_it_lands_on(room: Room, manager: Actor) -> None:
    room.types("menu lunch 1130 taart van Noor", accept=True, actor=manager)
    room.types("bram lunch 1200", accept=frozenset({("second_meal", room.children["Bram"])}))
    room.types("noor in 9:00", accept=True)
    room.types("noor lunch 1200")
    assert [one.text for one in room.entries("Noor") if one.kind == "meal"] == ["taart van Noor"]


def test_taken_back_and_done_again_it_stays_answered(room: Room, manager: Actor) -> None:
    saved = room.types(f"n {FENNA}", accept=True, actor=manager)
    room.store.call(undo, manager)
    room.store.call(redo, manager)
    assert last(room).id == saved.entries[0].id
    assert last(room).detail["overridden"] == ["child_name"]


def test_a_child_of_another_group_or_who_left_is_a_child_here(room: Room, people: People) -> None:
    assert set(people.children) >= {"Noor"}
    assert room.refused("n speelde met Noor") == [("parents_other_child_named", "Aya")]
