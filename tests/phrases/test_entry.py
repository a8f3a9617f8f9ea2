"""The entry line in words: why it is no plan, and what Enter will do."""

from collections.abc import Mapping
from datetime import date, datetime

import pytest
from msgspec.structs import replace

from kindertui import phrases
from kindertui.domain.entry import PROBLEMS, Grid, LineProblem, Roster, RosterChild, grid_plan, others, parse
from kindertui.domain.entry.words import fold, vocabulary
from kindertui.domain.people import Child
from kindertui.domain.roster import ChildDay
from kindertui.phrases import entry as entry_phrases
from tests.catalogues import is_sentence, places
from tests.domain.entry_roster import CHILDREN, NOW, OTHERS, ROSTER, ZONE, read
from tests.domain.test_plausibility import DAY

pytestmark = pytest.mark.usefixtures("language")

HOME_ROSTER = Roster(tuple(RosterChild(one.id, one.given_name, one.surname, one.prefix) for one in CHILDREN))
ELSEWHERE = replace(ROSTER, others=others(OTHERS))
YESTERDAY = Roster(CHILDREN, cursor="aya", day=date(2026, 11, 19))
SPRING = datetime(2026, 3, 29, 12, 0, tzinfo=ZONE)
AUTUMN = datetime(2026, 10, 25, 12, 0, tzinfo=ZONE)
USUAL = {
    "all_not_for_report": "all sick", "all_other_day": "@yesterday all s 1230", "ambiguous": "em s",
    "amount_invalid": "b 1130 -5", "amount_negative": "b -500", "amount_missing": "b", "command_alone": "s; lock",
    "date_invalid": "daan sick 32-11", "day_ambiguous": "@t", "day_first": "s @yesterday", "day_invalid": "@31-2",
    "day_long_ago": "@19-11-2020", "day_missing": "@", "day_no_command": "@yesterday week",
    "day_to_come": "@21-11-2026", "empty": "", "for_staff_colon": "n staff x", "for_staff_first": "!",
    "for_staff_late": "n x ! y", "for_staff_menu": "menu lunch ! pasta", "for_staff_report": "daan sick ! x",
    "last_before_first": "daan holiday 27-11 23-11", "not_sendable": "n a <b", "menu_for_all": "aya menu lunch pasta",
    "memo_day_asked": "memo size 3-4", "memo_far": "memo x until 1-1-2099",
    "memo_from_today": "@yesterday memo x", "memo_over": "memo x until 1-1-2020",
    "who_in_front": "check all", "denied": "out not",
    "among_words": "daan sick since yesterday it hurts", "day_in_front": "b 150 yesterday",
    "day_or_time": "daan late 9.12", "day_twice": "daan leave next friday",
    "days_too_many": "daan holiday 23-11 24-11 25-11", "did_you_mean": "water", "length": "s 45 min",
    "length_of_absence": "daan sick 2 days", "time_vague": "d wet this morning", "two_readings": "med ibuprofen 600",
    "which_is_time": "b 130 150", "menu_meal_missing": "menu pasta", "minus_without_all": "-aya s",
    "and_whom": "aya and", "given_name_first": "aya smit s",
    "name_near": "braam s", "name_late": "aya in and bram in", "name_short": "aya br s",
    "name_unknown": "all -xyz s", "nap_asked": "s ?", "nappy_content_missing": "d", "next_day_end_only": "n 0030+ x",
    "no_child_here": "aya lock", "no_end_here": "in 802-1730", "no_open_end": "w 1130-",
    "no_sleep_no_end": "s 1230-1400 no", "nobody_asleep": "all check",
    "nobody_left": "all -aya -br -cato -emma v -emma j -oster -daniel s", "nothing_to_recall": "n &yesterday",
    "nothing_written": "n &", "one_line": "n a\nb", "own_value_alone": "s 1230-=; n x", "own_value_many": "n = = =",
    "own_value_not_here": "=", "recall_unknown": "n &tomorrow", "second_amount": "b 150 160 170",
    "second_content": "d w s", "second_time": "s 1030 1215", "swap_needs_two_days": "daan swap 25-11",
    "time_invalid": "s 1275", "too_long": "n " + "x" * 499, "verb_missing": "aya", "verb_unknown": "aya xyz",
    "word_unknown": "xyz", "words_missing": "n",
}  # fmt: skip
LINES: Mapping[str, tuple[str, Roster, datetime, str]] = {
    **{rule: (line, ROSTER, NOW, "en") for rule, line in USUAL.items()},
    "nobody_expected": ("all in", HOME_ROSTER, NOW, "en"),
    "hour_twice": ("s at 7", ROSTER, NOW.replace(hour=20), "en"),
    "nobody_in": ("all s", HOME_ROSTER, NOW, "en"),
    "time_ago_other_day": ("s -10", YESTERDAY, NOW, "en"),
    "time_needed": ("s", YESTERDAY, NOW, "en"),
    "time_skipped": ("s 230", ROSTER, SPRING, "en"),
    "time_twice": ("s 230", ROSTER, AUTUMN, "en"),
    "verb_ambiguous": ("fr 1130", ROSTER, NOW, "nb"),
    "who_missing": ("s", HOME_ROSTER, NOW, "en"),
    "other_group": ("bas s", ELSEWHERE, NOW, "en"),
    "minus_elsewhere": ("all -bas s", ELSEWHERE, NOW, "en"),
    "child_left": ("kaat s", ELSEWHERE, NOW, "en"),
    "child_to_come": ("noor s", ELSEWHERE, NOW, "en"),
    "child_stays": ("bram s", replace(ROSTER, cursor_only=True), NOW, "en"),
}
# A cell of the value grid that is no value.
CELLS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "own_value_missing": ("b = =", ("", "warm")),
    "own_value_words": ("lunch =", ("¾ bread",)),
    "portion_invalid": ("lunch =", ("bread",)),
}


@pytest.mark.parametrize(("tongue", "typed"), [("nb", "fl"), ("nb", "fr"), ("nl", "me"), ("en", "me")])
def test_what_a_beginning_can_be_is_told_in_the_words_that_are_typed(tongue: str, typed: str) -> None:
    problem = parse(f"{typed} 1130", ROSTER, NOW, tongue)
    assert isinstance(problem, LineProblem) and problem.rule == "verb_ambiguous"
    words = [entry_phrases.verb(name, tongue) for name in problem.args["verbs"].split()]
    understood = vocabulary(tongue).words
    assert [understood[fold(word)].name for word in words] == problem.args["verbs"].split()


def test_there_is_a_line_for_every_problem() -> None:
    assert set(LINES) | set(CELLS) == PROBLEMS
    assert set(entry_phrases._problems()) == PROBLEMS


@pytest.mark.parametrize("rule", sorted({*LINES, *CELLS}))
def test_what_is_no_plan_is_answered(rule: str, language: str) -> None:
    if rule in LINES:
        problem = parse(*LINES[rule])
    else:
        line, cells = CELLS[rule]
        (grid,) = read(line).parts
        assert isinstance(grid, Grid)
        problem = grid_plan(grid, {"aya": cells}, ROSTER, NOW, "en").problems["aya"].problem
    assert isinstance(problem, LineProblem) and problem.rule == rule
    assert places(entry_phrases._problems()[rule]) <= set(problem.args), "a place nothing is given for"
    assert is_sentence(entry_phrases.problem_words(problem, language))


DAYS = [ChildDay(Child(one.id, one.given_name, one.prefix, one.surname, None, None), DAY) for one in CHILDREN]
NAMES = {one.id: one.given_name for one in CHILDREN}


@pytest.mark.parametrize(
    "line",
    [
        "s", "s 1230-1415", "w", "lunch 1130-1150 ¾ bread", "b 210/160", "dr 100", "temp 38.2", "d wet", "wc", "med x",
        "out grandma", "in 8:02; b 150", "daan sick", "daan late 930", "daan swap 25-11 23-11",
        "daan holiday 23-11 27-11", "lock", "all s", "all -aya s", "@yesterday", "@yesterday aya s 1230-1415",
        "menu lunch pasta", "d 0830 1110 w", "all in; s 1230 -daan", "s no", "all s no 1230 -aya",
    ],
)  # fmt: skip
def test_what_enter_will_do_is_said(line: str, language: str) -> None:
    for who, what in entry_phrases.plan_words(read(line), DAYS, NAMES, NOW, language):
        assert is_sentence(what)
        assert "{" not in who


def test_another_day_and_who_is_left_out_are_said_before_enter(language: str) -> None:
    ((who, what),) = entry_phrases.plan_words(read("@yesterday aya s 2330-0030+"), DAYS, NAMES, NOW, language)
    assert who == f"{phrases.day(date(2026, 11, 19)).upper()}  Aya"
    same_day = entry_phrases.plan_words(read("@yesterday aya s 2330-2350"), DAYS, NAMES, NOW, language)[0][1]
    assert len(what) > len(same_day) and "23:30–00:30" in what
    told = entry_phrases.plan_words(read("all in 802; wc 1130 -daan"), DAYS, NAMES, NOW, language)
    assert [who for who, _ in told] == [phrases.listed(["Daan", "Evi"]), "Evi"]
