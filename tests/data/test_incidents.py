"""Incidents in the database: their fields, whom they are about, and that nothing of them leaves."""

import zipfile
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from msgspec.structs import replace

from kindertui.data import daylog, undo
from kindertui.data.act import Actor
from kindertui.data.queries import completeness, history, incidents
from kindertui.data.store import Store
from kindertui.domain.daylog import Entry, Sensitivity, Share
from kindertui.domain.entry import Plan, Step
from kindertui.domain.incidents import Incident
from kindertui.phrases.history import change_line
from kindertui.portal import profile
from kindertui.portal.bundle.write import export
from tests.conftest import People

ZONE = ZoneInfo("Europe/Amsterdam")
POLICY = profile.load("bitcare")
MORNING = datetime(2026, 11, 23, 12, 30, tzinfo=ZONE)
DAY = MORNING.date()


@pytest.fixture(autouse=True)
def _clock() -> Any:
    with time_machine.travel(MORNING, tick=False):
        yield


def write(store: Store, actor: Actor, *steps: Step, day: date = DAY) -> tuple[Entry, ...]:
    return store.call(daylog.save_plan, actor, Plan(steps), day=day, policy=POLICY, accept_warnings=True).entries


def fell(people: People, **said: Any) -> Step:
    found = Incident("fell \x07", **said)
    at = MORNING.replace(hour=10, minute=15)
    return Step((people.children["Aya"],), "incident", at, detail=found.detail, text=found.what, verb="incident")


def came(people: People, *names: str) -> Step:
    return Step(tuple(people.children[one] for one in names), "arrival", MORNING.replace(hour=8, minute=0), verb="in")


def test_its_fields_are_kept_cleaned_and_corrected(store: Store, people: People, ina: Actor) -> None:
    bram = people.children["Bram"]
    step = fell(people, where="garden\x1b[2J", first_aid="", others=(bram,), told="mother", told_at=MORNING)
    _in, entry = write(store, ina, came(people, "Aya"), step)
    assert entry.text == "fell" and (entry.share, entry.sensitivity) == ("staff_only", "health")
    assert entry.detail == {
        "where": "garden[2J", "others": [bram], "told": "mother", "told_at": int(MORNING.timestamp()),
    }  # fmt: skip
    line = Step((entry.child_id,), "incident", entry.start, text="fell off", verb="incident")
    (after,) = store.call(daylog.change, ina, entry.id, line, rev=entry.rev, policy=POLICY).entries
    assert after.detail == entry.detail and after.text == "fell off"
    assert not after.untold
    form = replace(line, detail=Incident("").detail)
    (bare,) = store.call(daylog.change, ina, entry.id, form, rev=after.rev, policy=POLICY).entries
    assert bare.detail == {} and bare.untold
    lines = [change_line(one, ZONE) for one in history.of_record(store.reader, entry.id, ZONE)]
    assert "1 other child" in lines[0] and "told mother" in lines[0] and "Bram" not in "".join(lines)
    store.call(undo.undo, ina)
    (back,) = incidents.of_child(store.reader, people.children["Aya"], DAY, ZONE)
    assert back.detail == entry.detail


def test_it_is_found_of_each_child_that_was_involved(store: Store, people: People, ina: Actor) -> None:
    aya, bram, soren = (people.children[name] for name in ("Aya", "Bram", "Søren"))
    _in, entry = write(store, ina, came(people, "Aya"), fell(people, others=(bram,)))
    for child_id, found in ((aya, (entry,)), (bram, (entry,)), (soren, ())):
        assert incidents.of_child(store.reader, child_id, DAY, ZONE) == found
    assert incidents.of_child(store.reader, aya, DAY + timedelta(1), ZONE) == ()
    store.call(daylog.remove, ina, entry.id, rev=entry.rev)
    assert incidents.of_child(store.reader, bram, DAY, ZONE) == ()


def test_nobody_leaves_without_it(store: Store, people: People, ina: Actor) -> None:
    aya = people.children["Aya"]
    _in, entry = write(store, ina, came(people, "Aya"), fell(people))
    out = Step((aya,), "departure", MORNING, verb="out")
    with pytest.raises(daylog.NotLogged) as refused:
        store.call(daylog.save_plan, ina, Plan((out,)), day=DAY, policy=POLICY)
    assert [one.rule for one in refused.value.findings] == ["incident_untold"]
    write(store, ina, out)

    def gaps(now: datetime) -> list[tuple[str, date]]:
        found = completeness.missing(store.reader, now.date(), ZONE, POLICY, now, None)
        return [(one.word, one.day) for one in found if one.word == "tell_parents"]

    tomorrow = MORNING + timedelta(days=1)
    with time_machine.travel(tomorrow, tick=False):  # the last day that is looked at in full is another one then
        write(store, ina, replace(came(people, "Bram"), start=tomorrow.replace(hour=8)), day=tomorrow.date())
    assert gaps(MORNING) == [("tell_parents", DAY)]
    assert gaps(MORNING + timedelta(days=2)) == [("tell_parents", DAY)], "gone the next day, and told by nobody"
    told = Step((aya,), "incident", entry.start, text="fell", detail={"told": "mother"}, verb="incident")
    store.call(daylog.change, ina, entry.id, told, rev=entry.rev, policy=POLICY, accept_warnings=True)
    assert gaps(MORNING) == gaps(MORNING + timedelta(days=2)) == []


@pytest.mark.parametrize("name", ["bitcare", "mik-konnect", "vigilo", "basisonline", "social-schools", "open"])
def test_nothing_of_it_leaves_told_or_not(store: Store, people: People, ina: Actor, tmp_path: Path, name: str) -> None:
    said = dict.fromkeys(("where", "first_aid", "done", "told"), "canary Bram")
    write(store, ina, came(people, "Aya"), fell(people, **said, others=(people.children["Bram"],)))
    note = Step((people.children["Aya"],), "note", MORNING, text="built a tower", verb="note")
    write(store, ina, note)
    policy = profile.load(name)
    opened: dict[Share, tuple[Sensitivity, ...]] = {"guardians": ("none", "health"), "staff_only": ("none", "health")}
    report = export(store, ina, replace(policy, shared=opened), tmp_path, whole=True)
    with zipfile.ZipFile(report.path) as bundle:
        everything = "".join(bundle.read(one).decode() for one in bundle.namelist())
    assert "built a tower" in everything
    assert "canary" not in everything and "fell" not in everything
