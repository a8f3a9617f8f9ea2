"""Saves the line that was entered; what was refused comes back, and what the disk does not take stays in sight."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from msgspec.structs import replace

from kindertui.data.act import Actor, new_id
from kindertui.data.daylog import NotLogged, Saved
from kindertui.data.queries import day as day_queries
from kindertui.domain.entry import Plan, to_line
from kindertui.domain.faults import DatabaseFault, Refused
from kindertui.domain.unsaved import UnsavedLine
from kindertui.phrases.refused import sentence
from kindertui.phrases.unsaved import not_saved_words, put_aside_words
from kindertui.screens.entry.target import Correction
from kindertui.screens.support.key_queue import ENTER, SAVING

if TYPE_CHECKING:
    from kindertui.screens.entry.controller import EntryController
    from kindertui.screens.place import PlaceScreen

_ONE_FRAME = 0.05  # seconds a save may keep the frame: an eye does not see it, and a commit takes a tenth of it


class LineSaver:
    """The saving half of a place's entry controller."""

    def __init__(self, controller: EntryController, place: PlaceScreen) -> None:
        self._controller, self._place = controller, place
        self._state, self._line, self._status = place.state, place.entry, place.status

    async def save(self, text: str, plan: Plan, accepted: frozenset[tuple[str, str]], actor: Actor) -> None:
        """Saves a plan; "saved" is said only after the database said so.

        What a rule refuses comes back to the line. What the disk does not take stands in the list of unsaved lines.
        """
        line = self._line_of(text, actor, plan, accepted=accepted)
        writing = self._state.unsaved.enter(line)
        with self._place.app.batch_update():  # one frame for the empty line and what was saved, unless the disk is slow
            await asyncio.wait((writing,), timeout=_ONE_FRAME)
        saving = self._end_save(line, plan, writing)
        if writing.done():
            await saving
            return
        self._controller.show_preview()
        self._place.paint(self._line, self._status.preview, self._status.status)
        self._place.run_worker(saving, group=SAVING)  # a slow disk does not keep the next line from being typed

    def _line_of(
        self,
        text: str,
        actor: Actor,
        plan: Plan | None = None,
        *,
        accepted: frozenset[tuple[str, str]] = frozenset(),
        why: str = "",
    ) -> UnsavedLine:
        """A line with all that it was meant by; with a reason `why` it was refused."""
        state, target = self._state, self._controller.target
        correcting = target.correcting
        return UnsavedLine(
            act=new_id(), owner_id=actor.staff_id, owner=actor.name, workstation=actor.workstation,
            text=text, label=self._said(plan) if plan is not None else text,
            place=self._place.PLACE, day=state.shown_day, since=state.now(), plan=plan,
            group_id=state.group_id, menu_group=target.group_id, child_id=state.child_id, accepted=tuple(accepted),
            entry_id=correcting.id if correcting else "", rev=correcting.rev if correcting else 0,
            standing="refused" if why else "tried", why=why,
        )  # fmt: skip

    def _said(self, plan: Plan) -> str:
        return " · ".join(f"{who} {what}".strip() for who, what in self._controller.reader.words(plan))

    async def _end_save(self, line: UnsavedLine, plan: Plan, writing: asyncio.Future[Saved | None]) -> None:
        try:
            saved = await asyncio.shield(writing)  # a screen that goes away does not take the write with it
        except NotLogged as refusal:
            if not self.come_back(
                line.text, None, plan, why=self._controller.finding_words(refusal.findings), line=line
            ):
                return
            if all(one.level == "warning" for one in refusal.findings):
                self._controller.ask(line.text, plan, refusal.findings)
            else:
                self._controller.say_not_saved(plan, refusal.findings)
        except Refused as error:
            if self.come_back(line.text, None, plan, why=sentence(error), line=line):
                self._controller.show_preview()
                self._status.failed(error)
        except DatabaseFault:
            self._show_unsaved(line)
        else:
            if saved is None:  # it was saved when it was tried before
                self._place.refresh_all()
            self.show_saved(line.text, line.label, saved or Saved(line.act), mine=self._is_mine(line))

    def _is_mine(self, line: UnsavedLine) -> bool:
        """Whether whoever typed a line is still at the keyboard, to be told what became of it."""
        actor = self._state.actor
        return actor is not None and actor.staff_id == line.owner_id and not self._state.is_hidden()

    def _show_unsaved(self, line: UnsavedLine) -> None:
        """The disk did not take it: it stands above the line by now, and the line is free for the next one."""
        self._controller.answered()
        self._place.after_save(Saved(line.act))
        self._place.refresh_all()
        self._controller.show_preview()
        told = self._state.unsaved.get(line.act)
        if told is not None and self._is_mine(line):
            self._status.say_unsaved(not_saved_words(told), line.act)

    def show_saved(self, text: str, words: str, saved: Saved, *, mine: bool = True) -> None:
        if mine:
            self._line.remember(text)
            self._state.unsaved.answered(text, self._place.PLACE)
        self._controller.answered()
        self._place.after_save(saved)
        if mine:
            self._status.saved(words)
        changed = self._place.show_saved(saved)
        self._place.paint(self._line, self._status.preview, self._status.status, *changed)
        if not self._line.value and self._state.next_key() is None and mine:
            line = self._state.unsaved.back_from(self._place.PLACE)
            if line is not None and not self._state.unsaved.release(line.act):
                self.bring_back(line)  # what could not be done before is there to be finished

    def come_back(
        self, text: str, at: int | None, plan: Plan | None = None, *, why: str, line: UnsavedLine | None = None
    ) -> bool:
        """Puts a line back that was refused, to be mended or answered by Enter; says whether it is there.

        Whoever typed on before that could be seen keeps a line of their own, and whoever sits there now theirs: the
        refused one is put aside, in sight of whoever typed it, and nothing is said of it over another line.
        """
        there = line is None or self._is_mine(line)
        if there and not self._line.value and self._state.next_key() in (None, *ENTER):
            self._line.put(text, at=at, quietly=True)
            return True
        actor = self._state.actor
        if line is None and actor is not None:
            line = self._line_of(text, actor, plan, why=why)
        if line is not None:
            line = replace(line, standing="refused", why=why)
            self._state.unsaved.put_aside(line)
            if there:
                self._status.say_unsaved(put_aside_words(line), line.act)
        if (
            self._controller.target.correcting is not None
        ):  # what was typed on is an entry of its own, and corrects nothing
            self._controller.aim(self._place.target())
        return False

    def bring_back(self, line: UnsavedLine) -> None:
        """Puts an unsaved line on the line, so that it means there what it meant, whatever is shown by now."""
        if not self._line.letters:
            self._place.open_line()
        if self._line.value.strip():
            self._line.remember(self._line.value)
        entry = day_queries.entry(self._state.store.reader, line.entry_id, self._state.zone) if line.entry_id else None
        self._controller.aim(Correction(self._state, entry) if entry is not None else self._place.target())
        self._line.put(self._meaning(line))

    def _meaning(self, line: UnsavedLine) -> str:
        """The line as it was typed, if that still means the same; else with all names and times in it."""
        found = self._controller.reader.plan(line.text)
        same = isinstance(found, Plan) and line.plan is not None and found.parts == line.plan.parts
        if same or line.plan is None:
            return line.text
        try:
            return to_line(line.plan, self._controller.target.roster(), self._state.language, self._state.shown_day)
        except ValueError:  # no single line can say it: it is read anew, as the preview shows
            return line.text
