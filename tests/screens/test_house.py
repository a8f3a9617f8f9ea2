"""What the screens share of the day: the days, and the number of the journal's last row that they hold."""

import asyncio
from datetime import timedelta

import pytest

from kindertui.data import daylog, queries
from kindertui.data.daylog import Saved
from kindertui.data.queries import day as day_queries
from kindertui.data.store import Actor, Store, Tx
from kindertui.domain.entry import Plan, Step
from kindertui.domain.roster import ChildDay
from kindertui.portal import profile
from kindertui.screens.house import House
from kindertui.screens.soon import Soon
from tests.conftest import People


@pytest.fixture
def house(store: Store, ina: Actor) -> House:
    location = queries.location(store.reader)
    made = House(store, location, queries.zone_of(location), profile.load("open"), "en", actor=ina)
    made.read()
    return made


def note(house: House, child_id: str, *, days_ago: int = 0) -> Saved:
    """What an act about a day gives; nothing of it is taken yet."""
    assert house.actor is not None
    step = Step((child_id,), "medicine" if days_ago else "note", house.now() - timedelta(days_ago), text="x")
    return house.store.call(
        daylog.add, house.actor, Plan((step,)), day=house.shown_day - timedelta(days_ago), policy=house.policy,
        accept_warnings=True, seen=daylog.Seen(house.change, house.seen),
    )  # fmt: skip


def test_what_was_taken_is_what_a_reading_gives(house: House, people: People) -> None:
    for child in ("Aya", "Bram", "Aya"):
        ((before, after),) = house.take(note(house, people.children[child]))
        assert len(after.entries) == len(before.entries) + 1 and house.seen[after.child.id] is after
        taken, change = house.days, house.change
        assert house.read() == taken
        assert house.change == change


def test_the_number_stays_behind_what_others_wrote(house: House, people: People) -> None:
    stood = house.change
    note(house, people.children["Bram"])  # a colleague's, as far as this screen knows
    saved = note(house, people.children["Aya"])
    assert saved.changes == (stood + 1, stood + 2)
    house.take(saved)
    assert house.change == stood, "Bram's note is not on the screen"
    assert house.seen[people.children["Bram"]].entries == ()
    house.take(note(house, people.children["Aya"]))
    assert house.change == stood, "and stays off it, whatever is written after it"
    house.read()
    assert house.change == stood + 3
    assert len(house.seen[people.children["Bram"]].entries) == 1


def test_the_number_stays_where_another_day_was_written_on(house: House, people: People) -> None:
    stood, aya = house.change, people.children["Aya"]

    def comes_in(tx: Tx) -> None:
        from kindertui.data import models

        at = house.now() - timedelta(1)
        tx.add(
            models.Entry, child_id=aya, day=at.date().isoformat(), kind="arrival", start=int(at.timestamp()) - 60,
            tz="Europe/Amsterdam", by_id=tx.actor.staff_id, recorded_at=tx.at,
        )  # fmt: skip

    assert house.actor is not None
    house.store.call(comes_in, house.actor)
    house.read()
    stood = house.change
    saved = note(house, aya, days_ago=1)
    assert house.take(saved) == ()
    assert house.change == stood
    assert not house.seen[aya].doses
    assert [dose.text for one in note(house, aya).days for dose in one.doses] == ["x"], "it was read anew"


def test_the_number_is_asked_for_before_the_days_are_read(
    house: House, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, stood = day_queries.roster, house.change

    def read_late(*args: object, **kwargs: object) -> tuple[ChildDay, ...]:
        if args[0] is house.store.reader:
            monkeypatch.setattr(day_queries, "roster", real)
            note(house, people.children["Aya"])  # somebody writes between the two
        return real(*args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(day_queries, "roster", read_late)
    house.read()
    assert len(house.seen[people.children["Aya"]].entries) == 1
    assert house.change == stood, "too old a number only makes it be read once more"


def test_a_program_that_left_takes_no_act_back(store: Store, house: House, people: People) -> None:
    async def asked() -> Soon[Saved]:
        return Soon()

    soon = asyncio.run(asked())  # its loop is closed by now
    saved = house.store.submit(
        daylog.add, Actor(people.staff["Ina"], "Ina"),
        Plan((Step((people.children["Aya"],), "note", text="x"),)), day=house.shown_day, policy=house.policy,
        nearly=soon.comes,
    )  # fmt: skip
    assert len(saved.result(20).entries) == 1
    assert len(house.read()[0].entries) == 1
