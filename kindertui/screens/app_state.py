"""What all screens share: the open store, who is at the keyboard, which group and day are shown, who is marked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from msgspec import Struct, field

from kindertui.commands import Place
from kindertui.data import queries
from kindertui.data.act import Actor
from kindertui.data.queries import day as day_queries
from kindertui.data.store import Store
from kindertui.domain.due import looks_due
from kindertui.domain.people import Child, Group, Location, Staff
from kindertui.domain.policy import Policy
from kindertui.domain.roster import ChildDay

if TYPE_CHECKING:
    from kindertui.data.daylog import Saved
    from kindertui.domain.entry import Recall, Roster, RosterChild, Usage
    from kindertui.domain.menu import Menu


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
    waiting: dict[Place, int] = field(default_factory=dict)  # what waits in each place, as last counted
    looks: tuple[tuple[Child, datetime], ...] = ()  # when each sleeper is to be looked at, as last read
    called: frozenset[str] = frozenset()  # whom the roll of the evacuation list has found, and when it was last ticked
    called_at: datetime | None = None
    begun: tuple[Place, str] | None = None  # the beginning of a line, for the place that is gone to
    owing: frozenset[str] = frozenset()  # children of whom a piece is missing, as last read
    change: int = 0  # the number of the journal's last row that `days` hold
    _looks_of: str | None = ""  # the group that was shown when `looks` were read; empty before they were
    _owing_of: tuple[date, str | None] | None = None  # the day and group they were read for
    _days: tuple[ChildDay, ...] = ()
    _short_words: Mapping[str, str] | None = None
    _recall: tuple[tuple[str, ...], Recall] | None = None
    _usage: tuple[tuple[object, ...], Usage] | None = None
    _menus: tuple[Menu, ...] | None = None
    _ate: dict[str, bool] = field(default_factory=dict)  # of whom a meal is written, asked of the youngest alone
    _of_child: dict[str, ChildDay] = field(default_factory=dict)
    # whom a line may name, with the days it was made of: asked for with every key, and the days stay the same tuple
    _named: tuple[tuple[ChildDay, ...], tuple[RosterChild, ...]] | None = None

    def now(self) -> datetime:
        """The time at the location."""
        return queries.utc_now().astimezone(self.zone)

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

    def show_day(self, day: date) -> None:
        """Turns to a day; one gone by is locked, however often it was unlocked before."""
        self.day = None if day == self.now().date() else day
        self.unlocked = False

    @property
    def days(self) -> tuple[ChildDay, ...]:
        """The children's days as last read."""
        return self._days

    def read(self) -> tuple[ChildDay, ...]:
        """Reads the shown group's day from the database."""
        # first: what is recorded in between makes it too old a number, never too new a one
        self.change = queries.last_change(self.store.reader)
        self._keep(day_queries.roster(self.store.reader, self.shown_day, self.zone, self.group_id))
        return self._days

    def take(self, saved: Saved) -> tuple[tuple[ChildDay, ChildDay], ...]:
        """Keeps what an act of ours has made of some children's days; gives those of the shown group, before and after.

        What others did meanwhile comes with the next look at the database.
        """
        shown, (before, after) = self.shown_day, saved.changes
        # what was written of another day may count on this one (a dose of last night): that is for the next reading
        if before == self.change and all(one.day == shown for one in saved.days):
            self.change = after
        fresh = {one.child.id: one for one in saved.days if one.day == shown and one.child.id in self._of_child}
        changed = tuple((self._of_child[child_id], one) for child_id, one in fresh.items())
        self._keep(tuple(fresh.get(one.child.id, one) for one in self._days))
        return changed

    def _keep(self, days: tuple[ChildDay, ...]) -> None:
        self._days, self._menus, self._recall = days, None, None
        self._ate.clear()
        self._of_child = {one.child.id: one for one in days}

    def count_waiting(self) -> None:
        """Counts what waits in each place: after the first frame, and whenever somebody committed something."""
        from kindertui.data.queries import absences, messages, portal

        db = self.store.reader
        self.waiting = {
            "absences": absences.waiting(db),
            "messages": messages.unread(db, self.zone)[0],
            "portal": portal.waiting(db, self.policy).records,
        }

    def read_looks(self) -> None:
        """Reads when today's sleepers of the person's own group (who has none: of all) are to be looked at next.

        Whatever day or group is shown: nobody may miss it for looking at something else. Those of the group that is
        shown count as well: whoever is there is the one to look at them.
        """
        mine = next((one.group_id for one in self.staff if self.actor and one.id == self.actor.staff_id), None)
        groups = {None} if None in (mine, self.group_id) else {mine, self.group_id}
        sleepers = [
            one
            for group_id in groups
            for one in day_queries.sleepers(self.store.reader, self.now().date(), self.zone, group_id)
        ]
        self.looks = looks_due(sleepers, self.policy)
        self._looks_of = self.group_id

    def follow_looks(self) -> None:
        """Reads them anew if another group is shown than they were read for; never on the way to the first frame."""
        if self._looks_of not in ("", self.group_id):
            self.read_looks()

    def read_owing(self, *, anew: bool = False) -> None:
        """Reads of whom a piece is missing; without `anew` only if another day or group is shown than it was read for.

        Never on the way to the first frame, which waits for nothing that was not asked of it.
        """
        shown = (self.shown_day, self.group_id)
        if anew or (self._owing_of is not None and self._owing_of != shown):
            from kindertui.data.queries import completeness

            children = tuple(one.child for one in self._days)
            self.owing = completeness.owing(self.store.reader, children, self.shown_day, self.policy)
            self._owing_of = shown

    def read_people(self) -> None:
        """Reads groups and staff again: an import may have changed them."""
        self.groups = queries.groups(self.store.reader)
        self.staff = queries.staff(self.store.reader)
        self.forget_texts()

    @property
    def short_words(self) -> Mapping[str, str]:
        """The staff's short words and what they stand for, read when first asked for."""
        if self._short_words is None:
            from kindertui.data.queries.entry_line import short_words  # for the first key, not the first frame

            self._short_words = {one.word: one.text for one in short_words(self.store.reader)}
        return self._short_words

    @property
    def menus(self) -> tuple[Menu, ...]:
        """What is known of the meals of the shown day, read when first asked for."""
        if self._menus is None:
            from kindertui.data.queries.entry_line import menus

            self._menus = menus(self.store.reader, self.shown_day)
        return self._menus

    def takes_bottles(self, child_day: ChildDay) -> bool:
        """Whether a child takes only bottles as yet; asked with every key, so read once for each reading of the day."""
        child = child_day.child
        if self.policy.eats(child.age_on(child_day.day)):
            return False
        if child.id not in self._ate:
            from kindertui.data.queries.entry_line import ate_by

            self._ate[child.id] = ate_by(self.store.reader, child.id, child_day.day)
        return not self._ate[child.id]

    def recall(self, roster: Roster) -> Recall:
        """What was written before, for the children a line may name; read once for each reading of the day."""
        from kindertui.data.queries.entry_line import recall

        asked = tuple(one.id for one in roster.children)
        if self._recall is None or self._recall[0] != asked:
            self._recall = (asked, recall(self.store.reader, asked, self.shown_day))
        return self._recall[1]

    def usage(self, roster: Roster) -> Usage:
        """How often words were used for these children, counted again every minute at most, and the short words."""
        from msgspec.structs import replace

        from kindertui.data.queries.entry_line import usage

        asked = (tuple(one.id for one in roster.children), f"{self.now():%d%H%M}", self.shown_day)
        if self._usage is None or self._usage[0] != asked:
            self._usage = (asked, usage(self.store.reader, asked[0], self.shown_day))
        return replace(self._usage[1], expansions=self.short_words)

    def forget_texts(self) -> None:
        """The short words may have changed: they are read again when they are wanted."""
        self._short_words = None

    def group_name(self) -> str:
        """The shown group's name; empty for all groups."""
        return next((group.name for group in self.groups if group.id == self.group_id), "")

    @property
    def seen(self) -> Mapping[str, ChildDay]:
        """The days as last read or changed by us, by child; `change` is the journal's last row they hold."""
        return self._of_child

    def child_day(self, child_id: str | None) -> ChildDay | None:
        """One child's day, of the shown group or any other."""
        if child_id is None:
            return None
        found = self._of_child.get(child_id)
        if found is None:
            found = next(iter(day_queries.roster(self.store.reader, self.shown_day, self.zone, only=(child_id,))), None)
        return found

    def days_of(self, child_ids: Iterable[str]) -> tuple[ChildDay, ...]:
        """These children's days, of the shown group or any other."""
        return tuple(one for child_id in child_ids if (one := self.child_day(child_id)) is not None)

    def entry_roster(
        self, cursor: str | None, *, marked: frozenset[str] = frozenset(), days: tuple[ChildDay, ...] | None = None
    ) -> Roster:
        """Who a line may name, for the parser: the shown group, or those of `days`."""
        from kindertui.domain.entry import Roster, RosterChild  # the language is for the first key, not the first frame

        days = self._days if days is None else days
        if self._named is None or self._named[0] is not days:
            today = self.now().date()
            self._named = (days, tuple(RosterChild.of(one, today) for one in days))
        return Roster(
            children=self._named[1],
            marked=marked,
            cursor=cursor,
            day=self.day,
            groups=tuple(group.name for group in self.groups),
        )
