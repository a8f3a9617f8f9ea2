"""A line that says which key does what; a click on a key's words presses it."""

import re

from textual import events
from textual.content import Content
from textual.style import Style
from textual.widget import Widget
from textual.widgets import Static

from kindertui.commands import key_of
from kindertui.text import clean_for_screen

_PARTS = re.compile(r"( · |   +)")


class StatusLine(Static):
    """A line of a place that says something else with each key; a click on a key's words presses it."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id, markup=False)

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
