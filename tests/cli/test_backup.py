"""`backup` and `restore`: what they say, what they ask, and how they end."""

from pathlib import Path

import pytest

from kindertui.cli import key as key_verbs
from kindertui.data.keys import read_keys
from kindertui.locations import Locations
from tests.cli.conftest import ON, Cli
from tests.cli.test_key import INIT, shown


def entries(cli: Cli) -> int:
    return len(cli("history", "aya", "--json").document["changes"])


def test_a_backup_is_said_once_it_was_checked(cli: Cli, place: Locations, tmp_path: Path) -> None:
    ran = cli("backup", str(tmp_path / "a.backup"))
    assert ran.code == 0 and "written and checked" in ran.out and str(tmp_path / "a.backup") in ran.out
    assert "6 children" in ran.out
    again = cli("backup", str(tmp_path / "a.backup"))
    assert (again.code, len(again.sentences)) == (1, 1) and "there already" in again.err
    assert str(place.backups) in cli("backup").out


def test_the_folder_is_kept_for_the_next_time(cli: Cli, place: Locations, tmp_path: Path) -> None:
    (tmp_path / "stick").mkdir()
    assert str(tmp_path / "stick") in cli("backup", "--keep-in", str(tmp_path / "stick")).err
    assert str(tmp_path / "stick") in cli("backup").out
    lost = cli("backup", "--keep-in", str(tmp_path / "none"))
    assert (lost.code, len(lost.sentences)) == (1, 1)


def test_restore_shows_both_sides_and_wants_a_yes(cli: Cli, place: Locations, tmp_path: Path) -> None:
    file = str(tmp_path / "a.backup")
    cli("backup", file)
    before = entries(cli)
    assert cli("log", "aya n 1000 a walk", *ON).code == 0
    asked = cli("restore", file)
    assert (asked.code, len(asked.sentences)) == (1, 1) and "--yes" in asked.err
    for word in ("here now", "in the backup", "children", "entries", "journal rows", "schema", "is not in the backup"):
        assert word in asked.out
    assert entries(cli) == before + 1
    done = cli("restore", file, "--yes")
    assert done.code == 0 and "Restored" in done.out and "kept in" in done.out
    assert entries(cli) == before
    assert cli("verify").code == 0


@pytest.mark.parametrize(("answer", "code"), [("no\n", 1), ("\n", 1), ("", 1), ("yes\n", 0), ("Y\n", 0)])
def test_on_a_terminal_it_asks(
    cli: Cli, place: Locations, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: str, code: int
) -> None:
    cli("backup", str(tmp_path / "a"))
    monkeypatch.setattr(key_verbs, "on_terminal", lambda: True)
    assert cli("restore", str(tmp_path / "a"), stdin=answer).code == code


def test_on_an_empty_machine_the_recovery_key_comes_on_stdin(
    cli: Cli, home: Locations, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = shown(cli(*INIT))
    file = str(tmp_path / "a")
    assert cli("backup", file).code == 0
    monkeypatch.setenv("KINDERTUI_HOME", str(tmp_path / "empty"))
    for typed, says in (("", "Group 1"), ("00000-" * 8, "Group"), ("ab" * 32, "something else")):
        ran = cli("restore", file, "--yes", stdin=typed)
        assert (ran.code, len(ran.sentences)) == (1, 1) and says in ran.err
    assert not (tmp_path / "empty" / "kindertui.db").exists()
    ran = cli("restore", file, "--yes", "--key-in", "file", stdin=key.lower())
    assert ran.code == 0 and key not in ran.out + ran.err
    assert cli("today").code == 0 and cli("verify").code == 0


def test_each_refusal_is_one_sentence(cli: Cli, place: Locations, tmp_path: Path) -> None:
    file, other = tmp_path / "a", tmp_path / "other"
    cli("backup", str(file))
    whole = file.read_bytes()
    for content, says in (
        (whole[: len(whole) // 2], "cut short"),
        (whole[:-1] + bytes([whole[-1] ^ 1]), "altered"),
        (whole.replace(b"backup 1\n", b"backup 9\n", 1), "newer"),
        (b"a shopping list", "no backup"),
    ):
        other.write_bytes(content)
        ran = cli("restore", str(other), "--yes")
        assert (ran.code, len(ran.sentences)) == (1, 1), ran.err
        assert says in ran.err and str(other) in ran.err
    assert "no file" in cli("restore", str(tmp_path / "none"), "--yes").err
    assert read_keys(place)
    assert not list(place.data.glob("*.replaced-*"))
