"""Unsent text of one person at one place. It is not journaled: what was never sent leaves no trace.

What a group does together (a head count that goes on) has another owner: whoever is at the keyboard goes on with it.
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from kindertui.data import models
from kindertui.data.act import Tx
from kindertui.data.connection import Connection
from kindertui.domain.faults import Refused

P = ParamSpec("P")
T = TypeVar("T")


def keep(tx: Tx, place: str, text: str, owner_id: str | None = None) -> None:
    """Keeps a text at a place, the actor's or that of `owner_id`; an empty text drops what was kept."""
    owner_id = owner_id or tx.actor.staff_id
    found = tx.session.get(models.Draft, (owner_id, place))
    if not text.strip():
        if found is not None:
            tx.session.delete(found)
        return
    checked = models.Draft.model_validate({"owner_id": owner_id, "place": place, "text": text, "at": tx.at})
    tx.session.merge(checked)


def settling(fn: Callable[Concatenate[Tx, P], T], place: str) -> Callable[Concatenate[Tx, P], T]:
    """A writer that also drops the actor's draft at a place, as what stood there is saved now: both or neither."""

    @wraps(fn)  # the act is called in the journal as it is without a draft
    def act(tx: Tx, /, *args: P.args, **kwargs: P.kwargs) -> T:
        done = fn(tx, *args, **kwargs)
        keep(tx, place, "")
        return done

    return act


def claiming(fn: Callable[Concatenate[Tx, P], T], place: str) -> Callable[Concatenate[Tx, P], T]:
    """`settling` for what is tried again by itself: the draft is the right to do so.

    Raises Refused `dropped_elsewhere` where it is gone: it was dropped, or typed again, in another window.
    """

    @wraps(fn)
    def act(tx: Tx, /, *args: P.args, **kwargs: P.kwargs) -> T:
        if not kept(tx.connection, tx.actor.staff_id, place):
            raise Refused("dropped_elsewhere")
        return settling(fn, place)(tx, *args, **kwargs)

    return act


def kept(db: Connection, owner_id: str, place: str) -> str:
    """What a person left at a place; empty for nothing."""
    row = db.execute("SELECT text FROM draft WHERE owner_id = ? AND place = ?", (owner_id, place)).fetchone()
    return str(row[0]) if row else ""


def places(db: Connection, owner_id: str, prefix: str) -> tuple[str, ...]:
    """Where a person left something, of the places that begin like this; the latest first."""
    rows = db.execute("SELECT place FROM draft WHERE owner_id = ? ORDER BY at DESC, place", (owner_id,))
    return tuple(row[0] for row in rows if row[0].startswith(prefix))
