"""Judges what parents may read of a day: each text of an entry, by the message guard and the names of all children.

Like plausibility it is asked at every key and once more inside the transaction; what was found in a text is kept.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import get_args

from msgspec import Struct

from kindertui.domain.daylog import SENSITIVITY, STAFF_ONLY, Entry
from kindertui.domain.delivery import HTML
from kindertui.domain.entry.model import Plan, Step
from kindertui.domain.guard import GuardFinding, GuardRuleId, check_text
from kindertui.domain.guard_names import Name, forms, is_family, name_words
from kindertui.domain.guard_tokens import TextWord, tokens
from kindertui.domain.guard_words import languages_of
from kindertui.domain.people import Child
from kindertui.domain.plausibility import Finding
from kindertui.domain.policy import Policy

# Rules of the findings that come from here; phrases/parents.py has a sentence for each.
NOT_SENDABLE = "not_sendable"
PARENT_RULES: frozenset[str] = frozenset((NOT_SENDABLE, *(f"parents_{rule}" for rule in get_args(GuardRuleId))))
_NAMED = "other_child_named"
_MOST_TEXTS = 64  # found in so many texts is kept: what is being typed, and what Up brings back
EVERYBODY = ""  # the child of a finding in a text for all: a menu that is kept


class _Found(Struct, frozen=True):
    """What was found in one text: its matters, and for each child's name in it whose it may be."""

    matters: tuple[GuardFinding, ...]
    names: tuple[tuple[str, frozenset[str]], ...]
    named: GuardFinding | None


class ParentGuard:
    """The guard of one location: its children, its portal's rules, the language that parents read.

    `manager`: who writes may send what was found, once it was read; nobody else can. `children` are all of the
    location, those who left too.
    """

    def __init__(self, children: Iterable[Child], policy: Policy, language: str, *, manager: bool = False) -> None:
        self.policy, self.language, self.manager = policy, policy.log_language or language, manager
        self._by_word: dict[str, list[str]] = {}  # the names that begin with a word
        self._owners: dict[Name, set[str]] = {}
        self._families: dict[str, dict[Name, set[str]]] = {}  # surnames by their last word: the first is often `van`
        self._kin: dict[Name, set[str]] = {}  # the children of a surname
        for child in children:
            for name in {child.given_name, child.full_name}:
                words = name_words(name)
                if not words:
                    continue
                if child.id not in self._owners.setdefault(words, set()):
                    self._owners[words].add(child.id)
                    self._by_word.setdefault(words[0], []).append(name)
            if surname := name_words(child.full_name)[len(name_words(child.given_name)) :]:
                self._kin.setdefault(surname, set()).add(child.id)
                names = self._families.setdefault(surname[-1], {}).setdefault(surname, set())
                names |= {child.given_name, child.full_name}
        self._texts: dict[str, _Found] = {}

    def plan(
        self, plan: Plan, asleep: Callable[[str], Entry | None], *, replacing: Entry | None = None
    ) -> tuple[Finding, ...]:
        """What speaks against the texts of a plan, as it was typed; `replacing` is the entry that it corrects.

        `asleep` gives the open sleep of a child, to which the words of `woke` are added.
        """
        found: list[Finding] = []
        for part in plan.parts:
            if isinstance(part, Step):
                found += self.step(part, asleep, replacing=replacing)
        return tuple(found)

    def step(
        self, step: Step, asleep: Callable[[str], Entry | None], *, replacing: Entry | None = None
    ) -> tuple[Finding, ...]:
        """What speaks against the text of one step, for each child whose parents would read it."""
        if not self._is_read(step) or (replacing is not None and _stands(step, replacing)):
            return ()
        children = step.children or (EVERYBODY,)
        if step.ends_open:
            sleeps = ((child_id, asleep(child_id)) for child_id in children)
            children = tuple(child_id for child_id, sleep in sleeps if sleep is None or not sleep.for_staff)
        return tuple(one for child_id in children for one in self.text(step.text, child_id))

    def text(self, text: str, child_id: str) -> tuple[Finding, ...]:
        """What speaks against a text that the parents of one child read."""
        if found_html := HTML.search(text):
            return (Finding(NOT_SENDABLE, "error", child_id, {"words": found_html.group()}),)
        found = self._found(text)
        if not (found.matters or found.names):
            return ()
        result = [self._finding(one, child_id, one.words) for one in found.matters]
        others = dict.fromkeys(word for word, owners in found.names if child_id not in owners)
        if others and found.named is not None:
            result.append(self._finding(found.named, child_id, others))
        return tuple(result)

    def begins_with(self, text: str) -> tuple[str, frozenset[str]]:
        """The name that a text begins with, and whose it may be; nothing where it begins with none."""
        names = self._found(text).names
        return names[0] if names and text.startswith(names[0][0]) else ("", frozenset())

    def _is_read(self, step: Step) -> bool:
        if not step.text or step.for_staff or step.kind in STAFF_ONLY:
            return False
        return self.policy.may_leave("guardians", SENSITIVITY.get(step.kind, "none"))

    def _finding(self, one: GuardFinding, child_id: str, words: Iterable[str]) -> Finding:
        args = {"words": "\n".join(words), "way": one.instead, "category": one.category, "level": one.level}
        return Finding(f"parents_{one.rule}", "warning" if self.manager else "error", child_id, args)

    def _found(self, text: str) -> _Found:
        if text not in self._texts:
            if len(self._texts) >= _MOST_TEXTS:
                self._texts.clear()
            self._texts[text] = self._look(text)
        return self._texts[text]

    def _look(self, text: str) -> _Found:
        """Looks only for names whose first word or whole surname stands in the text: a location has hundreds."""
        found = tokens(text)
        words = {form for token in found for some in forms(token.word) for form in some}
        names = {name for word in words for name in self._by_word.get(word, ())}
        for word in words:
            for surname, kin in self._families.get(word, {}).items():
                if words.issuperset(surname):
                    names |= kin
        matters = check_text(text, self.language, sorted(names), self.policy)
        named = next((one for one in matters if one.rule == _NAMED), None)
        places = self._places(text, found, named) if named else ()
        return _Found(tuple(one for one in matters if one is not named), places, named)

    def _places(
        self, text: str, found: Sequence[TextWord], named: GuardFinding
    ) -> tuple[tuple[str, frozenset[str]], ...]:
        """Each name in a text, and whose it may be."""
        languages = languages_of(found, self.language)
        before = {after.start: token.word for token, after in pairwise(found)}
        return tuple(
            (text[start:end], self._whose(text[start:end], family=is_family(before.get(start, ""), languages)))
            for start, end in named.spans
        )

    def _whose(self, shown: str, *, family: bool) -> frozenset[str]:
        """A surname is also a name of its whole family where no child is called so, or right behind `familie`."""
        *front, last = name_words(shown)
        as_name, as_diminutive = ([(*front, form) for form in some] for some in forms(last))
        owners = _all_of(self._owners, as_name)
        if family or not owners:
            owners |= _all_of(self._kin, as_name)
        return owners or _all_of(self._owners, as_diminutive)


def _all_of(owners: dict[Name, set[str]], names: Iterable[Name]) -> frozenset[str]:
    return frozenset(child_id for name in names for child_id in owners.get(name, ()))


def _stands(step: Step, entry: Entry) -> bool:
    """Did parents read just this before?"""
    return step.text == entry.text and not entry.for_staff and entry.kind not in STAFF_ONLY


def overridden(findings: Iterable[Finding], child_id: str) -> tuple[str, ...]:
    """The categories of what was found of a child's text and is saved all the same."""
    mine = (one for one in findings if one.rule in PARENT_RULES and one.child_id == child_id)
    return tuple(dict.fromkeys(one.args["category"] for one in mine))
