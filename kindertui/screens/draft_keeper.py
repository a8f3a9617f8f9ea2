"""Keeps what is typed. What the database could not take as a draft is held here, and given to it again."""

import contextlib
import time
from collections.abc import Iterable
from concurrent.futures import Future
from concurrent.futures import wait as wait_for

from msgspec import Struct

from kindertui.data import drafts
from kindertui.data.act import Actor
from kindertui.data.store import Store
from kindertui.domain.faults import DatabaseFault
from kindertui.domain.pauses import pause

UNSAVED = "unsaved:"  # and the act's id: where a line that is not saved is kept among its writer's drafts
EVERY = 0.5  # seconds between two looks at what became of the drafts


class Held(Struct, eq=False):
    """A draft that is not known to be in the database. `writing` is None where that was refused."""

    actor: Actor
    place: str
    text: str
    writing: "Future[None] | None" = None
    hopeless: bool = False  # not for the disk's sake: it would be refused each time


class DraftKeeper:
    """The drafts of all who are at this keyboard. What was given last is what is read, wherever it is by now."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._held: dict[tuple[str, str], Held] = {}
        self._failures = 0
        self._next = 0.0  # of time.monotonic: when what was refused is given again

    def keep(self, actor: Actor, place: str, text: str) -> "Future[None] | None":
        """Keeps a person's text at a place; an empty one drops what was kept. Gives what the database makes of it.

        None while the database refuses drafts: it is given this one when it is asked again.
        """
        held = Held(actor, place, text)
        self._held[actor.staff_id, place] = held
        if not self._failures:  # while the disk refuses, each letter would be one more thing for it to refuse
            self._give(held)
        return held.writing

    def kept(self, owner_id: str, place: str) -> str:
        """What a person left at a place; empty for nothing."""
        held = self._held.get((owner_id, place))
        return drafts.kept(self._store.reader, owner_id, place) if held is None else held.text

    def places(self, owner_id: str, prefix: str) -> tuple[str, ...]:
        """Where a person left something, of the places that begin like this; the latest first."""
        here = {one.place: one.text for one in self._of(owner_id) if one.place.startswith(prefix)}
        there = (one for one in drafts.places(self._store.reader, owner_id, prefix) if one not in here)
        return (*(place for place in reversed(here) if here[place].strip()), *there)

    def forget(self, owner_id: str, place: str) -> None:
        """What was typed there is saved, and its draft is gone from the database with that."""
        held = self._held.pop((owner_id, place), None)
        if held is not None and held.writing is not None:
            self.keep(held.actor, place, "")  # it may have been given behind what saved it

    def unkept(self, owner_id: str, place: str) -> bool:
        """Whether the database refused this draft."""
        held = self._held.get((owner_id, place))
        return held is not None and held.writing is None

    def given(self, owner_id: str, place: str) -> bool:
        """Whether the database has this draft, as far as is known here."""
        held = self._held.get((owner_id, place))
        if held is None:
            return True
        return held.writing is not None and held.writing.done() and held.writing.exception() is None

    def again(self, *, now: bool = False) -> None:
        """Hears what became of the drafts; gives what was refused again when it is time, or at once."""
        self._hear()
        if self._held and (now or (self._failures and time.monotonic() >= self._next)):
            for held in self._held.values():
                if held.writing is None and not held.hopeless:
                    self._give(held)

    def leave(self) -> int:
        """Gives all that is not kept once more, and waits; says how many could not be kept."""
        self._hear()
        self.again(now=True)
        wait_for([one.writing for one in self._held.values() if one.writing is not None])
        self._hear()
        return len([one for one in self._held.values() if one.text.strip()])

    def _of(self, owner_id: str) -> Iterable[Held]:
        return (one for one in self._held.values() if one.actor.staff_id == owner_id)

    def _give(self, held: Held) -> None:
        with contextlib.suppress(RuntimeError):  # the store is closed: the program is leaving
            held.writing = self._store.submit(drafts.keep, held.actor, held.place, held.text)

    def _hear(self) -> None:
        refused = False
        for key, held in tuple(self._held.items()):
            if held.writing is None or not held.writing.done():
                continue
            error = held.writing.exception()
            if error is None:
                del self._held[key]
                self._failures = 0
                continue
            held.writing, held.hopeless = None, not isinstance(error, DatabaseFault)
            refused = refused or not held.hopeless
        if refused:
            self._failures += 1
            self._next = time.monotonic() + pause(self._failures)
