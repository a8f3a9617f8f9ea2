"""What is read from the journal: the change of one record, and an act that can be undone."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from msgspec import Struct


class JournalRow(Struct, frozen=True):
    """One change of one record. `old` is None for a new record; otherwise both hold only the fields that changed."""

    seq: int
    act: str
    verb: str
    at: datetime
    by: str
    workstation: str
    kind: str
    record_id: str
    child_id: str | None
    rev: int
    old: Mapping[str, Any] | None
    new: Mapping[str, Any]


class Act(Struct, frozen=True):
    """One undoable act: what was done, by whom, when, to how many records and which children.

    `verb` is the writer's name (add, change, …, undo, redo); `kinds` the kinds of log entry or record it touched.
    """

    id: str
    verb: str
    at: datetime
    by: str
    records: int
    children: tuple[str, ...]
    kinds: tuple[str, ...]
    undoes: str | None = None


def fold(changes: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """What a record is after its changes: `new` of each of its journal rows, in the order of their revisions."""
    record: dict[str, Any] = {}
    for new in changes:
        record |= new
    return record
