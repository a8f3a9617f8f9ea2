"""Builds the Step of a day-log entry, with its start and end, from what was read after its verb."""

import unicodedata
from collections.abc import Mapping, Sequence
from datetime import datetime, time
from typing import Any

from msgspec.structs import replace

from kindertui.domain.daylog import UNITS, Kind
from kindertui.domain.entry.context import Context
from kindertui.domain.entry.for_staff import around
from kindertui.domain.entry.model import LineProblem, LineRefused, Step
from kindertui.domain.entry.moments import Clock, ago, at, cut
from kindertui.domain.entry.no_sleep import NoSleep, read_no_sleep
from kindertui.domain.entry.reading import LASTING, Read, join_said, leading, trailing
from kindertui.domain.entry.recalling import placeholder
from kindertui.domain.entry.tokens import Token
from kindertui.domain.entry.words import MEAL_VERBS, VERB_KIND, WORDS_REQUIRED, content_words

# Where a sleep that was not stands on a day gone by when no time was typed: only the day matters (house rule).
_NOON = time(12)


def words_of(rest: Sequence[Token], short_words: Mapping[str, str]) -> str:
    """The free text of an entry, with the staff's own short words written out."""
    words = [written_out(word, short_words) for word in rest]
    return unicodedata.normalize("NFC", " ".join(" ".join(words).split()))


def written_out(word: Token, short_words: Mapping[str, str]) -> str:
    """A short word as what it stands for; with a backslash at either end just the word."""
    bare = word.folded.strip("\\")
    if "\\" in word.text and bare in short_words and len(word.text) == len(bare) + 1:
        return word.text.strip("\\")
    return word.text if word.literal else short_words.get(word.folded, word.text)


def read_steps(verb: str, verb_word: Token, rest: Sequence[Token], context: Context) -> tuple[Step, ...]:
    """The Steps a verb and the words after it mean, without children: one for each of several times in a row."""
    read, words = _front(verb, rest, context)
    times = [(read.when, read.word_when), *read.more]
    each = [replace(read, when=when, word_when=word, more=[]) for when, word in times] if read.more else [read]
    return tuple(_step(verb, verb_word, rest, one, words, context) for one in each)


def read_step(verb: str, verb_word: Token, rest: Sequence[Token], context: Context) -> Step:
    """The one Step a verb and the words after it mean; a second time is a problem here."""
    read, words = _front(verb, rest, context)
    if read.more:
        word = read.more[0][1]
        raise word.refused("second_time", {"word": word.text})
    return _step(verb, verb_word, rest, read, words, context)


def _front(verb: str, rest: Sequence[Token], context: Context) -> tuple[Read, list[Token]]:
    """As `leading`, and whether it says that there was no sleep."""
    without = _no_sleep_said(verb, rest, context)
    read, words = leading(VERB_KIND[verb], without.rest, context)
    read.no_sleep = without.word
    return read, words


def _no_sleep_said(verb: str, rest: Sequence[Token], context: Context) -> NoSleep:
    """As `read_no_sleep`, whatever keeps its words from parents: that mark sets them off as a comma does."""
    if verb != "sleep":
        return NoSleep(tuple(rest))
    before, mark, behind = around(rest)
    before, behind = join_said("sleep", before, context), join_said("sleep", behind, context)
    if mark is None:
        return read_no_sleep(verb, before, context.vocabulary)
    without = read_no_sleep(verb, before, context.vocabulary)
    if without.word is not None:
        return NoSleep((*without.rest, mark, *behind), without.word)
    without = read_no_sleep(verb, [*before, *behind], context.vocabulary)
    place = sum(word.at in {one.at for one in before} for word in without.rest)
    return NoSleep((*without.rest[:place], mark, *without.rest[place:]), without.word)


def _kept(verb_word: Token) -> list[Token]:
    """The words of a verb that stay as text (`diarree`)."""
    return [Token("", text, text, verb_word.at, literal=True) for text in verb_word.says.split()]


def _step(verb: str, verb_word: Token, rest: Sequence[Token], read: Read, words: list[Token], context: Context) -> Step:
    kind = VERB_KIND[verb]
    words = _kept(verb_word) + trailing(kind, words, read, context)
    end = rest[-1].end if rest else verb_word.end
    if kind == "nappy" and not read.content:
        expected = ", ".join(content_words(context.language))
        if words:
            raise words[0].refused("nappy_content_missing", {"expected": expected}, words[0].end == end)
        raise LineRefused(LineProblem("nappy_content_missing", end, 0, {"expected": expected}, True))
    if read.amount is None and kind in ("bottle", "temperature"):
        raise LineRefused(LineProblem("amount_missing", end, 0, {"unit": UNITS[kind]}, True))
    if verb in WORDS_REQUIRED and not words:
        raise LineRefused(LineProblem("words_missing", end, 0, {"verb": verb}, True))
    times = (_no_sleep if read.no_sleep else _times)(verb, kind, read, verb_word, context)
    recalled = placeholder(words, context.vocabulary, context.language)
    text = words_of(words[1:] if recalled else words, context.short_words)
    text = f"{recalled} {text}" if recalled else text
    step = replace(times, text=text, detail=_detail(verb, read), for_staff=read.for_staff is not None)
    if read.amount is None:
        return step
    return replace(step, amount=read.amount.value, unit=UNITS[kind])


def _detail(verb: str, read: Read) -> Mapping[str, Any]:
    if verb in MEAL_VERBS:
        return {"meal": verb}
    if read.no_sleep:
        return {"none": True}
    if read.content:
        return {"content": read.content}
    if read.amount is not None and read.amount.offered is not None:
        return {"offered": read.amount.offered}
    return {}


def _no_sleep(verb: str, kind: Kind, read: Read, verb_word: Token, context: Context) -> Step:
    """A sleep that was not stands at one moment: its start is its end."""
    if read.when is None and context.now.date() != context.day:
        step = Step((), kind, datetime.combine(context.day, _NOON, context.now.tzinfo), verb=verb)
    elif read.no_sleep and read.word_when and read.when and read.when.form not in ("at", "ago"):
        raise read.word_when.refused("no_sleep_no_end", {"word": read.no_sleep.text.rstrip(",.:")})
    else:
        step = _times(verb, kind, read, verb_word, context)
    return replace(step, end=step.start, leaves_open=False)


def _times(verb: str, kind: Kind, read: Read, verb_word: Token, context: Context) -> Step:
    """The Step with its start and end; what a form of time cannot mean for a kind is a problem at its place."""
    word = read.word_when or verb_word
    expression = read.when
    today = context.now.date() == context.day
    if expression is None or expression.form == "ago":
        if not today:
            if expression is None:
                raise LineRefused(LineProblem("time_needed", word.end, 0, {}, True))
            raise LineRefused(LineProblem("time_ago_other_day", word.at))
        moment = cut(context.now) if expression is None else ago(context.now, expression.minutes)
        if moment.date() != context.day:
            raise word.refused("time_ago_other_day")
        return _single(verb, kind, moment)
    if expression.form == "open" and verb != "sleep":
        raise word.refused("no_open_end", {"verb": verb})
    if (expression.form == "range" and kind not in LASTING) or (expression.form == "end" and kind != "sleep"):
        raise word.refused("no_end_here", {"verb": verb})
    if expression.form == "at" and expression.first and expression.first.next_day and verb != "woke":
        raise word.refused("next_day_end_only", {"word": word.text})
    first = instant(expression.first, word, context)
    last = instant(expression.last, word, context)
    if expression.form == "end":
        return Step((), kind, None, last, ends_open=True, verb="woke")
    if expression.form == "range":
        return Step((), kind, first, last, verb="sleep" if kind == "sleep" else verb)
    return _single(verb, kind, first)


def _single(verb: str, kind: Kind, moment: datetime | None) -> Step:
    if verb == "woke":
        return Step((), kind, None, moment, ends_open=True, verb=verb)
    return Step((), kind, moment, None, leaves_open=verb == "sleep", verb=verb)


def instant(typed: Clock | None, word: Token, context: Context) -> datetime | None:
    """The moment a time of day is on the day of the line; what a clock change makes of it is a problem at `word`."""
    if typed is None:
        return None
    moment = at(context.day, typed, context.now)
    if isinstance(moment, str):
        shown = f"{typed.hour:02}:{typed.minute:02}"
        raise word.refused(moment, {"word": word.text, "time": shown})
    return moment
