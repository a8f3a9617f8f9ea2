"""A restore from the portal screen: the screens close, the backup is put in place, and they come back by themselves."""

import pytest

from kindertui.data import backup, models
from kindertui.data.act import Actor, Tx
from kindertui.data.store import Store
from kindertui.locations import Locations
from tests.conftest import People
from tests.e2e.terminal import CTRL_Q, ENTER, ESC, Terminal, terminal


@pytest.fixture
def led(place: Locations, people: People) -> Locations:
    """The small location with Ina as its manager, a backup of it, and a note that was written since."""
    ina = Actor(people.staff["Ina"], "Ina")
    with Store(place) as store:
        store.call(_lead, ina)
    backup.back_up(place)
    with terminal(place, size=(80, 24)) as screen:
        begin(screen)
        screen.send("aya n fell asleep" + ENTER)
        screen.wait_for("saved ")
        screen.send(CTRL_Q)
        assert screen.status() == 0
    assert notes(place) == 1
    return place


def _lead(tx: Tx) -> None:
    record = tx.get(models.Staff, tx.actor.staff_id)
    assert record is not None
    tx.change(record, role="manager")


def begin(screen: Terminal) -> None:
    screen.wait_for("▸ Ina")
    screen.send("ina" + ENTER)
    screen.wait_for("Aya Bakker", "›")


def notes(place: Locations) -> int:
    with Store(place) as store:
        count: int = store.reader.execute("SELECT count(*) FROM entry WHERE NOT deleted").fetchone()[0]
    return count


def ask(screen: Terminal) -> None:
    screen.send("5")
    screen.wait_for("Last backup:")
    screen.send("r")
    screen.wait_for("Restore what backup?")
    screen.send(ENTER)
    screen.wait_for("Restore the backup?", "here now", "is not in the backup")


def test_the_screens_come_back_with_the_backup(led: Locations) -> None:
    with terminal(led, size=(80, 24)) as screen:
        begin(screen)
        ask(screen)
        screen.send(ENTER)
        screen.wait_for("Restored", "is in place", "Ina")
        screen.send(ESC)
        screen.wait_gone("is in place")
        screen.send("bram n woke up" + ENTER)
        screen.wait_for("saved ")
        screen.send(CTRL_Q)
        assert screen.status() == 0
    assert notes(led) == 1


def test_with_another_window_open_nothing_is_restored_and_it_is_said(led: Locations) -> None:
    with terminal(led, size=(80, 24)) as other, terminal(led, size=(80, 24)) as screen:
        begin(other)
        begin(screen)
        ask(screen)
        screen.send(ENTER)
        screen.wait_for("Not restored", "close it in every window")
        screen.send(ESC)
        screen.wait_gone("Not restored")
        screen.send(CTRL_Q)
        assert screen.status() == 0
        other.send(CTRL_Q)
        assert other.status() == 0
    assert notes(led) == 1
    assert not list(led.data.glob("*.replaced-*"))
