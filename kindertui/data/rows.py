"""Records checked by their model's fields and written as rows, without what the mapper would bring along.

The mapper keeps what it reads, follows what is changed of it and finds out what must be written first. A new record
needs none of that, and a key that waits for it does not either: measured, half of what writing one took. Nor do the
many records of a file, which are read, changed and written by the thousand.
"""

import json
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, Any, TypeVar, cast

from msgspec import Struct

from kindertui.data import models
from kindertui.data.connection import Connection

if TYPE_CHECKING:
    from pydantic import BaseModel

R = TypeVar("R", bound="models.Record")


class _Form(Struct, frozen=True, eq=False):
    checked: "type[BaseModel]"  # the model's fields, checked as the model does and changed by nobody
    select: str
    insert: str
    update: str
    columns: tuple[str, ...]
    as_json: tuple[str, ...]  # columns that hold lists and mappings
    as_bool: tuple[str, ...]


_MODELS: "dict[type, type[models.Record]]" = {}  # by `_Form.checked`


def insert_row(connection: Connection, model: type[R], values: dict[str, Any]) -> R:
    """Writes a record; gives what was written, to read but not to change. Raises pydantic's ValidationError."""
    form = form_of(model)
    record = form.checked.model_validate(values)
    row = dict(record)
    for name in form.as_json:
        row[name] = json.dumps(row[name])
    connection.execute(form.insert, row)
    return cast(R, record)


class Planned:
    """A record that is to be added, or was read to be changed; its fields are its attributes.

    `values` are the fields as they are to be, `before` those among them that the database has otherwise.
    """

    __slots__ = ("before", "model", "new", "values")

    def __init__(self, model: "type[models.Record]", values: dict[str, Any], *, new: bool = False) -> None:
        self.model, self.values, self.new = model, values, new
        self.before: dict[str, Any] = {}

    def __getattr__(self, name: str) -> Any:
        try:
            return self.values[name]
        except KeyError:
            raise AttributeError(name) from None

    def change(self, **values: Any) -> tuple[str, ...]:
        """Changes fields after validating the whole; gives the names of those that differ, sorted."""
        if all(self.values[name] == value for name, value in values.items()):
            return ()
        found = checked(self.model, {**self.values, **values})
        fields = tuple(sorted(name for name in values if self.values[name] != found[name]))
        for name in fields:
            if not self.new:
                self.before.setdefault(name, self.values[name])
            self.values[name] = found[name]
        return fields

    @property
    def changed(self) -> tuple[str, ...]:
        """The fields that the database has otherwise."""
        return tuple(name for name, value in self.before.items() if self.values[name] != value)


def checked(model: "type[models.Record]", values: dict[str, Any]) -> dict[str, Any]:
    """All fields of a record as the model has them. Raises pydantic's ValidationError."""
    return dict(vars(form_of(model).checked.model_validate(values)))


def read_rows(connection: Connection, model: "type[models.Record]", where: str = "", *values: Any) -> list[Planned]:
    """The records of a table, or those that `where` leaves of them, marked ones too."""
    form = form_of(model)
    found = []
    for row in connection.execute(form.select + where, values):
        record = dict(zip(form.columns, row, strict=True))
        for name in form.as_json:
            record[name] = json.loads(record[name])
        for name in form.as_bool:
            record[name] = bool(record[name])
        found.append(Planned(model, record))
    return found


def write_rows(
    connection: Connection, records: Iterable[Planned], revs_from: int
) -> Iterator[tuple[Planned, dict[str, Any] | None, dict[str, Any]]]:
    """Writes what is new or changed; gives for each such record its fields of before (None: new) and of now.

    Many of one table behind each other are one statement. A record must come behind those it names.
    """
    written = [one for one in records if one.new or one.changed]
    for (model, new), some in groupby(written, key=lambda one: (one.model, one.new)):
        form, rows = form_of(model), []
        for one in some:
            old = None if new else {name: one.before[name] for name in one.changed} | {"rev": one.rev}
            one.values["rev"] = revs_from + 1 if new else max(one.rev, revs_from) + 1
            yield one, old, dict(one.values) if old is None else {name: one.values[name] for name in old}
            one.new, one.before = False, {}
            rows.append(one.values | {name: json.dumps(one.values[name]) for name in form.as_json})
        connection.executemany(form.insert if new else form.update, rows)


def model_of(record: object) -> "type[models.Record] | None":
    """The model of a record that `add` gave; None for one that the mapper follows."""
    return _MODELS.get(type(record))


@cache
def form_of(model: "type[models.Record]") -> _Form:
    """How records of a model are checked and written; made once, before the first key asks for it."""
    from pydantic import ConfigDict, create_model  # here: whoever loads this module need not write yet
    from sqlalchemy import JSON, Boolean

    fields: dict[str, Any] = {name: (field.annotation, field) for name, field in model.model_fields.items()}
    columns = model.metadata.tables[str(model.__tablename__)].columns
    names = [column.name for column in columns]
    quoted, places = ", ".join(f'"{name}"' for name in names), ", ".join(f":{name}" for name in names)
    checked = create_model(model.__name__, __config__=ConfigDict(frozen=True), **fields)
    _MODELS[checked] = model
    sets = ", ".join(f'"{name}" = :{name}' for name in names if name != "id")
    table = model.__tablename__
    return _Form(
        checked,
        f"SELECT {quoted} FROM {table} ",  # noqa: S608 - the model's own names, as below
        f"INSERT INTO {table} ({quoted}) VALUES ({places})",  # noqa: S608
        f"UPDATE {table} SET {sets} WHERE id = :id",  # noqa: S608
        tuple(names),
        tuple(column.name for column in columns if isinstance(column.type, JSON)),
        tuple(column.name for column in columns if isinstance(column.type, Boolean)),
    )
