"""Reads a memo: `memo granny fetches until friday`, `memo group the window sticks until 7-12`, `memo until mon …`.

Until a day is up to and including it, counted from today whatever day is shown; without one it is today. A weekday
that is part of the words (`granny fetches on friday`) stays in them, and the memo stays in sight until then; of several
the last one counts. Numbers that may be a date are asked about: `3-4` may as well be a size.
"""

from collections.abc import Sequence
from datetime import date, datetime

from msgspec import Struct
from msgspec.structs import replace

from kindertui.domain.entry.context import Context
from kindertui.domain.entry.for_staff import apart, is_mark
from kindertui.domain.entry.model import LineProblem, LineRefused, MemoNote, Roster, RosterChild
from kindertui.domain.entry.moments import digits, when
from kindertui.domain.entry.spoken import phrase_at
from kindertui.domain.entry.spoken_days import join_days, said_days
from kindertui.domain.entry.steps import words_of
from kindertui.domain.entry.time_words import time_words
from kindertui.domain.entry.tokens import Token, make
from kindertui.domain.entry.who import Who, read_who
from kindertui.domain.entry.words import Vocabulary, Word, fold, until_word, vocabulary
from kindertui.domain.memos import LONGEST


class _Until(Struct, frozen=True):
    """A last day that was typed: the words from `first` to before `after` say it."""

    day: date
    first: int
    after: int


MEMO = Word("command", "memo")
_AND = frozenset({"en", "og", "and", "&", "+"})


def name_first(entry: Sequence[Token], who: Who, roster: Roster, known: Vocabulary) -> tuple[list[Token], Who]:
    """`memo aya granny fetches` is `aya memo granny fetches`: whole given names right behind the word say whose it is.

    Anything else is left as it is. Raises LineRefused `ambiguous` for a name that several have, and what `read_who`
    does for that of a child who is not on the roster.
    """
    typed, at = list(entry), who.count
    if who.named or at >= len(typed) or typed[at].literal or known.words.get(typed[at].folded) != MEMO:
        return typed, who
    children: dict[str, None] = {}
    i = at + 1
    while i < len(typed):
        joined = bool(children) and typed[i].folded in _AND
        child, size = _child(typed[i + joined :], roster)
        if child is None:
            break
        children[child.id] = None
        i += joined + size
    if not children:
        if at + 1 < len(typed) and not typed[at + 1].literal and typed[at + 1].folded in roster.others.by_name:
            # of another group, or gone: asked as before a verb, and said to be meant by one Enter more
            other = read_who([*typed[at + 1 :], typed[at]], roster, known)
            words, count = list(other.words), other.count
            return [*words[:count], typed[at], *words[count:-1]], other
        return typed, who
    begin, end = typed[at + 1].at, typed[i - 1].end
    return [*typed[:at], *typed[at + 1 : i], typed[at], *typed[i:]], replace(
        who, children=tuple(children), at=begin, length=end - begin, count=i - 1
    )


def _child(words: Sequence[Token], roster: Roster) -> tuple[RosterChild | None, int]:
    """The child whose given name these words begin with, whole, and how many of them say so (0: nobody's)."""
    said = [word.folded.rstrip(",:") for word in words]
    found = [
        (one, size)
        for one in roster.children
        if (size := len(fold(one.given_name).split())) and said[:size] == fold(one.given_name).split()
        if not any(word.literal for word in words[:size])
    ]
    whole = [
        (one, size)
        for one, _given in found
        for size in (len(fold(one.full_name).split()),)
        if said[:size] == fold(one.full_name).split()
    ]
    found = whole or found
    if len(found) > 1:
        args = {"word": words[0].text, "names": ", ".join(one.full_name for one, _size in found)}
        raise words[0].refused("ambiguous", args, True)
    return found[0] if found else (None, 0)


def read_memo(memo: Token, rest: Sequence[Token], context: Context) -> MemoNote:
    """The memo that the words behind `memo` mean, without children. There is a word at least."""
    of_group, name, words = _group(rest, context)
    today = context.now.date()
    context = replace(context, day=today)
    words = join_days(words, context)
    found = _until(words, context)
    said = words
    if found is not None:
        if found.first == 0 or found.after == len(words):
            said = [*words[: found.first], *words[found.after :]]
        _refuse_day(found, words, today)
    if said and said[0].literal and said[0].text.startswith("\\") and said[0].text.lstrip("\\").isalpha():
        said = [replace(said[0], text=said[0].text[1:]), *said[1:]]  # it kept a name among the words
    text = words_of(said, context.short_words)
    if not text:
        raise LineRefused(LineProblem("words_missing", rest[-1].end, 0, {"verb": "memo"}, True))
    until = found.day if found is not None else max(_named(words, context), default=today)
    return MemoNote((), text, until, of_group, name)


def typed_until(text: str, now: datetime, language: str) -> date | None:
    """The last day typed into a field, with `until` before it or without; None for what is no day."""
    context = Context(vocabulary(language), language, now, now.date(), {})
    words = join_days([make(word, 0) for word in text.split()], context)
    return _last_day(words[0]) if len(words) == 1 else None


def _last_day(word: Token) -> date | None:
    """The day, or the last of the days, that a token says."""
    days = said_days(word)
    return None if days is None else days[1] or days[0]


def _group(rest: Sequence[Token], context: Context) -> tuple[bool, str, list[Token]]:
    """Is it about a group, by which name (empty: the one that is shown), and the words without that."""
    typed = apart(rest)
    rest = typed[1:] if len(typed) > 1 and is_mark(typed[0]) else typed  # a memo is for staff only anyway
    first = rest[0]
    meaning = None if first.literal else context.vocabulary.words.get(first.folded)
    if meaning is None or (meaning.category, meaning.name) != ("command", "group"):
        return False, "", list(rest)
    for name in sorted(context.groups, key=len, reverse=True):
        parts = fold(name).split()
        named = rest[1 : 1 + len(parts)]
        if parts and [word.folded for word in named] == parts and not any(word.literal for word in named):
            return True, name, list(rest[1 + len(parts) :])
    return True, "", list(rest[1:])


def _until(words: Sequence[Token], context: Context) -> _Until | None:
    """The last `until` with a day behind it."""
    known = time_words(context.language)
    for at in reversed(range(len(words))):
        days = said_days(words[at])
        if days is not None and days[1] is not None and (days[0] is None or at + 1 == len(words)):
            return _Until(days[1], at, at + 1)
        size = phrase_at(words, at, known.until)
        behind = at + size
        if size and behind < len(words) and not words[behind].literal and _like_a_date(words[behind]):
            raise words[behind].refused("date_invalid", {"word": words[behind].text}, behind + 1 == len(words))
    return None


def _named(words: Sequence[Token], context: Context) -> list[date]:
    """The days to come that the words name without saying until. Numbers may be a date or no date: they are asked."""
    found = []
    for word in words:
        if not word.literal and _like_a_date(word):
            until = until_word(context.language)
            raise word.refused("memo_day_asked", {"word": word.text, "until": until}, word is words[-1])
        day = _last_day(word)
        if day is not None and 0 <= (day - context.day).days <= LONGEST:
            found.append(day)
    return found


def _like_a_date(word: Token) -> bool:
    """`31-2`, `7/12`, `7.12.2026`: numbers with something between them, and no time of day."""
    parts = word.text.replace(".", "-").replace("/", "-").split("-")
    return len(parts) in (2, 3) and all(digits(part) for part in parts) and when(word.text) is None


def _refuse_day(found: _Until, words: Sequence[Token], today: date) -> None:
    word = words[found.after - 1]
    if found.day < today:
        raise word.refused("memo_over", {"word": word.text})
    if (found.day - today).days > LONGEST:
        raise word.refused("memo_far", {"word": word.text})
