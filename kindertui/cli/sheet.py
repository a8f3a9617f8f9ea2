"""`sheet`: what goes on paper, to stdout: the evacuation list, the hand-over, a child's week, an incident."""

import argparse
from datetime import date

from kindertui.cli import printing
from kindertui.cli.errors import MISUSE, Stop
from kindertui.cli.opening import OpenLocation, reading
from kindertui.data.queries import day as day_queries
from kindertui.data.queries import incidents
from kindertui.domain.week import week_days
from kindertui.i18n import _
from kindertui.phrases import cli as phrases
from kindertui.phrases.evacuation import evacuation_paper
from kindertui.phrases.handover import hand_over_paper, one_child_paper
from kindertui.phrases.incident_paper import COPIES
from kindertui.phrases.paper import Paper, as_html, as_text
from kindertui.phrases.week import week_paper


def sheet(arguments: argparse.Namespace) -> None:
    with reading() as opened:
        day: date = arguments.day or opened.today
        paper = _PAPERS[arguments.what](opened, day, arguments)
    if arguments.html:
        page = as_html(paper)
        if not printing.unicode():  # the page says utf-8: what stdout cannot hold is written as its number
            page = page.encode("ascii", "xmlcharrefreplace").decode()
        printing.lines(page)
    else:
        printing.lines(as_text(paper))


def _evacuation(opened: OpenLocation, day: date, arguments: argparse.Namespace) -> Paper:
    if arguments.child is not None:
        raise Stop(phrases.note("no_child_for_sheet", sheet="evacuation"), code=MISUSE)
    only = opened.group(arguments.group)
    days = day_queries.roster(opened.db, day, opened.zone, only.id if only else None)
    names = {group.id: group.name for group in ((only,) if only else opened.groups)}
    return evacuation_paper(days, names, opened.now, opened.location.name)


def _hand_over(opened: OpenLocation, day: date, arguments: argparse.Namespace) -> Paper:
    where = opened.location.name
    if arguments.child is not None:
        child = opened.child(arguments.child)
        (child_day,) = day_queries.roster(opened.db, day, opened.zone, only=(child.id,))
        return one_child_paper(child_day, opened.now, opened.policy, location=where)
    only = opened.group(arguments.group)
    days = day_queries.roster(opened.db, day, opened.zone, only.id if only else None)
    title = _("To tell about {name}").format(name=only.name if only else _("all groups"))
    return hand_over_paper(days, opened.now, opened.policy, title=title, location=where)


def _week(opened: OpenLocation, day: date, arguments: argparse.Namespace) -> Paper:
    if arguments.child is None:
        raise Stop(phrases.note("child_for_sheet", sheet="week"), code=MISUSE)
    child = opened.child(arguments.child)
    days = day_queries.week(opened.db, child.id, day, opened.zone)
    return week_paper(child, week_days(days, opened.now, for_parents=True), opened.now, opened.location.name)


def _incident(opened: OpenLocation, day: date, arguments: argparse.Namespace) -> Paper:
    if arguments.child is None:
        raise Stop(phrases.note("child_for_sheet", sheet="incident"), code=MISUSE)
    child = opened.child(arguments.child)
    entries = incidents.of_child(opened.db, child.id, day, opened.zone)
    wanted = [one for one in entries if arguments.copy == "parents" or one.child_id == child.id]
    if not wanted:
        raise Stop(phrases.note("no_incident", name=child.full_name))
    children = {one.id: one for one in opened.children}
    return COPIES[arguments.copy](wanted, child, children, day, opened.now, opened.location.name)


_PAPERS = {"evacuation": _evacuation, "hand-over": _hand_over, "week": _week, "incident": _incident}
