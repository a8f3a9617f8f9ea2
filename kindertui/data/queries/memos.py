"""Memos in sight on a day. Each question is bounded by the day: none is longer than LONGEST days."""

from datetime import date, timedelta

from kindertui.data.connection import Connection
from kindertui.data.queries import marks, values
from kindertui.domain.memos import LONGEST, Memo

_MEMO = (
    "SELECT m.id, m.rev, m.child_id, m.group_id, m.first_day, m.until, m.text, coalesce(s.name, '')"
    " FROM memo m LEFT JOIN staff s ON s.id = m.by_id WHERE NOT m.deleted"
)
_IN_SIGHT = f"{_MEMO} AND m.until BETWEEN ? AND ? AND m.first_day <= ?"
_ORDER = "ORDER BY m.until, m.id"


def of_children(db: Connection, child_ids: tuple[str, ...], day: date) -> tuple[Memo, ...]:
    """The memos of these children that are in sight on a day, those that end first before the others."""
    sql = f"{_IN_SIGHT} AND m.child_id IN ({marks(child_ids)}) {_ORDER}"
    return values(Memo, db.execute(sql, (*_bounds(day), *child_ids)))


def of_groups(db: Connection, group_id: str | None, day: date) -> tuple[Memo, ...]:
    """The memos in sight on a day of a group, with those of all groups; for None those of every group."""
    sql = f"{_IN_SIGHT} AND m.child_id IS NULL AND (m.group_id = ? OR m.group_id IS NULL OR ? IS NULL) {_ORDER}"
    return values(Memo, db.execute(sql, (*_bounds(day), group_id, group_id)))


def memo(db: Connection, id: str) -> Memo | None:
    """One memo by id, over or not, unless it was taken away."""
    return next(iter(values(Memo, db.execute(f"{_MEMO} AND m.id = ?", (id,)))), None)


def _bounds(day: date) -> tuple[str, str, str]:
    return day.isoformat(), (day + timedelta(days=LONGEST)).isoformat(), day.isoformat()
