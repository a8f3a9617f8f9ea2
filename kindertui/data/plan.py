"""What a file changes, worked out over the records as they were read, and written by the thousand."""

from collections.abc import Iterator
from datetime import datetime
from itertools import chain
from typing import Any, TypeVar, cast

from kindertui.data import models, rows
from kindertui.data.act import new_id
from kindertui.data.connection import Connection
from kindertui.data.rows import Planned

R = TypeVar("R", bound="models.Record")


class Plan:
    """The records that were read, and those among them that are added or changed, in units.

    A unit is what others should only see together: a child with its guardians and restrictions. `now` is the moment at
    the location.
    """

    def __init__(self, db: Connection, now: datetime) -> None:
        self.db, self.now = db, now
        self._files = 0
        self._unit = (0, "")  # what is touched from here on belongs to it
        self._units: dict[tuple[int, str], list[Planned]] = {self._unit: []}
        self._touched: set[str] = set()
        self._read: dict[type[models.Record], list[Planned]] = {}

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
        return cast(list[R], self._read[model])

    def living(self, model: type[R]) -> list[R]:
        """Those that are not marked deleted."""
        return [record for record in self.all(model) if not record.deleted]

    def add(self, model: type[R], **values: Any) -> R:
        """A new record; `id` is made here unless given. Raises pydantic's ValidationError."""
        record = Planned(model, rows.checked(model, {"id": new_id(), **values}), new=True)
        self.all(model).append(cast(R, record))
        self._note(record)
        return cast(R, record)

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

    def records(self) -> Iterator[Planned]:
        """All that is to be written."""
        return chain.from_iterable(records for _, records in self.units())

    def _note(self, record: Planned) -> None:
        if record.id not in self._touched:
            self._touched.add(record.id)
            self._units[self._unit].append(record)
