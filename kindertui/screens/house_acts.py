"""The commands that are the same on every screen: take back, do again, help, palette, find, call, history …"""

from collections.abc import Awaitable, Callable
from typing import Protocol

from rich.cells import cell_len

from kindertui import commands, i18n
from kindertui.data import daylog, queries, undo
from kindertui.data.queries import day as day_queries
from kindertui.data.queries import history
from kindertui.data.store import Tx
from kindertui.domain.entry import fold
from kindertui.domain.entry.words import command_word
from kindertui.domain.faults import DatabaseFault, Refused
from kindertui.domain.history import Act as TakenBack
from kindertui.i18n import _
from kindertui.phrases import long_day, short_names
from kindertui.phrases.help import help_lines
from kindertui.phrases.history import act_words, change_line
from kindertui.phrases.roster import checked_words
from kindertui.screens.base import Go, HouseScreen
from kindertui.screens.house import House
from kindertui.screens.sheets import AskSheet, PickSheet, ReadSheet
from kindertui.widgets.table import Cell, Column, Row

Act = Callable[[HouseScreen, str], Awaitable[None]]


async def _take_back(screen: HouseScreen, args: str) -> None:
    _in_order(screen, undo.undo, _("taken back: {what}"))


async def _do_again(screen: HouseScreen, args: str) -> None:
    _in_order(screen, undo.redo, _("done again: {what}"))


def _in_order(screen: HouseScreen, fn: Callable[[Tx], TakenBack], said: str) -> None:
    # a worker: a slow disk must not keep the keyboard from locking the screen; the store keeps the order
    screen.app.run_worker(journal_act(screen, fn, said))


class Telling(Protocol):
    """A place, or a sheet that takes back on its own."""

    @property
    def house(self) -> House: ...

    def tell(self, text: str) -> None: ...

    def failed(self, error: Exception) -> None: ...

    def refresh_all(self) -> None: ...


async def journal_act(screen: Telling, fn: Callable[[Tx], TakenBack], said: str) -> None:
    """Takes back or does again, and says what."""
    house = screen.house
    if house.actor is None:
        return
    try:
        act = await house.store.run(fn, house.actor)
    except (DatabaseFault, Refused) as error:
        screen.failed(error)
        return
    children = tuple(
        child for child_id in act.children if (child := queries.child(house.store.reader, child_id)) is not None
    )
    names = short_names(one.child for one in house.days) | {
        child.id: child.given_name for child in children if child.id not in {one.child.id for one in house.days}
    }
    house.saved = said.format(what=act_words(act, names))
    screen.tell(house.saved)
    screen.refresh_all()


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


async def _group(screen: HouseScreen, args: str) -> None:
    house = screen.house

    def go(group_id: str | None) -> None:
        if group_id is None:
            return
        house.group_id = group_id or None
        house.child_id, house.marked = None, frozenset()
        screen.refresh_all()

    if args:
        found = [one for one in house.groups if fold(one.name).startswith(fold(args))]
        if len(found) == 1:
            go(found[0].id)
        elif fold(args) in ("all", "alle", "alles", "*"):
            go("")
        else:
            screen.tell(_("Which group is {name}? ctrl+g shows them all.").format(name=args), "due")
        return
    rows = [Row(one.id, (Cell(one.name, "strong"),)) for one in house.groups] + [
        Row("", (Cell(_("all groups"), "dim"),))
    ]
    screen.app.push_screen(PickSheet(_("Which group?"), rows, (Column("", 0),)), go)


async def _find(screen: HouseScreen, args: str) -> None:
    house = screen.house
    names = {one.id: one.name for one in house.groups}
    rows = [
        Row(child.id, (Cell(child.full_name, "strong"), Cell(names.get(child.group_id or "", ""), "dim")))
        for child in queries.children(house.store.reader, on=house.shown_day)
    ]

    def found(child_id: str | None) -> None:
        if child_id is None:
            return
        child = queries.child(house.store.reader, child_id)
        if child is not None and house.group_id is not None and child.group_id != house.group_id:
            house.group_id = child.group_id
            house.marked = frozenset()
        house.child_id = child_id
        if screen.PLACE in commands.LINE_PLACES:
            screen.refresh_all()
        else:
            screen.post_message(Go("day"))

    screen.app.push_screen(PickSheet(_("Find a child"), rows, (Column("", 40), Column("", 0))), found)


async def show_call_list(screen: HouseScreen, args: str) -> None:
    """Whom to phone about the child, in order; once somebody was reached the line begins with the child's name."""
    from kindertui.screens.calling import CallSheet
    from kindertui.screens.entering import EnteringScreen

    child_day = screen.house.child_day(screen.house.child_id)
    if child_day is None:
        return

    def closed(reached: bool | None) -> None:
        screen.refresh_all()
        if reached and isinstance(screen, EnteringScreen):
            screen.begin_line_about(child_day.child)

    screen.app.push_screen(CallSheet(screen, child_day), closed)


async def _mind(screen: HouseScreen, args: str) -> None:
    from kindertui.screens.minding import MindSheet

    if screen.house.child_id is not None:
        screen.app.push_screen(MindSheet(screen, screen.house.child_id))


async def _history(screen: HouseScreen, args: str) -> None:
    house = screen.house
    record = getattr(screen, "history_record", lambda: None)()
    db, zone = house.store.reader, house.zone
    if record is not None:
        changes = history.of_record(db, record, zone)
    elif house.child_id is not None:
        changes = history.of_child(db, house.child_id, zone, limit=40)
    else:
        changes = ()
    lines = [(change_line(one, zone), "plain") for one in changes] or [(_("Nothing is written yet."), "dim")]
    screen.app.push_screen(ReadSheet(_("History"), lines))


async def _hand_over(screen: HouseScreen, args: str) -> None:
    from kindertui.domain.entry.words import vocabulary
    from kindertui.phrases.handover import hand_over_paper, one_child_paper
    from kindertui.screens.papers import PaperSheet

    house = screen.house
    now, where = house.now(), house.location.name
    if args.strip():
        if fold(args.strip()) not in vocabulary(house.language).everybody:
            screen.tell(_("Of whom? A name, or the word for all: everybody of the group that is shown."), "due")
            return
        title = _("To tell about {name}").format(name=house.group_name() or _("all groups"))
        paper = hand_over_paper(house.days, now, house.policy, title=title, location=where)
    else:
        child_day = house.child_day(house.child_id)
        if child_day is None:
            return
        paper = one_child_paper(child_day, now, house.policy, location=where)
    screen.app.push_screen(PaperSheet(house, paper))


async def _week(screen: HouseScreen, args: str) -> None:
    from kindertui.domain.week import week_days
    from kindertui.phrases.week import week_paper
    from kindertui.screens.papers import WeekSheet

    house = screen.house
    child_day = house.child_day(house.child_id)
    if child_day is None:
        return
    found = day_queries.week(house.store.reader, child_day.child.id, house.shown_day, house.zone)
    days = week_days(found, house.now())
    paper = week_paper(child_day.child, days, house.now(), house.location.name)
    screen.app.push_screen(WeekSheet(house, paper, days))


async def _missing(screen: HouseScreen, args: str) -> None:
    from kindertui.screens.missing import show_missing

    await show_missing(screen, args)


async def _evacuation(screen: HouseScreen, args: str) -> None:
    from kindertui.phrases.evacuation import evacuation_paper, rolls
    from kindertui.screens.papers import EvacuationSheet

    house = screen.house
    days = day_queries.roster(house.store.reader, house.now().date(), house.zone)  # today's, whatever day is shown
    names = {one.id: one.name for one in house.groups}
    paper = evacuation_paper(days, names, house.now(), house.location.name)
    screen.app.push_screen(EvacuationSheet(house, paper, rolls(days, names), days))


async def _count(screen: HouseScreen, args: str) -> None:
    from kindertui.domain.head_count import HeadCount
    from kindertui.phrases.head_count import saved_words
    from kindertui.screens.counting import CountSheet

    house, today = screen.house, screen.house.now().date()
    if house.first_count is not None and house.first_count.day != today:
        house.first_count = None
    if (first := house.first_count) is not None:
        days = day_queries.roster(house.store.reader, today, house.zone, only=first.expected)
    else:
        there = day_queries.roster(house.store.reader, today, house.zone, house.group_id)
        days = tuple(one for one in there if one.is_in and (not house.marked or one.child.id in house.marked))
    if not days:
        screen.tell(_("Nobody to count is in."), "due")
        return

    def counted(count: HeadCount | None) -> None:
        if count is None:
            return
        screen.saved(saved_words(count, {one.child.id: one.child.full_name for one in days}))
        if any(count.missing):
            screen.tell(house.saved, "danger")
        screen.refresh_all()

    screen.app.push_screen(CountSheet(house, days, group_id=house.group_id, reason=args.strip()), counted)


async def _counts(screen: HouseScreen, args: str) -> None:
    from kindertui.data.queries import head_counts
    from kindertui.phrases.head_count import count_lines, waiting_words

    house = screen.house
    db, day = house.store.reader, house.shown_day
    counts = head_counts.of_day(db, day, house.zone)
    ids = dict.fromkeys(child_id for one in counts for child_id in one.expected)
    names = {child_id: child.full_name for child_id in ids if (child := queries.child(db, child_id)) is not None}
    groups = {one.id: one.name for one in house.groups}
    lines = [(line.text, line.tone) for one in counts for line in count_lines(one, names, groups)]
    if house.first_count is not None and house.first_count.day == day:
        lines.append((waiting_words(house.first_count), "due"))
    lines = lines or [(_("No heads were counted on this day yet: type count."), "dim")]
    screen.app.push_screen(ReadSheet(_("Head counts of {day}").format(day=long_day(day)), lines))


async def _day_before(screen: HouseScreen, args: str) -> None:
    _turn(screen, -1)


async def _day_after(screen: HouseScreen, args: str) -> None:
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


async def _unlock(screen: HouseScreen, args: str) -> None:
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
    "group": _group,
    "find": _find,
    "call": show_call_list,
    "mind": _mind,
    "history": _history,
    "hand_over": _hand_over,
    "week": _week,
    "missing": _missing,
    "evacuation": _evacuation,
    "count": _count,
    "counts": _counts,
    "day_before": _day_before,
    "day_after": _day_after,
    "unlock": _unlock,
    "theme": _theme,
    "language": _language,
    "texts": _texts,
    "quit": _quit,
}
