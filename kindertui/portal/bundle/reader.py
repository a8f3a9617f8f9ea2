"""Opens a bundle from outside within limits. Nothing is unpacked to the disk, and no name in it is trusted."""

import hashlib
import os
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path
from typing import Any

from kindertui.files import open_regular
from kindertui.portal.bundle import format
from kindertui.portal.bundle.format import MANIFEST, BundleProblem, error_place, refusal
from kindertui.portal.bundle.strict import NotTaken, read_object

_NAME = re.compile(r"[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*(/[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*)*")
_PIECE = 65_536
# What the standard library raises for a zip that is not right.
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    NotImplementedError,
    ValueError,
    RuntimeError,
)


class WholeFile:
    """A file read through one descriptor, which must stay what it was when it was opened."""

    def __init__(self, path: Path, stream: BufferedReader) -> None:
        self.path, self.stream = path, stream
        self._was = self._now()

    def check(self) -> None:
        """Raises BundleRefused when somebody wrote to the file since it was opened."""
        if self._now() != self._was:
            raise refusal(self.path.name, "file_changing")

    def _now(self) -> tuple[int, int]:
        found = os.fstat(self.stream.fileno())
        return found.st_size, found.st_mtime_ns


class OpenBundle:
    """An open bundle: its manifest, and its files as streams."""

    def __init__(self, file: WholeFile, archive: zipfile.ZipFile, manifest: dict[str, Any]) -> None:
        self.file = file
        self.archive = archive
        self.manifest = manifest
        self.names = [info.filename for info in archive.infolist() if info.filename != MANIFEST]

    def lines(self, name: str) -> Iterator[tuple[int, bytes]]:
        """The lines of one file with their numbers from 1, without their newlines. Too long ones come cut."""
        with self.archive.open(name) as file:
            yield from lines_of(file)
        self.file.check()

    def differs(self) -> tuple[BundleProblem, ...]:
        """Where the files are not the ones the manifest lists, byte for byte."""
        listed: dict[str, dict[str, Any]] = self.manifest["files"]
        found = [BundleProblem(name, None, "file_not_listed") for name in self.names if name not in listed]
        for name, said in listed.items():
            if name not in self.names:
                found.append(BundleProblem(name, None, "file_missing"))
                continue
            sha, size, lines = hashlib.sha256(), 0, 0
            try:
                with self.archive.open(name) as file:
                    while piece := file.read(_PIECE):
                        sha.update(piece)
                        size += len(piece)
                        lines += piece.count(b"\n")
            except BROKEN:
                found.append(BundleProblem(name, None, "file_changed"))
                continue
            if sha.hexdigest() != said["sha256"] or size != said["bytes"]:
                found.append(BundleProblem(name, None, "file_changed"))
            elif name.endswith(".jsonl") and lines != said["count"]:
                found.append(BundleProblem(name, None, "file_count", {"said": str(said["count"]), "found": str(lines)}))
        return tuple(found)


@contextmanager
def open_bundle(path: Path) -> Iterator[OpenBundle]:
    """The bundle in a file; raises BundleRefused for what is no whole bundle, before a record of it is read."""
    with whole_file(path) as file:
        try:
            archive = zipfile.ZipFile(file.stream)
        except BROKEN:
            raise refusal(path.name, "zip_damaged") from None
        with archive:
            _check_entries(archive, path.name)
            yield OpenBundle(file, archive, _manifest(archive))


@contextmanager
def whole_file(path: Path) -> Iterator[WholeFile]:
    """A file read through one descriptor that must not change meanwhile; raises BundleRefused."""
    if path.name.endswith((".part", ".tmp", ".crdownload")):
        raise refusal(path.name, "file_half_written")
    try:
        stream = open_regular(path)
    except (FileNotFoundError, NotADirectoryError):
        raise refusal(path.name, "file_not_there") from None
    except OSError:
        raise refusal(path.name, "file_no_access") from None
    with stream:
        if not os.fstat(stream.fileno()).st_size:
            raise refusal(path.name, "file_half_written")
        file = WholeFile(path, stream)
        yield file
        file.check()


def lines_of(file: Any) -> Iterator[tuple[int, bytes]]:
    """Lines with their numbers. One longer than the limit comes cut to just over it, so that it can be refused."""
    number = 0
    while raw := file.readline(format.LINE_BYTES + 2):
        number += 1
        rest = raw
        while not rest.endswith(b"\n") and (rest := file.readline(_PIECE)):
            pass
        yield number, raw.removesuffix(b"\n")


def _check_entries(archive: zipfile.ZipFile, name: str) -> None:
    """Refuses an archive over the limits, or with entries that no bundle has."""
    entries = archive.infolist()
    if len(entries) > format.FILES:
        raise refusal(name, "zip_too_many_files", limit=str(format.FILES))
    if len({entry.filename for entry in entries}) != len(entries):
        raise refusal(name, "zip_name_twice")
    # zipfile never reads more of an entry than the size it declares, so the declared sizes can be added up
    if sum(entry.file_size for entry in entries) > format.BYTES:
        raise refusal(name, "zip_too_big", limit=str(format.BYTES // 1024**2))
    for entry in entries:
        if not _NAME.fullmatch(entry.filename):
            raise refusal(name, "zip_bad_name")
        if stat.S_ISLNK(entry.external_attr >> 16):
            raise refusal(name, "zip_link")
        if entry.flag_bits & 0x1:
            raise refusal(name, "zip_locked")
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise refusal(name, "zip_damaged")
        if entry.file_size > format.RATIO_FROM and entry.file_size > format.RATIO * max(entry.compress_size, 1):
            raise refusal(name, "zip_bomb")


def _manifest(archive: zipfile.ZipFile) -> dict[str, Any]:
    if MANIFEST not in archive.namelist():
        raise refusal(MANIFEST, "manifest_missing")
    if archive.getinfo(MANIFEST).file_size > format.MANIFEST_BYTES:
        raise refusal(MANIFEST, "manifest_invalid", where="-")
    try:
        manifest = read_object(archive.read(MANIFEST), limit=format.MANIFEST_BYTES)
    except NotTaken as problem:
        raise refusal(MANIFEST, problem.rule, None, **problem.args_) from None
    except BROKEN:
        raise refusal(MANIFEST, "file_changed") from None
    if manifest.get("spec") != format.SPEC:
        raise refusal(MANIFEST, "spec_unknown", found=str(manifest.get("spec"))[:20])
    error = next(iter(format.validator("manifest.schema.json").iter_errors(manifest)), None)
    if error is not None:
        raise refusal(MANIFEST, "manifest_invalid", where=error_place(error))
    return manifest
