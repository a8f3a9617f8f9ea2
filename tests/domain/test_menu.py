"""On whom the menu of the day lands: who eats, by age and by what was written of her before."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from kindertui.domain.daylog import Entry
from kindertui.domain.entry import Plan, Step
from kindertui.domain.menu import kept_only, served
from kindertui.domain.people import Child
from kindertui.domain.roster import ChildDay
from kindertui.portal import profile

ZONE = ZoneInfo("Europe/Amsterdam")
DAY = date(2026, 11, 25)
NOW = datetime(2026, 11, 25, 11, 30, tzinfo=ZONE)
POLICY = profile.load("bitcare")


def day_of(child: str, born: date | None, *entries: Entry) -> ChildDay:
    return ChildDay(Child(child, child, "", "", born, "g"), DAY, entries=entries)


def menu(*children: str) -> Plan:
    return Plan((Step(children, "meal", NOW, detail={"meal": "lunch"}, text="pasta", verb="lunch", menu=True),))


def landed(days: dict[str, ChildDay], plan: Plan, *ate: str) -> list[Step]:
    def bottled(one: ChildDay) -> bool:
        return not POLICY.eats(one.child.age_on(one.day)) and one.child.id not in ate

    found = served(plan, days.get, (), NOW, POLICY.limits, bottled=bottled).parts
    return [part for part in found if isinstance(part, Step)]


@pytest.mark.parametrize(
    ("born", "eats"),
    [
        (date(2026, 9, 1), False),  # two months
        (date(2026, 5, 26), False),  # six months tomorrow
        (date(2026, 5, 25), True),
        (date(2025, 11, 25), True),
        (date(2019, 3, 1), True),
        (None, True),  # nobody knows: whoever it does not suit is left out or corrected
        (date(2027, 1, 1), True),  # a birth date that cannot be says nothing
    ],
)
def test_by_age(born: date | None, eats: bool) -> None:
    (found,) = landed({"mia": day_of("mia", born)}, menu("mia"))
    assert found.children == (("mia",) if eats else ())
    assert kept_only(found) is not eats  # it is kept all the same, for who eats later


def test_a_baby_of_whom_a_meal_was_written_gets_it_and_the_others_are_as_before() -> None:
    days = {
        "mia": day_of("mia", date(2026, 7, 1)),
        "liv": day_of("liv", date(2026, 7, 1)),
        "aya": day_of("aya", date(2025, 1, 1)),
    }
    (found,) = landed(days, menu("mia", "liv", "aya", "unknown"), "liv")
    assert found.children == ("liv", "aya", "unknown")


def test_what_is_said_of_the_baby_herself_is_written() -> None:
    plan = Plan((Step(("mia",), "meal", NOW, detail={"meal": "lunch"}, verb="lunch"),))
    (found,) = landed({"mia": day_of("mia", date(2026, 7, 1))}, plan)
    assert (found.children, found.menu) == (("mia",), False)


def test_the_age_is_the_profile_s_to_say() -> None:
    assert [POLICY.eats(age) for age in ((0, 0), (0, 5), (0, 6), (1, 0), None)] == [False, False, True, True, True]
