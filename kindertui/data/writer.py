"""The writing end of the store, in the database thread: one connection, one transaction for each act.

It brings the mapper and the models along; import it there only, behind the first frame.
"""

import contextlib
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection as SqlConnection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlcipher3 import dbapi2

from kindertui.data import journal, models, origins, rows
from kindertui.data.act import SYSTEM, Actor, Tx, new_id
from kindertui.data.clock import utc_now
from kindertui.data.connection import told
from kindertui.data.engine import engine, raw
from kindertui.domain.faults import DatabaseFault

T = TypeVar("T")


class Writer:
    """One connection, and the mapper's session for an act that asks for it."""

    def __init__(self, path: Path, key: str) -> None:
        self.path = path
        self.engine = engine(path, key)
        self._connection: SqlConnection | None = None
        self._settled = False
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
        """Reads a little, so that the file's first pages and the way to them are at hand."""
        journal.head(raw(self.connection()))

    def act(self, run: Callable[[Tx], T], verb: str, actor: Actor, act: str | None = None) -> T | None:
        """Runs one act in a transaction of its own; `verb` is what the journal calls it.

        `act` is the id of one that may be tried again, made before it was first tried: what the journal holds under it
        is not done once more, and the answer is None.

        An error of the database is raised as DatabaseFault, one that COMMIT gave only if the act was not done.
        """
        self._settle(actor)
        connection = self.connection()
        db = raw(connection)
        now = utc_now()
        given, act = act, act or new_id()
        about = {
            "act": act,
            "verb": verb,
            "undoes": None,
            "at": int(now.timestamp()),
            "actor_id": actor.staff_id,
            "workstation": actor.workstation,
        }
        tx = Tx(db, partial(_session, connection), act, actor, now, about)
        committing = False
        try:
            db.execute("BEGIN IMMEDIATE")
            if given and journal.holds(db, given):
                db.rollback()
                return None
            origin = origins.here(db)
            tx.write_as(origin.id, origin.revs_from)
            result = run(tx)
            tx.flush()
            committing = True
            db.commit()
        except BaseException as error:
            self._take_back(tx)
            if not isinstance(error, DBAPIError | dbapi2.Error | MemoryError):  # of the mapper, of plain SQL
                raise
            if committing and self._was_done(act):
                return result
            raise told(error, self.path) or error from None
        finally:
            tx.end()
        return result

    def _settle(self, actor: Actor) -> None:
        """Before the first act: a home that came from another machine writes as another origin."""
        if not self._settled:
            self._settled = True  # the act in here comes by once more
            try:
                if origins.unsettled(raw(self.connection())):
                    self.act(origins.settle, origins.settle.__name__, Actor(SYSTEM, SYSTEM, actor.workstation))
            except BaseException:
                self._settled = False  # the next act asks again
                raise

    def _take_back(self, tx: Tx) -> None:
        with contextlib.suppress(DBAPIError, dbapi2.Error):
            tx.rollback()
        if tx.db.in_transaction:  # a connection that cannot go back is no place for the next act
            self.connection().invalidate()  # or the pool would ask it to go back once more, and log a traceback
            self.close()

    def _was_done(self, act: str) -> bool:
        # an error from a commit means "maybe": ask the journal on a fresh connection before saying anything
        self.close()
        try:
            return journal.holds(raw(self.connection()), act)
        except (DBAPIError, dbapi2.Error, DatabaseFault):
            return False


def _session(connection: SqlConnection) -> Session:
    session = Session(connection, expire_on_commit=False)
    journal.watch(session)
    return session
