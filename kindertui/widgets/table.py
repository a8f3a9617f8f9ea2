"""A table of rows with a cursor that stays on its row's key, whatever is sorted, added or taken away around it."""

from collections.abc import Callable, Collection, Iterable, Sequence

from msgspec import Struct
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from kindertui.text import cell, clean_for_screen

_SIGN = 2  # terminal cells before a row: cursor or mark
# What a piece of text is, in one word; app.tcss gives each its colour, and none is told by colour alone.
TONES = ("plain", "strong", "dim", "accent", "sleep", "food", "care", "due", "danger", "good")


class Cell(Struct, frozen=True):
    """A piece of text and its tone."""

    text: str
    tone: str = "plain"


class Column(Struct, frozen=True):
    """A column of `width` terminal cells, one space after it; the last one of a table takes what is left."""

    title: str
    width: int


class Row(Struct, frozen=True):
    """One line. `key` None is a heading the cursor skips. `wide` counts the cells that keep to the columns; those after
    them take the rest of the line, one behind the other. `sign` is a letter before it, beside the cursor: there is more
    to read of it.
    """

    key: str | None
    cells: tuple[Cell, ...]
    wide: int | None = None
    sign: str = ""


def untitled(*widths: int) -> tuple[Column, ...]:
    """Columns of these widths without a heading, and the last one."""
    return (*(Column("", width) for width in widths), Column("", 0))


BLANK = Row(None, ())


def text_row(text: str, tone: str = "plain", key: str | None = None) -> Row:
    """A text across all columns; without a key the cursor skips it."""
    return Row(key, (Cell(text, tone),), wide=0)


class RowTable(ScrollView, can_focus=False):
    """Shows rows under fixed column heads; keys move it from outside (the entry line has the focus)."""

    DEFAULT_CSS = """
    RowTable {
        height: 1fr; background: $background; scrollbar-size-vertical: 1; scrollbar-color: $tone-line;
        scrollbar-background: $background;
    }
    """

    COMPONENT_CLASSES = {f"tone--{tone}" for tone in TONES} | {"table--cursor", "table--marked"}

    class Chosen(Message):
        """A row was clicked; `twice` when it had the cursor already."""

        def __init__(self, key: str, twice: bool) -> None:
            super().__init__()
            self.key = key
            self.twice = twice

    class Marked(Message):
        """The place of a row's mark was clicked."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    class Moved(Message):
        """The cursor went to another row. Later keys may be done before it is heard: see `pointed`."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    def __init__(self, *, id: str | None = None, heads: bool = True, marks: bool = False) -> None:
        """`marks`: a click on the sign before a row marks it."""
        super().__init__(id=id)
        # told at once of where the cursor went, before anything else can be done: for what the next key depends on
        self.pointed: Callable[[str], None] | None = None
        self._heads = heads
        self._marks = marks
        self._columns: tuple[Column, ...] = ()
        self._rows: tuple[Row, ...] = ()
        self._cursor: str | None = None
        self._marked: frozenset[str] = frozenset()
        self._strips: dict[tuple[int, bool, bool, int], Strip] = {}

    @property
    def cursor(self) -> str | None:
        """The key of the row the cursor is on."""
        return self._cursor

    @property
    def marked(self) -> frozenset[str]:
        """The keys of the rows that are shown as marked."""
        return self._marked

    @property
    def keys(self) -> list[str]:
        """The keys the cursor can go to, top to bottom."""
        return [row.key for row in self._rows if row.key is not None]

    def show(self, columns: Sequence[Column], rows: Sequence[Row], marked: frozenset[str] = frozenset()) -> None:
        """Shows these rows. The cursor stays on its key; when that is gone it goes to the row now at its place."""
        before = self.keys
        place = before.index(self._cursor) if self._cursor in before else 0
        old = self._rows
        same = tuple(columns) == self._columns and marked == self._marked and len(rows) == len(old)
        self._columns, self._rows, self._marked = tuple(columns), tuple(rows), marked
        now = self.keys
        if same and now == before:  # the same rows in the same places: only the lines that say something else
            for index, was in enumerate(old):
                self._draw_again(index, was)
            return
        if self._cursor not in now:
            self._cursor = now[min(place, len(now) - 1)] if now else None
        self._strips.clear()
        self.virtual_size = Size(0, len(self._rows) + self._heads)
        self._follow()
        self.refresh()

    def change(self, rows: Iterable[Row]) -> None:
        """Puts these rows where those of the same keys stand; a key that is not there is left out."""
        fresh = {row.key: row for row in rows if row.key is not None}
        old = self._rows
        self._rows = tuple(row if row.key is None else fresh.get(row.key, row) for row in old)
        for index, was in enumerate(old):
            self._draw_again(index, was)

    def _draw_again(self, index: int, was: Row) -> None:
        row = self._rows[index]
        if row is was or row == was:
            return
        for one in [one for one in self._strips if one[0] == index]:
            del self._strips[one]
        y = index + self._heads - int(self.scroll_offset.y)
        if self._heads <= y < self.size.height:
            self.refresh(Region(0, y, self.size.width, 1))

    def move_to(self, key: str) -> None:
        """Puts the cursor on a row; a key that is not there leaves it where it is."""
        if key in self.keys and key != self._cursor:
            self._cursor = key
            if self.pointed is not None:
                self.pointed(key)
            self._follow()
            self.refresh()
            self.post_message(self.Moved(key))

    def move_on(self, done: Collection[str]) -> bool:
        """Puts the cursor on the next row that is not among these, from where it is and then from the top.

        Says whether there is one.
        """
        keys = self.keys
        place = keys.index(self._cursor) if self._cursor in keys else 0
        found = next((key for key in (*keys[place:], *keys[:place]) if key not in done), None)
        if found is not None:
            self.move_to(found)
        return found is not None

    def move_by(self, rows: int) -> None:
        """Moves the cursor by so many rows, stopping at the ends."""
        keys = self.keys
        if not keys:
            return
        place = keys.index(self._cursor) if self._cursor in keys else 0
        self.move_to(keys[max(0, min(len(keys) - 1, place + rows))])

    def key_pressed(self, key: str) -> bool:
        """Moves by one of the keys that move; says whether it was one."""
        page = max(1, self.size.height - 2)
        steps = {"up": -1, "down": 1, "pageup": -page, "pagedown": page, "home": -100_000, "end": 100_000}
        if key not in steps:
            return False
        self.move_by(steps[key])
        return True

    def _follow(self) -> None:
        line = next((index for index, row in enumerate(self._rows) if row.key == self._cursor), 0)
        # the headings above the first row the cursor can reach come into view with it
        top = 0 if self._cursor == next(iter(self.keys), None) else line
        self.scroll_to_region(Region(0, top, 1, 1 + self._heads), animate=False, force=True)

    def on_resize(self) -> None:
        """What stands below may have grown: the cursor stays in sight."""
        self._follow()

    def notify_style_update(self) -> None:
        self._strips.clear()
        super().notify_style_update()

    def render_line(self, y: int) -> Strip:
        width = self.scrollable_content_region.width
        if self._heads and y == 0:
            return self._kept(-1, Row(None, tuple(Cell(column.title, "dim") for column in self._columns)), width)
        index = int(self.scroll_offset.y) + y - self._heads
        if not 0 <= index < len(self._rows):
            return Strip.blank(width, self.rich_style)
        return self._kept(index, self._rows[index], width)

    def _kept(self, index: int, row: Row, width: int) -> Strip:
        cursor, marked = row.key is not None and row.key == self._cursor, row.key in self._marked
        found = self._strips.get((index, cursor, marked, width))
        if found is None:
            found = self._strips[index, cursor, marked, width] = self._strip(row, width, cursor=cursor, marked=marked)
        return found

    def _strip(self, row: Row, width: int, *, cursor: bool, marked: bool) -> Strip:
        ground = self.rich_style
        if cursor:
            ground += Style(bgcolor=self.get_component_rich_style("table--cursor").bgcolor)
        sign = "▸" if cursor else "•" if marked else " "
        accent = self.get_component_rich_style("tone--accent", partial=True)
        segments = [Segment(sign if row.sign else sign + " ", ground + accent)]
        if row.sign:
            segments.append(Segment(row.sign[:1], ground + self.get_component_rich_style("tone--due", partial=True)))
        left = width - 2
        fixed = len(self._columns) - 1 if row.wide is None else row.wide
        for place, piece in enumerate(row.cells):
            room = left if place >= fixed else min(left, self._columns[place].width + 1)
            if room <= 0:
                break
            tone = self.get_component_rich_style(f"tone--{piece.tone}", partial=True)
            if marked and place == 0:
                tone += self.get_component_rich_style("table--marked", partial=True)
            if fixed <= place < len(row.cells) - 1:  # more pieces in what is left, each as long as its text
                room = min(room, cell_len(clean_for_screen(piece.text)))
            # one cell of air between columns, except after the last
            text = cell(piece.text, room - 1) + " " if place < fixed and room > 1 else cell(piece.text, room)
            segments.append(Segment(text, ground + tone))
            left -= room
        if left > 0:
            segments.append(Segment(" " * left, ground))
        return Strip(segments, width)

    def on_click(self, event: events.Click) -> None:
        index = int(self.scroll_offset.y) + event.y - self._heads
        if 0 <= index < len(self._rows) and (key := self._rows[index].key) is not None:
            twice = key == self._cursor
            self.move_to(key)
            if event.x < _SIGN and self._marks:
                self.post_message(self.Marked(key))
            else:
                self.post_message(self.Chosen(key, twice))
