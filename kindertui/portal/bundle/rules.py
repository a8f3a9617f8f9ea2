"""Checks a single record: by the schema, and by what a schema cannot say (docs/bundle.md, "Rules")."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from kindertui.domain.delivery import HTML
from kindertui.portal.bundle.format import error_place, validator
from kindertui.portal.bundle.strict import NotTaken, read_object

CONTROL = re.compile("[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]")
_LINES = frozenset({"data.text"})  # a message's text has paragraphs


def check_record(record: Mapping[str, Any]) -> None:
    """Raises NotTaken with the first rule a record breaks."""
    for place, text in _texts(record, ""):
        if CONTROL.search(text) or ("\n" in text and place not in _LINES):
            raise NotTaken("has_control", where=place)
        if HTML.search(text):
            raise NotTaken("has_html", where=place)
    error = _schema_error(record)
    if error is not None:
        broken = {error.validator, *(inner.validator for inner in error.context)}
        raise NotTaken("too_long" if "maxLength" in broken else "record_invalid", where=error_place(error))
    zone = zone_of(record["tz"])
    if zone is None:
        raise NotTaken("zone_unknown")
    _check_times(record, zone)


@cache
def zone_of(name: str) -> ZoneInfo | None:
    """A zone by its IANA name; None for none such."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None


def _check_times(record: Mapping[str, Any], zone: ZoneInfo) -> None:
    data = record.get("data") or {}
    if "start" in record:
        start = datetime.fromisoformat(record["start"])
        end = None if record.get("end") is None else datetime.fromisoformat(record["end"])
        if end is not None and end < start:
            raise NotTaken("ends_before_start")
        local = _local(start, zone)
        on_its_day = local is not None and local.date() == date.fromisoformat(record["day"])
        if local is None or not on_its_day or local.utcoffset() != start.utcoffset():
            raise NotTaken("day_not_of_start")
        if record["type"] == "sleep" and data.get("state") == "none" and end != start:  # it lasts no time, and says so
            raise NotTaken("record_invalid", where="end")
    if record["type"] == "absence" and record["op"] == "upsert":
        last = data.get("last_day")
        first, until = data.get("from"), data.get("to")
        days_reversed = last is not None and last < record["day"] and data.get("kind") != "swap_day"
        if days_reversed or (first and until and until <= first and last in (None, record["day"])):
            raise NotTaken("ends_before_start")


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
    check_record(record)
    return record
