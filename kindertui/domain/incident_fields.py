"""Reads what is typed into an incident's form: when the parents were told, and which other children were involved."""

import re
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from kindertui.domain.entry.moments import Clock, at
from kindertui.domain.entry.words import fold
from kindertui.domain.people import Child

_BETWEEN = re.compile(r"[,;+&/]|\b(?:en|og|and)\b", re.IGNORECASE)


def told_moment(typed: Clock, since: datetime, now: datetime) -> datetime | None:
    """The latest such time of day up to now; None where it lies before `since`, or the clocks leave it out."""
    for days in (0, 1):
        found = at(now.date() - timedelta(days=days), typed, now)
        if isinstance(found, datetime) and found.timestamp() <= now.timestamp():
            return found if found.timestamp() >= since.replace(second=0, microsecond=0).timestamp() else None
    return None


def children_named(text: str, children: Sequence[Child], *, but: Collection[str] = ()) -> tuple[Child, ...]:
    """The children that a field names, with commas or `and` between them: by whole name, or by one beginning.

    Raises ValueError with the piece that names nobody or several; those in `but` are nobody.
    """
    found: dict[str, Child] = {}
    for piece in (part.strip() for part in _BETWEEN.split(text)):
        if piece:
            one = _named(piece, [child for child in children if child.id not in but])
            found[one.id] = one
    return tuple(found.values())


def _named(piece: str, children: Sequence[Child]) -> Child:
    wanted = fold(piece)
    for matches in (
        [one for one in children if wanted in (fold(one.full_name), fold(f"{one.given_name} {one.surname}".strip()))],
        [one for one in children if fold(one.given_name) == wanted],
        [one for one in children if fold(one.full_name).startswith(wanted)],
    ):
        if matches:
            if len(matches) > 1:
                break
            return matches[0]
    raise ValueError(piece)
