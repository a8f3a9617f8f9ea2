"""What happened on a day and what was reported for one, and what helps in writing it down."""

from typing import ClassVar

from sqlalchemy import JSON, Column, Index
from sqlmodel import Field

from kindertui.data.models.fields import Base, Clock, Detail, IsoDate, Name, Record, Text
from kindertui.domain.merge import Apart, Group, Rule


class Entry(Record, table=True):
    """The day log. Both orders of (child, day) are indexed: ten years of history cost what one day costs."""

    __tablename__ = "entry"
    merge: ClassVar[Rule] = Rule(
        (
            Group("fixed", ("child_id", "group_id", "day", "tz", "by_id", "recorded_at")),
            Group(
                "later_beside",
                ("kind", "start", "end", "amount", "unit", "detail", "text"),
                dict.fromkeys(("medicine", "temperature", "incident", "sleep_check"), "both"),
            ),
            Group("narrower", ("share", "sensitivity")),
        ),
        twice_of={"arrival": "earliest", "sleep": "earliest", "departure": "latest"},
    )
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
    detail: Detail = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    text: Text = ""
    share: str = "guardians"
    sensitivity: str = "none"
    by_id: str = Field(foreign_key="staff.id")
    recorded_at: int


class Absence(Record, table=True):
    __tablename__ = "absence"
    merge: ClassVar[Rule] = Rule(
        (
            Group(
                "fixed", ("child_id", "kind", "channel", "reported_at", "reported_by", "text", "nature", "decided_by")
            ),
            Group("fixed", ("deadline", "late_by", "rule")),
            Group("later", ("first_day", "last_day", "start", "end")),
            Group("withdrawn", ("state", "reason", "decision_by", "decision_at")),
        ),
        twice="earliest",
    )
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


class Menu(Record, table=True):
    """What a meal of a day was, for a group or (group None) for everybody."""

    __tablename__ = "menu"
    merge: ClassVar[Rule] = Rule((Group("fixed", ("day", "group_id", "meal")), Group("later", ("text",))), twice="one")
    __table_args__ = (Index("ix_menu_day", "day"),)
    day: IsoDate
    group_id: str | None = Field(default=None, foreign_key="care_group.id")
    meal: str
    text: Text = Field(min_length=1)


class HeadCount(Record, table=True):
    """A head count, twice: who should be there, and whom each of the two counts found (lists of child ids)."""

    __tablename__ = "head_count"
    merge: ClassVar[Rule] = Rule(
        (
            Group(
                "fixed", ("day", "group_id", "reason", "expected", "first", "second", "first_at", "second_at", "by_id")
            ),
        )
    )
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


class Memo(Record, table=True):
    """What is kept in sight of a child, or (child None) of a group or all groups, up to and including a day."""

    __tablename__ = "memo"
    merge: ClassVar[Rule] = Rule(
        (Group("fixed", ("child_id", "group_id", "first_day", "by_id")), Group("later", ("text", "until")))
    )
    __table_args__ = (Index("ix_memo_until", "until"),)
    child_id: str | None = Field(default=None, foreign_key="child.id")
    group_id: str | None = Field(default=None, foreign_key="care_group.id")
    first_day: IsoDate
    until: IsoDate
    text: Text = Field(min_length=1)
    by_id: str = Field(foreign_key="staff.id")


class Call(Record, table=True):
    """One try to phone a guardian about a child: `outcome` is reached or no_answer."""

    __tablename__ = "call"
    merge: ClassVar[Rule] = Rule(
        (Group("fixed", ("child_id", "guardian_id", "day", "at", "outcome", "text", "by_id")),)
    )
    __table_args__ = (Index("ix_call_child_id_day", "child_id", "day"),)
    child_id: str = Field(foreign_key="child.id")
    guardian_id: str = Field(foreign_key="guardian.id")
    day: IsoDate
    at: int
    outcome: str
    text: Text = ""
    by_id: str = Field(foreign_key="staff.id")


class ShortWord(Record, table=True):
    """A short word that the staff let stand for a text on the entry line; `word` is folded for comparing elsewhere."""

    __tablename__ = "expansion"
    merge: ClassVar[Rule] = Rule((Group("later", ("word", "text")),), twice="one")
    word: Name = Field(min_length=1)
    text: Text = Field(min_length=1)


class Effort(Base, table=True):
    """What writing a day down took at this location: keys pressed and seconds of typing. Counted here, never sent."""

    __tablename__ = "effort"
    merge: ClassVar[Apart] = "never_leaves"
    day: IsoDate = Field(primary_key=True)
    keys: int = 0
    seconds: int = 0
