"""What a line means on a place, and what speaks against it: read and judged, and nothing done yet.

The language and the rules are imported by the methods that use them: the first frame pays for none of it.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from kindertui.domain.roster import ChildDay
from kindertui.phrases import short_names
from kindertui.screens.place import PlaceScreen

if TYPE_CHECKING:
    from kindertui.domain.daylog import Entry
    from kindertui.domain.entry import LineProblem, Plan, Roster
    from kindertui.domain.plausibility import Finding


class MeaningScreen(PlaceScreen):
    """A place on which lines are read, against the children and the day it shows."""

    # what stands under the line, kept until anything it depends on is another: Enter asks for the same once more
    _read: tuple[tuple[object, ...], Plan | LineProblem] | None = None
    _judged: tuple[tuple[object, ...], tuple[Finding, ...]] | None = None
    _short: tuple[tuple[ChildDay, ...], dict[str, str]] | None = None

    def roster_of_line(self) -> Roster:
        """Who a line typed now may name, and whom it is for when it names nobody."""
        raise NotImplementedError

    def days_of_line(self) -> tuple[ChildDay, ...]:
        """The days of all whom a line may name; those of the shown group here."""
        return self.state.days

    def completions(self, text: str, at: int) -> tuple[int, tuple[str, ...]]:
        """What Tab offers, and where in the text it stands."""
        from kindertui.domain.entry import complete

        roster = self.roster_of_line()
        found = complete(text, at, roster, self.state.language, self.state.usage(roster))
        return found.start, found.words

    def meaning(self, text: str) -> Plan | LineProblem:
        """`parsed`, once for the same line, children, short words and minute."""
        state, roster = self.state, self.roster_of_line()
        before = self.days_of_line() if "&" in text else ()  # what is brought back was written on them
        asked = (text, roster, self.corrected(), self._minute(), state.language, state.short_words, before)
        if self._read is None or self._read[0] != asked:
            self._read = (asked, self.parsed(text, roster))
        return self._read[1]

    def judged(self, plan: Plan) -> tuple[Finding, ...]:
        """`findings`, once for the same plan (but for words that no rule reads), days, menus and minute."""
        from kindertui.domain.plausibility import judged_part

        asked = (judged_part(plan), self.days_of_line(), self.corrected(), self._minute(), self.state.menus)
        if self._judged is None or self._judged[0] != asked:
            self._judged = (asked, self.findings(plan))
        return self._judged[1]

    def corrected(self) -> Entry | None:
        """The entry that the line puts right, where it does not make a new one."""
        return None

    def _minute(self) -> datetime:
        return self.state.now().replace(second=0, microsecond=0)

    def parsed(self, text: str, roster: Roster) -> Plan | LineProblem:
        """What the line means here."""
        from kindertui.domain.entry import parse

        state = self.state
        recall = state.recall(roster) if "&" in text else None
        return parse(text, roster, state.now(), state.language, state.short_words, recall)

    def shown_day(self, plan: Plan) -> bool:
        """Whether a plan is for the day whose entries and menus are read."""
        return plan.day in (None, self.state.shown_day)

    def served(self, plan: Plan) -> Plan:
        """A plan as it will be saved: with the words of the day's menu, and changing the meals that came from it."""
        if not self.shown_day(plan):
            return plan
        from kindertui.domain.menu import served

        state = self.state
        return served(plan, state.child_day, state.menus, state.now(), state.policy.limits, bottled=state.takes_bottles)

    def group_of_line(self) -> str | None:
        """The group that a menu typed here is for; None for everybody."""
        return self.state.group_id

    def findings(self, plan: Plan) -> tuple[Finding, ...]:
        """What is not plausible about a plan, by what was read last; the database is asked again on saving.

        Of a plan for a day that is not shown nothing is said: Enter goes there first.
        """
        if not self.shown_day(plan):
            return ()
        from kindertui.domain.entry import Step
        from kindertui.domain.menu import kept_only, to_mind, without_corrected
        from kindertui.domain.plausibility import check_all

        now, limits = self.state.now(), self.state.policy.limits
        steps = [part for part in self.served(plan).parts if isinstance(part, Step)]
        found: list[Finding] = []
        for step in steps:
            if kept_only(step):
                found += to_mind(step, self.days_of_line(), now, limits)
        for child_id in dict.fromkeys(child_id for step in steps for child_id in step.children):
            child_day = self.state.child_day(child_id)
            if child_day is not None:
                mine = [step for step in steps if child_id in step.children]
                found += check_all(mine, without_corrected(mine, child_day), now, limits)
        found.sort(key=lambda one: one.weight)
        return tuple(found)

    def names(self) -> dict[str, str]:
        """What the children of a line are called here, by id."""
        days = self.days_of_line()
        if self._short is None or self._short[0] is not days:
            self._short = (days, short_names(one.child for one in days))
        return self._short[1]
