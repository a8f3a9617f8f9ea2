"""The care notes of one child, with the restrictions that were lifted."""

from datetime import date

from kindertui.data import queries
from kindertui.data.connection import Connection
from kindertui.data.queries import some_date
from kindertui.domain.care_notes import CareNotes
from kindertui.domain.people import Restriction


def care_notes(db: Connection, child_id: str) -> CareNotes | None:
    """Everything to know in caring for a child; None for a child that is not there."""
    child = queries.child(db, child_id)
    if child is None:
        return None
    ids = (child_id,)
    return CareNotes(
        child=child,
        facts=queries.care_facts(db, ids),
        consents=queries.consents(db, ids),
        restrictions=restrictions(db, child_id),
        agreements=queries.agreements(db, ids),
        guardians=queries.guardianships(db, ids),
        pick_ups=queries.pick_ups(db, ids),
    )


def restrictions(db: Connection, child_id: str) -> tuple[Restriction, ...]:
    """Every restriction there was on a child: those in force first, by day, then the lifted ones."""
    rows = db.execute(
        "SELECT r.id, r.child_id, r.guardian_id, r.kind, r.reason, r.since, r.author, coalesce(s.relation, ''),"
        " r.lifted_on, coalesce(r.lifted_by, '') FROM restriction r LEFT JOIN guardianship s"
        " ON s.child_id = r.child_id AND s.guardian_id = r.guardian_id AND NOT s.deleted"
        " WHERE r.child_id = ? AND NOT r.deleted ORDER BY r.lifted_on IS NOT NULL, r.since, r.id",
        (child_id,),
    )
    return tuple(
        Restriction(
            id, child, guardian, kind, reason, date.fromisoformat(since), author, relation, some_date(lifted), by
        )
        for id, child, guardian, kind, reason, since, author, relation, lifted, by in rows
    )
