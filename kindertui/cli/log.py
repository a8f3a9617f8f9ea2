"""`log`: lines of the entry language become records, all of them one act that can be taken back."""

import argparse
import sys
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from kindertui import i18n
from kindertui.cli import printing, shapes, values
from kindertui.cli.errors import REFUSED, Stop, tell
from kindertui.cli.opening import House, act, actor, writing
from kindertui.data import daylog
from kindertui.data.act import Tx
from kindertui.data.connection import Connection
from kindertui.data.queries import day as day_queries
from kindertui.data.queries.entry_line import recall, short_words
from kindertui.domain.absences import Absence
from kindertui.domain.daylog import Entry
from kindertui.domain.entry import Grid, LineProblem, Roster, RosterChild, named_day, parse
from kindertui.domain.faults import Refused
from kindertui.domain.menu import Menu
from kindertui.domain.people import Child
from kindertui.domain.plausibility import Finding
from kindertui.domain.policy import Policy
from kindertui.domain.roster import ChildDay
from kindertui.phrases import cli as phrases

# A child named in a line is accepted on any day: the contract has a warning at most, and nobody need answer it.
_SAID_ONLY = frozenset({"not_expected"})


class Order(Struct, frozen=True):
    """What is to be logged: the lines, the day they are about, whose children they name, and what was answered."""

    lines: tuple[str, ...]
    day: date
    group_id: str | None
    language: str
    policy: Policy
    accept_warnings: bool
    dry_run: bool
    values: tuple[str, ...] = ()


class Outcome(Struct, frozen=True):
    """What an act saved (or would have)."""

    act: str
    entries: tuple[Entry, ...]
    absences: tuple[Absence, ...]
    warnings: tuple[Finding, ...]
    menus: tuple[Menu, ...] = ()

    @property
    def asks(self) -> tuple[Finding, ...]:
        """The warnings that --yes has to answer."""
        return tuple(one for one in self.warnings if one.rule not in _SAID_ONLY)


class NotLine(Exception):
    """Line `number` (from 1) was refused: it is no plan, or the plan is not plausible."""

    def __init__(self, number: int, cause: LineProblem | Refused) -> None:
        super().__init__("line refused")
        self.number = number
        self.cause = cause


class _NotKept(Exception):
    """Ends the transaction without saving: a dry run, or warnings nobody answered."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__("not kept")
        self.outcome = outcome


def log(arguments: argparse.Namespace) -> int:
    lines = _lines(arguments.lines)
    with writing() as (house, store):
        group = house.group(arguments.group)
        order = Order(
            lines,
            arguments.day or house.today,
            group.id if group else None,
            i18n.language(),
            house.policy,
            arguments.yes,
            arguments.dry_run,
            tuple(arguments.value),
        )
        if not order.values and len(lines) == 1 and "=" in lines[0] and sys.stdin.isatty():
            order = replace(order, values=_asked(order, store.reader, house))
        who = actor(house, arguments.by, quiet=arguments.dry_run)
        show = _Answer(house, arguments.json)
        try:
            outcome = act(store, who, add, order)
        except NotLine as error:
            return show.refused(error, len(lines))
        except _NotKept as kept:
            return show.not_kept(kept.outcome, arguments)
        show.saved(outcome, phrases.saved())
    return 0


def add(tx: Tx, order: Order) -> Outcome:
    """The whole act. Each line is read against what the lines before it saved: `in all` and then `lunch all` works.

    Raises NotLine at the first line that is refused, and saves nothing then.
    """
    entries: list[Entry] = []
    absences: list[Absence] = []
    warnings: list[Finding] = []
    menus: list[Menu] = []
    for number, line in enumerate(order.lines, start=1):
        saved = _add_line(tx, order, number, line)
        entries += saved.entries
        absences += saved.absences
        warnings += saved.warnings
        menus += saved.menus
    latest = {entry.id: entry for entry in entries}  # a later line may have ended what an earlier one began
    outcome = Outcome(tx.act, tuple(latest.values()), tuple(absences), tuple(warnings), tuple(menus))
    if order.dry_run or (outcome.asks and not order.accept_warnings):
        raise _NotKept(outcome)
    return outcome


def _add_line(tx: Tx, order: Order, number: int, line: str) -> daylog.Saved:
    from kindertui.data.queries import location

    zone = ZoneInfo(location(tx.connection).timezone)
    now = tx.now.astimezone(zone)
    day, days = _day_of(tx.connection, line, order, now, zone)
    short = {one.word: one.text for one in short_words(tx.connection)}
    roster = roster_of(days, day, now.date())
    before = recall(tx.connection, tuple(one.child.id for one in days), day) if "&" in line else None
    plan = parse(line, roster, now, order.language, short, before)
    if isinstance(plan, LineProblem):
        raise NotLine(number, plan)
    try:
        if isinstance(plan.parts[0], Grid):
            plan = values.filled(
                plan.parts[0], order.values, roster, now, order.language, short, day=day, recall=before
            )
        return daylog.save_plan(tx, plan, day=day, policy=order.policy, group_id=order.group_id, accept_warnings=True)
    except Refused as error:
        raise NotLine(number, error) from None


def _asked(order: Order, db: Connection, house: House) -> tuple[str, ...]:
    """Asks a person at a terminal for the values that a `=` leaves open, before anything is locked for the act."""
    day, days = _day_of(db, order.lines[0], order, house.now, house.zone)
    roster = roster_of(days, day, house.now.date())
    plan = parse(order.lines[0], roster, house.now, order.language)
    if isinstance(plan, LineProblem) or not isinstance(plan.parts[0], Grid):
        return ()
    return values.asked(plan.parts[0], roster.children)


def _day_of(
    db: Connection, line: str, order: Order, now: datetime, zone: ZoneInfo
) -> tuple[date, tuple[ChildDay, ...]]:
    """The day a line is for, and the children's day then: "all" are those who were in on that day."""
    days = day_queries.roster(db, order.day, zone, order.group_id)
    day = named_day(line, roster_of(days, order.day, now.date()), now, order.language)
    if day is None or day == order.day:
        return order.day, days
    return day, day_queries.roster(db, day, zone, order.group_id)


def roster_of(days: Iterable[ChildDay], day: date, today: date) -> Roster:
    """The children a line may name: no cursor and no marks, so every line says who."""
    return Roster(tuple(RosterChild.of(one, today) for one in days), day=day)


def _lines(given: Sequence[str]) -> tuple[str, ...]:
    lines: list[str] = []
    for one in given:
        if one != "-":
            lines.append(one)
            continue
        try:
            text = sys.stdin.read()
        except UnicodeDecodeError:
            raise Stop(phrases.stdin_not_text()) from None
        lines += [line for line in text.lstrip("\ufeff").splitlines() if line.strip()]
    if not lines:
        raise Stop(phrases.no_lines())
    return tuple(lines)


class _Answer:
    """Says what became of the lines, as sentences or as the contract's JSON."""

    def __init__(self, house: House, json: bool) -> None:
        self.house = house
        self.json = json
        self.children: dict[str, Child] = {child.id: child for child in house.children}

    def saved(self, outcome: Outcome, sentence: str) -> None:
        if self.json:
            printing.document(
                {
                    "saved": [self._entry(one) for one in outcome.entries]
                    + [{**shapes.absence(one), **self._about(one.child_id)} for one in outcome.absences],
                    "warnings": [self._finding(one) for one in outcome.warnings],
                    **({"menus": [shapes.menu(one) for one in outcome.menus]} if outcome.menus else {}),
                    "act": outcome.act,
                }
            )
            return
        for line in self._said(outcome):
            printing.line(line)
        tell(*(self._finding(one)["text"] for one in outcome.warnings))
        printing.line(sentence)

    def not_kept(self, outcome: Outcome, arguments: argparse.Namespace) -> int:
        """A dry run that could be saved is done; warnings without --yes are refused."""
        if outcome.asks and not arguments.yes:
            self._refuse([{**self._finding(one), "at": None} for one in outcome.asks])
            tell(phrases.not_saved_warnings(len(outcome.asks)))
            return REFUSED
        self.saved(outcome, phrases.would_save())
        return 0

    def refused(self, error: NotLine, lines: int) -> int:
        from kindertui.phrases.entry import problem_words
        from kindertui.phrases.refused import refused

        cause = error.cause
        found: list[dict[str, Any]]
        if isinstance(cause, values.WrongValue):
            name = self.children[cause.child_id].full_name
            text = f"{name}: {problem_words(cause.problem, i18n.language())}"
            found = [{**self._about(cause.child_id), "rule": cause.rule, "text": text, "at": None}]
        elif isinstance(cause, LineProblem):
            found = [{"child": None, "rule": cause.rule, "text": problem_words(cause, i18n.language()), "at": cause.at}]
        elif isinstance(cause, daylog.NotLogged):
            found = [{**self._finding(one), "at": None} for one in cause.findings]
        else:
            text = refused(cause)
            found = [{**self._about(cause.child_id or None), "rule": cause.rule, "text": text, "at": None}]
        for one in found:
            one["line"] = error.number
        self._refuse(found, error.number if lines > 1 else None)
        tell(phrases.not_saved())
        return REFUSED

    def _refuse(self, found: list[dict[str, Any]], number: int | None = None) -> None:
        if self.json:
            printing.document({"refused": found})
        for one in found:
            text = str(one["text"])
            tell(text if number is None else phrases.in_line(number, text))

    def _finding(self, finding: Finding) -> dict[str, Any]:
        from kindertui.phrases.plausibility import finding_words

        names = {child.id: child.full_name for child in self.children.values()}
        return {**self._about(finding.child_id), "rule": finding.rule, "text": finding_words(finding, names)}

    def _entry(self, entry: Entry) -> dict[str, Any]:
        return {**shapes.entry(entry), **self._about(entry.child_id), "day": entry.day}

    def _about(self, child_id: str | None) -> dict[str, Any]:
        return shapes.about(self.children.get(child_id or ""), child_id or "")

    def _said(self, outcome: Outcome) -> list[str]:
        from kindertui.phrases import clock
        from kindertui.phrases.roster import absent_words, entry_words, kind
        from kindertui.phrases.short_words import menu_words

        lines = [menu_words(menu) for menu in outcome.menus]
        for entry in outcome.entries:
            name = self.children[entry.child_id].full_name
            words = entry_words(entry, self.house.now)
            lines.append(f"{name}: {clock(entry.start)} {' '.join(part for part in (kind(entry.kind), words) if part)}")
        for absence in outcome.absences:
            lines.append(f"{self.children[absence.child_id].full_name}: {absent_words(absence, absence.first_day)}")
        return lines
