"""`mind`: all care notes of one child."""

import argparse
from typing import Any

from kindertui.cli import printing
from kindertui.cli.errors import Stop
from kindertui.cli.opening import reading
from kindertui.cli.shapes import fields
from kindertui.data.queries.care_notes import care_notes
from kindertui.domain.care_notes import CareNotes
from kindertui.phrases import cli as phrases
from kindertui.phrases.care_notes import care_note_lines


def mind(arguments: argparse.Namespace) -> None:
    with reading() as opened:
        found = care_notes(opened.db, opened.child(arguments.child).id)
        if found is None:
            raise Stop(phrases.which("child", arguments.child, ()))
        if arguments.json:
            printing.document(_shape(found))
        else:
            for line in care_note_lines(found, opened.today):
                printing.line(f"{line.label}: {line.words}")


def _shape(found: CareNotes) -> dict[str, Any]:
    """The contract's JSON; `apart` in minutes, `lifted_on` null for a restriction in force."""
    names = {one.guardian.id: one.guardian.name for one in found.guardians}
    return {
        "child": {"id": found.child.id, "name": found.child.full_name},
        "facts": [fields(one, "id kind text") for one in found.facts],
        "consents": [fields(one, "scope given since source") for one in found.consents],
        "restrictions": [
            {"id": one.id, "guardian": names.get(one.guardian_id or "")}
            | fields(one, "kind reason since author lifted_on lifted_by")
            | {"lifted_by": one.lifted_by or None}
            for one in found.restrictions
        ],
        "medicines": [fields(one, "id medicine dose first_day last_day apart agreed_by") for one in found.agreements],
        "pick_up": [fields(one, "id name relation phone first_day last_day") for one in found.pick_ups],
    }
