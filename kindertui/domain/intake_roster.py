"""A roster file as it was read: frozen values, refused lines, dropped fields. Nothing is applied yet.

An empty field says nothing: it never wipes out what is known. `key` is the other system's id where `keyed`, else it is
derived from name and birth date (`name_key`), so that no name stands in a key.
"""

import hashlib
from collections.abc import Mapping
from datetime import date, time
from typing import Literal, get_args

from msgspec import Struct, field

from kindertui.domain.people import ConsentScope, FactKind, GroupKind, RestrictionKind, same_name

Format = Literal["edexml", "pifu-ims", "oneroster", "social-schools-xlsx", "csv", "babybuddy"]
FORMATS: tuple[Format, ...] = get_args(Format)

# A whole file is refused: FileRefused.rule.
FILE_RULES = frozenset(
    {
        "file_missing", "file_unreadable", "file_not_regular", "file_empty", "file_too_large", "file_changing",
        "format_unknown", "format_later", "format_mismatch", "version_unknown", "school_year", "no_children",
        "too_many_rows", "text_encoding", "csv_malformed", "columns_missing", "columns_twice", "columns_unknown",
        "xml_dtd", "xml_encoding", "xml_malformed", "xml_root", "xlsx_malformed", "xlsx_too_large",
    }
)  # fmt: skip
# One line is refused: RosterFile.refused.
LINE_RULES = frozenset(
    {
        "name_missing", "text_too_long", "text_not_unicode", "birth_date_missing", "birth_date_unlikely", "date_form",
        "date_impossible", "days_reversed", "hours_form", "hours_reversed", "email_form", "phone_form", "yes_no_form",
        "language_form", "word_unknown", "key_missing", "key_twice", "child_twice", "group_unknown",
        "group_kind_differs", "guardian_twice", "guardian_missing", "restriction_incomplete",
        "restriction_guardian_unknown", "element_twice", "row_cells", "cell_formula", "cell_error", "consent_twice",
    }
)  # fmt: skip
# Worth a word, nothing is refused: RosterFile.warnings.
WARNING_RULES = frozenset({"key_unstable", "child_same_name", "child_without_group", "column_not_read"})


class Remark(Struct, frozen=True):
    """Something to be said of a file: a rule id, what its sentence needs, and the line (or row), where there is one.

    `args` hold column names, counts and line numbers, never a value out of the file.
    """

    rule: str
    args: Mapping[str, str] = field(default_factory=dict)
    line: int | None = None


class FileRefused(Exception):
    """The whole file cannot be read; nothing was changed. `rule` is one of FILE_RULES."""

    def __init__(self, rule: str, args: Mapping[str, str] | None = None, line: int | None = None) -> None:
        super().__init__(rule if line is None else f"{rule} (line {line})")
        self.rule = rule
        self.args_: Mapping[str, str] = dict(args or {})
        self.line = line


class ReadGroup(Struct, frozen=True):
    """A group; `kind` and ages (whole years, `age_to` exclusive) are None where the file does not say."""

    key: str
    line: int
    name: str
    kind: GroupKind | None = None
    age_from: int | None = None
    age_to: int | None = None
    keyed: bool = False


class ReadChild(Struct, frozen=True):
    """A child; `group` is a ReadGroup's key."""

    key: str
    line: int
    given_name: str
    prefix: str = ""
    surname: str = ""
    birth_date: date | None = None
    group: str | None = None
    first_day: date | None = None
    last_day: date | None = None
    keyed: bool = False

    @property
    def name_key(self) -> str:
        return child_key(self.given_name, self.prefix, self.surname, self.birth_date)


class ReadLeaver(Struct, frozen=True):
    """A child whose last day is past: not taken in, but a child known by this key gets that last day."""

    key: str
    line: int
    last_day: date | None
    keyed: bool = False


class ReadStaff(Struct, frozen=True):
    """Somebody of the staff; `group` is the key of the first group named."""

    key: str
    line: int
    name: str
    group: str | None = None
    keyed: bool = False


class ReadGuardian(Struct, frozen=True):
    """One guardian of the child with key `child`; `named` is False where the file gives an address and no name."""

    key: str
    child: str
    line: int
    name: str
    relation: str = ""
    rank: int = 1
    phone: str = ""
    email: str = ""
    language: str = ""
    may_pick_up: bool | None = None
    named: bool = True


class ReadFact(Struct, frozen=True):
    child: str
    line: int
    kind: FactKind
    text: str


class ReadConsent(Struct, frozen=True):
    child: str
    line: int
    scope: ConsentScope
    given: bool
    since: date | None = None


class ReadRestriction(Struct, frozen=True):
    """`guardian` is a ReadGuardian's key; None holds for all."""

    child: str
    line: int
    guardian: str | None
    kind: RestrictionKind
    reason: str
    since: date
    author: str


class ReadSlot(Struct, frozen=True):
    """ISO weekday (Monday 1) and civil times. A child with one slot or more has no others."""

    child: str
    line: int
    weekday: int
    start: time
    end: time


class RosterFile(Struct, frozen=True):
    """All a roster file says. `source` names the system whose keys these are; `dropped` counts fields never kept.

    `adds_children` False: the file speaks of children known already (e-mail addresses to invite). `refused` not empty:
    nothing of the file may be applied.
    """

    format: Format
    version: str
    source: str
    groups: tuple[ReadGroup, ...] = ()
    children: tuple[ReadChild, ...] = ()
    leavers: tuple[ReadLeaver, ...] = ()
    staff: tuple[ReadStaff, ...] = ()
    guardians: tuple[ReadGuardian, ...] = ()
    facts: tuple[ReadFact, ...] = ()
    consents: tuple[ReadConsent, ...] = ()
    restrictions: tuple[ReadRestriction, ...] = ()
    slots: tuple[ReadSlot, ...] = ()
    refused: tuple[Remark, ...] = ()
    warnings: tuple[Remark, ...] = ()
    dropped: Mapping[str, int] = field(default_factory=dict)
    adds_children: bool = True

    @property
    def left(self) -> int:
        """Leavers that were skipped."""
        return len(self.leavers)


def name_key(*parts: str) -> str:
    """A key out of names that cannot be read back: 32 hex digits, equal for spellings that `same_name` holds equal."""
    body = "\n".join(same_name(part) for part in parts)
    return hashlib.sha256(body.encode()).hexdigest()[:32]


def child_key(given_name: str, prefix: str, surname: str, birth_date: date | None) -> str:
    """What tells children apart where no system gives a key. A prefix may stand in its own field or in the surname."""
    return name_key("child", f"{given_name} {prefix} {surname}", birth_date.isoformat() if birth_date else "")


# What is found only beside the database: lines refused when the file is applied, and what is worth a word then.
APPLY_RULES = frozenset({"child_uncertain", "child_unknown", "group_uncertain", "staff_uncertain"})
APPLY_WARNING_RULES = frozenset({"guardian_held_back", "guardian_stays_removed", "child_had_left"})
What = Literal["child", "group", "guardian", "staff"]


class ImportChange(Struct, frozen=True):
    """One person or group that an import adds or changes, and what of it: `fields` are column names of ours."""

    what: What
    name: str
    added: bool
    fields: tuple[str, ...] = ()


KEPT = 200  # remarks of a file that are kept to be shown; further ones are only counted


class ImportReport(Struct, frozen=True):
    """What an import did, or would do. `refused` not empty: nothing was done.

    `refused` and `warnings` hold the first KEPT; `refused_count` and `warnings_count` count all.

    `added` counts by children, groups, guardians, staff; `changed` and `unchanged` count people and groups that were
    known. `kept_restrictions` and `kept_consents` count what stands although the file lacks it or says otherwise.
    """

    format: Format
    added: Mapping[str, int]
    changed: int = 0
    unchanged: int = 0
    left: int = 0
    refused: tuple[Remark, ...] = ()
    warnings: tuple[Remark, ...] = ()
    dropped_fields: Mapping[str, int] = field(default_factory=dict)
    kept_restrictions: int = 0
    kept_consents: int = 0
    changes: tuple[ImportChange, ...] = ()
    dry_run: bool = False
    refused_count: int = 0
    warnings_count: int = 0
