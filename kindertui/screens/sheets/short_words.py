"""The staff's own short words: a list to add to, change and take from, and the same as one typed line."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, TypeVar

from textual import events
from textual.widget import Widget
from textual.widgets import Input

from kindertui.data import drafts, short_words
from kindertui.data.queries import entry_line as queries
from kindertui.domain.faults import DatabaseFault, Refused
from kindertui.domain.short_words import word_and_text
from kindertui.i18n import _
from kindertui.phrases.short_words import definition_words, removed_words, set_words
from kindertui.screens.app_state import AppState
from kindertui.screens.drafts import SheetDraft
from kindertui.screens.sheets.sheet import WritingSheet
from kindertui.screens.sheets.undo import do_again, take_back
from kindertui.widgets.table import Cell, Row, RowTable, text_row, untitled

if TYPE_CHECKING:
    from kindertui.screens.place import PlaceScreen

T = TypeVar("T")
_LONGEST = 500  # characters of one line typed here


async def texts(screen: PlaceScreen, args: str) -> None:
    """`texts` shows the list; `texts bu = built a tower` adds or changes one at once."""
    state = screen.state
    if not args.strip():
        screen.app.push_screen(ShortWordsSheet(state), lambda _: screen.refresh_all())
        return
    halves = word_and_text(args)
    if halves is None:
        screen.status.say(_("Type a short word, = and what it stands for: texts bu = built a tower."), "due")
        return
    if state.actor is None:
        return
    try:
        done = await state.store.run(short_words.set_short_word, state.actor, *halves)
    except (DatabaseFault, Refused) as error:
        screen.failed(error)
        return
    state.cache.forget_short_words()
    screen.status.saved(definition_words(done))


class ShortWordsSheet(WritingSheet[None]):
    """Typing `bu = built a tower` and Enter adds or changes; Enter on an empty line brings the row into the line, Del
    takes it away. ctrl+z takes back. Esc clears the line, then closes."""

    BOX = "sheet wide"

    def __init__(self, state: AppState) -> None:
        super().__init__(state, _("Short words"))
        self._draft = SheetDraft(state, "texts")

    def body(self) -> Iterable[Widget]:
        yield RowTable(id="rows", heads=False)
        yield Input(
            self._draft.text, id="short", compact=True, placeholder=_("bu = built a tower"), max_length=_LONGEST,
            select_on_focus=False,
        )  # fmt: skip

    def on_mount(self) -> None:
        self._show()
        if self._draft.text:
            self.say(_("What you typed is back, not saved yet. Esc clears it."), "due")
        else:
            self.say(_("Enter changes the row · Del takes it away · Esc closes"))
        self._line.focus()

    @property
    def _line(self) -> Input:
        return self.query_one(Input)

    def _show(self) -> None:
        rows = [
            Row(one.word, (Cell(one.word, "strong"), Cell(one.text)))
            for one in queries.short_words(self.state.store.reader)
        ]
        none = text_row(_("There are none yet: type one below, as bu = built a tower."), "dim")
        self.show_rows(untitled(14), rows or [none])

    async def on_key(self, event: events.Key) -> None:
        key = "enter" if event.key == "ctrl+j" else event.key  # the keypad's Enter, in tmux
        if key in ("up", "down", "pageup", "pagedown"):
            self.table.key_pressed(key)
        elif key == "enter":
            await self._enter()
        elif key == "delete" and not self._line.value:
            if self.table.cursor is not None:
                await self._write(short_words.remove_short_word, self.table.cursor, words=removed_words)
        else:
            return
        event.stop()
        event.prevent_default()

    def on_row_table_chosen(self, event: RowTable.Chosen) -> None:
        event.stop()
        if event.twice and not self._line.value:
            self._fill(event.key)

    async def _enter(self) -> None:
        typed = self._line.value
        if not typed.strip():
            self._fill(self.table.cursor)
            return
        halves = word_and_text(typed)
        if halves is None:
            self.say(_("Put = between the short word and its text: bu = built a tower."), "due")
            return
        self.keep_draft()
        writer = drafts.settling(short_words.set_short_word, self._draft.place)
        if await self._write(writer, *halves, words=set_words):
            self._draft.settled()
            self._line.value = ""
            self.table.move_to(halves[0])

    def keep_draft(self) -> bool:
        """Keeps the line that is being typed under the person's name; says whether it was new."""
        return not self.saving and self._draft.keep(self._line.value)

    def _fill(self, word: str | None) -> None:
        """Brings a row into the line, to be changed there."""
        found = next((one for one in queries.short_words(self.state.store.reader) if one.word == word), None)
        if found is not None:
            self._line.value = definition_words(found)
            self._line.cursor_position = len(self._line.value)

    async def _write(self, fn: Callable[..., T], *args: str, words: Callable[[T], str]) -> bool:
        """One act, of which `words` says what was done."""
        way_back = _("ctrl+z takes it back")
        return await self.act(fn, *args, done=lambda result: self._show_changed(words(result), way_back))

    def _show_changed(self, done: str, way_back: str) -> None:
        self.state.cache.forget_short_words()
        self._show()
        self.say(f"{done}  ·  {way_back}", "good")

    def action_undo(self) -> None:
        """ctrl+z: the last act, whatever it was."""
        take_back(self)

    def action_redo(self) -> None:
        """ctrl+y."""
        do_again(self)

    def show_undone(self) -> None:
        """Shows what was taken back or done again, and says it."""
        way_back = _("ctrl+y does it again") if self.state.taken_back else _("ctrl+z takes it back")
        self._show_changed(self.state.saved, way_back)

    def action_back(self) -> None:
        if self._line.value:
            self._line.value = ""
            self.keep_draft()
        else:
            self.dismiss(None)
