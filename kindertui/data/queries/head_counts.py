"""Questions about head counts."""

import json
from datetime import date
from zoneinfo import ZoneInfo

from kindertui.data.connection import Connection
from kindertui.data.queries import instant, values
from kindertui.domain.head_counts import Counting, FirstCount, HeadCount

OWNER = "*"  # whose draft a count that goes on is: nobody's own, and no staff id
GOING_ON = "count:"  # what the places of those drafts begin with; the day and the group follow
_COUNT = (
    "SELECT c.id, c.day, c.group_id, c.reason, c.expected, c.first, c.second, c.first_at, c.second_at, coalesce(s.name, '')"
    " FROM head_count c LEFT JOIN staff s ON s.id = c.by_id"
)


def of_day(db: Connection, day: date, zone: ZoneInfo) -> tuple[HeadCount, ...]:
    """The counts of a day, in the order they were made."""
    rows = db.execute(f"{_COUNT} WHERE c.day = ? AND NOT c.deleted ORDER BY c.second_at, c.id", (day.isoformat(),))
    return values(HeadCount, rows, zone)


def count(db: Connection, id: str, zone: ZoneInfo) -> HeadCount | None:
    """One count by id, unless it was taken back."""
    return next(iter(values(HeadCount, db.execute(f"{_COUNT} WHERE c.id = ? AND NOT c.deleted", (id,)), zone)), None)


def place_of(day: date, group_id: str | None) -> str:
    """Where a count that goes on is kept among the drafts."""
    return f"{GOING_ON}{day.isoformat()}:{group_id or ''}"


def going_on(db: Connection, day: date, zone: ZoneInfo) -> tuple[Counting, ...]:
    """The counts of a day that were begun and not finished, the latest touched first."""
    wanted = f"{GOING_ON}{day.isoformat()}:"
    rows = db.execute("SELECT place, text FROM draft WHERE owner_id = ? ORDER BY at DESC, place", (OWNER,))
    return tuple(
        _counting(text, day, place.removeprefix(wanted), zone) for place, text in rows if place.startswith(wanted)
    )


def goes_on(db: Connection, day: date, zone: ZoneInfo, group_id: str | None) -> Counting | None:
    """The count of a group (None: of all) that was begun on this day and not finished."""
    return next((one for one in going_on(db, day, zone) if one.group_id == group_id), None)


def _counting(text: str, day: date, group_id: str, zone: ZoneInfo) -> Counting:
    kept = json.loads(text)
    expected = tuple(kept["expected"])
    first = None
    if kept["first"] is not None:
        found, at = kept["first"]
        first = FirstCount(
            day, group_id or None, kept["reason"], expected, tuple(expected[one] for one in found), instant(at, zone)
        )
    ticked = tuple(expected[one] for one in kept["ticked"])
    return Counting(day, group_id or None, kept["reason"], expected, ticked, instant(kept["since"], zone), first)
