"""Logging a day: lines become records, judged by what the database holds, all of an act or nothing of it."""

import os
import time
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, cast

import msgspec
import pytest
import time_machine
from msgspec import structs

from kindertui.data import daylog, journal, models, verify
from kindertui.data.act import Actor, Tx
from kindertui.data.clock import utc_now
from kindertui.data.daylog import Accepted, NotLogged, Saved
from kindertui.data.queries import day as day_queries
from kindertui.data.queries import history
from kindertui.data.store import Store
from kindertui.data.undo import redo, undo
from kindertui.domain.daylog import SENSITIVITY, STAFF_ONLY, Entry
from kindertui.domain.entry import Plan, Roster, RosterChild, Step, parse
from kindertui.domain.faults import Refused
from kindertui.domain.policy import Policy
from tests.conftest import People
from tests.data.conftest import NOON, ZONE

pytestmark = pytest.mark.usefixtures("clock")


class Room:
    """A group worker at the roster: types lines, sees what is there afterwards."""

    def __init__(self, store: Store, actor: Actor, policy: Policy, children: dict[str, str]) -> None:
        self.store, self.actor, self.policy, self.children = store, actor, policy, children

    @property
    def now(self) -> datetime:
        return utc_now().astimezone(ZONE)

    def read(self, line: str) -> Plan:
        days = day_queries.roster(self.store.reader, self.now.date(), ZONE)
        roster = Roster(
            tuple(
                RosterChild(
                    one.child.id, one.child.given_name, one.child.surname, prefix=one.child.prefix,
                    birth_date=one.child.birth_date, is_in=one.is_in,
                    expected=one.presence(self.now) in ("expected", "unreported"), was_in=one.departure is not None,
                )
                for one in days
            ),
            cursor=self.children["Aya"],
        )  # fmt: skip
        plan = parse(line, roster, self.now, "en")
        assert isinstance(plan, Plan), plan
        return plan

    def types(self, line: str, accept: Accepted = False, *, actor: Actor | None = None) -> Saved:
        return self.store.call(
            daylog.save_plan, actor or self.actor, self.read(line), day=self.now.date(), policy=self.policy,
            accept_warnings=accept,
        )  # fmt: skip

    def refused(self, line: str, accept: Accepted = False, *, actor: Actor | None = None) -> list[tuple[str, str]]:
        """What was found against a line; nothing may have changed by it."""
        before = journal.head(self.store.reader)
        with pytest.raises(NotLogged) as problem:
            self.types(line, accept, actor=actor)
        assert journal.head(self.store.reader) == before
        names = {id: name for name, id in self.children.items()}
        return [(one.rule, names[one.child_id]) for one in problem.value.findings]

    def entries(self, child: str = "Aya") -> tuple[Entry, ...]:
        return day_queries.child_day(self.store.reader, self.children[child], self.now.date(), ZONE)

    def log(self, child: str = "Aya") -> list[str]:
        return [short(entry) for entry in self.entries(child)]


def short(entry: Entry) -> str:
    period = f"{entry.start:%H:%M}" + (f"-{entry.end:%H:%M}" if entry.end else "")
    amount = "" if entry.amount is None else f"{entry.amount:g} {entry.unit}"
    detail = " ".join(f"{value:g}" if isinstance(value, float) else str(value) for value in entry.detail.values())
    return " ".join(part for part in (entry.kind, period, amount, detail, entry.text) if part)


@pytest.fixture
def room(store: Store, ina: Actor, policy: Policy, people: People) -> Room:
    return Room(store, ina, policy, people.children)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["in 8:02"], ["arrival 08:02"]),
        (["in"], ["arrival 12:41"]),
        (["in 8:02; b 150"], ["arrival 08:02", "bottle 12:41 150 ml"]),
        (["in 8:02; b 11:30 150; d wet"], ["arrival 08:02", "bottle 11:30 150 ml", "nappy 12:41 wet"]),
        (["in 8:02", "s 1130"], ["arrival 08:02", "sleep 11:30"]),
        (["in 8:02", "s 1130", "woke 1215"], ["arrival 08:02", "sleep 11:30-12:15"]),
        (["in 8:02", "s 1130", "woke"], ["arrival 08:02", "sleep 11:30-12:41"]),
        (["in 8:02", "s 1130; woke 1215"], ["arrival 08:02", "sleep 11:30-12:15"]),
        (["in 8:02", "s 1130-1215"], ["arrival 08:02", "sleep 11:30-12:15"]),
        (["in 8:02", "s 1130", "!out 12:30"], ["arrival 08:02", "sleep 11:30-12:30", "departure 12:30"]),
        (["in 8:02", "s 1130", "!out"], ["arrival 08:02", "sleep 11:30-12:41", "departure 12:41"]),
        (["in 8:02; out 11:00", "in 12:00"], ["arrival 08:02", "departure 11:00", "arrival 12:00"]),
        (["in 8:02", "n phoned the doctor"], ["arrival 08:02", "note 12:41 phoned the doctor"]),
        (["in 8:02", "temp 38,2"], ["arrival 08:02", "temperature 12:41 38.2 °C"]),
        (["in 8:02", "!out 12:30 grandma"], ["arrival 08:02", "departure 12:30 grandma"]),
        (["n father phoned"], ["note 12:41 father phoned"]),
    ],
)
def test_what_a_line_writes(room: Room, lines: list[str], expected: list[str]) -> None:
    for line in lines:
        room.types(line.removeprefix("!"), accept=line.startswith("!"))
    assert room.log() == expected
    assert verify.first_break(room.store.reader) is None


def test_one_line_is_one_act_and_one_undo(room: Room, ina: Actor) -> None:
    saved = room.types("in 8:02; b 150; d wet")
    assert [short(entry) for entry in saved.entries] == room.log()
    acts = room.store.reader.execute("SELECT DISTINCT act, verb FROM journal WHERE kind = 'entry'").fetchall()
    assert acts == [(saved.act, "save_plan")]
    assert room.store.call(undo, ina).id == saved.act
    assert room.log() == []
    room.store.call(redo, ina)
    assert len(room.log()) == 3


def test_all_but_one(room: Room) -> None:
    room.types("all -noor in 8:00", accept=True)
    saved = room.types("all -aya -em v d wet")
    given = {name for name in room.children if any(entry.kind == "nappy" for entry in room.entries(name))}
    assert given == {"Bram", "Emma", "Søren"}
    assert len(saved.entries) == 3
    assert len({row[0] for row in room.store.reader.execute("SELECT act FROM journal WHERE kind = 'entry'")}) == 2


def test_who_wakes_and_who_leaves_again_when_it_is_taken_back(room: Room, ina: Actor) -> None:
    room.types("in 8:02; s 1130")
    room.types("woke 1215")
    room.store.call(undo, ina)
    assert room.log() == ["arrival 08:02", "sleep 11:30"]
    room.types("out 12:30", accept=True)
    assert room.log() == ["arrival 08:02", "sleep 11:30-12:30", "departure 12:30"]
    room.store.call(undo, ina)
    assert room.log() == ["arrival 08:02", "sleep 11:30"]


def test_a_report_is_an_absence(room: Room, ina: Actor) -> None:
    saved = room.types("bram sick")
    assert saved.entries == ()
    (absence,) = saved.absences
    assert (absence.kind, absence.child_id, absence.first_day) == ("sick", room.children["Bram"], date(2026, 11, 20))
    for act, presence in ((None, "absent"), (undo, "unreported"), (redo, "absent")):
        if act is not None:
            room.store.call(act, ina)
        (bram,) = day_queries.roster(room.store.reader, room.now.date(), ZONE, only=(room.children["Bram"],))
        assert bram.presence(room.now) == presence


def test_a_report_and_an_entry_on_one_line_are_one_act(room: Room, ina: Actor) -> None:
    saved = room.types("bram sick; n vomited")
    assert (len(saved.entries), len(saved.absences)) == (1, 1)
    assert room.store.call(undo, ina).records == 2
    assert room.log("Bram") == []
    assert room.store.reader.execute("SELECT count(*) FROM absence WHERE NOT deleted").fetchone() == (0,)


@pytest.mark.parametrize(
    ("lines", "line", "expected"),
    [
        ([], "b 150", [("not_in", "Aya")]),
        ([], "in 8:02; out 7:00", [("out_before_in", "Aya")]),
        ([], "in 8:02; woke", [("not_asleep", "Aya")]),
        (["in 8:02"], "in 8:02; temp 50", [("temperature_range", "Aya")]),
        (["in 8:02"], "in 13:30", [("in_future", "Aya")]),
        (["in 8:02"], "aya bram b 150", [("not_in", "Bram")]),
        (["in 8:02"], "aya sick; b 150; woke", [("not_asleep", "Aya")]),
        (["in 8:02; s 1130"], "s 1200", [("asleep_already", "Aya")]),
    ],
)
def test_an_error_saves_nothing_of_the_whole_act(
    room: Room, lines: list[str], line: str, expected: list[tuple[str, str]]
) -> None:
    for one in lines:
        room.types(one)
    before = room.log()
    assert room.refused(line) == expected
    assert room.refused(line, accept=True) == expected, "an error is not to be accepted"
    assert room.log() == before
    assert room.store.reader.execute("SELECT count(*) FROM absence").fetchone() == (0,)


def test_a_warning_has_to_be_read(room: Room) -> None:
    room.types("in 8:02; b 12:30 150")
    aya = room.children["Aya"]
    both = [("bottle_large", "Aya"), ("bottle_soon", "Aya")]
    assert sorted(room.refused("b 350")) == both
    assert sorted(room.refused("b 350", frozenset())) == both
    assert room.refused("b 350", frozenset({("bottle_soon", aya)})) == [("bottle_large", "Aya")]
    assert sorted(room.refused("b 350", frozenset({("bottle_soon", room.children["Bram"])}))) == both
    saved = room.types("b 350", frozenset({("bottle_soon", aya), ("bottle_large", aya)}))
    assert sorted(one.rule for one in saved.warnings) == ["bottle_large", "bottle_soon"]
    assert room.log() == ["arrival 08:02", "bottle 12:30 150 ml", "bottle 12:41 350 ml"]
    assert [one.rule for one in room.types("s 1100-1130", True).warnings] == []


def test_the_location_s_own_limits_hold(room: Room) -> None:
    room.policy = structs.replace(room.policy, limits=structs.replace(room.policy.limits, bottle=120))
    room.types("in 8:02")
    assert room.refused("b 12:30 150") == [("bottle_large", "Aya")]
    room.types("b 12:30 120")
    with pytest.raises(NotLogged) as found:
        correct(room, room.entries()[1], "b 12:30 150")
    assert [one.rule for one in found.value.findings] == ["bottle_large"]


def test_who_fetches_is_held_against_the_lists_of_the_child(room: Room) -> None:
    room.types("aya bram in 8:02")
    assert room.refused("aya out papa") == [("pick_up_barred", "Aya")]
    assert room.refused("aya bram out oma") == [("pick_up_unknown", "Aya"), ("pick_up_unknown", "Bram")]
    assert room.types("aya bram out mama").warnings == ()


def test_a_medicine_is_held_against_its_agreement_and_the_doses_of_other_days(
    room: Room, ina: Actor, clock: time_machine.Traveller
) -> None:
    def agree(tx: Tx, medicine: str, apart: int | None) -> None:
        tx.add(
            models.Agreement, child_id=room.children["Aya"], medicine=medicine, first_day="2026-11-02",
            last_day="2026-11-21", apart=apart, agreed_by="Sara Bakker",
        )  # fmt: skip

    room.store.call(agree, ina, "Paracetamol", 480)
    room.types("in 8:02")
    assert room.refused("med ibuprofen 5 ml") == [("medicine_not_agreed", "Aya")]
    clock.move_to(datetime(2026, 11, 20, 23, 0, tzinfo=ZONE))
    room.types("med 22:00 paracetamol 120 mg")
    clock.move_to(datetime(2026, 11, 21, 7, 0, tzinfo=ZONE))
    room.types("in 1:00", accept=True)
    assert room.refused("med 5:59 paracetamol") == [("medicine_soon", "Aya")]
    saved = room.types("med 6:00 paracetamol")
    assert saved.warnings == ()
    room.store.call(daylog.remove, ina, saved.entries[0].id, rev=1)
    room.types("med 6:30 paracetamol")
    clock.move_to(datetime(2026, 11, 22, 7, 0, tzinfo=ZONE))
    room.types("in 1:00", accept=True)
    assert room.refused("med 5:00 paracetamol") == [("medicine_agreement_over", "Aya")]
    room.store.call(agree, ina, "zyrtec", 2 * 1440)
    room.types("aya med zyrtec", accept=True)
    aya = room.children["Aya"]
    days = (day_queries.roster(room.store.reader, date(2026, 11, 22 + n), ZONE, only=(aya,))[0] for n in (-2, 0, 3))
    assert [[dose.text for dose in one.doses] for one in days] == [
        ["paracetamol", "zyrtec"], ["paracetamol 120 mg", "paracetamol"], [],
    ]  # fmt: skip


def test_a_plan_made_before_a_colleague_saved_is_judged_again(room: Room, people: People) -> None:
    room.types("in 8:02")
    plan = room.read("s 1230")
    room.types("s 1200", actor=Actor(people.staff["Jayne"], "Jayne"))
    with pytest.raises(NotLogged) as found:
        room.store.call(daylog.save_plan, room.actor, plan, day=room.now.date(), policy=room.policy)
    assert [one.rule for one in found.value.findings] == ["asleep_already"]
    assert room.log() == ["arrival 08:02", "sleep 12:00"]


def test_a_child_who_is_gone_meanwhile_is_told(room: Room) -> None:
    plan = room.read("aya n x")
    before = journal.head(room.store.reader)
    (part,) = plan.parts
    stray = Plan((Step(("nobody",), "note", text="x"),))
    assert isinstance(part, Step)
    with pytest.raises(Refused) as found:
        room.store.call(daylog.save_plan, room.actor, plan, stray, day=room.now.date(), policy=room.policy)
    assert (found.value.rule, found.value.child_id) == ("child_unknown", "nobody")
    assert journal.head(room.store.reader) == before


def test_a_command_is_not_logged(room: Room) -> None:
    with pytest.raises(Refused, match="command_in_log"):
        room.types("undo")


def test_what_may_leave_the_house_goes_by_kind(room: Room) -> None:
    room.types("in 8:02; b 150; d wet; temp 38; med paracetamol 5 ml; incident fell; n x; s 1130", accept=True)
    room.types("check")
    for entry in room.entries():
        assert entry.share == ("staff_only" if entry.kind in STAFF_ONLY else "guardians")
        assert entry.sensitivity == SENSITIVITY.get(entry.kind, "none")
    assert {entry.kind for entry in room.entries()} >= {"temperature", "medicine", "incident", "sleep_check", "bottle"}


def test_an_entry_carries_who_when_and_where(room: Room, people: People) -> None:
    (entry,) = room.types("in 8:02").entries
    assert (entry.by, entry.by_id, entry.rev) == ("Ina", people.staff["Ina"], 1)
    assert entry.recorded_at == NOON
    assert entry.group_id == people.groups["Vlinders"]
    assert entry.start == datetime(2026, 11, 20, 8, 2, tzinfo=ZONE)
    assert room.store.reader.execute("SELECT tz FROM entry").fetchone() == ("Europe/Amsterdam",)


# Correcting and taking away.


def step_of(plan: Plan) -> Step:
    return cast(Step, plan.parts[0])


def correct(room: Room, entry: Entry, line: str, *, rev: int | None = None, accept: Accepted = False) -> Saved:
    return room.store.call(
        daylog.change, room.actor, entry.id, step_of(room.read(line)), rev=rev or entry.rev, policy=room.policy,
        accept_warnings=accept,
    )  # fmt: skip


def test_a_correction_keeps_what_it_was_in_the_journal(room: Room, ina: Actor) -> None:
    room.types("in 8:02; b 12:30 210/150")
    bottle = room.entries()[1]
    (after,) = correct(room, bottle, "b 12:20 210/120 cold").entries
    assert (after.id, after.rev, short(after)) == (bottle.id, 2, "bottle 12:20 120 ml 210 cold")
    changed = history.of_record(room.store.reader, bottle.id, ZONE)[-1]
    assert changed.old is not None and changed.old["amount"] == 150.0
    room.store.call(undo, ina)
    again = room.entries()[1]
    assert short(again) == short(bottle)
    assert again.rev == 3


def test_a_correction_is_judged_without_what_it_corrects(room: Room) -> None:
    room.types("in 8:02; s 1100-1200")
    sleep = room.entries()[1]
    (after,) = correct(room, sleep, "s 1110-1215").entries
    assert short(after) == "sleep 11:10-12:15"
    with pytest.raises(NotLogged) as found:
        correct(room, after, "s 1215-1110")
    assert [one.rule for one in found.value.findings] == ["ends_before_start"]
    with pytest.raises(NotLogged) as found:
        correct(room, after, "s 0730-1110")
    assert [one.level for one in found.value.findings] == ["warning"]
    assert short(correct(room, after, "s 0730-1110", accept=True).entries[0]) == "sleep 07:30-11:10"


def test_a_correction_of_another_kind_shares_as_that_kind_does(room: Room) -> None:
    room.types("in 8:02; n 38 degrees")
    (after,) = correct(room, room.entries()[1], "temp 38").entries
    assert (after.kind, after.share, after.sensitivity, after.text) == ("temperature", "staff_only", "health", "")


def test_two_who_correct_the_same_do_not_overwrite_each_other(room: Room, people: People) -> None:
    room.types("in 8:02; b 12:30 150")
    bottle = room.entries()[1]
    room.actor = Actor(people.staff["Jayne"], "Jayne", "test:2")
    correct(room, bottle, "b 12:30 120")
    before = journal.head(room.store.reader)
    room.actor = Actor(people.staff["Ina"], "Ina", "test:1")
    for act in (
        lambda: correct(room, bottle, "b 12:30 180"),
        lambda: room.store.call(daylog.remove, room.actor, bottle.id, rev=bottle.rev),
    ):
        with pytest.raises(Refused) as found:
            cast(Any, act)()
        assert found.value.rule == "changed_meanwhile"
        assert found.value.args_ == {"by": "Jayne", "at": "12:41"}
    assert journal.head(room.store.reader) == before
    assert short(room.entries()[1]) == "bottle 12:30 120 ml"


def test_taking_away_and_bringing_back(room: Room, ina: Actor) -> None:
    room.types("in 8:02; b 150")
    bottle = room.entries()[1]
    assert room.store.call(daylog.remove, ina, bottle.id, rev=1) == bottle
    assert room.log() == ["arrival 08:02"]
    assert day_queries.entry(room.store.reader, bottle.id, ZONE) is None
    with pytest.raises(Refused, match="changed_meanwhile"):
        room.store.call(daylog.remove, ina, bottle.id, rev=2)
    room.store.call(undo, ina)
    assert room.log() == ["arrival 08:02", "bottle 12:41 150 ml"]


# The day is the location's, whatever the machine believes.


@pytest.fixture(params=["UTC", "America/New_York", "Pacific/Kiritimati"])
def machine_zone(request: pytest.FixtureRequest) -> Iterator[str]:
    before = os.environ.get("TZ")
    os.environ["TZ"] = request.param
    time.tzset()
    yield request.param
    os.environ.pop("TZ") if before is None else os.environ.update(TZ=before)
    time.tzset()


@pytest.mark.parametrize(
    ("now", "line", "day", "start"),
    [
        ("2026-07-01T22:40Z", "in 0:30", "2026-07-02", "2026-07-01T22:30Z"),
        ("2026-07-01T21:40Z", "in 23:30", "2026-07-01", "2026-07-01T21:30Z"),
        ("2026-11-20T10:00Z", "in 8:02", "2026-11-20", "2026-11-20T07:02Z"),
        ("2026-10-25T11:00Z", "in 8:00", "2026-10-25", "2026-10-25T07:00Z"),
        ("2026-03-29T11:00Z", "in 8:00", "2026-03-29", "2026-03-29T06:00Z"),
        ("2026-12-31T23:10Z", "in 0:05", "2027-01-01", "2026-12-31T23:05Z"),
    ],
)
def test_the_day_is_the_civil_day_of_the_location(
    room: Room, clock: time_machine.Traveller, machine_zone: str, now: str, line: str, day: str, start: str
) -> None:
    clock.move_to(datetime.fromisoformat(now))
    (entry,) = room.types(line).entries
    assert entry.day == date.fromisoformat(day)
    assert entry.start == datetime.fromisoformat(start)
    assert entry.start.strftime("%H:%M") == line.split()[1].rjust(5, "0")
    stored = room.store.reader.execute("SELECT day, start FROM entry").fetchone()
    assert stored == (day, int(datetime.fromisoformat(start).timestamp()))
    assert room.entries() == (entry,)


def test_a_sleep_over_a_clock_change_is_as_long_as_it_was(room: Room, clock: time_machine.Traveller) -> None:
    clock.move_to(datetime.fromisoformat("2026-10-25T09:00Z"))
    room.types("in 0:30")
    (sleep,) = room.types("s 1:00-4:00").entries
    assert sleep.end is not None
    assert sleep.end.timestamp() - sleep.start.timestamp() == 4 * 3600


@pytest.fixture
def every_ten(room: Room) -> Room:
    """Every sleeper is to be looked at each ten minutes."""
    room.policy = msgspec.structs.replace(room.policy, check_under_1=10, check_from_1=10)
    return room


def test_a_late_check_stands_as_late_and_one_for_another_time_is_judged_by_that_time(
    every_ten: Room, clock: time_machine.Traveller
) -> None:
    room = every_ten
    room.types("in 8:02; s 1200")
    room.types("check 1210")
    room.types("check 1224")
    room.types("check")  # 12:41
    assert room.log()[2:] == ["sleep_check 12:10", "sleep_check 12:24 4", "sleep_check 12:41 7"]
    room.types("check 1230")  # what is written afterwards mends no check that was late
    assert room.log()[4:] == ["sleep_check 12:30", "sleep_check 12:41 7"]
    written = next(one for one in room.entries() if f"{one.start:%H:%M}" == "12:30")
    assert written.recorded_at is not None and f"{written.recorded_at:%H:%M}" == "12:41"


def test_a_corrected_check_is_judged_by_its_new_time_and_keeps_its_lateness_with_its_time(every_ten: Room) -> None:
    room = every_ten
    room.types("in 8:02; s 1200")
    room.types("check 1224")
    room.types("check 1208")
    late = next(one for one in room.entries() if one.detail)

    (late,) = correct(room, late, "check 1224 on her side").entries
    assert short(late) == "sleep_check 12:24 14 on her side", "its time stands, and so does what it was then"
    (late,) = correct(room, late, "check 1220 on her side").entries
    assert short(late) == "sleep_check 12:20 2 on her side"
    assert short(correct(room, late, "check 1217 on her side").entries[0]) == "sleep_check 12:17 on her side"


def test_one_act_looks_at_those_who_were_named_and_still_sleep(every_ten: Room, people: People) -> None:
    room = every_ten

    def look(*children: str) -> Saved:
        ids = tuple(people.children[child] for child in children)
        return room.store.call(daylog.check_sleepers, room.actor, children=ids, policy=room.policy)

    for line in ("all in 8:02", "aya s 1220", "bram s 1240", "noor s 1200", "søren s 1100-1200"):
        room.types(line)
    room.types("emma visser out 1235")
    room.types("emma visser s 1238", accept=True)
    saved = look("Aya", "Bram", "Søren", "Emma Visser")
    names = {id: name for name, id in people.children.items()}
    assert [(names[one.child_id], short(one), one.share) for one in saved.entries] == [  # not Emma: she has gone
        ("Aya", "sleep_check 12:41 11", "staff_only"), ("Bram", "sleep_check 12:41", "staff_only"),
    ]  # fmt: skip
    room.store.call(undo, room.actor)
    assert not [one for name in names.values() for one in room.entries(name) if one.kind == "sleep_check"]
    assert len(look("Aya", "Noor").entries) == 2, "of all groups, and nobody else: Bram was not named"
    room.types("aya bram noor woke")
    before = journal.head(room.store.reader)
    with pytest.raises(Refused) as found:
        look("Aya", "Bram", "Noor")
    assert found.value.rule == "nobody_asleep" and journal.head(room.store.reader) == before


def test_the_sleepers_of_a_day_are_those_who_are_in_and_asleep(every_ten: Room, people: People) -> None:
    room, names = every_ten, {id: name for name, id in people.children.items()}

    def asleep(group: str | None) -> dict[str, list[str]]:
        day = room.now.date()
        found = day_queries.sleepers(room.store.reader, day, ZONE, people.groups[group] if group else None)
        return {names[one.child.id]: [short(entry) for entry in one.entries] for one in found}

    for line in ("all in 8:02", "aya s 900-1000", "aya s 1220", "bram s 1240", "noor s 1200", "søren s 1100-1200"):
        room.types(line)
    room.types("aya check 1230; d 1000 wet")
    room.types("bram out", accept=True)
    aya = ["arrival 08:02", "sleep 09:00-10:00", "nappy 10:00 wet", "sleep 12:20", "sleep_check 12:30"]
    assert asleep("Vlinders") == {"Aya": aya}
    assert list(asleep(None)) == ["Aya", "Noor"]
    room.types("aya woke")
    assert asleep("Vlinders") == {}
