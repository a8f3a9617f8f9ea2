"""The two secrets of an installation: the key of its database, and the seal for what is kept outside the database.

They are in the key file, or in an envelope that opens with what the system's keyring keeps; ways_in.py puts the one or
the other in force. Everybody reads them here.
"""

import fcntl
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct

from kindertui.data.folder import check_folder
from kindertui.domain.faults import DatabaseFault, fault_of_file
from kindertui.locations import Locations

HEX = frozenset("0123456789abcdef")
KEY = 64  # hex digits of a 32-byte secret
KEYRING = b"keyring"  # the purpose of that envelope


class Keys(Struct, frozen=True):
    """`database` is SQLCipher's raw key, 64 hex digits. `seal` is an independent secret of 32 bytes for a MAC; it is
    empty where the file is of before there were seals and nothing was written since.
    """

    database: str
    seal: bytes

    def packed(self) -> bytes:
        """Both as an envelope holds them."""
        return bytes.fromhex(self.database) + self.seal

    @staticmethod
    def unpacked(secret: bytes) -> "Keys":
        return Keys(secret[:32].hex(), secret[32:])


def new_keys() -> Keys:
    """Two new random secrets."""
    import secrets  # brings OpenSSL along, which `today` does without

    return Keys(secrets.token_hex(32), secrets.token_bytes(32))


def read_keys(locations: Locations) -> Keys:
    """The keys of an installation, by the key file, else by the system's keyring.

    Raises DatabaseFault. A key file that is a link, that others can read, or that holds no key is refused. A person may
    have written it from a printed sheet: spaces, line breaks and capitals are no matter.
    """
    check_folder(locations)  # whoever can put files there can put a key there that is theirs
    path = locations.key
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except FileNotFoundError:
        return _by_keyring(locations)
    except OSError:
        raise DatabaseFault("db_no_access", str(path)) from None
    try:
        with os.fdopen(handle, encoding="ascii", errors="replace") as file:
            if stat.S_IMODE(os.fstat(file.fileno()).st_mode) & 0o077:
                raise DatabaseFault("db_key_unsafe", str(path))
            digits = "".join(file.read(1000).split()).lower()
    except OSError as error:
        raise fault_of_file(error, str(path)) from None
    if len(digits) not in (KEY, 2 * KEY) or not HEX.issuperset(digits):
        raise DatabaseFault("db_key_missing", str(path))
    return Keys(digits[:KEY], bytes.fromhex(digits[KEY:]))


def _by_keyring(locations: Locations) -> Keys:
    missing = DatabaseFault("db_key_missing", str(locations.key))
    if not locations.envelopes.exists():
        raise missing
    from kindertui.data import envelope_file, keyrings  # nobody else has to load what opens envelopes
    from kindertui.data.envelopes import Unopened, unwrap

    found = envelope_file.read(locations.envelopes)
    if not found.keyring:
        raise missing
    secret = keyrings.get(found.keyring_name)
    try:
        return Keys.unpacked(unwrap(found.keyring, secret, KEYRING))
    except Unopened:
        raise DatabaseFault("db_keyring_empty") from None


def sealed(locations: Locations, keys: Keys | None = None) -> Keys:
    """The keys (`keys`, where they were read before) for whoever is about to write: a key file without a seal gets one,
    once, whoever comes first.
    """
    keys = keys or read_keys(locations)
    if keys.seal:
        return keys
    with alone(locations.data) as folder:
        return sealed_alone(locations, folder)


def sealed_alone(locations: Locations, folder: int) -> Keys:
    """What `read_keys` gives, sealed, for whoever holds the data folder already; `folder` is what `alone` gave."""
    keys = read_keys(locations)
    if not keys.seal:
        keys = Keys(keys.database, new_keys().seal)
        write_keys(locations, keys, folder)
    return keys


def write_keys(locations: Locations, keys: Keys, folder: int) -> None:
    """Puts keys into the key file, whole or not at all; `folder` is what `alone` gave. Raises DatabaseFault."""
    from kindertui.data.envelope_file import replace

    replace(locations.key, f"{keys.database}\n{keys.seal.hex()}\n".encode(), folder)


@contextmanager
def alone(folder: Path) -> Iterator[int]:
    """Holds the data folder against another program that makes files in it; the lock goes with the process."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield handle
    finally:
        os.close(handle)
