"""What must be minded about a child, by hand: each act journaled, a restriction lifted by a manager and nobody else."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from kindertui.data import agreements, care_notes, queries
from kindertui.data.act import Actor
from kindertui.data.queries import care_notes as read
from kindertui.data.queries import history
from kindertui.data.roster import take_in
from kindertui.data.store import Store
from kindertui.data.undo import redo, undo
from kindertui.domain.care_notes import CareNotes
from kindertui.domain.faults import Refused
from kindertui.domain.intake_roster import RosterFile
from kindertui.domain.people import Agreement, PickUp
from kindertui.phrases.care_notes import refusals
from kindertui.portal.readers import read_bytes
from tests.conftest import People
from tests.screens.acting import ZONE
from tests.today import today

YEAR = today().year


@pytest.fixture
def marit(people: People) -> Actor:
    return Actor(people.staff["Marit"], "Marit", "test:3")


@pytest.fixture
def aya(people: People) -> str:
    return people.children["Aya"]


def of(store: Store, child_id: str) -> CareNotes:
    found = read.care_notes(store.reader, child_id)
    assert found is not None
    return found


def refused(rule: str, act: Callable[[], object]) -> None:
    with pytest.raises(Refused) as raised:
        act()
    assert raised.value.rule == rule


def roster(name: str, born: str, **fields: str) -> RosterFile:
    head, row = ("given_name", "surname", "birth_date", *fields), (*name.split(" ", 1), born, *fields.values())
    file = read_bytes("\n".join((";".join(head), ";".join(row))).encode(), today=today())
    assert file.refused == ()
    return file


def test_every_rule_has_a_sentence() -> None:
    elsewhere = {"child_unknown", "changed_meanwhile", "text_too_long", "text_not_unicode"}
    assert refusals().keys() | elsewhere == care_notes.RULES | agreements.RULES


def test_a_fact_is_added_corrected_and_taken_away_each_one_act_that_can_be_undone(
    store: Store, ina: Actor, aya: str
) -> None:
    made = store.call(care_notes.add_fact, ina, aya, "diet", " geen varkensvlees ")
    assert made.text == "geen varkensvlees" and made in of(store, aya).facts
    now = store.call(care_notes.change_fact, ina, made, "halal")
    refused("changed_meanwhile", lambda: store.call(care_notes.change_fact, ina, made, "vegan"))
    refused("changed_meanwhile", lambda: store.call(care_notes.remove_fact, ina, made))
    store.call(care_notes.remove_fact, ina, now)
    assert now not in of(store, aya).facts
    refused("changed_meanwhile", lambda: store.call(care_notes.remove_fact, ina, now))
    changes = history.of_record(store.reader, made.id, ZONE)
    assert [(one.verb, one.by, one.child_id) for one in changes] == [
        ("add_fact", "Ina", aya), ("change_fact", "Ina", aya), ("remove_fact", "Ina", aya),
    ]  # fmt: skip
    store.call(undo, ina)
    assert now in of(store, aya).facts
    refused("fact_missing", lambda: store.call(care_notes.add_fact, ina, aya, "diet", "  "))
    refused("fact_twice", lambda: store.call(care_notes.add_fact, ina, aya, "allergy", "Koemelk"))
    store.call(care_notes.add_fact, ina, aya, "diet", "vegan")
    refused("fact_twice", lambda: store.call(care_notes.change_fact, ina, now, " VEGAN "))
    refused("text_too_long", lambda: store.call(care_notes.add_fact, ina, aya, "diet", "x" * 5000))
    refused("child_unknown", lambda: store.call(care_notes.add_fact, ina, "nobody", "diet", "x"))


def test_an_answer_about_photos_is_kept_with_its_day_and_no_import_changes_it(
    store: Store, ina: Actor, people: People
) -> None:
    fenna = roster("Fenna Dijkema", f"{YEAR - 2}-02-03", group="Vlinders", consents="own|public")
    take_in(store, ina, [fenna])
    child = next(one for one in queries.children(store.reader) if one.given_name == "Fenna").id
    answered = store.call(care_notes.set_consent, ina, child, "photo_own_portal", given=False)
    assert (answered.given, answered.since, answered.source) == (False, today(), "manual")
    assert len(of(store, child).consents) == 2  # one answer a scope, corrected and not added
    (report,) = take_in(store, ina, [fenna])
    assert report.kept_consents == 1
    now = of(store, child).consent("photo_own_portal")
    assert now is not None and not now.given
    # the same answer again, by a person: from now on it is a person's word, and the file cannot turn it either
    store.call(care_notes.set_consent, ina, child, "photo_public", given=True)
    take_in(store, ina, [roster("Fenna Dijkema", f"{YEAR - 2}-02-03", group="Vlinders", consents="no public")])
    public = of(store, child).consent("photo_public")
    assert public is not None and public.given and public.source == "manual"
    rows = store.reader.execute("SELECT count(*) FROM journal").fetchone()
    store.call(care_notes.set_consent, ina, child, "photo_public", given=True)
    assert store.reader.execute("SELECT count(*) FROM journal").fetchone() == rows  # nothing new was said
    assert store.call(care_notes.set_consent, ina, people.children["Noor"], "photo_internal", given=True).given


def test_anybody_may_hold_somebody_back_and_its_author_stands_with_it(
    store: Store, ina: Actor, aya: str, people: People
) -> None:
    sara, lies = people.guardians["Sara Bakker"], people.guardians["Lies de Wit"]
    day = today() - timedelta(days=3)
    made = store.call(care_notes.add_restriction, ina, aya, sara, "pick_up", "beschikking", day)
    assert (made.author, made.since, made.reason, made.relation) == ("Ina", day, "beschikking", "mother")
    assert queries.restrictions(store.reader, (aya,))[-1] == made
    secret = store.call(care_notes.add_restriction, ina, aya, None, "address", "geheim", today())
    assert secret.guardian_id is None
    refused("restriction_twice", lambda: store.call(care_notes.add_restriction, ina, aya, sara, "pick_up", "x", day))
    refused("reason_needed", lambda: store.call(care_notes.add_restriction, ina, aya, sara, "contact", " ", day))
    refused("guardian_unknown", lambda: store.call(care_notes.add_restriction, ina, aya, lies, "contact", "x", day))
    refused(
        "since_to_come",
        lambda: store.call(care_notes.add_restriction, ina, aya, sara, "contact", "x", today() + timedelta(1)),
    )
    store.call(undo, ina)  # a person's own slip
    assert queries.restrictions(store.reader, (aya,))[-1] == made


def test_only_a_manager_lifts_a_restriction_and_says_why(
    store: Store, ina: Actor, marit: Actor, aya: str, people: People
) -> None:
    (order,) = queries.restrictions(store.reader, (aya,))
    refused("lift_manager_only", lambda: store.call(care_notes.lift_restriction, ina, order, "het mag weer"))
    # who only bears a manager's name is none: the staff list decides
    machine = Actor("system", "Marit", "test:9")
    refused("lift_manager_only", lambda: store.call(care_notes.lift_restriction, machine, order, "het mag weer"))
    refused("reason_needed", lambda: store.call(care_notes.lift_restriction, marit, order, " "))
    assert queries.restrictions(store.reader, (aya,)) == (order,)
    lifted = store.call(care_notes.lift_restriction, marit, order, "uitspraak van mei")
    assert (lifted.lifted_on, lifted.lifted_by) == (today(), "Marit")
    assert lifted.reason == "court order · uitspraak van mei"
    assert queries.restrictions(store.reader, (aya,)) == () and of(store, aya).restrictions == (lifted,)
    refused("restriction_lifted", lambda: store.call(care_notes.lift_restriction, marit, lifted, "x"))
    refused("changed_meanwhile", lambda: store.call(care_notes.lift_restriction, marit, order, "x"))
    refused("nothing_to_undo", lambda: store.call(undo, ina))  # nor does a worker's ctrl+z reach a manager's act
    store.call(undo, marit)
    assert queries.restrictions(store.reader, (aya,)) == (order,)
    refused("nothing_to_redo", lambda: store.call(redo, ina))


def test_a_medicine_is_agreed_to_corrected_and_ended(store: Store, ina: Actor, aya: str) -> None:
    filled = Agreement("", aya, "paracetamol", date(YEAR, 1, 5), None, 360, "5 ml", "Sara Bakker")
    made = store.call(agreements.add_agreement, ina, filled)
    assert (made.medicine, made.apart, made.agreed_by, made.covers(today())) == (
        "paracetamol",
        360,
        "Sara Bakker",
        True,
    )
    changed = store.call(agreements.change_agreement, ina, made, replace(filled, dose="2,5 ml"))
    assert changed.dose == "2,5 ml"
    refused("changed_meanwhile", lambda: store.call(agreements.end_agreement, ina, made))
    ended = store.call(agreements.end_agreement, ina, changed)
    assert ended.last_day == today() - timedelta(days=1) and not ended.covers(today())
    refused("agreement_over", lambda: store.call(agreements.end_agreement, ina, ended))
    new = store.call(agreements.add_agreement, ina, replace(filled, first_day=today()))
    store.call(agreements.end_agreement, ina, new)  # it never held before today: it is gone
    assert of(store, aya).agreements == (ended,)
    for rule, wrong in (
        ("medicine_missing", replace(filled, medicine=" ")), ("agreed_by_missing", replace(filled, agreed_by="")),
        ("particular_days_reversed", replace(filled, last_day=date(YEAR, 1, 4))),
        ("text_too_long", replace(filled, medicine="x" * 400)), ("child_unknown", replace(filled, child_id="nobody")),
    ):  # fmt: skip
        refused(rule, lambda wrong=wrong: store.call(agreements.add_agreement, ina, wrong))  # type: ignore[misc]


def test_who_may_fetch_is_added_corrected_and_taken_away_and_is_nobody_held_back(
    store: Store, ina: Actor, aya: str
) -> None:
    def may(name: str, **values: Any) -> PickUp:
        return PickUp("", aya, name, **values)

    made = store.call(agreements.add_pick_up, ina, may(" Oma Bep ", relation="grandmother", phone="06-1"))
    assert (made.name, made.first_day, made.last_day) == ("Oma Bep", None, None)
    now = store.call(agreements.change_pick_up, ina, made, may("Oma Bep", last_day=today()))
    assert now.last_day == today() and now.phone == ""
    refused("changed_meanwhile", lambda: store.call(agreements.change_pick_up, ina, made, may("Oma Bep")))
    refused("pick_up_held_back", lambda: store.call(agreements.change_pick_up, ina, now, may("Tom Bakker")))
    for rule, wrong in (
        ("pick_up_twice", may("oma  bep")), ("pick_up_held_back", may("tom bakker")), ("pick_up_missing", may("")),
        ("particular_days_reversed", may("Opa", first_day=date(YEAR, 2, 2), last_day=date(YEAR, 2, 1))),
        ("child_unknown", PickUp("", "nobody", "Opa")),
    ):  # fmt: skip
        refused(rule, lambda wrong=wrong: store.call(agreements.add_pick_up, ina, wrong))  # type: ignore[misc]
    store.call(agreements.remove_pick_up, ina, now)
    assert of(store, aya).pick_ups == ()
    refused("changed_meanwhile", lambda: store.call(agreements.remove_pick_up, ina, now))
    assert store.call(undo, ina).kinds == ("pick_up",)
    assert of(store, aya).pick_ups == (now,)
