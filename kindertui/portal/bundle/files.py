"""Writes the file of a bundle so that nobody ever sees half of it: .part, fsync, rename, fsync of the folder."""

import errno
import fcntl
import hashlib
import json
import os
import re
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from kindertui.domain.faults import Refused
from kindertui.files import sync
from kindertui.portal.bundle.format import MANIFEST, SCHEMAS, schema_bytes

_OURS = re.compile(r"[0-9a-f]{8}_[0-9]{8}T[0-9]{6}Z_[0-9]+(_receipts)?\.zip\.part")
_WHEN = (1980, 1, 1, 0, 0, 0)  # the entries of the zip carry no times of their own


class Unfinished:
    """A bundle while it is being written in `folder`; `finish` gives it its final name, leaving the block sweeps it.

    Raises Refused `out_not_folder`, `out_no_access`, `out_full`, `out_exists` (path).
    """

    def __init__(self, folder: Path, name: str) -> None:
        self.path = folder / name
        self.part = folder / f"{name}.part"
        self.entries: dict[str, dict[str, Any]] = {}
        self._finished = False

    def __enter__(self) -> "Unfinished":
        with refused_io(self.path.parent):
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            sweep(self.path.parent)
            handle = os.open(self.part, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
        self._file = os.fdopen(handle, "w+b")
        # a lock tells a bundle that is being written from one whose writer died
        fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        self._zip = zipfile.ZipFile(self._file, "w", zipfile.ZIP_DEFLATED, compresslevel=6)
        return self

    def __exit__(self, *exc: object) -> None:
        if not self._finished:
            with suppress(OSError):
                self.part.unlink()
        for open_still in (self._zip, self._file):
            with suppress(OSError, ValueError):
                open_still.close()

    def add(self, name: str, pieces: Iterable[bytes], count: int | None = None) -> None:
        """One file of the bundle from its pieces; `count` is what the manifest says of it, its lines by default."""
        sha, size, lines = hashlib.sha256(), 0, 0
        with refused_io(self.path.parent), self._zip.open(_info(name), "w", force_zip64=True) as entry:
            for piece in pieces:
                entry.write(piece)
                sha.update(piece)
                size += len(piece)
                lines += piece.count(b"\n")
        self.entries[name] = {"sha256": sha.hexdigest(), "bytes": size, "count": lines if count is None else count}

    def close(self, manifest: dict[str, Any]) -> str:
        """Writes the schemas and the manifest with every file's digest, makes it durable and gives back its SHA-256."""
        for name in SCHEMAS:
            self.add(f"schema/{name}", (schema_bytes(name),))
        body = json.dumps({**manifest, "files": self.entries}, ensure_ascii=False, indent=1).encode() + b"\n"
        with refused_io(self.path.parent):
            self._zip.writestr(_info(MANIFEST), body)
            self._zip.close()
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.seek(0)
            return hashlib.file_digest(self._file, "sha256").hexdigest()

    def finish(self) -> None:
        """From here on it is there, whole."""
        with refused_io(self.path.parent):
            if os.path.lexists(self.path):
                raise Refused("out_exists", path=str(self.path))
            self.part.rename(self.path)
            self._finished = True
            sync(self.path.parent)

    def withdraw(self) -> None:
        """Takes the file away again, under whichever name it has: it was not booked."""
        (self.path if self._finished else self.part).unlink()


def sweep(folder: Path) -> int:
    """Removes what a writer that died left in `folder`, and nothing else; gives back how many."""
    removed = 0
    for path in folder.glob("*.part"):
        if not _OURS.fullmatch(path.name) or path.is_symlink():
            continue
        with suppress(OSError), path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)  # still being written: BlockingIOError
            path.unlink()
            removed += 1
    return removed


@contextmanager
def refused_io(folder: Path) -> Iterator[None]:
    """Turns what a folder cannot do into Refused with the folder's path."""
    try:
        yield
    except OSError as error:
        rule = "out_no_access"
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            rule = "out_full"
        elif isinstance(error, FileExistsError):
            rule = "out_exists" if folder.is_dir() else "out_not_folder"
        elif isinstance(error, NotADirectoryError):
            rule = "out_not_folder"
        raise Refused(rule, path=str(folder)) from None


def _info(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _WHEN)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    return info
