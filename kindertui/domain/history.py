"""What the journal tells: one change of one record, and one act that can be taken back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from msgspec import Struct


class Change(Struct, frozen=True):
    """One journal row. `old` is None for a record that was new; otherwise only what changed stands in both."""

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
