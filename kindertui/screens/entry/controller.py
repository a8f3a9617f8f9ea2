"""Typing is entering: the live preview, the second Enter for a warning, and saving. Every place has one of these."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from textual.content import Content

from kindertui import commands
from kindertui.data import queries
from kindertui.data.act import Actor
from kindertui.data.daylog import Saved
from kindertui.domain.entry import CommandWord, Grid, LineProblem, Plan
from kindertui.domain.parents import NOT_SENDABLE, PARENT_RULES
from kindertui.domain.people import Child
from kindertui.domain.plausibility import Finding
from kindertui.i18n import _
from kindertui.phrases import long_day, short_names
from kindertui.phrases.entry import problem_words
from kindertui.phrases.plausibility import finding_words
from kindertui.screens.entry.preview import ASKS, finding_lines, plan_content, problem_content, questions_content
from kindertui.screens.entry.reader import LineReader
from kindertui.screens.entry.saver import LineSaver
from kindertui.screens.entry.target import NewEntry
from kindertui.screens.entry.value_grid import ValueGridSheet
from kindertui.screens.entry.ways import Ways, way_of_staff
from kindertui.screens.requests import Go
from kindertui.screens.sheets.read import ReadSheet

if TYPE_CHECKING:
    from kindertui.screens.place import PlaceScreen


class EntryController:
    """Reads what is typed on a place's line, says what Enter will do, and saves it."""

    def __init__(self, place: PlaceScreen) -> None:
        self._place = place
        self._state, self._line, self._status = place.state, place.entry, place.status
        self.reader = LineReader(place.state, place.target())
        self.saver = LineSaver(self, place)
        self._asked: tuple[str, frozenset[tuple[str, str]]] | None = None  # a line and the warnings that were shown
        self.ways = Ways(place.entry, place.status, lambda: self.reader)
        self._entered = ""  # the line that Enter could not do: it was meant to be whole, so what is missing is wrong

    @property
    def target(self) -> NewEntry:
        """What the line is for."""
        return self.reader.target

    def answered(self) -> None:
        """What was asked of the line is answered: it is gone from here."""
        self._asked, self.target.taken = None, frozenset()

    def aim(self, target: NewEntry) -> None:
        """From here on the line is for another target."""
        self.reader = LineReader(self._state, target)

    def completions(self, text: str, at: int) -> tuple[int, tuple[str, ...]]:
        """What Tab offers, and where in the text it stands."""
        return self.reader.completions(text, at)

    # -- the preview ---------------------------------------------------------------------------------------------

    def line_changed(self) -> None:
        """Says in words what Enter will do now, in one frame with the letter that was typed."""
        if self._asked is not None:  # another line now: the question was about the one before
            self._asked = None
            self._status.say_saved()
        self._status.moved_on()
        self.show_preview()
        self._place.paint(self._line, self._status.preview, self._status.status)

    def refresh(self) -> None:
        """Another minute, or somebody else's entry: the line may mean more now. A question that is asked stays."""
        if self._asked is None:
            self.show_preview()

    def show_preview(self) -> None:
        """Says what Enter will do, or what is missing, before Enter."""
        text = self._line.value
        if not text.strip():
            self.target.taken = frozenset()
            self._place.show_idle()
            return
        found = self.reader.plan(text)
        if isinstance(found, LineProblem):
            self._status.say_preview(self._problem(found))
        else:
            self._status.say_preview(self._plan(found, self.reader.findings(found)))
        self.ways.offer(text, found, asked=self._asked is not None)

    def read_all(self) -> None:
        """Shows everything that speaks against what is typed; the line and what was asked of it stay."""
        found = self.reader.plan(self._line.value) if self._line.value.strip() else None
        findings = self.reader.findings(found) if isinstance(found, Plan) else ()
        if findings:
            lines = finding_lines(findings, self.reader.names())
            self._place.app.push_screen(ReadSheet(_("What speaks against this line"), lines))
        else:
            self._status.explain(_("Nothing speaks against what is typed."))

    def _problem(self, problem: LineProblem) -> Content:
        meant = self._line.value.strip() == self._entered
        return problem_content(problem, self._state.language, self._place.size.width, meant=meant)

    def _plan(self, plan: Plan, findings: tuple[Finding, ...]) -> Content:
        return plan_content(self.reader.words(plan), findings, self.reader.names(), self._room())

    def _room(self) -> int:
        """Cells in a row of the preview."""
        return self._status.preview.content_size.width or self._place.size.width - 2

    # -- Enter ---------------------------------------------------------------------------------------------------

    async def enter(self, typed: str, cursor: int) -> None:
        """Does a line, or puts it back and says why not."""
        text = typed.strip()
        if not text:
            return
        at = cursor - (len(typed) - len(typed.lstrip()))
        found = self.reader.plan(text)
        if isinstance(found, LineProblem):
            await self._answer(text, at, found)
        elif len(found.parts) == 1 and isinstance(found.parts[0], CommandWord):
            self._line.remember(text)
            self._status.say_preview("")
            await self._do_word(found.parts[0])
        elif found.day is not None and found.day != self._state.shown_day:
            self._turn_to(found.day, text)
        elif self._state.actor is None or await self.is_locked():
            self._put_back(text, at)
        elif isinstance(found.parts[0], Grid):
            self._put_back(text, at)
            self._open_grid(text, found.parts[0])
        else:
            await self._judge_and_save(text, at, found, self._state.actor)

    async def _answer(self, text: str, at: int, problem: LineProblem) -> None:
        """Does what Enter on a line that is no plan does: it goes where the preview said, or says why not."""
        child = problem.args.get("child")
        if problem.rule == "all_other_day":
            self._turn_to(date.fromisoformat(problem.args["day"]), text)
        elif problem.rule == ASKS and child is not None:
            await self._take(text, at, problem, child)
        elif problem.rule == "verb_missing" and child is not None and "@" not in text:
            self._open(text, child)
        else:
            self._refuse(text, at, problem)

    async def _take(self, text: str, at: int, problem: LineProblem, child_id: str) -> None:
        """The line is for a child of another group: what it says then is shown, and a second Enter does it."""
        self.target.taken |= {child_id}
        found = self.reader.plan(text)
        if isinstance(found, LineProblem) and found.rule == "verb_missing":
            await self._answer(text, at, found)
            return
        if not self.saver.come_back(text, at, why=self._problem_words(problem)):
            return
        self.show_preview()
        if not isinstance(found, Plan):
            return
        findings = self.reader.findings(found)
        if findings and all(one.level == "warning" for one in findings):
            self.ask(text, found, findings)  # the next Enter is the answer to what was shown
        else:
            self._status.say(_("Enter again does it for {name}; Esc clears the line.").format(**problem.args), "due")

    def _open(self, text: str, child_id: str) -> None:
        """A name and nothing else: that child's day."""
        child = queries.child(self._state.store.reader, child_id)
        if child is None:
            return
        self._line.remember(text)
        self._state.show_child(child)
        self._status.say_preview("")
        if self._place.PLACE == "day":
            self._place.refresh_all()
        else:
            self._place.post_message(Go("day"))

    def _refuse(self, text: str, at: int, problem: LineProblem) -> None:
        if not self.saver.come_back(text, at, why=self._problem_words(problem)):
            return
        self._entered = text
        self._status.say_preview(self._problem(problem))
        self._status.say(_("Not done: the line above says why. What you typed is still there."), "due")

    async def _judge_and_save(self, text: str, at: int, plan: Plan, actor: Actor) -> None:
        findings = self.reader.findings(plan)
        if any(one.level == "error" for one in findings):
            if self.saver.come_back(text, at, plan, why=self.finding_words(findings)):
                self.say_not_saved(plan, findings)
            return
        accepted = self._accepted(text, findings)
        if findings and accepted is None:
            if self.saver.come_back(text, at, plan, why=self.finding_words(findings)):
                self.ask(text, plan, findings)
            return
        await self.saver.save(text, plan, accepted or frozenset(), actor)

    def say_not_saved(self, plan: Plan, findings: tuple[Finding, ...]) -> None:
        self.ways.refused()
        self._status.say_preview(self._plan(plan, findings))
        if any(one.rule in PARENT_RULES - {NOT_SENDABLE} and one.level == "error" for one in findings):
            self._status.explain(_("Not saved: ctrl+t keeps it for the staff, or say it otherwise."), "danger")
        else:
            self._status.say(_("Not saved: the line above says why. What you typed is still there."), "danger")

    def _accepted(self, text: str, findings: tuple[Finding, ...]) -> frozenset[tuple[str, str]] | None:
        """The warnings this line was already asked about, if those are all there are."""
        if self._asked is None or self._asked[0] != text:
            return None
        return self._asked[1] if {(one.rule, one.child_id) for one in findings} <= self._asked[1] else None

    def ask(self, text: str, plan: Plan, findings: tuple[Finding, ...]) -> None:
        """Shows warnings; the same line and Enter again answers them."""
        self._asked = (text, frozenset((one.rule, one.child_id) for one in findings))
        questions = questions_content(findings, self.reader.names(), self._room())
        self._status.say_preview(questions or self._plan(plan, findings))
        if any(one.rule in PARENT_RULES for one in findings):
            self._status.say(_("Enter again: parents read it all the same."), "due", hint=way_of_staff())
        else:
            self._status.say(_("Enter again saves it all the same; Esc clears the line."), "due")

    def _put_back(self, text: str, at: int | None = None) -> None:
        """Puts a line back on the line, unless something else was typed there meanwhile: then Up brings it back."""
        if self._line.value:
            self._line.remember(text)
        else:
            # quietly: the change would be told after the refusal, and wipe out what that asks or says
            self._line.put(text, at=at, quietly=True)

    def _problem_words(self, problem: LineProblem) -> str:
        return problem_words(problem, self._state.language)

    def finding_words(self, findings: tuple[Finding, ...]) -> str:
        return finding_words(findings[0], self.reader.names())

    def _open_grid(self, text: str, grid: Grid) -> None:
        """Asks for each child's own value; the line stays typed until they are saved."""

        def closed(result: tuple[Saved, str] | None) -> None:
            if result is None:
                self.show_preview()
                return
            saved, words = result
            if self._line.value == text:
                self._line.put("", quietly=True)
            self.saver.show_saved(text, words, saved)

        target = self.target
        sheet = ValueGridSheet(
            self._state, grid, text, self.reader.names(), judge=target.findings, write=target.write
        )  # fmt: skip
        self._place.app.push_screen(sheet, closed)

    # -- other days, words and lines begun -----------------------------------------------------------------------

    async def is_locked(self) -> bool:
        """Another day has to be unlocked first: asks for the name, and what was typed stays."""
        if self._state.locked:
            await self._place.do(commands.BY_ID["unlock"])
        return self._state.locked

    def _turn_to(self, day: date, text: str) -> None:
        """Shows the day a line names; what stands behind it stays typed, to be seen against that day first."""
        rest = re.sub(r"(^|\s)@[^\s;]*[\s;]*", " ", text, count=1).strip()  # the first one: an @ behind it is a word
        self._state.show_day(day)
        self._line.remember(text)
        if not self._line.value:
            self._line.put(rest, quietly=True)
        self._place.refresh_all()
        self.show_preview()
        if rest:
            text = _("Now {day} is shown: Enter again does the line on that day.").format(day=long_day(day))
            self._status.say(text, "due")
        else:
            self._status.say("")

    async def _do_word(self, word: CommandWord) -> None:
        """A word that is no entry."""
        if word.name == "day":
            self._turn_to(date.fromisoformat(word.args), "")
            return
        command = commands.BY_WORD.get(word.name)
        if command is None or not command.at(self._place.PLACE):
            self._status.say(_("That word does nothing on this screen. ctrl+p lists what does."), "due")
            return
        if word.children:
            self._place.point_at(word.children[0])
        await self._place.do(command, word.args)

    def begin_line_about(self, child: Child) -> None:
        """Begins a line about a child: what was just heard is to be written down. A line that stands there stays."""
        if self._line.value:
            return
        if not self._line.letters:
            self._place.open_line()
        others = [one.child for one in self.target.days() if one.child.id != child.id]
        self._line.put(f"{short_names([*others, child])[child.id]} ")
