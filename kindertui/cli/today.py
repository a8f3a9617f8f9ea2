"""`today`: the day of a group or of the whole location, as a table, as sentences, or as JSON."""

import argparse
from datetime import date
from typing import Any

from kindertui.cli import printing, shapes
from kindertui.cli.opening import OpenLocation, reading
from kindertui.data.queries import completeness, memos
from kindertui.data.queries import day as day_queries
from kindertui.domain.due import still_due
from kindertui.domain.people import Group
from kindertui.domain.ratio import advice
from kindertui.domain.roster import ChildDay, head_counts
from kindertui.i18n import _
from kindertui.phrases import HARM, clock, long_day
from kindertui.phrases.care_notes import care_words
from kindertui.phrases.memos import memos_line
from kindertui.phrases.plain import GroupDay, care_note_words, day_in_words, heading
from kindertui.phrases.roster import away_words, day_words


def today(arguments: argparse.Namespace) -> None:
    with reading() as opened:
        day = arguments.day or opened.today
        groups = gather(opened, day, opened.group(arguments.group))
        if arguments.json:
            printing.document(as_json(opened, day, groups))
        elif arguments.plain:
            in_sentences(opened, day, groups)
        else:
            _as_table(opened, day, groups)


def gather(opened: OpenLocation, day: date, only: Group | None) -> list[GroupDay]:
    """Each group with its children's day, by name; children of no group last, so that nobody is left out."""
    found = day_queries.roster(opened.db, day, opened.zone, only.id if only else None)
    wanted: list[Group | None] = [only] if only else [*opened.groups]
    known = {group.id for group in opened.groups}
    if not only and any(one.child.group_id not in known for one in found):
        wanted.append(None)
    owing = completeness.owing(opened.db, tuple(one.child for one in found if one.is_in), day, opened.policy)
    return [_group_day(opened, day, group, _of(found, group, known), owing) for group in wanted]


def _of(found: tuple[ChildDay, ...], group: Group | None, known: set[str]) -> tuple[ChildDay, ...]:
    if group is None:
        return tuple(one for one in found if one.child.group_id not in known)
    return tuple(one for one in found if one.child.group_id == group.id)


def _group_day(
    opened: OpenLocation, day: date, group: Group | None, days: tuple[ChildDay, ...], owing: frozenset[str]
) -> GroupDay:
    if group is None:
        return GroupDay(None, days, 0, None, owing, memos.of_groups(opened.db, "", day))
    inside = [one.child.birth_date for one in days if one.is_in]
    needed = advice(group.kind, opened.policy.country, inside, day).required
    team = sum(one.group_id == group.id and one.role == "worker" for one in opened.staff)
    return GroupDay(group, days, team, needed, owing, memos.of_groups(opened.db, group.id, day))


def as_json(opened: OpenLocation, day: date, groups: list[GroupDay]) -> dict[str, Any]:
    """The contract's document."""
    return {
        "location": opened.location.name,
        "day": day,
        "timezone": opened.location.timezone,
        "groups": [_group_json(opened, one) for one in groups],
    }


def _group_json(opened: OpenLocation, one: GroupDay) -> dict[str, Any]:
    inside, expected = head_counts(one.days, opened.now)
    return {
        "id": one.group.id if one.group else None,
        "name": one.group.name if one.group else None,
        "in": inside,
        "expected": expected,
        "staff": one.staff,
        "staff_needed": one.needed,
        "memos": [shapes.memo(memo) for memo in one.memos],
        "children": [_child_json(opened, child_day, owes=child_day.child.id in one.owing) for child_day in one.days],
    }


def _child_json(opened: OpenLocation, child_day: ChildDay, *, owes: bool) -> dict[str, Any]:
    arrival, departure, absence = child_day.arrival, child_day.departure, child_day.absence
    return {
        "id": child_day.child.id,
        "name": child_day.child.full_name,
        "birth_date": child_day.child.birth_date,
        "presence": child_day.presence(opened.now, opened.policy.no_show_grace),
        "in_at": arrival.start if arrival else None,
        "out_at": departure.start if departure else None,
        "absence": shapes.absence(absence) if absence else None,
        "due": [*still_due(child_day, opened.now, opened.policy), *(["weekly_piece"] if owes else [])],
        "mind": care_words(child_day),
        "memos": [shapes.memo(one) for one in child_day.memos],
        "entries": [shapes.entry(entry) for entry in child_day.entries],
    }


def in_sentences(opened: OpenLocation, day: date, groups: list[GroupDay]) -> None:
    """Prints the day to be read aloud."""
    for line in day_in_words(opened.location.name, day, groups, opened.now, opened.policy):
        printing.line(line)


def _as_table(opened: OpenLocation, day: date, groups: list[GroupDay]) -> None:
    printing.line(f"{opened.location.name} · {long_day(day)} · {clock(opened.now)}")
    head = [_("child"), _("age"), _("in"), _("sleep"), _("food"), _("nappy"), _("still due"), _("mind")]
    for one in groups:
        printing.line()
        printing.line(heading(one, opened.now))
        if one.memos:
            printing.line(memos_line(one.memos, day))
        shown = [child_day for child_day in one.days if child_day.is_in]
        if shown:
            printing.table(head, [_row(opened, child_day, child_day.child.id in one.owing) for child_day in shown])
        for child_day in one.days:
            if not child_day.is_in:
                printing.line(_away(opened, child_day))


def _row(opened: OpenLocation, child_day: ChildDay, owes: bool) -> list[str]:
    words = day_words(child_day, opened.now, opened.policy, wide=True, owes=owes)
    cells = (words.sleep, words.food, words.nappy, words.due)
    minds = [*(HARM + one for one in words.harm), *words.know]
    notes = [", ".join(minds)] if minds else []
    notes += [memos_line(child_day.memos, child_day.day)] if child_day.memos else []
    return [words.name, words.age, words.arrived, *(text for text, _tone in cells), " ".join(notes)]


def _away(opened: OpenLocation, child_day: ChildDay) -> str:
    words = away_words(child_day, opened.now, opened.policy.no_show_grace)[0]
    notes = care_note_words(child_day)
    memo = memos_line(child_day.memos, child_day.day) if child_day.memos else ""
    return "; ".join(part for part in (f"{child_day.child.full_name}: {words}", notes, memo) if part)
