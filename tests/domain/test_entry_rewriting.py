"""The two keys that answer the guard: the line they type means what it meant, but for whom it is kept or about."""

import pytest

from kindertui.domain.entry import LineProblem, Plan, Roster, Step, parse
from kindertui.domain.entry.rewriting import kept_line, line_about
from tests.domain.entry_roster import CHILDREN, NOW, ROSTER, read


def english(line: str) -> Plan | LineProblem:
    return parse(line, ROSTER, NOW, "en")


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("n mother called", "n ! mother called"),
        ("bram n 1130 mother called", "bram n 1130 ! mother called"),
        ("lunch 1130 little appetite", "lunch 1130 little ! appetite"),
        ("lunch 1130-1150 bread cheese ¾", "lunch 1130-1150 ! bread cheese ¾"),
        ("b 830 150 spat", "b 830 150 ! spat"),
        ("d wet", "d wet !"),
        ("s no, cried", "s no, ! cried"),
        ("w cried", "w ! cried"),
        ("in 802 late; n mother called", "in 802 ! late; n ! mother called"),
        ("in 802 ! late; n mother called", "in 802 ! late; n ! mother called"),
        ("d 1100 1200 wet sore", "d 1100 1200 wet ! sore"),
        ("daan sick vomits; n mother called", "daan sick vomits; n ! mother called"),
        (r"n \1130 x", r"n ! \1130 x"),
    ],
)
def test_the_mark_goes_before_the_words(line: str, kept: str) -> None:
    assert kept_line(line, english) == kept
    assert all(part.for_staff for part in read(kept).parts if isinstance(part, Step))


def test_only_what_was_found_is_kept() -> None:
    assert kept_line("in 802 late; n mother called", english, {1}) == "in 802 late; n ! mother called"


@pytest.mark.parametrize("line", ["n ! mother called", "daan sick", "week", "xyz", "", "n =", "menu lunch pasta"])
def test_where_nothing_is_left_to_keep_there_is_no_line(line: str) -> None:
    assert kept_line(line, english) == ""


@pytest.mark.parametrize(
    ("line", "said", "about"),
    [
        ("n bram is a bit sad", "bram", "Bram n is a bit sad"),
        ("n 1130 Bram is a bit sad", "Bram", "Bram n 1130 is a bit sad"),
        ("n Bram de Wit is a bit sad", "Bram de Wit", "Bram n is a bit sad"),
        ("a bram built a tower", "bram", "Bram a built a tower"),
        ("n ! bram is a bit sad", "bram", "Bram n ! is a bit sad"),
    ],
)
def test_a_line_that_begins_its_words_with_a_name_is_made_about_her(line: str, said: str, about: str) -> None:
    assert line_about(line, said, "Bram", "bram", english) == about


@pytest.mark.parametrize(
    "line",
    ["cato n bram is sad", "n played with bram", "all n bram is sad", "n bram", "week", "n x; n bram is sad", "n"],
)
def test_a_line_that_says_whom_it_is_about_stays(line: str) -> None:
    assert line_about(line, "bram", "Bram", "bram", english) == ""


def test_of_marked_ones_too() -> None:
    marked = Roster(CHILDREN, marked=frozenset({"aya", "cato"}), cursor="aya")
    about = line_about("n bram is sad", "bram", "Bram", "bram", lambda line: parse(line, marked, NOW, "en"))
    assert about == "Bram n is sad"  # who is named counts, not who is marked
