"""One act: who does it, and the transaction in which its records and their journal rows are written.

A writer is a plain function `fn(tx, …)` that gives back frozen values; the store runs it. Importing this module loads
no SQLAlchemy.
"""

import os
import socket
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar, cast
from zoneinfo import ZoneInfo

from msgspec import Struct

from kindertui.data import journal, models, rows
from kindertui.data.connection import Connection
from kindertui.data.queries import location, staff, zone_of
from kindertui.data.rows import Planned
from kindertui.domain.ids import by_nature

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

R = TypeVar("R", bound="models.Record")

SYSTEM = "system"  # who acts where nobody on the staff list does


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


class Tx(Struct, eq=False, dict=True):
    """One act: a transaction that holds the write lock from its beginning, and whose changes are journaled.

    `now` is when the act began (aware, UTC); `act` is its id, made before anything was tried, so that a retry can ask
    the journal whether it was done already. `about` is what each of its journal rows says of the act. Revisions made
    in it are higher than `revs_from`.
    """

    db: Connection
    sessions: "Callable[[], Session]"
    act: str
    actor: Actor
    now: datetime
    about: dict[str, Any]
    revs_from: int = 0
    begun: "Session | None" = None

    @property
    def session(self) -> "Session":
        """The mapper's session, for records that are read to be changed; made when it is first asked for."""
        if self.begun is None:
            self.begun = self.sessions()
            self.begun.info |= {"act": self.about, "revs_from": self.revs_from}
        return self.begun

    @property
    def connection(self) -> Connection:
        """The transaction's own driver connection, to read by plain SQL what it wrote so far."""
        self.flush()
        return self.db

    @cached_property
    def zone(self) -> ZoneInfo:
        """The location's time zone."""
        return zone_of(location(self.connection))

    @cached_property
    def location_id(self) -> str:
        return location(self.connection).id

    @property
    def local_now(self) -> datetime:
        """`now` at the location."""
        return self.now.astimezone(self.zone)

    @property
    def at(self) -> int:
        """`now` in Unix seconds."""
        return int(self.now.timestamp())

    @property
    def by_manager(self) -> bool:
        """Whether a manager does it."""
        return any(one.id == self.actor.staff_id and one.role == "manager" for one in staff(self.connection))

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
        connection = self.connection
        record = rows.insert_row(connection, model, {"id": new_id(), "rev": self.revs_from + 1, **values})
        journal.added(connection, self.about, model, record)
        return record

    def keep(self, model: type[R], *nature: str | None, **values: Any) -> R:
        """Writes a record that is one thing by nature (domain/ids.py): a new one, or the one that is there is changed.

        One that was taken away stands again. What `values` do not say is as in a new one. Raises as `add`.
        """
        id = self.id_of(model, *nature)
        known = f"SELECT 1 FROM {model.__tablename__} WHERE id = ?"  # noqa: S608 - the model's own name
        if self.connection.execute(known, (id,)).fetchone() is None:
            return self.add(model, id=id, **values)
        record = cast(R, self.get(model, id))
        said = rows.checked(model, {"id": id, **values})
        return self.change(record, **{name: value for name, value in said.items() if name not in ("id", "rev")})

    def id_of(self, model: "type[models.Record]", *nature: str | None) -> str:
        """The id of a record that is one thing by nature."""
        return by_nature(self.location_id, str(model.__tablename__), *nature)

    def write(self, records: Iterable[Planned]) -> None:
        """Writes what is new or changed of many records that were read and planned without the mapper (plan.py)."""
        connection = self.connection
        journal.written(connection, self.about, rows.write_rows(connection, records, self.revs_from))

    def get(self, model: type[R], id: str) -> R | None:
        """A record by id, marked ones too."""
        return self.session.get(model, id)

    def change(self, record: R, **values: Any) -> R:
        """Changes fields after validating the whole; a value that is the same leaves no trace in the journal."""
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

    def write_as(self, origin: str, revs_from: int) -> None:
        """Lets another origin write from here on: its chain, and its revisions."""
        self.flush()
        self.about["origin"], self.revs_from = origin, revs_from
        if self.begun is not None:
            self.begun.info["revs_from"] = revs_from
