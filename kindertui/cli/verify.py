"""`verify`: is the database what its journal says, and is all there that was saved?"""

import argparse
from contextlib import suppress
from typing import Any

from kindertui import i18n, locations
from kindertui.cli.errors import DONE, REFUSED
from kindertui.cli.printing import document
from kindertui.data import queries
from kindertui.data import verify as checks
from kindertui.data.connection import connect
from kindertui.data.head import HeadFile
from kindertui.data.keys import read_keys
from kindertui.domain.faults import DatabaseFault
from kindertui.domain.verified import HeadCheck, Verified
from kindertui.phrases.verify import words

_UNREADABLE = ("db_damaged", "db_truncated")


def verify(arguments: argparse.Namespace) -> int:
    try:
        found, head = checked(locations.find())
    except DatabaseFault as fault:
        if fault.rule not in _UNREADABLE:
            raise
        found, head = Verified(False, (), None), HeadCheck(known=False)
    if arguments.json:
        document(_answer(found, head))
    else:
        print("\n".join(words(found, head)))
    return DONE if found.ok and head.ok else REFUSED


def checked(places: locations.Locations) -> tuple[Verified, HeadCheck]:
    """What there is to find; the location's language is in force from here on. Raises DatabaseFault."""
    keys = read_keys(places)
    with suppress(DatabaseFault):  # a disk that takes nothing is checked with the WAL it has
        _empty_wal(places, keys.database)
    db = connect(places.database, keys.database, read_only=True)
    try:
        i18n.use(i18n.from_environment() or queries.location(db).language)
        return checks.verify(db), HeadFile(places.head, keys.seal).check(db)
    finally:
        db.close()


def _empty_wal(places: locations.Locations, key: str) -> None:
    """Puts what the WAL holds into the database, where each page has a checksum of its own."""
    db = connect(places.database, key)
    try:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    finally:
        db.close()


def _answer(found: Verified, head: HeadCheck) -> dict[str, Any]:
    return {
        "ok": found.ok and head.ok,
        "pages": found.pages,
        "chains": [{"origin": one.origin, "rows": one.rows, "ok": one.ok} for one in found.chains],
        "state": found.state,
        "head": {"ok": head.ok, "missing_since": head.missing_since},
    }
