"""Taking back and doing again: an act is read from the journal and its changes are set back, as an act of its own."""

from kindertui.data import models
from kindertui.data.act import Tx
from kindertui.data.queries import history
from kindertui.domain.faults import Refused
from kindertui.domain.history import Act

ANYTHING = "*"  # said yes to beforehand, whatever it is


def undo(tx: Tx, *, anybody: bool = False, confirmed: str = "") -> Act:
    """Takes back the last act of the actor that still stands (of anybody, on request).

    What a file brought is taken back only on purpose: it is refused with `undo_of_file` (act: its id), and `confirmed`
    is that id once somebody said yes to it. The two are one question about one act, asked in here, where no other act
    can come between: a second key in the same moment finds what the first one left. ANYTHING is a yes to any act.

    Raises Refused `nothing_to_undo`, `undo_of_file`, `undo_other_since` when another act than the confirmed one would
    be taken back by now, or `undo_changed_since` when somebody changed one of its records after it: then nothing is
    taken back.
    """
    act = history.last_undoable(tx.connection, None if anybody else tx.actor.staff_id, tx.zone)
    if act is None:
        raise Refused("nothing_to_undo")
    if confirmed not in ("", ANYTHING, act.id):
        raise Refused("undo_other_since")
    if not confirmed and history.of_a_file(tx.connection, act):
        raise Refused("undo_of_file", act=act.id)
    _set_back(tx, act)
    return act


def redo(tx: Tx) -> Act:
    """Does the last act that was taken back again; raises Refused `nothing_to_redo` or `undo_changed_since`.

    What a file brought comes back unasked: nothing goes away by it.
    """
    act = history.last_redoable(tx.connection, tx.actor.staff_id, tx.zone)
    if act is None:
        raise Refused("nothing_to_redo")
    _set_back(tx, act)
    return act


def _set_back(tx: Tx, act: Act) -> None:
    tx.undoing(act.id)  # before the first row is written, so that every row says it
    for change in reversed(history.of_act(tx.connection, act.id, tx.zone)):
        record = tx.get(models.RECORDS[change.kind], change.record_id)
        if record is None:
            raise Refused("undo_changed_since", change.child_id or "", by=change.by)
        now = record.model_dump()
        ours = {name: value for name, value in change.new.items() if name not in ("id", "rev")}
        if any(now[name] != value for name, value in ours.items()):
            last = history.of_record(tx.connection, change.record_id, tx.zone)[-1]
            raise Refused("undo_changed_since", change.child_id or "", by=last.by, at=f"{last.at:%H:%M}")
        before = {"deleted": True} if change.old is None else dict(change.old)
        before.pop("rev", None)
        tx.change(record, **before)
