"""`.` and a click on the alarm: who sleeps and who is looked at late, by name; Enter writes down a look at them."""

from datetime import UTC

from rich.cells import cell_len

from kindertui.data import daylog, queries
from kindertui.data.queries import day as day_queries
from kindertui.domain.due import sleep_checks_due
from kindertui.domain.faults import DatabaseFault, Refused
from kindertui.domain.roster import ChildDay
from kindertui.i18n import _
from kindertui.phrases import short_names
from kindertui.phrases.due import checked_words, sleeper_line
from kindertui.screens.app_state import AppState
from kindertui.screens.place import PlaceScreen
from kindertui.screens.sheets.confirm import ConfirmSheet
from kindertui.text import Line


async def check_all(screen: PlaceScreen, args: str) -> None:
    """Names the sleepers of the shown group, today and now whatever day is shown; Enter writes a look at each of them.

    Of other groups only those are meant who are looked at late while nobody of the shown group sleeps: they are named
    with their group, in a question of its own.
    """
    state = screen.state
    here = day_queries.sleepers(state.store.reader, state.now().date(), state.zone, state.group_id)
    late = _late_elsewhere(state)
    meant = here or late
    if not meant:
        screen.failed(Refused("nobody_asleep"))
        return
    title = _("Look at the sleepers of {group}?").format(group=state.group_name(state.group_id) or _("all groups"))
    lines = _lines(state, here, with_group=state.group_id is None)
    if not here:
        title = _("Look at sleepers of another group?")
        lines = [(_("Nobody of the group that is shown is asleep. Late elsewhere:"), "due")]
        lines += _lines(state, late, with_group=True)
    elif late:
        lines += [("", "plain"), (_("Late elsewhere, and not among these:"), "due")]
        lines += _lines(state, late, with_group=True)

    async def answered(yes: str | None) -> None:
        if yes is not None:
            await _write(screen, tuple(one.child.id for one in meant))

    screen.app.push_screen(ConfirmSheet(title, lines, does=_("records a check of each, now")), answered)


def _late_elsewhere(state: AppState) -> tuple[ChildDay, ...]:
    """The sleepers that the top line calls late and who are not of the shown group."""
    now, shown = state.now(), state.group_id
    if shown is None:
        return ()
    due = {child.id for child, at in state.attention.sleep_checks if at.astimezone(UTC) <= now.astimezone(UTC)}
    every = day_queries.sleepers(state.store.reader, now.date(), state.zone)
    return tuple(one for one in every if one.child.id in due and one.child.group_id != shown)


def _lines(state: AppState, sleepers: tuple[ChildDay, ...], *, with_group: bool) -> list[Line]:
    """A line each, the one waiting longest first; those without checks behind."""
    due = {child.id: at for child, at in sleep_checks_due(sleepers, state.policy)}
    order = {child_id: place for place, child_id in enumerate(due)}
    ordered = sorted(sleepers, key=lambda one: order.get(one.child.id, len(order)))
    groups = {one.id: one.name for one in state.groups if with_group}
    return [
        sleeper_line(one, due.get(one.child.id), state.now(), groups.get(one.child.group_id or "", ""))
        for one in ordered
    ]


async def _write(screen: PlaceScreen, children: tuple[str, ...]) -> None:
    """One act for all of them who still sleep."""
    state = screen.state
    if state.actor is None:
        return
    try:
        saved = await state.store.run(daylog.check_sleepers, state.actor, children=children, policy=state.policy)
    except (DatabaseFault, Refused) as error:
        screen.failed(error)
        return
    looked_at = [queries.child(state.store.reader, one.child_id) for one in saved.entries]
    screen.status.saved(checked_words(saved.entries, short_names(one for one in looked_at if one is not None)))
    if cell_len(state.saved) > screen.app.size.width // 2:
        screen.status.say(state.saved)  # who was looked at late matters more than the way back
    state.attention.read_sleep_checks()
    screen.refresh_all()
