"""The absences: who nobody told us about, what was reported and asked, and what a decision on it would mean."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import ClassVar, Literal

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from kindertui.commands import Place, State
from kindertui.data import absences, drafts, queries
from kindertui.data.queries import absences as absence_queries
from kindertui.domain.absences import Absence, AbsenceKind, AbsenceState
from kindertui.domain.attendance import NoShow
from kindertui.domain.faults import DatabaseFault, Refused
from kindertui.domain.people import Child
from kindertui.domain.plausibility import Finding
from kindertui.i18n import _, ngettext
from kindertui.phrases import absences as words
from kindertui.phrases import attendance
from kindertui.phrases.parents import parents_words
from kindertui.screens.app_state import AppState
from kindertui.screens.child_commands import show_call_list
from kindertui.screens.drafts import SheetDraft
from kindertui.screens.place import Action
from kindertui.screens.places.command_place import CommandPlace
from kindertui.screens.requests import Go
from kindertui.screens.sheets.audience import Audience, named
from kindertui.screens.sheets.confirm import ConfirmSheet, Reason
from kindertui.screens.sheets.read import ReadSheet
from kindertui.text import Line, content, lines_content
from kindertui.widgets.inbox import inbox_columns, missing_row, report_row
from kindertui.widgets.report import Report, hour_rows, report_content, report_lines, rule_lines, sick_until, wanted_day
from kindertui.widgets.table import BLANK, RowTable, text_row

Choice = Literal["acknowledge", "approve", "refuse", "withdraw"]
_AFTER: Mapping[Choice, AbsenceState] = {
    "acknowledge": "acknowledged", "approve": "approved", "refuse": "refused", "withdraw": "withdrawn",
}  # fmt: skip
WIDE = 104  # from here the channel has a column and dates are spelled out
_BACK = timedelta(days=28)  # how far back `v` looks (house rule)
_SAY_OTHERWISE = ("reason_guarded", "reason_blocked", "not_sendable")  # refusals that another reason may answer
_MISSING = "missing "  # what the key of a child nobody told us about begins with; an id holds no space
# Requests that bring a child to a day it is not booked for: the hours of that day are shown before anybody decides.
_BRINGS: frozenset[AbsenceKind] = frozenset({"extra_day", "swap_day", "flexible_hours"})


class AbsencesScreen(CommandPlace):
    """A row a report, those that wait first; below it the one under the cursor in full."""

    DEFAULT_CSS = """
    #inbox-head { height: 1; }
    #inbox { margin: 1 0 0 0; }
    #report {
        height: auto; max-height: 62%; border-top: solid $tone-line; padding: 0 1; scrollbar-size-vertical: 1;
        scrollbar-color: $tone-line; scrollbar-background: $background;
    }
    #report-text { height: auto; }
    """

    PLACE: ClassVar[Place] = "absences"

    def __init__(self, state: AppState) -> None:
        super().__init__(state)
        self._everything = False
        self._reports: dict[str, Absence] = {}
        self._missing: dict[str, NoShow] = {}
        self._guarded: tuple[str, Choice, str] | None = None  # a reason, and that what the guard found in it was said

    def body(self) -> Iterable[Widget]:
        yield Static(id="inbox-head", markup=False)
        yield RowTable(id="inbox")
        yield VerticalScroll(Static(id="report-text", markup=False), id="report", can_focus=False)

    def command_state(self) -> State:
        report = self._report()
        return State(
            self.PLACE,
            row=self.table.cursor is not None,
            reported=report is not None,
            waits=report is not None and report.waits,
            request=report is not None and report.nature == "request",
        )

    def actions(self) -> Mapping[str, Action]:
        return {
            **super().actions(),
            "enter": self._open_row,
            "show_all": self._show_all,
            "read_on": self._read_on,
            "call_list": self._call_list,
            "acknowledge": lambda: self._choose("acknowledge"),
            "approve": lambda: self._choose("approve"),
            "refuse": lambda: self._choose("refuse"),
            "withdraw": lambda: self._choose("withdraw"),
        }

    def child_under_cursor(self) -> str | None:
        key = self.table.cursor or ""
        if key.startswith(_MISSING):
            return key.removeprefix(_MISSING)
        return report.child_id if (report := self._report()) else None

    def _report(self) -> Absence | None:
        return self._reports.get(self.table.cursor or "")

    # -- what is shown -------------------------------------------------------------------------------------------

    def show(self) -> None:
        state, now = self.state, self.state.now()
        db, zone = state.store.reader, state.zone
        state.cache.read()
        waiting = absence_queries.inbox(db, zone, states=("new",))
        rest: tuple[Absence, ...] = ()
        if self._everything:
            recent = absence_queries.inbox(db, zone, first=now.date() - _BACK)
            rest = tuple(one for one in recent if not one.waits)
        missing = absence_queries.no_shows(db, now, zone, state.policy)
        self._reports = {one.id: one for one in (*waiting, *rest)}
        self._missing = {_MISSING + one.day.child.id: one for one in missing}
        self.query_one("#inbox-head", Static).update(self._head(len(waiting), len(missing)))
        rows = [missing_row(key, one) for key, one in self._missing.items()]
        if rows and self._reports:
            rows.append(BLANK)
        wide = self.app.size.width >= WIDE
        rows += [report_row(one, self._child(one), now, wide=wide) for one in self._reports.values()]
        self.table.show(inbox_columns(wide=wide), rows or [BLANK, text_row(self._empty(), "dim")])
        self._show_report()

    def _head(self, waiting: int, missing: int) -> Content:
        parts = []
        if missing:
            text = ngettext("{n} child nobody told us about", "{n} children nobody told us about", missing)
            parts.append(content(text.format(n=missing), "bold $tone-danger"))
        if waiting:
            parts.append(content(ngettext("{n} waits", "{n} wait", waiting).format(n=waiting), "bold $tone-accent"))
        if self._everything:
            parts.append(content(_("and everything of the last four weeks"), "$tone-dim"))
        if not parts:
            parts.append(content(_("nothing waits"), "$tone-dim"))
        if not self._everything and self.app.size.width >= WIDE and (until := sick_until(self.state.policy)):
            parts.append(content(until, "$tone-dim"))
        return Content.assemble("  ", Content("  ·  ").join(parts))

    def _empty(self) -> str:
        if self._everything:
            return _("Nothing was reported in the last four weeks.")
        return _("Nothing waits, and nobody is missed. v shows earlier ones; : writes a call down.")

    def _child(self, report: Absence) -> Child | None:
        return queries.child(self.state.store.reader, report.child_id)

    def _full(self, report: Absence) -> Report | None:
        state, child = self.state, self._child(report)
        if child is None:
            return None
        group = state.group_name(child.group_id)
        if child.group_id is None or not (report.waits and report.nature == "request" and report.kind in _BRINGS):
            return Report(report, child, group)
        hours = absence_queries.places(
            state.store.reader, child.group_id, wanted_day(report), state.zone, state.policy, report
        )
        return Report(report, child, group, hours)

    def _show_report(self) -> None:
        """What is under the cursor, below the list; and the keys that do something with it."""
        pane, key = self.query_one("#report", VerticalScroll), self.table.cursor or ""
        report, missing = self._report(), self._missing.get(key)
        text = Content("")
        if missing is not None:
            text = lines_content([(attendance.no_show(missing), "plain")])
        elif report is not None and (full := self._full(report)) is not None:
            text = report_content(full, self.state.policy, self.state.now().date())
        self.query_one("#report-text", Static).update(text)
        pane.display = bool(text)
        pane.scroll_home(animate=False)
        self.show_keys()

    # -- moving --------------------------------------------------------------------------------------------------

    def cursor_moved(self) -> None:
        self._show_report()

    def _open_row(self) -> None:
        """Opens the day of the child under the cursor."""
        if self._take_child():
            self.post_message(Go("day"))

    def _take_child(self) -> bool:
        """The child under the cursor becomes the one all screens are about."""
        state, child_id = self.state, self.child_under_cursor()
        child = queries.child(state.store.reader, child_id) if child_id else None
        if child is None:
            return False
        state.show_child(child)
        return True

    def _show_all(self) -> None:
        self._everything = not self._everything
        self.show()

    def _read_on(self) -> None:
        """The whole of a report that is longer than the room below the list."""
        report, missing = self._report(), self._missing.get(self.table.cursor or "")
        if missing is not None:
            self.app.push_screen(ReadSheet(missing.day.child.full_name, [(attendance.no_show(missing), "plain")]))
        elif report is not None and (full := self._full(report)) is not None:
            lines = report_lines(full, self.state.policy, self.state.now().date())
            lines += [(row.plain, "plain") for row in hour_rows(full)]
            lines += rule_lines(full, self.state.policy)
            self.app.push_screen(ReadSheet(lines[0][0], lines[1:]))

    async def _call_list(self) -> None:
        if self._take_child():
            await show_call_list(self, "")

    # -- deciding ------------------------------------------------------------------------------------------------

    def _choose(self, choice: Choice) -> None:
        if (report := self._report()) is not None:
            self._ask(report, choice)

    def _ask(self, report: Absence, choice: Choice, typed: str = "") -> None:
        """Shows what a decision says and to whom; Enter decides. `typed` is a reason that could not be saved before."""
        if (child := self._child(report)) is None:
            return
        today, policy = self.state.now().date(), self.state.policy
        question = _titles()[choice].format(
            name=child.full_name, what=f"{words.absence_kind(report.kind)}, {words.period(report, today)}"
        )
        needed = choice == "refuse" or (choice == "approve" and policy.absences[report.kind].needs_motivation)

        def said(reason: str) -> Line:
            told = words.read_as(_AFTER[choice], reason)
            found = self._found(report, reason)
            return (f"{told}  ! {parents_words(found[0])}", "due") if found else (told, "strong")

        def against(reason: str) -> str:
            return self._against(report, choice, reason)

        async def answered(reason: str | None) -> None:
            if reason is not None:
                await self._decide(report, choice, reason)

        why = _("A reason is needed here, the parents read it. Esc leaves it undecided.") if needed else ""
        draft = SheetDraft(self.state, _place(report, choice))
        field = Reason(said, missing=why, against=against, value=typed, draft=draft)
        told: Line = (words.read_by(named(self.state, Audience("child", child.id))), "plain")
        lines = [*self._about(report, choice), told]
        self.app.push_screen(ConfirmSheet(question, lines, does=_does()[choice], reason=field), answered)

    def _found(self, report: Absence, reason: str) -> tuple[Finding, ...]:
        """What speaks against the parents reading a reason."""
        return self.state.cache.guard.text(reason, report.child_id) if reason else ()

    def _against(self, report: Absence, choice: Choice, reason: str) -> str:
        """Why a reason is not sent; one that is only warned of is, once Enter was pressed on it again."""
        found = self._found(report, reason)
        if not found or self._guarded == (report.id, choice, reason):
            return ""
        said = " ".join(parents_words(one) for one in found)
        if any(one.level == "error" for one in found):
            return said
        self._guarded = (report.id, choice, reason)
        return f"{said} " + _("Enter again: parents read it all the same.")

    def _about(self, report: Absence, choice: Choice) -> list[Line]:
        """What a decision has to be made with: what was said, and the staff it would ask for."""
        lines: list[Line] = [(f"“{report.text}”", "plain")] if report.text else []
        if choice == "approve" and (full := self._full(report)) is not None:
            lines += [(sentence, "due") for sentence in attendance.consequence(full.hours)]
        return [*lines, *([("", "plain")] if lines else [])]

    async def _decide(self, report: Absence, choice: Choice, reason: str = "") -> None:
        state, actor = self.state, self.state.actor
        if actor is None:
            return
        place, policy = _place(report, choice), state.policy
        # the same reason once more: what the guard found in it was read
        override = self._guarded == (report.id, choice, reason)
        try:
            if choice == "withdraw":
                withdraw = drafts.settling(absences.withdraw, place)
                done = await state.store.run(withdraw, actor, report.id, reason, policy=policy, override=override)
            else:
                decide = drafts.settling(absences.decide, place)
                done = await state.store.run(decide, actor, report.id, choice, reason, policy=policy, override=override)
        except (DatabaseFault, Refused) as error:
            self.refresh_all()
            self.failed(error)
            if isinstance(error, Refused) and error.rule == "reason_guarded":
                self._guarded = (report.id, choice, reason)
            if reason and (isinstance(error, DatabaseFault) or error.rule in _SAY_OTHERWISE):
                self._ask(report, choice, reason)
            return
        self._guarded = None
        state.drafts.forget(actor.staff_id, place)
        name = child.full_name if (child := self._child(done)) else "?"
        self.status.saved(f"{name} {words.absence_kind(done.kind)}: {words.state(done.state)}")
        self.refresh_all()


def _titles() -> dict[Choice, str]:
    return {
        "acknowledge": _("Acknowledge this? {name}: {what}"),
        "approve": _("Approve this? {name}: {what}"),
        "refuse": _("Refuse this? {name}: {what}"),
        "withdraw": _("Withdraw this? {name}: {what}"),
    }


def _does() -> dict[Choice, str]:
    return {
        "acknowledge": _("acknowledges it"),
        "approve": _("approves it"),
        "refuse": _("refuses it"),
        "withdraw": _("withdraws it"),
    }


def _place(report: Absence, choice: Choice) -> str:
    """Where a reason is kept while it is typed."""
    return f"ask:{choice}:{report.id}"
