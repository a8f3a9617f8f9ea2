"""The list of lines that are not saved: whatever happens to them, each is saved once, or is there to be seen."""

import base64
import json
import zlib
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from kindertui.domain.entry import AbsenceReport, MemoNote, Plan, Step
from kindertui.domain.pauses import LONGEST, pause
from kindertui.domain.unsaved import UnsavedLine, UnsavedList, from_text, to_text

ZONE = ZoneInfo("Europe/Amsterdam")
NOON = datetime(2026, 11, 19, 12, 0, tzinfo=ZONE)


def line(number: int, **values: Any) -> UnsavedLine:
    given: dict[str, Any] = {
        "owner_id": "i",
        "owner": "Ina",
        "workstation": "w",
        "place": "roster",
        "day": NOON.date(),
        "since": NOON,
    }
    return UnsavedLine(act=f"{number:04}", text=f"n {number}", label=f"Aya n {number}", **given | values)


class World:
    """A disk that saves what it is told to, in the order it is asked, and the list that is told of it."""

    def __init__(self) -> None:
        self.list = UnsavedList()
        self.number = 0
        self.typed: list[str] = []
        self.saved: list[str] = []
        self.gone: set[str] = set()  # refused, or dropped
        self.sent: list[str] = []

    def enter(self) -> None:
        for one in self.list.to_try():
            self.send(one.act)
        self.number += 1
        self.list.add(line(self.number))
        self.typed.append(f"{self.number:04}")
        self.sent.append(self.typed[-1])

    def send(self, act: str) -> None:
        self.list.tried(act)
        self.sent.append(act)

    def again(self) -> None:
        for one in self.list.to_try():
            self.send(one.act)

    def answer(self, answer: str) -> None:
        """What the disk says to all that was sent; once it fails, nothing behind is tried."""
        sent, self.sent = self.sent, []
        for act in sent:
            if answer == "fails":
                self.list.failed(act, "db_full")
            elif answer == "refuses first":
                answer = "saves"
                self.list.refused(act, "why")
                self.gone.add(act)
            else:
                self.saved.append(act)
                self.list.remove(act)
                answer = "fails" if answer == "saves one" else answer

    def drop(self) -> None:
        if found := [one.act for one in self.list.lines if one.standing != "tried"]:
            self.list.remove(found[0])
            self.gone.add(found[0])


STEPS = st.lists(
    st.sampled_from(["enter", "enter", "again", "drop", "saves", "saves one", "fails", "refuses first"]), max_size=40
)


@given(STEPS)
def test_each_line_is_saved_once_and_in_order_or_stands_in_the_list(steps: list[str]) -> None:
    world = World()
    for step in steps:
        {"enter": world.enter, "again": world.again, "drop": world.drop}.get(step, lambda s=step: world.answer(s))()
        listed = [one.act for one in world.list.lines]
        assert len(set(world.sent)) == len(world.sent), "on its way twice"
        assert world.saved == sorted(set(world.saved)), "saved twice, or before one that was typed earlier"
        assert set(world.typed) == set(world.saved) | set(listed) | world.gone
        assert not set(listed) & set(world.saved)
        assert listed == sorted(listed)
        seen = {one.act for one in world.list.in_sight(NOON)}
        assert {one.act for one in world.list.lines if one.standing != "tried"} <= seen
        assert set(listed) == {one.act for one in world.list.in_sight(NOON + timedelta(seconds=2))}


def test_what_is_on_its_way_is_in_sight_once_it_is_late_or_was_tried_before() -> None:
    lines = UnsavedList()
    lines.add(line(1))
    assert lines.in_sight(NOON) == () and lines.open_of("i") and not lines.open_of("j")
    assert lines.in_sight(NOON + timedelta(seconds=1)) == lines.lines
    assert lines.in_sight(NOON - timedelta(hours=1)) == lines.lines  # the clock was put back
    lines.failed("0001", "db_locked")
    lines.tried("0001")
    assert lines.in_sight(NOON) == lines.lines
    lines.refused("0001", "why")
    assert not lines.open_of("i") and lines.in_sight(NOON) == lines.lines and lines.to_try() == ()


STEP = Step(
    ("a", "b"), "bottle", NOON, NOON + timedelta(minutes=9), amount=0.1, unit="ml", detail={"offered": 180.0},
    text="“é” \\ <", verb="bottle", corrects={"a": "e"},
)  # fmt: skip
PLANS = (
    None,
    Plan((STEP, replace(STEP, start=None, end=None, leaves_open=True)), date(2026, 11, 18)),
    Plan((AbsenceReport(("a",), "sick", date(2026, 11, 19), None, time(9, 5), None, "koorts"),)),
    Plan((MemoNote((), "jas", date(2026, 12, 24), of_group=True, group="Vlinders"),)),
)


@pytest.mark.parametrize("plan", PLANS)
@pytest.mark.parametrize("values", [{}, {"entry_id": "e", "rev": 3, "group_id": "g", "accepted": (("late", "a"),)}])
def test_a_line_is_kept_as_it_was_meant(plan: Plan | None, values: dict[str, Any]) -> None:
    meant = line(7, plan=plan, standing="waits", why="db_full", tries=3, **values)
    found = from_text(to_text(meant), ZONE)
    assert found == meant
    if found is not None and found.plan is not None and isinstance(found.plan.parts[0], Step):
        assert found.plan.parts[0].start is not None and found.plan.parts[0].start.tzinfo is ZONE
    on_its_way = from_text(to_text(replace(meant, standing="tried", tries=0)), ZONE)
    assert on_its_way is not None and (on_its_way.standing, on_its_way.tries) == ("waits", 1)


def test_a_line_for_many_children_fits_into_a_draft() -> None:
    import uuid

    children = tuple(str(uuid.uuid4()) for _ in range(250))
    parts = tuple(replace(STEP, children=children, text="x" * 400) for _ in range(4))
    assert len(to_text(line(1, plan=Plan(parts)))) < 20_000


def test_a_line_of_another_version_can_still_be_read_and_is_not_tried() -> None:
    kept = json.loads(zlib.decompress(base64.b64decode(to_text(line(1, plan=PLANS[1])))))
    kept["plan"]["parts"][0]["type"] = "Later"
    found = from_text(base64.b64encode(zlib.compress(json.dumps(kept).encode())).decode(), ZONE)
    assert found is not None
    assert (found.text, found.plan, found.standing, found.since) == ("n 1", None, "refused", NOON)
    for text in ("", "no line", base64.b64encode(b"x").decode(), base64.b64encode(zlib.compress(b"{}")).decode()):
        assert from_text(text, ZONE) is None


def test_pauses_grow_and_are_bounded() -> None:
    pauses = [pause(failures) for failures in range(2000)]
    assert pauses == sorted(pauses) and pauses[:4] == [0, 1, 2, 4] and pauses[-1] == LONGEST
