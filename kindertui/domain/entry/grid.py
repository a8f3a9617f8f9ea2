"""Reads the rows of a value grid into one plan; each row is read by the parser of the line."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from msgspec import Struct
from msgspec.structs import replace

from kindertui.domain.daylog import UNITS, Kind
from kindertui.domain.entry.holes import Form, Place, read_form
from kindertui.domain.entry.model import Grid, Hole, LineProblem, Plan, Recall, Roster, Step
from kindertui.domain.entry.moments import clock
from kindertui.domain.entry.no_sleep import NoSleep, read_no_sleep
from kindertui.domain.entry.reading import Context, leading
from kindertui.domain.entry.recalling import bring_back, has_placeholder, is_recall
from kindertui.domain.entry.steps import instant, read_step
from kindertui.domain.entry.tokens import Token, make, refusal, tokens
from kindertui.domain.entry.words import VERB_KIND, content_words, fold, vocabulary

STILL_ASLEEP = "-"  # in the cell of an end: there is none yet
# Columns of one cell, so that the place of a problem tells its cell; longer than any line that is read.
_CELL = 10_000
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
    form = _form(grid, context)
    problems: dict[str, CellProblem] = {}
    steps: dict[str, Step] = {}
    for child in grid.children:
        cells = tuple(cell.strip() for cell in values.get(child, ()))[: len(grid.holes)]
        cells += ("",) * (len(grid.holes) - len(cells))
        if not any(cells):
            continue
        if not isinstance(form, Form):
            problems[child] = CellProblem(0, form)
            continue
        row = _row(form, cells, context)
        if row is None:
            continue
        found = row if isinstance(row, CellProblem) else _recalled(*row, child, roster, recall or Recall())
        if isinstance(found, CellProblem):
            problems[child] = _in_cell(found, values[child])
        else:
            steps[child] = replace(found, children=(child,))
    parts = () if problems else _together(steps.values())
    return GridRead(Plan(parts, day) if parts else None, problems, steps)


def _form(grid: Grid, context: Context) -> Form | LineProblem:
    entries = tokens("=".join(grid.pieces))
    if len(entries) != 1 or grid.verb not in VERB_KIND:
        return LineProblem("own_value_not_here")
    form = read_form(grid.verb, entries[0][0], entries[0][1:], context)
    if isinstance(form, LineProblem):
        return form
    if not isinstance(form, Form) or form.grid.holes != grid.holes:
        return LineProblem("own_value_not_here")
    return form


def _in_cell(found: CellProblem, cells: Sequence[str]) -> CellProblem:
    """With the column in the cell as typed, its blanks in front included."""
    typed = cells[found.cell] if found.cell < len(cells) else ""
    blanks = len(typed) - len(typed.lstrip()) if typed.strip() else 0
    at = min(max(found.problem.at, 0) + blanks, len(typed))
    length = max(0, min(found.problem.length, len(typed) - at))
    return CellProblem(found.cell, replace(found.problem, at=at, length=length))


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


def _recalled(step: Step, words: Sequence[Token], child: str, roster: Roster, recall: Recall) -> Step | CellProblem:
    """The step with the text that an `&` in its row, or in the line, brings back for this child."""
    if not has_placeholder(step):
        return step
    asking = next(word for word in words if is_recall(word))
    found = bring_back(step, (child,), asking, roster, recall)
    return _placed(found) if isinstance(found, LineProblem) else found[0]


def _placed(problem: LineProblem) -> CellProblem:
    """The cell a problem is in, from where its word stands; one of the typed line is shown in the first cell."""
    number = max(0, (problem.at + _CELL // 2) // _CELL - 1)
    return CellProblem(number, replace(problem, at=problem.at - (number + 1) * _CELL))


def _row(form: Form, cells: tuple[str, ...], context: Context) -> tuple[Step, Sequence[Token]] | CellProblem | None:
    """One child's step and its words, or what is wrong in which cell; None where there is nothing to write."""
    for number, cell in enumerate(cells):
        refused = refusal(cell)
        if refused is not None:
            return CellProblem(number, refused)
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
        if isinstance(found, CellProblem):
            return found
        if found is None:
            return None
        if index > form.words_at and place.holes[0] in ("amount", "content"):
            moved += found  # it may hold its own time: it is read before the words
        else:
            filled += found
    if moved:
        filled[begin:begin] = moved
    step = read_step(form.verb, form.verb_word, filled, context)
    return _placed(step) if isinstance(step, LineProblem) else (step, filled)


def _fill(
    form: Form, place: Place, number: int, cells: tuple[str, ...], context: Context
) -> list[Token] | CellProblem | None:
    """The words that a place's cells stand for."""
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
        return CellProblem(number, LineProblem("own_value_missing", incomplete=True))
    words = [make(word.raw, at + word.at) for entry in tokens(cells[0].replace(";", "\\;")) for word in entry]
    if hole == "times" and (no_sleep := _no_sleep(form.verb, words, context)) is not None:
        return no_sleep
    wrong = _one_value(hole, kind, words, context)
    return CellProblem(number, replace(wrong, at=wrong.at - at)) if wrong else words


def _text(cell: str, at: int, context: Context) -> list[Token]:
    """Words and nothing else, whatever they look like; the staff's short words are written out."""
    words: list[Token] = []
    for entry in tokens(cell.replace(";", "\\;")):
        for word in entry:
            if not words and is_recall(word):
                words.append(replace(word, at=at + word.at))
                continue
            text = word.text if word.literal else context.short_words.get(word.folded, word.text)
            words.append(Token(word.raw, text, fold(text), at + word.at, literal=True))
    return words


def _range(
    form: Form, place: Place, number: int, cells: tuple[str, ...], context: Context
) -> list[Token] | CellProblem | None:
    """`1230-` with the end of one child; a `-` leaves it open."""
    ends = [cell for cell, hole in zip(cells, place.holes, strict=True) if hole == "end"]
    if ends == [STILL_ASLEEP] and place.before == "-":
        return None  # `-=` asks when they woke: who has not needs no record
    no = next((cell for cell in cells if _no_sleep(form.verb, [make(cell, 0)], context)), "")
    if no and place.before != "-":
        return _not_slept(form, place, number, cells, no)
    typed = []
    for offset, (cell, hole) in enumerate(zip(cells, place.holes, strict=True)):
        if not cell:
            return CellProblem(number + offset, LineProblem("own_value_missing", incomplete=True))
        if hole == "end" and cell == STILL_ASLEEP:
            typed.append("")
            continue
        word = make(cell, 0)
        moment = instant(clock(cell), word, context)
        if moment is None:
            return CellProblem(number + offset, LineProblem("time_invalid", 0, len(cell), {"word": cell}, True))
        if isinstance(moment, LineProblem):
            return CellProblem(number + offset, moment)
        typed.append(cell)
    text = place.glued(typed)
    return [Token(text, text, fold(text), (number + 1) * _CELL)]


def _no_sleep(verb: str, words: Sequence[Token], context: Context) -> list[Token] | None:
    """The words of a cell that says of a sleep that there was none, read so whatever the line holds behind it.

    None where the cell does not say so.
    """
    found = read_no_sleep(verb, words, context.vocabulary) if words else None
    if not isinstance(found, NoSleep) or found.word is None:
        return None
    return [_set_off(found.word), *found.rest]


def _set_off(word: Token) -> Token:
    """The word for no as it is read whatever stands behind it."""
    return replace(word, folded=word.folded.rstrip(",.:") + ",")


def _not_slept(form: Form, place: Place, number: int, cells: tuple[str, ...], no: str) -> list[Token] | CellProblem:
    """`1230-=`, `=-1415`, `=-=` of a child who did not sleep: what is known of its beginning stays."""
    known = place.before.removesuffix("-")
    for offset, cell in enumerate(cells):
        if cell in (no, "", STILL_ASLEEP):
            continue
        if place.holes[offset] == "end" or known:
            return CellProblem(number + offset, LineProblem("no_sleep_no_end", 0, len(cell), {"word": no}))
        if clock(cell) is None:
            return CellProblem(number + offset, LineProblem("time_invalid", 0, len(cell), {"word": cell}, True))
        known = cell
    at = (number + 1) * _CELL
    return [_set_off(make(no, at)), *([make(known, at + len(no) + 1)] if known else [])]


def _one_value(hole: Hole, kind: Kind, words: list[Token], context: Context) -> LineProblem | None:
    """What is wrong with a cell that takes one time, amount or content."""
    found = leading(kind, words, context)
    if isinstance(found, LineProblem):
        return found
    read, more = found
    word = more[0] if more else words[-1]
    last = word is words[-1]
    if not {"times": read.when, "amount": read.amount, "content": read.content}[hole]:
        return _not_a(hole, kind, word, context, last)
    return word.problem("own_value_words", {"word": word.text}, last) if more else None


def _not_a(hole: Hole, kind: Kind, word: Token, context: Context, last: bool) -> LineProblem:
    if hole == "times":
        return word.problem("time_invalid", {"word": word.text}, last)
    if hole == "content":
        expected = ", ".join(content_words(context.language))
        return word.problem("nappy_content_missing", {"expected": expected}, last)
    if kind == "meal":
        return word.problem("portion_invalid", {"word": word.text}, last)
    return word.problem("amount_invalid", {"word": word.text, "unit": UNITS[kind]}, last)
