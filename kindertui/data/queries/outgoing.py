"""What goes out besides the day log: absences, consents, queued messages, retractions. Few, so built in Python."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from kindertui.data.connection import Connection
from kindertui.data.queries import guardianships, instant, location, restrictions
from kindertui.data.queries.delivery import Choice, Line, retracted
from kindertui.data.queries.messages import audience_of, recipients
from kindertui.domain.audience import holding
from kindertui.domain.delivery import HTML
from kindertui.domain.policy import Policy

_STATUS = {"notice": "reported", "request": "requested"}  # of a report nobody has answered yet
_LEFT = ("left", "accepted", "refused")


@dataclass(frozen=True, slots=True)
class Leaving:
    """One queued message at the moment of export: who gets it, and who is held back now that was not before.

    `to` holds (guardian id, child id); `held` the reason by guardian id. Without anybody in `to` it does not go.
    """

    id: str
    rev: int
    to: tuple[tuple[str, str], ...]
    held: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Outgoing:
    """Lines, and how many records stay in the house by reason."""

    lines: tuple[Line, ...]
    held_back: Mapping[str, int]
    messages: tuple[Leaving, ...] = ()


class BundleLines:
    """Makes the lines of one bundle besides those of the day log; reads from one snapshot and changes nothing."""

    def __init__(self, db: Connection, choice: Choice, names: Mapping[str, str]) -> None:
        self.db, self.choice, self.names = db, choice, names
        self.here = location(db)
        self.zone = ZoneInfo(self.here.timezone)

    def line(self, kind: str, id: str, rev: int, day: str, op: str = "upsert", **fields: Any) -> Line:
        """One record in the order of fields that docs/bundle.md shows; fields that are None are left out."""
        at, by = self.written(id, rev)
        record: dict[str, Any] = {
            "spec": "1", "id": id, "rev": rev, "op": op, "type": kind, "location_id": self.here.id,
            "group_id": fields.get("group_id"), "child_id": fields.get("child_id"), "day": day,
            "start": fields.get("start"), "tz": self.here.timezone, "precision": fields.get("precision"),
            "recorded_at": at, "recorded_by": self.names.get(by), "share": "guardians", "sensitivity": "none",
            "lang": fields.get("lang") or None, "source": fields.get("source"), "data": fields.get("data"),
        }  # fmt: skip
        body = {name: value for name, value in record.items() if value is not None}
        text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
        return Line(id, rev, kind if op == "upsert" else "delete", fields.get("child_id"), day, text.encode())

    def written(self, id: str, rev: int) -> tuple[str, str]:
        """When this revision was written (RFC 3339) and by whom."""
        row = self.db.execute(
            "SELECT at, actor_id FROM journal WHERE record_id = ? AND rev <= ? ORDER BY seq DESC LIMIT 1", (id, rev)
        ).fetchone()
        return instant(row[0], self.zone).isoformat(), row[1]

    def tombstones(self) -> tuple[Line, ...]:
        """A delete for each record that left and is gone or may no longer leave, with its higher revision."""
        lines = [
            self.line(kind, id, rev, day, "delete", child_id=child)
            for id, rev, kind, child, day, _ in retracted(self.db, self.choice)
        ]
        for kind, day, child in (
            ("absence", "r.first_day", "r.child_id"),
            ("consent", "coalesce(r.since, '')", "r.child_id"),
            ("message", "''", "iif(r.audience = 'child', r.audience_id, NULL)"),
        ):
            closed = "FALSE" if kind == "message" else f"{child} IN (SELECT value FROM json_each(:closed))"  # noqa: S608
            rows = self.db.execute(
                f"SELECT r.id, r.rev, {day}, {child}, max(d.rev) FROM delivery d JOIN {kind} r ON r.id = d.record_id"  # noqa: S608
                f" WHERE {self.choice.changed(kind, 'd.record_id')} AND (r.deleted OR {closed})"
                " GROUP BY d.record_id HAVING r.rev > max(d.rev) AND d.kind <> 'delete' ORDER BY r.id",
                self.choice.values,
            ).fetchall()
            for id, rev, first, child_id, _ in rows:
                on = first or self.written(id, rev)[0][:10]
                if self._within(on):
                    lines.append(self.line(kind, id, rev, on, "delete", child_id=child_id))
        return tuple(lines)

    def absences(self) -> Outgoing:
        """Reports and decisions. What guardians or staff wrote about the reason stays: it may be about health."""
        rows = self.db.execute(
            'SELECT r.id, r.rev, r.child_id, r.kind, r.first_day, r.last_day, r.start, r."end", r.channel,'  # noqa: S608
            " r.reported_at, r.state, r.nature, r.late_by, r.reason, m.external_id FROM absence r"
            " LEFT JOIN id_map m ON m.record_id = r.id AND m.kind = 'absence'"
            f" WHERE NOT r.deleted AND {self._chosen('absence', 'r.first_day')} ORDER BY r.first_day, r.id",
            self.choice.values,
        ).fetchall()
        lines, held = [], Counter[str]()
        for row in rows:
            id, rev, child, kind, first, last, start, end, channel, told, state, nature, late_by, reason, ref = row
            if why := self._stays(child, reason):
                held[why] += 1
                continue
            data = {
                "kind": kind, "status": _STATUS[nature] if state == "new" else state, "last_day": last, "from": start,
                "to": end, "channel": channel, "reported_at": instant(told, self.zone).isoformat(), "late_by": late_by,
                "reason": reason or None,
            }  # fmt: skip
            source = None
            if ref and ":" in ref:
                system, _, own = ref.partition(":")
                source = {"system": system, "ref": own}
            fields = {"child_id": child, "precision": "day", "source": source, "data": data}
            lines.append(self.line("absence", id, rev, first, **fields))
        return Outgoing(tuple(lines), held)

    def consents(self) -> Outgoing:
        """Photo consents, on the day they were given (or written down, where that is unknown)."""
        rows = self.db.execute(
            "SELECT r.id, r.rev, r.child_id, r.scope, r.given, r.since, r.source FROM consent r"  # noqa: S608
            f" WHERE NOT r.deleted AND {self._chosen('consent', '')} ORDER BY r.id",
            self.choice.values,
        ).fetchall()
        lines, held = [], Counter[str]()
        for id, rev, child, scope, given, since, origin in rows:
            day = since or self.written(id, rev)[0][:10]
            if not self._within(day):
                continue
            if why := self._stays(child, origin):
                held[why] += 1
                continue
            data = {"scope": scope, "given": bool(given), "since": since, "origin": origin}
            lines.append(self.line("consent", id, rev, day, child_id=child, precision="day", data=data))
        return Outgoing(tuple(lines), held)

    def messages(self, policy: Policy) -> Outgoing:
        """What is queued, its audience computed again; with everything asked for, also what left before, as it left."""
        lines, held, leaving = [], Counter[str](), []
        states = ("queued",) if self.choice.after is not None else ("queued", *_LEFT)
        rows = self.db.execute(
            "SELECT m.id, coalesce((SELECT max(d.rev) FROM delivery d WHERE d.record_id = m.id), m.rev),"  # noqa: S608
            " m.thread_id, m.audience, m.audience_id, m.subject, m.body, m.at, m.language, m.state"
            " FROM message m WHERE m.direction = 'out'"
            f" AND NOT m.deleted AND m.state IN ({','.join('?' * len(states))}) ORDER BY m.at, m.id",
            states,
        ).fetchall()
        for id, rev, thread, audience, about, subject, body, at, lang, state in rows:
            when = instant(at, self.zone)
            if not self._within(when.date().isoformat()):
                continue
            if HTML.search(subject) or HTML.search(body):
                held["has_html"] += 1
                continue
            one = self._leaving(id, rev, audience, about, policy, checked=state != "queued")
            if state == "queued":
                leaving.append(one)
            if not one.to:
                if state == "queued":
                    held["nobody_to_reach"] += 1
                continue
            data = {
                "thread_id": thread, "direction": "to_guardian", "audience": audience, "subject": subject, "text": body,
                "to": [{"guardian_id": guardian, "child_id": child} for guardian, child in one.to],
            }  # fmt: skip
            place = {"child": {"child_id": about}, "group": {"group_id": about}}.get(audience, {})
            fields = {**place, "start": when.isoformat(), "precision": "minute", "lang": lang, "data": data}
            lines.append(self.line("message", id, rev, when.date().isoformat(), **fields))
        return Outgoing(tuple(lines), held, tuple(leaving))

    def _leaving(self, id: str, rev: int, audience: str, about: str, policy: Policy, *, checked: bool) -> Leaving:
        meant = [one for one in recipients(self.db, id) if not one.held_back]
        if checked:
            return Leaving(id, rev, tuple((one.guardian_id, one.child_id) for one in meant), {})
        # who was shown and confirmed when it was queued, and only as far as it still holds: nobody is added unseen
        now = {
            one.guardian_id: one.held_back
            for one in audience_of(self.db, audience, about, policy, self.here.language)  # type: ignore[arg-type]
        }
        held = {one.guardian_id: now.get(one.guardian_id, "left_audience") for one in meant}
        held = {guardian: reason for guardian, reason in held.items() if reason}
        to = tuple((one.guardian_id, one.child_id) for one in meant if one.guardian_id not in held)
        return Leaving(id, rev, to, held)

    def _chosen(self, kind: str, day: str) -> str:
        period = self.choice.in_period(day) if day else "TRUE"
        return f"{self.choice.changed(kind, 'r.id')} AND {self.choice.new('r')} AND {period}"

    def _within(self, day: str) -> bool:
        first, last = self.choice.first, self.choice.last
        return (first is None or first.isoformat() <= day) and (last is None or day <= last.isoformat())

    def _stays(self, child_id: str, text: str) -> str:
        if "none" not in self.choice.allowed.get("guardians", ()):
            return "staff_only"
        if child_id in self.choice.closed:
            return "nobody_in_audience"
        return "has_html" if HTML.search(text) else ""


def audiences(db: Connection) -> dict[str, tuple[str, ...]]:
    """Which guardians may be told about each child; a child without known guardians is not in it.

    An empty tuple means that somebody is known and nobody may be told: nothing about this child leaves.
    """
    ids = tuple(row[0] for row in db.execute("SELECT id FROM child WHERE NOT deleted"))
    limits = restrictions(db, ids)
    for_all = (one for one in limits if one.kind == "contact" and one.guardian_id is None)
    everybody: dict[str, list[str]] = {one.child_id: [] for one in for_all}
    for link in guardianships(db, ids):
        told = everybody.setdefault(link.child_id, [])
        if holding(link.child_id, link.guardian.id, limits) is None:
            told.append(link.guardian.id)
    return {child: tuple(guardians) for child, guardians in everybody.items()}


def taken_keys(db: Connection, lines: Iterable[Line]) -> dict[tuple[str, int], str]:
    """The digests of those of these keys that left before."""
    ids = json.dumps([line.id for line in lines])
    rows = db.execute(
        "SELECT record_id, rev, content FROM delivery WHERE record_id IN (SELECT value FROM json_each(?))", (ids,)
    )
    return {(row[0], row[1]): row[2] for row in rows}
