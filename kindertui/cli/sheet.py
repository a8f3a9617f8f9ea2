"""`sheet`: what goes on paper, to stdout: the evacuation list, the hand-over, a child's week."""

import argparse
from datetime import date

from kindertui.cli import printing
from kindertui.cli.errors import MISUSE, Stop
from kindertui.cli.naming import pick
from kindertui.cli.opening import House, reading
from kindertui.data.queries import day as day_queries
from kindertui.domain.people import Child
from kindertui.i18n import _
from kindertui.phrases import cli as phrases
from kindertui.phrases.paper import Paper, as_html, as_text


def sheet(arguments: argparse.Namespace) -> int:
    with reading() as house:
        day: date = arguments.day or house.today
        paper = _PAPERS[arguments.what](house, day, arguments)
    if arguments.html:
        page = as_html(paper)
        if not printing.unicode():  # the page says utf-8: what stdout cannot hold is written as its number
            page = page.encode("ascii", "xmlcharrefreplace").decode()
        printing.lines(page)
    else:
        printing.lines(as_text(paper))
    return 0


def _evacuation(house: House, day: date, arguments: argparse.Namespace) -> Paper:
    from kindertui.phrases.evacuation import evacuation_paper

    if arguments.child is not None:
        raise Stop(phrases.no_child_for_sheet("evacuation"), code=MISUSE)
    only = house.group(arguments.group)
    days = day_queries.roster(house.db, day, house.zone, only.id if only else None)
    names = {group.id: group.name for group in ((only,) if only else house.groups)}
    return evacuation_paper(days, names, house.now, house.location.name)


def _hand_over(house: House, day: date, arguments: argparse.Namespace) -> Paper:
    from kindertui.phrases.handover import hand_over_paper, one_child_paper

    where = house.location.name
    if arguments.child is not None:
        child = _child(house, arguments.child)
        (child_day,) = day_queries.roster(house.db, day, house.zone, only=(child.id,))
        return one_child_paper(child_day, house.now, house.policy, location=where)
    only = house.group(arguments.group)
    days = day_queries.roster(house.db, day, house.zone, only.id if only else None)
    title = _("To tell about {name}").format(name=only.name if only else _("all groups"))
    return hand_over_paper(days, house.now, house.policy, title=title, location=where)


def _week(house: House, day: date, arguments: argparse.Namespace) -> Paper:
    from kindertui.domain.week import week_days
    from kindertui.phrases.week import week_paper

    if arguments.child is None:
        raise Stop(phrases.child_for_sheet("week"), code=MISUSE)
    child = _child(house, arguments.child)
    days = day_queries.week(house.db, child.id, day, house.zone)
    return week_paper(child, week_days(days, house.now), house.now, house.location.name)


_PAPERS = {"evacuation": _evacuation, "hand-over": _hand_over, "week": _week}


def _child(house: House, typed: str) -> Child:
    found = pick(typed, house.children, lambda child: (child.id, child.full_name))
    if len(found) != 1:
        raise Stop(phrases.no_such_child(typed, [child.full_name for child in found]))
    return found[0]
