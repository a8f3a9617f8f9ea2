"""What is missing, read from the database: what never ended on days before, and what was told of whom lately."""

from datetime import date, datetime, timedelta

import pytest

from kindertui.data import daylog
from kindertui.data.act import Actor
from kindertui.data.connection import connect
from kindertui.data.keys import read_keys
from kindertui.data.queries import completeness
from kindertui.data.store import Store
from kindertui.domain.completeness import Pieces
from kindertui.domain.daylog import Kind
from kindertui.domain.entry import Plan, Step
from kindertui.locations import Locations
from kindertui.portal import profile
from tests.conftest import People
from tests.data.conftest import NOON, ZONE

POLICY, TODAY = profile.load("bitcare"), NOON.date()


pytestmark = pytest.mark.usefixtures("clock")


class Book:
    """Writes records on any day."""

    def __init__(self, store: Store, ina: Actor, people: People) -> None:
        self.store, self.ina, self.people = store, ina, people

    def put(self, name: str, kind: Kind, days_ago: int, start: str, text: str = "", end: str = "") -> str:
        day = TODAY - timedelta(days=days_ago)
        begin, until = (
            datetime.fromisoformat(f"{day}T{at}").replace(tzinfo=ZONE) if at else None for at in (start, end)
        )
        step = Step(
            (self.people.children[name],), kind, begin, until, leaves_open=kind == "sleep", text=text, verb=kind
        )
        saved = self.store.call(daylog.save_plan, self.ina, Plan((step,)), day=day, policy=POLICY, accept_warnings=True)
        return saved.entries[0].id

    def missing(self, day: date = TODAY, group: str | None = "Vlinders") -> list[str]:
        names = {id: name for name, id in self.people.children.items()}
        group_id = self.people.groups[group] if group else None
        found = completeness.missing(self.store.reader, day, ZONE, POLICY, NOON, group_id)
        return [f"{names[one.child.id]} {(TODAY - one.day).days} {one.word}" for one in found]

    def pieces(self, name: str) -> Pieces:
        child = self.people.children[name]
        return completeness.pieces(self.store.reader, (child,), TODAY, POLICY)[child]


@pytest.fixture
def book(store: Store, ina: Actor, people: People) -> Book:
    return Book(store, ina, people)


def test_what_never_ended_on_days_before_is_listed_with_its_day(book: Book) -> None:
    assert book.missing() == []
    book.put("Aya", "arrival", 1, "08:00")
    book.put("Aya", "sleep", 1, "13:00")
    book.put("Bram", "arrival", 2, "08:00")
    book.put("Emma", "arrival", 1, "08:00")
    book.put("Emma", "departure", 1, "12:00")
    book.put("Emma", "arrival", 1, "13:00")
    book.put("Emma", "departure", 1, "17:00")
    book.put("Noor", "arrival", 1, "15:00")
    book.put("Søren", "arrival", 8, "08:00")
    assert book.missing() == ["Aya 1 sleep_end", "Bram 2 departure", "Aya 1 departure"]
    assert book.missing(group=None) == [*book.missing(), "Noor 1 departure"]
    assert book.missing(TODAY - timedelta(days=8)) == [
        "Aya 1 sleep_end", "Søren 8 departure", "Bram 2 departure", "Aya 1 departure",
    ], "and of the day shown"  # fmt: skip
    assert book.missing(TODAY - timedelta(days=2)) == book.missing(), "no day twice"
    book.put("Aya", "departure", 1, "17:00")  # she wakes by it
    assert book.missing() == [
        "Bram 2 departure",
        "Aya 1 food",
        "Aya 1 nappy",
    ]  # now that it is known how long she stayed


def test_the_day_before_is_listed_in_full_whichever_day_is_shown(book: Book) -> None:
    for days_ago in (3, 4):  # nobody came on the two days before today
        book.put("Bram", "arrival", days_ago, "08:00")
        book.put("Bram", "departure", days_ago, "17:00")
    book.put("Aya", "arrival", 3, "08:00")
    listed = book.missing()
    assert [one for one in listed if one.startswith("Bram 3 ")] and "Aya 3 departure" in listed
    assert not [one for one in listed if one.startswith("Bram 4 ")], "further back only what never ended"
    assert book.missing(TODAY - timedelta(days=3)) == listed
    assert book.missing(TODAY - timedelta(days=1)) == listed
    shown = book.missing(TODAY - timedelta(days=4))
    assert set(listed) < set(shown) and [one for one in shown if one.startswith("Bram 4 ")]
    assert book.missing(group="Uilen") == []


def test_a_piece_is_words_that_the_guardians_may_see(book: Book, store: Store, ina: Actor, place: Locations) -> None:
    assert book.pieces("Aya") == Pieces()
    book.put("Aya", "arrival", 10, "08:00")
    assert book.pieces("Aya") == Pieces(None, False, True)
    book.put("Aya", "arrival", 0, "08:00")
    assert book.pieces("Aya") == Pieces(None, True, True)
    assert "Aya 0 weekly_piece" in book.missing()
    book.put("Aya", "toilet", 0, "08:30", "sore")
    book.put("Aya", "medicine", 0, "08:30", "paracetamol")
    book.put("Aya", "activity", 10, "09:00", "painted")
    assert book.pieces("Aya").last == TODAY - timedelta(days=10)
    note = book.put("Aya", "note", 2, "09:00", "sang all day")
    assert book.pieces("Aya").last == TODAY - timedelta(days=2)
    assert "Aya 0 weekly_piece" not in book.missing()
    db = connect(place.database, read_keys(place).database)
    with db:
        db.execute("UPDATE entry SET share = 'staff_only' WHERE id = ?", (note,))
    assert book.pieces("Aya").last == TODAY - timedelta(days=10), "not what stays with the staff"
    with db:
        db.execute("UPDATE entry SET share = 'guardians' WHERE id = ?", (note,))
    db.close()
    assert book.pieces("Aya").last == TODAY - timedelta(days=2)
    store.call(daylog.remove, ina, note, rev=1)
    assert book.pieces("Aya").last == TODAY - timedelta(days=10)


def test_nobody_is_asked_for_a_piece_where_the_profile_asks_for_none(book: Book) -> None:
    book.put("Aya", "arrival", 10, "08:00")
    book.put("Aya", "arrival", 0, "08:00")
    child = book.people.children["Aya"]
    assert completeness.pieces(book.store.reader, (child,), TODAY, profile.load("open")) == {}
