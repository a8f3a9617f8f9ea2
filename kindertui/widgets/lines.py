"""Lines of people's text with a tone each, for a widget or a sheet."""

from collections.abc import Sequence

from textual.content import Content

from kindertui.text import content

Line = tuple[str, str]  # a text, which may have line ends of its own, and its tone


def lines_content(lines: Sequence[Line]) -> Content:
    """The lines one under the other."""
    return Content("\n").join(line_content(*line) for line in lines)


def line_content(text: str, tone: str) -> Content:
    """One line in its tone."""
    return content(text, "bold" if tone == "strong" else f"$tone-{tone}")
