"""Absences and requests: what a report becomes, who may decide what, and what the inbox shows."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from kindertui.data import absences, models, undo
from kindertui.data.act import Actor, Tx
from kindertui.data.queries import absences as queries
from kindertui.data.queries import day as day_queries
from kindertui.data.queries import history
from kindertui.data.store import Store
from kindertui.domain.absences import Absence, AbsenceKind
from kindertui.domain.faults import Refused
from kindertui.domain.policy import Policy
from kindertui.portal import profile
from tests.conftest import People, report_absence

ZONE = ZoneInfo("Europe/Amsterdam")
TODAY = datetime.now(ZONE).date()
OPEN = profile.load("open")
BASIS = profile.load("basisonline")
Reporter = Callable[..., Absence]


def days(count: int) -> date:
    return TODAY + timedelta(days=count)


@pytest.fixture
def report(store: Store, people: People, ina: Actor) -> Reporter:
    def call(kind: AbsenceKind = "sick", child: str = "Aya", policy: Policy = OPEN, **given: Any) -> Absence:
        return report_absence(store, ina, people.children[child], kind, policy=policy, **{"first_day": TODAY, **given})

    return call


def refusal(call: Callable[[], object]) -> Refused:
    with pytest.raises(Refused) as caught:
        call()
    assert caught.value.rule in absences.RULES
    return caught.value


def stored(store: Store, absence: Absence) -> Absence:
    found = queries.absence(store.reader, absence.id, ZONE)
    assert found is not None
    return found


# What a report becomes


def test_a_phoned_sickness_is_open_and_read_by_who_took_it(report: Reporter, store: Store, people: People) -> None:
    found = report(text="koorts", reported_by="Sara")
    assert (found.state, found.nature, found.decision_by) == ("acknowledged", "notice", "Ina")
    assert (found.first_day, found.last_day, found.text, found.reported_by) == (TODAY, None, "koorts", "Sara")
    (row,) = day_queries.roster(store.reader, days(3), ZONE, only=(people.children["Aya"],))
    assert row.absence == found  # the roster follows at once


@pytest.mark.parametrize("channel", ["portal", "email"])
def test_what_staff_did_not_take_themselves_waits(report: Reporter, store: Store, channel: str) -> None:
    found = report(channel=channel)
    assert (found.state, found.decision_by, found.decision_at) == ("new", "", None)
    assert queries.waiting(store.reader) == 1


def test_a_phoned_request_waits_for_who_decides(report: Reporter) -> None:
    found = report("extra_day", first_day=days(9))
    assert (found.state, found.nature, found.decided_by) == ("new", "request", "manager")
    assert not found.keeps_away


def test_what_came_in_by_a_file_waits_whatever_its_channel(report: Reporter) -> None:
    assert report(channel="phone", source_id="p-1").state == "new"


@pytest.mark.parametrize(
    ("channel", "at", "late_by"), [("portal", time(8, 41), 11), ("portal", time(8, 30), 0), ("phone", time(8, 41), 26)]
)
def test_it_is_judged_by_the_profile_as_it_came_in(report: Reporter, channel: str, at: time, late_by: int) -> None:
    told = datetime.combine(days(-1), at, ZONE)
    found = report(policy=BASIS, channel=channel, first_day=days(-1), reported_at=told)
    assert (found.late_by, found.rule) == (late_by, f"absence.sick.deadline.{channel}")
    assert found.deadline == told - timedelta(minutes=late_by)


def test_a_deadline_in_hours_counts_from_the_booked_time(report: Reporter, tmp_path: Any) -> None:
    own = tmp_path / "profile.toml"
    own.write_text("[absence.sick.deadline.any]\nhours_before = 48\n", encoding="utf-8")
    policy = profile.load("open", own)
    told = datetime.combine(days(-3), time(9, 0), ZONE)
    found = report(policy=policy, first_day=days(-1), reported_at=told)
    assert found.deadline == datetime.combine(days(-3), time(8, 0), ZONE)  # every child of the tests comes at 08:00


@pytest.mark.parametrize(("child", "has_one"), [("Noor", True), ("Aya", False)])
def test_a_deadline_of_one_kind_of_group_is_no_other_s(report: Reporter, child: str, has_one: bool) -> None:
    found = report("early_pick_up", child, profile.load("vigilo"), channel="portal", end=time(15))
    assert (found.deadline is not None) is has_one  # ten o'clock is the after-school care's


def test_only_a_sickness_stays_open(report: Reporter) -> None:
    assert report("late", start=time(9, 30)).last_day == TODAY
    assert report("holiday", "Bram").last_day == TODAY
    assert report("sick", "Noor").last_day is None


@pytest.mark.parametrize(
    ("given", "rule"),
    [
        ({"first_day": days(2), "last_day": days(1)}, "absence_ends_before_it_starts"),
        ({"kind": "doctor", "start": time(10), "end": time(10)}, "absence_hours_reversed"),
        ({"kind": "swap_day", "last_day": days(2), "start": time(12), "end": time(9)}, "absence_hours_reversed"),
        ({"reported_at": datetime.now(ZONE) + timedelta(minutes=20)}, "absence_in_future"),
        ({"text": "x" * 4001}, "text_too_long"),
        ({"reported_by": "x" * 301}, "text_too_long"),
        ({"text": "\ud800"}, "text_not_unicode"),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_nothing(
    report: Reporter, store: Store, given: dict[str, Any], rule: str
) -> None:
    before = store.reader.execute("SELECT max(seq) FROM journal").fetchone()
    problem = refusal(lambda: report(**given))
    assert problem.rule == rule
    assert store.reader.execute("SELECT max(seq) FROM journal").fetchone() == before
    assert "xxx" not in str(problem)
    assert problem.__suppress_context__ or problem.__context__ is None  # no traceback prints the text that was refused


def test_a_child_that_is_not_there(store: Store, ina: Actor) -> None:
    assert refusal(lambda: report_absence(store, ina, "nobody", "sick", policy=OPEN)).rule == "child_unknown"


def test_control_characters_never_reach_the_database(report: Reporter) -> None:
    assert report(text="ziek\x1b]52;c;eA==\x07 \u202eeruza\nja").text == "ziek]52;c;eA== eruza ja"


# The same twice


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({}, {}),
        ({}, {"first_day": days(4), "last_day": days(5)}),
        ({"first_day": days(1), "last_day": days(3)}, {"first_day": days(3), "last_day": days(6)}),
        ({"kind": "late", "start": time(9, 30)}, {"kind": "late", "start": time(10, 15)}),
        ({"kind": "doctor", "start": time(9), "end": time(11)}, {"kind": "doctor", "start": time(10), "end": time(12)}),
        ({"kind": "doctor"}, {"kind": "doctor", "start": time(10)}),
        ({"kind": "swap_day", "last_day": days(3)}, {"kind": "swap_day", "last_day": days(4)}),
        ({"kind": "swap_day", "last_day": days(3)}, {"kind": "swap_day", "first_day": days(5), "last_day": days(3)}),
    ],
)
def test_a_second_report_of_the_same_is_refused(
    report: Reporter, first: dict[str, Any], second: dict[str, Any]
) -> None:
    stands = report(**first)
    problem = refusal(lambda: report(**second))
    assert (problem.rule, problem.child_id) == ("absence_twice", stands.child_id)
    assert problem.args_["kind"] == stands.kind
    assert problem.args_["first"] == stands.first_day.isoformat()


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({}, {"kind": "holiday"}),
        ({}, {"child": "Bram"}),
        ({"last_day": days(1)}, {"first_day": days(2)}),
        ({"kind": "doctor", "start": time(9), "end": time(10)}, {"kind": "doctor", "start": time(14), "end": time(15)}),
        ({"kind": "swap_day", "last_day": days(3)}, {"kind": "swap_day", "first_day": days(1), "last_day": days(2)}),
    ],
)
def test_what_differs_is_kept(report: Reporter, first: dict[str, Any], second: dict[str, Any]) -> None:
    assert report(**first).id != report(**second).id


def test_what_was_withdrawn_or_refused_stands_in_nobody_s_way(report: Reporter, store: Store, ina: Actor) -> None:
    store.call(absences.withdraw, ina, report().id, policy=OPEN)
    assert report().state == "acknowledged"
    request = report("leave", first_day=days(9))
    store.call(absences.decide, ina, request.id, "refuse", "vol", policy=OPEN)
    assert report("leave", first_day=days(9)).state == "new"


def test_what_comes_in_again_changes_nothing(report: Reporter, store: Store) -> None:
    first = report(channel="portal", source_id="p-1")
    seq = store.reader.execute("SELECT max(seq) FROM journal").fetchone()
    assert report(channel="portal", source_id="p-1", text="other") == first
    assert store.reader.execute("SELECT max(seq) FROM journal").fetchone() == seq


def test_what_came_in_and_was_undone_may_come_again(report: Reporter, store: Store, ina: Actor) -> None:
    first = report(channel="portal", source_id="p-1")
    store.call(undo.undo, ina)
    again = report(channel="portal", source_id="p-1", text="said anew")
    assert (again.id, again.rev, again.text) == (first.id, 3, "said anew"), "the same report, brought back"
    assert report(channel="portal", source_id="p-1") == again
    store.call(undo.undo, ina)
    assert queries.absence(store.reader, first.id, ZONE) is None


# Better


def test_better_ends_the_sickness_the_day_before_in_the_same_act(report: Reporter, store: Store, ina: Actor) -> None:
    sick = report(first_day=days(-3))
    better = report("better")
    ended = stored(store, sick)
    assert (ended.last_day, ended.rev) == (days(-1), 2)
    (act,) = {change.act for change in history.of_record(store.reader, better.id, ZONE)}
    assert act == history.of_record(store.reader, sick.id, ZONE)[-1].act
    store.call(undo.undo, ina)
    opened = stored(store, sick)
    assert opened.last_day is None
    assert queries.absence(store.reader, better.id, ZONE) is None


def test_better_shortens_a_sickness_with_an_end(report: Reporter, store: Store) -> None:
    sick = report(first_day=days(-1), last_day=days(5))
    report("better", first_day=days(2))
    ended = stored(store, sick)
    assert ended.last_day == days(1)


def test_better_on_the_day_it_began_keeps_the_hours_and_lets_the_child_fall_ill_again(
    report: Reporter, store: Store, people: People
) -> None:
    yesterday = days(-1)
    sick = report(first_day=yesterday, reported_at=datetime.combine(yesterday, time(7, 31), ZONE))
    report("better", first_day=yesterday, reported_at=datetime.combine(yesterday, time(10, 5), ZONE))
    ended = stored(store, sick)
    assert (ended.last_day, ended.end, ended.state) == (yesterday, time(10, 5), "acknowledged")
    (row,) = day_queries.roster(store.reader, yesterday, ZONE, only=(people.children["Aya"],))
    assert row.absence is None
    again = report(first_day=yesterday, reported_at=datetime.combine(yesterday, time(14, 0), ZONE))
    (row,) = day_queries.roster(store.reader, yesterday, ZONE, only=(people.children["Aya"],))
    assert row.absence == again


def test_better_before_it_began_withdraws_it(report: Reporter, store: Store) -> None:
    sick = report(first_day=days(2))
    report("better", first_day=days(2))
    gone = stored(store, sick)
    assert (gone.state, gone.decision_by) == ("withdrawn", "Ina")


def test_better_leaves_other_children_and_other_kinds_alone(report: Reporter, store: Store) -> None:
    others = [
        report("sick", "Bram"),
        report("holiday", "Aya", last_day=days(5)),
        report("sick", "Aya", first_day=days(-9), last_day=days(-8)),
        report("sick", "Aya", first_day=days(4), last_day=days(5)),
    ]
    report("better", "Aya")
    assert [queries.absence(store.reader, one.id, ZONE) for one in others] == others


# Deciding


@pytest.mark.parametrize(("decision", "state"), [("approve", "approved"), ("refuse", "refused")])
def test_a_request_is_decided_with_who_when_and_why(
    report: Reporter, store: Store, ina: Actor, decision: Any, state: str
) -> None:
    request = report("extra_day", first_day=days(9))
    done = store.call(absences.decide, ina, request.id, decision, " plaats  genoeg ", policy=OPEN)
    assert (done.state, done.reason, done.decision_by, done.rev) == (state, "plaats genoeg", "Ina", 2)
    assert done.decision_at is not None
    assert not done.waits
    assert queries.waiting(store.reader) == 0
    store.call(undo.undo, ina)  # it can be taken back
    assert queries.absence(store.reader, request.id, ZONE) == Absence(**{**fields(request), "rev": 3})


def fields(absence: Absence) -> dict[str, Any]:
    return {name: getattr(absence, name) for name in Absence.__struct_fields__}


def test_an_approved_leave_keeps_the_child_away_and_a_refused_one_does_not(
    report: Reporter, store: Store, ina: Actor, people: People
) -> None:
    for child, decision in (("Aya", "approve"), ("Bram", "refuse")):
        request = report("leave", child, first_day=days(9))
        store.call(absences.decide, ina, request.id, decision, "ja", policy=OPEN)  # type: ignore[arg-type]
    rows = day_queries.roster(store.reader, days(9), ZONE, only=(people.children["Aya"], people.children["Bram"]))
    assert [row.absence is not None for row in rows] == [True, False]


def test_a_notice_is_acknowledged(report: Reporter, store: Store, ina: Actor) -> None:
    notice = report(channel="portal")
    assert store.call(absences.decide, ina, notice.id, "acknowledge", policy=OPEN).state == "acknowledged"


@pytest.mark.parametrize(
    ("kind", "decision", "reason", "rule"),
    [
        ("sick", "approve", "x", "notice_is_not_decided"),
        ("sick", "refuse", "x", "notice_is_not_decided"),
        ("extra_day", "acknowledge", "x", "request_is_not_acknowledged"),
        ("extra_day", "refuse", "", "reason_missing"),
        ("extra_day", "refuse", " \u200b ", "reason_missing"),
        ("leave", "approve", "", "reason_missing"),  # the open profile asks a motivation for leave
        ("extra_day", "approve", "x" * 4001, "text_too_long"),
    ],
)
def test_a_decision_that_does_not_fit_changes_nothing(
    report: Reporter, store: Store, ina: Actor, kind: str, decision: Any, reason: str, rule: str
) -> None:
    before = report(kind, channel="portal", first_day=days(9))
    problem = refusal(lambda: store.call(absences.decide, ina, before.id, decision, reason, policy=OPEN))
    assert (problem.rule, problem.child_id) == (rule, before.child_id)
    assert queries.absence(store.reader, before.id, ZONE) == before


def test_the_second_to_decide_hears_who_was_first(report: Reporter, store: Store, ina: Actor, people: People) -> None:
    request = report("extra_day", first_day=days(9))
    done = store.call(absences.decide, ina, request.id, "approve", policy=OPEN)
    jayne = Actor(people.staff["Jayne"], "Jayne")
    problem = refusal(lambda: store.call(absences.decide, jayne, request.id, "refuse", "vol", policy=OPEN))
    assert (problem.rule, problem.args_["state"], problem.args_["by"]) == ("absence_decided", "approved", "Ina")
    assert queries.absence(store.reader, request.id, ZONE) == done


def test_what_is_not_there_is_neither_decided_nor_withdrawn(report: Reporter, store: Store, ina: Actor) -> None:
    gone = report(channel="portal")
    store.call(undo.undo, ina)
    for absence_id in (gone.id, "nothing"):
        decided = refusal(lambda id=absence_id: store.call(absences.decide, ina, id, "acknowledge", policy=OPEN))  # type: ignore[misc]
        withdrawn = refusal(lambda id=absence_id: store.call(absences.withdraw, ina, id, policy=OPEN))  # type: ignore[misc]
        assert decided.rule == withdrawn.rule == "absence_unknown"


def test_withdrawing(report: Reporter, store: Store, ina: Actor, people: People) -> None:
    sick = report()
    gone = store.call(absences.withdraw, ina, sick.id, "vergissing", policy=OPEN)
    assert (gone.state, gone.reason, gone.decision_by) == ("withdrawn", "vergissing", "Ina")
    (row,) = day_queries.roster(store.reader, TODAY, ZONE, only=(people.children["Aya"],))
    assert row.absence is None
    assert refusal(lambda: store.call(absences.withdraw, ina, sick.id, policy=OPEN)).rule == "absence_closed"
    better = report("better")
    assert refusal(lambda: store.call(absences.withdraw, ina, better.id, policy=OPEN)).rule == "better_stays"


# The inbox


def test_the_inbox_shows_what_waits_first_then_the_latest(report: Reporter, store: Store) -> None:
    hours = [datetime.now(ZONE) - timedelta(hours=back) for back in (1, 2, 3, 4)]
    read_late = report("sick", "Aya", reported_at=hours[0])
    waits_late = report("sick", "Bram", reported_at=hours[1], channel="portal")
    waits_early = report("sick", "Noor", reported_at=hours[2], channel="portal")
    read_early = report("sick", "Emma", reported_at=hours[3])
    found = queries.inbox(store.reader, ZONE)
    assert found == (waits_late, waits_early, read_late, read_early)
    assert queries.inbox(store.reader, ZONE, states=("new",)) == (waits_late, waits_early)
    assert queries.inbox(store.reader, ZONE, states=("withdrawn", "refused")) == ()
    assert queries.waiting(store.reader) == 2


def test_what_was_taken_back_waits_for_nobody(report: Reporter, store: Store, ina: Actor) -> None:
    report(channel="portal")
    store.call(undo.undo, ina)
    assert queries.waiting(store.reader) == 0
    assert queries.inbox(store.reader, ZONE) == ()


@pytest.mark.parametrize(
    ("given", "touches"),
    [
        ({"first_day": days(10)}, True),  # open, from the first day of the period
        ({"first_day": days(-40)}, True),  # open, from long before
        ({"first_day": days(13)}, False),
        ({"first_day": days(1), "last_day": days(9)}, False),
        ({"first_day": days(1), "last_day": days(10)}, True),
        ({"first_day": days(1), "last_day": days(40)}, True),
        ({"first_day": days(12), "last_day": days(40)}, True),
        ({"kind": "late", "first_day": days(1)}, False),
        ({"kind": "swap_day", "first_day": days(30), "last_day": days(11)}, True),
        ({"kind": "swap_day", "first_day": days(1), "last_day": days(30)}, False),
    ],
)
def test_a_period_shows_what_touches_it(report: Reporter, store: Store, given: dict[str, Any], touches: bool) -> None:
    one = report(**given)
    assert queries.inbox(store.reader, ZONE, first=days(10), last=days(12)) == ((one,) if touches else ())


def test_a_period_may_be_open_at_either_end(report: Reporter, store: Store) -> None:
    early, late = report(first_day=days(-9), last_day=days(-8)), report(first_day=days(8), last_day=days(9))
    assert queries.inbox(store.reader, ZONE, first=days(0)) == (late,)
    assert queries.inbox(store.reader, ZONE, last=days(0)) == (early,)


def test_the_inbox_of_a_group(report: Reporter, store: Store, people: People) -> None:
    report("sick", "Aya")
    noor = report("sick", "Noor")
    assert queries.inbox(store.reader, ZONE, group_id=people.groups["Uilen"]) == (noor,)


def test_the_inbox_walks_over_no_history(store: Store) -> None:
    statements: list[str] = []
    store.reader.set_trace_callback(statements.append)
    queries.inbox(store.reader, ZONE, states=("new",))
    queries.inbox(store.reader, ZONE, first=TODAY, last=TODAY)
    queries.waiting(store.reader)
    store.reader.set_trace_callback(None)
    plans = [str(row[3]) for sql in statements for row in store.reader.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall()]
    assert len(statements) == 3
    assert [plan for plan in plans if plan.startswith("SCAN")] == []


# Who has not come, and what a decision would change


def test_who_was_expected_and_of_whom_nobody_told_us(
    report: Reporter, store: Store, people: People, ina: Actor
) -> None:
    report("sick", "Bram")
    at = datetime.combine(TODAY, time(8, 29), ZONE)
    assert queries.no_shows(store.reader, at, ZONE, OPEN) == ()  # the grace is 30 minutes
    found = queries.no_shows(store.reader, at + timedelta(minutes=1), ZONE, OPEN, people.groups["Vlinders"])
    assert [one.day.child.full_name for one in found] == [
        "Aya Bakker", "Emma Jansen", "Emma Visser", "Søren Østergård",
    ]  # fmt: skip
    aya = found[0]
    assert aya.expected == time(8, 0)
    assert [link.guardian.name for link in aya.calls] == ["Sara Bakker"]
    assert [link.guardian.name for link in aya.not_to_call] == ["Tom Bakker"]


def test_an_extra_day_is_shown_by_hour_with_what_it_would_change(
    report: Reporter, store: Store, people: People, ina: Actor
) -> None:
    on = days(9)

    def no_slot(tx: Tx) -> None:
        for (slot_id,) in tx.connection.execute(
            "SELECT id FROM slot WHERE child_id = ? AND weekday = ?", (people.children["Bram"], on.isoweekday())
        ).fetchall():
            record = tx.get(models.Slot, slot_id)
            assert record is not None
            tx.change(record, deleted=True)

    store.call(no_slot, ina)
    bitcare = profile.load("bitcare")
    request = report("extra_day", "Bram", bitcare, first_day=on, start=time(10), end=time(13))
    group = people.groups["Vlinders"]
    hours = {one.start: one for one in queries.places(store.reader, group, on, ZONE, bitcare, request)}
    assert [(hours[at].children, hours[at].children_after) for at in (7, 8, 9, 10, 12, 13, 17, 18)] == [
        (0, 0), (4, 4), (4, 4), (4, 5), (4, 5), (4, 4), (4, 4), (0, 0),
    ]  # fmt: skip
    assert (hours[7].need, hours[7].need_after) == (0, 0)
    assert hours[10].need is not None
    store.call(absences.decide, ina, request.id, "approve", policy=bitcare)
    hours = {one.start: one for one in queries.places(store.reader, group, on, ZONE, bitcare)}
    assert (hours[10].children, hours[10].children_after) == (5, 5)


def test_a_swap_to_an_earlier_day_is_seen_on_the_day_wanted(
    report: Reporter, store: Store, people: People, ina: Actor
) -> None:
    request = report("swap_day", "Aya", first_day=days(12), last_day=days(9), start=time(7), end=time(8))
    store.call(absences.decide, ina, request.id, "approve", policy=OPEN)
    wanted, given = (
        {one.start: one.children for one in queries.places(store.reader, people.groups["Vlinders"], on, ZONE, OPEN)}
        for on in (days(9), days(12))
    )
    assert (wanted[7], given[9]) == (1, 4)


def test_places_of_a_group_that_is_not_there(store: Store) -> None:
    assert queries.places(store.reader, "none", TODAY, ZONE, OPEN) == ()
