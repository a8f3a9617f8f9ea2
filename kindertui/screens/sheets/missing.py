"""What is missing, as a list: Enter goes to the child and the day, with the line begun that would mend it."""

from rich.cells import cell_len

from kindertui.data.queries import completeness
from kindertui.domain.due import Gap
from kindertui.i18n import _, ngettext
from kindertui.phrases.due import due_word, since_words
from kindertui.phrases.entry import begun_line
from kindertui.screens.place import Go, PlaceScreen
from kindertui.screens.sheets.basic import PickSheet, ReadSheet
from kindertui.widgets.table import Cell, Column, Row


async def show_missing(screen: PlaceScreen, args: str) -> None:
    """The list for the shown group and day, and for the days before it on which something never ended."""
    state, group_id = screen.state, screen.group_asked()
    found = completeness.missing(state.store.reader, state.shown_day, state.zone, state.policy, state.now(), group_id)
    where = next((one.name for one in state.groups if one.id == group_id), "") or _("all groups")
    if not found:
        lines = [
            (_("Nothing is missing: whatever had to be written by now is there."), "good"),
            (_("Sleep ends, departures and what the age asks for are looked at, and the week before."), "dim"),
        ]
        screen.app.push_screen(ReadSheet(where, lines))
        return
    today = state.now().date()
    rows = [
        Row(
            str(number),
            (
                Cell(gap.child.full_name, "strong"),
                Cell(due_word(gap.word), "danger" if gap.word in ("sleep_end", "departure") else "due"),
                Cell(since_words(gap, today), "plain"),
            ),
        )
        for number, gap in enumerate(found)
    ]

    async def chosen(key: str | None) -> None:
        if key is not None:
            jump(screen, found[int(key)])

    # since when stands last and is cut first on a narrow screen: what stands before it takes no more than it has
    name, word = (
        min(most, max(cell_len(row.cells[place].text) for row in rows) + 2) for place, most in ((0, 24), (1, 14))
    )
    title = ngettext("{n} thing is missing: {group}", "{n} things are missing: {group}", len(found))
    sheet = PickSheet(
        title.format(n=len(found), group=where), rows, (Column("", name), Column("", word), Column("", 0)),
        foot=_("Enter goes there, the line is begun · Esc closes"),
    )  # fmt: skip
    screen.app.push_screen(sheet, chosen)


def jump(screen: PlaceScreen, gap: Gap) -> None:
    """Shows the child's day with the line begun."""
    state = screen.state
    if state.group_id is not None and state.group_id != gap.child.group_id:
        state.group_id, state.marked = gap.child.group_id, frozenset()
    state.child_id = gap.child.id
    state.show_day(gap.day)
    state.begun = ("day", begun_line(gap, state.policy, state.language))
    if screen.PLACE == "day":
        screen.refresh_all()
        screen.begin_line()
    else:
        screen.post_message(Go("day"))
