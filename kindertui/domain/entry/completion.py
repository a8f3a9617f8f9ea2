"""Completes what is typed at the cursor, best first: names, verbs, contents, portions, days, texts written before.

Names of those who are in come first; then what is used more; then the order of the day (verbs) or the alphabet.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime

from msgspec import Struct

from kindertui.domain.entry.command_words import CHILD_COMMANDS, COMMAND_WORDS, GROUP_COMMANDS
from kindertui.domain.entry.context import Context
from kindertui.domain.entry.model import LineRefused, Roster, Usage, text_key
from kindertui.domain.entry.moments import clock
from kindertui.domain.entry.name_reader import COMMAS
from kindertui.domain.entry.names import known
from kindertui.domain.entry.no_sleep import NoSleep, read_no_sleep
from kindertui.domain.entry.reading import leading, only_words
from kindertui.domain.entry.tokens import Token, escape, make, tokens
from kindertui.domain.entry.who import awaits_name, try_who
from kindertui.domain.entry.words import (
    ALL_WORDS,
    EXCEPT_WORDS,
    MEAL_VERBS,
    MENU_WORDS,
    REPORT_WORDS,
    VERB_KIND,
    VERB_WORDS,
    Vocabulary,
    Word,
    beginning,
    content_words,
    fold,
    meal_words,
    no_sleep_words,
    past_words,
    portion_words,
    recall_words,
    vocabulary,
)

_LONGEST_NAME = 4  # words before the one at the cursor that may belong to a name
_ANY_DAY = datetime(2000, 1, 1)


class Completion(Struct, frozen=True):
    """`words` may each stand in the line from column `start` up to the cursor."""

    start: int
    words: tuple[str, ...] = ()


class _Typed(Struct, frozen=True):
    """The entry at the cursor: its words before the one that is being typed, and that one; and what it may mean."""

    line: str
    begin: int
    earlier: list[Token]
    first: bool
    roster: Roster
    language: str
    known: Vocabulary
    usage: Usage

    def all_of(self, words: Iterable[str]) -> "_Found":
        """The words that begin as what is being typed."""
        return [(self.begin, one) for one in words if fold(one).startswith(self.word)]

    @property
    def word(self) -> str:
        return fold(self.line[self.begin :])


_Found = list[tuple[int, str]]  # candidates, each with the column it begins at


def complete(line: str, cursor: int, roster: Roster, language: str, usage: Usage | None = None) -> Completion:
    """What may stand for the word, or the whole text, that the cursor is in or behind; nothing where a line begins."""
    before = line[: max(0, cursor)]
    words = vocabulary(language)
    begin = _begin(before, roster, words)
    earlier = _earlier(before[:begin])
    typed = _Typed(before, begin, earlier, ";" not in before, roster, language, words, usage or Usage())
    if not typed.word and not typed.earlier:
        return Completion(begin)
    found = _candidates(typed)
    start = min((at for at, _ in found), default=begin)
    return Completion(start, tuple(dict.fromkeys(before[start:at] + word for at, word in found)))


def _begin(before: str, roster: Roster, words: Vocabulary) -> int:
    """Where the word begins that is being typed; a comma ends one between names: `aya,br`."""
    begin = max(before.rfind(" "), before.rfind(";")) + 1
    comma = max(before.rfind(one) for one in COMMAS) + 1
    earlier = _earlier(before[:comma]) if comma > begin else []
    return comma if earlier and awaits_name(earlier, roster, words) else begin


def _earlier(head: str) -> list[Token]:
    entries = tokens(head) if head.strip() and not head.rstrip().endswith(";") else []
    return entries[-1] if entries else []


def _candidates(typed: _Typed) -> _Found:
    earlier, word = [one for one in typed.earlier if not one.text.startswith("@")], typed.word
    verb_at = _verb_at(typed, earlier)
    if verb_at is not None:
        return _after_verb(typed, earlier[verb_at:])
    if word.startswith("@") and typed.first:
        return [(typed.begin, "@" + day) for day in past_words(typed.language, word[1:])]
    if word.startswith("-") and earlier and earlier[0].folded in typed.known.everybody:
        return [(typed.begin, "-" + name) for name in _names(typed, word[1:])]
    if earlier and typed.first and awaits_name(earlier, typed.roster, typed.known):
        return [(typed.begin, name) for name in _names(typed, word)] if word else []
    begins = typed.first and not earlier
    everybody = ALL_WORDS.get(typed.language, "all").split()[:1] if begins and word else []
    commands = COMMAND_WORDS["en"].keys() if begins else CHILD_COMMANDS if typed.first else ()
    found = _longer_names(typed, earlier) if typed.first else []
    if found and try_who(earlier, typed.roster, typed.known) is None:
        return found  # what is typed so far may be several children: only more of a name tells them apart
    of_all = len(earlier) == 1 and earlier[0].folded in typed.known.everybody
    names = _names(typed, word) if word and typed.first and not found and not of_all else []
    verbs = _verbs(typed, () if of_all else commands, menu=not earlier)
    excepts = EXCEPT_WORDS.get(typed.language, "").split()[:1] if of_all and word else []
    words = [one for one in [*everybody, *excepts] if fold(one).startswith(word)]
    elsewhere = _elsewhere(typed) if begins and not (found or names or words or verbs) else []
    return found + [(typed.begin, one) for one in [*names, *words, *verbs, *elsewhere]]


def _elsewhere(typed: _Typed) -> list[str]:
    """Names of children of other groups that begin so, two letters at least: the line asks about them."""
    if len(typed.word) < 2:
        return []
    given = {child.given_name for child in known(typed.roster.others) if child.placed}
    return sorted((name for name in given if fold(name).startswith(typed.word)), key=fold)


def _verb_at(typed: _Typed, earlier: list[Token]) -> int | None:
    """Where the verb of the entry stands, None when it has not come yet."""
    if not earlier:
        return None
    if not typed.first:
        return next((i for i, word in enumerate(earlier) if not word.text.startswith("-")), None)
    who = try_who(earlier, typed.roster, typed.known)
    return who.count if who and who.count < len(earlier) else None


def _verbs(typed: _Typed, commands: Collection[str], *, menu: bool) -> list[str]:
    """Words of the language that begin so, the main word of each meaning first; English ones if none does."""
    for name in dict.fromkeys((typed.language if typed.language in VERB_WORDS else "en", "en")):
        asked = {command: text for command, text in COMMAND_WORDS[name].items() if command in commands}
        menus = {"menu": MENU_WORDS[name]} if menu else {}
        tables = (VERB_WORDS[name], REPORT_WORDS[name], menus, asked)
        rows = [(verb, text.split()) for table in tables for verb, text in table.items()]
        rows.sort(key=lambda row: -typed.usage.verbs.get(row[0], 0))
        main = [words[0] for _, words in rows]
        others = [word for _, words in rows for word in words[1:] if len(word) > 2]
        if found := typed.all_of(main) or typed.all_of(others):
            return [word for _, word in found]
    return []


def _names(typed: _Typed, begun: str) -> list[str]:
    """Given names, those who are in first; a name that two share comes with its surname."""
    children, used = typed.roster.children, typed.usage.children
    found = [child for child in children if fold(child.given_name).startswith(begun)]
    if not found and len(begun) > 1:
        found = [child for child in children if fold(child.surname).startswith(begun)]
    given = Counter(fold(child.given_name) for child in children)
    found.sort(key=lambda child: (not child.is_in, -used.get(child.id, 0), fold(child.full_name)))
    return [child.full_name if given[fold(child.given_name)] > 1 else child.given_name for child in found]


def _longer_names(typed: _Typed, earlier: list[Token]) -> _Found:
    """`emma v`: whole names that the words so far are the beginning of."""
    for size in range(min(_LONGEST_NAME, len(earlier)) if typed.word else 0, 0, -1):
        given = " ".join(word.folded for word in earlier[-size:])
        found = [
            child.full_name
            for child in typed.roster.children
            if fold(child.full_name).startswith(f"{given} {typed.word}")
            or (fold(child.given_name) == given and fold(child.surname).startswith(typed.word))
        ]
        if found:
            return [(earlier[-size].at, name) for name in found]
    return []


def _after_verb(typed: _Typed, entry: list[Token]) -> _Found:
    meaning = _meaning(entry[0], typed.known)
    if meaning is None:
        return []
    if meaning.category == "menu":
        if len(entry) == 1:
            return typed.all_of(meal_words(typed.language))
        meals = beginning(entry[1].folded, typed.known.meals)
        return _of_step(typed, meals[0], entry[2:]) if len(meals) == 1 else []
    if meaning.category == "command":
        groups = typed.roster.groups if meaning.name in GROUP_COMMANDS else ()
        at = entry[1].at if len(entry) > 1 else typed.begin  # a group's name may be of several words
        return [(at, name) for name in groups if fold(name).startswith(fold(typed.line[at:]))]
    if meaning.category == "report":
        return []
    return _of_step(typed, meaning.name, entry[1:])


def _meaning(word: Token, known: Vocabulary) -> Word | None:
    if word.literal:
        return None
    if word.folded in known.words:
        return known.words[word.folded]
    meanings = known.by_prefix(word.folded)
    return meanings[0] if len(meanings) == 1 else None


def _of_step(typed: _Typed, verb: str, rest: list[Token]) -> _Found:
    """What a nappy held, how much was eaten, no sleep, a text of before: whole texts from where the words begin."""
    kind, word, begin, known = VERB_KIND[verb], typed.word, typed.begin, typed.known
    context = Context(known, typed.language, _ANY_DAY, date.min, {})
    last = make(typed.line[begin:], begin) if word else None
    typed_words = [*rest, last] if last else rest
    found: _Found = []
    if kind == "nappy" and not any(fold(one.text) in table for one in rest for table in known.contents):
        found = typed.all_of(content_words(typed.language))
    elif kind == "meal":
        found = typed.all_of(portion_words(typed.language))
    elif _may_say_no(verb, rest):
        found = typed.all_of(no_sleep_words(typed.language))[:1]
    no_sleep = _no_sleep(verb, typed_words, known) or NoSleep(tuple(typed_words))
    try:
        words = leading(kind, no_sleep.rest, context)[1]
    except LineRefused:
        return found
    text_at = words[0].at if words else begin
    if word.startswith("&") and text_at == begin:
        return [(begin, "&" + one) for one in recall_words(typed.language) if fold(one).startswith(word[1:])]
    key = text_key(kind, "none" if no_sleep.word else verb if verb in MEAL_VERBS else None)
    begun = fold(" ".join(one.text for one in words))
    texts = sorted(typed.usage.texts.get(key, ()), key=lambda one: (-one[1], fold(one[0])))
    front = rest if last is None or not words else [one for one in rest if one.at < text_at]
    if begun or not word:
        found += [
            (text_at, _typed_text(text, verb, front, context))
            for text, _ in texts
            if fold(text).startswith(begun) and fold(text) != begun
        ]
    return found + [(begin, escape(text, literal=False)) for text in _written_out(word, typed.usage.short_words)]


def _no_sleep(verb: str, words: list[Token], known: Vocabulary) -> NoSleep | None:
    try:
        return read_no_sleep(verb, words, known)
    except LineRefused:
        return None


def _may_say_no(verb: str, rest: list[Token]) -> bool:
    """May the word that there was no sleep come next: right behind the verb, or behind one time?"""
    before = [one for one in rest if one.text != "?"]
    return verb == "sleep" and (not before or (len(before) == 1 and clock(before[0].text) is not None))


def _typed_text(text: str, verb: str, front: list[Token], context: Context) -> str:
    """A text as it has to be typed behind these words, so that all of it is read as words."""
    plain = escape(text, literal=False)
    behind = [make(word, 0) for word in plain.split()]
    no_sleep = _no_sleep(verb, [*front, *behind], context.vocabulary)
    as_words = (
        no_sleep is not None
        and list(no_sleep.rest[-len(behind) :]) == behind
        and only_words(VERB_KIND[verb], no_sleep.rest[: -len(behind)], behind, context)
    )
    if as_words:
        return plain
    typed = escape(text, literal=True)
    # behind the word for no a backslash says that the text begins
    sets_off = no_sleep is not None and no_sleep.word is None and verb == "sleep" and not typed.startswith("\\")
    return "\\" + typed if sets_off else typed


def _written_out(word: str, short_words: Mapping[str, str]) -> list[str]:
    """The staff's texts whose short word is typed, or that begin so."""
    if not word:
        return []
    return sorted(
        {text for short, text in short_words.items() if fold(short) == word or fold(text).startswith(word)}, key=fold
    )
