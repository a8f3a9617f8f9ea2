"""The journal: one row per changed record, written by a session hook in the same transaction, hash-chained.

Undo, history, export and the second terminal read it. `Tx.add` and the session hook write it; no writer calls them.
"""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from kindertui.data import models
from kindertui.data.connection import Connection

if TYPE_CHECKING:
    from sqlalchemy.orm import Session, UOWTransaction

FIRST_HASH = "0" * 64
_FIELDS = (
    "act", "verb", "undoes", "at", "actor_id", "workstation", "kind", "record_id", "child_id", "rev", "old", "new",
)  # fmt: skip
_INSERT = f"INSERT INTO journal ({', '.join(_FIELDS)}, hash) VALUES (:{', :'.join(_FIELDS)}, :hash)"  # noqa: S608 - constant


def chain(before: str, row: dict[str, Any]) -> str:
    """SHA-256 over the hash of the row before and this row's fields, as hex."""
    import hashlib  # brings OpenSSL along, which the first frame does without

    body = json.dumps([row[name] for name in _FIELDS], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256((before + body).encode()).hexdigest()


def watch(session: "Session") -> None:
    """Hooks the journal into a session; its `info` holds the act: act, verb, undoes, at, actor_id, workstation."""
    from sqlalchemy import event  # loaded already: there is a session

    event.listen(session, "before_flush", _before_flush)
    event.listen(session, "after_flush", _after_flush)


def added(connection: Connection, act: dict[str, Any], model: "type[models.Record]", record: "models.Record") -> None:
    """Journals a record that was written without a session."""
    kind = str(model.__tablename__)
    _write(connection, [{**act, **_about(kind, record), "old": None, "new": _canonical(record.model_dump())}])


def _before_flush(session: "Session", context: "UOWTransaction", instances: object) -> None:
    for record in session.deleted:
        if isinstance(record, models.Record):
            raise RuntimeError("a record is never deleted by an edit: mark it")
    for record in session.dirty:
        if isinstance(record, models.Record) and session.is_modified(record):
            record.rev += 1


def _after_flush(session: "Session", context: "UOWTransaction") -> None:
    if rows := list(_rows(session)):
        _write(session.connection().connection.driver_connection, rows)


def _write(connection: Connection, rows: list[dict[str, Any]]) -> None:
    _, before = head(connection)  # asked for each time: a savepoint that was rolled back takes its rows with it
    for row in rows:
        row["hash"] = before = chain(before, row)
    connection.executemany(_INSERT, rows)


def _rows(session: "Session") -> Iterator[dict[str, Any]]:
    from sqlalchemy import inspect  # loaded already: there is a session

    act = session.info["act"]
    for record in session.new:
        if isinstance(record, models.Record):
            kind = str(record.__tablename__)
            yield {**act, **_about(kind, record), "old": None, "new": _canonical(record.model_dump())}
    for record in session.dirty:
        if not isinstance(record, models.Record):
            continue
        old, new = {}, {}
        for attribute in inspect(record).attrs:
            history = attribute.history
            if history.has_changes():
                old[attribute.key] = history.deleted[0] if history.deleted else None
                new[attribute.key] = attribute.value
        if new:
            kind = str(record.__tablename__)
            yield {**act, **_about(kind, record), "old": _canonical(old), "new": _canonical(new)}


def _about(kind: str, record: "models.Record") -> dict[str, Any]:
    child = record.id if kind == "child" else getattr(record, "child_id", None)
    if kind == "message" and getattr(record, "audience", "") == "child":
        child = record.audience_id  # type: ignore[attr-defined]
    return {"kind": kind, "record_id": record.id, "child_id": child, "rev": record.rev}


def _canonical(values: dict[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def verify(connection: Connection) -> int | None:
    """The seq of the first journal row whose hash does not follow from the row before; None when all do.

    A tail that was cut off is not seen here: compare the last hash with the one kept outside (each bundle has it).
    """
    before = FIRST_HASH
    names = ", ".join(_FIELDS)
    for values in connection.execute(f"SELECT seq, hash, {names} FROM journal ORDER BY seq"):  # noqa: S608 - constant names
        row = dict(zip(_FIELDS, values[2:], strict=True))
        if chain(before, row) != values[1]:
            return int(values[0])
        before = values[1]
    return None


def head(connection: Connection) -> tuple[int, str]:
    """The last row's seq and hash (0 and the first hash for an empty journal)."""
    row = connection.execute("SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1").fetchone()
    return (int(row[0]), str(row[1])) if row else (0, FIRST_HASH)
