"""The values of the entry language: who could be meant, what a line means, and what is wrong with it."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any, Literal, TypeAlias

from msgspec import Struct, field

from kindertui.domain.absences import AbsenceKind, Channel
from kindertui.domain.daylog import Kind
from kindertui.domain.roster import ChildDay

# Longest line that is read; a longer one was pasted, not typed (house rule).
LINE_LENGTH = 500


class RosterChild(Struct, frozen=True):
    """A child a line may name. `was_in` says that she has been in today and left again."""

    id: str
    given_name: str
    surname: str
    prefix: str = ""
    birth_date: date | None = None
    is_in: bool = False
    expected: bool = False
    was_in: bool = False
    asleep: bool = False

    @classmethod
    def of(cls, day: ChildDay, today: date) -> "RosterChild":
        """The child of a day; of one gone by, whoever was in is in for the lines about it."""
        child = day.child
        return cls(
            child.id,
            child.given_name,
            child.surname,
            child.prefix,
            child.birth_date,
            is_in=day.there(today),
            expected=day.is_expected,
            was_in=day.departure is not None,
            asleep=day.asleep is not None,
        )

    @property
    def full_name(self) -> str:
        return " ".join(part for part in (self.given_name, self.prefix, self.surname) if part)


class OtherChild(Struct, frozen=True):
    """A child of the location that is not on the roster: of another group (`group` is its name), gone or to come.

    `last_day` and `first_day` are set where the day of the roster is after the one or before the other.
    """

    id: str
    given_name: str
    surname: str
    prefix: str = ""
    group: str = ""
    last_day: date | None = None
    first_day: date | None = None

    @property
    def full_name(self) -> str:
        return " ".join(part for part in (self.given_name, self.prefix, self.surname) if part)

    @property
    def placed(self) -> bool:
        """Is she at the location on that day?"""
        return self.last_day is None and self.first_day is None


class Others(Struct, frozen=True):
    """The children of the location that are not on the roster, by each spelling of the given name (see `others`).

    `longest` is the number of words in the longest of these.
    """

    by_name: Mapping[str, tuple[OtherChild, ...]] = field(default_factory=dict)
    longest: int = 0


NO_OTHERS = Others()


class Roster(Struct, frozen=True):
    """What is on the screen while the line is typed. `day` None is the day of `now`; `groups` are names to complete.

    `others` are not on it: who types one of their names is asked or told, and nobody else is meant by it. Those in
    `taken` were asked about before, and are meant.
    """

    children: tuple[RosterChild, ...]
    marked: frozenset[str] = frozenset()
    cursor: str | None = None
    day: date | None = None
    groups: tuple[str, ...] = ()
    others: Others = NO_OTHERS
    taken: frozenset[str] = frozenset()
    cursor_only: bool = False  # an entry of the cursor's child is put right: no line is for another


class Step(Struct, frozen=True, tag=True):
    """One thing that happened to some children: it becomes one record of the day log for each of them.

    `start` and `end` are aware instants in the location's zone, cut to the minute. `leaves_open`: a sleep that goes
    on. `ends_open`: no start of its own, `end` closes the sleep that is open. `amount` is in `unit` (portion 0…1, ml,
    °C); `detail` holds `meal`, `offered` (ml), `content` or `none` as in `daylog.Entry`. `verb` is the canonical verb.
    """

    children: tuple[str, ...]
    kind: Kind
    start: datetime | None = None
    end: datetime | None = None
    leaves_open: bool = False
    ends_open: bool = False
    amount: float | None = None
    unit: str | None = None
    detail: Mapping[str, Any] = field(default_factory=dict)
    text: str = ""
    verb: str = ""
    menu: bool = False  # the text is the day's menu: it is kept, and who eats later gets it
    for_staff: bool = False  # the line keeps it from parents, whatever its kind
    corrects: Mapping[str, str] = field(default_factory=dict)  # by child the entry that is changed instead of a new one

    @property
    def not_slept(self) -> bool:
        """Says that the child did not sleep."""
        return self.kind == "sleep" and bool(self.detail.get("none"))


class AbsenceReport(Struct, frozen=True, tag=True):
    """An absence or a request that somebody told the group.

    `first_day`..`last_day` are inclusive; `last_day` None is "until further notice". `start`/`end` are civil times:
    when a late child comes, when an early one is picked up. A swapped day has the day given up as `first_day` and the
    day wanted instead as `last_day`, which may come before it.
    """

    children: tuple[str, ...]
    kind: AbsenceKind
    first_day: date
    last_day: date | None = None
    start: time | None = None
    end: time | None = None
    text: str = ""
    channel: Channel = "phone"


Hole = Literal["times", "start", "end", "amount", "content", "text"]  # what a `=` stands for


class CommandWord(Struct, frozen=True, tag=True):
    """A word that is no entry (`week`, `group uil`). `children` are filled only where the line names some."""

    name: str
    args: str = ""
    children: tuple[str, ...] = ()


class MemoNote(Struct, frozen=True, tag=True):
    """What is to be kept in sight up to and including a day, for staff only: of some children, or of a group.

    `group` is the name of the group that was typed; empty is the one that is shown.
    """

    children: tuple[str, ...]
    text: str
    until: date
    of_group: bool = False
    group: str = ""


class Grid(Struct, frozen=True, tag=True):
    """A line with `=` in it: each child gets a value of her own, asked for row by row.

    `pieces` are the entry around its holes (one more than `holes`), without who: `s 1230-=` is ("s 1230-", "") with the
    hole ("end",). `grid_plan` fills them and reads each child's line with the same parser.
    """

    children: tuple[str, ...]
    verb: str
    kind: Kind
    pieces: tuple[str, ...]
    holes: tuple[Hole, ...]


class Plan(Struct, frozen=True):
    """What Enter will do, in the order typed. A command and a grid stand alone. `day`: the other day the line names."""

    parts: tuple[Step | AbsenceReport | CommandWord | MemoNote | Grid, ...]
    day: date | None = None


class Recall(Struct, frozen=True):
    """What was written before, for the `&` words. Keys are `text_key`s, so that each meal has texts of its own.

    `last`: the last text of a kind in this location. `yesterday`: each child's text of the last day before this one
    that she was here. `sibling`: what was written today of a brother or sister. The latter two by (child's id, key).
    """

    last: Mapping[str, str] = field(default_factory=dict)
    yesterday: Mapping[tuple[str, str], str] = field(default_factory=dict)
    sibling: Mapping[tuple[str, str], str] = field(default_factory=dict)


class Usage(Struct, frozen=True):
    """How often words were used, to rank what Tab offers.

    `verbs` by canonical verb, `children` by id. `texts` by `text_key`: whole texts with how often each was written.
    """

    verbs: Mapping[str, int] = field(default_factory=dict)
    children: Mapping[str, int] = field(default_factory=dict)
    texts: Mapping[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    short_words: Mapping[str, str] = field(default_factory=dict)


def text_key(kind: Kind, part: str | None = None) -> str:
    """What texts are remembered by: the meal (`lunch`, or `meal` where none is named), else the kind.

    `part` is the meal, or `none` of a sleep that was not: why a child did not sleep is said of no sleep.
    """
    if kind == "sleep" and part == "none":
        return "no_sleep"
    return (part or kind) if kind == "meal" else kind


def text_part(detail: Mapping[str, Any]) -> str | None:
    """The `part` of `text_key` that a detail names."""
    return "none" if detail.get("none") else detail.get("meal")


class LineProblem(Struct, frozen=True):
    """Why a line is no plan. `at` is a 0-based column, `length` 0 where something is missing.

    `incomplete` means that typing on may cure it, so the preview says it calmly. `args` are words for the sentence.
    """

    rule: str
    at: int = 0
    length: int = 0
    args: Mapping[str, str] = field(default_factory=dict)
    incomplete: bool = False


class LineRefused(Exception):
    """Raised within this package where a line turns out to be no plan; whoever is asked gives `problem` back."""

    def __init__(self, problem: LineProblem) -> None:
        super().__init__(problem.rule)
        self.problem = problem


Part: TypeAlias = Step | AbsenceReport | CommandWord | MemoNote | Grid

PROBLEMS: frozenset[str] = frozenset(
    {
        "all_not_for_report", "all_other_day", "ambiguous", "among_words", "amount_invalid", "amount_missing",
        "amount_negative", "and_whom", "child_left", "child_stays", "child_to_come", "command_alone", "date_invalid",
        "day_ambiguous", "day_first", "day_in_front", "day_invalid", "day_long_ago", "day_missing", "day_no_command",
        "day_or_time", "day_to_come", "day_twice", "days_too_many", "denied", "did_you_mean", "empty",
        "for_staff_colon", "for_staff_first", "for_staff_late", "for_staff_menu", "for_staff_report",
        "given_name_first", "hour_twice", "last_before_first", "length", "length_of_absence", "memo_day_asked",
        "memo_far", "memo_from_today", "memo_over", "menu_for_all", "menu_meal_missing", "minus_elsewhere",
        "minus_without_all", "name_late", "name_near", "name_short", "name_unknown", "nap_asked",
        "nappy_content_missing", "next_day_end_only", "no_child_here", "no_end_here", "no_open_end", "no_sleep_no_end",
        "nobody_asleep", "nobody_expected", "nobody_in", "nobody_left", "not_sendable", "nothing_to_recall",
        "nothing_written", "one_line", "other_group", "own_value_alone", "own_value_many", "own_value_missing",
        "own_value_not_here", "own_value_words", "portion_invalid", "recall_unknown", "second_amount",
        "second_content", "second_time", "swap_needs_two_days", "time_ago_other_day", "time_invalid", "time_needed",
        "time_skipped", "time_twice", "time_vague", "too_long", "two_readings", "verb_ambiguous", "verb_missing",
        "verb_unknown", "which_is_time", "who_in_front", "who_missing", "word_unknown", "words_missing",
    }
)  # fmt: skip
