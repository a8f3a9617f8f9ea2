"""Absences and requests: what was reported, by which channel, what it means and who decides."""

from datetime import date, datetime, time
from typing import Literal, get_args

from msgspec import Struct

AbsenceKind = Literal[
    "sick", "better", "holiday", "leave", "doctor", "dentist", "late", "early_pick_up", "other_pick_up", "extra_day",
    "swap_day", "flexible_hours", "absent_without_notice",
]  # fmt: skip
ABSENCE_KINDS: tuple[AbsenceKind, ...] = get_args(AbsenceKind)
Channel = Literal["portal", "phone", "email", "door"]
AbsenceState = Literal["new", "acknowledged", "approved", "refused", "withdrawn"]
Nature = Literal["notice", "request"]
Decider = Literal["group", "manager", "school", "nobody"]

# Kinds that take a child off the roster for the whole of each day they cover.
KEEPS_AWAY: frozenset[AbsenceKind] = frozenset({"sick", "holiday", "leave", "absent_without_notice"})
# Kinds whose open end means "until further notice"; the others last the one day when no last day is given.
OPEN_ENDED: frozenset[AbsenceKind] = frozenset({"sick"})


class Absence(Struct, frozen=True):
    """A report or a request about a child's presence.

    `first_day`..`last_day` are civil dates, both inclusive; `last_day` None is "until further notice". `start` and
    `end` narrow it to hours. `deadline` and `late_by` (minutes, 0 or less: on time; None: no deadline known) are kept
    as they were judged when it came in; `rule` names the profile's value they came from.
    """

    id: str
    rev: int
    child_id: str
    kind: AbsenceKind
    first_day: date
    last_day: date | None
    channel: Channel
    reported_at: datetime
    state: AbsenceState = "new"
    nature: Nature = "notice"
    decided_by: Decider = "group"
    start: time | None = None
    end: time | None = None
    reported_by: str = ""
    text: str = ""
    deadline: datetime | None = None
    late_by: int | None = None
    rule: str = ""
    reason: str = ""
    decision_by: str = ""
    decision_at: datetime | None = None

    def covers(self, day: date) -> bool:
        """Does it say anything about `day`? An open end runs on only for kinds that may stay open."""
        last = self.last_day
        if last is None:
            return self.first_day <= day if self.kind in OPEN_ENDED else self.first_day == day
        return self.first_day <= day <= last

    @property
    def holds(self) -> bool:
        """Is in force: neither refused nor withdrawn.

        A request counts only once it was approved; a notice counts at once (the child is sick whoever has read it).
        """
        return self.state == "approved" or (self.nature == "notice" and self.state not in ("refused", "withdrawn"))

    @property
    def keeps_away(self) -> bool:
        """Takes the child off the day: in force, and of a kind that means a whole day away."""
        return self.kind in KEEPS_AWAY and self.holds

    @property
    def waits(self) -> bool:
        """Somebody still has to acknowledge or decide it."""
        return self.state == "new"
