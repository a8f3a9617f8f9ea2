"""Refuses, at its place, what no bundle takes: it would be held back months later, as a count."""

from collections.abc import Sequence

from kindertui.domain.daylog import STAFF_ONLY
from kindertui.domain.delivery import HTML
from kindertui.domain.entry.model import LineProblem, LineRefused, Part, Step
from kindertui.domain.entry.tokens import Token


def refuse_unsendable(part: Part, words: Sequence[Token]) -> None:
    """A sign in words that parents read which looks like HTML: `<b`; `<3` and `a < b` may leave."""
    if not isinstance(part, Step) or part.for_staff or part.kind in STAFF_ONLY:
        return
    found = HTML.search(part.text)
    if found is None:
        return
    word = next((one for one in words if found.group() in one.raw), None)
    args = {"word": found.group()}
    if word is None:  # a short word that is written out, or a text that was brought back
        raise LineRefused(LineProblem("not_sendable", words[-1].at, len(words[-1].raw), args))
    raise LineRefused(LineProblem("not_sendable", word.at + word.raw.index(found.group()), 1, args))
