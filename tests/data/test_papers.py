"""Papers as files: for this account alone, without a name, gone after a day; and the printer, whatever it does."""

import os
import stat
from datetime import date
from pathlib import Path

import pytest

from kindertui.data import papers

DAY = date(2026, 11, 21)
TEXTS = {"html": "<p>é", "txt": "é"}


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_files_are_for_this_account_alone_and_the_next_has_a_name_of_its_own(tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    folder.mkdir(mode=0o755)
    before = os.umask(0)
    try:
        first = papers.write(folder, "evacuation", DAY, TEXTS)
        second = papers.write(folder, "evacuation", DAY, TEXTS)
    finally:
        os.umask(before)
    assert mode(folder) == 0o700 and {mode(path) for path in folder.iterdir()} == {0o600}
    assert [first["html"].name, second["txt"].name] == ["evacuation-2026-11-21.html", "evacuation-2026-11-21-2.txt"]
    assert first["html"].read_text(encoding="utf-8") == "<p>é"


def test_those_of_yesterday_go_when_the_next_is_written(tmp_path: Path) -> None:
    old = [tmp_path / name for name in ("week-2026-11-20.txt", "hand-over-2026-11-20-2.html")]
    theirs = [tmp_path / name for name in ("notes.txt", "week-2026-11-20.txt.bak")]
    today = tmp_path / "week-2026-11-19.txt"  # of another day's week, and written just now
    for path in (*old, *theirs, today):
        path.write_text("x")
        if path != today:
            os.utime(path, (0, 0))
    papers.write(tmp_path, "week", DAY, TEXTS)
    assert not any(path.exists() for path in old)
    assert all(path.exists() for path in (*theirs, today))


def test_nothing_is_left_of_a_sheet_that_could_not_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = papers._write

    def full(path: Path, text: str) -> None:
        whole(path, text)
        if path.suffix == ".txt":
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(papers, "_write", full)
    with pytest.raises(OSError, match="No space"):
        papers.write(tmp_path, "week", DAY, TEXTS)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("script", "said"),
    [('cat "$1" > "$0.got"', "printed"), ("exit 1", "refused"), ("sleep 30", "refused"), (None, "no_printer")],
)
def test_the_printer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str | None, said: str) -> None:
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}/usr/bin{os.pathsep}/bin" if script else str(tmp_path))
    monkeypatch.setattr(papers, "_PATIENCE", 0.2 if script == "sleep 30" else 20.0)
    paper = tmp_path / "week-2026-11-21.txt"
    paper.write_text("x")
    if script is not None:
        lp = tmp_path / "lp"
        lp.write_text(f"#!/bin/sh\nexec 0<&-\n{'exec ' if script == 'sleep 30' else ''}{script}\n")
        lp.chmod(0o700)
    assert papers.to_printer(paper) == said
    assert not script or said != "printed" or (tmp_path / "lp.got").read_text() == "x"
