"""Other systems' ids beside ours: what came in once is recognised when it comes in again."""

from typing import Any, TypeVar

from kindertui.data import models
from kindertui.data.act import Tx
from kindertui.data.connection import Connection

R = TypeVar("R", bound="models.Record")

PORTAL = "portal"  # whatever comes in by a bundle or a file of the portal's


def find(db: Connection, source: str, kind: str, external_id: str) -> str | None:
    """Our id of what another system calls `external_id`; None when it never came in, or its coming in was undone."""
    row = db.execute(
        "SELECT record_id FROM id_map WHERE source = ? AND kind = ? AND external_id = ? AND NOT deleted",
        (source, kind, external_id),
    ).fetchone()
    return str(row[0]) if row else None


def add(tx: Tx, model: type[R], source_id: str | None, **values: Any) -> R:
    """Writes a record that the portal calls `source_id`: it is the same one whenever it comes in, once undone too.

    None: it did not come from there, and is a new one.
    """
    return tx.add(model, **values) if source_id is None else tx.keep(model, PORTAL, source_id, **values)


def keep(tx: Tx, source: str, kind: str, external_id: str, record_id: str) -> None:
    """Remembers what another system calls a record of ours."""
    undone = tx.connection.execute(
        "SELECT id FROM id_map WHERE source = ? AND kind = ? AND external_id = ? AND deleted",
        (source, kind, external_id),
    ).fetchone()
    record = tx.get(models.IdMap, undone[0]) if undone else None
    if record is not None:
        tx.change(record, record_id=record_id, deleted=False)
        return
    said = {"source": source, "kind": kind, "external_id": external_id, "record_id": record_id}
    tx.keep(models.IdMap, source, kind, external_id, **said)
