"""The people of a location, what must be minded about a child, and who may fetch her."""

from typing import ClassVar

from sqlalchemy import text
from sqlmodel import Field

from kindertui.data.models.fields import Clock, IsoDate, Name, Record, Text
from kindertui.domain.merge import Group, Rule


class Location(Record, table=True):
    """`generation` is one more after each restore: what is written from then on has revisions never given before."""

    __tablename__ = "location"
    merge: ClassVar[Rule] = Rule(
        (
            Group("manager", ("name",)),
            Group("manager", ("timezone", "language", "profile")),
            Group("higher", ("generation",)),
        )
    )
    name: Name = Field(min_length=1)
    timezone: str
    language: str
    profile: str
    generation: int = Field(default=1, ge=1, sa_column_kwargs={"server_default": text("1")})


class CareGroup(Record, table=True):
    __tablename__ = "care_group"
    merge: ClassVar[Rule] = Rule((Group("manager", ("name",)), Group("manager", ("kind", "age_from", "age_to"))))
    name: Name = Field(min_length=1)
    kind: str = "day_care"
    age_from: int | None = None
    age_to: int | None = None


class Staff(Record, table=True):
    __tablename__ = "staff"
    merge: ClassVar[Rule] = Rule((Group("later", ("name",)), Group("later", ("group_id",)), Group("lower", ("role",))))
    name: Name = Field(min_length=1)
    role: str = "worker"
    group_id: str | None = Field(default=None, foreign_key="care_group.id")


class Child(Record, table=True):
    __tablename__ = "child"
    merge: ClassVar[Rule] = Rule(
        (
            Group("person", ("given_name", "prefix", "surname")),
            Group("person", ("birth_date",)),
            Group("person", ("group_id",)),
            Group("person", ("first_day", "last_day")),
        )
    )
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
    merge: ClassVar[Rule] = Rule(
        (Group("fixed", ("child_id", "weekday")), Group("person", ("start", "end"))), twice="one"
    )
    child_id: str = Field(foreign_key="child.id", index=True)
    weekday: int = Field(ge=1, le=7)
    start: Clock
    end: Clock


class Guardian(Record, table=True):
    __tablename__ = "guardian"
    merge: ClassVar[Rule] = Rule(
        (
            Group("person", ("name",)),
            Group("person", ("phone",)),
            Group("person", ("email",)),
            Group("person", ("language",)),
        )
    )
    name: Name = Field(min_length=1)
    phone: Name = ""
    email: Name = ""
    language: str = ""


class Guardianship(Record, table=True):
    __tablename__ = "guardianship"
    merge: ClassVar[Rule] = Rule(
        (
            Group("fixed", ("child_id", "guardian_id")),
            Group("person", ("relation", "rank")),
            Group("no", ("may_pick_up",)),
        ),
        twice="one",
    )
    child_id: str = Field(foreign_key="child.id", index=True)
    guardian_id: str = Field(foreign_key="guardian.id", index=True)
    relation: Name = ""
    rank: int = 1
    may_pick_up: bool = True


class Restriction(Record, table=True):
    """`lifted_on` and `lifted_by` are set by a manager's own act; nothing else in the program writes them."""

    __tablename__ = "restriction"
    merge: ClassVar[Rule] = Rule(
        (
            Group("fixed", ("child_id", "guardian_id", "kind", "since", "author", "source")),
            Group("newest_by_manager", ("reason", "lifted_on", "lifted_by")),
        ),
        add_only=True,
        ends=("lifted_on", "lifted_by"),
    )
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
    merge: ClassVar[Rule] = Rule((Group("fixed", ("child_id", "kind")), Group("both", ("text", "source"))))
    child_id: str = Field(foreign_key="child.id", index=True)
    kind: str
    text: Text = Field(min_length=1)
    source: str = "manual"


class Consent(Record, table=True):
    __tablename__ = "consent"
    merge: ClassVar[Rule] = Rule(
        (Group("fixed", ("child_id", "scope")), Group("no", ("given", "since", "source"))), twice="one"
    )
    child_id: str = Field(foreign_key="child.id", index=True)
    scope: str
    given: bool
    since: IsoDate | None = None
    source: str = "manual"


class Agreement(Record, table=True):
    """A guardian's consent to give a medicine; days inclusive, `last_day` None is until further notice."""

    __tablename__ = "agreement"
    merge: ClassVar[Rule] = Rule(
        (
            Group("fixed", ("child_id",)),
            Group("both", ("medicine", "dose", "apart", "agreed_by", "source")),
            Group("narrower", ("first_day", "last_day")),
        ),
        gone="gone",
    )
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
    merge: ClassVar[Rule] = Rule(
        (
            Group("fixed", ("child_id",)),
            Group("later", ("name", "relation", "phone", "source")),
            Group("narrower", ("first_day", "last_day")),
        ),
        gone="gone",
    )
    child_id: str = Field(foreign_key="child.id", index=True)
    name: Name = Field(min_length=1)
    relation: Name = ""
    phone: Name = ""
    first_day: IsoDate | None = None
    last_day: IsoDate | None = None
    source: str = "manual"
