"""`undo`: takes back the last act."""

import argparse

from kindertui.cli import printing
from kindertui.cli.opening import act, actor, writing
from kindertui.data import undo as writer
from kindertui.phrases import cli as phrases
from kindertui.phrases.history import act_words


def undo(arguments: argparse.Namespace) -> int:
    """The last act of anybody, or with --by of that person. It asks nothing: what is typed is meant."""
    with writing() as (house, store):
        who = actor(house, arguments.by)
        names = {child.id: child.full_name for child in house.children}
        done = act(store, who, writer.undo, anybody=arguments.by is None, confirmed=writer.ANYTHING)
        printing.line(phrases.undone(act_words(done, names)))
    return 0
