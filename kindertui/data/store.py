"""The store: one database thread, one queue, one session. Writes stay in order and the screen never waits for the disk.

Importing this module loads no SQLAlchemy; the thread does, on its first write or when it is warmed after the first
frame. A writer is a plain function ``fn(tx, …)`` that gives back frozen values; see `Tx`.
"""

import asyncio
import contextlib
import os
import queue
import socket
import threading
from collections.abc import Callable
from concurrent.futures import Future
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar, cast

from msgspec import Struct

from kindertui.data.connection import Connection, connect, look_at, read_key
from kindertui.domain.faults import DatabaseFault
from kindertui.locations import Locations

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from kindertui.data.models import Record
    from kindertui.data.writer import Writer

P = ParamSpec("P")
T = TypeVar("T")
R = TypeVar("R", bound="Record")


def workstation() -> str:
    """Which keyboard a record came from: the machine's name and the terminal, no more."""
    try:
        terminal = os.ttyname(0).removeprefix("/dev/")
    except OSError:
        terminal = "-"
    return f"{socket.gethostname()[:40]}:{terminal}"


def new_id() -> str:
    """A UUIDv7, so that ids made here sort by time and never meet those of another workstation."""
    from uuid_utils import uuid7

    return str(uuid7())


class Actor(Struct, frozen=True):
    """Who does it, and at which keyboard."""

    staff_id: str
    name: str
    workstation: str = "-"


class Tx(Struct, eq=False):
    """One act: a transaction that holds the write lock from its beginning, and whose changes are journaled.

    `now` is when the act began (aware, UTC); `act` is its id, made before anything was tried, so that a retry can ask
    the journal whether it was done already. `about` is what each of its journal rows says of the act.
    """

    db: Connection
    sessions: "Callable[[], Session]"
    act: str
    actor: Actor
    now: datetime
    about: dict[str, Any]
    begun: "Session | None" = None

    @property
    def session(self) -> "Session":
        """The mapper's session, for records that are read to be changed; made when it is first asked for."""
        if self.begun is None:
            self.begun = self.sessions()
            self.begun.info["act"] = self.about
        return self.begun

    @property
    def connection(self) -> Connection:
        """The transaction's own driver connection, to read by plain SQL what it wrote so far."""
        self.flush()
        return self.db

    @property
    def at(self) -> int:
        """`now` in Unix seconds."""
        return int(self.now.timestamp())

    def flush(self) -> None:
        """Writes what was changed so far, with its journal rows."""
        if self.begun is not None:
            self.begun.flush()

    def rollback(self) -> None:
        """Takes back all that was done so far; nothing is to be done after it."""
        try:
            if self.begun is not None:
                self.begun.rollback()
        finally:
            self.db.rollback()

    def end(self) -> None:
        """Lets go of what the mapper read."""
        if self.begun is not None:
            self.begun.close()

    def add(self, model: type[R], **values: Any) -> R:
        """Writes a new validated record; `id` is made here unless given. Raises pydantic's ValidationError.

        What it gives is to be read: `change` changes it.
        """
        from kindertui.data import journal, rows

        connection = self.connection
        record = rows.insert_row(connection, model, {"id": new_id(), **values})
        journal.added(connection, self.about, model, record)
        return record

    def get(self, model: type[R], id: str) -> R | None:
        """A record by id, marked ones too."""
        return self.session.get(model, id)

    def change(self, record: R, **values: Any) -> R:
        """Changes fields after validating the whole; a value that is the same leaves no trace in the journal."""
        from kindertui.data import rows

        if (model := rows.model_of(record)) is not None:  # added by this act: from here on the mapper follows it
            record = cast(R, self.get(model, record.id))
        checked = type(record).model_validate({**record.model_dump(), **values})
        for name in values:
            new = getattr(checked, name)
            if getattr(record, name) != new:
                setattr(record, name, new)
        return record

    def undoing(self, act: str) -> None:
        """Marks this act in the journal as the one that takes back `act`."""
        self.about["undoes"] = act


class Job(Struct, eq=False):
    run: Callable[[Any], Any]
    verb: str
    actor: Actor
    act: str | None
    future: "Future[Any]"


class Store:
    """An open database: a read-only connection for this thread, and the database thread for writes."""

    def __init__(self, locations: Locations) -> None:
        """Opens for reading at once; raises DatabaseFault. Writing is opened by the first write."""
        self.locations = locations
        look_at(locations.database)  # what is said of a missing location must not be that its key is missing
        self._key = read_key(locations.key)
        self.reader: Connection = to_read(locations.database, self._key)
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._gate = threading.Lock()  # so that nothing is queued behind the end of the queue
        self._closed = False
        self._thread: threading.Thread | None = None
        self._writer: Writer | None = None

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def submit(
        self,
        fn: Callable[Concatenate[Tx, P], T],
        actor: Actor,
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> "Future[T]":
        """Queues one act. The future gives what `fn` gave, after COMMIT, or raises Refused or DatabaseFault.

        Raises RuntimeError once the store is closed. A future that was cancelled before its turn is not run.
        """
        future: Future[T] = Future()
        self._put(Job(lambda tx: fn(tx, *args, **kwargs), fn.__name__, actor, None, future))
        return future

    async def run(self, fn: Callable[Concatenate[Tx, P], T], actor: Actor, /, *args: P.args, **kwargs: P.kwargs) -> T:
        """`submit`, awaited; an awaiting task that is cancelled does not cancel the write."""
        return await asyncio.shield(asyncio.wrap_future(self.submit(fn, actor, *args, **kwargs)))

    def call(self, fn: Callable[Concatenate[Tx, P], T], actor: Actor, /, *args: P.args, **kwargs: P.kwargs) -> T:
        """`submit`, waited for: the command line's way."""
        return self.submit(fn, actor, *args, **kwargs).result()

    def warm(self) -> None:
        """Loads what writing needs, in the database thread; called after the first frame."""
        self._put(Job(lambda tx: None, "warm", Actor("", ""), None, Future()))

    def settle(self, seconds: float) -> bool:
        """Waits until what is queued now was written, so long at most; says whether it was."""
        reached: Future[None] = Future()
        self._put(Job(lambda tx: None, "settle", Actor("", ""), None, reached))
        try:
            reached.result(timeout=seconds)
        except TimeoutError:
            return False
        return True

    def data_version(self) -> int:
        """Changes whenever anybody else than this connection committed (PRAGMA data_version)."""
        return int(self.reader.execute("PRAGMA data_version").fetchone()[0])

    def close(self) -> None:
        """Waits for the queue, then closes both connections; the writer last, so that it can empty the WAL."""
        with contextlib.suppress(Exception):
            self.reader.close()
        with self._gate:
            self._closed = True
            self._jobs.put(None)
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _put(self, job: Job) -> None:
        with self._gate:
            if self._closed:
                raise RuntimeError("the store is closed")
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="database")
                self._thread.start()
            self._jobs.put(job)

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            if not job.future.set_running_or_notify_cancel():
                continue
            try:
                if self._writer is None:
                    from kindertui.data.writer import Writer

                    self._writer = Writer(self.locations.database, self._key)
                if job.verb == "warm":
                    _read_foods()
                    self._writer.wake()
                result = None if job.verb in ("warm", "settle") else self._writer.act(job)
            except BaseException as error:  # whatever it is, the one who asked must hear of it
                job.future.set_exception(error)
            else:
                job.future.set_result(result)
        if self._writer is not None:
            self._writer.close()
            self._writer = None


def _read_foods() -> None:
    """What the first key of a meal has no time to read."""
    from kindertui.domain.foods import book

    book()


def to_read(path: Path, key: str) -> Connection:
    """A read-only connection; a database of an earlier schema is brought up first, with a copy of it left beside."""
    try:
        return connect(path, key, read_only=True)
    except DatabaseFault as fault:
        if fault.rule != "db_older":
            raise
    from kindertui.data.upgrading import bring_up

    bring_up(path, key)
    return connect(path, key, read_only=True)
