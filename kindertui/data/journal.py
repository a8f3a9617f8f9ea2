"""The journal: one row per changed record, written by a session hook in the same transaction, hash-chained.

Each installation is an origin with a chain of its own: `origin_seq` counts its rows, `seq` is the order in which rows
arrived in this file. A row's body is its canonical text; the link is SHA-256 over the link before and the SHA-256 of
the body, so that a body can be erased one day and the chain still be checked.

Undo, history, export and the second terminal read it. `Tx` and the session hook write it; no writer calls them.
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import msgspec

from kindertui.data import models
from kindertui.data.connection import Connection
from kindertui.domain.merge import broken

if TYPE_CHECKING:
    from sqlalchemy.orm import Session, UOWTransaction

    from kindertui.data.rows import Planned

FIRST_HASH = "0" * 64
# What the body says beside `old` and `new`; the columns of the same names are there to be searched.
FIELDS = (
    "origin", "origin_seq", "act", "verb", "undoes", "at", "actor_id", "workstation", "kind", "record_id", "child_id",
    "rev",
)  # fmt: skip
_WRITTEN = (*FIELDS, "body", "body_hash", "hash")
_INSERT = f"INSERT INTO journal ({', '.join(_WRITTEN)}) VALUES (:{', :'.join(_WRITTEN)})"  # noqa: S608 - constant


def body_of(row: dict[str, Any]) -> str:
    """The canonical text of a row: JSON with sorted keys, of its fields and of `old` and `new` as mappings."""
    return msgspec.json.encode({name: row[name] for name in (*FIELDS, "old", "new")}, order="sorted").decode()


def digest(*parts: str) -> str:
    """SHA-256 over the parts, one behind the other, as hex. The link of a chain is `digest(before, digest(body))`."""
    import hashlib  # brings OpenSSL along, which the first frame does without

    return hashlib.sha256("".join(parts).encode()).hexdigest()


def watch(session: "Session") -> None:
    """Hooks the journal into a session; its `info` holds the act: act, verb, undoes, at, actor_id, workstation."""
    from sqlalchemy import event  # loaded already: there is a session

    event.listen(session, "before_flush", _before_flush)
    event.listen(session, "after_flush", _after_flush)


def added(connection: Connection, act: dict[str, Any], model: "type[models.Record]", record: "models.Record") -> None:
    """Journals a record that was written without a session."""
    kind = str(model.__tablename__)
    _write(connection, [{**act, **_about(kind, record), "old": None, "new": record.model_dump()}])


def written(
    connection: Connection,
    act: dict[str, Any],
    changes: "Iterable[tuple[Planned, dict[str, Any] | None, dict[str, Any]]]",
) -> None:
    """Journals what `write_rows` wrote."""
    rows = [{**act, **_about(str(one.model.__tablename__), one), "old": old, "new": new} for one, old, new in changes]
    if rows:
        _write(connection, rows)


def _before_flush(session: "Session", context: "UOWTransaction", instances: object) -> None:
    for record in session.deleted:
        if isinstance(record, models.Record):
            raise RuntimeError("a record is never deleted by an edit: mark it")
    for record in session.dirty:
        if isinstance(record, models.Record) and session.is_modified(record):
            record.rev = max(record.rev, session.info["revs_from"]) + 1


def _after_flush(session: "Session", context: "UOWTransaction") -> None:
    if rows := list(_rows(session)):
        _write(session.connection().connection.driver_connection, rows)


def _write(connection: Connection, rows: list[dict[str, Any]]) -> None:
    origin = rows[0]["origin"]
    # asked for each time: a savepoint that was rolled back takes its rows with it
    last, before = origin_head(connection, origin)
    for number, row in enumerate(rows, start=last + 1):
        _keeps_to_its_rule(row)
        row["origin_seq"] = number
        row["body"] = body_of(row)
        row["body_hash"] = digest(row["body"])
        row["hash"] = before = digest(before, row["body_hash"])
    connection.executemany(_INSERT, rows)


def _keeps_to_its_rule(row: dict[str, Any]) -> None:
    if row["old"] is None:
        return
    rule = models.RECORDS[row["kind"]].merge
    if fields := broken(rule, row["new"], taking_back=row["undoes"] is not None):
        raise RuntimeError(f"a {row['kind']} is never changed in this: {', '.join(sorted(fields))}")


def _rows(session: "Session") -> Iterator[dict[str, Any]]:
    from sqlalchemy import inspect  # loaded already: there is a session

    act = session.info["act"]
    for record in session.new:
        if isinstance(record, models.Record):
            kind = str(record.__tablename__)
            yield {**act, **_about(kind, record), "old": None, "new": record.model_dump()}
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
            yield {**act, **_about(kind, record), "old": old, "new": new}


def _about(kind: str, record: "models.Record | Planned") -> dict[str, Any]:
    child = record.id if kind == "child" else getattr(record, "child_id", None)
    if kind == "message" and getattr(record, "audience", "") == "child":
        child = record.audience_id  # type: ignore[union-attr]
    return {"kind": kind, "record_id": record.id, "child_id": child, "rev": record.rev}


def head(connection: Connection) -> tuple[int, str]:
    """The last row's seq and hash (0 and the first hash for an empty journal)."""
    row = connection.execute("SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1").fetchone()
    return (int(row[0]), str(row[1])) if row else (0, FIRST_HASH)


def holds(connection: Connection, act: str) -> bool:
    """Whether an act was done: it has left rows here."""
    return connection.execute("SELECT 1 FROM journal WHERE act = ? LIMIT 1", (act,)).fetchone() is not None


def origin_head(connection: Connection, origin: str) -> tuple[int, str]:
    """The last origin_seq and hash of one origin's chain (0 and the first hash where it has no row yet)."""
    row = connection.execute(
        "SELECT origin_seq, hash FROM journal WHERE origin = ? ORDER BY origin_seq DESC LIMIT 1", (origin,)
    ).fetchone()
    return (int(row[0]), str(row[1])) if row else (0, FIRST_HASH)


def heads(connection: Connection) -> tuple[tuple[str, int, str], ...]:
    """Each origin that has rows here, with its last origin_seq and hash; in the order of their ids."""
    origins = [row[0] for row in connection.execute("SELECT id FROM origin ORDER BY id")]
    found = ((origin, *origin_head(connection, origin)) for origin in origins)
    return tuple(one for one in found if one[1])
