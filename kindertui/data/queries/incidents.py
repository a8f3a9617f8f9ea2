"""The incidents of a day in which a child was involved."""

from datetime import date
from zoneinfo import ZoneInfo

from kindertui.data.connection import Connection
from kindertui.data.queries import day as day_queries
from kindertui.domain.daylog import Entry


def of_child(db: Connection, child_id: str, day: date, zone: ZoneInfo) -> tuple[Entry, ...]:
    """What happened to the child on a day, and what happened to others in which it was involved, by start."""
    rows = db.execute(
        "SELECT e.id FROM entry e WHERE e.day = ? AND e.kind = 'incident' AND NOT e.deleted AND (e.child_id = ?"
        " OR EXISTS (SELECT 1 FROM json_each(e.detail, '$.others') o WHERE o.value = ?)) ORDER BY e.start, e.id",
        (day.isoformat(), child_id, child_id),
    )
    return day_queries.by_id(db, tuple(row[0] for row in rows), zone)
