"""Writing absences and requests: reported, judged once by the policy, acknowledged or decided, withdrawn."""

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Literal

from kindertui.data import id_map, models
from kindertui.data.act import Tx
from kindertui.data.overridden import keep_overridden
from kindertui.data.queries import absences as queries
from kindertui.data.queries import child, groups, slots
from kindertui.data.queries.parents import parent_guard
from kindertui.domain.absences import OPEN_ENDED, Absence, AbsenceState, Channel
from kindertui.domain.deadline import judge
from kindertui.domain.faults import Refused
from kindertui.domain.parents import NOT_SENDABLE, overridden
from kindertui.domain.people import Child, GroupKind
from kindertui.domain.policy import Policy
from kindertui.domain.twice import reported_twice

if TYPE_CHECKING:
    from kindertui.domain.entry import AbsenceReport

Decision = Literal["approve", "refuse", "acknowledge"]
_STATE_AFTER: dict[Decision, AbsenceState] = {
    "approve": "approved", "refuse": "refused", "acknowledge": "acknowledged",
}  # fmt: skip
# Rules of Refused raised here; phrases/absences.py has a sentence for each.
RULES: frozenset[str] = frozenset(
    {
        "child_unknown", "absence_ends_before_it_starts", "absence_hours_reversed", "absence_in_future",
        "absence_twice", "absence_unknown", "absence_decided", "absence_closed", "notice_is_not_decided",
        "request_is_not_acknowledged", "reason_missing", "reason_guarded", "reason_blocked", "not_sendable",
        "better_stays", "text_too_long", "text_not_unicode",
    }
)  # fmt: skip
# Staff write these down themselves: whoever wrote it has read it.
_TAKEN_BY_STAFF: frozenset[Channel] = frozenset({"phone", "door"})
_CLOCKS_DIFFER = timedelta(minutes=5)  # between this machine and a portal's (house rule)


def report(
    tx: Tx,
    told: "AbsenceReport",
    *,
    policy: Policy,
    reported_at: datetime | None = None,
    reported_by: str = "",
    source_id: str | None = None,
) -> Absence:
    """A new absence or request about the one child that `told` names, judged by the policy as it came in.

    `reported_at` is aware, now by default. A kind that cannot stay open gets its first day as its last. For `swap_day`
    the first day is given up and the last day wanted instead, in any order. A notice that staff took by phone or at
    the door is acknowledged by the actor; everything else is `new`. `better` ends the sickness that stands.

    `source_id` is the portal's own id of the report: one that came in before changes nothing and gives back what
    stands. Raises Refused `child_unknown`, `absence_ends_before_it_starts`, `absence_hours_reversed`,
    `absence_in_future` (at), `absence_twice` (kind, first, last of the report that stands; last is empty for an open
    end), `text_too_long` and `text_not_unicode` (field).
    """
    if source_id is not None and (stands := id_map.find(tx.connection, id_map.PORTAL, "absence", source_id)):
        return _absence(tx, stands)
    (child_id,) = told.children
    whose = child(tx.connection, child_id)
    if whose is None:
        raise Refused("child_unknown", child_id)
    at = reported_at or tx.now
    judged = judge(
        told.kind, told.channel, told.first_day, at, policy, tx.zone,
        starts=told.start or _booked_from(tx, whose, told.first_day), group_kind=_group_kind(tx, whose),
    )  # fmt: skip
    absence = Absence(
        id="", rev=0, child_id=child_id, kind=told.kind, first_day=told.first_day,
        last_day=told.last_day if told.last_day or told.kind in OPEN_ENDED else told.first_day,
        channel=told.channel, reported_at=at.astimezone(tx.zone), nature=judged.nature, decided_by=judged.decided_by,
        start=told.start, end=told.end, reported_by=reported_by, text=told.text, deadline=judged.deadline,
        late_by=judged.late_by, rule=judged.rule,
    )  # fmt: skip
    _check(tx, absence)
    if told.kind == "better":
        _end_sickness(tx, absence)
    read = told.channel in _TAKEN_BY_STAFF and source_id is None and absence.nature == "notice"
    absence_id = _add(tx, absence, source_id, acknowledged=read)
    if source_id is not None:
        id_map.keep(tx, id_map.PORTAL, "absence", source_id, absence_id)
    return _absence(tx, absence_id)


def decide(
    tx: Tx, absence_id: str, decision: Decision, reason: str = "", *, policy: Policy, override: bool = False
) -> Absence:
    """A request is approved or refused, a notice acknowledged; undo takes it back until it left.

    A refusal needs a reason, and so does an approval where the policy asks a motivation for this kind. The parents read
    it: `override` sends it in spite of what the guard found in it, which has been shown. Raises Refused
    `not_sendable` (word), `reason_guarded` and `reason_blocked` (categories), `absence_unknown`, `absence_decided`
    (state, by, at: an ISO instant) when somebody was first,
    `notice_is_not_decided`, `request_is_not_acknowledged`, `reason_missing` (decision), `text_too_long`.
    """
    record = _record(tx, absence_id)
    before = _absence(tx, absence_id)
    if not before.waits:
        when = before.decision_at.isoformat(timespec="minutes") if before.decision_at else ""
        raise Refused("absence_decided", before.child_id, state=before.state, by=before.decision_by, at=when)
    if (decision == "acknowledge") != (before.nature == "notice"):
        rule = "notice_is_not_decided" if before.nature == "notice" else "request_is_not_acknowledged"
        raise Refused(rule, before.child_id)
    with models.refused_texts(before.child_id):
        tx.change(
            record,
            state=_STATE_AFTER[decision],
            reason=reason,
            decision_by=tx.actor.staff_id,
            decision_at=tx.at,
        )
    _judge_reason(tx, before, record.reason, policy, override=override)
    needs_reason = decision == "refuse" or (decision == "approve" and policy.absences[before.kind].needs_motivation)
    if needs_reason and not record.reason:
        raise Refused("reason_missing", before.child_id, decision=decision)
    return _absence(tx, absence_id)


def withdraw(tx: Tx, absence_id: str, reason: str = "", *, policy: Policy, override: bool = False) -> Absence:
    """Takes a report back: it no longer holds. What it said stays in the journal.

    The parents read the reason, as in `decide`. Raises Refused `not_sendable`, `reason_guarded`, `reason_blocked`,
    `absence_unknown`, `absence_closed` (state) when it was refused or withdrawn before, `better_stays`: a sickness that
    was ended is reported anew, `text_too_long`.
    """
    record = _record(tx, absence_id)
    before = _absence(tx, absence_id)
    if before.state in ("refused", "withdrawn"):
        raise Refused("absence_closed", before.child_id, state=before.state)
    if before.kind == "better":
        raise Refused("better_stays", before.child_id)
    with models.refused_texts(before.child_id):
        tx.change(
            record,
            state="withdrawn",
            reason=reason,
            decision_by=tx.actor.staff_id,
            decision_at=tx.at,
        )
    _judge_reason(tx, before, record.reason, policy, override=override)
    return _absence(tx, absence_id)


def _judge_reason(tx: Tx, before: Absence, reason: str, policy: Policy, *, override: bool) -> None:
    """Refuses a reason that parents should not read, or keeps what somebody sends all the same."""
    guard = parent_guard(tx.connection, policy, manager=tx.by_manager) if reason else None
    found = guard.text(reason, before.child_id) if guard else ()
    for one in found:
        if one.rule == NOT_SENDABLE:
            raise Refused("not_sendable", before.child_id, word=one.args["words"])
    categories = overridden(found, before.child_id)
    if any(one.level == "error" for one in found):
        raise Refused("reason_blocked", before.child_id, categories=",".join(categories))
    if found and not override:
        raise Refused("reason_guarded", before.child_id, categories=",".join(categories))
    keep_overridden(tx, before.id, categories)


def _check(tx: Tx, absence: Absence) -> None:
    last = absence.last_day
    if last is not None and last < absence.first_day and absence.kind != "swap_day":
        days = {"first": absence.first_day.isoformat(), "last": last.isoformat()}
        raise Refused("absence_ends_before_it_starts", absence.child_id, **days)
    one_day = last == absence.first_day or absence.kind == "swap_day"
    if absence.start and absence.end and absence.end <= absence.start and one_day:
        hours = {"start": f"{absence.start:%H:%M}", "end": f"{absence.end:%H:%M}"}
        raise Refused("absence_hours_reversed", absence.child_id, **hours)
    if absence.reported_at > tx.now + _CLOCKS_DIFFER:
        at = absence.reported_at.isoformat(timespec="minutes")
        raise Refused("absence_in_future", absence.child_id, at=at)
    for other in queries.standing(tx.connection, absence.child_id, absence.kind, tx.zone):
        if reported_twice(absence, other):
            ends = other.last_day.isoformat() if other.last_day else ""
            days = {"kind": other.kind, "first": other.first_day.isoformat(), "last": ends}
            raise Refused("absence_twice", absence.child_id, **days)


def _end_sickness(tx: Tx, better: Absence) -> None:
    """The sickness that covers the day of `better` ends the day before.

    One that began that same day ends at the time of the report, so that it stays on record; one that had not begun
    by then is withdrawn.
    """
    day, told = better.first_day, better.reported_at
    for sickness in queries.standing(tx.connection, better.child_id, "sick", tx.zone):
        if not sickness.covers(day):
            continue
        record = _record(tx, sickness.id)
        if sickness.first_day < day:
            tx.change(record, last_day=(day - timedelta(days=1)).isoformat())
        elif told.date() == day and told.time() > (sickness.start or time.min):
            tx.change(record, last_day=day.isoformat(), end=_clock(told.time()))
        else:
            tx.change(record, state="withdrawn", decision_by=tx.actor.staff_id, decision_at=tx.at)


def _add(tx: Tx, absence: Absence, source_id: str | None, *, acknowledged: bool) -> str:
    by = {"state": "acknowledged", "decision_by": tx.actor.staff_id, "decision_at": tx.at} if acknowledged else {}
    with models.refused_texts(absence.child_id):
        return id_map.add(tx, models.Absence, source_id, **columns_of(absence), **by).id


def columns_of(absence: Absence) -> dict[str, Any]:
    """What a report says, as its record holds it; no decision."""
    return {
        "child_id": absence.child_id,
        "kind": absence.kind,
        "first_day": absence.first_day.isoformat(),
        "last_day": absence.last_day.isoformat() if absence.last_day else None,
        "start": _clock(absence.start),
        "end": _clock(absence.end),
        "channel": absence.channel,
        "reported_at": int(absence.reported_at.timestamp()),
        "reported_by": absence.reported_by,
        "text": absence.text,
        "nature": absence.nature,
        "decided_by": absence.decided_by,
        "deadline": int(absence.deadline.timestamp()) if absence.deadline else None,
        "late_by": absence.late_by,
        "rule": absence.rule,
    }


def _clock(value: time | None) -> str | None:
    return f"{value:%H:%M}" if value else None


def _record(tx: Tx, absence_id: str) -> "models.Absence":
    record = tx.get(models.Absence, absence_id)
    if record is None:
        raise Refused("absence_unknown")
    return record


def _absence(tx: Tx, absence_id: str) -> Absence:
    found = queries.absence(tx.connection, absence_id, tx.zone)
    if found is None:
        raise Refused("absence_unknown")
    return found


def _booked_from(tx: Tx, whose: Child, day: date) -> time | None:
    """When care begins on that day, for deadlines counted in hours."""
    week = slots(tx.connection, (whose.id,))
    return next((slot.start for slot in week if slot.weekday == day.isoweekday()), None)


def _group_kind(tx: Tx, whose: Child) -> GroupKind | None:
    return next((group.kind for group in groups(tx.connection) if group.id == whose.group_id), None)
