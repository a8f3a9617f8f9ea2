"""Reads what follows a verb, word by word: when, how much, what a nappy held, and where the words begin.

The order is `when? how-much? words?`; how much, and when, may also stand behind the words. What is said in several
words is joined first (spoken.py, quantities.py), and of the numbers after bottle, drink and temperature each gets its
role (numbers.py).
"""

from collections.abc import Mapping, Sequence

from msgspec import Struct, field

from kindertui.domain.daylog import UNITS, Kind
from kindertui.domain.entry.amounts import UNIT_WORDS, Amount, amount, below_nothing
from kindertui.domain.entry.context import Context
from kindertui.domain.entry.for_staff import around, refuse_late
from kindertui.domain.entry.model import LineRefused
from kindertui.domain.entry.moments import When, clock, digits, looks_numeric, plain_dash
from kindertui.domain.entry.numbers import BY_NUMBER, likely_time, settle
from kindertui.domain.entry.portion_phrases import AND, MEASURES
from kindertui.domain.entry.quantities import join_amounts
from kindertui.domain.entry.recalling import is_recall
from kindertui.domain.entry.spoken import Day, join_times, length_at, said_when
from kindertui.domain.entry.time_words import time_words
from kindertui.domain.entry.tokens import Token, join
from kindertui.domain.entry.word_times import STORIES, refuse_unread, take_time
from kindertui.domain.entry.words import beginning, content_words

# Kinds that last: the others happen at one moment and take no end.
LASTING: frozenset[Kind] = frozenset({"sleep", "meal", "bottle", "drink", "activity"})
# Kinds of which "2 sandwiches" is a likely text: a small number before other words belongs to the words.
_WORDY: frozenset[Kind] = frozenset({"meal", "note", "activity", "medicine", "incident"})
# Kinds that happen several times a day and are written down in a row: two times are two of them, not an end.
_IN_A_ROW: frozenset[Kind] = frozenset({"bottle", "drink", "nappy", "toilet", "temperature", "medicine", "sleep_check"})
# Kinds of which a word that begins with a digit is a time with a slip in it, rather than a text.
_SELDOM_WORDS: frozenset[Kind] = frozenset({"sleep", "sleep_check", "arrival", "departure"})
_BROUGHT: frozenset[Kind] = frozenset({"arrival", "departure"})
_WITH_AMOUNT: frozenset[Kind] = frozenset({"bottle", "drink", "meal", "temperature"})


class Read(Struct):
    """What has been read so far; `word_when` remembers where the time stood, for a problem."""

    when: When | None = None
    word_when: Token | None = None
    more: list[tuple[When, Token]] = field(default_factory=list)  # further times: the same again
    amount: Amount | None = None
    content: str = ""
    no_sleep: Token | None = None  # the word that says there was none
    for_staff: Token | None = None  # the mark that keeps it from parents


def refuse_reserved(word: Token) -> None:
    """`=` and `@` are no text where something else has to stand: the sentence says what they are for."""
    if not word.literal and word.text.startswith("@"):
        raise word.refused("day_first", {"word": word.text})
    if not word.literal and word.text == "=":
        raise word.refused("own_value_not_here")


def leading(kind: Kind, typed: Sequence[Token], context: Context) -> tuple[Read, list[Token]]:
    """Takes time, amount and content off the front; what is left are words.

    Behind the mark that keeps them from parents a portion's word begins the words: `lunch 1130 ! little appetite`.
    """
    before, mark, behind = around(typed)
    told = join_said(kind, behind, context)
    read, rest = Read(for_staff=mark), settle(kind, [*join_said(kind, before, context), *told], context)
    i = 0
    while i < len(rest) and not rest[i].literal:
        refuse_reserved(rest[i])
        if (
            mark is not None
            and i >= len(rest) - len(told)
            and kind == "meal"
            and rest[i].folded in context.vocabulary.portions
        ):
            break
        _refuse_length(kind, rest, i, context)
        taken = _take(kind, rest, i, read, context)
        if not taken:
            break
        i += taken
    _refuse_mistyped_time(kind, read, rest[i:])
    refuse_late(mark, rest[i:], context.language, late=i < len(before) and mark is not None)
    return read, rest[i:]


def join_said(kind: Kind, words: Sequence[Token], context: Context) -> list[Token]:
    """The words, with what is said in several joined."""
    amounts = join_amounts(kind, words, context)
    day = Day(context.now, context.day, context.language)
    return join_times(amounts, day, hours=kind in ("sleep", "activity"))


def _refuse_mistyped_time(kind: Kind, read: Read, words: Sequence[Token]) -> None:
    """A time that nothing reads would end up as words, and what lasted be written as open, or as of now.

    `s 12h30`, `in 8u15`, `s 1340-x`; `s 1340 - 1400`, `s 1340 to 1400`.
    """
    if not words or words[0].literal:
        return
    first, sides = words[0], plain_dash(words[0].text).split("-")
    half = len(sides) == 2 and any(clock(side) for side in sides)
    if read.when is None and kind in _SELDOM_WORDS and (first.text[0] in "0123456789" or half):
        raise first.refused("time_invalid", {"word": first.text}, len(words) == 1)
    if len(words) < 2 or words[1].literal or read.when is None or read.when.form not in ("at", "open"):
        return
    apart = kind in LASTING and plain_dash(first.text) == "-"
    if (apart or (kind == "sleep" and len(words) == 2)) and clock(words[1].text) and len(words[1].text) > 3:
        raise words[1].refused("second_time", {"word": words[1].text})


def _refuse_length(kind: Kind, rest: Sequence[Token], i: int, context: Context) -> None:
    """`slept 45 min`: how long it lasted says not when it was."""
    if kind in STORIES or kind == "medicine":
        return
    if (length := length_at(rest, i, time_words(context.language))) is not None:
        typed = join(rest[i : length[1]], "")
        raise typed.refused("length", {"word": typed.text}, length[1] == len(rest))


def _take(kind: Kind, rest: list[Token], i: int, read: Read, context: Context) -> int:
    """How many words from `i` on were a time, an amount or a content: 0 when the words begin here."""
    word = rest[i]
    last = i + 1 == len(rest)
    if kind == "nappy" and not read.content and (content := _content(word, rest, context)):
        read.content = content
        return 1
    if read.content and last and _may_be_content(word, context):
        raise word.refused("second_content", _contents(context))
    _refuse_negative(word, kind, None if last else rest[i + 1])
    expression = said_when(word)
    value = amount(word, kind, context.vocabulary)
    if value is not None and kind == "meal" and digits(word.text) and _counts(rest, i):
        return 0  # `1 boterham`
    if value is not None:
        if read.amount is None:
            read.amount = value
            follows = not last and not rest[i + 1].literal and rest[i + 1].folded in UNIT_WORDS.get(kind, ())
            return 2 if follows else 1
        if kind != "meal":
            raise word.refused("second_amount", {"word": word.text})
        return 0
    if expression is not None and kind in _WORDY and _is_portion_of(kind, rest, i, expression, context):
        return 0
    if expression is not None:
        if read.when is None:
            read.when, read.word_when = expression, word
            return 1
        if _same_again(kind, rest, i, expression, read):
            read.more.append((expression, word))
            return 1
        if kind in BY_NUMBER and expression.form == "ago":
            raise word.refused("amount_invalid", {"word": word.text, "unit": UNITS[kind]})
        raise word.refused("second_time", {"word": word.text})
    if not looks_numeric(word.text):
        return 0
    if kind in _WORDY and not last and digits(word.text) and len(word.text) not in (3, 4):
        return 0
    if kind in _WITH_AMOUNT and read.when is not None:
        raise word.refused("amount_invalid", {"word": word.text, "unit": UNITS[kind]}, last)
    raise word.refused("time_invalid", {"word": word.text}, last)


def _counts(rest: Sequence[Token], i: int) -> bool:
    """Does a whole number count the word behind it?"""
    behind = rest[i + 1] if i + 1 < len(rest) else None
    return behind is not None and not behind.literal and behind.text[0].isalpha() and said_when(behind) is None


def _is_portion_of(kind: Kind, rest: Sequence[Token], i: int, expression: When, context: Context) -> bool:
    """Is it how much of something (`100 gram pap`) rather than when?

    Raises LineRefused for three digits that are an hour of the night at a meal: `lunch 150` is hardly ten to two.
    """
    word = rest[i]
    if not digits(word.text):
        return False
    if i + 1 < len(rest) and rest[i + 1].folded in MEASURES:
        return True
    at = expression.first
    if kind == "meal" and len(word.text) == 3 and at is not None and not likely_time(at, context) and at.hour < 6:
        raise word.refused("time_invalid", {"word": word.text}, i + 1 == len(rest))
    return False


def _refuse_negative(word: Token, kind: Kind, unit: Token | None) -> None:
    if below_nothing(word, kind, unit):
        raise word.refused("amount_negative", {"word": word.text, "unit": UNITS[kind]})


def _same_again(kind: Kind, rest: Sequence[Token], i: int, expression: When, read: Read) -> bool:
    """Is another time right behind the first one that thing once more? Only of the same form, and clear to see."""
    if read.when is None or read.when.form != expression.form:
        return False
    before = read.more[-1][1] if read.more else read.word_when
    if rest[i - 1] is not before:
        return False
    if expression.form == "range":
        return kind in LASTING
    clear = kind not in BY_NUMBER or ":" in rest[i].said or len(rest[i].text.rstrip("ab+")) == 4
    return expression.form == "at" and kind in _IN_A_ROW and clear


def _whole_content(word: Token, context: Context) -> str:
    return next((table[word.folded] for table in context.vocabulary.contents if word.folded in table), "")


def _content(word: Token, rest: Sequence[Token], context: Context) -> str:
    """What a word says a nappy held: a whole word, or the beginning of one where no whole one comes at the end."""
    whole = _whole_content(word, context)
    if whole or (not rest[-1].literal and _whole_content(rest[-1], context)):
        return whole
    found = beginning(word.folded, context.vocabulary.contents)
    return found[0] if len(found) == 1 else ""


def _may_be_content(word: Token, context: Context) -> bool:
    """Is it a whole content, or a letter or two that begin one (or several: `b` in Norwegian)?"""
    short = len(word.folded) <= 2 and bool(beginning(word.folded, context.vocabulary.contents))
    return short or bool(_whole_content(word, context))


def _contents(context: Context) -> Mapping[str, str]:
    """What a nappy may hold, in words: all of it, and one by one."""
    wet, soiled, both, dry = content_words(context.language)
    return {"expected": f"{wet}, {soiled}, {both}, {dry}", "wet": wet, "soiled": soiled, "both": both}


def trailing(kind: Kind, words: list[Token], read: Read, context: Context) -> list[Token]:
    """How much, and when, may stand after the words: `brood kaas ¾`, `melk 150 ml`, `oma 1730`."""
    if words and kind in _BROUGHT and words[0].folded in time_words(context.language).by and len(words) > 1:
        words = words[1:]  # `opgehaald door oma`
    expression, word, words = take_time(
        kind, words, context, timed=read.when is not None or bool(read.no_sleep), measured=read.amount is not None
    )
    if expression is not None:
        read.when, read.word_when = expression, word
    joins = bool(words) and not words[0].literal and words[0].folded in AND and not is_recall(words[0])
    if kind == "nappy" and read.content and joins:
        raise words[0].refused("second_content", _contents(context), len(words) == 1)  # `poep en iets`
    words = _trailing_amount(kind, words, read, context)
    refuse_unread(kind, words, context)
    return words


def _trailing_amount(kind: Kind, words: list[Token], read: Read, context: Context) -> list[Token]:
    if not words or words[-1].literal:
        return words
    if kind == "nappy" and not read.content and (content := _whole_content(words[-1], context)):
        read.content = content
        return words[:-1]
    if kind not in _WITH_AMOUNT or read.amount is not None:
        return words
    size = 2 if len(words) > 1 and words[-1].folded in UNIT_WORDS.get(kind, ()) else 1
    _refuse_negative(words[-size], kind, words[-1] if size == 2 else None)
    value = amount(words[-size], kind, context.vocabulary)
    if value is None:
        return words
    read.amount = value
    return words[:-size]


def only_words(kind: Kind, front: Sequence[Token], words: Sequence[Token], context: Context) -> bool:
    """Are these words, typed behind others, read as nothing but the text of the entry?"""
    try:
        read, text = leading(kind, [*front, *words], context)
        return trailing(kind, text, read, context) == list(words) and not (words and is_recall(words[0]))
    except LineRefused:
        return False
