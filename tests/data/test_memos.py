"""Memos: in sight until their day and no longer, changed, taken away, taken back; and they never leave."""

import zipfile
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from kindertui.data import memos, undo
from kindertui.data.act import Actor
from kindertui.data.queries import day as day_queries
from kindertui.data.queries import history
from kindertui.data.queries import memos as read
from kindertui.data.store import Store
from kindertui.domain.faults import Refused
from kindertui.domain.memos import LONGEST, Memo
from kindertui.phrases import numeric_day
from kindertui.phrases.history import act_words, change_line
from kindertui.portal import profile
from kindertui.portal.bundle.write import export
from tests.conftest import People

ZONE = ZoneInfo("Europe/Amsterdam")


def today() -> date:
    return datetime.now(ZONE).date()


def later(days: int) -> date:
    return today() + timedelta(days)


@pytest.fixture
def granny(store: Store, people: People, ina: Actor) -> Memo:
    return store.call(memos.add_memo, ina, child_id=people.children["Aya"], text=" granny\x07 fetches ", until=later(2))


def test_it_is_in_sight_up_to_its_day_and_then_gone(store: Store, people: People, granny: Memo) -> None:
    aya, db = people.children["Aya"], store.reader
    assert (granny.text, granny.first_day, granny.until, granny.by) == ("granny fetches", today(), later(2), "Ina")
    for days, seen in ((-1, ()), (0, (granny,)), (2, (granny,)), (3, ())):
        assert read.of_children(db, (aya, people.children["Bram"]), later(days)) == seen
        (child_day,) = day_queries.roster(db, later(days), ZONE, only=(aya,))
        assert child_day.memos == seen
    assert read.of_groups(db, None, today()) == ()


def test_one_of_a_group_is_seen_there_and_one_of_all_everywhere(store: Store, people: People, ina: Actor) -> None:
    owls, butterflies = people.groups["Uilen"], people.groups["Vlinders"]
    window = store.call(memos.add_memo, ina, group_id=owls, text="window sticks", until=later(1))
    drill = store.call(memos.add_memo, ina, text="fire drill", until=later(0))
    assert read.of_groups(store.reader, owls, today()) == (drill, window)
    assert read.of_groups(store.reader, butterflies, today()) == (drill,)
    assert read.of_groups(store.reader, None, today()) == (drill, window)


def test_it_is_changed_taken_away_and_taken_back(store: Store, people: People, ina: Actor, granny: Memo) -> None:
    aya = people.children["Aya"]
    grandpa = store.call(memos.change_memo, ina, granny, text="grandpa fetches", until=later(0))
    assert read.of_children(store.reader, (aya,), later(1)) == ()
    with pytest.raises(Refused, match="changed_meanwhile"):
        store.call(memos.remove_memo, ina, granny)
    store.call(memos.remove_memo, ina, grandpa)
    assert read.of_children(store.reader, (aya,), today()) == ()
    act = store.call(undo.undo, ina)
    assert act_words(act, {aya: "Aya"}).startswith("memo of Aya (Ina, ")
    assert read.of_children(store.reader, (aya,), today())[0].text == "grandpa fetches"
    lines = [change_line(one, ZONE) for one in history.of_child(store.reader, aya, ZONE)][-4:]
    assert f"new: memo granny fetches {numeric_day(today())} {numeric_day(later(2))}" in lines[0]
    assert "text granny fetches → grandpa fetches" in lines[1] and "until" in lines[1]
    assert lines[2].endswith("taken away") and lines[3].endswith("brought back")


@pytest.mark.parametrize(
    ("text", "days", "rule"),
    [
        (" ", 0, "memo_missing"), ("x", -1, "memo_over"), ("x", LONGEST + 1, "memo_far"),
        ("Granny  Fetches", 2, "memo_twice"), ("x" * 5000, 0, "text_too_long"),
    ],
)  # fmt: skip
def test_what_is_refused(
    store: Store, people: People, ina: Actor, granny: Memo, text: str, days: int, rule: str
) -> None:
    with pytest.raises(Refused, match=rule):
        store.call(memos.add_memo, ina, child_id=people.children["Aya"], text=text, until=later(days))
    assert read.of_children(store.reader, (people.children["Aya"],), today()) == (granny,)


def test_a_child_that_is_not_there_has_none(store: Store, ina: Actor) -> None:
    with pytest.raises(Refused, match="child_unknown"):
        store.call(memos.add_memo, ina, child_id="nobody", text="x", until=today())


def test_the_day_bounds_what_is_read(store: Store, people: People) -> None:
    sql, ids = read._IN_SIGHT, ("a", "b")
    for where, more in ((" AND m.child_id IN (?, ?)", ids), (" AND m.child_id IS NULL", ())):
        plan = store.reader.execute(f"EXPLAIN QUERY PLAN {sql}{where}", (*read._bounds(today()), *more)).fetchall()
        assert "SEARCH m USING INDEX ix_memo_until (until>? AND until<?)" in plan[0][3]


def test_none_is_in_a_bundle(store: Store, people: People, ina: Actor, granny: Memo, tmp_path: Path) -> None:
    store.call(memos.add_memo, ina, text="canary window", until=later(1))
    report = export(store, ina, profile.load("bitcare"), tmp_path, whole=True)
    with zipfile.ZipFile(report.path) as bundle:
        everything = "".join(bundle.read(name).decode() for name in bundle.namelist())
    assert "granny" not in everything and "canary" not in everything
    assert report.records > 0
