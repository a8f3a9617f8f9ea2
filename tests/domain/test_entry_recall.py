"""`&`: texts of before, of yesterday, of a sibling."""

import pytest

from kindertui.domain.entry import Grid, LineProblem, Plan, Recall, Step, grid_plan, parse, text_key, to_line
from tests.domain.entry_roster import NOW, ROSTER, read

RECALL = Recall(
    last={"lunch": "pasta; &", "note": "played outside", "departure": "oma"},
    yesterday={("aya", "lunch"): "bread", ("bram", "lunch"): "bread", ("cato", "lunch"): "rice"},
    sibling={("aya", "note"): "slept badly"},
)


def texts(line: str, language: str = "en") -> dict[str, tuple[str, ...]]:
    plan = parse(line, ROSTER, NOW, language, {"played": "no"}, RECALL)
    assert isinstance(plan, Plan), plan
    assert all(isinstance(part, Step) for part in plan.parts)
    return {part.text: part.children for part in plan.parts if isinstance(part, Step)}


@pytest.mark.parametrize(
    ("line", "language", "found"),
    [
        ("lunch &", "en", {"pasta; &": ("aya",)}),
        ("lunch 1130-1150 & ¾", "en", {"pasta; &": ("aya",)}),
        ("lunch ¾ & with cheese", "en", {"pasta; & with cheese": ("aya",)}),
        ("n &", "en", {"played outside": ("aya",)}),
        ("out &", "en", {"oma": ("aya",)}),
        ("aya cato bram lunch &yesterday", "en", {"bread": ("aya", "bram"), "rice": ("cato",)}),
        ("lunch &y", "en", {"bread": ("aya",)}),
        ("lunch &g", "nl", {"bread": ("aya",)}),
        ("lunch &yest", "nl", {"bread": ("aya",)}),
        ("lunsj &i", "nb", {"bread": ("aya",)}),
        ("n &sibling", "en", {"slept badly": ("aya",)}),
        ("n &zus", "nl", {"slept badly": ("aya",)}),
        ("n &BROER", "nl", {"slept badly": ("aya",)}),
        ("n &sosken", "nb", {"slept badly": ("aya",)}),
        # behind other words, or marked as a word, it is a word
        ("lunch brood & kaas", "nl", {"brood & kaas": ("aya",)}),
        (r"n \&y", "en", {"&y": ("aya",)}),
    ],
)
def test_what_is_brought_back(line: str, language: str, found: dict[str, tuple[str, ...]]) -> None:
    assert texts(line, language) == found


@pytest.mark.parametrize(
    ("line", "rule", "at", "name", "incomplete"),
    [
        ("snack &", "nothing_written", 6, "Aya Bakker", False),
        ("snack &y", "nothing_to_recall", 6, "Aya Bakker", False),
        ("aya oster lunch &y", "nothing_to_recall", 16, "Øster Ås", False),
        ("n &x", "recall_unknown", 2, None, True),
        ("n &x y", "recall_unknown", 2, None, False),
    ],
)
def test_what_is_not_there_is_said(line: str, rule: str, at: int, name: str | None, incomplete: bool) -> None:
    found = parse(line, ROSTER, NOW, "en", None, RECALL)
    assert isinstance(found, LineProblem)
    assert (found.rule, found.at, found.args.get("name"), found.incomplete) == (rule, at, name, incomplete)
    without = parse(line, ROSTER, NOW, "en")
    assert isinstance(without, LineProblem)


def test_in_the_rows_of_a_grid() -> None:
    (asked,) = read("aya bram cato lunch = =").parts
    assert isinstance(asked, Grid)
    cells = {"aya": ("1", "&y"), "bram": ("½", "& too"), "cato": ("1", "brood & kaas")}
    found = grid_plan(asked, cells, ROSTER, NOW, "en", recall=RECALL)
    assert {child: step.text for child, step in found.steps.items()} == {
        "aya": "bread", "bram": "pasta; & too", "cato": "brood & kaas",
    }  # fmt: skip
    wrong = grid_plan(asked, {"bram": ("1", " &s")}, ROSTER, NOW, "en", recall=RECALL).problems["bram"]
    assert (wrong.cell, wrong.problem.rule, wrong.problem.at) == (1, "nothing_to_recall", 1)


def test_a_text_that_looks_like_one_is_printed_as_words() -> None:
    plan = parse(r"n \& \&y", ROSTER, NOW, "en")
    assert isinstance(plan, Plan)
    line = to_line(plan, ROSTER, "en")
    assert parse(line, ROSTER, NOW, "en", None, RECALL) == plan


def test_texts_are_remembered_by_the_meal() -> None:
    assert (text_key("meal", "lunch"), text_key("meal"), text_key("note", None)) == ("lunch", "meal", "note")
