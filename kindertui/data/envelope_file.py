"""The file of the location's envelopes: one line of JSON and one with its SHA-256, so that a cut file is known for one.

It is no secret: whoever has it needs a way in. It is closed to others all the same.
"""

import contextlib
import hashlib
import os
from pathlib import Path

import msgspec
from msgspec import Struct

from kindertui.domain.faults import DatabaseFault, fault_of_file


class Envelopes(Struct, frozen=True):
    """The location's keys, wrapped once per way in; empty where there is no such way.

    `recovery` is under the recovery key. An installation of before has none: its printed sheet is the database's key
    itself. `keyring` is under the secret that the system's keyring keeps under `keyring_name`.
    """

    recovery: bytes = b""
    keyring: bytes = b""
    keyring_name: str = ""


def read(path: Path) -> Envelopes:
    """What the file holds, and no envelopes where there is no file. Raises DatabaseFault("db_keys_damaged")."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except FileNotFoundError:
        return Envelopes()
    except OSError:
        raise DatabaseFault("db_no_access", str(path)) from None
    try:
        with os.fdopen(handle, "rb") as file:
            body, _, told = file.read(10_000).partition(b"\n")
    except OSError as error:
        raise fault_of_file(error, str(path)) from None
    try:
        if told.strip() != _sum(body):
            raise ValueError("cut or altered")
        return msgspec.json.decode(body, type=Envelopes)
    except ValueError:  # also msgspec's own errors
        raise DatabaseFault("db_keys_damaged", str(path)) from None


def write(path: Path, envelopes: Envelopes, folder: int) -> None:
    """Replaces the file whole or not at all; `folder` is a handle of its folder. Raises DatabaseFault."""
    body = msgspec.json.encode(envelopes)
    replace(path, body + b"\n" + _sum(body) + b"\n", folder)


def replace(path: Path, content: bytes, folder: int) -> None:
    """Puts a private file in a path's place, whole or not at all, kill or no kill. Raises DatabaseFault."""
    unfinished = path.with_name(path.name + ".new")
    try:
        unfinished.unlink(missing_ok=True)
        handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.rename(path)
        os.fsync(folder)
    except BaseException as error:
        with contextlib.suppress(OSError):  # what is left there is in nobody's way
            unfinished.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise fault_of_file(error, str(path)) from None
        raise


def remove(path: Path, folder: int) -> None:
    """Takes a file away, if it is there, for good. Raises DatabaseFault."""
    try:
        path.unlink(missing_ok=True)
        os.fsync(folder)
    except OSError as error:
        raise fault_of_file(error, str(path)) from None


def _sum(body: bytes) -> bytes:
    return hashlib.sha256(body).hexdigest().encode()
