"""What the portal screen asks: bundles that left, what became of them, what waits, what came in and was kept apart."""

import json
from zoneinfo import ZoneInfo

from kindertui.data.connection import Connection
from kindertui.data.queries import values
from kindertui.data.queries.delivery import Choice, count_entries
from kindertui.data.queries.outgoing import BundleLines, audiences
from kindertui.domain.delivery import BundleLeft, Delivered, DeliveryState, Quarantined, Waiting
from kindertui.domain.policy import Policy


def cursor(db: Connection) -> int:
    """The last journal row that the bundles so far hold without a gap."""
    return int(db.execute("SELECT coalesce(max(upto), 0) FROM bundle").fetchone()[0])


def choice_since(db: Connection, policy: Policy) -> Choice:
    """What the next bundle would hold: everything that may leave and changed since the last."""
    closed = frozenset(child for child, guardians in audiences(db).items() if not guardians)
    return Choice(policy.shared, closed, after=cursor(db))


def waiting(db: Connection, policy: Policy) -> Waiting:
    """How much changed since it last left."""
    choice = choice_since(db, policy)
    counts = {
        kind: db.execute(
            f"SELECT count(*) FROM {kind} r"  # noqa: S608
            f" WHERE NOT r.deleted AND {choice.changed(kind, 'r.id')} AND {choice.new('r')}",
            choice.values,
        ).fetchone()[0]
        for kind in ("absence", "consent")
    }
    queued = db.execute(
        "SELECT count(*) FROM message WHERE direction = 'out' AND state = 'queued' AND NOT deleted"
    ).fetchone()[0]
    # where nothing left yet there is nothing to call back
    gone = len(BundleLines(db, choice, {}).tombstones()) if choice.after else 0
    return Waiting(count_entries(db, choice), counts["absence"], queued, counts["consent"], gone)


def bundles(db: Connection, zone: ZoneInfo, *, limit: int = 50) -> tuple[BundleLeft, ...]:
    """The bundles that left, the last first, with what became of their records."""
    rows = db.execute(
        "SELECT seq, name, created_at, records, whole FROM bundle ORDER BY seq DESC LIMIT ?", (limit,)
    ).fetchall()
    return values(BundleLeft, ((*row, states(db, row[0])) for row in rows), zone)


def states(db: Connection, seq: int | None = None) -> dict[DeliveryState, int]:
    """How many revisions left in one bundle, or altogether (None), by what became of them."""
    sql, asked = ("", ()) if seq is None else (" WHERE bundle_seq = ?", (seq,))
    return dict(db.execute(f"SELECT state, count(*) FROM delivery{sql} GROUP BY state", asked).fetchall())  # noqa: S608


def delivered(db: Connection, state: DeliveryState, zone: ZoneInfo, *, limit: int = 200) -> tuple[Delivered, ...]:
    """The latest revisions in one state: what was refused and why, or what nobody has answered."""
    rows = db.execute(
        "SELECT d.record_id, d.rev, d.kind, b.name, d.state, d.reason, d.receipt_at,"
        " coalesce(e.child_id, a.child_id, c.child_id, iif(m.audience = 'child', m.audience_id, NULL))"
        " FROM delivery d JOIN bundle b ON b.seq = d.bundle_seq"
        " LEFT JOIN entry e ON e.id = d.record_id LEFT JOIN absence a ON a.id = d.record_id"
        " LEFT JOIN consent c ON c.id = d.record_id LEFT JOIN message m ON m.id = d.record_id"
        " WHERE d.state = ? ORDER BY d.bundle_seq DESC, d.record_id LIMIT ?",
        (state, limit),
    )
    return values(Delivered, rows, zone)


def quarantine(db: Connection, zone: ZoneInfo) -> tuple[Quarantined, ...]:
    """What came in and waits for somebody to sort it out, oldest first."""
    rows = db.execute(
        "SELECT id, source_id, received_at, kind, rule, payload FROM intake"
        " WHERE state = 'quarantined' ORDER BY received_at, id"
    )
    found = ((*about, json.loads(payload)) for *about, payload in rows)
    return values(Quarantined, ((*about, told["args"], told["text"]) for *about, told in found), zone)
