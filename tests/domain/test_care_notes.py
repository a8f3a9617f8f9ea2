"""Days and hours as they are typed in the care notes of a child."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kindertui.domain.care_notes import (
    LONGEST_APART,
    CareNotes,
    printed_apart,
    typed_apart,
    typed_day,
)  # fmt: skip
from kindertui.domain.people import Child, Consent

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("", None), (" ", None), ("3-5-2026", date(2026, 5, 3)), ("03/05/26", date(2026, 5, 3)),
        ("2026-05-03", date(2026, 5, 3)), ("3-5", date(2026, 5, 3)), ("3.5.2026", date(2026, 5, 3)),
        (" 29-2-2028 ", date(2028, 2, 29)),
    ],
)  # fmt: skip
def test_a_day_as_people_type_it(text: str, day: date | None) -> None:
    assert typed_day(text, TODAY) == day


@pytest.mark.parametrize(
    "text", ["31-2-2026", "29-2-2027", "x", "3", "3-5-202", "3-13-2026", "3-5-2026-1", "٣-5-2026", "--"]
)
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        typed_day(text, TODAY)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("", None), ("6", 360), ("4:30", 270), ("1,5", 90), ("0.5", 30), (" 8 ", 480), ("6 u", 360), ("8H", 480)],
)
def test_hours_between_as_people_type_them(text: str, minutes: int | None) -> None:
    assert typed_apart(text) == minutes


@pytest.mark.parametrize(
    "text", ["0", "-6", "6 x", "x", "4:75", "4:3", "1.2.3", ".", "inf", "nan", "1e3", "9999", "٦", "²"]
)
def test_what_is_no_number_of_hours_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        typed_apart(text)


@given(st.integers(1, LONGEST_APART))
def test_what_is_printed_is_read_again(minutes: int) -> None:
    assert typed_apart(printed_apart(minutes)) == minutes


@given(st.text(max_size=12))
def test_nothing_that_is_typed_does_more_than_be_refused(text: str) -> None:
    for read in (typed_apart, lambda typed: typed_day(typed, TODAY)):
        try:
            read(text)
        except ValueError:
            continue


def test_of_two_answers_the_refusal_holds() -> None:
    asked = tuple(Consent("c", "photo_public", given) for given in (True, False))
    found = CareNotes(Child("c", "Aya", "", "", None, None), consents=asked)
    answer = found.consent("photo_public")
    assert answer is not None and not answer.given
    assert found.consent("photo_internal") is None
