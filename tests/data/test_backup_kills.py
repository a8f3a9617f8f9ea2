"""kill -9 at any moment of a backup or a restore leaves what was there, or what is new, and never half of either."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from kindertui.data import copying
from kindertui.data.backup import back_up, check
from kindertui.data.connection import connect
from kindertui.data.creation import NewLocation, create
from kindertui.data.keys import read_keys
from kindertui.data.queries import location
from kindertui.data.restore import Restore
from kindertui.data.store import Store
from kindertui.data.verify import verify
from kindertui.domain.recovery import new_recovery_key, spoken
from kindertui.locations import Locations
from tests.data.test_head import write

KILLS = 16
ROOT = Path(__file__).parents[2]

# A process without threads forks the one that is killed, so that nothing has to be imported for each kill.
NURSERY = """
import json, os, random, signal, sys, time
from pathlib import Path
from kindertui.data import models, writer, upgrading
from kindertui.data.backup import back_up
from kindertui.data.restore import Restore
from kindertui.locations import Locations

what, folder, file, kills = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4])
place = Locations(folder, folder, folder)
chance = random.Random(11)
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGALRM])

def live(number):
    if what == "backup":
        back_up(place, file.with_name(f"made-{number}"))
    else:
        with Restore(place, file) as found:
            found.apply()

def once(number, after):
    child = os.fork()
    if child == 0:
        try:
            live(number)
        except BaseException as error:
            print(repr(error), file=sys.stderr)
            os._exit(3)
        os._exit(0)
    if after is not None:
        signal.setitimer(signal.ITIMER_REAL, after)
        signal.sigwait([signal.SIGALRM])
        os.kill(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])

began = time.monotonic()
assert once("whole", None) == 0
took = time.monotonic() - began
print(json.dumps([once(number, chance.uniform(0, took * 1.1)) for number in range(kills)]))
"""


def kill(what: str, place: Locations, file: Path) -> list[int]:
    """The exit codes of those that were killed, or were done before; the first of all was left alone."""
    ran = subprocess.run(
        [sys.executable, "-c", NURSERY, what, str(place.data), str(file), str(KILLS)],
        capture_output=True, text=True, check=False, timeout=180, cwd=ROOT,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    codes: list[int] = json.loads(ran.stdout)
    assert set(codes) <= {0, -9} and codes.count(-9) > KILLS // 2, (codes, ran.stderr)
    return codes


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 needs a process of its own, made by fork")
def test_a_backup_that_is_there_is_whole(place: Locations, tmp_path: Path) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    kill("backup", place, folder / "a")
    made = sorted(folder.glob("made-*"))
    assert made, "none was left alone"
    rows = {check(place, one).rows for one in made}
    assert len(rows) == 1
    for one in folder.iterdir():
        assert one in made or one.name.startswith(copying._WORK), one
    with Store(place) as store:
        assert verify(store.reader).ok


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 needs a process of its own, made by fork")
def test_a_restore_leaves_the_old_or_the_new(place: Locations, tmp_path: Path) -> None:
    file = back_up(place, tmp_path / "a.backup").path
    write(place, "Later")
    codes = kill("restore", place, file)
    with Store(place) as store:
        assert verify(store.reader).ok
        names = {row[0] for row in store.reader.execute("SELECT name FROM staff WHERE NOT deleted")}
        assert "Later" not in names  # the first one was left alone
        assert location(store.reader).generation > 1 + codes.count(0)
        # one that was killed between the two steps is told, and the next restore sets it right
        assert store.head.check(store.reader).known
    # each file that was replaced is a whole database
    aside = sorted(place.data.glob("kindertui.db.replaced-*"))
    assert len(aside) >= 1 + codes.count(0)
    for one in aside:
        assert not list(place.data.glob(one.name + "-wal"))
        db = connect(one, read_keys(place).database, read_only=True)
        assert verify(db).ok
        db.close()
    # and it goes on as ever
    write(place, "After")
    with Store(place) as store:
        assert verify(store.reader).ok


# The last steps of a restore take no time that chance would hit: here each is a place to be killed at.
AT_A_STEP = """
import os, signal, sys
from pathlib import Path
from kindertui.data import restore, ways_in
from kindertui.data.restore import Restore
from kindertui.locations import Locations

folder, file, key, step, when = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3] or None, sys.argv[4], sys.argv[5]
owner = {"link": os, "rename": Path, "_write_head": Restore, "put_in_force": ways_in, "_empty_wal": Restore}[step]
real = getattr(owner, step)

def killed(*args, **kwargs):
    if step == "rename" and args[0].name != "new.db":  # of a file of keys
        return real(*args, **kwargs)
    if when == "after":
        real(*args, **kwargs)
    os.kill(os.getpid(), signal.SIGKILL)

with Restore(Locations(folder, folder, folder), file, key) as found:
    setattr(owner, step, killed)
    found.apply("file")
"""


def kill_at(place: Locations, file: Path, key: str, step: str, when: str) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", AT_A_STEP, str(place.data), str(file), key, step, when],
        capture_output=True, text=True, check=False, timeout=60, cwd=ROOT,
    )  # fmt: skip
    assert ran.returncode == -9, ran.stderr


STEPS = [(step, when) for step in ("_empty_wal", "link", "rename", "_write_head") for when in ("before", "after")]


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 needs a process of its own")
@pytest.mark.parametrize(("step", "when"), STEPS)
def test_each_step_is_the_old_or_the_new(place: Locations, tmp_path: Path, step: str, when: str) -> None:
    file = back_up(place, tmp_path / "a.backup").path
    write(place, "Later")
    kill_at(place, file, "", step, when)
    is_new = (step, when) == ("rename", "after") or step == "_write_head"
    with Store(place) as store:
        names = {row[0] for row in store.reader.execute("SELECT name FROM staff WHERE NOT deleted")}
        assert ("Later" not in names) == is_new
        assert verify(store.reader).ok
        # until the head is written it says that what was written since the backup is missing, and that is so
        told = store.head.check(store.reader)
        assert told.known and (told.missing_since is not None) == (is_new and (step, when) != ("_write_head", "after"))
    with Restore(place, file) as found:
        found.apply()
    with Store(place) as store:
        assert verify(store.reader).ok and store.head.check(store.reader).ok


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 needs a process of its own")
@pytest.mark.parametrize(("step", "when"), [("put_in_force", "before"), ("put_in_force", "after"), ("rename", "after")])
def test_on_an_empty_machine_it_can_be_done_once_more(home: Locations, tmp_path: Path, step: str, when: str) -> None:
    key = new_recovery_key()
    create(home, NewLocation("De Tuin", "open", "nl", "Europe/Amsterdam"), key)
    file = back_up(home, tmp_path / "a.backup").path
    empty = Locations(*[tmp_path / "empty"] * 3)
    kill_at(empty, file, spoken(key), step, when)
    assert empty.database.exists() == (step == "rename")
    with Restore(empty, file, spoken(key)) as found:
        found.apply("file")
    with Store(empty) as store:
        assert verify(store.reader).ok and store.head.check(store.reader).ok
    assert read_keys(empty) == read_keys(home)
