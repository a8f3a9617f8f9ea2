"""Who is expected when: hours a child is booked for, children and staff needed by hour, and who has not come.

What a request would change is shown before anybody decides on it; it is advice and blocks nothing.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta

from msgspec import Struct
from msgspec.structs import replace

from kindertui.domain.absence import Absence
from kindertui.domain.people import Group, Guardianship
from kindertui.domain.policy import Policy
from kindertui.domain.ratio import advice
from kindertui.domain.roster import ChildDay

# The hours a day is shown by, each named by its beginning: 07:00 until 19:00, the sketch's timeline (house rule).
HOURS = range(7, 19)
_WHOLE_DAY = (time(HOURS.start), time(HOURS.stop))

Span = tuple[time, time]


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
    """A child who was expected and of whom nobody told us; `calls` in the order to phone, `not_to_call` by order."""

    day: ChildDay
    expected: time
    calls: tuple[Guardianship, ...]
    not_to_call: tuple[Guardianship, ...]


def holds(absence: Absence) -> bool:
    """Is it in force: a notice that was not withdrawn, or a request that was approved?"""
    if absence.state in ("refused", "withdrawn"):
        return False
    return absence.nature == "notice" or absence.state == "approved"


def expected_hours(day: ChildDay) -> Span | None:
    """From when until when the child is expected, or None for not at all.

    An extra day or the wanted day of a swap without hours counts as the whole day: rather one too many than too few.
    """
    if day.absence is not None:
        return None
    hours: Span | None = (day.slot.start, day.slot.end) if day.slot else None
    for absence in sorted((one for one in day.absences if holds(one)), key=lambda one: one.reported_at):
        hours = _changed(hours, absence, day.day)
    return hours


def _changed(hours: Span | None, absence: Absence, day: date) -> Span | None:
    start, end = absence.start, absence.end
    if absence.kind == "swap_day":
        if day == absence.first_day:
            return None
        return (start or _WHOLE_DAY[0], end or _WHOLE_DAY[1]) if day == absence.last_day else hours
    if not absence.covers(day):
        return hours
    if absence.kind == "extra_day":
        return start or (hours or _WHOLE_DAY)[0], end or (hours or _WHOLE_DAY)[1]
    if hours is None:
        return None
    if absence.kind == "flexible_hours":
        return start or hours[0], end or hours[1]
    if absence.kind == "late":
        return start or hours[0], hours[1]
    if absence.kind == "early_pick_up":
        return hours[0], end or hours[1]
    return hours


def by_hour(days: Sequence[ChildDay], group: Group, policy: Policy, request: Absence | None = None) -> tuple[Hour, ...]:
    """The hours of a group's day; with `request` what they would be if it held."""
    after = days if request is None else [_with(day, request) for day in days]
    now_spans = [(day, expected_hours(day)) for day in days]
    after_spans = [(day, expected_hours(day)) for day in after]
    return tuple(_hour(start, now_spans, after_spans, group, policy) for start in HOURS)


def _with(day: ChildDay, request: Absence) -> ChildDay:
    if day.child.id != request.child_id:
        return day
    held = replace(request, state="approved" if request.nature == "request" else "acknowledged")
    return replace(day, absences=(*(one for one in day.absences if one.id != request.id), held))


def _hour(
    start: int,
    now: Sequence[tuple[ChildDay, Span | None]],
    after: Sequence[tuple[ChildDay, Span | None]],
    group: Group,
    policy: Policy,
) -> Hour:
    here, later = _there(start, now), _there(start, after)
    return Hour(start, len(here), len(later), _need(here, group, policy), _need(later, group, policy))


def _there(start: int, spans: Sequence[tuple[ChildDay, Span | None]]) -> list[ChildDay]:
    return [day for day, span in spans if span and span[0].hour <= start and span[1] > time(start)]


def _need(days: Sequence[ChildDay], group: Group, policy: Policy) -> int | None:
    if not days:
        return 0
    return advice(group.kind, policy.country, [day.child.birth_date for day in days], days[0].day).required


def not_come(days: Iterable[ChildDay], now: datetime, grace: timedelta) -> tuple[tuple[time, ChildDay], ...]:
    """Those of whom nobody told us, `grace` after the time they were expected at; the longest awaited first."""
    found = [(day.slot.start, day) for day in days if day.slot and day.presence(now, grace) == "unreported"]
    return tuple(sorted(found, key=lambda one: (one[0], one[1].child.sort_key)))
