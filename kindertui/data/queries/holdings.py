"""What a database holds, in a few numbers."""

from datetime import datetime
from zoneinfo import ZoneInfo

from kindertui.data.connection import Connection
from kindertui.domain.keeping import Holdings

_GENERATIONS = 5  # the schema from which on a location has one


def holdings(db: Connection) -> Holdings:
    """Of a database of any schema."""
    schema = db.execute("PRAGMA user_version").fetchone()[0]
    column = "generation" if schema >= _GENERATIONS else "1"
    whose, zone, generation = db.execute(
        f"SELECT id, timezone, {column} FROM location WHERE NOT deleted LIMIT 1"  # noqa: S608 - constant names
    ).fetchone()
    last = db.execute("SELECT max(at) FROM journal").fetchone()[0]
    return Holdings(
        location=whose,
        generation=generation,
        schema=schema,
        children=db.execute("SELECT count(*) FROM child WHERE NOT deleted").fetchone()[0],
        entries=db.execute("SELECT count(*) FROM entry WHERE NOT deleted").fetchone()[0],
        restrictions=db.execute("SELECT count(*) FROM restriction WHERE NOT deleted AND lifted_on IS NULL").fetchone()[
            0
        ],
        rows=db.execute("SELECT count(*) FROM journal").fetchone()[0],
        last=None if last is None else datetime.fromtimestamp(last, ZoneInfo(zone)),
    )
