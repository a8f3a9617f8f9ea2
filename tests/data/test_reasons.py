"""The reason of a decision is read by the parents: guarded like everything else they read, and kept who sent it so."""

from datetime import date

import pytest
from msgspec.structs import replace

from kindertui.data import absences, messages
from kindertui.data.act import Actor
from kindertui.data.store import Store
from kindertui.data.undo import undo
from kindertui.domain.entry import AbsenceReport
from kindertui.domain.faults import Refused
from kindertui.domain.policy import GuardRule, Policy
from kindertui.portal import profile
from tests.conftest import People

OPEN = profile.load("open")
BLOCKING = replace(OPEN, guard={**OPEN.guard, "health": GuardRule(check=True, level="block", way="phone")})

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def asked(store: Store, ina: Actor, people: People) -> str:
    told = AbsenceReport((people.children["Aya"],), "extra_day", date(2026, 11, 25))
    return str(store.call(absences.report, ina, told, policy=OPEN).id)


@pytest.fixture
def marit(people: People) -> Actor:
    return Actor(people.staff["Marit"], "Marit")


def kept(store: Store, record_id: str) -> list[tuple[str, str]]:
    sql = "SELECT o.categories, s.name FROM overridden o JOIN staff s ON s.id = o.by_id WHERE o.record_id = ?"
    return list(store.reader.execute(f"{sql} AND NOT o.deleted", (record_id,)))


def refuse(store: Store, actor: Actor, id: str, reason: str, policy: Policy = OPEN, *, override: bool = False) -> str:
    return str(store.call(absences.decide, actor, id, "refuse", reason, policy=policy, override=override).reason)


def refusal(
    store: Store, actor: Actor, id: str, reason: str, policy: Policy = OPEN, *, override: bool = False
) -> Refused:
    with pytest.raises(Refused) as found:
        refuse(store, actor, id, reason, policy, override=override)
    assert kept(store, id) == []
    return found.value


@pytest.mark.parametrize(
    ("reason", "rule", "args"),
    [
        ("Bram komt al", "reason_guarded", {"categories": "child_name"}),
        ("Aya heeft koorts", "reason_guarded", {"categories": "health"}),
        ("Bram heeft koorts", "reason_guarded", {"categories": "health,child_name"}),
        ("vol <b>", "not_sendable", {"word": "<b"}),
    ],
)
def test_a_reason_is_judged_before_it_is_saved(
    store: Store, marit: Actor, asked: str, reason: str, rule: str, args: dict[str, str]
) -> None:
    problem = refusal(store, marit, asked, reason)
    assert (problem.rule, problem.args_) == (rule, args)


def test_aya_may_be_named_to_her_own_parents(store: Store, ina: Actor, asked: str) -> None:
    assert refuse(store, ina, asked, "voor Aya is geen plaats <3") == "voor Aya is geen plaats <3"
    assert kept(store, asked) == []


def test_who_sent_it_all_the_same_is_kept_and_taken_back_with_it(store: Store, marit: Actor, asked: str) -> None:
    refuse(store, marit, asked, "Bram komt al", override=True)
    assert kept(store, asked) == [("child_name", "Marit")]
    store.call(undo, marit)
    assert kept(store, asked) == []


@pytest.mark.parametrize("policy", [OPEN, BLOCKING])
def test_what_was_found_is_a_managers_to_send(
    store: Store, ina: Actor, marit: Actor, asked: str, policy: Policy
) -> None:
    assert refusal(store, ina, asked, "heeft koorts", policy, override=True).rule == "reason_blocked"
    assert refusal(store, marit, asked, "heeft koorts", policy).rule == "reason_guarded"
    refuse(store, marit, asked, "heeft koorts", policy, override=True)
    assert kept(store, asked) == [("health", "Marit")]


def test_why_a_report_no_longer_holds_is_read_too(store: Store, ina: Actor, marit: Actor, asked: str) -> None:
    with pytest.raises(Refused, match="reason_blocked"):
        store.call(absences.withdraw, ina, asked, "Bram komt al", policy=OPEN, override=True)
    with pytest.raises(Refused, match="reason_guarded"):
        store.call(absences.withdraw, marit, asked, "Bram komt al", policy=OPEN)
    store.call(absences.withdraw, marit, asked, "Bram komt al", policy=OPEN, override=True)
    assert kept(store, asked) == [("child_name", "Marit")]


def test_a_message_keeps_who_sent_it_in_spite_of_the_guard(store: Store, ina: Actor, people: People) -> None:
    new = messages.NewMessage("child", people.children["Aya"], "Vandaag", "Speelde met Bram.")
    with pytest.raises(Refused, match="guard_found"):
        store.call(messages.queue, ina, new, policy=OPEN)
    sent = store.call(messages.queue, ina, new, policy=OPEN, override=True)
    assert kept(store, sent.id) == [("child_name", "Ina")]
    with pytest.raises(Refused) as html:
        store.call(messages.queue, ina, replace(new, body="Zie <a href>"), policy=OPEN, override=True)
    assert (html.value.rule, html.value.args_) == ("not_sendable", {"word": "<a"})
