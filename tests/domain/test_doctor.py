"""What is in order and what is not, by the clock, the disk and the ways in."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from kindertui.domain.doctor import backup, clock, disk, way_in

NOW = datetime(2026, 11, 20, 12, 40, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "last", "rule"),
    [
        (NOW, None, "clock"),
        (NOW, NOW, "clock"),
        (NOW, NOW - timedelta(days=400), "clock_ahead"),
        (NOW, NOW + timedelta(minutes=5), "clock"),
        (NOW, NOW + timedelta(minutes=6), "clock_behind"),
        (NOW - timedelta(days=365), NOW, "clock_behind"),
        (datetime(1970, 1, 1, tzinfo=UTC), None, "clock_year"),
        (datetime(2000, 1, 1, tzinfo=UTC), NOW, "clock_year"),
        (datetime(2101, 1, 1, tzinfo=UTC), NOW, "clock_year"),
        (datetime(9999, 12, 31, 23, 59, tzinfo=UTC), NOW, "clock_year"),
    ],
)
def test_the_clock(now: datetime, last: datetime | None, rule: str) -> None:
    found = clock(now, last)
    assert (found.rule, found.state) == (rule, {"clock": "ok", "clock_ahead": "note"}.get(rule, "wrong"))


def test_the_clock_is_told_as_the_location_has_it() -> None:
    zone = ZoneInfo("Europe/Amsterdam")
    found = clock(NOW.astimezone(zone), (NOW + timedelta(days=1)).astimezone(zone))
    assert found.args == {"now": "2026-11-20 13:40", "last": "2026-11-21 13:40"}


def test_the_disk_is_never_said_to_be_what_nobody_knows() -> None:
    assert [(found.rule, found.state) for found in map(disk, (True, False, None))] == [
        ("disk_encrypted", "ok"), ("disk_plain", "note"), ("disk_unknown", "note"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("way", "own", "told"),
    [
        ("keyring", True, [("way_keyring", "ok"), ("recovery_own", "ok")]),
        ("file", True, [("way_file", "note"), ("recovery_own", "ok")]),
        ("file", False, [("way_file", "note"), ("recovery_sheet", "note")]),
        (None, True, [("way_none", "wrong"), ("recovery_own", "ok")]),
    ],
)
def test_the_ways_in(way: str | None, own: bool, told: list[tuple[str, str]]) -> None:
    assert [(found.rule, found.state) for found in way_in(way, own_recovery=own)] == told


def test_the_newest_backup() -> None:
    assert backup(NOW, None).rule == "backup_none"
    assert (backup(NOW, NOW - timedelta(hours=48)).rule, backup(NOW, NOW).state) == ("backup", "ok")
    assert (backup(NOW, NOW - timedelta(hours=49)).rule, backup(NOW, NOW - timedelta(days=9)).state) == (
        "backup_old",
        "note",
    )
    assert backup(NOW, NOW, "It is cut.").state == "wrong"
