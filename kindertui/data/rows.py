"""A new record: checked by its model's fields and written as one row, without what the mapper would bring along.

The mapper keeps what it reads, follows what is changed of it and finds out what must be written first. A new record
needs none of that, and a key that waits for it does not either: measured, half of what writing one took.
"""

import json
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, cast

from msgspec import Struct

from kindertui.data import models
from kindertui.data.connection import Connection

if TYPE_CHECKING:
    from pydantic import BaseModel

R = TypeVar("R", bound="models.Record")


class _Form(Struct, frozen=True, eq=False):
    checked: "type[BaseModel]"  # the model's fields, checked as the model does and changed by nobody
    insert: str
    as_json: tuple[str, ...]  # columns that hold lists and mappings


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


def model_of(record: object) -> "type[models.Record] | None":
    """The model of a record that `add` gave; None for one that the mapper follows."""
    return _MODELS.get(type(record))


@cache
def form_of(model: "type[models.Record]") -> _Form:
    """How records of a model are checked and written; made once, before the first key asks for it."""
    from pydantic import ConfigDict, create_model  # here: whoever loads this module need not write yet
    from sqlalchemy import JSON

    fields: dict[str, Any] = {name: (field.annotation, field) for name, field in model.model_fields.items()}
    columns = model.metadata.tables[str(model.__tablename__)].columns
    names = [column.name for column in columns]
    quoted, places = ", ".join(f'"{name}"' for name in names), ", ".join(f":{name}" for name in names)
    checked = create_model(model.__name__, __config__=ConfigDict(frozen=True), **fields)
    _MODELS[checked] = model
    return _Form(
        checked,
        f"INSERT INTO {model.__tablename__} ({quoted}) VALUES ({places})",  # noqa: S608 - the model's own names
        tuple(column.name for column in columns if isinstance(column.type, JSON)),
    )
