"""Questions about head counts."""

import json
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from kindertui.data.connection import Connection
from kindertui.data.queries import instant
from kindertui.domain.head_count import HeadCount

_COUNT = (
    "SELECT c.id, c.day, c.group_id, c.reason, c.expected, c.first, c.second, c.first_at, c.second_at, coalesce(s.name, '')"
    " FROM head_count c LEFT JOIN staff s ON s.id = c.by_id"
)


def of_day(db: Connection, day: date, zone: ZoneInfo) -> tuple[HeadCount, ...]:
    """The counts of a day, in the order they were made."""
    rows = db.execute(f"{_COUNT} WHERE c.day = ? AND NOT c.deleted ORDER BY c.second_at, c.id", (day.isoformat(),))
    return tuple(_count(row, zone) for row in rows)


def count(db: Connection, id: str, zone: ZoneInfo) -> HeadCount | None:
    """One count by id, unless it was taken back."""
    row = db.execute(f"{_COUNT} WHERE c.id = ? AND NOT c.deleted", (id,)).fetchone()
    return _count(row, zone) if row else None


def _count(row: tuple[Any, ...], zone: ZoneInfo) -> HeadCount:
    id, day, group_id, reason, expected, first, second, first_at, second_at, by = row
    return HeadCount(
        id, date.fromisoformat(day), group_id, reason, tuple(json.loads(expected)), tuple(json.loads(first)),
        tuple(json.loads(second)), instant(first_at, zone), instant(second_at, zone), by,
    )  # fmt: skip
