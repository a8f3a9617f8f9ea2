"""Memos: what the staff keep in sight, of a child or of a group, until a day. For staff only: none ever leaves."""

from datetime import date

from msgspec import Struct

LONGEST = 366  # days a memo may stay: what holds for longer is a care note (house rule)


class Memo(Struct, frozen=True):
    """One memo, in sight from `first_day` to `until`, both included.

    `child_id` None: it is of a group, and `group_id` None then is all groups. `by` is a staff name.
    """

    id: str
    rev: int
    child_id: str | None
    group_id: str | None
    first_day: date
    until: date
    text: str
    by: str = ""
