"""`groups`, `children`, `staff`: what is on the lists; `history`: what happened to a child, or to one record."""

import argparse
from collections import Counter
from collections.abc import Sequence
from typing import Any

from kindertui.cli import printing, shapes
from kindertui.cli.errors import Stop
from kindertui.cli.opening import OpenLocation, reading
from kindertui.data.queries import history as journal
from kindertui.domain.history import JournalRow
from kindertui.domain.people import Child
from kindertui.i18n import _
from kindertui.phrases import cli as phrases
from kindertui.phrases.history import change_line


def groups(arguments: argparse.Namespace) -> None:
    with reading() as opened:
        count = Counter(child.group_id for child in opened.children)
        shape = "id name kind age_from age_to"
        rows = [shapes.fields(group, shape) | {"children": count[group.id]} for group in opened.groups]
    _show(arguments, "groups", rows, {"name": _("group"), "kind": _("kind"), "children": _("children"), "id": "id"})


def children(arguments: argparse.Namespace) -> None:
    with reading() as opened:
        rows = [shapes.child(child, opened.group_name(child.group_id)) for child in opened.children]
    head = {"name": _("child"), "birth_date": _("born"), "group": _("group"), "id": "id"}
    _show(arguments, "children", rows, head)


def staff(arguments: argparse.Namespace) -> None:
    with reading() as opened:
        shape = "id name role group_id"
        rows = [shapes.fields(one, shape) | {"group": opened.group_name(one.group_id)} for one in opened.staff]
    _show(arguments, "staff", rows, {"name": _("name"), "role": _("role"), "group": _("group"), "id": "id"})


def _show(arguments: argparse.Namespace, what: str, rows: Sequence[dict[str, Any]], head: dict[str, str]) -> None:
    cells = [["" if row[key] is None else str(row[key]) for key in head] for row in rows]
    printing.listing(arguments.json, {what: rows}, phrases.note(f"no_{what}"), list(head.values()), cells)


def history(arguments: argparse.Namespace) -> None:
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


def _history_of(opened: OpenLocation, typed: str) -> tuple[Child | None, tuple[JournalRow, ...]]:
    found = opened.children_named(typed)
    if len(found) == 1:
        return found[0], journal.of_child(opened.db, found[0].id, opened.zone)
    if not found and (changes := journal.of_record(opened.db, typed, opened.zone)):
        return None, changes
    raise Stop(phrases.which("child", typed, [child.full_name for child in found]))
