"""What the policy asks for a child's age and nobody has written yet, and when a sleeper is to be looked at."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from kindertui.domain.daylog import Entry
from kindertui.domain.people import Child
from kindertui.domain.policy import Age, Due, DueWord, Policy
from kindertui.domain.roster import ChildDay


def still_due(day: ChildDay, now: datetime, policy: Policy) -> tuple[DueWord, ...]:
    """What is missing on this day by `now` (aware), in the profile's order; empty for a child who was never in.

    Counted up to the departure for a child who has left: what fell due by then stays missing until it is written.
    `sleep_end` is a sleep open too long, or open in a child who left; `departure` a stay that nobody has ended.
    """
    arrival, departure = day.arrival, day.departure
    if arrival is None:
        return ()
    band = policy.band(day.child.age_on(day.day))
    missing: list[DueWord] = []
    # On a day gone by without a departure nobody knows how long the stay was: only that it was never ended.
    if band is not None and (departure is not None or not _over(day, now)):
        until = now if departure is None else min(now, departure.start)
        missing = [due.word for due in band.dues if _missing(due, day, arrival.start, until)]
    return (*missing, *_left_open(day, now, policy))


def next_check(entry: Entry, checks: Iterable[Entry], age: Age | None, policy: Policy) -> datetime | None:
    """When this open sleep is to be looked at next: an interval after its start or the latest look at it.

    May lie in the past: then the look is late. None when the sleep has ended or the location does without.
    """
    return _look_due(entry, checks, age, policy, None) if entry.is_open else None


def looks_due(days: Iterable[ChildDay], policy: Policy) -> tuple[tuple[Child, datetime], ...]:
    """When each of the sleepers among `days` is to be looked at next, the one waiting longest first."""
    found = [
        (day.child, due)
        for day in days
        if day.asleep is not None
        and (due := next_check(day.asleep, day.entries, day.child.age_on(day.day), policy)) is not None
    ]
    return tuple(sorted(found, key=lambda one: (one[1].astimezone(UTC), one[0].sort_key)))


def check_late_by(at: datetime, day: ChildDay, policy: Policy, *, replacing: str | None = None) -> int:
    """Whole minutes by which a look at `at` (aware) came after it was due, counted from the look before it.

    0 for one in time, for a moment at which the child did not sleep, and where the location does without. `replacing`
    is the id of the record that this look corrects: it does not count as the look before.
    """
    moment = at.astimezone(UTC)
    entries = [entry for entry in day.entries if entry.id != replacing]
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
    due = None if sleep is None else _look_due(sleep, entries, day.child.age_on(day.day), policy, moment)
    return 0 if due is None else minutes_past(due, at)


def minutes_past(due: datetime, now: datetime) -> int:
    """Whole minutes from `due` until `now`, both aware; 0 before it."""
    return max(0, int((now.astimezone(UTC) - due.astimezone(UTC)) / timedelta(minutes=1)))


def _look_due(
    sleep: Entry, entries: Iterable[Entry], age: Age | None, policy: Policy, until: datetime | None
) -> datetime | None:
    """An interval after the sleep began or the latest look at it, of those up to `until` (None: of all)."""
    minutes = policy.sleep_check_minutes(age)
    if minutes is None:
        return None
    # In UTC: over a clock change the wall has an hour twice or not at all.
    began = sleep.start.astimezone(UTC)
    looks = (
        entry.start.astimezone(UTC)
        for entry in entries
        if entry.kind == "sleep_check" and entry.child_id == sleep.child_id
    )
    latest = max((look for look in looks if look >= began and (until is None or look <= until)), default=began)
    return (latest + timedelta(minutes=minutes)).astimezone(sleep.start.tzinfo)


def _missing(due: Due, day: ChildDay, since: datetime, until: datetime) -> bool:
    if day.asleep is not None and day.asleep.start <= until:
        return False  # nobody wakes a child for a nappy; what is due is due when she wakes
    answers = [entry.end or entry.start for entry in day.entries if entry.kind in due.kinds]
    if not answers:
        return _passed(since, until, timedelta(minutes=due.first_after))
    return bool(due.again_after) and _passed(max(since, *answers), until, timedelta(minutes=due.again_after))


def _left_open(day: ChildDay, now: datetime, policy: Policy) -> tuple[DueWord, ...]:
    """A sleep and a stay that should have been ended."""
    words: list[DueWord] = []
    asleep, over = day.asleep, _over(day, now)
    if asleep is not None and (over or day.departure is not None or _passed(asleep.start, now, policy.sleep_end_after)):
        words.append("sleep_end")
    if day.is_in:
        slot_end = None if day.slot is None else datetime.combine(day.day, day.slot.end, now.tzinfo)
        if over or (slot_end is not None and _passed(slot_end, now, policy.departure_after)):
            words.append("departure")
    return tuple(words)


def _over(day: ChildDay, now: datetime) -> bool:
    """Is `now`, in the location's zone, on a later day than the child's?"""
    return now.date() > day.day


def _passed(since: datetime, until: datetime, length: timedelta) -> bool:
    # In UTC: two aware times of one zone are subtracted by the wall, an hour wrong over a clock change.
    return until.astimezone(UTC) - since.astimezone(UTC) >= length
