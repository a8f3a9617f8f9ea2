"""What was written before comes back: the last text, a child's of her last day, a sibling's; and how often it was."""

from datetime import datetime, timedelta

import pytest
import time_machine

from kindertui.data import daylog, models
from kindertui.data.act import Actor, Tx
from kindertui.data.queries import entry_line
from kindertui.data.queries.entry_line import recall, usage
from kindertui.data.store import Store
from kindertui.data.undo import undo
from kindertui.domain.entry import Plan, Recall, Roster, RosterChild, Step, Usage, parse
from kindertui.domain.policy import Policy
from tests.conftest import People
from tests.data.conftest import NOON
from tests.data.test_daylog import Room
from tests.screens.acting import HOSTILE

pytestmark = pytest.mark.usefixtures("clock")


class Desk(Room):
    """A room whose worker looks back."""

    clock: time_machine.Traveller

    def back(self, days: int) -> None:
        self.clock.move_to(NOON - timedelta(days=days))

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(self.children.values())

    @property
    def found(self) -> Recall:
        return recall(self.store.reader, self.ids, self.now.date())

    @property
    def used(self) -> Usage:
        return usage(self.store.reader, self.ids, self.now.date())


@pytest.fixture
def room(store: Store, ina: Actor, policy: Policy, people: People, clock: time_machine.Traveller) -> Desk:
    desk = Desk(store, ina, policy, people.children)
    desk.clock = clock
    return desk


def test_the_last_text_of_a_kind_and_of_a_meal_todays_first(room: Desk) -> None:
    room.back(15)
    room.types("aya in 8:00; a 900 zand; lunch 1130 soep")
    room.back(2)
    room.types("aya in 8:00; lunch 1130 pasta; fruit 1000 peer; n 1200 lief")
    room.back(0)
    assert room.found.last == {"lunch": "pasta", "fruit": "peer", "note": "lief"}  # 15 days back is too long ago
    room.types("bram in 8:00; lunch 1130 rijst; a 900 buiten")
    assert room.found.last == {"lunch": "rijst", "fruit": "peer", "note": "lief", "activity": "buiten"}
    room.types("bram a 830 zingen")  # written later, about an earlier hour: it is the last that was written
    assert room.found.last["activity"] == "zingen"
    room.store.call(undo, room.actor)
    assert room.found.last["activity"] == "buiten"


def test_what_is_one_childs_own_never_comes_back_on_another(room: Desk) -> None:
    room.types("aya in 8:00; med 900 paracetamol; temp 900 38.2 warm; out 1200 oma Truus", accept=True)
    room.types("aya in 1210; incident 1215 gevallen")
    assert room.found.last == {} and room.used.texts == {}
    room.back(-1)
    room.types("aya in 8:00")
    mine = {key: text for (child, key), text in room.found.yesterday.items() if child == room.children["Aya"]}
    assert mine == {"medicine": "paracetamol", "temperature": "warm", "departure": "oma Truus", "incident": "gevallen"}


def test_each_childs_text_of_her_own_last_day_here(room: Desk) -> None:
    room.back(4)
    room.types("bram in 8:00; lunch 1100 soep; lunch 1130 brood", accept=True)
    room.back(3)
    room.types("bram n 900 moeder belde: komt niet")  # he was not there: that makes no day of his
    room.back(1)
    room.types("aya in 8:00; lunch 1130 pasta")
    room.back(0)
    room.types("aya in 8:00; lunch 1130 vandaag")
    assert room.found.yesterday == {
        (room.children["Aya"], "lunch"): "pasta",
        (room.children["Bram"], "lunch"): "brood",  # the last of two
    }
    assert recall(room.store.reader, (), room.now.date()) == Recall(room.found.last)


def test_what_was_written_of_a_brother_or_sister_today(room: Desk, people: People) -> None:
    def family(tx: Tx, *children: str) -> None:
        for child in children:
            tx.add(models.Guardianship, child_id=child, guardian_id=people.guardians["Sara Bakker"])

    room.store.call(family, room.actor, people.children["Bram"], people.children["Noor"])
    room.back(1)
    room.types("bram in 8:00; lunch 1130 gisteren")
    room.back(0)
    room.types("bram in 8:00; lunch 1130 pasta; d 900 wet rood")
    room.types("søren in 8:00; a 1000 van een ander")
    room.types("bram med 1200 paracetamol", accept=True)
    aya, noor = people.children["Aya"], people.children["Noor"]
    assert room.found.sibling == {
        (aya, "lunch"): "pasta", (aya, "nappy"): "rood", (noor, "lunch"): "pasta", (noor, "nappy"): "rood",
    }  # fmt: skip


def test_the_line_brings_it_back_and_saves_it(room: Desk) -> None:
    room.back(1)
    room.types("aya in 8:00; lunch 1130 pasta [/]")
    room.back(0)
    room.types("aya in 8:00")
    roster = Roster((RosterChild(room.children["Aya"], "Aya", "Bakker", is_in=True),), day=room.now.date())
    plan = parse("aya lunch 1130 &yesterday", roster, room.now, "en", {}, room.found)
    assert isinstance(plan, Plan)
    room.store.call(daylog.save_plan, room.actor, plan, day=room.now.date(), policy=room.policy)
    assert room.log() == ["arrival 08:00", "meal 11:30 lunch pasta [/]"]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_come_back_as_they_were_kept(room: Desk, text: str) -> None:
    step = Step((room.children["Aya"],), "activity", room.now.replace(second=0), text=text, verb="activity")
    room.types("aya in 8:00")
    plan, day = Plan((step,)), room.now.date()
    room.store.call(daylog.save_plan, room.actor, plan, day=day, policy=room.policy, accept_warnings=True)
    (kept,) = (entry.text for entry in room.entries() if entry.kind == "activity")
    assert room.found.last == {"activity": kept} and kept.isprintable()


def test_use_is_counted_over_four_weeks_for_these_children(room: Desk) -> None:
    room.back(28)
    room.types("aya in 8:00; a 900 te lang geleden")
    room.back(27)
    room.types("aya in 8:00; a 900 buiten; lunch 1130 pasta; n 1200 om te onthouden")
    room.back(1)
    room.types("bram in 8:00; a 900 buiten; s 1000-1100; s 1200; n 1200 vader belt")
    room.types("bram n 1210 vader belt")
    room.back(0)
    room.types("bram in 8:00; a 900 zingen; lunch 1130 pasta; wc 1000")
    room.types("noor in 8:00; a 900 elders")
    ids = (room.children["Aya"], room.children["Bram"])
    found = usage(room.store.reader, ids, room.now.date())
    assert found.verbs == {
        "in": 3, "activity": 3, "lunch": 2, "note": 3, "sleep": 2, "woke": 1, "wc": 1,
    }  # fmt: skip
    assert found.children == {ids[0]: 4, ids[1]: 10}
    assert found.texts == {
        "activity": (("buiten", 2), ("zingen", 1)), "lunch": (("pasta", 2),), "note": (("vader belt", 2),),
    }  # fmt: skip
    assert usage(room.store.reader, (), room.now.date()) == Usage()


def test_looking_back_is_bounded_by_an_index(store: Store, people: People) -> None:
    """Ten years of history must cost what four weeks cost: no plan walks the whole log."""
    asked: list[str] = []

    class Seen:
        def execute(self, sql: str, values: tuple[object, ...] = ()) -> object:
            plan = store.reader.execute("EXPLAIN QUERY PLAN " + sql, values).fetchall()
            asked.extend(str(row[3]) for row in plan)
            return store.reader.execute(sql, values)

    ids = tuple(people.children.values())
    day = datetime(2026, 11, 20).date()
    for question in (entry_line.recall, entry_line.usage):
        question(Seen(), ids, day)
    entry_line.menus(Seen(), day)
    entry_line.ate_by(Seen(), ids[0], day)
    assert asked and not [one for one in asked if one.startswith("SCAN") and one not in ("SCAN b", "SCAN before")], (
        asked
    )
