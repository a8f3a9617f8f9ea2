"""The works of the typing benchmark, key for key: each stays under its number of keys and writes what it says."""

from collections import Counter
from functools import partial
from pathlib import Path

import pytest

from benchmarks import places
from benchmarks.works import CHILDREN, DOWN, ENTER, HOME, WORKS, Part, Work, written
from kindertui.app import KinderApp
from tests.screens.acting import opened, shown
from tests.screens.hands import send_keys, until

_NAMED = {ENTER: "enter", DOWN: "down", HOME: "home"}


@pytest.mark.parametrize("work", WORKS, ids=lambda work: work.name)
async def test_a_groups_work_takes_no_more_keys_than_it_may(
    work: Work, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert work.keys <= work.most
    monkeypatch.setenv("KINDERTUI_LANGUAGE", "en")
    monkeypatch.setenv("KINDERTUI_STAFF", "Ina")
    place = places.group(tmp_path / "home", children=CHILDREN, asleep=work.asleep)
    async with opened(place, size=(80, 24)) as (app, pilot):
        for part in work.parts:
            acts = _acts(app)
            send_keys(app, *(_NAMED.get(press, press) for press in part.presses))
            await until(pilot, partial(_done, app, part, acts))
            await pilot.pause()
    assert written(place, work) == Counter(work.records)


def _done(app: KinderApp, part: Part, acts: int) -> bool:
    # what is on the screen may be of the part before: what saves has an act of its own
    return part.shows in shown(app) and (part.shows not in ("saved ", "checked") or _acts(app) > acts)


def _acts(app: KinderApp) -> int:
    return int(app.state.store.reader.execute("SELECT count(DISTINCT act) FROM journal").fetchone()[0])
