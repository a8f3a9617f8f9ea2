"""What a database holds, in a few numbers."""

from datetime import datetime

from kindertui.data.connection import Connection
from kindertui.data.queries import location, zone_of
from kindertui.domain.keeping import Holdings


def holdings(db: Connection) -> Holdings:
    """Of a database of this schema."""
    here = location(db)
    last = db.execute("SELECT max(at) FROM journal").fetchone()[0]
    return Holdings(
        location=here.id,
        generation=here.generation,
        schema=db.execute("PRAGMA user_version").fetchone()[0],
        children=db.execute("SELECT count(*) FROM child WHERE NOT deleted").fetchone()[0],
        entries=db.execute("SELECT count(*) FROM entry WHERE NOT deleted").fetchone()[0],
        rows=db.execute("SELECT count(*) FROM journal").fetchone()[0],
        last=None if last is None else datetime.fromtimestamp(last, zone_of(here)),
    )
