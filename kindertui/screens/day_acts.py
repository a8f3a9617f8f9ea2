"""The commands that say what is shown: another group, another day, and the name that unlocks one."""

from collections.abc import Sequence

from kindertui.domain.entry import fold
from kindertui.domain.people import Group
from kindertui.i18n import _
from kindertui.phrases import long_day
from kindertui.screens.base import HouseScreen
from kindertui.screens.sheets import AskSheet, PickSheet
from kindertui.widgets.table import Cell, Column, Row


def group_called(groups: Sequence[Group], typed: str) -> Group | None:
    """The group of this name, else the only one whose name begins so; None for none or several."""
    wanted = fold(typed.strip())
    found = [one for one in groups if fold(one.name) == wanted] or [
        one for one in groups if fold(one.name).startswith(wanted)
    ]
    return found[0] if len(found) == 1 else None


async def go_to_group(screen: HouseScreen, args: str) -> None:
    house = screen.house

    def go(group_id: str | None) -> None:
        if group_id is None:
            return
        house.group_id = group_id or None
        house.child_id, house.marked = None, frozenset()
        screen.refresh_all()

    if args:
        if (found := group_called(house.groups, args)) is not None:
            go(found.id)
        elif fold(args) in ("all", "alle", "alles", "*"):
            go("")
        else:
            screen.tell(_("Which group is {name}? ctrl+g shows them all.").format(name=args), "due")
        return
    rows = [Row(one.id, (Cell(one.name, "strong"),)) for one in house.groups] + [
        Row("", (Cell(_("all groups"), "dim"),))
    ]
    screen.app.push_screen(PickSheet(_("Which group?"), rows, (Column("", 0),)), go)


async def day_before(screen: HouseScreen, args: str) -> None:
    _turn(screen, -1)


async def day_after(screen: HouseScreen, args: str) -> None:
    _turn(screen, 1)


def _turn(screen: HouseScreen, by: int) -> None:
    from datetime import timedelta

    house = screen.house
    wanted, today = house.shown_day + timedelta(days=by), house.now().date()
    if wanted > today:
        screen.tell(_("That day is still to come."), "due")
        return
    house.show_day(wanted)
    screen.refresh_all()


async def unlock(screen: HouseScreen, args: str) -> None:
    house = screen.house
    if house.actor is None:
        return
    if not house.locked:
        screen.tell(_("Nothing is locked here: this is today, or the day was unlocked already."))
        return

    def check(name: str) -> str:
        return (
            ""
            if _is_name(name, actor.name)
            else _("{name} is at the keyboard: type that name, or ctrl+l changes who.").format(name=actor.name)
        )

    def named(name: str | None) -> None:
        if name is None:
            return
        house.unlocked = True
        screen.refresh_all()
        screen.tell(
            _("{day} is unlocked by {name}: the lines typed now are for that day.").format(
                day=long_day(house.shown_day), name=actor.name
            ),
            "due",
        )

    actor = house.actor
    if not args.strip():
        title = _("{day} is locked: your name unlocks it").format(day=long_day(house.shown_day))
        screen.app.push_screen(AskSheet(title, check=check), named)
    elif why := check(args):
        screen.tell(why, "due")
    else:
        named(args)


def _is_name(typed: str, name: str) -> bool:
    """The name, or its first word: a hand that unlocks a day has to know whose it is."""
    return bool(typed.strip()) and fold(typed.strip()) in (fold(name), fold(name.split()[0]))
