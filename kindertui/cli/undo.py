"""`undo`: takes back the last act."""

import argparse

from kindertui.cli import printing
from kindertui.cli.opening import act, actor, writing
from kindertui.data import undo as writer
from kindertui.phrases import cli as phrases
from kindertui.phrases.history import act_words


def undo(arguments: argparse.Namespace) -> int:
    """Without --by the last act of anybody; with it, the last of that person."""
    with writing() as (house, store):
        who = actor(house, arguments.by)
        names = {child.id: child.full_name for child in house.children}
        done = act(store, who, writer.undo, anybody=arguments.by is None)
        printing.line(phrases.undone(act_words(done, names)))
    return 0
