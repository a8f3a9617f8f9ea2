"""What people name as a file and is none is said in one sentence, at once."""

import os
from pathlib import Path

import pytest

from kindertui.files import NotRegular, open_regular
from kindertui.locations import Locations
from tests.cli.conftest import Cli, cli  # noqa: F401 - a fixture

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes there")


@pytest.fixture
def pipe(tmp_path: Path) -> Path:
    path = tmp_path / "pipe.zip"
    os.mkfifo(path)
    return path


def test_only_regular_files_are_opened(tmp_path: Path, pipe: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"12")
    with open_regular(file) as opened:
        assert opened.read() == b"12"
    for other in (pipe, tmp_path, Path(os.devnull)):
        with pytest.raises(NotRegular):
            open_regular(other)
    with pytest.raises(FileNotFoundError):
        open_regular(tmp_path / "missing")


@pytest.mark.parametrize(
    "verb",
    [
        ("import", "{pipe}"), ("intake", "{pipe}"), ("bundle", "check", "{pipe}"),
        ("bundle", "receive", "{pipe}", "--out", "{out}"), ("message", "--to", "location", "--text-file", "{pipe}"),
    ],
    ids=lambda verb: " ".join(verb[:2]),
)  # fmt: skip
def test_a_pipe_that_nobody_writes_to_is_refused(
    cli: Cli,  # noqa: F811
    place: Locations,
    pipe: Path,
    tmp_path: Path,
    verb: tuple[str, ...],
) -> None:
    ran = cli(*(part.format(pipe=pipe, out=tmp_path / "out") for part in verb))
    assert ran.code == 1
    assert len([line for line in ran.sentences if "pipe.zip" in line]) == 1


def test_an_own_profile_that_is_a_pipe_or_all_brackets_is_a_sentence(cli: Cli, place: Locations) -> None:  # noqa: F811
    os.mkfifo(place.overrides)
    ran = cli("log", "aya in 800", "--dry-run")
    assert ran.code == 3 or ran.code == 1
    assert len(ran.sentences) == 1 and "cannot be read" in ran.err
    place.overrides.unlink()
    place.overrides.write_text("a = " + "[" * 10_000, encoding="utf-8")
    ran = cli("log", "aya in 800", "--dry-run")
    assert len(ran.sentences) == 1 and "brackets" in ran.err
