"""What the process gives away: no core of it, no reading of its memory, no setting that writes down what is typed."""

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from kindertui import process
from kindertui.locations import Locations
from tests.cli.conftest import ON, in_english
from tests.e2e.terminal import CTRL_Q, terminal

linux = pytest.mark.skipif(sys.platform != "linux", reason="prctl(2) and piped cores are Linux's")

CLOSED = """
import ctypes, resource, sys
from kindertui.cli import main
code = main(sys.argv[1:])
print(resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3), file=sys.stderr)  # PR_GET_DUMPABLE
sys.exit(code)
"""


def ran(place: Locations, *arguments: str) -> str:
    """The last line on stderr of a process that tells how it is closed when its verb is done."""
    done = subprocess.run(
        [sys.executable, "-c", CLOSED, *arguments], capture_output=True, text=True, env=in_english(place), check=True
    )
    return done.stderr.splitlines()[-1]


@linux
def test_no_verb_leaves_a_core_and_what_writes_hides_its_memory(place: Locations) -> None:
    assert ran(place, "today") == "(1, 1) 1"
    assert ran(place, "log", "aya in 800", *ON, "--dry-run", "--yes") == "(1, 1) 0"


@linux
def test_a_process_that_dies_leaves_nothing_behind(place: Locations, tmp_path: Path) -> None:
    """As much as can be seen whatever the system does with cores: the parent is told whether there was one."""
    dies = (
        "import os, resource; from kindertui.cli import main; os.chdir(os.environ['CRASH_IN']);"
        "_, most = resource.getrlimit(resource.RLIMIT_CORE); resource.setrlimit(resource.RLIMIT_CORE, (most, most));"
        "main(['where']); os.abort()"
    )
    environment = {**in_english(place), "CRASH_IN": str(tmp_path)}
    end = os.spawnve(os.P_NOWAIT, sys.executable, [sys.executable, "-c", dies], environment)  # noqa: S606 - python
    _, status = os.waitpid(end, 0)
    assert os.WIFSIGNALED(status) and not os.WCOREDUMP(status)


@pytest.mark.parametrize(
    ("before", "after"), [((-1, -1), (1, 1)), ((0, 4096), (1, 1)), ((0, 0), (0, 0)), ((1, 1), (1, 1))]
)
@linux
def test_a_limit_that_cannot_be_raised_stays(
    before: tuple[int, int], after: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    limits: list[tuple[int, tuple[int, int]]] = []
    monkeypatch.setattr(resource, "getrlimit", lambda which: before)
    monkeypatch.setattr(resource, "setrlimit", lambda which, both: limits.append((which, both)))
    process.write_no_core_file()
    assert limits == [(resource.RLIMIT_CORE, after)]


def test_what_a_library_would_take_from_the_environment_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    dropped = ("TEXTUAL", "TEXTUAL_LOG", "TEXTUAL_SOME_LATER_ONE", "PYTHONASYNCIODEBUG")
    kept = ("NO_COLOR", "TERM", "COLORTERM", "ESCDELAY", "MY_TEXTUAL_LOG", "PYTHONUTF8")
    for name in (*dropped, *kept):
        monkeypatch.setenv(name, "1")
    process.drop_settings()
    assert not [name for name in dropped if name in os.environ]
    assert [name for name in kept if name in os.environ] == list(kept)


def test_no_setting_of_textual_s_writes_down_what_is_typed_or_types_itself(place: Locations, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    settings = {
        "TEXTUAL": "devtools,debug",
        "TEXTUAL_LOG": str(out / "log"),
        "TEXTUAL_PRESS": "i,n,a,enter",
        "TEXTUAL_SCREENSHOT": "0",
        "TEXTUAL_SCREENSHOT_LOCATION": str(out),
        "TEXTUAL_DRIVER": "nowhere:Driver",
        "TEXTUAL_SHOW_RETURN": "1",
    }
    with terminal(place, environment=settings) as screen:
        screen.wait_for("▸ Ina")
        screen.send("jayne\r")
        screen.wait_for("Aya Bakker", "›")
        screen.send("n geheim")
        screen.wait_for("› n geheim")
        screen.send(CTRL_Q)
        assert screen.status() == 0
    assert list(out.iterdir()) == []


def test_the_screens_hide_their_memory_behind_the_first_frame(place: Locations) -> None:
    with terminal(place, "-c", CLOSED) as screen:
        screen.wait_for("▸ Ina")
        screen.send("jayne\r")
        screen.wait_for("Aya Bakker", "›")
        screen.send("aya")
        screen.wait_for("› aya")  # previewed: what is loaded behind the first frame is there
        screen.send(CTRL_Q)
        assert screen.status() == 0
        screen.wait_for("(1, 1) 0")
