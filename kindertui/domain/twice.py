"""Does it say what another record says already? One answer, for who writes now and for who merges two journals.

Each question is of two records of one child (a memo may be of a group); whether either was taken away is not asked
here. An entry that repeats another one word for word is found by plausibility/repeats.py.
"""

from collections.abc import Sequence
from datetime import date, time
from typing import Protocol

from kindertui.domain.absences import Absence
from kindertui.domain.daylog import Entry, Kind
from kindertui.domain.memos import Memo
from kindertui.domain.people import PickUp, same_name


class Move(Protocol):
    """An arrival or a departure; `start` in seconds."""

    @property
    def start(self) -> float: ...
    @property
    def entry(self) -> Entry: ...


class Restricting(Protocol):
    """A restriction as a value or as a record; days as dates or as ISO text."""

    @property
    def child_id(self) -> str: ...
    @property
    def guardian_id(self) -> str | None: ...
    @property
    def kind(self) -> str: ...
    @property
    def since(self) -> date | str: ...
    @property
    def lifted_on(self) -> date | str | None: ...


class Noted(Protocol):
    """A care note in words, as a value or as a record."""

    @property
    def child_id(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def text(self) -> str: ...


def around(moves: Sequence[Move], at: float) -> tuple[Entry | None, Entry | None]:
    """The last move before or at this moment, and the first one after it; `moves` are in the order of time."""
    before: Entry | None = None
    for move in moves:
        if move.start > at:
            return before, move.entry
        before = move.entry
    return before, None


def moved_twice(kind: Kind, before: Entry | None, after: Entry | None) -> Entry | None:
    """The arrival (or departure) beside this one with no move between them: both are of one stay."""
    return next((one for one in (before, after) if one is not None and one.kind == kind), None)


def reported_twice(new: Absence, old: Absence) -> bool:
    """Two reports of one kind about the same days, and about the same hours where both give any."""
    if (new.child_id, new.kind) != (old.child_id, old.kind):
        return False
    if new.kind == "swap_day":
        return new.first_day == old.first_day or new.last_day == old.last_day
    if (new.last_day or date.max) < old.first_day or (old.last_day or date.max) < new.first_day:
        return False
    if new.kind == "sick" and old.end is not None and old.last_day == new.first_day:
        return False  # that one ended in the course of the day: this is the next
    one_day = new.first_day == new.last_day == old.first_day == old.last_day
    return not one_day or (
        (new.start or time.min) < (old.end or time.max) and (old.start or time.min) < (new.end or time.max)
    )


def restricted_twice(new: Restricting, old: Restricting) -> bool:
    """One that is in force keeps the same person (or everybody) from the same already.

    Who writes one by hand is told so, and a file does not add it again. Of two that stand, neither is ever dropped.
    """
    return old.lifted_on is None and _kept_from(new) == _kept_from(old)


def lifted_since(new: Restricting, old: Restricting) -> bool:
    """A manager lifted this very one: it kept the same person from the same since the same day."""
    same = _kept_from(new) == _kept_from(old) and str(new.since) == str(old.since)
    return same and old.lifted_on is not None


def _kept_from(one: Restricting) -> tuple[str, str | None, str]:
    return one.child_id, one.guardian_id, one.kind


def noted_twice(new: Noted, old: Noted) -> bool:
    """Two care notes of one kind in the same words."""
    return (new.child_id, new.kind) == (old.child_id, old.kind) and same_name(new.text) == same_name(old.text)


def fetching_twice(new: PickUp, old: PickUp) -> bool:
    """Two pick-up persons of one name."""
    return new.child_id == old.child_id and same_name(new.name) == same_name(old.name)


def minded_twice(new: Memo, old: Memo) -> bool:
    """Two memos of one child or group, until the same day and in the same words."""
    of_one = (new.child_id, new.group_id, new.until) == (old.child_id, old.group_id, old.until)
    return of_one and same_name(new.text) == same_name(old.text)
