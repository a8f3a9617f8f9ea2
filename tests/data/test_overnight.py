"""A child who stays over midnight: still in, still asleep, and what is written then stands on the right day."""

from datetime import date, datetime, timedelta

import msgspec
import pytest
import time_machine

from kindertui.data import daylog, verify
from kindertui.data.act import Actor
from kindertui.data.clock import utc_now
from kindertui.data.daylog import Accepted, NotLogged, Saved
from kindertui.data.queries import completeness
from kindertui.data.queries import day as day_queries
from kindertui.data.store import Store
from kindertui.data.undo import undo
from kindertui.domain.due import sleep_checks_due
from kindertui.domain.entry import Plan, Roster, RosterChild, parse
from kindertui.domain.policy import Policy
from kindertui.domain.roster import ChildDay
from tests.conftest import People
from tests.data.conftest import ZONE
from tests.data.test_daylog import short

EVE = date(2026, 11, 23)  # a Monday
NEXT = EVE + timedelta(days=1)


class Night:
    """A group worker who types lines in the evening and in the night after it."""

    def __init__(self, store: Store, ina: Actor, policy: Policy, people: People, clock: time_machine.Traveller) -> None:
        self.store, self.ina, self.clock, self.children = store, ina, clock, people.children
        self.policy = msgspec.structs.replace(policy, check_under_1=10, check_from_1=10)
        self.groups = people.groups

    def at(self, when: str) -> "Night":
        """`20:00` on the eve, `00:25+` on the day after."""
        day = EVE + timedelta(days=when.count("+"))
        self.clock.move_to(datetime.combine(day, datetime.strptime(when.rstrip("+"), "%H:%M").time(), ZONE))
        return self

    @property
    def now(self) -> datetime:
        return utc_now().astimezone(ZONE)

    def day(self, name: str = "Aya", day: date | None = None) -> ChildDay:
        (found,) = day_queries.roster(self.store.reader, day or self.now.date(), ZONE, only=(self.children[name],))
        return found

    def types(self, line: str, accept: Accepted = False, day: date | None = None) -> Saved:
        days = day_queries.roster(self.store.reader, day or self.now.date(), ZONE)
        today = self.now.date()
        roster = Roster(tuple(RosterChild.of(one, today) for one in days), cursor=self.children["Aya"], day=day)
        plan = parse(line, roster, self.now, "en")
        assert isinstance(plan, Plan), plan
        return self.store.call(
            daylog.save_plan, self.ina, plan, day=day or today, policy=self.policy, accept_warnings=accept
        )

    def refused(self, line: str) -> list[str]:
        with pytest.raises(NotLogged) as problem:
            self.types(line)
        return [one.rule for one in problem.value.findings]

    def missing(self, shown: date | None = None) -> list[str]:
        found = completeness.missing(
            self.store.reader, shown or self.now.date(), ZONE, self.policy, self.now, self.groups["Vlinders"]
        )
        names = {id: name for name, id in self.children.items()}
        return [f"{names[one.child.id]} {one.day.day} {one.word}" for one in found]


@pytest.fixture
def night(store: Store, ina: Actor, policy: Policy, people: People, clock: time_machine.Traveller) -> Night:
    return Night(store, ina, policy, people, clock)


def test_at_twenty_five_past_midnight_she_is_in_and_asleep_and_w_wakes_her(night: Night) -> None:
    night.at("20:00").types("aya in", accept=True)
    night.at("21:00").types("aya s")
    night.at("00:25+")
    aya = night.day()
    assert aya.is_in and aya.asleep is not None and aya.entries == () and aya.presence(night.now) == "in"
    assert [short(one) for one in aya.before] == ["arrival 20:00", "sleep 21:00"]
    saved = night.types("all check")
    assert [one.day for one in saved.entries] == [NEXT]
    (woken,) = night.types("w").entries
    assert woken.day == EVE and woken.end == night.now.replace(second=0, microsecond=0)
    assert night.day().asleep is None and night.day().is_in
    assert verify.first_break(night.store.reader) is None


def test_the_act_gives_back_the_day_as_it_leaves_it(night: Night) -> None:
    night.at("20:00").types("aya in; s 2000", accept=True)
    night.at("06:40+")
    (after,) = night.types("w").days
    assert after == night.day() and after.asleep is None and after.is_in


def test_an_end_without_a_start_closes_the_sleep_of_the_evening(night: Night) -> None:
    night.at("20:00").types("aya in; s 2000", accept=True)
    night.at("07:10+")
    (woken,) = night.types("s -0700").entries
    assert (woken.day, f"{woken.start:%H:%M}", woken.end) == (EVE, "20:00", night.at("07:00+").now)
    assert "sleep_end" not in str(night.at("07:10+").missing())


def test_leaving_is_written_on_the_day_she_leaves_and_ends_both_days(night: Night) -> None:
    night.at("20:00").types("aya in; s 2000", accept=True)
    night.at("07:30+")
    assert night.refused("out") == ["leaves_asleep"]
    saved = night.types("out father", accept=True)
    assert [(one.kind, one.day) for one in saved.entries] == [("sleep", EVE), ("departure", NEXT)]
    assert not night.day().is_in and night.day().departure is not None
    eve = night.day(day=EVE)
    assert not eve.is_in and [short(one) for one in eve.after] == ["departure 07:30 father"]
    assert night.missing() == night.missing(EVE) == ["Aya 24 food", "Aya 24 nappy"], "each once"
    night.store.call(undo, night.ina)
    assert night.day().is_in and night.day().asleep is not None and night.missing() == night.missing(EVE) == []


def test_the_look_at_a_sleeper_is_due_after_midnight_too(night: Night) -> None:
    night.at("20:00").types("aya in; s 2000", accept=True)
    night.at("23:55").types("aya check")
    night.at("00:10+")

    def due() -> list[str]:
        found = day_queries.sleepers(night.store.reader, NEXT, ZONE, night.groups["Vlinders"])
        return [f"{one.given_name} {at:%H:%M}" for one, at in sleep_checks_due(found, night.policy)]

    assert due() == ["Aya 00:05"]
    saved = night.store.call(daylog.check_sleepers, night.ina, children=(night.children["Aya"],), policy=night.policy)
    assert [(one.day, one.detail) for one in saved.entries] == [(NEXT, {"late": 5})]
    assert due() == ["Aya 00:20"]
    night.types("bram in; s 0010", accept=True)  # who came after midnight
    night.at("00:20+")
    assert due() == ["Aya 00:20", "Bram 00:20"]


def test_who_came_in_the_evening_and_fell_asleep_after_midnight_is_looked_at(night: Night) -> None:
    night.at("20:00").types("aya in", accept=True)
    night.at("00:30+").types("aya s")
    assert [one.child.given_name for one in day_queries.sleepers(night.store.reader, NEXT, ZONE)] == ["Aya"]


def test_a_departure_that_was_forgotten_brings_nobody_in_and_is_asked_for(night: Night) -> None:
    night.at("08:05").types("aya bram in")
    night.at("13:00").types("aya s 1230")
    night.at("17:30").types("bram s no; out 1700", accept=True)
    night.at("07:40+")
    aya = night.day()
    assert not aya.is_in and aya.asleep is None and aya.before == ()
    assert aya.not_signed_out is not None and f"{aya.not_signed_out.start:%H:%M}" == "08:05"
    assert night.day("Bram").not_signed_out is None
    assert day_queries.sleepers(night.store.reader, NEXT, ZONE) == ()
    assert night.refused("aya out") == ["out_not_in"]
    assert night.missing() == ["Aya 23 sleep_end", "Aya 23 departure"]
    night.types("aya in")
    assert night.day().is_in and f"{night.day().arrival.start:%H:%M}" == "07:40"  # type: ignore[union-attr]
    night.types("aya out 1730", accept=True, day=EVE)
    assert "departure" not in str(night.missing()) and night.day().not_signed_out is None and night.day().is_in


def test_while_the_stay_goes_on_the_day_before_misses_no_departure(night: Night) -> None:
    night.at("20:00").types("aya in; s 2000", accept=True)
    night.at("00:25+")
    assert night.day(day=EVE).goes_on and night.missing() == night.missing(EVE) == []
    night.at("12:00+")  # nothing was seen of her all morning
    assert not night.day().is_in and night.missing() == ["Aya 23 sleep_end", "Aya 23 departure"]


def test_one_day_back_and_no_further(night: Night) -> None:
    night.at("20:00").types("aya in", accept=True)
    night.at("19:00+").types("bram in", accept=True)
    night.at("00:25++")
    assert not night.day().is_in and night.day("Bram").is_in and night.day().not_signed_out is None
    past = night.day(day=EVE)
    assert past.is_in and not past.goes_on and past.after == ()


def test_a_new_day_s_meal_is_no_second_one_of_the_evening(night: Night) -> None:
    night.at("19:00").types("aya in; dinner 1900 most", accept=True)
    night.at("07:30+").types("aya out", accept=True)
    night.at("18:30+").types("aya in", accept=True)
    assert [one.kind for one in night.types("aya dinner 1830 most").entries] == ["meal"]


def test_a_night_s_sleep_is_not_asked_about_as_a_long_nap(night: Night) -> None:
    night.at("20:00").types("aya in; s 2000", accept=True)
    night.at("07:00+").types("aya w")
    night.at("19:30+").types("bram in; s 1930", accept=True)
    night.at("08:00++").types("@yesterday bram s -0800+", accept=True)
