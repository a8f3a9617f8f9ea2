"""What the policy asks for a child's age and nobody has written yet, and when a sleep check is due."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta

from msgspec import Struct

from kindertui.domain.daylog import Entry
from kindertui.domain.people import Child
from kindertui.domain.policy import Age, Due, DueWord, GapWord, Policy
from kindertui.domain.roster import NIGHT_SLEEP, ChildDay, expected_hours, is_night


class Gap(Struct, frozen=True):
    """One thing that is missing of one child on one day.

    `since` is the moment it counts from: when the open sleep or stay began, or the latest entry that answered it, else
    the arrival. None for a duty, whose `last` is the day of the latest piece (None: there was none for weeks).
    """

    child: Child
    day: date
    word: GapWord
    since: datetime | None = None
    last: date | None = None


def still_due(day: ChildDay, now: datetime, policy: Policy) -> tuple[DueWord, ...]:
    """What is missing on this day by `now` (aware); empty for a child who was never in.

    First that the parents are to be told of an incident, then what should have ended, as it is cut off last, then what
    the age asks for in the profile's order. It is counted up to the departure for a child who has left: what fell due
    by then stays missing until it is written. `sleep_end` is a sleep open too long, or open in a child who left or
    should have; `departure` a stay that nobody has ended.
    """
    return tuple(word for word, _since in due_since(day, now, policy))


def due_since(
    day: ChildDay, now: datetime, policy: Policy, closes: time | None = None
) -> tuple[tuple[DueWord, datetime], ...]:
    """As `still_due`, each with the moment it counts from.

    `closes` is when the group's day ends, for a child whose own hours nobody knows; None: it ends with the day.
    """
    arrival, departure = day.arrival, day.departure
    if arrival is None:
        return ()
    band = policy.band(day.child.age_on(day.day))
    missing: list[tuple[DueWord, datetime]] = []
    # On a day gone by without a departure nobody knows how long the stay was: only that it was never ended. What a stay
    # over midnight owes is counted on its second day.
    if band is not None and not day.after and (departure is not None or not _over(day, now)):
        until = now if departure is None else min(now, departure.start)
        for due in band.dues:
            since = _missing_since(due, day, arrival.start, until)
            if since is not None:
                missing.append((due.word, since))
    return (*untold_since(day), *_left_open(day, now, policy, closes), *missing)


def open_since(day: ChildDay) -> tuple[tuple[DueWord, datetime], ...]:
    """What has not ended on this day, however early: a sleep, a stay, each with its beginning."""
    asleep, arrival = day.asleep, day.arrival
    found: list[tuple[DueWord, datetime]] = []
    if asleep is not None:
        found.append(("sleep_end", asleep.start))
    if day.is_in and arrival is not None:
        found.append(("departure", arrival.start))
    return tuple(found)


def untold_since(day: ChildDay) -> tuple[tuple[DueWord, datetime], ...]:
    """That the parents are to be told of an incident, with the moment of the first they were not told of."""
    untold: tuple[tuple[DueWord, datetime], ...] = tuple(
        ("tell_parents", one.start) for one in day.entries if one.untold
    )
    return untold[:1]


def next_check(entry: Entry, checks: Iterable[Entry], age: Age | None, policy: Policy) -> datetime | None:
    """When the next check of this open sleep is due: an interval after its start or the latest check.

    May lie in the past: then the check is late. None when the sleep has ended or the location does without checks.
    """
    return _check_due(entry, checks, age, policy, None) if entry.is_open else None


def sleep_checks_due(days: Iterable[ChildDay], policy: Policy) -> tuple[tuple[Child, datetime], ...]:
    """When the next check of each sleeper among `days` is due, the one waiting longest first."""
    found = [
        (day.child, due)
        for day in days
        if day.asleep is not None
        and (due := next_check(day.asleep, day.log, day.child.age_on(day.day), policy)) is not None
    ]
    return tuple(sorted(found, key=lambda one: (one[1].astimezone(UTC), one[0].sort_key)))


def check_late_by(at: datetime, day: ChildDay, policy: Policy, *, replacing: str | None = None) -> int:
    """Whole minutes by which a sleep check at `at` (aware) came after it was due, counted from the check before it.

    0 for one in time, for a moment at which the child did not sleep, and where the location does without. `replacing`
    is the id of the record that this check corrects: it does not count as the one before.
    """
    moment = at.astimezone(UTC)
    entries = [entry for entry in day.log if entry.id != replacing]
    sleep = next(
        (
            entry
            for entry in entries
            if entry.kind == "sleep"
            and entry.start.astimezone(UTC) <= moment
            and (entry.end is None or moment <= entry.end.astimezone(UTC))
        ),
        None,
    )
    due = None if sleep is None else _check_due(sleep, entries, day.child.age_on(day.day), policy, moment)
    return 0 if due is None else minutes_past(due, at)


def minutes_past(due: datetime, now: datetime) -> int:
    """Whole minutes from `due` until `now`, both aware; 0 before it."""
    return max(0, int((now.astimezone(UTC) - due.astimezone(UTC)) / timedelta(minutes=1)))


def _check_due(
    sleep: Entry, entries: Iterable[Entry], age: Age | None, policy: Policy, until: datetime | None
) -> datetime | None:
    """An interval after the sleep began or its latest check, of those up to `until` (None: of all)."""
    minutes = policy.sleep_check_minutes(age)
    if minutes is None:
        return None
    # In UTC: over a clock change the wall has an hour twice or not at all.
    began = sleep.start.astimezone(UTC)
    checks = (
        entry.start.astimezone(UTC)
        for entry in entries
        if entry.kind == "sleep_check" and entry.child_id == sleep.child_id
    )
    latest = max((check for check in checks if check >= began and (until is None or check <= until)), default=began)
    return (latest + timedelta(minutes=minutes)).astimezone(sleep.start.tzinfo)


def _missing_since(due: Due, day: ChildDay, since: datetime, until: datetime) -> datetime | None:
    """The moment a missing thing counts from; None while it is not due."""
    if day.asleep is not None and day.asleep.start <= until:
        return None  # nobody wakes a child for a nappy; what is due is due when she wakes
    # what is kept from parents was not written for them
    answers = [entry.end or entry.start for entry in day.log if entry.kind in due.kinds and not entry.for_staff]
    if not answers:
        return since if _passed(since, until, timedelta(minutes=due.first_after)) else None
    latest = max(since, *answers)
    return latest if due.again_after and _passed(latest, until, timedelta(minutes=due.again_after)) else None


def _left_open(day: ChildDay, now: datetime, policy: Policy, closes: time | None) -> Iterator[tuple[DueWord, datetime]]:
    """A sleep and a stay that should have been ended; of a stay that goes on over midnight, the day after says it."""
    if day.goes_on:
        return
    late = _over(day, now) or _past_hours(day, now, policy, closes)
    for word, since in open_since(day):
        if word == "departure":
            wanted = late
        else:
            longest = max(policy.sleep_end_after, NIGHT_SLEEP) if is_night(since) else policy.sleep_end_after
            wanted = late or day.departure is not None or _passed(since, now, longest)
        if wanted:
            yield word, since


def _past_hours(day: ChildDay, now: datetime, policy: Policy, closes: time | None) -> bool:
    """Should the child have left by now? Booked hours say nothing of one who came only after them."""
    hours, arrival = expected_hours(day), day.arrival
    end = hours[1] if hours else day.slot.end if day.slot else closes
    if end is None or arrival is None:
        return False
    ends = datetime.combine(day.day, end, now.tzinfo)
    return arrival.start.astimezone(UTC) < ends.astimezone(UTC) and _passed(ends, now, policy.departure_after)


def _over(day: ChildDay, now: datetime) -> bool:
    """Is `now`, in the location's zone, on a later day than the child's?"""
    return now.date() > day.day


def _passed(since: datetime, until: datetime, length: timedelta) -> bool:
    # In UTC: two aware times of one zone are subtracted by the wall, an hour wrong over a clock change.
    return until.astimezone(UTC) - since.astimezone(UTC) >= length
