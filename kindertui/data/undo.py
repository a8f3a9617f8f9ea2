"""Taking back and doing again: an act is read from the journal and its changes are set back, as an act of its own."""

from zoneinfo import ZoneInfo

from kindertui.data.queries import history, location
from kindertui.data.store import Tx
from kindertui.domain.faults import Refused
from kindertui.domain.history import Act


def undo(tx: Tx, *, anybody: bool = False) -> Act:
    """Takes back the last act of the actor that still stands (of anybody, on request).

    Raises Refused `nothing_to_undo`, or `undo_changed_since` when somebody changed one of its records after it: then
    nothing is taken back.
    """
    zone = ZoneInfo(location(tx.connection).timezone)
    act = history.last_undoable(tx.connection, None if anybody else tx.actor.staff_id, zone)
    if act is None:
        raise Refused("nothing_to_undo")
    _set_back(tx, act, zone)
    return act


def redo(tx: Tx) -> Act:
    """Does the last act that was taken back again; raises Refused `nothing_to_redo` or `undo_changed_since`."""
    zone = ZoneInfo(location(tx.connection).timezone)
    act = history.last_redoable(tx.connection, tx.actor.staff_id, zone)
    if act is None:
        raise Refused("nothing_to_redo")
    _set_back(tx, act, zone)
    return act


def _set_back(tx: Tx, act: Act, zone: ZoneInfo) -> None:
    from kindertui.data.models import RECORDS

    tx.undoing(act.id)  # before the first row is written, so that every row says it
    for change in reversed(history.of_act(tx.connection, act.id, zone)):
        record = tx.get(RECORDS[change.kind], change.record_id)
        if record is None:
            raise Refused("undo_changed_since", change.child_id or "", by=change.by)
        now = record.model_dump()
        ours = {name: value for name, value in change.new.items() if name not in ("id", "rev")}
        if any(now[name] != value for name, value in ours.items()):
            last = history.of_record(tx.connection, change.record_id, zone)[-1]
            raise Refused("undo_changed_since", change.child_id or "", by=last.by, at=f"{last.at:%H:%M}")
        before = {"deleted": True} if change.old is None else dict(change.old)
        before.pop("rev", None)
        tx.change(record, **before)
