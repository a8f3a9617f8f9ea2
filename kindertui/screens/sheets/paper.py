"""Sheets that can go on paper: the hand-over, a child's week, the evacuation list. `p` writes and prints them."""

import asyncio
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from kindertui.data import papers
from kindertui.data.papers import Printed
from kindertui.domain.roster import ChildDay
from kindertui.domain.week import WeekDay
from kindertui.i18n import _
from kindertui.phrases import listed
from kindertui.phrases.evacuation import Roll, count_words, phone_words, unsure_words
from kindertui.phrases.paper import Paper, as_html, as_text
from kindertui.screens.app_state import AppState
from kindertui.screens.sheets.read import ReadSheet, scrolled
from kindertui.screens.support.key_queue import BACKGROUND
from kindertui.text import content
from kindertui.widgets.sheet_footer import Keys
from kindertui.widgets.table import Cell, Row, RowTable, text_row, untitled
from kindertui.widgets.timeline import WeekChart

_TICKED_FOR = timedelta(minutes=30)  # for so long the ticks of a roll outlive the closing of its sheet (house rule)


class PaperSheet(ReadSheet):
    """A sheet to read that `p` puts on paper. Esc and Enter close it, `!` leads to the evacuation list."""

    BOX = "sheet wide paper"
    WIDTH = 112
    BINDINGS: ClassVar[list[BindingType]] = [("p", "paper", "")]

    def __init__(self, state: AppState, paper: Paper, *, keys: Keys = ()) -> None:
        """`keys` stand in the footer before those of every paper."""
        super().__init__(paper.title, keys=[*keys, ("p", "p", _("on paper")), ("escape", "Esc", _("closes"))])
        self.state = state
        self._paper = paper

    def body(self) -> Iterable[Widget]:
        lines: list[Content] = []
        for section in self._paper.sections:
            if lines:
                lines.append(Content(""))
            if section.heading:
                lines.append(content(section.heading, "bold"))
            for line in section.lines:
                sign = "! " if line.tone == "danger" else ""
                lines.append(content(sign + line.text, f"$tone-{line.tone}"))
        yield scrolled(lines)

    def on_resize(self) -> None:
        self.fit()

    def fit(self) -> None:
        for lines in self.query(".lines"):
            lines.styles.max_height = self.room

    def action_paper(self) -> None:
        self.say(_("Putting it on paper …"))
        # a worker: a printer that does not answer must not keep the keyboard
        self.run_worker(self._print(), group=BACKGROUND, exclusive=True)

    async def _print(self) -> None:
        folder, day = self.state.store.locations.papers, self.state.now().date()
        texts = {"html": as_html(self._paper), "txt": as_text(self._paper)}
        try:
            written = await asyncio.to_thread(papers.write, folder, self._paper.name, day, texts)
        except OSError:
            text = _("Not put on paper: {path} cannot be written. Make room, or ask who looks after this computer.")
            self.say(text.format(path=folder), "danger")
            return
        self.say(*_printed_words(await asyncio.to_thread(papers.to_printer, written["txt"]), str(written["html"])))


def _printed_words(printed: Printed, path: str) -> tuple[str, str]:
    if printed == "printed":
        return _("Sent to the printer. A copy is in {path}, and gone after a day.").format(path=path), "good"
    if printed == "refused":
        return _("The printer did not take it. Open {path} and print it from there.").format(path=path), "danger"
    return _("Written: open {path} and print it from there. It is gone after a day.").format(path=path), "good"


class WeekSheet(PaperSheet):
    """Five days as bars."""

    def __init__(self, state: AppState, paper: Paper, days: Sequence[WeekDay]) -> None:
        super().__init__(state, paper)
        self._days = days

    def body(self) -> Iterable[Widget]:
        yield VerticalScroll(WeekChart(self._days), classes="lines")


class EvacuationSheet(PaperSheet):
    """Everybody who is in, by group, to call the roll by: Space ticks and goes on to the next."""

    def __init__(self, state: AppState, paper: Paper, rolls: Sequence[Roll], days: Sequence[ChildDay]) -> None:
        super().__init__(state, paper, keys=[("space", _("Space"), _("is here"))])
        self._rolls = rolls
        self._rows = 0
        self._unsure = unsure_words(days, state.now(), most=6)
        self._names = {one.child.id: one.child.full_name for roll in rolls for one in roll.children}
        if state.called_at is None or state.now() - state.called_at > _TICKED_FOR:
            state.called = frozenset()

    def body(self) -> Iterable[Widget]:
        yield RowTable(id="roll", heads=False)
        if self._unsure:
            yield Static(content("! " + self._unsure, "bold $tone-danger"), classes="line unsure", markup=False)

    def on_mount(self) -> None:
        self._show()
        self.table.move_on(self.state.called)

    def on_resize(self) -> None:
        self._show()

    def _show(self) -> None:
        rows: list[Row] = []
        for roll in self._rolls:
            rows.append(text_row(f"{roll.group}: {len(roll.children)}", "accent"))
            rows += [self._row(one) for one in roll.children]
        if not rows:
            rows.append(text_row(count_words(0), "dim"))
        self._rows = len(rows)
        width = min(self.app.size.width, self.WIDTH) - 12
        self.table.show(untitled(max(18, width * 2 // 5), 10), rows)
        self._say_missing()
        self.fit()

    def fit(self) -> None:
        self.table.styles.height = max(1, min(self._rows, max(3, self.room - (2 if self._unsure else 0))))

    def _row(self, one: ChildDay) -> Row:
        here = one.child.id in self.state.called
        name = Cell(("[x] " if here else "[ ] ") + one.child.full_name, "dim" if here else "strong")
        return Row(
            one.child.id, (name, Cell(_("asleep") if one.asleep else "", "sleep"), Cell(phone_words(one), "dim"))
        )

    def _say_missing(self) -> None:
        missing = [name for child_id, name in self._names.items() if child_id not in self.state.called]
        if not self._names:
            return
        if not missing:
            self.say(_("All {n} are here.").format(n=len(self._names)), "good")
        elif len(missing) < len(self._names):
            text = _("{n} of {m} are here. NOT YET: {names}")
            done = len(self._names) - len(missing)
            self.say(text.format(n=done, m=len(self._names), names=listed(missing, most=8)), "danger")
        else:
            self.say("")

    def _tick(self) -> None:
        """Ticks the child under the cursor, or takes the tick away, and goes on."""
        child_id = self.table.cursor
        if child_id is None:
            return
        ticking = child_id not in self.state.called
        self.state.called ^= {child_id}
        self.state.called_at = self.state.now()
        self._show()
        if ticking:
            self.table.move_on(self.state.called)

    def on_key(self, event: events.Key) -> None:
        # not bound: Textual does a bound key after the others, and a roll is called fast
        if self.table.key_pressed(event.key):
            event.stop()
        elif event.key in ("space", "enter", "ctrl+j"):
            event.stop()
            self._tick()

    def on_row_table_chosen(self, event: RowTable.Chosen) -> None:
        event.stop()
        self._tick()

    def action_evacuation(self) -> None:
        """This is it."""
