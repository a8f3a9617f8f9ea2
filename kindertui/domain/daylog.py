"""The log of a day: one frozen Entry per thing that happened, and the short words for its parts."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Literal, get_args

from msgspec import Struct, field

Kind = Literal[
    "sleep", "sleep_check", "meal", "bottle", "drink", "nappy", "toilet", "activity", "note", "temperature",
    "medicine", "incident", "arrival", "departure",
]  # fmt: skip
KINDS: tuple[Kind, ...] = get_args(Kind)
Share = Literal["staff_only", "guardians"]
Sensitivity = Literal["none", "health", "special", "safeguarding"]
Meal = Literal["breakfast", "fruit", "lunch", "snack", "dinner"]
Nappy = Literal["wet", "soiled", "both", "dry"]
NAPPIES: tuple[Nappy, ...] = get_args(Nappy)

# Of an entry's detail: the categories of what the guard found in its text, which somebody sends all the same.
OVERRIDDEN = "overridden"
# Unit of `amount`, and what the log's own kinds may tell the guardians by default.
UNITS: Mapping[Kind, str] = {"meal": "portion", "bottle": "ml", "drink": "ml", "temperature": "°C"}
SENSITIVITY: Mapping[Kind, Sensitivity] = {"temperature": "health", "medicine": "health", "incident": "health"}
STAFF_ONLY: frozenset[Kind] = frozenset({"sleep_check", "temperature", "medicine", "incident"})


class Entry(Struct, frozen=True):
    """One record of the day log.

    `start` and `end` are aware instants in the location's zone; a kind without duration has no `end`; a sleep without
    `end` is still going on. `amount` is in `unit`: portion (0, 0.25 … 1), ml, °C. `detail` holds `meal`
    (breakfast …), `offered` (ml), `content` (wet, soiled, both, dry), `late` (whole minutes that a sleep check came
    after it was due), `none` (no sleep: it ends as it starts), `for_staff` (of a kind in STAFF_ONLY: it is
    not told at the door either), OVERRIDDEN, and of an incident what incidents.py says. `by` is a staff name, `rev`
    counts from 1.
    """

    id: str
    rev: int
    child_id: str
    day: date
    kind: Kind
    start: datetime
    end: datetime | None = None
    amount: float | None = None
    unit: str | None = None
    detail: Mapping[str, Any] = field(default_factory=dict)
    text: str = ""
    by: str = ""
    by_id: str = ""
    recorded_at: datetime | None = None
    share: Share = "guardians"
    sensitivity: Sensitivity = "none"
    group_id: str | None = None

    @property
    def for_staff(self) -> bool:
        """Somebody kept it from parents; what its kind keeps from them anyway is told at the door all the same."""
        return self.share == "staff_only" and (self.kind not in STAFF_ONLY or bool(self.detail.get("for_staff")))

    @property
    def is_open(self) -> bool:
        """A sleep that has not ended."""
        return self.kind == "sleep" and self.end is None

    @property
    def untold(self) -> bool:
        """An incident of which nobody has told the parents yet, and which they are to be told of."""
        return self.kind == "incident" and not self.for_staff and not self.detail.get("told")

    @property
    def not_slept(self) -> bool:
        """Somebody wrote down that the child did not sleep."""
        return self.kind == "sleep" and bool(self.detail.get("none"))
