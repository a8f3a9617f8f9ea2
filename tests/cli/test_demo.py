"""`demo`: the sample is made when it is not of today, and shows a plausible hour at any hour."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from kindertui import locations
from kindertui.data.connection import connect
from kindertui.data.creation import NewLocation, create
from kindertui.data.keys import read_keys
from kindertui.data.sample.calendar import shown_at
from kindertui.locations import Locations
from tests.cli.conftest import Cli

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
MORNING = datetime(2026, 11, 20, 9, 12, tzinfo=AMSTERDAM)  # in the hours of the sample, whatever the machine says


def test_the_demo_without_a_terminal_tells_the_day(cli: Cli, home: Locations, monkeypatch: pytest.MonkeyPatch) -> None:
    from kindertui.data import sample

    made: list[str] = []
    make = sample.make_sample

    def short(places: Locations, **more: object) -> None:
        made.append(str(places.data))
        make(places, **{**more, "days": 1})  # type: ignore[arg-type]

    monkeypatch.setattr(sample, "make_sample", short)
    ran = cli("demo")
    assert ran.code == 0, ran.err
    lines = ran.out.splitlines()
    assert sum(" in of " in line for line in lines) == 3
    assert lines[-1].startswith("This is the sample location.") and "make demo" in lines[-1]
    demo = locations.find(demo=True)
    assert demo.database.exists() and not home.database.exists()
    assert {path.stem for path in demo.data.iterdir()} == {"kindertui"}
    assert made == [str(demo.data / "making")]  # beside the old one, so that half a sample is never shown


def test_the_sample_is_made_anew_when_it_is_not_of_today(
    cli: Cli, home: Locations, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kindertui.cli import demo

    made: list[Locations] = []
    monkeypatch.setattr(demo, "_make", lambda places: made.append(places))
    monkeypatch.setattr(demo, "on_terminal", lambda: True)
    monkeypatch.setattr(demo, "screens", lambda places: 0)
    monkeypatch.setenv("KINDERTUI_LANGUAGE", "nl")
    sample = locations.find(demo=True)
    with time_machine.travel(MORNING) as traveller:
        assert cli("demo").code == 0
        assert made == [sample]  # there was none
        create(sample, NewLocation("De Tuin", "bitcare", "nl", "Europe/Amsterdam"))
        assert cli("demo").code == 0
        assert made == [sample]  # it is kept
        assert cli("demo", "--fresh").code == 0
        assert made == [sample] * 2
        traveller.move_to(MORNING + timedelta(days=1))
        assert cli("demo").code == 0
        assert made == [sample] * 3
        sample.database.write_bytes(b"not whole")
        assert cli("demo").code == 0
        assert made == [sample] * 4


def test_a_sample_in_another_language_is_made_anew(cli: Cli, home: Locations, monkeypatch: pytest.MonkeyPatch) -> None:
    from kindertui.cli import demo

    made: list[Locations] = []
    monkeypatch.setattr(demo, "_make", lambda places: made.append(places))
    monkeypatch.setattr(demo, "on_terminal", lambda: True)
    monkeypatch.setattr(demo, "screens", lambda places: 0)
    sample = locations.find(demo=True)
    with time_machine.travel(MORNING):
        create(sample, NewLocation("De Tuin", "bitcare", "nl", "Europe/Amsterdam"))
        monkeypatch.setenv("KINDERTUI_LANGUAGE", "nl")
        assert cli("demo").code == 0 and made == []
        monkeypatch.setenv("KINDERTUI_LANGUAGE", "nb")
        assert cli("demo").code == 0 and made == [sample], "its portal would be a Dutch one"


@pytest.mark.parametrize(
    ("now", "left", "shown", "goes_on"),
    [
        ("09:00", None, "09:00", False),
        ("09:00", "08:10", "09:00", True),
        ("09:00", "07:50", "09:00", False),  # nobody went on with that morning
        ("09:00", "12:58", "09:00", False),  # made before dawn, when its clock said noon
        ("06:33", None, "12:55", False),
        ("06:40", "12:58", "12:58", True),  # no clock goes back
        ("20:00", "17:50", "17:50", True),
        ("20:00", "11:20", "12:55", False),
    ],
)
def test_the_sample_shows_a_plausible_hour(now: str, left: str | None, shown: str, goes_on: bool) -> None:
    from kindertui.cli import demo

    def at(clock: str) -> datetime:
        return datetime.fromisoformat(f"2026-11-20T{clock}").replace(tzinfo=AMSTERDAM)

    assert demo._clock(at(now), at(left) if left else None) == (at(shown), goes_on)
    yesterday = at(left) - timedelta(days=1) if left else None
    assert demo._clock(at(now), yesterday) == (shown_at(at(now)), False)


@pytest.mark.parametrize(("hour", "own"), [(6, True), (9, False), (14, False), (23, True)])
def test_a_clock_that_is_the_sample_s_own_is_said(
    cli: Cli, home: Locations, monkeypatch: pytest.MonkeyPatch, hour: int, own: bool
) -> None:
    from kindertui.data import clock, sample

    make = sample.make_sample
    monkeypatch.setattr(sample, "make_sample", lambda places, **more: make(places, **{**more, "days": 1}))
    with time_machine.travel(datetime(2026, 11, 20, hour, 33, tzinfo=AMSTERDAM), tick=False):
        ran = cli("demo")
        assert ran.code == 0, ran.err
        assert ("The sample is closed at this hour, so its own clock says 12:55." in ran.out) == own
        assert clock.is_the_machines()  # once it has ended
        places = locations.find(demo=True)
        db = connect(places.database, read_keys(places).database)
        (latest,) = db.execute("SELECT max(at) FROM journal").fetchone()
        db.close()
    shown = datetime.fromtimestamp(latest, AMSTERDAM)
    assert shown.hour == (12 if own else hour) and shown.date() == date(2026, 11, 20)
