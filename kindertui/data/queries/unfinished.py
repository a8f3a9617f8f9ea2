"""Acts that are written in pieces and are not whole yet."""

from msgspec import Struct

from kindertui.data.connection import Connection


class UnfinishedAct(Struct, frozen=True):
    """An act with pieces to come, or with pieces left to take back: from the journal row `back_to` downwards."""

    act: str
    actor_id: str
    workstation: str
    pieces: int
    back_act: str
    back_to: int | None


def unfinished(db: Connection) -> tuple[UnfinishedAct, ...]:
    """All of them: one while somebody takes in a file, else none; more only when programs were killed."""
    found = db.execute("SELECT act, actor_id, workstation, pieces, back_act, back_to FROM unfinished_act ORDER BY act")
    return tuple(UnfinishedAct(*row) for row in found)


def touches_unfinished(db: Connection, act: str) -> str | None:
    """The child of a row of this act that changes what an unfinished act of somebody else's wrote, or is about a child
    that one added; "" if it is of no child, None where there is no such row.
    """
    # the + makes SQLite look the few records up, instead of walking through all that the other act wrote
    row = db.execute(
        "SELECT coalesce(j.child_id, '') FROM unfinished_act u JOIN journal j ON j.act = :act AND u.act <> :act"
        " WHERE EXISTS (SELECT 1 FROM journal o WHERE o.record_id = j.record_id AND +o.act = u.act)"
        " OR EXISTS (SELECT 1 FROM journal o WHERE o.record_id = j.child_id AND +o.act = u.act AND o.old IS NULL)"
        " LIMIT 1",
        {"act": act},
    ).fetchone()
    return None if row is None else str(row[0])
