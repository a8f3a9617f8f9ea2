"""What is missing of a group: on the day, on days before on which something never ended, and of what parents are told."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from kindertui.data.connection import Connection
from kindertui.data.queries import day as day_queries
from kindertui.data.queries import marks
from kindertui.domain.completeness import Pieces, child_duty, gaps, piece_missing
from kindertui.domain.due import Gap, untold_since
from kindertui.domain.people import Child
from kindertui.domain.policy import Policy
from kindertui.domain.roster import ChildDay

_BEFORE = 7  # days looked back for what never ended: later somebody has to ask the parents (house rule)
_WEEKS = 28  # days looked back for a piece, at least


def missing(
    db: Connection,
    shown: date,
    zone: ZoneInfo,
    policy: Policy,
    now: datetime,
    group_id: str | None,
    *,
    leaving: bool = False,
) -> tuple[Gap, ...]:
    """Everything that is missing of a group (None: of all), most urgent first; see `gaps`.

    Of today and the last day before it on which the group was open, and of the week before today what never ended: one
    list, whichever of these days is shown. A day further back that is shown is looked at in full too.
    """
    today = now.date()
    days = day_queries.roster(db, today, zone, group_id)
    told = pieces(db, tuple(one.child.id for one in days), today, policy)
    in_full = {_open_before(db, today, group_id), shown} - {None, today}
    for day in sorted(one for one in in_full if one is not None):
        days += day_queries.roster(db, day, zone, group_id)
    earlier = tuple(one for one in left_open(db, today, zone, group_id) if one.day not in in_full)
    return gaps(days, earlier, now, policy, told, leaving=leaving)


def _open_before(db: Connection, day: date, group_id: str | None) -> date | None:
    """The last day of the week before `day` on which a child of the group (None: of any) came."""
    row = db.execute(
        "SELECT e.day FROM entry e JOIN child c ON c.id = e.child_id"
        " WHERE e.day BETWEEN :first AND :last AND e.kind = 'arrival' AND NOT e.deleted"
        " AND NOT c.deleted AND (:group_id IS NULL OR c.group_id = :group_id) ORDER BY e.day DESC LIMIT 1",
        _week_before(day, group_id),
    ).fetchone()
    return None if row is None else date.fromisoformat(row[0])


def _week_before(day: date, group_id: str | None) -> dict[str, str | None]:
    first, last = day - timedelta(days=_BEFORE), day - timedelta(days=1)
    return {"first": first.isoformat(), "last": last.isoformat(), "group_id": group_id}


def left_open(db: Connection, day: date, zone: ZoneInfo, group_id: str | None = None) -> tuple[ChildDay, ...]:
    """The days of the week before `day` on which a child of a group still sleeps, is still in, or had an incident that
    nobody told the parents of."""
    rows = db.execute(
        "SELECT e.day, e.child_id FROM entry e JOIN child c ON c.id = e.child_id"
        " WHERE e.day BETWEEN :first AND :last AND e.kind IN ('sleep', 'arrival', 'departure', 'incident') AND NOT e.deleted"
        " AND NOT c.deleted AND (:group_id IS NULL OR c.group_id = :group_id) GROUP BY e.day, e.child_id"
        " HAVING max(e.kind = 'sleep' AND e.\"end\" IS NULL)"
        " OR max(e.kind = 'incident' AND coalesce(e.detail ->> 'told', '') = '' AND e.detail ->> 'for_staff' IS NULL)"
        " OR max(iif(e.kind = 'arrival', e.start, -1)) > max(iif(e.kind = 'departure', e.start, -1))",
        _week_before(day, group_id),
    ).fetchall()
    by_day: dict[str, list[str]] = {}
    for on, child_id in rows:
        by_day.setdefault(on, []).append(child_id)
    return tuple(
        one
        for on, ids in by_day.items()
        for one in day_queries.roster(db, date.fromisoformat(on), zone, only=tuple(ids))
        if ((one.asleep is not None or one.is_in) and not one.goes_on) or untold_since(one)
    )


def pieces(db: Connection, child_ids: tuple[str, ...], day: date, policy: Policy) -> dict[str, Pieces]:
    """What was told of these children in the weeks up to a day, by child id; empty where the profile asks for nothing."""
    duty = child_duty(policy)
    if duty is None:
        return {}
    first = day - timedelta(days=duty.every_days)
    far = day - timedelta(days=max(_WEEKS, 2 * duty.every_days))
    # each of the three stops at the first row of the index (child, day) that answers it
    rows = db.execute(
        "SELECT c.id,"  # noqa: S608 - marks
        " (SELECT e.day FROM entry e WHERE e.child_id = c.id AND e.day > ? AND e.day <= ?"
        "  AND e.kind IN ('activity', 'note') AND e.share = 'guardians' AND trim(e.text) <> '' AND NOT e.deleted"
        "  ORDER BY e.day DESC LIMIT 1),"
        " EXISTS (SELECT 1 FROM entry e WHERE e.child_id = c.id AND e.day > ? AND e.day <= ?"
        "  AND e.kind = 'arrival' AND NOT e.deleted),"
        " EXISTS (SELECT 1 FROM entry e WHERE e.child_id = c.id AND e.day > ? AND e.day <= ?"
        "  AND e.kind = 'arrival' AND NOT e.deleted)"
        f" FROM child c WHERE c.id IN ({marks(child_ids)})",
        (
            *(on.isoformat() for on in (far, day, first, day, far, first)),
            *child_ids,
        ),
    )
    return {row[0]: Pieces(date.fromisoformat(row[1]) if row[1] else None, bool(row[2]), bool(row[3])) for row in rows}


def owing(db: Connection, children: tuple[Child, ...], day: date, policy: Policy) -> frozenset[str]:
    """Of which of these children a piece is missing, by id, where it is owed less often than daily."""
    duty = child_duty(policy)
    if duty is None or duty.every_days < 2:
        return frozenset()
    told = pieces(db, tuple(one.id for one in children), day, policy)
    return frozenset(child_id for child_id, one in told.items() if piece_missing(one, day, duty))
