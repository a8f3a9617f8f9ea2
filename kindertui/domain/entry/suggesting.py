"""Says whose name a word that is nobody's looks like: `no child is called Braam: Bram?`"""

from collections.abc import Iterable
from difflib import SequenceMatcher

from msgspec.structs import replace

from kindertui.domain.entry.model import LineProblem, Roster
from kindertui.domain.entry.names import spelled
from kindertui.domain.entry.words import Vocabulary

_LIKE = 0.7  # of 1, how much a mistyped name has to look like the one that is suggested (house rule)
_LEAST = 3  # letters of a word that can look like another
_MOST = 3  # names that a sentence suggests
_UNKNOWN = frozenset({"name_unknown", "word_unknown", "verb_unknown"})


def with_nearest(problem: LineProblem, roster: Roster, vocabulary: Vocabulary) -> LineProblem:
    """The problem of a word that is no name, with the names it looks like; as it is where it looks like none."""
    typed = spelled(problem.args.get("word", ""))
    if problem.rule not in _UNKNOWN or len(typed) < _LEAST or not typed[0].isalpha():
        return problem
    here = {child.full_name: _likeness(typed, spelled(child.given_name)) for child in roster.children}
    there = {
        f"{child.full_name} ({child.group})": _likeness(typed, form)
        for form, children in roster.others.by_name.items()
        if form[0] == typed[0]
        for child in children
        if child.placed
    }
    found = {name: like for name, like in (here | there).items() if like}
    best = max(found.values(), default=0.0)
    if not found or best == 1 or (problem.rule != "name_unknown" and best <= _best(typed, vocabulary.words)):
        return problem
    names = sorted((name for name, like in found.items() if like == best))[:_MOST]
    return replace(problem, rule="name_near", args={**problem.args, "names": ", ".join(names)})


def _best(typed: str, words: Iterable[str]) -> float:
    return max((_likeness(typed, word) for word in words), default=0.0)


def _likeness(typed: str, name: str) -> float:
    """How much they look alike, 0 where it is not enough to say so."""
    if abs(len(typed) - len(name)) > 2:
        return 0.0
    matcher = SequenceMatcher(None, typed, name)
    if matcher.real_quick_ratio() < _LIKE or matcher.quick_ratio() < _LIKE:
        return 0.0
    ratio = matcher.ratio()
    return ratio if ratio >= _LIKE else 0.0
