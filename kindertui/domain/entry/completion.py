"""What Tab offers for the word at the cursor, best first."""

from collections.abc import Collection, Iterable

from kindertui.domain.entry.model import Problem, Roster, RosterChild
from kindertui.domain.entry.names import read_who
from kindertui.domain.entry.tokens import Token, tokens
from kindertui.domain.entry.words import (
    ALL_WORDS,
    CHILD_COMMANDS,
    COMMAND_WORDS,
    REPORT_WORDS,
    VERB_KIND,
    VERB_WORDS,
    Vocabulary,
    content_words,
    fold,
    portion_words,
    vocabulary,
)


def complete(line: str, cursor: int, roster: Roster, language: str, words: Iterable[str] = ()) -> tuple[str, ...]:
    """Whole words that may stand for the one the cursor is in or behind, each once.

    `words` are the staff's own texts; they are offered where free text may stand. Nothing at the start of a line.
    """
    before = line[: max(0, cursor)]
    begin = max(before.rfind(" "), before.rfind(";")) + 1
    typed = fold(before[begin:])
    known = vocabulary(language)
    entry = tokens(before[:begin])[-1:] if before[:begin].strip() and not before[:begin].rstrip().endswith(";") else []
    first = ";" not in before
    earlier = list(entry[0]) if entry else []
    found = _candidates(earlier, typed, roster, language, known, tuple(words), first=first)
    return tuple(dict.fromkeys(word for word in found if word))


def _candidates(
    earlier: list[Token],
    typed: str,
    roster: Roster,
    language: str,
    known: Vocabulary,
    words: tuple[str, ...],
    *,
    first: bool,
) -> list[str]:
    verb_at = _verb_at(earlier, roster, known, first=first)
    if verb_at is not None:
        return _after_verb(earlier[verb_at:], typed, roster, language, known, words)
    if typed.startswith("-") and earlier and earlier[0].folded in known.everybody:
        return ["-" + name for name in _names(roster, typed[1:])]
    if not typed and not earlier:
        return []
    names = _names(roster, typed) if typed and first else []
    everybody = ALL_WORDS.get(language, "all").split()[:1] if first and not earlier and typed else []
    commands = COMMAND_WORDS["en"].keys() if first and not earlier else CHILD_COMMANDS if first else ()
    return names + [word for word in everybody if fold(word).startswith(typed)] + _verbs(typed, language, commands)


def _verb_at(earlier: list[Token], roster: Roster, known: Vocabulary, *, first: bool) -> int | None:
    """Where the verb of the entry stands, None when it has not come yet."""
    if not earlier:
        return None
    if not first:
        return 0
    who = read_who(earlier, roster, known)
    if isinstance(who, Problem):
        return None
    return who.count if who.count < len(earlier) else None


def _verbs(typed: str, language: str, commands: Collection[str]) -> list[str]:
    """Words of the language that begin so, the main word of each meaning first; English ones if none does."""
    for name in dict.fromkeys((language if language in VERB_WORDS else "en", "en")):
        asked = {command: text for command, text in COMMAND_WORDS[name].items() if command in commands}
        rows = [text.split() for table in (VERB_WORDS[name], REPORT_WORDS[name], asked) for text in table.values()]
        found = [row[0] for row in rows if fold(row[0]).startswith(typed)]
        found = found or [word for row in rows for word in row[1:] if len(word) > 2 and fold(word).startswith(typed)]
        if found:
            return found
    return []


def _names(roster: Roster, typed: str) -> list[str]:
    """Given names, those who are in first; a name that two share comes with its surname."""
    found = [child for child in roster.children if fold(child.given_name).startswith(typed)]
    if not found and len(typed) > 1:
        found = [child for child in roster.children if fold(child.surname).startswith(typed)]
    shared = {fold(child.given_name) for child in roster.children if _twins(child, roster)}
    found.sort(key=lambda child: (not child.is_in, fold(child.given_name)))
    return [child.full_name if fold(child.given_name) in shared else child.given_name for child in found]


def _twins(child: RosterChild, roster: Roster) -> bool:
    return any(other.id != child.id and fold(other.given_name) == fold(child.given_name) for other in roster.children)


def _after_verb(
    entry: list[Token], typed: str, roster: Roster, language: str, known: Vocabulary, words: tuple[str, ...]
) -> list[str]:
    meaning = known.words.get(entry[0].folded)
    if meaning is None:
        meanings = known.by_prefix(entry[0].folded)
        if len(meanings) != 1:
            return []
        meaning = meanings[0]
    offered: list[str] = []
    if meaning.category == "command":
        offered = list(roster.groups) if meaning.name == "group" else []
        return [word for word in offered if fold(word).startswith(typed)]
    if meaning.category == "step" and VERB_KIND[meaning.name] == "nappy":
        offered = list(content_words(language))
    elif meaning.category == "step" and VERB_KIND[meaning.name] == "meal":
        offered = list(portion_words(language))
    if typed:
        offered += words
    return [word for word in offered if fold(word).startswith(typed)]
