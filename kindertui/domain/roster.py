"""One child's day put together, and what can be said of it: is she in, asleep, expected, unreported."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Literal

from msgspec import Struct

from kindertui.domain.absence import Absence
from kindertui.domain.daylog import Entry, Kind
from kindertui.domain.people import CareFact, Child, Consent, Restriction, Slot

Presence = Literal["expected", "in", "out", "absent", "unreported", "not_expected"]


class ChildDay(Struct, frozen=True):
    """Everything the roster shows of one child on one day; `entries` by start, then by id."""

    child: Child
    day: date
    slot: Slot | None = None
    entries: tuple[Entry, ...] = ()
    absences: tuple[Absence, ...] = ()
    facts: tuple[CareFact, ...] = ()
    restrictions: tuple[Restriction, ...] = ()
    consents: tuple[Consent, ...] = ()

    def last(self, *kinds: Kind) -> Entry | None:
        """The latest entry of one of these kinds, by start."""
        return next((entry for entry in reversed(self.entries) if entry.kind in kinds), None)

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
        return self.arrival is not None and self.departure is None

    @property
    def asleep(self) -> Entry | None:
        """The sleep that has not ended."""
        return next((entry for entry in reversed(self.entries) if entry.is_open), None)

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
        absent because somebody has to phone. `now` is aware; `grace` comes from the profile.
        """
        if self.arrival is not None:
            return "in" if self.departure is None else "out"
        if self.absence is not None:
            return "absent"
        if self.slot is None:
            return "not_expected"
        expected = datetime.combine(self.day, self.slot.start, now.tzinfo)
        return "unreported" if now >= expected + grace else "expected"


def head_counts(days: Iterable[ChildDay], now: datetime) -> tuple[int, int]:
    """How many are in now, and how many are expected or have been in (the roster's "9 in of 12")."""
    inside = expected = 0
    for day in days:
        presence = day.presence(now)
        inside += presence == "in"
        expected += presence in ("in", "out", "expected", "unreported")
    return inside, expected
