"""What all screens share: the open store, who is at the keyboard, which group and day are shown, who is marked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from msgspec import Struct

from kindertui.commands import Place
from kindertui.data import queries
from kindertui.data.act import Actor
from kindertui.data.clock import utc_now
from kindertui.data.store import Store
from kindertui.domain.people import Child, Group, Location, Staff
from kindertui.domain.policy import Policy
from kindertui.screens.attention import Attention
from kindertui.screens.day_cache import DayCache
from kindertui.screens.draft_keeper import DraftKeeper
from kindertui.text import Line

if TYPE_CHECKING:
    from kindertui.data.restore import Restore
    from kindertui.domain.unsaved import UnsavedLine
    from kindertui.screens.unsaved import UnsavedLines


class AppState(Struct, eq=False):
    """The state of one running program. `day` None is today; `group_id` None is all groups."""

    store: Store
    location: Location
    zone: ZoneInfo
    policy: Policy
    language: str
    groups: tuple[Group, ...] = ()
    staff: tuple[Staff, ...] = ()
    actor: Actor | None = None
    group_id: str | None = None
    day: date | None = None
    unlocked: bool = False  # the other day that is shown may be written on: somebody unlocked it by name
    child_id: str | None = None
    marked: frozenset[str] = frozenset()
    due_first: bool = False
    saved: str = ""  # the last act's line, shown on every screen until the next
    taken_back: bool = False  # and that act was an undo: what it took back can be done again
    called: frozenset[str] = frozenset()  # whom the roll of the evacuation list has found, and when it was last ticked
    called_at: datetime | None = None
    next_key: Callable[[], str | None] = lambda: None  # the next key that was typed ahead of what is shown now
    begun: tuple[Place, str] | None = None  # the beginning of a line, for the place that is gone to
    restoring: Restore | None = None  # what is put in place once the screens are closed
    news: tuple[str, list[Line]] | None = None  # what is told when they are there again
    _cache: DayCache | None = None
    _attention: Attention | None = None
    _drafts: DraftKeeper | None = None
    is_hidden: Callable[[], bool] = lambda: False  # the lock covers the screen: nobody is to be told anything
    unsaved_changed: Callable[[UnsavedLine | None], None] = lambda saved: None  # other lines are not saved by now
    returning: UnsavedLine | None = None  # a line that goes back on the line of the place that is gone to
    _unsaved: UnsavedLines | None = None

    @property
    def cache(self) -> DayCache:
        """What was read of the shown group and day."""
        if self._cache is None:
            self._cache = DayCache(self)
        return self._cache

    @property
    def attention(self) -> Attention:
        """What every place says at its top: what waits, and which look at a sleeper is late."""
        if self._attention is None:
            self._attention = Attention(self)
        return self._attention

    @property
    def drafts(self) -> DraftKeeper:
        """Where what is typed and not saved is kept."""
        if self._drafts is None:
            self._drafts = DraftKeeper(self.store)
        return self._drafts

    @property
    def unsaved(self) -> UnsavedLines:
        """The lines that are not saved; with them comes what saves."""
        if self._unsaved is None:
            from kindertui.screens.unsaved import UnsavedLines

            self._unsaved = UnsavedLines(self, lambda saved: self.unsaved_changed(saved))
        return self._unsaved

    @property
    def not_saved(self) -> int:
        """How many lines are not saved, whoever typed them."""
        return 0 if self._unsaved is None else len(self._unsaved.in_sight())

    def leave(self) -> str:
        """Keeps what is not saved, now that the screens are gone; says what became of it, empty where all is well."""
        if self._unsaved is not None:
            return self._unsaved.leave()
        self.drafts.leave()
        return ""

    def now(self) -> datetime:
        """The time at the location."""
        return utc_now().astimezone(self.zone)

    @property
    def shown_day(self) -> date:
        """The day the screens show."""
        return self.day or self.now().date()

    @property
    def is_today(self) -> bool:
        return self.day is None or self.day == self.now().date()

    @property
    def locked(self) -> bool:
        """Another day than today is only looked at until somebody unlocks it by name."""
        return not self.is_today and not self.unlocked

    @property
    def by_manager(self) -> bool:
        """Whether a manager is at the keyboard."""
        actor = self.actor
        return actor is not None and any(one.id == actor.staff_id and one.role == "manager" for one in self.staff)

    def show_day(self, day: date) -> None:
        """Turns to a day; one gone by is locked, however often it was unlocked before."""
        self.day = None if day == self.now().date() else day
        self.unlocked = False

    def show_child(self, child: Child) -> None:
        """Turns to a child, and to the child's group unless all groups are shown."""
        if self.group_id is not None and child.group_id != self.group_id:
            self.group_id, self.marked = child.group_id, frozenset()
        self.child_id = child.id

    def group_name(self, group_id: str | None) -> str:
        """A group's name; empty for None, which is all groups."""
        return next((group.name for group in self.groups if group.id == group_id), "")

    def read_people(self) -> None:
        """Reads groups and staff again: an import may have changed them."""
        self.groups = queries.groups(self.store.reader)
        self.staff = queries.staff(self.store.reader)
        self.cache.forget_short_words()
