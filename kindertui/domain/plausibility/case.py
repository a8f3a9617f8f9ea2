"""The case that the rules look at, one entry against one child's day, and the findings they report.

Instants are Unix seconds here. Two aware datetimes of one zone are compared and subtracted by their clocks, which is
wrong over a clock change; and seconds are several times faster, which counts for 35 children at every key.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, tzinfo
from typing import Literal, NamedTuple

from msgspec import Struct, field

from kindertui.domain.daylog import Entry, Kind
from kindertui.domain.entry.model import Step
from kindertui.domain.policy import Limits
from kindertui.domain.roster import ChildDay

Level = Literal["error", "warning"]

RULES: Mapping[str, Level] = {
    "after_departure": "warning", "already_in": "warning", "amount_range": "error", "asleep_already": "error",
    "before_arrival": "warning", "before_birth": "error", "bottle_large": "warning", "bottle_soon": "warning",
    "care_fact": "warning", "check_not_asleep": "error", "checked_later": "warning", "drink_large": "warning",
    "ends_before_start": "error", "entries_after": "warning", "entries_before": "warning", "in_future": "error",
    "incident_untold": "warning",
    "lasts_long": "warning", "leaves_asleep": "warning", "leaves_before_sleep": "error",
    "medicine_agreement_not_yet": "warning", "medicine_agreement_over": "warning", "medicine_not_agreed": "warning",
    "medicine_soon": "warning", "nappy_content": "error", "no_sleep_again": "warning", "no_sleep_asleep": "error",
    "no_sleep_said": "warning", "no_sleep_slept": "warning", "not_asleep": "error", "not_expected": "warning",
    "not_in": "error", "out_before_in": "error", "out_not_in": "error", "over_a_day": "error",
    "overlaps_sleep": "warning", "pick_up_barred": "warning", "pick_up_unknown": "warning", "portion_range": "error",
    "reported_absent": "warning", "reported_sick": "warning", "same_entry": "warning", "second_meal": "warning",
    "sleep_long": "warning", "taken_over_offered": "error", "temperature_range": "error",
    "temperature_unlikely": "warning", "while_asleep": "warning", "zero_length": "error",
}  # fmt: skip
# Warnings about harm to a child: shown before the others, and as loudly as an error.
GRAVE: frozenset[str] = frozenset({"care_fact", "incident_untold", "medicine_soon", "pick_up_barred"})

# Of these a child is awake.
AWAKE: frozenset[Kind] = frozenset({"meal", "bottle", "drink", "nappy", "toilet", "activity"})
MINUTE = 60


class Finding(Struct, frozen=True):
    """One thing that speaks against an entry. `args` are words for the sentence, times of day as HH:MM."""

    rule: str
    level: Level
    child_id: str
    args: Mapping[str, str] = field(default_factory=dict)

    @property
    def weight(self) -> int:
        """The order of findings: errors, then what may harm a child, then the rest."""
        return 0 if self.level == "error" else 1 if self.rule in GRAVE else 2


class Interval(NamedTuple):
    """The seconds from which to which an entry lasted: a moment ends as it begins, an open sleep has no end."""

    start: float
    end: float | None
    entry: Entry


class Log:
    """The entries of a day, by start, and as intervals in seconds.

    `moves` are the arrivals and departures, `asleep` is the open sleep. An entry that says the child did not sleep has
    no interval.
    """

    __slots__ = ("asleep", "entries", "intervals", "moves", "stays")

    def __init__(self, entries: tuple[Entry, ...]) -> None:
        self.entries = entries
        self.intervals: list[Interval] = []
        self.moves: list[Interval] = []
        self.stays: list[tuple[float, float | None]] = []  # the last may be open
        self.asleep: Entry | None = None
        for entry in entries:
            start = entry.start.timestamp()
            if entry.is_open:
                self.asleep = entry
                self.intervals.append(Interval(start, None, entry))
                continue
            if entry.not_slept:
                continue
            interval = Interval(start, start if entry.end is None else entry.end.timestamp(), entry)
            self.intervals.append(interval)
            if entry.kind == "arrival":
                self.moves.append(interval)
                self.stays.append((start, None))
            elif entry.kind == "departure":
                self.moves.append(interval)
                if self.stays and self.stays[-1][1] is None:
                    self.stays[-1] = (self.stays[-1][0], start)


_logs: dict[int, Log] = {}
_MOST_LOGS = 256


def _log(entries: tuple[Entry, ...]) -> Log:
    """The Log of these entries, cached by identity: a screen's days stay the same from key to key."""
    known = _logs.get(id(entries))
    if known is not None and known.entries is entries:
        return known
    if len(_logs) >= _MOST_LOGS:
        _logs.clear()
    log = _logs[id(entries)] = Log(entries)
    return log


class Case:
    """One entry against one day, with its start and end worked out (the end of a sleep that goes on is None)."""

    __slots__ = ("asleep", "day", "end", "found", "limits", "log", "now", "replacing", "start", "step", "zone")

    def __init__(self, step: Step, day: ChildDay, now: datetime, limits: Limits, replacing: str | None) -> None:
        self.step, self.day, self.limits, self.replacing = step, day, limits, replacing
        if replacing is None:
            self.log = _log(day.log)
        else:
            self.log = Log(tuple(entry for entry in day.log if entry.id != replacing))
        self.asleep = asleep = self.log.asleep  # the sleep that has not ended
        self.now = now.timestamp()
        self.zone: tzinfo | None = now.tzinfo
        self.found: list[Finding] = []
        self.end: float | None = step.end.timestamp() if step.end is not None else None
        if step.ends_open:
            self.end = self.now if self.end is None else self.end
            self.start = self.end if asleep is None else asleep.start.timestamp()
        else:
            self.start = self.now if step.start is None else step.start.timestamp()
            if self.end is None and not step.leaves_open:
                self.end = self.start

    @property
    def length(self) -> float:
        """Seconds; one that goes on has lasted until now."""
        return (max(self.now, self.start) if self.end is None else self.end) - self.start

    def of(self, kind: Kind) -> list[Entry]:
        """The entries of a kind, as the day has them."""
        return [entry for entry in self.log.entries if entry.kind == kind]

    def report(self, rule: str, args: Mapping[str, str] | None = None) -> None:
        """Adds a finding; its level is the rule's."""
        self.found.append(Finding(rule, RULES[rule], self.day.child.id, args or {}))

    def clock(self, instant: float | datetime) -> str:
        """A time of day at the location."""
        return f"{self.local(instant):%H:%M}"

    def local(self, instant: float | datetime) -> datetime:
        """An instant at the location."""
        return (
            instant.astimezone(self.zone)
            if isinstance(instant, datetime)
            else datetime.fromtimestamp(instant, self.zone)
        )

    @property
    def date(self) -> date:
        """The civil day on which it begins."""
        return self.local(self.start).date()


def overlap(start: float, end: float | None, since: float, until: float | None) -> bool:
    """Do two intervals share more than their edges? A moment has to lie inside; an open end goes on."""
    return (end is None or since < end) and (until is None or start < until)


def inside(start: float, end: float | None, since: float, until: float | None) -> bool:
    """Does an interval, or a moment, lie wholly within another? A moment on its edge does not."""
    if start < since or (until is not None and (end is None or end > until)):
        return False
    return start != end or (since < start and (until is None or start < until))


def nearest(entries: Iterable[Entry], instant: float, within: float) -> Entry | None:
    """The entry that begins closest to an instant, less than `within` seconds from it; None when there is none."""
    found: Entry | None = None
    for entry in entries:
        apart = abs(entry.start.timestamp() - instant)
        if apart < within:
            found, within = entry, apart
    return found
