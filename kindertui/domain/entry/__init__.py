"""The entry language: `who? what when? how-much? words?`, the same on every screen and on the command line.

`parse(line, roster, now, language)` is part of the public contract. Nothing here knows a database or a screen; what
has to be said to a person is a rule id with arguments.
"""

from kindertui.domain.entry.command_words import COMMAND_WORDS
from kindertui.domain.entry.completion import Completion, complete
from kindertui.domain.entry.grid import STILL_ASLEEP, CellProblem, GridRead, grid_plan
from kindertui.domain.entry.model import (
    PROBLEMS,
    AbsenceReport,
    CommandWord,
    Grid,
    Hole,
    LineProblem,
    MemoNote,
    OtherChild,
    Others,
    Plan,
    Recall,
    Roster,
    RosterChild,
    Step,
    Usage,
    text_key,
)
from kindertui.domain.entry.names import others
from kindertui.domain.entry.parser import named_day, parse
from kindertui.domain.entry.printing import entry_to_line, to_line
from kindertui.domain.entry.words import (
    MEAL_VERBS,
    REPORT_WORDS,
    VERB_KIND,
    VERB_WORDS,
    fold,
)

__all__ = [
    "COMMAND_WORDS",
    "MEAL_VERBS",
    "PROBLEMS",
    "REPORT_WORDS",
    "STILL_ASLEEP",
    "VERB_KIND",
    "VERB_WORDS",
    "AbsenceReport",
    "CellProblem",
    "CommandWord",
    "Completion",
    "Grid",
    "GridRead",
    "Hole",
    "LineProblem",
    "MemoNote",
    "OtherChild",
    "Others",
    "Plan",
    "Recall",
    "Roster",
    "RosterChild",
    "Step",
    "Usage",
    "complete",
    "entry_to_line",
    "fold",
    "grid_plan",
    "named_day",
    "others",
    "parse",
    "text_key",
    "to_line",
]  # fmt: skip
