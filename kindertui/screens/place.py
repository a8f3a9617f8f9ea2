"""What every place does: the bars on top, the entry line with its two lines below, and commands by key or by word."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, TypeAlias

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from kindertui import commands
from kindertui.commands import Command, Place, State
from kindertui.i18n import _
from kindertui.screens.app_state import AppState
from kindertui.screens.head import head_words
from kindertui.screens.requests import Go, Painted, Wanted
from kindertui.screens.status_area import StatusArea
from kindertui.screens.support.fast_paint import paint
from kindertui.text import content
from kindertui.widgets.bars import HeadBar, PlaceBar
from kindertui.widgets.entry_line import EntryLine
from kindertui.widgets.key_line import StatusLine
from kindertui.widgets.table import RowTable

if TYPE_CHECKING:
    from kindertui.data.daylog import Saved
    from kindertui.screens.entry.controller import EntryController
    from kindertui.screens.entry.target import NewEntry

LEAST = (60, 16)  # a smaller terminal gets one sentence instead of half a screen

Action: TypeAlias = Callable[[], object]  # may give something to await


class PlaceScreen(Screen[None]):
    """A place. Subclasses give `body`, `show`, `target` and their own `actions`."""

    PLACE: ClassVar[Place]
    AUTO_FOCUS = "#entry"
    ready = False  # mounted, so that there is something to show on
    _fresh = False  # mounted and not resumed since: the first resume comes with the mount, and shows nothing new

    def __init__(self, state: AppState) -> None:
        super().__init__()
        self.state = state
        self.entry = EntryLine(letters=self.PLACE in commands.LINE_PLACES)
        self.status = StatusArea(state)
        self._unsaved = StatusLine(id="unsaved")
        self._spoken = state.language  # what is shown was said in this one
        self._drafts: dict[str, str] = {}  # each person's draft here, as last kept

    def compose(self) -> ComposeResult:
        yield HeadBar(id="head")
        yield PlaceBar(self.PLACE)
        with Vertical(id="body"):
            yield from self.body()
        with Vertical(id="panel"):
            yield self._unsaved
            with Horizontal(id="line"):
                yield Static("›", id="prompt", markup=False)
                yield self.entry
            yield self.status.preview
            yield self.status.status
        yield Static(id="too-small", markup=False)

    # -- what a place is -----------------------------------------------------------------------------------------

    def body(self) -> Iterable[Widget]:
        """The widgets of this place."""
        raise NotImplementedError

    def show(self) -> None:
        """Reads what this place shows and shows it."""
        raise NotImplementedError

    def target(self) -> NewEntry:
        """What a line that is typed here is for."""
        raise NotImplementedError

    def actions(self) -> Mapping[str, Action]:
        """What this place does for a command, by its id; all others are the same everywhere (screens/commands.py)."""
        return {
            "back": self.go_back,
            "move": self._say_move,
            "complete": self._say_complete,
            "line": self.open_line,
            "read_all": lambda: self.controller.read_all(),
            "for_staff": lambda: self.controller.ways.keep_for_staff(),
            "about_named": lambda: self.controller.ways.make_about_named(),
        }

    def command_state(self) -> State:
        """What decides which commands can be done now."""
        return State(self.PLACE)

    def group_asked(self) -> str | None:
        """The group that is asked about here; None is all."""
        return self.state.group_id

    def history_record(self) -> str | None:
        """The record that `history` is about here; None for the child's."""
        return None

    @property
    def table(self) -> RowTable:
        """The rows that the keys of this place move in."""
        raise NotImplementedError

    def cursor_moved(self) -> None:
        """Shows what belongs to the row the cursor is on now."""

    def point_at(self, child_id: str) -> None:
        """Puts the cursor on a child that a word named."""

    def show_idle(self) -> None:
        """Says what stands under the empty line."""
        if not self.say_locked():
            self.status.say_preview("")

    def entered(self) -> None:
        """What a place does when Enter was pressed on a typed line, before the line is read."""

    def after_save(self, saved: Saved) -> None:
        """What a place does once its line was saved."""

    def show_saved(self, saved: Saved) -> tuple[Widget, ...]:
        """Shows what an act of this place changed; gives the widgets that need no layout for it."""
        self.refresh_all()
        return ()

    # -- drafts --------------------------------------------------------------------------------------------------

    def keep_draft(self) -> bool:
        """Keeps what is typed here under the person's name; nobody else gets to see it. Says whether it was new."""
        actor, text = self.state.actor, self.entry.value
        if actor is not None and self._drafts.get(actor.staff_id, "") != text:
            self._drafts[actor.staff_id] = text
            self.state.drafts.keep(actor, f"line:{self.PLACE}", text)
            return True
        return False

    def bring_back_draft(self) -> None:
        """Puts a person's kept line back where it was."""
        if (actor := self.state.actor) is not None and not self.entry.value:
            if actor.staff_id not in self._drafts:
                place = f"line:{self.PLACE}"
                self._drafts[actor.staff_id] = self.state.drafts.kept(actor.staff_id, place)
            if text := self._drafts[actor.staff_id]:
                self.entry.put(text)

    # -- showing -------------------------------------------------------------------------------------------------

    def on_mount(self) -> None:
        self.ready = self._fresh = True
        self.entry.changed = self._line_changed
        self.entry.completer = lambda text, at: self.controller.completions(text, at)
        self.bring_back_draft()
        self.query_one("#line").set_class(not self.entry.letters, "-closed")
        self.refresh_all()
        self.begin_line()
        self.call_after_refresh(self._painted)

    def _painted(self) -> None:
        self._fresh = False
        self.post_message(Painted())

    def on_screen_resume(self) -> None:
        if self.ready and not self._fresh:
            self.refresh_all()
            self.begin_line()

    def on_resize(self) -> None:
        width, height = self.app.size
        small = width < LEAST[0] or height < LEAST[1]
        self.set_class(small, "-small")
        if small:
            text = _("Make the window larger: {w} by {h} at least.").format(w=LEAST[0], h=LEAST[1])
            self.query_one("#too-small", Static).update(content(text))
        elif self.ready and not self._fresh:
            self.call_after_refresh(self.show)

    def refresh_all(self) -> None:
        """Shows everything anew: the bars, the body, the last saved line, and what the typed line means now."""
        if not self.is_running:  # a save that came back while the program was leaving
            return
        if self._spoken != self.state.language:
            self._retell()
        self.show()
        self.show_head()
        self.status.refresh()
        if self.entry.value:
            self.controller.refresh()

    def _retell(self) -> None:
        """Forgets what was said in another language: the lines that are not shown anew with everything else."""
        self._spoken = self.state.language
        self.status.say("")
        if not self.entry.value:
            self.show_idle()
        self.query_one(HeadBar).refresh()
        self.query_one(PlaceBar).refresh()

    def show_head(self) -> None:
        """The two lines on top."""
        self.query_one("#head", HeadBar).show(head_words(self.state))
        self.query_one(PlaceBar).show(self.state.attention.waiting)
        if self.state.not_saved or self._unsaved.display or self.status.about:
            self._show_unsaved()

    def _show_unsaved(self) -> None:
        """The lines above the entry line that are not saved, of whoever is at the keyboard."""
        from kindertui.screens.unsaved import strip_content

        mine = self.state.unsaved.mine()
        self._unsaved.update(strip_content(mine, self.app.size.width - 2))
        self._unsaved.display = bool(mine)
        self.status.unsaved_are(frozenset(one.act for one in mine))

    def show_undone(self) -> None:
        """Shows what was taken back or done again, and says it."""
        self.status.say(self.state.saved)
        self.refresh_all()

    def failed(self, error: Exception) -> None:
        """One sentence for what was refused or could not be saved."""
        self.status.failed(error)

    def paint(self, *widgets: Widget) -> None:
        """Draws what changed of these at once."""
        paint(self, widgets)

    def say_locked(self) -> bool:
        """Under the empty line of another day: how it is written on, and the way back. Says whether it said that."""
        if self.state.locked:
            self.status.say_preview(
                _("  Locked: type unlock and your name to write on this day. ] goes a day on."), "due"
            )
        return self.state.locked

    # -- the entry line ------------------------------------------------------------------------------------------

    @cached_property
    def controller(self) -> EntryController:
        """Reads, judges and saves what is typed; with it the entry language is loaded, behind the first frame."""
        from kindertui.screens.entry.controller import EntryController

        return EntryController(self)

    def _line_changed(self) -> None:
        self.controller.line_changed()

    async def on_entry_line_entered(self, event: EntryLine.Entered) -> None:
        event.stop()
        self.entered()
        await self.controller.enter(event.text, event.at)

    def begin_line(self) -> None:
        """Types the beginning of a line that was asked for where one came from; what stood there comes back by Up."""
        line = self.state.returning
        if line is not None and line.place == self.PLACE:
            self.state.returning = None
            self.controller.saver.bring_back(line)
        if self.state.begun is None or self.state.begun[0] != self.PLACE:
            return  # the place that is left comes to the front once more when a sheet over it closes
        (_place, begun), self.state.begun = self.state.begun, None
        if self.entry.value.strip():
            self.entry.remember(self.entry.value)
        self.entry.put(begun)

    def open_line(self) -> None:
        """Opens the entry line on a place that has none."""
        self.entry.letters = True
        self.query_one("#line").remove_class("-closed")

    def close_line(self) -> None:
        """Letters are commands again."""
        self.entry.letters = False
        self.query_one("#line").add_class("-closed")  # not hidden: what is hidden loses the focus
        self.show_idle()

    def on_entry_line_refusal(self, event: EntryLine.Refusal) -> None:
        event.stop()
        self.status.explain(
            {
                "paste_lines": _("Not pasted: it has more than one line. Paste one line at a time; nothing was done."),
                "paste_long": _(
                    "Not pasted: it is longer than a line can be. Paste a shorter piece; nothing was done."
                ),
            }[event.rule]
        )

    # -- commands ------------------------------------------------------------------------------------------------

    async def do(self, command: Command, args: str = "") -> None:
        """Does a command, or says why not."""
        if why := command.enabled(self.command_state()):
            self.status.explain(_(why))
        elif command.id.startswith("go_"):
            self.post_message(Go(command.id.removeprefix("go_")))  # type: ignore[arg-type]
        elif (action := self.actions().get(command.id)) is not None:
            result = action()
            if inspect.isawaitable(result):
                await result
        elif command.at(self.PLACE):
            self.post_message(Wanted(command.id, args))

    async def on_entry_line_screen_key(self, event: EntryLine.ScreenKey) -> None:
        event.stop()
        if not self.table.key_pressed(event.key) and (command := commands.of_key(event.key, self.PLACE)) is not None:
            await self.do(command)

    def on_row_table_moved(self, event: RowTable.Moved) -> None:
        event.stop()
        self.status.moved_on()
        self.cursor_moved()

    async def on_row_table_chosen(self, event: RowTable.Chosen) -> None:
        event.stop()
        if event.twice:
            await self.do(commands.BY_ID["enter"])

    def on_place_bar_go(self, event: PlaceBar.Go) -> None:
        self.post_message(Go(event.place))

    def _say_move(self) -> None:
        """Chosen from the list of commands: the keys themselves move."""
        self.status.say(_(commands.BY_ID["move"].help))

    def _say_complete(self) -> None:
        """Tab where there is nothing to complete."""
        self.status.say(_("Type the beginning of a name or a word first: Tab writes the rest."))

    def go_back(self) -> None:
        """Esc: clears the line first, then closes it, then goes to the roster."""
        if self.entry.value:
            self.entry.value = ""
            self.status.say_preview("")
            self.status.say_saved()  # what was said of the line went with it
        elif self.entry.letters and self.PLACE not in commands.LINE_PLACES:
            self.close_line()
        elif self.PLACE != "roster":
            self.post_message(Go("roster"))
