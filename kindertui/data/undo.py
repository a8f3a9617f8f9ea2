"""Taking back and doing again: an act is read from the journal and its changes are set back, as an act of its own."""

import json
from contextlib import closing

from kindertui.data import long_act, models
from kindertui.data.act import Actor, Tx
from kindertui.data.connection import connect
from kindertui.data.queries import history, location, marks, zone_of
from kindertui.data.queries.delivery import named_in_bundle
from kindertui.data.setting_back import changes_of, put_back, set_back
from kindertui.data.store import Store
from kindertui.domain.faults import Refused
from kindertui.domain.history import Act
from kindertui.domain.merge import ended

ANYTHING = "*"  # said yes to beforehand, whatever it is
AT_ONCE = 500  # rows of an act that are set back in one transaction
_STEP = 50


class TooLong(Exception):
    """The act that is to be set back has more than AT_ONCE rows: `in_pieces` does it. Nothing was changed."""

    def __init__(self, act: str, verb: str) -> None:
        super().__init__(verb)
        self.act, self.verb = act, verb


def undo(tx: Tx, *, anybody: bool = False, confirmed: str = "") -> Act:
    """Takes back the last act of the actor that still stands (of anybody, on request).

    What a file brought is taken back only on purpose: it is refused with `undo_of_file` (act: its id), and `confirmed`
    is that id once somebody said yes to it. The two are one question about one act, asked in here, where no other act
    can come between: a second key in the same moment finds what the first one left. ANYTHING is a yes to any act.

    Raises TooLong, or Refused `nothing_to_undo`, `undo_of_file`, `undo_other_since` when another act than the confirmed
    one would be taken back by now, `undo_restriction` when it would end a colleague's restriction, `undo_shared` when
    others know of that restriction, or `undo_changed_since` when somebody changed one of its records after it: then
    nothing is taken back.
    """
    act = history.last_undoable(tx.connection, None if anybody else tx.actor.staff_id)
    if act is None:
        raise Refused("nothing_to_undo")
    if confirmed not in ("", ANYTHING, act):
        raise Refused("undo_other_since")
    if not confirmed and history.of_a_file(tx.connection, act):
        raise Refused("undo_of_file", act=act)
    _may_end(tx, act)
    return _set_back(tx, act, undo.__name__)


def redo(tx: Tx) -> Act:
    """Does the last act that was taken back again; raises TooLong, Refused `nothing_to_redo`, or as `undo` does.

    What a file brought comes back unasked: nothing goes away by it.
    """
    act = history.last_redoable(tx.connection, tx.actor.staff_id)
    if act is None:
        raise Refused("nothing_to_redo")
    _may_end(tx, act)
    return _set_back(tx, act, redo.__name__)


def in_pieces(store: Store, actor: Actor, long: TooLong) -> Act:
    """Sets back an act that is too long for one transaction, as a long act; not to be called from the store's thread.

    Raises Refused `undo_changed_since`, or what long_act.write raises.
    """
    with closing(connect(store.locations.database, store.keys.database, read_only=True)) as db:
        changes = changes_of(db, long.act)
        put_back(db, changes, strictly=True)  # most of what speaks against it is found before anything is written
        done = 0

        def step(tx: Tx) -> bool:
            nonlocal done
            set_back(tx, changes[done : done + _STEP], strictly=True)
            done += _STEP
            return done < len(changes)

        long_act.write(store, actor, long.verb, step, undoes=long.act)
        return history.one(db, long.act, zone_of(location(db)))


def _may_end(tx: Tx, act: str) -> None:
    """Refuses to set back what would end a restriction, but for its author's or a manager's own slip."""
    kinds = tuple(kind for kind, model in models.RECORDS.items() if model.merge.add_only)
    rows = tx.connection.execute(
        f"SELECT kind, record_id, child_id, actor_id, old FROM journal WHERE act = ? AND kind IN ({marks(kinds)})",  # noqa: S608 - marks
        (act, *kinds),
    ).fetchall()
    for kind, record_id, child_id, author, old in rows:
        how = ended(models.RECORDS[kind].merge, {"deleted": True} if old is None else json.loads(old))
        if how and not tx.by_manager and (how == "lifted" or author != tx.actor.staff_id):
            raise Refused("undo_restriction", child_id or "")
        if how == "marked" and named_in_bundle(tx.connection, record_id):
            raise Refused("undo_shared", child_id or "")


def _set_back(tx: Tx, act: str, verb: str) -> Act:
    if history.count_rows(tx.connection, act) > AT_ONCE:
        raise TooLong(act, verb)
    tx.undoing(act)  # before the first row is written, so that every row says it
    set_back(tx, changes_of(tx.connection, act), strictly=True)
    return history.one(tx.connection, act, tx.zone)
