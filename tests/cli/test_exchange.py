"""`import`, `export`, `bundle` and `intake` on real files."""

import zipfile
from pathlib import Path

import pytest

from kindertui.locations import Locations
from tests.cli.conftest import ON, YESTERDAY, Cli
from tests.conftest import People
from tests.killed import kill

ROSTER = """given_name,surname,birth_date,group,monday,allergies
Liv,Berg,2023-05-04,Vlinders,08:00-17:30,egg
Per,Berg,2024-05-04,Beren,08:00-17:30,
"""
REPORT_KEYS = {
    "format", "added", "changed", "unchanged", "left", "refused", "dropped_fields", "kept_restrictions",
}  # fmt: skip


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    path = tmp_path / "roster.csv"
    path.write_text(ROSTER)
    return path


def test_import_is_the_contract_and_twice_is_once(cli: Cli, place: Locations, roster: Path) -> None:
    dry = cli("import", str(roster), "--dry-run", "--json")
    assert dry.code == 0
    assert len(cli("children", "--json").document["children"]) == 6
    ran = cli("import", str(roster), "--json", "--by", "Marit")
    assert ran.code == 0 and ran.err == ""
    assert set(ran.document) >= REPORT_KEYS
    assert ran.document == dry.document
    assert ran.document["format"] == "csv"
    assert ran.document["added"] == {"children": 2, "groups": 1, "guardians": 0, "staff": 0}
    assert ran.document["refused"] == []
    again = cli("import", str(roster), "--json").document
    assert again["added"]["children"] == 0 and again["changed"] == 0 and again["unchanged"] >= 2
    assert len(cli("children", "--json").document["children"]) == 8
    assert cli("undo", "--by", "Marit").code == 0
    assert len(cli("children", "--json").document["children"]) == 6


def test_what_a_file_brought_is_one_act_to_take_back(cli: Cli, place: Locations, roster: Path) -> None:
    assert cli("import", str(roster), "--by", "Marit").code == 0
    assert cli("log", "aya in 800", "--day", YESTERDAY, "--by", "Marit").code == 0
    assert cli("undo").code == 0
    assert len(cli("children", "--json").document["children"]) == 8
    ran = cli("undo")
    assert ran.code == 0 and ran.out.startswith("Taken back:")
    assert len(cli("children", "--json").document["children"]) == 6


def test_what_a_killed_import_left_is_taken_back_and_said_once(
    cli: Cli, place: Locations, people: People, roster: Path
) -> None:
    kill(place, roster, people.staff["Marit"], 2)
    ran = cli("log", "aya in 800", *ON)
    assert ran.code == 0 and ran.sentences == [
        "The program was ended in the middle of a file: all is as it was before. Do what you did with it once more."
    ]
    assert len(cli("children", "--json").document["children"]) == 6
    assert cli("log", "bram in 800", *ON).sentences == []
    assert cli("import", str(roster), "--by", "Marit").code == 0


def test_a_dry_run_shows_the_differences(cli: Cli, place: Locations, roster: Path) -> None:
    ran = cli("import", str(roster), "--dry-run")
    assert "+ child Liv Berg" in ran.out and "+ group Beren" in ran.out
    assert "group Vlinders" not in ran.out
    assert "nothing was changed" in ran.out


def test_one_refused_line_refuses_every_file(cli: Cli, place: Locations, roster: Path) -> None:
    bad = roster.with_name("bad.csv")
    bad.write_text(ROSTER.replace("2024-05-04", "31-02-2024").replace("Liv", "Una"))
    ran = cli("import", str(roster), str(bad), "--json", "--by", "Marit")
    assert ran.code == 1
    (refused,) = ran.document["refused"]
    assert refused["line"] == 3 and "birth_date" in refused["text"]
    assert ran.document["added"]["children"] == 0
    assert ran.sentences[0].startswith("Line 3: ")
    assert len(cli("children", "--json").document["children"]) == 6


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "no file"),
        (b"", "empty"),
        (b"hello", "no roster file"),
        (b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><EDEX>&a;</EDEX>', "document type"),
        (b'<?xml version="1.0"?><EDEX>', "XML"),
        (b"PK\x03\x04 not a workbook", "spreadsheet"),
        (b"given_name,surname,birth_date,group\n\x81\x8d,x,2024-01-01,y\n", "UTF-8"),
        (b"given_name,surname,group\nLiv,Berg,Beren\n", "birth_date"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_sentence(
    cli: Cli, place: Locations, tmp_path: Path, content: bytes | None, says: str
) -> None:
    path = tmp_path / "file"
    if content is not None:
        path.write_bytes(content)
    ran = cli("import", str(path), "--json")
    assert ran.code == 1
    assert says in ran.err and len(ran.sentences) == 1
    assert says in ran.document["refused"][0]["text"]


def test_of_many_refused_lines_the_first_are_printed_and_all_are_counted(
    cli: Cli, place: Locations, tmp_path: Path
) -> None:
    path = tmp_path / "roster.csv"
    path.write_text(
        "given_name,surname,birth_date,group\n" + "".join(f"Liv {one},Berg,31-02-2023,Beren\n" for one in range(250))
    )
    ran = cli("import", str(path), "--json", "--by", "Ina")
    assert ran.code == 1
    assert len(ran.sentences) == 22 and "230 more lines" in ran.sentences[-2] and "250 lines" in ran.sentences[-1]
    assert (len(ran.document["refused"]), ran.document["refused_count"]) == (200, 250)


def test_of_many_lines_kept_apart_the_first_are_printed(cli: Cli, place: Locations, tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    path.write_text("".join(f'{{"{number}\n' for number in range(230)))
    ran = cli("intake", str(path), "--by", "Ina")
    assert ran.code == 0
    printed = ran.out.splitlines()
    assert len([line for line in printed if line.startswith("in.jsonl: ")]) == 20
    assert any(line.startswith("180 more lines") for line in printed)
    assert any(line.startswith("30 more lines could not be taken") for line in printed)


@pytest.fixture
def bundle(cli: Cli, place: Locations, tmp_path: Path) -> Path:
    assert cli("log", "aya in 800; b 830 150", *ON, "--yes").code == 0
    ran = cli("export", "--out", str(tmp_path / "out"), "--by", "Ina", "--json")
    assert ran.code == 0, ran.err
    assert ran.document["records"] >= 2
    return Path(ran.document["path"])


def test_out_checked_answered_and_in_again(cli: Cli, bundle: Path, tmp_path: Path) -> None:
    check = cli("bundle", "check", str(bundle), "--json")
    assert check.code == 0
    assert check.document["ok"] is True and check.document["problems"] == []
    answer = cli("bundle", "receive", str(bundle), "--out", str(tmp_path / "receipts"), "--json")
    assert answer.code == 0
    receipts = answer.document["receipts"]
    taken = cli("intake", receipts, "--by", "Ina", "--json")
    assert taken.code == 0
    assert taken.document["receipts"] == {"accepted": sum(check.document["counts"].values())}
    again = cli("intake", receipts, "--by", "Ina", "--json").document
    assert again["receipts"] == {} and again["unchanged"] == sum(check.document["counts"].values())
    second = cli("export", "--out", str(bundle.parent), "--by", "Ina", "--json").document
    assert second["records"] == 0
    whole = cli("export", "--out", str(bundle.parent), "--by", "Ina", "--json", "--all").document
    assert whole["records"] == sum(check.document["counts"].values())
    period = ("--from", "2020-01-01", "--to", "2020-01-02")
    assert cli("export", "--out", str(bundle.parent), "--by", "Ina", "--json", "--all", *period).document["counts"].get(
        "drink", 0
    ) == 0  # fmt: skip
    assert "whole and right" in cli("bundle", "check", str(bundle)).out


def test_a_bundle_that_was_tampered_with_names_the_file(cli: Cli, bundle: Path, tmp_path: Path) -> None:
    tampered = tmp_path / "tampered.zip"
    with zipfile.ZipFile(bundle) as old, zipfile.ZipFile(tampered, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, data.replace(b"150", b"250") if name == "records.jsonl" else data)
    for arguments in (("bundle", "check"), ("bundle", "receive"), ("intake",)):
        more = ("--out", str(tmp_path / "receipts")) if "receive" in arguments else ()
        ran = cli(*arguments, str(tampered), *more)
        assert ran.code == 1, arguments
        assert "records.jsonl" in ran.err and "changed" in ran.err
    document = cli("bundle", "check", str(tampered), "--json").document
    assert document["ok"] is False and document["problems"][0]["file"] == "records.jsonl"


def test_lines_that_cannot_be_taken_are_kept_apart(cli: Cli, place: Locations, tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    path.write_text('{"a": NaN}\n{"a": 1, "a": 2}\nhello\n')
    ran = cli("intake", str(path), "--by", "Ina", "--json")
    assert ran.code == 0
    assert [one["line"] for one in ran.document["quarantined"]] == [1, 2, 3]
    assert all(one["text"] for one in ran.document["quarantined"])
    ran = cli("intake", str(tmp_path / "nothing.jsonl"), "--by", "Ina")
    assert ran.code == 1 and "nothing.jsonl" in ran.err


@pytest.mark.parametrize("where", ["file", "other_profile"])
def test_an_export_that_cannot_be_made_is_one_sentence(cli: Cli, place: Locations, tmp_path: Path, where: str) -> None:
    (tmp_path / "file").write_text("")
    arguments = ("--out", str(tmp_path / "file")) if where == "file" else ("--out", str(tmp_path), "--profile", "none")
    ran = cli("export", *arguments, "--by", "Ina")
    assert (ran.code, ran.out, len(ran.sentences)) == (1, "", 1)
    assert list(tmp_path.glob("*.zip*")) == []
