"""The staff's own short words: a list to add to, change and take from, and the same as one typed line."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from kindertui.data import drafts, short_words
from kindertui.data.queries import entry_line as queries
from kindertui.domain.faults import DatabaseFault, Refused
from kindertui.domain.short_words import word_and_text
from kindertui.i18n import _
from kindertui.phrases.refused import sentence
from kindertui.phrases.short_words import definition_words, removed_words, set_words
from kindertui.screens.app_state import AppState
from kindertui.screens.drafts import SheetDraft
from kindertui.screens.place import PlaceScreen
from kindertui.text import content
from kindertui.widgets.key_line import KeyLine
from kindertui.widgets.table import Cell, Column, Row, RowTable

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
        screen.say(_("Type a short word, = and what it stands for: texts bu = built a tower."), "due")
        return
    if state.actor is None:
        return
    try:
        done = await state.store.run(short_words.set_short_word, state.actor, *halves)
    except (DatabaseFault, Refused) as error:
        screen.failed(error)
        return
    state.forget_texts()
    screen.saved(definition_words(done))


class ShortWordsSheet(ModalScreen[None]):
    """Typing `bu = built a tower` and Enter adds or changes; Enter on an empty line brings the row into the line, Del
    takes it away. ctrl+z takes back. Esc clears the line, then closes."""

    BINDINGS: ClassVar[list[BindingType]] = [("escape", "back", "")]

    def __init__(self, state: AppState) -> None:
        super().__init__()
        self.state = state
        self._kept = SheetDraft(state, "texts")
        self._saving = False

    def compose(self) -> ComposeResult:
        with Vertical(classes="sheet wide"):
            yield Static(content(_("Short words")), classes="sheet-title", markup=False)
            yield RowTable(id="rows", heads=False)
            yield Input(
                self._kept.text, id="short", compact=True, placeholder=_("bu = built a tower"), max_length=_LONGEST,
                select_on_focus=False,
            )  # fmt: skip
            yield KeyLine(id="short-told")

    def on_mount(self) -> None:
        self._show()
        if self._kept.text:
            self._tell(_("What you typed is back, not saved yet. Esc clears it."), "due")
        else:
            self._tell(_("Enter changes the row · Del takes it away · Esc closes"))
        self.query_one(Input).focus()

    @property
    def _line(self) -> Input:
        return self.query_one(Input)

    def _show(self) -> None:
        rows = [
            Row(one.word, (Cell(one.word, "strong"), Cell(one.text)))
            for one in queries.short_words(self.state.store.reader)
        ]
        table = self.query_one(RowTable)
        none = Row(None, (Cell(_("There are none yet: type one below, as bu = built a tower."), "dim"),), wide=0)
        table.show((Column("", 14), Column("", 0)), rows or [none])
        table.styles.height = min(max(len(rows), 1), max(3, self.app.size.height - 10))

    def _tell(self, text: str, tone: str = "dim") -> None:
        self.query_one(KeyLine).show(text, tone)

    async def on_key(self, event: events.Key) -> None:
        table = self.query_one(RowTable)
        key = "enter" if event.key == "ctrl+j" else event.key  # the keypad's Enter, in tmux
        if key in ("up", "down", "pageup", "pagedown"):
            table.key_pressed(key)
        elif key == "enter":
            await self._enter()
        elif key == "delete" and not self._line.value:
            if table.cursor is not None:
                await self._do(short_words.remove_short_word, table.cursor, said=removed_words)
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
            self._fill(self.query_one(RowTable).cursor)
            return
        halves = word_and_text(typed)
        if halves is None:
            self._tell(_("Put = between the short word and its text: bu = built a tower."), "due")
            return
        self.keep_draft()
        self._saving = True
        try:
            done = await self._do(
                drafts.settling(short_words.set_short_word, self._kept.place), *halves, said=set_words
            )
        finally:
            self._saving = False
        if done:
            self._line.value = ""
            self.query_one(RowTable).move_to(halves[0])

    def keep_draft(self) -> bool:
        """Keeps the line that is being typed under the person's name; says whether it was new."""
        return not self._saving and self._kept.keep(self._line.value)

    def _fill(self, word: str | None) -> None:
        """Brings a row into the line, to be changed there."""
        found = next((one for one in queries.short_words(self.state.store.reader) if one.word == word), None)
        if found is not None:
            self._line.value = definition_words(found)
            self._line.cursor_position = len(self._line.value)

    async def _do(self, fn: Callable[..., T], *args: str, said: Callable[[T], str]) -> bool:
        """One act; says what was done or why not."""
        if self.state.actor is None:
            return False
        try:
            done = await self.state.store.run(fn, self.state.actor, *args)
        except (DatabaseFault, Refused) as error:
            self.failed(error)
            return False
        self.state.forget_texts()
        self._show()
        self._tell(said(done) + "  ·  " + _("ctrl+z takes it back"), "good")
        return True

    def do_undo(self) -> None:
        """ctrl+z: the last act, whatever it was."""
        from kindertui.screens.commands import take_back

        take_back(self)

    def do_redo(self) -> None:
        """ctrl+y."""
        from kindertui.screens.commands import do_again

        do_again(self)

    def set_back(self) -> None:
        """Shows what was taken back or done again, and says it."""
        self.state.forget_texts()
        self._show()
        way_back = _("ctrl+y does it again") if self.state.taken_back else _("ctrl+z takes it back")
        self._tell(f"{self.state.saved}  ·  {way_back}", "good")

    def failed(self, error: Exception) -> None:
        """One sentence for what was refused or could not be saved."""
        if not isinstance(error, DatabaseFault | Refused):
            raise error
        self._tell(sentence(error), "danger")

    def action_back(self) -> None:
        if self._line.value:
            self._line.value = ""
            self.keep_draft()
        else:
            self.dismiss(None)
