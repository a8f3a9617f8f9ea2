"""Some days of one child as bars: naps on the clock, what was eaten and drunk, nappies by kind, each with its words."""

from collections.abc import Sequence

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from kindertui.domain.week import WeekDay
from kindertui.phrases.week import bar_cells, bars, hours_line, labels, lane_text
from kindertui.text import clean_for_screen


class WeekChart(Widget, can_focus=False):
    """A line a lane, under the hours of the clock. It takes the width it gets and is as high as it has lanes."""

    def __init__(self, days: Sequence[WeekDay], *, id: str = "week") -> None:
        super().__init__(id=id)
        self._days = tuple(days)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return 1 + len(bars(self._days, bar_cells(width)))

    def render(self) -> Content:
        width = self.size.width
        cells = bar_cells(width)
        lines = [Content.styled(" " * labels() + hours_line(cells), "$tone-dim")]
        for lane in bars(self._days, cells):
            before, bar, words = (clean_for_screen(part) for part in lane_text(lane, cells, width))
            tone = f"$tone-{lane.tone}"
            lines.append(
                Content.assemble((before, "bold" if lane.day else "$tone-dim"), (bar, tone), (words, "")),
            )
        return Content("\n").join(lines)
