"""`undo`: takes back the last act."""

import argparse

from kindertui.cli import printing
from kindertui.cli.errors import Stop
from kindertui.cli.opening import act, actor, writing
from kindertui.data import undo as writer
from kindertui.data.queries import history
from kindertui.domain.faults import Refused
from kindertui.phrases import cli as phrases
from kindertui.phrases.history import act_words


def undo(arguments: argparse.Namespace) -> int:
    """Without --by the last act of anybody; with it, the last of that person. What a file brought only with --yes."""
    with writing() as (house, store):
        who, anybody = actor(house, arguments.by), arguments.by is None
        names = {child.id: child.full_name for child in house.children}
        try:
            done = act(store, who, writer.undo, anybody=anybody)
        except Refused as problem:
            if problem.rule != "undo_of_file":
                raise
            asked = problem.args_["act"]
            if not arguments.yes:
                raise Stop(phrases.undo_of_file(act_words(history.one(house.db, asked, house.zone), names))) from None
            done = act(store, who, writer.undo, anybody=anybody, confirmed=asked)
        printing.line(phrases.undone(act_words(done, names)))
    return 0
