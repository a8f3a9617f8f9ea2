"""The value grid over a place: a value for each child, one Enter, one act that can be taken back."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from kindertui.data import drafts
from kindertui.data.act import Actor
from kindertui.data.daylog import NotLogged, Saved
from kindertui.domain.entry import STILL_ASLEEP, CellProblem, Grid, GridRead, Plan, grid_plan
from kindertui.domain.entry.words import no_sleep_words
from kindertui.domain.faults import DatabaseFault, Refused
from kindertui.domain.plausibility import Finding
from kindertui.i18n import _, ngettext
from kindertui.phrases.entry import grid_title, hole_word, problem_words, step_words
from kindertui.phrases.plausibility import finding_words
from kindertui.phrases.refused import sentence
from kindertui.screens.app_state import AppState
from kindertui.text import content
from kindertui.widgets.key_line import KeyLine
from kindertui.widgets.table import Cell
from kindertui.widgets.value_grid import Hole, ValueGrid

PLACE = "grid"  # where what was typed is kept, when the screen is locked or the program ends
_WIDTHS = {"times": 11, "start": 5, "end": 5, "amount": 12, "content": 11, "text": 40}

Write = Callable[[Plan, frozenset[tuple[str, str]], Actor], Future[Saved]]
Judge = Callable[[Plan], tuple[Finding, ...]]


class ValueGridSheet(ModalScreen["tuple[Saved, str] | None"]):
    """Gives what was saved and a few words for it, or None on Esc. `judge` is plausibility, `write` saves."""

    DEFAULT_CSS = """
    ValueGrid { height: auto; background: $panel; scrollbar-size-vertical: 1; }
    .grid--value { background: $background; }
    .grid--caret { background: $tone-accent; color: $background; }
    #grid-said { height: auto; min-height: 3; padding: 1 0 0 0; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [("escape", "back", "")]

    def __init__(
        self, state: AppState, grid: Grid, line: str, names: Mapping[str, str], *, judge: Judge, write: Write
    ) -> None:
        super().__init__()
        self._state, self._grid, self._line = state, grid, line
        self._names = names
        self._judge, self._write = judge, write
        self._asked: frozenset[tuple[str, str]] | None = None
        self._saving = False
        self._kept = ""
        self._roster = state.entry_roster(None, days=state.days_of(grid.children))

    def compose(self) -> ComposeResult:
        named = [(child_id, self._names.get(child_id, "?")) for child_id in self._grid.children]
        self._name_width = min(24, max(8, *(len(name) for _id, name in named)))
        with Vertical(classes="sheet grid"):
            yield Static(content(grid_title(self._grid, len(named))), classes="sheet-title", markup=False)
            yield ValueGrid(named, self._holes(), name=_("child"), width=self._name_width)
            yield Static(id="grid-said", markup=False)
            yield KeyLine(self._keys())

    def _holes(self) -> list[Hole]:
        """The columns, as wide as the window lets them be."""
        room = min(self.app.size.width, 112) - 6 - self._name_width
        return [Hole(hole_word(hole), self._width(hole, room), words=hole == "text") for hole in self._grid.holes]

    def _width(self, hole: str, room: int) -> int:
        others = sum(_WIDTHS[one] + 1 for one in self._grid.holes if one != "text")
        return max(12, min(60, room - others - 4)) if hole == "text" else _WIDTHS[hole]

    def _keys(self) -> str:
        keys = [_("↓ next"), _("= as above")]
        if self._asks_when_woken:
            keys.append(_("- still asleep"))
        keys += [_("Enter saves"), _("Esc back")]
        if self._grid.verb == "sleep" and self._grid.holes[0] != "text":  # where there is room for it
            said = [*keys[:-2], f"{no_sleep_words(self._state.language)[0]}: " + _("did not sleep"), *keys[-2:]]
            keys = said if cell_len("   ".join(said)) <= self.app.size.width - 8 else keys
        return "   ".join(keys)

    @property
    def _asks_when_woken(self) -> bool:
        grid = self._grid
        return grid.verb == "woke" or (grid.holes[-1] == "end" and grid.kind == "sleep")

    @property
    def grid(self) -> ValueGrid:
        return self.query_one(ValueGrid)

    def on_mount(self) -> None:
        self._fit()
        self.grid.focus()
        self._bring_back()
        self._tell_row()

    def on_resize(self) -> None:
        self._fit()
        self._tell_row()

    def _fit(self) -> None:
        """As many rows as there is room for beside what is said and the keys."""
        self.grid.styles.height = min(len(self._grid.children) + 1, max(4, self.app.size.height - 9))
        self.grid.fit(self._holes())

    # -- what is typed ---------------------------------------------------------------------------------------------

    def on_value_grid_changed(self, event: ValueGrid.Changed) -> None:
        event.stop()
        self._asked = None
        self._look_at(event.key)
        self._tell_row()

    def on_value_grid_moved(self, event: ValueGrid.Moved) -> None:
        event.stop()
        self._tell_row()

    def _look_at(self, child_id: str) -> None:
        """Says behind a row what it means now."""
        found = self._read({child_id: self.grid.values[child_id]})
        if (wrong := found.problems.get(child_id)) is not None:
            problem = wrong.problem
            words = problem_words(problem, self._state.language)
            self.grid.tell(
                child_id, Cell(("" if problem.incomplete else "✗ ") + words, "dim" if problem.incomplete else "danger")
            )
        elif found.plan is None:  # an empty row, or one who has not woken: nothing is written for her
            asleep = self._asks_when_woken and STILL_ASLEEP in self.grid.values[child_id]
            self.grid.tell(child_id, Cell(_("still asleep") if asleep else "", "dim"))
        else:
            findings = self._judge(found.plan)
            self.grid.tell(child_id, self._told(child_id, findings) or Cell(self._means(child_id, found.plan), "dim"))

    def _told(self, child_id: str, findings: tuple[Finding, ...]) -> Cell | None:
        one = next((one for one in findings if one.child_id == child_id), None)
        if one is None:
            return None
        sign, tone = ("✗ ", "danger") if one.level == "error" else ("! ", "due")
        return Cell(sign + finding_words(one, {}), tone)

    def _means(self, child_id: str, plan: Plan) -> str:
        step = plan.parts[0]
        assert not isinstance(step, Grid)
        return "" if self._grid.holes == ("text",) else step_words(step, self._state.now(), self._state.language)  # type: ignore[arg-type]

    def _read(self, values: Mapping[str, tuple[str, ...]]) -> GridRead:
        state = self._state
        typed = (*self._grid.pieces, *(cell for cells in values.values() for cell in cells))
        recall = state.recall(self._roster) if any("&" in text for text in typed) else None
        return grid_plan(
            self._grid, values, self._roster, state.now(), state.language, state.short_words, recall=recall
        )

    def _tell_row(self) -> None:
        """Under the rows: how many are filled in, and in full what the row under the cursor was told."""
        if self._asked is not None:
            return
        grid = self.grid
        told = grid.told(grid.key)
        said = told.text if told.tone == "dim" else told.text[2:]
        if said and (told.tone != "dim" or not grid.roomy):  # in full: behind the row there may be no room for it
            self._say(f"{self._names.get(grid.key, '?')}: {said}", told.tone)
            return
        values = grid.values
        filled = sum(any(value.strip() for value in row) for row in values.values())
        left = len(values) - filled
        text = ngettext("{n} filled in", "{n} filled in", filled).format(n=filled)
        if left:
            text += ", " + ngettext("{n} is skipped", "{n} are skipped", left).format(n=left)
        self._say(text, "dim")

    def _say(self, text: str, tone: str) -> None:
        self.query_one("#grid-said", Static).update(content(text, f"$tone-{tone}"))

    def on_value_grid_refusal(self, event: ValueGrid.Refusal) -> None:
        event.stop()
        self._say(
            {
                "paste_lines": _("Not pasted: it has more than one line. Paste one line at a time; nothing was done."),
                "paste_long": _("Not taken in: one value holds 300 characters. Type a shorter one."),
            }[event.rule],
            "due",
        )

    # -- saving ----------------------------------------------------------------------------------------------------

    def on_value_grid_entered(self, event: ValueGrid.Entered) -> None:
        event.stop()
        actor = self._state.actor
        if self._saving or actor is None:
            return
        read = self._read(self.grid.values)
        if read.problems:
            self._stop_at(read.problems)
            return
        if read.plan is None:
            self._say(_("Nothing is filled in: type a value, or Esc goes back."), "due")
            return
        findings = self._judge(read.plan)
        if any(one.level == "error" for one in findings):
            self._point(findings)
            return
        asked = frozenset((one.rule, one.child_id) for one in findings)
        if asked and not (self._asked is not None and asked <= self._asked):
            self._ask(findings)
            return
        self._saving = True
        self.run_worker(self._save(read.plan, self._asked or frozenset(), actor), exit_on_error=False)

    def _stop_at(self, problems: Mapping[str, CellProblem]) -> None:
        """A row that is unfinished or wrong is wrong now: Enter meant all of them."""
        for child_id, wrong in problems.items():
            self.grid.tell(child_id, Cell("✗ " + problem_words(wrong.problem, self._state.language), "danger"))
        first = next(child_id for child_id in self._grid.children if child_id in problems)
        self.grid.go(first, problems[first].cell)
        words = problem_words(problems[first].problem, self._state.language)
        self._say(_("Not saved. {name}: {why}").format(name=self._names.get(first, "?"), why=words), "danger")

    def _point(self, findings: tuple[Finding, ...]) -> None:
        for one in reversed(findings):
            if (told := self._told(one.child_id, (one,))) is not None:
                self.grid.tell(one.child_id, told)
        worst = next((one for one in findings if one.level == "error"), findings[0])
        self.grid.go(worst.child_id)
        self._say(_("Not saved. {why}").format(why=finding_words(worst, self._names)), "danger")

    def _ask(self, findings: tuple[Finding, ...]) -> None:
        self._point(findings)
        self._asked = frozenset((one.rule, one.child_id) for one in findings)
        more = f" (+{len(findings) - 1})" if len(findings) > 1 else ""
        asked = _("Enter again saves it all the same.")
        self._say(f"{finding_words(findings[0], self._names)}{more}  {asked}", "due")

    async def _save(self, plan: Plan, accepted: frozenset[tuple[str, str]], actor: Actor) -> None:
        try:
            saved = await asyncio.shield(asyncio.wrap_future(self._write(plan, accepted, actor)))
        except NotLogged as refusal:
            if all(one.level == "warning" for one in refusal.findings):
                self._ask(refusal.findings)
            else:
                self._point(refusal.findings)
        except (DatabaseFault, Refused) as error:
            self._say(sentence(error), "danger")
        else:
            self._state.store.submit(drafts.keep, actor, PLACE, "")
            self._kept = ""
            n = len({child_id for part in plan.parts for child_id in part.children})
            self.dismiss((saved, grid_title(self._grid, n)))
        finally:
            self._saving = False

    # -- nothing is lost -------------------------------------------------------------------------------------------

    def keep_draft(self) -> bool:
        """Keeps what is typed under the person's name, with the line and the day it is for. Says whether it was new."""
        actor = self._state.actor
        if actor is None or self._saving:
            return False
        values = {child_id: row for child_id, row in self.grid.values.items() if any(row)}
        text = json.dumps([self._line, self._state.shown_day.isoformat(), values]) if values else ""
        if text == self._kept:
            return False
        self._kept = text
        self._state.store.submit(drafts.keep, actor, PLACE, text)
        return True

    def _bring_back(self) -> None:
        """Fills in what was typed into the same grid of the same day before, and not saved."""
        actor = self._state.actor
        kept = drafts.kept(self._state.store.reader, actor.staff_id, PLACE) if actor is not None else ""
        if not kept:
            return
        line, day, values = json.loads(kept)
        if (line, day) != (self._line, self._state.shown_day.isoformat()):
            return
        self._kept = kept
        self.grid.put(values)
        for child_id in values:
            if child_id in self._grid.children:
                self._look_at(child_id)

    def action_back(self) -> None:
        self.keep_draft()
        self.dismiss(None)
