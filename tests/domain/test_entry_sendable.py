"""What no bundle takes is refused at its place when it is typed, unless it is for staff anyway."""

import pytest

from kindertui.domain.entry import Grid, LineProblem, grid_plan, parse
from tests.domain.entry_roster import NOW, ROSTER, problem, read, step


@pytest.mark.parametrize(
    ("line", "at", "word"),
    [
        ("n see <b>this", 6, "<b"),
        ("n a</p", 3, "</"),
        ("lunch 1130 soup <!-- x ¾", 16, "<!"),
        ("in 802 dad; n <?x", 14, "<?"),
        ("out 1500 <Truus>", 9, "<T"),
        ("menu lunch 1130 <i>soup", 16, "<i"),
        (r"n \<b", 3, "<b"),
    ],
)
def test_it_is_refused_at_its_place(line: str, at: int, word: str) -> None:
    found = problem(line)
    assert (found.rule, found.at, found.length, found.args) == ("not_sendable", at, 1, {"word": word})


@pytest.mark.parametrize("line", ["n a < b", "n <3", "n a<1", "n ‹b›", "n 1 <", "n ! <b>x", "med <b>", "daan sick <b"])
def test_what_leaves_or_does_not_leave_at_all_is_let_be(line: str) -> None:
    read(line)


def test_a_short_word_that_holds_it_is_pointed_at() -> None:
    found = parse("n hi bu there", ROSTER, NOW, "en", {"bu": "<b>"})
    assert isinstance(found, LineProblem)
    assert found.rule == "not_sendable"


def test_in_a_value_grid_the_cell_is_pointed_at() -> None:
    (grid,) = read("n =").parts
    assert isinstance(grid, Grid)
    wrong = grid_plan(grid, {"aya": ("see <b>",)}, ROSTER, NOW, "en").problems["aya"]
    assert (wrong.problem.rule, wrong.problem.at) == ("not_sendable", 4)
    assert not grid_plan(grid, {"aya": ("! see <b>",)}, ROSTER, NOW, "en").problems


def test_the_text_itself_stays_as_it_was_typed() -> None:
    assert step("n ! <b>bold</b>").text == "<b>bold</b>"
