"""The value grid over a place: a value for each child, one Enter, one act that can be taken back."""

import asyncio
import json
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future
from typing import ClassVar

from rich.cells import cell_len
from textual.binding import BindingType
from textual.widget import Widget
from textual.widgets import Static

from kindertui.data.act import Actor, new_id
from kindertui.data.daylog import NotLogged, Saved
from kindertui.domain.entry import STILL_ASLEEP, CellProblem, Grid, GridRead, Plan, grid_plan
from kindertui.domain.entry.words import no_sleep_words
from kindertui.domain.faults import DatabaseFault, Refused
from kindertui.domain.plausibility import Finding
from kindertui.i18n import _, ngettext
from kindertui.phrases.entry import problem_words, step_words
from kindertui.phrases.grid import grid_title, hole_word
from kindertui.phrases.plausibility import finding_words
from kindertui.screens.app_state import AppState
from kindertui.screens.drafts import SheetDraft
from kindertui.screens.sheets.sheet import Sheet
from kindertui.text import content
from kindertui.widgets.table import Cell
from kindertui.widgets.value_grid import Hole, ValueGrid

PLACE = "grid"  # of the draft: where what was typed is kept when the screen is locked or the program ends
_WIDTHS = {"times": 11, "start": 5, "end": 5, "amount": 12, "content": 11, "text": 40}

Write = Callable[[Plan, frozenset[tuple[str, str]], Actor, str], Future[Saved | None]]
Judge = Callable[[Plan], tuple[Finding, ...]]


class ValueGridSheet(Sheet[tuple[Saved, str] | None]):
    """Gives what was saved and a few words for it, or None on Esc. `judge` is plausibility, `write` saves."""

    DEFAULT_CSS = """
    ValueGrid { height: auto; background: $panel; scrollbar-size-vertical: 1; }
    .grid--value { background: $background; }
    .grid--caret { background: $tone-accent; color: $background; }
    #grid-note { height: auto; min-height: 3; padding: 1 0 0 0; }
    """

    BOX = "sheet grid"
    BINDINGS: ClassVar[list[BindingType]] = [("ctrl+t", "keep_for_staff", "")]

    def __init__(
        self, state: AppState, grid: Grid, line: str, names: Mapping[str, str], *, judge: Judge, write: Write
    ) -> None:
        super().__init__(grid_title(grid, len(grid.children)))
        self._state, self._grid, self._line = state, grid, line
        self._names = names
        self._judge, self._write = judge, write
        self._asked: frozenset[tuple[str, str]] | None = None
        self._saving = False
        self._failed: tuple[Plan, str] | None = None  # what the disk did not take, and the id of its act
        self._draft = SheetDraft(state, PLACE)
        self._roster = state.cache.entry_roster(None, days=state.cache.days_of(grid.children))

    def body(self) -> Iterable[Widget]:
        named = [(child_id, self._names.get(child_id, "?")) for child_id in self._grid.children]
        self._name_width = min(24, max(8, *(len(name) for _id, name in named)))
        yield ValueGrid(named, self._holes(), name=_("child"), width=self._name_width)
        yield Static(id="grid-note", markup=False)

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
        self.footer.show(self._keys())
        self._fit_grid()
        self.grid.focus()
        self._restore()
        self._say_row()

    def on_resize(self) -> None:
        self._fit_grid()
        self._say_row()

    def _fit_grid(self) -> None:
        """Shows as many rows as there is room for beside what is said and the keys."""
        self.grid.styles.height = min(len(self._grid.children) + 1, max(4, self.app.size.height - 9))
        self.grid.fit(self._holes())

    # -- what is typed ---------------------------------------------------------------------------------------------

    def on_value_grid_changed(self, event: ValueGrid.Changed) -> None:
        event.stop()
        self._asked = None
        self.judge_row(event.key)
        self._say_row()

    def on_value_grid_moved(self, event: ValueGrid.Moved) -> None:
        event.stop()
        self._say_row()

    def judge_row(self, child_id: str) -> None:
        """Says behind a row what it means now."""
        found = self._read({child_id: self.grid.values[child_id]})
        if (wrong := found.problems.get(child_id)) is not None:
            problem = wrong.problem
            words = problem_words(problem, self._state.language)
            note = Cell(words, "dim") if problem.incomplete else Cell(f"✗ {words}", "danger")
        elif found.plan is None:  # an empty row, or one who has not woken: nothing is written for her
            asleep = self._asks_when_woken and STILL_ASLEEP in self.grid.values[child_id]
            note = Cell(_("still asleep") if asleep else "", "dim")
        else:
            finding = next((one for one in self._judge(found.plan) if one.child_id == child_id), None)
            note = Cell(self._meaning(found.plan), "dim") if finding is None else _finding_note(finding)
        self.grid.set_note(child_id, note)

    def _meaning(self, plan: Plan) -> str:
        step = plan.parts[0]
        assert not isinstance(step, Grid)
        return "" if self._grid.holes == ("text",) else step_words(step, self._state.now(), self._state.language)  # type: ignore[arg-type]

    def _read(self, values: Mapping[str, tuple[str, ...]]) -> GridRead:
        state = self._state
        typed = (*self._grid.pieces, *(cell for cells in values.values() for cell in cells))
        recall = state.cache.recall(self._roster) if any("&" in text for text in typed) else None
        return grid_plan(
            self._grid, values, self._roster, state.now(), state.language, state.cache.short_words, recall=recall
        )

    def _say_row(self) -> None:
        """Says under the rows the note of the one under the cursor in full, or else how many are filled in."""
        if self._asked is not None:
            return
        grid = self.grid
        tone = grid.note.tone
        note = grid.note.text if tone == "dim" else grid.note.text[2:]
        if note and (tone != "dim" or not grid.roomy):  # in full: behind the row there may be no room for it
            self.say(f"{self._names.get(grid.key, '?')}: {note}", tone)
            return
        values = grid.values
        filled = sum(any(value.strip() for value in row) for row in values.values())
        left = len(values) - filled
        text = ngettext("{n} filled in", "{n} filled in", filled).format(n=filled)
        if left:
            text += ", " + ngettext("{n} is skipped", "{n} are skipped", left).format(n=left)
        self.say(text)

    def say(self, text: str, tone: str = "dim") -> None:
        """Says something between the rows and the keys."""
        self.query_one("#grid-note", Static).update(content(text, f"$tone-{tone}"))

    def on_value_grid_refusal(self, event: ValueGrid.Refusal) -> None:
        event.stop()
        self.say(
            {
                "paste_lines": _("Not pasted: it has more than one line. Paste one line at a time; nothing was done."),
                "paste_long": _("Not taken in: one value holds 300 characters. Type a shorter one."),
            }[event.rule],
            "due",
        )

    def action_keep_for_staff(self) -> None:
        """Puts a mark before the words of the row: no parent reads them."""
        key, row = self.grid.key, self.grid.values[self.grid.key]
        marked = tuple(
            f"! {cell.lstrip()}" if hole == "text" and cell.strip() and not cell.lstrip().startswith("!") else cell
            for hole, cell in zip(self._grid.holes, row, strict=True)
        )
        if marked == row:
            self.say(_("No words are typed in this row. To keep the line itself, Esc, and ! before its words."), "due")
            return
        self.grid.put({key: marked})
        self._asked = None
        self.judge_row(key)
        self._say_row()

    # -- saving ----------------------------------------------------------------------------------------------------

    def on_value_grid_entered(self, event: ValueGrid.Entered) -> None:
        event.stop()
        actor = self._state.actor
        if self._saving or actor is None:
            return
        read = self._read(self.grid.values)
        if read.problems:
            self._show_problems(read.problems)
            return
        if read.plan is None:
            self.say(_("Nothing is filled in: type a value, or Esc goes back."), "due")
            return
        findings = self._judge(read.plan)
        if any(one.level == "error" for one in findings):
            self._show_findings(findings)
            return
        asked = frozenset((one.rule, one.child_id) for one in findings)
        if asked and not (self._asked is not None and asked <= self._asked):
            self._ask(findings)
            return
        self._saving = True
        self.run_worker(self._save(read.plan, self._asked or frozenset(), actor), exit_on_error=False)

    def _show_problems(self, problems: Mapping[str, CellProblem]) -> None:
        """Marks every row that is unfinished or wrong, as Enter meant all of them, and goes to the first."""
        for child_id, wrong in problems.items():
            self.grid.set_note(child_id, Cell("✗ " + problem_words(wrong.problem, self._state.language), "danger"))
        first = next(child_id for child_id in self._grid.children if child_id in problems)
        self.grid.go(first, problems[first].cell)
        words = problem_words(problems[first].problem, self._state.language)
        self.say(_("Not saved. {name}: {why}").format(name=self._names.get(first, "?"), why=words), "danger")

    def _show_findings(self, findings: tuple[Finding, ...]) -> None:
        for one in reversed(findings):
            self.grid.set_note(one.child_id, _finding_note(one))
        worst = next((one for one in findings if one.level == "error"), findings[0])
        self.grid.go(worst.child_id)
        self.say(_("Not saved. {why}").format(why=finding_words(worst, self._names)), "danger")

    def _ask(self, findings: tuple[Finding, ...]) -> None:
        self._show_findings(findings)
        self._asked = frozenset((one.rule, one.child_id) for one in findings)
        more = f" (+{len(findings) - 1})" if len(findings) > 1 else ""
        asked = _("Enter again saves it all the same.")
        self.say(f"{finding_words(findings[0], self._names)}{more}  {asked}", "due")

    async def _save(self, plan: Plan, accepted: frozenset[tuple[str, str]], actor: Actor) -> None:
        # the same once more, under the id it was given at first: it may be on the disk although that gave an error
        act = self._failed[1] if self._failed is not None and self._failed[0] == plan else new_id()
        try:
            saved = await asyncio.shield(asyncio.wrap_future(self._write(plan, accepted, actor, act)))
        except NotLogged as refusal:
            if all(one.level == "warning" for one in refusal.findings):
                self._ask(refusal.findings)
            else:
                self._show_findings(refusal.findings)
        except (DatabaseFault, Refused) as error:
            self._failed = (plan, act)
            self.failed(error)
        else:
            self._draft.drop()
            n = len({child_id for part in plan.parts for child_id in part.children})
            self.dismiss((saved or Saved(act), grid_title(self._grid, n)))
        finally:
            self._saving = False

    # -- nothing is lost -------------------------------------------------------------------------------------------

    def keep_draft(self) -> bool:
        """Keeps what is typed under the person's name, with the line and the day it is for. Says whether it was new."""
        if self._saving:
            return False
        values = {child_id: row for child_id, row in self.grid.values.items() if any(row)}
        return self._draft.keep(json.dumps([self._line, self._state.shown_day.isoformat(), values]) if values else "")

    def _restore(self) -> None:
        """Fills in what was typed into the same grid of the same day before, and not saved."""
        if not self._draft.text:
            return
        line, day, values = json.loads(self._draft.text)
        if (line, day) != (self._line, self._state.shown_day.isoformat()):
            self._draft.text = ""  # another grid's draft: it stays until something is typed into this one
            return
        self.grid.put(values)
        for child_id in values:
            if child_id in self._grid.children:
                self.judge_row(child_id)

    def action_back(self) -> None:
        self.keep_draft()
        self.dismiss(None)


def _finding_note(finding: Finding) -> Cell:
    sign, tone = ("✗ ", "danger") if finding.level == "error" else ("! ", "danger" if finding.weight == 1 else "due")
    return Cell(sign + finding_words(finding, {}), tone)
