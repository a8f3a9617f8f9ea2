"""What was kept from parents stays kept: saved so, corrected so, brought back into nothing, told to nobody."""

from datetime import timedelta

import pytest
import time_machine
from msgspec.structs import replace

from kindertui.data import daylog
from kindertui.data.act import Actor
from kindertui.data.queries import completeness, entry_line, history
from kindertui.data.queries import day as day_queries
from kindertui.data.queries.delivery import Choice, entry_lines, held_back
from kindertui.data.store import Store
from kindertui.domain.daylog import Entry
from kindertui.domain.due import still_due
from kindertui.domain.entry import Step, entry_to_line
from kindertui.domain.policy import Policy
from kindertui.phrases.history import change_line
from kindertui.portal import profile
from tests.conftest import People
from tests.data.conftest import ZONE
from tests.data.test_daylog import Room

pytestmark = pytest.mark.usefixtures("clock")

BITCARE = profile.load("bitcare")


@pytest.fixture
def room(store: Store, ina: Actor, policy: Policy, people: People) -> Room:
    found = Room(store, ina, policy, people.children)
    found.types("in 8:02")
    return found


def last(room: Room) -> Entry:
    return room.entries()[-1]


def correct(room: Room, entry: Entry, line: str) -> Entry:
    (step,) = room.read(line).parts
    assert isinstance(step, Step)
    saved = room.store.call(daylog.change, room.actor, entry.id, step, rev=entry.rev, policy=room.policy)
    return saved.entries[0]


def leaving(room: Room, policy: Policy) -> list[str]:
    lines = entry_lines(room.store.reader, Choice(policy.shared), {})
    return [line.kind for chunk in lines for line in chunk]


@pytest.mark.parametrize(
    ("line", "for_staff"),
    [
        ("n ! mother called", True),
        ("lunch 1130 ¾ !", True),
        ("lunch 1130 ! no appetite", True),
        ("n mother called", False),
        ("incident fell", False),
        ("incident ! bitten", True),
        ("med ! paracetamol", True),
    ],
)
def test_a_line_is_saved_as_it_says(room: Room, line: str, for_staff: bool) -> None:
    room.types(line, accept=True)
    assert last(room).for_staff is for_staff
    assert room.read(entry_to_line(last(room), "en", ZONE)).parts == room.read(line.replace("1130", "11:30")).parts


def test_a_correction_keeps_what_its_line_keeps(room: Room) -> None:
    room.types("n ! mother called")
    longer = correct(room, last(room), "n 1241 ! mother called twice")
    assert longer.for_staff
    told = correct(room, longer, "n 1241 cuddly")
    assert (told.for_staff, told.share) == (False, "guardians")
    assert correct(room, told, "n 1241 ! cuddly").for_staff


def test_a_correction_of_what_its_kind_keeps(room: Room) -> None:
    room.types("incident ! bitten")
    told = correct(room, last(room), "incident 1241 bitten")
    assert (told.for_staff, told.share, told.detail) == (False, "staff_only", {})


def test_waking_may_keep_a_sleep_and_never_tells_of_one_that_was_kept(room: Room) -> None:
    room.types("s 1130")
    room.types("w 1210 ! cried", accept=True)
    assert (last(room).for_staff, last(room).text) == (True, "cried")
    room.types("s 1220 ! on the lap", accept=True)
    room.types("w 1230 slept well", accept=True)
    assert [one.for_staff for one in room.entries() if one.kind == "sleep"] == [True, True]


@pytest.mark.usefixtures("at_table")
def test_a_meal_of_the_menu_may_be_kept(room: Room) -> None:
    room.types("menu lunch 1230 pasta", accept=True)
    (meal,) = [one for one in room.entries() if one.kind == "meal"]
    assert not meal.for_staff
    room.types("aya lunch ! spat it out", accept=True)
    (kept,) = [one for one in room.entries() if one.kind == "meal"]
    assert (kept.id, kept.for_staff) == (meal.id, True)
    room.types("aya lunch ½", accept=True)
    assert [one.for_staff for one in room.entries() if one.kind == "meal"] == [True]


@pytest.mark.parametrize("line", ["n ! secret", "incident ! secret", "a ! secret", "lunch 1130 ! secret"])
def test_no_profile_lets_it_leave(room: Room, line: str) -> None:
    room.types(line, accept=True)
    everything = ("none", "health", "special")
    policy = replace(BITCARE, shared={"guardians": everything, "staff_only": everything})
    assert leaving(room, policy) == ["attendance"]
    assert held_back(room.store.reader, Choice(policy.shared)) == {"staff_only": 1}
    assert not policy.leaves(last(room))


def test_what_only_its_kind_keeps_leaves_where_the_profile_says_so(room: Room) -> None:
    room.types("temp 38.2", accept=True)
    assert leaving(room, BITCARE) == ["attendance"]
    policy = replace(BITCARE, shared={"guardians": ("none",), "staff_only": ("health",)})
    assert leaving(room, policy) == ["attendance", "health"]
    assert policy.leaves(last(room))


def test_it_is_brought_back_into_no_other_text(room: Room) -> None:
    room.types("n ! secret; a ! secret; lunch 1130 ! secret", accept=True)
    room.types("aya n ! secret", accept=True)
    every, day = tuple(room.children.values()), room.now.date()
    usage = entry_line.usage(room.store.reader, every, day)
    assert usage.verbs["note"] == 2
    assert not usage.texts
    with time_machine.travel(room.now + timedelta(days=1), tick=False):
        found = entry_line.recall(room.store.reader, every, room.now.date())
    assert not any("secret" in text for part in (found.last, found.yesterday, found.sibling) for text in part.values())


def test_what_parents_do_not_read_was_not_written_for_them(room: Room, people: People) -> None:
    def piece() -> object:
        aya = people.children["Aya"]
        return completeness.pieces(room.store.reader, (aya,), room.now.date(), BITCARE)[aya].last

    room.types("n ! a whole week in words")
    assert piece() is None
    room.types("n a whole week in words", accept=True)
    assert piece() == room.now.date()


def test_a_meal_that_parents_do_not_read_of_is_still_due(room: Room) -> None:
    def due() -> tuple[str, ...]:
        (day,) = day_queries.roster(room.store.reader, room.now.date(), ZONE, only=(room.children["Aya"],))
        return still_due(day, room.now, BITCARE)

    assert "food" in due()
    room.types("b 1130 150 !", accept=True)
    assert "food" in due()
    room.types("b 1135 150", accept=True)
    assert "food" not in due()


def test_the_journal_tells_who_reads_it(room: Room) -> None:
    room.types("n ! mother called")
    kept = last(room)
    correct(room, kept, "n 1241 mother called")
    lines = [change_line(one, ZONE) for one in history.of_record(room.store.reader, kept.id, ZONE)]
    assert "staff only" in lines[0]
    assert "who sees it staff only → parents too" in lines[1]
    room.types("incident ! bitten")
    (new,) = history.of_record(room.store.reader, last(room).id, ZONE)
    assert "staff only" in change_line(new, ZONE)
