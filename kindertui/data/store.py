"""The store: one database thread, one queue, one session. Writes stay in order and the screen never waits for the disk.

Importing this module loads no SQLAlchemy; the thread does, on its first write or when it is warmed after the first
frame. A writer is a plain function ``fn(tx, …)`` that gives back frozen values; see act.py.
"""

import asyncio
import contextlib
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar, cast

from msgspec import Struct

from kindertui.data.act import Actor, Tx
from kindertui.data.connection import Connection, connect, is_snapshot, look_at
from kindertui.data.head import HeadFile
from kindertui.data.keys import Keys, read_keys, sealed
from kindertui.domain.faults import DatabaseFault
from kindertui.locations import Locations

if TYPE_CHECKING:
    from kindertui.data.writer import Writer

P = ParamSpec("P")
T = TypeVar("T")


class Job(Struct, eq=False):
    """What the database thread does in its turn, and who hears of it."""

    work: "Callable[[Writer], Any]"
    future: "Future[Any]"


class Store:
    """An open database: a read-only connection for this thread, and the database thread for writes."""

    def __init__(self, locations: Locations) -> None:
        """Opens for reading at once; raises DatabaseFault. Writing is opened by the first write."""
        self.locations = locations
        look_at(locations.database)  # what is said of a missing location must not be that its key is missing
        self._keys = read_keys(locations)
        self.head = HeadFile(locations.head, self._keys.seal)
        self.reader: Connection = to_read(locations, self._keys)
        self._exchanged = False
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
        # without an id that was given nothing is looked up, and there is no None but of `fn`
        return self._put(lambda writer: cast(T, writer.act(lambda tx: fn(tx, *args, **kwargs), fn.__name__, actor)))

    def submit_as(
        self,
        act: str,
        behind: "Future[Any] | None",
        fn: Callable[Concatenate[Tx, P], T],
        actor: Actor,
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> "Future[T | None]":
        """`submit` under an id that was made before, for an act that may be tried again: None if it was done already.

        `behind` is what has to be done first, queued before: what that failed with for the database's sake is raised
        here as well, and nothing is tried.
        """

        def work(writer: "Writer") -> T | None:
            if behind is not None and not behind.cancelled() and isinstance(behind.exception(), DatabaseFault):
                raise cast(DatabaseFault, behind.exception())
            return writer.act(lambda tx: fn(tx, *args, **kwargs), fn.__name__, actor, act)

        return self._put(work)

    async def run(self, fn: Callable[Concatenate[Tx, P], T], actor: Actor, /, *args: P.args, **kwargs: P.kwargs) -> T:
        """`submit`, awaited; an awaiting task that is cancelled does not cancel the write."""
        return await asyncio.shield(asyncio.wrap_future(self.submit(fn, actor, *args, **kwargs)))

    def call(self, fn: Callable[Concatenate[Tx, P], T], actor: Actor, /, *args: P.args, **kwargs: P.kwargs) -> T:
        """`submit`, waited for: the command line's way."""
        return self.submit(fn, actor, *args, **kwargs).result()

    def in_turn(self, work: "Callable[[Writer], T]") -> T:
        """Runs what needs the writer itself in its turn, and waits for it: the pieces of a long act (long_act.py)."""
        return self._put(work).result()

    def take_back_dead(self, actor: Actor) -> None:
        """Takes back what killed programs left of long acts: for whoever wants to read what is whole."""
        self.in_turn(lambda writer: writer.take_back_dead(actor))

    def took_back(self) -> bool:
        """Whether anything that a killed program left was taken back since this was last asked: it is said once."""
        writer = self._writer
        found = writer is not None and writer.taken_back > 0
        if writer is not None and found:
            writer.taken_back = 0
        return found

    def warm(self, prepare: Callable[[], None] | None = None) -> "Future[None]":
        """Loads what writing needs, and then runs `prepare`, in the database thread; called after the first frame.

        `prepare` imports what else nobody should have to wait for. Its error is in the future, as any other.
        """

        def work(writer: "Writer") -> None:
            _load_writing()
            writer.wake()
            if prepare is not None:
                prepare()

        return self._put(work)

    def take_note(self) -> "Future[None]":
        """Somebody knows that entries are missing; nothing says so any more."""
        return self._put(lambda writer: writer.take_note())

    def settle(self, seconds: float) -> bool:
        """Waits until what is queued now was written, so long at most; says whether it was."""
        try:
            self._put(lambda writer: None).result(timeout=seconds)
        except TimeoutError:
            return False
        return True

    @property
    def keys(self) -> Keys:
        """The location's keys, for a connection of another thread's own."""
        return self._keys

    def data_version(self) -> int:
        """Changes whenever anybody else than this connection committed (PRAGMA data_version).

        A snapshot, which sees nothing new, is exchanged here for a live connection once the disk has one again.
        """
        if is_snapshot(self.reader):
            self._go_live()
        version = int(self.reader.execute("PRAGMA data_version").fetchone()[0])
        return -version if self._exchanged else version  # each connection counts for itself

    def _go_live(self) -> None:
        with contextlib.suppress(DatabaseFault):
            live = connect(self.locations.database, self._keys.database, read_only=True, live=True)
            self.reader.close()
            self.reader = live
            self._exchanged = True

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

    def _put(self, work: "Callable[[Writer], T]") -> "Future[T]":
        future: Future[T] = Future()
        with self._gate:
            if self._closed:
                raise RuntimeError("the store is closed")
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="database")
                self._thread.start()
            self._jobs.put(Job(work, future))
        return future

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            if not job.future.set_running_or_notify_cancel():
                continue
            try:
                result = job.work(self._open_writer())
            except BaseException as error:  # whatever it is, the one who asked must hear of it
                job.future.set_exception(error)
            else:
                job.future.set_result(result)
            if self._writer is not None:
                self._writer.keep_head()  # behind the answer: nobody waits for it
        if self._writer is not None:
            self._writer.close()
            self._writer = None

    def _open_writer(self) -> "Writer":
        if self._writer is None:
            from kindertui.data.writer import Writer  # brings SQLAlchemy: the first frame has been painted by now

            self._keys = sealed(self.locations, self._keys)
            self.head = HeadFile(self.locations.head, self._keys.seal)
            self._writer = Writer(self.locations.database, self._keys.database, self.head)
        return self._writer


def _load_writing() -> None:
    """What the first key wants and has no time to load: the log with its language, the foods, the guard's words."""
    from kindertui.data import daylog  # noqa: F401 - loaded here, used by whoever writes
    from kindertui.domain.foods import book
    from kindertui.domain.guard import check_text

    book()
    for language in ("nl", "nb", "en"):
        check_text("-", language)


def to_read(locations: Locations, keys: Keys) -> Connection:
    """A read-only connection; a database of an earlier schema is brought up first, with a backup of it kept."""
    try:
        return connect(locations.database, keys.database, read_only=True)
    except DatabaseFault as fault:
        if fault.rule != "db_older":
            raise
    from kindertui.data.upgrading import bring_up  # brings Alembic, which is for a due migration alone

    bring_up(locations, keys)
    return connect(locations.database, keys.database, read_only=True)
