"""`today`: the day of a group or of the whole location, as a table, as sentences, or as JSON."""

import argparse
from datetime import date
from typing import Any

from kindertui.cli import printing, shapes
from kindertui.cli.opening import House, reading
from kindertui.data.queries import completeness
from kindertui.data.queries import day as day_queries
from kindertui.domain.due import still_due
from kindertui.domain.people import Group
from kindertui.domain.ratio import advice
from kindertui.domain.roster import ChildDay, head_counts
from kindertui.phrases.care_notes import care_words
from kindertui.phrases.plain import GroupDay


def today(arguments: argparse.Namespace) -> int:
    with reading() as house:
        day = arguments.day or house.today
        groups = gather(house, day, house.group(arguments.group))
        if arguments.json:
            printing.document(as_json(house, day, groups))
        elif arguments.plain:
            in_sentences(house, day, groups)
        else:
            _as_table(house, day, groups)
    return 0


def gather(house: House, day: date, only: Group | None) -> list[GroupDay]:
    """Each group with its children's day, by name; children of no group last, so that nobody is left out."""
    found = day_queries.roster(house.db, day, house.zone, only.id if only else None)
    wanted: list[Group | None] = [only] if only else [*house.groups]
    known = {group.id for group in house.groups}
    if not only and any(one.child.group_id not in known for one in found):
        wanted.append(None)
    owing = completeness.owing(house.db, tuple(one.child for one in found if one.is_in), day, house.policy)
    return [_group_day(house, day, group, _of(found, group, known), owing) for group in wanted]


def _of(found: tuple[ChildDay, ...], group: Group | None, known: set[str]) -> tuple[ChildDay, ...]:
    if group is None:
        return tuple(one for one in found if one.child.group_id not in known)
    return tuple(one for one in found if one.child.group_id == group.id)


def _group_day(
    house: House, day: date, group: Group | None, days: tuple[ChildDay, ...], owing: frozenset[str]
) -> GroupDay:
    if group is None:
        return GroupDay(None, days, 0, None, owing)
    inside = [one.child.birth_date for one in days if one.is_in]
    needed = advice(group.kind, house.policy.country, inside, day).required
    team = sum(one.group_id == group.id and one.role == "worker" for one in house.staff)
    return GroupDay(group, days, team, needed, owing)


def as_json(house: House, day: date, groups: list[GroupDay]) -> dict[str, Any]:
    """The contract's document."""
    return {
        "location": house.location.name,
        "day": day,
        "timezone": house.location.timezone,
        "groups": [_group_json(house, one) for one in groups],
    }


def _group_json(house: House, one: GroupDay) -> dict[str, Any]:
    inside, expected = head_counts(one.days, house.now)
    return {
        "id": one.group.id if one.group else None,
        "name": one.group.name if one.group else None,
        "in": inside,
        "expected": expected,
        "staff": one.staff,
        "staff_needed": one.needed,
        "children": [_child_json(house, child_day, owes=child_day.child.id in one.owing) for child_day in one.days],
    }


def _child_json(house: House, child_day: ChildDay, *, owes: bool) -> dict[str, Any]:
    arrival, departure, absence = child_day.arrival, child_day.departure, child_day.absence
    return {
        "id": child_day.child.id,
        "name": child_day.child.full_name,
        "birth_date": child_day.child.birth_date,
        "presence": child_day.presence(house.now, house.policy.no_show_grace),
        "in_at": arrival.start if arrival else None,
        "out_at": departure.start if departure else None,
        "absence": shapes.absence(absence) if absence else None,
        "due": [*still_due(child_day, house.now, house.policy), *(["weekly_piece"] if owes else [])],
        "mind": care_words(child_day),
        "entries": [shapes.entry(entry) for entry in child_day.entries],
    }


def in_sentences(house: House, day: date, groups: list[GroupDay]) -> None:
    """Prints the day to be read aloud."""
    from kindertui.phrases.plain import day_in_words

    for line in day_in_words(house.location.name, day, groups, house.now, house.policy):
        printing.line(line)


def _as_table(house: House, day: date, groups: list[GroupDay]) -> None:
    from kindertui.i18n import _
    from kindertui.phrases import clock, long_day
    from kindertui.phrases.plain import heading

    printing.line(f"{house.location.name} · {long_day(day)} · {clock(house.now)}")
    head = [_("child"), _("age"), _("in"), _("sleep"), _("food"), _("nappy"), _("still due"), _("mind")]
    for one in groups:
        printing.line()
        printing.line(heading(one, house.now))
        shown = [child_day for child_day in one.days if child_day.is_in]
        if shown:
            printing.table(head, [_row(house, child_day, child_day.child.id in one.owing) for child_day in shown])
        for child_day in one.days:
            if not child_day.is_in:
                printing.line(_away(house, child_day))


def _row(house: House, child_day: ChildDay, owes: bool) -> list[str]:
    from kindertui.phrases.roster import day_words

    words = day_words(child_day, house.now, house.policy, wide=True, owes=owes)
    cells = (words.sleep, words.food, words.nappy, words.due, words.care)
    return [words.name, words.age, words.arrived, *(text for text, _tone in cells)]


def _away(house: House, child_day: ChildDay) -> str:
    from kindertui.phrases.plain import care_note_words
    from kindertui.phrases.roster import away_words

    words = away_words(child_day, house.now, house.policy.no_show_grace)[0]
    minded = care_note_words(child_day)
    return f"{child_day.child.full_name}: {words}" + (f"; {minded}" if minded else "")
