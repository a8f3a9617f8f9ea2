"""What every entry of a line is read against."""

from collections.abc import Mapping
from datetime import date, datetime

from msgspec import Struct

from kindertui.domain.entry.words import Vocabulary


class Context(Struct, frozen=True):
    """`now` is aware, in the location's zone; `day` is the day of the line; `short_words` by folded word.

    `groups`: the names of the location's groups.
    """

    vocabulary: Vocabulary
    language: str
    now: datetime
    day: date
    short_words: Mapping[str, str]
    groups: tuple[str, ...] = ()
