"""Reading the journal: a child's or a record's history, and the acts that can be taken back or done again."""

from zoneinfo import ZoneInfo

from kindertui.data.connection import Connection
from kindertui.data.queries import values
from kindertui.domain.history import Act, JournalRow

_CHANGE = (
    "SELECT j.seq, j.act, j.verb, j.at, coalesce(s.name, j.actor_id), j.workstation, j.kind, j.record_id, j.child_id,"
    " j.rev, j.old, j.new FROM journal j LEFT JOIN staff s ON s.id = j.actor_id"
)


def of_record(db: Connection, record_id: str, zone: ZoneInfo) -> tuple[JournalRow, ...]:
    """Everything that ever happened to one record, oldest first."""
    return values(JournalRow, db.execute(f"{_CHANGE} WHERE j.record_id = ? ORDER BY j.seq", (record_id,)), zone)


def standing(db: Connection, record_id: str, zone: ZoneInfo) -> tuple[JournalRow, ...]:
    """What happened to a record and was not taken back since, oldest first; what was done again stands again."""
    undoes = dict(db.execute("SELECT act, undoes FROM journal WHERE record_id = ?", (record_id,)).fetchall())
    stands: dict[str, list[JournalRow]] = {}  # by the act that made them, or did them again
    taken_back: dict[str, list[JournalRow]] = {}  # by the act that took them back
    for row in of_record(db, record_id, zone):
        back = undoes[row.act]
        if back is None:
            stands.setdefault(row.act, []).append(row)
        elif back in taken_back:
            stands[row.act] = taken_back.pop(back)
        else:
            taken_back[row.act] = stands.pop(back, [])
    return tuple(sorted((row for rows in stands.values() for row in rows), key=lambda row: row.seq))


def of_child(db: Connection, child_id: str, zone: ZoneInfo, *, limit: int = 200) -> tuple[JournalRow, ...]:
    """The last changes of everything about one child, oldest first."""
    rows = db.execute(f"{_CHANGE} WHERE j.child_id = ? ORDER BY j.seq DESC LIMIT ?", (child_id, limit)).fetchall()
    return values(JournalRow, reversed(rows), zone)


def of_act(db: Connection, act: str, zone: ZoneInfo) -> tuple[JournalRow, ...]:
    """The rows of one act, oldest first."""
    return values(JournalRow, db.execute(f"{_CHANGE} WHERE j.act = ? ORDER BY j.seq", (act,)), zone)


# An act is undone while an undo of it stands that was not itself done again; `undo` acts take back, `redo` acts undo
# an undo. The walk goes back from the newest act by (actor_id, seq) and stops at the first that fits.
# The + keeps SQLite from walking the whole index on act.
_RECENT = (
    "SELECT j.act, j.verb, j.undoes FROM journal j WHERE j.seq > (SELECT coalesce(max(seq), 0) FROM journal) - :window"
    " AND {} GROUP BY +j.act ORDER BY max(j.seq) DESC"
)
# What was taken back is done again by redo; what left the house in a bundle cannot be called back, nor its answer.
_FINAL = frozenset({"undo", "book_bundle", "take_receipts"})
_FROM_FILES = frozenset({"take_in"})  # a roster file, or absences and messages
_WINDOW = 5000  # rows of the journal looked back over: a day's work of one person, many times over


def last_undoable(db: Connection, actor_id: str | None) -> str | None:
    """The last act of this person (of anybody for None) that stands: made or done again, and not taken back since.

    An export is passed over: what left cannot be called back, only followed by a newer version. So is an act that
    somebody is still writing.
    """
    acts = _recent(db, actor_id)
    taken_back = _taken_back(db)
    for act, verb, undoes in acts:
        if verb in _FINAL or act in taken_back:
            continue
        if verb == "redo" and undoes is None:
            continue
        return act
    return None


def last_redoable(db: Connection, actor_id: str | None) -> str | None:
    """The last undo of this person that still stands, unless something new was done since."""
    acts = _recent(db, actor_id)
    done_again = {undoes for _, verb, undoes in acts if verb == "redo" and undoes}
    for act, verb, _ in acts:
        if verb == "undo" and act not in done_again:
            return act
        if verb not in ("undo", "redo"):
            return None
    return None


def of_a_file(db: Connection, act: str) -> bool:
    """Whether taking it back takes away what a file brought: its own act, or that one done again."""
    verb, undoes = "", act
    while undoes is not None:  # a redo names the undo it took back, and that one the act
        verb, undoes = db.execute("SELECT verb, undoes FROM journal WHERE act = ? LIMIT 1", (undoes,)).fetchone()
    return verb in _FROM_FILES


def count_rows(db: Connection, act: str) -> int:
    """How many rows an act has."""
    return int(db.execute("SELECT count(*) FROM journal WHERE act = ?", (act,)).fetchone()[0])


def _recent(db: Connection, actor_id: str | None) -> list[tuple[str, str, str | None]]:
    who = "j.actor_id <> 'system'" if actor_id is None else "j.actor_id = :actor"
    # the acts of another installation are not ours to take back: it may have gone on from them
    ours = "j.origin = (SELECT id FROM origin WHERE here) AND j.act NOT IN (SELECT act FROM unfinished_act)"
    return _acts(db, f"{who} AND {ours}", actor=actor_id)


def _taken_back(db: Connection) -> set[str]:
    """The acts that an undo or a redo took back which was not itself taken back (a redo undoes an undo).

    Of everybody: a colleague may have taken back what one did oneself.
    """
    gone: set[str] = set()
    for act, _, undoes in _acts(db, "j.undoes IS NOT NULL"):  # newest first: whatever undoes an act comes before it
        if undoes and act not in gone:
            gone.add(undoes)
    return gone


def _acts(db: Connection, which: str, **values: str | None) -> list[tuple[str, str, str | None]]:
    return db.execute(_RECENT.format(which), {"window": _WINDOW, **values}).fetchall()  # type: ignore[no-any-return]


def one(db: Connection, act: str, zone: ZoneInfo) -> Act:
    """An act by its id, which has to be one of the journal's."""
    changes = of_act(db, act, zone)
    first = changes[0]
    undoes = db.execute("SELECT undoes FROM journal WHERE act = ? LIMIT 1", (act,)).fetchone()[0]
    children = tuple(dict.fromkeys(change.child_id for change in changes if change.child_id))
    kinds = tuple(dict.fromkeys(_kind(db, change) for change in changes))
    return Act(act, first.verb, first.at, first.by, len(changes), children, kinds, undoes)


# The records that people call by their kind ("sleep", "sick"); of others the kind is a detail.
_CALLED_BY_KIND = frozenset({"entry", "absence"})


def _kind(db: Connection, change: JournalRow) -> str:
    """What people call the record of a change. A correction tells only what changed: the record itself is asked."""
    if change.kind not in _CALLED_BY_KIND:
        return change.kind
    if "kind" in change.new:
        return str(change.new["kind"])
    row = db.execute(f"SELECT kind FROM {change.kind} WHERE id = ?", (change.record_id,)).fetchone()  # noqa: S608 - constant
    return str(row[0]) if row else change.kind
