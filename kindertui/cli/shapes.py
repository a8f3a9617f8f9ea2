"""The values of the domain as the contract's JSON: plain dicts, times as RFC 3339 with offset."""

from datetime import time
from typing import TYPE_CHECKING, Any

from kindertui.cli.printing import number

if TYPE_CHECKING:
    from kindertui.domain.absences import Absence
    from kindertui.domain.daylog import Entry
    from kindertui.domain.history import JournalRow
    from kindertui.domain.memos import Memo
    from kindertui.domain.menu import Menu
    from kindertui.domain.people import Child


def fields(value: object, names: str) -> dict[str, Any]:
    """The keys that are called as the value's own attributes, in the order of the contract."""
    return {name: getattr(value, name) for name in names.split()}


def entry(value: "Entry") -> dict[str, Any]:
    """One record of the day log, without its child."""
    found = fields(value, "id rev kind start end amount unit detail text by recorded_at share")
    return found | {"amount": number(value.amount), "detail": dict(value.detail)}


def menu(value: "Menu") -> dict[str, Any]:
    """What a meal of a day is; `group_id` null is everybody's."""
    return fields(value, "day group_id meal text")


def memo(value: "Memo") -> dict[str, Any]:
    """A memo without whose it is but for `group_id`: null of a child's, and of one of all groups."""
    return fields(value, "id group_id first_day until text by")


def absence(value: "Absence") -> dict[str, Any]:
    """One report or request; `late_by` in minutes, 0 or less on time, null without a deadline."""
    found = fields(
        value,
        "id rev kind first_day last_day start end channel reported_at reported_by text state nature decided_by deadline"
        " late_by reason decision_by decision_at",
    )
    return found | {"start": _clock(value.start), "end": _clock(value.end)}


def child(value: "Child", group: str | None) -> dict[str, Any]:
    """A child as `children` lists it; `group` is the name of its group."""
    names = fields(value, "given_name prefix surname birth_date group_id")
    return {"id": value.id, "name": value.full_name, **names, "group": group, **fields(value, "first_day last_day")}


def change(value: "JournalRow") -> dict[str, Any]:
    """One row of the journal; `old` is null for a new record, else both hold only what changed."""
    act = fields(value, "seq act verb at by workstation kind")
    return {**act, "record": value.record_id, **fields(value, "child_id rev old new")}


def _clock(value: time | None) -> str | None:
    return None if value is None else f"{value:%H:%M}"
