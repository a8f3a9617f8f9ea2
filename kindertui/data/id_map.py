"""Other systems' ids beside ours: what came in once is recognised when it comes in again."""

from kindertui.data import models
from kindertui.data.act import Tx
from kindertui.data.connection import Connection

PORTAL = "portal"  # whatever comes in by a bundle or a file of the portal's


def find(db: Connection, source: str, kind: str, external_id: str) -> str | None:
    """Our id of what another system calls `external_id`; None when it never came in, or its coming in was undone."""
    row = db.execute(
        "SELECT record_id FROM id_map WHERE source = ? AND kind = ? AND external_id = ? AND NOT deleted",
        (source, kind, external_id),
    ).fetchone()
    return str(row[0]) if row else None


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
    tx.add(models.IdMap, source=source, kind=kind, external_id=external_id, record_id=record_id)
