"""Takes a file in, in a process of its own, and is killed at chosen pieces of it: `kill` runs this module.

A process without threads forks those that are killed, each at a place of its own: behind a piece of the file, then
behind pieces of taking back what a killed one left.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from kindertui.data import delivery, long_act, plan
from kindertui.data.act import Actor
from kindertui.data.roster import take_in
from kindertui.data.store import Store
from kindertui.data.writer import Writer
from kindertui.locations import Locations
from kindertui.portal.intake import intake
from kindertui.portal.profile import load
from kindertui.portal.readers import read

ROOT = Path(__file__).parents[1]


def kill(place: Locations, file: Path, staff: str, *pieces: int) -> None:
    """Takes a file in and kills it when the first number of pieces is written; the further ones are of taking back."""
    ran = subprocess.run(
        [sys.executable, "-m", "tests.killed", str(place.data), str(file), staff, *map(str, pieces)],
        capture_output=True, text=True, check=False, timeout=60, cwd=ROOT,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr


def main(folder: Path, file: Path, staff: str, pieces: list[int]) -> None:
    place = Locations(folder, folder, folder)
    actor = Actor(staff, "Ina")
    long_act.WORK = long_act.PAUSE = 0
    plan._AT_ONCE, delivery._AHEAD, long_act._BATCH = 1, 2, 3
    if file.suffix == ".csv":
        roster = read(file, today=date(2026, 3, 5))
        _killed(place, ("take_in",), pieces[0], lambda store: take_in(store, actor, [roster]))
    else:
        _killed(
            place, ("take_in", "take_receipts"), pieces[0], lambda store: intake(store, actor, load("open"), [file])
        )
    for count in pieces[1:]:
        _killed(place, ("take_back_some",), count, lambda store: store.warm().result())


def _killed(place: Locations, verbs: tuple[str, ...], count: int, work: Callable[[Store], Any]) -> None:
    child = os.fork()
    if child == 0:
        _die_before(verbs, count)
        with Store(place) as store:
            work(store)
        os._exit(1)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert status == -signal.SIGKILL, "it ended by itself"


def _die_before(verbs: tuple[str, ...], count: int) -> None:
    """Kills this process inside the transaction of the piece behind the `count`th, all of it but COMMIT done."""
    commit, left = Writer._commit, [count]

    def until(self: Writer, tx: Any, run: Callable[[Any], Any], *args: Any) -> Any:
        def die(tx: Any) -> Any:
            result = run(tx)
            if tx.about["verb"] in verbs:
                if not left[0]:
                    os.kill(os.getpid(), signal.SIGKILL)
                left[0] -= 1
            return result

        return commit(self, tx, die, *args)

    Writer._commit = until  # type: ignore[method-assign, assignment]


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], [int(one) for one in sys.argv[4:]])
