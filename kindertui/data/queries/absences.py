"""The absence inbox: what was reported, what waits, who has not come and was phoned, what a decision would change."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from kindertui.data.connection import Connection
from kindertui.data.queries import day as day_queries
from kindertui.data.queries import groups, guardianships, marks, values
from kindertui.data.queries.day import ABSENCE_COLUMNS
from kindertui.domain.absences import Absence, AbsenceKind, AbsenceState
from kindertui.domain.attendance import Hour, NoShow, by_hour, not_come
from kindertui.domain.audience import holding
from kindertui.domain.calls import Call
from kindertui.domain.policy import Policy

_ABSENCES = f"SELECT {ABSENCE_COLUMNS} FROM absence a LEFT JOIN staff s ON s.id = a.decision_by"  # noqa: S608 - constant
# Three ways to touch a period, each with an index of its own; a swap's wanted day may come before the day given up.
_TOUCHES = (
    "(a.first_day BETWEEN :first AND :last OR (a.last_day BETWEEN :first AND :last)"
    " OR (a.last_day > :last AND a.first_day < :first AND a.kind <> 'swap_day')"
    " OR (a.last_day IS NULL AND a.first_day < :first AND a.kind = 'sick'))"
)


def absence(db: Connection, absence_id: str, zone: ZoneInfo) -> Absence | None:
    """One absence by id, unless it was taken away."""
    rows = db.execute(f"{_ABSENCES} WHERE a.id = ? AND NOT a.deleted", (absence_id,))
    return next(iter(values(Absence, rows, zone)), None)


def inbox(
    db: Connection,
    zone: ZoneInfo,
    *,
    states: tuple[AbsenceState, ...] = (),
    first: date | None = None,
    last: date | None = None,
    group_id: str | None = None,
) -> tuple[Absence, ...]:
    """What was reported, those that wait first, then the latest report first.

    `states` narrows it to these, `first`..`last` (both included, either may be open) to what touches the period,
    `group_id` to the children who are in that group now.
    """
    sql, asked = f"{_ABSENCES} JOIN child c ON c.id = a.child_id WHERE NOT a.deleted", dict[str, str]()
    if states:
        names = {f"state{number}": state for number, state in enumerate(states)}
        sql += f" AND a.state IN ({', '.join(':' + name for name in names)})"
        asked |= names
    if first is not None or last is not None:
        sql += f" AND {_TOUCHES}"
        asked |= {"first": (first or date.min).isoformat(), "last": (last or date.max).isoformat()}
    if group_id is not None:
        sql += " AND c.group_id = :group"
        asked["group"] = group_id
    sql += " ORDER BY a.state <> 'new', a.reported_at DESC, a.id DESC"
    return values(Absence, db.execute(sql, asked), zone)


def waiting(db: Connection) -> int:
    """How many wait for somebody to acknowledge or decide them."""
    return int(db.execute("SELECT count(*) FROM absence WHERE state = 'new' AND NOT deleted").fetchone()[0])


def standing(db: Connection, child_id: str, kind: AbsenceKind, zone: ZoneInfo) -> tuple[Absence, ...]:
    """The reports of one kind about one child that were neither refused nor withdrawn, by first day."""
    rows = db.execute(
        f"{_ABSENCES} WHERE a.child_id = ? AND a.kind = ? AND a.state NOT IN ('refused', 'withdrawn')"
        " AND NOT a.deleted ORDER BY a.first_day, a.id",
        (child_id, kind),
    )
    return values(Absence, rows, zone)


def calls(db: Connection, child_ids: tuple[str, ...], day: date, zone: ZoneInfo) -> tuple[Call, ...]:
    """The tries about these children on a day, in the order they were made."""
    rows = db.execute(
        "SELECT c.id, c.child_id, c.guardian_id, c.at, c.outcome, coalesce(s.name, '')"  # noqa: S608 - marks
        f" FROM call c LEFT JOIN staff s ON s.id = c.by_id WHERE c.child_id IN ({marks(child_ids)}) AND c.day = ?"
        " AND NOT c.deleted ORDER BY c.at, c.id",
        (*child_ids, day.isoformat()),
    )
    return values(Call, rows, zone)


def no_shows(
    db: Connection, now: datetime, zone: ZoneInfo, policy: Policy, group_id: str | None = None
) -> tuple[NoShow, ...]:
    """The children expected today of whom nobody told us, after the policy's grace; with whom to phone.

    `now` is aware. Who is held back by a contact restriction stands apart from the call list.
    """
    here = now.astimezone(zone)
    missing = not_come(day_queries.roster(db, here.date(), zone, group_id), here, policy.no_show_grace)
    links = guardianships(db, tuple(day.child.id for _, day in missing))
    tries = calls(db, tuple(day.child.id for _, day in missing), here.date(), zone)
    found = []
    for expected, day in missing:
        mine = [link for link in links if link.child_id == day.child.id]
        held = {
            link.guardian.id for link in mine if holding(day.child.id, link.guardian.id, day.restrictions) is not None
        }
        found.append(
            NoShow(
                day=day,
                expected=expected,
                calls=tuple(link for link in mine if link.guardian.id not in held),
                not_to_call=tuple(link for link in mine if link.guardian.id in held),
                tries=tuple(one for one in tries if one.child_id == day.child.id),
            )
        )
    return tuple(found)


def places(
    db: Connection, group_id: str, day: date, zone: ZoneInfo, policy: Policy, request: Absence | None = None
) -> tuple[Hour, ...]:
    """Children expected and staff advised in a group by hour of a day; with `request`, also as they would be then.

    Empty for a group that is not there.
    """
    group = next((one for one in groups(db) if one.id == group_id), None)
    if group is None:
        return ()
    return by_hour(day_queries.roster(db, day, zone, group_id), group, policy, request)
