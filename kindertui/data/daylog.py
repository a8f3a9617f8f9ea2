"""Writing the day log: a plan becomes records, checked once more against what the database holds now."""

from datetime import date
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from kindertui.data import absences, memos, models
from kindertui.data.act import Tx
from kindertui.data.entries import detail_of, leaving, times, told, write
from kindertui.data.queries import day as day_queries
from kindertui.data.queries import entry_line, history, last_change
from kindertui.data.queries.parents import parent_guard
from kindertui.domain.absences import Absence
from kindertui.domain.daylog import OVERRIDDEN, UNITS, Entry
from kindertui.domain.entry import AbsenceReport, CommandWord, Grid, MemoNote, Plan, Step
from kindertui.domain.faults import Refused
from kindertui.domain.memos import Memo
from kindertui.domain.menu import Menu, served, to_mind
from kindertui.domain.parents import ParentGuard, overridden
from kindertui.domain.plausibility import Finding, check, repeated
from kindertui.domain.policy import Policy
from kindertui.domain.roster import ChildDay

# Warnings that were read: all of them, none, or just these (rule, child) pairs that stood on the screen.
Accepted = bool | frozenset[tuple[str, str]]


class NotLogged(Refused):
    """The plan is not plausible; nothing was saved. `findings` holds every error, or every unanswered warning."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(findings[0].rule, findings[0].child_id)
        self.findings = findings


class Saved(Struct, frozen=True):
    """What an act saved; `warnings` are those that were read and answered, `act` is the id that undo takes.

    `days` are the days of everybody the act was about, as it leaves them; `changes` is the number of the journal's last
    row before the act and after it.
    """

    act: str
    entries: tuple[Entry, ...] = ()
    absences: tuple[Absence, ...] = ()
    warnings: tuple[Finding, ...] = ()
    menus: tuple[Menu, ...] = ()
    memos: tuple[Memo, ...] = ()
    days: tuple[ChildDay, ...] = ()
    changes: tuple[int, int] = (0, 0)


def save_plan(
    tx: Tx,
    *plans: Plan,
    day: date,
    policy: Policy,
    group_id: str | None = None,
    accept_warnings: Accepted = False,
) -> Saved:
    """Saves every part of the plans for every child they name, as one act; a plan of another day is for that day.

    `group_id` is the group a menu is for (None: everybody). Raises NotLogged with all errors, or else with all warnings
    that were not accepted; then nothing is saved.
    """
    saving = _Saving(tx, policy, group_id)
    for plan in plans:
        saving.plan(plan, plan.day or day)
    _judge(saving.findings, accept_warnings)
    return saving.saved()


class _Saving:
    """One plan after the other, part by part: who is meant is read, judged and written.

    Each part reads anew: what the one before wrote counts for this one. If the findings are not accepted at the end,
    the whole act is taken back.
    """

    def __init__(self, tx: Tx, policy: Policy, group_id: str | None) -> None:
        self.tx, self.policy, self.group_id = tx, policy, group_id
        self.before = last_change(tx.connection)
        self.zone, self.now = tx.zone, tx.local_now
        self.findings: list[Finding] = []
        self.written: list[str] = []
        self.reported: list[Absence] = []
        self.menus: list[Menu] = []
        self.memos: list[Memo] = []
        self.days: dict[tuple[date, str], ChildDay] = {}

    @cached_property
    def guard(self) -> ParentGuard:
        """What parents may read, as the database knows children and staff now."""
        return parent_guard(self.tx.connection, self.policy, manager=self.tx.by_manager)

    def plan(self, plan: Plan, day: date) -> None:
        for part in self._served(plan, day).parts:
            if isinstance(part, Step):
                self._step(part, day)
            elif isinstance(part, AbsenceReport):
                for child_id in part.children:
                    one = replace(part, children=(child_id,))
                    self.reported.append(absences.report(self.tx, one, policy=self.policy))
                self._read(part.children, day)
            elif isinstance(part, MemoNote):
                self.memos += memos.keep_note(self.tx, part, self.group_id)
                self._read(part.children, day)
            else:
                raise Refused("command_in_log", word=_word_of(part))

    def saved(self) -> Saved:
        """What the act saved, as the database holds it now."""
        tx, written = self.tx, tuple(dict.fromkeys(self.written))
        entries = day_queries.by_id(tx.connection, written, self.zone)
        return Saved(
            tx.act, entries, tuple(self.reported), tuple(self.findings), tuple(self.menus),
            tuple(self.memos), self._days_now(), (self.before, last_change(tx.connection)),
        )  # fmt: skip

    def _served(self, plan: Plan, day: date) -> Plan:
        """The plan with the menu in it by what the database holds now: a colleague may have set one meanwhile."""
        db = self.tx.connection
        meals = (part for part in plan.parts if isinstance(part, Step) and part.kind == "meal")
        eaters = tuple({child_id for meal in meals for child_id in meal.children})
        days = {one.child.id: one for one in day_queries.roster(db, day, self.zone, only=eaters)} if eaters else {}

        def bottled(one: ChildDay) -> bool:
            return not self.policy.eats(one.child.age_on(day)) and not entry_line.ate_by(db, one.child.id, day)

        return served(plan, days.get, entry_line.menus(db, day), self.now, self.policy.limits, bottled=bottled)

    def _read(self, child_ids: tuple[str, ...], day: date) -> None:
        found = day_queries.roster(self.tx.connection, day, self.zone, only=child_ids)
        self.days |= {(day, one.child.id): one for one in found}

    def _step(self, step: Step, day: date) -> None:
        if step.menu:
            self._keep_menu(step, day)
        self._read(step.children, day)
        said = self._said(step, day)
        self.findings += said
        for child_id in step.children:
            child_day = self.days.get((day, child_id))
            if child_day is None:
                raise Refused("child_unknown", child_id)
            replacing = step.corrects.get(child_id)
            limits = self.policy.limits
            self.findings += check(step, child_day, self.now, limits, replacing=replacing)
            self.findings += repeated(step, child_day, self.now, limits, replacing=replacing)
            self.written += write(self.tx, step, child_day, self.policy, overridden(said, child_id))

    def _said(self, step: Step, day: date) -> tuple[Finding, ...]:
        """What speaks against parents reading its text; the words of a menu were judged when it was kept."""
        if not step.text or (not step.menu and self._is_menu(step, day)):
            return ()
        return self.guard.step(step, lambda child_id: self.days[day, child_id].asleep)

    def _is_menu(self, step: Step, day: date) -> bool:
        return step.kind == "meal" and any(one.text == step.text for one in entry_line.menus(self.tx.connection, day))

    def _keep_menu(self, step: Step, day: date) -> None:
        meal = str(step.detail["meal"])
        self.menus.append(keep_menu(self.tx, day=day, group_id=self.group_id, meal=meal, text=step.text))
        if not step.children:
            roster = day_queries.roster(self.tx.connection, day, self.zone, self.group_id)
            self.findings += to_mind(step, roster, self.now, self.policy.limits)

    def _days_now(self) -> tuple[ChildDay, ...]:
        """The days that were read, with what their log holds now: of all they are made of, nothing else was written."""
        db, log = self.tx.connection, {key: list[Entry]() for key in self.days}
        for day in {day for day, _ in log}:
            ids = tuple(child_id for on, child_id in log if on == day)
            for entry in day_queries.entries(db, ids, day, day, self.zone):
                log[day, entry.child_id].append(entry)
        days = (replace(one, entries=tuple(log[key])) for key, one in self.days.items())
        # a sleep that began on the day before may have been ended
        return tuple(
            replace(one, before=day_queries.by_id(db, tuple(entry.id for entry in one.before), self.zone))
            if one.before else one for one in days
        )  # fmt: skip


def _word_of(part: CommandWord | Grid) -> str:
    if isinstance(part, Grid):
        return "="
    return f"@{part.args}" if part.name == "day" else part.name


def _judge(findings: list[Finding], accepted: Accepted) -> None:
    errors = tuple(one for one in findings if one.level == "error")
    if errors:
        raise NotLogged(errors)
    if accepted is True:
        return
    read = accepted or frozenset()
    if unread := tuple(one for one in findings if (one.rule, one.child_id) not in read):
        raise NotLogged(tuple(sorted(unread, key=lambda one: one.weight)))


def keep_menu(tx: Tx, *, day: date, group_id: str | None, meal: str, text: str) -> Menu:
    """Keeps what a meal is, in place of what was kept before; for everybody it takes the groups' own menus away.

    One record for a day, a group (or everybody) and a meal; it writes no meal. Raises Refused `text_too_long` or
    `text_not_unicode`.
    """
    rows = tx.connection.execute(
        "SELECT id, group_id, deleted FROM menu WHERE day = ? AND meal = ? ORDER BY deleted, id",
        (day.isoformat(), meal),
    ).fetchall()
    mine = next((row[0] for row in rows if row[1] == group_id), None)
    if group_id is None:
        for row_id, own, deleted in rows:
            if own is not None and not deleted and (record := tx.get(models.Menu, row_id)) is not None:
                tx.change(record, deleted=True)
    with models.refused_texts():
        record = tx.get(models.Menu, mine) if mine else None
        if record is None:
            about = {"day": day.isoformat(), "group_id": group_id, "meal": meal}
            record = tx.keep(models.Menu, *about.values(), **about, text=text)
        else:
            tx.change(record, text=text, deleted=False)  # one that was taken back before stands again
    return Menu(day, group_id, meal, record.text)


def check_sleepers(tx: Tx, *, children: tuple[str, ...], policy: Policy) -> Saved:
    """A look, at this moment and as one act, at each of these children who still sleeps by what the database holds now.

    Raises Refused `nobody_asleep`.
    """
    now = tx.local_now.replace(second=0, microsecond=0)
    written: list[str] = []
    for child_day in day_queries.roster(tx.connection, now.date(), tx.zone, only=children):
        if child_day.is_in and child_day.asleep is not None:
            step = Step((child_day.child.id,), "sleep_check", now, verb="check")
            written += write(tx, step, child_day, policy)
    if not written:
        raise Refused("nobody_asleep")
    return Saved(tx.act, day_queries.by_id(tx.connection, tuple(written), tx.zone))


def change(tx: Tx, entry_id: str, step: Step, *, rev: int, policy: Policy, accept_warnings: Accepted = False) -> Saved:
    """Corrects one entry with what the line says now; the journal keeps what it was.

    Raises Refused `changed_meanwhile` (by, at) when `rev` is no longer the entry's, NotLogged as `save_plan`.
    """
    record, before = _current(tx, entry_id, rev)
    (child_day,) = day_queries.roster(tx.connection, before.day, tx.zone, only=(before.child_id,))
    findings = list(check(step, child_day, tx.local_now, policy.limits, replacing=entry_id))
    findings += repeated(step, child_day, tx.local_now, policy.limits, replacing=entry_id)
    read = parent_guard(tx.connection, policy, manager=tx.by_manager) if step.text else None
    said = read.step(step, lambda _child_id: child_day.asleep, replacing=before) if read else ()
    findings += said
    _judge(findings, accept_warnings)
    anyway = overridden(said, before.child_id)
    if step.text == before.text and not step.for_staff:  # what was answered once stays answered
        anyway = anyway or tuple(before.detail.get(OVERRIDDEN, ()))
    start = step.start or before.start
    tx.change(
        record,
        **times(step, start),
        kind=step.kind,
        amount=step.amount,
        unit=step.unit or UNITS.get(step.kind),
        detail=told(detail_of(step, child_day, start, policy, replacing=before), anyway),
        text=step.text,
        **leaving(step),
    )
    after = day_queries.entry(tx.connection, entry_id, tx.zone)
    return Saved(tx.act, (after,) if after else (), (), tuple(findings))


def remove(tx: Tx, entry_id: str, *, rev: int) -> Entry:
    """Takes an entry away (marks it; undo brings it back). Raises Refused `changed_meanwhile`."""
    record, before = _current(tx, entry_id, rev)
    tx.change(record, deleted=True)
    return before


def _current(tx: Tx, entry_id: str, rev: int) -> tuple["models.Entry", Entry]:
    record = tx.get(models.Entry, entry_id)
    before = day_queries.entry(tx.connection, entry_id, tx.zone)
    if record is None or before is None or record.rev != rev:
        last = history.of_record(tx.connection, entry_id, tx.zone)[-1]
        raise Refused("changed_meanwhile", last.child_id or "", by=last.by, at=f"{last.at:%H:%M}")
    return record, before
