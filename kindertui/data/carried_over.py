"""Restrictions that are in force here and that a backup does not have: a restore takes them along, as it lifts none."""

from typing import Any

from kindertui.data import models
from kindertui.data.act import Tx
from kindertui.data.connection import Connection

_COLUMNS = ("id", "child_id", "guardian_id", "kind", "reason", "since", "author", "source")  # in every schema
Restrictions = tuple[dict[str, Any], ...]


def in_force(db: Connection) -> Restrictions:
    """All that are in force, of a database of any schema."""
    columns = ", ".join(_COLUMNS)
    rows = db.execute(f"SELECT {columns} FROM restriction WHERE NOT deleted AND lifted_on IS NULL ORDER BY id")  # noqa: S608 - constant names
    return tuple(dict(zip(_COLUMNS, row, strict=True)) for row in rows)


def unknown_to(db: Connection, restrictions: Restrictions) -> tuple[Restrictions, int]:
    """Those of them that this database does not know, and how many of such it cannot take: of a child or a guardian
    that it does not know either. One that it knows as lifted was lifted by somebody.
    """
    lacking = [one for one in restrictions if not _knows(db, "restriction", one["id"])]
    can_take = tuple(
        one
        for one in lacking
        if _knows(db, "child", one["child_id"])
        and (one["guardian_id"] is None or _knows(db, "guardian", one["guardian_id"]))
    )
    return can_take, len(lacking) - len(can_take)


def add(tx: Tx, restrictions: Restrictions) -> None:
    """Writes them as they were, under their own ids."""
    for one in restrictions:
        tx.add(models.Restriction, **one)


def _knows(db: Connection, table: str, id: str) -> bool:
    return db.execute(f"SELECT 1 FROM {table} WHERE id = ?", (id,)).fetchone() is not None  # noqa: S608 - one of three
