"""Can it be true? What speaks against one entry for one child, judged against that child's day.

Errors are refused, warnings have to be read and answered. Pure: the same check runs for the preview and once more
inside the transaction, against what the database holds by then.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Literal

from msgspec import Struct, field
from msgspec.structs import replace

from kindertui.domain.care import food_named
from kindertui.domain.daylog import Entry, Kind
from kindertui.domain.entry.model import Step
from kindertui.domain.entry.words import fold
from kindertui.domain.roster import ChildDay, expected_hours

Level = Literal["error", "warning"]

RULES: Mapping[str, Level] = {
    "after_departure": "warning", "already_in": "warning", "amount_range": "error", "asleep_already": "error",
    "before_arrival": "warning", "before_birth": "error", "bottle_large": "warning", "bottle_soon": "warning",
    "care_fact": "warning", "check_not_asleep": "error", "ends_before_start": "error", "in_future": "error",
    "leaves_asleep": "warning", "medicine_soon": "warning", "not_asleep": "error", "not_expected": "warning",
    "not_in": "error", "out_before_in": "error", "out_not_in": "error", "overlaps_sleep": "warning",
    "portion_range": "error", "reported_absent": "warning", "reported_sick": "warning", "second_meal": "warning",
    "sleep_long": "warning", "sleep_too_long": "error", "taken_over_offered": "error", "temperature_range": "error",
    "temperature_unlikely": "warning", "while_asleep": "warning", "zero_length": "error",
}  # fmt: skip


class Limits(Struct, frozen=True):
    """The numbers of the rules; a location may have its own."""

    ahead: timedelta = timedelta(minutes=1)  # house rule: two clocks may differ by a minute
    slip: timedelta = timedelta(minutes=15)  # house rule: so long after a departure it is a clock slip, not a mistake
    temperature: tuple[float, float] = (30.0, 45.0)  # house rule: outside, no thermometer shows it of a living child
    temperature_likely: tuple[float, float] = (34.0, 43.0)  # house rule: the range of common clinical thermometers
    millilitres: float = 1000.0  # house rule: no child drinks a litre at once
    bottle: float = 300.0  # house rule: the largest common feeding bottle holds 300 to 330 ml
    bottle_apart: timedelta = timedelta(minutes=30)  # house rule: sooner, it is likely the same bottle twice
    medicine_apart: timedelta = timedelta(hours=6)  # screens: "not yet 6 h since this medicine"
    sleep: timedelta = timedelta(hours=5)  # house rule: longer naps are mostly a forgotten end
    sleep_most: timedelta = timedelta(hours=24)  # house rule
    meals_again: frozenset[str] = frozenset({"snack"})  # house rule: a snack comes in the morning and the afternoon


class Finding(Struct, frozen=True):
    """One thing that speaks against an entry. `args` are words for the sentence, times of day as HH:MM."""

    rule: str
    level: Level
    child_id: str
    args: Mapping[str, str] = field(default_factory=dict)


class _Case(Struct, frozen=True):
    """One entry against one day, all in UTC, its beginning and end spelled out (an open end is None)."""

    step: Step
    day: ChildDay
    now: datetime
    zone: tzinfo | None
    limits: Limits
    start: datetime
    end: datetime | None

    def clock(self, moment: datetime) -> str:
        return f"{moment.astimezone(self.zone):%H:%M}"


_Found = tuple[str, dict[str, str]]
# May be written for a child who is not there: what was told, and the two that have rules of their own.
_NEED_NO_PRESENCE: frozenset[Kind] = frozenset({"arrival", "departure", "note"})
_AWAKE: frozenset[Kind] = frozenset({"meal", "bottle", "drink", "nappy"})
_FOOD: frozenset[Kind] = frozenset({"meal", "bottle", "drink"})


def check(
    step: Step, day: ChildDay, now: datetime, limits: Limits | None = None, *, replacing: str | None = None
) -> tuple[Finding, ...]:
    """Everything that speaks against `step` for the child of `day`, errors first.

    `replacing` is the id of the record that this one corrects: it does not count against itself.
    """
    # In UTC: two instants of one zone are compared and subtracted by their clocks, wrong over a clock change.
    entries = tuple(
        replace(entry, start=entry.start.astimezone(UTC), end=entry.end.astimezone(UTC) if entry.end else None)
        for entry in day.entries
        if entry.id != replacing
    )
    day = replace(day, entries=entries)
    begin, end = step.start, step.end
    if step.ends_open:
        asleep = day.asleep
        begin = asleep.start if asleep else end
    start = (begin or now).astimezone(UTC)
    until = end.astimezone(UTC) if end else None if step.leaves_open else start
    case = _Case(step, day, now.astimezone(UTC), now.tzinfo, limits or Limits(), start, until)
    found = [Finding(rule, RULES[rule], day.child.id, args) for rules in _CHECKS for rule, args in rules(case)]
    return tuple(sorted(found, key=lambda finding: finding.level != "error"))


def check_all(steps: Sequence[Step], day: ChildDay, now: datetime, limits: Limits | None = None) -> tuple[Finding, ...]:
    """The findings of several entries of one line: each is judged against the day as the ones before it leave it."""
    found: list[Finding] = []
    for step in steps:
        found += check(step, day, now, limits)
        day = applied(step, day)
    return tuple(found)


def applied(step: Step, day: ChildDay) -> ChildDay:
    """The day with the entry in it, as it will be once it is saved: who leaves asleep has woken up by then."""
    asleep = day.asleep
    if asleep is not None and (step.ends_open or step.kind == "departure"):
        woke = step.end or step.start
        day = replace(day, entries=tuple(replace(e, end=woke) if e is asleep else e for e in day.entries))
    if step.start is None:
        return day
    entry = Entry(
        f"step-{len(day.entries)}", 0, day.child.id, day.day, step.kind, step.start, step.end, step.amount, step.unit,
        step.detail, step.text,
    )  # fmt: skip
    return replace(day, entries=tuple(sorted((*day.entries, entry), key=lambda other: (other.start, other.id))))


def _moments(case: _Case) -> Iterator[_Found]:
    latest = max(case.start, case.end or case.start)
    if latest > case.now + case.limits.ahead:
        yield "in_future", {"time": case.clock(latest)}
    birth = case.day.child.birth_date
    if birth is not None and case.start.astimezone(case.zone).date() < birth:
        yield "before_birth", {"birth_date": birth.isoformat()}
    if case.end is None:
        return
    if case.end < case.start:
        yield "ends_before_start", {"start": case.clock(case.start), "end": case.clock(case.end)}
    elif case.step.kind == "sleep" and case.end == case.start and not (case.step.ends_open and not case.day.asleep):
        yield "zero_length", {"time": case.clock(case.start)}


def _amounts(case: _Case) -> Iterator[_Found]:
    step, limits = case.step, case.limits
    if step.amount is None:
        return
    value = step.amount
    shown = {"amount": f"{value:g}"}
    if step.kind == "temperature":
        if not limits.temperature[0] <= value <= limits.temperature[1]:
            yield "temperature_range", shown
        elif not limits.temperature_likely[0] <= value <= limits.temperature_likely[1]:
            yield "temperature_unlikely", shown
    elif step.kind == "meal":
        if not 0 <= value <= 1:
            yield "portion_range", shown
    elif step.kind in ("bottle", "drink"):
        offered = step.detail.get("offered")
        # Nothing taken is an answer only where something was offered.
        if value < 0 or (value == 0 and not offered) or max(value, offered or 0) > limits.millilitres:
            yield "amount_range", {**shown, "most": f"{limits.millilitres:g}"}
        elif offered is not None and value > offered:
            yield "taken_over_offered", {**shown, "offered": f"{offered:g}"}
        elif step.kind == "bottle" and value > limits.bottle:
            yield "bottle_large", shown


def _stays(day: ChildDay) -> list[tuple[datetime, datetime | None]]:
    """From when to when the child was there, in order; the last stay may be open."""
    stays: list[tuple[datetime, datetime | None]] = []
    for entry in sorted((e for e in day.entries if e.kind in ("arrival", "departure")), key=lambda e: e.start):
        if entry.kind == "arrival":
            stays.append((entry.start, None))
        elif stays and stays[-1][1] is None:
            stays[-1] = (stays[-1][0], entry.start)
    return stays


def _there(stays: list[tuple[datetime, datetime | None]], moment: datetime) -> bool:
    return any(arrived <= moment and (left is None or moment <= left) for arrived, left in stays)


def _presence(case: _Case) -> Iterator[_Found]:
    if case.step.kind in _NEED_NO_PRESENCE:
        return
    stays = _stays(case.day)
    if not stays:
        yield "not_in", {}
        return
    if case.start < stays[0][0]:
        yield "before_arrival", {"time": case.clock(stays[0][0])}
    last = case.end or case.start
    if last < stays[0][0] or (_there(stays, last) and _there(stays, max(case.start, stays[0][0]))):
        return
    gone = max(left for _, left in stays if left is not None and left <= last)
    over = stays[-1][1] is not None and case.start > stays[-1][1] + case.limits.slip
    yield ("not_in" if over else "after_departure"), {"time": case.clock(gone)}


def _arrival(case: _Case) -> Iterator[_Found]:
    if case.step.kind != "arrival":
        return
    arrival = case.day.arrival
    if arrival is not None and (case.day.is_in or _there(_stays(case.day), case.start)):
        yield "already_in", {"time": case.clock(arrival.start)}
    absence = case.day.absence
    if absence is not None and absence.kind == "sick":
        yield "reported_sick", {"since": absence.first_day.isoformat()}
    elif absence is not None:
        yield "reported_absent", {"kind": absence.kind}
    if case.day.scheduled and expected_hours(case.day) is None and absence is None:
        yield "not_expected", {}


def _departure(case: _Case) -> Iterator[_Found]:
    if case.step.kind != "departure":
        return
    arrival, departure, asleep = case.day.arrival, case.day.departure, case.day.asleep
    if arrival is None or departure is not None:
        yield "out_not_in", {"time": case.clock(departure.start)} if departure else {}
    elif case.start < arrival.start:
        yield "out_before_in", {"time": case.clock(arrival.start)}
    elif asleep is not None:
        yield "leaves_asleep", {"since": case.clock(asleep.start)}


def _overlap(start: datetime, end: datetime | None, other: Entry) -> bool:
    """Do two periods share more than their edges? A moment has to lie inside; an open end goes on."""
    return (end is None or other.start < end) and (other.end is None or start < other.end)


def _sleep(case: _Case) -> Iterator[_Found]:
    if case.step.kind != "sleep":
        return
    asleep = case.day.asleep
    if case.step.ends_open and asleep is None:
        yield "not_asleep", {}
        return
    if case.step.leaves_open and asleep is not None:
        yield "asleep_already", {"since": case.clock(asleep.start)}
        return
    length = (case.end or max(case.now, case.start)) - case.start
    hours = {"hours": f"{length.total_seconds() / 3600:.1f}"}
    if length > case.limits.sleep_most:
        yield "sleep_too_long", hours
    elif length > case.limits.sleep:
        yield "sleep_long", hours
    for other in case.day.entries:
        if case.step.ends_open and other is asleep:
            continue
        if other.kind == "sleep" and _overlap(case.start, case.end, other):
            yield "overlaps_sleep", _period(case, other)
        elif other.kind in _AWAKE and _overlap(case.start, case.end, replace(other, end=other.end or other.start)):
            yield "while_asleep", {"kind": other.kind, "time": case.clock(other.start), "since": case.clock(case.start)}


def _period(case: _Case, sleep: Entry) -> dict[str, str]:
    return {"start": case.clock(sleep.start), "end": case.clock(sleep.end) if sleep.end else ""}


def _awake(case: _Case) -> Iterator[_Found]:
    sleeps = [entry for entry in case.day.entries if entry.kind == "sleep"]
    if case.step.kind == "sleep_check":
        held = (s for s in sleeps if s.start <= case.start and (s.end is None or case.start <= s.end))
        if next(held, None) is None:
            yield "check_not_asleep", {"time": case.clock(case.start)}
    if case.step.kind in _AWAKE:
        sleep = next((sleep for sleep in sleeps if _overlap(case.start, case.end, sleep)), None)
        if sleep is not None:
            args = {"kind": case.step.kind, "time": case.clock(case.start), "since": case.clock(sleep.start)}
            yield "while_asleep", args


def _again(case: _Case) -> Iterator[_Found]:
    step, entries = case.step, [entry for entry in case.day.entries if entry.kind == case.step.kind]
    if step.kind == "meal":
        meal = step.detail.get("meal")
        same = next((entry for entry in entries if meal and entry.detail.get("meal") == meal), None)
        if same is not None and meal not in case.limits.meals_again:
            yield "second_meal", {"meal": str(meal), "time": case.clock(same.start)}
    elif step.kind == "bottle":
        near = [entry for entry in entries if abs(entry.start - case.start) < case.limits.bottle_apart]
        if near:
            closest = min(near, key=lambda entry: abs(entry.start - case.start))
            minutes = int(abs(closest.start - case.start).total_seconds() // 60)
            yield "bottle_soon", {"minutes": str(minutes), "time": case.clock(closest.start)}
    elif step.kind == "medicine" and step.text:
        name = fold(step.text).split()[0]
        for entry in reversed(entries):
            same_name = fold(entry.text).split()[:1] == [name]
            if same_name and abs(entry.start - case.start) < case.limits.medicine_apart:
                hours = f"{case.limits.medicine_apart.total_seconds() / 3600:g}"
                yield "medicine_soon", {"medicine": entry.text, "time": case.clock(entry.start), "hours": hours}
                return


def _food(case: _Case) -> Iterator[_Found]:
    if case.step.kind not in _FOOD or not case.step.text:
        return
    for fact in case.day.facts:
        word = food_named(case.step.text, fact.text) if fact.kind in ("allergy", "diet") else None
        if word is not None:
            yield "care_fact", {"kind": fact.kind, "fact": fact.text, "word": word}


_CHECKS = (_moments, _amounts, _presence, _arrival, _departure, _sleep, _awake, _again, _food)
