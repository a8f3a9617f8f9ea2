"""`where` and `init`: the paths in force, and a new location."""

import argparse
import os
from pathlib import Path
from zoneinfo import ZoneInfo

from kindertui import i18n, locations
from kindertui.cli import key as key_verbs
from kindertui.cli import printing
from kindertui.cli.errors import UNUSABLE, Stop
from kindertui.data.creation import NewLocation, create
from kindertui.domain.faults import DatabaseFault
from kindertui.domain.recovery import new_recovery_key
from kindertui.phrases import cli as phrases
from kindertui.portal import profile
from kindertui.text import NAME_LENGTH, TextRefused, clean


def where(arguments: argparse.Namespace) -> None:
    paths = locations.find().as_dict()
    if arguments.json:
        printing.document(paths)
    else:
        width = max(map(len, paths))
        for name, path in paths.items():
            printing.line(f"{name:{width}}  {path}")


def init(arguments: argparse.Namespace) -> None:
    """Everything is checked before anything is made. What `--language` names is spoken from the first sentence on."""
    if arguments.language:
        i18n.use(arguments.language)
    name = _checked_name(arguments.location)
    policy = profile.load(arguments.profile)
    language = arguments.language or policy.log_language or i18n.language()
    timezone = _usual_zone(policy.country) if arguments.timezone is None else arguments.timezone
    _check_zone(timezone)
    places = locations.find()
    if places.database.exists():  # before anybody writes a key down for nothing
        raise DatabaseFault("db_exists", str(places.database))
    key = new_recovery_key()
    asked = key_verbs.on_terminal()
    if asked:
        key_verbs.show(name, key)
        key_verbs.have_typed_back(key)
    try:
        create(places, NewLocation(name, arguments.profile, language, timezone), key, arguments.key_in)
    except OSError as error:
        raise Stop(
            phrases.note("folder_unwritable", path=str(places.data), reason=error.strerror or ""), code=UNUSABLE
        ) from None
    printing.line(phrases.note("made", location=name, path=str(places.data)))
    if not asked:
        key_verbs.show(name, key)
    key_verbs.say_way(places)


def _checked_name(typed: str) -> str:
    try:
        name = clean(typed, limit=NAME_LENGTH)
    except TextRefused:
        raise Stop(phrases.note("name_too_long")) from None
    if not name:
        raise Stop(phrases.note("name_missing"))
    return name


def _check_zone(name: str) -> None:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # unknown, a path out of the tree, a directory of it
        raise Stop(phrases.note("timezone_unknown", name=name or "''")) from None


def _usual_zone(country: str) -> str:
    """The zone of the portal's country, else the machine's own, else UTC."""
    usual = {"NL": "Europe/Amsterdam", "NO": "Europe/Oslo"}.get(country)
    if usual:
        return usual
    link = Path("/etc/localtime")
    linked = str(link.resolve()).partition("zoneinfo/")[2] if link.exists() else ""
    named = os.environ.get("TZ", "").lstrip(":") or linked
    return named if "/" in named and not named.startswith("/") else "UTC"
