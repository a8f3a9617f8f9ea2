"""The guard's words of each language: guard_nl.toml, guard_nb.toml, guard_en.toml and guard_plain.toml."""

import tomllib
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from kindertui.domain.guard_patterns import Lexicon, Span, items
from kindertui.domain.guard_tokens import TextWord, fold

LANGUAGES = ("nl", "nb", "en")


def list_file(language: str) -> Path:
    """Where the patterns of one of LANGUAGES are written, or the `plain` words of all."""
    return Path(__file__).with_name(f"guard_{language}.toml")


@cache
def _plain() -> dict[str, dict[str, str]]:
    return tomllib.loads(list_file("plain").read_text(encoding="utf-8"))


def _lists(language: str) -> dict[str, Any]:
    return tomllib.loads(list_file(language).read_text(encoding="utf-8")) if language in LANGUAGES else {}


@cache
def lexicon(language: str) -> Lexicon:
    """What to look for in a language; nothing in one without lists."""
    return Lexicon(_lists(language))


@lru_cache(maxsize=4096)
def _slots_of(language: str, word: str) -> frozenset[int]:
    return lexicon(language).slots(word)


def matters(found: Sequence[TextWord], language: str) -> dict[str, list[Span]]:
    """By category, the places in a text of what its list looks for."""
    return lexicon(language).find(found, [_slots_of(language, token.word) for token in found])


@cache
def words(language: str, name: str) -> frozenset[str]:
    """One of the lists of guard_plain.toml: `ordinary`, `acts`, `common`, `family`."""
    return frozenset(map(fold, items(_plain().get(language, {}).get(name, ""))))


def languages_of(found: Sequence[TextWord], language: str) -> tuple[str, ...]:
    """The language given, and the one the text is plainly written in when that is another."""
    seen = {token.word for token in found}
    counts = {name: len(seen & words(name, "common")) for name in LANGUAGES}
    likeliest = max(counts, key=lambda name: counts[name])
    if likeliest != language and counts[likeliest] >= 2 and counts[likeliest] > counts.get(language, 0):
        return (language, likeliest)
    return (language,)
