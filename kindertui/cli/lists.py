"""`groups`, `children`, `staff`: what is on the lists."""

import argparse
from collections.abc import Sequence
from typing import Any

from kindertui.cli import printing, shapes
from kindertui.cli.opening import reading
from kindertui.i18n import _


def groups(arguments: argparse.Namespace) -> int:
    with reading() as house:
        count = {group.id: 0 for group in house.groups}
        for child in house.children:
            if child.group_id in count:
                count[child.group_id] += 1
        rows = [
            {
                "id": group.id,
                "name": group.name,
                "kind": group.kind,
                "age_from": group.age_from,
                "age_to": group.age_to,
                "children": count[group.id],
            }
            for group in house.groups
        ]
        head = {"name": _("group"), "kind": _("kind"), "children": _("children"), "id": "id"}
        _show(arguments, "groups", rows, head)
    return 0


def children(arguments: argparse.Namespace) -> int:
    with reading() as house:
        names = {group.id: group.name for group in house.groups}
        rows = [shapes.child(child, names.get(child.group_id or "")) for child in house.children]
        head = {"name": _("child"), "birth_date": _("born"), "group": _("group"), "id": "id"}
        _show(arguments, "children", rows, head)
    return 0


def staff(arguments: argparse.Namespace) -> int:
    with reading() as house:
        names = {group.id: group.name for group in house.groups}
        rows = [
            {
                "id": one.id,
                "name": one.name,
                "role": one.role,
                "group_id": one.group_id,
                "group": names.get(one.group_id or ""),
            }
            for one in house.staff
        ]
        _show(arguments, "staff", rows, {"name": _("name"), "role": _("role"), "group": _("group"), "id": "id"})
    return 0


def _show(arguments: argparse.Namespace, what: str, rows: Sequence[dict[str, Any]], head: dict[str, str]) -> None:
    if arguments.json:
        printing.document({what: list(rows)})
    elif not rows:
        from kindertui.phrases.cli import nothing_here

        printing.line(nothing_here(what))
    else:
        cells = [["" if row[key] is None else str(row[key]) for key in head] for row in rows]
        printing.table(list(head.values()), cells)
