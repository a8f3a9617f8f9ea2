"""What a file changes: worked out over records as they were read, without the write lock, and written in pieces."""

from datetime import datetime
from typing import Any, TypeVar, cast

from kindertui.data import models, rows
from kindertui.data.act import Tx, new_id
from kindertui.data.connection import Connection
from kindertui.data.queries import last_change, location, marks
from kindertui.data.rows import Planned
from kindertui.domain.faults import Refused
from kindertui.domain.ids import by_nature

R = TypeVar("R", bound="models.Record")
_AT_ONCE = 8  # units that are one step of a piece: about a tenth of its time


class ReadAnew(Exception):
    """Somebody changed what a plan was read from before anything of it was written: make it once more."""


class Plan:
    """The records that were read, and those among them that are added or changed, in units.

    A unit is what others should only see together: a child with its guardians and restrictions. `db` is in a read
    transaction, so that all is of one moment; `now` is the moment at the location.
    """

    def __init__(self, db: Connection, now: datetime) -> None:
        self.db, self.now = db, now
        self.read_at = last_change(db)
        self._files = 0
        self._unit = (0, "")  # what is touched from here on belongs to it
        self._units: dict[tuple[int, str], list[Planned]] = {self._unit: []}
        self._touched: set[str] = set()
        self._read: dict[type[models.Record], list[Planned]] = {}
        self._by_id: dict[type[models.Record], dict[str, Planned]] = {}
        self._location_id = location(db).id

    def begin_file(self) -> None:
        """From here on it is another file: what it says of a child comes behind what the file before said."""
        self._files += 1
        self._unit = (0, "")

    def begin_child(self, child_id: str) -> None:
        """What is touched from here on belongs to this child.

        Units are written in the order in which they were begun, what is of no child first: later ones name earlier
        ones' records.
        """
        self._unit = (self._files, child_id)
        self._units.setdefault(self._unit, [])

    def all(self, model: type[R]) -> list[R]:
        """The records of a table as the plan leaves them, those marked deleted too."""
        if model not in self._read:
            self._read[model] = rows.read_rows(self.db, model)
            self._by_id[model] = {record.id: record for record in self._read[model]}
        return cast(list[R], self._read[model])

    def living(self, model: type[R]) -> list[R]:
        """Those that are not marked deleted."""
        return [record for record in self.all(model) if not record.deleted]

    def add(self, model: type[R], **values: Any) -> R:
        """A new record; `id` is made here unless given. Raises pydantic's ValidationError."""
        record = Planned(model, rows.checked(model, {"id": new_id(), **values}), new=True)
        self.all(model).append(cast(R, record))
        self._by_id[model][record.id] = record
        self._note(record)
        return cast(R, record)

    def id_of(self, model: type[R], *nature: str) -> str:
        """The id of what is one thing by nature; another one where that record stands and has become another thing."""
        self.all(model)
        id = by_nature(self._location_id, str(model.__tablename__), *nature)
        known = self._by_id[model].get(id)
        return id if known is None or known.deleted else new_id()

    def keep(self, model: type[R], id: str, **values: Any) -> R:
        """Adds a record under an id that `id_of` gave: a new one, or one that was taken away stands again as new."""
        self.all(model)
        known = self._by_id[model].get(id)
        if known is None:
            return self.add(model, id=id, **values)
        said = rows.checked(model, {"id": id, **values, "rev": known.rev})
        self.change(cast(R, known), **said)
        return cast(R, known)

    def change(self, record: R, **values: Any) -> tuple[str, ...]:
        """Changes fields after validating the whole; gives the names of those that differ now, sorted."""
        planned = cast(Planned, record)
        if fields := planned.change(**values):
            self._note(planned)
        return fields

    def units(self) -> list[tuple[str, list[Planned]]]:
        """What is to be written, each record behind those it names; in front the child's id, "" for what is of none."""
        tables = [table.name for table in models.Record.metadata.sorted_tables]
        order = {model: tables.index(kind) for kind, model in models.RECORDS.items()}
        return [
            (child_id, sorted(records, key=lambda one: order[one.model]))
            for (_, child_id), records in self._units.items()
            if records
        ]

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of records that it was read from."""
        return tuple(str(model.__tablename__) for model in self._read)

    def _note(self, record: Planned) -> None:
        if record.id not in self._touched:
            self._touched.add(record.id)
            self._units[self._unit].append(record)


class Writing:
    """A plan on its way into the database; `step` writes a few units of it, as a step of a long act.

    When somebody else wrote a record of a kind that the plan was read from, the first step raises ReadAnew. A later one
    raises Refused `changed_since_read` if that record is of a child or of nobody, or belongs to a child of the plan:
    the plan might be another one by now.
    """

    def __init__(self, plan: Plan) -> None:
        self.units = [(child_id, tuple(records)) for child_id, records in plan.units()]
        self.written = 0
        self._seen, self._kinds = plan.read_at, plan.kinds
        self._whose = {child_id for child_id, _ in self.units}
        self._looked: Tx | None = None

    def step(self, tx: Tx) -> bool:
        """Writes a few units; False when those were the last."""
        if self._looked is not tx:  # once in each piece: while it has the lock nobody else writes
            self._look(tx)
            self._looked = tx
        some = self.units[self.written : self.written + _AT_ONCE]
        tx.write(record for _, records in some for record in records)
        self.written += len(some)
        return self.written < len(self.units)

    def _look(self, tx: Tx) -> None:
        found = tx.connection.execute(
            f"SELECT kind, child_id FROM journal WHERE seq > ? AND act <> ? AND kind IN ({marks(self._kinds)})",  # noqa: S608 - marks
            (self._seen, tx.act, *self._kinds),
        ).fetchall()
        if found and not self.written:
            raise ReadAnew
        if any(kind == "child" or child_id is None or child_id in self._whose for kind, child_id in found):
            raise Refused("changed_since_read")
        self._seen = last_change(tx.connection)
