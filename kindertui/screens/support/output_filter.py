"""The last line before the terminal: no control character of anybody's text gets through any widget."""

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from kindertui.text import clean_for_screen


class OutputFilter(LineFilter):
    """Takes control, bidi and zero-width characters out of what is drawn; the terminal's own sequences are not text."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        if all(segment.text.isprintable() for segment in segments):
            return segments
        return [
            segment
            if segment.control or segment.text.isprintable()
            else Segment(clean_for_screen(segment.text).replace("\n", " "), segment.style)
            for segment in segments
        ]
