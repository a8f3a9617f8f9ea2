"""What the line on top of every place says: where and when, how many are in, what is late, who is at the keyboard."""

from kindertui.data.clock import is_the_machines
from kindertui.domain import ratio
from kindertui.domain.roster import head_counts
from kindertui.i18n import _
from kindertui.phrases import clock, day, long_day
from kindertui.phrases.due import late_checks_words
from kindertui.screens.app_state import AppState
from kindertui.widgets.bars import HeadWords


def head_words(state: AppState) -> HeadWords:
    """The words of the top line, for the group and the day that are shown."""
    now, attention = state.now(), state.attention
    days = state.cache.days
    inside, expected = head_counts(days, now)
    team = sum(one.role == "worker" and state.group_id in (None, one.group_id) for one in state.staff)
    need = _staff_needed(state)
    attention.follow_group()
    late, late_few = late_checks_words(attention.sleep_checks, now)
    return HeadWords(
        group=state.group_name(state.group_id) or _("all groups"),
        day=day(state.shown_day),
        clock=clock(now),
        clock_note="" if is_the_machines() else _("sample clock"),
        # only where it is shown: the words of a long day are Babel's, which the first frame does without
        loud="" if state.is_today else _loud(long_day(state.shown_day), locked=state.locked),
        loud_few="" if state.is_today else _loud(day(state.shown_day)),
        unsaved=_unsaved(state.not_saved),
        late=late,
        late_few=late_few,
        inside=_("{n} in").format(n=inside),
        expected=_("of {n}").format(n=expected),
        staff=_("staff {n}").format(n=team) if team else "",
        need=_("need {n}").format(n=need) if need is not None else "",
        short=need is not None and team > 0 and need > team,
        who=state.actor.name if state.actor else "",
        portal=attention.waiting.get("portal", 0),
    )


def _staff_needed(state: AppState) -> int | None:
    """How many the ratio rule asks for, by who of the shown group is in; None where there is no rule or nobody."""
    group = next((one for one in state.groups if one.id == state.group_id), None)
    present = [one for one in state.cache.days if one.is_in]
    if group is None or not present:
        return None
    births = [one.child.birth_date for one in present if one.child.birth_date is not None]
    return ratio.advice(group.kind, state.policy.country, births, state.shown_day).required


def _unsaved(count: int) -> str:
    if not count:
        return ""
    from kindertui.phrases.unsaved import count_words  # brings the entry language, as whoever has such a line has

    return count_words(count)


def _loud(day: str, *, locked: bool = False) -> str:
    """What stands instead of the day when it is not today; that it is locked only where there is room."""
    text = _("{day}: NOT TODAY, LOCKED") if locked else _("{day}: NOT TODAY")
    return text.format(day=day.upper())
