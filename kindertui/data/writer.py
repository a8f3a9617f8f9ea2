"""The writing end of the store, in the database thread: one connection, one transaction for each act.

It brings the mapper and the models along; import it there only, behind the first frame.
"""

import contextlib
import time
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection as SqlConnection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlcipher3 import dbapi2

from kindertui.data import journal, long_act, models, origins, rows
from kindertui.data.act import SYSTEM, Actor, Tx, new_id, workstation
from kindertui.data.clock import utc_now
from kindertui.data.connection import BUSY, Connection, told
from kindertui.data.engine import engine, raw
from kindertui.data.head import HeadFile
from kindertui.data.long_act import LongAct, Step
from kindertui.data.queries.unfinished import UnfinishedAct, touches_unfinished, unfinished
from kindertui.domain.faults import DatabaseFault, Refused

T = TypeVar("T")
_AGAIN = 0.002  # seconds until the write lock is asked for again: less than long_act.PAUSE


class Writer:
    """One connection, and the mapper's session for an act that asks for it."""

    def __init__(self, path: Path, key: str, head: HeadFile | None) -> None:
        self.path, self.head = path, head
        self.engine = engine(path, key)
        self._connection: SqlConnection | None = None
        self._settled = False
        self._head_is_behind = False
        self.taken_back = 0  # long acts of killed programs that nobody was told of
        rows.form_of(models.Entry)

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        self.engine.dispose()

    def connection(self) -> SqlConnection:
        """The one connection, opened when it is first asked for. Raises DatabaseFault."""
        if self._connection is None:
            self._connection = self.engine.connect()
        return self._connection

    def wake(self) -> None:
        """Reads a little, so that the file's first pages and the way to them are at hand; takes back what killed
        programs left.
        """
        self.take_back_dead(Actor(SYSTEM, SYSTEM, workstation()))
        journal.head(raw(self.connection()))

    def keep_head(self) -> None:
        """Keeps the journal's head, where something was committed since. A head that stays behind is in order."""
        if self.head is not None and self._head_is_behind:
            self._head_is_behind = False
            with contextlib.suppress(DBAPIError, dbapi2.Error, DatabaseFault):
                self.head.keep(raw(self.connection()))

    def take_note(self) -> None:
        """Somebody knows that entries are missing."""
        if self.head is not None:
            self.head.take_note(raw(self.connection()))

    def act(self, run: Callable[[Tx], T], verb: str, actor: Actor, act: str | None = None) -> T | None:
        """Runs one act in a transaction of its own; `verb` is what the journal calls it.

        `act` is the id of one that may be tried again, made before it was first tried: what the journal holds under it
        is not done once more, and the answer is None.

        An error of the database is raised as DatabaseFault, one that COMMIT gave only if the act was not done.
        """
        self._settle(actor)
        self.take_back_dead(actor)
        tx = self._tx(act or new_id(), verb, actor, utc_now())

        def whole(tx: Tx) -> T | None:
            if act and journal.holds(tx.db, act):
                return None
            result = run(tx)
            child_id = touches_unfinished(tx.connection, tx.act)
            if child_id is not None:
                raise Refused("being_taken_in", child_id)
            return result

        return self._commit(tx, whole, lambda db: journal.holds(db, tx.act))

    def piece(self, one: LongAct, step: Step) -> bool:
        """Writes the next piece of a long act, in a transaction of its own; says whether there is more to come."""
        self._settle(one.actor)
        tx = self._tx(one.act, one.verb, one.actor, one.now)
        more = self._commit(tx, lambda tx: one.piece(tx, step), one.was_written)
        one.written()
        return more

    def take_back(self) -> int:
        """Takes back, in pieces, every long act that is not whole, and says how many those were.

        To be called with the lock of long acts in hand.
        """
        count = 0
        while found := unfinished(raw(self.connection())):
            one = found[0]
            actor = Actor(SYSTEM, SYSTEM, one.workstation)
            tx = self._tx(one.back_act or new_id(), long_act.take_back_some.__name__, actor, utc_now())
            if not self._commit(tx, partial(long_act.take_back_some, one=one), partial(_moved_on, one=one)):
                count += 1
            time.sleep(long_act.PAUSE)
        return count

    def forget(self) -> bool:
        """Drops some of what was kept to take back an act that is whole; says whether there is more of it."""
        tx = self._tx(new_id(), long_act.forget_some.__name__, Actor(SYSTEM, SYSTEM), utc_now())
        return self._commit(tx, long_act.forget_some, lambda db: False)

    def take_back_dead(self, actor: Actor) -> None:
        """The same for what killed programs left, where nobody writes a long act now."""
        if unfinished(raw(self.connection())):
            self._settle(actor)
            with contextlib.suppress(Refused), long_act.alone(self.path):  # refused: whoever writes it is at it
                self.taken_back += self.take_back()

    def _tx(self, act: str, verb: str, actor: Actor, now: datetime) -> Tx:
        about = {
            "act": act,
            "verb": verb,
            "undoes": None,
            "at": int(now.timestamp()),
            "actor_id": actor.staff_id,
            "workstation": actor.workstation,
        }
        connection = self.connection()
        return Tx(raw(connection), partial(_session, connection), act, actor, now, about)

    def _commit(self, tx: Tx, run: Callable[[Tx], T], was_done: Callable[[Connection], bool]) -> T:
        """Runs it in a transaction; where COMMIT gives an error, `was_done` says on a fresh connection what became of
        it.
        """
        committing = False
        try:
            _begin(tx.db)
            origin = origins.here(tx.db)
            tx.write_as(origin.id, origin.revs_from)
            result = run(tx)
            tx.flush()
            committing = True
            tx.db.commit()
            self._head_is_behind = True
        except BaseException as error:
            self._roll_back(tx)
            if not isinstance(error, DBAPIError | dbapi2.Error | MemoryError):  # of the mapper, of plain SQL
                raise
            if committing and self._was_done(was_done):
                return result
            raise told(error, self.path) or error from None
        finally:
            tx.end()
        return result

    def _settle(self, actor: Actor) -> None:
        """Before the first act: what is missing is kept; a home that came from another machine is another origin."""
        if not self._settled:
            if self.head is not None:
                self.head.begin(raw(self.connection()))
            if origins.unsettled(raw(self.connection())):
                system = Actor(SYSTEM, SYSTEM, actor.workstation)
                tx = self._tx(new_id(), origins.settle.__name__, system, utc_now())
                self._commit(tx, origins.settle, lambda db: journal.holds(db, tx.act))
            self._settled = True  # not before: where it could not be written the next act asks again

    def _roll_back(self, tx: Tx) -> None:
        with contextlib.suppress(DBAPIError, dbapi2.Error):
            tx.rollback()
        if tx.db.in_transaction:  # a connection that cannot go back is no place for the next act
            self.connection().invalidate()  # or the pool would ask it to go back once more, and log a traceback
            self.close()

    def _was_done(self, ask: Callable[[Connection], bool]) -> bool:
        # an error from a commit means "maybe": ask on a fresh connection before saying anything
        self.close()
        try:
            return ask(raw(self.connection()))
        except (DBAPIError, dbapi2.Error, DatabaseFault):
            return False


def _moved_on(db: Connection, one: UnfinishedAct) -> bool:
    return one not in unfinished(db)


def _begin(db: Connection) -> None:
    """Takes the write lock, or gives up after as long as SQLite would.

    SQLite asks again at growing distances, up to a tenth of a second: it would miss the gap between two pieces of a
    long act time after time.
    """
    until = time.monotonic() + BUSY / 1000
    db.execute("PRAGMA busy_timeout = 0")
    try:
        while True:
            try:
                db.execute("BEGIN IMMEDIATE")
            except dbapi2.OperationalError as error:
                if not error.sqlite_errorname.startswith("SQLITE_BUSY") or time.monotonic() > until:
                    raise
                time.sleep(_AGAIN)
            else:
                return
    finally:
        db.execute(f"PRAGMA busy_timeout = {BUSY}")


def _session(connection: SqlConnection) -> Session:
    session = Session(connection, expire_on_commit=False)
    journal.watch(session)
    return session
