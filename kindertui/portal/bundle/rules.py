"""Checks a single record: by the schema, and by what a schema cannot say (docs/bundle.md, "Rules")."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from kindertui.portal.bundle.format import error_place, validator
from kindertui.portal.bundle.strict import NotTaken, read_object

HTML = re.compile(r"<[A-Za-z/!?]")
CONTROL = re.compile("[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]")
_LINES = frozenset({"data.text"})  # a message's text has paragraphs
Judged = tuple[str, Mapping[str, str]] | None


def judge(record: Mapping[str, Any]) -> Judged:
    """The first rule a record breaks, with its arguments; None for a record that is right."""
    for place, text in _texts(record, ""):
        if CONTROL.search(text) or ("\n" in text and place not in _LINES):
            return "has_control", {"where": place}
        if HTML.search(text):
            return "has_html", {"where": place}
    error = _schema_error(record)
    if error is not None:
        broken = {error.validator, *(inner.validator for inner in error.context)}
        return ("too_long" if "maxLength" in broken else "record_invalid"), {"where": error_place(error)}
    zone = zone_of(record["tz"])
    if zone is None:
        return "zone_unknown", {}
    return _times(record, zone)


@cache
def zone_of(name: str) -> ZoneInfo | None:
    """A zone by its IANA name; None for none such."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None


def _times(record: Mapping[str, Any], zone: ZoneInfo) -> Judged:
    data = record.get("data") or {}
    if "start" in record:
        start = datetime.fromisoformat(record["start"])
        if record.get("end") is not None and datetime.fromisoformat(record["end"]) < start:
            return "ends_before_start", {}
        if (local := _local(start, zone)) is None or local.date() != date.fromisoformat(record["day"]):
            return "day_not_of_start", {}
        if local.utcoffset() != start.utcoffset():
            return "day_not_of_start", {}
        if record["type"] == "sleep" and data.get("state") == "none":  # it lasts no time, and says so
            end = record.get("end")
            if end is None or datetime.fromisoformat(end) != start:
                return "record_invalid", {"where": "end"}
    if record["type"] == "absence" and record["op"] == "upsert":
        last = data.get("last_day")
        if last is not None and last < record["day"] and data.get("kind") != "swap_day":
            return "ends_before_start", {}
        first, until = data.get("from"), data.get("to")
        if first and until and until <= first and last in (None, record["day"]):
            return "ends_before_start", {}
    return None


def _local(start: datetime, zone: ZoneInfo) -> datetime | None:
    # years 1 and 9999 leave no room for an offset
    if not datetime(2, 1, 1, tzinfo=UTC) < start < datetime(9998, 1, 1, tzinfo=UTC):
        return None
    return start.astimezone(zone)


def _texts(value: Any, place: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            # a field's name is only repeated when it is one of ours
            named = key if key.isascii() and key.isidentifier() and len(key) < 40 else "?"
            yield f"{place}.{named}".lstrip("."), key
            yield from _texts(inner, f"{place}.{named}".lstrip("."))
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner, place)


def _schema_error(record: Mapping[str, Any]) -> Any:
    return next(iter(_for_type(str(record.get("type")), str(record.get("op"))).iter_errors(record)), None)


@cache
def _for_type(kind: str, op: str) -> Any:
    """The record schema with its conditions on type and op decided beforehand: the same verdict in half the time."""
    whole = validator("record.schema.json")
    schema = dict(whole.schema)
    if kind not in schema["properties"]["type"]["enum"] or op not in schema["properties"]["op"]["enum"]:
        return whole
    branches = []
    for rule in schema["allOf"]:
        asked = rule["if"]["properties"]
        holds = all(
            value in asked[name].get("enum", [asked[name].get("const")])
            for name, value in (("type", kind), ("op", op))
            if name in asked
        )
        if (branch := rule.get("then" if holds else "else")) is not None:
            branches.append(branch)
    schema["allOf"] = branches
    return whole.evolve(schema=schema)


def record_of(raw: bytes) -> dict[str, Any]:
    """A record that is right, from its line; raises NotTaken with the rule it breaks."""
    record = read_object(raw)
    if (wrong := judge(record)) is not None:
        raise NotTaken(wrong[0], **wrong[1])
    return record
