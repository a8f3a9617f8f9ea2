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
from kindertui.phrases.help import help_lines
from kindertui.phrases.history import act_words
from kindertui.phrases.roster import checked_words
from kindertui.screens import child_acts, day_acts
from kindertui.screens.base import Go, HouseScreen
from kindertui.screens.house import House
from kindertui.screens.sheets import PickSheet, ReadSheet
from kindertui.widgets.table import Cell, Column, Row

Act = Callable[[HouseScreen, str], Awaitable[None]]


async def _take_back(screen: HouseScreen, args: str) -> None:
    take_back(screen)


async def _do_again(screen: HouseScreen, args: str) -> None:
    do_again(screen)


class Telling(Protocol):
    """A place, or a sheet that takes back on its own."""

    @property
    def house(self) -> House: ...

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
    house, actor = screen.house, screen.house.actor
    if actor is None:
        return
    names = {} if confirmed is None else _names(house, confirmed)  # of children who are gone with the file as well
    try:
        act = await house.store.run(undo.undo, actor, confirmed="" if confirmed is None else confirmed.id)
    except (DatabaseFault, Refused) as error:
        # a question is for who pressed the key, where it was pressed: not over the lock, or a sheet opened meanwhile
        front: object = screen.app.screen
        asks = error.args_["act"] if isinstance(error, Refused) and error.rule == "undo_of_file" else ""
        if asks and front is screen and house.actor is actor:
            _ask_of_a_file(screen, asks)
        elif not (asks and isinstance(front, FileQuestion)):  # one question, however many keys
            screen.failed(error)
        return
    _set_back(screen, act, _("taken back: {what}"), names, taken_back=True)


async def _do_again_in_turn(screen: Telling) -> None:
    house = screen.house
    if house.actor is None:
        return
    try:
        act = await house.store.run(undo.redo, house.actor)
    except (DatabaseFault, Refused) as error:
        screen.failed(error)
        return
    _set_back(screen, act, _("done again: {what}"), {}, taken_back=False)


def _set_back(screen: Telling, act: TakenBack, said: str, names: dict[str, str], *, taken_back: bool) -> None:
    house = screen.house
    house.saved = said.format(what=act_words(act, names | _names(house, act)))
    house.taken_back = taken_back
    screen.set_back()


class FileQuestion(ReadSheet):
    """Whether what a file brought is to be taken back."""


def _ask_of_a_file(screen: Telling, act_id: str) -> None:
    """One key too many is not meant to take a whole file back."""
    house = screen.house
    act = history.one(house.store.reader, act_id, house.zone)

    def answered(yes: bool | None) -> None:
        if yes:
            take_back(screen, act)

    lines = [
        (act_words(act, _names(house, act)), "plain"),
        (_("All that the file brought goes away again; ctrl+y brings it back."), "dim"),
    ]
    foot = _("Enter takes it back · Esc leaves it")
    screen.app.push_screen(FileQuestion(_("Take back what a file brought?"), lines, foot=foot, asks=True), answered)


def _names(house: House, act: TakenBack) -> dict[str, str]:
    children = (queries.child(house.store.reader, child_id) for child_id in act.children)
    shown = short_names(one.child for one in house.days)
    return {child.id: child.given_name for child in children if child is not None} | shown


async def _check_all(screen: HouseScreen, args: str) -> None:
    # a worker, as for undo: a slow disk must not keep the keyboard from locking the screen; the store keeps the order
    screen.app.run_worker(_look_at_sleepers(screen))


async def _look_at_sleepers(screen: HouseScreen) -> None:
    """One act for every sleeper of the shown group, today and now whatever day is shown."""
    house = screen.house
    if house.actor is None:
        return
    try:
        saved = await house.store.run(daylog.check_sleepers, house.actor, group_id=house.group_id, policy=house.policy)
    except (DatabaseFault, Refused) as error:
        screen.failed(error)
        return
    children = [queries.child(house.store.reader, one.child_id) for one in saved.entries]
    names = short_names(one for one in children if one is not None)
    screen.saved(checked_words(saved.entries, names))
    if cell_len(house.saved) > screen.app.size.width // 2:
        screen.tell(house.saved)  # who was looked at late matters more than the way back, which is the same everywhere
    house.read_looks()
    screen.refresh_all()


async def _help(screen: HouseScreen, args: str) -> None:
    screen.app.push_screen(ReadSheet(_("Help"), help_lines(screen.PLACE, screen.house.language)))


def _places(command: commands.Command) -> list[str]:
    return [_(commands.BY_ID[f"go_{place}"].label) for place in command.places]


async def _palette(screen: HouseScreen, args: str) -> None:
    state = screen.state()
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
            command.word, screen.house.language
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
            screen.tell(
                _("That one is for another screen: {places}.").format(places=", ".join(_places(command))), "due"
            )
        else:
            await screen.do(command)

    columns = (Column("", 20), Column("", 12), Column("", 0))
    screen.app.push_screen(PickSheet(_("All commands"), rows, columns, notes=notes), chosen)


async def _theme(screen: HouseScreen, args: str) -> None:
    screen.app.theme = "kindertui-light" if screen.app.theme == "kindertui-dark" else "kindertui-dark"


async def _language(screen: HouseScreen, args: str) -> None:
    wanted = args.strip().casefold()
    if wanted not in i18n.LANGUAGES:
        place = i18n.LANGUAGES.index(screen.house.language)
        wanted = i18n.LANGUAGES[(place + 1) % len(i18n.LANGUAGES)]
    i18n.use(wanted)
    screen.house.language = wanted
    screen.house.saved = ""
    screen.tell("")
    await screen.recompose()
    screen.entry.focus()
    screen.refresh_all()


async def _texts(screen: HouseScreen, args: str) -> None:
    from kindertui.screens.texts import texts

    await texts(screen, args)


async def _quit(screen: HouseScreen, args: str) -> None:
    house = screen.house
    house.count_waiting()
    waiting = house.waiting["portal"]
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
    "group": day_acts.go_to_group,
    "find": child_acts.find,
    "call": child_acts.show_call_list,
    "mind": child_acts.mind,
    "history": child_acts.show_history,
    "hand_over": child_acts.hand_over,
    "week": child_acts.show_week,
    "missing": child_acts.show_gaps,
    "evacuation": child_acts.evacuation,
    "count": child_acts.count,
    "counts": child_acts.counts,
    "day_before": day_acts.day_before,
    "day_after": day_acts.day_after,
    "unlock": day_acts.unlock,
    "theme": _theme,
    "language": _language,
    "texts": _texts,
    "quit": _quit,
}
