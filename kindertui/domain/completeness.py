"""Finds what is not written yet of a group, most urgent first, for its list and before an export."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import cast, get_args

from msgspec import Struct

from kindertui.domain.due import Gap, due_since, open_since, untold_since
from kindertui.domain.policy import Duty, DutyWord, GapWord, Policy
from kindertui.domain.roster import ChildDay, expected_hours

# An incident first: nobody goes home before the parents were told. A sleep that goes on is the likeliest to be false in
# what parents read; a stay counts for the staff (house rule).
_FIRST: tuple[GapWord, ...] = ("tell_parents", "sleep_end", "departure")
_LAST: tuple[GapWord, ...] = get_args(DutyWord)


class Pieces(Struct, frozen=True):
    """The pieces written of a child in the weeks up to a day: `last` is the day of the latest one, None for none.

    A piece is an activity or a note with words that the guardians may see. `came`: she was in during the days that a
    piece is due for; `before`: and in the weeks before those, so that none is due of a child who has just begun.
    """

    last: date | None = None
    came: bool = False
    before: bool = False


def child_duty(policy: Policy) -> Duty | None:
    """The duty of the profile about each child, if there is one that is ever due."""
    return next(
        (one for one in policy.duties if one.about == "child" and one.every_days and one.name in get_args(DutyWord)),
        None,
    )


def piece_missing(pieces: Pieces, day: date, duty: Duty) -> bool:
    """Is a piece missing on `day`: none in the last `every_days` days, this one among them?"""
    first = day - timedelta(days=duty.every_days)
    return pieces.came and pieces.before and (pieces.last is None or pieces.last <= first)


def gaps(
    days: Sequence[ChildDay],
    earlier: Iterable[ChildDay],
    now: datetime,
    policy: Policy,
    pieces: Mapping[str, Pieces],
    *,
    leaving: bool = False,
) -> tuple[Gap, ...]:
    """Everything missing on these days, and what was left open on days before, most urgent first.

    `days` are those looked at in full, of `earlier` only what never ended counts. `pieces` is by child id, as of today;
    a piece is missing today, whichever day it tells of.
    `leaving`: it is about to leave for the portal, so that whatever has not ended is missing, however early it is.
    """
    closes, duty = _closing(days), child_duty(policy)
    found: list[Gap] = []
    for day in days:
        words = dict(due_since(day, now, policy, closes.get((day.day, day.child.group_id))))
        if leaving:
            words |= dict(open_since(day))
        found += [Gap(day.child, day.day, word, since) for word, since in words.items()]
        told = pieces.get(day.child.id) if day.day == now.date() else None
        if told is not None and duty is not None and piece_missing(told, day.day, duty) and _may_be_written(day, duty):
            found.append(Gap(day.child, day.day, cast(DutyWord, duty.name), last=told.last))
    for day in earlier:
        never_ended = () if day.goes_on else open_since(day)
        found += [Gap(day.child, day.day, word, since) for word, since in (*untold_since(day), *never_ended)]
    return tuple(sorted(found, key=_urgency))


def _may_be_written(day: ChildDay, duty: Duty) -> bool:
    """A daily piece tells of the day, so it is missing only once a child was there and has left (house rule)."""
    return duty.every_days > 1 or day.departure is not None


def _closing(days: Iterable[ChildDay]) -> dict[tuple[date, str | None], time]:
    """When the last child of each group should have left, by day."""
    latest: dict[tuple[date, str | None], time] = {}
    for day in days:
        if (hours := expected_hours(day)) is not None:
            of = (day.day, day.child.group_id)
            latest[of] = max(hours[1], latest.get(of, time.min))
    return latest


def _urgency(gap: Gap) -> tuple[int, date, datetime, tuple[str, str, str]]:
    rank = _FIRST.index(gap.word) if gap.word in _FIRST else len(_FIRST) + (gap.word in _LAST)
    since = gap.since.astimezone(UTC) if gap.since else datetime.min.replace(tzinfo=UTC)
    return rank, gap.day, since, gap.child.sort_key
