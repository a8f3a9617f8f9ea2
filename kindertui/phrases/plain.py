"""The day in whole sentences, one a child, as a screen reader or a colleague at the door would say it."""

from collections.abc import Iterable
from datetime import date, datetime

from msgspec import Struct

from kindertui.domain.daylog import Entry
from kindertui.domain.due import minutes_past, next_check
from kindertui.domain.memos import Memo
from kindertui.domain.people import Child, Group
from kindertui.domain.policy import Policy
from kindertui.domain.roster import ChildDay, head_counts
from kindertui.i18n import _, ngettext
from kindertui.phrases import clock, full_stop, long_day, number
from kindertui.phrases.care_notes import care_words
from kindertui.phrases.daylog import content, meal, portion
from kindertui.phrases.due import due_words
from kindertui.phrases.memos import memo_words
from kindertui.phrases.roster import where_words


class GroupDay(Struct, frozen=True):
    """A group's day; `group` None gathers the children of no group. `needed` staff is None where no rule is known.

    `owing` are the ids of the children of whom the portal's piece is due, `memos` are those of the group itself.
    """

    group: Group | None
    days: tuple[ChildDay, ...]
    staff: int
    needed: int | None
    owing: frozenset[str] = frozenset()
    memos: tuple[Memo, ...] = ()


def day_in_words(location: str, day: date, groups: Iterable[GroupDay], now: datetime, policy: Policy) -> list[str]:
    """The whole day of a location, a sentence a line; `now` is aware, in the location's zone."""
    lines = [_("{location}, {day}, {time}.").format(location=location, day=long_day(day), time=clock(now))]
    for one in groups:
        lines += ["", heading(one, now)]
        if one.memos:
            lines.append(_("Memo: {what}.").format(what="; ".join(memo_words(memo, day) for memo in one.memos)))
        lines += group_in_words(one, now, policy)
    return lines


def heading(one: GroupDay, now: datetime) -> str:
    """`Vlinders: 9 in of 12. Staff 3, the rule asks for 3.`"""
    inside, expected = head_counts(one.days, now)
    name = _("Without a group") if one.group is None else one.group.name
    counts = _("{group}: {inside} in of {expected}.").format(group=name, inside=inside, expected=expected)
    if one.group is None:
        return counts
    if one.needed is None:
        return f"{counts} " + _("Staff {staff}.").format(staff=one.staff)
    return f"{counts} " + _("Staff {staff}, the rule asks for {needed}.").format(staff=one.staff, needed=one.needed)


def group_in_words(one: GroupDay, now: datetime, policy: Policy) -> list[str]:
    """A sentence for each child who is or was in, is expected or away; who is not expected stands in one line."""
    lines, others = [], []
    for child_day in one.days:
        if child_day.presence(now, policy.no_show_grace) == "not_expected":
            others.append(child_day.child.full_name)
        else:
            lines.append(child_in_words(child_day, now, policy, owes=child_day.child.id in one.owing))
    if others:
        lines.append(_("Not expected today: {names}.").format(names=", ".join(others)))
    return lines


def child_in_words(child_day: ChildDay, now: datetime, policy: Policy, *, owes: bool = False) -> str:
    """`Aya Bakker, 9 months, in since 08:02; asleep since 12:30; bottle 150 ml at 11:30; mind: cow milk.`"""
    child = child_day.child
    where = where_words(child_day, now, policy).replace(" · ", ", ")  # a dot between words is read as "middle dot"
    head = ", ".join(part for part in (child.full_name, age_in_words(child, child_day.day), where) if part)
    parts = [head, *_logged(child_day, now, policy)]
    if due := due_words(child_day, now, policy, owes=owes):
        parts.append(_("still due: {what}").format(what=", ".join(due)))
    if notes := care_note_words(child_day):
        parts.append(notes)
    if child_day.memos:
        memos = "; ".join(memo_words(one, child_day.day) for one in child_day.memos)
        parts.append(_("memo: {what}").format(what=memos))
    return full_stop("; ".join(parts))


def care_note_words(child_day: ChildDay) -> str:
    """`mind: cow milk, father held back`; empty when there are none."""
    found = care_words(child_day)
    return _("mind: {what}").format(what=", ".join(found)) if found else ""


def age_in_words(child: Child, on: date) -> str:
    """`9 months`, `2 years and 3 months`; empty when the birth date is unknown."""
    found = child.age_on(on)
    if found is None:
        return ""
    years = ngettext("{n} year", "{n} years", found[0]).format(n=found[0])
    months = ngettext("{n} month", "{n} months", found[1]).format(n=found[1])
    if found[0] and found[1]:
        return _("{years} and {months}").format(years=years, months=months)
    return years if found[0] else months


def _logged(child_day: ChildDay, now: datetime, policy: Policy) -> list[str]:
    """The last of each that matters for the hours to come: sleep, food, nappy."""
    parts = []
    asleep, slept = child_day.asleep, child_day.last_sleep
    if asleep is not None:
        parts.append(_("asleep since {time}").format(time=clock(asleep.start)))
        checks = (entry for entry in child_day.log if entry.kind == "sleep_check")
        due = next_check(asleep, checks, child_day.child.age_on(child_day.day), policy)
        if due is not None:
            late = minutes_past(due, now)
            parts.append(
                _("check {n} min late").format(n=late) if late else _("next check at {time}").format(time=clock(due))
            )
    elif slept is not None and slept.not_slept:
        parts.append(_("did not sleep"))
    elif slept is not None and slept.end is not None:
        words = _("slept from {start} to {end}").format(start=clock(slept.start), end=clock(slept.end))
        parts.append(_kept(slept, words))
    fed = child_day.last("meal", "bottle")
    if fed is not None:
        parts.append(_kept(fed, _("{what} at {time}").format(what=_eaten(fed), time=clock(fed.start))))
    changed = child_day.last("nappy")
    if changed is not None:
        what = _("nappy {content}").format(content=content(changed)).strip()
        parts.append(_kept(changed, _("{what} at {time}").format(what=what, time=clock(changed.start))))
    return parts


def _kept(entry: Entry, words: str) -> str:
    note = _("staff only")
    return f"{words} ({note})" if entry.for_staff else words


def _eaten(entry: Entry) -> str:
    """`lunch, half eaten`, `bottle 160 of 210 ml`: signs like ½ and / are not read aloud well."""
    amount = entry.amount
    if entry.kind == "bottle":
        offered = entry.detail.get("offered")
        if amount is None:
            return _("bottle")
        if offered is None or offered == amount:
            return _("bottle {amount} ml").format(amount=number(amount))
        return _("bottle {amount} of {offered} ml").format(amount=number(amount), offered=number(offered))
    name = meal(str(entry.detail.get("meal", "")))
    if amount is None:
        return name
    eaten = {
        0.0: _("nothing eaten"),
        0.25: _("a quarter eaten"),
        0.5: _("half eaten"),
        0.75: _("three quarters eaten"),
        1.0: _("all eaten"),
    }.get(amount, portion(amount))
    return f"{name}, {eaten},"
