"""Fields that write a burst of keys in the order it was typed."""

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Input

_ROWS = frozenset({"up", "down", "pageup", "pagedown"})  # one line has none: they move the list below it
BACKSPACE = Binding("ctrl+h", "delete_left", show=False)  # what some terminals send for it


async def at_once(field: Widget, event: events.Key) -> None:
    """Does a bound key (backspace, arrows) now.

    Textual does one only after the event went up to the app, and a letter that came in the same moment before it:
    quick hands, or a slow line, would have it written in another order than it was typed.
    """
    if event.key in field._bindings.key_to_bindings:
        event.stop()
        event.prevent_default()
        await field.run_action(field._bindings.get_bindings_for_key(event.key)[0].action)


class QuickInput(Input):
    """One line to type."""

    BINDINGS: ClassVar[list[BindingType]] = [BACKSPACE]

    async def _on_key(self, event: events.Key) -> None:
        if event.key not in _ROWS:
            await at_once(self, event)  # Input's own handler runs after this one: Textual calls every class's
