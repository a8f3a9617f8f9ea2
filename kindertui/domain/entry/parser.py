"""A typed line becomes a Plan, or a Problem with its place."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import cast

from msgspec.structs import replace

from kindertui.domain.absence import AbsenceKind
from kindertui.domain.entry.holes import read_entry
from kindertui.domain.entry.model import Command, Grid, Part, Plan, Problem, Recall, Roster, Step
from kindertui.domain.entry.names import Who, read_who, resolve
from kindertui.domain.entry.recalling import bring_back, is_marked, is_recall
from kindertui.domain.entry.reports import read_report
from kindertui.domain.entry.steps import Context, reserved
from kindertui.domain.entry.tokens import Token, refusal, tokens
from kindertui.domain.entry.words import CHILD_COMMANDS, Word, fold, vocabulary


def parse(
    line: str,
    roster: Roster,
    now: datetime,
    language: str,
    expansions: Mapping[str, str] | None = None,
    recall: Recall | None = None,
) -> Plan | Problem:
    """What a line means for the children on the screen. Never raises, whatever the line holds.

    `now` is aware, in the location's zone; times are on `roster.day`, else on the day of `now`. `language` is nl, nb
    or en. `expansions` are the staff's short words, replaced where they stand alone in the free text. `recall` holds
    the texts that `&` brings back; a line without `&` needs none.
    """
    refused = refusal(line)
    if refused is not None:
        return refused
    entries = tokens(line)
    if not entries:
        return Problem("empty", incomplete=True)
    short = {fold(word): text for word, text in (expansions or {}).items()}
    context = Context(vocabulary(language), language, now, roster.day or now.date(), short)
    typed_to = entries[0][-1].end
    entries[0] = _minus_first(entries[0], context)
    who = read_who(entries[0], roster, context.vocabulary)
    if isinstance(who, Problem):
        # what was moved to the front still stands at the end of what was typed, where typing on may cure it
        at_end = who.rule in ("ambiguous", "name_unknown") and who.at + who.length == typed_to
        return replace(who, incomplete=who.incomplete or at_end)
    parts: list[Part] = []
    children: tuple[str, ...] | None = None
    for index, entry in enumerate(entries):
        part = _part(entry, who if index == 0 else replace(who, count=0), context)
        if isinstance(part, Problem):
            return part
        if isinstance(part, Command):
            if len(entries) > 1:
                return Problem("command_alone", entry[0].at, len(entry[0].raw))
            return _command(part, who, entry[who.count + 1 :], roster, context)
        if isinstance(part, Grid) and len(entries) > 1:
            return Problem("own_value_alone", entry[0].at, len(entry[0].raw))
        # "All" is the same children for the whole line, found once: `all in; note …` is about those who came.
        if children is None:
            resolved = resolve(who, roster, arriving=isinstance(part, Step | Grid) and part.kind == "arrival")
            if isinstance(resolved, Problem):
                return resolved
            children = resolved
        asking = next((word for word in entry if is_recall(word)), None)
        if isinstance(part, Step) and asking is not None and is_marked(part):
            found = bring_back(part, children, asking, roster, recall or Recall())
            if isinstance(found, Problem):
                return found
            parts += found
        else:
            parts.append(replace(part, children=children))
    return Plan(tuple(parts))


def _minus_first(entry: list[Token], context: Context) -> list[Token]:
    """`all slept 1230 -aya` is `all -aya slept 1230`: who is to be left out is often thought of last."""
    words = context.vocabulary
    if entry[0].literal or entry[0].folded not in words.everybody:
        return entry
    verb = next((i for i, word in enumerate(entry) if i and not word.literal and word.folded in words.words), None)
    if verb is None:
        return entry
    late = [word for word in entry[verb:] if _takes_away(word)]
    return [*entry[:verb], *late, *(word for word in entry[verb:] if not _takes_away(word))]


def _takes_away(word: Token) -> bool:
    return not word.literal and word.text[0] == "-" and word.text[1:2].isalpha()


def _command(command: Command, who: Who, rest: Sequence[Token], roster: Roster, context: Context) -> Plan | Problem:
    """A command stands alone; `call evi` is the same as `evi call`."""
    if command.name not in CHILD_COMMANDS or who.named or not rest:
        return Plan((replace(command, children=who.children),))
    asked = read_who(rest, roster, context.vocabulary)
    if isinstance(asked, Problem):
        return asked
    if asked.children and asked.count == len(rest):
        return Plan((replace(command, children=asked.children, args=""),))
    return Plan((command,))


def _part(entry: Sequence[Token], who: Who, context: Context) -> Part | Problem:
    """One entry of the line, still without its children."""
    i = who.count
    if i == len(entry):
        return Problem("verb_missing", entry[-1].end, 0, {}, True)
    word, rest = entry[i], entry[i + 1 :]
    found = _verb(entry, i, context, named=i > 0)
    if isinstance(found, Problem):
        return found
    if who.everybody:
        late = next((w for w in rest if _takes_away(w)), None)
        if late is not None:
            return Problem("minus_late", late.at, len(late.raw), {"word": late.text})
    if found.category == "command":
        if who.named and (who.everybody or found.name not in CHILD_COMMANDS):
            return Problem("no_child_here", who.at, who.length, {"command": found.name})
        return Command(found.name, " ".join(w.text for w in rest))
    if found.category == "report":
        if who.everybody:
            return Problem("all_not_for_report", who.at, who.length)
        return read_report(cast(AbsenceKind, found.name), word, rest, context)
    return read_entry(found.name, word, rest, context)


def _verb(entry: Sequence[Token], i: int, context: Context, *, named: bool) -> Word | Problem:
    """The meaning of the word where the verb stands: exactly a word of the table, else the beginning of one only."""
    word = entry[i]
    last = i + 1 == len(entry)
    problem = reserved(word)
    if problem is not None:
        return problem
    if not word.literal:
        exact = context.vocabulary.words.get(word.folded)
        if exact is not None:
            return exact
        meanings = context.vocabulary.by_prefix(word.folded)
        if len(meanings) == 1:
            return meanings[0]
        if meanings:
            args = {"word": word.text, "verbs": " ".join(meaning.name for meaning in meanings)}
            return Problem("verb_ambiguous", word.at, len(word.raw), args, last)
    return Problem("verb_unknown" if named else "word_unknown", word.at, len(word.raw), {"word": word.text}, last)
