"""The journal's head, kept outside the database: what shows when the database lost its end or is an older one.

A database can check itself only up to where it ends. After each commit the last row's number and hash are written to
`state/head`, under a MAC whose key is not derived from the database's. A head that is ahead of the database says that
entries are missing. The other way round is in order: a program that was killed between the two leaves the head behind.
"""

import contextlib
import os
from datetime import datetime
from pathlib import Path

import msgspec
from msgspec import Struct

from kindertui.data.connection import Connection
from kindertui.data.queries import location, zone_of
from kindertui.domain.verified import HeadCheck


class Missing(Struct, frozen=True):
    """Entries that were written and are not there: the number and hash of the last of them, and the instant (Unix
    seconds) of the last entry before them.
    """

    seq: int
    hash: str
    since: int


class Head(Struct, frozen=True):
    """The last row that was written: its number and hash, of which location and generation.

    `missing` stays with it, whatever is written on, until those entries are back or somebody has taken note.
    """

    location: str
    generation: int
    seq: int
    hash: str
    missing: Missing | None = None


class _Signed(Struct, frozen=True):
    head: str
    mac: str


class HeadFile:
    """The file of one home; `seal` is the key of its MAC, empty where nothing was written since there are seals."""

    def __init__(self, path: Path, seal: bytes) -> None:
        self.path, self._seal = path, seal

    def check(self, db: Connection) -> HeadCheck:
        """Compares a database with the head that was kept."""
        kept = self._read(db)
        if kept is None:
            return HeadCheck(known=False)
        missing = _missing(db, kept)
        if missing is None:
            return HeadCheck(known=True)
        return HeadCheck(True, datetime.fromtimestamp(missing.since, zone_of(location(db))))

    def keep(self, db: Connection) -> None:
        """Keeps the head as it is now, after a commit. What was found missing stays until it was taken note of.

        A head that cannot be written stays behind, which is in order: the entry itself is saved.
        """
        kept = self._read(db)
        self._keep(db, kept.missing if kept else None)

    def begin(self, db: Connection) -> None:
        """Before the first act: keeps what is missing now, which no later comparison would show any more."""
        kept = self._read(db)
        if kept is not None and (missing := _missing(db, kept)) != kept.missing:
            self._keep(db, missing)

    def take_note(self, db: Connection) -> None:
        """Somebody knows that entries are missing: from now on the database counts as it is."""
        self._keep(db, None)

    def generation(self) -> int:
        """The generation of the head that was kept, for whoever has no database to ask; 0 where there is no such head.

        Only one whose MAC is right is believed.
        """
        import hmac

        try:
            found = msgspec.json.decode(self.path.read_bytes(), type=_Signed)
            generation = msgspec.json.decode(found.head, type=Head).generation
        except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
            return 0
        return generation if self._seal and hmac.compare_digest(found.mac, self._mac(found.head)) else 0

    def _keep(self, db: Connection, missing: Missing | None) -> None:
        row = _last(db)
        if row is not None:
            here = location(db)
            with contextlib.suppress(OSError):
                self._write(Head(here.id, here.generation, row[0], row[1], missing))

    def _read(self, db: Connection) -> Head | None:
        """The head that was kept; None where there is none, or one that is not whole or not of this home.

        One that the database agrees with is believed without its MAC, which would bring OpenSSL along.
        """
        try:
            found = msgspec.json.decode(self.path.read_bytes(), type=_Signed)
            head = msgspec.json.decode(found.head, type=Head)
        except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
            return None
        if _missing(db, head) is None:
            return head
        import hmac

        return head if self._seal and hmac.compare_digest(found.mac, self._mac(found.head)) else None

    def _write(self, head: Head) -> None:
        """Whole or not at all. Raises OSError."""
        text = msgspec.json.encode(head).decode()
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        unfinished = self.path.with_name(f"{self.path.name}.{os.getpid()}")
        handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
        try:
            # no fsync: a head that is behind is in order, and it would cost a key as much again as the entry itself
            with os.fdopen(handle, "wb") as file:
                file.write(msgspec.json.encode(_Signed(text, self._mac(text))))
            unfinished.replace(self.path)
        except OSError:
            with contextlib.suppress(OSError):
                unfinished.unlink()
            raise

    def _mac(self, text: str) -> str:
        import hmac

        return hmac.new(self._seal, text.encode(), "sha256").hexdigest()


def _last(db: Connection) -> tuple[int, str, int] | None:
    """Number, hash and instant of the last row; None for an empty journal."""
    row: tuple[int, str, int] | None = db.execute(
        "SELECT seq, hash, at FROM journal ORDER BY seq DESC LIMIT 1"
    ).fetchone()
    return row


def _missing(db: Connection, kept: Head) -> Missing | None:
    """What the database lacks of what was kept; None where it has all."""
    if kept.missing is not None and not _holds(db, kept.missing):
        return kept.missing
    here = location(db)
    if _holds(db, kept) and here.id == kept.location and here.generation >= kept.generation:
        return None
    last = _last(db)
    return Missing(kept.seq, kept.hash, last[2] if last else 0)


def _holds(db: Connection, row: Head | Missing) -> bool:
    found = db.execute("SELECT hash FROM journal WHERE seq = ?", (row.seq,)).fetchone()
    return bool(found == (row.hash,))
