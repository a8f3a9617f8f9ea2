"""What the system says about the folder: whose it is, what it is on, and whether that is encrypted."""

import os
import sys
from pathlib import Path

import pytest

from kindertui.data.surroundings import Mount, encrypted, mount, mount_of, on_network, owner_and_rights
from kindertui.locations import Locations

MOUNTS = r"""
22 27 0:21 / /proc rw,relatime - proc proc rw
27 1 254:0 / / rw,relatime shared:1 - ext4 /dev/mapper/vg-root rw
28 27 0:40 / /home/ina\040b rw,relatime shared:2 master:7 - nfs4 server:/export/home rw
29 27 0:41 / /home/ina rw - tmpfs tmpfs rw
30 27 254:3 / /home/ina rw - ext4 /dev/sda\0401 rw
31 27 0:50 / /srv rw - fuse.sshfs ina@server: rw
half a line
"""


@pytest.mark.parametrize(
    ("path", "kind", "source"),
    [
        ("/var/x", "ext4", "/dev/mapper/vg-root"),
        ("/home/ina b/kindertui", "nfs4", "server:/export/home"),
        ("/home/ina/kindertui", "ext4", "/dev/sda 1"),
        ("/home/inabel", "ext4", "/dev/mapper/vg-root"),
        ("/srv", "fuse.sshfs", "ina@server:"),
    ],
)
def test_the_innermost_and_last_mount_counts(path: str, kind: str, source: str) -> None:
    found = mount_of(Path(path), MOUNTS)
    assert found is not None
    assert (found.kind, found.source) == (kind, source)
    assert on_network(found) == (kind in ("nfs4", "fuse.sshfs"))


@pytest.mark.parametrize("kind", ["nfs", "nfs4", "cifs", "smb3", "9p", "fuse.sshfs", "fuse.rclone"])
def test_a_network_drive_is_known(kind: str) -> None:
    assert on_network(Mount("/", kind, "x"))


@pytest.mark.parametrize("kind", ["ext4", "btrfs", "xfs", "zfs", "tmpfs", "overlay", "fuseblk"])
def test_a_disk_of_this_computer_is_none(kind: str) -> None:
    assert not on_network(Mount("/", kind, "x"))
    assert not on_network(None)


def test_where_the_system_says_nothing_nothing_is_known(tmp_path: Path) -> None:
    assert mount_of(Path("/x"), "") is None
    assert encrypted(tmp_path, None) is None


def test_the_real_folder_is_on_something(tmp_path: Path) -> None:
    if not Path("/proc/self/mountinfo").exists():
        pytest.skip("not Linux")
    found = mount(tmp_path)
    assert found is not None and tmp_path.resolve().is_relative_to(found.point)
    assert encrypted(tmp_path, found) in (True, False, None)


# Block devices as /sys/dev/block shows them.


@pytest.fixture
def devices(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "platform", "linux")
    folder = tmp_path / "block"
    folder.mkdir()
    return folder


def device(at: Path, uuid: str = "", *below: Path) -> Path:
    at.mkdir(parents=True)
    (at / "slaves").mkdir()
    if uuid:
        (at / "dm").mkdir()
        (at / "dm" / "uuid").write_text(uuid + "\n")
    for one in below:
        (at / "slaves" / one.name).symlink_to(one)
    return at


def answer(folder: Path, devices: Path) -> bool | None:
    """For the device the folder is really on, whatever stands for it under `devices`."""
    return encrypted(folder, Mount("/", "ext4", "none"), devices)


def node(folder: Path, devices: Path) -> Path:
    number = folder.stat().st_dev
    return devices / f"{os.major(number)}:{os.minor(number)}"


def test_a_disk_under_luks_is_encrypted(tmp_path: Path, devices: Path) -> None:
    device(node(tmp_path, devices), "CRYPT-LUKS2-0123-luks", device(tmp_path / "sda2"))
    assert answer(tmp_path, devices) is True


def test_a_volume_on_an_encrypted_disk_is_encrypted(tmp_path: Path, devices: Path) -> None:
    crypt = device(tmp_path / "dm-0", "CRYPT-LUKS2-0123-luks", device(tmp_path / "sda2"))
    device(node(tmp_path, devices), "LVM-abc", crypt)
    assert answer(tmp_path, devices) is True


def test_a_volume_that_is_half_on_a_plain_disk_is_not(tmp_path: Path, devices: Path) -> None:
    crypt = device(tmp_path / "dm-0", "CRYPT-LUKS2-0123-luks")
    device(node(tmp_path, devices), "LVM-abc", crypt, device(tmp_path / "sdb1"))
    assert answer(tmp_path, devices) is False


def test_a_plain_partition_is_not_encrypted(tmp_path: Path, devices: Path) -> None:
    node(tmp_path, devices).mkdir()  # a partition has no list of what is below it
    assert answer(tmp_path, devices) is False


def test_a_file_as_a_disk_tells_nothing(tmp_path: Path, devices: Path) -> None:
    loop = device(tmp_path / "loop0")
    (loop / "loop").mkdir()
    device(node(tmp_path, devices), "LVM-abc", loop)
    assert answer(tmp_path, devices) is None


def test_a_device_nobody_knows_tells_nothing(tmp_path: Path, devices: Path) -> None:
    assert answer(tmp_path, devices) is None
    assert encrypted(tmp_path, Mount("/", "zfs", "/dev/does-not-exist"), devices) is None


@pytest.mark.parametrize("kind", ["ecryptfs", "fuse.gocryptfs", "fuse.encfs"])
def test_a_file_system_that_encrypts_is_encrypted(tmp_path: Path, devices: Path, kind: str) -> None:
    assert encrypted(tmp_path, Mount("/", kind, "x"), devices) is True


# Owner and rights.


def rules(place: Locations) -> list[tuple[str, str]]:
    return [(one.rule, Path(one.args["path"]).name) for one in owner_and_rights(place)]


def test_a_location_as_it_is_made_is_private(place: Locations) -> None:
    place.data.chmod(0o700)
    assert rules(place) == [("folder_private", "home")]


@pytest.mark.parametrize("mode", [0o755, 0o777, 0o710, 0o701])
def test_a_folder_others_get_into_is_told(place: Locations, mode: int) -> None:
    place.data.chmod(mode)
    assert rules(place) == [("folder_open", "home")]


def test_each_kind_of_trouble_is_one_line_and_counted(place: Locations, tmp_path: Path) -> None:
    place.data.chmod(0o700)
    for name in ("a", "b"):
        (place.data / name).write_text("x")
        (place.data / name).chmod(0o644)
    (place.data / "link").symlink_to(tmp_path)
    found = owner_and_rights(place)
    assert [(one.rule, one.state, one.args["count"]) for one in found] == [
        ("folder_open", "wrong", "1"), ("folder_link", "wrong", "0"),
    ]  # fmt: skip


def test_what_is_somebody_else_s_is_told(place: Locations, monkeypatch: pytest.MonkeyPatch) -> None:
    place.data.chmod(0o700)
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    assert rules(place) == [("folder_owner", "home")]


def test_a_folder_that_is_a_link_itself_is_taken_for_what_it_leads_to(place: Locations, tmp_path: Path) -> None:
    place.data.chmod(0o700)
    link = tmp_path / "link"
    link.symlink_to(place.data)
    assert rules(Locations(link, link, link)) == [("folder_private", "link")]
