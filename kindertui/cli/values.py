"""A line with `=` on the command line: each child's own value, given as NAME=VALUE or asked for on a terminal."""

import sys
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from kindertui.cli.opening import pick
from kindertui.domain.entry import Grid, LineProblem, Plan, Recall, Roster, RosterChild, grid_plan
from kindertui.domain.faults import Refused

BETWEEN = "|"  # parts the values of one child


class WrongValue(Refused):
    """The value of one child cannot be read; `problem` says why."""

    def __init__(self, child_id: str, problem: LineProblem) -> None:
        super().__init__(problem.rule, child_id)
        self.problem = problem


def filled(
    grid: Grid,
    given: Sequence[str],
    roster: Roster,
    now: datetime,
    language: str,
    expansions: Mapping[str, str],
    *,
    day: date,
    recall: Recall | None = None,
) -> Plan:
    """The plan of a grid whose values are `given` as `NAME=VALUE` (`NAME=VALUE | VALUE` for two); no value, no record.

    Raises Refused `values_missing` (names), `value_whose` (word, names), or WrongValue.
    """
    children = [one for one in roster.children if one.id in grid.children]
    names = ", ".join(one.full_name for one in children)
    values: dict[str, tuple[str, ...]] = {}
    for text in given:
        name, _, value = text.partition("=")
        found = pick(name.strip(), children, lambda one: (one.id, one.full_name))
        if len(found) != 1:
            raise Refused("value_whose", word=name.strip(), names=names)
        values[found[0].id] = cells(value, grid)
    read = grid_plan(grid, values, roster, now, language, expansions, day=day, recall=recall)
    for child_id, wrong in read.problems.items():
        raise WrongValue(child_id, wrong.problem)
    if read.plan is None:
        raise Refused("values_missing", names=names)
    return read.plan


def cells(value: str, grid: Grid) -> tuple[str, ...]:
    """What was given for one child, a text for each hole."""
    parts = [part.strip() for part in value.split(BETWEEN, len(grid.holes) - 1)]
    return (*parts, *[""] * (len(grid.holes) - len(parts)))


def asked(grid: Grid, children: Sequence[RosterChild]) -> tuple[str, ...]:
    """Asks on the terminal for each child's value, in the order of the roster; an empty line skips a child."""
    given = []
    for child in children:
        if child.id in grid.children:
            print(f"{child.full_name}: ", end="", file=sys.stderr, flush=True)
            answer = sys.stdin.readline()
            if answer.strip():
                given.append(f"{child.id}={answer.strip()}")
    return tuple(given)
