"""Fields of sheets and letters: a burst of keys is written in the order it was typed."""

import pytest
from textual import events
from textual.app import App, ComposeResult
from textual.keys import _character_to_key
from textual.widgets import Input

from kindertui.widgets.composer import QuickArea
from kindertui.widgets.quick_keys import QuickInput


class Shown(App[None]):
    def __init__(self, field: QuickInput | QuickArea) -> None:
        super().__init__()
        self.field = field
        self.heard: list[str] = []

    def compose(self) -> ComposeResult:
        yield self.field

    def on_input_submitted(self, event: Input.Submitted) -> None:
        self.heard.append(event.value)


def burst(app: Shown, *keys: str) -> None:
    """Keys that come in the same moment, as over a slow line."""
    assert app._driver is not None
    for key in keys:
        name = _character_to_key(key) if len(key) == 1 else key
        app._driver.send_message(events.Key(name, key if len(key) == 1 else None))


@pytest.mark.parametrize("kind", [QuickInput, QuickArea])
async def test_a_bound_key_keeps_its_place_among_the_letters(kind: type[QuickInput] | type[QuickArea]) -> None:
    app = Shown(kind())
    async with app.run_test() as pilot:
        app.field.focus()
        await pilot.pause()
        burst(app, *"kot", "backspace", "ctrl+h", "left", "a", "end", *"ts", "home", "delete", "c", "enter")
        await pilot.pause()
        await pilot.pause()
        if isinstance(app.field, QuickInput):
            assert app.field.value == "ckts" and app.heard == ["ckts"]
        else:
            assert app.field.text == "c\nkts"
