"""Sets records back to what they were before journal rows, for undo and for what a killed program left."""

import json
from collections.abc import Collection, Iterable

from msgspec import Struct

from kindertui.data import models, rows
from kindertui.data.act import Tx
from kindertui.data.connection import Connection
from kindertui.data.queries import history, location, zone_of
from kindertui.data.rows import Planned
from kindertui.domain.faults import Refused


class Change(Struct, frozen=True, array_like=True):
    """What one journal row did to one record; `old` (None: it added the record) and `new` as JSON."""

    seq: int
    kind: str
    record_id: str
    child_id: str | None
    old: str | None
    new: str


def changes_of(db: Connection, act: str, *, down_to: int | None = None, most: int = -1) -> list[Change]:
    """The rows of an act, newest first: those before `down_to`, so many at most."""
    found = db.execute(
        "SELECT seq, kind, record_id, child_id, old, new FROM journal WHERE act = ? AND (? IS NULL OR seq < ?)"
        " ORDER BY seq DESC LIMIT ?",
        (act, down_to, down_to, most),
    )
    return [Change(*row) for row in found]


def set_back(tx: Tx, changes: Iterable[Change], *, strictly: bool) -> None:
    """Sets the records back, newest row first; see `put_back`."""
    records = put_back(tx.connection, changes, strictly=strictly)
    tx.write(sorted(records, key=lambda one: str(one.model.__tablename__)))  # many of a table are one statement


def put_back(db: Connection, changes: Iterable[Change], *, strictly: bool) -> Collection[Planned]:
    """The records as they were, to be written: what a row added is marked deleted, what it changed is as it was.

    What somebody changed since keeps their value; `strictly` raises Refused `undo_changed_since` instead.
    """
    read: dict[str, Planned] = {}
    for change in changes:
        record = read.get(change.record_id)
        if record is None:
            (record,) = rows.read_rows(db, models.RECORDS[change.kind], "WHERE id = ?", change.record_id)
            read[change.record_id] = record
        after = json.loads(change.new)
        same = {name for name, value in after.items() if record.values[name] == value}
        if strictly and not same >= after.keys() - {"id", "rev"}:
            last = history.of_record(db, change.record_id, zone_of(location(db)))[-1]
            raise Refused("undo_changed_since", change.child_id or "", by=last.by, at=f"{last.at:%H:%M}")
        before = {"deleted": True} if change.old is None else json.loads(change.old)
        record.change(**{name: value for name, value in before.items() if name in same and name != "rev"})
    return read.values()
