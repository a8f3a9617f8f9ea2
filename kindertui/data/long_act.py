"""An act too long for one transaction: written in pieces under one act id, whole in the end or taken back.

A piece holds the write lock for a moment only, and between two of them others write. The first piece of several leaves
a row in `unfinished_act` and the last one takes it away. Whoever writes such an act holds a file lock, which goes with
the process: a row without its lock is what a killed program left, and the next writer takes that act back before it
does anything else. Taking back goes by the journal, in pieces too, and can itself be killed.
"""

import contextlib
import fcntl
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from kindertui.data.act import Actor, Tx, new_id
from kindertui.data.clock import utc_now
from kindertui.data.connection import Connection
from kindertui.data.queries.unfinished import UnfinishedAct
from kindertui.data.setting_back import changes_of, set_back
from kindertui.domain.faults import DatabaseFault, Refused

if TYPE_CHECKING:
    from kindertui.data.store import Store

WORK = 0.02  # seconds of work in a piece at most; its commit comes on top
HELD = 0.04  # seconds with both: where the disk is slow, the work is less
PAUSE = 0.005  # seconds between two pieces: whoever waits asks for the lock more often than that
_BATCH = 50  # journal rows set back, or rows of the book forgotten, between two looks at the clock
# A row of the delivery book, by its table: how it is read by its key, taken out, and put in again.
_BOOK = {
    "intake": (
        "SELECT id, source_id, received_at, kind, state, rule, payload FROM intake WHERE source_id = ?",
        "DELETE FROM intake WHERE source_id = ?",
        "INSERT INTO intake (id, source_id, received_at, kind, state, rule, payload) VALUES (?, ?, ?, ?, ?, ?, ?)",
    ),
    "delivery": (
        "SELECT record_id, rev, kind, content, bundle_seq, state, reason, receipt_at FROM delivery"
        " WHERE record_id = ? AND rev = ?",
        "DELETE FROM delivery WHERE record_id = ? AND rev = ?",
        "INSERT INTO delivery (record_id, rev, kind, content, bundle_seq, state, reason, receipt_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    ),
}

# Does a little of the act; False when nothing is left, None when what is left is for another piece.
Step = Callable[[Tx], bool | None]


class LongAct(Struct, eq=False):
    """One such act on its way, of which `pieces` are written. `undoes` is the act that it takes back, if it does."""

    act: str
    verb: str
    actor: Actor
    now: datetime
    undoes: str | None = None
    pieces: int = 0
    work: float = 0.0  # seconds of work in the next piece
    began: float = 0.0
    worked: float = 0.0

    def piece(self, tx: Tx, step: Step) -> bool:
        """Runs steps until the time for a piece is over, and writes down that there is more, or that there is not."""
        if self.undoes is not None:
            tx.undoing(self.undoes)
        self.began = time.monotonic()
        more = step(tx)
        while more and time.monotonic() - self.began < self.work:
            more = step(tx)
        db, left = tx.connection, more is not False
        if left and not self.pieces:
            db.execute(
                "INSERT INTO unfinished_act (act, actor_id, workstation, pieces, back_act) VALUES (?, ?, ?, 1, '')",
                (self.act, self.actor.staff_id, self.actor.workstation),
            )
        elif left:
            db.execute("UPDATE unfinished_act SET pieces = pieces + 1 WHERE act = ?", (self.act,))
        elif self.pieces:
            db.execute("DELETE FROM unfinished_act WHERE act = ?", (self.act,))
        self.worked = time.monotonic() - self.began
        return left

    def written(self) -> None:
        """The piece is there: what its commit took is kept free in the next one."""
        self.pieces += 1
        commit = time.monotonic() - self.began - self.worked
        self.work = min(WORK, max(HELD - commit, WORK / 10))

    def was_written(self, db: Connection) -> bool:
        """Whether the piece that was tried last is there: its commit gave an error, which means "maybe"."""
        row = db.execute("SELECT pieces FROM unfinished_act WHERE act = ?", (self.act,)).fetchone()
        if row is not None:
            return bool(row[0] > self.pieces)
        return db.execute("SELECT 1 FROM journal WHERE act = ?", (self.act,)).fetchone() is not None


def write(
    store: "Store",
    actor: Actor,
    verb: str,
    step: Step,
    *,
    undoes: str | None = None,
    between: Callable[[], None] | None = None,
) -> LongAct:
    """Writes an act piece by piece until `step` says that nothing is left; each piece is one job of the store.

    To be called from any thread but the store's own. `between` is called when a piece is written and the lock is let
    go. Raises Refused `long_act_running` when somebody writes one already, and whatever a piece raised: then the act is
    taken back; where the database does not let that happen, the next writer does it.
    """
    store.in_turn(lambda writer: writer.take_back_dead(actor))
    with alone(store.locations.database):
        one = LongAct(new_id(), verb, actor, utc_now(), undoes, work=WORK)
        try:
            while store.in_turn(lambda writer: writer.piece(one, step)):
                if between is not None:
                    between()
                time.sleep(PAUSE)
        except BaseException:
            with contextlib.suppress(DatabaseFault):
                store.in_turn(lambda writer: writer.take_back())  # its own: with the lock in hand nobody else has one
            raise
        while store.in_turn(lambda writer: writer.forget()):
            time.sleep(PAUSE)
        return one


@contextmanager
def alone(database: Path) -> Iterator[None]:
    """Holds the lock of whoever writes a long act; it goes with the process. Raises Refused `long_act_running`."""
    path = database.with_suffix(".lock")
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise DatabaseFault("db_no_access", str(path)) from error
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refused("long_act_running") from None
        yield
    finally:
        os.close(handle)


def keep_row(tx: Tx, book: str, *key: Any) -> None:
    """Keeps a row of the delivery book as it is, before a piece writes it: no journal does."""
    db = tx.connection
    row = db.execute(_BOOK[book][0], key).fetchone()
    db.execute(
        'INSERT INTO unfinished_row (act, book, "key", old) VALUES (?, ?, ?, ?)',
        (tx.act, book, json.dumps(key), None if row is None else json.dumps(row)),
    )


def forget_some(tx: Tx) -> bool:
    """Drops kept rows of acts that are whole by now; says whether any are left."""
    done = tx.connection.execute(
        "DELETE FROM unfinished_row WHERE seq IN (SELECT seq FROM unfinished_row"
        " WHERE act NOT IN (SELECT act FROM unfinished_act) LIMIT ?)",
        (20 * _BATCH,),
    )
    return bool(done.rowcount)


def take_back_some(tx: Tx, one: UnfinishedAct) -> bool:
    """Sets back as much of an unfinished act as fits into a piece, newest row first; says whether anything is left."""
    tx.undoing(one.act)
    began, down_to, db = time.monotonic(), one.back_to, tx.connection
    while True:
        if not _rows_back(tx, one.act):
            changes = changes_of(db, one.act, down_to=down_to, most=_BATCH)
            if not changes:
                db.execute("DELETE FROM unfinished_act WHERE act = ?", (one.act,))
                return False
            set_back(tx, changes, strictly=False)
            down_to = changes[-1].seq
        if time.monotonic() - began >= WORK:
            break
    db.execute("UPDATE unfinished_act SET back_act = ?, back_to = ? WHERE act = ?", (tx.act, down_to, one.act))
    return True


def _rows_back(tx: Tx, act: str) -> bool:
    """Puts back some rows of the delivery book that the act wrote, newest first; says whether there were any."""
    db = tx.connection
    found = db.execute(
        'SELECT seq, book, "key", old FROM unfinished_row WHERE act = ? ORDER BY seq DESC LIMIT ?', (act, _BATCH)
    ).fetchall()
    for seq, book, key, old in found:
        _, take_out, put_in = _BOOK[book]
        db.execute(take_out, json.loads(key))
        if old is not None:
            db.execute(put_in, json.loads(old))
        db.execute("DELETE FROM unfinished_row WHERE seq = ?", (seq,))
    return bool(found)
