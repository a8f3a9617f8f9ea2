"""Sheets that can go on paper: the hand-over, a child's week, the evacuation list. `p` writes and prints them."""

import asyncio
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
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
from kindertui.screens.place import Wanted
from kindertui.screens.support.key_queue import BACKGROUND
from kindertui.text import content
from kindertui.widgets.sheet_footer import SheetFooter
from kindertui.widgets.table import Cell, Column, Row, RowTable
from kindertui.widgets.week import WeekChart

_ROUND = 5  # lines of a sheet that are neither its body nor said in its foot: the edges, the title, what parts them
_FOOT = 3  # lines that the foot is left at least: the keys, and two to say something in
_WIDE = 112  # cells of the sheet, where the screen has them
_KEPT = timedelta(minutes=30)  # for so long the ticks of a roll outlive the closing of its sheet (house rule)


class PaperSheet(ModalScreen[None]):
    """A sheet to read. Esc and Enter close it, `p` puts it on paper, `!` leads to the evacuation list."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("escape", "close", ""),
        ("enter,ctrl+j", "enter", ""),
        ("p", "paper", ""),
        ("exclamation_mark", "evacuation", ""),
    ]

    def __init__(self, state: AppState, paper: Paper) -> None:
        super().__init__()
        self.state = state
        self._paper = paper

    def compose(self) -> ComposeResult:
        with Vertical(classes="sheet wide paper"):
            yield Static(content(self._paper.title), classes="sheet-title", markup=False)
            yield from self.body()
            yield SheetFooter(self.keys())

    def body(self) -> Iterable[Widget]:
        """What stands between title and foot."""
        lines: list[Widget] = []
        for section in self._paper.sections:
            if lines:
                lines.append(Static("", classes="line", markup=False))
            if section.heading:
                lines.append(Static(content(section.heading, "bold"), classes="line", markup=False))
            lines += [
                Static(content(("! " if line.tone == "danger" else "") + line.text, f"$tone-{line.tone}"),
                       classes="line", markup=False)
                for line in section.lines
            ]  # fmt: skip
        yield VerticalScroll(*lines, classes="lines")

    def on_resize(self) -> None:
        self.fit()

    @property
    def room(self) -> int:
        """The lines there are for the body, so that the keys in the foot are never pushed out of sight."""
        width, height = self.app.size
        return max(3, height - _ROUND - max(_FOOT, self.foot.lines(width, _WIDE)))

    def fit(self) -> None:
        """Gives the body the room that the foot leaves."""
        for lines in self.query(".lines"):
            lines.styles.max_height = self.room

    def say(self, text: str, tone: str = "dim") -> None:
        """Says something in the foot."""
        self.foot.say(text, tone)
        self.fit()

    def keys(self) -> list[tuple[str, str, str]]:
        """What the foot offers: Textual's name of the key, how it is written, what it does."""
        return [("p", "p", _("on paper")), ("escape", "Esc", _("closes"))]

    @property
    def foot(self) -> SheetFooter:
        return self.query_one(SheetFooter)

    def action_close(self) -> None:
        self.dismiss(None)

    def action_enter(self) -> None:
        self.dismiss(None)

    def action_evacuation(self) -> None:
        """Whatever is read can wait."""
        app = self.app
        self.dismiss(None)
        app.call_later(app.post_message, Wanted("evacuation"))

    def paper(self) -> Paper:
        """What goes on paper now."""
        return self._paper

    def action_paper(self) -> None:
        self.say(_("Putting it on paper …"))
        # a worker: a printer that does not answer must not keep the keyboard
        self.run_worker(self._print(self.paper()), group=BACKGROUND, exclusive=True)

    async def _print(self, paper: Paper) -> None:
        folder, day = self.state.store.locations.papers, self.state.now().date()
        texts = {"html": as_html(paper), "txt": as_text(paper)}
        try:
            written = await asyncio.to_thread(papers.write, folder, paper.name, day, texts)
        except OSError:
            self.say(
                _(
                    "Not put on paper: {path} cannot be written. Make room, or ask who looks after this computer."
                ).format(path=folder),
                "danger",
            )
            return
        self.say(*_told(await asyncio.to_thread(papers.to_printer, written["txt"]), str(written["html"])))


def _told(printed: Printed, path: str) -> tuple[str, str]:
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
        super().__init__(state, paper)
        self._rolls = rolls
        self._rows = 0
        self._unsure = unsure_words(days, state.now(), most=6)
        self._names = {one.child.id: one.child.full_name for roll in rolls for one in roll.children}
        if state.called_at is None or state.now() - state.called_at > _KEPT:
            state.called = frozenset()

    def body(self) -> Iterable[Widget]:
        yield RowTable(id="roll", heads=False)
        if self._unsure:
            yield Static(content("! " + self._unsure, "bold $tone-danger"), classes="line unsure", markup=False)

    def keys(self) -> list[tuple[str, str, str]]:
        return [("space", _("Space"), _("is here")), *super().keys()]

    @property
    def table(self) -> RowTable:
        return self.query_one("#roll", RowTable)

    def on_mount(self) -> None:
        self._show()
        self._next()

    def on_resize(self) -> None:
        self._show()

    def _show(self) -> None:
        rows: list[Row] = []
        for roll in self._rolls:
            rows.append(Row(None, (Cell(f"{roll.group}: {len(roll.children)}", "accent"),), wide=0))
            rows += [self._row(one) for one in roll.children]
        if not rows:
            rows.append(Row(None, (Cell(count_words(0), "dim"),), wide=0))
        self._rows = len(rows)
        width = min(self.app.size.width, _WIDE) - 12
        name = max(18, width * 2 // 5)
        self.table.show((Column("", name), Column("", 10), Column("", 0)), rows)
        self._tell()
        self.fit()

    def fit(self) -> None:
        self.table.styles.height = max(1, min(self._rows, max(3, self.room - (2 if self._unsure else 0))))

    def _row(self, one: ChildDay) -> Row:
        here = one.child.id in self.state.called
        return Row(
            one.child.id,
            (
                Cell(("[x] " if here else "[ ] ") + one.child.full_name, "dim" if here else "strong"),
                Cell(_("asleep") if one.asleep else "", "sleep"),
                Cell(phone_words(one), "dim"),
            ),
        )

    def _tell(self) -> None:
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

    def action_tick(self) -> None:
        """Ticks the child under the cursor, or takes the tick away, and goes on."""
        child_id = self.table.cursor
        if child_id is None:
            return
        ticking = child_id not in self.state.called
        self.state.called ^= {child_id}
        self.state.called_at = self.state.now()
        self._show()
        if ticking:
            self._next()

    def _next(self) -> None:
        """The next who was not called yet, from the cursor on and then from the top."""
        keys = self.table.keys
        if self.table.cursor not in keys:
            return
        place = keys.index(self.table.cursor)
        left = [key for key in (*keys[place:], *keys[:place]) if key not in self.state.called]
        if left:
            self.table.move_to(left[0])

    def on_key(self, event: events.Key) -> None:
        # not bound: Textual does a bound key after the others, and a roll is called fast
        if self.table.key_pressed(event.key):
            event.stop()
        elif event.key in ("space", "enter", "ctrl+j"):
            event.stop()
            self.action_tick()

    def on_row_table_moved(self, event: RowTable.Moved) -> None:
        event.stop()

    def on_row_table_chosen(self, event: RowTable.Chosen) -> None:
        event.stop()
        self.action_tick()

    def action_evacuation(self) -> None:
        """This is it."""
