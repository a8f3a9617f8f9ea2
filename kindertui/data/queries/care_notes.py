"""The care notes of one child, with the restrictions that were lifted."""

from kindertui.data import queries
from kindertui.data.connection import Connection
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
    which = "r.child_id = ? AND NOT r.deleted ORDER BY r.lifted_on IS NOT NULL, r.since, r.id"
    return queries.values(Restriction, db.execute(f"{queries.RESTRICTIONS} WHERE {which}", (child_id,)))
