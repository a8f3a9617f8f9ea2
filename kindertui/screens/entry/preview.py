"""What stands under the entry line while it is typed: the plan in words, what speaks against it, or what is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from kindertui.i18n import _
from kindertui.text import Line, clean_for_screen
from kindertui.widgets.key_line import clickable

if TYPE_CHECKING:
    from kindertui.domain.entry import LineProblem
    from kindertui.domain.plausibility import Finding

ASKS = "other_group"  # the problem that Enter answers
_ROWS = 2  # of the preview: what speaks against a line is read first, and what was typed stands in the line as well


def problem_content(problem: LineProblem, language: str, width: int, *, meant: bool) -> Content:
    """Why a line is no plan, with a mark under its place; calmly while typing on may cure it and nothing is `meant`."""
    from kindertui.phrases.entry import problem_words

    words = clean_for_screen(problem_words(problem, language))
    asks = problem.rule == ASKS
    if not asks and problem.incomplete and not meant:
        return Content.assemble(("  " + words, "$tone-dim"))
    # the mark stands under the letter it is about; the line begins two cells in, like the text of the line
    place, tone = "  " + " " * min(problem.at, max(0, width - 12)) + "▲ ", "$tone-due" if asks else "$tone-danger"
    if len(words) <= width - len(place) - 4 or problem.at == 0:
        return Content.assemble((place, f"bold {tone}"), (words, tone))
    return Content.assemble((place + "\n", f"bold {tone}"), ("  " + words, tone))


def plan_content(
    told: Sequence[tuple[str, str]], findings: tuple[Finding, ...], names: Mapping[str, str], room: int
) -> Content:
    """For whom and what, on one row, and under it what speaks against it; `room` is the cells of a row."""
    from kindertui.phrases.plausibility import gathered_words

    parts = [
        Content.assemble((clean_for_screen(who), "bold"), "   " if who and what else "", clean_for_screen(what))
        for who, what in told
    ]
    line = Content.assemble("  ", Content("  ·  ").join(parts)) if parts else Content("")
    errors = [one for one in findings if one.level == "error"]
    if not (shown := errors or findings):
        return line
    words, untold = gathered_words(shown, names)
    sign, tone = ("✗ ", "danger") if errors else ("! ", "danger" if shown[0].weight == 1 else "due")
    against = Content.assemble(("  " + sign + clean_for_screen(words), f"bold $tone-{tone}"))
    more = _more(untold) if untold else Content("")
    most = _ROWS * room - 12  # words that do not break leave part of a row
    if against.cell_length + more.cell_length > most:
        more = _more(untold)
        against = against.truncate(most - more.cell_length, ellipsis=True)
    against = Content.assemble(against, more)
    if against.cell_length > room:
        return against
    return Content("\n").join([line.truncate(room, ellipsis=True), against])


def questions_content(findings: tuple[Finding, ...], names: Mapping[str, str], room: int) -> Content | None:
    """Two rows of warnings, where one answer is asked for more than one: what is accepted has to be shown."""
    from kindertui.phrases.plausibility import asked_words

    sentences = asked_words(findings, names)
    if len(sentences) < _ROWS:
        return None
    rows = [
        Content.styled("  ! " + clean_for_screen(words), f"bold $tone-{'danger' if weight == 1 else 'due'}")
        for words, weight in sentences[:_ROWS]
    ]
    left = len(sentences) - _ROWS
    more = _more(left) if left or any(row.cell_length > room for row in rows) else Content("")
    second = rows[1].truncate(room - more.cell_length, ellipsis=True)
    return Content("\n").join([rows[0].truncate(room, ellipsis=True), Content.assemble(second, more)])


def finding_lines(findings: Sequence[Finding], names: Mapping[str, str]) -> list[Line]:
    """Everything that speaks against a line, a sentence each, what may hurt a child first."""
    from kindertui.phrases.plausibility import finding_words

    lines: dict[str, str] = {}
    for one in findings:
        sign, tone = ("✗ ", "danger") if one.level == "error" else ("! ", "danger" if one.weight == 1 else "due")
        lines.setdefault(sign + finding_words(one, names), tone)
    return list(lines.items())


def _more(count: int) -> Content:
    """How much more speaks against a line than there was room for, with the key that shows all of it."""
    words, reads = f" (+{count} · " if count else " (", "ctrl+r " + _("reads all of it")
    return Content.assemble((words, "$tone-dim"), clickable(reads, "$tone-dim"), (")", "$tone-dim"))
