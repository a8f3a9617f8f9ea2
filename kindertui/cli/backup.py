"""`backup` and `restore`: a copy of the location as one file, and back."""

import argparse
import sys
from pathlib import Path

from kindertui import locations, process
from kindertui.cli import key as key_verbs
from kindertui.cli import printing
from kindertui.cli.errors import Stop, print_note
from kindertui.data.backup import back_up, keep_in
from kindertui.data.restore import Restore, is_running
from kindertui.domain.faults import Refused
from kindertui.i18n import _
from kindertui.phrases import backup as phrases


def backup(arguments: argparse.Namespace) -> None:
    process.hide_memory()
    places = locations.find()
    if arguments.keep_in:
        print_note(phrases.kept_in(str(keep_in(places, Path(arguments.keep_in)))))
    path = Path(arguments.file).expanduser() if arguments.file else None
    with printing.progress_bar(_("backup")) as progress:
        made = back_up(places, path, progress)
    printing.line(phrases.written(str(made.path), made.held))


def restore(arguments: argparse.Namespace) -> None:
    """Everything is checked and both sides are shown before anybody is asked, and nothing is changed before that."""
    process.hide_memory()
    places, path = locations.find(), Path(arguments.file).expanduser()
    if is_running(places):
        raise Refused("backup_running")
    with _opened(places, path) as found:
        made_at = found.made_at.astimezone(found.zone)
        printing.table(*phrases.sides(found.here, found.copy, made_at))
        if lost := phrases.lost(found.here, found.copy):
            printing.line(lost)
        for said in phrases.restrictions(len(found.carried), found.left):
            printing.line(said)
        if not arguments.yes:
            _ask()
        aside = found.apply(arguments.key_in)
        printing.line(phrases.restored(made_at, str(aside) if aside else None))
    key_verbs.say_way(places)


def _opened(places: locations.Locations, path: Path) -> Restore:
    try:
        return Restore(places, path)
    except Refused as problem:
        if problem.rule != "backup_key":
            raise
    return key_verbs.with_recovery_key(lambda typed: Restore(places, path, typed))


def _ask() -> None:
    """Raises Stop for anything but a yes."""
    if not key_verbs.on_terminal():
        raise Stop(phrases.must_say_yes())
    sys.stderr.write(phrases.question())
    sys.stderr.flush()
    if not phrases.is_yes(sys.stdin.readline(100)):
        raise Stop(phrases.not_restored())
