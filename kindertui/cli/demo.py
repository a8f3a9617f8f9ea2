"""`demo`: the screens on a sample location of its own; without a terminal its day in plain words."""

import argparse
import shutil
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from kindertui import i18n, locations
from kindertui.cli import printing
from kindertui.cli.errors import DONE, UNUSABLE, Stop
from kindertui.cli.opening import reading
from kindertui.cli.today import gather, in_sentences
from kindertui.cli.tui import on_terminal, screens
from kindertui.data import clock, sample
from kindertui.data.connection import connect
from kindertui.data.keys import read_keys
from kindertui.data.sample.calendar import shown_at
from kindertui.domain.faults import DatabaseFault
from kindertui.locations import Locations
from kindertui.phrases import cli as phrases
from kindertui.phrases import clock as time_words
from kindertui.portal import profile

_UNTOUCHED = timedelta(hours=1)  # longer, and it would show a day that nobody went on with


def demo(arguments: argparse.Namespace) -> int:
    places = locations.find(demo=True)
    zone = sample.zone_of(i18n.language())
    now = clock.utc_now().astimezone(zone)
    shown, goes_on = _clock(now, None if arguments.fresh else _left_at(places, zone))
    with clock.running_ahead(shown - now):
        try:
            if not goes_on:
                _make(places)
        except OSError as error:
            raise Stop(
                phrases.note("folder_unwritable", path=str(places.data), reason=error.strerror or ""), code=UNUSABLE
            ) from None
        if on_terminal():
            return screens(places)
        _in_words(places)
    return DONE


def _clock(now: datetime, left: datetime | None) -> tuple[datetime, bool]:
    """What the sample's clock says at `now`, and whether the sample that was `left` goes on at that time.

    All in the sample's zone. A clock of its own goes on where it was left.
    """
    shown = shown_at(now)
    if left is None or left.date() != shown.date():
        return shown, False
    if shown != now:
        shown = max(shown, left)
    return shown, timedelta(0) <= shown - left <= _UNTOUCHED


def _left_at(places: Locations, zone: ZoneInfo) -> datetime | None:
    """When the last act in the sample was, by its clock; None where none in this language can be opened."""
    if not places.database.exists():
        return None
    try:
        db = connect(places.database, read_keys(places).database, read_only=True)
    except DatabaseFault:
        return None
    try:
        spoken = db.execute("SELECT language FROM location").fetchone()
        last = db.execute("SELECT at FROM journal ORDER BY seq DESC LIMIT 1").fetchone()
        if last is None or spoken != (i18n.language(),):
            return None
        return datetime.fromtimestamp(last[0], zone)
    finally:
        db.close()


def _make(places: Locations) -> None:
    """Makes a new sample beside the old one (which is nobody's data) and puts it in its place when it is whole."""
    making = places.data / "making"
    shutil.rmtree(making, ignore_errors=True)
    unfinished = Locations(data=making, config=making, state=making)
    with printing.progress_bar(phrases.note("demo_making")) as progress:
        language = i18n.language()
        policy = profile.load(sample.profile_of(language))
        sample.make_sample(unfinished, policy=policy, language=language, progress=progress)
    for path in (places.database, places.key):
        for suffix in ("", "-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
    unfinished.key.rename(places.key)
    unfinished.database.rename(places.database)
    shutil.rmtree(making)


def _in_words(places: Locations) -> None:
    with reading(places) as opened:
        in_sentences(opened, opened.today, gather(opened, opened.today, None))
        zone = opened.zone
    printing.line()
    if not clock.is_the_machines():
        printing.line(phrases.note("demo_clock", time=time_words(clock.utc_now().astimezone(zone))))
    printing.line(phrases.note("demo_screens"))
