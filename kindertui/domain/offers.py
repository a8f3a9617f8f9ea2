"""What the hour asks for: the next thing that is written of a whole group, and of whom it is still open.

An offer, never an order: the hours are those of an ordinary day (house rule), and nothing waits for it.
"""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Literal

from msgspec import Struct

from kindertui.domain.policy import Policy
from kindertui.domain.roster import ChildDay, expected_hours

Offered = Literal["arrivals", "lunch", "nap", "waking", "leaving"]
_SOON = timedelta(minutes=15)
_ARRIVED = time(10)  # until then those come whose hours nobody knows
_LUNCH, _NAP, _WAKING, _LEAVING = (
    (time(11, 30), time(14)), (time(12, 15), time(14)), (time(14), time(17)), (time(15, 30), time(20)),
)  # fmt: skip


class Offer(Struct, frozen=True):
    """`children` are those it is open for, by name or by when they leave; `others` those `all` would mean besides."""

    what: Offered
    children: tuple[ChildDay, ...]
    others: tuple[ChildDay, ...] = ()


def offer(days: Sequence[ChildDay], now: datetime, policy: Policy) -> Offer | None:
    """What to offer for today's `days` of a group at `now` (aware, in the location's zone), None for nothing."""
    clock, inside = now.time(), [one for one in days if one.is_in]
    coming = [one for one in days if one.arrival is None and one.is_expected]
    if due := [one for one in coming if _comes(one, now, policy)]:
        return _offer("arrivals", due, coming)
    if _within(clock, _LUNCH):
        eaters = [one for one in inside if policy.eats(one.child.age_on(one.day)) and one.asleep is None]
        if due := [one for one in eaters if not _ate_lunch(one)]:
            return _offer("lunch", due, inside)
    if _within(clock, _NAP):
        awake = [one for one in inside if one.asleep is None]
        if due := [one for one in awake if one.last_sleep is None and _naps(one, policy)]:
            return _offer("nap", due, awake)
    asleep = [one for one in inside if one.asleep is not None]
    if _within(clock, _WAKING) and asleep:
        return _offer("waking", asleep, asleep)
    if _within(clock, _LEAVING):
        leaving = sorted((end, place) for place, one in enumerate(inside) if (end := _ends(one, now)) is not None)
        if leaving:
            return Offer("leaving", tuple(inside[place] for _end, place in leaving))
    return None


def _offer(what: Offered, due: Sequence[ChildDay], everybody: Sequence[ChildDay]) -> Offer:
    return Offer(what, tuple(due), tuple(one for one in everybody if one not in due))


def _within(clock: time, hours: tuple[time, time]) -> bool:
    return hours[0] <= clock < hours[1]


def _comes(day: ChildDay, now: datetime, policy: Policy) -> bool:
    """Is the child to come about now? One of whom nobody told us by now is asked for in her own row."""
    hours = expected_hours(day)
    if hours is None:
        return now.time() < _ARRIVED
    comes = datetime.combine(day.day, hours[0], now.tzinfo)
    return day.presence(now, policy.no_show_grace) == "expected" and comes - _SOON <= now


def _ate_lunch(day: ChildDay) -> bool:
    return any(one.kind == "meal" and one.detail.get("meal") == "lunch" for one in day.entries)


def _naps(day: ChildDay, policy: Policy) -> bool:
    band = policy.band(day.child.age_on(day.day))
    return band is not None and any(due.word == "sleep" for due in band.dues)


def _ends(day: ChildDay, now: datetime) -> datetime | None:
    """When the child's hours end, if that is about now or was."""
    hours = expected_hours(day)
    if hours is None:
        return None
    ends = datetime.combine(day.day, hours[1], now.tzinfo)
    return ends if ends - 2 * _SOON <= now else None
