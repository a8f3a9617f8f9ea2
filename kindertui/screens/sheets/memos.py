"""The memos of a group and of its children: read in full, put right, taken away before their day, added to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from textual.widget import Widget

from kindertui.data import drafts
from kindertui.data import memos as writer
from kindertui.data.queries import memos as read
from kindertui.domain.entry.memo import typed_until
from kindertui.domain.entry.words import command_word
from kindertui.domain.memos import Memo
from kindertui.i18n import _
from kindertui.phrases import numeric_day
from kindertui.phrases.memos import saved_words, until_words, whose_words
from kindertui.screens.drafts import SheetDraft
from kindertui.screens.sheets.form import Field, FormSheet, Wrong
from kindertui.screens.sheets.records import RecordsSheet
from kindertui.widgets.table import Cell, Row, RowTable, text_row, untitled

if TYPE_CHECKING:
    from kindertui.screens.place import PlaceScreen


async def show_memos(screen: PlaceScreen, args: str) -> None:
    """The list, with the cursor on the first memo of the child that the place is about."""

    def closed(add: bool | None) -> None:
        screen.refresh_all()
        if add and not screen.entry.value:
            screen.entry.put(command_word("memo", screen.state.language) + " ")

    screen.app.push_screen(MemosSheet(screen), closed)


class MemosSheet(RecordsSheet[bool]):
    """What is in sight today; gives True where one is to be added, which is done on the line."""

    BOX = "sheet wide"

    def __init__(self, place: PlaceScreen) -> None:
        super().__init__(place.state, _("Memos"))
        self._place = place
        self._memos: dict[str, Memo] = {}
        self._names: dict[str, str] = {}

    def body(self) -> Iterable[Widget]:
        yield RowTable(id="rows", heads=False)

    def on_mount(self) -> None:
        self._show()
        mine = (id for id, one in self._memos.items() if one.child_id == self.state.child_id is not None)
        if (first := next(mine, None)) is not None:
            self.table.move_to(first)
        self.say_keys()

    def _show(self) -> None:
        state, db = self.state, self.state.store.reader
        children = {one.child.id: one.child.full_name for one in state.cache.days}
        groups = {one.id: one.name for one in state.groups}
        found = (
            *read.of_groups(db, state.group_id, self._today),
            *read.of_children(db, tuple(children), self._today),
        )
        self._memos = {one.id: one for one in found}
        self._names = {one.id: whose_words(one, children, groups) for one in found}
        rows = [
            Row(
                one.id,
                (
                    Cell(self._names[one.id], "strong"),
                    Cell(until_words(one.until, self._today), "dim"),
                    Cell(f"{one.text}  ({one.by})"),
                ),
            )
            for one in found
        ]
        none = text_row(_("There are none: type memo, what it is, and until which day."), "dim")
        self.show_rows(untitled(22, 16), rows or [none])

    @property
    def _today(self) -> date:
        return self.state.now().date()

    # -- keys ----------------------------------------------------------------------------------------------------

    def add(self) -> None:
        self.dismiss(True)

    def change(self) -> None:
        shown = self._memos.get(self.table.cursor or "")
        if shown is None:
            return
        state, whose = self.state, self._names[shown.id]
        draft = SheetDraft(state, f"memo:{shown.id}")
        fields = (
            Field("text", _("what"), value=shown.text),
            Field("until", _("until"), _("friday, 7-12; empty is today"), numeric_day(shown.until)),
        )

        async def save(typed: Mapping[str, str]) -> None:
            until = self._typed_until(typed["until"])
            if state.actor is not None:
                change = drafts.settling(writer.change_memo, draft.place)
                self._saved(await state.store.run(change, state.actor, shown, text=typed["text"], until=until), whose)

        self.app.push_screen(FormSheet(_("Memo: {whose}").format(whose=whose), fields, save, draft))

    def _typed_until(self, text: str) -> date:
        if not text:
            return self._today
        day = typed_until(text, self.state.now(), self.state.language)
        if day is None:
            raise Wrong("until", _("{text} is no day: type a weekday, tomorrow or 25-11.").format(text=text))
        return day

    def take_away(self) -> None:
        shown = self._memos.get(self.table.cursor or "")
        if shown is not None:
            whose = self._names[shown.id]
            done = _("{whose}: memo taken away").format(whose=whose)
            self.start(writer.remove_memo, shown, done=lambda _removed: self._say_saved(done))

    def _saved(self, memo: Memo, whose: str) -> None:
        self._say_saved(saved_words(memo, whose, self._today))

    def _say_saved(self, what: str) -> None:
        self._place.status.saved(what)
        if self.is_running:
            self._show()
            self.say(self.state.saved)

    def failed(self, error: Exception) -> None:
        if self.is_running:
            self._show()  # what was refused may have been changed elsewhere
        super().failed(error)

    # -- taken back ----------------------------------------------------------------------------------------------

    def show_undone(self) -> None:
        """Shows what was taken back or done again, and says it here and behind."""
        self._show()
        self.say(self.state.saved)
        self._place.status.say_saved()

    def action_back(self) -> None:
        self.dismiss(False)
