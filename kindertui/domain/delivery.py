"""What left in bundles, what became of it, and what came in and waits to be sorted out."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Literal, get_args

from msgspec import Struct, field

# What looks like HTML: no text in a bundle may hold it, and none that parents read is saved with it.
HTML = re.compile(r"<[A-Za-z/!?]")

DeliveryState = Literal["unknown", "accepted", "refused", "superseded"]
HoldBack = Literal[
    "staff_only", "health", "special", "safeguarding", "nobody_in_audience", "has_html", "nobody_to_reach",
    "content_differs",
]  # fmt: skip
# Why a record stays in the house. Each has a sentence in phrases/portal.py.
HOLD_BACKS: tuple[HoldBack, ...] = get_args(HoldBack)


class BundleLeft(Struct, frozen=True):
    """One bundle that was written. `states` counts its records by what became of them since."""

    seq: int
    name: str
    created_at: datetime
    records: int
    whole: bool
    states: Mapping[DeliveryState, int] = field(default_factory=dict)


class Delivered(Struct, frozen=True):
    """One revision of one record that left. `kind` is the bundle's type of record, `delete` for a retraction."""

    record_id: str
    rev: int
    kind: str
    bundle: str
    state: DeliveryState
    reason: str
    receipt_at: datetime | None
    child_id: str | None


class Quarantined(Struct, frozen=True):
    """One line that came in and was not taken. `text` is what stood there, cut to a few thousand characters."""

    id: str
    source_id: str
    received_at: datetime
    kind: str
    rule: str
    args: Mapping[str, str]
    text: str


class Waiting(Struct, frozen=True):
    """How many records changed since they last left, by kind of record; messages are those queued.

    `retractions` left before, and were deleted here since or may no longer leave: the next bundle says so.
    """

    entries: int
    absences: int
    messages: int
    consents: int
    retractions: int = 0

    @property
    def records(self) -> int:
        return self.entries + self.absences + self.messages + self.consents + self.retractions
