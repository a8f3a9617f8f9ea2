"""What the records are made of: checked and cleaned fields, and the columns every record has."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, time
from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, BeforeValidator, ValidationError
from sqlalchemy import MetaData
from sqlmodel import Field, SQLModel

from kindertui.domain.faults import Refused
from kindertui.domain.merge import Rule
from kindertui.text import NAME_LENGTH, TextRefused, clean


def _name(value: Any) -> str:
    return clean(str(value or ""), limit=NAME_LENGTH)


def _text(value: Any) -> str:
    return clean(str(value or ""))


def _long_text(value: Any) -> str:
    return clean(str(value or ""), limit=20_000, lines=True)


def _date(value: str) -> str:
    return date.fromisoformat(value).isoformat()


def _clock(value: str) -> str:
    return time.fromisoformat(value).strftime("%H:%M")


def _detail(value: dict[str, Any]) -> dict[str, Any]:
    return {name: clean(found) if isinstance(found, str) else found for name, found in value.items()}


Name = Annotated[str, BeforeValidator(_name)]
Text = Annotated[str, BeforeValidator(_text)]
LongText = Annotated[str, BeforeValidator(_long_text)]
Detail = Annotated[dict[str, Any], AfterValidator(_detail)]
IsoDate = Annotated[str, AfterValidator(_date)]
Clock = Annotated[str, AfterValidator(_clock)]


class Base(SQLModel):
    """Names constraints the same way everywhere, so that a migration can name them too."""

    metadata: ClassVar[MetaData] = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Record(Base):
    """What the journal follows. `merge` says how two versions of one go together, and what no write changes."""

    merge: ClassVar[Rule]

    id: str = Field(primary_key=True)
    rev: int = 1
    deleted: bool = False


@contextmanager
def refused_texts(child_id: str = "") -> Iterator[None]:
    """Turns a text the models refuse into Refused `text_too_long` or `text_not_unicode` (field).

    Any other misfit is a fault of the program and passes through.
    """
    try:
        yield
    except ValidationError as error:
        for one in error.errors(include_url=False):
            if isinstance(refused := one.get("ctx", {}).get("error"), TextRefused):
                raise Refused(refused.rule, child_id, field=str(one["loc"][0])) from None
        raise
