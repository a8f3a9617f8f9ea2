"""`demo`: the screens on a sample location of its own; without a terminal its day in plain words."""

import argparse
import shutil
from datetime import datetime

from kindertui import i18n, locations
from kindertui.cli import printing
from kindertui.cli.errors import DONE, UNUSABLE, Stop
from kindertui.cli.opening import OpenLocation, reading
from kindertui.cli.today import gather, in_sentences
from kindertui.cli.tui import on_terminal, screens
from kindertui.data import sample
from kindertui.data.connection import connect, read_key
from kindertui.domain.faults import DatabaseFault
from kindertui.locations import Locations
from kindertui.phrases import cli as phrases
from kindertui.portal import profile


def demo(arguments: argparse.Namespace) -> int:
    places = locations.find(demo=True)
    try:
        if arguments.fresh or not _is_of_today(places):
            _make(places)
    except OSError as error:
        raise Stop(
            phrases.note("folder_unwritable", path=str(places.data), reason=error.strerror or ""), code=UNUSABLE
        ) from None
    if on_terminal():
        return screens(places)
    _in_words(places)
    return DONE


def _is_of_today(places: Locations) -> bool:
    """Was the sample made today, by the location's clock? One that cannot be opened is made anew."""
    if not places.database.exists():
        return False
    try:
        db = connect(places.database, read_key(places.key), read_only=True)
    except DatabaseFault:
        return False
    try:
        opened = OpenLocation(places, db)
        made = db.execute("SELECT at FROM journal ORDER BY seq LIMIT 1").fetchone()
        return made is not None and datetime.fromtimestamp(made[0], opened.zone).date() == opened.today
    except DatabaseFault:
        return False
    finally:
        db.close()


def _make(places: Locations) -> None:
    """Makes a new sample beside the old one (which is nobody's data) and puts it in its place when it is whole."""
    making = places.data / "making"
    shutil.rmtree(making, ignore_errors=True)
    unfinished = Locations(data=making, config=making, state=making)
    with printing.progress_bar(phrases.note("demo_making")) as progress:
        sample.make_sample(unfinished, policy=profile.load(sample.PROFILE), language=i18n.language(), progress=progress)
    for path in (places.database, places.key):
        for suffix in ("", "-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
    unfinished.key.rename(places.key)
    unfinished.database.rename(places.database)
    shutil.rmtree(making)


def _in_words(places: Locations) -> None:
    with reading(places) as opened:
        in_sentences(opened, opened.today, gather(opened, opened.today, None))
    printing.line()
    printing.line(phrases.note("demo_screens"))
