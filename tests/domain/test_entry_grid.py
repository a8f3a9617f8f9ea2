"""Own values: what a `=` stands for, and what the rows of the grid mean."""

from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from kindertui.domain.entry import PROBLEMS, Grid, GridRead, LineProblem, Plan, Roster, Step, grid_plan, parse, to_line
from tests.domain.entry_roster import NOW, ROSTER, ZONE, clock, problem, read, step

HERE = ("aya", "bram", "cato", "emma-v", "emma-j", "oster", "daniel")


def grid(line: str, language: str = "en", roster: Roster = ROSTER, now: datetime = NOW) -> Grid:
    (part,) = read(line, language, roster, now).parts
    assert isinstance(part, Grid), part
    return part


def rows(line: str, *cells: str, language: str = "en", now: datetime = NOW) -> GridRead:
    """What the cells of one child mean."""
    asked = grid(line, language, now=now)
    return grid_plan(asked, {asked.children[0]: cells}, ROSTER, now, language, {"bu": "buiten gespeeld"})


def one(line: str, *cells: str, language: str = "en", now: datetime = NOW) -> Step:
    found = rows(line, *cells, language=language, now=now)
    assert not found.problems, found.problems
    assert found.plan is not None
    (part,) = found.plan.parts
    assert isinstance(part, Step)
    return part


@pytest.mark.parametrize(
    ("line", "pieces", "holes"),
    [
        ("s 1230-=", ("s 1230-", ""), ("end",)),
        ("s =-1415", ("s ", "-1415"), ("start",)),
        ("s =-=", ("s ", "-", ""), ("start", "end")),
        ("s =", ("s ", ""), ("times",)),
        ("s -=", ("s -", ""), ("end",)),
        ("s =-", ("s ", "-"), ("start",)),
        ("s 1230- =", ("s 1230- ", ""), ("text",)),
        ("w =", ("w ", ""), ("times",)),
        ("in =", ("in ", ""), ("times",)),
        ("out 1730 =", ("out 1730 ", ""), ("text",)),
        ("out = =", ("out ", " ", ""), ("times", "text")),
        ("wc =", ("wc ", ""), ("times",)),
        ("check =", ("check ", ""), ("times",)),
        ("lunch =", ("lunch ", ""), ("amount",)),
        ("lunch 1130 =", ("lunch 1130 ", ""), ("amount",)),
        ("lunch 1130-1150 = brood", ("lunch 1130-1150 ", " brood"), ("amount",)),
        ("lunch 1130-1150 brood =", ("lunch 1130-1150 brood ", ""), ("amount",)),
        ("lunch 1130-1150 ¾ =", ("lunch 1130-1150 ¾ ", ""), ("text",)),
        ("lunch brood = kaas", ("lunch brood ", " kaas"), ("text",)),
        ("lunch = =", ("lunch ", " ", ""), ("amount", "text")),
        ("lunch 1130-= =", ("lunch 1130-", " ", ""), ("end", "amount")),
        ("b =", ("b ", ""), ("amount",)),
        ("b 830 =", ("b 830 ", ""), ("amount",)),
        ("b 90 =", ("b 90 ", ""), ("text",)),
        ("b = =", ("b ", " ", ""), ("amount", "text")),
        ("dr water =", ("dr water ", ""), ("amount",)),
        ("temp 830 =", ("temp 830 ", ""), ("amount",)),
        ("d =", ("d ", ""), ("content",)),
        ("d wet =", ("d wet ", ""), ("text",)),
        ("d both =", ("d both ", ""), ("text",)),
        ("d 1110 = =", ("d 1110 ", " ", ""), ("content", "text")),
        ("n =", ("n ", ""), ("text",)),
        ("n 1130 had = today", ("n 1130 had ", " today"), ("text",)),
        ("a =-= tower", ("a ", "-", " tower"), ("start", "end")),
        ("med =", ("med ", ""), ("text",)),
    ],
)  # fmt: skip
def test_what_a_hole_stands_for(line: str, pieces: tuple[str, ...], holes: tuple[str, ...]) -> None:
    found = grid(line)
    assert (found.pieces, found.holes, found.children) == (pieces, holes, ("aya",))
    assert parse(to_line(Plan((found,)), ROSTER, "en"), ROSTER, NOW, "en") == Plan((found,))


@pytest.mark.parametrize("line", [r"n \=", "n a=b", "n x -=", r"lunch brood \=", "n 1130 a-="])
def test_an_equals_sign_in_words_is_words(line: str) -> None:
    found = step(line)
    assert "=" in found.text
    assert step(to_line(Plan((found,)), ROSTER, "en")) == found


def test_whom_a_grid_asks_for() -> None:
    assert grid("s 1230-=", roster=replace(ROSTER, marked=frozenset({"cato", "bram"}))).children == ("bram", "cato")
    assert grid("cato aya s 1230-=").children == ("cato", "aya")
    assert grid("all s 1230-=").children == HERE
    assert grid("all s 1230-= -aya").children == HERE[1:]
    assert grid("all in =").children == ("daan", "evi")
    assert grid("slaap 1230-=", "nl").verb == grid("sov 1230-=", "nb").verb == "sleep"


@pytest.mark.parametrize(
    ("line", "rule", "at"),
    [
        ("=", "own_value_not_here", 0),
        ("aya =", "own_value_not_here", 4),
        ("daan sick =", "own_value_not_here", 10),
        ("s 1230-=; d wet", "own_value_alone", 0),
        ("in; s 1230-=", "own_value_alone", 4),
        ("n = = =", "own_value_many", 6),
        ("a =-= =", "own_value_many", 6),
        ("s 1275-=", "time_invalid", 2),
        ("s 1230=", "time_invalid", 2),
        ("in 802-=", "no_end_here", 3),
        ("lunch -=", "no_end_here", 6),
        ("lunch =-", "no_open_end", 6),
        ("lunch 1130 =-=", "second_time", 11),
        ("out = 1730", "second_time", 6),
        ("b = 90", "second_amount", 4),
    ],
)
def test_where_no_hole_goes(line: str, rule: str, at: int) -> None:
    found = problem(line)
    assert (found.rule, found.at) == (rule, at)


@pytest.mark.parametrize(
    ("line", "cells", "same_as"),
    [
        ("s 1230-=", ("1415",), "s 1230-1415"),
        ("s 1230-=", (" 14:15 ",), "s 1230-1415"),
        ("s 1230-= restless", ("1415",), "s 1230-1415 restless"),
        ("s 1230-=", ("-",), "s 1230-"),
        ("s -=", ("1215",), "s -1215"),
        ("s =-1230", ("1100",), "s 1100-1230"),
        ("s =-=", ("1100", "1230"), "s 1100-1230"),
        ("s =-=", ("1100", "-"), "s 1100-"),
        ("s =", ("1100-1230",), "s 1100-1230"),
        ("s =", ("1100",), "s 1100-"),
        ("s =", ("-10",), "s -10"),
        ("w =", ("1215",), "w 1215"),
        ("in =", ("802",), "in 802"),
        ("out = =", ("1130", "oma;"), r"out 1130 oma\;"),
        ("lunch =", ("¾",), "lunch ¾"),
        ("lunch =", ("half",), "lunch half"),
        ("lunch 1130-1150 = brood", ("1/4",), "lunch 1130-1150 1/4 brood"),
        ("lunch 1130 brood =", ("0",), "lunch 1130 0 brood"),
        ("lunch 1130-1150 = =", ("½", "2 sandwiches"), "lunch 1130-1150 ½ 2 sandwiches"),
        ("lunch 1130-1150 = =", ("", "1150 all"), r"lunch 1130-1150 \1150 \all"),
        ("lunch 1130-1150 = =", ("1", ""), "lunch 1130-1150 1"),
        ("lunch 1130-= =", ("1150", "¾"), "lunch 1130-1150 ¾"),
        ("b =", ("180/150",), "b 180/150"),
        ("b =", ("150 ml",), "b 150"),
        ("b =", ("830 120",), "b 830 120"),
        ("b 830 =", ("120",), "b 830 120"),
        ("b 1130 melk =", ("120 ml",), "b 1130 120 melk"),
        ("b melk =", ("1130 120",), "b 1130 120 melk"),
        ("temp =", ("38,2",), "temp 38.2"),
        ("d =", ("wet",), "d wet"),
        ("d 1110 =", ("soiled",), "d 1110 soiled"),
        ("d =", ("wet 1110",), "d wet 1110"),
        ("n =", ("1130",), r"n \1130"),
        ("n 1130 had = today", ("fun;  -10",), r"n 1130 had fun\; \-10 today"),
        ("n =", ("bu met bus",), "n buiten gespeeld met bus"),
        ("n =", (r"\bu",), "n bu"),
        ("n =", ("=",), r"n \="),
        ("med 1130 =", ("@noon",), r"med 1130 \@noon"),
    ],
)  # fmt: skip
def test_a_row_is_read_as_the_line_would_be(line: str, cells: tuple[str, ...], same_as: str) -> None:
    assert one(line, *cells) == step(same_as)


@pytest.mark.parametrize(
    ("line", "cells", "cell", "rule", "at", "length"),
    [
        ("s 1230-=", ("1275",), 0, "time_invalid", 0, 4),
        ("s 1230-=", ("  14",), 0, "time_invalid", 2, 2),
        ("s 1230-=", ("1415 x",), 0, "time_invalid", 0, 6),
        ("s 1230-=", ("1415;",), 0, "time_invalid", 0, 5),
        ("s =-=", ("1100", "12"), 1, "time_invalid", 0, 2),
        ("s =-=", ("1100", ""), 1, "own_value_missing", 0, 0),
        ("s =-=", ("", "1230"), 0, "own_value_missing", 0, 0),
        ("lunch 1130-=", ("-",), 0, "no_open_end", 0, 1),
        ("in =", ("802-1730",), 0, "no_end_here", 0, 8),
        ("in =", ("abc",), 0, "time_invalid", 0, 3),
        ("s =", ("1100 1230",), 0, "second_time", 5, 4),
        ("out = =", ("", "oma"), 0, "own_value_missing", 0, 0),
        ("lunch =", ("brood",), 0, "portion_invalid", 0, 5),
        ("lunch =", ("¾ brood",), 0, "own_value_words", 2, 5),
        ("b =", ("abc",), 0, "amount_invalid", 0, 3),
        ("b =", ("-500",), 0, "amount_negative", 0, 4),
        ("b = =", ("", "warm"), 0, "own_value_missing", 0, 0),
        ("b 1130 =", ("1145 150",), 0, "second_time", 0, 4),
        ("b =", ("1130",), 0, "amount_invalid", 0, 4),
        ("temp =", ("hot",), 0, "amount_invalid", 0, 3),
        ("d =", ("red",), 0, "nappy_content_missing", 0, 3),
        ("n =", ("a\nb",), 0, "one_line", 1, 1),
        ("n =", ("x" * 501,), 0, "too_long", 500, 1),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_row_stands_in_its_cell(
    line: str, cells: tuple[str, ...], cell: int, rule: str, at: int, length: int
) -> None:
    found = rows(line, *cells)
    assert found.plan is None
    wrong = found.problems["aya"]
    assert (wrong.cell, wrong.problem.rule, wrong.problem.at, wrong.problem.length) == (cell, rule, at, length)


def test_many_holes_are_refused_before_they_are_tried() -> None:
    assert problem("lunch " + "= " * 240).rule == "own_value_many"


def test_who_is_still_asleep_needs_no_record_of_waking() -> None:
    for line in ("s -=", "w ="):
        asked = grid(f"aya bram {line}")
        found = grid_plan(asked, {"aya": ("-",), "bram": ("1215",)}, ROSTER, NOW, "en")
        assert not found.problems
        assert set(found.steps) == {"bram"}


def test_the_rows_become_one_plan() -> None:
    asked = grid("all s 1030-=")
    cells = {"aya": ("1215",), "bram": ("1130",), "cato": ("1215",), "oster": (" ",), "evi": ("1215",)}
    found = grid_plan(asked, cells, ROSTER, NOW, "en")
    assert set(found.steps) == {"aya", "bram", "cato"}, "an empty row is left out, and so is who was not asked for"
    first, second = step("aya cato s 1030-1215"), step("br s 1030-1130")
    assert found.plan == Plan((first, second))
    bad = grid_plan(asked, {**cells, "daniel": ("12",)}, ROSTER, NOW, "en")
    assert bad.plan is None
    assert set(bad.problems) == {"daniel"}
    assert set(bad.steps) == {"aya", "bram", "cato"}
    assert grid_plan(asked, {}, ROSTER, NOW, "en") == GridRead(None, {}, {})


def test_a_grid_on_another_day() -> None:
    earlier = replace(ROSTER, day=date(2026, 11, 19))
    found = grid_plan(grid("s 1230-=", roster=earlier), {"aya": ("1415",)}, earlier, NOW, "en")
    assert found.steps["aya"].end == datetime(2026, 11, 19, 14, 15, tzinfo=ZONE)
    assert problem("n =", roster=earlier).rule == "time_needed"
    # A row may hold the time that the line leaves out.
    bottles = grid("b =", roster=earlier)
    assert grid_plan(bottles, {"aya": ("830 120",)}, earlier, NOW, "en").steps["aya"].start == datetime(
        2026, 11, 19, 8, 30, tzinfo=ZONE
    )
    assert grid_plan(bottles, {"aya": ("120",)}, earlier, NOW, "en").problems["aya"].problem.rule == "time_needed"


def test_a_clock_change_in_a_cell() -> None:
    spring, autumn = datetime(2026, 3, 29, 12, tzinfo=ZONE), datetime(2026, 10, 25, 12, tzinfo=ZONE)
    assert rows("s 130-=", "230", now=spring).problems["aya"].problem.rule == "time_skipped"
    twice = rows("s =-=", "130", "230", now=autumn).problems["aya"]
    assert (twice.cell, twice.problem.rule) == (1, "time_twice")
    slept = one("s 230a-=", "230b", now=autumn)
    assert slept.start is not None
    assert slept.end is not None
    assert slept.end.timestamp() - slept.start.timestamp() == 3600


def test_a_grid_made_by_hand_never_raises() -> None:
    for asked in (
        Grid(("aya",), "sleep", "sleep", ("", ""), ("end",)),
        Grid(("aya",), "sleep", "sleep", ("s 1230-", ""), ("text",)),
        Grid(("aya",), "nothing", "sleep", ("s 1230-", ""), ("end",)),
        Grid(("aya",), "sleep", "sleep", ("s; n ", ""), ("text",)),
    ):
        assert grid_plan(asked, {"aya": ("1415",)}, ROSTER, NOW, "en").problems["aya"].problem.rule in PROBLEMS
    assert clock("14:15") == one("s 1230-=", "1415").end


LINES = ["s 1230-=", "s =-=", "s =", "w =", "lunch = =", "b 830 =", "d =", "temp =", "n =", "out = =", "a x = y"]
CELLS = st.one_of(
    st.text(max_size=40),
    st.lists(
        st.sampled_from(["-", "=", "1415", "150", "¾", "wet", ";", "\\", "@y", "-10", "38.2", "bu", "&"]), max_size=3
    ).map(" ".join),
)


@given(st.sampled_from(LINES), st.lists(CELLS, max_size=3).map(tuple), st.sampled_from(["en", "nl", "nb"]))
@settings(max_examples=400, deadline=None)
def test_no_cell_makes_it_raise(line: str, cells: tuple[str, ...], language: str) -> None:
    asked = grid(line, language)
    found = grid_plan(asked, {"aya": cells}, ROSTER, NOW, language, {"bu": "buiten; = &"})
    for wrong in found.problems.values():
        assert wrong.problem.rule in PROBLEMS
        assert 0 <= wrong.cell < len(asked.holes)
        typed = cells[wrong.cell] if wrong.cell < len(cells) else ""
        assert 0 <= wrong.problem.at <= wrong.problem.at + wrong.problem.length <= len(typed)
    # What a row means can be typed as a line as well.
    for written in found.steps.values():
        line = to_line(Plan((written,)), ROSTER, language)
        if len(line) <= 500:
            assert parse(line, ROSTER, NOW, language) == Plan((written,)), line


ALPHABET = ["s", "b", "n", "lunch", "d", "=", "=-=", "1230-=", "=-", "-=", "1130", "150", "x", "¾"]


@given(st.lists(st.sampled_from(ALPHABET), min_size=1, max_size=7))
@settings(max_examples=300, deadline=None)
def test_holes_anywhere_make_a_grid_or_a_problem(typed: list[str]) -> None:
    line = " ".join(typed)
    result = parse(line, ROSTER, NOW, "en")
    if isinstance(result, LineProblem):
        assert result.rule in PROBLEMS
        assert 0 <= result.at <= len(line)
        return
    assert parse(to_line(result, ROSTER, "en"), ROSTER, NOW, "en") == result
    for part in result.parts:
        if isinstance(part, Grid):
            assert len(part.pieces) == len(part.holes) + 1 <= 3
