"""Finds what each `=` in an entry stands for: a value that each child gets of her own.

The entry is read with an example in the place of the `=`; the first meaning that is read where it belongs is the one
(`lunch 1130 =` an amount, `lunch ½ =` words, `out =` a time, `out 1730 =` who picks up). So a line with a hole and a
row that fills it are read by the same rules.
"""

from collections.abc import Sequence
from datetime import datetime, time
from itertools import product

from msgspec import Struct
from msgspec.structs import replace

from kindertui.domain.daylog import Kind
from kindertui.domain.entry.context import Context
from kindertui.domain.entry.model import Grid, Hole, LineRefused, Step
from kindertui.domain.entry.moments import looks_numeric, plain_dash
from kindertui.domain.entry.reading import leading
from kindertui.domain.entry.steps import read_step, read_steps
from kindertui.domain.entry.tokens import Token
from kindertui.domain.entry.words import VERB_KIND, content_words, fold

MOST_HOLES = 2  # a third value for each child is another line (house rule: a row fits 80 columns)
_TIME = "12:07"  # no clock change touches noon
# Amounts nobody types, none of them a time.
_AMOUNTS: dict[Kind, str] = {"meal": "0.6173", "bottle": "163.17", "drink": "163.17", "temperature": "37.317"}
_WORDS_ONLY: frozenset[Kind] = frozenset({"note", "activity", "medicine", "incident"})


class Place(Struct, frozen=True):
    """A word of the entry with a hole in it, or two; `before` and `after` are what is typed around them in the word."""

    index: int
    holes: tuple[Hole, ...]
    before: str = ""
    after: str = ""

    def glued(self, cells: Sequence[str]) -> str:
        """The word with its holes filled."""
        return self.before + "-".join(cells) + self.after


class Form(Struct, frozen=True):
    """An entry with holes: the words after its verb, the places among them, and where its free text begins."""

    verb: str
    verb_word: Token
    rest: tuple[Token, ...]
    places: tuple[Place, ...]
    words_at: int

    @property
    def grid(self) -> Grid:
        """The form as a value, without children; the pieces are what is typed around its holes."""
        by_index = {place.index: place for place in self.places}
        # a verb of several words as the one it stands for, which is read again
        typed = [self.verb_word.folded if " " in self.verb_word.raw else self.verb_word.raw]
        for index, word in enumerate(self.rest):
            place = by_index.get(index)
            typed.append(word.raw if place is None else place.glued(["\0"] * len(place.holes)))
        holes = tuple(hole for place in self.places for hole in place.holes)
        return Grid((), self.verb, VERB_KIND[self.verb], tuple(" ".join(typed).split("\0")), holes)


def read_entry(verb: str, verb_word: Token, rest: Sequence[Token], context: Context) -> tuple[Step, ...] | tuple[Grid]:
    """The Steps a verb and the words after it mean, or the Grid that asks for what its holes leave open."""
    if not any("=" in word.text and not word.literal for word in rest):
        return read_steps(verb, verb_word, rest, context)
    if verb_word.says:  # a text that the verb keeps would be lost on the way through the grid
        raise next(word for word in rest if "=" in word.text).refused("own_value_not_here")
    form = read_form(verb, verb_word, rest, context)
    return (form.grid,) if isinstance(form, Form) else (form,)


def read_form(verb: str, verb_word: Token, rest: Sequence[Token], context: Context) -> Form | Step:
    """Where the holes are and what each stands for; the Step itself when no word is a hole after all."""
    kind = VERB_KIND[verb]
    typed = [(index, _meanings(kind, word)) for index, word in enumerate(rest)]
    typed = [(index, meanings) for index, meanings in typed if meanings]
    if len(typed) > MOST_HOLES:  # before anything is tried: each hole doubles what there is to try
        raise _many(rest[typed[MOST_HOLES][0]])
    refused: LineRefused | None = None
    for chosen in product(*(meanings for _, meanings in typed)):
        places = [_place(rest[i], i, holes) for (i, _), holes in zip(typed, chosen, strict=True) if holes]
        filled, at_noon = _with_examples(rest, places, kind, context)
        try:
            step = read_step(verb, verb_word, filled, at_noon)
        except LineRefused as error:
            refused, at = refused or error, error.problem.at
            if any(at == rest[place.index].at and _else_words(rest[place.index], place) for place in places):
                continue  # the example is what is too much here: the hole stands for words
            raise
        if any(filled[place.index].text in step.text.split() for place in places if place.holes != ("text",)):
            continue  # it was read as words: no value goes there
        if not places:
            _refuse_glued_number(rest, kind, context)
            return step
        if sum(len(place.holes) for place in places) > MOST_HOLES:
            raise _many(rest[places[-1].index])
        return Form(verb, verb_word, tuple(rest), tuple(places), _words_at(kind, filled, context))
    raise refused or _many(rest[typed[-1][0]])


def _words_at(kind: Kind, rest: Sequence[Token], context: Context) -> int:
    try:
        return len(rest) - len(leading(kind, rest, context)[1])
    except LineRefused:
        return 0


def _many(word: Token) -> LineRefused:
    return word.refused("own_value_many", {"most": str(MOST_HOLES)})


def _else_words(word: Token, place: Place) -> bool:
    return word.text == "=" and place.holes != ("text",)


def _refuse_glued_number(rest: Sequence[Token], kind: Kind, context: Context) -> None:
    """`1230=` where a time may stand is neither a time nor words."""
    begin = _words_at(kind, rest, context)
    word = rest[begin] if begin < len(rest) else None
    if word and not word.literal and "=" in word.text and looks_numeric(word.text.replace("=", "")):
        raise word.refused("time_invalid", {"word": word.text})


def _meanings(kind: Kind, word: Token) -> list[tuple[Hole, ...]]:
    """What the holes of a word may stand for, likeliest first; nothing for a word without a hole."""
    if word.literal or "=" not in word.text:
        return []
    if word.text == "=":
        if kind in _WORDS_ONLY:
            return [("text",)]
        return [("amount",) if kind in _AMOUNTS else ("content",) if kind == "nappy" else ("times",), ("text",)]
    before, dash, after = plain_dash(word.text).partition("-")
    if not dash or "=" not in (before, after):
        return []
    if not all(side in ("", "=") or looks_numeric(side.rstrip("ab")) for side in (before, after)):
        return []
    holes: tuple[Hole, ...] = ("start",) if before == "=" else ()
    return [(*holes, "end") if after == "=" else holes, ()]


def _place(word: Token, index: int, holes: tuple[Hole, ...]) -> Place:
    if word.text == "=":
        return Place(index, holes)
    before, _, after = plain_dash(word.text).partition("-")
    return Place(index, holes, "" if before == "=" else before + "-", "" if after == "=" else "-" + after)


def _with_examples(
    rest: Sequence[Token], places: Sequence[Place], kind: Kind, context: Context
) -> tuple[list[Token], Context]:
    """The words with an example at the column of each hole, and what to read them against.

    An amount's row may hold its own time as well, so a line for another day need not.
    """
    filled = list(rest)
    for place in places:
        word = rest[place.index]
        text = _example(place, kind, rest, context)
        filled[place.index] = Token(word.raw, text, fold(text), word.at, place.holes == ("text",))
    if any(place.holes in (("amount",), ("content",)) for place in places):
        noon = datetime.combine(context.day, time(12, 7), context.now.tzinfo)
        context = context if context.now.date() == context.day else replace(context, now=noon)
    return filled, context


def _example(place: Place, kind: Kind, rest: Sequence[Token], context: Context) -> str:
    hole = place.holes[0]
    if hole == "amount":
        return _AMOUNTS[kind]
    if hole == "content":
        typed = {word.folded for word in rest}
        return next((word for word in content_words(context.language) if fold(word) not in typed), "")
    if hole in ("start", "end"):
        beside = (place.before + place.after).strip("-")
        return place.glued([beside.rstrip("+") or _TIME] * len(place.holes))
    return _TIME if hole == "times" else "x"
