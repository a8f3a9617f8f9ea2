"""A canary per category in every kind of entry and every profile: kept for staff, not a byte of it goes anywhere."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from msgspec.structs import replace

from kindertui.data import daylog
from kindertui.data.act import Actor
from kindertui.data.queries import day as day_queries
from kindertui.domain.daylog import KINDS, Kind
from kindertui.domain.entry import Plan, Step, to_line
from kindertui.domain.entry.model import Roster, RosterChild
from kindertui.domain.entry.words import VERB_KIND
from kindertui.domain.policy import GUARD_CATEGORIES, Policy
from kindertui.domain.week import week_days
from kindertui.phrases.evacuation import evacuation_paper
from kindertui.phrases.handover import hand_over_paper, one_child_paper
from kindertui.phrases.paper import Paper, as_html, as_text
from kindertui.phrases.week import week_paper
from kindertui.portal import profile
from kindertui.portal.bundle import check
from tests.portal.world import ZONE, Portal, at, contents

PROFILES = sorted(path.stem for path in Path(profile.__file__).with_name("profiles").glob("*.toml"))
# What would trip each category of the guard; none may be needed for a text to stay in the house.
_TRIPS = {
    "health": "koorts", "religion": "moskee", "bullying": "gepest", "money": "factuur", "child_name": "Bram",
    "citizen_number": "bsn 111222333", "urgent": "dringend", "substance": "ontwikkeling",
}  # fmt: skip
_VERB: dict[Kind, str] = {kind: verb for verb, kind in reversed(tuple(VERB_KIND.items()))}
_EXTRA: Mapping[str, dict[str, Any]] = {
    "nappy": {"detail": {"content": "wet"}}, "bottle": {"amount": 120.0, "unit": "ml"},
    "temperature": {"amount": 38.2, "unit": "°C"}, "meal": {"detail": {"meal": "lunch"}, "amount": 0.75},
}  # fmt: skip
NOON = at("16:00")


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


def permissive(policy: Policy) -> Policy:
    """The profile as its most talkative owner could have made it."""
    every = ("none", "health", "special")
    return replace(policy, shared={"guardians": every, "staff_only": every})


def canary(category: str, kind: Kind) -> str:
    word = f"CANARY{category}{kind}".upper().replace("_", "")
    return f"{word} {_TRIPS.get(category, '')}".strip()


def steps(portal: Portal, *, for_staff: bool) -> Iterator[Step]:
    """Every kind with every canary, for Aya, in an order in which they can have happened."""
    aya = (portal.children["Aya"],)

    def step(kind: Kind, category: str, clock: str, minutes: int, **more: Any) -> Step:
        text, moment = canary(category, kind), at(clock) + timedelta(minutes=minutes)
        return Step(aya, kind, moment, text=text, verb=_VERB[kind], for_staff=for_staff, **_EXTRA.get(kind, {}), **more)

    for number, category in enumerate(GUARD_CATEGORIES):
        yield step("arrival", category, "08:00", 2 * number)
        yield step("departure", category, "08:01", 2 * number)
    yield step("arrival", "health", "09:00", 0)
    for number, category in enumerate(GUARD_CATEGORIES):
        start = at("10:00") + timedelta(minutes=10 * number)
        yield step("sleep", category, "10:00", 10 * number, end=start + timedelta(minutes=8))
        yield step("sleep_check", category, "10:04", 10 * number)
    others = [kind for kind in KINDS if kind not in ("arrival", "departure", "sleep", "sleep_check")]
    for place, kind in enumerate(others):
        for number, category in enumerate(GUARD_CATEGORIES):
            yield step(kind, category, "12:00", 10 * place + number)


def save(portal: Portal, *, for_staff: bool) -> list[str]:
    """Saves them as the line would, each as one act; gives the canaries."""
    aya = portal.children["Aya"]
    roster = Roster((RosterChild(aya, "Aya", "Bakker", is_in=True),), cursor=aya)
    told = []
    for step in steps(portal, for_staff=for_staff):
        plan = Plan((step,))
        assert (" ! " in to_line(plan, roster, "nl", NOON.date())) is for_staff
        marit = Actor(portal.people.staff["Marit"], "Marit")  # a manager: nobody else may send them to parents
        portal.store.call(daylog.save_plan, marit, plan, day=NOON.date(), policy=portal.policy, accept_warnings=True)
        told.append(step.text)
    return told


def papers(portal: Portal, policy: Policy) -> dict[str, Paper]:
    """Everything that parents may be handed, and what hangs at the door."""
    day, db = NOON.date(), portal.reader
    days = day_queries.roster(db, day, ZONE)
    (aya,) = day_queries.roster(db, day, ZONE, only=(portal.children["Aya"],))
    week = week_days(day_queries.week(db, aya.child.id, day, ZONE), NOON, for_parents=True)
    return {
        "hand-over": hand_over_paper(days, NOON, policy, title="x", location="x"),
        "hand-over of one": one_child_paper(aya, NOON, policy, location="x"),
        "week": week_paper(aya.child, week, NOON, "x"),
        "evacuation": evacuation_paper(days, {}, NOON, "x"),
    }


def everything_out(portal: Portal, policy: Policy) -> dict[str, bytes]:
    """All files of a whole bundle, and all papers, by name."""
    portal.policy = policy
    report = portal.export(whole=True)
    assert check(report.path).ok
    out = dict(contents(report.path))
    for name, paper in papers(portal, policy).items():
        out[f"{name}.txt"], out[f"{name}.html"] = as_text(paper).encode(), as_html(paper).encode()
    return out


@pytest.mark.parametrize("name", PROFILES)
@pytest.mark.parametrize("talkative", [False, True], ids=["as shipped", "talkative"])
def test_what_is_kept_for_staff_goes_nowhere(portal: Portal, name: str, talkative: bool) -> None:
    policy = profile.load(name)
    policy = permissive(policy) if talkative else policy
    portal.policy = policy
    told = save(portal, for_staff=True)
    assert len(told) == len(KINDS) * len(GUARD_CATEGORIES) + 1
    out = everything_out(portal, policy)
    leaked = {name: [one for one in told if one.split()[0].encode() in data] for name, data in out.items()}
    assert not any(leaked.values()), leaked
    assert not any(b"CANARY" in data for data in out.values())


def test_the_same_entries_do_leave_where_nobody_kept_them(portal: Portal) -> None:
    """So that the canaries are seen where there are any: each exporter has some."""
    portal.policy = permissive(profile.load("open"))
    told = save(portal, for_staff=False)
    out = everything_out(portal, portal.policy)
    seen = {name for name, data in out.items() if b"CANARY" in data}
    aya = portal.children["Aya"]
    assert {f"readable/{aya}.html", "readable/day.csv", "records.jsonl"} <= seen
    assert {"hand-over.txt", "hand-over.html", "hand-over of one.txt"} <= seen
    in_records = out["records.jsonl"]
    missing = [one for one in told if one.split()[0].encode() not in in_records]
    assert missing == [one for one in told if "INCIDENT" in one]  # these go to each child's own parents on paper alone
