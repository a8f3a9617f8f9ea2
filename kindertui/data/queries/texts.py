"""Questions about texts: the staff's short words."""

from kindertui.data.connection import Connection
from kindertui.domain.texts import Expansion


def expansions(db: Connection) -> tuple[Expansion, ...]:
    """Every short word, by word."""
    rows = db.execute("SELECT id, word, text FROM expansion WHERE NOT deleted ORDER BY word COLLATE NOCASE, id")
    return tuple(Expansion(*row) for row in rows)
