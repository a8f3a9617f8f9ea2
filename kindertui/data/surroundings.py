"""What the system says about the place where the files are: whose they are, and what disk they are on."""

import contextlib
import os
import stat
import subprocess
import sys
from pathlib import Path

from msgspec import Struct

from kindertui.domain.doctor import Finding
from kindertui.locations import Locations

_ENCRYPTING = frozenset({"ecryptfs", "fuse.gocryptfs", "fuse.encfs", "fuse.cryfs"})
# SQLite's WAL needs shared memory and locks, which these do not have (sqlite.org/wal.html)
_NETWORK = frozenset({
    "nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "fuse.sshfs", "fuse.rclone", "fuse.glusterfs",
})  # fmt: skip


class Mount(Struct, frozen=True):
    """A line of /proc/self/mountinfo (proc(5)): where, the kind of file system, and what is mounted."""

    point: str
    kind: str
    source: str


def owner_and_rights(locations: Locations) -> list[Finding]:
    """A finding for each kind of trouble with the folders and the files in them, or one that all is in order."""
    found: dict[str, list[str]] = {}
    for folder in dict.fromkeys((locations.data, locations.config, locations.state)):
        if folder.exists():  # a folder may well be a link to another disk
            found.setdefault(_trouble(folder.stat()), []).append(str(folder))
    for path in sorted(locations.data.iterdir()):
        with contextlib.suppress(FileNotFoundError):  # gone since it was listed, as a WAL is
            found.setdefault(_trouble(path.lstat()), []).append(str(path))
    troubles = [(rule, paths) for rule, paths in found.items() if rule]
    findings = [Finding(rule, "wrong", {"path": paths[0], "count": str(len(paths) - 1)}) for rule, paths in troubles]
    return findings or [Finding("folder_private", "ok", {"path": str(locations.data)})]


def _trouble(found: os.stat_result) -> str:
    if stat.S_ISLNK(found.st_mode):
        return "folder_link"
    if found.st_uid != os.geteuid():
        return "folder_owner"
    return "folder_open" if stat.S_IMODE(found.st_mode) & 0o077 else ""


def mount_of(path: Path, mounts: str) -> Mount | None:
    """What a path is on, by the text of mountinfo; None where that does not say."""
    best: Mount | None = None
    for line in mounts.splitlines():
        before, _, after = line.partition(" - ")
        fields, rest = before.split(), after.split()
        if len(fields) < 5 or len(rest) < 2:
            continue
        point = _plain(fields[4])
        # a later one at the same point lies over the one before
        if path.is_relative_to(point) and (best is None or len(point) >= len(best.point)):
            best = Mount(point, rest[0], _plain(rest[1]))
    return best


def _plain(text: str) -> str:
    for code, character in ((r"\040", " "), (r"\011", "\t"), (r"\012", "\n"), (r"\134", "\\")):
        text = text.replace(code, character)
    return text


def mount(path: Path) -> Mount | None:
    """What a path is on; None where the system does not say."""
    try:
        return mount_of(path.resolve(), Path("/proc/self/mountinfo").read_text(errors="replace"))
    except OSError:
        return None


def on_network(found: Mount | None) -> bool:
    """Is it a drive on which SQLite may break the database?"""
    return found is not None and found.kind in _NETWORK


def encrypted(path: Path, found: Mount | None, devices: Path = Path("/sys/dev/block")) -> bool | None:
    """Does the system encrypt the disk that holds a path? None where it cannot be told.

    False means as far as this system sees: a drive that encrypts by itself, or the disk of a virtual machine on one
    that is encrypted, looks plain from here.
    """
    if sys.platform == "darwin":
        return _file_vault()
    if found is None:
        return None
    if found.kind in _ENCRYPTING:
        return True
    try:
        number = os.stat(found.source).st_rdev if found.source.startswith("/dev/") else path.stat().st_dev  # noqa: PTH116
        node = devices / f"{os.major(number)}:{os.minor(number)}"
        return _is_encrypted(node) if node.exists() else None
    except OSError:
        return None


def _is_encrypted(device: Path) -> bool | None:
    """dm-crypt says so in its uuid; what lies on several devices is encrypted when all of them are."""
    if (device / "loop").exists():
        return None  # a file, on whatever disk
    uuid = device / "dm" / "uuid"
    if uuid.exists() and uuid.read_text().startswith("CRYPT-"):
        return True
    below = [_is_encrypted(one) for one in (device / "slaves").iterdir()] if (device / "slaves").exists() else []
    if None in below:
        return None
    return bool(below) and all(below)


def _file_vault() -> bool | None:
    try:
        told = subprocess.run(["/usr/bin/fdesetup", "status"], capture_output=True, text=True, timeout=5, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return "FileVault is On" in told.stdout if "FileVault is" in told.stdout else None
