"""Another day by `@`, ends on the next day, several times in a row, and the day's menu."""

from datetime import date, datetime, timedelta

import pytest
from msgspec.structs import replace

from kindertui.domain.entry import (
    CommandWord,
    Grid,
    Plan,
    Roster,
    RosterChild,
    Step,
    grid_plan,
    named_day,
    parse,
    to_line,
)
from tests.domain.entry_roster import CHILDREN, NOW, ROSTER, ZONE, clock, problem, read, step

YESTERDAY = date(2026, 11, 19)
THEN = replace(ROSTER, day=YESTERDAY)


def moment(text: str, day: date = YESTERDAY) -> datetime:
    return clock(text).replace(year=day.year, month=day.month, day=day.day)


# Which day. NOW is Friday 20 November 2026.


@pytest.mark.parametrize(
    ("typed", "language", "day"),
    [
        ("@yesterday", "en", YESTERDAY),
        ("@y", "en", YESTERDAY),
        ("@YEST", "nl", YESTERDAY),
        ("@gisteren", "nl", YESTERDAY),
        ("@g", "nl", YESTERDAY),
        ("@eergisteren", "nl", date(2026, 11, 18)),
        ("@igår", "nb", YESTERDAY),
        ("@igar", "nb", YESTERDAY),
        ("@iforgårs", "nb", date(2026, 11, 18)),
        ("@today", "en", date(2026, 11, 20)),
        ("@vandaag", "nl", date(2026, 11, 20)),
        ("@thu", "en", YESTERDAY),
        ("@monday", "nb", date(2026, 11, 16)),
        ("@ma", "nl", date(2026, 11, 16)),
        ("@lø", "nb", date(2026, 11, 14)),
        ("@fri", "en", date(2026, 11, 13)),
        ("@19-11", "en", YESTERDAY),
        ("@19.11", "nb", YESTERDAY),
        ("@19/11", "nl", YESTERDAY),
        ("@20-11", "en", date(2026, 11, 20)),
        ("@21-11", "en", date(2025, 11, 21)),
        ("@19-11-2025", "en", date(2025, 11, 19)),
        ("@2026-11-19", "en", YESTERDAY),
    ],
)
def test_a_day(typed: str, language: str, day: date) -> None:
    assert read(typed, language).parts == (CommandWord("day", day.isoformat()),)
    plan = read(f"{typed} aya s 1030-1115", language)
    assert plan.day == day
    (found,) = plan.parts
    assert isinstance(found, Step)
    assert (found.start, found.end) == (moment("10:30", day), moment("11:15", day))
    assert named_day(f"aya {typed} s", ROSTER, NOW, language) == day
    assert named_day(f" {typed} all s", ROSTER, NOW, language) == day
    for line in (typed, f"{typed} aya s 1030-1115"):
        plan = read(line, language)
        assert read(to_line(plan, ROSTER, language), language) == plan


@pytest.mark.parametrize(
    ("line", "language", "rule", "at", "incomplete"),
    [
        ("@", "en", "day_missing", 1, True),
        ("@ aya s 1230", "en", "day_missing", 1, False),
        ("@t", "en", "day_ambiguous", 0, True),
        ("@d", "nl", "day_ambiguous", 0, True),
        ("@xyz", "en", "day_invalid", 0, True),
        ("@31-2 s 1230", "en", "day_invalid", 0, False),
        ("@31-2-2026", "en", "day_invalid", 0, True),
        ("@19", "en", "day_invalid", 0, True),
        ("@19-13", "en", "day_invalid", 0, True),
        ("@19-11-26", "en", "day_invalid", 0, True),
        ("@21-11-2026 s 1230", "en", "day_to_come", 0, False),
        ("@29-2", "en", "day_long_ago", 0, True),
        ("@19-11-2023 s 1230", "en", "day_long_ago", 0, False),
        ("s 1230 @yesterday", "en", "day_first", 7, False),
        ("@y @mon s 1230", "en", "day_first", 3, False),
        ("aya s 1230; @y n x", "en", "day_first", 12, False),
        ("@y week", "en", "day_no_command", 0, False),
        ("@y aya s", "en", "time_needed", 8, True),
        ("@y aya s -10", "en", "time_ago_other_day", 9, False),
        ("@y all s 1230", "en", "all_other_day", 0, False),
        ("@y menu lunch 1130 pasta", "en", "all_other_day", 0, False),
        ("@y em s 1230", "en", "ambiguous", 3, False),
    ],
)  # fmt: skip
def test_what_is_no_day(line: str, language: str, rule: str, at: int, incomplete: bool) -> None:
    found = problem(line, language)
    assert (found.rule, found.at, found.incomplete) == (rule, at, incomplete)


def test_an_ambiguous_day_lists_the_days() -> None:
    assert problem("@t").args["days"] == "@today, @tuesday, @thursday"
    assert problem("@v", "nl").args["days"] == "@vandaag, @vrijdag"


def test_a_whole_line_of_another_day() -> None:
    plan = parse("@y all -aya s 1230-1415; n fine -br", THEN, NOW, "en")
    assert not isinstance(plan, Plan), "a note needs its time on another day"
    plan = read("@y all -aya s 1230-1415; n 1500 fine -br", roster=THEN)
    assert plan.day == YESTERDAY
    assert [len(part.children) for part in plan.parts] == [6, 5]
    assert read(to_line(plan, THEN, "en"), roster=THEN) == plan
    # behind who, too, and after the day only
    assert read("aya @y s 1230-1415") == read("@y aya s 1230-1415")
    assert read("@y; aya s 1230-1415") == read("@y aya s 1230-1415")
    assert read("@today aya s", roster=THEN).parts[0].start == clock("12:41")  # type: ignore[union-attr]
    (late,) = read("@y daan sick").parts
    assert late.first_day == YESTERDAY  # type: ignore[union-attr]


def test_a_grid_of_another_day_keeps_it() -> None:
    plan = read("@y aya s 1230-=")
    (asked,) = plan.parts
    assert isinstance(asked, Grid)
    found = grid_plan(asked, {"aya": ("1415",)}, ROSTER, NOW, "en", day=plan.day).plan
    assert found == read("@y aya s 1230-1415")
    assert read(to_line(plan, ROSTER, "en")) == plan


@pytest.mark.parametrize(
    "line", ["", "aya s", "n to x@y", "@", "@zzz s", "@31-2", "n a\n@y", "aya n 1130 fell @y", r"\@y", ";", "xyz @y"]
)
def test_a_line_without_a_day_names_none(line: str) -> None:
    assert named_day(line, ROSTER, NOW, "en") is None


# Midnight and the nights the clocks change.


@pytest.mark.parametrize(
    ("line", "start", "end"),
    [
        ("@y aya s 2330-0030+", "23:30", "00:30"),
        ("@y aya s 23:30-0:30+", "23:30", "00:30"),
        ("@y aya s -0030+", None, "00:30"),
        ("@y aya w 0030+", None, "00:30"),
        ("@y aya w -0030+", None, "00:30"),
        ("@y aya b 2330-0030+ 150", "23:30", "00:30"),
    ],
)
def test_an_end_on_the_next_day(line: str, start: str | None, end: str) -> None:
    plan = read(line)
    (found,) = plan.parts
    assert isinstance(found, Step)
    assert found.start == (moment(start) if start else None)
    assert found.end == moment(end, date(2026, 11, 20))
    assert read(to_line(plan, ROSTER, "nl"), "nl") == plan


def test_the_next_day_in_a_cell() -> None:
    for line, cells in (("s 2330-=", ("0030+",)), ("s =-0030+", ("2330",)), ("s =-=", ("2330", "0030+"))):
        (asked,) = read(f"@y aya {line}").parts
        assert isinstance(asked, Grid)
        found = grid_plan(asked, {"aya": cells}, ROSTER, NOW, "en", day=YESTERDAY)
        assert found.plan == read("@y aya s 2330-0030+")
    (asked,) = read("@y aya s =-0030+").parts
    assert isinstance(asked, Grid)
    wrong = grid_plan(asked, {"aya": ("2330+",)}, ROSTER, NOW, "en", day=YESTERDAY).problems["aya"]
    assert wrong.problem.rule == "time_invalid"


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("s 0030+", "next_day_end_only"),
        ("n 0030+ x", "next_day_end_only"),
        ("in 802+", "next_day_end_only"),
        ("s 0030+-0130", "time_invalid"),
        ("s 0030+-0130+", "time_invalid"),
        ("s 1230+-", "time_invalid"),
        ("daan late 930+", "date_invalid"),
    ],
)
def test_only_an_end_is_on_the_next_day(line: str, rule: str) -> None:
    assert problem(line).rule == rule


def test_a_plus_elsewhere_is_words() -> None:
    assert step("n 1+1 is 2").text == "1+1 is 2"


@pytest.mark.parametrize(
    ("day", "line", "rule"),
    [
        ("2026-03-29", "@{day} aya s 130-230", "time_skipped"),
        ("2026-03-29", "@28-3 aya s 2330-0230+", "time_skipped"),
        ("2026-03-29", "@28-3 aya w 0230+", "time_skipped"),
        ("2026-10-25", "@{day} aya s 130-230", "time_twice"),
        ("2026-10-25", "@{day} aya s 230-330", "time_twice"),
        ("2026-10-25", "@24-10 aya s 2330-0230+", "time_twice"),
    ],
)
def test_ranges_over_a_clock_change(day: str, line: str, rule: str) -> None:
    found = problem(line.format(day=day))
    assert (found.rule, found.args["time"]) == (rule, "02:30")
    # another hour, or the letter of the hour, is an answer
    cured = line.format(day=day).replace("0230", "0330" if rule == "time_skipped" else "0230b")
    cured = cured.replace("-230", "-330" if rule == "time_skipped" else "-230b").replace("s 230", "s 230a")
    assert read(to_line(read(cured), ROSTER, "nb"), "nb") == read(cured)


def test_elapsed_time_over_a_clock_change_is_real() -> None:
    for line, hours in (
        ("@24-10 aya s 2330-0230a+", 3),
        ("@24-10 aya s 2330-0230b+", 4),
        ("@28-3 aya s 2330-0330+", 3),
    ):
        (found,) = read(line).parts
        assert isinstance(found, Step)
        assert found.start is not None
        assert found.end is not None
        assert found.end.timestamp() - found.start.timestamp() == hours * 3600


# Several times in a row.


@pytest.mark.parametrize(
    ("line", "same_as"),
    [
        ("s 930-1015 1030-1115", "s 930-1015; s 1030-1115"),
        ("s 930-1015 1030-1115 restless", "s 930-1015 restless; s 1030-1115 restless"),
        ("d 0830 1110 w", "d 830 wet; d 1110 wet"),
        ("d 830 1110 wet red", "d 830 wet red; d 1110 wet red"),
        ("d 0830 9:15 1110 soiled", "d 830 soiled; d 915 soiled; d 1110 soiled"),
        ("b 0830 1130 150", "b 830 150; b 1130 150"),
        ("b 830 1130 180/150", "b 830 180/150; b 1130 180/150"),
        ("b 0830 1130 melk 150", "b 830 150 melk; b 1130 150 melk"),
        ("check 1015 1030 1045", "check 1015; check 1030; check 1045"),
        ("wc 1015 1130", "wc 1015; wc 1130"),
        ("lunch 1130-1150 1210-1220 ¾", "lunch 1130-1150 ¾; lunch 1210-1220 ¾"),
        ("@y aya d 0830 1110 w", "@y aya d 830 wet; d 1110 wet"),
    ],
)
def test_times_in_a_row_are_one_thing_each(line: str, same_as: str) -> None:
    plan = read(line)
    assert plan == read(same_as)
    assert len(plan.parts) > 1
    for language in ("en", "nl", "nb"):
        assert read(to_line(plan, ROSTER, language), language) == plan


@pytest.mark.parametrize(
    ("line", "rule", "at"),
    [
        ("s 1030 1215", "second_time", 7),
        ("lunch 1130 1150", "second_time", 11),
        ("a 1030 1130 tower", "second_time", 7),
        ("n 1030 1130 x", "second_time", 7),
        ("in 802 915", "second_time", 7),
        ("w 1015 1115", "second_time", 7),
        ("s 930-1015 1030", "second_time", 11),
        ("s 930-1015 1030-", "second_time", 11),
        ("d 0830 -10 w", "second_time", 7),
        ("d 0830 w 1110", "second_time", 9),
        ("d 0830 1110 =", "second_time", 7),
        ("d 0830 1110", "nappy_content_missing", 11),
        ("b 0830 1130", "amount_missing", 11),
        ("d 0830 1175 w", "time_invalid", 7),
    ],
)
def test_what_is_not_a_row_of_times(line: str, rule: str, at: int) -> None:
    found = problem(line)
    assert (found.rule, found.at) == (rule, at)


# The menu.

IN = ("aya", "bram", "cato", "emma-v", "emma-j", "oster", "daniel")


@pytest.mark.parametrize(
    ("line", "language", "children", "verb", "text"),
    [
        ("menu lunch pasta tomato", "en", IN, "lunch", "pasta tomato"),
        ("menu lu pasta", "en", IN, "lunch", "pasta"),
        ("menu lu pasta", "nl", IN, "lunch", "pasta"),
        ("meny lunsj pasta", "nb", IN, "lunch", "pasta"),
        ("menu tussen peer", "nl", IN, "snack", "peer"),
        ("men snack pear", "en", IN, "snack", "pear"),
        ("* menu lunch pasta", "en", IN, "lunch", "pasta"),
        ("menu lunch pasta -aya -em", "en", None, "", ""),
        ("menu lunch pasta -aya -em v", "en", tuple(one for one in IN[1:] if one != "emma-v"), "lunch", "pasta"),
        ("menu lunch pasta -aya -br", "en", IN[2:], "lunch", "pasta"),
        ("all -aya menu lunch pasta", "en", IN[1:], "lunch", "pasta"),
    ],
)
def test_a_menu_is_for_all_who_are_in(
    line: str, language: str, children: tuple[str, ...] | None, verb: str, text: str
) -> None:
    roster = replace(ROSTER, marked=frozenset({"cato"}))
    if children is None:
        assert problem(line, language, roster).rule == "ambiguous"
        return
    plan = read(line, language, roster)
    (found,) = plan.parts
    assert isinstance(found, Step)
    assert (found.menu, found.kind, found.verb, found.children, found.text) == (True, "meal", verb, children, text)
    assert found.detail == {"meal": verb}
    for printed in ("en", "nl", "nb"):
        assert read(to_line(plan, roster, printed), printed, roster) == plan


def test_a_menu_may_be_typed_before_anybody_is_in() -> None:
    home = Roster(tuple(replace(one, is_in=False) for one in CHILDREN), cursor="aya")
    plan = read("menu lunch 1230-1300 pasta", roster=home)
    (found,) = plan.parts
    assert isinstance(found, Step)
    assert (found.children, found.start, found.end) == ((), clock("12:30"), clock("13:00"))
    assert read(to_line(plan, home, "nl"), "nl", home) == plan
    assert len(read("menu lunch 1230 pasta; menu snack 1500 pear", roster=home).parts) == 2
    assert problem("menu lunch 1230 pasta; n x", roster=home).rule == "nobody_in"


def test_a_menu_among_other_entries() -> None:
    plan = read("menu lunch 1130 pasta; menu snack 1500 pear; n 1130 nice day -aya")
    assert [(part.menu, len(part.children)) for part in plan.parts if isinstance(part, Step)] == [
        (True, 7), (True, 7), (False, 6),
    ]  # fmt: skip
    assert read(to_line(plan, ROSTER, "nb"), "nb") == plan
    assert problem("n x; menu lunch pasta").rule == "menu_for_all"


@pytest.mark.parametrize(
    ("line", "rule", "at", "incomplete"),
    [
        ("menu", "menu_meal_missing", 4, True),
        ("menu pasta", "menu_meal_missing", 5, True),
        ("menu bottle 150", "menu_meal_missing", 5, False),
        ("menu lunch", "words_missing", 10, True),
        ("menu lunch 1130 ¾", "words_missing", 17, True),
        ("menu lunch =", "own_value_not_here", 11, False),
        ("menu lunch 1130-1150 1210-1220 x", "second_time", 21, False),
        ("aya menu lunch pasta", "menu_for_all", 0, False),
        ("menu lunch 1275 x", "time_invalid", 11, False),
    ],
)
def test_what_is_no_menu(line: str, rule: str, at: int, incomplete: bool) -> None:
    found = problem(line)
    assert (found.rule, found.at, found.incomplete) == (rule, at, incomplete)


def test_a_child_called_menu() -> None:
    menu = RosterChild("menu", "Menu", "Bos", is_in=True)
    roster = Roster((menu, *CHILDREN), cursor="aya")
    assert read("menu s 1030", roster=roster).parts[0].children == ("menu",)
    (found,) = read("menu lunch pasta", roster=roster).parts
    assert isinstance(found, Step)
    assert found.menu
    assert read("menu bos lunch pasta", roster=roster).parts[0].children == ("menu",)


def test_the_zone_of_now_is_kept() -> None:
    (found,) = read("@y aya s 2330-0030+").parts
    assert isinstance(found, Step)
    assert found.end is not None
    assert found.end.tzinfo is ZONE
    assert found.end - moment("23:30") == timedelta(hours=1)
