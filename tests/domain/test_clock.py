"""Whether the clock can be right, by when the last entry was written."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kindertui.domain.clock import doubt, possible

ZONE = ZoneInfo("Europe/Amsterdam")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("last", "now", "expected"),
    [
        ("2026-11-30 17:40", "2026-12-01 07:00", None),
        ("2026-12-01 10:00", "2026-12-01 09:56", None),  # the network has set it back a little
        ("2026-12-01 10:00", "2026-12-01 09:54", "clock_behind"),
        ("2026-12-01 10:00", "2025-12-01 10:00", "clock_behind"),
        ("2026-11-27 17:40", "2026-11-30 07:00", None),  # a weekend
        ("2026-11-27 17:40", "2026-12-01 07:00", "clock_ahead"),  # Monday without an entry
        ("2026-11-26 17:40", "2026-11-30 07:00", "clock_ahead"),
        ("2026-12-01 10:00", "2026-12-02 23:00", None),
        ("2026-12-01 10:00", "2026-12-03 07:00", "clock_ahead"),
        ("2026-12-01 10:00", "2099-12-01 07:00", "clock_ahead"),
        ("2026-12-01 10:00", "1970-01-01 00:00", "clock_year"),
        ("2026-12-01 10:00", "2000-01-01 00:00", "clock_year"),
        ("2026-12-01 10:00", "9999-12-31 12:00", "clock_year"),
    ],
)
def test_what_speaks_against_a_clock(last: str, now: str, expected: str | None) -> None:
    assert doubt(at(now), at(last)) == expected


def test_before_the_first_entry_only_the_year_is_judged() -> None:
    assert doubt(at("2026-12-01 10:00"), None) is None
    assert doubt(at("1970-01-01 10:00"), None) == "clock_year"


@given(st.datetimes(datetime(2025, 1, 2), datetime(2099, 12, 30)), st.integers(-300, 24 * 60 * 60))
def test_within_a_day_nothing_is_asked(last: datetime, seconds: int) -> None:
    aware = last.replace(tzinfo=UTC)
    assert doubt(aware + timedelta(seconds=seconds), aware) is None


def test_the_last_hours_of_time_can_be_judged() -> None:
    assert not possible(datetime.max.replace(tzinfo=UTC))
