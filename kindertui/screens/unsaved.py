"""Lines on their way to the disk: what it did not take is kept as a draft, in sight, and tried again in order."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import wait as wait_for
from functools import partial
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len
from textual.content import Content

from kindertui.data import daylog, drafts, journal, queries
from kindertui.data.act import Actor
from kindertui.data.daylog import NotLogged, Saved
from kindertui.domain.entry import Step
from kindertui.domain.faults import DatabaseFault, Refused, fault_of
from kindertui.domain.pauses import pause
from kindertui.domain.unsaved import UnsavedLine, UnsavedList, from_text, to_text
from kindertui.i18n import _, ngettext
from kindertui.phrases import HARM
from kindertui.phrases.plausibility import finding_words
from kindertui.phrases.refused import sentence
from kindertui.phrases.unsaved import heading, left_words, next_words, why_words
from kindertui.screens.draft_keeper import UNSAVED
from kindertui.text import cell, content
from kindertui.widgets.key_line import clickable

if TYPE_CHECKING:
    from kindertui.screens.app_state import AppState

_ROWS = 3  # of them above the entry line, at most: the children are what a place is for


class UnsavedLines:
    """The lines of all who were at this keyboard. `changed` hears that others are in sight, and what was saved."""

    def __init__(self, state: AppState, changed: Callable[[UnsavedLine | None], None]) -> None:
        self._state, self._changed = state, changed
        self._list = UnsavedList()
        self._flying: dict[str, Future[Saved | None]] = {}
        self._told: dict[str, asyncio.Future[Saved | None]] = {}  # of those that were entered just now
        self._last: Future[Saved | None] | None = None  # sent last: what is sent now may not overtake it
        self._next = 0.0  # of time.monotonic: when what waits is tried again
        self._shown: tuple[UnsavedLine, ...] = ()

    # -- what is in sight ----------------------------------------------------------------------------------------

    def in_sight(self) -> tuple[UnsavedLine, ...]:
        """All that are not saved and have to be seen, whoever typed them."""
        return self._list.in_sight(self._state.now())

    def mine(self) -> tuple[UnsavedLine, ...]:
        """Those that whoever is at the keyboard typed: nobody reads another's."""
        actor = self._state.actor
        return tuple(one for one in self.in_sight() if actor is not None and one.owner_id == actor.staff_id)

    def get(self, act: str) -> UnsavedLine | None:
        """A line by its act."""
        return self._list.get(act)

    def answered(self, text: str, place: str) -> None:
        """The same line was typed again and is saved: what was refused of it is nothing to see to any more."""
        for one in self._list.lines and self.mine():
            if one.standing == "refused" and (one.text, one.place, one.day) == (text, place, self._state.shown_day):
                self._forget(one)

    def others(self) -> dict[str, int]:
        """How many others typed, by name."""
        mine = self.mine()
        return dict(Counter(one.owner for one in self.in_sight() if one not in mine))

    def kept(self) -> bool:
        """Whether the database has, or is about to have, a draft of each."""
        return not any(self._state.drafts.unkept(one.owner_id, UNSAVED + one.act) for one in self.in_sight())

    # -- on the way ----------------------------------------------------------------------------------------------

    def enter(self, line: UnsavedLine) -> asyncio.Future[Saved | None]:
        """Sends a line to the disk, behind all that wait. Gives what was saved, None where it was already.

        What the disk does not take is in the list from then on; what a rule refuses is for the caller to bring back,
        or to put aside.
        """
        self._round()
        self._list.add(line)
        told = self._told[line.act] = asyncio.get_running_loop().create_future()
        self._send(line)
        return told

    def behind(self) -> Future[Saved | None] | None:
        """Tries what waits, and gives what was sent last, for an act that may not overtake it; None for nothing."""
        self._round()
        return self._last if self._flying else None

    def put_aside(self, line: UnsavedLine) -> None:
        """Keeps a line in sight that was refused and cannot come back, as another one is being typed."""
        self._list.add(line)
        self._keep(line)
        self._tell()

    def again(self, *, now: bool = False) -> None:
        """Tries what waits again when it is time, or at once."""
        if self._list.lines:
            if now or time.monotonic() >= self._next:
                self._round()
            self._tell()

    def release(self, act: str) -> str:
        """Takes a line off the list, to be dropped or typed again; or says why not."""
        line = self._list.get(act)
        if line is None:
            return _("It is saved by now.")
        flying = self._flying.get(act)
        if flying is not None and not flying.cancel():
            return _("It is being saved this moment: look again.")
        if line.tries:
            try:
                if journal.holds(self._state.store.reader, act):  # COMMIT failed after it was done
                    self._forget(line)
                    return _("It is saved by now.")
            except Exception as error:  # whatever the driver raises: nothing is dropped that may be saved
                if not _of_database(error):
                    raise
                return _("The disk does not say whether it was saved: try again in a moment.")
        self._forget(line)
        return ""

    def back_from(self, place: str) -> UnsavedLine | None:
        """The first line that was refused while the next was typed at this place, on the day and group shown here."""
        state = self._state
        shown = (place, state.shown_day, state.group_id, "")
        mine = (one for one in self.mine() if one.standing == "refused")
        return next((one for one in mine if (one.place, one.day, one.group_id, one.entry_id) == shown), None)

    async def at_rest(self) -> bool:
        """Waits for what is on its way; says whether nothing is left that may still be saved by itself."""
        while self._flying:
            await asyncio.wait([asyncio.wrap_future(one) for one in self._flying.values()])
            await asyncio.sleep(0)
        actor = self._state.actor
        return actor is None or not self._list.open_of(actor.staff_id)

    # -- kept ----------------------------------------------------------------------------------------------------

    def bring_back(self) -> None:
        """Takes in what whoever sits down left unsaved; it is tried again at once."""
        state = self._state
        if state.actor is None:
            return
        for place in state.drafts.places(state.actor.staff_id, UNSAVED):
            if self._list.get(place.removeprefix(UNSAVED)) is None:
                line = from_text(state.drafts.kept(state.actor.staff_id, place), state.zone)
                if line is not None and place == UNSAVED + line.act:
                    self._list.add(line)
        self.again(now=True)

    def leave(self) -> str:
        """Waits for what is on its way and keeps what is not saved; says so in a sentence, empty where all is well.

        The loop of the screens has ended by now.
        """
        wait_for(self._flying.values())
        for act, future in self._flying.items():
            if not future.cancelled():
                self._judge(act, future.exception(), leaving=True)
        left = self._list.lines
        for line in left:
            self._keep(line)
        self._state.drafts.leave()
        lost = sum(self._state.drafts.unkept(one.owner_id, UNSAVED + one.act) for one in left)
        return left_words(len(left), lost) if left else ""

    def _keep(self, line: UnsavedLine) -> None:
        actor = Actor(line.owner_id, line.owner, line.workstation)
        self._state.drafts.keep(actor, UNSAVED + line.act, to_text(line))

    def _forget(self, line: UnsavedLine) -> None:
        self._list.remove(line.act)
        if line.tries or line.standing == "refused":
            self._state.drafts.keep(Actor(line.owner_id, line.owner, line.workstation), UNSAVED + line.act, "")
        self._tell()

    # -- one after the other -------------------------------------------------------------------------------------

    def _round(self) -> None:
        for line in self._list.to_try():
            self._list.tried(line.act)
            self._send(line)

    def _send(self, line: UnsavedLine) -> None:
        behind = self._last if self._flying else None
        self._last = self._flying[line.act] = self._submit(line, behind)
        waiting = asyncio.wrap_future(self._last)
        waiting.add_done_callback(partial(self._ended, line.act))

    def _submit(self, line: UnsavedLine, behind: Future[Any] | None) -> Future[Saved | None]:
        assert line.plan is not None  # a line that could not be read is never sent
        store, policy, accepted = self._state.store, self._state.policy, frozenset(line.accepted)
        actor = Actor(line.owner_id, line.owner, line.workstation)

        save: Any = daylog.change if line.entry_id else daylog.save_plan
        if line.tries:
            place = UNSAVED + line.act
            there = self._state.drafts.given(line.owner_id, place)
            save = drafts.claiming(save, place) if there else drafts.settling(save, place)
        if line.entry_id:
            (step,) = line.plan.parts
            assert isinstance(step, Step)
            return store.submit_as(
                line.act,
                behind,
                save,
                actor,
                line.entry_id,
                step,
                rev=line.rev,
                policy=policy,
                accept_warnings=accepted,
            )
        return store.submit_as(
            line.act, behind, save, actor, line.plan,
            day=line.day, policy=policy, group_id=line.menu_group, accept_warnings=accepted,
        )  # fmt: skip

    def _ended(self, act: str, waiting: asyncio.Future[Saved | None]) -> None:
        """Puts the list right, and only then tells whoever entered the line."""
        self._take_in(act, waiting)
        told = self._told.pop(act, None)
        if told is None or told.cancelled():
            return
        if waiting.cancelled():
            told.cancel()
        elif (error := waiting.exception()) is not None:
            told.set_exception(error)
        else:
            told.set_result(waiting.result())

    def _take_in(self, act: str, waiting: asyncio.Future[Saved | None]) -> None:
        flown = self._flying.pop(act, None)
        if flown is None or waiting.cancelled() or (line := self._list.get(act)) is None:
            return
        error = waiting.exception()
        if error is None and line.tries:
            # also where the act has dropped it: the draft may have been given to the database behind the act
            self._state.drafts.keep(Actor(line.owner_id, line.owner, line.workstation), UNSAVED + act, "")
            self._state.drafts.again(now=True)  # the disk answers
        self._judge(act, error)
        if (left := self._list.get(act)) is not None:
            self._keep(left)
        self._tell(line if error is None and line.tries else None)

    def _judge(self, act: str, error: BaseException | None, *, leaving: bool = False) -> None:
        """Moves a line in the list by what came of it."""
        line = self._list.get(act)
        if line is None:
            return
        if error is None or (isinstance(error, Refused) and error.rule == "dropped_elsewhere"):
            self._list.remove(act)
        elif isinstance(error, DatabaseFault):
            self._list.failed(act, error.rule)
            self._next = time.monotonic() + pause(line.tries + 1)
        elif line.tries or leaving or not isinstance(error, Refused):
            self._list.refused(act, self._why(error))
        else:  # for the first time: whoever typed it hears of it where it was typed
            self._list.remove(act)

    def _why(self, error: BaseException) -> str:
        if isinstance(error, NotLogged):
            ids = {one.child_id for one in error.findings}
            children = (queries.child(self._state.store.reader, id) for id in ids if id)
            return finding_words(error.findings[0], {one.id: one.given_name for one in children if one is not None})
        if isinstance(error, Refused):
            return sentence(error)
        return _("The program cannot save this line. Type it otherwise, or ask who looks after this machine.")

    def _tell(self, saved: UnsavedLine | None = None) -> None:
        """Has it shown what is in sight now, if that changed."""
        if saved is not None or self._shown != (now := self.in_sight()):
            self._shown = self.in_sight() if saved is not None else now
            self._changed(saved)


def strip_content(lines: tuple[UnsavedLine, ...], room: int) -> Content:
    """The lines above the entry line, a row each, with why; empty where there are none."""
    if not lines:
        return Content("")
    shown = lines if len(lines) <= _ROWS else lines[: _ROWS - 1]
    head, key = f"{HARM}{heading()}  ", "ctrl+s"
    rows = []
    for number, one in enumerate(shown):
        free = room - cell_len(head) - len(key) - 2
        why, then = (f"   {words}" if words else "" for words in (why_words(one), next_words(one)))
        if cell_len(one.label) + cell_len(why) + cell_len(then) > free:  # its names come before what becomes of it
            then = ""
        label = cell(one.label, max(free // 2, free - cell_len(why))).rstrip()
        tail = cell(why + then, max(0, free - cell_len(label)))
        begin = content(head, "bold $tone-danger") if number == 0 else Content(" " * cell_len(head))
        hint = Content.assemble("  ", clickable(key)) if number == 0 else Content("")
        rows.append(Content.assemble(begin, content(label, "bold"), content(tail, "$tone-due"), hint))
    if left := len(lines) - len(shown):
        more = ngettext("and {n} more", "and {n} more", left).format(n=left)
        rows.append(Content.assemble(" " * cell_len(head), content(more, "$tone-due")))
    return Content("\n").join(rows)


def _of_database(error: Exception) -> bool:
    return isinstance(error, DatabaseFault) or fault_of(error) is not None
