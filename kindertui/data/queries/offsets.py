"""Local time inside SQL: the offsets of a zone over a period, as a CASE that SQLite can walk."""

from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

_STEP = 7 * 86_400  # no zone has ever changed its offset twice within a week


def transitions(zone: ZoneInfo, first: int, last: int) -> tuple[tuple[int, int], ...]:
    """(from this Unix second, this offset in seconds), ascending, for all seconds from `first` to `last`."""
    found = [(first, _offset(zone, first))]
    at = first
    while at < last:
        after = min(at + _STEP, last)
        if (offset := _offset(zone, after)) != found[-1][1]:
            low, high = at, after
            while high - low > 1:
                middle = (low + high) // 2
                low, high = (middle, high) if _offset(zone, middle) == found[-1][1] else (low, middle)
            found.append((high, offset))
        at = after
    return tuple(found)


def rfc3339(column: str, zones: dict[str, tuple[tuple[int, int], ...]], zone_column: str) -> str:
    """SQL for `column` (Unix seconds) as RFC 3339 in the zone named in `zone_column`; `zones`: `transitions` by name.

    Halved at each step: ten years of two changes a year cost five comparisons.
    """
    trees = {name: _tree(column, steps, lambda offset: _stamp(column, offset)) for name, steps in zones.items()}
    if len(trees) == 1:
        return next(iter(trees.values()))
    cases = " ".join(f"WHEN '{name}' THEN {tree}" for name, tree in trees.items())
    return f"CASE {zone_column} {cases} END"


def _offset(zone: ZoneInfo, second: int) -> int:
    delta = datetime.fromtimestamp(second, UTC).astimezone(zone).utcoffset()
    return int(delta.total_seconds()) if delta is not None else 0


def _stamp(column: str, offset: int) -> str:
    hours, rest = divmod(abs(offset), 3600)
    sign = "-" if offset < 0 else "+"
    local = f"{column} + {offset}, 'unixepoch'"
    # date and time are a tenth of the whole export faster than strftime, which reads its pattern for every row
    return f"(date({local}) || 'T' || time({local}) || '{sign}{hours:02}:{rest // 60:02}')"


def _tree(column: str, steps: tuple[tuple[int, int], ...], leaf: Callable[[int], str]) -> str:
    if len(steps) == 1:
        return leaf(steps[0][1])
    middle = len(steps) // 2
    below, above = _tree(column, steps[:middle], leaf), _tree(column, steps[middle:], leaf)
    return f"CASE WHEN {column} < {steps[middle][0]} THEN {below} ELSE {above} END"
