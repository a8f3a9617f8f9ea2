"""The commands that show something of a child, or of those who are in: find, call, history, week, lists to count by."""

from kindertui import commands
from kindertui.data import queries
from kindertui.data.queries import day as day_queries
from kindertui.data.queries import history
from kindertui.domain.entry import fold
from kindertui.i18n import _
from kindertui.phrases import long_day
from kindertui.phrases.history import change_line
from kindertui.screens.base import Go, HouseScreen
from kindertui.screens.day_acts import group_called
from kindertui.screens.sheets import PickSheet, ReadSheet
from kindertui.widgets.table import Cell, Column, Row


async def find(screen: HouseScreen, args: str) -> None:
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


async def mind(screen: HouseScreen, args: str) -> None:
    from kindertui.screens.minding import MindSheet

    if screen.house.child_id is not None:
        screen.app.push_screen(MindSheet(screen, screen.house.child_id))


async def show_history(screen: HouseScreen, args: str) -> None:
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


async def hand_over(screen: HouseScreen, args: str) -> None:
    from kindertui.domain.entry.words import vocabulary
    from kindertui.phrases.handover import hand_over_paper, one_child_paper
    from kindertui.screens.papers import PaperSheet

    house = screen.house
    now, where = house.now(), house.location.name
    if wanted := args.strip():
        name, days = house.group_name() or _("all groups"), house.days
        if fold(wanted) not in vocabulary(house.language).everybody:
            group = group_called(house.groups, wanted)
            if group is None:
                screen.tell(_("Of whom? A name, a group, or the word for all of the group that is shown."), "due")
                return
            name = group.name
            days = day_queries.roster(house.store.reader, house.shown_day, house.zone, group.id)
        title = _("To tell about {name}").format(name=name)
        paper = hand_over_paper(days, now, house.policy, title=title, location=where)
    else:
        child_day = house.child_day(house.child_id)
        if child_day is None:
            screen.tell(_("No child is chosen: 1 shows the roster, / finds one."), "due")
            return
        paper = one_child_paper(child_day, now, house.policy, location=where)
    screen.app.push_screen(PaperSheet(house, paper))


async def show_week(screen: HouseScreen, args: str) -> None:
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


async def show_gaps(screen: HouseScreen, args: str) -> None:
    from kindertui.screens.missing import show_missing

    await show_missing(screen, args)


async def evacuation(screen: HouseScreen, args: str) -> None:
    from kindertui.phrases.evacuation import evacuation_paper, rolls
    from kindertui.screens.papers import EvacuationSheet

    house = screen.house
    days = day_queries.roster(house.store.reader, house.now().date(), house.zone)  # today's, whatever day is shown
    names = {one.id: one.name for one in house.groups}
    paper = evacuation_paper(days, names, house.now(), house.location.name)
    screen.app.push_screen(EvacuationSheet(house, paper, rolls(days, names), days))


async def count(screen: HouseScreen, args: str) -> None:
    from kindertui.data.queries import head_counts
    from kindertui.domain.head_count import HeadCount
    from kindertui.phrases.head_count import going_on_words, saved_words
    from kindertui.screens.counting import CountSheet, new_count
    from kindertui.screens.keeping import PATIENCE

    house, today = screen.house, screen.house.now().date()
    db = house.store.reader
    counting = head_counts.goes_on(db, today, house.zone, house.group_id) or new_count(house, args.strip())
    if counting is None:
        screen.tell(_("Nobody to count is in."), "due")
        return

    def counted(count: HeadCount | None) -> None:
        if count is None:
            house.store.settle(PATIENCE)
            if (left := head_counts.goes_on(db, today, house.zone, house.group_id)) is not None:
                screen.tell(going_on_words(left), "due")
            return
        children = (queries.child(db, child_id) for child_id in count.expected)
        screen.saved(saved_words(count, {one.id: one.full_name for one in children if one is not None}))
        if any(count.missing):
            screen.tell(house.saved, "danger")
        screen.refresh_all()

    screen.app.push_screen(CountSheet(house, counting), counted)


async def counts(screen: HouseScreen, args: str) -> None:
    from kindertui.data.queries import head_counts
    from kindertui.phrases.head_count import count_lines, going_on_lines

    house = screen.house
    db, day = house.store.reader, house.shown_day
    counts = head_counts.of_day(db, day, house.zone)
    ids = dict.fromkeys(child_id for one in counts for child_id in one.expected)
    names = {child_id: child.full_name for child_id in ids if (child := queries.child(db, child_id)) is not None}
    groups = {one.id: one.name for one in house.groups}
    lines = [(line.text, line.tone) for one in counts for line in count_lines(one, names, groups)]
    for one in head_counts.going_on(db, day, house.zone):
        lines += [(line.text, line.tone) for line in going_on_lines(one, groups)]
    lines = lines or [(_("No heads were counted on this day yet: type count."), "dim")]
    screen.app.push_screen(ReadSheet(_("Head counts of {day}").format(day=long_day(day)), lines))
