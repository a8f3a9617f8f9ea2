"""The commands that are the same on every screen, in one table: take back, do again, help, palette, look, leave …"""

from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, Protocol

from rich.cells import cell_len
from textual.app import App

from kindertui import commands, i18n
from kindertui.data import daylog, queries, undo
from kindertui.data.queries import history
from kindertui.domain.entry.words import command_word
from kindertui.domain.faults import DatabaseFault, Refused
from kindertui.domain.history import Act as TakenBack
from kindertui.i18n import _
from kindertui.phrases import short_names
from kindertui.phrases.due import checked_words
from kindertui.phrases.entry import help_lines
from kindertui.phrases.history import act_words
from kindertui.screens import child_commands, day_commands
from kindertui.screens.app_state import AppState
from kindertui.screens.place import Go, PlaceScreen
from kindertui.screens.sheets.basic import PickSheet, ReadSheet
from kindertui.widgets.table import Cell, Column, Row

Act = Callable[[PlaceScreen, str], Awaitable[None]]


async def _take_back(screen: PlaceScreen, args: str) -> None:
    take_back(screen)


async def _do_again(screen: PlaceScreen, args: str) -> None:
    do_again(screen)


class Telling(Protocol):
    """A place, or a sheet that takes back on its own."""

    @property
    def state(self) -> AppState: ...

    @property
    def app(self) -> App[Any]: ...

    def run_worker(self, work: Coroutine[Any, Any, None], /) -> object: ...

    def failed(self, error: Exception) -> None: ...

    def set_back(self) -> None:
        """Shows what was taken back or done again, and says it."""


def take_back(screen: Telling, confirmed: TakenBack | None = None) -> None:
    """Takes back the last act and says what. What a file brought only when asked about: `confirmed` is that act."""
    # a worker: a slow disk must not keep the keyboard from locking the screen; the store keeps the order
    screen.run_worker(_take_back_in_turn(screen, confirmed))


def do_again(screen: Telling) -> None:
    """Does the last act that was taken back again, and says what."""
    screen.run_worker(_do_again_in_turn(screen))


async def _take_back_in_turn(screen: Telling, confirmed: TakenBack | None) -> None:
    state, actor = screen.state, screen.state.actor
    if actor is None:
        return
    names = {} if confirmed is None else _names(state, confirmed)  # of children who are gone with the file as well
    try:
        act = await state.store.run(undo.undo, actor, confirmed="" if confirmed is None else confirmed.id)
    except (DatabaseFault, Refused) as error:
        # a question is for who pressed the key, where it was pressed: not over the lock, or a sheet opened meanwhile
        front: object = screen.app.screen
        asks = error.args_["act"] if isinstance(error, Refused) and error.rule == "undo_of_file" else ""
        if asks and front is screen and state.actor is actor:
            _ask_of_a_file(screen, asks)
        elif not (asks and isinstance(front, FileQuestion)):  # one question, however many keys
            screen.failed(error)
        return
    _set_back(screen, act, _("taken back: {what}"), names, taken_back=True)


async def _do_again_in_turn(screen: Telling) -> None:
    state = screen.state
    if state.actor is None:
        return
    try:
        act = await state.store.run(undo.redo, state.actor)
    except (DatabaseFault, Refused) as error:
        screen.failed(error)
        return
    _set_back(screen, act, _("done again: {what}"), {}, taken_back=False)


def _set_back(screen: Telling, act: TakenBack, said: str, names: dict[str, str], *, taken_back: bool) -> None:
    state = screen.state
    state.saved = said.format(what=act_words(act, names | _names(state, act)))
    state.taken_back = taken_back
    screen.set_back()


class FileQuestion(ReadSheet):
    """Whether what a file brought is to be taken back."""


def _ask_of_a_file(screen: Telling, act_id: str) -> None:
    """One key too many is not meant to take a whole file back."""
    state = screen.state
    act = history.one(state.store.reader, act_id, state.zone)

    def answered(yes: bool | None) -> None:
        if yes:
            take_back(screen, act)

    lines = [
        (act_words(act, _names(state, act)), "plain"),
        (_("All that the file brought goes away again; ctrl+y brings it back."), "dim"),
    ]
    foot = _("Enter takes it back · Esc leaves it")
    screen.app.push_screen(FileQuestion(_("Take back what a file brought?"), lines, foot=foot, asks=True), answered)


def _names(state: AppState, act: TakenBack) -> dict[str, str]:
    children = (queries.child(state.store.reader, child_id) for child_id in act.children)
    shown = short_names(one.child for one in state.days)
    return {child.id: child.given_name for child in children if child is not None} | shown


async def _check_all(screen: PlaceScreen, args: str) -> None:
    # a worker, as for undo: a slow disk must not keep the keyboard from locking the screen; the store keeps the order
    screen.app.run_worker(_look_at_sleepers(screen))


async def _look_at_sleepers(screen: PlaceScreen) -> None:
    """One act for every sleeper of the shown group, today and now whatever day is shown."""
    state = screen.state
    if state.actor is None:
        return
    try:
        saved = await state.store.run(daylog.check_sleepers, state.actor, group_id=state.group_id, policy=state.policy)
    except (DatabaseFault, Refused) as error:
        screen.failed(error)
        return
    children = [queries.child(state.store.reader, one.child_id) for one in saved.entries]
    names = short_names(one for one in children if one is not None)
    screen.saved(checked_words(saved.entries, names))
    if cell_len(state.saved) > screen.app.size.width // 2:
        screen.say(state.saved)  # who was looked at late matters more than the way back, which is the same everywhere
    state.read_looks()
    screen.refresh_all()


async def _help(screen: PlaceScreen, args: str) -> None:
    screen.app.push_screen(ReadSheet(_("Help"), help_lines(screen.PLACE, screen.state.language)))


def _places(command: commands.Command) -> list[str]:
    return [_(commands.BY_ID[f"go_{place}"].label) for place in command.places]


async def _palette(screen: PlaceScreen, args: str) -> None:
    state = screen.command_state()
    rows, notes = [], {}
    for command in commands.COMMANDS:
        here = command.at(screen.PLACE)
        why = command.enabled(state) if here else ""
        note = (
            (_("on the screen {place}").format(place=_places(command)[0]) if not here else _(why))
            if (why or not here)
            else _(command.help)
        )
        keys = " ".join(commands.key_name(key) for key in command.keys) or command_word(
            command.word, screen.state.language
        )
        tone = "plain" if here and not why else "dim"
        notes[command.id] = note
        rows.append(
            Row(
                command.id,
                (Cell(_(command.label), tone), Cell(keys, "accent" if tone == "plain" else "dim"), Cell(note, "dim")),
            )
        )

    async def chosen(name: str | None) -> None:
        if name is None:
            return
        command = commands.BY_ID[name]
        if name.startswith("go_"):
            screen.post_message(Go(name.removeprefix("go_")))  # type: ignore[arg-type]
        elif not command.at(screen.PLACE):
            screen.say(_("That one is for another screen: {places}.").format(places=", ".join(_places(command))), "due")
        else:
            await screen.do(command)

    columns = (Column("", 20), Column("", 12), Column("", 0))
    screen.app.push_screen(PickSheet(_("All commands"), rows, columns, notes=notes), chosen)


async def _theme(screen: PlaceScreen, args: str) -> None:
    screen.app.theme = "kindertui-light" if screen.app.theme == "kindertui-dark" else "kindertui-dark"


async def _language(screen: PlaceScreen, args: str) -> None:
    wanted = args.strip().casefold()
    if wanted not in i18n.LANGUAGES:
        place = i18n.LANGUAGES.index(screen.state.language)
        wanted = i18n.LANGUAGES[(place + 1) % len(i18n.LANGUAGES)]
    i18n.use(wanted)
    screen.state.language = wanted
    screen.state.saved = ""
    screen.say("")
    await screen.recompose()
    screen.entry.focus()
    screen.refresh_all()


async def _texts(screen: PlaceScreen, args: str) -> None:
    from kindertui.screens.sheets.short_words import texts

    await texts(screen, args)


async def _quit(screen: PlaceScreen, args: str) -> None:
    state = screen.state
    state.count_waiting()
    waiting = state.waiting["portal"]
    screen.keep_draft()
    if waiting:
        print_after = screen.waiting_words(waiting)
        screen.app.exit(return_code=0, message=print_after)
    else:
        screen.app.exit(return_code=0)


ACTS: dict[str, Act] = {
    "undo": _take_back,
    "redo": _do_again,
    "check_all": _check_all,
    "help": _help,
    "palette": _palette,
    "group": day_commands.go_to_group,
    "find": child_commands.find,
    "call": child_commands.show_call_list,
    "mind": child_commands.mind,
    "history": child_commands.show_history,
    "hand_over": child_commands.hand_over,
    "week": child_commands.show_week,
    "missing": child_commands.show_gaps,
    "evacuation": child_commands.evacuation,
    "count": child_commands.count,
    "counts": child_commands.counts,
    "day_before": day_commands.day_before,
    "day_after": day_commands.day_after,
    "unlock": day_commands.unlock,
    "theme": _theme,
    "language": _language,
    "texts": _texts,
    "quit": _quit,
}
