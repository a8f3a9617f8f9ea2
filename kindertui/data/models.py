"""The records, as SQLModel tables. Import this only in the database thread: it brings SQLAlchemy and pydantic.

Every record has a UUIDv7 `id`, a `rev` that counts from 1, and `deleted`: an edit or an undo deletes nothing, it marks.
Instants are Unix seconds in UTC (`tz` beside them where local time matters later); `day` and other civil dates are ISO
text. A table model validates nothing when it is built with its constructor: use `Tx.add`, which goes through
`model_validate`.
"""

from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, BeforeValidator
from sqlalchemy import JSON, Column, Index, MetaData
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


class Location(Record, table=True):
    __tablename__ = "location"
    name: Name = Field(min_length=1)
    timezone: str
    language: str
    profile: str


class CareGroup(Record, table=True):
    __tablename__ = "care_group"
    name: Name = Field(min_length=1)
    kind: str = "day_care"
    age_from: int | None = None
    age_to: int | None = None


class Staff(Record, table=True):
    __tablename__ = "staff"
    name: Name = Field(min_length=1)
    role: str = "worker"
    group_id: str | None = Field(default=None, foreign_key="care_group.id")


class Child(Record, table=True):
    __tablename__ = "child"
    given_name: Name = Field(min_length=1)
    prefix: Name = ""
    surname: Name = ""
    birth_date: IsoDate | None = None
    group_id: str | None = Field(default=None, foreign_key="care_group.id", index=True)
    first_day: IsoDate | None = None
    last_day: IsoDate | None = None


class Slot(Record, table=True):
    """One weekday on which a child is expected (ISO weekday, Monday 1)."""

    __tablename__ = "slot"
    child_id: str = Field(foreign_key="child.id", index=True)
    weekday: int = Field(ge=1, le=7)
    start: Clock
    end: Clock


class Guardian(Record, table=True):
    __tablename__ = "guardian"
    name: Name = Field(min_length=1)
    phone: Name = ""
    email: Name = ""
    language: str = ""


class Guardianship(Record, table=True):
    __tablename__ = "guardianship"
    child_id: str = Field(foreign_key="child.id", index=True)
    guardian_id: str = Field(foreign_key="guardian.id", index=True)
    relation: Name = ""
    rank: int = 1
    may_pick_up: bool = True


class Restriction(Record, table=True):
    """`lifted_on` and `lifted_by` are set by a manager's own act; nothing else in the program writes them."""

    __tablename__ = "restriction"
    child_id: str = Field(foreign_key="child.id", index=True)
    guardian_id: str | None = Field(default=None, foreign_key="guardian.id")
    kind: str
    reason: Text = ""
    since: IsoDate
    author: Name = Field(min_length=1)
    source: str = "manual"
    lifted_on: IsoDate | None = None
    lifted_by: Name | None = None


class CareFact(Record, table=True):
    __tablename__ = "care_fact"
    child_id: str = Field(foreign_key="child.id", index=True)
    kind: str
    text: Text = Field(min_length=1)
    source: str = "manual"


class Consent(Record, table=True):
    __tablename__ = "consent"
    child_id: str = Field(foreign_key="child.id", index=True)
    scope: str
    given: bool
    since: IsoDate | None = None
    source: str = "manual"


class Entry(Record, table=True):
    """The day log. Both orders of (child, day) are indexed: ten years of history cost what one day costs."""

    __tablename__ = "entry"
    __table_args__ = (
        Index("ix_entry_child_id_day", "child_id", "day"),
        Index("ix_entry_day_child_id", "day", "child_id"),
    )
    child_id: str = Field(foreign_key="child.id")
    group_id: str | None = Field(default=None, foreign_key="care_group.id")
    day: IsoDate
    kind: str
    start: int
    end: int | None = None
    tz: str
    amount: float | None = None
    unit: str | None = None
    detail: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    text: Text = ""
    share: str = "guardians"
    sensitivity: str = "none"
    by_id: str = Field(foreign_key="staff.id")
    recorded_at: int


class Absence(Record, table=True):
    __tablename__ = "absence"
    __table_args__ = (Index("ix_absence_child_id_first_day", "child_id", "first_day"),)
    child_id: str = Field(foreign_key="child.id")
    kind: str
    first_day: IsoDate = Field(index=True)
    last_day: IsoDate | None = Field(default=None, index=True)
    start: Clock | None = None
    end: Clock | None = None
    channel: str
    reported_at: int
    reported_by: Name = ""
    text: Text = ""
    state: str = Field(default="new", index=True)
    nature: str = "notice"
    decided_by: str = "group"
    deadline: int | None = None
    late_by: int | None = None
    rule: str = ""
    reason: Text = ""
    decision_by: str | None = Field(default=None, foreign_key="staff.id")
    decision_at: int | None = None


class Message(Record, table=True):
    __tablename__ = "message"
    thread_id: str = Field(index=True)
    direction: str
    audience: str
    audience_id: str
    subject: Text = ""
    body: LongText = ""
    state: str = Field(index=True)
    by_id: str | None = Field(default=None, foreign_key="staff.id")
    sender: Name = ""
    at: int = Field(index=True)
    language: str = ""


class MessageTo(Record, table=True):
    """Who a message was for when it was queued, and who was held back and why."""

    __tablename__ = "message_to"
    message_id: str = Field(foreign_key="message.id", index=True)
    guardian_id: str = Field(foreign_key="guardian.id")
    child_id: str = Field(foreign_key="child.id")
    held_back: str = ""


class IdMap(Record, table=True):
    """Other systems' ids; they never become keys of ours."""

    __tablename__ = "id_map"
    __table_args__ = (Index("uq_id_map_source_kind_external_id", "source", "kind", "external_id", unique=True),)
    source: str
    kind: str
    external_id: str
    record_id: str = Field(index=True)


class Expansion(Record, table=True):
    """A short word that the staff let stand for a text on the entry line; `word` is folded for comparing elsewhere."""

    __tablename__ = "expansion"
    word: Name = Field(min_length=1)
    text: Text = Field(min_length=1)


class Menu(Record, table=True):
    """What a meal of a day was, for a group or (group None) for everybody."""

    __tablename__ = "menu"
    __table_args__ = (Index("ix_menu_day", "day"),)
    day: IsoDate
    group_id: str | None = Field(default=None, foreign_key="care_group.id")
    meal: str
    text: Text = Field(min_length=1)


class Agreement(Record, table=True):
    """A guardian's consent to give a medicine; days inclusive, `last_day` None is until further notice."""

    __tablename__ = "agreement"
    child_id: str = Field(foreign_key="child.id", index=True)
    medicine: Name = Field(min_length=1)
    dose: Text = ""
    first_day: IsoDate
    last_day: IsoDate | None = None
    apart: int | None = Field(default=None, ge=0)  # minutes between two of them
    agreed_by: Name = Field(min_length=1)
    source: str = "manual"


class PickUp(Record, table=True):
    """Somebody who is no guardian and may fetch a child; days inclusive, None is without a limit."""

    __tablename__ = "pick_up"
    child_id: str = Field(foreign_key="child.id", index=True)
    name: Name = Field(min_length=1)
    relation: Name = ""
    phone: Name = ""
    first_day: IsoDate | None = None
    last_day: IsoDate | None = None
    source: str = "manual"


class HeadCount(Record, table=True):
    """A head count, twice: who should be there, and whom each of the two counts found (lists of child ids)."""

    __tablename__ = "head_count"
    __table_args__ = (Index("ix_head_count_day", "day"),)
    day: IsoDate
    group_id: str | None = Field(default=None, foreign_key="care_group.id")
    reason: Text = ""
    expected: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    first: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    second: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    first_at: int
    second_at: int
    by_id: str = Field(foreign_key="staff.id")


class Call(Record, table=True):
    """One try to phone a guardian about a child: `outcome` is reached or no_answer."""

    __tablename__ = "call"
    __table_args__ = (Index("ix_call_child_id_day", "child_id", "day"),)
    child_id: str = Field(foreign_key="child.id")
    guardian_id: str = Field(foreign_key="guardian.id")
    day: IsoDate
    at: int
    outcome: str
    text: Text = ""
    by_id: str = Field(foreign_key="staff.id")


class Journal(Base, table=True):
    """One row per changed record: who, when, where, old and new values, hash of the row before."""

    __tablename__ = "journal"
    __table_args__ = (
        Index("ix_journal_record_id_seq", "record_id", "seq"),
        Index("ix_journal_child_id_seq", "child_id", "seq"),
        Index("ix_journal_actor_id_seq", "actor_id", "seq"),
    )
    seq: int | None = Field(default=None, primary_key=True)
    act: str = Field(index=True)
    verb: str
    undoes: str | None = Field(default=None, index=True)
    at: int
    actor_id: str
    workstation: str
    kind: str
    record_id: str
    child_id: str | None = None
    rev: int
    old: str | None = None
    new: str
    hash: str


class Draft(Base, table=True):
    """Unsent text of one person at one place. No record: it is not journaled; what was never sent leaves no trace."""

    __tablename__ = "draft"
    owner_id: str = Field(primary_key=True)
    place: str = Field(primary_key=True)
    text: LongText = ""
    at: int


class Bundle(Base, table=True):
    """One bundle that left: `upto` is the last journal row it holds, `digest` its SHA-256."""

    __tablename__ = "bundle"
    seq: int = Field(primary_key=True)
    created_at: int
    upto: int
    name: str
    digest: str
    records: int
    whole: bool = False


class Delivery(Base, table=True):
    """What became of one revision of one record; `unknown` until a receipt says otherwise."""

    __tablename__ = "delivery"
    __table_args__ = (Index("ix_delivery_bundle_seq", "bundle_seq"), Index("ix_delivery_state", "state"))
    record_id: str = Field(primary_key=True)
    rev: int = Field(primary_key=True)
    kind: str
    content: str
    bundle_seq: int
    state: str = "unknown"
    reason: Text = ""
    receipt_at: int | None = None


class Intake(Base, table=True):
    """What came in and could not be taken as it was: kept with its reason until somebody sorts it out."""

    __tablename__ = "intake"
    id: str = Field(primary_key=True)
    source_id: str = Field(index=True, unique=True)
    received_at: int
    kind: str
    state: str
    rule: str
    payload: LongText = ""


class Effort(Base, table=True):
    """What writing a day down took at this location: keys pressed and seconds of typing. Counted here, never sent."""

    __tablename__ = "effort"
    day: IsoDate = Field(primary_key=True)
    keys: int = 0
    seconds: int = 0


RECORDS: dict[str, type[Record]] = {
    str(model.__tablename__): model
    for model in (
        Location, CareGroup, Staff, Child, Slot, Guardian, Guardianship, Restriction, CareFact, Consent, Entry, Absence,
        Message, MessageTo, IdMap, Expansion, Menu, Agreement, PickUp, HeadCount, Call,
    )
}  # fmt: skip
