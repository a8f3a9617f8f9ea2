"""The ways in to the location's keys, each put in force whole or not at all: the system's keyring or the key file, and
beside them the recovery key.

A new way stands on the disk before the old one is taken away, so that a kill between leaves both. Whoever changes
anything holds the data folder (`keys.alone`).
"""

import contextlib
import hashlib
import secrets
from typing import Literal

from msgspec import Struct

from kindertui.data import envelope_file, keyrings
from kindertui.data.connection import connect, look_at
from kindertui.data.envelope_file import Envelopes
from kindertui.data.envelopes import Unopened, unwrap, wrap
from kindertui.data.folder import check_folder
from kindertui.data.keys import HEX, KEY, KEYRING, Keys, alone, new_keys, read_keys, sealed_alone, write_keys
from kindertui.domain import recovery
from kindertui.domain.faults import DatabaseFault, Refused
from kindertui.locations import Locations

Way = Literal["keyring", "file"]
RECOVERY = b"recovery"  # the purpose of that envelope


class InForce(Struct, frozen=True):
    """`way` opens the location every day; None where none does. `own_recovery`: the recovery key has an envelope; else
    its sheet is the database's key, as it was printed before there were envelopes.
    """

    way: Way | None
    own_recovery: bool


def in_force(locations: Locations) -> InForce:
    """Raises DatabaseFault for a file of envelopes that is damaged."""
    found = envelope_file.read(locations.envelopes)
    way: Way | None = "file" if locations.key.exists() else "keyring" if found.keyring else None
    return InForce(way, bool(found.recovery))


def recovery_envelope(locations: Locations) -> bytes:
    """The keys under the recovery key, for a copy to carry; empty for an installation of before: see InForce."""
    return envelope_file.read(locations.envelopes).recovery


def recovery_wrapped(keys: Keys, key: bytes) -> bytes:
    """The envelope with the keys under a recovery key."""
    return wrap(keys.packed(), key, RECOVERY)


def of_sheet(typed: str) -> Keys | None:
    """The keys that a sheet of before has, its 64 hex digits, without a seal; None for anything else. Whether they are
    right only the database can tell.
    """
    digits = "".join(typed.split()).lower()
    return Keys(digits, b"") if len(digits) == KEY and HEX.issuperset(digits) else None


def recovered(envelope: bytes, typed: str) -> Keys:
    """The keys for a recovery key as somebody typed it, `of_sheet` or by their envelope.

    Raises Refused: `recovery_group` or `recovery_long` for one that is mistyped, `recovery_wrong` for one that is whole
    and of something else.
    """
    if (printed := of_sheet(typed)) is not None:
        return printed
    try:
        return Keys.unpacked(unwrap(envelope, recovery.read(typed), RECOVERY))
    except recovery.Mistyped as mistyped:
        rule = "recovery_group" if mistyped.group else "recovery_long"
        raise Refused(rule, group=str(mistyped.group)) from None
    except Unopened:
        raise Refused("recovery_wrong") from None


def put_in_force(locations: Locations, folder: int, keys: Keys, envelope: bytes, way: Way | None = None) -> Way:
    """Makes `way` the one that opens the location on this machine, and `envelope` that of its recovery key.

    Without a `way` it is the keyring where there is one that answers at once, else the key file. Gives the way.
    Raises DatabaseFault when the keyring was asked for and does not do it.
    """
    before = _envelopes_or_none(locations)
    if way != "file":
        try:
            _by_keyring(locations, folder, keys, envelope, patient=way is not None)
        except DatabaseFault:
            if way:
                raise
            way = "file"
    if way == "file":
        write_keys(locations, keys, folder)
        if envelope or locations.envelopes.exists():
            envelope_file.write(locations.envelopes, Envelopes(envelope), folder)
    _forget(locations, before.keyring_name)
    return way or "keyring"


def _by_keyring(locations: Locations, folder: int, keys: Keys, envelope: bytes, *, patient: bool) -> None:
    name, secret = f"{secrets.token_hex(8)}-{_mark(locations)}", secrets.token_bytes(32)
    keyrings.put(name, secret, patient=patient)
    made = Envelopes(envelope, wrap(keys.packed(), secret, KEYRING), name)
    envelope_file.write(locations.envelopes, made, folder)
    envelope_file.remove(locations.key, folder)


def move(locations: Locations, way: Way) -> None:
    """Has the location opened by another way from now on; the recovery key stays. Raises DatabaseFault."""
    look_at(locations.database)
    with alone(locations.data) as folder:
        keys = sealed_alone(locations, folder)
        put_in_force(locations, folder, keys, recovery_envelope(locations), way)


def renew(locations: Locations, key: bytes) -> None:
    """Puts a new recovery key in the place of the one before, which opens copies of before and nothing else any more.

    A sheet of 64 digits goes on opening the location: it is the database's key. Raises DatabaseFault.
    """
    look_at(locations.database)
    with alone(locations.data) as folder:
        keys = sealed_alone(locations, folder)
        before = _envelopes_or_none(locations)
        made = Envelopes(recovery_wrapped(keys, key), before.keyring, before.keyring_name)
        envelope_file.write(locations.envelopes, made, folder)


def recover(locations: Locations, typed: str, way: Way | None = None) -> Way:
    """Puts a way in force by the recovery key, and gives it. Nothing is touched before the key has opened something.

    Raises Refused as `recovered` does, and DatabaseFault.
    """
    check_folder(locations)
    if not locations.envelopes.exists():
        look_at(locations.database)
    with alone(locations.data) as folder:
        printed = of_sheet(typed)
        found = envelope_file.read(locations.envelopes) if printed is None else _envelopes_or_none(locations)
        keys = printed or recovered(found.recovery, typed)
        if printed or locations.database.exists():  # the envelope of a try that was killed has proved its key
            _check_opens(locations, keys)
        return put_in_force(locations, folder, _with_seal(locations, keys), found.recovery, way)


def _check_opens(locations: Locations, keys: Keys) -> None:
    try:
        connect(locations.database, keys.database, read_only=True, older=True).close()
    except DatabaseFault as fault:
        if fault.rule == "db_damaged" and not keys.seal:  # 64 digits have no other proof
            raise Refused("recovery_wrong") from None
        raise


def _with_seal(locations: Locations, keys: Keys) -> Keys:
    """Keys from a sheet of 64 digits with the seal of the way that is still there, else with a new one."""
    if keys.seal:
        return keys
    with contextlib.suppress(DatabaseFault):  # what cannot be read is what is being recovered
        found = read_keys(locations)
        if found.database == keys.database and found.seal:
            return found
    return Keys(keys.database, new_keys().seal)


def remove(locations: Locations, folder: int) -> None:
    """Takes every way in away: of a location that was not made after all."""
    before = _envelopes_or_none(locations)
    for path in (locations.key, locations.envelopes):
        envelope_file.remove(path, folder)
    _forget(locations, before.keyring_name)


def _forget(locations: Locations, name: str) -> None:
    if name.endswith(_mark(locations)):  # a copy of a home leaves alone what the home goes on needing
        with contextlib.suppress(DatabaseFault):  # what a keyring keeps of an envelope that is gone opens nothing
            keyrings.forget(name)


def _mark(locations: Locations) -> str:
    """Which folder an entry of the keyring was made for; it does not tell the path."""
    return hashlib.sha256(str(locations.data.resolve()).encode()).hexdigest()[:8]


def _envelopes_or_none(locations: Locations) -> Envelopes:
    """For whoever can do without them: no envelopes where their file is damaged."""
    try:
        return envelope_file.read(locations.envelopes)
    except DatabaseFault as fault:
        if fault.rule != "db_keys_damaged":
            raise
        return Envelopes()
