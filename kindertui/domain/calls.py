"""Tries to phone a guardian about a child."""

from datetime import datetime
from typing import Literal

from msgspec import Struct

Outcome = Literal["reached", "no_answer"]


class Call(Struct, frozen=True):
    """One try: whom, about which child, when (aware, at the location), what came of it and who tried."""

    id: str
    child_id: str
    guardian_id: str
    at: datetime
    outcome: Outcome
    by: str
