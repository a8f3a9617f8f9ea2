"""The day of one child put together, and what follows from it: is she in, asleep, expected, unreported."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal

from msgspec import Struct

from kindertui.domain.absences import Absence
from kindertui.domain.daylog import Entry, Kind
from kindertui.domain.memos import Memo
from kindertui.domain.people import Agreement, CareFact, Child, Consent, Guardianship, PickUp, Restriction, Slot

# An extra day without hours is shown from 07:00 to 19:00 (house rule: rather one too many than too few).
_WHOLE_DAY = (time(7), time(19))
# A stay that nobody has ended when the day is over (house rules; see `stays_over`).
_BOOKED_LATE, _EVENING, _NOON = time(22), time(19), time(12)
_UNSEEN = timedelta(hours=12)
NIGHT_SLEEP = timedelta(hours=14)  # a sleep of the night that is longer has probably not been ended (house rule)
# What is written of a child without seeing her.
_UNSEEN_KINDS: frozenset[Kind] = frozenset({"note"})
Span = tuple[time, time]
Presence = Literal["expected", "in", "out", "absent", "unreported", "not_expected"]


class ChildDay(Struct, frozen=True):
    """Everything the roster shows of one child on one day; `entries` by start, then by id.

    A stay may go over midnight, and its entries stand on two days. `before` are those of the day before, from the
    arrival of a stay that reaches into this day; `after` is the departure of the day after that ended this day's last
    stay; `goes_on`: this day is over, and its last stay is not. `not_signed_out` is the arrival of the day before that
    nobody ended, where the child is taken to have gone home.
    """

    child: Child
    day: date
    slot: Slot | None = None
    entries: tuple[Entry, ...] = ()
    absences: tuple[Absence, ...] = ()
    facts: tuple[CareFact, ...] = ()
    restrictions: tuple[Restriction, ...] = ()
    consents: tuple[Consent, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    guardians: tuple[Guardianship, ...] = ()
    pick_ups: tuple[PickUp, ...] = ()
    doses: tuple[Entry, ...] = ()  # medicines of the days around this one, as far as one still counts against another
    before: tuple[Entry, ...] = ()
    after: tuple[Entry, ...] = ()
    goes_on: bool = False
    not_signed_out: Entry | None = None
    memos: tuple[Memo, ...] = ()  # in sight on this day, those that end first before the others
    scheduled: bool = True  # False: nobody knows on which days the child comes (a roster file without days)

    @property
    def log(self) -> tuple[Entry, ...]:
        """The entries of the day and of the stays that reach into it or out of it; mostly `entries` itself."""
        return (*self.before, *self.entries, *self.after) if self.before or self.after else self.entries

    def last(self, *kinds: Kind) -> Entry | None:
        """The latest entry of one of these kinds, by start."""
        return next((entry for entry in reversed(self.log) if entry.kind in kinds), None)

    @property
    def arrival(self) -> Entry | None:
        return self.last("arrival")

    @property
    def departure(self) -> Entry | None:
        """The departure that ended the last stay; None while the child is in (again)."""
        departure, arrival = self.last("departure"), self.arrival
        if departure is None or (arrival is not None and arrival.start > departure.start):
            return None
        return departure

    @property
    def is_in(self) -> bool:
        """Has come and not left since; asked of every child with every key, so in one look through the day."""
        arrival: Entry | None = None
        for entry in reversed(self.log):
            if arrival is not None and entry.start < arrival.start:
                break
            if entry.kind == "departure":
                return False
            if entry.kind == "arrival" and arrival is None:
                arrival = entry
        return arrival is not None

    def there(self, today: date) -> bool:
        """Is in; of a day gone by: was. Whom the roster of that day lists, and whom `all` on it is for."""
        return self.is_in or (self.day < today and self.arrival is not None)

    @property
    def is_expected(self) -> bool:
        """Booked for the day, or nobody knows the child's days; and not reported away."""
        return self.absence is None and (not self.scheduled or expected_hours(self) is not None)

    @property
    def asleep(self) -> Entry | None:
        """The sleep that has not ended."""
        return next((entry for entry in reversed(self.log) if entry.is_open), None)

    @property
    def last_sleep(self) -> Entry | None:
        """The latest sleep; without one, the latest entry that says she did not sleep."""
        slept = [entry for entry in self.log if entry.kind == "sleep"]
        return next((one for one in reversed(slept) if not one.not_slept), slept[-1] if slept else None)

    @property
    def absence(self) -> Absence | None:
        """The absence that keeps the child away on this day; the latest report wins, `better` ends a sickness."""
        latest = sorted(
            (a for a in self.absences if a.covers(self.day) or a.kind == "better"), key=lambda a: a.reported_at
        )
        result: Absence | None = None
        for absence in latest:
            if absence.kind == "better":
                if absence.first_day <= self.day and result is not None and result.kind == "sick":
                    result = None
            elif absence.keeps_away:
                result = absence
        return result

    def presence(self, now: datetime, grace: timedelta = timedelta(0)) -> Presence:
        """Where the child is as far as anybody told us.

        `unreported` ("expected, nobody told us") begins `grace` after the expected time; the state is kept apart from
        absent because somebody has to phone. `now` is aware; `grace` comes from the profile. A child whose days nobody
        knows is expected on any day and never unreported.
        """
        if self.arrival is not None:
            return "in" if self.departure is None else "out"
        if self.absence is not None:
            return "absent"
        hours = expected_hours(self)
        if hours is None:
            return "not_expected" if self.scheduled else "expected"
        return "unreported" if now >= datetime.combine(self.day, hours[0], now.tzinfo) + grace else "expected"


def is_night(start: datetime) -> bool:
    """Is a sleep that begins then, by the location's clock, no nap but a night's? House rule: from 19:00 to 05:00."""
    return start.time() >= _EVENING or start.hour < 5


def stays_over(eve: ChildDay, since: Iterable[Entry], now: datetime) -> bool:
    """Is a child who was not signed out on `eve` still in at `now`, after that day's end?

    `since` are the entries written of her on the day after; `now` is aware, in the location's zone. House rule: a
    booking that ended by 22:00, and nothing seen of her after it, says that her departure was forgotten. Without that
    she is in until twelve hours after she was last seen, and if that was in the evening or later, until noon at least:
    on the evacuation list rather a name too many than one too few.
    """
    if not eve.is_in:
        return False
    zone = now.tzinfo
    seen = max(
        (entry.end or entry.start).astimezone(UTC) for entry in (*eve.log, *since) if entry.kind not in _UNSEEN_KINDS
    )
    hours = expected_hours(eve)
    if hours is not None and hours[1] <= _BOOKED_LATE and seen <= datetime.combine(eve.day, hours[1], zone):
        return False
    if seen >= datetime.combine(eve.day, _EVENING, zone):
        return now < max(datetime.combine(eve.day + timedelta(days=1), _NOON, zone), (seen + _UNSEEN).astimezone(zone))
    return now.astimezone(UTC) < seen + _UNSEEN


def expected_hours(day: ChildDay) -> Span | None:
    """From when until when the child is expected, or None for not at all.

    An extra day or the wanted day of a swap without hours counts as the whole day: rather one too many than too few.
    """
    if day.absence is not None:
        return None
    hours: Span | None = (day.slot.start, day.slot.end) if day.slot else None
    for absence in sorted((one for one in day.absences if one.holds), key=lambda one: one.reported_at):
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
        asked = (start or (hours or _WHOLE_DAY)[0], end or (hours or _WHOLE_DAY)[1])
        return asked if hours is None else (min(asked[0], hours[0]), max(asked[1], hours[1]))
    if hours is None:
        return None
    if absence.kind == "flexible_hours":
        return start or hours[0], end or hours[1]
    if absence.kind == "late":
        return start or hours[0], hours[1]
    if absence.kind == "early_pick_up":
        return hours[0], end or hours[1]
    return hours


def head_counts(days: Iterable[ChildDay], now: datetime) -> tuple[int, int]:
    """How many are in, and how many are expected or have been in (the roster's "9 in of 12").

    In of today is in now; of a day gone by everybody who was, as the roster of that day lists them. `now` is aware, in
    the location's zone.
    """
    inside = expected = 0
    for day in days:
        inside += day.there(now.date())
        expected += day.presence(now) in ("in", "out", "expected", "unreported")
    return inside, expected
