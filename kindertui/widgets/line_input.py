"""A field of one line."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Input

BACKSPACE = Binding("ctrl+h", "delete_left", show=False)  # what some terminals send for it


class LineInput(Input):
    """One line to type."""

    BINDINGS: ClassVar[list[BindingType]] = [BACKSPACE]
