"""What to tell at the door, a few lines a child: first what the guardians may read too, then what only the door is for,
then what is for staff only and on no paper, then who may fetch the child, and last what nobody has written yet."""

from collections.abc import Sequence
from datetime import datetime

from kindertui.domain.absences import Absence
from kindertui.domain.daylog import Entry, Kind
from kindertui.domain.due import still_due
from kindertui.domain.people import Guardianship
from kindertui.domain.pick_up import pick_up_list
from kindertui.domain.policy import Policy
from kindertui.domain.roster import ChildDay
from kindertui.i18n import _
from kindertui.phrases import age, clock
from kindertui.phrases.absences import absence_kind
from kindertui.phrases.care_notes import relation
from kindertui.phrases.daylog import content, kind, meal_and_portion, millilitres, said_words
from kindertui.phrases.due import due_word
from kindertui.phrases.memos import memo_words
from kindertui.phrases.paper import Line, Paper, Section, subtitle
from kindertui.phrases.roster import where_words

_EVENTS: tuple[Kind, ...] = ("activity", "note", "toilet", "temperature", "medicine", "incident")
_FETCHING = ("other_pick_up", "early_pick_up")  # reports that change who comes, or when


def hand_over_paper(days: Sequence[ChildDay], now: datetime, policy: Policy, *, title: str, location: str) -> Paper:
    """The sheet for these children: those who are in or were in on the day; of the others there is nothing to tell."""
    sections = [_section(one, now, policy) for one in days if one.arrival is not None]
    if not sections:
        sections = [Section("", (Line(_("Nobody of these is or was in on this day."), "dim"),))]
    on = days[0].day if days else now.date()
    return Paper("hand-over", title, subtitle(location, on, now), tuple(sections))


def one_child_paper(child_day: ChildDay, now: datetime, policy: Policy, *, location: str) -> Paper:
    """The sheet for one child, whether she was in or not."""
    title = _("To tell about {name}").format(name=child_day.child.full_name)
    sections = (_section(child_day, now, policy),)
    return Paper("hand-over", title, subtitle(location, child_day.day, now), sections)


def hand_over_lines(child_day: ChildDay, now: datetime, policy: Policy) -> list[Line]:
    """One child's lines; where nothing was written at all, a line that says so stands first."""
    shared = [one for one in child_day.log if policy.leaves(one)]
    door_only = [one for one in child_day.log if one not in shared and not one.for_staff]
    lines = [Line(text) for text in _day_lines(shared)]
    lines += [Line(text) for text in _event_lines(shared, now)]
    happened = [one for one in door_only if one.kind == "incident"]
    if events := _event_lines([one for one in door_only if one not in happened], now):
        lines.append(Line(_("At the door only, it is not in the portal: {what}").format(what="; ".join(events)), "due"))
    for one in happened:  # another child may be named in it: for the parents there is a copy without
        told = _("At the door only: {what}").format(what=_event(one, now))
        lines.append(Line(told, "danger" if one.untold else "due", for_staff=True))
        text = _("{time} incident: a report of its own goes with it.")
        lines.append(Line(text.format(time=clock(one.start)), "due"))
    lines = lines or [Line(_("Nothing is written on this day yet."), "dim")]
    kept = [_event(one, now) for one in child_day.log if one.for_staff]
    if kept := [*(_("memo {what}").format(what=memo_words(one, child_day.day)) for one in child_day.memos), *kept]:
        lines.append(
            Line(_("For staff only, on no paper: {what}").format(what="; ".join(kept)), "care", for_staff=True)
        )
    lines += _fetching(child_day)
    if due := still_due(child_day, now, policy):
        what = ", ".join(due_word(word) for word in due)
        lines.append(Line(_("Still to be written: {what}").format(what=what), "due"))
    return lines


def _section(child_day: ChildDay, now: datetime, policy: Policy) -> Section:
    child = child_day.child
    heading = (child.full_name, age(child, child_day.day), where_words(child_day, now, policy))
    return Section(" · ".join(heading), tuple(hand_over_lines(child_day, now, policy)))


def _day_lines(entries: Sequence[Entry]) -> list[str]:
    lines = []
    if sleeps := [_stretch(one) for one in entries if one.kind == "sleep" and not one.not_slept]:
        lines.append(_("Slept: {what}").format(what=", ".join(sleeps)))
    lines += [_no_sleep(one, beside=bool(sleeps)) for one in entries if one.not_slept]
    eaten = [f"{_meal(one)} ({clock(one.start)})" for one in entries if one.kind == "meal"]
    drunk = [
        f"{millilitres(one)} ({clock(one.start)})"
        for one in entries
        if one.kind in ("bottle", "drink") and one.amount is not None
    ]
    if eaten or drunk:
        lines.append(_("Ate and drank: {what}").format(what=", ".join([*eaten, *drunk])))
    if nappies := [f"{content(one)} {clock(one.start)}" for one in entries if one.kind == "nappy"]:
        lines.append(_("Nappies: {what}").format(what=", ".join(nappies)))
    return lines


def _meal(entry: Entry) -> str:
    return " ".join(part for part in (meal_and_portion(entry), entry.text) if part)


def _event_lines(entries: Sequence[Entry], now: datetime) -> list[str]:
    return [_event(one, now) for one in entries if one.kind in _EVENTS]


def _event(entry: Entry, now: datetime) -> str:
    return f"{clock(entry.start)} {kind(entry.kind)}: {said_words(entry, now)}".rstrip(": ")


def _stretch(entry: Entry) -> str:
    if entry.end is None:
        return _("since {time}").format(time=clock(entry.start))
    return f"{clock(entry.start)}–{clock(entry.end)}"


def _no_sleep(entry: Entry, *, beside: bool) -> str:
    """`Did not sleep: cried`; beside a sleep with its time, as it is about another nap."""
    said = _("Did not sleep at {time}").format(time=clock(entry.start)) if beside else _("Did not sleep")
    return f"{said}: {entry.text}" if entry.text else said


def _fetching(child_day: ChildDay) -> list[Line]:
    """What was reported about fetching, who may fetch, who may not."""
    lines = [
        Line(_report(one), "due")
        for one in child_day.absences
        if one.kind in _FETCHING and one.covers(child_day.day) and one.holds
    ]
    found = pick_up_list(child_day)
    allowed = [_guardian(one) for one in found.guardians]
    allowed += [f"{relation(one.relation)} {one.name}".strip() for one in found.others]
    if allowed:
        lines.append(Line(_("May fetch: {names}").format(names=", ".join(allowed))))
    elif found.barred:
        lines.append(Line(_("Nobody is on the list of who may fetch: ask the location manager."), "due"))
    if found.barred:
        names = ", ".join(map(_guardian, found.barred))
        lines.append(Line(_("MAY NOT FETCH: {names}").format(names=names), "danger"))
    return lines


def _report(absence: Absence) -> str:
    what = absence_kind(absence.kind)
    if absence.end is not None:
        what += f" {clock(absence.end)}"
    return f"{what}: {absence.text}" if absence.text else what


def _guardian(one: Guardianship) -> str:
    return f"{relation(one.relation)} {one.guardian.name}".strip()
