"""`texts`: the short words as a list, set and removed; `log` writes them out."""

import pytest

from kindertui.locations import Locations
from tests.cli.conftest import ON, YESTERDAY, Cli


def test_short_words_are_listed_set_removed_and_written_out(cli: Cli, place: Locations) -> None:
    assert cli("texts").out == "There are no short words yet: kindertui texts set WORD TEXT adds one.\n"
    assert cli("texts", "--json").document == {"texts": []}
    ran = cli("texts", "set", "bu", "buiten [/] gespeeld", "--by", "Ina")
    assert (ran.code, ran.out) == (0, "from now on bu is written out as buiten [/] gespeeld\n")
    made = cli("texts", "set", "BU", "buiten gespeeld", "--by", "Ina", "--json").document
    assert cli("texts", "--json").document == {"texts": [made]} and made["text"] == "buiten gespeeld"
    assert cli("texts").out.splitlines()[1] == "BU          buiten gespeeld"
    saved = cli("log", "aya in 800; a 900 bu met de bal", *ON, "--json", "--yes").document["saved"]
    assert saved[1]["text"] == "buiten gespeeld met de bal"
    assert cli("texts", "remove", "bu", "--by", "Ina").out == "BU is no short word any more\n"
    assert cli("texts", "--json").document == {"texts": []}
    assert cli("undo").code == 0 and cli("texts", "--json").document == {"texts": [made]}


def test_a_line_may_bring_back_what_the_line_before_it_said(cli: Cli, place: Locations) -> None:
    saved = cli("log", "aya bram in 800; a 900 zand", "aya a 1000 &", *ON, "--json", "--yes").document["saved"]
    assert [one["text"] for one in saved if one["kind"] == "activity"] == ["zand"] * 3
    ran = cli("log", "aya d 1010 wet &", *ON, "--json")
    assert ran.code == 1 and ran.document["refused"][0]["rule"] == "nothing_written"


def test_what_will_not_do_is_refused_in_one_sentence(cli: Cli, place: Locations) -> None:
    refused = ("set", "1230", "x"), ("set", "bu ten", "x"), ("set", "", "x"), ("set", "bu", ""), ("remove", "bu")
    for arguments in refused:
        ran = cli("texts", *arguments, "--by", "Ina")
        assert (ran.code, ran.out, len(ran.sentences)) == (1, "", 1), arguments
    assert cli("texts", "set", "bu").code == 2
    assert cli("texts", "--json").document == {"texts": []}


@pytest.mark.usefixtures("at_table")
def test_a_menu_lands_on_who_is_there_and_is_named_in_the_answer(cli: Cli, place: Locations) -> None:
    assert cli("log", "aya bram in 800", *ON, "--group", "Vlinders").code == 0
    lines = ("menu lunch 1130-1150 pasta", "aya lunch 1130 0", "søren in 1200; lunch 1205 most")
    document = cli("log", *lines, *ON, "--group", "Vlinders", "--json").document
    ((menu,),) = (document["menus"],)
    assert (menu["meal"], menu["text"], menu["day"]) == ("lunch", "pasta", YESTERDAY) and menu["group_id"]
    told = {(one["child"], one["amount"], one["text"]) for one in document["saved"] if one["kind"] == "meal"}
    aya = next(one for one in document["saved"] if one["child"] == "Aya Bakker" and one["kind"] == "meal")
    assert (aya["start"][11:16], aya["end"][11:16]) == ("11:30", "11:50")  # what was not said stays
    assert told == {("Aya Bakker", 0, "pasta"), ("Bram de Wit", None, "pasta"), ("Søren Østergård", 0.75, "pasta")}
    assert cli("undo").code == 0
    ran = cli("log", "menu fruit 1000 koemelk", *ON, "--group", "Vlinders", "--json")
    assert ran.code == 1 and {one["rule"] for one in ran.document["refused"]} == {"care_fact"}
    ran = cli("log", "menu fruit 1000 peer", *ON, "--group", "Uilen")
    assert ran.out.splitlines()[0] == "menu fruit: peer" and ran.code == 0
