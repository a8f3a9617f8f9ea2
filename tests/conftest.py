"""What the tests stand on: a home of their own, a small location in it, and the people of that location by name."""

import os
import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from kindertui import i18n, locations
from kindertui.data import absences, messages, models
from kindertui.data.act import Actor, Tx
from kindertui.data.clock import running_ahead
from kindertui.data.connection import connect
from kindertui.data.creation import NewLocation, create
from kindertui.data.keys import read_keys
from kindertui.data.store import Store
from kindertui.domain.absences import Absence, AbsenceKind
from kindertui.domain.entry import AbsenceReport
from kindertui.domain.incoming import IncomingMessage
from kindertui.domain.messages import Message
from kindertui.domain.policy import Policy
from kindertui.locations import Locations
from tests.today import today

# no test, and no process that one starts, meets the keyring of whoever runs them
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"


@dataclass(frozen=True)
class People:
    """Ids of the small location: two groups, three staff, five children of Vlinders and one of Uilen."""

    groups: dict[str, str]
    staff: dict[str, str]
    children: dict[str, str]
    guardians: dict[str, str]


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    i18n.use("en")
    yield
    i18n.use("en")


@pytest.fixture(scope="session")
def _template(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, People]:
    folder = tmp_path_factory.mktemp("template")
    place = Locations(data=folder, config=folder, state=folder)
    with running_ahead(timedelta(days=-1)):  # it was written before whatever hour of today a test is at
        create(place, NewLocation("De Tuin", "bitcare", "nl", "Europe/Amsterdam"))
        with Store(place) as store:
            people = store.call(_fill, Actor("system", "system"))
    return folder, people


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Locations:
    """An empty KINDERTUI_HOME."""
    monkeypatch.setenv("KINDERTUI_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("KINDERTUI_LANGUAGE", "en")  # the small location speaks Dutch; the tests read English
    monkeypatch.delenv("KINDERTUI_STAFF", raising=False)
    return locations.find()


@pytest.fixture
def people(_template: tuple[Path, People]) -> People:
    return _template[1]


@pytest.fixture
def place(home: Locations, _template: tuple[Path, People]) -> Locations:
    """The small location, closed."""
    shutil.copytree(_template[0], home.data)
    return home


@pytest.fixture
def at_table(place: Locations) -> None:
    """Aya, who is under a year and so by some days of the year a baby, is old enough for the menu."""
    born(place, "Aya", date(today().year - 3, 3, 1))


def born(place: Locations, name: str, day: date) -> None:
    """Gives a child of the small location another birth date."""
    with closing(connect(place.database, read_keys(place).database)) as db, db:
        db.execute("UPDATE child SET birth_date = ? WHERE given_name = ?", (day.isoformat(), name))


def report_absence(
    store: Store, actor: Actor, child_id: str, kind: AbsenceKind, *, policy: Policy, **given: Any
) -> Absence:
    """Somebody reports an absence, of today and by phone unless `given` says otherwise."""
    own = {name: given.pop(name) for name in ("reported_at", "reported_by", "source_id") if name in given}
    said = AbsenceReport((child_id,), kind, **{"first_day": today(), **given})
    return store.call(absences.report, actor, said, policy=policy, **own)


def receive_message(
    store: Store, actor: Actor, child_id: str, body: str, *, at: datetime, thread_id: str | None = None,
    sender: str = "Sara Bakker", subject: str = "", source_id: str | None = None,
) -> Message:  # fmt: skip
    """A message of a guardian comes in."""
    told = IncomingMessage(child_id, thread_id, sender, subject, body, at, "")
    return store.call(messages.incoming, actor, child_id, told, source_id=source_id)


@pytest.fixture
def store(place: Locations) -> Iterator[Store]:
    """The small location, open."""
    with Store(place) as opened:
        yield opened


@pytest.fixture
def ina(people: People) -> Actor:
    return Actor(people.staff["Ina"], "Ina", "test:1")


def _fill(tx: Tx) -> People:
    groups = {
        name: tx.add(models.CareGroup, name=name, kind=kind, age_from=low, age_to=high).id
        for name, kind, low, high in (("Vlinders", "day_care", 0, 4), ("Uilen", "after_school", 4, 13))
    }
    staff = {
        name: tx.add(models.Staff, name=name, role=role, group_id=groups["Vlinders"]).id
        for name, role in (("Ina", "worker"), ("Jayne", "worker"), ("Marit", "manager"))
    }
    children: dict[str, str] = {}
    year = today().year
    for given, prefix, surname, born, group in (
        ("Aya", "", "Bakker", f"{year - 1}-12-03", "Vlinders"),
        ("Bram", "de", "Wit", f"{year - 2}-06-20", "Vlinders"),
        ("Emma", "", "Jansen", f"{year - 3}-12-09", "Vlinders"),
        ("Emma", "", "Visser", f"{year - 4}-12-01", "Vlinders"),
        ("Søren", "", "Østergård", f"{year - 3}-01-15", "Vlinders"),
        ("Noor", "", "El Amrani", f"{year - 7}-03-01", "Uilen"),
    ):
        child = tx.add(
            models.Child, given_name=given, prefix=prefix, surname=surname, birth_date=born, group_id=groups[group]
        )
        children[given if given not in children else f"{given} {surname}"] = child.id
        for weekday in range(1, 8):
            tx.add(models.Slot, child_id=child.id, weekday=weekday, start="08:00", end="18:00")
    guardians: dict[str, str] = {}
    for name, whose, relation, phone in (
        ("Sara Bakker", "Aya", "mother", "06-10000001"),
        ("Tom Bakker", "Aya", "father", "06-10000002"),
        ("Lies de Wit", "Bram", "mother", "06-10000003"),
    ):
        guardian = tx.add(models.Guardian, name=name, phone=phone, email="", language="nl")
        guardians[name] = guardian.id
        tx.add(
            models.Guardianship,
            child_id=children[whose],
            guardian_id=guardian.id,
            relation=relation,
            rank=len(guardians),
        )
    tx.add(
        models.Restriction,
        child_id=children["Aya"],
        guardian_id=guardians["Tom Bakker"],
        kind="contact",
        reason="court order",
        since=f"{year - 1}-03-03",
        author="Marit",
    )
    tx.add(models.CareFact, child_id=children["Aya"], kind="allergy", text="koemelk")
    tx.add(models.CareFact, child_id=children["Emma"], kind="diet", text="noten")
    tx.add(models.Consent, child_id=children["Bram"], scope="photo_own_portal", given=False)
    return People(groups, staff, children, guardians)
