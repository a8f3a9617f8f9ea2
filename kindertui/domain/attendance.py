"""Works out who is expected when: the hours of each child, children and staff by hour, and who has not come.

What a request would change is shown before anybody decides on it; it is advice and blocks nothing.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta

from msgspec import Struct
from msgspec.structs import replace

from kindertui.domain.absences import Absence
from kindertui.domain.calls import Call
from kindertui.domain.people import Group, Guardianship
from kindertui.domain.policy import Policy
from kindertui.domain.ratio import advice
from kindertui.domain.roster import ChildDay, expected_hours

# The hours a day is shown by, each named by its beginning: 07:00 until 19:00, the sketch's timeline (house rule).
HOURS = range(7, 19)


class Hour(Struct, frozen=True):
    """One hour of a group's day, from `start`:00: children expected now and after the decision, and staff for both.

    `need` and `need_after` are None where the policy names no rule, or no lawful group exists. For a rule that counts
    a whole kindergarten (Norway) the number is that of this group's children alone.
    """

    start: int
    children: int
    children_after: int
    need: int | None
    need_after: int | None


class NoShow(Struct, frozen=True):
    """A child who was expected and of whom nobody told us; `calls` in the order to phone, `not_to_call` by order.

    `tries` are the phone calls of today about the child, in the order they were made.
    """

    day: ChildDay
    expected: time
    calls: tuple[Guardianship, ...]
    not_to_call: tuple[Guardianship, ...]
    tries: tuple[Call, ...] = ()


def by_hour(days: Sequence[ChildDay], group: Group, policy: Policy, request: Absence | None = None) -> tuple[Hour, ...]:
    """The hours of a group's day; with `request` what they would be if it held."""
    now = _counts(days, group, policy)
    after = now if request is None else _counts([_with(day, request) for day in days], group, policy)
    return tuple(
        Hour(start, children, children_after, need, need_after)
        for start, (children, need), (children_after, need_after) in zip(HOURS, now, after, strict=True)
    )


def _with(day: ChildDay, request: Absence) -> ChildDay:
    if day.child.id != request.child_id:
        return day
    held = replace(request, state="approved" if request.nature == "request" else "acknowledged")
    return replace(day, absences=(*(one for one in day.absences if one.id != request.id), held))


def _counts(days: Sequence[ChildDay], group: Group, policy: Policy) -> list[tuple[int, int | None]]:
    """The children of each of HOURS, and the staff for them."""
    spans = [(day, span) for day in days if (span := expected_hours(day))]
    hours = ([day for day, (first, last) in spans if first.hour <= start and last > time(start)] for start in HOURS)
    return [(len(there), _need(there, group, policy)) for there in hours]


def _need(days: Sequence[ChildDay], group: Group, policy: Policy) -> int | None:
    if not days:
        return 0
    return advice(group.kind, policy.country, [day.child.birth_date for day in days], days[0].day).required


def not_come(days: Iterable[ChildDay], now: datetime, grace: timedelta) -> tuple[tuple[time, ChildDay], ...]:
    """Those of whom nobody told us, `grace` after the time they were expected at; the longest awaited first."""
    found = [
        (hours[0], day)
        for day in days
        if (hours := expected_hours(day)) is not None and day.presence(now, grace) == "unreported"
    ]
    return tuple(sorted(found, key=lambda one: (one[0], one[1].child.sort_key)))
