"""How records of two workstations go together: the words in which each model says it, beside its fields.

A conflict is what two workstations said of one record when neither had seen the other. Its unit is a group of fields:
what was said of different groups stands side by side, and equal values are no conflict. No clock orders anything.

Nothing merges yet. What these rules say of one workstation alone holds now, in the journal and in undo: what is fixed
is said once, and what may only be added is ended by nothing but what ends it.
"""

from collections.abc import Mapping
from typing import Literal, get_args

from msgspec import Struct, field

Wins = Literal[
    "fixed",  # said when the record is made: no later write says otherwise
    "later",  # the later statement; who said the other is told
    "later_beside",  # the later statement, with the other kept beside it: one key swaps them
    "both",  # both stand until a person chooses
    "person",  # a person over an import, else the later; told
    "manager",  # the manager's workstation, else the later
    "withdrawn",  # what was withdrawn, else the first in order: the second is void, and its author is told
    "narrower",  # what lets less be seen, given or done
    "no",  # no over yes, until a person says again
    "lower",  # the lower right
    "higher",  # the higher number
    "void",  # nothing once it left
    "newest_by_manager",  # a manager's own act, on the newest version only
]
WINS: tuple[Wins, ...] = get_args(Wins)
# Two records that say the same (twice.py): by their nature they are one; or both stand; or one of them does.
Twice = Literal["one", "both", "earliest", "latest"]
# Taken away by one workstation and edited by another: it stays and both people are told, or it is gone.
Gone = Literal["stays", "gone"]
# A table that is not merged: it never leaves its workstation, has one holder at a time, or rows are only added to it.
Apart = Literal["never_leaves", "one_holder", "appended"]

_OF_EVERY_RECORD = frozenset({"id", "rev", "deleted"})


class Group(Struct, frozen=True):
    """Fields that are one statement, and which of two stands; `of` has the exceptions, by the record's kind."""

    wins: Wins
    fields: tuple[str, ...]
    of: Mapping[str, Wins] = field(default_factory=dict)


class Rule(Struct, frozen=True):
    """How two versions of one record, and two records that say the same, go together.

    `twice` is by the record's kind where `twice_of` names it. `ends` are the fields that, once set, end a record that
    may only be added (`add_only`).
    """

    groups: tuple[Group, ...]
    twice: Twice = "both"
    twice_of: Mapping[str, Twice] = field(default_factory=dict)
    gone: Gone = "stays"
    add_only: bool = False
    ends: tuple[str, ...] = ()

    @property
    def fixed(self) -> frozenset[str]:
        """The fields that are said once."""
        return frozenset(name for group in self.groups if group.wins == "fixed" for name in group.fields)


def misfit(rule: Rule, fields: frozenset[str]) -> frozenset[str]:
    """The fields of a record that are in no group or in two, and those of a group that are not the record's."""
    named = [name for group in rule.groups for name in group.fields]
    twice = {name for name in named if named.count(name) > 1}
    return (fields - _OF_EVERY_RECORD) ^ frozenset(named) | twice


def broken(rule: Rule, new: Mapping[str, object], *, taking_back: bool) -> frozenset[str]:
    """What a change of a record would break: the fields it may not change. `new` holds the fields that change.

    A record that is brought back, or goes, is said anew with all its fields, unless it may only be added: that one is
    marked as gone by taking back the act that added it, and by nothing else.
    """
    if not rule.add_only:
        return frozenset() if "deleted" in new else rule.fixed & new.keys()
    marked = frozenset({"deleted"}) if new.get("deleted") is True and not taking_back else frozenset()
    return rule.fixed & new.keys() | marked


def ended(rule: Rule, new: Mapping[str, object]) -> Literal["", "marked", "lifted"]:
    """Whether a change ends a record that may only be added: it is marked as gone, or lifted; "" for neither."""
    if not rule.add_only:
        return ""
    if new.get("deleted") is True:
        return "marked"
    return "lifted" if any(new.get(name) is not None for name in rule.ends) else ""
