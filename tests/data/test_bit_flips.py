"""A bit that turned over in a location's files is told of, or nobody reads it (many more: benchmarks/bit_flips.py)."""

from pathlib import Path

from benchmarks import bit_flips
from kindertui.data.store import Store
from kindertui.locations import Locations


def test_no_bit_is_read_wrong_in_silence(place: Locations, tmp_path: Path) -> None:
    with Store(place):
        pass  # so that all stands in the database
    became = bit_flips.flipped(place, tmp_path / "flipped", ".db", 12)
    assert became["wrong in silence"] == 0
    assert became["told at start"] + became["told by verify"] >= 6, became


def test_each_bit_of_a_wal_is_told_of_at_the_start(place: Locations, tmp_path: Path) -> None:
    with_wal = bit_flips.with_wal(place, tmp_path / "with_wal", entries=3)
    assert not bit_flips.told_at_start(with_wal) and not bit_flips.told_by_verify(with_wal)
    became = bit_flips.flipped(with_wal, tmp_path / "flipped", ".db-wal", 8)
    assert became == {"told at start": 8}
