"""`!` before the words keeps an entry from parents; in another place it is refused, never just swallowed."""

import pytest

from kindertui.domain.entry import Grid, LineProblem, Step, grid_plan, parse, to_line
from kindertui.domain.entry.words import FOR_STAFF_WORDS
from tests.domain.entry_roster import NOW, ROSTER, problem, read, step

LANGUAGES = ("en", "nl", "nb")


@pytest.mark.parametrize(
    ("line", "kind", "amount", "text"),
    [
        ("n ! mother called", "note", None, "mother called"),
        ("n !mother called", "note", None, "mother called"),
        ("n !!! mother called", "note", None, "mother called"),
        ("n ! 1130 mother called", "note", None, "mother called"),
        ("lunch 1130 ! little appetite", "meal", None, "little appetite"),
        ("lunch 1130 little ! no appetite", "meal", 0.25, "no appetite"),
        ("lunch 1130 ! no appetite ¾", "meal", 0.75, "no appetite"),
        ("lunch 1130 ¾ !", "meal", 0.75, ""),
        ("b 830 150 ! spat", "bottle", 150, "spat"),
        ("b ! 830 150 spat", "bottle", 150, "spat"),
        ("d wet ! red skin", "nappy", None, "red skin"),
        ("s 1230-1415 ! cried", "sleep", None, "cried"),
        ("w ! cried", "sleep", None, "cried"),
        ("temp 38.2 ! glassy", "temperature", 38.2, "glassy"),
        ("med ! paracetamol", "medicine", None, "paracetamol"),
        ("incident ! bitten", "incident", None, "bitten"),
        ("out 1530 ! police", "departure", None, "police"),
        (r"n !\150 words", "note", None, "150 words"),
        ("n ! what a day!", "note", None, "what a day!"),
    ],
)
def test_it_stands_before_the_words(line: str, kind: str, amount: float | None, text: str) -> None:
    found = step(line)
    assert (found.kind, found.amount, found.text, found.for_staff) == (kind, amount, text, True)
    again = to_line(read(line), ROSTER, "en", NOW.date())
    assert read(again) == read(line), again


@pytest.mark.parametrize("line", ["s no ! cried", "s ! no, cried", "s 1300 ! no, cried", "s no ! cried a lot"])
def test_no_sleep_may_be_kept_too(line: str) -> None:
    found = step(line)
    assert found.not_slept and found.for_staff and found.text.startswith("cried")


@pytest.mark.parametrize("line", ["n what a day!", r"n \!x", "n Wow!! x", r"n \! x", "lunch 1130 no appetite", "n x!y"])
def test_what_is_part_of_a_word_is_text(line: str) -> None:
    found = step(line)
    assert not found.for_staff
    assert read(to_line(read(line), ROSTER, "en", NOW.date())) == read(line)


@pytest.mark.parametrize(
    ("line", "rule", "at"),
    [
        ("!", "for_staff_first", 0),
        ("! n mother called", "for_staff_first", 0),
        ("!n mother called", "for_staff_first", 0),
        ("aya ! mother called", "for_staff_first", 4),
        ("n mother ! called", "for_staff_late", 9),
        ("n mother called !", "for_staff_late", 16),
        ("n mother !called", "for_staff_late", 9),
        ("n ! ! mother", "for_staff_late", 4),
        ("n !", "words_missing", 3),
        ("temp !", "amount_missing", 6),
        ("daan sick ! vomits", "for_staff_report", 10),
        ("menu lunch 1130 ! pasta", "for_staff_menu", 16),
        ("menu lunch 1130 !pasta", "for_staff_menu", 16),
        ("n ! 1275 called", "time_invalid", 4),
    ],
)
def test_anywhere_else_it_is_refused_at_its_place(line: str, rule: str, at: int) -> None:
    found = problem(line)
    assert (found.rule, found.at) == (rule, at)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_a_word_for_it(language: str) -> None:
    word = FOR_STAFF_WORDS[language]
    for line in (f"n {word}: belde", f"n {word.upper()}: belde", "n staff: belde"):
        assert step(line, language).for_staff
        assert step(line, language).text == "belde"
    # without its colon parents would read the sentence behind it: it is asked
    found = problem(f"n {word} belde", language)
    assert (found.rule, found.at, found.length) == ("for_staff_colon", 2, len(word))
    assert step(f"n \\{word} belde", language).text == f"{word} belde"
    assert problem(f"n belde {word}: x", language).rule == "for_staff_late"


def test_each_entry_of_a_line_has_its_own() -> None:
    first, second = read("in 802 ! late again; n cuddly").parts
    assert isinstance(first, Step) and isinstance(second, Step)
    assert (first.for_staff, second.for_staff) == (True, False)


def test_several_times_are_all_kept() -> None:
    assert [part.for_staff for part in read("d 1100 1200 wet ! sore").parts if isinstance(part, Step)] == [True, True]


@pytest.mark.parametrize(
    ("line", "cell", "text", "for_staff"),
    [
        ("n ! =", "mother called", "mother called", True),
        ("n =", "! mother called", "mother called", True),
        ("n =", "!mother called", "mother called", True),
        ("n =", "staff: mother called", "mother called", True),
        ("n =", "mother called!", "mother called!", False),
        ("lunch 1130 = ! appetite", "¾", "appetite", True),
    ],
)
def test_in_a_value_grid(line: str, cell: str, text: str, for_staff: bool) -> None:
    (grid,) = read(line).parts
    assert isinstance(grid, Grid)
    found = grid_plan(grid, {"aya": (cell,)}, ROSTER, NOW, "en")
    assert not found.problems
    assert (found.steps["aya"].text, found.steps["aya"].for_staff) == (text, for_staff)


@pytest.mark.parametrize("cell", ["staff mother called", "mother ! called"])
def test_a_row_is_refused_where_a_line_is(cell: str) -> None:
    (grid,) = read("n =").parts
    assert isinstance(grid, Grid)
    found = grid_plan(grid, {"aya": (cell,)}, ROSTER, NOW, "en")
    line = parse(f"n {cell}", ROSTER, NOW, "en")
    assert isinstance(line, LineProblem)
    assert found.problems["aya"].problem.rule == line.rule
    assert found.problems["aya"].problem.at == line.at - 2
