"""Writing the day log: a plan becomes records, checked once more against what the database holds now."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from kindertui.data import absences, entries, menu, models
from kindertui.data.act import Tx
from kindertui.data.queries import day as day_queries
from kindertui.data.queries import history, last_change, location, texts
from kindertui.domain.absences import Absence
from kindertui.domain.daylog import UNITS, Entry
from kindertui.domain.entry import AbsenceReport, CommandWord, Grid, Plan, Step
from kindertui.domain.faults import Refused
from kindertui.domain.menu import Menu, served, to_mind
from kindertui.domain.plausibility import Finding, check
from kindertui.domain.policy import Policy
from kindertui.domain.roster import ChildDay

# Warnings that were read: all of them, none, or just these (rule, child) pairs that stood on the screen.
Accepted = bool | frozenset[tuple[str, str]]
# Who hears, in the database thread, what an act gives before it is committed.
Nearly = Callable[["Saved"], None] | None


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
    days: tuple[ChildDay, ...] = ()
    changes: tuple[int, int] = (0, 0)


class Seen(Struct, frozen=True):
    """What a screen shows: days by child id, and the number of the journal's last row before they were read.

    As long as that row is the last one, they are what the database holds.
    """

    change: int
    days: Mapping[str, ChildDay]


def save_plan(
    tx: Tx,
    *plans: Plan,
    day: date,
    policy: Policy,
    group_id: str | None = None,
    accept_warnings: Accepted = False,
    seen: Seen | None = None,
    nearly: Nearly = None,
) -> Saved:
    """Saves every part of the plans for every child they name, as one act; a plan of another day is for that day.

    `group_id` is the group a menu is for (None: everybody). `seen` spares a reading where nothing was recorded since.
    `nearly` hears what it gives while it is not yet committed.
    Raises NotLogged with all errors, or else with all warnings that were not accepted; then nothing is saved.
    """
    before = last_change(tx.connection)
    known: Mapping[str, ChildDay] = seen.days if seen is not None and seen.change == before else {}
    zone = ZoneInfo(location(tx.connection).timezone)
    now = tx.now.astimezone(zone)
    findings: list[Finding] = []
    written: list[str] = []
    made: dict[str, Entry] = {}
    days: dict[tuple[date, str], ChildDay] = {}
    reported: list[Absence] = []
    menus: list[Menu] = []
    for plan in plans:
        on = plan.day or day
        for part in _served(tx, plan, on, zone, policy).parts:
            if isinstance(part, CommandWord | Grid):
                word = "=" if isinstance(part, Grid) else f"@{part.args}" if part.name == "day" else part.name
                raise Refused("command_in_log", word=word)
            if isinstance(part, Step) and part.menu:
                menus.append(menu.keep(tx, day=on, group_id=group_id, meal=str(part.detail["meal"]), text=part.text))
                if not part.children:
                    findings += to_mind(part, day_queries.roster(tx.connection, on, zone, group_id), now, policy.limits)
            if isinstance(part, AbsenceReport):
                reported += [_report(tx, part, child_id, policy) for child_id in part.children]
                known = {}
                days |= _days(tx, part, on, zone, known)
                continue
            # read anew for each part: what the one before wrote counts for this one
            days |= _days(tx, part, on, zone, known)
            known = {}
            for child_id in part.children:
                if (child_day := days.get((on, child_id))) is None:
                    raise Refused("child_unknown", child_id)
                replacing = part.corrects.get(child_id)
                findings += check(part, child_day, now, policy.limits, replacing=replacing)
                written += entries.write_step(tx, part, child_day, zone, policy, made)
    _judge(findings, accept_warnings)
    after = _with(days.values(), made) if made.keys() >= set(written) else _after(tx, days.values(), zone)
    found = {entry.id: entry for one in after for entry in one.entries}
    written_now = tuple(found[entry_id] for entry_id in dict.fromkeys(written))
    changes = (before, last_change(tx.connection))
    saved = Saved(tx.act, written_now, tuple(reported), tuple(findings), tuple(menus), after, changes)
    if nearly is not None:
        nearly(saved)
    return saved


def _days(
    tx: Tx, part: Step | AbsenceReport, on: date, zone: ZoneInfo, known: Mapping[str, ChildDay]
) -> dict[tuple[date, str], ChildDay]:
    if all(child_id in known and known[child_id].day == on for child_id in part.children):
        return {(on, child_id): known[child_id] for child_id in part.children}
    return {(on, one.child.id): one for one in day_queries.roster(tx.connection, on, zone, only=part.children)}


def _with(days: Iterable[ChildDay], made: Mapping[str, Entry]) -> tuple[ChildDay, ...]:
    """These days with the entries that were added to them, in the order of the log."""
    of: dict[tuple[date, str], list[Entry]] = {}
    for entry in made.values():
        of.setdefault((entry.day, entry.child_id), []).append(entry)
    logs = (
        # a day that a later part was read for has what an earlier one added
        (one, {entry.id: entry for entry in (*one.entries, *of.get((one.day, one.child.id), ()))}.values())
        for one in days
    )
    return tuple(
        replace(one, entries=tuple(sorted(log, key=lambda entry: (entry.start.timestamp(), entry.id))))
        for one, log in logs
    )


def _after(tx: Tx, days: Iterable[ChildDay], zone: ZoneInfo) -> tuple[ChildDay, ...]:
    """These days with what their log holds now: of all that a day is made of, the act wrote to nothing else since."""
    ids: dict[date, list[str]] = {}
    for one in days:
        ids.setdefault(one.day, []).append(one.child.id)
    log: dict[tuple[date, str], list[Entry]] = {}
    for on, children in ids.items():
        for entry in day_queries.entries(tx.connection, tuple(children), on, on, zone):
            log.setdefault((on, entry.child_id), []).append(entry)
    return tuple(replace(one, entries=tuple(log.get((one.day, one.child.id), ()))) for one in days)


def _served(tx: Tx, plan: Plan, day: date, zone: ZoneInfo, policy: Policy) -> Plan:
    """The plan with the menu in it by what the database holds now: a colleague may have set one meanwhile."""
    ids = tuple(
        {child for part in plan.parts if isinstance(part, Step) and part.kind == "meal" for child in part.children}
    )
    days = {one.child.id: one for one in day_queries.roster(tx.connection, day, zone, only=ids)} if ids else {}

    def bottled(one: ChildDay) -> bool:
        return not policy.eats(one.child.age_on(day)) and not texts.ate_by(tx.connection, one.child.id, day)

    now = tx.now.astimezone(zone)
    return served(plan, days.get, texts.menus(tx.connection, day), now, policy.limits, bottled=bottled)


def check_sleepers(tx: Tx, *, group_id: str | None, policy: Policy) -> Saved:
    """A look at every child of a group (None: of all) who sleeps now, at this moment, as one act.

    The sleepers are those the database holds now, whatever the screen showed. Raises Refused `nobody_asleep`.
    """
    zone = ZoneInfo(location(tx.connection).timezone)
    now = tx.now.astimezone(zone).replace(second=0, microsecond=0)
    made: dict[str, Entry] = {}
    for child_day in day_queries.roster(tx.connection, now.date(), zone, group_id):
        if child_day.is_in and child_day.asleep is not None:
            step = Step((child_day.child.id,), "sleep_check", now, verb="check")
            entries.write_step(tx, step, child_day, zone, policy, made)
    if not made:
        raise Refused("nobody_asleep")
    return Saved(tx.act, tuple(made.values()))


def change(tx: Tx, entry_id: str, step: Step, *, rev: int, policy: Policy, accept_warnings: Accepted = False) -> Saved:
    """Corrects one entry with what the line says now; the journal keeps what it was.

    Raises Refused `changed_meanwhile` (by, at) when `rev` is no longer the entry's, NotLogged as `save_plan`.
    """
    zone = ZoneInfo(location(tx.connection).timezone)
    record, before = _current(tx, entry_id, rev, zone)
    (child_day,) = day_queries.roster(tx.connection, before.day, zone, only=(before.child_id,))
    findings = list(check(step, child_day, tx.now.astimezone(zone), policy.limits, replacing=entry_id))
    _judge(findings, accept_warnings)
    start = step.start or before.start
    tx.change(
        record,
        kind=step.kind,
        start=int(start.timestamp()),
        end=int(step.end.timestamp()) if step.end else None,
        amount=step.amount,
        unit=step.unit or UNITS.get(step.kind),
        detail=entries.detail_of(step, child_day, start, policy, replacing=before),
        text=step.text,
        **entries.leaving(step),
    )
    after = day_queries.entry(tx.connection, entry_id, zone)
    return Saved(tx.act, (after,) if after else (), (), tuple(findings))


def remove(tx: Tx, entry_id: str, *, rev: int) -> Entry:
    """Takes an entry away (marks it; undo brings it back). Raises Refused `changed_meanwhile`."""
    zone = ZoneInfo(location(tx.connection).timezone)
    record, before = _current(tx, entry_id, rev, zone)
    tx.change(record, deleted=True)
    return before


def _current(tx: Tx, entry_id: str, rev: int, zone: ZoneInfo) -> tuple["models.Entry", Entry]:
    record = tx.get(models.Entry, entry_id)
    before = day_queries.entry(tx.connection, entry_id, zone)
    if record is None or before is None or record.rev != rev:
        last = history.of_record(tx.connection, entry_id, zone)[-1]
        raise Refused("changed_meanwhile", last.child_id or "", by=last.by, at=f"{last.at:%H:%M}")
    return record, before


def _judge(findings: list[Finding], accepted: Accepted) -> None:
    errors = tuple(one for one in findings if one.level == "error")
    if errors:
        raise NotLogged(errors)
    if accepted is True:
        return
    read = accepted or frozenset()
    if unread := tuple(one for one in findings if (one.rule, one.child_id) not in read):
        raise NotLogged(tuple(sorted(unread, key=lambda one: one.weight)))


def _report(tx: Tx, report: AbsenceReport, child_id: str, policy: Policy) -> Absence:
    return absences.report(
        tx,
        child_id=child_id,
        kind=report.kind,
        first_day=report.first_day,
        last_day=report.last_day,
        start=report.start,
        end=report.end,
        channel=report.channel,
        text=report.text,
        policy=policy,
    )
