"""The portal: what is still missing before an export, what waits, what left, what became of it, what was kept apart."""

import asyncio
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import ClassVar

from textual.widget import Widget

from kindertui.commands import Place, State
from kindertui.data import backup, queries
from kindertui.data.queries import completeness
from kindertui.data.queries import portal as portal_queries
from kindertui.domain.delivery import BundleLeft, Delivered, Quarantined, Waiting
from kindertui.domain.due import Gap
from kindertui.domain.faults import DatabaseFault, Refused, fault_of_file
from kindertui.i18n import _, ngettext
from kindertui.phrases import moment
from kindertui.phrases.backup import last_backup
from kindertui.phrases.due import gap_words
from kindertui.phrases.portal import delivery_state, exported, held_back, incoming_kind, not_kept, problem_words
from kindertui.phrases.refused import quarantine_words
from kindertui.screens.drafts import SheetDraft
from kindertui.screens.place import Action
from kindertui.screens.places.command_place import CommandPlace
from kindertui.screens.sheets.ask import AskSheet
from kindertui.screens.sheets.confirm import ConfirmSheet
from kindertui.screens.sheets.missing import jump
from kindertui.screens.sheets.read import ReadSheet
from kindertui.screens.support.file_names import completed
from kindertui.screens.support.key_queue import BACKGROUND
from kindertui.widgets.table import BLANK, Cell, Column, Row, RowTable, text_row


class PortalScreen(CommandPlace):
    """Rows by matter; Enter on something that is missing jumps to the child, on a line that was kept apart shows it."""

    PLACE: ClassVar[Place] = "portal"
    _apart: dict[str, Quarantined]
    _gaps: dict[str, Gap]
    _backup_told = "…"

    def body(self) -> Iterable[Widget]:
        yield RowTable(id="matters", heads=False)

    def command_state(self) -> State:
        cursor = self.table.cursor
        apart = cursor in self._apart
        return State(self.PLACE, row=cursor is not None, to_export=self._waiting().records, apart=apart)

    def actions(self) -> Mapping[str, Action]:
        return {
            **super().actions(),
            "enter": self._open_row,
            "sort_out": self._ask_sort_out,
            "export": self._ask_export,
            "take_in": self._ask_take_in,
            "back_up": self._back_up,
            "restore": self._restore,
        }

    def child_under_cursor(self) -> str | None:
        gap = self._gaps.get(self.table.cursor or "")
        return gap.child.id if gap else None

    def _waiting(self) -> Waiting:
        return portal_queries.waiting(self.state.store.reader, self.state.policy)

    def show(self) -> None:
        db, zone = self.state.store.reader, self.state.zone
        self._apart = {one.id: one for one in portal_queries.quarantine(db, zone)}
        refused = portal_queries.delivered(db, "refused", zone, limit=20)
        left = [_bundle_row(one) for one in portal_queries.bundles(db, zone, limit=20)]
        matters = (
            (_("waits for the next bundle"), self._waiting_rows()),
            (_("backup"), [self._backup_row()]),
            (_("came in and was kept apart"), [self._apart_row(one) for one in self._apart.values()]),
            (_("refused by the portal"), [self._refused_row(one) for one in refused]),
            (_("missing before it goes"), self._missing_rows()),
            (_("left"), left or [text_row("  " + _("No bundle was made yet."), "dim")]),
        )
        rows = [row for title, found in matters if found for row in (BLANK, text_row(title, "dim"), *found)][1:]
        self.table.show((Column("", 26 if self.app.size.width >= 104 else 22), Column("", 14), Column("", 0)), rows)
        self.show_keys()

    def _waiting_rows(self) -> list[Row]:
        waiting = self._waiting()
        counts = (
            (waiting.entries, ngettext("{n} entry of the day log", "{n} entries of the day log", waiting.entries)),
            (waiting.absences, ngettext("{n} absence", "{n} absences", waiting.absences)),
            (waiting.messages, ngettext("{n} message", "{n} messages", waiting.messages)),
            (waiting.consents, ngettext("{n} consent", "{n} consents", waiting.consents)),
            (waiting.retractions, ngettext("{n} taken away here", "{n} taken away here", waiting.retractions)),
        )
        told = ", ".join(text.format(n=count) for count, text in counts if count)
        if not told:
            return [text_row("  " + _("Nothing changed since the last bundle."), "dim")]
        return [text_row(f"  {told}  ·  " + _("e writes them into a bundle"), "due")]

    def _backup_row(self) -> Row:
        """When the last backup was made, as far as it is known: the folder may lie on a slow disk."""
        self.run_worker(self._look_for_backups(), name="backups", group=BACKGROUND, exclusive=False)
        return text_row("  " + self._backup_told, "dim")

    async def _look_for_backups(self) -> None:
        try:
            found = await asyncio.to_thread(backup.last_made, self.state.store.locations)
            told = last_backup(found.astimezone(self.state.zone) if found else None) + "  ·  " + _("b makes one")
        except (DatabaseFault, Refused):  # its disk is not here, say
            told = _("The backups cannot be seen  ·  b says why")
        if told != self._backup_told:
            self._backup_told = told
            if self.is_running:
                self.show()

    def _back_up(self) -> None:
        from kindertui.screens.backups import back_up  # brings what opens envelopes

        back_up(self)

    async def _restore(self) -> None:
        from kindertui.screens.backups import ask_restore

        await ask_restore(self)

    def _missing_rows(self) -> list[Row]:
        """A row a child and day, whatever has not ended among it; its first matter is what Enter jumps to."""
        state, today = self.state, self.state.now().date()
        found = completeness.missing(
            state.store.reader, state.shown_day, state.zone, state.policy, state.now(), None, leaving=True
        )
        self._gaps = {}
        words: dict[str, list[str]] = {}
        for gap in found:
            key = f"child:{gap.child.id}:{gap.day}"
            self._gaps.setdefault(key, gap)
            words.setdefault(key, []).append(gap_words(gap, today))
        rows = [
            Row(key, (Cell(gap.child.full_name, "strong"), Cell(" · ".join(words[key]), "due")), wide=1)
            for key, gap in self._gaps.items()
        ]
        return rows or [text_row("  " + _("Nothing is missing."), "good")]

    def _apart_row(self, one: Quarantined) -> Row:
        why = Cell(quarantine_words(one.rule, one.args), "due")
        return Row(one.id, (Cell(moment(one.received_at), "dim"), Cell(incoming_kind(one.kind)), why))

    def _refused_row(self, one: Delivered) -> Row:
        child = queries.child(self.state.store.reader, one.child_id) if one.child_id else None
        cells = (
            Cell(child.full_name if child else "–"),
            Cell(incoming_kind(one.kind), "dim"),
            Cell(one.reason, "due"),
        )
        return Row(f"refused:{one.record_id}:{one.rev}", cells)

    def _open_row(self) -> None:
        key = self.table.cursor or ""
        if key in self._gaps:
            jump(self, self._gaps[key])
        elif key in self._apart:
            self.app.push_screen(ReadSheet(_("Kept apart, nothing was applied"), _apart_lines(self._apart[key])))

    def _ask_sort_out(self) -> None:
        """Shows the line once more and, on Enter, takes it off the list."""
        one = self._apart[self.table.cursor or ""]

        def answered(yes: str | None) -> None:
            if yes is not None:
                self.run_worker(self._sort_out(one), exit_on_error=False)

        sheet = ConfirmSheet(_("Has somebody seen to this?"), _apart_lines(one), does=_("takes it off the list"))
        self.app.push_screen(sheet, answered)

    async def _sort_out(self, one: Quarantined) -> None:
        from kindertui.data import delivery

        if self.state.actor is None:
            return
        try:
            await self.state.store.run(delivery.sort_out, self.state.actor, one.id)
        except (DatabaseFault, Refused) as error:
            self.failed(error)
            return
        self.refresh_all()
        self.status.say(_("Off the list: nothing of it was applied."), "good")

    async def _ask_export(self) -> None:
        waiting, missing = self._waiting(), len({gap.child.id for gap in self._gaps.values()})
        lines = [
            (_("{n} entries, {a} absences, {m} messages and {c} consents go into one bundle.").format(
                n=waiting.entries, a=waiting.absences, m=waiting.messages, c=waiting.consents), "plain"),
            (_("What is for the staff only, and health, stays here unless the profile lets it go."), "dim"),
        ]  # fmt: skip
        if waiting.retractions:
            text = ngettext(
                "{n} record that left before was taken away here: the bundle says so.",
                "{n} records that left before were taken away here: the bundle says so.",
                waiting.retractions,
            )
            lines.insert(1, (text.format(n=waiting.retractions), "plain"))
        if missing:
            text = ngettext("{n} child still misses something.", "{n} children still miss something.", missing)
            lines.append((text.format(n=missing), "due"))

        async def answered(yes: str | None) -> None:
            if yes is not None:
                await self._export()

        self.app.push_screen(ConfirmSheet(_("A bundle for the portal"), lines, does=_("writes it")), answered)

    async def _export(self) -> None:
        from kindertui.portal.bundle.write import export  # zip, schemas and pages: not on the way to the first frame

        state = self.state
        if state.actor is None:
            return
        out = state.store.locations.outbox
        try:
            out.mkdir(mode=0o700, parents=True, exist_ok=True)
            report = await asyncio.to_thread(export, state.store, state.actor, state.policy, out)
        except (DatabaseFault, Refused) as error:
            self.failed(error)
            return
        except OSError as error:
            self.failed(fault_of_file(error, str(out)))
            return
        self.refresh_all()
        self.status.say(exported(report.records, str(report.path)), "good")
        if report.held_back:
            self.status.say_preview(
                "  " + "  ".join(held_back(why, count) for why, count in report.held_back.items()), "dim"
            )

    def _ask_take_in(self) -> None:
        kept = SheetDraft(self.state, "ask:take_in")

        def asked(name: str | None) -> None:
            if name:
                kept.keep("")
                self.run_worker(self._take_in(Path(name).expanduser()), exit_on_error=False)

        foot = _("A file (.zip or .jsonl) or a folder of them · Tab completes · Enter takes it in · Esc leaves it")
        sheet = AskSheet(
            _("Take in what file?"), footer=foot, check=_no_file, draft=kept,
            complete=lambda typed: completed(typed, (".zip", ".jsonl")),
        )  # fmt: skip
        self.app.push_screen(sheet, asked)

    async def _take_in(self, path: Path) -> None:
        from kindertui.portal.intake import intake

        state = self.state
        if state.actor is None:
            return
        found = [path]
        if path.is_dir():
            found = sorted(one for one in path.iterdir() if one.suffix in (".zip", ".jsonl"))
        try:
            report = await asyncio.to_thread(intake, state.store, state.actor, state.policy, found)
        except DatabaseFault as error:
            self.failed(error)
            return
        self.refresh_all()
        if report.refused:
            first = report.refused[0]
            self.status.say_preview("  " + problem_words(first.file, first.line, first.rule, first.args), "danger")
        elif report.not_kept:
            self.status.say_preview("  " + not_kept(report.not_kept), "danger")
        self.status.say(
            _("{a} absences, {m} messages, {r} receipts taken in, {k} kept apart").format(
                a=report.absences,
                m=report.messages,
                r=sum(report.receipts.values()),
                k=len(report.quarantined),
            ),
            "due" if report.quarantined or report.not_kept or report.refused else "good",
        )


def _apart_lines(one: Quarantined) -> list[tuple[str, str]]:
    return [(quarantine_words(one.rule, one.args), "danger"), ("", "plain"), (one.text, "plain")]


def _bundle_row(one: BundleLeft) -> Row:
    states = ", ".join(f"{count} {delivery_state(state)}" for state, count in one.states.items())
    records = ngettext("{n} record", "{n} records", one.records).format(n=one.records)
    tone = "due" if one.states.get("refused") or one.states.get("unknown") else "good"
    which = Cell(f"{one.seq}  {moment(one.created_at)}")
    return Row(f"bundle:{one.seq}", (which, Cell(records, "dim"), Cell(states, tone)))


def _no_file(name: str) -> str:
    return "" if name and Path(name).expanduser().exists() else _("There is no such file or folder. Look at the name.")
