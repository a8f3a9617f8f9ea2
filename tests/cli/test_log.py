"""`log`, `undo`, `history`: lines become records as one act, refused lines change nothing."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine

from kindertui.data import long_act, models
from kindertui.data.act import Actor, Tx
from kindertui.data.store import Store
from kindertui.locations import Locations
from tests.cli.conftest import ON, YESTERDAY, Cli, run_sql
from tests.conftest import People
from tests.today import today

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def _entries(cli: Cli, name: str) -> list[dict[str, object]]:
    groups = cli("today", "--json", "--day", YESTERDAY).document["groups"]
    return next(child["entries"] for group in groups for child in group["children"] if child["name"] == name)


def test_several_lines_are_one_act(cli: Cli, place: Locations) -> None:
    ran = cli("log", "aya in 800; b 830 150", "bram in 810", *ON, "--json", "--yes")
    assert ran.code == 0 and ran.err == ""
    document = ran.document
    assert set(document) == {"saved", "warnings", "act"}
    assert [(one["child"], one["kind"], one["by"]) for one in document["saved"]] == [
        ("Aya Bakker", "arrival", "Ina"), ("Aya Bakker", "bottle", "Ina"), ("Bram de Wit", "arrival", "Ina"),
    ]  # fmt: skip
    assert document["act"]
    assert cli("undo", "--by", "Ina").code == 0
    assert _entries(cli, "Aya Bakker") == _entries(cli, "Bram de Wit") == []


MANY = ("aya in 800", "bram in 801", "all n 900 zon", "aya b 910 150", "aya s 1000", "aya woke 1030", "bram n 1040 x")


def _journal(place: Locations) -> int:
    return int(run_sql(place, "SELECT count(*) FROM journal")[0][0])


def test_many_lines_are_one_act_written_in_pieces(cli: Cli, place: Locations, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(long_act, "WORK", 0)
    ran = cli("log", "-", *ON, "--json", "--yes", stdin="\n".join(MANY))
    assert ran.code == 0, ran.err
    kinds = [(one["child"].split()[0], one["kind"]) for one in ran.document["saved"]]
    assert kinds.count(("Aya", "sleep")) == 1 and kinds.count(("Bram", "note")) == 2
    assert run_sql(place, "SELECT DISTINCT act, verb FROM journal WHERE verb = 'add' AND kind = 'entry'") == [
        (ran.document["act"], "add")
    ]
    assert run_sql(place, "SELECT count(*) FROM unfinished_act") == [(0,)]
    assert cli("undo", "--by", "Ina").code == 0
    assert _entries(cli, "Aya Bakker") == _entries(cli, "Bram de Wit") == []


def test_of_many_lines_one_that_is_refused_leaves_nothing_behind(cli: Cli, place: Locations) -> None:
    before, files = _journal(place), sorted(place.data.iterdir())
    ran = cli("log", *MANY, "aya x 2570", *ON, "--json", "--yes")
    assert ran.code == 1
    assert [one["line"] for one in ran.document["refused"]] == [len(MANY) + 1]
    assert cli("log", *MANY, "aya b 911 150", *ON).code == 1, "a warning nobody answered"
    assert cli("log", *MANY, *ON, "--dry-run", "--yes", "--json").document["saved"]
    assert _journal(place) == before
    assert {file.name for file in place.data.iterdir()} - {file.name for file in files} <= {"kindertui.lock"}


def test_what_others_write_meanwhile_refuses_many_lines_whole(
    cli: Cli, place: Locations, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(long_act, "WORK", 0)
    written = long_act.write

    def late(*args: Any, **kwargs: Any) -> Any:
        with Store(place) as other:
            day = date.fromisoformat(YESTERDAY)
            start = int(datetime.combine(day, time(7, 0), AMSTERDAM).timestamp())
            other.call(_arrival, Actor(people.staff["Marit"], "Marit"), people.children["Noor"], start)
        return written(*args, **kwargs)

    monkeypatch.setattr(long_act, "write", late)
    lines = [line for line in MANY if line[:5] not in ("aya s", "aya w", "all n")]
    ran = cli("log", *lines, "bram n 1050 y", "noor in 800", *ON, "--json")
    assert ran.code == 1, ran.out
    assert [(one["child"], one["rule"]) for one in ran.document["refused"]] == [("Noor El Amrani", "already_in")]
    assert _entries(cli, "Aya Bakker") == _entries(cli, "Bram de Wit") == []
    assert run_sql(place, "SELECT count(*) FROM entry WHERE NOT deleted") == [(1,)]
    assert run_sql(place, "SELECT count(*) FROM unfinished_act") == [(0,)]


def _arrival(tx: Tx, child_id: str, start: int) -> None:
    tx.add(
        models.Entry, child_id=child_id, day=YESTERDAY, kind="arrival", start=start, tz="Europe/Amsterdam",
        by_id=tx.actor.staff_id, recorded_at=tx.at,
    )  # fmt: skip


def test_a_line_stands_on_the_lines_before_it(cli: Cli, place: Locations) -> None:
    afternoon = datetime.combine(datetime.now(AMSTERDAM), time(15), AMSTERDAM)
    with time_machine.travel(afternoon):
        lines = ("all in 800", "all s 1230", "aya woke 1415")
        ran = cli("log", *lines, "--by", "Ina", "--json", "--yes", "--group", "Vlinders")
    assert ran.code == 0, ran.err
    assert [one["kind"] for one in ran.document["saved"]].count("sleep") == 5  # one that a later line ended stands once
    sleeps = {one["child"]: one["end"] for one in ran.document["saved"] if one["kind"] == "sleep"}
    assert len(sleeps) == 5
    assert [name for name, end in sleeps.items() if end] == ["Aya Bakker"]


def test_who_did_not_sleep(cli: Cli, place: Locations) -> None:
    assert cli("log", "aya bram in 800", *ON, "--yes").code == 0
    ran = cli("log", "aya s no, cried", "bram s 1230-=", "--value", "bram=no", *ON)
    assert ran.code == 0 and "Aya Bakker: 12:00 sleep did not sleep · cried" in ran.out, ran.err
    assert "Bram de Wit: 12:30 sleep did not sleep" in ran.out
    (_arrival, none) = _entries(cli, "Aya Bakker")
    assert (none["kind"], none["detail"], none["start"]) == ("sleep", {"none": True}, none["end"])
    plain = cli("today", "--plain", "--day", YESTERDAY).out
    assert plain.count("; did not sleep") == 2
    table = cli("today", "--day", YESTERDAY).out
    assert table.count("no nap") == 2
    ran = cli("log", "aya s no", *ON, "--json")
    assert ran.code == 1 and [one["rule"] for one in ran.document["refused"]] == ["no_sleep_again"]
    ran = cli("log", "aya s ?", *ON)
    assert ran.code == 1 and "Did the child sleep? Type the times, as 1230-1415; if not: no." in ran.err


def test_each_child_its_own_value(cli: Cli, place: Locations) -> None:
    assert cli("log", "aya bram in 800", *ON, "--yes").code == 0
    ran = cli("log", "* lunch 1130-1150 = =", "--value", "bram=½ | rice = peas", "--value", "aya=1", *ON, "--json")
    assert ran.code == 0, ran.err
    saved = [(one["child"], one["amount"], one["text"], one["end"][11:16]) for one in ran.document["saved"]]
    assert sorted(saved) == [("Aya Bakker", 1.0, "", "11:50"), ("Bram de Wit", 0.5, "rice = peas", "11:50")]
    assert cli("undo", "--by", "Ina").code == 0  # both are one act
    assert [one["kind"] for one in _entries(cli, "Aya Bakker")] == ["arrival"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ((), "--value NAME=VALUE, for: Aya Bakker, Bram de Wit"),
        (("--value", "joris=1"), "Who is joris? The line is about Aya Bakker, Bram de Wit"),
        (("--value", "=1"), "Who is ?"),
        (("--value", "aya=x"), "Aya Bakker: x is no amount here"),
        (("--value", "aya=150", "--value", "bram=x"), "Bram de Wit: x is no amount here"),
    ],
)
def test_values_that_are_missing_or_wrong_save_nothing(
    cli: Cli, place: Locations, given: tuple[str, ...], said: str
) -> None:
    assert cli("log", "aya bram in 800", *ON, "--yes").code == 0
    ran = cli("log", "* b 1130 =", *given, *ON)
    assert ran.code == 1 and said in ran.err
    assert [one["kind"] for one in _entries(cli, "Aya Bakker")] == ["arrival"]


def test_a_line_of_another_day_is_for_that_day_and_for_those_who_were_in_then(cli: Cli, place: Locations) -> None:
    day = today()
    yesterday = day - timedelta(days=1)
    with time_machine.travel(datetime.combine(day, time(15), AMSTERDAM)):
        lines = ("bram in 800", "@yesterday aya in 800", "@y all s 2330-0030+")
        ran = cli("log", *lines, "--by", "Ina", "--json", "--yes")
        assert ran.code == 0, ran.err
        slept = [one for one in ran.document["saved"] if one["kind"] == "sleep"]
        assert [(one["child"], one["start"][:16], one["end"][:16]) for one in slept] == [
            ("Aya Bakker", f"{yesterday}T23:30", f"{day}T00:30"),
        ]
        ran = cli("log", "@y aya out 2335", "@y all n 1130 sang", "--by", "Ina", "--json", "--yes", "--dry-run")
        assert [one["child"] for one in ran.document["saved"]] == ["Aya Bakker"] * 2, ran.err
        ran = cli("log", "bram n 1130 fell @y", "--by", "Ina", "--json", "--yes")
        assert [(one["start"][:16], one["text"]) for one in ran.document["saved"]] == [(f"{day}T11:30", "fell @y")]
        groups = cli("today", "--json", "--day", f"{yesterday}").document["groups"]
        kinds = {child["name"]: len(child["entries"]) for group in groups for child in group["children"]}
        assert (kinds["Aya Bakker"], kinds["Bram de Wit"]) == (2, 0)


def test_lines_come_from_stdin(cli: Cli, place: Locations) -> None:
    ran = cli("log", "-", *ON, "--json", "--yes", stdin="\ufeffaya in 800\n\n  \nbram in 810\n")
    assert [one["child"] for one in ran.document["saved"]] == ["Aya Bakker", "Bram de Wit"]
    ran = cli("log", "-", *ON, stdin="\n")
    assert (ran.code, len(ran.sentences)) == (1, 1)


@pytest.mark.parametrize("text", ["aya in 800\n" * 501, "aya n " + "x" * 200_000])
def test_more_than_a_call_takes_is_refused_before_it_is_read(cli: Cli, place: Locations, text: str) -> None:
    ran = cli("log", "-", *ON, "--yes", stdin=text)
    assert (ran.code, len(ran.sentences)) == (1, 1) and "500 lines" in ran.err
    assert _entries(cli, "Aya Bakker") == []


def test_a_line_that_is_no_plan_is_refused_with_its_place(cli: Cli, place: Locations) -> None:
    ran = cli("log", "aya in 2570", *ON, "--json")
    assert ran.code == 1
    (refused,) = ran.document["refused"]
    assert set(refused) >= {"child", "rule", "text", "at"}
    assert refused["at"] == len("aya in ")
    assert refused["text"] in ran.err
    assert _entries(cli, "Aya Bakker") == []


def test_one_refused_line_takes_the_others_with_it(cli: Cli, place: Locations) -> None:
    ran = cli("log", "aya in 800", "bram zzz", *ON)
    assert ran.code == 1 and ran.out == ""
    assert ran.sentences[0].startswith("Line 2: ")
    assert _entries(cli, "Aya Bakker") == []
    assert cli("undo", "--by", "Ina").code == 1  # there is no act to take back


def test_what_cannot_be_true_names_the_child_and_the_rule(cli: Cli, place: Locations) -> None:
    ran = cli("log", "aya s 1230-1415", *ON, "--json", "--yes")
    assert ran.code == 1
    (refused,) = ran.document["refused"]
    assert (refused["child"], refused["rule"], refused["at"]) == ("Aya Bakker", "not_in", None)
    assert "Aya Bakker" in refused["text"]


def test_warnings_ask_for_yes(cli: Cli, place: Locations) -> None:
    lines = ("aya in 800; b 830 150", "aya b 840 150")
    ran = cli("log", *lines, *ON, "--json")
    assert ran.code == 1
    assert "bottle_soon" in [one["rule"] for one in ran.document["refused"]]
    assert "--yes" in ran.err
    assert _entries(cli, "Aya Bakker") == []
    ran = cli("log", *lines, *ON, "--json", "--yes")
    assert ran.code == 0
    (warning,) = [one for one in ran.document["warnings"] if one["rule"] == "bottle_soon"]
    assert warning["child"] == "Aya Bakker" and warning["text"]
    assert len(_entries(cli, "Aya Bakker")) == 3


def test_what_parents_should_not_read_is_kept_from_them_or_sent_by_a_manager(cli: Cli, place: Locations) -> None:
    assert cli("log", "aya in 800", *ON, "--yes").code == 0
    by_manager = (*ON[:-1], "Marit")
    for by, answer, said in (
        (ON, (), "Only a manager can send this."), (ON, ("--yes",), "Only a manager can send this."),
        (by_manager, (), "say --yes if it is right"),
    ):  # fmt: skip
        ran = cli("log", "aya n 900 played with Bram", *by, "--json", *answer)
        assert ran.code == 1
        assert [one["rule"] for one in ran.document["refused"]] == ["parents_other_child_named"]
        assert "Bram is a child here: these parents would read the name." in ran.err and said in ran.err
    told = cli("log", "aya n 900 played with Bram", *by_manager, "--json", "--yes").document["saved"][0]
    assert (told["share"], told["detail"]) == ("guardians", {"overridden": ["child_name"]})
    kept = cli("log", "aya n 910 ! played with Bram", *ON, "--json").document["saved"][0]
    assert (kept["share"], kept["detail"], kept["text"]) == ("staff_only", {}, "played with Bram")
    assert "staff: played with Bram" in cli("log", "aya n 920 ! played with Bram", *ON).out


def test_a_number_that_is_blocked_is_refused_whatever_is_answered(cli: Cli, place: Locations) -> None:
    ran = cli("log", "aya n 900 bsn 111222333", *ON, "--json", "--yes")
    assert ran.code == 1
    (refused,) = ran.document["refused"]
    assert refused["rule"] == "parents_dutch_number_named"
    assert "Only a manager can send this." in refused["text"] and "111222333" not in refused["text"]


def test_a_sign_in_a_wrong_place_is_refused_with_its_place(cli: Cli, place: Locations) -> None:
    for line, rule, at in (
        ("!", "for_staff_first", 0), ("aya n 900 mother ! called", "for_staff_late", 17),
        ("aya n 900 see <b>", "not_sendable", 14),
    ):  # fmt: skip
        (refused,) = cli("log", line, *ON, "--json").document["refused"]
        assert (refused["rule"], refused["at"]) == (rule, at)


def test_a_dry_run_says_the_same_and_saves_nothing(cli: Cli, place: Locations) -> None:
    ran = cli("log", "aya in 800", *ON, "--dry-run", "--json")
    assert ran.code == 0
    assert ran.document["saved"][0]["kind"] == "arrival"
    assert _entries(cli, "Aya Bakker") == []
    assert "nothing was" in cli("log", "aya in 800", *ON, "--dry-run").out


def test_a_phoned_report_is_an_absence(cli: Cli, place: Locations) -> None:
    ran = cli("log", "bram sick", "--by", "Ina", "--json", "--yes")
    assert ran.code == 0, ran.err
    (saved,) = ran.document["saved"]
    assert (saved["child"], saved["kind"], saved["channel"]) == ("Bram de Wit", "sick", "phone")
    listed = cli("absences", "--json").document["absences"]
    assert [(one["id"], one["child"]) for one in listed] == [(saved["id"], "Bram de Wit")]
    groups = cli("today", "--json").document["groups"]
    bram = next(child for child in groups[1]["children"] if child["name"] == "Bram de Wit")
    assert (bram["presence"], bram["absence"]["kind"]) == ("absent", "sick")


@pytest.mark.parametrize("word", ["help", "evacuation", "aya week", "group vlinders", "@yesterday"])
def test_a_word_of_the_screens_is_not_logged(cli: Cli, place: Locations, word: str) -> None:
    ran = cli("log", word, *ON, "--json")
    assert ran.code == 1
    assert ran.document["refused"][0]["rule"] == "command_in_log"
    assert ran.err.count("Nothing was saved") == 1 and "day is not" not in ran.err


def test_a_child_who_is_not_expected_may_be_logged(cli: Cli, place: Locations, people: People) -> None:
    # booked on the other days of the week; a child whose days nobody knows would be expected on any
    weekday = str(date.fromisoformat(YESTERDAY).isoweekday())
    run_sql(place, "DELETE FROM slot WHERE child_id = ? AND weekday = ?", people.children["Aya"], weekday)
    ran = cli("log", "aya in 800", *ON, "--json")  # without --yes
    assert ran.code == 0
    assert [one["rule"] for one in ran.document["warnings"]] == ["not_expected"]
    assert len(_entries(cli, "Aya Bakker")) == 1


def test_who_it_was(cli: Cli, place: Locations, monkeypatch: pytest.MonkeyPatch) -> None:
    day = ("--day", YESTERDAY, "--json")
    assert cli("log", "aya in 800", *day, "--by", "jay").document["saved"][0]["by"] == "Jayne"
    ran = cli("log", "bram in 800", *day, "--by", "Piet")
    assert (ran.code, ran.out) == (1, "") and "Jayne" in ran.err
    monkeypatch.setenv("KINDERTUI_STAFF", "Ina")
    assert cli("log", "bram in 800", *day).document["saved"][0]["by"] == "Ina"
    monkeypatch.delenv("KINDERTUI_STAFF")
    monkeypatch.setattr("getpass.getuser", lambda: "jayne")
    assert cli("log", "søren in 800", *day).document["saved"][0]["by"] == "Jayne"
    monkeypatch.setattr("getpass.getuser", lambda: "root")
    ran = cli("log", "noor in 800", *day)
    assert ran.document["saved"][0]["by"] == "Marit"  # the manager, and it is said
    assert "Marit" in ran.err and "--by" in ran.err


def test_where_nobody_is_on_the_list_the_first_act_makes_the_record(cli: Cli, place: Locations) -> None:
    run_sql(place, "UPDATE staff SET deleted = 1")
    assert cli("log", "aya zzz", "--day", YESTERDAY).code == 1
    assert cli("staff", "--json").document["staff"] == []  # a refused line makes nobody
    ran = cli("log", "aya in 800", "--day", YESTERDAY, "--json")
    assert ran.document["saved"][0]["by"] == "staff"
    assert [one["name"] for one in cli("staff", "--json").document["staff"]] == ["staff"]
    assert cli("log", "bram in 800", "--day", YESTERDAY, "--json").document["saved"][0]["by"] == "staff"


def test_undo_says_what_it_took_back(cli: Cli, place: Locations) -> None:
    cli("log", "aya in 800", *ON)
    ran = cli("undo")
    assert ran.code == 0
    assert "Aya Bakker" in ran.out and "Ina" in ran.out
    assert _entries(cli, "Aya Bakker") == []
    ran = cli("undo", "--by", "Ina")
    assert ran.code == 1 and len(ran.sentences) == 1


def test_undo_of_one_person_leaves_the_other_alone(cli: Cli, place: Locations) -> None:
    cli("log", "aya in 800", *ON)
    cli("log", "bram in 810", "--day", YESTERDAY, "--by", "Jayne")
    assert cli("undo", "--by", "Ina").code == 0
    assert _entries(cli, "Aya Bakker") == []
    assert len(_entries(cli, "Bram de Wit")) == 1


def test_history_of_a_child_and_of_a_record(cli: Cli, place: Locations, people: People) -> None:
    saved = cli("log", "aya in 800", *ON, "--json").document["saved"][0]
    cli("undo")
    document = cli("history", saved["id"], "--json").document
    assert (document["child"], document["record"]) == (None, saved["id"])
    first, second = document["changes"]
    assert (first["rev"], first["old"], first["by"], first["new"]["kind"]) == (1, None, "Ina", "arrival")
    assert (second["verb"], second["new"]["deleted"], second["old"]["deleted"]) == ("undo", True, False)
    assert datetime.fromisoformat(first["at"]).tzinfo is not None
    document = cli("history", "aya", "--json").document
    assert document["child"] == {"id": people.children["Aya"], "name": "Aya Bakker"}
    assert [change["seq"] for change in document["changes"]] == sorted(change["seq"] for change in document["changes"])
    assert saved["id"] in {change["record"] for change in document["changes"]}
    assert saved["id"] in cli("history", "aya bakker").out


@pytest.mark.parametrize(("typed", "says"), [("emma", "Emma Visser"), ("nobody", "no child"), ("", "no child")])
def test_history_of_nobody_or_of_several(cli: Cli, place: Locations, typed: str, says: str) -> None:
    ran = cli("history", typed)
    assert (ran.code, ran.out) == (1, "")
    assert says in ran.err and len(ran.sentences) == 1


@pytest.mark.parametrize("typed", ["emma v", "visser", "EMMA VISSER", "oster", "søren", "Bram de Wit", "wit"])
def test_a_child_is_found_by_any_beginning(cli: Cli, place: Locations, typed: str) -> None:
    assert cli("history", typed, "--json").code == 0


def test_a_memo_is_kept_and_shown_with_the_day_until_it_is_over(cli: Cli, place: Locations) -> None:
    told = cli("log", "aya memo granny fetches until tomorrow", "memo group uilen window sticks", "--by", "Ina")
    assert told.code == 0 and "Aya Bakker: memo granny fetches (until" in told.out
    assert "group Uilen: memo window sticks (today)" in told.out
    uilen, vlinders = cli("today", "--json").document["groups"]
    assert [one["text"] for one in uilen["memos"]] == ["window sticks"] and vlinders["memos"] == []
    (memo,) = next(one for one in vlinders["children"] if one["name"] == "Aya Bakker")["memos"]
    assert (memo["text"], memo["by"], memo["group_id"]) == ("granny fetches", "Ina", None)
    assert "memo: granny fetches (until" in cli("today", "--plain").out and "* window sticks" in cli("today").out
    saved = cli("log", "bram memo new mattress", "--by", "Ina", "--json").document
    assert saved["saved"] == [] and saved["memos"][0]["child"] == "Bram de Wit"
    twice = cli("log", "bram memo New mattress", "--by", "Ina")
    assert twice.code == 1 and "this memo stands there already" in twice.err
    assert cli("undo").code == 0
    assert "mattress" not in cli("today").out


def test_who_is_meant_is_refused_and_no_yes_answers_it(cli: Cli, place: Locations, people: People) -> None:
    for words, rule, text in (
        ("noor n 900 x", "other_group", "Noor El Amrani is in Uilen: say so with --group"),
        ("aya noor n 900 x", "other_group", "is in Uilen"),
        ("aya", "verb_missing", "And what happened?"),
        ("braam n 900 x", "name_near", "Bram de Wit?"),
        ("pieter n 900 x", "name_unknown", "No child here is called pieter."),
        ("aya and br n 900 x", "name_short", "br is too short"),
    ):
        ran = cli("log", words, *ON, "--yes", "--json", "--group", "Vlinders")
        assert ran.code == 1 and [one["rule"] for one in ran.document["refused"]] == [rule], words
        assert text in ran.document["refused"][0]["text"] and "Enter" not in ran.err
    assert cli("log", "noor n 900 x", *ON).code == 0, "without a group every child may be named"
    ran = cli("log", "aya, bram and noor n 900 y", *ON, "--json")
    assert [one["child"] for one in ran.document["saved"]] == ["Aya Bakker", "Bram de Wit", "Noor El Amrani"]


def test_who_has_left_is_told_and_nobody_else_is_meant(cli: Cli, place: Locations, people: People) -> None:
    run_sql(place, "UPDATE child SET last_day = '2020-01-31' WHERE id = ?", people.children["Noor"])
    run_sql(place, "UPDATE child SET given_name = 'Noortje' WHERE id = ?", people.children["Bram"])
    assert cli("log", "noor n 900 x", *ON, "--dry-run").out.startswith("Noortje de Wit"), "that is years ago"
    week_ago = (date.fromisoformat(YESTERDAY) - timedelta(days=7)).isoformat()
    run_sql(place, "UPDATE child SET last_day = ? WHERE id = ?", week_ago, people.children["Noor"])
    ran = cli("log", "noor n 900 x", *ON, "--yes", "--json")
    assert ran.code == 1 and ran.document["refused"][0]["rule"] == "child_left"
    assert cli("log", "noor n 900 x", "--day", week_ago, "--by", "Ina", "--yes").code == 0, "that day she was here"
