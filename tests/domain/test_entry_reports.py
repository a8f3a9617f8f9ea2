"""Phoned absences in one line."""

from datetime import date, time

import pytest

from kindertui.domain.absences import ABSENCE_KINDS
from kindertui.domain.entry import REPORT_WORDS, AbsenceReport
from tests.domain.entry_roster import problem, report

TODAY = date(2026, 11, 20)


def day(number: int) -> date:
    return date(2026, 11, number)


@pytest.mark.parametrize(
    ("line", "language", "expected"),
    [
        ("daan sick", "en", AbsenceReport(("daan",), "sick", TODAY)),
        ("daan ziek", "nl", AbsenceReport(("daan",), "sick", TODAY)),
        ("daan syk", "nb", AbsenceReport(("daan",), "sick", TODAY)),
        ("daan sick until 25-11", "en", AbsenceReport(("daan",), "sick", TODAY, day(25))),
        ("daan ziek tot 25-11 koorts", "nl", AbsenceReport(("daan",), "sick", TODAY, day(25), text="koorts")),
        ("daan ziek t/m 25-11", "nl", AbsenceReport(("daan",), "sick", TODAY, day(25))),
        ("daan syk til 25.11", "nb", AbsenceReport(("daan",), "sick", TODAY, day(25))),
        ("daan sick from 23-11 until 25-11", "en", AbsenceReport(("daan",), "sick", day(23), day(25))),
        ("daan sick until friday", "en", AbsenceReport(("daan",), "sick", TODAY, TODAY)),
        ("daan ziek tot maandag", "nl", AbsenceReport(("daan",), "sick", TODAY, day(23))),
        ("daan ferie i", "nb", AbsenceReport(("daan",), "holiday", TODAY, TODAY, text="i")),
        ("daan better", "en", AbsenceReport(("daan",), "better", TODAY, TODAY)),
        ("daan beter", "nl", AbsenceReport(("daan",), "better", TODAY, TODAY)),
        ("daan frisk", "nb", AbsenceReport(("daan",), "better", TODAY, TODAY)),
        ("daan holiday 23-11 27-11", "en", AbsenceReport(("daan",), "holiday", day(23), day(27))),
        ("daan vakantie 23-11-2026 2026-11-27", "nl", AbsenceReport(("daan",), "holiday", day(23), day(27))),
        ("daan holiday 2-1", "en", AbsenceReport(("daan",), "holiday", date(2027, 1, 2), date(2027, 1, 2))),
        ("daan leave tomorrow", "en", AbsenceReport(("daan",), "leave", day(21), day(21))),
        ("daan verlof morgen", "nl", AbsenceReport(("daan",), "leave", day(21), day(21))),
        ("daan late 930", "en", AbsenceReport(("daan",), "late", TODAY, TODAY, time(9, 30))),
        ("daan laat 9:30 file", "nl", AbsenceReport(("daan",), "late", TODAY, TODAY, time(9, 30), text="file")),
        ("daan sent 930", "nb", AbsenceReport(("daan",), "late", TODAY, TODAY, time(9, 30))),
        ("daan doctor 1000-1130", "en", AbsenceReport(("daan",), "doctor", TODAY, TODAY, time(10), time(11, 30))),
        ("daan huisarts maandag 1000", "nl", AbsenceReport(("daan",), "doctor", day(23), day(23), time(10))),
        ("daan tannlege -1130", "nb", AbsenceReport(("daan",), "dentist", TODAY, TODAY, None, time(11, 30))),
        ("daan early 1500", "en", AbsenceReport(("daan",), "early_pick_up", TODAY, TODAY, None, time(15))),
        ("daan ophalen oma", "nl", AbsenceReport(("daan",), "other_pick_up", TODAY, TODAY, text="oma")),
        (
            "daan pickup 1630 gran",
            "en",
            AbsenceReport(("daan",), "other_pick_up", TODAY, TODAY, None, time(16, 30), "gran"),
        ),
        ("daan extra 25-11 800-1300", "en", AbsenceReport(("daan",), "extra_day", day(25), day(25), time(8), time(13))),
        ("daan swap 25-11 23-11", "en", AbsenceReport(("daan",), "swap_day", day(25), day(23))),
        ("daan flex 930-", "en", AbsenceReport(("daan",), "flexible_hours", TODAY, TODAY, time(9, 30))),
        ("daan sick via email", "en", AbsenceReport(("daan",), "sick", TODAY, channel="email")),
        ("daan ziek via deur", "nl", AbsenceReport(("daan",), "sick", TODAY, channel="door")),
        ("sick", "en", AbsenceReport(("aya",), "sick", TODAY)),
        ("daan evi sick", "en", AbsenceReport(("daan", "evi"), "sick", TODAY)),
        (r"daan sick \@home", "en", AbsenceReport(("daan",), "sick", TODAY, text="@home")),
        (r"daan sick \25-11 said mother", "en", AbsenceReport(("daan",), "sick", TODAY, text="25-11 said mother")),
    ],
)
def test_reports(line: str, language: str, expected: AbsenceReport) -> None:
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
