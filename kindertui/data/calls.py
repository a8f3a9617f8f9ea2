"""Writing down what came of a phone call to a guardian."""

from kindertui.data import models
from kindertui.data.act import Tx
from kindertui.data.queries import absences as queries
from kindertui.data.queries import guardianships, restrictions
from kindertui.domain.audience import holding
from kindertui.domain.calls import Call, Outcome
from kindertui.domain.faults import Refused

# Rules of Refused raised here; phrases/attendance.py has a sentence for each.
RULES: frozenset[str] = frozenset({"call_unknown", "call_held_back"})


def called(tx: Tx, child_id: str, guardian_id: str, outcome: Outcome) -> Call:
    """One try, now, by whoever acts.

    Raises Refused `call_unknown` for somebody who is no guardian of this child, `call_held_back` for one who is kept
    from the child: nobody is to phone them, so no call of theirs is written down either.
    """
    db = tx.connection
    if not any(one.guardian.id == guardian_id for one in guardianships(db, (child_id,))):
        raise Refused("call_unknown", child_id)
    if holding(child_id, guardian_id, restrictions(db, (child_id,))) is not None:
        raise Refused("call_held_back", child_id)
    day = tx.local_now.date()
    record = tx.add(
        models.Call,
        child_id=child_id,
        guardian_id=guardian_id,
        day=day.isoformat(),
        at=tx.at,
        outcome=outcome,
        by_id=tx.actor.staff_id,
    )
    return next(one for one in queries.calls(tx.connection, (child_id,), day, tx.zone) if one.id == record.id)
