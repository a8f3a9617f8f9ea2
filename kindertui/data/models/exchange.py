"""Messages, the journal, and the book of what left and what came in."""

from typing import ClassVar

from sqlalchemy import Column, Computed, Index, String
from sqlmodel import Field

from kindertui.data.models.fields import Base, LongText, Name, Record, Text
from kindertui.domain.merge import Apart, Group, Rule


class Message(Record, table=True):
    __tablename__ = "message"
    merge: ClassVar[Rule] = Rule(
        (
            Group("fixed", ("thread_id", "direction", "audience", "audience_id", "by_id", "sender", "at", "language")),
            Group("void", ("subject", "body")),
            Group("later", ("state",)),
        )
    )
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
    merge: ClassVar[Rule] = Rule(
        (Group("fixed", ("message_id", "guardian_id", "child_id")), Group("narrower", ("held_back",)))
    )
    message_id: str = Field(foreign_key="message.id", index=True)
    guardian_id: str = Field(foreign_key="guardian.id")
    child_id: str = Field(foreign_key="child.id")
    held_back: str = ""


class Overridden(Record, table=True):
    """What the guard found in a message or in a decision's reason, and who sent it all the same.

    `categories` are the policy's, comma separated. Of an entry it stands in the entry's own detail.
    """

    __tablename__ = "overridden"
    merge: ClassVar[Rule] = Rule((Group("fixed", ("record_id", "categories", "by_id", "at")),))
    record_id: str = Field(index=True)
    categories: str
    by_id: str = Field(foreign_key="staff.id")
    at: int


class IdMap(Record, table=True):
    """Other systems' ids; they never become keys of ours."""

    __tablename__ = "id_map"
    merge: ClassVar[Rule] = Rule(
        (Group("fixed", ("source", "kind", "external_id")), Group("later", ("record_id",))), twice="one"
    )
    __table_args__ = (Index("uq_id_map_source_kind_external_id", "source", "kind", "external_id", unique=True),)
    source: str
    kind: str
    external_id: str
    record_id: str = Field(index=True)


class Journal(Base, table=True):
    """One row per changed record: who, when, where, old and new values, and the link to its origin's row before.

    `seq` is the order of arrival in this file, `origin_seq` counts the rows of an origin. `body` is the canonical text
    of the row; the columns beside it say the same to be searched, `old` and `new` are read out of it.
    """

    __tablename__ = "journal"
    merge: ClassVar[Apart] = "appended"
    __table_args__ = (
        Index("ix_journal_record_id_seq", "record_id", "seq"),
        Index("ix_journal_child_id_seq", "child_id", "seq"),
        Index("ix_journal_actor_id_seq", "actor_id", "seq"),
        Index("uq_journal_origin_origin_seq", "origin", "origin_seq", unique=True),
    )
    seq: int | None = Field(default=None, primary_key=True)
    origin: str
    origin_seq: int
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
    body: str | None
    old: str | None = Field(sa_column=Column(String, Computed("json_extract(body, '$.old')", persisted=False)))
    new: str | None = Field(sa_column=Column(String, Computed("json_extract(body, '$.new')", persisted=False)))
    body_hash: str
    hash: str


class Origin(Base, table=True):
    """An installation whose rows are in the journal; `here` is the one that writes in this file.

    `generation` is the location's when it began, `machine` what its machine is known by ("" until it first writes).
    """

    __tablename__ = "origin"
    merge: ClassVar[Apart] = "appended"
    id: str = Field(primary_key=True)
    generation: int = 1
    machine: str = ""
    here: bool = False


class UnfinishedAct(Base, table=True):
    """An act with pieces to come, and `pieces` written; or with journal rows from `back_to` downwards to take back.

    `back_act` is the act that takes it back, "" while nobody has to.
    """

    __tablename__ = "unfinished_act"
    merge: ClassVar[Apart] = "one_holder"
    act: str = Field(primary_key=True)
    actor_id: str
    workstation: str
    pieces: int
    back_act: str
    back_to: int | None


class UnfinishedRow(Base, table=True):
    """What a row of the delivery book was before an unfinished act wrote it: no journal says that.

    `book` is the table, `key` what finds it there and `old` the whole row, as JSON; null where there was none.
    """

    __tablename__ = "unfinished_row"
    merge: ClassVar[Apart] = "one_holder"
    seq: int | None = Field(default=None, primary_key=True)
    act: str
    book: str
    key: str
    old: str | None


class Draft(Base, table=True):
    """Unsent text of one person (`*`: of a group) at one place. No record: what was never sent leaves no trace."""

    __tablename__ = "draft"
    merge: ClassVar[Apart] = "never_leaves"
    owner_id: str = Field(primary_key=True)
    place: str = Field(primary_key=True)
    text: LongText = ""
    at: int


class Bundle(Base, table=True):
    """One bundle that left: `upto` is the last journal row it holds, `digest` its SHA-256."""

    __tablename__ = "bundle"
    merge: ClassVar[Apart] = "one_holder"
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
    merge: ClassVar[Apart] = "one_holder"
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
    merge: ClassVar[Apart] = "one_holder"
    id: str = Field(primary_key=True)
    source_id: str = Field(index=True, unique=True)
    received_at: int
    kind: str
    state: str
    rule: str
    payload: LongText = ""
