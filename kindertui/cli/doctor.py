"""`doctor`: is the installation in order: its files, its disk, its ways in, its clock and its database?"""

import argparse
from zoneinfo import ZoneInfo

from kindertui import locations
from kindertui.cli import printing
from kindertui.cli.errors import DONE, REFUSED
from kindertui.cli.verify import checked
from kindertui.data import backup as backups
from kindertui.data import queries, surroundings, ways_in
from kindertui.data.clock import utc_now
from kindertui.data.connection import Connection, connect
from kindertui.data.keys import read_keys
from kindertui.domain import doctor as judge
from kindertui.domain.doctor import Finding
from kindertui.domain.faults import DatabaseFault, Refused
from kindertui.locations import Locations
from kindertui.phrases import cli as phrases
from kindertui.phrases import verify as verify_phrases
from kindertui.phrases.doctor import line, words
from kindertui.phrases.refused import refused


def doctor(arguments: argparse.Namespace) -> int:
    """Changes nothing but that what the WAL holds is put into the database. Exit code 1 when something is wrong."""
    places = locations.find()
    if not places.database.exists():
        raise DatabaseFault("db_missing", str(places.database))
    # the database comes first: from then on the location's own language is in force
    database = _database(places)
    every = [*_place(places), *_ways(places), *database, _backup(places), Finding("no_pins", "note")]
    findings = [one for at, one in enumerate(every) if one not in every[:at]]  # one fault may stop two examinations
    right = all(one.state != "wrong" for one in findings)
    if arguments.json:
        told = [{"rule": one.rule, "state": one.state, "text": words(one)} for one in findings]
        printing.document({"ok": right, "findings": told})
    else:
        for one in findings:
            printing.line(line(one))
    return DONE if right else REFUSED


def _place(places: Locations) -> list[Finding]:
    mount = surroundings.mount(places.data)
    findings = surroundings.owner_and_rights(places)
    if surroundings.on_network(mount):
        findings.append(Finding("network", "wrong"))
    return [*findings, judge.disk(surroundings.encrypted(places.data, mount))]


def _ways(places: Locations) -> list[Finding]:
    try:
        found = ways_in.in_force(places)
    except DatabaseFault as fault:
        if fault.rule == "db_keys_damaged" and places.key.exists():
            return [Finding("way_file", "note"), Finding("recovery_damaged", "wrong")]
        return [_fault(fault)]
    return judge.way_in(found.way, own_recovery=found.own_recovery)


def _database(places: Locations) -> list[Finding]:
    try:
        found, head = checked(places)
        db = connect(places.database, read_keys(places).database, read_only=True)
    except DatabaseFault as fault:
        return [_fault(fault), judge.clock(utc_now(), None)]
    states = (found.pages, all(one.ok for one in found.chains), found.state, head.ok)
    lines = zip(("pages", "chains", "state", "head"), states, verify_phrases.words(found, head), strict=True)
    try:
        return [
            _clock(db),
            *(Finding(rule, "ok" if right else "wrong", {"sentence": told}) for rule, right, told in lines),
            _engine(db),
        ]
    finally:
        db.close()


def _clock(db: Connection) -> Finding:
    zone = _zone(db)
    return judge.clock(utc_now().astimezone(zone), queries.last_written(db, zone))


def _backup(places: Locations) -> Finding:
    """Opens the newest backup and replays it, as a restore would."""
    now, made_at = utc_now(), None
    try:
        if path := backups.newest(places):
            zone = backups.check(places, path).zone
            made_at = backups.in_folder(path.parent)[path].astimezone(zone)
    except Refused as problem:
        return judge.backup(now, made_at, refused(problem))
    except DatabaseFault as fault:
        return _fault(fault)
    return judge.backup(now, made_at)


def _zone(db: Connection) -> ZoneInfo:
    try:
        return queries.zone_of(queries.location(db))
    except (KeyError, ValueError, OSError):  # every other verb says that this one is missing
        return ZoneInfo("UTC")


def _engine(db: Connection) -> Finding:
    version, cipher = (db.execute(ask).fetchone()[0] for ask in ("SELECT sqlite_version()", "PRAGMA cipher_version"))
    return Finding("engine", "ok", {"version": version, "cipher": cipher})


def _fault(fault: DatabaseFault) -> Finding:
    return Finding("fault", "wrong", {"sentence": phrases.fault(fault)})
