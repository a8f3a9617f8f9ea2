"""The two secrets of an installation: the key of its database, and the seal for what is kept outside the database."""

import fcntl
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct

from kindertui.domain.faults import DatabaseFault
from kindertui.locations import Locations

_HEX = frozenset("0123456789abcdef")
_KEY = 64  # hex digits of a 32-byte secret


class Keys(Struct, frozen=True):
    """`database` is SQLCipher's raw key, 64 hex digits. `seal` is an independent secret of 32 bytes for a MAC; it is
    empty where the file is of before there were seals and nothing was written since.
    """

    database: str
    seal: bytes


def new_keys() -> Keys:
    """Two new random secrets."""
    import secrets  # brings OpenSSL along, which `today` does without

    return Keys(secrets.token_hex(32), secrets.token_bytes(32))


def make_keys(locations: Locations) -> Keys:
    """Writes new keys to the key file, of mode 0600, and returns them; refuses to replace one."""
    keys = new_keys()
    try:
        _write(locations.key, keys)
    except FileExistsError:
        raise DatabaseFault("db_exists", str(locations.key)) from None
    return keys


def read_keys(locations: Locations) -> Keys:
    """The keys of an installation. Refuses a key file that is a link, that others can read, or that holds no key.

    A person may have written it from a printed sheet: spaces, line breaks and capitals are no matter.
    """
    path = locations.key
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    except FileNotFoundError:
        raise DatabaseFault("db_key_missing", str(path)) from None
    except OSError:
        raise DatabaseFault("db_no_access", str(path)) from None
    with os.fdopen(handle, encoding="ascii", errors="replace") as file:
        if stat.S_IMODE(os.fstat(file.fileno()).st_mode) & 0o077:
            raise DatabaseFault("db_key_unsafe", str(path))
        digits = "".join(file.read(1000).split()).lower()
    if len(digits) not in (_KEY, 2 * _KEY) or not _HEX.issuperset(digits):
        raise DatabaseFault("db_key_missing", str(path))
    return Keys(digits[:_KEY], bytes.fromhex(digits[_KEY:]))


def sealed(locations: Locations) -> Keys:
    """`read_keys` for whoever is about to write: a key file without a seal gets one, once, whoever comes first."""
    keys = read_keys(locations)
    if keys.seal:
        return keys
    with alone(locations.data) as folder:
        return sealed_alone(locations, folder)


def sealed_alone(locations: Locations, folder: int) -> Keys:
    """`sealed` for whoever holds the data folder already; `folder` is what `alone` gave."""
    keys = read_keys(locations)
    if not keys.seal:
        keys = Keys(keys.database, new_keys().seal)
        unfinished = locations.key.with_name(locations.key.name + ".new")
        unfinished.unlink(missing_ok=True)
        _write(unfinished, keys)
        unfinished.rename(locations.key)
        os.fsync(folder)
    return keys


@contextmanager
def alone(folder: Path) -> Iterator[int]:
    """Holds the data folder against another program that makes files in it; the lock goes with the process."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield handle
    finally:
        os.close(handle)


def _write(path: Path, keys: Keys) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(f"{keys.database}\n{keys.seal.hex()}\n")
        file.flush()
        os.fsync(file.fileno())
