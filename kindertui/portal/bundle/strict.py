"""A strict JSON reader for lines from outside (RFC 8259, and no more than a record needs).

Python's own reader accepts NaN, repeated keys and lone surrogates, and fails with RecursionError on deep nesting.
"""

import json
import math
from typing import Any

from kindertui.portal.bundle.format import LINE_BYTES

_DEPTH = 12
_BIG = 2**53  # the largest whole number every reader keeps exactly


class NotTaken(ValueError):
    """A line that cannot be read; `rule` is one of domain.incoming.QUARANTINE_RULES."""

    def __init__(self, rule: str, **args: str) -> None:
        super().__init__(rule)
        self.rule = rule
        self.args_ = args


def read_object(raw: bytes, *, limit: int = LINE_BYTES) -> dict[str, Any]:
    """The JSON object in `raw`; raises NotTaken."""
    if len(raw) > limit:
        raise NotTaken("line_too_long", limit=str(limit))
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise NotTaken("not_utf8", at=str(error.start + 1)) from None
    try:
        value = json.loads(
            text, object_pairs_hook=_object, parse_constant=_constant, parse_float=_float, parse_int=_int
        )
    except RecursionError:
        raise NotTaken("too_deep") from None
    except json.JSONDecodeError as error:
        raise NotTaken("not_json", at=str(error.colno)) from None
    if not isinstance(value, dict):
        raise NotTaken("not_json", at="1")
    _walk(value, 1)
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise NotTaken("key_twice_in_record")
    return found


def _constant(name: str) -> Any:
    raise NotTaken("number_not_finite")


def _float(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise NotTaken("number_not_finite")
    return value


def _int(text: str) -> int:
    # before int(): it refuses over 4300 digits with an error of its own
    if len(text) > 17 or abs(int(text)) > _BIG:
        raise NotTaken("number_too_big")
    return int(text)


def _walk(value: Any, depth: int) -> None:
    if depth > _DEPTH:
        raise NotTaken("too_deep")
    if isinstance(value, str):
        if not value.isascii() and any("\ud800" <= character <= "\udfff" for character in value):
            raise NotTaken("has_surrogate")
    elif isinstance(value, dict):
        for key, inner in value.items():
            _walk(key, depth)
            _walk(inner, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            _walk(inner, depth + 1)
