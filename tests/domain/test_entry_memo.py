"""Memos in one line: whose, what, and until which day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from kindertui.domain.entry import CommandWord, LineProblem, MemoNote, Plan, others, parse, to_line
from kindertui.domain.entry.memo import typed_until
from kindertui.domain.entry.model import OtherChild
from tests.domain.entry_roster import NOW, ROSTER, problem, read

TODAY = date(2026, 11, 20)  # a Friday
GROUPS = replace(ROSTER, groups=("Uilen", "De Vlinders"))


def day(number: int, month: int = 11) -> date:
    return date(2026, month, number)


def of(text: str, until: date, *children: str) -> MemoNote:
    return MemoNote(children or ("aya",), text, until)


@pytest.mark.parametrize(
    ("line", "language", "expected"),
    [
        ("memo oma haalt tot vrijdag", "nl", of("oma haalt", TODAY)),
        ("memo mormor henter til mandag", "nb", of("mormor henter", day(23))),
        ("memo granny fetches until monday", "en", of("granny fetches", day(23))),
        ("memo until monday granny fetches", "en", of("granny fetches", day(23))),
        ("memo oma haalt t/m 7-12", "nl", of("oma haalt", day(7, 12))),
        ("memo oma haalt", "nl", of("oma haalt", TODAY)),
        ("memo oma haalt dinsdag en donderdag", "nl", of("oma haalt dinsdag en donderdag", day(26))),
        ("memo oma haalt morgen om 1600", "nl", of("oma haalt morgen om 1600", day(21))),
        ("memo oma haalt tot maandag 16 uur", "nl", of("oma haalt tot maandag 16 uur", day(23))),
        ("memo raam dicht tot het droog is", "nl", of("raam dicht tot het droog is", TODAY)),
        ("memo \\morgen \\3-4", "nl", of("morgen 3-4", TODAY)),
        ("bram cato memo bed delen tot maandag", "nl", of("bed delen", day(23), "bram", "cato")),
        ("memo bram oma haalt tot maandag", "nl", of("oma haalt", day(23), "bram")),
        ("memo bram en cato, bed delen", "nl", of("bed delen", TODAY, "bram", "cato")),
        ("memo emma visser oma haalt", "nl", of("oma haalt", TODAY, "emma-v")),
        ("memo bra oma haalt", "nl", of("bra oma haalt", TODAY)),  # the beginning of a name is no name here
        ("memo \\bram huilde", "nl", of("bram huilde", TODAY)),
        ("memo groep raam klemt tot maandag", "nl", MemoNote((), "raam klemt", day(23), True)),
        ("memo avdeling vinduet henger til mandag", "nb", MemoNote((), "vinduet henger", day(23), True)),
        ("memo group uilen window sticks", "en", MemoNote((), "window sticks", TODAY, True, "Uilen")),
        ("memo groep de vlinders zijn moe", "nl", MemoNote((), "zijn moe", TODAY, True, "De Vlinders")),
        ("memo !oma haalt", "nl", of("oma haalt", TODAY)),
        ("memo ! groep raam klemt", "nl", MemoNote((), "raam klemt", TODAY, True)),
        ("memo let op ! raam", "nl", of("let op ! raam", TODAY)),
        ("memo \\groep gaat uit", "nl", of("groep gaat uit", TODAY)),
    ],
)
def test_a_memo(line: str, language: str, expected: MemoNote) -> None:
    assert read(line, language, GROUPS).parts == (expected,)


@pytest.mark.parametrize(
    ("line", "rule", "at"),
    [
        ("memo x until 31-2", "date_invalid", 13),
        ("memo x until 19-11", "memo_over", 7),
        ("memo x until 1-1-2099", "memo_far", 7),
        ("memo size 3-4", "memo_day_asked", 10),
        ("memo 31-2 x", "memo_day_asked", 5),
        ("memo until monday", "words_missing", 17),
        ("memo group", "words_missing", 10),
        ("memo emma x", "ambiguous", 5),
        ("aya memo group x", "no_child_here", 0),
        ("all memo group x", "no_child_here", 0),
        ("in 802; memo group x", "command_alone", 8),
        ("@yesterday memo x", "memo_from_today", 0),
    ],
)
def test_what_is_no_memo_is_refused_at_its_place(line: str, rule: str, at: int) -> None:
    found = problem(line)
    assert (found.rule, found.at) == (rule, at)


def test_the_word_alone_shows_the_list() -> None:
    assert read("memo").parts == (CommandWord("memo"),)
    for line in ("bram memo", "memo bram"):
        assert read(line).parts == (CommandWord("memo", "", ("bram",)),)


def test_it_counts_from_today_whatever_day_is_shown() -> None:
    yesterday = replace(ROSTER, day=TODAY - timedelta(days=1))
    assert read("memo x until saturday", roster=yesterday).parts == (of("x", day(21)),)


def test_it_stands_behind_another_entry_for_the_same_children() -> None:
    step, memo = read("bram in 802; memo new mattress until monday").parts
    assert step.children == ("bram",) and memo == of("new mattress", day(23), "bram")


@given(
    st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1).map(lambda text: text[:40]),
    st.lists(st.sampled_from(["until", "monday", "group", "Uilen", "bram", "3-4", "7-12", ";", "x"])),
    st.integers(0, 366),
    st.sampled_from([None, "", "Uilen"]),
    st.sampled_from(["en", "nl", "nb"]),
)
def test_what_is_printed_is_read_back(text: str, more: list[str], days: int, group: str | None, language: str) -> None:
    said = " ".join([*more, text, *more])
    note = MemoNote(("aya",) if group is None else (), said, TODAY + timedelta(days), group is not None, group or "")
    plan = Plan((note,))
    found = parse(to_line(plan, GROUPS, language, TODAY), GROUPS, NOW, language)
    if isinstance(found, LineProblem):
        assert found.rule == "too_long"
    else:
        (read_back,) = found.parts
        assert isinstance(read_back, MemoNote) and read_back.until == note.until
        assert read_back.text.split() == found_text(said)


def found_text(said: str) -> list[str]:
    import unicodedata

    return unicodedata.normalize("NFC", said).split()


@pytest.mark.parametrize(
    ("typed", "language", "expected"),
    [
        ("maandag", "nl", day(23)), ("tot maandag", "nl", day(23)), ("til mandag", "nb", day(23)),
        ("7-12", "en", day(7, 12)), ("7-12-2026", "en", day(7, 12)), ("soon", "en", None), ("until", "en", None),
    ],
)  # fmt: skip
def test_a_last_day_in_a_field(typed: str, language: str, expected: date | None) -> None:
    assert typed_until(typed, NOW, language) == expected


def test_of_a_child_of_another_group_it_is_asked_and_then_hers() -> None:
    elsewhere = replace(GROUPS, others=others((OtherChild("noor", "Noor", "El Amrani", group="Uilen"),)))
    found = problem("memo noor oma haalt tot maandag", "nl", elsewhere)
    assert (found.rule, found.at, found.args["child"]) == ("other_group", 5, "noor")
    meant = replace(elsewhere, taken=frozenset({"noor"}))
    assert read("memo noor oma haalt tot maandag", "nl", meant).parts == (of("oma haalt", day(23), "noor"),)
    assert read("memo \\noor huilde", "nl", elsewhere).parts == (of("noor huilde", TODAY),)
