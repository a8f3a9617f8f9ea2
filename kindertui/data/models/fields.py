"""What the records are made of: checked and cleaned fields, and the columns every record has."""

from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, BeforeValidator
from sqlalchemy import MetaData
from sqlmodel import Field, SQLModel

from kindertui.text import NAME_LENGTH, clean


def _name(value: Any) -> str:
    return clean(str(value or ""), limit=NAME_LENGTH)


def _text(value: Any) -> str:
    return clean(str(value or ""))


def _long_text(value: Any) -> str:
    return clean(str(value or ""), limit=20_000, lines=True)


def _date(value: str) -> str:
    from datetime import date

    return date.fromisoformat(value).isoformat()


def _clock(value: str) -> str:
    from datetime import time

    return time.fromisoformat(value).strftime("%H:%M")


Name = Annotated[str, BeforeValidator(_name)]
Text = Annotated[str, BeforeValidator(_text)]
LongText = Annotated[str, BeforeValidator(_long_text)]
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
    """What the journal follows."""

    id: str = Field(primary_key=True)
    rev: int = 1
    deleted: bool = False
