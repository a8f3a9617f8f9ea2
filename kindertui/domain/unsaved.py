"""The lines that are not saved: on their way to the disk, to be tried again, or refused; in order, none forgotten."""

import base64
import zlib
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta, tzinfo
from typing import Literal

import msgspec
from msgspec import Struct
from msgspec.structs import asdict, replace

from kindertui.domain.entry.model import Part, Plan, Step

# "tried": on its way. "waits": the disk would not have it, it is tried again. "refused": a rule, somebody must look.
Standing = Literal["tried", "waits", "refused"]
LATE = timedelta(seconds=1)  # on its way for longer than that, a line is in sight as one that is not saved


class Outline(Struct, frozen=True, kw_only=True):
    """What of a line can be read whatever version of the program kept it.

    `act` is the id of its act, made when Enter was pressed: lines in the order of these are in the order they were
    typed. `label` says for whom and what. `place` and `day` are where it was typed.
    """

    act: str
    owner_id: str
    owner: str
    workstation: str
    text: str
    label: str
    place: str
    day: date
    since: datetime


class UnsavedLine(Outline, frozen=True, kw_only=True):
    """One line, as it was meant when Enter was pressed. Whoever tries it again reads nothing anew.

    `group_id` and `child_id` are where it was typed too; `menu_group` is the group that a menu in it is for. `plan` is
    None of a line that could not be read. `entry_id` and `rev` name the entry that it corrects. `why` is the rule of
    the fault while it waits, and a sentence once it was refused.
    """

    plan: Plan | None = None
    group_id: str | None = None
    menu_group: str | None = None
    child_id: str | None = None
    accepted: tuple[tuple[str, str], ...] = ()
    entry_id: str = ""
    rev: int = 0
    tries: int = 0  # how often it was tried and failed
    standing: Standing = "tried"
    why: str = ""


class UnsavedList:
    """The lines, in the order they were typed."""

    def __init__(self) -> None:
        self.lines: tuple[UnsavedLine, ...] = ()

    def get(self, act: str) -> UnsavedLine | None:
        """A line by its act."""
        return next((one for one in self.lines if one.act == act), None)

    def add(self, line: UnsavedLine) -> None:
        """Takes a line in, at its place; one that is there already stays as it is."""
        if self.get(line.act) is None:
            self.lines = tuple(sorted((*self.lines, line), key=lambda one: one.act))

    def remove(self, act: str) -> None:
        """The line is saved, dropped, or typed again."""
        self.lines = tuple(one for one in self.lines if one.act != act)

    def failed(self, act: str, rule: str) -> None:
        """The disk did not take it: it waits to be tried again."""
        self._change(act, lambda one: replace(one, standing="waits", why=rule, tries=one.tries + 1))

    def refused(self, act: str, why: str) -> None:
        """A rule did not take it: trying again would change nothing."""
        self._change(act, lambda one: replace(one, standing="refused", why=why))

    def tried(self, act: str) -> None:
        """It is on its way again."""
        self._change(act, lambda one: replace(one, standing="tried"))

    def to_try(self) -> tuple[UnsavedLine, ...]:
        """What is tried next: all that waits, in order; nothing while anything is on its way, or it might overtake."""
        if any(one.standing == "tried" for one in self.lines):
            return ()
        return tuple(one for one in self.lines if one.standing == "waits")

    def in_sight(self, now: datetime) -> tuple[UnsavedLine, ...]:
        """What is to be seen: all but what was only just sent on its way for the first time."""
        return tuple(
            one for one in self.lines if one.standing != "tried" or one.tries or not -LATE < now - one.since < LATE
        )

    def open_of(self, owner_id: str) -> bool:
        """Whether anything of this person may still be saved by itself."""
        return any(one.owner_id == owner_id and one.standing != "refused" for one in self.lines)

    def _change(self, act: str, change: Callable[[UnsavedLine], UnsavedLine]) -> None:
        self.lines = tuple(change(one) if one.act == act else one for one in self.lines)


def to_text(line: UnsavedLine) -> str:
    """A line as the text of a draft; ids of many children are long, and a draft holds so much and no more."""
    return base64.b64encode(zlib.compress(msgspec.json.encode(line), 9)).decode()


def from_text(text: str, zone: tzinfo) -> UnsavedLine | None:
    """The line that was kept, to be tried again; its times are in the location's `zone`. None for what is no line.

    One that another version of the program kept and that means nothing to this one is refused, with no sentence.
    """
    try:
        kept = zlib.decompress(base64.b64decode(text))
        outline = msgspec.json.decode(kept, type=Outline)
    except (ValueError, zlib.error, msgspec.MsgspecError):
        return None
    try:
        line = msgspec.json.decode(kept, type=UnsavedLine)
    except msgspec.MsgspecError:
        line = UnsavedLine(**asdict(outline), standing="refused")
    plan = line.plan and replace(line.plan, parts=tuple(_in_zone(line.plan.parts, zone)))
    standing: Standing = "refused" if line.standing == "refused" else "waits"
    return replace(line, plan=plan, since=line.since.astimezone(zone), standing=standing, tries=max(1, line.tries))


def _in_zone(parts: Iterable[Part], zone: tzinfo) -> Iterable[Part]:
    for part in parts:
        if isinstance(part, Step):
            start, end = (at and at.astimezone(zone) for at in (part.start, part.end))
            yield replace(part, start=start, end=end)
        else:
            yield part
