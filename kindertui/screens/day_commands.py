"""The commands that say what is shown: another group, another day, and the name that unlocks one."""

from collections.abc import Sequence
from datetime import timedelta

from kindertui.domain.entry import fold
from kindertui.domain.people import Group
from kindertui.i18n import _
from kindertui.phrases import long_day
from kindertui.screens.place import PlaceScreen
from kindertui.screens.sheets.ask import AskSheet
from kindertui.screens.sheets.pick import PickSheet
from kindertui.widgets.table import Cell, Row


def group_called(groups: Sequence[Group], typed: str) -> Group | None:
    """The group of this name, else the only one whose name begins so; None for none or several."""
    wanted = fold(typed.strip())
    found = [one for one in groups if fold(one.name) == wanted] or [
        one for one in groups if fold(one.name).startswith(wanted)
    ]
    return found[0] if len(found) == 1 else None


async def go_to_group(screen: PlaceScreen, args: str) -> None:
    state = screen.state

    def go(group_id: str | None) -> None:
        if group_id is None:
            return
        state.group_id = group_id or None
        state.child_id, state.marked = None, frozenset()
        screen.refresh_all()

    if args:
        if (found := group_called(state.groups, args)) is not None:
            go(found.id)
        elif fold(args) in ("all", "alle", "alles", "*"):
            go("")
        else:
            screen.status.say(_("Which group is {name}? ctrl+g shows them all.").format(name=args), "due")
        return
    rows = [Row(one.id, (Cell(one.name, "strong"),)) for one in state.groups]
    rows.append(Row("", (Cell(_("all groups"), "dim"),)))
    screen.app.push_screen(PickSheet(_("Which group?"), rows), go)


async def turn(screen: PlaceScreen, args: str, *, by: int) -> None:
    """Shows the day so many days on, or back."""
    state = screen.state
    wanted, today = state.shown_day + timedelta(days=by), state.now().date()
    if wanted > today:
        screen.status.say(_("That day is still to come."), "due")
        return
    state.show_day(wanted)
    screen.refresh_all()


async def unlock(screen: PlaceScreen, args: str) -> None:
    state = screen.state
    if state.actor is None:
        return
    if not state.locked:
        screen.status.say(_("Nothing is locked here: this is today, or the day was unlocked already."))
        return

    def check(name: str) -> str:
        if _is_name(name, actor.name):
            return ""
        return _("{name} is at the keyboard: type that name, or ctrl+l changes who.").format(name=actor.name)

    def named(name: str | None) -> None:
        if name is None:
            return
        state.unlocked = True
        screen.refresh_all()
        text = _("{day} is unlocked by {name}: the lines typed now are for that day.")
        screen.status.say(text.format(day=long_day(state.shown_day), name=actor.name), "due")

    actor = state.actor
    if not args.strip():
        title = _("{day} is locked: your name unlocks it").format(day=long_day(state.shown_day))
        screen.app.push_screen(AskSheet(title, check=check), named)
    elif why := check(args):
        screen.status.say(why, "due")
    else:
        named(args)


def _is_name(typed: str, name: str) -> bool:
    """The name, or its first word: a hand that unlocks a day has to know whose it is."""
    return bool(typed.strip()) and fold(typed.strip()) in (fold(name), fold(name.split()[0]))
