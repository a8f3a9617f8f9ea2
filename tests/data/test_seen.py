"""What a screen shows counts as what the database holds for as long as nobody wrote anything; and what an act gives
back is what a reading would give.
"""

import shutil
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import time_machine
from hypothesis import given, settings
from hypothesis import strategies as st

from kindertui.data import daylog, journal, models
from kindertui.data.act import Actor, Tx
from kindertui.data.connection import connect, read_key
from kindertui.data.daylog import Accepted, NotLogged, Saved, Seen
from kindertui.data.queries import day as day_queries
from kindertui.data.queries import last_change
from kindertui.data.store import Store
from kindertui.domain.faults import Refused
from kindertui.domain.policy import Policy
from kindertui.domain.roster import ChildDay
from kindertui.locations import Locations
from kindertui.portal import profile
from tests.conftest import People
from tests.data.conftest import NOON, ZONE
from tests.data.test_daylog import Room

pytestmark = pytest.mark.usefixtures("clock")


class Desk(Room):
    """A screen: it has read the day, and gives what it shows along with the line."""

    def look(self) -> Seen:
        change = last_change(self.store.reader)
        return Seen(change, {one.child.id: one for one in self.fresh()})

    def fresh(self, *ids: str) -> tuple[ChildDay, ...]:
        return day_queries.roster(self.store.reader, self.now.date(), ZONE, only=ids or None)

    def says(self, line: str, seen: Seen | None, accept: Accepted = False) -> Saved:
        return self.store.call(
            daylog.save_plan, self.actor, self.read(line), day=self.now.date(), policy=self.policy,
            accept_warnings=accept, seen=seen,
        )  # fmt: skip

    def found(self, line: str, seen: Seen | None) -> list[tuple[str, str]]:
        """What an act is refused for; empty for one that was saved."""
        try:
            self.says(line, seen)
        except NotLogged as refusal:
            return [(one.rule, one.child_id) for one in refusal.findings]
        return []


@pytest.fixture
def desk(store: Store, ina: Actor, policy: Policy, people: People) -> Desk:
    return Desk(store, ina, policy, people.children)


@pytest.fixture
def readings(monkeypatch: pytest.MonkeyPatch, desk: Desk) -> list[tuple[str, ...] | None]:
    """The readings of the roster, by whom they were about."""
    asked: list[tuple[str, ...] | None] = []
    real = day_queries.roster

    def roster(*args: object, only: tuple[str, ...] | None = None) -> tuple[ChildDay, ...]:
        if args[0] is not desk.store.reader:
            asked.append(only)
        return real(*args, only=only)  # type: ignore[arg-type]

    monkeypatch.setattr(day_queries, "roster", roster)
    return asked


def write_note(tx: Tx, child_id: str, kind: str = "note") -> None:
    tx.add(
        models.Entry, child_id=child_id, day="2026-11-20", kind=kind, start=int(NOON.timestamp()) - 2400,
        tz="Europe/Amsterdam", by_id=tx.actor.staff_id, recorded_at=tx.at,
    )  # fmt: skip


def test_what_is_shown_is_not_read_again(desk: Desk, readings: list[object]) -> None:
    desk.types("aya br in 8:02")
    seen = desk.look()
    readings.clear()
    saved = desk.says("aya br b 150", seen, True)
    assert readings == []
    assert saved.days == desk.fresh(*(desk.children[name] for name in ("Aya", "Bram")))
    assert saved.changes == (seen.change, last_change(desk.store.reader)) == (seen.change, seen.change + 2)
    desk.says("n x", seen)
    assert readings == [(desk.children["Aya"],)], "the act before this one has written since"


@pytest.mark.parametrize("kind", ["sleep", "note"])
def test_a_colleague_s_record_makes_it_be_read_anew(
    desk: Desk, place: Locations, people: People, readings: list[object], kind: str
) -> None:
    desk.types("in 8:02")
    seen = desk.look()
    with Store(place) as other:  # another keyboard
        other.call(write_note, Actor(people.staff["Jayne"], "Jayne"), desk.children["Aya"], kind)
    readings.clear()
    assert desk.found("s 1230", seen) == ([("asleep_already", desk.children["Aya"])] if kind == "sleep" else [])
    assert readings == [(desk.children["Aya"],)]
    assert [one.kind for one in desk.entries()].count("sleep") == 1


def test_what_is_shown_of_another_day_is_not_this_day(desk: Desk, clock: time_machine.Traveller) -> None:
    desk.types("in 8:02")
    seen = desk.look()
    clock.move_to(NOON + timedelta(days=1))
    assert desk.found("b 150", seen) == [("not_in", desk.children["Aya"])]
    assert desk.says("n x", seen).days == desk.fresh(desk.children["Aya"])


def test_whom_the_screen_does_not_show_is_read(desk: Desk, readings: list[object]) -> None:
    desk.types("aya noor in 8:02", True)
    seen = desk.look()
    aya = desk.children["Aya"]
    readings.clear()
    saved = desk.says("aya noor n x", Seen(seen.change, {aya: seen.days[aya]}))
    assert [one.child.id for one in saved.days] == [aya, desk.children["Noor"]]
    assert readings == [(aya, desk.children["Noor"])]


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
    for seen in (desk.look(), None):
        assert [rule for rule, _ in desk.found(line, seen)] == expected


# What an act gives.

LINES = (
    "n father phoned", "aya br n two of them", "b 150", "b 11:30 210/150 cold", "d wet", "d 12:41 both; n same minute",
    "temp 38,2", "med paracetamol 5 ml", "s 1130", "s 1000-1040", "woke", "woke 1215", "check", "check 12:10",
    "s 1130; woke 1215", "s 1130; woke 1215; n slept well", "s 1200; out 12:30", "s 1130; check 11:45; woke 12:00",
    "out", "out 12:40", "in 12:41", "in 8:02; b 9:00 120; d soiled", "aya br s 1131", "aya br woke", "br sick",
    "br sick; n vomited", "em v n x", "em v br in 8:01", "em v d wet", "menu lunch bread", "lunch 1/2",
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


def says_what_is_there(desk: Desk, line: str, *, sees: bool) -> bool:
    """Types a line and holds what comes back against a reading; says whether it was saved."""
    seen = desk.look() if sees else None
    before = journal.head(desk.store.reader)
    try:
        saved = desk.says(line, seen, True)
    except Refused:
        assert journal.head(desk.store.reader) == before
        return False
    ids = [one.child.id for one in saved.days]
    assert len(set(ids)) == len(ids)
    same(saved.days, desk.fresh(*ids) if ids else ())
    written = desk.store.reader.execute(
        "SELECT record_id FROM journal WHERE act = ? AND kind = 'entry'", (saved.act,)
    ).fetchall()
    # what was so already is among the entries of the line, and leaves no trace
    assert {row[0] for row in written} <= {one.id for one in saved.entries}
    assert saved.entries == day_queries.by_id(desk.store.reader, tuple(one.id for one in saved.entries), ZONE)
    assert saved.changes == (before[0], last_change(desk.store.reader))
    return True


@pytest.mark.parametrize(
    "line",
    [
        "n x", "b 11:30 210/150 cold", "d wet; n same minute", "n x; b 11:30 150", "s 1130", "s 1130; woke 1215",
        "s 1130; out 12:30",
        "s 1000; woke 1030; n x; s 1130", "br sick; n vomited", "menu lunch bread; lunch 1/2",
    ],
)  # fmt: skip
@pytest.mark.parametrize("sees", [True, False])
def test_an_act_gives_what_a_reading_would(desk: Desk, line: str, sees: bool) -> None:
    desk.types("all in 8:02", True)
    assert says_what_is_there(desk, line, sees=sees)


@pytest.mark.parametrize("line", ["woke", "check", "out", "out 12:30; n x", "n x; out 12:30", "check 12:00; woke"])
def test_an_act_about_a_sleeper_gives_what_a_reading_would(desk: Desk, line: str) -> None:
    desk.types("in 8:02; s 1130")
    assert says_what_is_there(desk, line, sees=True)
    assert not any(one.is_open for one in desk.entries()) or line == "check"


@settings(max_examples=20, deadline=None)
@given(lines=st.lists(st.tuples(st.sampled_from(LINES), st.booleans()), min_size=2, max_size=12))
def test_a_day_of_any_lines_is_given_as_a_reading_would(
    _template: tuple[Path, People], lines: list[tuple[str, bool]]
) -> None:
    template, people = _template
    with TemporaryDirectory() as folder:
        data = Path(shutil.copytree(template, Path(folder, "data")))
        with Store(Locations(data=data, config=data, state=data)) as store:
            actor = Actor(people.staff["Ina"], "Ina", "test:1")
            desk = Desk(store, actor, profile.load("open"), people.children)
            desk.types("aya em v in 8:02")
            for line, sees in lines:
                says_what_is_there(desk, line, sees=sees)
            assert journal.verify(store.reader) is None


@pytest.mark.parametrize(
    ("before", "after"),
    [("n x", "n x"), ("s", "woke"), ("s", "n x; out"), ("s 1:30", "check"), ("b 150; d wet", "s 1:30-1:50; s")],
)
def test_in_the_night_that_has_an_hour_twice_too(
    desk: Desk, clock: time_machine.Traveller, before: str, after: str
) -> None:
    clock.move_to(datetime(2026, 10, 25, 0, 10, tzinfo=ZONE))
    desk.types("in 0:05", True)
    for fold, line in enumerate((before, after)):
        clock.move_to(datetime(2026, 10, 25, 2, 30, tzinfo=ZONE, fold=fold))
        assert says_what_is_there(desk, line, sees=True)


# Before it is committed.


def head_of_another(place: Locations) -> tuple[int, str]:
    db = connect(place.database, read_key(place.key), read_only=True)
    try:
        return journal.head(db)
    finally:
        db.close()


def test_what_comes_is_told_before_it_is_committed(desk: Desk, place: Locations) -> None:
    desk.types("in 8:02")
    before = journal.head(desk.store.reader)
    told: list[tuple[Saved, tuple[int, str]]] = []
    saved = desk.store.call(
        daylog.save_plan, desk.actor, desk.read("b 150"), day=desk.now.date(), policy=desk.policy,
        nearly=lambda comes: told.append((comes, head_of_another(place))),
    )  # fmt: skip
    assert told == [(saved, before)], "nobody else could see it then"
    assert journal.head(desk.store.reader)[0] == before[0] + 1 == saved.changes[1]
    told.clear()
    with pytest.raises(NotLogged):
        desk.store.call(
            daylog.save_plan, desk.actor, desk.read("woke"), day=desk.now.date(), policy=desk.policy,
            nearly=lambda comes: told.append((comes, before)),
        )  # fmt: skip
    assert told == []
