"""The same entry written twice is asked, whatever its kind."""

import pytest

from kindertui.domain.plausibility import repeated
from tests.domain.entry_roster import NOW, step
from tests.domain.test_plausibility import IN, LIMITS, day, entry


@pytest.mark.parametrize(
    ("line", "same"),
    [
        ("d w 1130", True),
        ("d w 1131", False),
        ("d s 1130", False),
        ("d w 1130 rash", False),
        ("n 1030 Fell asleep", True),
        ("n 1030 fell", False),
        ("dr 1000 100 water", True),
        ("dr 1000 120 water", False),
        ("temp 1045 38.2", True),
        ("temp 1045 38.3", False),
        ("a 0930-1000 outside", True),
        ("a 0930-1015 outside", False),
        ("wc 1115", True),
        ("med 1050 paracetamol", True),
    ],
)
def test_what_says_just_the_same(line: str, same: bool) -> None:
    log = day(
        IN,
        entry("activity", "09:30", "10:00", text="outside"),
        entry("drink", "10:00", amount=100.0, text="water"),
        entry("note", "10:30", text="fell asleep"),
        entry("temperature", "10:45", amount=38.2),
        entry("medicine", "10:50", text="paracetamol"),
        entry("toilet", "11:15"),
        entry("nappy", "11:30", detail={"content": "wet"}),
    )
    assert [one.rule for one in repeated(step(line), log, NOW, LIMITS)] == (["same_entry"] if same else [])


def test_a_correction_does_not_repeat_itself() -> None:
    nappy = entry("nappy", "11:30", detail={"content": "wet"})
    assert repeated(step("d w 1130"), day(IN, nappy), NOW, LIMITS, replacing=nappy.id) == ()
