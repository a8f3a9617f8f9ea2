"""What a typed line is for: new entries, or the correction of one that stands.

A target says whom the line may name, what it means, what speaks against it, and how it is written.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future

from msgspec.structs import replace

from kindertui.data import daylog
from kindertui.data.act import Actor
from kindertui.data.daylog import Accepted, Saved
from kindertui.domain.daylog import Entry
from kindertui.domain.entry import LineProblem, Plan, Roster, Step, parse
from kindertui.domain.menu import kept_only, served, to_mind, without_corrected
from kindertui.domain.plausibility import Finding, applied, check, check_all, repeated
from kindertui.domain.roster import ChildDay
from kindertui.phrases import clock
from kindertui.screens.app_state import AppState


class NewEntry:
    """A line that books new entries.

    `cursor` gives the child a line is for that names nobody; with `marks` it is for the marked ones, where there are
    any. `everybody` lets it name any child of the location, instead of those of the shown group.
    """

    correcting: Entry | None = None

    def __init__(
        self, state: AppState, cursor: Callable[[], str | None], *, marks: bool = False, everybody: bool = False
    ) -> None:
        self._state, self._cursor = state, cursor
        self._marks = marks
        self._everybody: tuple[ChildDay, ...] | None = state.cache.everybody() if everybody else None
        self.taken: frozenset[str] = frozenset()  # children of other groups that the line is for, as was answered

    def days(self) -> tuple[ChildDay, ...]:
        """The days of all whom the line may name."""
        return self._state.cache.days if self._everybody is None else self._everybody

    def roster(self) -> Roster:
        """Who the line may name, and whom it is for when it names nobody."""
        marked = self._state.marked if self._marks else frozenset()
        return self._state.cache.entry_roster(self._cursor(), marked=marked, days=self._everybody, taken=self.taken)

    @property
    def group_id(self) -> str | None:
        """The group that a menu typed here is for; None for everybody."""
        return self._state.group_id if self._everybody is None else None

    def parse(self, text: str, roster: Roster) -> Plan | LineProblem:
        """What the line means."""
        state, cache = self._state, self._state.cache
        recall = cache.recall(roster) if "&" in text else None
        return parse(text, roster, state.now(), state.language, cache.short_words, recall)

    def served(self, plan: Plan) -> Plan:
        """A plan as it will be saved: with the words of the day's menu, and changing the meals that came from it."""
        if not self._is_shown(plan):
            return plan
        state, cache = self._state, self._state.cache
        now, limits = state.now(), state.policy.limits
        return served(plan, cache.child_day, cache.menus, now, limits, bottled=cache.takes_bottles)

    def findings(self, plan: Plan) -> tuple[Finding, ...]:
        """All that speaks against a plan, by what was read last; the database is asked again on saving."""
        found = (*self.implausible(plan), *self.repeats(plan), *self.told(plan))
        return tuple(sorted(found, key=lambda one: one.weight))

    def repeats(self, plan: Plan) -> tuple[Finding, ...]:
        """What says just what another entry says already."""
        if not self._is_shown(plan):
            return ()
        now, limits = self._state.now(), self._state.policy.limits
        replacing = self.correcting.id if self.correcting else None
        found: list[Finding] = []
        before: list[Step] = []
        for step in (part for part in plan.parts if isinstance(part, Step)):
            for child_id in step.children:
                if (child_day := self._state.cache.child_day(child_id)) is not None:
                    for earlier in before:
                        child_day = applied(earlier, child_day) if child_id in earlier.children else child_day
                    found += repeated(step, child_day, now, limits, replacing=replacing)
            before.append(step)
        return tuple(found)

    def told(self, plan: Plan) -> tuple[Finding, ...]:
        """What speaks against parents reading the words of a plan."""
        if not self._is_shown(plan) or not any(isinstance(part, Step) and part.text for part in plan.parts):
            return ()
        return self._state.cache.guard.plan(plan, self._asleep, replacing=self.correcting)

    def _asleep(self, child_id: str) -> Entry | None:
        child_day = self._state.cache.child_day(child_id)
        return child_day.asleep if child_day else None

    def implausible(self, plan: Plan) -> tuple[Finding, ...]:
        """What is not plausible about a plan.

        Of a plan for a day that is not shown nothing is said: Enter goes there first.
        """
        if not self._is_shown(plan):
            return ()
        now, limits = self._state.now(), self._state.policy.limits
        steps = [part for part in self.served(plan).parts if isinstance(part, Step)]
        found: list[Finding] = []
        for step in steps:
            if kept_only(step):
                found += to_mind(step, self.days(), now, limits)
        for child_id in dict.fromkeys(child_id for step in steps for child_id in step.children):
            child_day = self._state.cache.child_day(child_id)
            if child_day is not None:
                mine = [step for step in steps if child_id in step.children]
                found += check_all(mine, without_corrected(mine, child_day), now, limits)
        return tuple(sorted(found, key=lambda one: one.weight))

    def _is_shown(self, plan: Plan) -> bool:
        return plan.day in (None, self._state.shown_day)

    def write(self, plan: Plan, accepted: Accepted, actor: Actor, act: str) -> Future[Saved | None]:
        """One act in the database thread, behind the lines that wait; None where it was done under this id before."""
        state = self._state
        return state.store.submit_as(
            act,
            state.unsaved.behind(),
            daylog.save_plan,
            actor,
            plan,
            day=state.shown_day,
            policy=state.policy,
            group_id=self.group_id,
            accept_warnings=accepted,
        )


class Correction(NewEntry):
    """A line that puts one entry right."""

    correcting: Entry

    def __init__(self, state: AppState, entry: Entry) -> None:
        super().__init__(state, lambda: entry.child_id)
        self.correcting = entry

    def roster(self) -> Roster:
        """An entry stays with its child, whoever is named."""
        return replace(super().roster(), cursor_only=True)

    def parse(self, text: str, roster: Roster) -> Plan | LineProblem:
        found = super().parse(text, roster)
        if isinstance(found, LineProblem) or (len(found.parts) == 1 and isinstance(found.parts[0], Step)):
            return found
        return LineProblem("command_alone", 0, 0, {"time": clock(self.correcting.start)})

    def served(self, plan: Plan) -> Plan:
        """As it stands: a correction takes nothing from the menu."""
        return plan

    def implausible(self, plan: Plan) -> tuple[Finding, ...]:
        state, entry = self._state, self.correcting
        child_day = state.cache.child_day(entry.child_id)
        if child_day is None:
            return super().implausible(plan)
        return check(_only_step(plan), child_day, state.now(), state.policy.limits, replacing=entry.id)


def _only_step(plan: Plan) -> Step:
    (step,) = plan.parts
    assert isinstance(step, Step)
    return step
