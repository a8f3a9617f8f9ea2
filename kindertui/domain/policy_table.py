"""Takes the values out of one table of a profile by name and type, and says where something is wrong or left over."""

from collections.abc import Mapping, Sequence
from datetime import time
from typing import Annotated, Any, Literal, TypeVar, cast, get_args, get_origin

from msgspec import NODEFAULT, Struct
from msgspec.structs import fields

from kindertui.domain.policy import Origin, PolicyProblem

S = TypeVar("S", bound=Struct)
T = TypeVar("T", bound=str)
_ORIGIN_KEYS = frozenset({"source", "uncertain", "one_organisation"})


class ProfileTable:
    """One table and its dotted path. `origins` collects the sources of all tables by path.

    As a context manager it keeps the table's origin at the start and refuses what nobody took at the end.
    """

    def __init__(self, data: Any, path: str, origins: dict[str, Origin], sources: Mapping[str, str]) -> None:
        if not isinstance(data, dict):
            raise PolicyProblem(path, "wrong_type", {"expected": "a table"})
        self.data: dict[str, Any] = data
        self.path, self.origins, self.sources = path, origins, sources
        self.taken: set[str] = set()

    def __enter__(self) -> "ProfileTable":
        self.origin()
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if error is None:
            self.done()

    def at(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key

    def fill(self, kind: type[S], **given: Any) -> S:
        """A Struct from the values under its fields' names, each checked by the field's type, in the fields' order.

        A field's default stands where there is no value. `given` are fields that are found some other way; a function
        is called when it is its field's turn.
        """
        found: dict[str, Any] = {}
        for one in fields(kind):
            if one.name in given:
                found[one.name] = given[one.name]() if callable(given[one.name]) else given[one.name]
            else:
                found[one.name] = self._of_type(one.name, one.type, None if one.default is NODEFAULT else one.default)
        return kind(**found)

    def _of_type(self, key: str, kind: Any, default: Any) -> Any:
        if kind is bool:
            return self.flag(key, default)
        if kind is str:
            return self.text(key, default)
        if kind == time | None:
            return self.clock(key)
        form, inner = get_origin(kind), get_args(kind)
        if form is Annotated:
            return self.number(key, inner[1].ge, inner[1].le, default)
        if form is Literal:
            return self.choice(key, inner, default)
        return form(self.choices(key, get_args(inner[0]), default))  # a tuple or a set of words

    def _take(self, key: str, kind: type, expected: str, default: Any) -> Any:
        self.taken.add(key)
        if key not in self.data:
            if default is None:
                raise self._missing(key)
            return default
        value = self.data[key]
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise PolicyProblem(self.at(key), "wrong_type", {"expected": expected})
        return value

    def text(self, key: str, default: str | None = None) -> str:
        return cast(str, self._take(key, str, "a text", default))

    def flag(self, key: str, default: bool | None = None) -> bool:
        return cast(bool, self._take(key, bool, "true or false", default))

    def number(self, key: str, low: int, high: int, default: int | None = None) -> int:
        value = cast(int, self._take(key, int, "a whole number", default))
        if not low <= value <= high:
            raise PolicyProblem(self.at(key), "out_of_range", {"found": str(value), "expected": f"{low} to {high}"})
        return value

    def decimal(self, key: str, low: float, high: float) -> float:
        """A number, whole or not."""
        self.taken.add(key)
        value = self.data.get(key)
        if value is None:
            raise self._missing(key)
        if not isinstance(value, int | float) or isinstance(value, bool):
            raise PolicyProblem(self.at(key), "wrong_type", {"expected": "a number"})
        if not low <= value <= high:  # as nan is not either
            expected = f"{low:g} to {high:g}"
            raise PolicyProblem(self.at(key), "out_of_range", {"found": str(value), "expected": expected})
        return float(value)

    def choice(self, key: str, choices: Sequence[T], default: T | None = None) -> T:
        value = self.text(key, default)
        if value not in choices:
            raise PolicyProblem(
                self.at(key), "not_one_of", {"found": value, "expected": ", ".join(filter(None, choices))}
            )
        return cast(T, value)

    def choices(self, key: str, choices: Sequence[T], default: tuple[T, ...] | None = None) -> tuple[T, ...]:
        values = self._take(key, list, "a list of texts", None if default is None else list(default))
        for value in values:
            if not isinstance(value, str):
                raise PolicyProblem(self.at(key), "wrong_type", {"expected": "a list of texts"})
            if value not in choices:
                raise PolicyProblem(self.at(key), "not_one_of", {"found": value, "expected": ", ".join(choices)})
        return tuple(values)

    def clock(self, key: str) -> time | None:
        """HH:MM, or none."""
        value = self.text(key)
        if value == "none":
            return None
        hours, colon, minutes = value.partition(":")
        if not (colon and len(hours) == len(minutes) == 2 and (hours + minutes).isdecimal() and value.isascii()):
            raise PolicyProblem(self.at(key), "bad_time", {"found": value})
        if int(hours) > 23 or int(minutes) > 59:
            raise PolicyProblem(self.at(key), "bad_time", {"found": value})
        return time(int(hours), int(minutes))

    def table(self, key: str, *, required: bool = True) -> "ProfileTable":
        self.taken.add(key)
        if key not in self.data and required:
            raise self._missing(key)
        return ProfileTable(self.data.get(key, {}), self.at(key), self.origins, self.sources)

    def origin(self) -> None:
        """Keeps where this table's values come from; the source must be listed."""
        origin = Origin(self.text("source"), self.flag("uncertain", False), self.flag("one_organisation", False))
        for source in origin.source.split() or [""]:
            if source not in self.sources:
                raise PolicyProblem(self.at("source"), "unknown_source", {"found": source})
        self.origins[self.path] = origin

    def _missing(self, key: str) -> PolicyProblem:
        """A misspelled key is the likeliest reason for a missing one: then that one is named."""
        typo = _nearest(key, [found for found in self.data if found not in self.taken | _ORIGIN_KEYS])
        if typo:
            return PolicyProblem(self.at(typo), "unknown_key", {"nearest": key})
        return PolicyProblem(self.at(key), "missing_key")

    def only(self, *known: str) -> None:
        """Refuses keys that nobody asked for."""
        for key in self.data:
            if key not in known and key not in _ORIGIN_KEYS:
                nearest = _nearest(key, sorted(known))
                raise PolicyProblem(self.at(key), "unknown_key", {"nearest": nearest} if nearest else {})

    def done(self) -> None:
        self.only(*self.taken)


def _nearest(key: str, known: Sequence[str]) -> str:
    from difflib import get_close_matches  # only a typo pays for it

    return next(iter(get_close_matches(key, known, 1, 0.7)), "")
