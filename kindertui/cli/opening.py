"""Opens the location for a verb: to read with plain SQL only, or to write through the store."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar
from zoneinfo import ZoneInfo

from kindertui import i18n, locations
from kindertui.cli.errors import MISUSE, UNUSABLE, Stop
from kindertui.data import queries
from kindertui.data.connection import Connection, connect, read_key
from kindertui.domain.faults import DatabaseFault
from kindertui.domain.people import Child, Group, Staff
from kindertui.locations import Locations

if TYPE_CHECKING:
    from kindertui.data.act import Actor, Tx
    from kindertui.data.store import Store
    from kindertui.domain.policy import Policy

P = ParamSpec("P")
T = TypeVar("T")


class House:
    """An open location: its database for reading, its clock, its rules. Its language is in force from here on."""

    def __init__(self, places: Locations, db: Connection) -> None:
        self.places = places
        self.db = db
        found = db.execute("SELECT count(*) FROM location WHERE NOT deleted").fetchone()[0]
        if not found:
            raise DatabaseFault("db_empty", str(places.database))
        self.location = queries.location(db)
        self.zone = self._zone()
        i18n.use(i18n.from_environment() or self.location.language)

    def _zone(self) -> ZoneInfo:
        try:
            return queries.zone_of(self.location)
        except (KeyError, ValueError, OSError):  # a system without time zone files, or without this one
            from kindertui.phrases import cli as phrases

            raise Stop(phrases.timezone_missing(self.location.timezone), code=UNUSABLE) from None

    @cached_property
    def policy(self) -> "Policy":
        """The location's rules; raises PolicyProblem for a file with a mistake."""
        from kindertui.portal import profile

        return profile.load(self.location.profile, self.places.overrides)

    @cached_property
    def now(self) -> datetime:
        """When the verb began, at the location."""
        return queries.utc_now().astimezone(self.zone)

    @property
    def today(self) -> date:
        return self.now.date()

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        return queries.groups(self.db)

    @cached_property
    def staff(self) -> tuple[Staff, ...]:
        return queries.staff(self.db)

    @cached_property
    def children(self) -> tuple[Child, ...]:
        return queries.children(self.db)

    def group(self, name: str | None) -> Group | None:
        """The group of this name (or the only one whose name begins so); raises Stop for none or several."""
        if name is None:
            return None
        from kindertui.cli.naming import pick
        from kindertui.phrases import cli as phrases

        found = pick(name, self.groups, lambda group: (group.id, group.name))
        if len(found) != 1:
            raise Stop(phrases.no_such_group(name, [group.name for group in found or self.groups]))
        return found[0]


@contextmanager
def reading() -> Iterator[House]:
    """The location for a verb that writes nothing: SQLAlchemy is never loaded."""
    with opened(locations.find()) as house:
        yield house


@contextmanager
def opened(places: Locations) -> Iterator[House]:
    """`reading` for these paths (the demo's)."""
    key = read_key(places.key) if places.database.exists() else ""
    try:
        db = connect(places.database, key, read_only=True)
    except DatabaseFault as fault:
        if fault.rule != "db_older":
            raise
        from kindertui.data.store import to_read  # brings it up; `today` starts without it on every other day

        db = to_read(places.database, key)
    try:
        yield House(places, db)
    finally:
        db.close()


@contextmanager
def writing() -> Iterator[tuple[House, "Store"]]:
    """The location for a verb that writes."""
    from kindertui.data.store import Store

    places = locations.find()
    with Store(places) as store:
        yield House(places, store.reader), store


def actor(house: House, by: str | None, *, quiet: bool = False) -> "Actor":
    """Who does it: `by`, else KINDERTUI_STAFF, else the only one there is, else the best guess, said on stderr.

    `quiet`: nothing will be written, so nobody is told whose name was guessed. Raises Stop for a name that is not on
    the staff list. With an empty list it is an actor without a record: see `act`.
    """
    from kindertui.cli.errors import tell
    from kindertui.data.act import Actor, workstation
    from kindertui.data.creation import SYSTEM
    from kindertui.phrases import cli as phrases

    wanted = by or os.environ.get("KINDERTUI_STAFF") or None
    if wanted is not None:
        found = _named(house, wanted)
        return Actor(found.id, found.name, workstation())
    if not house.staff:
        return Actor(SYSTEM, SYSTEM, workstation())
    if len(house.staff) == 1:
        found = house.staff[0]
    else:
        found = _guess(house)
        if not quiet:
            tell(phrases.acted_as(found.name))
    return Actor(found.id, found.name, workstation())


def act(store: "Store", who: "Actor", fn: Callable[Concatenate["Tx", P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """`store.call`; where nobody is on the staff list yet, the same act makes the record its rows have to name."""
    from kindertui.data.act import Actor, new_id
    from kindertui.data.creation import SYSTEM

    if who.staff_id != SYSTEM:
        return store.call(fn, who, *args, **kwargs)

    def first(tx: "Tx", /, *args: P.args, **kwargs: P.kwargs) -> T:
        from kindertui.data import models

        tx.add(models.Staff, id=tx.actor.staff_id, name=tx.actor.name)
        return fn(tx, *args, **kwargs)

    first.__name__ = fn.__name__  # the journal names an act by its function
    return store.call(first, Actor(new_id(), "staff", who.workstation), *args, **kwargs)


def _named(house: House, name: str) -> Staff:
    from kindertui.cli.naming import pick
    from kindertui.phrases import cli as phrases

    found = pick(name, house.staff, lambda one: (one.id, one.name))
    if len(found) != 1:
        raise Stop(phrases.no_such_staff(name, [one.name for one in found or house.staff]))
    return found[0]


def _guess(house: House) -> Staff:
    import getpass

    try:
        login = getpass.getuser().casefold()
    except (OSError, KeyError):  # no such user in a container
        login = ""
    for one in house.staff:
        if login and login in (one.name.casefold(), one.name.split()[0].casefold()):
            return one
    return next((one for one in house.staff if one.role == "manager"), house.staff[0])


def period(first: date | None, last: date | None) -> None:
    """Raises Stop (wrong use) for a period that ends before it begins."""
    if first is not None and last is not None and last < first:
        from kindertui.phrases import cli as phrases

        raise Stop(phrases.period_reversed(), code=MISUSE)
