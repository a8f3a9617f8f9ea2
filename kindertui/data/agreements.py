"""Writing the agreements to give a medicine to a child, and who may fetch it besides its guardians.

As in care_notes.py, a writer that changes something is given what stood on the screen.
"""

from datetime import timedelta
from typing import Any

from kindertui.data import queries
from kindertui.data.act import Tx
from kindertui.data.care_notes import add, as_shown, change, known_child
from kindertui.domain.faults import Refused
from kindertui.domain.people import Agreement, PickUp, same_name
from kindertui.domain.twice import fetching_twice

# Rules of Refused raised here; phrases/care_notes.py has a sentence for each.
RULES: frozenset[str] = frozenset(
    {
        "child_unknown", "medicine_missing", "agreed_by_missing", "particular_days_reversed", "agreement_over",
        "pick_up_missing", "pick_up_twice", "pick_up_held_back", "changed_meanwhile", "text_too_long",
        "text_not_unicode",
    }
)  # fmt: skip


# -- medicines ---------------------------------------------------------------------------------------------------


def add_agreement(tx: Tx, agreed: Agreement) -> Agreement:
    """A guardian's consent to give a medicine, as it was filled in; the id is made here.

    Raises Refused `child_unknown`, `medicine_missing`, `agreed_by_missing`, `particular_days_reversed`, and
    `text_too_long` or `text_not_unicode` for a text.
    """
    known_child(tx, agreed.child_id)
    return add(tx, Agreement, agreed.child_id, **_agreed(agreed))


def change_agreement(tx: Tx, shown: Agreement, agreed: Agreement) -> Agreement:
    """Corrects an agreement to what was filled in. Raises as `add_agreement`, and `changed_meanwhile`."""
    return change(tx, shown, as_shown(tx, shown), **_agreed(agreed), source="manual")


def end_agreement(tx: Tx, shown: Agreement) -> Agreement:
    """From today on it holds no more: its last day was yesterday; one that had not begun by then is marked as gone.

    Raises Refused `agreement_over`, `changed_meanwhile`.
    """
    record = as_shown(tx, shown)
    yesterday = tx.local_now.date() - timedelta(days=1)
    if shown.last_day is not None and shown.last_day <= yesterday:
        raise Refused("agreement_over", shown.child_id)
    if shown.first_day > yesterday:
        tx.change(record, deleted=True)
        return shown
    return change(tx, shown, record, last_day=yesterday.isoformat())


def _agreed(agreed: Agreement) -> dict[str, Any]:
    if not agreed.medicine.strip():
        raise Refused("medicine_missing", agreed.child_id)
    if not agreed.agreed_by.strip():
        raise Refused("agreed_by_missing", agreed.child_id)
    return {
        "medicine": agreed.medicine.strip(),
        "dose": agreed.dose.strip(),
        "apart": agreed.apart,
        "agreed_by": agreed.agreed_by.strip(),
        **_days(agreed),
    }


# -- who may fetch -----------------------------------------------------------------------------------------------


def add_pick_up(tx: Tx, person: PickUp) -> PickUp:
    """Somebody who is no guardian and may fetch the child, as it was filled in; the id is made here.

    Raises Refused `child_unknown`, `pick_up_missing`, `pick_up_twice`, `pick_up_held_back` for a name that is a
    guardian's who is kept from the child, `particular_days_reversed`, and `text_too_long` or `text_not_unicode`.
    """
    known_child(tx, person.child_id)
    return add(tx, PickUp, person.child_id, **_fetching(tx, person))


def change_pick_up(tx: Tx, shown: PickUp, person: PickUp) -> PickUp:
    """Corrects a pick-up person to what was filled in. Raises as `add_pick_up`, and `changed_meanwhile`."""
    return change(tx, shown, as_shown(tx, shown), **_fetching(tx, person, but=shown.id), source="manual")


def remove_pick_up(tx: Tx, shown: PickUp) -> PickUp:
    """This person may not fetch the child any more (marks it). Raises Refused `changed_meanwhile`."""
    tx.change(as_shown(tx, shown), deleted=True)
    return shown


def _fetching(tx: Tx, person: PickUp, *, but: str = "") -> dict[str, Any]:
    child_id, name = person.child_id, person.name
    if not name.strip():
        raise Refused("pick_up_missing", child_id)
    days = _days(person)
    db = tx.connection
    held = {one.guardian_id for one in queries.restrictions(db, (child_id,)) if one.kind in ("contact", "pick_up")}
    for link in queries.guardianships(db, (child_id,)):
        # only a named restriction: one that holds for everybody keeps nobody in particular from the door
        kept = link.guardian.id in held or not link.may_pick_up
        if kept and same_name(link.guardian.name) == same_name(name):
            raise Refused("pick_up_held_back", child_id)
    if any(one.id != but and fetching_twice(person, one) for one in queries.pick_ups(db, (child_id,))):
        raise Refused("pick_up_twice", child_id)
    return {"name": name.strip(), "relation": person.relation.strip(), "phone": person.phone.strip(), **days}


def _days(one: Agreement | PickUp) -> dict[str, str | None]:
    first, last = one.first_day, one.last_day
    if first is not None and last is not None and last < first:
        raise Refused("particular_days_reversed", one.child_id)
    return {"first_day": first.isoformat() if first else None, "last_day": last.isoformat() if last else None}
