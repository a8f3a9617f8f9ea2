"""Typing is entering: the live preview, the second Enter for a warning, and saving. Roster and day screen share it.

The language, the rules and the writer are imported by the methods that use them: the first frame pays for none of it.
"""

from __future__ import annotations

import asyncio
import re
from datetime import date
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widget import Widget

from kindertui import commands
from kindertui.domain.faults import DatabaseFault, Refused
from kindertui.domain.people import Child
from kindertui.i18n import _
from kindertui.phrases import long_day, short_names
from kindertui.screens.entry.preview import plan_content, problem_content, questions_content
from kindertui.screens.entry.reader import MeaningScreen
from kindertui.screens.place import SAVING, Wanted
from kindertui.widgets.entry_line import EntryLine

if TYPE_CHECKING:
    from concurrent.futures import Future

    from kindertui.data.daylog import Accepted, Saved
    from kindertui.data.store import Actor
    from kindertui.domain.entry import CommandWord, Grid, LineProblem, Plan
    from kindertui.domain.plausibility import Finding

_ONE_FRAME = 0.05  # seconds a save may keep the frame: an eye does not see it, and a commit takes a tenth of it


class EnteringScreen(MeaningScreen):
    """A place whose entry line books into the day log."""

    _asked: tuple[str, frozenset[tuple[str, str]]] | None = None
    _entered = ""  # the line that Enter could not do: it was meant to be whole, so what is missing is wrong

    def on_mount(self) -> None:  # Textual calls the one of PlaceScreen as well
        self.entry.completer = self.completions
        self.entry.changed = self._line_changed

    def _line_changed(self) -> None:
        if self._asked is not None:  # another line now: the question was about the one before
            self._asked = None
            self.say_saved()
        self.show_preview()
        self.paint(self.entry, self.preview, self.status)

    def refresh_all(self) -> None:
        super().refresh_all()
        if self.entry.value and self._asked is None:  # another minute, or somebody else's entry: it may mean more now
            self.show_preview()

    def show_preview(self) -> None:
        """Says in words what Enter will do, or what is missing, before Enter."""
        text = self.entry.value
        if not text.strip():
            if not self.say_locked():
                self.say_preview("")
            return
        from kindertui.domain.entry import LineProblem  # behind the empty line: the first frame shows one

        found = self.meaning(text)
        if isinstance(found, LineProblem):
            self.say_preview(self._problem(found))
            return
        self.say_preview(self._plan(found, self.judged(found)))

    def _problem(self, problem: LineProblem) -> Content:
        meant = self.entry.value.strip() == self._entered
        return problem_content(problem, self.state.language, self.size.width, meant=meant)

    def _plan(self, plan: Plan, findings: tuple[Finding, ...]) -> Content:
        from kindertui.phrases.entry import plan_words

        state, names = self.state, self.names()
        told = plan_words(self.served(plan), self.days_of_line(), names, state.now(), state.language)
        return plan_content(told, findings, names, self._room())

    def _room(self) -> int:
        """Cells in a row of the preview."""
        return self.preview.content_size.width or self.size.width - 2

    async def on_entry_line_entered(self, event: EntryLine.Entered) -> None:
        from kindertui.domain.entry import CommandWord, Grid, LineProblem

        event.stop()
        text = event.text.strip()
        if not text:
            return
        at = event.at - (len(event.text) - len(event.text.lstrip()))
        found = self.meaning(text)
        if isinstance(found, LineProblem) and found.rule == "all_other_day":
            self._turn_to(date.fromisoformat(found.args["day"]), text)
            return
        if isinstance(found, LineProblem):
            self._put_back(text, at)
            self._entered = text
            self.say_preview(self._problem(found))
            self.say(_("Not done: the line above says why. What you typed is still there."), "due")
            return
        if len(found.parts) == 1 and isinstance(found.parts[0], CommandWord):
            self.entry.remember(text)
            self.say_preview("")
            await self.do_word(found.parts[0])
            return
        if found.day is not None and found.day != self.state.shown_day:
            self._turn_to(found.day, text)
            return
        if self.state.actor is None or self.is_locked():
            self._put_back(text, at)
            return
        if isinstance(found.parts[0], Grid):
            self._put_back(text, at)
            self.open_grid(text, found.parts[0])
            return
        findings = self.judged(found)
        if any(one.level == "error" for one in findings):
            self._put_back(text, at)
            self.say_preview(self._plan(found, findings))
            self.say(_("Not saved: the line above says why. What you typed is still there."), "danger")
            return
        accepted = self._answered(text, findings)
        if findings and accepted is None:
            self._put_back(text, at)
            self.ask(text, found, findings)
            return
        await self.save(text, found, accepted or frozenset(), self.state.actor)

    def _answered(self, text: str, findings: tuple[Finding, ...]) -> frozenset[tuple[str, str]] | None:
        if self._asked is None or self._asked[0] != text:
            return None
        return self._asked[1] if {(one.rule, one.child_id) for one in findings} <= self._asked[1] else None

    def ask(self, text: str, plan: Plan, findings: tuple[Finding, ...]) -> None:
        """Shows warnings; the same line and Enter again answers them."""
        self._asked = (text, frozenset((one.rule, one.child_id) for one in findings))
        self.say_preview(questions_content(findings, self.names(), self._room()) or self._plan(plan, findings))
        self.say(_("Enter again saves it all the same; Esc clears the line."), "due")

    async def save(self, text: str, plan: Plan, accepted: frozenset[tuple[str, str]], actor: Actor) -> None:
        """Saves a plan; "saved" is said only after the database said so. On any refusal the line comes back."""
        from kindertui.phrases.entry import plan_words

        words = " · ".join(
            f"{who} {what}".strip()
            for who, what in plan_words(
                self.served(plan), self.days_of_line(), self.names(), self.state.now(), self.state.language
            )
        )
        writing = asyncio.wrap_future(self.write(plan, accepted, actor))
        with self.app.batch_update():  # one frame for the empty line and what was saved, unless the disk is slow
            await asyncio.wait((writing,), timeout=_ONE_FRAME)
        saving = self._end_save(text, plan, words, writing)
        if writing.done():
            await saving
            return
        self.show_preview()
        self.paint(self.entry, self.preview, self.status)
        self.run_worker(saving, group=SAVING)  # a slow disk must not keep the next line from being typed

    async def _end_save(self, text: str, plan: Plan, words: str, writing: asyncio.Future[Saved]) -> None:
        from kindertui.data.daylog import NotLogged

        try:
            saved = await asyncio.shield(writing)  # a screen that goes away does not take the write with it
        except NotLogged as refusal:
            self._put_back(text)
            if all(one.level == "warning" for one in refusal.findings):
                self.ask(text, plan, refusal.findings)
            else:
                self.say_preview(self._plan(plan, refusal.findings))
                self.say(_("Not saved: the line above says why. What you typed is still there."), "danger")
        except (DatabaseFault, Refused) as error:
            self._put_back(text)
            self.show_preview()
            self.failed(error)
        else:
            self._show_saved(text, words, saved)

    def _show_saved(self, text: str, words: str, saved: Saved) -> None:
        self.entry.remember(text)
        self._asked = None
        self.after_save(saved)
        self.saved(words)
        self.paint(self.entry, self.preview, self.status, *self.show_changed(saved))

    def show_changed(self, saved: Saved) -> tuple[Widget, ...]:
        """Shows what an act of this screen changed; gives the widgets that need no layout for it."""
        self.refresh_all()
        return ()

    def write(self, plan: Plan, accepted: Accepted, actor: Actor) -> Future[Saved]:
        """One act in the database thread."""
        from kindertui.data import daylog

        state = self.state
        return state.store.submit(
            daylog.save_plan,
            actor,
            plan,
            day=state.shown_day,
            policy=state.policy,
            group_id=self.group_of_line(),
            accept_warnings=accepted,
        )

    def after_save(self, saved: Saved) -> None:
        """What a place does once its line was saved."""

    def _put_back(self, text: str, at: int | None = None) -> None:
        # whoever typed on meanwhile keeps what they typed; Up brings this one back
        if not self.entry.value and not self.state.typed_ahead():
            # quietly: the change would be told after the refusal, and wipe out what that asks or says
            self.entry.put(text, at=at, quietly=True)
        else:
            self.entry.remember(text)

    def begin_line_about(self, child: Child) -> None:
        """Begins a line about a child: what was just heard is to be written down. A line that stands there stays."""
        if self.entry.value:
            return
        if not self.entry.letters:
            self.do_line()
        names = short_names([*(one.child for one in self.days_of_line() if one.child.id != child.id), child])
        self.entry.put(f"{names[child.id]} ")

    def open_grid(self, text: str, grid: Grid) -> None:
        """Asks for each child's own value; the line stays typed until they are saved."""
        from kindertui.screens.entry.value_grid import ValueGridSheet

        def closed(result: tuple[Saved, str] | None) -> None:
            if result is None:
                self.show_preview()
                return
            saved, words = result
            if self.entry.value == text:
                self.entry.put("", quietly=True)
            self._show_saved(text, words, saved)

        sheet = ValueGridSheet(self.state, grid, text, self.names(), judge=self.findings, write=self.write)
        self.app.push_screen(sheet, closed)

    def say_locked(self) -> bool:
        """Under the empty line of another day: how it is written on, and the way back. Says whether it told that."""
        if self.state.locked:
            self.say_preview(_("  Locked: type unlock and your name to write on this day. ] goes a day on."), "due")
        return self.state.locked

    def is_locked(self) -> bool:
        """Another day has to be unlocked first: asks for the name, and what was typed stays."""
        if self.state.locked:
            self.post_message(Wanted("unlock"))
        return self.state.locked

    def _turn_to(self, day: date, text: str) -> None:
        """Shows the day a line names; what stands behind it stays typed, to be seen against that day first."""
        rest = re.sub(r"(^|\s)@[^\s;]*[\s;]*", " ", text, count=1).strip()  # the first one: an @ behind it is a word
        self.state.show_day(day)
        self.entry.remember(text)
        if not self.entry.value:
            self.entry.put(rest, quietly=True)
        self.refresh_all()
        self.show_preview()
        if rest:
            self.say(_("Now {day} is shown: Enter again does the line on that day.").format(day=long_day(day)), "due")
        else:
            self.say("")

    async def do_word(self, word: CommandWord) -> None:
        """A word that is no entry."""
        if word.name == "day":
            self._turn_to(date.fromisoformat(word.args), "")
            return
        command = commands.BY_WORD.get(word.name)
        if command is None or not command.at(self.PLACE):
            self.say(_("That word does nothing on this screen. ctrl+p lists what does."), "due")
            return
        if word.children:
            self.point_at(word.children[0])
        await self.do(command, word.args)

    def point_at(self, child_id: str) -> None:
        """Puts the cursor on a child that a word named."""
