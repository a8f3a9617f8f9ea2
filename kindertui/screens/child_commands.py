"""The commands that show something of a child, or of those who are in: find, call, history, week, lists to count by."""

from kindertui import commands
from kindertui.data import queries
from kindertui.data.queries import day as day_queries
from kindertui.data.queries import head_counts, history
from kindertui.domain.entry import fold
from kindertui.domain.entry.words import vocabulary
from kindertui.domain.head_counts import HeadCount
from kindertui.domain.week import week_days
from kindertui.i18n import _
from kindertui.phrases import long_day
from kindertui.phrases.evacuation import evacuation_paper, rolls
from kindertui.phrases.handover import hand_over_paper, one_child_paper
from kindertui.phrases.head_counts import count_lines, going_on_lines, going_on_words, saved_words
from kindertui.phrases.history import change_line
from kindertui.phrases.week import week_paper
from kindertui.screens.day_commands import group_called
from kindertui.screens.place import PlaceScreen
from kindertui.screens.requests import Go
from kindertui.screens.sheets.call_list import CallListSheet
from kindertui.screens.sheets.care_notes import CareNotesSheet
from kindertui.screens.sheets.head_count import HeadCountSheet, new_count
from kindertui.screens.sheets.paper import EvacuationSheet, PaperSheet, WeekSheet
from kindertui.screens.sheets.pick import PickSheet
from kindertui.screens.sheets.read import ReadSheet
from kindertui.widgets.table import Cell, Row

_PATIENCE = 0.5  # seconds to wait for a count that is still being kept: it is said where it was left


async def find(screen: PlaceScreen, args: str) -> None:
    state = screen.state
    rows = [
        Row(child.id, (Cell(child.full_name, "strong"), Cell(state.group_name(child.group_id), "dim")))
        for child in queries.children(state.store.reader, on=state.shown_day)
    ]

    def found(child_id: str | None) -> None:
        if child_id is None:
            return
        child = queries.child(state.store.reader, child_id)
        if child is not None:
            state.show_child(child)
        if screen.PLACE in commands.LINE_PLACES:
            screen.refresh_all()
        else:
            screen.post_message(Go("day"))

    screen.app.push_screen(PickSheet(_("Find a child"), rows, (40,)), found)


async def show_call_list(screen: PlaceScreen, args: str) -> None:
    """Whom to phone about the child, in order; once somebody was reached the line begins with the child's name."""
    child_day = screen.state.cache.child_day(screen.state.child_id)
    if child_day is None:
        return

    def closed(reached: bool | None) -> None:
        screen.refresh_all()
        if reached:
            screen.controller.begin_line_about(child_day.child)

    screen.app.push_screen(CallListSheet(screen, child_day), closed)


async def mind(screen: PlaceScreen, args: str) -> None:
    if screen.state.child_id is not None:
        screen.app.push_screen(CareNotesSheet(screen, screen.state.child_id))


async def show_history(screen: PlaceScreen, args: str) -> None:
    state = screen.state
    record = screen.history_record()
    db, zone = state.store.reader, state.zone
    if record is not None:
        changes = history.of_record(db, record, zone)
    elif state.child_id is not None:
        changes = history.of_child(db, state.child_id, zone, limit=40)
    else:
        changes = ()
    lines = [(change_line(one, zone), "plain") for one in changes] or [(_("Nothing is written yet."), "dim")]
    screen.app.push_screen(ReadSheet(_("History"), lines))


async def hand_over(screen: PlaceScreen, args: str) -> None:
    state = screen.state
    now, where = state.now(), state.location.name
    if wanted := args.strip():
        name, days = state.group_name(state.group_id) or _("all groups"), state.cache.days
        if fold(wanted) not in vocabulary(state.language).everybody:
            group = group_called(state.groups, wanted)
            if group is None:
                screen.status.say(_("Of whom? A name, a group, or the word for all of the group that is shown."), "due")
                return
            name = group.name
            days = day_queries.roster(state.store.reader, state.shown_day, state.zone, group.id)
        title = _("To tell about {name}").format(name=name)
        paper = hand_over_paper(days, now, state.policy, title=title, location=where)
    else:
        child_day = state.cache.child_day(state.child_id)
        if child_day is None:
            screen.status.say(_("No child is chosen: 1 shows the roster, / finds one."), "due")
            return
        paper = one_child_paper(child_day, now, state.policy, location=where)
    screen.app.push_screen(PaperSheet(state, paper))


async def show_week(screen: PlaceScreen, args: str) -> None:
    state = screen.state
    child_day = state.cache.child_day(state.child_id)
    if child_day is None:
        return
    found = day_queries.week(state.store.reader, child_day.child.id, state.shown_day, state.zone)
    days, on_paper = (week_days(found, state.now(), for_parents=kept_out) for kept_out in (False, True))
    paper = week_paper(child_day.child, on_paper, state.now(), state.location.name)
    screen.app.push_screen(WeekSheet(state, paper, days))


async def evacuation(screen: PlaceScreen, args: str) -> None:
    state = screen.state
    days = day_queries.roster(state.store.reader, state.now().date(), state.zone)  # today's, whatever day is shown
    names = {one.id: one.name for one in state.groups}
    paper = evacuation_paper(days, names, state.now(), state.location.name)
    screen.app.push_screen(EvacuationSheet(state, paper, rolls(days, names), days))


async def count(screen: PlaceScreen, args: str) -> None:
    state, today = screen.state, screen.state.now().date()
    db = state.store.reader
    counting = head_counts.goes_on(db, today, state.zone, state.group_id) or new_count(state, args.strip())
    if counting is None:
        screen.status.say(_("Nobody to count is in."), "due")
        return

    def counted(count: HeadCount | None) -> None:
        if count is None:
            state.store.settle(_PATIENCE)
            if (left := head_counts.goes_on(db, today, state.zone, state.group_id)) is not None:
                screen.status.say(going_on_words(left), "due")
            return
        children = (queries.child(db, child_id) for child_id in count.expected)
        screen.status.saved(saved_words(count, {one.id: one.full_name for one in children if one is not None}))
        if any(count.missing):
            screen.status.say(state.saved, "danger")
        screen.refresh_all()

    screen.app.push_screen(HeadCountSheet(state, counting), counted)


async def counts(screen: PlaceScreen, args: str) -> None:
    state = screen.state
    db, day = state.store.reader, state.shown_day
    counts = head_counts.of_day(db, day, state.zone)
    ids = dict.fromkeys(child_id for one in counts for child_id in one.expected)
    names = {child_id: child.full_name for child_id in ids if (child := queries.child(db, child_id)) is not None}
    groups = {one.id: one.name for one in state.groups}
    lines = [(line.text, line.tone) for one in counts for line in count_lines(one, names, groups)]
    for one in head_counts.going_on(db, day, state.zone):
        lines += [(line.text, line.tone) for line in going_on_lines(one, groups)]
    lines = lines or [(_("No heads were counted on this day yet: type count."), "dim")]
    screen.app.push_screen(ReadSheet(_("Head counts of {day}").format(day=long_day(day)), lines))
