"""Lines that draw themselves are, cell by cell, those that Textual would have drawn."""

from collections.abc import Iterable
from typing import Any

import pytest
from rich.cells import cell_len
from textual._wait import wait_for_idle
from textual.app import App, ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.geometry import Size
from textual.selection import SELECT_ALL
from textual.widgets import Static
from textual.widgets.input import Selection

from kindertui.screens.support import theme
from kindertui.screens.support.output_filter import OutputFilter
from kindertui.text import content
from kindertui.widgets.entry_line import LINE_LIMIT, EntryLine
from kindertui.widgets.key_line import StatusLine, clickable
from kindertui.widgets.table import Cell, Column, Row, RowTable
from tests.screens.acting import HOSTILE
from tests.screens.hands import send_keys
from tests.widgets.looks import Glass, cells, drawn_right

WIDTH = 60
ROWS = tuple(
    Row(f"r{n}", (Cell(f"Child {n}", "strong"), Cell("3", "dim"), Cell("[b]משהו 汉字 🙂", "danger"))) for n in range(30)
)
COLUMNS = (Column("child", 12), Column("age", 4), Column("mind", 0))


class Shown(App[None]):
    """A list and the foot of a place, in the program's own styles."""

    CSS_PATH = "../../kindertui/app.tcss"

    def __init__(self) -> None:
        super().__init__()
        self._filters.append(OutputFilter())
        self.register_theme(theme.DARK)
        self.register_theme(theme.LIGHT)
        self.theme = "kindertui-dark"

    def compose(self) -> ComposeResult:
        yield RowTable(id="rows", marks=True)
        with Vertical(id="panel"):
            with Horizontal(id="line"):
                yield Static("›", id="prompt")
                yield EntryLine()
            yield StatusLine(id="preview")
            yield StatusLine(id="status")

    @property
    def line(self) -> EntryLine:
        return self.query_one(EntryLine)

    @property
    def status(self) -> StatusLine:
        return self.query_one("#status", StatusLine)

    def on_entry_line_entered(self, event: EntryLine.Entered) -> None:
        self.line.remember(event.text)


LINES: dict[str, tuple[str, Selection]] = {
    "empty": ("", Selection.cursor(0)),
    "cursor at the start": ("d wet", Selection.cursor(0)),
    "in the middle": ("d wet", Selection.cursor(2)),
    "at the end": ("d wet", Selection.cursor(5)),
    "as long as the line": ("x" * (WIDTH - 4), Selection.cursor(0)),
    "and the cursor behind it": ("x" * (WIDTH - 4), Selection.cursor(WIDTH - 4)),
    "one shorter": ("x" * (WIDTH - 5), Selection.cursor(WIDTH - 5)),
    "selected": ("lunch half", Selection(6, 10)),
    "selected backwards": ("lunch half", Selection(10, 2)),
    "wide": ("note 汉字🙂 שלום", Selection.cursor(6)),
    "behind what is wide": ("汉字", Selection.cursor(2)),
    "longer": ("lunch half " * 20, Selection.cursor(220)),
    "longer, its beginning": ("lunch half " * 20, Selection.cursor(0)),
    "the longest": ("w" * LINE_LIMIT, Selection.cursor(250)),
    "a tab, escape codes": ("a\tb\x1b[31mred\x07", Selection.cursor(3)),
}  # fmt: skip


@pytest.mark.parametrize("colours", [True, False])
async def test_the_entry_line_looks_as_input_would_have_it(colours: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if not colours:
        monkeypatch.setenv("NO_COLOR", "1")
    app = Shown()
    async with app.run_test(size=(WIDTH, 14)) as pilot:
        assert app.no_color is not colours
        line = app.line

        async def states(names: Iterable[str]) -> None:
            for name in names:
                line.value, line.selection = LINES[name]
                drawn_right(line, name)  # not yet scrolled to where it belongs
                await wait_for_idle(0)
                for visible in (False, True):
                    line._cursor_visible = visible
                    drawn_right(line, name)

        await states(LINES)
        app.screen.set_focus(None)
        await pilot.pause()
        await states(("empty", "in the middle", "selected", "longer"))
        app.query_one("#line").add_class("-closed")
        await pilot.pause()
        await states(("empty",))
        line.focus()
        await pilot.pause()
        await states(("empty", "in the middle", "wide"))
        app.query_one("#line").remove_class("-closed")
        await pilot.pause()
        await states(("empty",))
        for one in ("kindertui-light", "kindertui-dark"):
            app.theme = one
            await pilot.pause()
            await states(("in the middle", "empty", "selected", "longer"))


async def test_what_was_drawn_is_forgotten_when_the_styles_are_others() -> None:
    app = Shown()
    async with app.run_test(size=(WIDTH, 14)) as pilot:
        table = app.query_one(RowTable)
        table.show(COLUMNS, ROWS, frozenset({"r2"}))
        table.move_to("r3")
        said = [app.query_one("#preview", StatusLine), app.status]
        for text in (*HOSTILE, "plain", ""):
            for theme_now in ("kindertui-light", "kindertui-dark"):
                said[0].update(content(text, "$tone-danger"))
                said[1].update(Content.assemble(content(text[:20], "$tone-dim"), clickable("  ctrl+z takes it back")))
                drawn_right(said[0], text)
                app.theme = theme_now
                await pilot.pause()
                for widget in said:
                    drawn_right(widget, text)
        glass = Glass(app)
        for scrolled in (0, 30):
            table.scroll_to(y=scrolled, animate=False, force=True)
            for theme_now in ("kindertui-light", "kindertui-dark"):
                app.theme = theme_now
                await pilot.pause()
                drawn_right(table)
                glass.right()


async def test_what_was_made_ready_is_shown_only_if_it_is_what_is_said_and_as_it_looks_then() -> None:
    app = Shown()
    async with app.run_test(size=(WIDTH, 14)) as pilot:
        status = app.status
        one, other = (content(text, "$tone-dim") for text in ("saved 10:30:00  Aya nappy wet", "Not saved"))

        def says(text: str) -> None:
            drawn_right(status)
            assert status.render_line(0).text.rstrip() == text

        status.update(other)
        drawn_right(status)
        status.make_ready(one)
        says("Not saved")
        await pilot.pause()
        says("Not saved")
        status.update(other)
        says("Not saved")  # and what was ready is forgotten
        status.make_ready(one)
        status.update(one)
        says("saved 10:30:00  Aya nappy wet")
        status.make_ready(other)
        app.theme = "kindertui-light"
        app.refresh_css(animate=False)  # as it comes with the next message
        status.update(other)
        says("Not saved")
        await pilot.pause()
        status.make_ready(one)
        app.screen._refresh_layout(Size(21, 14))  # before anything is drawn in it
        status.update(one)
        says("saved 10:30:00  Aya")
        await pilot.pause()
        status.make_ready(one)
        await pilot.resize_terminal(20, 14)
        status.update(one)
        says("saved 10:30:00  Ay")
        await pilot.resize_terminal(WIDTH, 14)
        app.screen.selections = {status: SELECT_ALL}
        await pilot.pause()
        says("saved 10:30:00  Aya nappy wet")
        assert app.screen.get_selected_text() == "saved 10:30:00  Aya nappy wet"
        status.update(other)
        assert app.screen.get_selected_text() == "Not saved"
        status.make_ready(one)
        app.screen.clear_selection()
        await pilot.pause()
        status.make_ready(one)
        app.screen.selections = {status: SELECT_ALL}
        status.update(one)
        says("saved 10:30:00  Aya nappy wet")
        status.make_ready(other)
        app.screen.clear_selection()
        status.update(other)
        says("Not saved")


def cursor(app: Shown) -> tuple[int, int]:
    """Where the cursor is drawn: the only cell of the line that has its ground."""
    line = app.line
    ground = line.get_component_rich_style("input--cursor").bgcolor
    (strip,) = line.render_lines(line.size.region)
    (x,) = [x for x, (letter, look) in enumerate(cells([strip])[0]) if letter and ground_of(look) == ground]
    return line.region.x + x, line.region.y


def ground_of(look: Any) -> Any:
    return look[0] if isinstance(look, tuple) else look.bgcolor


async def test_behind_enter_the_line_is_empty_and_begins_at_its_first_cell_however_far_it_was_scrolled() -> None:
    app = Shown()
    async with app.run_test(size=(WIDTH, 14)) as pilot:
        line = app.line
        glass = Glass(app)

        def at(cell: int) -> None:
            assert app.cursor_position == cursor(app) == (line.region.x + cell, line.region.y), line.value
            drawn_right(line, line.value)
            glass.right()

        for text in ("d wet", "lunch half " * 20, "汉字" * 40):
            line.put(text)
            await pilot.pause()
            at(min(cell_len(text), line.size.width - 1))
            await pilot.press("enter")
            assert line.value == ""
            at(0)
            line.insert_text_at_cursor("a")
            assert line.render_line(0).text.startswith("a ")  # at once, not when it has been scrolled back
            await pilot.pause()
            at(1)
            await pilot.press("backspace", "shift+up")
            assert line.value == text
            await pilot.press("home")
            at(0)
            send_keys(app, "right", "end", *"xyz" * 40, "enter", *"d wet")  # in the same moment, as over a slow line
            await pilot.pause()
            await pilot.pause()
            assert line.value == "d wet" and line._lines[-1] == text + "xyz" * 40
            at(5)
            await pilot.press("left", "left")
            at(3)
            await pilot.press("enter")
