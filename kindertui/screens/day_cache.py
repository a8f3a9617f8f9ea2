"""What was read of the shown group and day, kept until it is read again: no key waits for the same reading twice.

The entry language is imported by the methods that need it: the first frame pays for none of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from kindertui.data.queries import day as day_queries
from kindertui.data.queries import last_change, memos
from kindertui.domain.memos import Memo
from kindertui.domain.roster import ChildDay

if TYPE_CHECKING:
    from kindertui.data.daylog import Saved
    from kindertui.domain.entry import Others, Recall, Roster, RosterChild, Usage
    from kindertui.domain.menu import Menu
    from kindertui.domain.parents import ParentGuard
    from kindertui.screens.app_state import AppState


class DayCache:
    """The children's days as last read, and what the entry line needs to know of them."""

    def __init__(self, state: AppState) -> None:
        self._state = state
        self.days: tuple[ChildDay, ...] = ()
        self.memos: tuple[Memo, ...] = ()  # of the shown group
        self._by_child: dict[str, ChildDay] = {}
        self._menus: tuple[Menu, ...] | None = None
        self._ate: dict[str, bool] = {}  # of whom a meal is written, asked of the youngest alone
        self._recall: tuple[tuple[str, ...], Recall] | None = None
        self._short_words: Mapping[str, str] | None = None
        self._guard: ParentGuard | None = None
        self._usage: tuple[tuple[tuple[str, ...], str, date], Usage] | None = None
        # whom a line may name, with the days it was made of: asked for with every key, and the days stay the same tuple
        self._named: tuple[tuple[ChildDay, ...], tuple[RosterChild, ...]] | None = None
        self._head = -1  # the journal's last row when the days were read
        # who is not among those days, with the day and the ids of those who are
        self._others: tuple[tuple[ChildDay, ...], tuple[date, frozenset[str]], Others] | None = None

    def read(self) -> tuple[ChildDay, ...]:
        """Reads the shown group's day from the database."""
        state = self._state
        if (head := last_change(state.store.reader)) != self._head:  # somebody may have moved to another group
            self._others, self._guard, self._head = None, None, head
        self._keep(day_queries.roster(state.store.reader, state.shown_day, state.zone, state.group_id))
        self.memos = memos.of_groups(state.store.reader, state.group_id, state.shown_day)
        return self.days

    def take(self, saved: Saved) -> tuple[tuple[ChildDay, ChildDay], ...]:
        """Keeps what an act of ours has made of some children's days; gives those of the shown group, before and after.

        What others did meanwhile comes with the next look at the database.
        """
        shown = self._state.shown_day
        fresh = {one.child.id: one for one in saved.days if one.day == shown and one.child.id in self._by_child}
        changed = tuple((self._by_child[child_id], one) for child_id, one in fresh.items())
        self._keep(tuple(fresh.get(one.child.id, one) for one in self.days))
        return changed

    def _keep(self, days: tuple[ChildDay, ...]) -> None:
        self.days, self._menus, self._recall = days, None, None
        self._ate.clear()
        self._by_child = {one.child.id: one for one in days}

    def child_day(self, child_id: str | None) -> ChildDay | None:
        """One child's day, of the shown group or any other."""
        if child_id is None:
            return None
        found = self._by_child.get(child_id)
        if found is None:
            state = self._state
            read = day_queries.roster(state.store.reader, state.shown_day, state.zone, only=(child_id,))
            found = next(iter(read), None)
        return found

    def days_of(self, child_ids: Iterable[str]) -> tuple[ChildDay, ...]:
        """These children's days, of the shown group or any other."""
        return tuple(one for child_id in child_ids if (one := self.child_day(child_id)) is not None)

    def everybody(self) -> tuple[ChildDay, ...]:
        """The days of all children of the location, read now."""
        return day_queries.roster(self._state.store.reader, self._state.shown_day, self._state.zone)

    # -- what the entry line needs -------------------------------------------------------------------------------

    def entry_roster(
        self,
        cursor: str | None,
        *,
        marked: frozenset[str] = frozenset(),
        days: tuple[ChildDay, ...] | None = None,
        taken: frozenset[str] = frozenset(),
    ) -> Roster:
        """Who a line may name, for the parser: the shown group, or those of `days`; and `taken`, of the others."""
        from kindertui.domain.entry import Roster, RosterChild

        state, days = self._state, self.days if days is None else days
        if self._named is None or self._named[0] is not days:
            today = state.now().date()
            self._named = (days, tuple(RosterChild.of(one, today) for one in days))
        return Roster(
            children=self._named[1],
            marked=marked,
            cursor=cursor,
            day=state.day,
            groups=tuple(group.name for group in state.groups),
            others=self._other_children(),
            taken=taken,
        )

    def _other_children(self) -> Others:
        """The children a line does not mean but may name; of the same children on the same day read once."""
        from kindertui.data.queries.entry_line import other_children
        from kindertui.domain.entry import others

        state, (days, _) = self._state, self._named or ((), ())
        if self._others is None or self._others[0] is not days or self._others[1][0] != state.shown_day:
            asked = (state.shown_day, frozenset(one.child.id for one in days))
            if self._others is None or self._others[1] != asked:
                found = others(other_children(state.store.reader, *asked))
            else:
                found = self._others[2]
            self._others = (days, asked, found)
        return self._others[2]

    @property
    def menus(self) -> tuple[Menu, ...]:
        """What is known of the meals of the shown day, read when first asked for."""
        if self._menus is None:
            from kindertui.data.queries.entry_line import menus

            self._menus = menus(self._state.store.reader, self._state.shown_day)
        return self._menus

    def takes_bottles(self, child_day: ChildDay) -> bool:
        """Whether a child takes only bottles as yet; asked with every key, so read once for each reading of the day."""
        child = child_day.child
        if self._state.policy.eats(child.age_on(child_day.day)):
            return False
        if child.id not in self._ate:
            from kindertui.data.queries.entry_line import ate_by

            self._ate[child.id] = ate_by(self._state.store.reader, child.id, child_day.day)
        return not self._ate[child.id]

    def recall(self, roster: Roster) -> Recall:
        """What was written before, for the children a line may name; read once for each reading of the day."""
        from kindertui.data.queries.entry_line import recall

        asked = (*(one.id for one in roster.children), *roster.taken)
        if self._recall is None or self._recall[0] != asked:
            self._recall = (asked, recall(self._state.store.reader, asked, self._state.shown_day))
        return self._recall[1]

    @property
    def guard(self) -> ParentGuard:
        """The guard over what parents read, for whoever is at the keyboard; read once for each reading of the day."""
        if self._guard is None:
            from kindertui.data.queries.parents import parent_guard

            self._guard = parent_guard(self._state.store.reader, self._state.policy)
        self._guard.manager = self._state.by_manager
        return self._guard

    @property
    def short_words(self) -> Mapping[str, str]:
        """The staff's short words and what they stand for, read when first asked for."""
        if self._short_words is None:
            from kindertui.data.queries.entry_line import short_words

            self._short_words = {one.word: one.text for one in short_words(self._state.store.reader)}
        return self._short_words

    def forget_short_words(self) -> None:
        """The short words may have changed: they are read again when they are wanted."""
        self._short_words = None

    def usage(self, roster: Roster) -> Usage:
        """How often words were used for these children, counted again every minute at most, and the short words."""
        from msgspec.structs import replace

        from kindertui.data.queries.entry_line import usage

        state = self._state
        asked = (tuple(one.id for one in roster.children), f"{state.now():%d%H%M}", state.shown_day)
        if self._usage is None or self._usage[0] != asked:
            self._usage = (asked, usage(state.store.reader, asked[0], state.shown_day))
        return replace(self._usage[1], short_words=self.short_words)
