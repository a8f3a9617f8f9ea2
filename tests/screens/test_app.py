"""What the screens share of the day: the days, and the number of the journal's last row that they hold."""

from datetime import timedelta

import pytest

from kindertui.data import daylog, queries
from kindertui.data.act import Actor, Tx
from kindertui.data.daylog import Saved
from kindertui.data.queries import day as day_queries
from kindertui.data.store import Store
from kindertui.domain.entry import Plan, Step
from kindertui.domain.roster import ChildDay
from kindertui.portal import profile
from kindertui.screens.app_state import AppState
from tests.conftest import People


@pytest.fixture
def state(store: Store, ina: Actor) -> AppState:
    location = queries.location(store.reader)
    made = AppState(store, location, queries.zone_of(location), profile.load("open"), "en", actor=ina)
    made.read()
    return made


def note(state: AppState, child_id: str, *, days_ago: int = 0) -> Saved:
    """What an act about a day gives; nothing of it is taken yet."""
    assert state.actor is not None
    step = Step((child_id,), "medicine" if days_ago else "note", state.now() - timedelta(days_ago), text="x")
    return state.store.call(
        daylog.save_plan, state.actor, Plan((step,)), day=state.shown_day - timedelta(days_ago), policy=state.policy,
        accept_warnings=True,
    )  # fmt: skip


def test_what_was_taken_is_what_a_reading_gives(state: AppState, people: People) -> None:
    for child in ("Aya", "Bram", "Aya"):
        ((before, after),) = state.take(note(state, people.children[child]))
        assert len(after.entries) == len(before.entries) + 1 and state.seen[after.child.id] is after
        taken, change = state.days, state.change
        assert state.read() == taken
        assert state.change == change


def test_the_number_stays_behind_what_others_wrote(state: AppState, people: People) -> None:
    stood = state.change
    note(state, people.children["Bram"])  # a colleague's, as far as this screen knows
    saved = note(state, people.children["Aya"])
    assert saved.changes == (stood + 1, stood + 2)
    state.take(saved)
    assert state.change == stood, "Bram's note is not on the screen"
    assert state.seen[people.children["Bram"]].entries == ()
    state.take(note(state, people.children["Aya"]))
    assert state.change == stood, "and stays off it, whatever is written after it"
    state.read()
    assert state.change == stood + 3
    assert len(state.seen[people.children["Bram"]].entries) == 1


def test_the_number_stays_where_another_day_was_written_on(state: AppState, people: People) -> None:
    stood, aya = state.change, people.children["Aya"]

    def comes_in(tx: Tx) -> None:
        from kindertui.data import models

        at = state.now() - timedelta(1)
        tx.add(
            models.Entry, child_id=aya, day=at.date().isoformat(), kind="arrival", start=int(at.timestamp()) - 60,
            tz="Europe/Amsterdam", by_id=tx.actor.staff_id, recorded_at=tx.at,
        )  # fmt: skip

    assert state.actor is not None
    state.store.call(comes_in, state.actor)
    state.read()
    stood = state.change
    saved = note(state, aya, days_ago=1)
    assert state.take(saved) == ()
    assert state.change == stood
    assert not state.seen[aya].doses
    assert [dose.text for one in note(state, aya).days for dose in one.doses] == ["x"], "it was read anew"


def test_the_number_is_asked_for_before_the_days_are_read(
    state: AppState, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, stood = day_queries.roster, state.change

    def read_late(*args: object, **kwargs: object) -> tuple[ChildDay, ...]:
        if args[0] is state.store.reader:
            monkeypatch.setattr(day_queries, "roster", real)
            note(state, people.children["Aya"])  # somebody writes between the two
        return real(*args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(day_queries, "roster", read_late)
    state.read()
    assert len(state.seen[people.children["Aya"]].entries) == 1
    assert state.change == stood, "too old a number only makes it be read once more"
