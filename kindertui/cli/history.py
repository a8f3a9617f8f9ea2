"""`history`: what happened to a child's records, or to one record, read from the journal."""

import argparse

from kindertui.cli import printing, shapes
from kindertui.cli.errors import Stop
from kindertui.cli.naming import pick
from kindertui.cli.opening import House, reading
from kindertui.data.queries import history as journal
from kindertui.domain.history import JournalRow
from kindertui.domain.people import Child
from kindertui.phrases import cli as phrases


def history(arguments: argparse.Namespace) -> int:
    with reading() as house:
        child, changes = _find(house, arguments.whom)
        if arguments.json:
            printing.document(
                {
                    "child": {"id": child.id, "name": child.full_name} if child else None,
                    "record": None if child else arguments.whom,
                    "changes": [shapes.change(one) for one in changes],
                }
            )
        elif not changes:
            printing.line(phrases.nothing_here("history"))
        else:
            from kindertui.phrases.history import change_line

            for one in changes:
                printing.line(f"{change_line(one, house.zone)}  ({one.kind} {one.record_id} · {one.rev})")
    return 0


def _find(house: House, typed: str) -> tuple[Child | None, tuple[JournalRow, ...]]:
    found = pick(typed, house.children, lambda child: (child.id, child.full_name))
    if len(found) == 1:
        return found[0], journal.of_child(house.db, found[0].id, house.zone)
    if not found and (changes := journal.of_record(house.db, typed, house.zone)):
        return None, changes
    raise Stop(phrases.no_such_child(typed, [child.full_name for child in found]))
