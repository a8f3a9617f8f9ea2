"""Some days of one child as figures: where the naps lay on the clock, what was eaten and drunk, which nappies."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

from msgspec import Struct, field

from kindertui.domain.attendance import HOURS
from kindertui.domain.daylog import NAPPIES, Entry, Kind, Nappy
from kindertui.domain.roster import NIGHT_SLEEP, is_night

_COUNTED: frozenset[Kind] = frozenset({"sleep", "meal", "bottle", "drink", "nappy"})
STEPS = 4  # quarters of an hour: what a nap is told by


class WeekDay(Struct, frozen=True):
    """One day. `quarters` are those of HOURS from the first hour on: "" awake, "asleep", "open" (not ended yet). A
    sleep over midnight is drawn on both days and counted on its first. `outside` are naps that are not drawn in full.

    `no_sleep`: somebody wrote down that there was no nap; it is none of `naps`. `minutes` is all the sleep of the day,
    also outside HOURS; `meals` are in order of time, `millilitres` what was drunk of bottles and drinks, of which there
    were `drinks`; `nappies` counts by content, kinds without any left out. `for_staff` of the entries counted are kept
    from parents.
    """

    day: date
    written: bool
    quarters: tuple[str, ...] = ()
    naps: tuple[Entry, ...] = ()
    outside: tuple[Entry, ...] = ()
    no_sleep: bool = False
    minutes: int = 0
    meals: tuple[Entry, ...] = ()
    drinks: int = 0
    millilitres: float = 0
    nappies: Mapping[Nappy, int] = field(default_factory=dict)
    for_staff: int = 0


def week_days(
    days: Iterable[tuple[date, Sequence[Entry]]], now: datetime, *, for_parents: bool = False
) -> tuple[WeekDay, ...]:
    """The figures of each day, in the order given; `now` (aware, in the location's zone) ends what is still open.

    `for_parents`: without what is for staff only.
    """
    found: list[WeekDay] = []
    for on, entries in days:
        eve = found[-1].naps if found and found[-1].day == on - timedelta(days=1) else ()
        found.append(_day(on, [one for one in entries if not (for_parents and one.for_staff)], now, eve))
    return tuple(found)


def _day(on: date, entries: Sequence[Entry], now: datetime, eve: Sequence[Entry]) -> WeekDay:
    """`eve` are the naps of the day before: one of them may have ended on this day."""
    naps = tuple(one for one in entries if one.kind == "sleep" and not one.not_slept)
    quarters = [""] * (len(HOURS) * STEPS)
    minutes = 0.0
    outside: list[Entry] = []
    for place_of, one in enumerate((*eve, *naps)):
        end = _end(one, on, now)
        first, last = _quarter(one.start, on), _quarter(end, on, last=True)
        for place in range(max(0, first), min(len(quarters), max(first + 1, last))):
            quarters[place] = "asleep" if one.end is not None else "open"
        if place_of >= len(eve):
            minutes += max(0.0, (end.astimezone(UTC) - one.start.astimezone(UTC)).total_seconds() / 60)
            outside += [one] * (first < 0 or last > len(quarters))
    drinks = [one for one in entries if one.kind in ("bottle", "drink")]
    contents = [one.detail.get("content") for one in entries if one.kind == "nappy"]
    return WeekDay(
        day=on,
        written=bool(entries),
        quarters=tuple(quarters),
        naps=naps,
        outside=tuple(outside),
        no_sleep=any(one.not_slept for one in entries),
        minutes=int(minutes),
        meals=tuple(one for one in entries if one.kind == "meal"),
        drinks=len(drinks),
        millilitres=sum(one.amount or 0 for one in drinks),
        nappies={kind: contents.count(kind) for kind in NAPPIES if kind in contents},
        for_staff=sum(one.for_staff and one.kind in _COUNTED for one in entries),
    )


def _end(nap: Entry, on: date, now: datetime) -> datetime:
    """Its end, or now while it goes on. A nap nobody ended says nothing of a day that is over; a night's sleep may."""
    if nap.end is not None:
        return nap.end
    at_night = is_night(nap.start) and now.astimezone(UTC) - nap.start.astimezone(UTC) < NIGHT_SLEEP
    return now if at_night or now.date() == on == nap.start.date() else nap.start


def _quarter(moment: datetime, on: date, *, last: bool = False) -> int:
    """Where on the clock an instant stands, in quarters of an hour from the first of HOURS; `last` rounds up."""
    hours = (moment.date() - on).days * 24 + moment.hour - HOURS[0]
    minutes = moment.minute + (14 if last else 0)
    return hours * STEPS + minutes // 15
