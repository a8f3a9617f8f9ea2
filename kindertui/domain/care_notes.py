"""The care notes of one child, and how the days and intervals in them are typed."""

import re
from datetime import date
from typing import get_args

from msgspec import Struct

from kindertui.domain.people import (
    Agreement,
    CareFact,
    Child,
    Consent,
    ConsentScope,
    FactKind,
    Guardianship,
    PickUp,
    Restriction,
    RestrictionKind,
)  # fmt: skip

FACT_KINDS: tuple[FactKind, ...] = get_args(FactKind)  # most dangerous first
HARMFUL: frozenset[FactKind] = frozenset({"allergy", "health"})  # what may hurt the child; the others are to know
SCOPES: tuple[ConsentScope, ...] = get_args(ConsentScope)
RESTRICTION_KINDS: tuple[RestrictionKind, ...] = ("contact", "pick_up", "address")
LONGEST_APART = 24 * 60 * 7  # minutes between two medicines: beyond a week it is a slip of the finger (house rule)
# `6`, `4:30`, `1,5`, with or without the word for hours in one of the three languages
_HOURS = re.compile(r"([0-9]{1,3})(?::([0-5][0-9])|[.,]([0-9]{1,3}))? ?(?:h|u|t|hours?|uur|uren|timer?)?")


class CareNotes(Struct, frozen=True):
    """The care notes of a child. `restrictions` in force first, then those that were lifted."""

    child: Child
    facts: tuple[CareFact, ...] = ()
    consents: tuple[Consent, ...] = ()
    restrictions: tuple[Restriction, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    guardians: tuple[Guardianship, ...] = ()
    pick_ups: tuple[PickUp, ...] = ()

    def consent(self, scope: ConsentScope) -> Consent | None:
        """The answer for one scope; None when nobody was asked. Where several stand, a refusal holds."""
        return min((one for one in self.consents if one.scope == scope), key=lambda one: one.given, default=None)


def typed_day(text: str, today: date) -> date | None:
    """A day as it is typed: `3-5-2026`, `3.5.26`, `3/5/26`, `2026-05-03`, `3-5` (of this year); None for nothing.

    Raises ValueError for anything else.
    """
    words = text.strip().replace("/", "-").replace(".", "-").split("-")
    if words == [""]:
        return None
    if not (2 <= len(words) <= 3 and all(word.isascii() and word.isdigit() for word in words)):
        raise ValueError("no day")
    numbers = [int(word) for word in words]
    if len(words[0]) == 4 and len(words) == 3:
        return date(*numbers)
    if len(words) == 2:
        return date(today.year, numbers[1], numbers[0])
    if len(words[2]) not in (2, 4):
        raise ValueError("no year")
    return date(numbers[2] + (2000 if len(words[2]) == 2 else 0), numbers[1], numbers[0])


def typed_apart(text: str) -> int | None:
    """Minutes out of hours as they are typed: `6`, `6 h`, `4:30`, `1,5`; None for nothing typed. Raises ValueError."""
    if not text.strip():
        return None
    typed = _HOURS.fullmatch(text.strip().casefold())
    if typed is None:
        raise ValueError("no hours")
    whole, minutes, part = typed.groups()
    found = int(whole) * 60 + int(minutes or 0) + round(float(f"0.{part or 0}") * 60)
    if not 0 < found <= LONGEST_APART:
        raise ValueError("too long")
    return found


def printed_apart(minutes: int | None) -> str:
    """As `typed_apart` reads it: `6`, `4:30`; empty for None."""
    if minutes is None:
        return ""
    return f"{minutes // 60}:{minutes % 60:02}" if minutes % 60 else str(minutes // 60)
