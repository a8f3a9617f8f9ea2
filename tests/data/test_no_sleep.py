"""A nap that was not, in a real file: nothing of it is due or missing, it is corrected and taken back as any other."""

from datetime import timedelta

import pytest
import time_machine

from kindertui.data import daylog
from kindertui.data.act import Actor
from kindertui.data.queries import completeness, entry_line, history
from kindertui.data.queries import day as day_queries
from kindertui.data.store import Store
from kindertui.data.undo import undo
from kindertui.domain.daylog import Entry
from kindertui.domain.entry import Step
from kindertui.domain.policy import Policy
from kindertui.phrases.history import was_words
from tests.conftest import People
from tests.data.conftest import NOON, ZONE
from tests.data.test_daylog import Room

pytestmark = pytest.mark.usefixtures("clock")


class Desk(Room):
    clock: time_machine.Traveller

    def sleeps(self, name: str) -> list[Entry]:
        found = day_queries.child_day(self.store.reader, self.children[name], self.now.date(), ZONE)
        return [one for one in found if one.kind == "sleep"]

    def missing(self) -> list[str]:
        names = {id: name for name, id in self.children.items()}
        found = completeness.missing(self.store.reader, self.now.date(), ZONE, self.policy, self.now, None)
        return [f"{names[one.child.id]} {one.word}" for one in found]

    def corrects(self, entry: Entry, line: str) -> Entry:
        (step,) = self.read(line).parts
        assert isinstance(step, Step)
        saved = self.store.call(
            daylog.change, self.actor, entry.id, step, rev=entry.rev, policy=self.policy, accept_warnings=True
        )
        return saved.entries[0]


@pytest.fixture
def room(store: Store, ina: Actor, policy: Policy, people: People, clock: time_machine.Traveller) -> Desk:
    desk = Desk(store, ina, policy, people.children)
    desk.clock = clock
    return desk


def test_it_is_no_longer_missing_and_counts_as_no_sleep(room: Desk) -> None:
    room.types("bram in 600")
    assert room.missing() == ["Bram sleep"]
    room.types("bram s no, cried")
    assert room.missing() == []
    (none,) = room.sleeps("Bram")
    assert none.start == none.end and none.detail == {"none": True} and none.text == "cried" and none.not_slept
    assert day_queries.sleepers(room.store.reader, room.now.date(), ZONE) == ()
    assert completeness.left_open(room.store.reader, room.now.date() + timedelta(days=1), ZONE)[0].asleep is None
    room.store.call(undo, room.actor)
    assert room.missing() == ["Bram sleep"]


def test_it_may_be_written_after_she_went_home(room: Desk) -> None:
    room.types("bram in 600; out 1220")
    assert room.missing() == ["Bram sleep"]
    room.types("bram s no")
    assert room.missing() == []
    assert room.refused("emma j s no") == [("not_in", "Emma")]


def test_who_sleeps_is_woken_first(room: Desk) -> None:
    room.types("bram in 600; s 1200")
    assert room.refused("bram s no", accept=True) == [("no_sleep_asleep", "Bram")]
    room.types("bram w 1230")
    assert room.refused("bram s no") == [("no_sleep_slept", "Bram")]
    room.types("bram s no", accept=True)
    assert room.refused("bram s no") == [("no_sleep_slept", "Bram"), ("no_sleep_again", "Bram")]


def test_one_is_corrected_into_the_other(room: Desk) -> None:
    room.types("bram in 600; s 1200")
    (asleep,) = room.sleeps("Bram")
    none = room.corrects(asleep, "bram s no 1200")
    assert none.not_slept and not none.is_open and none.end == none.start
    nap = room.corrects(none, "bram s 1130-1230")
    assert not nap.not_slept and nap.detail == {} and nap.end and nap.end - nap.start == timedelta(hours=1)
    changes = history.of_record(room.store.reader, nap.id, ZONE)
    assert [change.new.get("detail") for change in changes] == [{}, {"none": True}, {}]
    assert was_words(changes[-1]) == "did not sleep"


def test_why_a_child_did_not_sleep_comes_back_on_no_sleep_alone(room: Desk) -> None:
    room.clock.move_to(NOON - timedelta(days=1))
    room.types("aya bram in 600")
    room.types("aya s 1000-1100 with her bear")
    room.types("bram s no, cried; s no 1100 cried", accept=True)
    room.clock.move_to(NOON)
    found = entry_line.recall(room.store.reader, tuple(room.children.values()), room.now.date())
    assert found.last == {"sleep": "with her bear", "no_sleep": "cried"}
    assert found.yesterday[room.children["Bram"], "no_sleep"] == "cried"
    used = entry_line.usage(room.store.reader, tuple(room.children.values()), room.now.date())
    assert used.texts == {"no_sleep": (("cried", 2),)} and used.verbs["woke"] == 1 and used.verbs["sleep"] == 3
