"""Whom to phone about a child, and the calls that were made."""

from datetime import datetime
from typing import Literal

from msgspec import Struct

from kindertui.domain.audience import holding
from kindertui.domain.people import Guardianship
from kindertui.domain.roster import ChildDay

Outcome = Literal["reached", "no_answer"]


class Call(Struct, frozen=True):
    """One call: whom, about which child, when (aware, in the location's zone), the outcome and who made it."""

    id: str
    child_id: str
    guardian_id: str
    at: datetime
    outcome: Outcome
    by: str


def first_to_call(child_day: ChildDay) -> Guardianship | None:
    """The first guardian, by rank, who has a number and whom no contact restriction keeps from news of the child."""
    for one in child_day.guardians:
        if one.guardian.phone and holding(child_day.child.id, one.guardian.id, child_day.restrictions) is None:
            return one
    return None
