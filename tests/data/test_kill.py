"""kill -9 at any moment: what was acknowledged is there, whole, once, and in the journal."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kindertui.data import verify
from kindertui.data.store import Store
from kindertui.locations import Locations
from tests.conftest import People

KILLS = 30

# A process without threads forks the one that is killed, so that nothing has to be imported for each kill.
NURSERY = """
import json, os, random, select, signal, sys
from pathlib import Path
from kindertui.data import models
from kindertui.data.act import Actor
from kindertui.data.store import Store
from kindertui.locations import Locations

folder, spare, kills = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
staff, children = sys.argv[4], sys.argv[5:]
place = Locations(folder, folder, folder)
chance = random.Random(7)
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGALRM])

def log(tx, text):
    for child_id in children:
        tx.add(
            models.Entry, child_id=child_id, day="2026-11-20", kind="note", start=tx.at, tz="Europe/Amsterdam",
            text=text, by_id=tx.actor.staff_id, recorded_at=tx.at,
        )
    return tx.act

def live(number, pipe):
    with Store(place) as store:
        count = 0
        while True:
            act = store.call(log, Actor(staff, "Ina"), f"{number}-{count}")
            os.write(pipe, f"{act} {number}-{count}\\n".encode())  # acknowledged: from here on it may not be lost
            count += 1

with Store(Locations(spare, spare, spare)) as warm:  # what SQLAlchemy makes at the first act is made here, once
    warm.call(log, Actor(staff, "Ina"), "warm")

acknowledged = []
for number in range(kills):
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            live(number, writing)
        finally:
            os._exit(1)
    os.close(writing)
    if number % 3:  # one in three is killed wherever it is, opening the file among them
        select.select([reading], [], [])
    signal.setitimer(signal.ITIMER_REAL, chance.uniform(0.005, 0.080))
    signal.sigwait([signal.SIGALRM])
    os.kill(child, signal.SIGKILL)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL, "it ended by itself"
    with open(reading) as pipe:
        acknowledged += [line.split() for line in pipe if line.endswith("\\n")]
print(json.dumps(acknowledged))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 needs a process of its own, made by fork")
def test_what_was_acknowledged_survives_kill_9(place: Locations, people: People, tmp_path: Path) -> None:
    children = list(people.children.values())[:3]
    spare = tmp_path / "spare"
    shutil.copytree(place.data, spare)
    ran = subprocess.run(
        [sys.executable, "-c", NURSERY, str(place.data), str(spare), str(KILLS), people.staff["Ina"], *children],
        capture_output=True, text=True, check=False, timeout=120, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    acknowledged: dict[str, str] = dict(json.loads(ran.stdout))
    assert len(acknowledged) > KILLS, "too little was written for this to say anything"
    with Store(place) as store:
        db = store.reader
        rows = db.execute(
            "SELECT j.act, e.text, count(*), count(DISTINCT e.id), count(DISTINCT e.child_id)"
            " FROM journal j JOIN entry e ON e.id = j.record_id GROUP BY j.act"
        ).fetchall()
        found = {act: text for act, text, *_ in rows}
        assert {act: found.get(act) for act in acknowledged} == acknowledged, "an acknowledged act is lost"
        assert {row[2:] for row in rows} == {(3, 3, 3)}, "an act is there in part"
        assert len(set(found.values())) == len(found), "an act is there twice"
        assert len(found) - len(acknowledged) <= KILLS, "one act at a time is under way"
        # a record without its journal row, or a row without its record
        assert db.execute("SELECT count(*) FROM entry").fetchone()[0] == 3 * len(found)
        stray = "SELECT count(*) FROM journal WHERE kind = 'entry' AND record_id NOT IN (SELECT id FROM entry)"
        assert db.execute(stray).fetchone()[0] == 0
        assert verify.first_break(db) is None
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        assert db.execute("PRAGMA cipher_integrity_check").fetchall() == []
