"""The entry line: which keys are text and which are the screen's, in the order they were typed."""

from textual import events
from textual.app import App, ComposeResult
from textual.keys import _character_to_key
from textual.pilot import Pilot

from kindertui.widgets.entry_line import HISTORY, LINE_LIMIT, EntryLine


class Shown(App[None]):
    def __init__(self, *, letters: bool = True) -> None:
        super().__init__()
        self.heard: list[str] = []
        self._letters = letters

    def compose(self) -> ComposeResult:
        yield EntryLine(letters=self._letters)

    @property
    def line(self) -> EntryLine:
        return self.query_one(EntryLine)

    def on_entry_line_screen_key(self, event: EntryLine.ScreenKey) -> None:
        self.heard.append(event.key)

    def on_entry_line_entered(self, event: EntryLine.Entered) -> None:
        self.heard.append(f"entered {event.text}")

    def on_entry_line_refusal(self, event: EntryLine.Refusal) -> None:
        self.heard.append(event.rule)


async def burst(app: Shown, pilot: Pilot[None], *keys: str) -> None:
    """Keys that come in the same moment, as over a slow line."""
    assert app._driver is not None
    for key in keys:
        name = _character_to_key(key) if len(key) == 1 else key
        app._driver.send_message(events.Key(name, key if len(key) == 1 else None))
    await pilot.pause()
    await pilot.pause()


async def test_on_an_empty_line_some_keys_are_the_screen_s_and_on_a_typed_one_they_are_text() -> None:
    app = Shown()
    async with app.run_test() as pilot:
        keys = ["space", "1", "6", "slash", "question_mark", "up", "down", "home", "delete", "enter", "tab", "escape"]
        await pilot.press(*keys, "ctrl+j", "pageup", "ctrl+a")
        assert app.heard == [*keys, "enter", "pageup", "ctrl+a"] and app.line.value == ""
        app.heard.clear()
        await pilot.press("b", "space", "1", "slash", "question_mark", "7", "home", "delete")
        assert app.line.value == " 1/?7" and not app.heard
        await pilot.press("pageup", "escape")
        assert app.heard == ["pageup", "escape"]


async def test_where_letters_are_commands_they_are_until_the_line_is_opened() -> None:
    app = Shown(letters=False)
    async with app.run_test() as pilot:
        await pilot.press("a", "K", "7")
        assert app.heard == ["a", "K", "7"]
        assert app.line.value == ""
        app.line.letters = True
        await pilot.press("a")
        assert app.line.value == "a"


async def test_earlier_lines_each_once_the_last_first_and_only_so_many() -> None:
    app = Shown()
    async with app.run_test() as pilot:
        for text in ("s", "b 150", "s", "b 160"):
            app.line.remember(text)
        found = []
        for _ in range(4):
            await pilot.press("shift+up")
            found.append(app.line.value)
        assert found == ["b 160", "s", "b 150", "b 150"]
        await pilot.press("shift+down", "down", "down")
        assert app.line.value == ""
        for number in range(HISTORY + 5):
            app.line.remember(f"n {number}")
        assert len(app.line._lines) == HISTORY
        app.line.forget()
        await pilot.press("shift+up")
        assert app.line.value == ""


async def test_tab_completes_and_goes_round_and_any_other_key_ends_it() -> None:
    app = Shown()
    async with app.run_test() as pilot:
        app.line.completer = lambda text, at: (at - 2, ("lunch", "luier")) if text[:at].endswith("lu") else (at, ())
        await pilot.press(*"lu", "tab")
        assert app.line.value == "lunch"
        await pilot.press("tab")
        assert app.line.value == "luier"
        await pilot.press("tab")
        assert app.line.value == "lunch"
        await pilot.press("space", "tab")
        assert app.line.value == "lunch " and not app.heard
        # what stands behind the cursor stays, and the cursor behind what was put in
        app.line.completer = lambda text, at: (4, ("Emma Visser",))
        app.line.put("all em 1230")
        app.line.cursor_position = 6
        await pilot.press("tab")
        assert (app.line.value, app.line.cursor_position) == ("all Emma Visser 1230", 15)


async def test_a_paste_is_one_line_or_nothing() -> None:
    app = Shown()
    async with app.run_test() as pilot:
        for text, line, rule in (
            ("b 150\n", "b 150", None), ("a\nb", "b 150", "paste_lines"), ("x" * LINE_LIMIT, "b 150", "paste_long"),
            ("a\rb", "b 150", "paste_lines"),
        ):  # fmt: skip
            app.line.post_message(events.Paste(text))
            await pilot.pause()
            assert app.line.value == line
            assert app.heard[-1:] == ([rule] if rule else [])
