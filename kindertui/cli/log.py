"""`log` and `undo`: lines of the entry language become records, all of them one act, and the last act is taken back."""

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
from kindertui.cli.errors import DONE, REFUSED, Stop, print_note
from kindertui.cli.opening import OpenLocation
from kindertui.cli.writing import act, actor, on_record, writing
from kindertui.data import daylog, long_act
from kindertui.data import undo as undo_writer
from kindertui.data.act import Actor, Tx
from kindertui.data.connection import Connection
from kindertui.data.daylog import Saved
from kindertui.data.queries import day as day_queries
from kindertui.data.queries import groups, location
from kindertui.data.queries.entry_line import other_children, recall, short_words
from kindertui.data.store import Store
from kindertui.data.trying import on_a_copy
from kindertui.domain.daylog import Entry
from kindertui.domain.entry import Grid, LineProblem, Roster, RosterChild, named_day, others, parse
from kindertui.domain.faults import Refused
from kindertui.domain.memos import Memo
from kindertui.domain.plausibility import Finding
from kindertui.domain.policy import Policy
from kindertui.domain.roster import ChildDay
from kindertui.phrases import cli as phrases
from kindertui.phrases import clock
from kindertui.phrases.absences import absent_words
from kindertui.phrases.daylog import entry_words, kind
from kindertui.phrases.entry import problem_words
from kindertui.phrases.history import act_words
from kindertui.phrases.memos import saved_words, whose_words
from kindertui.phrases.plausibility import finding_words
from kindertui.phrases.refused import refused
from kindertui.phrases.short_words import menu_words

MOST_LINES = 500  # of one call: days of a whole location
MOST_TEXT = 200_000  # characters that are read from stdin
_AT_ONCE = 5  # lines that are one transaction
# A child named in a line is accepted on any day: the contract has a warning at most, and nobody need answer it.
_NEEDS_NO_ANSWER = frozenset({"not_expected"})


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


class LineRefused(Exception):
    """Line `number` (from 1) is no plan, or its plan is not plausible."""

    def __init__(self, number: int, cause: LineProblem | Refused) -> None:
        super().__init__("line refused")
        self.number = number
        self.cause = cause


class _NotSaved(Exception):
    """Ends the transaction without saving: a dry run, or warnings nobody answered."""

    def __init__(self, would: Saved) -> None:
        super().__init__("not saved")
        self.would = would


def log(arguments: argparse.Namespace) -> int:
    lines = _lines(arguments.lines)
    with writing() as (opened, store):
        group = opened.group(arguments.group)
        order = Order(
            lines,
            arguments.day or opened.today,
            group.id if group else None,
            i18n.language(),
            opened.policy,
            arguments.yes,
            arguments.dry_run,
            tuple(arguments.value),
        )
        if not order.values and len(lines) == 1 and "=" in lines[0] and sys.stdin.isatty():
            order = replace(order, values=_asked(order, opened))
        who = actor(opened, arguments.by, quiet=arguments.dry_run)
        answer = _Answer(opened, arguments.json)
        try:
            saved = _save(store, who, order)
        except LineRefused as error:
            return answer.refused(error, len(lines))
        except _NotSaved as error:
            return answer.not_saved(error.would, arguments)
        answer.saved(saved, phrases.note("saved"))
    return DONE


def undo(arguments: argparse.Namespace) -> None:
    """The last act of anybody, or with --by of that person. It asks nothing: what is typed is meant."""
    with writing() as (opened, store):
        who, names = actor(opened, arguments.by), opened.names  # as they were: an import taken back takes them along
        try:
            done = act(store, who, undo_writer.undo, anybody=arguments.by is None, confirmed=undo_writer.ANYTHING)
        except undo_writer.TooLong as long:
            done = undo_writer.in_pieces(store, who, long)
        printing.line(phrases.note("undone", what=act_words(done, names)))


def add(tx: Tx, order: Order) -> Saved:
    """The whole act. Each line is read against what the lines before it saved: `in all` and then `lunch all` works.

    Raises LineRefused at the first line that is refused, and saves nothing then.
    """
    saved = _joined(tx.act, [_add_line(tx, order, number, line) for number, line in enumerate(order.lines, start=1)])
    if order.dry_run or (_asks(saved) and not order.accept_warnings):
        raise _NotSaved(saved)
    return saved


def _save(store: Store, who: Actor, order: Order) -> Saved:
    """Saves the lines as one act. Many of them are judged on a copy first, and then written one by one: whoever types
    meanwhile does not wait for them.

    Raises LineRefused and _NotSaved; nothing is saved then.
    """
    if len(order.lines) <= _AT_ONCE:
        return act(store, who, add, order)
    actor, first = on_record(who)
    with on_a_copy(store) as writer:
        writer.act(lambda tx: (first(tx), add(tx, order)), add.__name__, actor)
    lines: list[Saved] = []

    def step(tx: Tx) -> bool:
        if not lines:
            first(tx)
        lines.append(_add_line(tx, order, len(lines) + 1, order.lines[len(lines)]))
        if _asks(lines[-1]) and not order.accept_warnings:  # not on the copy: others wrote something since
            raise _NotSaved(lines[-1])
        return len(lines) < len(order.lines)

    return _joined(long_act.write(store, actor, add.__name__, step).act, lines)


def _joined(act: str, lines: Sequence[Saved]) -> Saved:
    # by id: a later line may have ended what an earlier one began
    entries = {entry.id: entry for one in lines for entry in one.entries}
    return Saved(
        act,
        tuple(entries.values()),
        tuple(absence for one in lines for absence in one.absences),
        tuple(warning for one in lines for warning in one.warnings),
        tuple(menu for one in lines for menu in one.menus),
        tuple(memo for one in lines for memo in one.memos),
    )


def _asks(saved: Saved) -> list[Finding]:
    """The warnings that --yes has to answer."""
    return [one for one in saved.warnings if one.rule not in _NEEDS_NO_ANSWER]


def _add_line(tx: Tx, order: Order, number: int, line: str) -> Saved:
    zone = ZoneInfo(location(tx.connection).timezone)
    now = tx.now.astimezone(zone)
    day, days = _day_of(tx.connection, line, order, now, zone)
    short = {one.word: one.text for one in short_words(tx.connection)}
    roster = replace(
        roster_of(tx.connection, days, day, now.date()), groups=tuple(one.name for one in groups(tx.connection))
    )
    before = recall(tx.connection, tuple(one.child.id for one in days), day) if "&" in line else None
    plan = parse(line, roster, now, order.language, short, before)
    if isinstance(plan, LineProblem):
        raise LineRefused(number, plan)
    try:
        if isinstance(plan.parts[0], Grid):
            grid = plan.parts[0]
            plan = values.filled(grid, order.values, roster, now, order.language, short, day=day, recall=before)
        return daylog.save_plan(tx, plan, day=day, policy=order.policy, group_id=order.group_id, accept_warnings=True)
    except Refused as error:
        raise LineRefused(number, error) from None


def _asked(order: Order, opened: OpenLocation) -> tuple[str, ...]:
    """Asks a person at a terminal for the values that a `=` leaves open, before anything is locked for the act."""
    day, days = _day_of(opened.db, order.lines[0], order, opened.now, opened.zone)
    roster = roster_of(opened.db, days, day, opened.now.date())
    plan = parse(order.lines[0], roster, opened.now, order.language)
    if isinstance(plan, LineProblem) or not isinstance(plan.parts[0], Grid):
        return ()
    return values.asked(plan.parts[0], roster.children)


def _day_of(
    db: Connection, line: str, order: Order, now: datetime, zone: ZoneInfo
) -> tuple[date, tuple[ChildDay, ...]]:
    """The day a line is for, and the children's day then: "all" are those who were in on that day."""
    days = day_queries.roster(db, order.day, zone, order.group_id)
    day = named_day(line, roster_of(db, days, order.day, now.date()), now, order.language)
    if day is None or day == order.day:
        return order.day, days
    return day, day_queries.roster(db, day, zone, order.group_id)


def roster_of(db: Connection, days: Iterable[ChildDay], day: date, today: date) -> Roster:
    """The children a line may name: no cursor and no marks, so every line says who. Nobody else is meant by a name."""
    children = tuple(RosterChild.of(one, today) for one in days)
    elsewhere = other_children(db, day, {one.id for one in children})
    return Roster(children, day=day, others=others(elsewhere))


def _lines(given: Sequence[str]) -> tuple[str, ...]:
    """The lines of one call; raises Stop for none, and for more than a call takes."""
    lines: list[str] = []
    too_many = Stop(phrases.note("lines_too_many", lines=MOST_LINES, size=MOST_TEXT // 1000))
    for one in given:
        if one != "-":
            lines.append(one)
            continue
        try:
            text = sys.stdin.read(MOST_TEXT + 1)
        except UnicodeDecodeError:
            raise Stop(phrases.note("stdin_not_text")) from None
        if len(text) > MOST_TEXT:
            raise too_many
        lines += [line for line in text.lstrip("\ufeff").splitlines() if line.strip()]
    if not lines:
        raise Stop(phrases.note("no_lines"))
    if len(lines) > MOST_LINES:
        raise too_many
    return tuple(lines)


class _Answer:
    """Prints what became of the lines, as sentences or as the contract's JSON."""

    def __init__(self, opened: OpenLocation, json: bool) -> None:
        self.opened = opened
        self.json = json

    def saved(self, saved: Saved, sentence: str) -> None:
        warnings = [self._finding(one) for one in saved.warnings]
        if self.json:
            written = [self._entry(one) for one in saved.entries]
            written += [shapes.absence(one) | self.opened.about(one.child_id) for one in saved.absences]
            menus = {"menus": [shapes.menu(one) for one in saved.menus]} if saved.menus else {}
            memos = {"memos": [self._memo(one) for one in saved.memos]} if saved.memos else {}
            printing.document({"saved": written, "warnings": warnings, **menus, **memos, "act": saved.act})
            return
        for line in self._lines(saved):
            printing.line(line)
        print_note(*(one["text"] for one in warnings))
        printing.line(sentence)

    def not_saved(self, would: Saved, arguments: argparse.Namespace) -> int:
        """A dry run that could be saved is done; warnings without --yes are refused."""
        asks = _asks(would)
        if asks and not arguments.yes:
            self._refuse([self._finding(one) | {"at": None} for one in asks])
            print_note(phrases.counted_note("not_saved_warnings", len(asks)))
            return REFUSED
        self.saved(would, phrases.note("would_save"))
        return DONE

    def refused(self, error: LineRefused, lines: int) -> int:
        found = [{**one, "line": error.number} for one in self._problems(error.cause)]
        self._refuse(found, error.number if lines > 1 else None)
        print_note(phrases.note("not_saved"))
        return REFUSED

    def _problems(self, cause: LineProblem | Refused) -> list[dict[str, Any]]:
        if isinstance(cause, LineProblem):
            text = problem_words(cause, i18n.language(), typed_there=False)
            return [{"child": None, "rule": cause.rule, "text": text, "at": cause.at}]
        if isinstance(cause, daylog.NotLogged):
            return [{**self._finding(one), "at": None} for one in cause.findings]
        if isinstance(cause, values.WrongValue):
            text = f"{self.opened.names[cause.child_id]}: {problem_words(cause.problem, i18n.language())}"
        else:
            text = refused(cause)
        return [{**self.opened.about(cause.child_id or ""), "rule": cause.rule, "text": text, "at": None}]

    def _refuse(self, found: list[dict[str, Any]], number: int | None = None) -> None:
        if self.json:
            printing.document({"refused": found})
        for one in found:
            text = str(one["text"])
            print_note(text if number is None else phrases.note("in_line", number=number, sentence=text))

    def _finding(self, finding: Finding) -> dict[str, Any]:
        text = finding_words(finding, self.opened.names)
        return {**self.opened.about(finding.child_id), "rule": finding.rule, "text": text}

    def _entry(self, entry: Entry) -> dict[str, Any]:
        return {**shapes.entry(entry), **self.opened.about(entry.child_id), "day": entry.day}

    def _memo(self, memo: Memo) -> dict[str, Any]:
        return {**self.opened.about(memo.child_id or ""), "child_id": memo.child_id} | shapes.memo(memo)

    def _lines(self, saved: Saved) -> list[str]:
        names = self.opened.names
        lines = [menu_words(menu) for menu in saved.menus]
        for entry in saved.entries:
            words = " ".join(part for part in (kind(entry.kind), entry_words(entry, self.opened.now)) if part)
            lines.append(f"{names[entry.child_id]}: {clock(entry.start)} {words}")
        for absence in saved.absences:
            lines.append(f"{names[absence.child_id]}: {absent_words(absence, absence.first_day)}")
        groups = {group.id: group.name for group in self.opened.groups}
        lines += [saved_words(one, whose_words(one, names, groups), self.opened.today) for one in saved.memos]
        return lines
