"""Reads a line from a portal into a value, or into the rule it breaks. Nothing is applied here."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from kindertui.domain.incoming import Incoming, IncomingAbsence, IncomingMessage, IncomingReceipt
from kindertui.domain.policy import Policy
from kindertui.portal.bundle.format import digest
from kindertui.portal.bundle.rules import record_of
from kindertui.portal.bundle.strict import NotTaken
from kindertui.text import NAME_LENGTH, TextRefused, clean

TAKEN = ("absence", "message", "receipt")
_SHOWN = 12_000  # characters of a refused line that are kept for whoever sorts it out


def incoming(file: str, number: int, raw: bytes, location_id: str, policy: Policy) -> Incoming:
    """One line of a bundle or of a plain .jsonl as what it says; `rule` is set when it cannot be taken."""
    sha256 = digest(raw)
    base = {"file": file, "line": number, "digest": sha256, "text": raw[: _SHOWN * 4].decode(errors="replace")[:_SHOWN]}
    about = {"rev": 0, "kind": "", "key": f"line:{sha256}"}
    try:
        record = record_of(raw)
        if record["location_id"] != location_id:
            raise NotTaken("other_location")
        if record["type"] not in TAKEN:
            raise NotTaken("type_not_taken", type=record["type"])
        about = {"rev": record["rev"], "kind": record["type"], "key": _key(record, policy)}
        if record["op"] == "delete":
            return Incoming(gone=True, **about, **base)  # type: ignore[arg-type]
        return Incoming(body=_body(record, policy), **about, **base)  # type: ignore[arg-type]
    except NotTaken as problem:
        return Incoming(rule=problem.rule, args=problem.args_, **about, **base)  # type: ignore[arg-type]


def _key(record: Mapping[str, Any], policy: Policy) -> str:
    """Source and id, for life; the source is the profile's portal unless the record names another."""
    return f"{record.get('source', {}).get('system', policy.id)}:{record['id']}"


def _body(record: Mapping[str, Any], policy: Policy) -> IncomingAbsence | IncomingMessage | IncomingReceipt:
    data: Mapping[str, Any] = record["data"]
    if record["type"] == "receipt":
        return IncomingReceipt(
            record_id=data["record_id"],
            rev=data["record_rev"],
            digest=data["digest"],
            result=data["result"],
            reason=_clean(data.get("reason") or ""),
            at=datetime.fromisoformat(record["recorded_at"]),
        )
    child = record.get("child_id") or record.get("child_ref")
    if child is None:
        raise NotTaken("unknown_child")
    if record["type"] == "absence":
        return _absence(record, data, child, policy)
    if data["direction"] != "from_guardian":
        raise NotTaken("not_from_guardian")
    subject, text = _clean(data.get("subject", "")), _clean(data["text"], limit=20_000, lines=True)
    if not subject and not text:
        raise NotTaken("message_empty")
    return IncomingMessage(
        child=child,
        thread=data.get("thread_id"),
        sender=_clean(data.get("sender", ""), limit=NAME_LENGTH),
        subject=subject,
        body=text,
        at=datetime.fromisoformat(record["start"]),
        language=record.get("lang", ""),
    )


def _absence(record: Mapping[str, Any], data: Mapping[str, Any], child: str, policy: Policy) -> IncomingAbsence:
    kind = data.get("kind") or policy.kind_of_code(data["code"])
    if kind is None:
        raise NotTaken("unknown_code", code=_clean(data["code"])[:60])
    last = data.get("last_day")
    return IncomingAbsence(
        child=child,
        kind=kind,
        first_day=date.fromisoformat(record["day"]),
        last_day=None if last is None else date.fromisoformat(last),
        start=_time(data.get("from")),
        end=_time(data.get("to")),
        reported_at=datetime.fromisoformat(data.get("reported_at") or record["recorded_at"]),
        reported_by=_clean(data.get("reported_by", ""), limit=NAME_LENGTH),
        text=_clean(data.get("text", "")),
    )


def _time(text: str | None) -> time | None:
    return None if text is None else time.fromisoformat(text)


def _clean(text: str, *, limit: int = 4000, lines: bool = False) -> str:
    # cleaned here already: some characters grow when they are composed, and nothing may be refused half-way
    try:
        return clean(text, limit=limit, lines=lines)
    except TextRefused:
        raise NotTaken("too_long", where="data") from None
