"""`absences` and `decide`: what was reported and asked, and the decision about it."""

import argparse
from typing import Any

from kindertui.cli import printing, shapes
from kindertui.cli.errors import Stop
from kindertui.cli.opening import House, act, actor, period, reading, writing
from kindertui.data.queries import absences as queries
from kindertui.domain.absences import Absence
from kindertui.i18n import _
from kindertui.phrases import cli as phrases

SHORT = 8  # the end of an id tells two apart; its beginning is a time and does not


def absences(arguments: argparse.Namespace) -> int:
    period(arguments.first, arguments.last)
    with reading() as house:
        states = (arguments.state,) if arguments.state else ()
        found = queries.inbox(house.db, house.zone, states=states, first=arguments.first, last=arguments.last)
        if arguments.json:
            printing.document({"absences": [_json(house, one) for one in found]})
        elif not found:
            printing.line(phrases.nothing_here("absences"))
        else:
            head = [_("child"), _("what"), _("from"), _("to"), _("reported"), _("in time"), _("state"), "id"]
            printing.table(head, [_row(house, one) for one in found])
    return 0


def decide(arguments: argparse.Namespace) -> int:
    """By the whole id or by the end of it that the list shows."""
    from kindertui.data import absences as writer

    with writing() as (house, store):
        who = actor(house, arguments.by)
        wanted = _find(house, arguments.id)
        done = act(store, who, writer.decide, wanted.id, arguments.decision, arguments.reason, policy=house.policy)
        printing.line(phrases.decided(_name(house, done), *_words(done)))
    return 0


def _find(house: House, typed: str) -> Absence:
    found = queries.absence(house.db, typed, house.zone)
    if found is not None:
        return found
    wanted = typed.casefold().removeprefix("#")
    ends = [one for one in queries.inbox(house.db, house.zone) if len(wanted) >= 4 and one.id.endswith(wanted)]
    if len(ends) != 1:
        raise Stop(phrases.no_such_absence(typed))
    return ends[0]


def _json(house: House, one: Absence) -> dict[str, Any]:
    child = next((child for child in house.children if child.id == one.child_id), None)
    return {**shapes.about(child, one.child_id), **shapes.absence(one)}


def _name(house: House, one: Absence) -> str:
    return next((child.full_name for child in house.children if child.id == one.child_id), "?")


def _words(one: Absence) -> tuple[str, str]:
    from kindertui.phrases.absences import absence_kind, state

    return absence_kind(one.kind), state(one.state)


def _row(house: House, one: Absence) -> list[str]:
    from kindertui.phrases import day
    from kindertui.phrases.absences import channel, timeliness

    kind, state = _words(one)
    reported = f"{day(one.reported_at.date())} {one.reported_at:%H:%M} {channel(one.channel)}"
    last = "…" if one.last_day is None else day(one.last_day)
    return [_name(house, one), kind, day(one.first_day), last, reported, timeliness(one), state, one.id[-SHORT:]]
