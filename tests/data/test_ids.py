"""What is one thing by nature is one record: made by two workstations, taken away and made again, undone and redone."""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from kindertui.data import care_notes, id_map, queries, roster, short_words, verify
from kindertui.data.act import Actor, Tx
from kindertui.data.daylog import keep_menu
from kindertui.data.models import RECORDS
from kindertui.data.queries.history import of_record
from kindertui.data.store import Store
from kindertui.data.undo import ANYTHING, redo, undo
from kindertui.locations import Locations
from kindertui.phrases.history import change_line
from tests.conftest import People, receive_message
from tests.data.test_roster_import import BRAM, FENNA, SARA, full_file, pupil, school, table
from tests.today import today

Make = Callable[[Store, Actor, People], object]
TODAY = today()


@pytest.fixture
def second(place: Locations, tmp_path: Path) -> Iterator[Store]:
    """Another workstation that has the location as it was before."""
    folder = shutil.copytree(place.data, tmp_path / "second")
    with Store(Locations(folder, folder, folder)) as opened:
        yield opened


def menu(store: Store, who: Actor, people: People, text: str = "soup") -> object:
    return store.call(keep_menu, who, day=TODAY, group_id=people.groups["Uilen"], meal="lunch", text=text)


def menu_of_all(store: Store, who: Actor, people: People) -> object:
    return store.call(keep_menu, who, day=TODAY, group_id=None, meal="lunch", text="soup")


def short_word(store: Store, who: Actor, people: People, text: str = "outside") -> object:
    return store.call(short_words.set_short_word, who, "Bø", text)


def consent(store: Store, who: Actor, people: People) -> object:
    return store.call(care_notes.set_consent, who, people.children["Aya"], "photo_internal", given=True)


def message(store: Store, who: Actor, people: People) -> object:
    at = datetime(2026, 11, 20, 8, tzinfo=UTC)
    return receive_message(store, who, people.children["Aya"], "hi", at=at, thread_id="t-9", source_id="portal m-1")


def file(store: Store, who: Actor, people: People) -> object:
    staff = "<leerkrachten><leerkracht key='l1'><achternaam>Vos</achternaam></leerkracht></leerkrachten>"
    roster.take_in(store, who, [school(pupil("1", "Noor"), staff=staff)])
    return roster.take_in(store, who, [full_file()])


NATURAL: dict[str, Make] = {
    "menu": menu, "menu of all": menu_of_all, "short word": short_word, "consent": consent, "message": message,
    "file": file,
}  # fmt: skip


def records(store: Store) -> dict[str, tuple[str, int, bool]]:
    """Every record by id: its table, rev and mark."""
    found: dict[str, tuple[str, int, bool]] = {}
    for name in RECORDS:
        rows = store.reader.execute(f"SELECT id, rev, deleted FROM {name}")
        found |= {id: (name, rev, bool(deleted)) for id, rev, deleted in rows}
    return found


@pytest.mark.parametrize("what", NATURAL)
def test_two_workstations_make_one_record_of_one_thing(
    store: Store, second: Store, ina: Actor, people: People, what: str
) -> None:
    before = set(records(store))
    for each in (store, second):
        NATURAL[what](each, ina, people)
    here, there = (records(each) for each in (store, second))
    new = set(here) - before
    assert new
    alone = {"restriction"}  # never brought together with another
    assert {id for id in new if here[id][0] not in alone} == {
        id for id in set(there) - before if there[id][0] not in alone
    }
    assert all((UUID(id).version == 5) is (here[id][0] not in alone) for id in new)


@pytest.mark.parametrize("what", [name for name in NATURAL if name != "file"])
def test_taken_back_and_made_again_it_is_the_same_record_one_revision_on(
    store: Store, ina: Actor, people: People, what: str
) -> None:
    before = records(store)
    NATURAL[what](store, ina, people)
    made = {id: one for id, one in records(store).items() if before.get(id) != one}
    for times in (1, 2):
        store.call(undo, ina, confirmed=ANYTHING)
        assert {id: kind for id, (kind, _, gone) in records(store).items() if not gone} == {
            id: kind for id, (kind, _, _) in before.items()
        }
        NATURAL[what](store, ina, people)
        now = records(store)
        assert {id: now[id] for id in made} == {
            id: (kind, rev + 2 * times, False) for id, (kind, rev, _) in made.items()
        }
        assert set(now) == set(before) | set(made)
    store.call(undo, ina, confirmed=ANYTHING)
    store.call(redo, ina)
    assert all(not records(store)[id][2] for id in made)
    assert verify.verify(store.reader).ok


def test_a_file_taken_back_and_read_again_brings_back_what_it_brought(store: Store, ina: Actor) -> None:
    before = set(records(store))

    def read() -> dict[str, int]:
        return dict(roster.take_in(store, ina, [full_file()])[0].added)

    added = read()
    first = {id: kind for id, (kind, _, _) in records(store).items() if id not in before}
    (fenna,) = [one.id for one in queries.children(store.reader) if one.given_name == "Fenna"]
    links = queries.guardianships(store.reader, (fenna,))
    store.call(undo, ina, confirmed=ANYTHING)
    assert read() == added
    again = {id: kind for id, (kind, _, gone) in records(store).items() if id not in before and not gone}
    lasting = {id for id, kind in first.items() if kind != "restriction"}
    assert {id for id, kind in again.items() if kind != "restriction"} == lasting
    assert queries.guardianships(store.reader, (fenna,)) == links, "its guardians came back with the child"
    assert [one.kind for one in queries.restrictions(store.reader, (fenna,))] == ["contact"]
    assert verify.verify(store.reader).ok
    store.call(undo, ina, confirmed=ANYTHING)
    store.call(redo, ina)
    assert {id for id, (_, _, gone) in records(store).items() if id not in before and not gone} == set(again)


def test_a_child_who_is_brought_back_has_the_guardian_of_a_sibling_again(store: Store, ina: Actor) -> None:
    roster.take_in(store, ina, [table({**BRAM, **SARA})])

    def read() -> list[str]:
        roster.take_in(store, ina, [table({**BRAM, **SARA}, {**FENNA, **SARA})])
        (fenna,) = [one.id for one in queries.children(store.reader) if one.given_name == "Fenna"]
        return [one.guardian.name for one in queries.guardianships(store.reader, (fenna,))]

    assert read() == ["Sara Bakker"]
    store.call(undo, ina, confirmed=ANYTHING)
    assert read() == ["Sara Bakker"]


def test_a_record_that_has_become_another_thing_is_not_written_over(store: Store, ina: Actor) -> None:
    """A group that a file made and somebody gave another name: the file's group of the old name is a new one."""
    roster.take_in(store, ina, [table({**BRAM, "group": "Bijen"})])
    (bees,) = [one.id for one in queries.groups(store.reader) if one.name == "Bijen"]

    def rename(tx: Tx) -> None:
        record = tx.get(RECORDS["care_group"], bees)
        assert record is not None
        tx.change(record, name="Hommels")

    store.call(rename, ina)
    roster.take_in(store, ina, [table({**BRAM, "group": "Bijen"})])
    names = {one.id: one.name for one in queries.groups(store.reader)}
    assert names[bees] == "Hommels"
    assert sorted(names.values()).count("Bijen") == 1


def test_what_stood_before_keeps_its_id(store: Store, ina: Actor, people: People) -> None:
    def older(tx: Tx) -> str:
        values = {"day": TODAY.isoformat(), "group_id": people.groups["Uilen"], "meal": "lunch", "text": "old"}
        made: str = tx.add(RECORDS["menu"], **values).id
        tx.add(RECORDS["id_map"], source=id_map.PORTAL, kind="child", external_id="7", record_id="x")
        return made

    made = store.call(older, ina)
    menu(store, ina, people, "new")
    assert store.reader.execute("SELECT id, rev, text FROM menu").fetchall() == [(made, 2, "new")]


def test_history_says_what_it_was_brought_back_as(store: Store, ina: Actor, people: People) -> None:
    word = short_word(store, ina, people)
    store.call(undo, ina, confirmed=ANYTHING)
    short_word(store, ina, people, "in the garden")
    zone = ZoneInfo("Europe/Amsterdam")
    last = of_record(store.reader, word.id, zone)[-1]  # type: ignore[attr-defined]
    assert change_line(last, zone).endswith("brought back, text outside → in the garden")
