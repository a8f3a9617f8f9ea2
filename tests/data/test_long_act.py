"""An act in pieces: others write between them; it is whole in the end or taken back, killed or not."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kindertui.data import long_act, models, plan, queries, undo, verify
from kindertui.data.act import Actor, Tx
from kindertui.data.queries import history
from kindertui.data.queries.unfinished import unfinished
from kindertui.data.roster import take_in
from kindertui.data.store import Store
from kindertui.domain.faults import Refused
from kindertui.domain.intake_roster import RosterFile
from kindertui.locations import Locations
from kindertui.portal.bundle import export
from kindertui.portal.profile import load
from kindertui.portal.readers import read_bytes
from tests.conftest import People
from tests.killed import kill
from tests.today import today

ROSTER = "given_name;surname;birth_date;group;monday;guardian_1_name;guardian_1_phone\n" + "".join(
    f"Kind {number};Berg;2023-05-0{number};Egels;08:00-17:30;Ouder {number};06-1000000{number}\n"
    for number in range(1, 9)
)
KEPT = ("child", "guardian", "guardianship", "slot", "care_group", "id_map", "entry", "staff")


@pytest.fixture(autouse=True)
def _many_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """One unit a step, one step a piece, so that a small file is a long act."""
    monkeypatch.setattr(long_act, "WORK", 0)
    monkeypatch.setattr(plan, "_AT_ONCE", 1)


@pytest.fixture
def other(place: Locations, store: Store) -> Iterator[Store]:
    """Another program on the same place."""
    with Store(place) as opened:
        yield opened


def roster(text: str = ROSTER) -> RosterFile:
    return read_bytes(text.encode(), today=today())


def living(store: Store) -> dict[str, list[Any]]:
    """What is there for a reader: every record that is not marked, without its revision."""
    found = {}
    for table in KEPT:
        rows = store.reader.execute(f"SELECT * FROM {table} WHERE NOT deleted ORDER BY id")
        names = [column[0] for column in rows.description]
        found[table] = [tuple(value for name, value in zip(names, row, strict=True) if name != "rev") for row in rows]
    return found


def note(tx: Tx, child_id: str, text: str = "x") -> str:
    return tx.add(
        models.Entry, child_id=child_id, day=today().isoformat(), kind="note", start=tx.at, tz="Europe/Amsterdam",
        text=text, by_id=tx.actor.staff_id, recorded_at=tx.at,
    ).id  # fmt: skip


def rename(tx: Tx, child_id: str, name: str) -> None:
    record = tx.get(models.Child, child_id)
    assert record is not None
    tx.change(record, given_name=name)


def acts(store: Store) -> list[str]:
    return [row[0] for row in store.reader.execute("SELECT DISTINCT act FROM journal WHERE verb = 'take_in'")]


class Between:
    """Does something once when a piece of an import was written, and keeps what it raised."""

    def __init__(self, do: Any) -> None:
        self.do, self.pieces = do, 0
        self.raised: Refused | None = None

    def __call__(self, done: int, total: int) -> None:
        self.pieces += 1
        if self.pieces == 3:
            try:
                self.do()
            except Refused as refused:
                self.raised = refused


def test_it_is_one_act_however_many_pieces_and_one_undo_takes_it_back(store: Store, ina: Actor) -> None:
    before = living(store)
    between = Between(lambda: None)
    (report,) = take_in(store, ina, [roster()], progress=between)
    assert report.added == {"children": 8, "groups": 1, "guardians": 8, "staff": 0}
    assert between.pieces == 8
    assert len(acts(store)) == 1 and unfinished(store.reader) == ()
    assert len({row[0] for row in store.reader.execute("SELECT at FROM journal WHERE verb = 'take_in'")}) == 1
    assert verify.verify(store.reader).ok
    store.call(undo.undo, ina, confirmed=undo.ANYTHING)
    assert living(store) == before


def test_others_write_between_two_pieces(store: Store, other: Store, ina: Actor, people: People) -> None:
    aya = people.children["Aya"]
    between = Between(lambda: other.call(note, ina, aya))
    take_in(store, ina, [roster()], progress=between)
    assert between.raised is None
    rows = [row[0] for row in store.reader.execute("SELECT verb FROM journal WHERE verb IN ('note', 'take_in')")]
    at = rows.index("note")
    assert 0 < at < len(rows) - 1, "the entry stands among the rows of the import"
    assert verify.verify(store.reader).ok
    store.call(undo.undo, ina, confirmed=undo.ANYTHING)  # the import was finished last
    assert (len(living(store)["entry"]), len(queries.children(store.reader))) == (1, 6)


def test_nobody_writes_about_what_is_only_half_there(store: Store, other: Store, ina: Actor, people: People) -> None:
    def about_a_new_child() -> None:
        other.call(note, ina, next(one.id for one in queries.children(other.reader) if one.surname == "Berg"))

    between = Between(about_a_new_child)
    take_in(store, ina, [roster()], progress=between)
    assert between.raised is not None and between.raised.rule == "being_taken_in"
    assert living(store)["entry"] == []
    about_a_new_child()  # and when it is whole, anybody does
    assert len(living(store)["entry"]) == 1


def test_what_others_change_meanwhile_refuses_the_rest_and_takes_back_what_is_there(
    store: Store, other: Store, ina: Actor, people: People
) -> None:
    between = Between(lambda: other.call(rename, ina, people.children["Aya"], "Aja"))
    before = living(store)
    with pytest.raises(Refused) as refused:
        take_in(store, ina, [roster()], progress=between)
    assert (refused.value.rule, between.raised) == ("changed_since_read", None)
    store.call(undo.undo, ina)  # the other's act: the only one that stands
    assert living(store) == before
    assert verify.verify(store.reader).ok and unfinished(store.reader) == ()
    assert not store.took_back(), "nobody is told of it twice"


def test_what_others_changed_before_the_first_piece_is_read_anew(
    store: Store, other: Store, ina: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = long_act.write

    def late(*args: Any, **kwargs: Any) -> Any:
        if not other.reader.execute("SELECT 1 FROM care_group WHERE name = 'Egels'").fetchone():
            other.call(lambda tx: tx.add(models.CareGroup, name="Egels").id, ina)
        return written(*args, **kwargs)

    monkeypatch.setattr(long_act, "write", late)
    (report,) = take_in(store, ina, [roster()])
    assert report.added["groups"] == 0
    assert store.reader.execute("SELECT count(*) FROM care_group WHERE name = 'Egels'").fetchone() == (1,)


def test_while_it_is_written_it_is_nobodys_to_take_back_and_nothing_leaves(
    store: Store, other: Store, ina: Actor, tmp_path: Path
) -> None:
    seen, out = [], tmp_path / "out"
    out.mkdir()

    def look() -> None:
        seen.append(history.last_undoable(other.reader, ina.staff_id))
        for act in (
            lambda: take_in(other, ina, [roster(ROSTER.replace("Berg", "Dal"))]),
            lambda: export(other, ina, load("open"), out),
        ):
            with pytest.raises(Refused) as refused:
                act()
            seen.append(refused.value.rule)

    take_in(store, ina, [roster()], progress=Between(look))
    assert seen == [None, "long_act_running", "long_act_running"]
    assert history.last_undoable(other.reader, ina.staff_id) == acts(store)[0]
    assert list(out.iterdir()) == []


def test_a_long_act_is_taken_back_and_done_again_in_pieces(
    store: Store, ina: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(undo, "AT_ONCE", 10)
    monkeypatch.setattr(undo, "_STEP", 5)
    before = living(store)
    take_in(store, ina, [roster()])
    after = living(store)
    for act, wanted in ((undo.undo, before), (undo.redo, after), (undo.undo, before)):
        with pytest.raises(undo.TooLong) as long:
            store.call(act, ina, **({"confirmed": undo.ANYTHING} if act is undo.undo else {}))
        undo.in_pieces(store, ina, long.value)
        assert living(store) == wanted
        assert verify.verify(store.reader).ok and unfinished(store.reader) == ()


def test_a_long_act_that_somebody_changed_since_is_not_taken_back(
    store: Store, ina: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(undo, "AT_ONCE", 10)
    monkeypatch.setattr(undo, "_STEP", 5)
    take_in(store, ina, [roster()])
    store.call(rename, Actor("system", "system"), queries.children(store.reader)[0].id, "Anders")
    new = next(one.id for one in queries.children(store.reader) if one.surname == "Berg")
    store.call(rename, Actor("system", "system"), new, "Anders")
    rows = store.reader.execute("SELECT count(*) FROM journal").fetchone()
    with pytest.raises(undo.TooLong) as long:
        store.call(undo.undo, ina, confirmed=undo.ANYTHING)
    with pytest.raises(Refused) as refused:
        undo.in_pieces(store, ina, long.value)
    assert (refused.value.rule, refused.value.child_id) == ("undo_changed_since", new)
    assert store.reader.execute("SELECT count(*) FROM journal").fetchone() == rows, "found before anything was written"


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 needs a process of its own, made by fork")
@pytest.mark.parametrize(
    "kills",
    [(0,), (1,), (2,), (5,), (8,), (8, 0), (8, 1), (8, 4, 0, 2), (3, 1, 1)],
    ids=lambda kills: "-".join(map(str, kills)),
)
def test_whatever_kills_it_the_next_opening_finds_the_state_before(
    place: Locations, people: People, ina: Actor, tmp_path: Path, kills: tuple[int, ...]
) -> None:
    with Store(place) as store:
        before = living(store)
    file = tmp_path / "roster.csv"
    file.write_text(ROSTER)
    kill(place, file, ina.staff_id, *kills)
    with Store(place) as store:
        assert len(unfinished(store.reader)) == (1 if kills[0] else 0)
        assert (living(store) != before) == (kills[0] > 0), "a reader sees what is there until somebody writes"
        store.warm().result()
        assert living(store) == before
        assert unfinished(store.reader) == ()
        assert verify.verify(store.reader).ok
        assert [store.took_back(), store.took_back()] == [kills[0] > 0, False], "it is said once"
        assert history.last_undoable(store.reader, ina.staff_id) is None
        (report,) = take_in(store, ina, [roster()])  # and the file can come in
        assert report.added["children"] == 8
        assert verify.verify(store.reader).ok


def test_what_a_killed_program_left_is_taken_back_by_whoever_writes_next(
    place: Locations, people: People, ina: Actor, tmp_path: Path
) -> None:
    file = tmp_path / "roster.csv"
    file.write_text(ROSTER)
    with Store(place) as store:  # open all day
        store.call(note, ina, people.children["Aya"])
        before = living(store)
        kill(place, file, ina.staff_id, 4)
        assert living(store) != before
        id = store.call(note, ina, people.children["Bram"])
        now = living(store)
        assert now.pop("entry") != before.pop("entry") and now == before
        assert id in {row[0] for row in store.reader.execute("SELECT id FROM entry")}
        assert verify.verify(store.reader).ok
