"""Lines typed while the disk takes nothing, in a real terminal: in sight, and saved once, by the next run too."""

import resource
import signal
import sys
from datetime import datetime

import pytest

from kindertui.data.queries import day as day_queries
from kindertui.data.queries import location, zone_of
from kindertui.data.store import Store
from kindertui.locations import Locations
from tests.conftest import People
from tests.e2e.terminal import CTRL_Q, ENTER, Terminal, terminal

if sys.platform != "linux":
    pytest.skip("the limit of another process is set by Linux alone", allow_module_level=True)


def limit(screen: Terminal, place: Locations | None) -> None:
    """From now on the files of the location cannot grow, or, without one, they can again."""
    most = resource.RLIM_INFINITY if place is None else (place.data / "kindertui.db-wal").stat().st_size
    assert screen.pid
    resource.prlimit(screen.pid, resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))


def notes(place: Locations, people: People) -> list[str]:
    with Store(place) as store:
        zone = zone_of(location(store.reader))
        (child_day,) = day_queries.roster(store.reader, datetime.now(zone).date(), zone, only=(people.children["Aya"],))
        return [one.text for one in child_day.entries if one.kind == "note"]


def test_what_the_disk_refuses_is_saved_once_it_takes_it(place: Locations, people: People) -> None:
    with terminal(place, size=(80, 24)) as screen:
        screen.wait_for("▸ Ina")
        screen.send("ina" + ENTER)
        screen.wait_for("Aya Bakker", "›")
        screen.enter("aya in 800", "saved")
        limit(screen, place)
        screen.enter("aya n one", "1 NOT SAVED")
        screen.enter("aya n two", "2 NOT SAVED")
        assert "NOT SAVED  Aya" in screen.text
        limit(screen, None)
        screen.wait_gone("NOT SAVED")  # by itself
        assert notes(place, people) == ["one", "two"]
        limit(screen, place)
        screen.enter("aya n three", "1 NOT SAVED")
        screen.send(CTRL_Q)
        screen.wait_for("Leave with lines that are not saved?")
        screen.send("\x1b")
        screen.wait_gone("Leave with")
        limit(screen, None)
        screen.kill(signal.SIGTERM)
        assert screen.status() == 128 + signal.SIGTERM
    with terminal(place) as screen:
        screen.wait_for("▸ Ina")
        screen.send("ina" + ENTER)
        screen.wait_for("Aya Bakker", "saved", "three")
        screen.wait_gone("NOT SAVED")
        screen.send(CTRL_Q)
        assert screen.status() == 0
    assert notes(place, people) == ["one", "two", "three"]


def test_what_could_not_be_kept_is_said_when_the_program_ends(place: Locations, people: People) -> None:
    with terminal(place) as screen:
        screen.wait_for("▸ Ina")
        screen.send("ina" + ENTER)
        screen.wait_for("Aya Bakker", "›")
        screen.enter("aya in 800", "saved")
        limit(screen, place)
        screen.enter("aya n geheim", "1 NOT SAVED")
        screen.kill(signal.SIGTERM)
        assert screen.status() == 128 + signal.SIGTERM
    tail = bytes(screen.raw[screen.raw.rindex(b"\x1b[?1049l") :])
    assert b"1 line was NOT SAVED and could not be kept" in tail
    assert b"geheim" not in tail and b"Aya" not in tail
    assert notes(place, people) == []
