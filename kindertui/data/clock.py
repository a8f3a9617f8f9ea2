"""The program's one clock. It goes with the machine's, but for a demo outside the hours of its sample."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from kindertui.domain.clock import possible
from kindertui.domain.faults import Refused


class _Clock:
    ahead = timedelta(0)


def utc_now() -> datetime:
    """Now: aware, UTC."""
    return datetime.now(UTC) + _Clock.ahead


def check_year() -> None:
    """Raises Refused `clock_year` where the year cannot be: some days of such a year are in no other zone at all."""
    if not possible(utc_now()):
        raise Refused("clock_year", now=f"{utc_now():%Y-%m-%d %H:%M}")


@contextmanager
def running_ahead(of_the_machines: timedelta) -> Iterator[None]:
    """Lets the clock of this process run so far ahead of the machine's, or behind it; None of it is left afterwards."""
    _Clock.ahead = of_the_machines
    try:
        yield
    finally:
        _Clock.ahead = timedelta(0)


def is_the_machines() -> bool:
    """Does it show the machine's time?"""
    return not _Clock.ahead
