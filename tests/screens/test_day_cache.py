"""The days the screens keep: what an act of ours gives is what a reading would, without one."""

import pytest

from kindertui.data import daylog, queries
from kindertui.data.act import Actor
from kindertui.data.daylog import Saved
from kindertui.data.store import Store
from kindertui.domain.entry import Plan, Step
from kindertui.portal import profile
from kindertui.screens.app_state import AppState
from tests.conftest import People


@pytest.fixture
def state(store: Store, ina: Actor) -> AppState:
    location = queries.location(store.reader)
    made = AppState(store, location, queries.zone_of(location), profile.load("open"), "en", actor=ina)
    made.cache.read()
    return made


def note(state: AppState, child_id: str) -> Saved:
    """What an act about a child gives; nothing of it is taken yet."""
    assert state.actor is not None
    plan = Plan((Step((child_id,), "note", state.now(), text="x"),))
    return state.store.call(
        daylog.save_plan, state.actor, plan, day=state.shown_day, policy=state.policy, accept_warnings=True
    )


def test_what_was_taken_is_what_a_reading_gives(state: AppState, people: People) -> None:
    for child in ("Aya", "Bram", "Aya"):
        ((before, after),) = state.cache.take(note(state, people.children[child]))
        assert len(after.entries) == len(before.entries) + 1
        assert state.cache.child_day(after.child.id) is after
        taken = state.cache.days
        assert state.cache.read() == taken


def test_what_others_wrote_is_not_shown_before_it_is_read(state: AppState, people: People) -> None:
    note(state, people.children["Bram"])  # a colleague's, as far as this screen knows
    state.cache.take(note(state, people.children["Aya"]))
    bram = state.cache.child_day(people.children["Bram"])
    assert bram is not None and bram.entries == ()
    state.cache.read()
    bram = state.cache.child_day(people.children["Bram"])
    assert bram is not None and len(bram.entries) == 1


def test_an_act_about_another_day_changes_nothing_that_is_shown(state: AppState, people: People) -> None:
    saved = note(state, people.children["Aya"])
    state.show_day(state.shown_day.replace(year=state.shown_day.year - 1))
    state.cache.read()
    assert state.cache.take(saved) == ()
