"""`today` and the lists: the contract's shape, the plain words, the table, and what a start may load."""

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta

import pytest

from kindertui.locations import Locations
from tests.cli.conftest import ON, YESTERDAY, Cli, in_english, run_sql
from tests.conftest import People

ENTRY_KEYS = {
    "id", "rev", "kind", "start", "end", "amount", "unit", "detail", "text", "by", "recorded_at", "share",
}  # fmt: skip
CHILD_KEYS = {
    "id", "name", "birth_date", "presence", "in_at", "out_at", "absence", "due", "mind", "memos", "entries",
}  # fmt: skip
PRESENCES = {"expected", "in", "out", "absent", "unreported", "not_expected"}


@pytest.fixture
def lived(cli: Cli, place: Locations) -> date:
    """Yesterday as the group lived it, whatever the clock says now."""
    lines = (
        "aya in 802",
        "aya b 830 180/150",
        "bram in 810",
        "bram out 1630 oma",
        "aya s 1230-1415",
        "aya n 15:00 blij",
    )
    ran = cli("log", *lines, *ON, "--yes")
    assert ran.code == 0, ran.err
    return date.fromisoformat(YESTERDAY)


def test_json_is_the_contract(cli: Cli, lived: date, people: People) -> None:
    ran = cli("today", "--json", "--day", lived.isoformat())
    assert ran.code == 0 and ran.err == ""
    document = ran.document
    assert set(document) == {"location", "day", "timezone", "groups"}
    assert (document["location"], document["day"]) == ("De Tuin", lived.isoformat())
    assert document["timezone"] == "Europe/Amsterdam"
    uilen, vlinders = document["groups"]
    assert set(vlinders) == {"id", "name", "in", "expected", "staff", "staff_needed", "memos", "children"}
    assert (uilen["name"], vlinders["id"]) == ("Uilen", people.groups["Vlinders"])
    # of a day gone by, who went home was in all the same
    assert (vlinders["in"], vlinders["expected"], vlinders["staff"], vlinders["staff_needed"]) == (2, 5, 2, 1)
    assert all(set(child) == CHILD_KEYS for child in vlinders["children"])
    assert all(child["presence"] in PRESENCES for child in vlinders["children"])
    aya, bram, *_others = vlinders["children"]
    assert (aya["name"], aya["presence"], aya["out_at"], aya["absence"]) == ("Aya Bakker", "in", None, None)
    assert datetime.fromisoformat(aya["in_at"]).astimezone(UTC).minute == 2
    assert datetime.fromisoformat(aya["in_at"]).tzinfo is not None
    assert aya["mind"][0] == "koemelk"
    assert "departure" in aya["due"]  # nobody ended her day
    assert (bram["presence"], bram["out_at"] is not None) == ("out", True)
    kinds = [entry["kind"] for entry in aya["entries"]]
    assert kinds == ["arrival", "bottle", "sleep", "note"]
    assert all(set(entry) == ENTRY_KEYS for entry in aya["entries"])
    bottle = aya["entries"][1]
    assert (bottle["amount"], bottle["unit"], bottle["by"], bottle["rev"]) == (150, "ml", "Ina", 1)
    assert bottle["detail"] == {"offered": 180}
    assert isinstance(bottle["amount"], int)


def test_whose_piece_of_the_week_is_due(cli: Cli, lived: date) -> None:
    before = (lived - timedelta(days=9)).isoformat()
    assert cli("log", "aya søren in 800", "aya søren out 1600", "--by", "Ina", "--day", before, "--yes").code == 0
    assert cli("log", "søren in 810", "--by", "Ina", "--day", lived.isoformat(), "--yes").code == 0
    children = cli("today", "--json", "--day", lived.isoformat()).document["groups"][1]["children"]
    assert [one["name"] for one in children if "weekly_piece" in one["due"]] == ["Søren Østergård"]  # Aya has a note
    told = cli("today", "--plain", "--day", lived.isoformat()).out.splitlines()
    assert ", piece" in next(one for one in told if "Søren" in one)


def test_a_group_may_be_named_by_its_beginning(cli: Cli, lived: date) -> None:
    document = cli("today", "--json", "--group", "vlin").document
    assert [group["name"] for group in document["groups"]] == ["Vlinders"]
    ran = cli("today", "--json", "--group", "Beren")
    assert (ran.code, ran.out) == (1, "")
    assert "Vlinders" in ran.err and len(ran.sentences) == 1


def test_a_child_of_no_group_is_not_left_out(cli: Cli, place: Locations, people: People) -> None:
    run_sql(place, "UPDATE child SET group_id = NULL WHERE id = ?", people.children["Noor"])
    groups = cli("today", "--json").document["groups"]
    assert [group["name"] for group in groups] == ["Uilen", "Vlinders", None]
    assert [child["name"] for child in groups[-1]["children"]] == ["Noor El Amrani"]
    assert "Without a group" in cli("today", "--plain").out


def test_plain_is_one_sentence_a_child(cli: Cli, lived: date) -> None:
    ran = cli("today", "--plain", "--day", lived.isoformat())
    assert ran.code == 0
    lines = ran.out.splitlines()
    (aya,) = [line for line in lines if line.startswith("Aya Bakker")]
    assert "in since 08:02; slept from 12:30 to 14:15; bottle 150 of 180 ml at 08:30" in aya
    assert aya.endswith("mind: koemelk, father held back.")
    (bram,) = [line for line in lines if line.startswith("Bram de Wit")]
    assert "gone home 16:30, oma" in bram
    assert "·" not in ran.out  # read aloud it is "middle dot"
    assert all(line.endswith(".") for line in lines if line)
    assert sum(line.startswith("Emma") for line in lines) == 2


def test_the_table_has_everybody(cli: Cli, lived: date) -> None:
    out = cli("today", "--day", lived.isoformat()).out
    for name in ("Aya Bakker", "Bram de Wit", "Emma Jansen", "Emma Visser", "Søren Østergård", "Noor El Amrani"):
        assert name in out
    assert "12:30–14:15" in out


def test_names_cannot_act_on_the_terminal_or_break_the_document(cli: Cli, place: Locations, people: People) -> None:
    hostile = "\x1b]52;c;aGk=\x07Mia\u202e\u200b\x9b31m"  # as if it had come past the model's own cleaning
    run_sql(place, "UPDATE child SET given_name = ? WHERE id = ?", hostile, people.children["Aya"])
    for arguments in (("today",), ("today", "--plain"), ("children",), ("today", "--json"), ("children", "--json")):
        ran = cli(*arguments)
        assert ran.code == 0
        assert ran.out.replace("\n", "").isprintable(), arguments
    names = [child["name"] for child in cli("children", "--json").document["children"]]
    assert f"{hostile} Bakker" in names


def test_the_lists(cli: Cli, place: Locations, people: People) -> None:
    groups = cli("groups", "--json").document["groups"]
    assert [(group["name"], group["kind"], group["children"]) for group in groups] == [
        ("Uilen", "after_school", 1), ("Vlinders", "day_care", 5),
    ]  # fmt: skip
    children = cli("children", "--json").document["children"]
    assert {child["id"] for child in children} == set(people.children.values())
    assert next(child for child in children if child["prefix"] == "de")["name"] == "Bram de Wit"
    staff = cli("staff", "--json").document["staff"]
    assert [(one["name"], one["role"], one["group"]) for one in staff] == [
        ("Ina", "worker", "Vlinders"), ("Jayne", "worker", "Vlinders"), ("Marit", "manager", "Vlinders"),
    ]  # fmt: skip
    for verb, name in (("groups", "Uilen"), ("children", "Bram de Wit"), ("staff", "Marit")):
        assert name in cli(verb).out


def test_empty_lists_say_what_to_do(cli: Cli, home: Locations) -> None:
    cli("init", "--location", "x", "--profile", "open")
    for verb in ("groups", "children", "staff"):
        assert "import" in cli(verb).out
        assert cli(verb, "--json").document == {verb: []}
    assert cli("today", "--json").document["groups"] == []


HEAVY = (
    "textual", "sqlmodel", "sqlalchemy", "pydantic", "babel", "platformdirs", "asyncio", "openpyxl", "alembic", "rich",
)  # fmt: skip


def test_today_loads_only_what_it_needs(place: Locations) -> None:
    script = (
        "import sys; from kindertui.cli import main; code = main(['today', '--json']);"
        "print(*sorted(name for name in sys.modules if name in sys.argv), file=sys.stderr); sys.exit(code)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script, *HEAVY], capture_output=True, text=True, env=in_english(place), check=True
    )
    assert ran.stderr.strip() == ""
