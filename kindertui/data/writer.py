"""The writing end of the store, in the database thread: one connection, one transaction for each act.

It brings the mapper and the models along; import it there only, behind the first frame.
"""

import contextlib
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection as SqlConnection
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2

from kindertui.data import daylog, journal, models, rows  # noqa: F401 - the first key wants the log and its language
from kindertui.data.connection import Connection, connect
from kindertui.data.store import Job, Tx, new_id
from kindertui.domain.faults import DatabaseFault, fault_of


class Writer:
    """One connection, and the mapper's session for an act that asks for it."""

    def __init__(self, path: Path, key: str, *, create: bool = False) -> None:
        self.path = path
        self.engine = engine(path, key, create=create)
        self._connection: SqlConnection | None = None
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

    def act(self, job: Job) -> Any:
        connection = self.connection()
        db = raw(connection)
        now = datetime.now(UTC)
        act = job.act or new_id()
        about = {
            "act": act,
            "verb": job.verb,
            "undoes": None,
            "at": int(now.timestamp()),
            "actor_id": job.actor.staff_id,
            "workstation": job.actor.workstation,
        }
        tx = Tx(db, partial(_session, connection), act, job.actor, now, about)
        committing = False
        try:
            db.execute("BEGIN IMMEDIATE")
            result = job.run(tx)
            tx.flush()
            committing = True
            db.commit()
        except BaseException as error:
            self._take_back(tx)
            if not isinstance(error, DBAPIError | dbapi2.Error):  # of the mapper, of plain SQL
                raise
            if committing and self._was_done(act):
                return result
            raise fault_of(error, str(self.path)) or error from None
        finally:
            tx.end()
        return result

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
            db = raw(self.connection())
            found = db.execute("SELECT 1 FROM journal WHERE act = ?", (act,)).fetchone()
        except (dbapi2.Error, DatabaseFault):
            return False
        return found is not None


def raw(connection: SqlConnection) -> Connection:
    """The driver's own connection under the mapper's."""
    return connection.connection.driver_connection


def _session(connection: SqlConnection) -> Session:
    session = Session(connection, expire_on_commit=False)
    journal.watch(session)
    return session


def engine(path: Path, key: str, *, create: bool = False, older: bool = False) -> Engine:
    """An SQLAlchemy engine over the one connection function; every transaction begins IMMEDIATE."""
    result = create_engine(
        "sqlite://",
        creator=lambda: connect(path, key, create=create, older=older),
        module=dbapi2,
        poolclass=QueuePool,
        pool_size=1,
        max_overflow=0,
    )

    def begin(connection: SqlConnection) -> None:
        db = raw(connection)
        if not db.in_transaction:  # an act has begun before the mapper is asked for
            db.execute("BEGIN IMMEDIATE")

    event.listen(result, "begin", begin)
    return result
