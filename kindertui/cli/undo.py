"""`undo`: takes back the last act."""

import argparse

from kindertui.cli import printing
from kindertui.cli.opening import act, actor, writing
from kindertui.data import undo as writer
from kindertui.domain.faults import Refused
from kindertui.phrases import cli as phrases
from kindertui.phrases.history import act_words


def undo(arguments: argparse.Namespace) -> int:
    """The last act of anybody, or with --by of that person. It asks nothing: what is typed is meant."""
    with writing() as (house, store):
        who, anybody = actor(house, arguments.by), arguments.by is None
        names = {child.id: child.full_name for child in house.children}
        try:
            done = act(store, who, writer.undo, anybody=anybody)
        except Refused as problem:
            if problem.rule != "undo_of_file":
                raise
            done = act(store, who, writer.undo, anybody=anybody, confirmed=problem.args_["act"])
        printing.line(phrases.undone(act_words(done, names)))
    return 0
