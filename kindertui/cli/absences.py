"""`absences` and `decide`: what was reported and asked, and the decision about it."""

import argparse

from kindertui.cli import printing, shapes
from kindertui.cli.errors import Stop
from kindertui.cli.opening import OpenLocation, check_period, reading
from kindertui.cli.writing import act, actor, writing
from kindertui.data import absences as writer
from kindertui.data.queries import absences as queries
from kindertui.domain.absences import Absence
from kindertui.i18n import _
from kindertui.phrases import cli as phrases
from kindertui.phrases import day
from kindertui.phrases.absences import absence_kind, channel, state, timeliness

SHORT = 8  # the end of an id tells two apart; its beginning is a time and does not


def absences(arguments: argparse.Namespace) -> None:
    check_period(arguments.first, arguments.last)
    with reading() as opened:
        states = (arguments.state,) if arguments.state else ()
        found = queries.inbox(opened.db, opened.zone, states=states, first=arguments.first, last=arguments.last)
        document = {"absences": [opened.about(one.child_id) | shapes.absence(one) for one in found]}
        head = [_("child"), _("what"), _("from"), _("to"), _("reported"), _("in time"), _("state"), "id"]
        rows = [_row(opened, one) for one in found]
        printing.listing(arguments.json, document, phrases.note("no_absences"), head, rows)


def decide(arguments: argparse.Namespace) -> None:
    """By the whole id or by the end of it that the list shows."""
    with writing() as (opened, store):
        who = actor(opened, arguments.by)
        wanted = _find(opened, arguments.id)
        said, policy = (wanted.id, arguments.decision, arguments.reason), opened.policy
        done = act(store, who, writer.decide, *said, policy=policy, override=arguments.yes)
        printing.line(
            phrases.note("decided", child=_name(opened, done), kind=absence_kind(done.kind), state=state(done.state))
        )


def _find(opened: OpenLocation, typed: str) -> Absence:
    found = queries.absence(opened.db, typed, opened.zone)
    if found is not None:
        return found
    wanted = typed.casefold().removeprefix("#")
    ends = [one for one in queries.inbox(opened.db, opened.zone) if len(wanted) >= 4 and one.id.endswith(wanted)]
    if len(ends) != 1:
        raise Stop(phrases.note("no_such_absence", id=typed))
    return ends[0]


def _name(opened: OpenLocation, one: Absence) -> str:
    return opened.names.get(one.child_id, "?")


def _row(opened: OpenLocation, one: Absence) -> list[str]:
    reported = f"{day(one.reported_at.date())} {one.reported_at:%H:%M} {channel(one.channel)}"
    last = "…" if one.last_day is None else day(one.last_day)
    what = (absence_kind(one.kind), day(one.first_day), last, reported, timeliness(one), state(one.state))
    return [_name(opened, one), *what, one.id[-SHORT:]]
