"""Phoned absences in one line."""

from datetime import date, time

import pytest

from kindertui.domain.absence import ABSENCE_KINDS
from kindertui.domain.entry import REPORT_WORDS, Report
from tests.domain.entry_roster import problem, report

TODAY = date(2026, 11, 20)


def day(number: int) -> date:
    return date(2026, 11, number)


@pytest.mark.parametrize(
    ("line", "language", "expected"),
    [
        ("daan sick", "en", Report(("daan",), "sick", TODAY)),
        ("daan ziek", "nl", Report(("daan",), "sick", TODAY)),
        ("daan syk", "nb", Report(("daan",), "sick", TODAY)),
        ("daan sick until 25-11", "en", Report(("daan",), "sick", TODAY, day(25))),
        ("daan ziek tot 25-11 koorts", "nl", Report(("daan",), "sick", TODAY, day(25), text="koorts")),
        ("daan ziek t/m 25-11", "nl", Report(("daan",), "sick", TODAY, day(25))),
        ("daan syk til 25.11", "nb", Report(("daan",), "sick", TODAY, day(25))),
        ("daan sick from 23-11 until 25-11", "en", Report(("daan",), "sick", day(23), day(25))),
        ("daan sick until friday", "en", Report(("daan",), "sick", TODAY, TODAY)),
        ("daan ziek tot maandag", "nl", Report(("daan",), "sick", TODAY, day(23))),
        ("daan ferie i", "nb", Report(("daan",), "holiday", TODAY, TODAY, text="i")),
        ("daan better", "en", Report(("daan",), "better", TODAY, TODAY)),
        ("daan beter", "nl", Report(("daan",), "better", TODAY, TODAY)),
        ("daan frisk", "nb", Report(("daan",), "better", TODAY, TODAY)),
        ("daan holiday 23-11 27-11", "en", Report(("daan",), "holiday", day(23), day(27))),
        ("daan vakantie 23-11-2026 2026-11-27", "nl", Report(("daan",), "holiday", day(23), day(27))),
        ("daan holiday 2-1", "en", Report(("daan",), "holiday", date(2027, 1, 2), date(2027, 1, 2))),
        ("daan leave tomorrow", "en", Report(("daan",), "leave", day(21), day(21))),
        ("daan verlof morgen", "nl", Report(("daan",), "leave", day(21), day(21))),
        ("daan late 930", "en", Report(("daan",), "late", TODAY, TODAY, time(9, 30))),
        ("daan laat 9:30 file", "nl", Report(("daan",), "late", TODAY, TODAY, time(9, 30), text="file")),
        ("daan sent 930", "nb", Report(("daan",), "late", TODAY, TODAY, time(9, 30))),
        ("daan doctor 1000-1130", "en", Report(("daan",), "doctor", TODAY, TODAY, time(10), time(11, 30))),
        ("daan huisarts maandag 1000", "nl", Report(("daan",), "doctor", day(23), day(23), time(10))),
        ("daan tannlege -1130", "nb", Report(("daan",), "dentist", TODAY, TODAY, None, time(11, 30))),
        ("daan early 1500", "en", Report(("daan",), "early_pick_up", TODAY, TODAY, None, time(15))),
        ("daan ophalen oma", "nl", Report(("daan",), "other_pick_up", TODAY, TODAY, text="oma")),
        ("daan pickup 1630 gran", "en", Report(("daan",), "other_pick_up", TODAY, TODAY, None, time(16, 30), "gran")),
        ("daan extra 25-11 800-1300", "en", Report(("daan",), "extra_day", day(25), day(25), time(8), time(13))),
        ("daan swap 25-11 23-11", "en", Report(("daan",), "swap_day", day(25), day(23))),
        ("daan flex 930-", "en", Report(("daan",), "flexible_hours", TODAY, TODAY, time(9, 30))),
        ("daan sick via email", "en", Report(("daan",), "sick", TODAY, channel="email")),
        ("daan ziek via deur", "nl", Report(("daan",), "sick", TODAY, channel="door")),
        ("sick", "en", Report(("aya",), "sick", TODAY)),
        ("daan evi sick", "en", Report(("daan", "evi"), "sick", TODAY)),
        (r"daan sick \@home", "en", Report(("daan",), "sick", TODAY, text="@home")),
        (r"daan sick \25-11 said mother", "en", Report(("daan",), "sick", TODAY, text="25-11 said mother")),
    ],
)
def test_reports(line: str, language: str, expected: Report) -> None:
    assert report(line, language) == expected


@pytest.mark.parametrize(
    ("line", "rule", "at", "incomplete"),
    [
        ("daan sick 32-11", "date_invalid", 10, True),
        ("daan sick until 30-2 x", "date_invalid", 16, False),
        ("daan holiday 27-11 23-11", "last_before_first", 13, False),
        ("daan sick -10", "date_invalid", 10, True),
        ("daan swap 25-11", "swap_needs_two_days", 15, True),
        ("daan pickup 1630", "words_missing", 16, True),
        ("daan sick @tomorrow", "day_first", 10, False),
    ],
)
def test_problems(line: str, rule: str, at: int, incomplete: bool) -> None:
    found = problem(line)
    assert (found.rule, found.at, found.incomplete) == (rule, at, incomplete)


@pytest.mark.parametrize("language", ["en", "nl", "nb"])
def test_every_kind_has_a_word(language: str) -> None:
    assert set(REPORT_WORDS[language]) == set(ABSENCE_KINDS)
