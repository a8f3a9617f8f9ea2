"""What writing the last days down took."""

from datetime import date

from kindertui.data.connection import Connection
from kindertui.domain.effort import Effort


def efforts(db: Connection, until: date, *, days: int = 6) -> tuple[Effort, ...]:
    """The last days on which something was typed, `until` the latest, newest first."""
    rows = db.execute(
        "SELECT f.day, f.keys, f.seconds, (SELECT count(DISTINCT e.child_id) FROM entry e WHERE e.day = f.day"
        " AND NOT e.deleted) FROM effort f WHERE f.day <= ? ORDER BY f.day DESC LIMIT ?",
        (until.isoformat(), days),
    )
    return tuple(Effort(date.fromisoformat(row[0]), *row[1:]) for row in rows)
