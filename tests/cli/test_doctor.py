"""`doctor`: a line for each finding, and 1 when something is wrong."""

import re
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import get_args

import pytest
import time_machine

from kindertui.data import surroundings
from kindertui.data.keys import read_keys
from kindertui.domain.clock import Doubt
from kindertui.locations import Locations
from kindertui.phrases import doctor as phrases
from tests import fake_keyring
from tests.catalogues import PACKAGE
from tests.cli.conftest import Cli, run_sql


@pytest.fixture(autouse=True)
def _somewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a disk of which nothing is known, whatever the tests run on."""
    monkeypatch.setattr(surroundings, "mount", lambda path: None)
    monkeypatch.setattr(sys, "platform", "linux")


@pytest.fixture
def healthy(place: Locations) -> Locations:
    place.data.chmod(0o700)
    return place


def wrong(cli: Cli) -> list[str]:
    """The rules of what is wrong, and that the exit code says the same."""
    ran = cli("doctor", "--json")
    found = [one["rule"] for one in ran.document["findings"] if one["state"] == "wrong"]
    assert ran.code == (1 if found else 0)
    assert ran.document["ok"] == (not found)
    assert not ran.err
    return found


def test_a_location_in_order(cli: Cli, healthy: Locations) -> None:
    ran = cli("doctor")
    assert (ran.code, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert all(re.match(r"(In order|To know): .+[.)]$", one) for one in lines), ran.out
    told = cli("doctor", "--json").document["findings"]
    assert [one["rule"] for one in told] == [
        "folder_private", "disk_unknown", "way_file", "recovery_sheet", "clock", "pages", "chains", "state", "head",
        "engine", "backup_none", "no_pins",
    ]  # fmt: skip
    assert [line.partition(": ")[2] for line in lines] == [one["text"] for one in told]


@pytest.mark.parametrize(("language", "head"), [("nl", "In orde: "), ("nb", "I orden: ")])
def test_it_speaks_the_language_of_the_location(
    cli: Cli, healthy: Locations, monkeypatch: pytest.MonkeyPatch, language: str, head: str
) -> None:
    monkeypatch.setenv("KINDERTUI_LANGUAGE", language)
    assert head in cli("doctor").out


def test_the_ways_in_force_are_told(cli: Cli, home: Locations, monkeypatch: pytest.MonkeyPatch) -> None:
    ring = fake_keyring.install(monkeypatch)
    cli("init", "--location", "De Tuin", "--profile", "bitcare")
    rules = {one["rule"] for one in cli("doctor", "--json").document["findings"]}
    assert {"way_keyring", "recovery_own"} <= rules
    ring.mood = "locked"
    assert wrong(cli) == ["fault"]
    assert "locked" in cli("doctor").out


def test_a_lost_key_is_told_with_the_rest(cli: Cli, healthy: Locations) -> None:
    healthy.key.unlink()
    assert wrong(cli) == ["way_none", "fault"]
    assert "kindertui key recover" in cli("doctor").out


def test_damaged_envelopes_are_told_before_they_are_needed(cli: Cli, healthy: Locations) -> None:
    cli("key", "renew")
    assert wrong(cli) == []
    healthy.envelopes.write_bytes(healthy.envelopes.read_bytes()[:-10])
    assert wrong(cli) == ["recovery_damaged"]
    cli("key", "renew")
    assert wrong(cli) == []
    healthy.key.unlink()
    healthy.envelopes.write_bytes(b"")
    assert wrong(cli) == ["fault"], "one fault, one line"


def test_rights_a_network_drive_and_a_link_are_told(
    cli: Cli, healthy: Locations, monkeypatch: pytest.MonkeyPatch
) -> None:
    healthy.data.chmod(0o755)
    assert wrong(cli) == ["folder_open"]
    healthy.data.chmod(0o700)
    monkeypatch.setattr(surroundings, "mount", lambda path: surroundings.Mount("/", "nfs4", "server:/x"))
    assert wrong(cli) == ["network"]


def test_a_clock_behind_the_last_entry_is_told(cli: Cli, healthy: Locations) -> None:
    now = datetime.now(UTC)
    for instant, rules in ((now, []), (now - timedelta(days=365), ["clock_behind"]),
                           (datetime(2000, 1, 1, tzinfo=UTC), ["clock_year"])):  # fmt: skip
        with time_machine.travel(instant, tick=True):
            assert wrong(cli) == rules


def test_a_record_that_is_not_what_the_journal_says_is_told(cli: Cli, healthy: Locations) -> None:
    run_sql(healthy, "UPDATE child SET surname = 'x' WHERE given_name = 'Aya'")
    assert wrong(cli) == ["state"]


def test_a_damaged_database_is_told_with_the_rest(cli: Cli, healthy: Locations) -> None:
    content = bytearray(healthy.database.read_bytes())
    content[100:200] = bytes(100)
    healthy.database.write_bytes(content)
    assert wrong(cli) == ["fault"]
    assert read_keys(healthy).database not in cli("doctor").out


def test_the_newest_backup_is_opened(cli: Cli, healthy: Locations) -> None:
    assert "no backup" in cli("doctor").out
    cli("backup")
    assert "The newest backup" in cli("doctor").out
    (path,) = healthy.backups.iterdir()
    path.write_bytes(path.read_bytes()[:5000])
    ran = cli("doctor")
    assert ran.code == 1 and "cut short" in ran.out and str(path) in ran.out


def told(cli: Cli) -> dict[str, str]:
    return {one["rule"]: one["state"] for one in cli("doctor", "--json").document["findings"]}


def test_a_backup_that_is_not_whole_is_told_and_left_as_it_is(cli: Cli, healthy: Locations) -> None:
    cli("backup")
    assert told(cli)["backup"] == "ok"
    (path,) = healthy.backups.iterdir()
    whole = path.read_bytes()
    middle = len(whole) // 2
    for broken in (whole[:-1], whole[:200], b"", whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :]):
        path.write_bytes(broken)
        assert wrong(cli) == ["backup_broken"]
        assert path.read_bytes() == broken
    assert not list(healthy.data.glob(".*")), "nothing of it is left lying about"


def test_a_backup_of_another_location_in_the_same_folder_is_none_of_this_one(cli: Cli, healthy: Locations) -> None:
    cli("backup")
    for one in healthy.data.glob("kindertui.*"):
        one.unlink()
    assert cli("init", "--location", "De Egel", "--profile", "bitcare").code == 0
    assert told(cli)["backup_none"] == "note"
    assert len(list(healthy.backups.iterdir())) == 1


def test_a_folder_of_backups_whose_disk_is_not_there_is_told(cli: Cli, healthy: Locations, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    assert cli("backup", "--keep-in", str(stick)).code == 0
    assert told(cli)["backup"] == "ok"
    stick.rename(tmp_path / "pulled")
    assert wrong(cli) == ["backup_broken"]
    assert str(stick) in cli("doctor").out


def test_without_a_location_there_is_nothing_to_examine(cli: Cli, home: Locations) -> None:
    ran = cli("doctor")
    assert (ran.code, len(ran.sentences)) == (3, 1)
    assert "kindertui init" in ran.err


def test_init_makes_an_empty_folder_private(cli: Cli, home: Locations) -> None:
    home.data.mkdir(mode=0o755)
    cli("init", "--location", "De Tuin", "--profile", "bitcare")
    assert home.data.stat().st_mode & 0o777 == 0o700
    assert wrong(cli) == []


def test_every_rule_has_a_sentence_and_no_other() -> None:
    sources = [PACKAGE / "cli/doctor.py", PACKAGE / "domain/doctor.py", PACKAGE / "data/surroundings.py"]
    text = "\n".join(path.read_text() for path in sources)
    used = set(re.findall(r'Finding\(\s*"(\w+)"', text)) | set(re.findall(r'return "(folder_\w+)"', text))
    used |= {"folder_open", "pages", "chains", "state", "head", "clock", *get_args(Doubt)}
    assert used == phrases.SENTENCES.keys()
