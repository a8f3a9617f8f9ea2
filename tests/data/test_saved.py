"""What an act gives back is what a reading of the database would give."""

import shutil
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import time_machine
from hypothesis import given, settings
from hypothesis import strategies as st

from kindertui.data import journal, verify
from kindertui.data.act import Actor
from kindertui.data.daylog import NotLogged
from kindertui.data.queries import day as day_queries
from kindertui.data.queries import last_change
from kindertui.data.store import Store
from kindertui.domain.faults import Refused
from kindertui.domain.policy import Policy
from kindertui.domain.roster import ChildDay
from kindertui.locations import Locations
from kindertui.portal import profile
from tests.conftest import People
from tests.data.conftest import ZONE
from tests.data.test_daylog import Room as Desk

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def desk(store: Store, ina: Actor, policy: Policy, people: People) -> Desk:
    return Desk(store, ina, policy, people.children)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("s 1130; s 1200", ["asleep_already"]),
        ("s 1130; woke 1215; woke", ["not_asleep"]),
        ("s 1130-1230; s 1200-1240", ["overlaps_sleep"]),
        ("out 12:00; b 12:30 150", ["not_in"]),
        ("b 12:30 150; b 12:40 150", ["bottle_soon"]),
        ("sick; s 1130; s 1200", ["asleep_already"]),
    ],
)
def test_what_one_part_of_a_line_writes_counts_for_the_next(desk: Desk, line: str, expected: list[str]) -> None:
    desk.types("in 8:02")
    with pytest.raises(NotLogged) as refused:
        desk.types(line)
    assert [one.rule for one in refused.value.findings] == expected


LINES = (
    "n father phoned", "aya bram n two of them", "b 150", "b 11:30 210/150 cold", "d wet",
    "d 12:41 both; n same minute",
    "temp 38,2", "med paracetamol 5 ml", "s 1130", "s 1000-1040", "woke", "woke 1215", "check", "check 12:10",
    "s 1130; woke 1215", "s 1130; woke 1215; n slept well", "s 1200; out 12:30", "s 1130; check 11:45; woke 12:00",
    "out", "out 12:40", "in 12:41", "in 8:02; b 9:00 120; d soiled", "aya bram s 1131", "aya bram woke", "br sick",
    "br sick; n vomited", "emma v n x", "emma v bram in 8:01", "emma v d wet", "menu lunch bread", "lunch 1/2",
    "lunch 12:00 3/4 soup",
    "n x\u202e [b] " + "long " * 20,
)  # fmt: skip


def same(found: tuple[ChildDay, ...], fresh: tuple[ChildDay, ...]) -> None:
    """Equal; also the instants, which compare by what the clock shows where it was put back."""
    assert found == fresh
    moments = [
        [
            (entry.id, entry.start.timestamp(), entry.end and entry.end.timestamp())
            for one in of
            for entry in one.entries
        ]
        for of in (found, fresh)
    ]
    assert moments[0] == moments[1]


def says_what_is_there(desk: Desk, line: str) -> bool:
    """Types a line and holds what comes back against a reading; says whether it was saved."""
    db = desk.store.reader
    before = journal.head(db)
    try:
        saved = desk.types(line, True)
    except Refused:
        assert journal.head(db) == before
        return False
    ids = tuple(one.child.id for one in saved.days)
    assert len(set(ids)) == len(ids)
    same(saved.days, day_queries.roster(db, desk.now.date(), ZONE, only=ids))
    written = db.execute("SELECT record_id FROM journal WHERE act = ? AND kind = 'entry'", (saved.act,)).fetchall()
    # what was so already is among the entries of the line, and leaves no trace
    assert {row[0] for row in written} <= {one.id for one in saved.entries}
    assert saved.entries == day_queries.by_id(db, tuple(one.id for one in saved.entries), ZONE)
    assert saved.changes == (before[0], last_change(db))
    return True


@pytest.mark.parametrize(
    "line",
    [
        "n x", "b 11:30 210/150 cold", "d wet; n same minute", "n x; b 11:30 150", "s 1130", "s 1130; woke 1215",
        "s 1130; out 12:30",
        "s 1000; woke 1030; n x; s 1130", "br sick; n vomited", "menu lunch bread; lunch 1/2",
    ],
)  # fmt: skip
def test_an_act_gives_what_a_reading_would(desk: Desk, line: str) -> None:
    desk.types("all in 8:02", True)
    assert says_what_is_there(desk, line)


@pytest.mark.parametrize("line", ["woke", "check", "out", "out 12:30; n x", "n x; out 12:30", "check 12:00; woke"])
def test_an_act_about_a_sleeper_gives_what_a_reading_would(desk: Desk, line: str) -> None:
    desk.types("in 8:02; s 1130")
    assert says_what_is_there(desk, line)
    assert not any(one.is_open for one in desk.entries()) or line == "check"


@settings(max_examples=20, deadline=None)
@given(lines=st.lists(st.sampled_from(LINES), min_size=2, max_size=12))
def test_a_day_of_any_lines_is_given_as_a_reading_would(_template: tuple[Path, People], lines: list[str]) -> None:
    template, people = _template
    with TemporaryDirectory() as folder:
        data = Path(shutil.copytree(template, Path(folder, "data")))
        with Store(Locations(data=data, config=data, state=data)) as store:
            actor = Actor(people.staff["Ina"], "Ina", "test:1")
            desk = Desk(store, actor, profile.load("open"), people.children)
            desk.types("aya emma v in 8:02")
            for line in lines:
                says_what_is_there(desk, line)
            assert verify.first_break(store.reader) is None


@pytest.mark.parametrize(
    ("before", "after"),
    [("n x", "n x"), ("s", "woke"), ("s", "n x; out"), ("s 1:30", "check"), ("b 150 ml; d wet", "s 1:30-1:50; s")],
)
def test_in_the_night_that_has_an_hour_twice_too(
    desk: Desk, clock: time_machine.Traveller, before: str, after: str
) -> None:
    clock.move_to(datetime(2026, 10, 25, 0, 10, tzinfo=ZONE))
    desk.types("in 0:05", True)
    for fold, line in enumerate((before, after)):
        clock.move_to(datetime(2026, 10, 25, 2, 30, tzinfo=ZONE, fold=fold))
        assert says_what_is_there(desk, line)
