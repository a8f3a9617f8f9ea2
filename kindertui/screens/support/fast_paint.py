"""Draws a few lines at once: what a key did is seen before its widgets' own repaints have had their turns.

Uses private parts of Textual, checked with 8.2.8 (tests/screens/test_fast_paint.py). Without them Enter takes 29 ms
until "saved" is drawn, and 6 ms with them: each widget asks for its repaint in a task of its own, then the screen in
another, which waits for the next sixtieth of a second if anything was drawn in this one, and puts together all that
lies on the screen. Where a part is missing, the widgets repaint in
Textual's own way, which they have asked for by then.
"""

from collections.abc import Iterable

from rich.console import Console
from rich.control import Control
from textual._compositor import CompositorUpdate
from textual.app import App
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

_KNOWN = hasattr(Widget, "_exchange_repaint_regions") and hasattr(App, "_display")


class Lines(CompositorUpdate):
    """Pieces of lines, each with the place of its first cell (x, y)."""

    def __init__(self, pieces: list[tuple[int, int, Strip]]) -> None:
        self.pieces = pieces

    def render_segments(self, console: Console) -> str:
        """What is written to the terminal."""
        return "".join(f"{Control.move_to(x, y)}{strip.render(console)}" for x, y, strip in self.pieces)


def paint(screen: Screen[None], widgets: Iterable[Widget]) -> None:
    """Draws what changed of these widgets, which lie in front and have nothing on top of them but their scroll bar.

    What waits for a layout, or is not wholly in sight, is left to Textual.
    """
    if not _KNOWN or not screen.is_current or screen.app._batch_count or screen._layout_required:
        return
    visible = screen._compositor.visible_widgets
    pieces: list[tuple[int, int, Strip]] = []
    for widget in widgets:
        region, clip = visible.get(widget, (None, None))
        if region is None or clip is None or not clip.contains_region(region):
            continue
        dirty = widget._exchange_repaint_regions()
        widget._repaint_required = False  # all of it is drawn here
        lines = {y for one in dirty for y in range(max(one.y, 0), min(one.bottom, region.height))}
        if not lines:
            continue
        width = region.width - widget.scrollbar_size_vertical
        for y in sorted(lines):
            (strip,) = widget.render_lines(Region(0, y, region.width, 1))
            pieces.append((region.x, region.y + y, strip.crop(0, width)))
    if pieces:
        screen.app._display(screen, Lines(pieces))  # type: ignore[arg-type]  # it takes any CompositorUpdate
