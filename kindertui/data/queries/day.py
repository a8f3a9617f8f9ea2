"""The log of a day: entries, and each child's day put together for the roster."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from kindertui.data.clock import utc_now
from kindertui.data.connection import Connection
from kindertui.data.queries import (
    CHILD_COLUMNS,
    agreements,
    care_facts,
    children,
    children_by_id,
    consents,
    guardianships,
    marks,
    pick_ups,
    restrictions,
    slots,
    values,
)  # fmt: skip
from kindertui.data.queries.memos import of_children as memos_of
from kindertui.domain.absences import Absence
from kindertui.domain.daylog import Entry
from kindertui.domain.people import Agreement, Child
from kindertui.domain.roster import ChildDay, stays_over

_ENTRY = (
    'e.id, e.rev, e.child_id, e.day, e.kind, e.start, e."end", e.amount, e.unit, e.detail, e.text,'
    " coalesce(s.name, ''), e.by_id, e.recorded_at, e.share, e.sensitivity, e.group_id"
)
_ENTRIES = f"SELECT {_ENTRY} FROM entry e LEFT JOIN staff s ON s.id = e.by_id"  # noqa: S608 - constant columns

ABSENCE_COLUMNS = (
    "a.id, a.rev, a.child_id, a.kind, a.first_day, a.last_day, a.channel, a.reported_at, a.state, a.nature, a.decided_by,"
    ' a.start, a."end", a.reported_by, a.text, a.deadline, a.late_by, a.rule, a.reason,'
    " coalesce(s.name, ''), a.decision_at"
)

_DOSE_DAYS = 31  # so far two doses are held against each other; an agreement that asks for more is a mistake


def entries(db: Connection, child_ids: tuple[str, ...], first: date, last: date, zone: ZoneInfo) -> tuple[Entry, ...]:
    """The log of these children over a period (both days included), by child and start."""
    rows = db.execute(
        f"{_ENTRIES} WHERE e.child_id IN ({marks(child_ids)}) AND e.day BETWEEN ? AND ? AND NOT e.deleted"
        " ORDER BY e.child_id, e.start, e.id",
        (*child_ids, first.isoformat(), last.isoformat()),
    )
    return values(Entry, rows, zone)


def child_day(db: Connection, child_id: str, day: date, zone: ZoneInfo) -> tuple[Entry, ...]:
    """One child's log of one day, by start."""
    return entries(db, (child_id,), day, day, zone)


def entry(db: Connection, entry_id: str, zone: ZoneInfo) -> Entry | None:
    """One entry by id, unless it was taken away."""
    return next(iter(by_id(db, (entry_id,), zone)), None)


def by_id(db: Connection, entry_ids: tuple[str, ...], zone: ZoneInfo) -> tuple[Entry, ...]:
    """Entries in the order of their ids here, without those that were taken away."""
    rows = db.execute(f"{_ENTRIES} WHERE e.id IN ({marks(entry_ids)}) AND NOT e.deleted", entry_ids)
    found = {one.id: one for one in values(Entry, rows, zone)}
    return tuple(found[entry_id] for entry_id in entry_ids if entry_id in found)


def absences_on(db: Connection, child_ids: tuple[str, ...], day: date, zone: ZoneInfo) -> tuple[Absence, ...]:
    """What was reported of these children that says anything about `day`, `better` reports among them."""
    rows = db.execute(
        f"SELECT {ABSENCE_COLUMNS} FROM absence a LEFT JOIN staff s ON s.id = a.decision_by"  # noqa: S608 - constant columns
        f" WHERE a.child_id IN ({marks(child_ids)}) AND NOT a.deleted AND (a.first_day <= ? AND (a.last_day >= ?"
        " OR (a.last_day IS NULL AND (a.first_day = ? OR a.kind IN ('sick', 'better'))))"
        " OR a.kind = 'swap_day' AND ? IN (a.first_day, a.last_day))"  # a swap may go back in time
        " ORDER BY a.reported_at, a.id",
        (*child_ids, *[day.isoformat()] * 4),
    )
    return values(Absence, rows, zone)


def doses_around(
    db: Connection, child_ids: tuple[str, ...], day: date, zone: ZoneInfo, agreed: tuple[Agreement, ...]
) -> tuple[Entry, ...]:
    """The medicines these children got on the days around `day`, so far off as an agreement may ask (a day at least)."""
    minutes = max((one.apart for one in agreed if one.apart is not None), default=0)
    days = min(_DOSE_DAYS, max(1, -(-minutes // 1440)))
    rows = db.execute(
        f"{_ENTRIES} WHERE e.child_id IN ({marks(child_ids)}) AND e.day BETWEEN ? AND ? AND e.day <> ?"
        " AND e.kind = 'medicine' AND NOT e.deleted ORDER BY e.child_id, e.start, e.id",
        (*child_ids, (day - timedelta(days)).isoformat(), (day + timedelta(days)).isoformat(), day.isoformat()),
    )
    return values(Entry, rows, zone)


def roster(
    db: Connection, day: date, zone: ZoneInfo, group_id: str | None = None, *, only: tuple[str, ...] | None = None
) -> tuple[ChildDay, ...]:
    """Each child of a group (or of all groups) on a day, by call name: log, absences, what to mind, when expected.

    Who is neither expected nor was there nor was reported absent is given as well (presence `not_expected`): a child
    named in a line is accepted on any day. `only` narrows it to these children.
    """
    found: tuple[Child, ...]
    if only is not None:
        known = children_by_id(db, only)
        found = tuple(known[child_id] for child_id in only if child_id in known)
    else:
        found = children(db, group_id, on=day)
    ids = tuple(one.id for one in found)
    week, agreed_to = slots(db, ids), agreements(db, ids)
    scheduled = {one.child_id for one in week}
    slot = {one.child_id: one for one in week if one.weekday == day.isoweekday()}
    lists = {
        "entries": _by_child(entries(db, ids, day, day, zone)),
        "absences": _by_child(absences_on(db, ids, day, zone)),
        "facts": _by_child(care_facts(db, ids)),
        "restrictions": _by_child(restrictions(db, ids)),
        "consents": _by_child(consents(db, ids)),
        "agreements": _by_child(agreed_to),
        "guardians": _by_child(guardianships(db, ids)),
        "pick_ups": _by_child(pick_ups(db, ids)),
        "doses": _by_child(doses_around(db, ids, day, zone, agreed_to)),
        "memos": _by_child(memos_of(db, ids, day)),
    }

    def of(child_id: str) -> dict[str, Any]:
        return {name: tuple(by_child.get(child_id, ())) for name, by_child in lists.items()}

    days = tuple(
        ChildDay(
            one,
            day,
            slot.get(one.id),
            scheduled=one.id in scheduled,
            **of(one.id),
        )
        for one in found
    )
    return _over_midnight(db, days, day, zone)


def _over_midnight(db: Connection, days: tuple[ChildDay, ...], day: date, zone: ZoneInfo) -> tuple[ChildDay, ...]:
    """The same days with what of their stays lies on the day before or the day after; one day each way, no further."""
    now = utc_now().astimezone(zone)
    came = {one.child.id: one for one in _not_signed_out(db, days, day - timedelta(days=1), zone)}
    days = tuple(_from_eve(one, came[one.child.id], now) if one.child.id in came else one for one in days)
    if day >= now.date():
        return days
    open_ids = tuple(one.child.id for one in days if one.is_in)
    later = _by_child(entries(db, open_ids, day + timedelta(days=1), day + timedelta(days=1), zone)) if open_ids else {}
    return tuple(_into_next(one, later.get(one.child.id, []), now) if one.child.id in open_ids else one for one in days)


def _not_signed_out(db: Connection, days: tuple[ChildDay, ...], eve: date, zone: ZoneInfo) -> tuple[ChildDay, ...]:
    """What of `eve` says whether its last stay goes on, of those of these children who did not leave on that day."""
    ids = tuple(one.child.id for one in days)
    rows = db.execute(
        f"SELECT child_id FROM entry WHERE child_id IN ({marks(ids)}) AND day = ?"  # noqa: S608 - marks
        " AND kind IN ('arrival', 'departure') AND NOT deleted GROUP BY child_id"
        " HAVING max(iif(kind = 'arrival', start, -1)) > max(iif(kind = 'departure', start, -1))",
        (*ids, eve.isoformat()),
    )
    found = tuple(child_id for (child_id,) in rows)
    if not found:
        return ()
    written, absences = _by_child(entries(db, found, eve, eve, zone)), _by_child(absences_on(db, found, eve, zone))
    slot = {one.child_id: one for one in slots(db, found) if one.weekday == eve.isoweekday()}
    return tuple(
        ChildDay(one.child, eve, slot.get(one.child.id), tuple(written[one.child.id]),
                 tuple(absences.get(one.child.id, ())))
        for one in days if one.child.id in found
    )  # fmt: skip


def _from_eve(day: ChildDay, eve: ChildDay, now: datetime) -> ChildDay:
    """The day with the stay that was not ended on the day before: it reaches into this day, or nobody signed her out."""
    arrival, first = eve.arrival, _first_move(day.entries)
    assert arrival is not None  # that is how it was found
    if first is None and day.day == now.date() and stays_over(eve, day.entries, now):
        reaches = True
    else:
        reaches = first is not None and first.kind == "departure"
    if reaches:
        return replace(day, before=eve.entries[eve.entries.index(arrival) :])
    return replace(day, not_signed_out=arrival) if day.day == now.date() else day


def _into_next(day: ChildDay, later: Sequence[Entry], now: datetime) -> ChildDay:
    """The day, which is over, with how its last stay ended on the day after, or that it goes on."""
    first = _first_move(later)
    if first is not None:
        return replace(day, after=(first,)) if first.kind == "departure" else day
    return replace(day, goes_on=day.day + timedelta(days=1) == now.date() and stays_over(day, later, now))


def _first_move(log: Iterable[Entry]) -> Entry | None:
    return next((one for one in log if one.kind in ("arrival", "departure")), None)


def sleepers(db: Connection, day: date, zone: ZoneInfo, group_id: str | None = None) -> tuple[ChildDay, ...]:
    """The children of a group (None: of all) who are in and asleep on a day, by call name, since the day before it too.

    Their log alone: enough to say when each is to be looked at next.
    """
    rows = db.execute(
        f"SELECT DISTINCT {CHILD_COLUMNS} FROM entry o JOIN child c ON c.id = o.child_id"  # noqa: S608 - constant columns
        " WHERE o.day IN (:day, :eve) AND o.kind = 'sleep' AND o.\"end\" IS NULL AND NOT o.deleted AND NOT c.deleted"
        " AND (:group_id IS NULL OR c.group_id = :group_id)",
        {"day": day.isoformat(), "eve": (day - timedelta(days=1)).isoformat(), "group_id": group_id},
    )
    asleep = values(Child, rows)
    if not asleep:
        return ()
    logs = _by_child(entries(db, tuple(one.id for one in asleep), day, day, zone))
    days = tuple(ChildDay(child, day, entries=tuple(logs.get(child.id, ()))) for child in asleep)
    found = (one for one in _over_midnight(db, days, day, zone) if one.is_in and one.asleep)
    return tuple(sorted(found, key=lambda one: one.child.sort_key))


def week(
    db: Connection, child_id: str, last: date, zone: ZoneInfo, *, days: int = 5
) -> tuple[tuple[date, tuple[Entry, ...]], ...]:
    """One child's log of the last `days` weekdays up to `last`, oldest first; days without entries are there too."""
    wanted: list[date] = []
    day = last
    while len(wanted) < days:
        if day.isoweekday() < 6 or day == last:
            wanted.append(day)
        day -= timedelta(days=1)
    found = entries(db, (child_id,), wanted[-1], last, zone)
    return tuple((one, tuple(entry for entry in found if entry.day == one)) for one in reversed(wanted))


def _by_child(values: Iterable[Any]) -> dict[str, list[Any]]:
    groups: dict[str, list[Any]] = {}
    for value in values:
        groups.setdefault(value.child_id, []).append(value)
    return groups
