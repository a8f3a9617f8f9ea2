"""What stands under the entry line while it is typed: the plan in words, what speaks against it, or what is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from kindertui.text import clean_for_screen

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
    more = f" (+{untold})" if untold else ""
    sign, tone = ("✗ ", "danger") if errors else ("! ", "danger" if shown[0].weight == 1 else "due")
    against = Content.assemble(("  " + sign + clean_for_screen(words) + more, f"bold $tone-{tone}"))
    if against.cell_length > room:
        return against.truncate(_ROWS * room - 12, ellipsis=True)  # words that do not break leave part of a row
    return Content("\n").join([line.truncate(room, ellipsis=True), against])


def questions_content(findings: tuple[Finding, ...], names: Mapping[str, str], room: int) -> Content | None:
    """Two rows of warnings, where one answer is asked for more than one: what is accepted has to be shown."""
    from kindertui.phrases.plausibility import asked_words

    sentences = asked_words(findings, names)
    if len(sentences) < _ROWS:
        return None
    more = f" (+{len(sentences) - _ROWS})" if len(sentences) > _ROWS else ""
    tones = ["danger" if findings[0].weight == 1 else "due", "due"]
    rows = [
        Content.styled("  ! " + clean_for_screen(words), f"bold $tone-{tone}")
        for words, tone in zip(sentences[:_ROWS], tones, strict=True)
    ]
    second = rows[1].truncate(room - len(more), ellipsis=True)
    return Content("\n").join([rows[0].truncate(room, ellipsis=True), Content.assemble(second, more)])
