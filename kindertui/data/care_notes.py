"""Writing the care notes of a child: facts, photo consents, restrictions (medicines and pick-ups: agreements.py).

A writer that changes something is given what stood on the screen, and refuses with `changed_meanwhile` when that is no
longer so. Everything written here is a person's word (`source` manual): no import changes it.
"""

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from kindertui.data import models, queries
from kindertui.data.act import Tx
from kindertui.data.connection import Connection
from kindertui.data.queries import care_notes as read
from kindertui.data.queries import history
from kindertui.domain.faults import Refused
from kindertui.domain.people import (
    Agreement,
    CareFact,
    Consent,
    ConsentScope,
    FactKind,
    PickUp,
    Restriction,
    RestrictionKind,
)  # fmt: skip
from kindertui.domain.twice import noted_twice, restricted_twice

# Rules of Refused raised here; phrases/care_notes.py has a sentence for each.
RULES: frozenset[str] = frozenset(
    {
        "child_unknown", "guardian_unknown", "fact_missing", "fact_twice", "reason_needed", "since_to_come",
        "restriction_twice", "restriction_lifted", "lift_manager_only", "changed_meanwhile", "text_too_long",
        "text_not_unicode",
    }
)  # fmt: skip

T = TypeVar("T", CareFact, Restriction, Agreement, PickUp)


# -- facts -------------------------------------------------------------------------------------------------------


def add_fact(tx: Tx, child_id: str, kind: FactKind, text: str) -> CareFact:
    """An allergy, a diet, a health matter or a note. Raises Refused `child_unknown`, `fact_missing`, `fact_twice`."""
    known_child(tx, child_id)
    _judge_fact(tx, child_id, kind, text)
    return add(tx, CareFact, child_id, kind=kind, text=text.strip())


def change_fact(tx: Tx, shown: CareFact, text: str) -> CareFact:
    """Corrects a fact's words. Raises as `add_fact`, and `changed_meanwhile`."""
    record = as_shown(tx, shown)
    _judge_fact(tx, shown.child_id, shown.kind, text, but=shown.id)
    return change(tx, shown, record, text=text.strip(), source="manual")


def remove_fact(tx: Tx, shown: CareFact) -> CareFact:
    """Takes a fact away (marks it). Raises Refused `changed_meanwhile`."""
    tx.change(as_shown(tx, shown), deleted=True)
    return shown


def _judge_fact(tx: Tx, child_id: str, kind: FactKind, text: str, *, but: str = "") -> None:
    if not text.strip():
        raise Refused("fact_missing", child_id)
    new = CareFact("", child_id, kind, text)
    if any(one.id != but and noted_twice(new, one) for one in queries.care_facts(tx.connection, (child_id,))):
        raise Refused("fact_twice", child_id)


# -- photo consent -----------------------------------------------------------------------------------------------


def set_consent(tx: Tx, child_id: str, scope: ConsentScope, *, given: bool) -> Consent:
    """Writes down an answer about photos, as of today; it also stands from now on as a person's word where an import
    gave the same. Raises Refused `child_unknown`.
    """
    from sqlalchemy import select

    known_child(tx, child_id)
    said_on = tx.local_now.date().isoformat()
    standing = tx.session.scalars(
        select(models.Consent).where(
            models.Consent.child_id == child_id,  # type: ignore[arg-type]
            models.Consent.scope == scope,  # type: ignore[arg-type]
            models.Consent.deleted.is_(False),  # type: ignore[attr-defined]
        )
    ).all()
    for record in standing:
        if record.given == given and record.source != "import":
            continue  # said before: the day it was said stays
        tx.change(record, given=given, since=said_on, source="manual")
    if not standing:
        tx.keep(models.Consent, child_id, scope, child_id=child_id, scope=scope, given=given, since=said_on)
    return next(one for one in queries.consents(tx.connection, (child_id,)) if one.scope == scope)


# -- restrictions ------------------------------------------------------------------------------------------------


def add_restriction(
    tx: Tx, child_id: str, guardian_id: str | None, kind: RestrictionKind, reason: str, since: date
) -> Restriction:
    """What a guardian, or everybody (None), is kept from; anybody on the staff may add one, and is its author.

    Raises Refused `child_unknown`, `guardian_unknown`, `reason_needed`, `since_to_come`, `restriction_twice`.
    """
    known_child(tx, child_id)
    known = {one.guardian.id for one in queries.guardianships(tx.connection, (child_id,))}
    if guardian_id is not None and guardian_id not in known:
        raise Refused("guardian_unknown", child_id)
    if not reason.strip():
        raise Refused("reason_needed", child_id)
    if since > tx.local_now.date():
        raise Refused("since_to_come", child_id)  # it would hold at once, and say that it does not
    new = Restriction("", child_id, guardian_id, kind, reason, since, tx.actor.name)
    if any(restricted_twice(new, one) for one in queries.restrictions(tx.connection, (child_id,))):
        raise Refused("restriction_twice", child_id)
    # Taking this act back by undo takes the restriction away: that is its author's own act on their own slip, with
    # their name in the journal. A restriction of somebody else's making is lifted, by a manager.
    made = {"guardian_id": guardian_id, "kind": kind, "reason": reason, "since": since.isoformat()}
    return add(tx, Restriction, child_id, **made, author=tx.actor.name)


def lift_restriction(tx: Tx, shown: Restriction, reason: str) -> Restriction:
    """Ends a restriction, as of today: a manager's own act, with the reason, and of nothing else in the program.

    Why it was lifted is written behind why it was made; the journal has both apart. Raises Refused
    `lift_manager_only`, `reason_needed`, `restriction_lifted`, `changed_meanwhile`.
    """
    if not tx.by_manager:
        raise Refused("lift_manager_only", shown.child_id)
    if not reason.strip():
        raise Refused("reason_needed", shown.child_id)
    record = as_shown(tx, shown)
    if shown.lifted_on is not None:
        raise Refused("restriction_lifted", shown.child_id)
    both = " · ".join(part for part in (shown.reason, reason.strip()) if part)
    lifted_on = tx.local_now.date().isoformat()
    return change(tx, shown, record, reason=both, lifted_on=lifted_on, lifted_by=tx.actor.name)


# -- shared ------------------------------------------------------------------------------------------------------


def known_child(tx: Tx, child_id: str) -> None:
    """Raises Refused `child_unknown` for a child that is not there."""
    if queries.child(tx.connection, child_id) is None:
        raise Refused("child_unknown", child_id)


_STANDING: dict[type, Callable[[Connection, str], tuple[Any, ...]]] = {
    CareFact: lambda db, child_id: queries.care_facts(db, (child_id,)),
    Restriction: read.restrictions,
    Agreement: lambda db, child_id: queries.agreements(db, (child_id,)),
    PickUp: lambda db, child_id: queries.pick_ups(db, (child_id,)),
}


def _one(tx: Tx, kind: type[T], child_id: str, id: str) -> T:
    found: T = next(one for one in _STANDING[kind](tx.connection, child_id) if one.id == id)
    return found


def add(tx: Tx, kind: type[T], child_id: str, /, **values: Any) -> T:
    """Writes a new one. Raises Refused `text_too_long` or `text_not_unicode`."""
    with models.refused_texts(child_id):
        record = tx.add(getattr(models, kind.__name__), child_id=child_id, **values)
    return _one(tx, kind, child_id, record.id)


def change(tx: Tx, shown: T, record: "models.Record", /, **values: Any) -> T:
    """Changes the record that `as_shown` gave. Raises as `add`."""
    with models.refused_texts(shown.child_id):
        tx.change(record, **values)
    return _one(tx, type(shown), shown.child_id, shown.id)


def as_shown(tx: Tx, shown: T) -> "models.Record":
    """The record of what stood on the screen, if it still is what stood there; else Refused `changed_meanwhile`."""
    record: models.Record | None = tx.get(getattr(models, type(shown).__name__), shown.id)
    if record is None or shown not in _STANDING[type(shown)](tx.connection, shown.child_id):
        last = history.of_record(tx.connection, shown.id, tx.zone)[-1]
        raise Refused("changed_meanwhile", shown.child_id, by=last.by, at=f"{last.at:%H:%M}")
    return record
