"""Finding somebody or something by what was typed: an id, a whole name, or the beginning of one."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from kindertui.domain.entry.words import fold

T = TypeVar("T")


def pick(typed: str, among: Sequence[T], about: Callable[[T], tuple[str, str]]) -> list[T]:
    """Those that `typed` can mean: by id, else by whole name, else by its first word, else by how the name begins.

    `about` gives (id, name). The caller decides what to say of none or of several.
    """
    wanted = fold(typed)
    if not wanted:
        return []
    tests: tuple[Callable[[str, str], bool], ...] = (
        lambda id, name: id == typed,
        lambda id, name: name == wanted,
        lambda id, name: name.split()[0] == wanted,
        lambda id, name: name.startswith(wanted),
        lambda id, name: _each_begins(name, wanted),
    )
    names = [(one, *about(one)) for one in among]
    for test in tests:
        if found := [one for one, id, name in names if name and test(id, fold(name) or name)]:
            return found
    return []


def _each_begins(name: str, wanted: str) -> bool:
    # `em v` is Emma Visser: each typed word begins a later word of the name
    words = iter(name.split())
    return all(any(word.startswith(part) for word in words) for part in wanted.split())
