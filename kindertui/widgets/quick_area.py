"""Many lines to type. Apart from the one-line field: the first frame shows none, and it is a large import."""

from typing import ClassVar

from textual.binding import BindingType
from textual.widgets import TextArea

from kindertui.widgets.line_input import BACKSPACE


class QuickArea(TextArea):
    """Many lines to type."""

    BINDINGS: ClassVar[list[BindingType]] = [BACKSPACE]
