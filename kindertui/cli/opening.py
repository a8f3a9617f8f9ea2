"""Opens the location for a verb that reads: its database, clock, rules and people, without SQLAlchemy."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from functools import cached_property
from typing import Any, TypeVar

from kindertui import i18n, locations
from kindertui.cli.errors import MISUSE, UNUSABLE, Stop, print_note
from kindertui.data import queries
from kindertui.data.clock import check_year, utc_now
from kindertui.data.connection import Connection, connect
from kindertui.data.head import HeadFile
from kindertui.data.keys import Keys, read_keys
from kindertui.domain.faults import DatabaseFault
from kindertui.domain.people import Child, Group, Staff
from kindertui.domain.policy import Policy
from kindertui.locations import Locations
from kindertui.phrases import cli as phrases
from kindertui.portal import profile

T = TypeVar("T")


class OpenLocation:
    """A location and its database for reading, its clock and its rules. Its language is in force from here on.

    Raises DatabaseFault `db_empty` where there is none, and Stop where this machine does not know its time zone.
    """

    def __init__(self, places: Locations, db: Connection, head: HeadFile) -> None:
        check_year()
        self.places = places
        self.db = db
        if not db.execute("SELECT count(*) FROM location WHERE NOT deleted").fetchone()[0]:
            raise DatabaseFault("db_empty", str(places.database))
        self.location = queries.location(db)
        try:
            self.zone = queries.zone_of(self.location)
        except (KeyError, ValueError, OSError):  # a system without time zone files, or without this one
            raise Stop(phrases.note("timezone_missing", name=self.location.timezone), code=UNUSABLE) from None
        i18n.use(i18n.from_environment() or self.location.language)
        if (since := head.check(db).missing_since) is not None:
            print_note(phrases.entries_missing(since))

    @cached_property
    def policy(self) -> Policy:
        """The location's rules; raises PolicyProblem for a file with a mistake."""
        return profile.load(self.location.profile, self.places.overrides)

    @cached_property
    def now(self) -> datetime:
        """When the verb began, at the location."""
        return utc_now().astimezone(self.zone)

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

    @cached_property
    def names(self) -> dict[str, str]:
        """The children's full names by id."""
        return {child.id: child.full_name for child in self.children}

    def group_name(self, group_id: str | None) -> str | None:
        """The name of a group; None for none, and for one that is not there any more."""
        return next((group.name for group in self.groups if group.id == group_id), None)

    def about(self, child_id: str) -> dict[str, Any]:
        """Whom a record is about, for the contract's JSON, beside the record's own keys."""
        return {"child": self.names.get(child_id), "child_id": child_id}

    def group(self, typed: str | None) -> Group | None:
        """The group that was named, by `pick`'s rules; raises Stop for none or several."""
        if typed is None:
            return None
        found = pick(typed, self.groups, lambda group: (group.id, group.name))
        if len(found) != 1:
            raise Stop(phrases.which("group", typed, [group.name for group in found or self.groups]))
        return found[0]

    def children_named(self, typed: str) -> list[Child]:
        return pick(typed, self.children, lambda child: (child.id, child.full_name))

    def child(self, typed: str) -> Child:
        """The child that was named, by `pick`'s rules; raises Stop for none or several."""
        found = self.children_named(typed)
        if len(found) != 1:
            raise Stop(phrases.which("child", typed, [child.full_name for child in found]))
        return found[0]


@contextmanager
def reading(places: Locations | None = None) -> Iterator[OpenLocation]:
    """The location for a verb that writes nothing: SQLAlchemy is never loaded. `places` are the demo's."""
    places = places or locations.find()
    keys = read_keys(places) if places.database.exists() else Keys("", b"")
    try:
        db = connect(places.database, keys.database, read_only=True)
    except DatabaseFault as fault:
        if fault.rule != "db_older":
            raise
        from kindertui.data.store import to_read  # brings it up; `today` starts without it on every other day

        db = to_read(places, keys)
    try:
        yield OpenLocation(places, db, HeadFile(places.head, keys.seal))
    finally:
        db.close()


def pick(typed: str, among: Sequence[T], about: Callable[[T], tuple[str, str]]) -> list[T]:
    """Those that `typed` can mean: by id, else by whole name, else by its first word, else by how the name begins.

    `about` gives (id, name). The caller decides what to say of none or of several.
    """
    from kindertui.domain.entry.words import fold  # here: the entry language is more than `today` has to load

    wanted = fold(typed)
    if not wanted:
        return []
    tests: tuple[Callable[[str, str], bool], ...] = (
        lambda id, name: id == typed,
        lambda id, name: name == wanted,
        lambda id, name: name.split()[0] == wanted,
        lambda id, name: name.startswith(wanted),
        lambda id, name: _each_begins(name, wanted),
    )
    names = [(one, *about(one)) for one in among]
    for test in tests:
        if found := [one for one, id, name in names if name and test(id, fold(name) or name)]:
            return found
    return []


def _each_begins(name: str, wanted: str) -> bool:
    # `em v` is Emma Visser: each typed word begins a later word of the name
    words = iter(name.split())
    return all(any(word.startswith(part) for word in words) for part in wanted.split())


def check_period(first: date | None, last: date | None) -> None:
    """Raises Stop (wrong use) for a period that ends before it begins."""
    if first is not None and last is not None and last < first:
        raise Stop(phrases.note("period_reversed"), code=MISUSE)
