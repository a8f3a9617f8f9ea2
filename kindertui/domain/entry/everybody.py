"""Resolves who a line is for: the children it names, all but those it leaves out, the marked, or the cursor's."""

from collections.abc import Mapping
from typing import Literal

from kindertui.domain.entry.model import Grid, LineProblem, LineRefused, Part, Roster, Step
from kindertui.domain.entry.who import Who

# Who "all" is: those expected for `in`, sleepers for `check` and `woke`, who is awake for a sleep that begins (where
# somebody is), else who is in. A menu may come before all.
Among = Literal["in", "expected", "asleep", "awake", "menu"]
_NOBODY: Mapping[Among, str] = {
    "in": "nobody_in",
    "awake": "nobody_in",
    "expected": "nobody_expected",
    "asleep": "nobody_asleep",
}


def resolve(who: Who, roster: Roster, of: Among) -> tuple[str, ...]:
    """The children's ids in the order of the line or the roster; `of` says who everybody is."""
    if who.children:
        return who.children
    if who.everybody:
        wanted = everybody(roster, of)
        if not wanted and of == "menu":
            return ()
        left = tuple(child for child in wanted if child not in who.minus)
        if not left:
            raise LineRefused(LineProblem("nobody_left" if wanted else _NOBODY[of], who.at, who.length))
        return left
    marked = tuple(child.id for child in roster.children if child.id in roster.marked)
    here = marked or tuple(child.id for child in roster.children if child.id == roster.cursor)
    if not here:
        raise LineRefused(LineProblem("who_missing"))
    return here


def among(part: Part) -> Among:
    """Who "all" is for what happened."""
    if isinstance(part, Step) and part.menu:
        return "menu"
    if isinstance(part, Step | Grid):
        if part.kind == "arrival":
            return "expected"
        wakes = part.ends_open if isinstance(part, Step) else part.verb == "woke" or part.pieces[0].endswith(" -")
        if part.kind == "sleep_check" or (part.kind == "sleep" and wakes):
            return "asleep"
        if isinstance(part, Step) and part.leaves_open:
            return "awake"
    return "in"


def everybody(roster: Roster, of: Among) -> tuple[str, ...]:
    """The ids of all: those expected and not in yet, those asleep, those awake, or those who are in."""
    if of == "expected":
        return tuple(one.id for one in roster.children if one.expected and not one.is_in and not one.was_in)
    if of == "asleep":
        return tuple(one.id for one in roster.children if one.asleep)
    if of == "awake" and (awake := tuple(one.id for one in roster.children if one.is_in and not one.asleep)):
        return awake
    return tuple(one.id for one in roster.children if one.is_in)
