"""The lines that are not saved, to be tried again, put back on the line, or dropped; asked about on leaving too."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual import events
from textual.widget import Widget

from kindertui.data import queries
from kindertui.domain.unsaved import UnsavedLine
from kindertui.i18n import _
from kindertui.phrases.unsaved import leaving_words, next_words, others_words, since_words, why_words
from kindertui.screens.app_state import AppState
from kindertui.screens.requests import Go
from kindertui.screens.sheets.confirm import ConfirmSheet
from kindertui.screens.sheets.sheet import Sheet
from kindertui.text import Line
from kindertui.widgets.sheet_footer import Keys
from kindertui.widgets.table import Cell, Row, RowTable, text_row, untitled

if TYPE_CHECKING:
    from kindertui.screens.place import PlaceScreen


async def show_unsaved(screen: PlaceScreen, args: str) -> None:
    """The list; the line that was chosen goes back to the place where it was typed."""

    def closed(line: UnsavedLine | None) -> None:
        if line is not None:
            _put_back(screen, line)

    if screen.state.not_saved:
        screen.app.push_screen(UnsavedSheet(screen.state), closed)
    else:
        screen.status.explain(_("No line waits to be saved."), "good")


def _put_back(screen: PlaceScreen, line: UnsavedLine) -> None:
    """Shows what was shown when the line was typed, and puts the line there."""
    state = screen.state
    state.group_id, state.marked = line.group_id, frozenset()
    state.show_day(line.day)
    if line.child_id is not None and queries.child(state.store.reader, line.child_id) is not None:
        state.child_id = line.child_id
    state.returning = line
    if line.place == screen.PLACE:
        screen.refresh_all()
        screen.begin_line()
    else:
        screen.post_message(Go(line.place))  # type: ignore[arg-type]


class UnsavedSheet(Sheet[UnsavedLine | None]):
    """Gives the line that is to be typed again, which is off the list then."""

    BOX = "sheet wide"
    WIDTH = 112

    def __init__(self, state: AppState) -> None:
        keys: Keys = (
            ("enter", "Enter", _("puts it back on the line")),
            ("r", "r", _("tries again")),
            ("delete", "Del", _("drops it")),
            ("escape", "Esc", _("back")),
        )
        super().__init__(_("Not saved"), keys=keys)
        self._state = state
        self._lines: dict[str, UnsavedLine] = {}

    def body(self) -> Iterable[Widget]:
        yield RowTable(id="rows", heads=False)

    def on_mount(self) -> None:
        self.show_unsaved()

    def on_resize(self) -> None:
        self.show_unsaved()

    def show_unsaved(self) -> None:
        """Shows what is not saved by now."""
        lines, others = self._state.unsaved.mine(), self._state.unsaved.others()
        now, self._lines = self._state.now(), {one.act: one for one in lines}
        rows = [
            Row(
                one.act,
                (
                    Cell(since_words(one, now), "dim"),
                    Cell(one.label, "strong"),
                    Cell(" · ".join(part for part in (why_words(one), next_words(one)) if part), "due"),
                ),
            )
            for one in lines
        ]
        if others:
            rows.append(text_row(others_words(others), "dim"))
        if not rows:
            rows = [text_row(_("No line waits to be saved."), "good")]
        width = min(self.WIDTH, self.app.size.width * 96 // 100) - 6
        when = 12 if any(one.since.date() != now.date() for one in lines) else 6
        why = max((cell_len(one.cells[2].text) for one in rows if len(one.cells) == 3), default=0)
        self.show_rows(untitled(when, max(width * 2 // 5, width - when - why - 2)), rows)
        self._say()

    def _say(self) -> None:
        """What the row has no room for: the line as it was typed, and why it is not saved."""
        line = self._chosen
        self.say("" if line is None else f"› {line.text}\n{why_words(line)}", "due")

    @property
    def _chosen(self) -> UnsavedLine | None:
        return self._lines.get(self.table.cursor or "")

    # -- keys ----------------------------------------------------------------------------------------------------

    def on_row_table_moved(self, event: RowTable.Moved) -> None:
        event.stop()
        self._say()

    def on_row_table_chosen(self, event: RowTable.Chosen) -> None:
        event.stop()
        if event.twice:
            self._take()

    def on_key(self, event: events.Key) -> None:
        keys = {"enter": self._take, "ctrl+j": self._take, "delete": self._drop, "r": self._try}
        if self.table.key_pressed(event.key):
            event.stop()
        elif event.key in keys:
            event.stop()
            keys[event.key]()

    def _take(self) -> None:
        line = self._chosen
        if line is None:
            self.dismiss(None)
        elif why := self._state.unsaved.release(line.act):
            self._refuse(why)
        else:
            self.dismiss(line)

    def _try(self) -> None:
        self._state.unsaved.again(now=True)
        self.show_unsaved()

    def _drop(self) -> None:
        line = self._chosen
        if line is None:
            return

        def answered(yes: str | None) -> None:
            if yes is not None and (why := self._state.unsaved.release(line.act)):
                self._refuse(why)

        lines: list[Line] = [(line.label, "strong"), (f"› {line.text}", "plain"), (_("It is gone then."), "due")]
        self.app.push_screen(ConfirmSheet(_("Drop this line?"), lines, does=_("drops it")), answered)

    def _refuse(self, why: str) -> None:
        self.show_unsaved()
        self.say(why, "danger")


def ask_to_leave(screen: PlaceScreen, leave: Callable[[], None]) -> None:
    """Asks before the program is left with lines that are not saved, and says what becomes of them."""
    unsaved = screen.state.unsaved
    mine, others = unsaved.mine(), unsaved.others()
    kept = unsaved.kept()
    lines: list[Line] = [(f"{one.label}   {why_words(one)}", "strong") for one in mine]
    if others:
        lines.append((others_words(others), "plain"))
    lines += [("", "plain"), (leaving_words(kept=kept), "due" if kept else "danger")]

    def answered(yes: str | None) -> None:
        if yes is not None:
            leave()

    screen.app.push_screen(ConfirmSheet(_("Leave with lines that are not saved?"), lines, does=_("leaves")), answered)
