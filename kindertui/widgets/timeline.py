"""A child's day as four lanes over the hours (sleep, food, nappy, here), and a week as bars, each with its words."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from msgspec import Struct
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from kindertui.domain.week import WeekDay
from kindertui.phrases.week import bar_cells, bars, hours_line, labels, lane_text
from kindertui.text import clean_for_screen


class Mark(Struct, frozen=True):
    """Something on a lane: an instant, or a stretch; `open` stretches run on until now and are drawn lighter."""

    start: datetime
    end: datetime | None = None
    open: bool = False


class Lane(Struct, frozen=True):
    """A named lane; `line` draws its stretches as a thin line."""

    name: str
    tone: str
    marks: tuple[Mark, ...]
    line: bool = False


class Timeline(Widget, can_focus=False):
    """Hours across, lanes down."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._lanes: tuple[Lane, ...] = ()
        self._first: datetime | None = None
        self._hours = 12

    def show(self, lanes: Sequence[Lane], first: datetime, hours: int) -> None:
        """`first` is the hour the lanes begin at, `hours` how many they run."""
        if (tuple(lanes), first, hours) != (self._lanes, self._first, self._hours):
            self._lanes, self._first, self._hours = tuple(lanes), first, hours
            self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self._lanes) + 1

    def render(self) -> Content:
        if self._first is None:
            return Content("")
        label = max((len(lane.name) for lane in self._lanes), default=0) + 2
        per_hour = max(1, (self.size.width - label - 2) // self._hours)
        each = -(-3 // per_hour)  # hours to a head: two digits and a space do not fit over one
        heads = "".join(
            f"{(self._first + timedelta(hours=hour)).astimezone(self._first.tzinfo):%H}".ljust(per_hour * each)
            for hour in range(0, self._hours, each)
        )
        lines = [Content.assemble(" " * label, (heads.rstrip(), "$tone-dim"))]
        for lane in self._lanes:
            drawn = (self._lane(lane, per_hour), f"$tone-{lane.tone}")
            lines.append(Content.assemble((lane.name.ljust(label), "$tone-dim"), drawn))
        return Content("\n").join(lines)

    def _lane(self, lane: Lane, per_hour: int) -> str:
        cells = [" "] * (per_hour * self._hours)
        for mark in lane.marks:
            start = self._cell(mark.start, per_hour)
            if mark.end is None:
                if 0 <= start < len(cells):
                    cells[start] = "▌"
                continue
            end = max(start + 1, self._cell(mark.end, per_hour))
            drawn = "─" if lane.line else "░" if mark.open else "█"
            for place in range(max(0, start), min(end, len(cells))):
                cells[place] = drawn
            if mark.open and not lane.line and 0 <= start < len(cells):
                cells[start] = "█"
        return "".join(cells).rstrip()

    def _cell(self, moment: datetime, per_hour: int) -> int:
        assert self._first is not None
        return (moment - self._first) // (timedelta(hours=1) / per_hour)


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
            name = (before, "bold" if lane.day else "$tone-dim")
            lines.append(Content.assemble(name, (bar, f"$tone-{lane.tone}"), words))
        return Content("\n").join(lines)
