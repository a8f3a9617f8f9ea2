"""What to tell at the door, five days at a glance, and the list to count heads by: a few lines each."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from kindertui.domain.daylog import Entry
from kindertui.domain.due import still_due
from kindertui.domain.policy import Policy
from kindertui.domain.roster import ChildDay
from kindertui.i18n import _, ngettext
from kindertui.phrases import clock, day, span
from kindertui.phrases.roster import content, due_word, entry_words, kind, meal_and_portion, millilitres

Line = tuple[str, str]


def hand_over_lines(child_day: ChildDay, now: datetime, policy: Policy) -> list[str]:
    """Sleep, food, nappies, then whatever else was noted, then what is still to be written."""
    entries = child_day.entries
    lines = []
    sleeps = [one for one in entries if one.kind == "sleep"]
    if sleeps:
        lines.append(_("Slept: {what}").format(what=", ".join(_stretch(one, now) for one in sleeps)))
    meals = [f"{meal_and_portion(one)} ({clock(one.start)})" for one in entries if one.kind == "meal"]
    drinks = [
        f"{millilitres(one)} ({clock(one.start)})" for one in entries if one.kind in ("bottle", "drink") and one.amount
    ]
    if meals or drinks:
        lines.append(_("Ate and drank: {what}").format(what=", ".join([*meals, *drinks])))
    nappies = [f"{content(one)} {clock(one.start)}" for one in entries if one.kind == "nappy"]
    if nappies:
        lines.append(_("Nappies: {what}").format(what=", ".join(nappies)))
    told = ("activity", "note", "temperature", "medicine", "incident", "toilet")
    lines += [f"{clock(one.start)} {kind(one.kind)}: {entry_words(one, now)}" for one in entries if one.kind in told]
    if due := still_due(child_day, now, policy):
        lines.append(_("Still to be written: {what}").format(what=", ".join(due_word(word) for word in due)))
    return lines or [_("Nothing is written on this day yet.")]


def _stretch(entry: Entry, now: datetime) -> str:
    if entry.end is None:
        return _("since {time}").format(time=clock(entry.start))
    return f"{clock(entry.start)}–{clock(entry.end)}"


def week_lines(days: Sequence[tuple[date, tuple[Entry, ...]]], now: datetime) -> list[Line]:
    """A bar a day and kind: naps (a block a quarter of an hour), meals and nappies (a block each)."""
    lines: list[Line] = []
    for on, entries in days:
        asleep = sum((((one.end or now) - one.start) for one in entries if one.kind == "sleep"), timedelta(0))
        minutes = int(asleep / timedelta(minutes=1))
        fed = [one for one in entries if one.kind in ("meal", "bottle")]
        nappies = sum(1 for one in entries if one.kind == "nappy")
        lines.append((day(on), "strong"))
        if not entries:
            lines.append(("  " + _("nothing written"), "dim"))
            continue
        lines.append((_bar(_("sleep"), "█" * (minutes // 15), span(minutes)), "sleep"))
        lines.append((_bar(_("food"), "█ " * len(fed), str(len(fed))), "good"))
        lines.append((_bar(_("nappy"), "█ " * nappies, str(nappies)), "due"))
    return lines


def _bar(name: str, blocks: str, count: str) -> str:
    return f"  {name:10} {blocks} {count}"


def evacuation_lines(days: Sequence[ChildDay], groups: Mapping[str, str]) -> list[Line]:
    """The count first, then by group every name with a box to tick."""
    inside = [one for one in days if one.is_in]
    lines: list[Line] = [
        (ngettext("{n} child is in", "{n} children are in", len(inside)).format(n=len(inside)), "strong")
    ]
    for group_id in sorted({one.child.group_id or "" for one in inside}, key=lambda found: groups.get(found, "")):
        mine = [one for one in inside if (one.child.group_id or "") == group_id]
        lines.append((f"{groups.get(group_id, '–')}: {len(mine)}", "accent"))
        lines += [
            (f"  [ ] {one.child.full_name}" + ("  (" + _("asleep") + ")" if one.asleep else ""), "plain")
            for one in mine
        ]
    return lines
