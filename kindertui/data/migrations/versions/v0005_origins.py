"""Each installation is an origin with a chain of its own; a row's whole text is kept, and hashed by itself."""

import hashlib
import json
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

TABLES = """
CREATE TABLE origin (
    id VARCHAR NOT NULL,
    generation INTEGER NOT NULL,
    machine VARCHAR NOT NULL,
    here BOOLEAN NOT NULL,
    CONSTRAINT pk_origin PRIMARY KEY (id)
)
;
ALTER TABLE location ADD COLUMN generation INTEGER DEFAULT 1 NOT NULL
;
DROP TRIGGER journal_is_never_changed
;
DROP TRIGGER journal_is_never_cut
;
ALTER TABLE journal RENAME TO journal_before
;
CREATE TABLE journal (
    seq INTEGER NOT NULL,
    origin VARCHAR NOT NULL,
    origin_seq INTEGER NOT NULL,
    act VARCHAR NOT NULL,
    verb VARCHAR NOT NULL,
    undoes VARCHAR,
    at INTEGER NOT NULL,
    actor_id VARCHAR NOT NULL,
    workstation VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    record_id VARCHAR NOT NULL,
    child_id VARCHAR,
    rev INTEGER NOT NULL,
    body VARCHAR,
    old VARCHAR GENERATED ALWAYS AS (json_extract(body, '$.old')) VIRTUAL,
    new VARCHAR GENERATED ALWAYS AS (json_extract(body, '$.new')) VIRTUAL,
    body_hash VARCHAR NOT NULL,
    hash VARCHAR NOT NULL,
    CONSTRAINT pk_journal PRIMARY KEY (seq)
)
"""

INDEXES = """
CREATE INDEX ix_journal_act ON journal (act)
;
CREATE INDEX ix_journal_actor_id_seq ON journal (actor_id, seq)
;
CREATE INDEX ix_journal_child_id_seq ON journal (child_id, seq)
;
CREATE INDEX ix_journal_record_id_seq ON journal (record_id, seq)
;
CREATE INDEX ix_journal_undoes ON journal (undoes)
;
CREATE UNIQUE INDEX uq_journal_origin_origin_seq ON journal (origin, origin_seq)
"""

TRIGGERS = (
    """CREATE TRIGGER journal_is_never_changed BEFORE UPDATE ON journal
    BEGIN SELECT RAISE(ABORT, 'the journal is never changed'); END""",
    """CREATE TRIGGER journal_is_never_cut BEFORE DELETE ON journal
    BEGIN SELECT RAISE(ABORT, 'the journal is never cut'); END""",
)

# The fields of a row as this step found them and as it leaves them: a later step may know others.
BEFORE = (
    "act", "verb", "undoes", "at", "actor_id", "workstation", "kind", "record_id", "child_id", "rev", "old", "new",
)  # fmt: skip
KEPT = ("act", "verb", "undoes", "at", "actor_id", "workstation", "kind", "record_id", "child_id", "rev")
FIRST_HASH = "0" * 64


def upgrade() -> None:
    db: Any = op.get_bind().connection.driver_connection
    for statement in TABLES.split(";"):
        db.execute(statement)
    origin = str(uuid4())
    db.execute("INSERT INTO origin (id, generation, machine, here) VALUES (?, 1, '', 1)", (origin,))
    columns = ("seq", "origin", "origin_seq", *KEPT, "body", "body_hash", "hash")
    places = ", ".join("?" * len(columns))
    db.executemany(f"INSERT INTO journal ({', '.join(columns)}) VALUES ({places})", _rows(db, origin))  # noqa: S608 - constant names
    db.execute("DROP TABLE journal_before")
    for statement in (*INDEXES.split(";"), *TRIGGERS):
        db.execute(statement)


def _rows(db: Any, origin: str) -> Iterator[tuple[Any, ...]]:
    """The rows in the new form. One that did not follow from the row before does not follow from it now either."""
    before = old_before = FIRST_HASH
    found = db.execute(f"SELECT seq, hash, {', '.join(BEFORE)} FROM journal_before ORDER BY seq")  # noqa: S608 - constant names
    for number, (seq, old_hash, *values) in enumerate(found, start=1):
        row = dict(zip(BEFORE, values, strict=True))
        follows = old_hash == _hash(old_before, _text([row[name] for name in BEFORE]))
        old, new = (None if row[name] is None else json.loads(row[name]) for name in ("old", "new"))
        kept = {name: row[name] for name in KEPT}
        body = _text({**kept, "origin": origin, "origin_seq": number, "old": old, "new": new})
        body_hash = _hash(body)
        before, old_before = _hash(before, body_hash) if follows else old_hash, old_hash
        yield (seq, origin, number, *kept.values(), body, body_hash, before)


def _text(value: Any) -> str:
    # the first form had its fields in order and no sorting; sorting a list does nothing to it
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def _hash(*parts: str) -> str:
    return hashlib.sha256("".join(parts).encode()).hexdigest()
