"""The tries to phone guardians on one day."""

from datetime import date
from zoneinfo import ZoneInfo

from kindertui.data.connection import Connection
from kindertui.data.queries import instant, marks
from kindertui.domain.calls import Call


def calls(db: Connection, child_ids: tuple[str, ...], day: date, zone: ZoneInfo) -> tuple[Call, ...]:
    """The tries about these children on a day, in the order they were made."""
    rows = db.execute(
        "SELECT c.id, c.child_id, c.guardian_id, c.at, c.outcome, coalesce(s.name, '')"  # noqa: S608 - marks
        f" FROM call c LEFT JOIN staff s ON s.id = c.by_id WHERE c.child_id IN ({marks(child_ids)}) AND c.day = ?"
        " AND NOT c.deleted ORDER BY c.at, c.id",
        (*child_ids, day.isoformat()),
    )
    return tuple(Call(row[0], row[1], row[2], instant(row[3], zone), row[4], row[5]) for row in rows)
