"""What goes out: the day log as lines of records.jsonl, built inside SQLite; and what is left to go out.

The lines of the same record and revision are the same bytes whenever they are made (docs/bundle.md): nothing stands in
them that may change without a new revision.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import get_args
from zoneinfo import ZoneInfo

from kindertui.data.connection import Connection
from kindertui.data.queries import KEPT, location
from kindertui.domain.daylog import Sensitivity, Share

CHUNK = 1000  # rows fetched and written at a time
_STEP = 7 * 86_400  # no zone has ever changed its offset twice within a week
_NO_HTML = "(instr({0}, '<') = 0 OR {0} NOT GLOB '*<[A-Za-z/!?]*')"
_TYPE = (
    "CASE e.kind WHEN 'arrival' THEN 'attendance' WHEN 'departure' THEN 'attendance' WHEN 'bottle' THEN 'drink'"
    " WHEN 'nappy' THEN 'diaper' WHEN 'sleep_check' THEN 'sleep' WHEN 'temperature' THEN 'health'"
    " WHEN 'medicine' THEN 'health' WHEN 'incident' THEN 'health' ELSE e.kind END"
)
_REMARK = "'remark', nullif(e.text, '')"
_CONTENT = "iif(e.detail ->> 'content' IN ('wet', 'soiled', 'both', 'dry'), e.detail ->> 'content', 'unknown')"
_MEAL = "iif(e.detail ->> 'meal' IN ('breakfast', 'fruit', 'lunch', 'snack', 'dinner'), e.detail ->> 'meal', 'other')"
_ML = "'offered_ml', CAST(e.detail ->> 'offered' AS INTEGER), 'taken_ml', CAST(round(e.amount) AS INTEGER)"
_SLEPT = """iif(e.detail ->> 'none', 'none', iif(e."end" IS NULL, 'asleep', 'ended'))"""
_DATA = f"""CASE e.kind
    WHEN 'arrival' THEN json_object('event', 'arrived', 'by', nullif(e.text, ''))
    WHEN 'departure' THEN json_object('event', 'departed', 'by', nullif(e.text, ''))
    WHEN 'sleep' THEN json_object('state', {_SLEPT}, {_REMARK})
    WHEN 'sleep_check' THEN json_object('state', 'checked', {_REMARK})
    WHEN 'meal' THEN json_object('meal', {_MEAL}, 'portion', e.amount, {_REMARK})
    WHEN 'bottle' THEN json_object('kind', 'bottle', {_ML}, {_REMARK})
    WHEN 'drink' THEN json_object('kind', 'other', {_ML}, {_REMARK})
    WHEN 'nappy' THEN json_object('kind', {_CONTENT}, {_REMARK})
    WHEN 'toilet' THEN json_object('kind', {_CONTENT}, {_REMARK})
    WHEN 'temperature'
        THEN json_object('kind', 'temperature', 'value', e.amount, 'unit', 'Cel', 'text', nullif(e.text, ''))
    WHEN 'medicine' THEN json_object('kind', 'medication', 'text', nullif(e.text, ''))
    ELSE json_object('text', e.text) END"""


@dataclass(frozen=True, slots=True)
class Choice:
    """Which records: of the days `first` to `last` (None: open), changed after the journal row `after` (None: all).

    With `after`, a revision that left before is left out. `allowed` is the profile's table of what may leave; `closed`
    names the children none of whose guardians may be told anything.
    """

    allowed: Mapping[Share, tuple[Sensitivity, ...]]
    closed: frozenset[str] = frozenset()
    first: date | None = None
    last: date | None = None
    after: int | None = None
    values: dict[str, object] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.values.update(
            first=(self.first or date.min).isoformat(),
            last=(self.last or date.max).isoformat(),
            after=self.after or 0,
            closed=json.dumps(sorted(self.closed)),
        )

    def may_leave(self) -> str:
        """SQL: this entry may leave."""
        closed = "" if not self.closed else " AND e.child_id NOT IN (SELECT value FROM json_each(:closed))"
        return f"{self.shared()} AND {_NO_HTML.format('e.text')}{closed}"

    def shared(self) -> str:
        """SQL: it is no incident, nobody kept it from parents, and the profile allows what is marked so to leave.

        Only the program's own words go into the statement.
        """
        pairs = [
            f"(e.share = '{share}' AND e.sensitivity = '{one}')"
            for share in get_args(Share)
            for one in get_args(Sensitivity)
            if one in self.allowed.get(share, ())
        ]
        return f"(({' OR '.join(pairs)}) AND NOT {KEPT} AND e.kind <> 'incident')" if pairs else "FALSE"

    def in_period(self, column: str = "e.day") -> str:
        """SQL: the day lies in the period; nothing to compare where there is none."""
        return f"{column} BETWEEN :first AND :last" if self.first or self.last else "TRUE"

    def changed(self, kind: str, column: str) -> str:
        """SQL: the record was changed after `after`. With 0 everything was, without a look at the journal."""
        if not self.after:
            return "TRUE"
        return f"{column} IN (SELECT record_id FROM journal WHERE seq > :after AND kind = '{kind}')"  # noqa: S608

    def new(self, alias: str = "e") -> str:
        """SQL: this revision has not left yet; asked only of what changed since the last bundle."""
        if self.after is None:
            return "TRUE"
        return f"NOT EXISTS (SELECT 1 FROM delivery d WHERE d.record_id = {alias}.id AND d.rev = {alias}.rev)"  # noqa: S608


@dataclass(frozen=True, slots=True)
class Line:
    """One record on its way out: its key, what the readable pages need, and the line itself without its newline."""

    id: str
    rev: int
    kind: str
    child_id: str | None
    day: str
    line: bytes


def entry_lines(db: Connection, choice: Choice, names: Mapping[str, str]) -> Iterator[list[Line]]:
    """The entries of a choice that may leave, in chunks. `names` gives each staff id's pseudonym."""
    low, high = db.execute("SELECT min(day), max(day) FROM entry").fetchone()
    if low is None:
        return
    first, last = (int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp()) for day in (low, high))
    span = int(timedelta(days=3).total_seconds())
    offsets = {
        name: transitions(zone, first - span, max(last, int(datetime.now(UTC).timestamp())) + span)
        for name, zone in zones(db).items()
    }
    start, end, recorded = (rfc3339(column, offsets, "e.tz") for column in ("e.start", 'e."end"', "e.recorded_at"))
    cursor = db.execute(
        "WITH who(id, name) AS MATERIALIZED (SELECT key, value FROM json_each(:names))"  # noqa: S608 - constant pieces
        f" SELECT e.id, e.rev, {_TYPE}, e.child_id, e.day,"
        " CAST(json_object('spec', '1', 'id', e.id, 'rev', e.rev, 'op', 'upsert',"
        f" 'type', {_TYPE}, 'location_id', :location, 'group_id', e.group_id, 'child_id', e.child_id, 'day', e.day,"
        f" 'start', {start}, 'end', CASE WHEN e.\"end\" IS NOT NULL THEN {end} END, 'tz', e.tz, 'precision', 'minute',"
        f" 'recorded_at', {recorded}, 'recorded_by', w.name, 'share', e.share, 'sensitivity', e.sensitivity,"
        f" 'data', {_DATA}) AS BLOB)"
        f" FROM entry e LEFT JOIN who w ON w.id = e.by_id WHERE {_chosen(choice)}",
        {**choice.values, "names": json.dumps(dict(names)), "location": location(db).id},
    )
    while rows := cursor.fetchmany(CHUNK):
        yield [Line(*row) for row in rows]


def count_entries(db: Connection, choice: Choice) -> int:
    """How many entries of a choice may leave."""
    return int(db.execute(f"SELECT count(*) FROM entry e WHERE {_chosen(choice)}", choice.values).fetchone()[0])  # noqa: S608


def held_back(db: Connection, choice: Choice) -> dict[str, int]:
    """How many entries of a choice may not leave, by the first reason that holds (see domain.delivery.HOLD_BACKS)."""
    rows = db.execute(
        "SELECT CASE WHEN e.detail ->> 'for_staff' IS NOT NULL THEN 'staff_only'"  # noqa: S608
        f" WHEN NOT {choice.shared()} THEN iif(e.sensitivity = 'none', e.share, e.sensitivity)"
        " WHEN e.child_id IN (SELECT value FROM json_each(:closed)) THEN 'nobody_in_audience'"
        " ELSE 'has_html' END AS reason, count(*)"
        f" FROM entry e WHERE NOT e.deleted AND {choice.in_period()} AND {choice.changed('entry', 'e.id')}"
        f" AND {choice.new()} AND NOT ({choice.may_leave()}) GROUP BY reason",
        choice.values,
    )
    return {row[0]: row[1] for row in rows}


def retracted(db: Connection, choice: Choice) -> tuple[tuple[str, int, str, str, str, int], ...]:
    """Entries that left before and were deleted or may no longer leave: (id, rev, type, child, day, rev that left).

    One whose revision did not change since it left is not retracted: its key is taken.
    """
    rows = db.execute(
        f"SELECT e.id, e.rev, {_TYPE}, e.child_id, e.day, max(d.rev) FROM delivery d JOIN entry e ON e.id = d.record_id"  # noqa: S608
        f" WHERE (e.deleted OR NOT ({choice.may_leave()})) AND {choice.in_period()}"
        f" AND {choice.changed('entry', 'd.record_id')}"
        " GROUP BY d.record_id HAVING e.rev > max(d.rev) AND d.kind <> 'delete' ORDER BY e.day, e.id",
        choice.values,
    )
    return tuple(rows)


def days_of(db: Connection, choice: Choice) -> dict[str, set[str]]:
    """The days on which a choice has entries that leave, by child."""
    found: dict[str, set[str]] = {}
    for child_id, day in db.execute(
        f"SELECT DISTINCT e.child_id, e.day FROM entry e WHERE {_chosen(choice)}",  # noqa: S608
        choice.values,
    ):
        found.setdefault(child_id, set()).add(day)
    return found


def children_of(db: Connection, choice: Choice) -> tuple[str, ...]:
    """The children of whom a choice has entries that leave."""
    rows = db.execute(f"SELECT DISTINCT e.child_id FROM entry e WHERE {_chosen(choice)}", choice.values)  # noqa: S608
    return tuple(row[0] for row in rows)


def zones(db: Connection) -> dict[str, ZoneInfo]:
    """The zones the location has ever been in, the one in force first."""
    here = location(db)
    names = {here.timezone: None}
    for (new,) in db.execute("SELECT new FROM journal WHERE record_id = ?", (here.id,)):
        if zone := json.loads(new).get("timezone"):
            names[zone] = None
    return {name: ZoneInfo(name) for name in names}


def named_in_bundle(db: Connection, record_id: str) -> bool:
    """Whether a record was named in a bundle that left: others know of it."""
    return db.execute("SELECT 1 FROM delivery WHERE record_id = ? LIMIT 1", (record_id,)).fetchone() is not None


def _chosen(choice: Choice) -> str:
    return (
        f"NOT e.deleted AND {choice.in_period()} AND {choice.changed('entry', 'e.id')} AND {choice.new()}"
        f" AND {choice.may_leave()}"
    )


# -- local time inside SQL: the offsets of a zone over a period, as a CASE that SQLite can walk -----------------------


def transitions(zone: ZoneInfo, first: int, last: int) -> tuple[tuple[int, int], ...]:
    """(from this Unix second, this offset in seconds), ascending, for all seconds from `first` to `last`."""
    found = [(first, _offset(zone, first))]
    at = first
    while at < last:
        after = min(at + _STEP, last)
        if (offset := _offset(zone, after)) != found[-1][1]:
            low, high = at, after
            while high - low > 1:
                middle = (low + high) // 2
                low, high = (middle, high) if _offset(zone, middle) == found[-1][1] else (low, middle)
            found.append((high, offset))
        at = after
    return tuple(found)


def rfc3339(column: str, zones: dict[str, tuple[tuple[int, int], ...]], zone_column: str) -> str:
    """SQL for `column` (Unix seconds) as RFC 3339 in the zone named in `zone_column`; `zones`: `transitions` by name.

    Halved at each step: ten years of two changes a year cost five comparisons.
    """
    trees = {name: _tree(column, steps, lambda offset: _stamp(column, offset)) for name, steps in zones.items()}
    if len(trees) == 1:
        return next(iter(trees.values()))
    cases = " ".join(f"WHEN '{name}' THEN {tree}" for name, tree in trees.items())
    return f"CASE {zone_column} {cases} END"


def _offset(zone: ZoneInfo, second: int) -> int:
    delta = datetime.fromtimestamp(second, UTC).astimezone(zone).utcoffset()
    return int(delta.total_seconds()) if delta is not None else 0


def _stamp(column: str, offset: int) -> str:
    hours, rest = divmod(abs(offset), 3600)
    sign = "-" if offset < 0 else "+"
    local = f"{column} + {offset}, 'unixepoch'"
    # date and time are a tenth of the whole export faster than strftime, which reads its pattern for every row
    return f"(date({local}) || 'T' || time({local}) || '{sign}{hours:02}:{rest // 60:02}')"


def _tree(column: str, steps: tuple[tuple[int, int], ...], leaf: Callable[[int], str]) -> str:
    if len(steps) == 1:
        return leaf(steps[0][1])
    middle = len(steps) // 2
    below, above = _tree(column, steps[:middle], leaf), _tree(column, steps[middle:], leaf)
    return f"CASE WHEN {column} < {steps[middle][0]} THEN {below} ELSE {above} END"
