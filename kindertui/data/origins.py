"""Origins: each installation that writes has its own chain in the journal, and begins a new one when it moves.

A restore, and a home that comes to another machine, begin a new origin and raise the location's generation. From then
on revisions count from a number that no earlier generation gave out, so that what left once under (id, rev) never
leaves again with other content.
"""

import secrets
import sys
from pathlib import Path
from uuid import uuid4

from msgspec import Struct

from kindertui.data import models
from kindertui.data.act import Tx
from kindertui.data.connection import Connection
from kindertui.data.journal import digest
from kindertui.data.queries import location
from kindertui.domain.faults import DatabaseFault

# Linux: systemd's, and that of D-Bus where there is no systemd. It must not be kept itself, only hashed: machine-id(5).
_MACHINE_IDS = (Path("/etc/machine-id"), Path("/var/lib/dbus/machine-id"))
_REVS = 1_000_000  # revisions of one record in a generation: no record is changed as often by hand
# Generations lie up to so far apart: two machines that restore one copy, or two copies of one home, do not know of each
# other, and must not begin the same one.
_APART = 1_000_000


class Origin(Struct, frozen=True):
    """An installation, the location's generation when it began, and what its machine is known by ("": not known)."""

    id: str
    generation: int
    machine: str

    @property
    def revs_from(self) -> int:
        """Revisions made by this origin are higher than this."""
        return (self.generation - 1) * _REVS


def here(db: Connection) -> Origin:
    """The origin that writes in this file. Raises DatabaseFault `db_damaged` where there is none."""
    row = db.execute("SELECT id, generation, machine FROM origin WHERE here").fetchone()
    if row is None:
        raise DatabaseFault("db_damaged")
    return Origin(*row)


def machine() -> str:
    """What this machine is known by, hashed; empty where the system has no such id, or none that can be read."""
    found = _machine_id()
    return digest("kindertui\n", found)[:32] if found else ""


def settle(tx: Tx) -> None:
    """Says which machine the origin writes on; one that came from another machine ends, and a new one begins."""
    now, known = machine(), here(tx.connection)
    if now and not known.machine:
        tx.connection.execute("UPDATE origin SET machine = ? WHERE here", (now,))
    elif now and known.machine != now:
        begin(tx)


def unsettled(db: Connection) -> bool:
    """Whether `settle` has something to do."""
    return machine() not in ("", here(db).machine)


def begin(tx: Tx, *, above: int = 0) -> Origin:
    """Begins a new origin and raises the location's generation, also above `above`, one that was seen elsewhere.

    By how much is left to chance, see _APART.
    """
    record = tx.get(models.Location, location(tx.connection).id)
    assert record is not None
    new = Origin(str(uuid4()), max(record.generation, above) + 1 + secrets.randbelow(_APART), machine())
    tx.connection.execute("UPDATE origin SET here = 0")
    tx.connection.execute(
        "INSERT INTO origin (id, generation, machine, here) VALUES (?, ?, ?, 1)", (new.id, new.generation, new.machine)
    )
    tx.write_as(new.id, new.revs_from)
    tx.change(record, generation=new.generation)
    return new


def _machine_id() -> str:
    if sys.platform == "win32":
        import winreg  # the system's own

        try:
            with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, r"SOFTWARE\Microsoft\Cryptography") as key:
                return str(winreg.QueryValueEx(key, "MachineGuid")[0])
        except OSError:
            return ""
    for path in _MACHINE_IDS:
        try:
            if found := path.read_text(encoding="ascii").strip():
                return found
        except (OSError, UnicodeDecodeError):
            continue
    return ""
