"""What the hour asks for of a group, and of whom."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from kindertui.domain.daylog import Entry, Kind
from kindertui.domain.offers import offer
from kindertui.domain.people import Child, Slot
from kindertui.domain.roster import ChildDay
from kindertui.portal import profile

ZONE = ZoneInfo("Europe/Amsterdam")
DAY = date(2026, 11, 23)
BITCARE = profile.load("bitcare")
BABY, TODDLER, OWL = date(2026, 7, 3), date(2024, 7, 1), date(2019, 1, 1)


def at(clock: str) -> datetime:
    return datetime.combine(DAY, time.fromisoformat(clock), ZONE)


def day(name: str, *written: str, birth: date = TODDLER, booked: str | None = "08:00-17:30") -> ChildDay:
    """`arrival 08:00`, `lunch 11:30`, `sleep 12:30-13:30` or `sleep 12:30` of a child."""
    entries = []
    for number, one in enumerate(written):
        what, times = one.split()
        start, _, end = times.partition("-")
        kind: Kind = "meal" if what == "lunch" else what  # type: ignore[assignment]
        detail = {"meal": "lunch"} if what == "lunch" else {}
        entries.append(
            Entry(f"{number}", 1, name, DAY, kind, at(start), at(end) if end else None, detail=detail)
        )  # fmt: skip
    slot = None
    if booked:
        start, end = booked.split("-")
        slot = Slot(name, 1, time.fromisoformat(start), time.fromisoformat(end))
    return ChildDay(Child(name, name, "", "X", birth, "g"), DAY, slot, tuple(entries), scheduled=booked is not None)


IN = "arrival 08:00"


@pytest.mark.parametrize(
    ("now", "days", "what", "due", "others"),
    [
        ("07:44", [day("a")], None, "", ""),
        ("07:45", [day("a"), day("b", booked="08:30-17:30")], "arrivals", "a", "b"),
        ("08:29", [day("a"), day("b", IN)], "arrivals", "a", ""),
        ("09:00", [day("a"), day("b", IN)], None, "", ""),  # nobody told us: her own row says whom to call
        ("09:00", [day("a", booked=None), day("b", IN)], "arrivals", "a", ""),
        ("10:00", [day("a", booked=None), day("b", IN)], None, "", ""),
        ("11:29", [day("a", IN)], None, "", ""),
        ("11:30", [day("a", IN), day("b", IN, "lunch 11:20")], "lunch", "a", "b"),
        ("12:00", [day("a", IN, birth=BABY), day("b", IN, "lunch 11:20")], None, "", ""),  # only bottles as yet
        ("12:30", [day("a", IN, "lunch 11:20"), day("b", IN, "lunch 11:20", "sleep 12:20")], "nap", "a", ""),
        ("12:30", [day("a", IN, "lunch 11:20", "sleep 10:00-11:00")], None, "", ""),
        ("12:30", [day("a", IN, "lunch 11:20", birth=OWL)], None, "", ""),
        ("13:59", [day("a", IN, "lunch 11:20", "sleep 12:20")], None, "", ""),
        ("14:00", [day("a", IN, "sleep 12:20"), day("b", IN, "sleep 12:20-13:30")], "waking", "a", ""),
        ("16:59", [day("a", IN)], None, "", ""),
        ("17:00", [day("b", IN), day("a", IN, booked="08:00-17:15"), day("c", IN, booked=None)], "leaving", "a b", ""),
        ("17:40", [day("a", IN, "departure 17:20")], None, "", ""),
        ("23:00", [day("a", IN)], None, "", ""),
    ],
)  # fmt: skip
def test_what_the_hour_asks_for(now: str, days: list[ChildDay], what: str | None, due: str, others: str) -> None:
    found = offer(days, at(now), BITCARE)
    if found is None:
        assert what is None
        return
    named = [" ".join(one.child.id for one in some) for some in (found.children, found.others)]
    assert (found.what, *named) == (what, due, others)
