"""What lines look like, cell by cell: as they draw themselves, as Textual would draw them, and on a terminal."""

from functools import partial
from typing import Any

import pyte
from rich.cells import cell_len
from textual._compositor import CompositorUpdate
from textual._styles_cache import StylesCache
from textual.app import App
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input

from kindertui.widgets.entry_line import EntryLine
from kindertui.widgets.key_line import StatusLine
from kindertui.widgets.plain import Plain
from kindertui.widgets.table import RowTable


def cells(strips: list[Strip]) -> list[list[tuple[str, Any]]]:
    """Each line's characters with their looks; of a space only the ground and what it carries can be seen."""
    lines = []
    for strip in strips:
        line: list[tuple[str, Any]] = []
        for text, style, _control in strip:
            for letter in text:
                look: Any = style
                if letter == " " and style is not None:
                    look = (style.bgcolor, bool(style.reverse), bool(style.underline), style.meta)
                    look += (style.color,) if style.reverse else ()
                line += [(letter, look)] + [("", None)] * (cell_len(letter) - 1)
        lines.append(line)
    return lines


def as_textual(widget: Widget, kind: type[Widget], crop: Region) -> list[Strip]:
    """What Textual makes of the widget: the lines of `kind` with whatever the styles put around them."""
    own: Any = widget.render_line
    widget._layout_cache.clear()
    if isinstance(widget, StatusLine):
        widget._render_content()
    widget.render_line = partial(kind.render_line, widget)  # type: ignore[method-assign]
    try:
        return StylesCache().render_widget(widget, crop)
    finally:
        widget.render_line = own  # type: ignore[method-assign]


def drawn_right(widget: Widget, state: str = "") -> None:
    """The whole, some of its lines, and a part of each."""
    assert isinstance(widget, Plain)
    kind = Input if isinstance(widget, EntryLine) else RowTable if isinstance(widget, RowTable) else Widget
    width, height = widget.region.size
    for crop in (
        Region(0, 0, width, height),
        Region(0, height // 2, width, height - height // 2),
        Region(7, 0, 19, height),
    ):
        found, wanted = cells(widget.render_lines(crop)), cells(as_textual(widget, kind, crop))
        for here, there in zip(found, wanted, strict=True):
            differ = [(x, *pair) for x, pair in enumerate(zip(here, there, strict=True)) if pair[0] != pair[1]]
            assert not differ, (state, crop, widget, differ[:3])


class Glass:
    """A terminal that the program under test draws on, and every picture that stood on it."""

    def __init__(self, app: App[Any]) -> None:
        self._app = app
        for line in app.screen.query(EntryLine):
            line.cursor_blink = False  # its cursor is what no two pictures would agree on
        self._screen = pyte.Screen(*app.size)
        self._stream = pyte.Stream(self._screen)
        self.pictures: list[str] = []
        real = app._display
        self._draw(self._all())

        def display(shown: Any, update: Any) -> None:
            if isinstance(update, CompositorUpdate) and not app._batch_count:
                if (self._screen.columns, self._screen.lines) != app.size:
                    self._screen.resize(app.size.height, app.size.width)
                self._draw(update)
            real(shown, update)

        app._display = display  # type: ignore[method-assign, assignment]

    @property
    def text(self) -> str:
        """What stands on it now, line by line."""
        return "\n".join(line.rstrip() for line in self._screen.display)

    def right(self) -> None:
        """Nothing on it is older than what is to be seen: drawn anew from nothing it is the same, colours and all."""
        for widget in self._app.screen.walk_children(Widget):
            if isinstance(widget, StatusLine):
                widget._lines = widget._ready = None
            elif isinstance(widget, RowTable):
                widget._strips.clear()
            widget._styles_cache.clear()
            widget._layout_cache.clear()
        fresh = pyte.Screen(*self._app.size)
        pyte.Stream(fresh).feed(self._all().render_segments(self._app.console))
        assert self.text == "\n".join(line.rstrip() for line in fresh.display)
        columns, lines = self._app.size
        for y in range(lines):
            here, there = self._screen.buffer[y], fresh.buffer[y]
            assert [here[x] for x in range(columns)] == [there[x] for x in range(columns)], (y, fresh.display[y])

    def _all(self) -> CompositorUpdate:
        update = self._app.screen._compositor.render_update(full=True)
        assert isinstance(update, CompositorUpdate)
        return update

    def _draw(self, update: CompositorUpdate) -> None:
        self._stream.feed(update.render_segments(self._app.console))
        self.pictures.append(self.text)
