"""`verify`, and the note of every verb on a database that lacks what was saved."""

import shutil
from pathlib import Path

from kindertui.locations import Locations
from tests.cli.conftest import ON, Cli, run_sql


def test_a_location_as_it_should_be(cli: Cli, place: Locations) -> None:
    assert cli("log", "aya in 800", *ON, "--yes").code == 0
    ran = cli("verify", "--json")
    assert ran.code == 0 and ran.err == ""
    answer = ran.document
    assert list(answer) == ["ok", "pages", "chains", "state", "head"]
    assert (answer["ok"], answer["pages"], answer["state"]) == (True, True, True)
    assert answer["head"] == {"ok": True, "missing_since": None}
    [chain] = answer["chains"]
    assert chain["ok"] and chain["rows"] == run_sql(place, "SELECT count(*) FROM journal")[0][0]
    assert [line.partition(":")[0] for line in cli("verify").out.splitlines()] == ["Pages", "Journal", "Records", "End"]


def test_a_tampered_row_is_told(cli: Cli, place: Locations) -> None:
    assert cli("log", "aya in 800", *ON, "--yes").code == 0
    run_sql(place, "UPDATE child SET given_name = 'Eva' WHERE given_name = 'Aya'")
    ran = cli("verify", "--json")
    assert (ran.code, ran.document["ok"], ran.document["state"]) == (1, False, False)
    assert all(chain["ok"] for chain in ran.document["chains"])
    assert "Records: 1 is not what the journal says." in cli("verify").out


def test_a_cut_tail_is_told_by_verify_and_by_every_verb(cli: Cli, place: Locations) -> None:
    assert cli("log", "aya in 800", *ON, "--yes").code == 0
    [(last,)] = run_sql(place, "SELECT record_id FROM journal ORDER BY seq DESC LIMIT 1")
    for (name,) in run_sql(place, "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'journal'"):
        run_sql(place, f"DROP TRIGGER {name}")
    run_sql(place, "DELETE FROM journal WHERE record_id = ?", last)
    run_sql(place, "DELETE FROM entry WHERE id = ?", last)
    ran = cli("verify", "--json")
    assert (ran.code, ran.document["pages"], ran.document["state"]) == (1, True, True)
    assert not ran.document["head"]["ok"] and ran.document["head"]["missing_since"]
    for verb in (("today",), ("log", "bram in 800", *ON, "--yes"), ("today",)):
        ran = cli(*verb)
        assert ran.code == 0 and "are missing" in ran.err


def test_an_older_copy_is_told(cli: Cli, place: Locations, tmp_path: Path) -> None:
    assert cli("log", "aya in 800", *ON, "--yes").code == 0
    copy = shutil.copy(place.database, tmp_path / "copy")
    assert cli("log", "bram in 800", *ON, "--yes").code == 0
    shutil.copy(copy, place.database)
    assert cli("verify").code == 1
    assert "End: entries since" in cli("verify").out


def test_a_database_that_cannot_be_read_is_an_answer(cli: Cli, place: Locations) -> None:
    data = bytearray(place.database.read_bytes())
    data[100] ^= 1
    place.database.write_bytes(data)
    ran = cli("verify", "--json")
    assert ran.code == 1
    assert ran.document == {
        "ok": False, "pages": False, "chains": [], "state": False, "head": {"ok": True, "missing_since": None},
    }  # fmt: skip
    assert "Pages: some are damaged" in cli("verify").out


def test_a_damaged_page_far_inside_is_told(cli: Cli, place: Locations) -> None:
    page = run_sql(place, "SELECT rootpage FROM sqlite_master WHERE name = 'child'")[0][0]
    data = bytearray(place.database.read_bytes())
    data[(page - 1) * 4096 + 500] ^= 1
    place.database.write_bytes(data)
    ran = cli("verify", "--json")
    assert (ran.code, ran.document["pages"], ran.document["state"]) == (1, False, False)


def test_where_there_is_no_location_it_is_said(cli: Cli, home: Locations) -> None:
    ran = cli("verify")
    assert ran.code == 3 and len(ran.sentences) == 1
