"""The entry line: where everything is typed. It has the focus, and hands on the keys that mean something else."""

from collections.abc import Callable

from rich.cells import cell_len
from textual import events
from textual.geometry import Offset, Size
from textual.message import Message
from textual.reactive import Reactive
from textual.widgets import Input

from kindertui.text import clean_for_screen
from kindertui.widgets.line_input import LineInput

LINE_LIMIT = 500
HISTORY = 200

# On an empty line these are keys of the screen and not text; the table of commands says what each does there.
_EMPTY_KEYS = frozenset(
    {"space", "slash", "left_square_bracket", "right_square_bracket", "left_curly_bracket", "right_curly_bracket",
     "question_mark", "exclamation_mark", "full_stop", "comma", "1", "2", "3", "4", "5", "6", "enter", "up",
     "down", "home", "end", "delete", "ctrl+j"}
)  # fmt: skip
_ALWAYS = frozenset(
    {"pageup", "pagedown", "escape", "tab", "shift+tab", "ctrl+a", "ctrl+t", "ctrl+n", "ctrl+r", "ctrl+s"}
)


class EntryLine(LineInput):
    """One line of the entry language. Up and Down bring back earlier lines that begin with what is typed."""

    # What is typed changes neither the line's height nor its width: no key lays the screen out again.
    virtual_size = Reactive(Size(0, 0), layout=False)

    class ScreenKey(Message):
        """A key that is not text here; the screen decides."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    class Entered(Message):
        """Enter on a typed line, which is empty now: who cannot do it puts it back, and the cursor `at` its place."""

        def __init__(self, text: str, at: int) -> None:
            super().__init__()
            self.text = text
            self.at = at

    class Refusal(Message):
        """Something was not taken into the line; `rule` says why."""

        def __init__(self, rule: str) -> None:
            super().__init__()
            self.rule = rule

    def __init__(self, *, id: str = "entry", letters: bool = True) -> None:
        super().__init__(id=id, compact=True, max_length=LINE_LIMIT, select_on_focus=False)
        self.letters = letters  # False: single letters are the screen's commands until `:` opens the line
        self.completer: Callable[[str, int], tuple[int, tuple[str, ...]]] | None = None
        self.changed: Callable[[], None] | None = None  # told once for a burst of keys, and not for a quiet `put`
        self._told = ""
        self._lines: list[str] = []
        self._recalled: int | None = None
        self._stem = ""
        self._cycle: tuple[str, str, tuple[str, ...], int] | None = None  # before, behind, offered, which

    def on_input_changed(self, event: Input.Changed) -> None:
        """Nobody above is told by Input's own word for a change: `changed` is."""
        event.stop()

    @property
    def cursor_screen_offset(self) -> Offset:
        """Where the terminal's cursor belongs; Input's own is a cell too far behind the last letter."""
        x, y, _width, _height = self.content_region
        return Offset(x + cell_len(self.value[: self.cursor_position]) - self.scroll_offset.x, y)

    def watch_scroll_x(self, old_value: float, new_value: float) -> None:
        """A line that is scrolled takes the terminal's cursor along, which Input places before it scrolls."""
        super().watch_scroll_x(old_value, new_value)
        if self.has_focus:
            self.app.cursor_position = self.cursor_screen_offset

    def on_idle(self) -> None:
        """Tells of a change before asking for a repaint: what is said of the line is drawn in one frame with it."""
        if self.value != self._told:
            self._told = self.value
            if self.changed is not None:
                self.changed()

    async def on_key(self, event: events.Key) -> None:
        key = "enter" if event.key == "ctrl+j" else event.key  # the keypad's Enter, in tmux
        if key != "tab":
            self._cycle = None
        if self._is_for_screen(key, event):
            event.stop()
            event.prevent_default()
            self.post_message(self.ScreenKey(key))
            return
        if self.value and key in ("up", "down", "tab", "enter"):
            event.stop()
            event.prevent_default()
            {"up": self._older, "down": self._newer, "tab": self._complete, "enter": self._enter}[key]()
            return
        # Input's own handler for the key runs after this one: Textual calls every class's

    def _is_for_screen(self, key: str, event: events.Key) -> bool:
        if key in ("shift+up", "shift+down"):
            self._older() if key == "shift+up" else self._newer()
            event.stop()
            event.prevent_default()
            return False
        if key in _ALWAYS and not (key == "tab" and self.value):
            return True
        if self.value:
            return False
        if key in _EMPTY_KEYS:
            return True
        return not self.letters and event.is_printable

    def takes(self, event: events.Key | events.Paste) -> bool:
        """Whether an event only adds to the line, and asks nothing of the screen."""
        if isinstance(event, events.Paste):
            return True
        opens = self.letters and event.key not in _EMPTY_KEYS
        return self.has_focus and event.is_printable and bool(self.value or opens)

    def remember(self, text: str) -> None:
        """Keeps a line that was done, for Up."""
        if text in self._lines:
            self._lines.remove(text)
        self._lines.append(text)
        del self._lines[:-HISTORY]
        self._recalled = None

    def put(self, text: str, *, at: int | None = None, quietly: bool = False) -> None:
        """Replaces what is typed, with the cursor at its end or `at`; `quietly` for one who knows of it already."""
        if quietly:
            self._told = text
        self.value = text
        self.cursor_position = len(text) if at is None else at

    def forget(self) -> None:
        """Drops the earlier lines: another person is at the keyboard."""
        self._lines.clear()
        self._recalled = None

    def _enter(self) -> None:
        self._recalled = None
        entered = self.Entered(self.value, self.cursor_position)
        self.put("", quietly=True)
        self.screen.post_message(entered)  # straight there: what stands between has no say in it

    def _older(self) -> None:
        if self._recalled is None:
            self._stem = self.value
        before = self._lines[: self._recalled] if self._recalled is not None else self._lines
        for place in range(len(before) - 1, -1, -1):
            if before[place].startswith(self._stem) and before[place] != self.value:
                self._recalled = place
                self.put(before[place])
                return

    def _newer(self) -> None:
        if self._recalled is None:
            return
        for place in range(self._recalled + 1, len(self._lines)):
            if self._lines[place].startswith(self._stem):
                self._recalled = place
                self.put(self._lines[place])
                return
        self._recalled = None
        self.put(self._stem)

    def _complete(self) -> None:
        if self.completer is None:
            return
        if self._cycle is None:
            start, found = self.completer(self.value, self.cursor_position)
            if not found:
                return
            self._cycle = (self.value[:start], self.value[self.cursor_position :], found, 0)
        else:
            before, behind, found, place = self._cycle
            self._cycle = (before, behind, found, (place + 1) % len(found))
        before, behind, found, place = self._cycle
        typed = before + found[place] + (" " if len(found) == 1 and not behind.startswith(" ") else "")
        self.put(typed + behind)
        self.cursor_position = len(typed)

    def on_paste(self, event: events.Paste) -> None:
        # a paste with line ends must not be half taken: Input would keep the first line and drop the rest silently
        event.stop()
        event.prevent_default()
        text = event.text.strip("\n\r")
        several = "\r" in text
        text = clean_for_screen(text)  # behind what cannot be seen the cursor would stand beside its letter
        if several or "\n" in text:
            self.post_message(self.Refusal("paste_lines"))
        elif len(self.value) + len(text) > LINE_LIMIT:
            self.post_message(self.Refusal("paste_long"))
        else:
            self.insert_text_at_cursor(text)
