"""Loads a portal's profile: the neutral rules of the house, under the portal's own, under the location's file."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kindertui.domain import policy_read
from kindertui.domain.policy import Policy, PolicyProblem
from kindertui.files import open_regular

BASE = "open"
_DIRECTORY = Path(__file__).parent / "profiles"
_ABOUT_SOURCES = ("source", "uncertain", "one_organisation")
_BY_CLOCK = ("at", "days_before")
_BY_HOURS = ("hours_before",)


class ProfileUnknown(LookupError):
    """No such profile. `profile_id` is what was asked for, `known` what there is."""

    def __init__(self, profile_id: str) -> None:
        self.profile_id = profile_id
        self.known = names()
        super().__init__(f"no such profile: {profile_id}; there are {', '.join(self.known)}")


def names() -> tuple[str, ...]:
    """The ids of the profiles that are shipped, in alphabetical order."""
    return tuple(sorted(path.stem for path in _DIRECTORY.glob("*.toml")))


def load(profile_id: str, overrides: Path | None = None) -> Policy:
    """The policy of a profile with the location's file over it (one that does not exist changes nothing).

    Raises ProfileUnknown, PolicyProblem for a value that does not fit and for a file that cannot be read. A
    value overridden without a source of its own is marked as the location's.
    """
    # Asked by name, never by building a path from it: a profile id is text from a database or a command line.
    if profile_id not in names():
        raise ProfileUnknown(profile_id)
    data = read_profile(BASE)
    if profile_id != BASE:
        merge(data, read_profile(profile_id))
    if overrides is not None and overrides.exists():
        own = _read(overrides)
        for key in ("id", "sources", "sources_in"):
            if key in own:
                raise PolicyProblem(key, "unknown_key")
        merge(data, own, source="location")
    return policy_read.read(data)


def read_profile(profile_id: str) -> dict[str, Any]:
    """One shipped profile's own tables, without the base under it."""
    return _read(_DIRECTORY / f"{profile_id}.toml")


def _read(path: Path) -> dict[str, Any]:
    try:
        with open_regular(path) as file:
            return tomllib.loads(file.read().decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise PolicyProblem(path.name, "syntax", {"found": str(problem)}) from None
    except RecursionError:
        raise PolicyProblem(path.name, "nested") from None
    except OSError as problem:
        raise PolicyProblem(path.name, "unreadable", {"found": problem.strerror or ""}) from None


def merge(under: dict[str, Any], over: Mapping[str, Any], source: str = "") -> None:
    """Lays `over` on `under`, table by table. Where a table gets a value, it gets that value's origin too."""
    has_values = any(not isinstance(value, dict) for value in over.values())
    if has_values and ("source" in under or source):
        for key in _ABOUT_SOURCES[1:]:
            under.pop(key, None)
        if source and (not under or "source" in under):  # a container of tables and the file itself carry none
            under["source"] = source
    for one, other in (_BY_CLOCK, _BY_HOURS), (_BY_HOURS, _BY_CLOCK):  # the two ways to give a deadline
        if any(key in over for key in one):
            for key in other:
                under.pop(key, None)
    for key, value in over.items():
        if isinstance(value, dict):
            if not isinstance(under.get(key), dict):
                under[key] = {}
            merge(under[key], value, source)
        else:
            under[key] = value
