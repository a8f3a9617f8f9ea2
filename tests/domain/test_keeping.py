"""Which backups stay: all of 48 hours, one a day for 30 days, one a month for 12 months."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kindertui.domain.keeping import kept

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
ages = st.lists(st.integers(0, 500 * 24 * 60), max_size=60)


def at(**ago: float) -> datetime:
    return NOW - timedelta(**ago)


def test_all_of_two_days_stay() -> None:
    hourly = [at(hours=hour) for hour in range(49)]
    assert kept(hourly, NOW) == frozenset(hourly)


def test_the_last_of_each_day_stays_for_thirty_days() -> None:
    days = [at(days=day, hours=hour) for day in range(4, 20) for hour in (0, 3)]
    assert kept([NOW, *days], NOW) == {NOW, *(at(days=day) for day in range(4, 20))}


def test_the_last_of_each_month_stays_for_a_year() -> None:
    every = [at(days=day) for day in range(900)]
    found = kept(every, NOW)
    months = {(one.year, one.month) for one in found}
    assert len(months) == 13  # this one and twelve before
    old = sorted(one for one in found if (NOW.date() - one.date()).days > 30)
    assert all((one + timedelta(days=1)).month != one.month for one in old)


def test_the_newest_stays_however_old_it_is_and_so_does_the_future() -> None:
    old = [at(days=1000), at(days=1001)]
    assert kept(old, NOW) == {old[0]}
    ahead = [at(days=-300), at(days=-300, hours=-1)]
    assert kept(ahead, NOW) == frozenset(ahead)
    assert kept([], NOW) == frozenset()


@given(ages)
def test_what_has_a_day_or_a_month_keeps_one_of_it(minutes: list[int]) -> None:
    every = [at(minutes=one) for one in minutes]
    found = kept(every, NOW)
    assert found <= set(every)
    for one in every:
        if (NOW.date() - one.date()).days <= 30:
            assert max(other for other in every if other.date() == one.date()) in found
        if (NOW - one).days < 330:
            assert any((other.year, other.month) == (one.year, one.month) for other in found)


@given(ages)
def test_dropping_after_each_backup_leaves_what_dropping_once_in_the_end_does(minutes: list[int]) -> None:
    every = sorted({at(minutes=one) for one in minutes})
    stay: frozenset[datetime] = frozenset()
    for one in every:
        stay = kept([*stay, one], one)
    assert kept(stay, NOW) == kept(every, NOW)
    assert kept(kept(every, NOW), NOW) == kept(every, NOW)
