"""Parses a typed line into a Plan, or into a LineProblem with its place."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import cast

from msgspec import Struct
from msgspec.structs import replace

from kindertui.domain.absences import AbsenceKind
from kindertui.domain.entry.command_words import CHILD_COMMANDS, GROUP_COMMANDS
from kindertui.domain.entry.context import Context
from kindertui.domain.entry.days import is_day, read_past
from kindertui.domain.entry.everybody import among, resolve
from kindertui.domain.entry.for_staff import apart, begins_with_mark, refuse_not_here, refused_first
from kindertui.domain.entry.holes import read_entry
from kindertui.domain.entry.memo import MEMO, name_first, read_memo
from kindertui.domain.entry.model import (
    CommandWord,
    Grid,
    LineProblem,
    LineRefused,
    MemoNote,
    Part,
    Plan,
    Recall,
    Roster,
    Step,
)  # fmt: skip
from kindertui.domain.entry.names import full_name
from kindertui.domain.entry.reading import refuse_reserved
from kindertui.domain.entry.recalling import bring_back, has_placeholder, is_recall
from kindertui.domain.entry.reports import read_report
from kindertui.domain.entry.sendable import refuse_unsendable
from kindertui.domain.entry.steps import read_step
from kindertui.domain.entry.suggesting import with_nearest
from kindertui.domain.entry.time_words import time_words
from kindertui.domain.entry.tokens import Token, check_line, tokens
from kindertui.domain.entry.verb_phrases import join_verb, open_reports, thing_verb
from kindertui.domain.entry.who import Who, left_out_late, read_who, try_who
from kindertui.domain.entry.words import (
    Vocabulary,
    Word,
    beginning,
    fold,
    meal_words,
    vocabulary,
)

_INCIDENT = Word("step", "incident")  # alone on a line it opens its form


def parse(
    line: str,
    roster: Roster,
    now: datetime,
    language: str,
    short_words: Mapping[str, str] | None = None,
    recall: Recall | None = None,
) -> Plan | LineProblem:
    """Reads a line for the children on the screen. Never raises, whatever the line holds.

    `now` is aware, in the location's zone; times are on `roster.day`, else on the day of `now`. `language` is nl, nb
    or en. `short_words` are the staff's short words, replaced where they stand alone in the free text. `recall` holds
    the texts that `&` brings back; a line without `&` needs none.
    """
    short = {fold(word): text for word, text in (short_words or {}).items()}
    context = Context(vocabulary(language), language, now, roster.day or now.date(), short, roster.groups)
    try:
        return _read_line(line, roster, context, recall or Recall())
    except LineRefused as refused:
        return with_nearest(refused.problem, roster, context.vocabulary)


def _read_line(line: str, roster: Roster, context: Context, recall: Recall) -> Plan:
    check_line(line)
    entries = tokens(line)
    if not entries:
        raise LineRefused(LineProblem("empty", incomplete=True))
    line_end = entries[-1][-1].end
    asked = _day_word(entries[0], roster, context.vocabulary)
    if asked is None:
        return _plan(entries, _Line(roster, context, recall, line_end))
    today, last = context.now.date(), asked.end == line_end
    day = read_past(asked, today, context.vocabulary, context.language, last=last)
    entries = [left for entry in entries if (left := [word for word in entry if word is not asked])]
    if not entries:
        return Plan((CommandWord("day", day.isoformat()),))
    return _plan(entries, _Line(roster, replace(context, day=day), recall, line_end, asked, day != context.day))


class _Line(Struct, frozen=True):
    """What all entries of a line are read with.

    `end` is the column where what was typed ends. `asked` is the word that names a day; `other_day`: that day is not
    the one on the screen.
    """

    roster: Roster
    context: Context
    recall: Recall
    end: int
    asked: Token | None = None
    other_day: bool = False


def _plan(entries: Sequence[list[Token]], line: _Line) -> Plan:
    """Reads the entries one by one. "All" is found once: `all in; note …` is about those who came."""
    parts: list[Part] = []
    children: tuple[str, ...] | None = None
    for_all = False
    for index, typed in enumerate(entries):
        names_who = index == 0 or for_all
        entry, who = _who(typed, line, everybody=for_all or (index == 0 and _is_menu(typed, line)), names_who=names_who)
        if names_who:
            entry, who = name_first(entry, who, line.roster, line.context.vocabulary)
        if who.count == len(entry):
            raise _only_who(entry, who, line, alone=len(entries) == 1)
        read = _entry(entry, who, line.context)
        first = read[0]
        _refuse_misplaced(first, entry, who, line.asked, alone=len(entries) == 1, begins=index == 0)
        if isinstance(first, CommandWord):
            return _command(first, who, entry[who.count + 1 :], line)
        if _of_group(first):
            return Plan((first,))
        if index == 0:
            who = replace(who, everybody=who.everybody or _is_menu_step(first))
            for_all = who.everybody
            if for_all and line.asked is not None and line.other_day:
                args = {"word": line.asked.text, "day": line.context.day.isoformat()}
                raise line.asked.refused("all_other_day", args)
        children = resolve(who, line.roster, among(first)) if children is None else _less(children, who, first)
        if line.roster.cursor_only and children != (line.roster.cursor,):
            raise LineRefused(LineProblem("child_stays", who.at, who.length))
        parts += _for_children(read, children, entry, line)
    return Plan(tuple(parts), line.context.day if line.asked is not None else None)


def _who(typed: list[Token], line: _Line, *, everybody: bool, names_who: bool) -> tuple[list[Token], Who]:
    """The words of an entry with who in front, and who that is; nobody for an entry that goes on about the same."""
    known = line.context.vocabulary
    names = {fold(child.given_name) for child in line.roster.children}
    typed = join_verb(typed, names, known, line.context.language)
    entry = _minus_first([_star(typed), *typed] if everybody else typed, line)
    try:
        who = read_who(entry, line.roster, line.context.vocabulary) if names_who else Who()
        return list(who.words) or entry, who
    except LineRefused as refused:
        # what was moved to the front still stands at the end of what was typed, where typing on may cure it
        wrong = refused.problem
        at_end = wrong.rule in ("ambiguous", "name_unknown", "minus_elsewhere") and wrong.at + wrong.length == line.end
        raise LineRefused(replace(wrong, incomplete=wrong.incomplete or at_end)) from None


def _only_who(entry: Sequence[Token], who: Who, line: _Line, *, alone: bool) -> LineRefused:
    """Nothing is said but who. One child's name alone is enough where it can be opened: it is given along."""
    named = {}
    if alone and len(who.children) == 1 and line.asked is None and not line.roster.cursor_only:
        named = {"child": who.children[0], "name": full_name(who.children[0], line.roster)}
    return LineRefused(LineProblem("verb_missing", entry[-1].end, 0, named, True))


def _refuse_misplaced(
    part: Part, entry: Sequence[Token], who: Who, asked: Token | None, *, alone: bool, begins: bool
) -> None:
    """What stands alone on a line but does not, or is for all and is not."""
    if (isinstance(part, CommandWord | Grid) or _of_group(part)) and not alone:
        raise entry[0].refused("own_value_alone" if isinstance(part, Grid) else "command_alone")
    if isinstance(part, CommandWord) and asked is not None:
        raise asked.refused("day_no_command", {"command": part.name, "word": asked.text})
    if isinstance(part, MemoNote) and asked is not None:
        raise asked.refused("memo_from_today", {"word": asked.text})
    if _of_group(part) and who.named:
        raise LineRefused(LineProblem("no_child_here", who.at, who.length, {"command": "memo"}))
    if _is_menu_step(part) and not (who.everybody or (begins and not who.children)):
        raise LineRefused(LineProblem("menu_for_all", who.at, who.length))


def _of_group(part: Part) -> bool:
    return isinstance(part, MemoNote) and part.of_group


def _is_menu_step(part: Part) -> bool:
    return isinstance(part, Step) and part.menu


def _for_children(read: Sequence[Part], children: tuple[str, ...], entry: Sequence[Token], line: _Line) -> list[Part]:
    """The parts of an entry with their children; a text that is brought back makes a step for each text."""
    recalling = next((word for word in entry if is_recall(word)), None)
    parts: list[Part] = []
    for part in read:
        if recalling is None or not isinstance(part, Step) or not has_placeholder(part):
            parts.append(replace(part, children=children))
            continue
        parts += bring_back(part, children, recalling, line.roster, line.recall)
    for part in parts:
        refuse_unsendable(part, entry)
    return parts


def named_day(line: str, roster: Roster, now: datetime, language: str) -> date | None:
    """The other day that a line names, to find the roster of that day before reading the line; None without one."""
    known = vocabulary(language)
    try:
        check_line(line)
        entries = tokens(line) if "@" in line else []
        word = _day_word(entries[0], roster, known) if entries else None
        return None if word is None else read_past(word, now.date(), known, language, last=False)
    except LineRefused:
        return None


def _day_word(entry: Sequence[Token], roster: Roster, known: Vocabulary) -> Token | None:
    """The `@` word of a line: at its beginning, or right behind who."""
    if is_day(entry[0]):
        return entry[0]
    if not any(is_day(word) for word in entry):
        return None
    who = try_who(entry, roster, known)
    if who is None or who.count >= len(who.words) or not is_day(who.words[who.count]):
        return None
    return who.words[who.count]


def _star(entry: Sequence[Token]) -> Token:
    """Everybody, where the line need not say so."""
    return Token("", "*", "*", entry[0].at)


def _is_menu(entry: Sequence[Token], line: _Line) -> bool:
    """Is this the day's menu, which is for all who are in? A child may be called Menu."""
    meaning = None if entry[0].literal else line.context.vocabulary.words.get(entry[0].folded)
    if meaning is None or meaning.category != "menu":
        return False
    who = try_who(entry, line.roster, line.context.vocabulary)
    return who is not None and not who.children


def _less(children: tuple[str, ...], who: Who, part: Part) -> tuple[str, ...]:
    """The line's children from here on, without those taken away in between."""
    left = tuple(child for child in children if child not in who.minus)
    if not left and (children or not _is_menu_step(part)):
        raise LineRefused(LineProblem("nobody_left" if children else "nobody_in", who.at, who.length))
    return left


def _minus_first(entry: list[Token], line: _Line) -> list[Token]:
    """`all slept 1230 -aya` is `all -aya slept 1230`: who is to be left out is often thought of last."""
    words = line.context.vocabulary
    if entry[0].literal or entry[0].folded not in words.everybody:
        return entry
    who = try_who(entry, line.roster, words)
    if who is None or not who.everybody or who.count >= len(who.words):
        return entry
    meant = words.words.get(who.words[who.count].folded)
    late: list[Token] = []
    said: list[Token] = [who.words[who.count]]
    entry, i = list(who.words), who.count + 1
    while i < len(entry):
        left_out, taken = left_out_late(entry, i, meant.name if meant else "", line.roster, words)
        late += left_out
        said += entry[i : i + (not taken)]
        i += taken or 1
    return [*entry[: who.count], *late, *said]


def _command(command: CommandWord, who: Who, rest: Sequence[Token], line: _Line) -> Plan:
    """A command stands alone; `call evi` is the same as `evi call`."""
    if command.name not in CHILD_COMMANDS or who.named or not rest or _is_group(command, line.roster):
        return Plan((replace(command, children=who.children),))
    asked = read_who(rest, line.roster, line.context.vocabulary)
    if asked.children and asked.count == len(rest):
        return Plan((replace(command, children=asked.children, args=""),))
    return Plan((command,))


def _is_group(command: CommandWord, roster: Roster) -> bool:
    """Is it a command for groups with one's whole name behind it? A child of just that name is meant before a group."""
    asked = fold(command.args)
    return (
        command.name in GROUP_COMMANDS
        and any(fold(name) == asked for name in roster.groups)
        and not any(asked in (fold(child.given_name), fold(child.full_name)) for child in roster.children)
    )


def _entry(entry: Sequence[Token], who: Who, context: Context) -> tuple[Part, ...]:
    """One entry of the line, still without its children; several times in a row are several steps."""
    i = who.count
    word, rest = entry[i], apart(entry[i + 1 :])
    found = _verb(entry, i, context, named=i > 0)
    if found == MEMO and rest:
        return (read_memo(word, entry[i + 1 :], context),)
    if found == _INCIDENT and not rest:
        found = Word("command", found.name)
    if found.category == "command":
        if who.named and (who.everybody or found.name not in CHILD_COMMANDS):
            raise LineRefused(LineProblem("no_child_here", who.at, who.length, {"command": found.name}))
        return (CommandWord(found.name, " ".join(w.text for w in entry[i + 1 :])),)
    if found.category == "report":
        if who.everybody:
            raise LineRefused(LineProblem("all_not_for_report", who.at, who.length))
        refuse_not_here(rest, "for_staff_report")
        return (read_report(cast(AbsenceKind, found.name), word, rest, context),)
    if found.category == "menu":
        refuse_not_here(rest, "for_staff_menu")
        return _menu(word, rest, context)
    return read_entry(found.name, word, rest, context)


def _menu(menu: Token, rest: Sequence[Token], context: Context) -> tuple[Step]:
    """`menu lunch 1130 pasta`: the meal as any other, kept as the day's menu."""
    meals = beginning(rest[0].folded, context.vocabulary.meals) if rest and not rest[0].literal else []
    if len(meals) != 1:
        expected = {"expected": ", ".join(meal_words(context.language))}
        if not rest:
            raise LineRefused(LineProblem("menu_meal_missing", menu.end, 0, expected, True))
        raise rest[0].refused("menu_meal_missing", expected, len(rest) == 1)
    hole = next((word for word in rest if word.text == "=" and not word.literal), None)
    if hole is not None:
        raise hole.refused("own_value_not_here")
    step = read_step(meals[0], rest[0], rest[1:], context)
    if not step.text:
        raise LineRefused(LineProblem("words_missing", rest[-1].end, 0, {"verb": meals[0]}, True))
    return (replace(step, menu=True),)


def _verb(entry: Sequence[Token], i: int, context: Context, *, named: bool) -> Word:
    """The meaning of the word where the verb stands: exactly a word of the table, else the beginning of one only."""
    word = entry[i]
    last = i + 1 == len(entry)
    refuse_reserved(word)
    if begins_with_mark(word):
        raise refused_first(word)
    if not word.literal:
        exact = context.vocabulary.words.get(word.folded)
        if exact is not None:
            return exact
        denies = word.folded in time_words(context.language).denials  # `not asleep` is no note
        meanings = [] if denies else context.vocabulary.by_prefix(word.folded)
        if len(meanings) == 1:
            return meanings[0]
        if meanings:
            args = {"word": word.text, "verbs": " ".join(meaning.name for meaning in meanings)}
            raise word.refused("verb_ambiguous", args, last)
    if verbs := open_reports(word.folded):
        raise word.refused("verb_ambiguous", {"word": word.text, "verbs": verbs}, last)
    if (verb := thing_verb(word.folded, context.language)) is not None:
        raise word.refused("did_you_mean", {"word": word.text, "verb": verb}, last)
    raise word.refused("verb_unknown" if named else "word_unknown", {"word": word.text}, last)
