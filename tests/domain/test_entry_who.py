"""Who a line means, and when it must not guess."""

from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from kindertui.domain.entry import CommandWord, Completion, Plan, Roster, RosterChild, complete, parse, to_line
from tests.domain.entry_roster import AYA, BRAM, CHILDREN, EMMA_J, EMMA_V, ROSTER, problem, read, step


@pytest.mark.parametrize(
    ("line", "children"),
    [
        ("s", ("aya",)),
        ("aya s", ("aya",)),
        ("AYA s", ("aya",)),
        ("br s", ("bram",)),
        ("aya br s 1230", ("aya", "bram")),
        ("br aya br s", ("bram", "aya")),
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
        ("aya xyz s", "verb_unknown", 4, 3, False),
        ("xyz", "word_unknown", 0, 3, True),
        (r"\aya s", "word_unknown", 0, 4, False),
        ("call em", "ambiguous", 5, 2, True),
        ("m s", "word_unknown", 0, 1, False),
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
    assert step("emma k s", roster=Roster((EMMA_V, EMMA_J, longer))).children == ("emmalotte",)


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


def test_all_who_fall_asleep_are_those_who_are_in() -> None:
    assert len(read("all s 1030", roster=ASLEEP).parts[0].children) == 7
    assert len(read("all s 1030-=", roster=ASLEEP).parts[0].children) == 7
    assert read("br check", roster=ASLEEP).parts[0].children == ("bram",)
