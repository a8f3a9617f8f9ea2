"""Two terminals on one database: each sees what the other did within two seconds, and nothing gets in the way."""

import time

from kindertui.locations import Locations
from tests.e2e.terminal import CTRL_Q, CTRL_Z, ENTER, terminal


def test_two_terminals_work_beside_each_other(place: Locations) -> None:
    with terminal(place) as one, terminal(place, size=(80, 24)) as other:
        for screen, name in ((one, "ina"), (other, "jayne")):
            screen.wait_for("Who is at the keyboard?", "▸ Ina")
            screen.send(name + ENTER)
            screen.wait_for("Aya Bakker", "›")
        other.send("d w")
        other.wait_for("› d w")
        one.enter("all in 800", "saved")
        done = time.monotonic()
        other.wait_for("5 in of 5", "› d w")  # whoever is typing is left alone
        assert time.monotonic() - done < 2
        other.send("et" + ENTER)
        other.wait_for("Aya nappy 1", "saved")
        done = time.monotonic()
        one.wait_for("wet 1")
        assert time.monotonic() - done < 2
        one.send(CTRL_Z)  # takes back what Ina did, and nothing of Jayne's
        one.wait_for("taken back: in of Aya, Bram, Emma")
        other.wait_for("0 in of 5")
        other.send(CTRL_Z)
        other.wait_for("taken back: nappy of Aya (Jayne, 1")
        for screen in (one, other):
            screen.send(CTRL_Q)
            assert screen.status() == 0


def test_both_change_one_row_and_the_second_is_told(place: Locations) -> None:
    with terminal(place) as one, terminal(place) as other:
        for screen, name in ((one, "ina"), (other, "jayne")):
            screen.wait_for("Who is at the keyboard?", "▸ Ina")
            screen.send(name + ENTER)
            screen.wait_for("Aya Bakker", "›")
        one.enter("in 800", "saved")
        other.wait_for("08:00")
        for screen in (one, other):
            screen.send("2")
            screen.wait_for("▸ 08:00 in")
            screen.send(ENTER)
            screen.wait_for("Correcting the row of 08:00")
        one.send("\x7f5" + ENTER)
        one.wait_for("saved", "08:05")
        other.wait_for("08:05")
        other.send("\x7f9" + ENTER)
        other.wait_for("Not saved: Ina changed it at 1", "09\n")  # the line is still there
