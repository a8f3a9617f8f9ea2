"""The rules of a portal and of the house as frozen values, each with its source.

`policy_read.read` checks the tables of a complete profile (portal/profiles/open.toml shows the shape) and builds the
Policy from them.
"""

from collections.abc import Mapping
from datetime import time, timedelta
from typing import Annotated, Literal, get_args

from msgspec import Meta, Struct, field

from kindertui.domain.absences import AbsenceKind, Channel, Decider, Nature
from kindertui.domain.daylog import KINDS, Entry, Kind, Meal, Sensitivity, Share
from kindertui.domain.people import ConsentScope, GroupKind

Age = tuple[int, int]  # whole years and months, as Child.age_on gives it
DueWord = Literal["food", "nappy", "sleep", "drink", "toilet", "sleep_end", "departure", "tell_parents"]
DutyWord = Literal["weekly_piece", "notebook"]  # the duties about each child
GapWord = DueWord | DutyWord
Purpose = Literal["any", "urgent_only", "low_priority", "practical", "letters", "invitations"]
Route = Literal["chat", "phone", "contact_form"]
GuardCategory = Literal[
    "health", "religion", "bullying", "money", "urgent", "child_matters", "child_name", "citizen_number"
]
GuardLevel = Literal["warn", "block"]
Way = Literal["phone", "contact_form", "phone_or_form", "talk", "leave_out"]
DutyAbout = Literal["child", "group"]
ConsentBy = Literal["staff", "parent", "form"]
GuardiansBy = Literal["all_linked", "parental_responsibility"]
# What a profile may say: `ProfileTable.fill` checks a value by its field's type.
Minutes = Annotated[int, Meta(ge=0, le=1440)]
SomeMinutes = Annotated[int, Meta(ge=1, le=1440)]
Days = Annotated[int, Meta(ge=0, le=365)]

POLICY_RULES: frozenset[str] = frozenset(
    {
        "unknown_key", "missing_key", "wrong_type", "not_one_of", "bad_time", "out_of_range", "unknown_source",
        "never_leaves", "must_stay_on", "two_deadlines", "syntax", "nested", "unreadable",
    }
)  # fmt: skip
# What a portal may have a word of its own for: the kinds, and "the child did not sleep".
LogWord = Kind | Literal["no_sleep"]
LOG_WORDS: tuple[LogWord, ...] = (*KINDS, "no_sleep")
GUARD_CATEGORIES: tuple[GuardCategory, ...] = get_args(GuardCategory)
WAYS: tuple[Way, ...] = get_args(Way)
DUTIES = ("weekly_piece", "weekly_group_message", "notebook")


class PolicyProblem(ValueError):
    """A profile that does not fit. `where` is the dotted path of the value, `rule` one of POLICY_RULES.

    `details` holds what its sentence (phrases/portal.py) needs: `expected`, `found`, `nearest` or `line`, each a short
    text from the file.
    """

    def __init__(self, where: str, rule: str, args: Mapping[str, str] | None = None) -> None:
        self.where = where
        self.rule = rule
        self.details: Mapping[str, str] = dict(args or {})
        super().__init__(f"{where}: {rule}")


class Origin(Struct, frozen=True):
    """Where a value comes from. `uncertain`: one source or memory; `one_organisation`: configuration, no constant."""

    source: str
    uncertain: bool = False
    one_organisation: bool = False


class Limits(Struct, frozen=True):
    """The numbers of the plausibility rules. Spans are whole minutes, temperatures °C, drinks ml."""

    ahead: Annotated[int, Meta(ge=0, le=60)]  # how far a time may lie ahead of this machine's clock
    slip: Annotated[int, Meta(ge=0, le=240)]  # how long after a departure an entry still counts as a slip of the clock
    temperature: tuple[float, float]  # outside it no thermometer shows it of a living child
    temperature_likely: tuple[float, float]  # outside it a warning asks
    millilitres: int  # nobody drinks more at once
    bottle: int  # the largest common feeding bottle
    drink: int  # more at once is rare for a child
    bottle_apart: Minutes  # sooner it is likely the same bottle twice
    medicine_apart: Minutes  # between two doses of one medicine, where the agreement gives no interval
    sleep: SomeMinutes  # a longer one is mostly a forgotten end
    meal: SomeMinutes  # a longer meal or drink is mostly a mistyped end
    most: SomeMinutes  # nothing lasts longer
    meals_again: frozenset[Meal]  # meals that a child has twice a day


class Due(Struct, frozen=True):
    """One thing an age band asks for: missing `first_after` minutes in, and `again_after` minutes since the last.

    `again_after` 0 means once a day is enough. Any of `kinds` answers it.
    """

    word: DueWord
    kinds: tuple[Kind, ...]
    first_after: Minutes
    again_after: Minutes = 0


class AgeBand(Struct, frozen=True):
    """What the log asks of children aged `months_from` to `months_to` (exclusive).

    `care_notes`: notes are asked only where there is something to tell (the profile's key is `particulars`).
    """

    name: str
    months_from: int
    months_to: int
    dues: tuple[Due, ...]
    care_notes: bool = False


class Deadline(Struct, frozen=True):
    """A time of day `days_before` the first day, or `hours_before` the care begins; exactly one of the two.

    `groups` names the kinds of group it holds for (empty: all). `path` is the profile's value it came from.
    """

    at: time | None
    days_before: int
    hours_before: int | None
    groups: tuple[GroupKind, ...]
    path: str


class AbsenceRule(Struct, frozen=True):
    """What a portal says of one kind of absence or request.

    `code` is the portal's own code (empty: none known); `min_days_ahead` 0 means no notice is asked; a report nearer
    than `under_days` is decided by `under_days_by`. `credit`: a day cancelled in time may be used another day.
    """

    nature: Nature
    decided_by: Decider
    offered: bool = True
    word: str = ""
    code: str = ""
    under_days: Days = 0
    under_days_by: Decider | None = None
    min_days_ahead: Days = 0
    needs_reason: bool = False
    needs_motivation: bool = False
    credit: bool = False
    deadlines: Mapping[str, Deadline] = field(default_factory=dict)


class MessageRule(Struct, frozen=True):
    """What messages are for, how urgent matters go instead, and when incoming ones are read (None: at any time)."""

    purpose: Purpose
    urgent_by: tuple[Route, ...]
    replies: bool
    round_at: time | None


class GuardianRule(Struct, frozen=True):
    """Who gets messages. `limit` 0 means no limit; `apart`: one guardian never sees the other's data."""

    limit: Annotated[int, Meta(ge=0, le=20)]
    apart: bool
    may_be_shut_out: bool
    needs_email: bool
    by: GuardiansBy


class PhotoRule(Struct, frozen=True):
    """The consent scopes the portal knows, and who may change an answer."""

    scopes: tuple[ConsentScope, ...]
    changed_by: ConsentBy


class GuardRule(Struct, frozen=True):
    """A category the message guard looks for, how hard, and the portal's own way for such a matter."""

    check: bool
    level: GuardLevel
    way: Way


class Duty(Struct, frozen=True):
    """Something to be written at least every `every_days` days, for each child or for each group."""

    name: str
    about: DutyAbout
    every_days: Days


class IntakeRule(Struct, frozen=True):
    """How the portal writes what comes in: `end_exclusive` means the last day written is the first day back."""

    date_format: str
    end_exclusive: bool
    one_open_absence: bool
    each_group_confirms: bool


class Policy(Struct, frozen=True):
    """All rules in force at a location. Lookups never raise for a known kind."""

    id: str
    title: str
    log_language: str  # empty: the location's own language
    country: str  # of the staff ratio: NL, NO or empty
    words: Mapping[LogWord, str]
    log_asked: bool
    bands: tuple[AgeBand, ...]
    meals_from: int  # months; a younger child takes bottles until a meal was written of her
    sleep_end_after: timedelta
    departure_after: timedelta
    check_under_1: int
    check_from_1: int
    no_show_grace: timedelta
    limits: Limits
    absences: Mapping[AbsenceKind, AbsenceRule]
    credit_days: int  # how long a credit is valid; 0: none is given
    message: MessageRule
    guardians: GuardianRule
    photo: PhotoRule
    guard: Mapping[GuardCategory, GuardRule]
    duties: tuple[Duty, ...]
    shared: Mapping[Share, tuple[Sensitivity, ...]]
    intake: IntakeRule
    sources: Mapping[str, str]  # the title of each source, in English
    sources_in: Mapping[str, Mapping[str, str]]  # by language, those that are shown to people
    origins: Mapping[str, Origin]

    def source_title(self, key: str, language: str) -> str:
        """What a source is called in a language; its English title where there is no other."""
        return self.sources_in.get(language, {}).get(key) or self.sources.get(key, key)

    def band(self, age: Age | None) -> AgeBand | None:
        """The band of the log for an age; None when nothing is asked or the age is unknown."""
        if age is None or not self.log_asked:
            return None
        months = age[0] * 12 + age[1]
        return next((band for band in self.bands if band.months_from <= months < band.months_to), None)

    def eats(self, age: Age | None) -> bool:
        """Whether a child of this age eats with the others; one whose age is unknown does."""
        return age is None or age[0] * 12 + age[1] >= self.meals_from

    def deadline(self, kind: AbsenceKind, channel: Channel, group_kind: GroupKind | None = None) -> Deadline | None:
        """The deadline for a kind by a channel, else the one for any channel; None where the portal gives none."""
        deadlines = self.absences[kind].deadlines
        found = deadlines.get(channel) or deadlines.get("any")
        if found is not None and group_kind is not None and found.groups and group_kind not in found.groups:
            return None
        return found

    def decider(self, kind: AbsenceKind, days_ahead: int) -> Decider:
        """Who decides on a report made `days_ahead` days before its first day."""
        rule = self.absences[kind]
        if rule.under_days_by is not None and days_ahead < rule.under_days:
            return rule.under_days_by
        return rule.decided_by

    def kind_of_code(self, code: str) -> AbsenceKind | None:
        """The kind behind a portal's own code, without regard to case; the first where several share it."""
        wanted = code.strip().casefold()
        return next((kind for kind, rule in self.absences.items() if wanted and rule.code.casefold() == wanted), None)

    def sleep_check_minutes(self, age: Age | None) -> int | None:
        """Minutes between two checks of a sleeper; None when the location has switched them off.

        An unknown age gets the shorter of the two intervals.
        """
        if age is None:
            known = [minutes for minutes in (self.check_under_1, self.check_from_1) if minutes]
            return min(known, default=None)
        return (self.check_under_1 if age[0] < 1 else self.check_from_1) or None

    def word(self, kind: LogWord | AbsenceKind) -> str:
        """The portal's own word for a kind, in its language; empty where it has none."""
        for logged, word in self.words.items():
            if logged == kind:
                return word
        return next((rule.word for absence, rule in self.absences.items() if absence == kind), "")

    def may_leave(self, share: Share, sensitivity: Sensitivity) -> bool:
        """May a record so marked go out of the house at all?"""
        return sensitivity in self.shared[share]

    def leaves(self, entry: Entry) -> bool:
        """May this entry go out of the house? What somebody kept from parents never does, whatever the profile says.

        Nor does an incident: another child may be named in it, so parents get its report, without that name.
        """
        return not entry.for_staff and entry.kind != "incident" and self.may_leave(entry.share, entry.sensitivity)

    def origin(self, path: str) -> Origin:
        """Where the value at a dotted path comes from: that of the nearest table around it. KeyError for no table."""
        while path not in self.origins and "." in path:
            path = path.rpartition(".")[0]
        return self.origins[path]
