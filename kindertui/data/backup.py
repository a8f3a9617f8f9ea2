"""Backups: one is written, opened and replayed before anybody is told of it, and old ones go by the rule of keeping."""

import contextlib
import json
import os
import re
import secrets
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from msgspec import Struct

from kindertui.data import backup_file, copying, ways_in
from kindertui.data.backup_file import About
from kindertui.data.clock import utc_now
from kindertui.data.connection import SCHEMA, Connection, DriverError, connect, told
from kindertui.data.copying import Progress
from kindertui.data.envelope_file import replace
from kindertui.data.keys import Keys, alone, read_keys
from kindertui.data.queries.holdings import holdings
from kindertui.data.verify import pages, verify
from kindertui.domain.faults import DatabaseFault, Refused, fault_of_file
from kindertui.domain.keeping import Holdings, kept
from kindertui.files import sync
from kindertui.locations import Locations

UNREADABLE = ("db_damaged", "db_truncated", "db_foreign")  # what was in a file that lies
_STAMP = "%Y%m%dT%H%M%SZ"
_NAME = "kindertui-{}.backup"
_NAMED = re.compile(r"kindertui-(\d{8}T\d{6}Z)(-\d+)?\.backup")
ASIDE_NAME = "kindertui.db.replaced-{}"  # a restore keeps what was there under this name
_ASIDE = re.compile(r"kindertui\.db\.replaced-(\d{8}T\d{6}Z)(-\d+)?")


class _Settings(Struct, frozen=True):
    backups: str = ""


class Made(Struct, frozen=True):
    """A backup that was written and checked, and what is in it."""

    path: Path
    held: Holdings


def back_up(locations: Locations, path: Path | None = None, progress: Progress | None = None) -> Made:
    """Writes a backup to `path`, else under a name of its own into the folder of backups, where old ones then go.

    A folder as `path` is taken as such a folder. A kill leaves no file of that name. Raises Refused and DatabaseFault;
    then there is none either.
    """
    keys = read_keys(locations)
    db = connect(locations.database, keys.database, read_only=True, older=True)
    try:
        if path is None:
            path = _made(folder(locations), locations)
            if not path.is_dir():  # its disk is not here
                raise Refused("backup_no_folder", path=str(path))
        if not path.is_dir():
            return write(locations, db, path, keys, progress)
        made = write(locations, db, free_name(_NAME, path), keys, progress)
        thin(locations, path, made.held)
        return made
    finally:
        db.close()


def before_upgrade(locations: Locations, db: Connection, keys: Keys) -> Path:
    """Writes a backup of a database that will be brought up, beside it where the chosen folder is not there."""
    try:
        chosen = _made(folder(locations), locations)
    except Refused:
        chosen = locations.backups
    if not chosen.is_dir():
        chosen = _made(locations.backups, locations)
    return write(locations, db, free_name(_NAME, chosen), keys).path


def _made(chosen: Path, locations: Locations) -> Path:
    """Makes the folder of backups that nobody chose; one that was chosen is not made, its disk may not be here."""
    if chosen == locations.backups:
        with _sentences(chosen):
            chosen.mkdir(mode=0o700, parents=True, exist_ok=True)
    return chosen


def write(locations: Locations, db: Connection, path: Path, keys: Keys, progress: Progress | None = None) -> Made:
    """Writes what `db` reads to `path`, checks it by opening it as a restore would, and puts it in place."""
    if path.exists() or path.is_symlink():
        raise Refused("backup_exists", path=str(path))
    if not path.absolute().parent.is_dir():
        raise Refused("backup_no_folder", path=str(path.parent))
    with _sentences(path), copying.work_folder(path.absolute().parent) as room:
        made = _packed(locations, db, room, keys, progress)
        held = _checked(made, keys, room / "opened.db")
        _put(made, path)
    return Made(path, held)


def _packed(locations: Locations, db: Connection, room: Path, keys: Keys, progress: Progress | None) -> Path:
    key, database = secrets.token_hex(32), room / "copy.db"
    copying.create(database)
    target = connect(database, key, create=True)
    try:
        target.execute("PRAGMA journal_mode = OFF")  # nobody else has it: what is packed is what gets to the disk
        copying.copy(db, target, progress)
        schema = target.execute("PRAGMA user_version").fetchone()[0]
        (whose,) = target.execute("SELECT id FROM location WHERE NOT deleted").fetchone()
    finally:
        target.close()
    made_at = int(utc_now().timestamp())
    about = About(whose, schema, made_at, 0, "", ways_in.recovery_envelope(locations))
    backup_file.pack(database, key, room / "packed", keys, about)
    return room / "packed"


def _checked(path: Path, keys: Keys, database: Path) -> Holdings:
    """Opens a backup by the location's key and replays it. Raises Refused `backup_not_whole`."""
    backup = backup_file.read(path)
    backup_file.unpack(backup, database)
    found = replayed(database, backup.key(keys))
    if found is None:
        raise Refused("backup_not_whole")
    return found


def check(locations: Locations, path: Path) -> Holdings:
    """Opens a backup by the location's own key as a restore would, and changes nothing. Raises Refused and
    DatabaseFault.
    """
    keys = read_keys(locations)
    try:
        with _sentences(locations.data), copying.work_folder(locations.data) as room:
            return _checked(path, keys, room / "opened.db")
    except backup_file.Unopened:
        raise Refused("backup_key", path=str(path)) from None
    except Refused as problem:
        raise (Refused("backup_altered", path=str(path)) if problem.rule == "backup_not_whole" else problem) from None
    except DatabaseFault as fault:
        if fault.rule not in UNREADABLE:
            raise
        raise Refused("backup_altered", path=str(path)) from None


def replayed(database: Path, key: str) -> Holdings | None:
    """What a database holds, None where it is not what its journal says.

    Of one of an older schema, which its own program would have to replay, the pages alone are checked.
    """
    db = connect(database, key, read_only=True, older=True)
    try:
        whole = pages(db) if db.execute("PRAGMA user_version").fetchone()[0] < SCHEMA else verify(db).ok
        return holdings(db) if whole else None
    finally:
        db.close()


def _put(made: Path, path: Path) -> None:
    """Gives a finished file its name, which nobody may have taken meanwhile."""
    try:
        os.link(made, path)  # fails where there is one; a rename would replace it
    except FileExistsError:
        raise Refused("backup_exists", path=str(path)) from None
    except OSError:  # a stick's file system has no links
        if path.exists():
            raise Refused("backup_exists", path=str(path)) from None
        made.rename(path)
    sync(path.absolute().parent)


def free_name(pattern: str, folder: Path) -> Path:
    """A name in `folder` that nobody has: `pattern` with this moment in it, and a number where that is taken."""
    now, number = utc_now().strftime(_STAMP), 1
    path = folder / pattern.format(now)
    while path.exists():
        number += 1
        path = folder / pattern.format(f"{now}-{number}")
    return path


def folder(locations: Locations) -> Path:
    """Where backups are kept: the folder that was chosen, else one beside the database. Raises Refused."""
    try:
        chosen = msgspec.toml.decode(locations.settings.read_bytes(), type=_Settings).backups
    except FileNotFoundError:
        chosen = ""
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        raise Refused("settings_unreadable", path=str(locations.settings)) from None
    return Path(chosen).expanduser() if chosen else locations.backups


def keep_in(locations: Locations, chosen: Path) -> Path:
    """Has backups kept in another folder from now on, and gives its whole path. Raises Refused and DatabaseFault."""
    chosen = chosen.expanduser().absolute()
    if not chosen.is_dir():
        raise Refused("backup_no_folder", path=str(chosen))
    with _sentences(locations.settings):
        locations.config.mkdir(mode=0o700, parents=True, exist_ok=True)
        with alone(locations.config) as handle:
            text = json.dumps(str(chosen), ensure_ascii=False)  # a string of JSON is one of TOML
            replace(locations.settings, f"backups = {text}\n".encode(), handle)
    return chosen


def in_folder(folder: Path) -> dict[Path, datetime]:
    """The backups in a folder by their names, and when they were made."""
    return _named(folder, _NAMED)


def newest(locations: Locations) -> Path | None:
    """The newest backup of this location in the folder of backups, by its name; one that does not even say what it is
    counts as well. Raises Refused and DatabaseFault.
    """
    place, keys = folder(locations), read_keys(locations)
    if place != locations.backups and not place.is_dir():  # its disk is not here
        raise Refused("backup_folder_gone", path=str(place))
    found = in_folder(place)
    of_time = sorted(found, key=lambda path: found[path], reverse=True)
    return next((path for path in of_time if not _of_another(path, keys)), None)


def _of_another(path: Path, keys: Keys) -> bool:
    """Whether a backup is whole as far as it says what it is, and of another location."""
    try:
        backup_file.read(path).key(keys)
    except backup_file.Unopened:
        return True
    except Refused:
        return False
    return False


def last_made(locations: Locations) -> datetime | None:
    """When the newest backup of this location was made, by its name; None where there is none. Raises as `newest`."""
    path = newest(locations)
    return None if path is None else in_folder(path.parent).get(path)


def thin(locations: Locations, folder: Path, of: Holdings) -> None:
    """Takes old backups of this location out of a folder by the rule; and beside the database what a restore put aside,
    and the copies that upgrades left before there were backups.

    Files of other names and other locations are left alone, and so is what does not let itself be removed.
    """
    of_here = {path: at for path, at in in_folder(folder).items() if _location_of(path) == of.location}
    for found in (of_here, _named(locations.data, _ASIDE), _upgraded(locations)):
        stay = kept((at.astimezone(of.zone) for at in found.values()), utc_now().astimezone(of.zone))
        for path, at in found.items():
            if at.astimezone(of.zone) not in stay:
                with contextlib.suppress(OSError):
                    path.unlink()
                    path.with_name(path.name + "-wal").unlink(missing_ok=True)


def _upgraded(locations: Locations) -> dict[Path, datetime]:
    found = locations.data.glob(f"{locations.database.name}.schema*")
    return {path: datetime.fromtimestamp(path.stat().st_mtime, UTC) for path in found if path.suffix[7:].isdigit()}


def _named(folder: Path, pattern: re.Pattern[str]) -> dict[Path, datetime]:
    try:
        found = [(path, pattern.fullmatch(path.name)) for path in folder.iterdir()]
    except OSError:
        return {}
    return {path: datetime.strptime(name[1], _STAMP).replace(tzinfo=UTC) for path, name in found if name}


def _location_of(path: Path) -> str:
    try:
        return backup_file.read(path).about.location
    except (Refused, DatabaseFault):  # what is not whole is not ours to remove
        return ""


@contextlib.contextmanager
def _sentences(path: Path):  # type: ignore[no-untyped-def]  # a context manager
    try:
        yield
    except OSError as error:
        raise fault_of_file(error, str(path)) from None
    except DriverError as error:
        found = told(error, path)
        if found is not None and found.rule in UNREADABLE:  # what is read, not what is written
            raise Refused("backup_not_whole") from None
        raise found or error from None
