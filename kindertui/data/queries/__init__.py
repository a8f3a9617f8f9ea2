"""Questions to the database: plain SQL in, the domain's frozen values out, one function a question.

No SQLAlchemy here. Every function takes a connection (the store's `reader`, or `Tx.connection` inside a transaction)
and is bounded by an index, so that ten years of history cost what one day costs.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time
from functools import cache
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.json import Decoder

from kindertui.data.connection import Connection
from kindertui.domain.daylog import STAFF_ONLY
from kindertui.domain.people import (
    Agreement,
    CareFact,
    Child,
    Consent,
    Group,
    Guardian,
    Guardianship,
    Location,
    PickUp,
    Restriction,
    Slot,
    Staff,
)  # fmt: skip

S = TypeVar("S", bound=Struct)

_NEVER_TOLD = ", ".join(f"'{kind}'" for kind in sorted(STAFF_ONLY))
# SQL: somebody kept this entry from parents (`Entry.for_staff`)
KEPT = f"(e.share = 'staff_only' AND (e.kind NOT IN ({_NEVER_TOLD}) OR e.detail ->> 'for_staff' IS NOT NULL))"


def values(kind: type[S], rows: Iterable[tuple[Any, ...]], zone: ZoneInfo | None = None) -> tuple[S, ...]:
    """Rows as frozen values; the columns stand in the order of the fields, and are what the fields' types say.

    A date or time is ISO text in the database, an instant Unix seconds (`zone` is what it is given in), a list or a
    mapping JSON.
    """
    odd = _odd_columns(kind, zone)
    if not odd:
        return tuple(kind(*row) for row in rows)
    found = []
    for row in rows:
        columns = list(row)
        for at, made in odd:
            if columns[at] is not None:
                columns[at] = made(columns[at])
        found.append(kind(*columns))
    return tuple(found)


@cache
def _odd_columns(kind: type[Struct], zone: ZoneInfo | None) -> tuple[tuple[int, Callable[[Any], Any]], ...]:
    """The places of the columns that are something else in the database, and what makes the field's value of them."""

    def local(seconds: int) -> datetime:
        return datetime.fromtimestamp(seconds, zone)

    a_mapping, a_list = Decoder(dict[str, Any]).decode, Decoder(tuple[str, ...]).decode
    makers: dict[Any, Callable[[Any], Any]] = {
        bool: bool, date: date.fromisoformat, time: time.fromisoformat, datetime: local,
        Mapping[str, Any]: a_mapping, tuple[str, ...]: a_list,
    }  # fmt: skip
    makers |= {made_of | None: maker for made_of, maker in makers.items()}
    types = kind.__annotations__
    return tuple((at, makers[types[name]]) for at, name in enumerate(kind.__struct_fields__) if types[name] in makers)


def instant(seconds: int, zone: ZoneInfo) -> datetime:
    """Unix seconds as an aware instant at the location."""
    return datetime.fromtimestamp(seconds, zone)


def some_instant(seconds: int | None, zone: ZoneInfo) -> datetime | None:
    """As `instant`; None stays None."""
    return None if seconds is None else datetime.fromtimestamp(seconds, zone)


def location(db: Connection) -> Location:
    """The one location of this database."""
    columns = "id, name, timezone, language, profile, generation"
    return Location(*db.execute(f"SELECT {columns} FROM location WHERE NOT deleted LIMIT 1").fetchone())  # noqa: S608 - constant


def zone_of(location: Location) -> ZoneInfo:
    """The location's time zone."""
    return ZoneInfo(location.timezone)


def groups(db: Connection) -> tuple[Group, ...]:
    """All groups, by name."""
    sql = "SELECT id, name, kind, age_from, age_to FROM care_group WHERE NOT deleted ORDER BY name COLLATE NOCASE"
    return values(Group, db.execute(sql))


def staff(db: Connection) -> tuple[Staff, ...]:
    """Everybody who may stand at the keyboard, by name."""
    sql = "SELECT id, name, role, group_id FROM staff WHERE NOT deleted ORDER BY name COLLATE NOCASE"
    return values(Staff, db.execute(sql))


CHILD_COLUMNS = "c.id, c.given_name, c.prefix, c.surname, c.birth_date, c.group_id, c.first_day, c.last_day"


def children(db: Connection, group_id: str | None = None, *, on: date | None = None) -> tuple[Child, ...]:
    """The children of a group or of all; with `on`, only those placed on that day. By call name."""
    sql = f"SELECT {CHILD_COLUMNS} FROM child c WHERE NOT c.deleted"  # noqa: S608 - constant columns
    asked: list[str] = []
    if group_id is not None:
        sql += " AND c.group_id = ?"
        asked.append(group_id)
    if on is not None:
        sql += " AND coalesce(c.first_day, '') <= ? AND coalesce(c.last_day, '9999') >= ?"
        asked += [on.isoformat(), on.isoformat()]
    return tuple(sorted(values(Child, db.execute(sql, asked)), key=lambda child: child.sort_key))


def child(db: Connection, child_id: str) -> Child | None:
    """One child by id."""
    return children_by_id(db, (child_id,)).get(child_id)


def children_by_id(db: Connection, child_ids: tuple[str, ...]) -> dict[str, Child]:
    """These children, as far as they are there."""
    sql = f"SELECT {CHILD_COLUMNS} FROM child c WHERE c.id IN ({marks(child_ids)}) AND NOT c.deleted"  # noqa: S608
    return {one.id: one for one in values(Child, db.execute(sql, child_ids))}


def guardianships(db: Connection, child_ids: tuple[str, ...]) -> tuple[Guardianship, ...]:
    """Who may decide for these children, in the order to call them."""
    rows = db.execute(
        "SELECT s.child_id, g.id, g.name, g.phone, g.email, g.language, s.relation, s.rank, s.may_pick_up"  # noqa: S608 - marks
        " FROM guardianship s JOIN guardian g ON g.id = s.guardian_id"
        f" WHERE s.child_id IN ({marks(child_ids)}) AND NOT s.deleted AND NOT g.deleted ORDER BY s.child_id, s.rank, g.name",
        child_ids,
    )
    return tuple(Guardianship(row[0], Guardian(*row[1:6]), row[6], row[7], bool(row[8])) for row in rows)


RESTRICTIONS = (
    "SELECT r.id, r.child_id, r.guardian_id, r.kind, r.reason, r.since, r.author, coalesce(s.relation, ''), r.lifted_on,"
    " coalesce(r.lifted_by, '') FROM restriction r LEFT JOIN guardianship s"
    " ON s.child_id = r.child_id AND s.guardian_id = r.guardian_id AND NOT s.deleted"
)


def restrictions(db: Connection, child_ids: tuple[str, ...]) -> tuple[Restriction, ...]:
    """The restrictions in force for these children."""
    which = f"r.child_id IN ({marks(child_ids)}) AND NOT r.deleted AND r.lifted_on IS NULL ORDER BY r.since"
    return values(Restriction, db.execute(f"{RESTRICTIONS} WHERE {which}", child_ids))


def care_facts(db: Connection, child_ids: tuple[str, ...]) -> tuple[CareFact, ...]:
    """Allergies, diets and the like of these children."""
    rows = db.execute(
        f"SELECT id, child_id, kind, text FROM care_fact WHERE child_id IN ({marks(child_ids)}) AND NOT deleted ORDER BY id",  # noqa: S608
        child_ids,
    )
    return values(CareFact, rows)


def consents(db: Connection, child_ids: tuple[str, ...]) -> tuple[Consent, ...]:
    """Photo consents of these children."""
    rows = db.execute(
        f"SELECT child_id, scope, given, since, source FROM consent WHERE child_id IN ({marks(child_ids)}) AND NOT deleted"  # noqa: S608
        " ORDER BY child_id, scope",
        child_ids,
    )
    return values(Consent, rows)


def agreements(db: Connection, child_ids: tuple[str, ...]) -> tuple[Agreement, ...]:
    """What guardians agreed to of medicines for these children, whenever it holds; by medicine, then first day."""
    rows = db.execute(
        "SELECT id, child_id, medicine, first_day, last_day, apart, dose, agreed_by FROM agreement"  # noqa: S608 - marks
        f" WHERE child_id IN ({marks(child_ids)}) AND NOT deleted ORDER BY medicine COLLATE NOCASE, first_day",
        child_ids,
    )
    return values(Agreement, rows)


def pick_ups(db: Connection, child_ids: tuple[str, ...]) -> tuple[PickUp, ...]:
    """Who may fetch these children besides their guardians, whenever it holds; by name."""
    rows = db.execute(
        "SELECT id, child_id, name, relation, phone, first_day, last_day FROM pick_up"  # noqa: S608 - marks
        f" WHERE child_id IN ({marks(child_ids)}) AND NOT deleted ORDER BY name COLLATE NOCASE",
        child_ids,
    )
    return values(PickUp, rows)


def slots(db: Connection, child_ids: tuple[str, ...]) -> tuple[Slot, ...]:
    """When these children are expected in a week, by child and weekday."""
    rows = db.execute(
        f'SELECT child_id, weekday, start, "end" FROM slot WHERE child_id IN ({marks(child_ids)}) AND NOT deleted'  # noqa: S608
        " ORDER BY child_id, weekday",
        child_ids,
    )
    return values(Slot, rows)


def last_change(db: Connection) -> int:
    """The number of the journal's last row: whatever was recorded since has a higher one. 0 for an empty journal."""
    return int(db.execute("SELECT coalesce(max(seq), 0) FROM journal").fetchone()[0])


def last_written(db: Connection, zone: ZoneInfo) -> datetime | None:
    """When the journal's last row was written, in this zone; None for an empty journal."""
    row = db.execute("SELECT at FROM journal ORDER BY seq DESC LIMIT 1").fetchone()
    return datetime.fromtimestamp(row[0], zone) if row else None


def marks(values: tuple[object, ...]) -> str:
    """`?,?,?` for an IN list of this length."""
    return ",".join("?" * len(values))
