"""Questions about texts: the staff's short words, the menu of a day."""

from datetime import date

from kindertui.data.connection import Connection
from kindertui.domain.menu import Menu
from kindertui.domain.texts import Expansion


def expansions(db: Connection) -> tuple[Expansion, ...]:
    """Every short word, by word."""
    rows = db.execute("SELECT id, word, text FROM expansion WHERE NOT deleted ORDER BY word COLLATE NOCASE, id")
    return tuple(Expansion(*row) for row in rows)


def menus(db: Connection, day: date) -> tuple[Menu, ...]:
    """What is known of the meals of a day, of all groups."""
    rows = db.execute(
        "SELECT group_id, meal, text FROM menu WHERE day = ? AND NOT deleted ORDER BY id", (day.isoformat(),)
    )
    return tuple(Menu(day, *row) for row in rows)
