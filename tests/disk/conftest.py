"""A location whose last entries are in the WAL, as a program that was killed leaves it."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kindertui.data.act import Actor
from kindertui.data.creation import NewLocation, create
from kindertui.data.store import Store
from kindertui.locations import Locations
from tests.conftest import _fill


@pytest.fixture
def killed(home: Locations, tmp_path: Path) -> Locations:
    """What the small location holds is in its WAL; there is no -shm file."""
    folder = tmp_path / "living"
    living = Locations(folder, folder, folder)
    create(living, NewLocation("De Tuin", "bitcare", "nl", "Europe/Amsterdam"))
    with Store(living) as store:
        store.call(_fill, Actor("system", "system"))
        home.data.mkdir()
        for name in ("kindertui.db", "kindertui.db-wal", "kindertui.key"):
            shutil.copy(folder / name, home.data / name)
    return home


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own of 2 MB; skipped where this account may mount none."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if sys.platform != "linux" or shutil.which("mount") is None:
        pytest.skip("a small disk is made with Linux's tmpfs")
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "none", folder], capture_output=True).returncode:
        pytest.skip("this account may mount no disk")
    yield folder
    subprocess.run(["umount", folder], check=True)
