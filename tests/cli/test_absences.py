"""`absences`, `decide` and `message`."""

from datetime import timedelta

import pytest

from kindertui.locations import Locations
from tests.cli.conftest import Cli, run_sql
from tests.today import today

TODAY = today()
KEYS = {
    "id", "rev", "child", "child_id", "kind", "first_day", "last_day", "start", "end", "channel", "reported_at",
    "reported_by", "text", "state", "nature", "decided_by", "deadline", "late_by", "reason", "decision_by",
    "decision_at",
}  # fmt: skip


@pytest.fixture
def asked(cli: Cli, place: Locations) -> str:
    """The id of a request that waits: a day off next week."""
    day = TODAY + timedelta(days=10)
    ran = cli("log", f"bram extra {day:%d-%m-%Y}", "--by", "Ina", "--json", "--yes")
    assert ran.code == 0, ran.err
    (saved,) = ran.document["saved"]
    assert (saved["nature"], saved["state"]) == ("request", "new")
    return str(saved["id"])


def test_the_inbox(cli: Cli, asked: str) -> None:
    ran = cli("absences", "--json")
    assert ran.code == 0
    (one,) = ran.document["absences"]
    assert set(one) == KEYS
    assert (one["id"], one["child"], one["kind"]) == (asked, "Bram de Wit", "extra_day")
    assert asked[-8:] in cli("absences").out
    assert cli("absences", "--state", "approved", "--json").document == {"absences": []}
    later = (TODAY + timedelta(days=11)).isoformat()
    assert cli("absences", "--from", later, "--json").document == {"absences": []}
    assert len(cli("absences", "--to", later, "--json").document["absences"]) == 1
    assert "Nothing" in cli("absences", "--from", later).out


def test_a_decision_by_the_end_of_the_id_and_back_again(cli: Cli, asked: str) -> None:
    ran = cli("decide", asked[-8:], "approve", "--by", "Marit")
    assert ran.code == 0 and "approved" in ran.out
    (one,) = cli("absences", "--state", "approved", "--json").document["absences"]
    assert (one["decision_by"], one["rev"]) == ("Marit", 2)
    assert cli("undo").code == 0
    assert cli("absences", "--json").document["absences"][0]["state"] == "new"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [(("refuse",), "reason"), (("refuse", "--reason", "  "), "reason"), (("acknowledge",), "request")],
)
def test_a_decision_that_is_not_acceptable_changes_nothing(
    cli: Cli, asked: str, arguments: tuple[str, ...], says: str
) -> None:
    ran = cli("decide", asked, *arguments, "--by", "Marit")
    assert (ran.code, ran.out) == (1, "")
    assert says in ran.err and len(ran.sentences) == 1
    assert cli("absences", "--json").document["absences"][0]["rev"] == 1


@pytest.mark.parametrize("typed", ["", "1", "abc", "00000000", "%", "01a1fff5-359f-7033-b5f3-d3aecce9cd43"])
def test_an_id_of_nothing_is_a_sentence(cli: Cli, asked: str, typed: str) -> None:
    ran = cli("decide", typed, "approve", "--by", "Marit")
    assert ran.code == 1 and len(ran.sentences) == 1


def test_who_would_get_a_message_and_who_is_held_back(cli: Cli, place: Locations) -> None:
    ran = cli("message", "--to", "aya", "--check", "--json", stdin="Aya heeft koorts.")
    assert ran.code == 0
    document = ran.document
    assert set(document) == {"audience", "held_back", "guard"}
    (gets,), (held,), (found,) = document["audience"], document["held_back"], document["guard"]
    assert (gets["guardian"], gets["child"], gets["language"]) == ("Sara Bakker", "Aya Bakker", "nl")
    assert (held["guardian"], held["child"], held["reason"]) == ("Tom Bakker", "Aya Bakker", "contact_restricted")
    assert set(found) == {"category", "rule", "words", "instead"}
    assert (found["category"], found["words"]) == ("health", ["koorts"])
    assert cli("message", "--to", "aya", "--check", "--json", stdin="Tot morgen!").document["guard"] == []
    shown = cli("message", "--to", "location", "--check", stdin="Tot morgen!").out
    assert "Sara Bakker" in shown and "Lies de Wit" in shown and "✗ Tom Bakker" in shown
    assert _messages(place) == 0


def test_a_message_is_queued_and_can_be_taken_back(cli: Cli, place: Locations) -> None:
    ran = cli(
        "message", "--to", "Vlinders", "--subject", "uitje", "--by", "Ina", "--json", stdin="Morgen naar het bos."
    )
    assert ran.code == 0, ran.err
    assert ran.document["state"] == "queued"
    assert [one["guardian"] for one in ran.document["audience"]] == ["Sara Bakker", "Lies de Wit"]
    assert _messages(place) == 1
    assert cli("undo", "--by", "Ina").code == 0
    assert _messages(place) == 0


def test_a_message_from_a_file(cli: Cli, place: Locations) -> None:
    text = place.data / "text.txt"
    text.write_text("\ufeffMorgen naar het bos.", encoding="utf-8")
    assert cli("message", "--to", "bram", "--text-file", str(text), "--by", "Ina").code == 0
    text.write_bytes(b"\xe9\xe8")
    for name, says in ((text, "UTF-8"), (place.data / "nothing", "nothing"), (place.data, "is not a file")):
        ran = cli("message", "--to", "bram", "--text-file", str(name), "--by", "Ina")
        assert (ran.code, len(ran.sentences)) == (1, 1)
        assert says in ran.err
    assert _messages(place) == 1


@pytest.mark.parametrize(
    ("to", "text", "says"),
    [
        ("aya", "Aya heeft koorts", "health"),
        ("aya", "", "first"),
        ("aya", "x" * 20_001, "too long"),
        ("noor", "Tot morgen", "nobody"),
        ("emma", "Tot morgen", "Emma Visser"),
        ("piet", "Tot morgen", "piet"),
    ],
)
def test_a_message_that_is_not_acceptable_is_not_queued(
    cli: Cli, place: Locations, to: str, text: str, says: str
) -> None:
    ran = cli("message", "--to", to, "--by", "Ina", stdin=text)
    assert ran.code == 1
    assert says in ran.err
    assert _messages(place) == 0


def test_what_the_guard_found_is_in_the_document_of_a_refusal(cli: Cli, place: Locations) -> None:
    ran = cli("message", "--to", "aya", "--by", "Ina", "--json", stdin="Aya heeft koorts")
    assert ran.code == 1
    assert ran.document["refused"][0]["rule"] == "guard_found"
    assert ran.document["guard"][0]["category"] == "health"


def test_a_decision_where_nobody_is_on_the_list_makes_the_record(cli: Cli, asked: str, place: Locations) -> None:
    run_sql(place, "UPDATE staff SET deleted = 1")
    assert cli("decide", asked, "approve").code == 0
    assert cli("absences", "--json").document["absences"][0]["decision_by"] == "staff"


def _messages(place: Locations) -> int:
    return int(run_sql(place, "SELECT count(*) FROM message WHERE NOT deleted")[0][0])
