"""The data folder: whose it is, who else writes there, and links in it."""

import os
import shutil
import sys
from pathlib import Path

import pytest

from kindertui.data.creation import NewLocation, create
from kindertui.data.store import Store
from kindertui.domain.faults import DatabaseFault
from kindertui.locations import Locations

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="rights are another matter there")


def refusal(place: Locations) -> tuple[str, str]:
    with pytest.raises(DatabaseFault) as found:
        Store(place)
    return found.value.rule, found.value.path


@pytest.mark.parametrize("mode", [0o777, 0o770, 0o702, 0o1777])
def test_a_folder_where_others_write_is_refused(place: Locations, mode: int) -> None:
    place.data.chmod(mode)
    assert refusal(place) == ("folder_open", str(place.data))


@pytest.mark.parametrize("mode", [0o700, 0o755, 0o750])
def test_a_folder_that_others_may_look_into_is_ours(place: Locations, mode: int) -> None:
    place.data.chmod(mode)
    Store(place).close()


def test_a_folder_of_another_account_is_refused(place: Locations, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: place.data.stat().st_uid + 1)
    assert refusal(place) == ("folder_not_yours", str(place.data))


@pytest.mark.parametrize("name", ["kindertui.db", "kindertui.db-wal", "kindertui.db-shm", "kindertui.key"])
def test_a_link_in_the_folder_is_refused(place: Locations, tmp_path: Path, name: str) -> None:
    file = place.data / name
    elsewhere = tmp_path / "elsewhere"
    if file.exists():
        shutil.move(file, elsewhere)
    file.symlink_to(elsewhere)
    assert refusal(place) == ("file_link", str(file))


def test_the_folder_itself_may_be_a_link(place: Locations, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(place.data)
    Store(Locations(tmp_path / "link", place.config, place.state)).close()


def test_no_location_is_made_where_others_write(home: Locations) -> None:
    home.data.mkdir(mode=0o777)
    home.data.chmod(0o777)
    (home.data / "theirs").touch()  # an empty folder is closed to others instead
    with pytest.raises(DatabaseFault, match="folder_open"):
        create(home, NewLocation("De Tuin", "open", "nl", "Europe/Amsterdam"))
    assert [one.name for one in home.data.iterdir()] == ["theirs"]
