"""A sleep that was not: what says so, what stays the text it always was, and what is asked where nothing is said."""

from collections.abc import Mapping
from datetime import datetime

import pytest

from kindertui.domain.entry import (
    Grid,
    LineProblem,
    Plan,
    Recall,
    Roster,
    Step,
    Usage,
    complete,
    grid_plan,
    parse,
    to_line,
)
from kindertui.domain.entry.words import no_sleep_words
from tests.domain.entry_roster import CHILDREN, NOW, ROSTER, ZONE, clock, problem, read, step


@pytest.mark.parametrize(
    ("line", "language", "at", "text"),
    [
        ("s no", "en", "12:41", ""),
        ("s NONE", "en", "12:41", ""),
        ("slept no", "en", "12:41", ""),
        ("s no.", "en", "12:41", ""),
        ("s no 1130", "en", "11:30", ""),
        ("s 1130 no", "en", "11:30", ""),
        ("s no 11:30", "en", "11:30", ""),
        ("s no -10", "en", "12:31", ""),
        ("s -10 no", "en", "12:31", ""),
        ("s no nap", "en", "12:41", ""),
        ("s no sleep 1130", "en", "11:30", ""),
        ("s no, cried", "en", "12:41", "cried"),
        ("s no , cried", "en", "12:41", "cried"),
        ("s no – cried", "en", "12:41", "cried"),
        ("s no: 2x up again", "en", "12:41", "2x up again"),
        ("s no, 1130 cried", "en", "11:30", "cried"),
        ("s no 1130 cried", "en", "11:30", "cried"),
        ("s 1130 no, cried", "en", "11:30", "cried"),
        (r"s no \1130", "en", "12:41", "1130"),
        (r"s no \cried", "en", "12:41", "cried"),
        (r"s no \nap", "en", "12:41", "nap"),
        ("s no, bu", "en", "12:41", "buiten gespeeld"),
        ("s niet", "nl", "12:41", ""),
        ("geslapen niet", "nl", "12:41", ""),
        ("s nee", "nl", "12:41", ""),
        ("s geen", "nl", "12:41", ""),
        ("slaap niet, huilde", "nl", "12:41", "huilde"),
        ("s niet geslapen", "nl", "12:41", ""),
        ("s no", "nl", "12:41", ""),
        ("s ikke", "nb", "12:41", ""),
        ("sovet ikke", "nb", "12:41", ""),
        ("s nei", "nb", "12:41", ""),
        ("s ingen", "nb", "12:41", ""),
        ("sov ikke 1130 gråt", "nb", "11:30", "gråt"),
    ],
)
def test_what_says_that_there_was_no_sleep(line: str, language: str, at: str, text: str) -> None:
    plan = parse(line, ROSTER, NOW, language, {"bu": "buiten gespeeld"})
    said = Step(("aya",), "sleep", clock(at), clock(at), detail={"none": True}, text=text, verb="sleep")
    assert plan == Plan((said,))
    assert parse(to_line(plan, ROSTER, language), ROSTER, NOW, language) == plan


@pytest.mark.parametrize(
    ("line", "language", "start", "end", "text"),
    [
        ("s no blanket", "en", "12:41", None, "no blanket"),
        ("s 1130 no blanket", "en", "11:30", None, "no blanket"),
        ("s 1130-1230 no blanket", "en", "11:30", "12:30", "no blanket"),
        ("s 1130-1230 no, cried", "en", "11:30", "12:30", "no, cried"),
        ("s 1130-1230 no nap before", "en", "11:30", "12:30", "no nap before"),
        ("s -1230 no blanket", "en", None, "12:30", "no blanket"),
        ("s not tired", "en", "12:41", None, "not tired"),
        (r"s \no", "en", "12:41", None, "no"),
        (r"s \?", "en", "12:41", None, "?"),
        ("s niet moe", "nl", "12:41", None, "niet moe"),
        ("s ikke trøtt", "nb", "12:41", None, "ikke trøtt"),
        ("s ikke", "nl", "12:41", None, "ikke"),  # no word of this language
    ],
)
def test_what_stays_a_sleep_with_a_text(
    line: str, language: str, start: str | None, end: str | None, text: str
) -> None:
    found = step(line, language)
    assert not found.not_slept and found.text == text
    assert (found.start, found.end) == (start and clock(start), end and clock(end))


@pytest.mark.parametrize(
    ("line", "rule", "at", "length", "incomplete"),
    [
        ("s 1130-1230 no", "no_sleep_no_end", 2, 9, False),
        ("s no 1130-1230", "no_sleep_no_end", 5, 9, False),
        ("s -1230 no", "no_sleep_no_end", 2, 5, False),
        ("s 1130- no", "no_sleep_no_end", 2, 5, False),
        ("s no 1130 1230", "second_time", 10, 4, False),
        ("s no 12h75", "time_invalid", 5, 5, True),
        ("s no 1275", "time_invalid", 5, 4, True),
        ("s no =-=", "no_sleep_no_end", 5, 3, False),
        ("s ?", "nap_asked", 3, 0, True),
        ("s ? ", "nap_asked", 3, 0, True),
        ("aya s ? tired", "nap_asked", 8, 5, True),
        ("s ? so tired", "nap_asked", 4, 2, False),
    ],
)
def test_what_it_cannot_be(line: str, rule: str, at: int, length: int, incomplete: bool) -> None:
    found = problem(line)
    assert (found.rule, found.at, found.length, found.incomplete) == (rule, at, length, incomplete)


@pytest.mark.parametrize(
    ("line", "language", "same"),
    [
        ("s ? 1130", "en", "s 1130"),
        ("s ? 1130-1230 calm", "en", "s 1130-1230 calm"),
        ("s ?1130-1230", "en", "s 1130-1230"),  # behind the Enter that was asked
        ("s ? -10", "en", "s -10"),
        ("s ? no", "en", "s no"),
        ("s ?no", "en", "s no"),
        ("s ? n", "en", "s no"),
        ("slaap ? n", "nl", "s niet"),
        ("sov ? i", "nb", "s ikke"),
        ("s ? no cried", "en", "s no, cried"),
        ("s ? no 1130", "en", "s no 1130"),
        ("s ? 1130 no", "en", "s no 1130"),
        ("@yesterday aya s ? no", "en", "@yesterday aya s no"),
    ],
)
def test_a_question_is_answered_by_a_time_or_that_word(line: str, language: str, same: str) -> None:
    assert read(line, language) == read(same, language)


def test_all_but_those_who_slept() -> None:
    found = step("all s no -aya")
    assert found.not_slept and "aya" not in found.children and len(found.children) == 6
    came = read("all in 802; s no").parts[1]
    assert isinstance(came, Step) and came.not_slept and came.children == ("daan", "evi")


def test_on_another_day_only_the_day_matters() -> None:
    found = step("@yesterday aya s no")
    assert found.start == found.end == datetime(2026, 11, 19, 12, tzinfo=ZONE)
    shown = Roster(CHILDREN, cursor="aya", day=datetime(2026, 10, 25).date())  # the clocks go back, but not at noon
    assert step("s no", roster=shown).start == datetime(2026, 10, 25, 12, tzinfo=ZONE)
    assert step("s no 1300", roster=shown).start == datetime(2026, 10, 25, 13, tzinfo=ZONE)
    assert problem("s no -10", roster=shown).rule == "time_ago_other_day"


def rows(line: str, language: str = "en", **cells: tuple[str, ...]) -> Mapping[str, str]:
    """What the rows of a grid mean, each as a line or as the problem there is."""
    (grid,) = read(line, language).parts
    assert isinstance(grid, Grid)
    found = grid_plan(grid, cells, ROSTER, NOW, language)
    lines = {child: to_line(Plan((one,)), ROSTER, language) for child, one in found.steps.items()}
    return lines | {child: f"{one.problem.rule} {one.cell}" for child, one in found.problems.items()}


@pytest.mark.parametrize(
    ("line", "cells", "found"),
    [
        ("* s =", ("no",), "Aya sleep no 12:41"),
        ("* s =", ("no 1130",), "Aya sleep no 11:30"),
        ("* s =", ("1130 no",), "Aya sleep no 11:30"),
        ("* s =", ("no, cried",), "Aya sleep no 12:41 cried"),
        ("* s =", ("no cried",), "time_invalid 0"),
        ("* s = calm", ("no",), "Aya sleep no 12:41 calm"),
        ("* s = calm", ("1130 no",), "Aya sleep no 11:30 calm"),
        ("* s = =", ("no", "cried"), "Aya sleep no 12:41 cried"),
        ("* s = =", ("1130-1230", "no"), r"Aya sleep 11:30-12:30 \no"),
        ("* s 1130-=", ("no",), "Aya sleep no 11:30"),
        ("* s 1130-= calm", ("No",), "Aya sleep no 11:30 calm"),
        ("* s =-1230", ("no",), "Aya sleep no 12:41"),
        ("* s =-=", ("no", ""), "Aya sleep no 12:41"),
        ("* s =-=", ("1130", "no"), "Aya sleep no 11:30"),
        ("* s =-=", ("11300", "no"), "time_invalid 0"),
        ("* s =-=", ("no", "1230"), "no_sleep_no_end 1"),
        ("aya s -=", ("no",), "time_invalid 0"),  # asks when they woke
        ("* w =", ("no",), "time_invalid 0"),
        ("* s no =", ("1130",), "Aya sleep no 11:30"),
    ],
)
def test_a_row_of_the_value_grid(line: str, cells: tuple[str, ...], found: str) -> None:
    asleep = Roster(tuple(CHILDREN), cursor="aya")
    (grid,) = read(line.replace("* w", "aya w"), roster=asleep).parts
    assert isinstance(grid, Grid)
    assert rows(line.replace("* w", "aya w"), aya=cells) == {"aya": found}


def test_a_row_in_the_language_of_the_screen() -> None:
    assert rows("* s 1130-=", "nl", aya=("niet",), bram=("1230",)) == {
        "aya": "Aya slaap niet 11:30",
        "bram": "Bram slaap 11:30-12:30",
    }


USAGE = Usage(texts={"sleep": (("restless", 3), ("no", 2)), "no_sleep": (("cried", 2), ("nap", 1))})


@pytest.mark.parametrize(
    ("line", "language", "words"),
    [
        ("s n", "en", ["no", r"\no"]),
        ("s ", "en", ["no", "restless", r"\no"]),
        ("slaap n", "nl", ["niet"]),
        ("sov ? i", "nb", ["ikke"]),
        ("s 1130 n", "en", ["no", r"\no"]),
        ("s 1130-1230 ", "en", ["restless", r"\no"]),
        ("w n", "en", ["\\no"]),  # here a text like any other
        ("s no, ", "en", ["cried", "nap"]),
        ("s no ", "en", [r"\cried", r"\nap"]),  # plain, they would be a text of a sleep
        ("s no 1130 c", "en", ["cried"]),
    ],
)
def test_what_tab_offers(line: str, language: str, words: list[str]) -> None:
    found = complete(line, len(line), ROSTER, language, USAGE)
    for word in found.words:
        assert not isinstance(parse(line[: found.start] + word, ROSTER, NOW, language), LineProblem)
    if language == "en":
        assert list(found.words) == words
    else:
        assert found.words[0] == words[0] == no_sleep_words(language)[0]


def test_why_a_child_did_not_sleep_comes_back_on_no_sleep() -> None:
    recall = Recall(last={"sleep": "with her bear", "no_sleep": "cried"})
    texts = {}
    for line in ("s no &", "s no, &", "s no 1130 &", "s &", "s 1130-1230 &"):
        plan = parse(line, ROSTER, NOW, "en", None, recall)
        assert isinstance(plan, Plan) and isinstance(plan.parts[0], Step)
        texts[line] = (plan.parts[0].text, plan.parts[0].not_slept)
    assert set(list(texts.values())[:3]) == {("cried", True)}
    assert set(list(texts.values())[3:]) == {("with her bear", False)}
