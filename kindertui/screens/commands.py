"""The commands that are the same on every screen, in one table: take back, do again, help, palette, look, leave …"""

from collections.abc import Awaitable, Callable
from functools import partial

from kindertui import commands, i18n
from kindertui.domain.entry.words import command_word
from kindertui.i18n import _, ngettext
from kindertui.phrases.entry_help import help_lines
from kindertui.screens import child_commands, day_commands, sleep_checks
from kindertui.screens.place import PlaceScreen
from kindertui.screens.requests import Go
from kindertui.screens.sheets.incident import open_incident, show_report
from kindertui.screens.sheets.memos import show_memos
from kindertui.screens.sheets.missing import show_missing
from kindertui.screens.sheets.pick import PickSheet
from kindertui.screens.sheets.read import ReadSheet
from kindertui.screens.sheets.short_words import texts
from kindertui.screens.sheets.undo import do_again, take_back
from kindertui.screens.sheets.unsaved import ask_to_leave, show_unsaved
from kindertui.widgets.table import Cell, Row

CommandFunction = Callable[[PlaceScreen, str], Awaitable[None]]


async def _take_back(screen: PlaceScreen, args: str) -> None:
    take_back(screen)


async def _do_again(screen: PlaceScreen, args: str) -> None:
    do_again(screen)


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
            screen.status.say(
                _("That one is for another screen: {places}.").format(places=", ".join(_places(command))), "due"
            )
        else:
            await screen.do(command)

    screen.app.push_screen(PickSheet(_("All commands"), rows, (20, 12), notes=notes), chosen)


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
    screen.refresh_all()


async def _quit(screen: PlaceScreen, args: str) -> None:
    state = screen.state
    state.attention.count_waiting()
    waiting = state.attention.waiting["portal"]
    screen.keep_draft()

    def leave() -> None:
        if waiting:
            said = ngettext("{n} record waits for the portal", "{n} records wait for the portal", waiting)
            screen.app.exit(return_code=0, message=said.format(n=waiting))
        else:
            screen.app.exit(return_code=0)

    if state.not_saved:
        ask_to_leave(screen, leave)
    else:
        leave()


COMMANDS: dict[str, CommandFunction] = {
    "undo": _take_back,
    "redo": _do_again,
    "check_all": sleep_checks.check_all,
    "help": _help,
    "palette": _palette,
    "group": day_commands.go_to_group,
    "find": child_commands.find,
    "call": child_commands.show_call_list,
    "mind": child_commands.mind,
    "memo": show_memos,
    "incident": open_incident,
    "report": show_report,
    "history": child_commands.show_history,
    "hand_over": child_commands.hand_over,
    "week": child_commands.show_week,
    "missing": show_missing,
    "evacuation": child_commands.evacuation,
    "count": child_commands.count,
    "counts": child_commands.counts,
    "day_before": partial(day_commands.turn, by=-1),
    "day_after": partial(day_commands.turn, by=1),
    "unlock": day_commands.unlock,
    "theme": _theme,
    "language": _language,
    "texts": texts,
    "unsaved": show_unsaved,
    "quit": _quit,
}
