"""Is the database what the journal says: its pages, every origin's chain, and every record against its replay."""

from collections.abc import Iterator
from typing import Any

import msgspec
from msgspec import Struct

from kindertui.data.connection import Connection, DriverError
from kindertui.data.journal import FIELDS, FIRST_HASH, digest
from kindertui.domain.history import fold
from kindertui.domain.verified import Chain, Verified


class _New(Struct):
    """Of a body: what the record was then."""

    new: dict[str, Any]


# Of a year's bodies most of the time is taken by what nobody asks for: these leave it out.
_SAID = msgspec.json.Decoder(msgspec.defstruct("_Said", [(name, Any, None) for name in FIELDS]))
_NEW = msgspec.json.Decoder(_New)


def verify(db: Connection) -> Verified:
    """Reads everything there is, in one moment. Only what left with the tail of a chain is not seen here: head.py."""
    db.execute("BEGIN")
    try:
        found = Verified(pages(db), (), None)
        try:
            found = msgspec.structs.replace(found, chains=chains(db))
            return msgspec.structs.replace(found, differing=tuple(differing(db)))
        except DriverError:  # only where the pages are damaged
            return msgspec.structs.replace(found, pages=False)
    finally:
        db.execute("ROLLBACK")


def pages(db: Connection) -> bool:
    """Whether every page can be decrypted and the trees on them hold together, the foreign keys too."""
    try:
        if db.execute("PRAGMA cipher_integrity_check").fetchone() is not None:
            return False
        return (
            db.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",)
            and db.execute("PRAGMA foreign_key_check").fetchone() is None
        )
    except DriverError:
        return False


def chains(db: Connection) -> tuple[Chain, ...]:
    """Every origin's chain, in the order of their ids."""
    found: dict[str, list[Any]] = {}  # origin: rows so far, hash of the last one, where it broke
    columns = ", ".join(FIELDS)
    rows = db.execute(f"SELECT seq, body, body_hash, hash, {columns} FROM journal ORDER BY origin, origin_seq")  # noqa: S608 - constant names
    for seq, body, body_hash, link, *values in rows:
        origin, number = values[:2]
        chain = found.setdefault(origin, [0, FIRST_HASH, None])
        follows = number == chain[0] + 1 and link == digest(chain[1], body_hash)
        if not (follows and _says_so(tuple(values), body, body_hash)) and chain[2] is None:
            chain[2] = seq
        chain[0], chain[1] = number, link
    return tuple(Chain(origin, rows, broken) for origin, (rows, _, broken) in found.items())


def first_break(db: Connection) -> int | None:
    """The arrival number of the first row of any chain that does not follow from the row before; None when all do."""
    return min((chain.broken_at for chain in chains(db) if chain.broken_at is not None), default=None)


def _says_so(row: tuple[Any, ...], body: str | None, body_hash: str) -> bool:
    """Whether a body is the one that was hashed, and the columns (FIELDS) say the same. An erased body says nothing."""
    if body is None:
        return True
    if digest(body) != body_hash:
        return False
    return msgspec.structs.astuple(_SAID.decode(body)) == row


def differing(db: Connection) -> Iterator[tuple[str, str]]:
    """The records that are not what their journal rows add up to, as (table, id); by id."""
    tables = {name: _Table(db, name) for name in _records(db)}
    replay = db.execute("SELECT record_id, kind, body FROM journal ORDER BY record_id, rev, seq")
    for record_id, kind, changes in _by_record(replay):
        table = tables.get(kind)
        if table is None:
            yield kind, record_id
            continue
        yield from ((kind, extra) for extra in table.before(record_id))  # a record that no row tells of
        stored = table.take(record_id)
        if stored is None or (changes is not None and not table.is_what(stored, fold(changes))):
            yield kind, record_id
    for name, table in tables.items():
        yield from ((name, extra) for extra in table.rest())


def _records(db: Connection) -> list[str]:
    """The tables of records: those with an id, a rev and a mark."""
    names = [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return [name for name in names if {"id", "rev", "deleted"} <= {row[1] for row in _columns(db, name)}]


def _columns(db: Connection, table: str) -> list[Any]:
    return db.execute(f"PRAGMA table_info({table})").fetchall()  # type: ignore[no-any-return]


def _by_record(rows: Any) -> Iterator[tuple[str, str, list[dict[str, Any]] | None]]:
    """(record id, kind, what was written of it, oldest first); None for what an erased body said."""
    record_id, kind = "", ""
    changes: list[dict[str, Any]] | None = None
    for next_id, next_kind, body in rows:
        if next_id != record_id:
            if record_id:
                yield record_id, kind, changes
            record_id, kind, changes = next_id, next_kind, []
        if body is None:
            changes = None
        elif changes is not None:
            changes.append(_NEW.decode(body).new)
    if record_id:
        yield record_id, kind, changes


class _Table:
    """The records of one table by id, read side by side with the journal."""

    def __init__(self, db: Connection, name: str) -> None:
        columns = _columns(db, name)
        self.names = [column[1] for column in columns]
        self.as_json = [column[1] for column in columns if column[2] == "JSON"]
        # a column that a later schema added is not in the rows of before: its default stands for it
        self.defaults = {column[1]: db.execute(f"SELECT {column[4] or 'NULL'}").fetchone()[0] for column in columns}
        self.rows = db.execute(f"SELECT * FROM {name} ORDER BY id")  # noqa: S608 - of the schema
        self.ahead = self._next()

    def _next(self) -> dict[str, Any] | None:
        row = self.rows.fetchone()
        return None if row is None else dict(zip(self.names, row, strict=True))

    def before(self, record_id: str) -> Iterator[str]:
        while self.ahead is not None and self.ahead["id"] < record_id:
            yield self.ahead["id"]
            self.ahead = self._next()

    def take(self, record_id: str) -> dict[str, Any] | None:
        if self.ahead is None or self.ahead["id"] != record_id:
            return None
        found, self.ahead = self.ahead, self._next()
        return found

    def rest(self) -> Iterator[str]:
        while self.ahead is not None:
            yield self.ahead["id"]
            self.ahead = self._next()

    def is_what(self, stored: dict[str, Any], folded: dict[str, Any]) -> bool:
        for name in self.as_json:
            stored[name] = msgspec.json.decode(stored[name])
        return stored == {**self.defaults, **folded}
