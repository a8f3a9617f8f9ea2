"""Reading: who is on the roster, in which order and in which state; and text that looks like SQL is only text."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from kindertui.data import queries
from kindertui.data.act import Actor, Tx
from kindertui.data.models import RECORDS
from kindertui.data.queries import day as day_queries
from kindertui.data.queries import history
from kindertui.data.queries.entry_line import other_children
from kindertui.data.store import Store
from kindertui.domain.roster import ChildDay
from tests.conftest import People

ZONE = ZoneInfo("Europe/Amsterdam")
DAY = date(2026, 11, 20)  # a Friday
NINE = datetime(2026, 11, 20, 9, 0, tzinfo=ZONE)


def at(clock: str, day: date = DAY) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), ZONE)


def put(tx: Tx, /, table: str, **values: Any) -> str:
    return tx.add(RECORDS[table], **values).id


def alter(tx: Tx, /, table: str, id: str, **values: Any) -> None:
    record = tx.get(RECORDS[table], id)
    assert record is not None
    tx.change(record, **values)


class House:
    """Writes records directly and reads them back through the queries."""

    def __init__(self, store: Store, actor: Actor, people: People) -> None:
        self.store, self.actor, self.people = store, actor, people
        self.db = store.reader

    def put(self, table: str, **values: Any) -> str:
        return self.store.call(put, self.actor, table, **values)

    def alter(self, table: str, id: str, **values: Any) -> None:
        self.store.call(alter, self.actor, table, id, **values)

    def entry(self, child: str, kind: str, start: str, end: str | None = None, day: date = DAY, **values: Any) -> str:
        return self.put(
            "entry", child_id=self.people.children[child], day=day.isoformat(), kind=kind,
            start=int(at(start, day).timestamp()), end=int(at(end, day).timestamp()) if end else None,
            tz=str(ZONE), by_id=self.actor.staff_id, recorded_at=0, **values,
        )  # fmt: skip

    def absence(self, child: str, kind: str, first: str, last: str | None = None, **values: Any) -> str:
        given = {"channel": "phone", "reported_at": int(at("07:00").timestamp()), "state": "acknowledged"} | values
        return self.put(
            "absence", child_id=self.people.children[child], kind=kind, first_day=first, last_day=last, **given
        )

    def day(self, child: str, day: date = DAY) -> ChildDay:
        (found,) = day_queries.roster(self.db, day, ZONE, only=(self.people.children[child],))
        return found

    def names(self, day: date = DAY, group: str | None = None) -> list[str]:
        found = day_queries.roster(self.db, day, ZONE, self.people.groups[group] if group else None)
        return [f"{one.child.given_name} {one.child.surname}" for one in found]


@pytest.fixture
def house(store: Store, ina: Actor, people: People) -> House:
    return House(store, ina, people)


# Who is on the roster.


def test_the_roster_is_in_the_order_of_call_names(house: House) -> None:
    assert house.names(group="Vlinders") == [
        "Aya Bakker", "Bram Wit", "Emma Jansen", "Emma Visser", "Søren Østergård",
    ]  # fmt: skip
    assert house.names(group="Uilen") == ["Noor El Amrani"]
    assert len(house.names()) == 6
    vlinders = house.people.groups["Vlinders"]
    for given, surname in (("aaron", "Z"), ("EMMA", "Kok"), ("Zoë", "A")):
        house.put("child", given_name=given, surname=surname, group_id=vlinders)
    assert house.names(group="Vlinders") == [
        "aaron Z", "Aya Bakker", "Bram Wit", "Emma Jansen", "EMMA Kok", "Emma Visser", "Søren Østergård", "Zoë A",
    ]  # fmt: skip


def test_two_who_share_every_name_keep_one_order(house: House) -> None:
    vlinders = house.people.groups["Vlinders"]
    ids = sorted(house.put("child", given_name="Sam", surname="Oud", group_id=vlinders) for _ in range(4))
    for _ in range(3):
        found = [one.child.id for one in day_queries.roster(house.db, DAY, ZONE, vlinders)]
        assert [id for id in found if id in ids] == ids


@pytest.mark.parametrize(
    ("first", "last", "there"),
    [
        (None, None, True),
        ("2026-11-20", None, True),
        ("2026-11-21", None, False),
        (None, "2026-11-20", True),
        (None, "2026-11-19", False),
        ("2026-11-20", "2026-11-20", True),
        ("2025-01-01", "2026-06-30", False),
        ("2026-12-01", "2027-06-30", False),
    ],
)
def test_a_placement_that_has_not_begun_or_has_ended_is_not_on_the_roster(
    house: House, first: str | None, last: str | None, there: bool
) -> None:
    house.alter("child", house.people.children["Bram"], first_day=first, last_day=last)
    assert ("Bram Wit" in house.names()) is there
    assert ("Bram Wit" in house.names(group="Vlinders")) is there
    # but a child that is named can be logged
    assert house.day("Bram").child.given_name == "Bram"
    assert house.people.children["Bram"] in {one.id for one in queries.children(house.db)}


def test_what_was_taken_away_is_nowhere(house: House) -> None:
    bram, aya = house.people.children["Bram"], house.people.children["Aya"]
    house.alter("child", bram, deleted=True)
    assert "Bram Wit" not in house.names()
    assert queries.child(house.db, bram) is None
    assert day_queries.roster(house.db, DAY, ZONE, only=(bram,)) == ()
    for table, id in house.db.execute(
        "SELECT 'care_fact', id FROM care_fact WHERE child_id = :aya UNION ALL"
        " SELECT 'guardianship', id FROM guardianship WHERE child_id = :aya UNION ALL"
        " SELECT 'slot', id FROM slot WHERE child_id = :aya",
        {"aya": aya},
    ).fetchall():
        house.alter(table, id, deleted=True)
    day = house.day("Aya")
    assert (day.facts, day.slot) == ((), None)
    assert queries.guardianships(house.db, (aya,)) == ()
    entry = house.entry("Aya", "note", "09:00")
    house.alter("entry", entry, deleted=True)
    assert house.day("Aya").entries == ()
    assert day_queries.entry(house.db, entry, ZONE) is None


def test_a_child_of_another_group_is_not_among_these(house: House) -> None:
    house.alter("child", house.people.children["Bram"], group_id=house.people.groups["Uilen"])
    assert house.names(group="Vlinders") == ["Aya Bakker", "Emma Jansen", "Emma Visser", "Søren Østergård"]
    assert house.names(group="Uilen") == ["Bram Wit", "Noor El Amrani"]


# What stands beside a child.


def test_everything_to_mind_is_beside_its_own_child(house: House) -> None:
    house.entry("Emma", "note", "09:00", text="of Emma Jansen")
    house.entry("Emma Visser", "note", "08:00", text="of Emma Visser")
    days = {one.child.full_name: one for one in day_queries.roster(house.db, DAY, ZONE)}
    assert [fact.text for fact in days["Aya Bakker"].facts] == ["koemelk"]
    assert [fact.text for fact in days["Emma Jansen"].facts] == ["noten"]
    assert [entry.text for entry in days["Emma Jansen"].entries] == ["of Emma Jansen"]
    assert [entry.text for entry in days["Emma Visser"].entries] == ["of Emma Visser"]
    assert days["Emma Visser"].facts == ()
    (held,) = days["Aya Bakker"].restrictions
    assert (held.kind, held.reason, held.author, held.relation) == ("contact", "court order", "Marit", "father")
    assert held.guardian_id == house.people.guardians["Tom Bakker"]
    assert [(one.scope, one.given) for one in days["Bram de Wit"].consents] == [("photo_own_portal", False)]
    assert days["Bram de Wit"].slot is not None
    assert (days["Bram de Wit"].slot.weekday, days["Bram de Wit"].slot.start) == (5, time(8))


def test_a_restriction_holds_until_it_is_lifted(house: House) -> None:
    (held,) = house.day("Aya").restrictions
    house.alter("restriction", held.id, lifted_on="2026-11-19", lifted_by="Marit")
    assert house.day("Aya").restrictions == ()
    everybody = house.put(
        "restriction", child_id=house.people.children["Aya"], kind="address", since="2026-01-01", author="Marit"
    )
    (held,) = house.day("Aya").restrictions
    assert (held.id, held.guardian_id, held.relation) == (everybody, None, "")


def test_guardians_are_in_the_order_to_call(house: House) -> None:
    aya = house.people.children["Aya"]
    grandma = house.put("guardian", name="Oma", phone="06-1")
    house.put("guardianship", child_id=aya, guardian_id=grandma, relation="grandmother", rank=0, may_pick_up=False)
    found = queries.guardianships(house.db, (aya,))
    assert [(one.guardian.name, one.may_pick_up) for one in found] == [
        ("Oma", False), ("Sara Bakker", True), ("Tom Bakker", True),
    ]  # fmt: skip


# The log.


def test_entries_are_by_start_and_of_their_day(house: House) -> None:
    house.entry("Aya", "nappy", "11:00", detail={"content": "wet"})
    house.entry("Aya", "arrival", "08:02")
    house.entry("Aya", "sleep", "09:00", "10:00")
    house.entry("Aya", "bottle", "12:00", amount=150.0, unit="ml", detail={"offered": 210.0}, day=DAY - timedelta(1))
    assert [one.kind for one in house.day("Aya").entries] == ["arrival", "sleep", "nappy"]
    (bottle,) = day_queries.child_day(house.db, house.people.children["Aya"], DAY - timedelta(1), ZONE)
    assert (bottle.amount, bottle.unit, bottle.detail) == (150.0, "ml", {"offered": 210.0})
    week = day_queries.week(house.db, house.people.children["Aya"], DAY, ZONE)
    assert [(day.isoweekday(), len(entries)) for day, entries in week] == [(1, 0), (2, 0), (3, 0), (4, 1), (5, 3)]


def test_a_week_up_to_a_weekend_day_has_that_day(house: House) -> None:
    saturday = DAY + timedelta(1)
    week = day_queries.week(house.db, house.people.children["Aya"], saturday, ZONE)
    assert [day.isoweekday() for day, _ in week] == [2, 3, 4, 5, 6]


@pytest.mark.parametrize(
    ("log", "absences", "now", "expected"),
    [
        ([], [], "07:59", "expected"),
        ([], [], "08:00", "unreported"),
        ([("arrival", "08:02")], [], "09:00", "in"),
        ([("arrival", "08:02"), ("departure", "11:00")], [], "12:00", "out"),
        ([("arrival", "08:02"), ("departure", "11:00"), ("arrival", "12:00")], [], "12:30", "in"),
        ([("arrival", "08:02"), ("departure", "08:02")], [], "09:00", "out"),
        ([("note", "08:02")], [], "09:00", "unreported"),
        ([], [("sick", "2026-11-20", None)], "09:00", "absent"),
        ([], [("sick", "2026-11-16", None)], "09:00", "absent"),
        ([], [("sick", "2026-11-16", "2026-11-19")], "09:00", "unreported"),
        ([], [("sick", "2026-11-16", "2026-11-20")], "09:00", "absent"),
        ([], [("sick", "2026-11-21", None)], "09:00", "unreported"),
        ([], [("holiday", "2026-11-16", "2026-11-27")], "09:00", "absent"),
        ([], [("holiday", "2026-11-19", None)], "09:00", "unreported"),
        ([], [("holiday", "2026-11-20", None)], "09:00", "absent"),
        ([("arrival", "08:02")], [("sick", "2026-11-20", None)], "09:00", "in"),
        ([], [("late", "2026-11-20", "2026-11-20")], "09:00", "unreported"),
    ],
)
def test_presence(
    house: House, log: list[tuple[str, str]], absences: list[tuple[str, str, str | None]], now: str, expected: str
) -> None:
    for kind, start in log:
        house.entry("Aya", kind, start)
    for kind, first, last in absences:
        house.absence("Aya", kind, first, last)
    assert house.day("Aya").presence(at(now)) == expected


def test_better_ends_a_sickness_and_a_refused_request_keeps_nobody_away(house: House) -> None:
    house.absence("Aya", "sick", "2026-11-16")
    house.absence("Aya", "better", "2026-11-20", reported_at=int(at("07:30").timestamp()))
    assert house.day("Aya").presence(NINE) == "unreported"
    assert house.day("Aya", DAY - timedelta(1)).presence(NINE - timedelta(1)) == "absent"
    house.absence("Bram", "holiday", "2026-11-20", "2026-11-20", state="refused", nature="request")
    house.absence("Emma", "holiday", "2026-11-20", "2026-11-20", state="withdrawn")
    assert house.day("Bram").presence(NINE) == "unreported"
    assert house.day("Emma").presence(NINE) == "unreported"


def test_who_is_not_booked_is_not_expected_and_is_there_all_the_same(house: House) -> None:
    for (id,) in house.db.execute(
        "SELECT id FROM slot WHERE weekday = 5 AND child_id = ?", (house.people.children["Aya"],)
    ).fetchall():
        house.alter("slot", id, deleted=True)
    assert house.day("Aya").presence(NINE) == "not_expected"
    assert "Aya Bakker" in house.names()
    assert house.day("Aya", DAY - timedelta(1)).presence(NINE - timedelta(1)) == "unreported"


# The journal, read.


def test_history_is_oldest_first_and_bounded(house: House) -> None:
    entry = house.entry("Aya", "note", "09:00", text="one")
    for text in ("two", "three"):
        house.alter("entry", entry, text=text)
    changes = history.of_record(house.db, entry, ZONE)
    assert [(one.rev, one.by, one.new["text"]) for one in changes] == [
        (1, "Ina", "one"), (2, "Ina", "two"), (3, "Ina", "three"),
    ]  # fmt: skip
    assert changes[0].old is None
    last = history.of_child(house.db, house.people.children["Aya"], ZONE, limit=2)
    assert [one.new["text"] for one in last] == ["two", "three"]


# Text is only text.


@pytest.mark.parametrize(
    "text",
    [
        "'; DROP TABLE child; --", '" OR 1=1 --', "%", "_", "x' OR 'x'='x", "NULL", "?", ":day", "\\", "0x41", "a;b",
        "--", "/*", "Robert'); DELETE FROM journal;--", "[/]", "{}", "%s", "🙂' OR 1",
    ],
)  # fmt: skip
def test_sql_in_a_name_or_a_note_is_a_name_or_a_note(house: House, text: str) -> None:
    vlinders = house.people.groups["Vlinders"]
    tables = house.db.execute("SELECT count(*) FROM sqlite_master").fetchone()
    child = house.put("child", given_name=text, surname=text, group_id=vlinders)
    guardian = house.put("guardian", name=text, phone=text)
    house.put("guardianship", child_id=child, guardian_id=guardian, relation=text)
    house.put("care_fact", child_id=child, kind="allergy", text=text)
    house.entry("Aya", "note", "09:00", text=text, detail={"x": text})
    (day,) = day_queries.roster(house.db, DAY, ZONE, only=(child,))
    assert (day.child.given_name, day.facts[0].text) == (text, text)
    (guardianship,) = queries.guardianships(house.db, (child,))
    assert (guardianship.guardian.name, guardianship.relation) == (text, text)
    (note,) = house.day("Aya").entries
    assert (note.text, note.detail) == (text, {"x": text})
    assert len(house.names()) == 7
    # a hostile id finds nothing and harms nothing
    assert queries.child(house.db, text) is None
    assert day_queries.entry(house.db, text, ZONE) is None
    assert day_queries.roster(house.db, DAY, ZONE, text) == ()
    assert history.of_record(house.db, text, ZONE) == ()
    assert house.db.execute("SELECT count(*) FROM sqlite_master").fetchone() == tables


def test_every_question_of_a_day_is_bounded_by_an_index(house: House) -> None:
    """Ten years of history cost what one day costs: no table that grows is walked through."""
    seen: list[str] = []
    house.db.set_trace_callback(seen.append)
    aya = house.people.children["Aya"]
    day_queries.roster(house.db, DAY, ZONE)
    day_queries.week(house.db, aya, DAY, ZONE)
    day_queries.child_day(house.db, aya, DAY, ZONE)
    history.of_record(house.db, aya, ZONE)
    history.of_child(house.db, aya, ZONE)
    history.last_undoable(house.db, house.actor.staff_id)
    history.last_undoable(house.db, None)
    history.last_redoable(house.db, house.actor.staff_id)
    house.db.set_trace_callback(None)
    assert len(seen) > 10
    for statement in seen:
        plan = [row[3] for row in house.db.execute(f"EXPLAIN QUERY PLAN {statement}")]
        for step in plan:
            walked = step.removeprefix("SCAN ").split()[0] if step.startswith("SCAN ") else ""
            assert walked not in ("e", "entry", "a", "absence", "j", "journal", "m", "message"), (statement, plan)


def test_the_location_its_groups_and_staff(house: House) -> None:
    place = queries.location(house.db)
    assert (place.name, place.profile) == ("De Tuin", "bitcare")
    assert queries.zone_of(place) == ZONE
    assert [(one.name, one.kind, one.age_from, one.age_to) for one in queries.groups(house.db)] == [
        ("Uilen", "after_school", 4, 13), ("Vlinders", "day_care", 0, 4),
    ]  # fmt: skip
    assert [(one.name, one.role) for one in queries.staff(house.db)] == [
        ("Ina", "worker"), ("Jayne", "worker"), ("Marit", "manager"),
    ]  # fmt: skip


def test_the_other_children_are_those_elsewhere_and_who_left_within_a_year(
    store: Store, ina: Actor, people: People
) -> None:
    day = DAY
    here = {people.children["Aya"]}
    for name, column, value in (
        ("Bram", "last_day", "2026-09-03"),
        ("Emma", "last_day", "2025-11-19"),
        ("Emma Visser", "last_day", "2025-11-20"),
        ("Søren", "first_day", "2026-12-01"),
    ):
        store.call(alter, ina, "child", people.children[name], **{column: value})
    found = {one.id: one for one in other_children(store.reader, day, here)}
    assert set(found) == {people.children[name] for name in ("Bram", "Emma Visser", "Søren", "Noor")}
    noor, bram, soren = (found[people.children[name]] for name in ("Noor", "Bram", "Søren"))
    assert (noor.full_name, noor.group, noor.placed) == ("Noor El Amrani", "Uilen", True)
    assert (bram.full_name, bram.last_day, bram.placed) == ("Bram de Wit", date(2026, 9, 3), False)
    assert (soren.first_day, soren.placed) == (date(2026, 12, 1), False)
    before = {one.id: one for one in other_children(store.reader, date(2026, 9, 3), here)}
    assert before[bram.id].placed, "on her last day she was here"
