"""Judges a report by the policy: was it in time, what does it mean, who decides, and is there a credit."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Literal

from msgspec import Struct

from kindertui.domain.absences import AbsenceKind, Channel, Decider, Nature
from kindertui.domain.people import GroupKind
from kindertui.domain.policy import Policy

Verdict = Literal["on_time", "late", "no_deadline"]


class Judgement(Struct, frozen=True):
    """`deadline` aware in the location's zone; `late_by` whole minutes, 0 or less is on time; both None: none known.

    `credit` is None where the portal gives none for this kind. `rule` is the dotted path of the profile's value that
    decided, for Policy.origin and for the record.
    """

    deadline: datetime | None
    late_by: int | None
    nature: Nature
    decided_by: Decider
    credit: bool | None
    rule: str
    verdict: Verdict


def judge(
    kind: AbsenceKind,
    channel: Channel,
    first_day: date,
    reported_at: datetime,
    policy: Policy,
    zone: tzinfo,
    *,
    starts: time | None = None,
    group_kind: GroupKind | None = None,
) -> Judgement:
    """What a report of `kind` for `first_day` means, made at `reported_at` (aware) by `channel`.

    `starts` is when care begins on the first day, for deadlines given in hours; without it midnight counts, which is
    never too late. Wall-clock deadlines follow the location's clock through a change to or from summer time.
    """
    if reported_at.tzinfo is None:
        raise ValueError("the moment of a report needs a time zone")
    rule = policy.absences[kind]
    deadline, path = _deadline(kind, channel, first_day, policy, zone, starts, group_kind)
    days_ahead = (first_day - reported_at.astimezone(zone).date()).days
    late_by: int | None = None
    verdict: Verdict = "no_deadline"
    if deadline is not None:
        # In UTC: two aware times of one zone are subtracted by the wall, an hour wrong over a clock change.
        late_by = (reported_at.astimezone(UTC) - deadline.astimezone(UTC)) // timedelta(minutes=1)
        verdict = "late" if late_by > 0 else "on_time"
    return Judgement(
        deadline=deadline,
        late_by=late_by,
        nature=rule.nature,
        decided_by=policy.decider(kind, days_ahead),
        credit=verdict != "late" if rule.credit and policy.credit_days else None,
        rule=path,
        verdict=verdict,
    )


def _deadline(
    kind: AbsenceKind,
    channel: Channel,
    first_day: date,
    policy: Policy,
    zone: tzinfo,
    starts: time | None,
    group_kind: GroupKind | None,
) -> tuple[datetime | None, str]:
    """The moment and the path of the value it came from; the channel's deadline wins over the days of notice."""
    given = policy.deadline(kind, channel, group_kind)
    if given is not None and given.hours_before is not None:
        begin = datetime.combine(first_day, starts or time.min, zone).astimezone(UTC)
        return (begin - timedelta(hours=given.hours_before)).astimezone(zone), given.path
    if given is not None and given.at is not None:
        return _at(first_day - timedelta(days=given.days_before), given.at, zone), given.path
    path = f"absence.{kind}"
    days = policy.absences[kind].min_days_ahead
    if days:
        # "7 days ahead" is kept by a report on any minute of that day.
        return _at(first_day - timedelta(days=days), time(23, 59), zone), f"{path}.min_days_ahead"
    return None, path


def _at(day: date, at: time, zone: tzinfo) -> datetime:
    """A wall-clock time; one that a clock change leaves out moves on by the hour left out."""
    return datetime.combine(day, at, zone).astimezone(UTC).astimezone(zone)
