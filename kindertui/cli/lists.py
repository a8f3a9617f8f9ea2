"""`groups`, `children`, `staff`: what is on the lists; `history`: what happened to a child, or to one record."""

import argparse
from collections.abc import Sequence
from typing import Any

from kindertui.cli import printing, shapes
from kindertui.cli.errors import Stop
from kindertui.cli.opening import OpenLocation, reading
from kindertui.data.queries import history as journal
from kindertui.domain.history import Change
from kindertui.domain.people import Child
from kindertui.i18n import _
from kindertui.phrases import cli as phrases
from kindertui.phrases.history import change_line


def groups(arguments: argparse.Namespace) -> int:
    with reading() as opened:
        count = {group.id: 0 for group in opened.groups}
        for child in opened.children:
            if child.group_id in count:
                count[child.group_id] += 1
        rows = [
            {**shapes.fields(group, "id name kind age_from age_to"), "children": count[group.id]}
            for group in opened.groups
        ]
        head = {"name": _("group"), "kind": _("kind"), "children": _("children"), "id": "id"}
        _show(arguments, "groups", rows, head)
    return 0


def children(arguments: argparse.Namespace) -> int:
    with reading() as opened:
        names = {group.id: group.name for group in opened.groups}
        rows = [shapes.child(child, names.get(child.group_id or "")) for child in opened.children]
        head = {"name": _("child"), "birth_date": _("born"), "group": _("group"), "id": "id"}
        _show(arguments, "children", rows, head)
    return 0


def staff(arguments: argparse.Namespace) -> int:
    with reading() as opened:
        names = {group.id: group.name for group in opened.groups}
        rows = [
            {**shapes.fields(one, "id name role group_id"), "group": names.get(one.group_id or "")}
            for one in opened.staff
        ]
        _show(arguments, "staff", rows, {"name": _("name"), "role": _("role"), "group": _("group"), "id": "id"})
    return 0


def _show(arguments: argparse.Namespace, what: str, rows: Sequence[dict[str, Any]], head: dict[str, str]) -> None:
    if arguments.json:
        printing.document({what: list(rows)})
    elif not rows:
        printing.line(phrases.note(f"no_{what}"))
    else:
        cells = [["" if row[key] is None else str(row[key]) for key in head] for row in rows]
        printing.table(list(head.values()), cells)


def history(arguments: argparse.Namespace) -> int:
    """From the journal."""
    with reading() as opened:
        child, changes = _history_of(opened, arguments.whom)
        if arguments.json:
            printing.document(
                {
                    "child": {"id": child.id, "name": child.full_name} if child else None,
                    "record": None if child else arguments.whom,
                    "changes": [shapes.change(one) for one in changes],
                }
            )
        elif not changes:
            printing.line(phrases.note("no_history"))
        else:
            for one in changes:
                printing.line(f"{change_line(one, opened.zone)}  ({one.kind} {one.record_id} · {one.rev})")
    return 0


def _history_of(opened: OpenLocation, typed: str) -> tuple[Child | None, tuple[Change, ...]]:
    found = opened.children_named(typed)
    if len(found) == 1:
        return found[0], journal.of_child(opened.db, found[0].id, opened.zone)
    if not found and (changes := journal.of_record(opened.db, typed, opened.zone)):
        return None, changes
    raise Stop(phrases.which("child", typed, [child.full_name for child in found]))
