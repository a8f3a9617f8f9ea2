"""Checks whether an entry can be true, judged against the child's day.

Errors are refused; warnings have to be read and answered. Pure: the same check runs for the preview at every key and
once more inside the transaction, against what the database holds by then. The numbers are the profile's.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from msgspec.structs import replace

from kindertui.domain.daylog import Entry, Kind
from kindertui.domain.entry.model import Plan, Step
from kindertui.domain.plausibility import medicines, presence, sleep, values
from kindertui.domain.plausibility.case import GRAVE, RULES, Case, Finding, Level
from kindertui.domain.plausibility.repeats import repeated
from kindertui.domain.policy import Limits
from kindertui.domain.roster import ChildDay

__all__ = ["GRAVE", "RULES", "Finding", "Level", "Limits", "applied", "check", "check_all", "judged_part", "repeated"]

# The rules for each kind. Only these are run, as it is done for every child at every key.
_CHECKS: Mapping[Kind, tuple[Callable[[Case], None], ...]] = {
    "arrival": (values.moments, presence.arrival),
    "departure": (values.moments, presence.departure, presence.pick_up, presence.incident_told),
    "sleep": (values.moments, presence.there, sleep.sleep),
    "sleep_check": (values.moments, presence.there, sleep.sleep_check),
    "meal": (values.moments, values.portion, presence.there, sleep.awake, values.second_meal, values.food),
    "bottle": (values.moments, values.millilitres, presence.there, sleep.awake, values.second_bottle, values.food),
    "drink": (values.moments, values.millilitres, presence.there, sleep.awake, values.food),
    "nappy": (values.moments, values.nappy, presence.there, sleep.awake),
    "toilet": (values.moments, presence.there, sleep.awake),
    "activity": (values.moments, presence.there, sleep.awake),
    "note": (values.moments,),
    "temperature": (values.moments, values.temperature, presence.there),
    "medicine": (values.moments, presence.there, medicines.medicine),
    "incident": (values.moments, presence.there),
}

_NO_SLEEP: tuple[Callable[[Case], None], ...] = (values.moments, presence.there_that_day, sleep.no_sleep)

# Kinds whose words some rule reads; the words of the others can be typed without judging anew.
_WORDS_READ: frozenset[Kind] = frozenset({"departure", "meal", "bottle", "drink", "medicine"})


def judged_part(plan: Plan) -> Plan:
    """The plan without the words that no rule reads: its findings hold for every plan that differs only in those."""
    if not any(isinstance(part, Step) and part.text and part.kind not in _WORDS_READ for part in plan.parts):
        return plan
    return replace(
        plan,
        parts=tuple(
            replace(part, text="") if isinstance(part, Step) and part.kind not in _WORDS_READ else part
            for part in plan.parts
        ),
    )


def check(
    step: Step, day: ChildDay, now: datetime, limits: Limits, *, replacing: str | None = None
) -> tuple[Finding, ...]:
    """The findings against `step` for the child of `day`: errors first, then what may harm the child.

    `replacing` is the id of the record that this one corrects: it does not count against itself.
    """
    case = Case(step, day, now, limits, replacing)
    for rules in _NO_SLEEP if step.not_slept else _CHECKS[step.kind]:
        rules(case)
    return tuple(sorted(case.found, key=lambda finding: finding.weight)) if case.found else ()


def check_all(steps: Sequence[Step], day: ChildDay, now: datetime, limits: Limits) -> tuple[Finding, ...]:
    """The findings against several entries of one line, each judged against the day as the ones before it leave it."""
    if len(steps) == 1:
        return check(steps[0], day, now, limits)
    found: list[Finding] = []
    for step in steps:
        found += check(step, day, now, limits)
        day = applied(step, day)
    return tuple(found)


def applied(step: Step, day: ChildDay) -> ChildDay:
    """The day as it will be once the entry is saved: a child who leaves asleep has woken up by then."""
    asleep = day.asleep
    if asleep is not None and (step.ends_open or step.kind == "departure"):
        woke = step.end or step.start
        before, entries = (
            tuple(replace(e, end=woke) if e is asleep else e for e in log) for log in (day.before, day.entries)
        )
        day = replace(day, before=before, entries=entries)
    if step.start is None:
        return day
    entry = Entry(
        f"step-{len(day.entries)}", 0, day.child.id, day.day, step.kind, step.start, step.end, step.amount, step.unit,
        step.detail, step.text,
    )  # fmt: skip
    return replace(
        day, entries=tuple(sorted((*day.entries, entry), key=lambda other: (other.start.timestamp(), other.id)))
    )
