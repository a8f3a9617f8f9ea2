"""Takes back the last act, and does it again, for a place or a sheet that can show it."""

import asyncio
from collections.abc import Coroutine
from typing import Any, Protocol

from textual.app import App

from kindertui.data import queries, undo
from kindertui.data.queries import history
from kindertui.domain.faults import DatabaseFault, Refused
from kindertui.domain.history import Act
from kindertui.i18n import _
from kindertui.phrases import short_names
from kindertui.phrases.history import act_words
from kindertui.screens.app_state import AppState
from kindertui.screens.sheets.confirm import ConfirmSheet


class Undoing(Protocol):
    """A place, or a sheet that takes back on its own."""

    @property
    def state(self) -> AppState: ...

    @property
    def app(self) -> App[Any]: ...

    def run_worker(self, work: Coroutine[Any, Any, None], /) -> object: ...

    def failed(self, error: Exception) -> None: ...

    def show_undone(self) -> None:
        """Shows what was taken back or done again, and says it."""


def take_back(screen: Undoing, confirmed: Act | None = None) -> None:
    """Takes back the last act and says what. What a file brought only when asked about: `confirmed` is that act."""
    # a worker: a slow disk must not keep the keyboard from locking the screen; the store keeps the order
    screen.run_worker(_undo(screen, confirmed))


def do_again(screen: Undoing) -> None:
    """Does the last act that was taken back again, and says what."""
    screen.run_worker(_redo(screen))


async def _undo(screen: Undoing, confirmed: Act | None) -> None:
    state, actor = screen.state, screen.state.actor
    if actor is None:
        return
    if await _waits(screen):
        return
    names = {} if confirmed is None else _names(state, confirmed)  # of children who are gone with the file as well
    try:
        try:
            act = await state.store.run(undo.undo, actor, confirmed="" if confirmed is None else confirmed.id)
        except undo.TooLong as long:
            act = await asyncio.to_thread(undo.in_pieces, state.store, actor, long)
    except (DatabaseFault, Refused) as error:
        # a question is for who pressed the key, where it was pressed: not over the lock, or a sheet opened meanwhile
        front: object = screen.app.screen
        asks = error.args_["act"] if isinstance(error, Refused) and error.rule == "undo_of_file" else ""
        if asks and front is screen and state.actor is actor:
            _ask_of_a_file(screen, asks)
        elif not (asks and isinstance(front, FileQuestion)):  # one question, however many keys
            screen.failed(error)
        return
    _show(screen, act, _("taken back: {what}"), names, taken_back=True)


async def _redo(screen: Undoing) -> None:
    state, actor = screen.state, screen.state.actor
    if actor is None or await _waits(screen):
        return
    try:
        try:
            act = await state.store.run(undo.redo, actor)
        except undo.TooLong as long:
            act = await asyncio.to_thread(undo.in_pieces, state.store, actor, long)
    except (DatabaseFault, Refused) as error:
        screen.failed(error)
        return
    _show(screen, act, _("done again: {what}"), {}, taken_back=False)


async def _waits(screen: Undoing) -> bool:
    """The last line that was typed is not saved yet: nothing older is taken back instead, and it is said why."""
    state = screen.state
    if await state.unsaved.at_rest():
        return False
    screen.failed(Refused("undo_unsaved"))
    return True


def _show(screen: Undoing, act: Act, said: str, names: dict[str, str], *, taken_back: bool) -> None:
    state = screen.state
    state.saved = said.format(what=act_words(act, names | _names(state, act)))
    state.taken_back = taken_back
    screen.show_undone()


class FileQuestion(ConfirmSheet):
    """Whether what a file brought is to be taken back."""


def _ask_of_a_file(screen: Undoing, act_id: str) -> None:
    """One key too many is not meant to take a whole file back."""
    state = screen.state
    act = history.one(state.store.reader, act_id, state.zone)

    def answered(yes: str | None) -> None:
        if yes is not None:
            take_back(screen, act)

    lines = [
        (act_words(act, _names(state, act)), "plain"),
        (_("All that the file brought goes away again; ctrl+y brings it back."), "dim"),
    ]
    sheet = FileQuestion(_("Take back what a file brought?"), lines, does=_("takes it back"))
    screen.app.push_screen(sheet, answered)


def _names(state: AppState, act: Act) -> dict[str, str]:
    children = (queries.child(state.store.reader, child_id) for child_id in act.children)
    shown = short_names(one.child for one in state.cache.days)
    return {child.id: child.given_name for child in children if child is not None} | shown
