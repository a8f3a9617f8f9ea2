"""The list of what is missing: Enter goes to the child's day, with the beginning of a line that adds it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from rich.cells import cell_len

from kindertui.data.queries import completeness
from kindertui.domain.due import Gap
from kindertui.i18n import _, ngettext
from kindertui.phrases.due import due_word, since_words
from kindertui.phrases.entry import begun_line
from kindertui.screens.requests import Go
from kindertui.screens.sheets.pick import PickSheet
from kindertui.screens.sheets.read import ReadSheet
from kindertui.widgets.table import Cell, Row

if TYPE_CHECKING:
    from kindertui.screens.place import PlaceScreen


async def show_missing(screen: PlaceScreen, args: str) -> None:
    """The list for the shown group and day, and for the days before it on which something never ended."""
    state, group_id = screen.state, screen.group_asked()
    found = completeness.missing(state.store.reader, state.shown_day, state.zone, state.policy, state.now(), group_id)
    where = state.group_name(group_id) or _("all groups")
    if not found:
        lines = [
            (_("Nothing is missing: whatever had to be written by now is there."), "good"),
            (_("Sleep ends, departures and what the age asks for are looked at, and the week before."), "dim"),
        ]
        screen.app.push_screen(ReadSheet(where, lines))
        return
    today = state.now().date()
    rows = [_row(str(number), gap, today) for number, gap in enumerate(found)]

    async def chosen(key: str | None) -> None:
        if key is not None:
            jump(screen, found[int(key)])

    # a narrow screen cuts the last column, since when, first: those before it take no more than their texts need
    name, word = (
        min(most, max(cell_len(row.cells[place].text) for row in rows) + 2) for place, most in ((0, 24), (1, 14))
    )
    title = ngettext("{n} thing is missing: {group}", "{n} things are missing: {group}", len(found))
    footer = _("Enter goes there, the line is begun · Esc closes")
    sheet = PickSheet(title.format(n=len(found), group=where), rows, (name, word), footer=footer)
    screen.app.push_screen(sheet, chosen)


def _row(key: str, gap: Gap, today: date) -> Row:
    what = Cell(due_word(gap.word), "danger" if gap.word in ("tell_parents", "sleep_end", "departure") else "due")
    return Row(key, (Cell(gap.child.full_name, "strong"), what, Cell(since_words(gap, today))))


def jump(screen: PlaceScreen, gap: Gap) -> None:
    """Shows the child's day, with the beginning of the line that is missing."""
    state = screen.state
    state.show_child(gap.child)
    state.show_day(gap.day)
    state.begun = ("day", begun_line(gap, state.policy, state.language))
    if screen.PLACE == "day":
        screen.refresh_all()
        screen.begin_line()
    else:
        screen.post_message(Go("day"))
