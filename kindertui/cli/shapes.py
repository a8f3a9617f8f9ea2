"""The values of the domain as the contract's JSON: plain dicts, times as RFC 3339 with offset."""

from typing import TYPE_CHECKING, Any

from kindertui.cli.printing import number

if TYPE_CHECKING:
    from kindertui.domain.absences import Absence
    from kindertui.domain.daylog import Entry
    from kindertui.domain.history import JournalRow
    from kindertui.domain.menu import Menu
    from kindertui.domain.people import Child


def entry(value: "Entry") -> dict[str, Any]:
    """One record of the day log, without its child."""
    return {
        "id": value.id,
        "rev": value.rev,
        "kind": value.kind,
        "start": value.start,
        "end": value.end,
        "amount": number(value.amount),
        "unit": value.unit,
        "detail": dict(value.detail),
        "text": value.text,
        "by": value.by,
        "recorded_at": value.recorded_at,
        "share": value.share,
    }


def menu(value: "Menu") -> dict[str, Any]:
    """What a meal of a day is; `group_id` null is everybody's."""
    return {"day": value.day, "group_id": value.group_id, "meal": value.meal, "text": value.text}


def absence(value: "Absence") -> dict[str, Any]:
    """One report or request; `late_by` in minutes, 0 or less on time, null without a deadline."""
    return {
        "id": value.id,
        "rev": value.rev,
        "kind": value.kind,
        "first_day": value.first_day,
        "last_day": value.last_day,
        "start": _clock(value.start),
        "end": _clock(value.end),
        "channel": value.channel,
        "reported_at": value.reported_at,
        "reported_by": value.reported_by,
        "text": value.text,
        "state": value.state,
        "nature": value.nature,
        "decided_by": value.decided_by,
        "deadline": value.deadline,
        "late_by": value.late_by,
        "reason": value.reason,
        "decision_by": value.decision_by,
        "decision_at": value.decision_at,
    }


def child(value: "Child", group: str | None) -> dict[str, Any]:
    """A child as `children` lists it; `group` is the name of its group."""
    return {
        "id": value.id,
        "name": value.full_name,
        "given_name": value.given_name,
        "prefix": value.prefix,
        "surname": value.surname,
        "birth_date": value.birth_date,
        "group_id": value.group_id,
        "group": group,
        "first_day": value.first_day,
        "last_day": value.last_day,
    }


def about(child: "Child | None", child_id: str) -> dict[str, Any]:
    """Whom a record is about, beside the record's own keys."""
    return {"child": child.full_name if child else None, "child_id": child_id}


def change(value: "JournalRow") -> dict[str, Any]:
    """One row of the journal; `old` is null for a new record, else both hold only what changed."""
    return {
        "seq": value.seq,
        "act": value.act,
        "verb": value.verb,
        "at": value.at,
        "by": value.by,
        "workstation": value.workstation,
        "kind": value.kind,
        "record": value.record_id,
        "child_id": value.child_id,
        "rev": value.rev,
        "old": value.old,
        "new": value.new,
    }


def _clock(value: Any) -> str | None:
    return None if value is None else f"{value:%H:%M}"
