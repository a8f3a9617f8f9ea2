"""Opens the location for a verb that writes, through the store: who acts, and the act."""

import getpass
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Concatenate, ParamSpec, TypeVar

from kindertui import locations, process
from kindertui.cli.errors import Stop, print_note
from kindertui.cli.opening import OpenLocation, pick
from kindertui.data import queries
from kindertui.data.act import SYSTEM, Actor, Tx, new_id, workstation
from kindertui.data.store import Store
from kindertui.domain import clock
from kindertui.domain.people import Staff
from kindertui.phrases import cli as phrases
from kindertui.phrases import taken_back_words
from kindertui.phrases.clock_doubt import clock_words

_YES = ("y", "yes", "j", "ja")
P = ParamSpec("P")
T = TypeVar("T")


@contextmanager
def writing() -> Iterator[tuple[OpenLocation, Store]]:
    """The location and its store."""
    process.hide_memory()  # not for a verb that only reads: it is over sooner than ctypes is loaded
    places = locations.find()
    with Store(places) as store:
        try:
            opened = OpenLocation(places, store.reader, store.head)
            _ask_about_clock(opened)
            yield opened, store
        finally:
            if store.took_back():
                print_note(taken_back_words())


def _ask_about_clock(opened: OpenLocation) -> None:
    """Says what speaks against the clock, and asks where there is somebody to answer. Raises Stop where nobody says
    that it is right; without a terminal only for a clock that is behind the last entry.
    """
    last = queries.last_written(opened.db, opened.zone)
    doubt = clock.doubt(opened.now, last)
    if doubt is None:
        return
    print_note(*clock_words(doubt, opened.now, last))
    if sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty():
        print_note(phrases.note("clock_question"))
        if sys.stdin.readline().strip().casefold() not in _YES:
            raise Stop(phrases.note("clock_wrong"))
    elif doubt == "clock_behind":
        raise Stop(phrases.note("clock_wrong"))


def actor(opened: OpenLocation, by: str | None, *, quiet: bool = False) -> Actor:
    """Who does it: `by`, else KINDERTUI_STAFF, else the only one there is, else the best guess, said on stderr.

    `quiet`: nothing will be written, so nobody is told whose name was guessed. Raises Stop for a name that is not on
    the staff list. With an empty list it is an actor without a record: see `act`.
    """
    wanted = by or os.environ.get("KINDERTUI_STAFF") or None
    if wanted is not None:
        found = _named(opened, wanted)
    elif not opened.staff:
        return Actor(SYSTEM, SYSTEM, workstation())
    elif len(opened.staff) == 1:
        found = opened.staff[0]
    else:
        found = _guess(opened)
        if not quiet:
            print_note(phrases.note("acted_as", name=found.name))
    return Actor(found.id, found.name, workstation())


def act(store: Store, who: Actor, fn: Callable[Concatenate[Tx, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """`store.call`; where nobody is on the staff list yet, the same act makes the record its rows have to name."""
    actor, first = on_record(who)

    def whole(tx: Tx, /, *args: P.args, **kwargs: P.kwargs) -> T:
        first(tx)
        return fn(tx, *args, **kwargs)

    whole.__name__ = fn.__name__  # the journal names an act by its function
    return store.call(whole, actor, *args, **kwargs)


def on_record(who: Actor) -> tuple[Actor, Callable[[Tx], None]]:
    """Whom an act's rows name, and what it has to write first for that."""
    if who.staff_id != SYSTEM:
        return who, lambda tx: None
    actor = Actor(new_id(), "staff", who.workstation)

    def first(tx: Tx) -> None:
        from kindertui.data import models  # in the database thread, as every writer

        tx.add(models.Staff, id=actor.staff_id, name=actor.name)

    return actor, first


def _named(opened: OpenLocation, name: str) -> Staff:
    found = pick(name, opened.staff, lambda one: (one.id, one.name))
    if len(found) != 1:
        raise Stop(phrases.which("staff", name, [one.name for one in found or opened.staff]))
    return found[0]


def _guess(opened: OpenLocation) -> Staff:
    try:
        login = getpass.getuser().casefold()
    except (OSError, KeyError):  # no such user in a container
        login = ""
    for one in opened.staff:
        if login and login in (one.name.casefold(), one.name.split()[0].casefold()):
            return one
    return next((one for one in opened.staff if one.role == "manager"), opened.staff[0])
