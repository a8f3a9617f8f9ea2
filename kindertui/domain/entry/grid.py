"""Reads the rows of a value grid into one plan; each row is read by the parser of the line."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from msgspec import Struct
from msgspec.structs import replace

from kindertui.domain.daylog import UNITS, Kind
from kindertui.domain.entry.context import Context
from kindertui.domain.entry.for_staff import apart, is_mark, refuse_late
from kindertui.domain.entry.holes import Form, Place, read_form
from kindertui.domain.entry.model import Grid, Hole, LineProblem, LineRefused, Plan, Recall, Roster, Step
from kindertui.domain.entry.moments import clock
from kindertui.domain.entry.no_sleep import read_no_sleep
from kindertui.domain.entry.reading import leading
from kindertui.domain.entry.recalling import bring_back, has_placeholder, is_recall
from kindertui.domain.entry.sendable import refuse_unsendable
from kindertui.domain.entry.steps import instant, read_step, written_out
from kindertui.domain.entry.tokens import Token, check_line, make, tokens
from kindertui.domain.entry.words import VERB_KIND, content_words, fold, vocabulary

STILL_ASLEEP = "-"  # in the cell of an end: there is none yet
# Columns of one cell, so that the place of a problem tells its cell; longer than anything that stands in one.
_CELL = 1_000_000_000
# Nothing is written for a meal or a drink without its amount but that it was had.
_MAY_LACK_AMOUNT: frozenset[Kind] = frozenset({"meal", "drink"})


class CellProblem(Struct, frozen=True):
    """What is wrong in one row: the number of the cell from 0, and the problem with its column in that cell."""

    cell: int
    problem: LineProblem


class GridRead(Struct, frozen=True):
    """What the rows of a grid mean. `steps` has the rows that can be saved, `problems` those that cannot.

    `plan` is the whole act, children of equal values together; None while a row has a problem or nothing is filled.
    A row whose cells are all empty is in neither.
    """

    plan: Plan | None
    problems: Mapping[str, CellProblem]
    steps: Mapping[str, Step]


def grid_plan(
    grid: Grid,
    values: Mapping[str, tuple[str, ...]],
    roster: Roster,
    now: datetime,
    language: str,
    short_words: Mapping[str, str] | None = None,
    *,
    day: date | None = None,
    recall: Recall | None = None,
) -> GridRead:
    """Reads the rows of a grid; `values` holds the cells by child, one for each of `grid.holes`. Never raises.

    All else as in `parse`; `day` is the `Plan.day` the grid came with.
    """
    short = {fold(word): text for word, text in (short_words or {}).items()}
    context = Context(vocabulary(language), language, now, day or roster.day or now.date(), short)
    problems: dict[str, CellProblem] = {}
    steps: dict[str, Step] = {}
    form: Form | LineProblem
    try:
        form = _form(grid, context)
    except LineRefused as refused:
        form = refused.problem
    for child in grid.children:
        cells = tuple(cell.strip() for cell in values.get(child, ()))[: len(grid.holes)]
        cells += ("",) * (len(grid.holes) - len(cells))
        if not any(cells):
            continue
        if not isinstance(form, Form):
            problems[child] = CellProblem(0, form)
            continue
        try:
            row = _row(form, cells, context)
            if row is not None:
                step = _recalled(*row, child, roster, recall or Recall())
                refuse_unsendable(step, row[1])
                steps[child] = replace(step, children=(child,))
        except LineRefused as refused:
            problems[child] = _in_cell(refused.problem, values[child])
    parts = () if problems else _together(steps.values())
    return GridRead(Plan(parts, day) if parts else None, problems, steps)


def _form(grid: Grid, context: Context) -> Form:
    entries = tokens("=".join(grid.pieces))
    if len(entries) == 1 and grid.verb in VERB_KIND:
        form = read_form(grid.verb, entries[0][0], entries[0][1:], context)
        if isinstance(form, Form) and form.grid.holes == grid.holes:
            return form
    raise LineRefused(LineProblem("own_value_not_here"))


def _in_cell(problem: LineProblem, cells: Sequence[str]) -> CellProblem:
    """The cell a problem is in, from where its word stands, with the column in it as typed, its blanks included.

    One of the typed line is shown in the first cell.
    """
    cell = max(0, (problem.at + _CELL // 2) // _CELL - 1)
    typed = cells[cell] if cell < len(cells) else ""
    blanks = len(typed) - len(typed.lstrip()) if typed.strip() else 0
    at = min(max(problem.at - (cell + 1) * _CELL, 0) + blanks, len(typed))
    length = max(0, min(problem.length, len(typed) - at))
    return CellProblem(cell, replace(problem, at=at, length=length))


def _wrong(rule: str, cell: int, length: int = 0, word: str = "", *, incomplete: bool = True) -> LineRefused:
    """What is wrong with a cell as a whole, to be raised."""
    return LineRefused(LineProblem(rule, (cell + 1) * _CELL, length, {"word": word} if word else {}, incomplete))


def _together(steps: Iterable[Step]) -> tuple[Step, ...]:
    parts: list[Step] = []
    for step in steps:
        for index, other in enumerate(parts):
            if replace(step, children=()) == replace(other, children=()):
                parts[index] = replace(other, children=(*other.children, *step.children))
                break
        else:
            parts.append(step)
    return tuple(parts)


def _recalled(step: Step, words: Sequence[Token], child: str, roster: Roster, recall: Recall) -> Step:
    """The step with the text that an `&` in its row, or in the line, brings back for this child."""
    if not has_placeholder(step):
        return step
    asking = next(word for word in words if is_recall(word))
    return bring_back(step, (child,), asking, roster, recall)[0]


def _row(form: Form, cells: tuple[str, ...], context: Context) -> tuple[Step, Sequence[Token]] | None:
    """One child's step and its words; None where there is nothing to write."""
    for number, cell in enumerate(cells):
        check_line(cell, (number + 1) * _CELL)
    filled: list[Token] = []
    moved: list[Token] = []
    number = begin = 0
    by_index = {place.index: place for place in form.places}
    for index, word in enumerate(form.rest):
        if index == form.words_at:
            begin = len(filled)
        place = by_index.get(index)
        if place is None:
            filled.append(word)
            continue
        mine = cells[number : number + len(place.holes)]
        found = _fill(form, place, number, mine, context)
        number += len(place.holes)
        if found is None:
            return None
        if index > form.words_at and place.holes[0] in ("amount", "content"):
            moved += found  # it may hold its own time: it is read before the words
        else:
            filled += found
    if moved:
        filled[begin:begin] = moved
    return read_step(form.verb, form.verb_word, filled, context), filled


def _fill(form: Form, place: Place, number: int, cells: tuple[str, ...], context: Context) -> list[Token] | None:
    """The words that a place's cells stand for; None where there is nothing to write."""
    kind = VERB_KIND[form.verb]
    hole = place.holes[0]
    at = (number + 1) * _CELL
    if hole == "text":
        return _text(cells[0], at, context)
    if hole in ("start", "end"):
        return _range(form, place, number, cells, context)
    if cells[0] == STILL_ASLEEP and form.verb == "woke":
        return None
    if not cells[0]:
        if hole == "amount" and kind in _MAY_LACK_AMOUNT:
            return []
        raise _wrong("own_value_missing", number)
    words = [make(word.raw, at + word.at) for entry in tokens(cells[0].replace(";", "\\;")) for word in entry]
    if hole == "times" and (no_sleep := _no_sleep(form.verb, words, context)) is not None:
        return no_sleep
    _refuse_more_than_one(hole, kind, words, context)
    return words


def _text(cell: str, at: int, context: Context) -> list[Token]:
    """Words and nothing else, whatever they look like; the staff's short words are written out.

    Only a mark that keeps them from parents may stand before them.
    """
    words: list[Token] = []
    for entry in tokens(cell.replace(";", "\\;")):
        for word in apart(entry):
            begins = not words or is_mark(words[-1])
            if (not words and is_mark(word)) or (begins and is_recall(word)):
                words.append(replace(word, at=at + word.at))
                continue
            if not words or is_mark(word):
                refuse_late(None, [replace(word, at=at + word.at)], context.language, late=False)
            text = written_out(word, context.short_words)
            words.append(Token(word.raw, text, fold(text), at + word.at, literal=True))
    return words


def _range(form: Form, place: Place, number: int, cells: tuple[str, ...], context: Context) -> list[Token] | None:
    """`1230-` with the end of one child; a `-` leaves it open."""
    ends = [cell for cell, hole in zip(cells, place.holes, strict=True) if hole == "end"]
    if ends == [STILL_ASLEEP] and place.before == "-":
        return None  # `-=` asks when they woke: who has not needs no record
    no = next((cell for cell in cells if _no_sleep(form.verb, [make(cell, 0)], context)), "")
    if no and place.before != "-":
        return _not_slept(place, number, cells, no)
    typed = []
    for own, (cell, hole) in enumerate(zip(cells, place.holes, strict=True), start=number):
        if not cell:
            raise _wrong("own_value_missing", own)
        if hole == "end" and cell == STILL_ASLEEP:
            typed.append("")
            continue
        if instant(clock(cell), make(cell, (own + 1) * _CELL), context) is None:
            raise _wrong("time_invalid", own, len(cell), cell)
        typed.append(cell)
    text = place.glued(typed)
    return [Token(text, text, fold(text), (number + 1) * _CELL)]


def _no_sleep(verb: str, words: Sequence[Token], context: Context) -> list[Token] | None:
    """The words of a cell that says of a sleep that there was none, read so whatever the line holds behind it.

    None where the cell does not say so.
    """
    try:
        found = read_no_sleep(verb, words, context.vocabulary)
    except LineRefused:
        return None
    return [_set_off(found.word), *found.rest] if found.word else None


def _set_off(word: Token) -> Token:
    """The word for no as it is read whatever stands behind it."""
    return replace(word, folded=word.folded.rstrip(",.:") + ",")


def _not_slept(place: Place, number: int, cells: tuple[str, ...], no: str) -> list[Token]:
    """`1230-=`, `=-1415`, `=-=` of a child who did not sleep: what is known of its beginning stays."""
    known = place.before.removesuffix("-")
    for own, (cell, hole) in enumerate(zip(cells, place.holes, strict=True), start=number):
        if cell in (no, "", STILL_ASLEEP):
            continue
        if hole == "end" or known:
            raise _wrong("no_sleep_no_end", own, len(cell), no, incomplete=False)
        if clock(cell) is None:
            raise _wrong("time_invalid", own, len(cell), cell)
        known = cell
    at = (number + 1) * _CELL
    return [_set_off(make(no, at)), *([make(known, at + len(no) + 1)] if known else [])]


def _refuse_more_than_one(hole: Hole, kind: Kind, words: list[Token], context: Context) -> None:
    """A cell of a time, an amount or a content takes one, and nothing else."""
    read, more = leading(kind, words, context)
    word = more[0] if more else words[-1]
    rule, args = "own_value_words", {"word": word.text}
    if not {"times": read.when, "amount": read.amount, "content": read.content}[hole]:
        if hole == "times":
            rule = "time_invalid"
        elif hole == "content":
            rule, args = "nappy_content_missing", {"expected": ", ".join(content_words(context.language))}
        elif kind == "meal":
            rule = "portion_invalid"
        else:
            rule, args = "amount_invalid", {**args, "unit": UNITS[kind]}
    elif not more:
        return
    raise word.refused(rule, args, word is words[-1])
