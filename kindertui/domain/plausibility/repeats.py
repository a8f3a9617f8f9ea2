"""Finds the same entry written twice: the same child, kind, minute and content.

Apart from the other rules, as it reads the words: those are typed letter by letter, and the other rules are not asked
anew for each of them.
"""

from datetime import datetime

from kindertui.domain.daylog import Entry, Kind
from kindertui.domain.entry.model import Step
from kindertui.domain.entry.words import fold
from kindertui.domain.plausibility.case import MINUTE, RULES, Finding
from kindertui.domain.policy import Limits
from kindertui.domain.roster import ChildDay

# Kinds of which another rule asks already: twice in, asleep while asleep, two bottles close together.
_ASKED: frozenset[Kind] = frozenset({"arrival", "departure", "sleep", "bottle"})


def repeated(
    step: Step, day: ChildDay, now: datetime, limits: Limits, *, replacing: str | None = None
) -> tuple[Finding, ...]:
    """The finding that an entry says what another one says already; `replacing` is the id of the one it corrects."""
    if step.kind in _ASKED or (step.kind == "meal" and step.detail.get("meal") not in limits.meals_again):
        return ()
    minute = _minute(step.start or now)
    for entry in day.log:
        if entry.kind == step.kind and entry.id != replacing and _minute(entry.start) == minute and _same(step, entry):
            return (Finding("same_entry", RULES["same_entry"], day.child.id, {"time": f"{step.start or now:%H:%M}"}),)
    return ()


def _minute(moment: datetime) -> int:
    return int(moment.timestamp() // MINUTE)


def _same(step: Step, entry: Entry) -> bool:
    ends = [None if end is None else _minute(end) for end in (step.end, entry.end)]
    said = all(entry.detail.get(name) == value for name, value in step.detail.items())
    return ends[0] == ends[1] and said and step.amount == entry.amount and fold(step.text) == fold(entry.text)
