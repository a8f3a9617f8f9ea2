"""A line that says which key does what; a click on a key's words presses it."""

import re

from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.selection import Selection
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual
from textual.widget import Widget

from kindertui.commands import key_of
from kindertui.text import clean_for_screen
from kindertui.widgets.plain import Plain

_PARTS = re.compile(r"( · |   +)")


class StatusLine(Plain, Widget):
    """A line of the foot, which says something else with each key: all that it is made of are its own lines."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self.content = Content()
        self._lines: list[Strip] | None = None
        self._ready: tuple[Content, Size, list[Strip]] | None = None

    def render(self) -> Content:
        return self.content

    def update(self, content: Content, *, layout: bool = False) -> None:
        """Says something else; `layout` where it may take more or fewer lines."""
        self.content = content
        if layout or not self.is_mounted:
            self.refresh(layout=layout)
        else:
            self._layout_cache.clear()  # what marked words are copied from
            self._repaint_regions.add(self.size.region)
            self._repaint_required = True
            self.check_idle()
        self._lines = None

    def make_ready(self, content: Content) -> None:
        """Puts into lines what is about to be said."""
        if self.text_selection is None:  # whether they will be marked is not known before
            self._ready = content, self.size, self._put(content)

    def notify_style_update(self) -> None:
        self._lines = self._ready = None
        super().notify_style_update()

    def on_resize(self) -> None:
        self._lines = None

    def selection_updated(self, selection: Selection | None) -> None:
        self._lines = None
        super().selection_updated(selection)

    def render_line(self, y: int) -> Strip:
        if self._lines is None:
            ready, self._ready = self._ready, None
            known = ready is not None and ready[0] is self.content and ready[1] == self.size
            self._lines = ready[2] if known and ready and self.text_selection is None else self._put(self.content)
        return self._lines[y] if y < len(self._lines) else Strip.blank(self.size.width, self.looks[0])

    def _put(self, content: Content) -> list[Strip]:
        if not content:
            return []
        if self.text_selection is not None:
            return Visual.to_strips(self, content, *self.size, self.visual_style)
        options = RenderOptions(self._get_style, self.styles)  # type: ignore[arg-type]  # as Textual gives it
        return content.render_strips(*self.size, self.visual_style, options)

    def on_click(self, event: events.Click) -> None:
        press(self, event)


def clickable(text: str, style: str = "") -> Content:
    """Pieces between ` · ` or wide gaps; those that begin with a key's name carry that key."""
    pieces: list[Content] = []
    for part in _PARTS.split(clean_for_screen(text)):
        word, space, rest = part.partition(" ")
        key = key_of(word)
        if not key:
            pieces.append(Content.styled(part, style) if style else Content(part))
            continue
        piece = Content.assemble((word, "$tone-accent"), (space + rest, style))
        pieces.append(carrying(key, piece))
    return Content("").join(pieces)


def pressing(key: str, text: str, style: str = "") -> Content:
    """Words that press a key when they are clicked, and do not look it."""
    return carrying(key, Content.styled(text, style))


def carrying(key: str, words: Content) -> Content:
    """Words that press a key when they are clicked."""
    return words.stylize(Style.from_meta({"key": key}))


def press(widget: Widget, event: events.Click) -> None:
    """Presses the key that the clicked words name, as the keyboard would."""
    key = event.style.meta.get("key")
    if key:
        event.stop()
        widget.app.post_message(events.Key(key, key if len(key) == 1 else {"space": " "}.get(key)))
