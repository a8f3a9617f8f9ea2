"""The people and places of a location, as frozen values.

Ages are in the staff's notation ``years;months``; civil dates are dates at the location. Ids are UUID strings.
"""

import unicodedata
from datetime import date, time
from typing import Literal

from msgspec import Struct

GroupKind = Literal["day_care", "after_school", "school"]
Role = Literal["worker", "manager"]
RestrictionKind = Literal["contact", "address", "pick_up"]
FactKind = Literal["allergy", "diet", "health", "note"]
ConsentScope = Literal["photo_own_portal", "photo_other_portal", "photo_internal", "photo_external", "photo_public"]


class Location(Struct, frozen=True):
    """The place all records of one database belong to. `timezone` is an IANA name, `profile` a portal profile's id.

    `generation` counts from 1: one more after each restore.
    """

    id: str
    name: str
    timezone: str
    language: str
    profile: str
    generation: int = 1


class Group(Struct, frozen=True):
    """A group of children; ages in whole years, `age_to` exclusive, None where nothing is known."""

    id: str
    name: str
    kind: GroupKind = "day_care"
    age_from: int | None = None
    age_to: int | None = None


class Staff(Struct, frozen=True):
    """Somebody who may stand at the keyboard; `group_id` is the group they work in, if one."""

    id: str
    name: str
    role: Role = "worker"
    group_id: str | None = None


class Child(Struct, frozen=True):
    """A child as the staff know it. `prefix` is the Dutch tussenvoegsel, written before the surname."""

    id: str
    given_name: str
    prefix: str
    surname: str
    birth_date: date | None
    group_id: str | None
    first_day: date | None = None
    last_day: date | None = None

    @property
    def full_name(self) -> str:
        return " ".join(part for part in (self.given_name, self.prefix, self.surname) if part)

    @property
    def sort_key(self) -> tuple[str, str, str]:
        """By call name, then surname, then id, so that two of one name keep one order."""
        return (self.given_name.casefold(), self.surname.casefold(), self.id)

    def age_on(self, day: date) -> tuple[int, int] | None:
        """Whole years and months on `day`; None when the birth date is unknown or later."""
        return age_on(self.birth_date, day)


class Guardian(Struct, frozen=True):
    """A parent or other guardian; `language` is the language they are written to."""

    id: str
    name: str
    phone: str = ""
    email: str = ""
    language: str = ""


class Guardianship(Struct, frozen=True):
    """One guardian of one child. `rank` is the order to call in, from 1."""

    child_id: str
    guardian: Guardian
    relation: str = ""
    rank: int = 1
    may_pick_up: bool = True


class Restriction(Struct, frozen=True):
    """What a guardian, or everybody, is kept from. Only a manager lifts one; no import ever does.

    `guardian_id` None means the restriction holds for all (a secret address). `author` and `since` are mandatory by
    house rule: a restriction without an author cannot be explained to anybody. `lifted_on` and `lifted_by` stand on
    one that no longer holds; only the list of care notes shows those.
    """

    id: str
    child_id: str
    guardian_id: str | None
    kind: RestrictionKind
    reason: str
    since: date
    author: str
    relation: str = ""  # of the guardian to the child, where one is named
    lifted_on: date | None = None
    lifted_by: str = ""


class CareFact(Struct, frozen=True):
    """A care note: an allergy, a diet, a health matter."""

    id: str
    child_id: str
    kind: FactKind
    text: str


class Consent(Struct, frozen=True):
    """A photo consent: scope, answer, since when and where it was given (intake, portal, import)."""

    child_id: str
    scope: ConsentScope
    given: bool
    since: date | None = None
    source: str = ""


class Agreement(Struct, frozen=True):
    """A guardian's consent to give a medicine. Days inclusive, None without an end; `apart` minutes between two."""

    id: str
    child_id: str
    medicine: str
    first_day: date
    last_day: date | None = None
    apart: int | None = None
    dose: str = ""
    agreed_by: str = ""

    def covers(self, day: date) -> bool:
        """Does it hold on this day?"""
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)


class PickUp(Struct, frozen=True):
    """Somebody who is no guardian and may pick a child up; days inclusive, None without a limit."""

    id: str
    child_id: str
    name: str
    relation: str = ""
    phone: str = ""
    first_day: date | None = None
    last_day: date | None = None

    def covers(self, day: date) -> bool:
        """May this person pick the child up on this day?"""
        return (self.first_day is None or self.first_day <= day) and (self.last_day is None or day <= self.last_day)


class Slot(Struct, frozen=True):
    """When a child is expected: ISO weekday (Monday 1) and civil times at the location."""

    child_id: str
    weekday: int
    start: time
    end: time


def same_name(text: str) -> str:
    """`text` as two spellings of one name compare: NFC, without case, single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def age_on(birth_date: date | None, day: date) -> tuple[int, int] | None:
    """Whole years and months between a birth date and a day; None when unknown or when the day comes before."""
    if birth_date is None or day < birth_date:
        return None
    months = (day.year - birth_date.year) * 12 + day.month - birth_date.month - (day.day < birth_date.day)
    return divmod(months, 12)
