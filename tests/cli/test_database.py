"""A database that cannot be used: code 3 and one sentence, and the file is left as it was."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from kindertui.data.connection import _PRAGMAS, SCHEMA
from kindertui.data.keys import read_keys
from kindertui.locations import Locations
from tests.cli.conftest import ON, YESTERDAY, Cli, in_english, run_sql

VERBS = (("today", "--json"), ("children",), ("log", "aya in 800"), ("undo",), ("import", "x.csv"), ("absences",))


def _empty(place: Locations) -> None:
    place.database.write_bytes(b"")


def _picture(place: Locations) -> None:
    place.database.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(20_000))


def _noise(place: Locations) -> None:
    place.database.write_bytes(bytes(number * 7 % 251 for number in range(200_000)))


def _other_program(place: Locations) -> None:
    place.database.unlink()
    connection = sqlite3.connect(place.database)
    connection.execute("CREATE TABLE somebody_elses (x)")
    connection.commit()
    connection.close()


def _first_page(place: Locations) -> None:
    place.database.write_bytes(place.database.read_bytes()[:4096])


def _half(place: Locations) -> None:
    data = place.database.read_bytes()
    place.database.write_bytes(data[: len(data) // 2])


def _newer(place: Locations) -> None:
    run_sql(place, f"PRAGMA user_version = {SCHEMA + 1}")


def _other_key(place: Locations) -> None:
    place.key.write_text("0" * 64)


def _no_key(place: Locations) -> None:
    place.key.unlink()


def _open_key(place: Locations) -> None:
    place.key.chmod(0o644)


def _missing(place: Locations) -> None:
    place.database.unlink()


def _directory(place: Locations) -> None:
    place.database.unlink()
    place.database.mkdir()


@pytest.mark.parametrize(
    "spoil",
    [
        _empty, _picture, _noise, _other_program, _first_page, _half, _newer, _other_key, _no_key, _open_key, _missing,
        _directory,
    ],
)  # fmt: skip
def test_a_spoilt_database_is_a_sentence_for_every_verb(
    cli: Cli, place: Locations, spoil: Callable[[Locations], None]
) -> None:
    for suffix in ("-wal", "-shm"):
        Path(f"{place.database}{suffix}").unlink(missing_ok=True)
    spoil(place)
    before = place.database.read_bytes() if place.database.is_file() else None
    for verb in VERBS:
        ran = cli(*verb)
        assert (ran.code, ran.out, len(ran.sentences)) == (3, "", 1), (verb, ran.err)
        assert "Traceback" not in ran.err and "went wrong" not in ran.err
        assert str(place.data) in ran.err
    assert (place.database.read_bytes() if place.database.is_file() else None) == before


def test_a_location_that_was_never_finished_is_a_sentence(cli: Cli, place: Locations) -> None:
    run_sql(place, "UPDATE location SET deleted = 1")
    ran = cli("today")
    assert ran.code == 3
    assert len(ran.sentences) == 1 and str(place.database) in ran.err


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[sleep_chek]\nunder_one = 10\n", "sleep_chek"),
        ("[no_show]\ngrace_minutes = 'soon'\n", "no_show"),
        ("this is no TOML", "profile.toml"),
    ],
)
def test_a_profile_with_a_mistake_is_a_sentence_that_says_where(
    cli: Cli, place: Locations, text: str, says: str
) -> None:
    place.overrides.write_text(text)
    ran = cli("today", "--json")
    assert (ran.code, ran.out, len(ran.sentences)) == (1, "", 1)
    assert says in ran.err and str(place.overrides) in ran.err


def test_a_profile_with_a_mistake_is_told_in_the_language_of_whoever_reads_it(
    cli: Cli, place: Locations, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.overrides.write_text('language = "fr"')
    ran = cli("today")
    assert "language: 'fr' is not one of nl, nb, en." in ran.err
    monkeypatch.setenv("KINDERTUI_LANGUAGE", "nb")
    assert "language: 'fr' er ikke en av nl, nb, en." in cli("today").err
    place.overrides.write_text("[ratio]\ncountry = 3")
    assert "ratio.country: her skal det stå en tekst." in cli("today").err
    place.overrides.write_text('langauge = "nl"')
    assert "langauge: en slik nøkkel finnes ikke; mente du language?" in cli("today").err


def test_a_profile_nobody_ships_is_a_sentence(cli: Cli, place: Locations) -> None:
    run_sql(place, "UPDATE location SET profile = 'parnassys'")
    ran = cli("today")
    assert ran.code == 1
    assert "parnassys" in ran.err and "bitcare" in ran.err


def test_a_time_zone_this_machine_does_not_have_is_a_sentence(cli: Cli, place: Locations) -> None:
    run_sql(place, "UPDATE location SET timezone = 'Mars/Olympus'")
    ran = cli("today")
    assert (ran.code, len(ran.sentences)) == (3, 1)
    assert "Mars/Olympus" in ran.err


def test_another_program_that_holds_the_lock_is_waited_for_and_then_a_sentence(
    cli: Cli, place: Locations, monkeypatch: pytest.MonkeyPatch
) -> None:
    impatient = (("busy_timeout", "1", 1), *_PRAGMAS[1:])
    monkeypatch.setattr("kindertui.data.connection._PRAGMAS", impatient)
    other = dbapi2.connect(str(place.database), isolation_level=None)
    other.execute(f"PRAGMA key = \"x'{read_keys(place).database}'\"")
    other.execute("BEGIN IMMEDIATE")
    ran = cli("log", "aya in 800", "--by", "Ina")
    assert ran.code == 3
    assert len(ran.sentences) == 1 and "saving" in ran.err
    other.execute("ROLLBACK")
    other.close()
    assert cli("today", "--json").document["groups"][1]["in"] == 0


@pytest.mark.parametrize("room", [40_000, 1_000])
def test_a_disk_that_takes_no_more_is_a_sentence_and_loses_nothing(cli: Cli, place: Locations, room: int) -> None:
    """No file may grow past `room` bytes: the write-ahead log stops short, or not even its index can be made."""
    assert cli("log", "aya in 800", *ON, "--yes").code == 0
    script = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]),) * 2);"
        "from kindertui.cli import main; sys.exit(main(sys.argv[2:]))"
    )
    lines = ("all in 810", "all n 900 een lange dag")
    ran = subprocess.run(
        [sys.executable, "-c", script, str(room), "log", *lines, *ON, "--yes"],
        capture_output=True, text=True, env=in_english(place), check=False,
    )  # fmt: skip
    assert ran.returncode == 3, ran.stderr
    assert ran.stdout == ""
    assert len(ran.stderr.splitlines()) == 1 and "disk does not answer" in ran.stderr
    groups = cli("today", "--json", "--day", YESTERDAY).document["groups"]
    assert [len(child["entries"]) for group in groups for child in group["children"] if child["entries"]] == [1]
