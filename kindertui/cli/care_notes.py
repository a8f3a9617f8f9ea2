"""`mind`: all that must be minded about one child."""

import argparse
from typing import Any

from kindertui.cli import printing
from kindertui.cli.errors import Stop
from kindertui.cli.naming import pick
from kindertui.cli.opening import reading
from kindertui.data.queries.care_notes import care_notes
from kindertui.domain.care_notes import CareNotes
from kindertui.phrases import cli as phrases


def mind(arguments: argparse.Namespace) -> int:
    with reading() as house:
        children = pick(arguments.child, house.children, lambda child: (child.id, child.full_name))
        found = care_notes(house.db, children[0].id) if len(children) == 1 else None
        if found is None:
            raise Stop(phrases.no_such_child(arguments.child, [child.full_name for child in children]))
        if arguments.json:
            printing.document(_shape(found))
        else:
            from kindertui.phrases.care_notes import minded

            for line in minded(found, house.today):
                printing.line(f"{line.label}: {line.words}")
    return 0


def _shape(found: CareNotes) -> dict[str, Any]:
    """The contract's JSON; `apart` in minutes, `lifted_on` null for a restriction in force."""
    names = {one.guardian.id: one.guardian.name for one in found.guardians}
    return {
        "child": {"id": found.child.id, "name": found.child.full_name},
        "facts": [{"id": one.id, "kind": one.kind, "text": one.text} for one in found.facts],
        "consents": [
            {"scope": one.scope, "given": one.given, "since": one.since, "source": one.source} for one in found.consents
        ],
        "restrictions": [
            {
                "id": one.id,
                "guardian": names.get(one.guardian_id or ""),
                "kind": one.kind,
                "reason": one.reason,
                "since": one.since,
                "author": one.author,
                "lifted_on": one.lifted_on,
                "lifted_by": one.lifted_by or None,
            }
            for one in found.restrictions
        ],
        "medicines": [
            {
                "id": one.id,
                "medicine": one.medicine,
                "dose": one.dose,
                "first_day": one.first_day,
                "last_day": one.last_day,
                "apart": one.apart,
                "agreed_by": one.agreed_by,
            }
            for one in found.agreements
        ],
        "pick_up": [
            {
                "id": one.id,
                "name": one.name,
                "relation": one.relation,
                "phone": one.phone,
                "first_day": one.first_day,
                "last_day": one.last_day,
            }
            for one in found.pick_ups
        ],
    }
