"""The keys that answer what parents should not read: kept for the staff, or a line about the child that is named."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from kindertui.domain.entry import LineProblem, Plan
from kindertui.i18n import _

if TYPE_CHECKING:
    from kindertui.screens.entry.reader import LineReader
    from kindertui.screens.status_area import StatusArea
    from kindertui.widgets.entry_line import EntryLine


def way_of_staff() -> str:
    """The key that keeps what is typed from parents, as the status line says it."""
    return "ctrl+t " + _("for staff only")


class Ways:
    """Says which keys there are for a typed line, and does what they do. `reader` gives the line's reader of now."""

    def __init__(self, line: EntryLine, status: StatusArea, reader: Callable[[], LineReader]) -> None:
        self._line, self._status, self._reader = line, status, reader
        self._said = ""  # the line of which they were said

    def offer(self, text: str, found: Plan | LineProblem, *, asked: bool) -> None:
        """Says them once for a line that speaks of what parents should not read, unless a question is `asked` of it."""
        told = isinstance(found, Plan) and self._reader().told(found)
        if not told:
            self._said = ""
            self._status.offer("")
        elif not asked and self._said != text:
            self._said = text
            self._status.offer(self._words(text))

    def refused(self) -> None:
        """Enter said why the line is not saved: that stays."""
        self._said = self._line.value

    def keep_for_staff(self) -> None:
        """Puts a mark before the words that are typed: no parent reads them."""
        self._rewrite(self._reader().kept(self._line.value), _("There are no words here that could be for staff only."))

    def make_about_named(self) -> None:
        """Makes the line one about the child whose name its words begin with."""
        line, _name = self._reader().about_named(self._line.value)
        self._rewrite(line, _("No words here begin with the name of another child of the list."))

    def _words(self, text: str) -> str:
        ways = [way_of_staff()]
        if name := self._reader().about_named(text)[1]:
            ways.insert(0, "ctrl+n " + _("for {name}?").format(name=name))
        return " · ".join([*ways, "Esc " + _("clears the line")])

    def _rewrite(self, line: str, why_not: str) -> None:
        if line:
            self._line.put(line)
        else:
            self._status.explain(why_not)
