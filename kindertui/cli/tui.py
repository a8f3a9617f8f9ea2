"""No verb: the screens."""

import os
import sys

from kindertui import locations
from kindertui.cli.errors import MISUSE, Stop
from kindertui.phrases.cli import note


def tui(arguments: object) -> int:
    """Refuses where there is no terminal, before anything of Textual is loaded."""
    if not on_terminal():
        raise Stop(note("needs_terminal"), code=MISUSE)
    return screens(locations.find())


def on_terminal() -> bool:
    """Is there a keyboard to read and a screen to write?"""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty()


def screens(places: locations.Locations) -> int:
    """Opens the screens on a location and gives their exit code; KINDERTUI_STAFF answers who is at the keyboard."""
    from kindertui.app import run  # here: whoever has no terminal is told so before Textual is loaded

    return run(places, by=os.environ.get("KINDERTUI_STAFF"))
