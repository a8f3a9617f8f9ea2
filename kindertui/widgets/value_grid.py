"""A row a child, a value a row: typed without a form, by digits and the arrow keys.

The widget knows texts and positions only; whoever can read a row's values says what they mean (`set_note`).
"""

from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from kindertui.text import cell, clean_for_screen
from kindertui.widgets.table import TONES, Cell

_ROOM_FOR_WORDS = 12  # terminal cells; in fewer no sentence can be read
VALUE_LIMIT = 300  # characters of one value: an entry line holds 500 with what stands around it


class Hole(Struct, frozen=True):
    """One column of values: its heading, its width in terminal cells, and whether `=` and `-` may be text in it."""

    title: str
    width: int
    words: bool = False


class _Line(Struct, frozen=True):
    """One child's row: what was typed, and the note behind it."""

    name: str
    values: tuple[str, ...]
    note: Cell = Cell("", "dim")


class ValueGrid(ScrollView, can_focus=True):
    """Typing fills the value under the cursor; arrows and Tab move; `=` takes the one above; Enter means all."""

    COMPONENT_CLASSES = {f"tone--{tone}" for tone in TONES} | {"table--cursor", "grid--value", "grid--caret"}

    class Changed(Message):
        """A row has another value."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    class Moved(Message):
        """The cursor is on another row."""

    class Entered(Message):
        """Enter: all rows are meant."""

    class Refusal(Message):
        """Something was not taken in; `rule` says why, as the entry line's does."""

        def __init__(self, rule: str) -> None:
            super().__init__()
            self.rule = rule

    def __init__(self, rows: Sequence[tuple[str, str]], holes: Sequence[Hole], *, name: str, width: int) -> None:
        """`rows` are keys and names, `name` the heading over the names and `width` their column's."""
        super().__init__(id="grid")
        self._keys = [key for key, _ in rows]
        self._lines = [_Line(text, ("",) * len(holes)) for _, text in rows]
        self._holes = tuple(holes)
        self._heading, self._name_width = name, width
        self._row = self._hole = self._caret = 0
        self.virtual_size = Size(0, len(rows) + 1)

    @property
    def values(self) -> Mapping[str, tuple[str, ...]]:
        """What stands in each row, as typed."""
        return {key: line.values for key, line in zip(self._keys, self._lines, strict=True)}

    @property
    def key(self) -> str:
        """The row the cursor is on."""
        return self._keys[self._row]

    def put(self, values: Mapping[str, Sequence[str]]) -> None:
        """Fills in values that were typed before; rows and columns that are not there are left out."""
        for place, key in enumerate(self._keys):
            row = tuple(values.get(key, ()))
            if len(row) == len(self._holes) and any(row):
                self._lines[place] = replace(self._lines[place], values=row)
        self._caret = len(self._value)
        self.refresh()

    def fit(self, holes: Sequence[Hole]) -> None:
        """The same columns, in other widths; the cursor stays in sight."""
        self._holes, caret = tuple(holes), self._caret
        self._to(self._row, self._hole, quietly=True)
        self._caret = caret

    def set_note(self, key: str, note: Cell) -> None:
        """Says behind a row what its values mean, or what is wrong with them."""
        place = self._keys.index(key)
        self._lines[place] = replace(self._lines[place], note=note)
        self.refresh()

    @property
    def note(self) -> Cell:
        """The note behind the row the cursor is on."""
        return self._lines[self._row].note

    @property
    def roomy(self) -> bool:
        """Whether there is room to read a note behind its row."""
        return self._left(self.scrollable_content_region.width) > _ROOM_FOR_WORDS

    def _left(self, width: int) -> int:
        return width - 3 - self._name_width - sum(hole.width + 1 for hole in self._holes)

    def go(self, key: str, hole: int = 0) -> None:
        """Puts the cursor behind the value of a row, without a `Moved`: whoever asks for it says why."""
        self._to(self._keys.index(key), hole, quietly=True)

    @property
    def _value(self) -> str:
        return self._lines[self._row].values[self._hole]

    # -- keys ------------------------------------------------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        key = event.key
        if key in ("enter", "ctrl+j"):  # the keypad's Enter, in tmux
            self.post_message(self.Entered())
        elif key in ("backspace", "ctrl+h") or key == "delete":
            at = self._caret - (key != "delete")
            if 0 <= at < len(self._value):
                self._set(self._value[:at] + self._value[at + 1 :], at)
        elif key in ("up", "down", "pageup", "pagedown", "left", "right", "home", "end", "tab", "shift+tab"):
            self._move(key)
        elif event.is_printable and event.character is not None:
            if event.character == "=" and (not self._value or not self._holes[self._hole].words):
                self._same_as_above()
            else:
                self._insert(event.character)
        else:
            return
        event.stop()
        event.prevent_default()

    def _move(self, key: str) -> None:
        page = max(1, self.size.height - 2)
        rows = {"up": -1, "down": 1, "pageup": -page, "pagedown": page}
        last = len(self._holes) - 1
        if key in rows:
            self._to(self._row + rows[key], self._hole)
        elif key == "tab":
            self._to(self._row + (self._hole == last), 0 if self._hole == last else self._hole + 1)
        elif key == "shift+tab":
            self._to(self._row - (self._hole == 0), last if self._hole == 0 else self._hole - 1)
        elif key in ("home", "end"):
            self._caret = 0 if key == "home" else len(self._value)
        elif key == "left" and self._caret == 0 and self._hole:
            self._to(self._row, self._hole - 1)
        elif key == "right" and self._caret == len(self._value) and self._hole < last:
            self._to(self._row, self._hole + 1)
        else:
            self._caret = max(0, min(len(self._value), self._caret + (1 if key == "right" else -1)))
        self.refresh()

    def _to(self, row: int, hole: int, *, quietly: bool = False) -> None:
        before = self._row
        self._row = max(0, min(len(self._keys) - 1, row))
        self._hole = hole
        self._caret = len(self._value)
        top = self._row if self._row else -1  # the headings come into view with the first row
        self.scroll_to_region(Region(0, top + 1, 1, 2), animate=False, force=True)
        self.refresh()
        if self._row != before and not quietly:
            self.post_message(self.Moved())

    def _same_as_above(self) -> None:
        above = next(
            (line.values[self._hole] for line in reversed(self._lines[: self._row]) if line.values[self._hole]), ""
        )
        if above:
            self._set(above, len(above))

    def _insert(self, text: str) -> None:
        if len(self._value) + len(text) > VALUE_LIMIT:
            self.post_message(self.Refusal("paste_long"))
            return
        self._set(self._value[: self._caret] + text + self._value[self._caret :], self._caret + len(text))

    def _set(self, value: str, caret: int) -> None:
        line = self._lines[self._row]
        values = (*line.values[: self._hole], value, *line.values[self._hole + 1 :])
        self._lines[self._row] = replace(line, values=values)
        self._caret = caret
        self.refresh()
        self.post_message(self.Changed(self._keys[self._row]))

    def on_paste(self, event: events.Paste) -> None:
        event.stop()
        text = event.text.strip("\n\r")
        if "\n" in text or "\r" in text:
            self.post_message(self.Refusal("paste_lines"))
        else:
            self._insert(clean_for_screen(text))

    def on_click(self, event: events.Click) -> None:
        row = int(self.scroll_offset.y) + event.y - 1
        if not 0 <= row < len(self._keys):
            return
        at = 2 + self._name_width + 1
        hole = 0
        for place, one in enumerate(self._holes):
            if event.x >= at:
                hole = place
            at += one.width + 1
        self._to(row, hole)

    # -- look ------------------------------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        width = self.scrollable_content_region.width
        if y == 0:
            heads = [cell(self._heading, self._name_width), *(cell(one.title, one.width) for one in self._holes)]
            dim = self.rich_style + self._tone("dim")
            return Strip([Segment(cell("  " + " ".join(heads), width), dim)], width)
        place = int(self.scroll_offset.y) + y - 1
        if not 0 <= place < len(self._keys):
            return Strip.blank(width, self.rich_style)
        return self._strip(place, width)

    def _tone(self, tone: str) -> Style:
        return self.get_component_rich_style(f"tone--{tone}", partial=True)

    def _strip(self, place: int, width: int) -> Strip:
        line, here = self._lines[place], place == self._row
        ground = self.rich_style
        if here:
            ground += Style(bgcolor=self.get_component_rich_style("table--cursor").bgcolor)
        segments = [
            Segment("▸ " if here else "  ", ground + self._tone("accent")),
            Segment(cell(line.name, self._name_width) + " ", ground + self._tone("strong")),
        ]
        for number, hole in enumerate(self._holes):
            segments += self._field(line.values[number], hole.width, active=here and number == self._hole)
            segments.append(Segment(" ", ground))
        left = width - sum(segment.cell_length for segment in segments)
        if left > 0:
            sign = "" if line.note.tone == "dim" else line.note.text[:1]
            note = line.note.text if left > _ROOM_FOR_WORDS else sign
            segments.append(Segment(cell(" " + note if note else "", left), ground + self._tone(line.note.tone)))
        return Strip(segments, width).crop(0, width)

    def _field(self, value: str, width: int, *, active: bool) -> list[Segment]:
        field = self.get_component_rich_style("grid--value")
        text = clean_for_screen(value).replace("\n", " ")
        if not active:
            return [Segment(cell(text, width), field) if text else Segment("·".ljust(width), field + self._tone("dim"))]
        before, after = text[: self._caret], text[self._caret :]
        while cell_len(before) > width - 1:  # the end that is being typed is the one to see
            before = before[1:]
        under, rest = (after[0], after[1:]) if after else (" ", "")
        room = width - cell_len(before) - cell_len(under)
        caret = self.get_component_rich_style("grid--caret")
        return [Segment(before, field), Segment(under, caret), Segment(cell(rest, max(0, room)), field)]
