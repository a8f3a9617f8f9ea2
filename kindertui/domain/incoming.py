"""One line that came in from a portal, understood or not, before anything is done with it."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Literal

from msgspec import Struct, field

from kindertui.domain.absences import AbsenceKind

ReceiptResult = Literal["accepted", "duplicate", "refused", "superseded"]
# Why a line is kept apart instead of being taken; each has a sentence in phrases/portal.py, as have the rules of
# data/absences.py and data/messages.py.
QUARANTINE_RULES: frozenset[str] = frozenset(
    {
        "not_utf8", "not_json", "number_not_finite", "number_too_big", "key_twice_in_record", "too_deep",
        "line_too_long", "has_surrogate", "has_control", "has_html", "too_long", "record_invalid",
        "ends_before_start", "zone_unknown",
        "other_location", "type_not_taken", "not_from_guardian", "unknown_child", "unknown_code", "message_empty",
        "same_key_other_content", "newer_version", "asks_to_withdraw", "receipt_unknown", "receipt_other_content",
    }
)  # fmt: skip


class IncomingAbsence(Struct, frozen=True):
    """A report or request of a guardian's. Days are civil and both inclusive; `code` is the portal's own code."""

    child: str
    kind: AbsenceKind
    first_day: date
    last_day: date | None
    start: time | None
    end: time | None
    reported_at: datetime
    reported_by: str
    text: str


class IncomingMessage(Struct, frozen=True):
    """A message of a guardian's about one child; `at` is aware."""

    child: str
    thread: str | None
    sender: str
    subject: str
    body: str
    at: datetime
    language: str


class IncomingReceipt(Struct, frozen=True):
    """What a receiver did with one revision of one record; `digest` is the SHA-256 of the line it got."""

    record_id: str
    rev: int
    digest: str
    result: ReceiptResult
    reason: str
    at: datetime


class Incoming(Struct, frozen=True):
    """One line. `key` is source and id, for life; `rule` is set when the line cannot be taken, `body` otherwise.

    `child` fields name a child by our id, or by the portal's own (`child_ref`). `text` is the line itself, cut.
    """

    file: str
    line: int
    key: str
    rev: int
    kind: str
    digest: str
    text: str
    body: IncomingAbsence | IncomingMessage | IncomingReceipt | None = None
    gone: bool = False
    rule: str = ""
    args: Mapping[str, str] = field(default_factory=dict)


class Aside(Struct, frozen=True):
    """A line that was kept apart, where it stood and why."""

    file: str
    line: int
    rule: str
    args: Mapping[str, str]


KEPT_APART = 200  # lines of a file that are kept for whoever sorts them out; further ones are only counted


class Taken(Struct, frozen=True):
    """What became of the lines of one act; `receipts` counts by the state that was set.

    `quarantined` are the lines that were kept apart now, `not_kept` counts those beyond KEPT_APART.
    """

    absences: int = 0
    messages: int = 0
    receipts: Mapping[str, int] = field(default_factory=dict)
    unchanged: int = 0
    quarantined: tuple[Aside, ...] = ()
    not_kept: int = 0
