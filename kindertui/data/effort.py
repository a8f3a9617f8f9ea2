"""How much typing a day took: keys and seconds, added up by day. Not journaled, of no person, and never exported."""

from datetime import date

from kindertui.data import models
from kindertui.data.act import Tx
from kindertui.data.connection import Connection
from kindertui.domain.effort import Effort


def add_effort(tx: Tx, day: date, keys: int, seconds: int) -> None:
    """Adds keys and seconds to a day."""
    found = tx.session.get(models.Effort, day.isoformat())
    if found is None:
        tx.session.add(models.Effort(day=day.isoformat(), keys=keys, seconds=seconds))
    else:
        found.keys += keys
        found.seconds += seconds


def efforts(db: Connection, until: date, *, days: int = 6) -> tuple[Effort, ...]:
    """The last days on which something was typed, `until` the latest, newest first."""
    rows = db.execute(
        "SELECT f.day, f.keys, f.seconds, (SELECT count(DISTINCT e.child_id) FROM entry e WHERE e.day = f.day"
        " AND NOT e.deleted) FROM effort f WHERE f.day <= ? ORDER BY f.day DESC LIMIT ?",
        (until.isoformat(), days),
    )
    return tuple(Effort(date.fromisoformat(row[0]), *row[1:]) for row in rows)
