"""The patterns of a language, and where they match: guard_nl.toml says how they are written.

They are read once, into tables that are asked by the letters of a word and not by going through the patterns: a note
is guarded at each key.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from msgspec import Struct

from kindertui.domain.guard_tokens import TextWord, fold

_RANGE = re.compile(r"(\d+(?:\.\d+)?)\.\.(\d+(?:\.\d+)?)(d?)")
_COMPOUND = re.compile(r"[^*@\d]{7,}\*")
_GAP = 3  # words that ~ may stand for
_NEAR = 10  # words from the first to the last of what & joins
_NEAR_SPARED = 7  # the same for what is spared
_NAMED_WHOLE = 6  # words: what & joins is named with what stands between, if it is no longer
_TYPO_FROM = 8  # letters of a word that is known with one letter wrong
_LONG_WORDS = frozenset({"health", "religion", "money"})  # their words are long and far from others
_ABOUT_ILLNESS = ("urgent", "child_matters")  # they look for it too
# How å, ø and æ are typed on a keyboard without them.
_BARE = (str.maketrans({"å": "a", "ø": "o", "æ": "ae"}), str.maketrans({"å": "aa", "ø": "oe", "æ": "ae"}))


class Span(NamedTuple):
    """A run of tokens: the first, and the one after the last."""

    first: int
    after: int


class Rule(Struct, frozen=True):
    """What is looked for in `category`: every one of `parts`, each a run of slots (None is a gap), in one sentence.

    `spared` takes the words out of what is found instead.
    """

    category: str
    spared: bool
    parts: tuple[tuple[int | None, ...], ...]


class Lexicon:
    """The patterns of a language. A slot is a set of words that may stand at one place of a rule."""

    def __init__(self, lists: dict[str, Any]) -> None:
        self._slots: dict[str, int] = {}
        self._alone: set[int] = set()  # the slots of what is looked for in one word
        self._whole: dict[str, set[int]] = {}
        self._begins: dict[str, set[int]] = {}
        self._ends: dict[str, set[int]] = {}
        self._holds: dict[str, set[int]] = {}
        self._numbers: list[tuple[float, float, bool, int]] = []
        self._typos: dict[str, set[str]] = {}
        self._with: dict[int, set[int]] = {}  # the slots that a set is one of the words of
        self._starts: dict[int, list[tuple[Rule, frozenset[int]]]] = {}  # by first slot, with all that a rule needs
        self._compounds: bool = lists.get("compounds", False)
        sets = {name: items(words) for name, words in lists.get("sets", {}).items()}
        for category, patterns in lists.get("find", {}).items():
            self._add(category, patterns, sets, spared=False)
        for category, patterns in lists.get("spare", {}).items():
            self._add(category, patterns, sets, spared=True)
        self._most = max(map(len, self._holds), default=0)
        self._real = frozenset(items(lists.get("real", "")))

    def _add(self, category: str, patterns: str, sets: dict[str, list[str]], *, spared: bool) -> None:
        single: list[str] = []
        for pattern in (one for written in items(patterns) for one in _apart(written)):
            if " " not in pattern:
                single.append(pattern)
                continue
            parts = tuple(
                tuple(None if one == "~" else self._slot(one, sets) for one in part.split())
                for part in pattern.split(" & ")
            )
            self._rule(Rule(category, spared, parts))
        if not spared and self._compounds and category in _LONG_WORDS:
            single = [f"*{one}" if _COMPOUND.fullmatch(one) else one for one in single]
        if single:
            slot = self._slot("|".join(single), sets, whole=True)
            self._alone.add(slot)
            self._rule(Rule(category, spared, ((slot,),)))
        if not spared and category in _LONG_WORDS:
            self._know_typos(single)

    def _rule(self, rule: Rule) -> None:
        first = rule.parts[0][0]
        if any(part[0] is None for part in rule.parts) or first is None:
            raise ValueError(f"a pattern of {rule.category} begins with a gap")
        needs = frozenset(slot for part in rule.parts for slot in part if slot is not None)
        self._starts.setdefault(first, []).append((rule, needs))

    def _slot(self, words: str, sets: dict[str, list[str]], *, whole: bool = False) -> int:
        """The slot for words joined by `|`; `@name` stands for a set. `whole`: a rule of one word each."""
        if words in self._slots:
            return self._slots[words]
        slot = self._slots[words] = len(self._slots)
        if words.startswith("@") and "|" not in words:
            for word in sets[words[1:]]:
                self._word(word, slot, variants=True)
            return slot
        for word in words.split("|"):
            if word.startswith("@"):
                self._with.setdefault(self._slot(word, sets), set()).add(slot)
            else:
                self._word(word, slot, variants=not whole or len(word.strip("*")) >= 4)
        return slot

    def _word(self, pattern: str, slot: int, *, variants: bool) -> None:
        if pattern[0].isdigit() and (number := _RANGE.fullmatch(pattern)):
            self._numbers.append((float(number[1]), float(number[2]), bool(number[3]), slot))
            return
        begins, ends = pattern.endswith("*"), pattern.startswith("*")
        table = (self._holds if ends else self._begins) if begins else (self._ends if ends else self._whole)
        bare = fold(pattern.strip("*"))
        table.setdefault(bare, set()).add(slot)
        if variants and not bare.isascii():
            for letters in _BARE:
                table.setdefault(bare.translate(letters), set()).add(slot)

    def _know_typos(self, patterns: Iterable[str]) -> None:
        for pattern in patterns:
            bare = fold(pattern.strip("*"))
            if len(bare) >= _TYPO_FROM and not pattern.startswith("@"):
                for letters in {bare, *_one_out(bare)}:
                    self._typos.setdefault(letters, set()).add(bare)

    def slots(self, word: str) -> frozenset[int]:
        """Where a word may stand."""
        found: set[int] = set()
        if word[:1].isdigit():
            found.update(self._ranges(word))
        found |= self._letters(word)
        if found.isdisjoint(self._alone) and len(word) >= _TYPO_FROM - 1 and word not in self._real:
            for meant in self._meant(word):
                found |= self._letters(meant)
        for slot in found & self._with.keys():
            found |= self._with[slot]
        return frozenset(found)

    def _ranges(self, number: str) -> Iterator[int]:
        value, one_decimal = float(number.replace(",", ".")), number[-2:-1] in (".", ",")
        for low, high, decimal, slot in self._numbers:
            if low <= value <= high and (one_decimal or not decimal):
                yield slot

    def _letters(self, word: str) -> set[int]:
        found = set(self._whole.get(word, ()))
        length = len(word)
        for at in range(length):
            found.update(self._begins.get(word[: at + 1], ()), self._ends.get(word[at:], ()))
            for end in range(at + 3, min(length, at + self._most) + 1):
                if here := self._holds.get(word[at:end]):
                    found |= here
        return found

    def _meant(self, word: str) -> Iterator[str]:
        """The long words of the lists that this begins with, but for one letter."""
        for size in range(_TYPO_FROM - 1, len(word) + 1):
            head, tail = word[:size], word[size:]
            if tail and len(tail) > 4:
                continue
            for letters in (head, *_one_out(head)):
                for meant in self._typos.get(letters, ()):
                    if meant[:2] == word[:2] and _near(head, meant):
                        yield meant + tail

    def find(self, found: Sequence[TextWord], slots: Sequence[frozenset[int]]) -> dict[str, list[Span]]:
        """By category what is found in the words and not spared; `slots` are those of each word."""
        places: dict[int, list[int]] = {}
        for at, here in enumerate(slots):
            for slot in here:
                places.setdefault(slot, []).append(at)
        wanted: dict[str, list[tuple[Span, ...]]] = {}
        passed: dict[str, set[int]] = {}
        for start in places.keys() & self._starts.keys():
            for rule, needs in self._starts[start]:
                if needs <= places.keys():
                    parts = [_runs(part, found, slots, places) for part in rule.parts]
                    near = _NEAR_SPARED if rule.spared else _NEAR
                    matches = _joined(parts, found, near)
                    if not rule.spared:
                        wanted.setdefault(rule.category, []).extend(matches)
                    else:
                        around = _joined(parts[::-1], found, near)  # each place of any part, not of the first alone
                        passed.setdefault(rule.category, set()).update(_covered(matches), _covered(around))
        ill = passed.get("health", set())  # what is no illness is not urgent either
        for category in _ABOUT_ILLNESS:
            passed[category] = passed.get(category, set()) | ill
        kept = {category: _unspared(matches, passed.get(category, set())) for category, matches in wanted.items()}
        return {category: spans for category, spans in kept.items() if spans}


def _runs(
    phrase: tuple[int | None, ...],
    found: Sequence[TextWord],
    slots: Sequence[frozenset[int]],
    places: dict[int, list[int]],
) -> list[Span]:
    """Every run of tokens that the phrase matches."""
    starts = places[phrase[0]] if phrase[0] is not None else ()
    return [Span(at, end) for at in starts if (end := _ends(phrase, found, slots, at))]


def _joined(parts: Sequence[list[Span]], found: Sequence[TextWord], near: int) -> list[tuple[Span, ...]]:
    """For each place of the first part, the nearest of the others in its sentence; nothing where one is missing."""
    if len(parts) == 1:
        return [(span,) for span in parts[0]]
    matches: list[tuple[Span, ...]] = []
    for span in parts[0]:
        run, match = span, [span]
        for others in parts[1:]:
            beside = [other for other in others if _beside(run, match, other, found, near)]
            if not beside:
                break
            nearest = min(beside, key=lambda other: max(run.after, other.after) - min(run.first, other.first))
            run = Span(min(run.first, nearest.first), max(run.after, nearest.after))
            match.append(nearest)
        else:
            matches.append(tuple(match))
    return matches


def _covered(matches: Iterable[tuple[Span, ...]]) -> set[int]:
    return {at for match in matches for span in match for at in range(span.first, span.after)}


def items(patterns: str) -> list[str]:
    """The patterns of a list, which stand between commas and new lines."""
    return [one for part in re.split(r"[,\n]", patterns) if (one := " ".join(part.split()))]


def _apart(pattern: str) -> Iterator[str]:
    """A pattern for each phrase that `_` makes one of the alternatives: `a & b|c_d` is `a & b` and `a & c d`."""
    if "_" not in pattern:
        yield pattern
        return
    places = pattern.split()
    at = next(number for number, one in enumerate(places) if "_" in one)
    words = [one for one in places[at].split("|") if "_" not in one]
    phrases = [one.replace("_", " ") for one in places[at].split("|") if "_" in one]
    for instead in ("|".join(words), *phrases):
        if instead:
            yield from _apart(" ".join((*places[:at], instead, *places[at + 1 :])))


def _one_out(word: str) -> Iterator[str]:
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]


def _near(one: str, other: str) -> bool:
    """Does one letter more, less, other, or two changed about make the one the other?"""
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    same = 0
    while same < min(len(one), len(other)) and one[same] == other[same]:
        same += 1
    a, b = one[same:], other[same:]
    return a[1:] == b or a == b[1:] or a[1:] == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])


def _ends(
    phrase: tuple[int | None, ...],
    found: Sequence[TextWord],
    slots: Sequence[frozenset[int]],
    at: int,
    sentence: int = -1,
) -> int:
    """The token after the phrase when it begins at `at`, else 0; it stays within its sentence."""
    if not phrase:
        return at
    if at >= len(found) or (0 <= sentence != found[at].sentence):
        return 0
    sentence = found[at].sentence
    head = phrase[0]
    if head is None:
        steps = (_ends(phrase[1:], found, slots, at + gap, sentence) for gap in range(_GAP + 1))
        return next((end for end in steps if end), 0)
    return _ends(phrase[1:], found, slots, at + 1, sentence) if head in slots[at] else 0


def _beside(run: Span, match: Sequence[Span], other: Span, found: Sequence[TextWord], near: int) -> bool:
    """In one sentence, near each other, and no word of `match`; it may stand between two of them."""
    first, after = min(run.first, other.first), max(run.after, other.after)
    apart = all(one.after <= other.first or other.after <= one.first for one in match)
    return apart and after - first <= near and found[first].sentence == found[after - 1].sentence


def _unspared(matches: Iterable[tuple[Span, ...]], passed: set[int]) -> list[Span]:
    spans: set[Span] = set()
    for match in matches:
        if passed.isdisjoint(_covered([match])):
            first, after = min(span.first for span in match), max(span.after for span in match)
            spans.update([Span(first, after)] if after - first <= _NAMED_WHOLE else match)
    return sorted(spans)
