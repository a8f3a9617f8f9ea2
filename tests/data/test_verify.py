"""The journal replayed gives the state: every table equals the fold of its rows, and what does not is named."""

import json
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kindertui.data import journal, origins, queries, verify
from kindertui.data.act import Actor, Tx
from kindertui.data.connection import Connection, connect
from kindertui.data.journal import FIELDS, FIRST_HASH, body_of, digest
from kindertui.data.keys import Keys, read_keys
from kindertui.data.sample import make_sample
from kindertui.data.store import Store, to_read
from kindertui.data.undo import redo, undo
from kindertui.domain.faults import Refused
from kindertui.domain.history import fold
from kindertui.locations import Locations
from kindertui.portal import profile
from tests.conftest import People
from tests.data.test_journal import change, entry


@pytest.fixture
def forger(store: Store, place: Locations) -> Iterator[Connection]:
    """Somebody with the key, and without the triggers."""
    db = connect(place.database, read_keys(place).database)
    db.execute("DROP TRIGGER journal_is_never_changed")
    db.execute("DROP TRIGGER journal_is_never_cut")
    yield db
    db.close()


def test_a_location_as_it_is_made_is_what_its_journal_says(store: Store) -> None:
    found = verify.verify(store.reader)
    assert found.ok and found.pages and found.state
    (chain,) = found.chains
    assert chain.rows == journal.head(store.reader)[0] and chain.origin == origins.here(store.reader).id


def test_every_table_of_the_sample_is_the_fold_of_its_rows(tmp_path: Path) -> None:
    place = Locations(tmp_path, tmp_path, tmp_path)
    now = datetime(2026, 11, 20, 12, 40, tzinfo=UTC)
    make_sample(place, policy=profile.load("open"), now=now, days=2)
    db = connect(place.database, read_keys(place).database, read_only=True)
    assert verify.verify(db).ok
    told = {row[0] for row in db.execute("SELECT DISTINCT kind FROM journal")}
    assert {"entry", "child", "absence", "message", "restriction"} <= told
    for kind in told:
        for (id,) in db.execute(f"SELECT id FROM {kind} LIMIT 5").fetchall():
            rows = db.execute("SELECT new FROM journal WHERE record_id = ? ORDER BY rev", (id,))
            replayed = fold(json.loads(new) for (new,) in rows)
            stored = db.execute(f"SELECT * FROM {kind} WHERE id = ?", (id,))
            for name, value in zip((one[0] for one in stored.description), stored.fetchone(), strict=True):
                is_json = isinstance(replayed[name], list | dict)
                assert replayed[name] == (json.loads(value) if is_json else value), (kind, name)
    db.close()


ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.text("ab é\u00ff", max_size=5)),
        st.tuples(st.just("change"), st.text("xy", max_size=4)),
        st.tuples(st.sampled_from(["undo", "redo", "remove", "fail", "origin"]), st.just("")),
    ),
    max_size=12,
)


@given(acts=ACTS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_done_the_journal_replayed_gives_it(
    acts: list[tuple[str, str]], place: Locations, ina: Actor, people: People, tmp_path_factory: pytest.TempPathFactory
) -> None:
    copy = tmp_path_factory.mktemp("replay")
    shutil.copytree(place.data, copy, dirs_exist_ok=True)
    made: list[str] = []

    def fail(tx: Tx) -> None:
        entry(tx, people.children["Aya"], "never")
        raise Refused("child_unknown")

    with Store(Locations(copy, copy, copy)) as store:
        for what, text in acts:
            try:
                if what == "add":
                    made.append(store.call(entry, ina, people.children["Aya"], text, detail={"offered": len(text)}))
                elif what == "change" and made:
                    store.call(change, ina, made[-1], text=text, detail={"offered": len(text) / 2})
                elif what == "remove" and made:
                    store.call(change, ina, made[-1], deleted=True)
                elif what == "origin":
                    store.call(lambda tx: origins.begin(tx).id, ina)
                elif what == "fail":
                    store.call(fail, ina)
                elif what in ("undo", "redo"):
                    store.call(undo if what == "undo" else redo, ina)
            except Refused:
                continue
        assert verify.verify(store.reader).ok
    shutil.rmtree(copy)


@pytest.mark.parametrize(
    ("forgery", "differing"),
    [
        ("UPDATE entry SET text = 'other' WHERE id = :id", True),
        ("UPDATE entry SET deleted = 1 WHERE id = :id", True),
        ("UPDATE entry SET rev = 7 WHERE id = :id", True),
        ("UPDATE entry SET detail = '{\"offered\": 1}' WHERE id = :id", True),
        ("DELETE FROM entry WHERE id = :id", True),
        ("UPDATE entry SET text = text WHERE id = :id", False),
    ],
)
def test_a_record_that_was_touched_is_named(
    store: Store, ina: Actor, people: People, forger: Connection, forgery: str, differing: bool
) -> None:
    ids = [store.call(entry, ina, people.children["Aya"], f"note {number}") for number in range(4)]
    assert forger.execute(forgery, {"id": ids[1]}).rowcount == 1
    found = verify.verify(store.reader)
    assert found.differing == ((("entry", ids[1]),) if differing else ())
    assert found.ok is not differing and all(chain.ok for chain in found.chains)


@pytest.mark.parametrize("id", ["0", "f"])
def test_a_record_that_no_row_tells_of_is_named(store: Store, forger: Connection, id: str) -> None:
    forger.execute("INSERT INTO care_group (id, rev, deleted, name, kind) VALUES (?, 1, 0, 'X', 'day_care')", (id,))
    assert verify.verify(store.reader).differing == (("care_group", id),)


def test_a_foreign_key_that_leads_nowhere_is_a_broken_page(store: Store, forger: Connection, people: People) -> None:
    forger.execute("PRAGMA foreign_keys = OFF")
    forger.execute("DELETE FROM child WHERE id = ?", (people.children["Aya"],))
    found = verify.verify(store.reader)
    assert not found.pages and not found.ok and ("child", people.children["Aya"]) in (found.differing or ())


def test_history_rewritten_with_right_hashes_still_is_not_the_state(
    store: Store, ina: Actor, people: People, forger: Connection
) -> None:
    """Whoever has the key can make a chain that follows; what the rows add up to gives it away."""
    made = store.call(entry, ina, people.children["Aya"], "cried")
    columns = ", ".join(FIELDS)
    seq, before, *values = forger.execute(
        f"SELECT seq, (SELECT hash FROM journal b WHERE b.seq = j.seq - 1), {columns} FROM journal j"
        " ORDER BY seq DESC LIMIT 1"
    ).fetchone()
    row = dict(zip(FIELDS, values, strict=True))
    new = json.loads(forger.execute("SELECT new FROM journal WHERE seq = ?", (seq,)).fetchone()[0])
    body = body_of({**row, "old": None, "new": {**new, "text": "slept"}})
    link = digest(before or FIRST_HASH, digest(body))
    forger.execute(
        "UPDATE journal SET body = ?, body_hash = ?, hash = ? WHERE seq = ?", (body, digest(body), link, seq)
    )
    found = verify.verify(store.reader)
    assert all(chain.ok for chain in found.chains)
    assert found.differing == (("entry", made),)


def test_a_body_can_be_erased_and_the_chain_still_be_checked(
    store: Store, ina: Actor, people: People, forger: Connection
) -> None:
    made = store.call(entry, ina, people.children["Aya"], "cried")
    store.call(change, ina, made, text="laughed")
    assert forger.execute("UPDATE journal SET body = NULL WHERE record_id = ?", (made,)).rowcount == 2
    assert verify.verify(store.reader).ok
    assert store.reader.execute("SELECT old, new FROM journal WHERE record_id = ?", (made,)).fetchone() == (None, None)


# Origins.


def test_a_new_origin_has_a_chain_of_its_own_and_higher_revisions(store: Store, ina: Actor, people: People) -> None:
    made = store.call(entry, ina, people.children["Aya"], "one")
    first = origins.here(store.reader)
    store.call(lambda tx: origins.begin(tx).id, ina)
    second = origins.here(store.reader)
    assert second.id != first.id and second.generation > first.generation
    assert queries.location(store.reader).generation == second.generation
    store.call(change, ina, made, text="two")
    other = store.call(entry, ina, people.children["Aya"], "three")
    revs = dict(store.reader.execute("SELECT id, rev FROM entry WHERE id IN (?, ?)", (made, other)).fetchall())
    assert min(revs.values()) > 1_000_000
    store.call(change, ina, made, text="four")
    rows = store.reader.execute("SELECT rev FROM journal WHERE record_id = ? ORDER BY seq", (made,)).fetchall()
    assert rows == [(1,), (revs[made],), (revs[made] + 1,)]
    found = verify.verify(store.reader)
    assert found.ok and {chain.origin for chain in found.chains} == {first.id, second.id}
    heads = {origin: (seq, link) for origin, seq, link in journal.heads(store.reader)}
    assert heads[second.id][0] == 4 and heads[first.id][0] + 4 == journal.head(store.reader)[0]


def test_a_generation_seen_elsewhere_is_passed(store: Store, ina: Actor) -> None:
    high = 5_000_000
    passed = store.call(lambda tx: origins.begin(tx, above=high).generation, ina)
    assert passed > high
    assert store.call(lambda tx: origins.begin(tx, above=3).generation, ina) > passed


def test_what_another_origin_did_is_not_taken_back(store: Store, ina: Actor, people: People) -> None:
    made = store.call(entry, ina, people.children["Aya"], "one")
    store.call(lambda tx: origins.begin(tx).id, Actor("system", "system"))
    with pytest.raises(Refused, match="nothing_to_undo"):
        store.call(undo, ina)
    mine = store.call(entry, ina, people.children["Aya"], "two")
    store.call(undo, ina)
    gone = dict(store.reader.execute("SELECT id, deleted FROM entry WHERE id IN (?, ?)", (made, mine)).fetchall())
    assert gone == {made: 0, mine: 1}
    with pytest.raises(Refused, match="nothing_to_undo"):
        store.call(undo, ina)


def test_a_home_that_came_from_another_machine_goes_on_as_another_origin(
    place: Locations, ina: Actor, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store(place) as store:
        store.call(entry, ina, people.children["Aya"], "here")
        first = origins.here(store.reader)
    monkeypatch.setattr(origins, "_machine_id", lambda: "another")
    with Store(place) as store:
        assert origins.here(store.reader) == first  # reading changes nothing
        store.call(entry, ina, people.children["Aya"], "there")
        second = origins.here(store.reader)
        assert second.id != first.id and second.generation > 1 and second.machine not in ("another", first.machine)
        assert verify.verify(store.reader).ok
    with Store(place) as store:
        store.call(entry, ina, people.children["Aya"], "there")
        assert origins.here(store.reader) == second


def test_a_machine_without_an_id_never_begins_a_new_origin(
    place: Locations, ina: Actor, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(origins, "_machine_id", lambda: "")
    with Store(place) as store:
        before = origins.here(store.reader)
        store.call(entry, ina, people.children["Aya"], "here")
        assert origins.here(store.reader) == before


# The step from the journal without origins.

OLD_KEY = "5e" * 32


@pytest.fixture
def old(home: Locations) -> Path:
    home.data.mkdir(parents=True)
    shutil.copy(Path(__file__).parent / "frozen" / "schema1.db", home.database)
    home.key.write_text(OLD_KEY + "\n")
    home.key.chmod(0o600)
    return home.database


def test_an_old_journal_is_told_anew_and_holds(old: Path) -> None:
    before = connect(old, OLD_KEY, read_only=True, older=True)
    said = before.execute("SELECT seq, act, kind, record_id, rev, old, new FROM journal ORDER BY seq").fetchall()
    before.close()
    db = to_read(Locations(old.parent, old.parent, old.parent), Keys(OLD_KEY, b""))
    assert verify.verify(db).ok
    found = db.execute("SELECT seq, act, kind, record_id, rev, old, new FROM journal ORDER BY seq").fetchall()
    assert [(*row[:5], *(text and json.loads(text) for text in row[5:])) for row in found] == [
        (*row[:5], *(text and json.loads(text) for text in row[5:])) for row in said
    ]
    db.close()


def test_an_old_row_that_was_touched_stays_found(old: Path) -> None:
    forger = connect(old, OLD_KEY, older=True)
    forger.execute("DROP TRIGGER journal_is_never_changed")
    forger.execute("UPDATE journal SET at = at - 60 WHERE seq = 3")
    forger.execute(
        "CREATE TRIGGER journal_is_never_changed BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'never'); END"
    )
    forger.close()
    db = to_read(Locations(old.parent, old.parent, old.parent), Keys(OLD_KEY, b""))
    assert verify.first_break(db) == 3
    db.close()
