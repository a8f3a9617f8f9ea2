"""An incident: what, where, first aid, what was done, who else was involved, and who of the parents was told when.

It is an entry of the log. The line writes what and when; the rest stands in the entry's detail, filled in on its form.
For staff only, whatever was told: parents get a copy on paper in which no other child is named (other_names.py).
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from msgspec import Struct

from kindertui.domain.daylog import Entry

# What of an entry's detail is an incident's own; `others` are child ids, `told_at` is in Unix seconds.
FIELDS: tuple[str, ...] = ("where", "first_aid", "done", "others", "told", "told_at")


class Incident(Struct, frozen=True):
    """What an incident's entry says. `others` are the ids of the other children involved; `told` is who was told."""

    what: str
    where: str = ""
    first_aid: str = ""
    done: str = ""
    others: tuple[str, ...] = ()
    told: str = ""
    told_at: datetime | None = None

    @classmethod
    def of(cls, entry: Entry) -> "Incident":
        """What an entry of that kind says."""
        detail, at = entry.detail, entry.detail.get("told_at")
        return cls(
            entry.text,
            where=str(detail.get("where", "")),
            first_aid=str(detail.get("first_aid", "")),
            done=str(detail.get("done", "")),
            others=tuple(detail.get("others", ())),
            told=str(detail.get("told", "")),
            told_at=None if at is None else datetime.fromtimestamp(at, entry.start.tzinfo),
        )

    @property
    def detail(self) -> dict[str, Any]:
        """Its fields for the entry's detail, empty ones among them: those take away what stood there."""
        told_at = None if self.told_at is None else int(self.told_at.timestamp())
        found = {name: getattr(self, name) for name in FIELDS}
        return {**found, "others": list(self.others), "told_at": told_at}


def kept_fields(said: Mapping[str, Any], before: Entry | None) -> dict[str, Any]:
    """The detail of an incident that is written: a line says none of what the form does, so that stands as it was."""
    detail = {name: before.detail[name] for name in FIELDS if name in before.detail} if before is not None else {}
    return {name: value for name, value in {**detail, **said}.items() if value not in (None, "", [])}


def involves(entry: Entry, child_id: str) -> bool:
    """Is the child the one it happened to, or one of the others involved?"""
    return entry.child_id == child_id or child_id in entry.detail.get("others", ())
