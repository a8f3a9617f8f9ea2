"""The stopwatch: keys and seconds of a day, added up without a trace in the journal, and never in a bundle."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kindertui import portal
from kindertui.data import journal, verify
from kindertui.data.act import Actor
from kindertui.data.effort import add_effort, efforts
from kindertui.data.store import Store
from kindertui.data.undo import undo
from kindertui.domain.effort import Effort, Stopwatch
from kindertui.domain.faults import Refused
from kindertui.phrases.daylog import effort_lines
from kindertui.portal.bundle import export
from kindertui.portal.profile import load
from tests.conftest import People
from tests.portal.world import at, change, contents, log

DAY = date(2026, 3, 5)


@pytest.mark.parametrize(
    ("at", "keys", "seconds"),
    [
        ([], 0, 0),
        ([5.0], 1, 0),
        ([0.0, 0.4, 0.8, 1.2], 4, 1),
        ([0.0, 2.0, 12.0, 22.1, 23.1], 5, 13),  # 10 s is thinking, longer is the children
        ([0.0, 600.0, 601.0], 3, 1),
    ],
)
def test_only_time_between_keys_counts(at: list[float], keys: int, seconds: int) -> None:
    watch = Stopwatch()
    for moment in at:
        watch.pressed(moment)
    assert watch.take() == (keys, seconds)
    assert watch.take() == (0, 0)


@given(st.lists(st.floats(0, 30), max_size=60), st.integers(1, 10))
def test_taking_it_in_pieces_loses_nothing(gaps: list[float], every: int) -> None:
    whole, pieces, now, kept = Stopwatch(), Stopwatch(), 0.0, [0, 0]
    for number, gap in enumerate(gaps):
        now += gap
        whole.pressed(now)
        pieces.pressed(now)
        if number % every == 0:
            taken = pieces.take()
            if number % 2:
                pieces.give_back(*taken)  # it could not be written
            else:
                kept = [kept[0] + taken[0], kept[1] + taken[1]]
    keys, seconds = pieces.take()
    all_keys, all_seconds = whole.take()
    assert kept[0] + keys == all_keys and abs(kept[1] + seconds - all_seconds) <= 1


def test_it_is_added_up_by_day_and_told_for_each_child(store: Store, ina: Actor, people: People) -> None:
    nobody = Actor("", "")
    for keys, seconds in ((300, 120), (34, 11)):
        store.call(add_effort, nobody, DAY, keys, seconds)
    for days in range(1, 9):
        store.call(add_effort, nobody, DAY - timedelta(days), 100, 50)
    for name in ("Aya", "Bram", "Aya"):
        store.call(log, ina, people.children[name], "nappy", at("12:30").replace(year=2026, month=3, day=5))
    noor = store.call(log, ina, people.children["Noor"], "nappy", at("12:30").replace(year=2026, month=3, day=5))
    store.call(change, ina, noor, deleted=True)  # taken back: that was no day of hers
    found = efforts(store.reader, DAY)
    assert found[0] == Effort(DAY, 334, 131, 2) and len(found) == 6 and found[-1].day == DAY - timedelta(5)
    assert efforts(store.reader, DAY - timedelta(8)) == (Effort(DAY - timedelta(8), 100, 50, 0),)
    heading, line = effort_lines(found, DAY)
    assert line == "today: 167 keys and 66 s (2 children)" and "it stays here" in heading
    assert effort_lines(found, date(2026, 3, 6))[1] == "thu 5 mar: 167 keys and 66 s (2 children)"
    assert effort_lines((Effort(DAY, 33, 7, 0),), DAY) == []
    assert "3.3 keys and 0.7 s (10 children)" in effort_lines((Effort(DAY, 33, 7, 10),), DAY)[1]


def test_it_leaves_no_trace_of_anybody_and_nothing_to_undo(store: Store, ina: Actor) -> None:
    before = journal.head(store.reader)
    store.call(add_effort, ina, DAY, 30, 10)
    assert journal.head(store.reader) == before and verify.first_break(store.reader) is None
    with pytest.raises(Refused, match="nothing_to_undo"):
        store.call(undo, ina)
    names = {row[1] for row in store.reader.execute("PRAGMA table_info(effort)")}
    assert names == {"day", "keys", "seconds"}  # no column could say whose keys they were


def test_it_never_leaves_the_house(store: Store, ina: Actor, people: People, tmp_path: Path) -> None:
    store.call(add_effort, ina, DAY, 918273, 645362)
    store.call(log, ina, people.children["Aya"], "nappy", at("12:30"))
    report = export(store, ina, load("bitcare"), tmp_path / "out", whole=True)
    files = contents(report.path)
    assert files and any(b"diaper" in data for data in files.values())
    for name, data in files.items():
        assert b"918273" not in data and b"645362" not in data and b"effort" not in data, name
    sources = Path(portal.__file__).parent.rglob("*.py")
    assert not [path.name for path in sources if "effort" in path.read_text(encoding="utf-8")]
