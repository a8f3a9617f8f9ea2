"""Who a line means, and when it must not guess."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from kindertui.domain.entry import (
    AbsenceReport,
    CommandWord,
    Completion,
    LineProblem,
    OtherChild,
    Plan,
    Roster,
    RosterChild,
    Step,
    complete,
    others,
    parse,
    to_line,
)
from tests.domain.entry_roster import (
    AYA,
    BAS,
    BRAM,
    CHILDREN,
    EMMA_J,
    EMMA_V,
    NOW,
    OTHERS,
    ROSTER,
    problem,
    read,
    step,
)


@pytest.mark.parametrize(
    ("line", "children"),
    [
        ("s", ("aya",)),
        ("aya s", ("aya",)),
        ("AYA s", ("aya",)),
        ("br s", ("bram",)),
        ("aya bram s 1230", ("aya", "bram")),
        ("br aya bra s", ("bram", "aya")),
        ("em v s", ("emma-v",)),
        ("emma j s", ("emma-j",)),
        ("emma visser s", ("emma-v",)),
        ("oster s", ("oster",)),
        ("øst s", ("oster",)),
        ("daniel s", ("daniel",)),
        ("daniël van den s", ("daniel",)),
        ("daniel berg s", ("daniel",)),
        ("bakker s", ("aya",)),
        ("de wit s", ("bram",)),
        ("#bram s", ("bram",)),
        ("#ma-v s", ("emma-v",)),
        ("sam s", ("sam",)),
        ("s s", ("sam",)),
        ("all s", ("aya", "bram", "cato", "emma-v", "emma-j", "oster", "daniel")),
        ("* s", ("aya", "bram", "cato", "emma-v", "emma-j", "oster", "daniel")),
        ("all -aya -em v s", ("bram", "cato", "emma-j", "oster", "daniel")),
        ("all -daan s 1230", ("aya", "bram", "cato", "emma-v", "emma-j", "oster", "daniel")),
        ("all slept 1030-1115 -aya", ("bram", "cato", "emma-v", "emma-j", "oster", "daniel")),
        ("all -em v s 1030 -aya", ("bram", "cato", "emma-j", "oster", "daniel")),
        ("all in", ("daan", "evi")),
        ("all -evi in", ("daan",)),
    ],
)
def test_names(line: str, children: tuple[str, ...]) -> None:
    assert step(line).children == children


@pytest.mark.parametrize(("word", "language"), [("alle", "nl"), ("iedereen", "nl"), ("alle", "nb"), ("all", "nb")])
def test_everybody_in_every_language(word: str, language: str) -> None:
    assert len(step(f"{word} s", language).children) == 7


def test_marked_children_come_before_the_cursor_and_in_the_order_of_the_roster() -> None:
    roster = replace(ROSTER, marked=frozenset({"cato", "aya", "gone"}), cursor="daan")
    assert step("s", roster=roster).children == ("aya", "cato")
    assert step("br s", roster=roster).children == ("bram",)


@pytest.mark.parametrize(
    ("line", "rule", "at", "length", "incomplete"),
    [
        ("em", "ambiguous", 0, 2, True),
        ("emma s", "ambiguous", 0, 4, False),
        ("aya em s", "ambiguous", 4, 2, False),
        ("all -emma s", "ambiguous", 5, 4, False),
        ("all -xyz s", "name_unknown", 5, 3, False),
        ("#nobody s", "name_unknown", 0, 7, False),
        ("aya", "verb_missing", 3, 0, True),
        ("all", "verb_missing", 3, 0, True),
        ("aya xyz s", "name_unknown", 4, 3, False),
        ("xyz", "word_unknown", 0, 3, True),
        (r"\aya s", "word_unknown", 0, 4, False),
        ("call em", "ambiguous", 5, 2, True),
        ("m s", "name_unknown", 0, 1, False),
        ("xyz 1230", "word_unknown", 0, 3, False),
        ("-aya s", "minus_without_all", 0, 4, False),
        ("all s 1030; wc -xyz", "name_unknown", 16, 3, True),
        ("all s 1030; wc -emma; n x", "ambiguous", 16, 4, False),
        ("all s 1030 -em", "ambiguous", 12, 2, True),
        ("all -aya -br -cato -emma v -emma j -oster -daniel s", "nobody_left", 0, 49, False),
        ("all sick", "all_not_for_report", 0, 3, False),
        ("aya lock", "no_child_here", 0, 3, False),
        ("all week", "no_child_here", 0, 3, False),
    ],
)
def test_what_is_not_guessed(line: str, rule: str, at: int, length: int, incomplete: bool) -> None:
    found = problem(line)
    assert (found.rule, found.at, found.length, found.incomplete) == (rule, at, length, incomplete)


def test_an_ambiguous_name_lists_the_candidates() -> None:
    assert problem("em s").args == {"word": "em", "names": "Emma Visser, Emma Jansen"}


def test_nobody_is_a_problem_of_its_own() -> None:
    assert problem("s", roster=replace(ROSTER, cursor=None)).rule == "who_missing"
    assert problem("s", roster=replace(ROSTER, cursor="elsewhere")).rule == "who_missing"
    home = tuple(replace(child, is_in=False, expected=False) for child in CHILDREN)
    assert problem("all s", roster=Roster(home)).rule == "nobody_in"
    assert problem("all in", roster=Roster(home)).rule == "nobody_expected"


def test_a_whole_given_name_wins_over_a_longer_one_only_if_it_is_unique() -> None:
    longer = RosterChild("emmalotte", "Emmalotte", "Kok")
    assert step("emma s", roster=Roster((EMMA_V, longer))).children == ("emma-v",)
    assert problem("em s", roster=Roster((EMMA_V, longer))).rule == "ambiguous"
    assert problem("emma s", roster=Roster((EMMA_V, EMMA_J, longer))).rule == "ambiguous"
    assert problem("emma k s", roster=Roster((EMMA_V, EMMA_J, longer))).rule == "ambiguous"
    assert step("emmal s", roster=Roster((EMMA_V, EMMA_J, longer))).children == ("emmalotte",)


def test_a_verb_is_a_verb_unless_the_next_word_has_to_be_it() -> None:
    ina = RosterChild("ina", "Ina", "Dekker")
    drew = RosterChild("drew", "Drew", "Sinclair")
    roster = Roster((AYA, ina, drew), cursor="aya")
    assert (step("in 8:02", roster=roster).children, step("in 8:02", roster=roster).verb) == (("aya",), "in")
    assert (step("in out", roster=roster).children, step("in out", roster=roster).verb) == (("ina",), "out")
    assert step("dr d wet", roster=roster).children == ("drew",)
    assert step("drew s s", roster=roster).children == ("drew",)
    # `d w` is a nappy, whoever has a name with a d: `dr w` is Drew who woke.
    assert step("aya d w", roster=roster).detail == {"content": "wet"}
    assert step("d s", roster=roster).detail == {"content": "soiled"}
    assert step("dr w", roster=roster).verb == "woke"
    # A note's words may be anything, a verb as well.
    assert step("n s", roster=Roster((AYA, RosterChild("noor", "Noor", "Bos")), cursor="aya")).text == "s"


def test_a_name_is_never_taken_for_the_beginning_of_a_verb() -> None:
    luna = RosterChild("luna", "Luna", "Bos")
    roster = Roster((AYA, luna), cursor="aya")
    assert problem("lun 1130", roster=roster).rule == "verb_unknown"
    assert step("lunch 1130", roster=roster).children == ("aya",)
    assert step("lun lunch 1130", roster=roster).children == ("luna",)
    assert step("lun 1130").verb == "lunch"


def test_surname_or_next_child() -> None:
    """`aya br` with an Aya Brouwer and a Bram may be one child or two: it is asked, whole words decide."""
    brouwer = RosterChild("brouwer", "Aya", "Brouwer")
    roster = Roster((brouwer, BRAM))
    assert problem("aya br s", roster=roster).rule == "ambiguous"
    assert step("aya brouwer s", roster=roster).children == ("brouwer",)
    assert step("aya bram s", roster=roster).children == ("brouwer", "bram")
    assert step("aya brou s", roster=roster).children == ("brouwer",)
    bramsen = RosterChild("bramsen", "Aya", "Bramsen")
    assert step("aya bram s", roster=Roster((bramsen, BRAM))).children == ("bramsen", "bram")
    short = RosterChild("short", "Aya", "Bra")
    assert step("aya bra s", roster=Roster((short, BRAM))).children == ("short",)
    # With two of one given name the next word has to be the surname.
    vera = RosterChild("vera", "Vera", "Bos")
    assert step("emma v s", roster=Roster((EMMA_V, EMMA_J, vera))).children == ("emma-v",)


def test_ids() -> None:
    roster = Roster((RosterChild("a-1234", "Emma", "Bos"), RosterChild("1234", "Emma", "Bos")))
    assert step("#1234 s", roster=roster).children == ("1234",)
    assert step("#-1234 s", roster=roster).children == ("a-1234",)
    assert problem("#234 s", roster=roster).rule == "name_unknown"


def test_names_of_several_words() -> None:
    anne = RosterChild("anne", "Anne Fleur", "Veld", "in 't")
    other = RosterChild("other", "Anne", "Veld")
    roster = Roster((anne, other))
    assert step("anne fleur s", roster=roster).children == ("anne",)
    assert step("anne fleur in 't veld s", roster=roster).children == ("anne",)
    assert step("anne s", roster=roster).children == ("other",)
    # "in" is a verb, and still the beginning of a surname that is spelled out.
    fleur = RosterChild("fleur", "Fleur", "Veld", "in 't")
    spelled = step("fleur in 't veld s", roster=Roster((fleur,)))
    assert (spelled.children, spelled.verb) == (("fleur",), "sleep")
    dijk, berg = RosterChild("dijk", "Mo", "Dijk", "van"), RosterChild("berg", "Bo", "Berg", "van den")
    assert step("van dijk s", roster=Roster((dijk, berg))).children == ("dijk",)
    assert problem("van s", roster=Roster((dijk, berg))).rule == "ambiguous"
    assert step("fleur in 802", roster=Roster((fleur,))).verb == "in"


@pytest.mark.parametrize("name", ["In", "Out", "Lunch", "Menu", "S"])
def test_a_child_called_like_a_verb(name: str) -> None:
    """She is found where the next word has to be the verb, by the whole name, and by the id; else it is the verb."""
    odd = RosterChild("odd-1", name, "Bos", "van den", is_in=True)
    roster = Roster((AYA, odd), cursor="aya")
    for line in (f"{name} w 1030", f"{name} bos w 1030", f"{name} van den bos w 1030", "#odd-1 w 1030", "bos w 1030"):
        found = step(line, roster=roster)
        assert (found.children, found.verb) == (("odd-1",), "woke"), line
    assert step(to_line(read("#odd-1 n x", roster=roster), roster, "en"), roster=roster).children == ("odd-1",)
    assert read("in 802", roster=roster).parts[0].children == ("aya",)
    assert read("out oma", roster=roster).parts[0].children == ("aya",)


def test_a_child_called_alle_is_not_the_whole_group() -> None:
    alle = RosterChild("alle", "Alle", "Bos", is_in=True)
    roster = Roster((AYA, alle))
    assert problem("alle s", "nl", roster).args["names"] == "*, Alle Bos"
    assert step("alle bos s", "nl", roster).children == ("alle",)
    assert step("* s", "nl", roster).children == ("aya", "alle")


@pytest.mark.parametrize("line", ["evi call", "call evi", "call ev"])
def test_a_command_of_a_child(line: str) -> None:
    assert read(line).parts == (CommandWord("call", "", ("evi",)),)


@pytest.mark.parametrize(
    ("line", "language", "command"),
    [
        ("call", "en", CommandWord("call")),
        ("bel", "nl", CommandWord("call")),
        ("ring", "nb", CommandWord("call")),
        ("group uil", "en", CommandWord("group", "uil")),
        ("groep uil", "nl", CommandWord("group", "uil")),
        ("gruppe Blå Ugler", "nb", CommandWord("group", "Blå Ugler")),
        ("hand-over", "en", CommandWord("hand_over")),
        ("overdracht", "nl", CommandWord("hand_over")),
        ("hand-over uil", "en", CommandWord("hand_over", "uil")),
        ("hand-over evi", "en", CommandWord("hand_over", "", ("evi",))),
        ("evac", "en", CommandWord("evacuation")),
        ("mark all", "en", CommandWord("mark", "all")),
        ("mark", "nl", CommandWord("mark")),
        ("help", "nb", CommandWord("help")),
        ("week zzz", "en", CommandWord("week", "zzz")),
    ],
)
def test_commands(line: str, language: str, command: CommandWord) -> None:
    assert read(line, language).parts == (command,)


def test_a_whole_group_name_behind_the_hand_over_is_the_group_and_a_whole_name_the_child() -> None:
    now, roster = datetime(2026, 11, 20, 14, 0, tzinfo=UTC), Roster((RosterChild("lo", "Lotje", "Vos"),))
    for groups, meant in (
        (("Lot", "De Uilen"), CommandWord("hand_over", "lot")),  # she is not called so: her name begins so
        (("Lotje",), CommandWord("hand_over", "", ("lo",))),
        (("Uilen",), CommandWord("hand_over", "", ("lo",))),
    ):
        line = "hand-over lotje" if groups == ("Lotje",) else "hand-over lot"
        assert parse(line, replace(roster, groups=groups), now, "en") == Plan((meant,))
    several = replace(roster, groups=("De Uilen", "De Vlinders"))
    assert parse("hand-over de uilen", several, now, "en") == Plan((CommandWord("hand_over", "de uilen"),))
    assert complete("hand-over de u", 14, several, "en") == Completion(10, ("De Uilen",))


def test_a_command_stands_alone() -> None:
    assert problem("in 802; week").rule == "command_alone"
    assert problem("week; in 802").rule == "command_alone"


def test_the_children_of_a_joined_line_are_found_once() -> None:
    plan = read("all in 8:02; n by bus")
    assert [part.children for part in plan.parts] == [("daan", "evi"), ("daan", "evi")]
    assert problem("in 802; aya b 150").rule == "word_unknown"


def test_a_minus_at_the_end_does_not_take_the_verb_for_a_surname() -> None:
    assert read("all b -aya 150").parts == read("all -aya b 150").parts
    found = problem("all b -aya s")
    assert (found.rule, found.at) == ("amount_missing", 12)


@pytest.mark.parametrize(
    ("line", "same"),
    [
        ("all n dear -bram -emma j -cato", "all -bram -emma j -cato n dear"),
        ("all s 1030 -emma jansen", "all -emma j s 1030"),
        ("all s 1030 -daniel van den berg -aya", "all -aya -daniel s 1030"),
        ("all n 1030 -aya bak bread", "all -aya n 1030 bak bread"),  # begins as her surname does, and is text
        ("all s 1030; n dear -emma v; wc", "all s 1030; -emma v n dear; wc"),
        ("all in 802 -evi mulder", "all -evi in 802"),
    ],
)
def test_who_is_thought_of_last_is_told_apart_by_the_surname(line: str, same: str) -> None:
    assert read(line) == read(same)


def test_who_cannot_be_meant_makes_no_name_ambiguous_that_is_left_out() -> None:
    away = replace(ROSTER, children=tuple(replace(one, is_in=one.is_in and one.id != "emma-v") for one in CHILDREN))
    assert "emma-j" not in read("all -emma s 1030", roster=away).parts[0].children
    assert read("all s 1030 -em", roster=away) == read("all -emma s 1030", roster=away)
    assert problem("emma s 1030", roster=away).rule == "ambiguous", "a record may be about a child who is away"


def test_who_is_taken_away_in_between_is_left_out_from_there_on() -> None:
    plan = read("all in 8:02; b 150 -evi; n fine")
    assert [part.children for part in plan.parts] == [("daan", "evi"), ("daan",), ("daan",)]
    assert read("all in 8:02; -evi b 150; n fine") == plan
    line = to_line(plan, ROSTER, "en")
    assert line == "* in 08:02; -Evi bottle 12:41 150; note 12:41 fine"
    assert read(line) == plan
    assert problem("all in; n x -daan -evi").rule == "nobody_left"
    # with names before it, a word is a word
    assert read("aya cato s 1030; n walk -aya").parts[1].text == "walk -aya"  # type: ignore[union-attr]


ASLEEP = replace(ROSTER, children=tuple(replace(one, asleep=one.id in ("aya", "cato")) for one in CHILDREN))


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("all check", "en"),
        ("* w 1215", "en"),
        ("all woke", "en"),
        ("all s -1215", "en"),
        ("all w =", "en"),
        ("all s -=", "en"),
        ("alle controle", "nl"),
        ("alle sjekk", "nb"),
    ],
)
def test_all_who_wake_or_are_looked_at_are_those_who_sleep(line: str, language: str) -> None:
    assert read(line, language, ASLEEP).parts[0].children == ("aya", "cato")
    assert problem(line, language).rule == "nobody_asleep"
    minus = line.replace(" ", " -cato ", 1)
    assert read(minus, language, ASLEEP).parts[0].children == ("aya",)


def test_all_who_fall_asleep_are_those_who_are_awake() -> None:
    awake = read("all s 1030", roster=ASLEEP).parts[0].children
    assert len(awake) == 5 and not {one.id for one in ASLEEP.children if one.asleep} & set(awake)
    assert len(read("all s 1030-=", roster=ASLEEP).parts[0].children) == 7
    assert read("br check", roster=ASLEEP).parts[0].children == ("bram",)


# -- several names, and all but some ---------------------------------------------------------------------------------

IN = ("aya", "bram", "cato", "emma-v", "emma-j", "oster", "daniel")


@pytest.mark.parametrize(
    ("line", "language", "children"),
    [
        ("aya en bram {s}", "nl", ("aya", "bram")),
        ("aya og bram {s}", "nb", ("aya", "bram")),
        ("aya and bram {s}", "en", ("aya", "bram")),
        ("aya, bram {s}", "*", ("aya", "bram")),
        ("aya,bram {s}", "*", ("aya", "bram")),
        ("aya ,bram {s}", "*", ("aya", "bram")),
        ("aya, bram and cato {s}", "*", ("aya", "bram", "cato")),
        ("aya, bram, and cato {s}", "*", ("aya", "bram", "cato")),
        ("aya, {s}", "*", ("aya",)),
        ("aya: {s}", "*", ("aya",)),
        ("aya, bram: {s}", "*", ("aya", "bram")),
        ("aya/bram {s}", "*", ("aya", "bram")),
        ("aya & bram {s}", "*", ("aya", "bram")),
        ("aya + bram {s}", "*", ("aya", "bram")),
        ("emma visser and smit {s}", "*", ("emma-v", "cato")),
        ("aya and cat {s}", "*", ("aya", "cato")),
        ("aya and ås {s}", "*", ("aya", "oster")),
        ("alle behalve bram {s}", "nl", tuple(one for one in IN if one != "bram")),
        ("alle behalve bram en aya {s}", "nl", IN[2:]),
        ("alle behalve bram, aya {s}", "nl", IN[2:]),
        ("alle behalve bram aya {s}", "nl", IN[2:]),
        ("iedereen behalve emma visser {s}", "nl", tuple(one for one in IN if one != "emma-v")),
        ("alle kinderen behalve -bram {s}", "nl", tuple(one for one in IN if one != "bram")),
        ("allemaal {s}", "nl", IN),
        ("alle unntatt bram {s}", "nb", tuple(one for one in IN if one != "bram")),
        ("alle bortsett fra bram og aya {s}", "nb", IN[2:]),
        ("alle inne {s}", "nb", IN),
        ("alle sammen {s}", "nb", IN),
        ("alle inne unntatt bram {s}", "nb", tuple(one for one in IN if one != "bram")),
        ("all except bram {s}", "en", tuple(one for one in IN if one != "bram")),
        ("all but bram and aya {s}", "en", IN[2:]),
        ("all except for bram {s}", "*", tuple(one for one in IN if one != "bram")),
        ("everybody {s}", "*", IN),
        ("everyone {s}", "*", IN),
        ("all children {s}", "*", IN),
        ("all -bram, -aya {s}", "*", IN[2:]),
        ("all -bram,aya {s}", "*", IN[2:]),
        ("all -bram and aya {s}", "*", IN[2:]),
        ("all {s} -bram, -aya", "*", IN[2:]),
        ("all {s} -bram and aya", "*", IN[2:]),
        ("all {s} except bram", "*", tuple(one for one in IN if one != "bram")),
        ("all {s} except bram and aya", "*", IN[2:]),
        ("alle {s} behalve bram en aya", "nl", IN[2:]),
    ],
)
@pytest.mark.parametrize("what", ["s 1030", "b 1030 150", "lunch 1130", "slee 1030"])
def test_names_are_joined_and_left_out(line: str, language: str, children: tuple[str, ...], what: str) -> None:
    for spoken in ("nl", "nb", "en") if language == "*" else (language,):
        found = step(line.format(s=what if spoken == "en" else what.replace("slee", "s")), spoken)
        assert found.children == children and found.text == "", spoken


@pytest.mark.parametrize(
    ("line", "language", "rule", "at", "length"),
    [
        ("aya en xyz s", "nl", "name_unknown", 7, 3),
        ("aya og xyz sov", "nb", "name_unknown", 7, 3),
        ("aya, xyz s", "en", "name_unknown", 5, 3),
        ("aya,xyz s", "en", "name_unknown", 4, 3),
        ("aya and xyz 1230", "en", "name_unknown", 8, 3),
        ("aya and", "en", "and_whom", 4, 3),
        ("aya and s", "en", "and_whom", 4, 3),
        ("aya,", "en", "and_whom", 3, 1),
        ("aya and te s", "nl", "name_unknown", 8, 2),
        ("aya and br s", "en", "name_short", 8, 2),
        ("all except", "en", "and_whom", 4, 6),
        ("all except xyz s", "en", "name_unknown", 11, 3),
        ("all except emma s", "en", "ambiguous", 11, 4),
        ("all xyz s", "en", "name_unknown", 4, 3),
        ("all -aya and xyz s", "en", "name_unknown", 13, 3),
        ("xyz s", "en", "name_unknown", 0, 3),
        ("pieter slaapt", "nl", "name_unknown", 0, 6),
        ("gunnar sover", "nb", "name_unknown", 0, 6),
        ("basje d wet", "en", "name_unknown", 0, 5),
        ("lun s", "en", "name_unknown", 0, 3),  # the lunch of nobody, or the nap of somebody
        ("aya xyz in", "en", "name_unknown", 4, 3),
        ("braam s", "en", "name_near", 0, 5),
        ("aya and braam s", "en", "name_near", 8, 5),
        ("all -braam s", "en", "name_near", 5, 5),
        ("braam", "en", "name_near", 0, 5),
        ("aya smit s", "en", "given_name_first", 4, 4),
        ("aya in en bram in", "nl", "name_late", 7, 7),
        ("aya s 1030 og bram sov", "nb", "name_late", 11, 7),
        ("in 802, bram 803", "en", "time_invalid", 3, 4),
        ("aya sick and bram", "en", "name_late", 9, 8),
    ],
)
def test_what_stands_between_names_and_is_none_is_refused_there(
    line: str, language: str, rule: str, at: int, length: int
) -> None:
    found = problem(line, language)
    assert (found.rule, found.at, found.length) == (rule, at, length)


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("braam", "Bram de Wit"),
        ("brma", "Bram de Wit"),
        ("danniel", "Daniël van den Berg"),
        ("bass", "Bas Hak (Vlinders)"),
    ],
)
def test_the_name_a_mistyped_one_looks_like_is_said(typed: str, names: str) -> None:
    assert problem(f"{typed} s", roster=replace(ROSTER, others=others(OTHERS))).args == {"word": typed, "names": names}


@pytest.mark.parametrize("word", ["lumch", "botle", "sleeep", "slepp"])
def test_a_mistyped_verb_is_not_taken_for_a_mistyped_name(word: str) -> None:
    luuk = RosterChild("luuk", "Lummie", "Bos")
    assert problem(f"{word} 1230", roster=Roster((luuk,), cursor="luuk")).rule == "word_unknown"


def test_words_behind_the_verb_keep_their_commas_and_names() -> None:
    assert step("aya, bram n sang, danced, slept").text == "sang, danced, slept"
    assert step("act in the garden, in the sun").text == "in the garden, in the sun"
    assert step("aya lunch 1130 beside bram and cato").text == "beside bram and cato"
    assert step("aya in and grandma").text == "and grandma"
    assert step("all n everybody sang except bram").text == "everybody sang except bram"
    assert step("all lunch 1130 all except peas").text == "except peas"
    assert step("all lunch 1130 rice except bram ate").text == "rice except bram ate"
    plan = Plan((replace(step("all lunch 1130 rice"), text="rice except Bram"),))
    assert read(to_line(plan, ROSTER, "en")) == plan


# -- short beginnings ------------------------------------------------------------------------------------------------

TEUN = RosterChild("teun", "Teun", "Kok", is_in=True)
OMAR = RosterChild("omar", "Omar", "Op", is_in=True)
LUCA = RosterChild("luca", "Luca", "Bos", is_in=True)
VANESSA = RosterChild("vanessa", "Vanessa", "Bos", is_in=True)
FRASER = RosterChild("fraser", "Fraser", "Bos", is_in=True)
NAPOLEON = RosterChild("napoleon", "Napoleon", "Bos", is_in=True)
CROWD = Roster((AYA, BRAM, TEUN, OMAR, LUCA, VANESSA, FRASER, NAPOLEON), cursor="aya")


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("bram te laat", "nl"), ("bram om 630 in", "nl"), ("bram op vakantie", "nl"), ("bram og", "nb"),
        ("bram av sykehus", "nb"), ("bram kl 630 inn", "nb"), ("bram te s", "nl"), ("bram om s", "nl"),
        ("bram lu s", "en"), ("bram om", "nl"), ("bram te", "nl"), ("bram van s", "nl"), ("bram fra sov", "nb"),
        ("bram nap w", "en"),
    ],
)  # fmt: skip
def test_a_short_word_behind_a_name_is_no_other_name(line: str, language: str) -> None:
    found = parse(line, CROWD, NOW, language)
    named = {child for part in found.parts for child in part.children} if isinstance(found, Plan) else {"bram"}
    assert named == {"bram"}


def test_a_short_word_that_is_a_name_or_a_verb_is_asked() -> None:
    assert problem("aya lu", roster=CROWD).rule == "name_short"
    assert problem("aya lu s", roster=CROWD).args == {"word": "lu", "names": "Luca Bos"}
    lunch = step("aya lu 1130", roster=CROWD)  # no verb is left for Luca
    assert (lunch.children, lunch.verb) == (("aya",), "lunch")
    assert step("aya luc s", roster=CROWD).children == ("aya", "luca")


# -- names alike, and names of all kinds -----------------------------------------------------------------------------


def child(given: str, surname: str = "Bos", prefix: str = "") -> RosterChild:
    return RosterChild(f"{given} {surname}".casefold(), given, surname, prefix, is_in=True)


@pytest.mark.parametrize(
    ("given", "beside", "typed"),
    [
        ("Jo", "Johan", ("jo", "JO", "jo bos", "jo b")),
        ("Storm", "Stormie", ("storm",)),
        ("Om", "Omar", ("om", "om bos")),
        ("En", "Enno", ("en", "en bos")),
        ("Te", "Teun", ("te",)),
        ("Anne-Fleur", "Anne", ("anne-fleur", "anne fleur", "annefleur", "annefl", "anne-f", "Anne‑Fleur")),
        ("Anne Fleur", "Fleur", ("anne fleur", "annefleur", "anne-fleur", "anne")),
        ("D'Angelo", "Dan", ("d'angelo", "dangelo", "d’angelo", "dang")),
        ("Noël", "Noëlle", ("noel", "noël", "NOËL")),
        ("Аня", "Анна", ("аня", "АНЯ")),
        ("مريم", "مراد", ("مريم", "مري")),
        ("明美", "明", ("明美",)),
        ("明", "明美", ("明",)),
        ("さくら", "さち", ("さくら",)),
        ("नीता", "नील", ("नीता",)),
        ("ליאור", "ליה", ("ליאור", "ליא")),
        ("Şule", "Sude", ("şule", "sule", "sul")),
        ("İpek", "Ilse", ("ipek", "i̇pek")),
        ("Ø", "Øster", ("ø", "o")),
    ],
)
@pytest.mark.parametrize("language", ["nl", "nb", "en"])
def test_a_name_is_typed_as_it_is_written_and_more_simply(
    given: str, beside: str, typed: tuple[str, ...], language: str
) -> None:
    mine = child(given)
    roster = Roster((AYA, mine, child(beside, "Kok")), cursor="aya")
    for line in typed:
        for before, behind in (("", ()), ("aya, ", ("aya",)), ("* -aya -", None)):
            if behind is None and not line[0].isalpha():
                continue
            found = read(f"{before}{line} s 1030", language, roster).parts[0].children
            assert found == ((*behind, mine.id) if behind is not None else (child(beside, "Kok").id,)), (before, line)


@pytest.mark.parametrize(
    ("prefix", "surname", "typed"),
    [
        ("van der", "Berg", ("berg", "van der berg", "van der b", "vanderberg", "van-der-berg")),
        ("", "Jansen-Bakker", ("jansen-bakker", "jansen bakker", "jansenbakker", "jan")),
        ("", "O'Neil", ("o'neil", "oneil", "o’neil")),
        ("in 't", "Veld", ("in 't veld", "veld", "'t veld s", "in t veld")),
        ("v.d.", "Meer", ("v.d. meer", "vd meer", "meer")),
    ],
)
def test_surnames_are_typed_as_they_are_written_and_more_simply(
    prefix: str, surname: str, typed: tuple[str, ...]
) -> None:
    roster = Roster((child("Emma", surname, prefix), child("Emma", "Wit"), AYA), cursor="aya")
    for name in typed:
        if name != "'t veld s":
            assert step(f"emma {name} s", roster=roster).children == (roster.children[0].id,), name


def test_children_called_like_words_of_the_line() -> None:
    alle, om, en, storm = child("All"), child("Om"), child("En"), child("Storm")
    roster = Roster((AYA, BRAM, alle, om, en, storm), cursor="aya")
    assert problem("all s", roster=roster).args["names"] == "*, All Bos"
    assert step("all bos s", roster=roster).children == (alle.id,)
    assert step("alle s", "nl", roster).children == step("* s", roster=roster).children
    assert step("bram om s", "nl", roster).children == ("bram", om.id)
    assert step("om bram s", "nl", roster).children == (om.id, "bram")
    assert problem("bram om 630 in", "nl", roster).at == 5  # a time comes: Om is not meant, and it is no text
    assert step("bram en s", "nl", roster).children == ("bram", en.id)
    assert step("bram en om s", "nl", roster).children == ("bram", om.id)
    assert step("bram en en s", "nl", roster).children == ("bram", en.id)
    assert step("storm s", roster=roster).children == (storm.id,)


# -- who is not on the roster ----------------------------------------------------------------------------------------

BASJE = RosterChild("basje", "Basje", "Prins", is_in=True)
HERE = Roster((AYA, BRAM, BASJE), cursor="aya", others=others(OTHERS))


@pytest.mark.parametrize(
    ("line", "language", "rule", "at", "length"),
    [
        ("bas d wet", "en", "other_group", 0, 3),
        ("bas l nat", "nl", "other_group", 0, 3),
        ("bas bl våt", "nb", "other_group", 0, 3),
        ("BAS s", "en", "other_group", 0, 3),
        ("bas", "en", "other_group", 0, 3),
        ("bas hak s", "en", "other_group", 0, 7),
        ("aya bas s", "en", "other_group", 4, 3),
        ("aya and bas s", "en", "other_group", 8, 3),
        ("call bas", "en", "other_group", 5, 3),
        ("kaat in", "en", "child_left", 0, 4),
        ("kaat ziek", "nl", "child_left", 0, 4),
        ("noor s", "nb", "child_to_come", 0, 4),
        ("all -bas s", "en", "minus_elsewhere", 5, 3),
        ("all except kaat s", "en", "minus_elsewhere", 11, 4),
        ("all s 1030 -bas", "en", "minus_elsewhere", 12, 3),
    ],
)
def test_who_is_called_just_so_is_meant_and_nobody_else(
    line: str, language: str, rule: str, at: int, length: int
) -> None:
    found = problem(line, language, HERE)
    assert (found.rule, found.at, found.length) == (rule, at, length)
    assert (
        step(line.replace("bas", "basj"), language, HERE).children[-1:] == ("basje",) if line == "bas d wet" else True
    )


def test_what_a_question_about_another_child_says() -> None:
    assert problem("bas s", roster=HERE).args == {
        "child": "bas",
        "name": "Bas Hak",
        "given": "Bas",
        "group": "Vlinders",
    }
    assert problem("kaat s", roster=HERE).args["day"] == "2026-09-03"


def test_who_was_asked_about_is_meant() -> None:
    taken = replace(HERE, taken=frozenset({"bas"}))
    assert step("bas d wet", roster=taken).children == ("bas",)
    assert step("aya, bas s", roster=taken).children == ("aya", "bas")
    assert problem("bas", roster=taken).args == {"child": "bas", "name": "Bas Hak"}
    assert step("all s", roster=taken).children == ("aya", "bram", "basje")
    assert problem("kaat s", roster=taken).rule == "child_left"


def test_the_one_on_the_roster_is_meant_before_one_of_the_same_name_elsewhere() -> None:
    bas = RosterChild("bas-here", "Bas", "Wit")
    roster = replace(HERE, children=(*HERE.children, bas))
    assert step("bas s", roster=roster).children == ("bas-here",)
    assert step("bas w s", roster=roster).children == ("bas-here",)
    assert problem("bas hak s", roster=roster).args["child"] == "bas"


def test_two_elsewhere_are_told_apart_by_the_surname_and_one_who_left_counts_for_less() -> None:
    two = replace(HERE, others=others((*OTHERS, OtherChild("bas-2", "Bas", "Kok", group="Uilen"))))
    assert problem("bas s", roster=two).args["names"] == "Bas Hak (Vlinders), Bas Kok (Uilen)"
    assert problem("bas kok s", roster=two).args["child"] == "bas-2"
    left = replace(BAS, id="bas-3", surname="Kok", last_day=OTHERS[1].last_day)
    assert problem("bas s", roster=replace(HERE, others=others((left, *OTHERS)))).args["child"] == "bas"


def test_an_entry_that_is_put_right_stays_with_its_child() -> None:
    roster = replace(ROSTER, cursor_only=True)
    assert step("s 1030", roster=roster).children == step("aya s 1030", roster=roster).children == ("aya",)
    for line in ("bram s 1030", "aya bram s 1030", "all s 1030"):
        assert problem(line, roster=roster).rule == "child_stays"
    assert problem("aya", roster=roster).args == {}


def test_a_name_alone_says_whose_it_is() -> None:
    assert problem("aya").args == problem("ay").args == {"child": "aya", "name": "Aya Bakker"}
    for line in ("aya bram", "all", "@yesterday aya", "in 802; aya"):
        assert "child" not in problem(line).args


NAMES = st.sampled_from([
    "Jo", "Johan", "Jorn", "Bas", "Basje", "Om", "Omar", "Te", "Teun", "Storm", "All", "Alle", "In", "S", "En", "Og",
    "And", "Lunch", "But", "For", "Ø", "Anne", "Anne-Fleur", "Anne Fleur", "Fleur", "D'Angelo", "Аня", "明", "明美",
])  # fmt: skip
CHILD = st.builds(
    lambda given, surname: (given, surname), NAMES, st.sampled_from(["Bos", "Jo", "Bas", "Teun", "van Om"])
)


@given(
    st.lists(CHILD, min_size=1, max_size=8, unique=True),
    st.lists(CHILD, max_size=5, unique=True),
    NAMES,
    st.sampled_from(
        ["{name} s 1030", "aya {name} s 1030", "aya, {name} s 1030", "{name} en aya s", "* -{name} s", "{name} d w"]
    ),
    st.sampled_from(["nl", "nb", "en"]),
)
def test_a_whole_given_name_never_means_a_child_of_another_name(
    here: list[tuple[str, str]], there: list[tuple[str, str]], typed: str, line: str, language: str
) -> None:
    children = tuple(child(*one) for one in here)
    elsewhere = (OtherChild(f"x {one}", *one, group="Uilen") for one in there)
    roster = Roster((AYA, *children), cursor="aya", others=others(elsewhere))
    found = parse(line.format(name=typed), roster, NOW, language)
    if isinstance(found, LineProblem) or typed not in {given for given, _ in (*here, *there)}:
        return
    called = {one.id for one in children if simple(one.given_name) == simple(typed)} | {"aya"}
    if " en " in line:  # and En is a name as well
        called |= {one.id for one in children if one.given_name == "En"}
    for part in found.parts:
        assert isinstance(part, Step | AbsenceReport)
        left_out = {one.id for one in (AYA, *children)} - set(part.children)
        if line.startswith("* "):
            assert len(left_out) == 1 and left_out <= called
        else:
            assert set(part.children) <= called or typed in ("All", "Alle"), "somebody else is meant"


def simple(name: str) -> str:
    return name.casefold().replace("-", "").replace(" ", "")
