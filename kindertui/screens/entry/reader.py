"""Reads and judges a typed line, and does nothing yet.

What was made of it is kept until anything it depends on is another: each key asks for it, and Enter once more.
"""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from kindertui.domain.entry import LineProblem, Plan, Step, complete
from kindertui.domain.entry.rewriting import kept_line, line_about
from kindertui.domain.plausibility import Finding, judged_part
from kindertui.domain.roster import ChildDay
from kindertui.phrases import short_names
from kindertui.phrases.entry import plan_words
from kindertui.screens.app_state import AppState
from kindertui.screens.entry.target import NewEntry


class LineReader:
    """What a line means for a target, and what speaks against it."""

    def __init__(self, state: AppState, target: NewEntry) -> None:
        self._state = state
        self.target = target
        self._read: tuple[tuple[object, ...], Plan | LineProblem] | None = None
        self._judged: tuple[tuple[object, ...], tuple[Finding, ...]] | None = None
        self._words: tuple[tuple[object, ...], list[tuple[str, str]]] | None = None
        self._names: tuple[tuple[ChildDay, ...], frozenset[str], dict[str, str]] | None = None

    def plan(self, text: str) -> Plan | LineProblem:
        """What the line means; read once for the same line, children, short words and minute."""
        state, target, roster = self._state, self.target, self.target.roster()
        before = target.days() if "&" in text else ()  # what is brought back was written on them
        asked = (
            text, roster, target.correcting, self._minute(), state.language, state.cache.short_words, before
        )  # fmt: skip
        if self._read is None or self._read[0] != asked:
            self._read = (asked, target.parse(text, roster))
        return self._read[1]

    def findings(self, plan: Plan) -> tuple[Finding, ...]:
        """What speaks against it; judged once for the same plan (words aside), days, menus and minute.

        What parents would read is judged by the words, which the guard itself remembers.
        """
        target = self.target
        asked = (judged_part(plan), target.days(), target.correcting, self._minute(), self._state.cache.menus)
        if self._judged is None or self._judged[0] != asked:
            self._judged = (asked, target.implausible(plan))
        told = (*target.repeats(plan), *target.told(plan))
        return tuple(sorted((*self._judged[1], *told), key=lambda one: one.weight)) if told else self._judged[1]

    def words(self, plan: Plan) -> list[tuple[str, str]]:
        """For whom and what, part by part; said once for the same plan, days, menus and minute."""
        state, target, days = self._state, self.target, self.target.days()
        asked = (plan, days, self._minute(), state.language, state.cache.menus)
        if self._words is None or self._words[0] != asked:
            self._words = (asked, plan_words(target.served(plan), days, self.names(), state.now(), state.language))
        return self._words[1]

    def names(self) -> dict[str, str]:
        """What the children of a line are called here, by id."""
        days, taken = self.target.days(), self.target.taken
        if self._names is None or self._names[0] is not days or self._names[1] != taken:
            names = short_names(one.child for one in days)
            for one in self._state.cache.days_of(taken):  # of other groups: said whole, so that nobody is taken for her
                names[one.child.id] = f"{one.child.full_name} ({self._state.group_name(one.child.group_id)})"
            self._names = (days, taken, names)
        return self._names[2]

    def told(self, plan: Plan) -> bool:
        """Does anything speak against parents reading its words?"""
        return bool(self.target.told(plan))

    def kept(self, text: str) -> str:
        """The line with its words kept from parents: those that something speaks against, or else all; or nothing."""
        found = self.plan(text)
        if not isinstance(found, Plan):
            return ""
        wanted = {number for number, part in enumerate(found.parts) if self.target.told(replace(found, parts=(part,)))}
        return kept_line(text, self._parsed, wanted or None)

    def about_named(self, text: str) -> tuple[str, str]:
        """The line as one about the child whose name its words begin with, and that name; or nothing."""
        found = self.plan(text)
        if not isinstance(found, Plan) or len(found.parts) != 1 or not isinstance(step := found.parts[0], Step):
            return "", ""
        said, owners = self._state.cache.guard.begins_with(step.text)
        for child in self.target.roster().children if owners else ():
            if child.id in owners and child.id not in step.children:
                for name in (child.given_name, child.full_name, f"#{child.id}"):
                    if line := line_about(text, said, name, child.id, self._parsed):
                        return line, self.names().get(child.id, child.given_name)
        return "", ""

    def _parsed(self, text: str) -> Plan | LineProblem:
        return self.target.parse(text, self.target.roster())

    def completions(self, text: str, at: int) -> tuple[int, tuple[str, ...]]:
        """What Tab offers, and where in the text it stands."""
        roster = self.target.roster()
        found = complete(text, at, roster, self._state.language, self._state.cache.usage(roster))
        return found.start, found.words

    def _minute(self) -> datetime:
        return self._state.now().replace(second=0, microsecond=0)
