"""A backup as a file: four lines that say what it is, then a database under a random key of its own.

The lines are what wrote it, a JSON object, the database's key in an envelope, and the SHA-256 of the three. The
envelope opens with the location's key, and that one lies in the JSON under the recovery key: so the location checks a
backup by itself, and on an empty machine the file and the recovery key are enough. The envelope is made for the lines
before it and opens with no others. Nothing in the lines tells of a person.
"""

import base64
import hashlib
import os
import re
import shutil
from io import BufferedReader, BufferedWriter
from pathlib import Path

import msgspec
from msgspec import Struct

from kindertui.data.connection import SCHEMA
from kindertui.data.envelopes import Unopened, unwrap, wrap
from kindertui.data.keys import Keys
from kindertui.domain.faults import Refused, fault_of_file
from kindertui.files import NotRegular, open_regular

_FIRST = b"kindertui backup "
_VERSION = 1
_LINES = 1 << 16  # bytes; the lines are shorter
_PIECE = 1 << 20


class About(Struct, frozen=True):
    """What a backup says of itself: the location's id, the database's schema, when it was made (Unix seconds), its size
    in bytes and its SHA-256, and the location's keys under the recovery key (empty: the sheet is the key itself).
    """

    location: str
    schema: int
    made_at: int
    size: int
    sha256: str
    recovery: bytes


class Backup(Struct, frozen=True):
    """A file whose lines are whole: its database begins at `offset`."""

    path: Path
    about: About
    envelope: bytes
    purpose: bytes
    offset: int

    def key(self, keys: Keys) -> str:
        """The key of its database, by the location's keys. Raises Unopened."""
        return unwrap(self.envelope, bytes.fromhex(keys.database), self.purpose).hex()


def read(path: Path) -> Backup:
    """What a file says of itself. Raises Refused where it is none of ours, or not whole, and DatabaseFault."""
    try:
        with _opened(path) as file:
            start = file.read(_LINES)
    except OSError as error:
        raise fault_of_file(error, str(path)) from None
    lines = start.split(b"\n", 4)
    if not lines[0].startswith(_FIRST):
        raise Refused("backup_foreign", path=str(path))
    if lines[0] != _first_line() and re.fullmatch(_FIRST + rb"\d+", lines[0]):
        raise Refused("backup_newer", path=str(path))
    if len(lines) < 5:
        raise Refused("backup_cut", path=str(path))
    if lines[0] != _first_line() or hashlib.sha256(b"\n".join(lines[:3])).hexdigest().encode() != lines[3]:
        raise Refused("backup_altered", path=str(path))
    try:
        about, envelope = msgspec.json.decode(lines[1], type=About), base64.b64decode(lines[2], validate=True)
    except (msgspec.MsgspecError, ValueError):
        raise Refused("backup_altered", path=str(path)) from None
    if about.schema > SCHEMA:
        raise Refused("backup_newer", path=str(path))
    return Backup(path, about, envelope, _purpose(lines[1]), sum(map(len, lines[:4])) + 4)


def unpack(backup: Backup, database: Path) -> None:
    """Writes the database of a backup into a file. Raises Refused where it is cut or altered, and DatabaseFault."""
    found, size = hashlib.sha256(), 0
    try:
        with _opened(backup.path) as file, _new(database) as out:
            file.seek(backup.offset)
            while piece := file.read(_PIECE):
                found.update(piece)
                size += len(piece)
                out.write(piece)
    except OSError as error:
        raise fault_of_file(error, str(backup.path if error.filename == str(backup.path) else database)) from None
    if size < backup.about.size:
        raise Refused("backup_cut", path=str(backup.path))
    if size > backup.about.size or found.hexdigest() != backup.about.sha256:
        raise Refused("backup_altered", path=str(backup.path))


def pack(database: Path, key: str, path: Path, keys: Keys, about: About) -> None:
    """Writes a backup of a closed database; `about` lacks its size and sum. Raises OSError."""
    found = hashlib.sha256()
    with database.open("rb") as file:
        while piece := file.read(_PIECE):
            found.update(piece)
        about = msgspec.structs.replace(about, size=file.tell(), sha256=found.hexdigest())
        said = msgspec.json.encode(about)
        envelope = wrap(bytes.fromhex(key), bytes.fromhex(keys.database), _purpose(said))
        lines = [_first_line(), said, base64.b64encode(envelope)]
        lines.append(hashlib.sha256(b"\n".join(lines)).hexdigest().encode())
        file.seek(0)
        with _new(path) as out:
            out.write(b"\n".join(lines) + b"\n")
            shutil.copyfileobj(file, out, _PIECE)
            out.flush()
            os.fsync(out.fileno())


def _new(path: Path) -> BufferedWriter:
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600), "wb")


def _opened(path: Path) -> BufferedReader:
    try:
        return open_regular(path)
    except FileNotFoundError:
        raise Refused("backup_missing", path=str(path)) from None
    except (NotRegular, IsADirectoryError):
        raise Refused("backup_foreign", path=str(path)) from None


def _first_line() -> bytes:
    return _FIRST + str(_VERSION).encode()


def _purpose(said: bytes) -> bytes:
    return b"backup " + hashlib.sha256(_first_line() + b"\n" + said).digest()


__all__ = ["About", "Backup", "Unopened", "pack", "read", "unpack"]
