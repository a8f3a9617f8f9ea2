"""Prints a Plan or a record as the line that means it: to correct it in the entry line, or to type it again."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, time, tzinfo

from msgspec.structs import replace

from kindertui.domain.daylog import UNITS, Entry
from kindertui.domain.entry.amounts import MILLILITRES, print_number, print_portion
from kindertui.domain.entry.context import Context
from kindertui.domain.entry.everybody import among, everybody
from kindertui.domain.entry.for_staff import MARK, apart, refuse_not_here
from kindertui.domain.entry.holes import read_entry
from kindertui.domain.entry.model import (
    AbsenceReport,
    CommandWord,
    Grid,
    LineRefused,
    MemoNote,
    Part,
    Plan,
    Roster,
    Step,
)
from kindertui.domain.entry.moments import print_clock
from kindertui.domain.entry.reports import read_report
from kindertui.domain.entry.tokens import escape, make, tokens
from kindertui.domain.entry.who import takes_away, try_who
from kindertui.domain.entry.words import (
    MEAL_VERBS,
    VERB_KIND,
    command_word,
    content_word,
    fold,
    menu_word,
    no_sleep_words,
    portion_words,
    report_word,
    until_word,
    verb_word,
    vocabulary,
)

_SAID = ("meal", "offered", "content", "none")  # of an entry's detail what a line says; the rest is the program's own


def to_line(plan: Plan, roster: Roster, language: str, today: date | None = None) -> str:
    """The line that `parse` reads back as `plan` on the same roster: who is always said, times always printed.

    `today` is the day of `now`, where neither the plan nor the roster says which day the line is for. Raises ValueError
    for a plan no single line can mean: where an entry is for a child that the one before it was not for.
    """
    day = plan.day or roster.day or today
    when = [f"@{plan.day.isoformat()}"] if plan.day else []
    entries = [_part(part, language, day) for part in plan.parts]
    if any(part.children != plan.parts[0].children or (isinstance(part, Step) and part.menu) for part in plan.parts):
        left_out = _of_all(plan, roster, language)
        entries = [f"{minus} {entry}".strip() for minus, entry in zip(left_out, entries, strict=True)]
        who = "*"
    else:
        who = _who(plan.parts[0].children, roster, language) if plan.parts else ""
    return " ".join([*when, who, _joined(entries)]).strip()


def _joined(entries: Sequence[str]) -> str:
    """With a `;` between them, which a backslash right before it would take the meaning of."""
    return "; ".join(entry + " " if entry.endswith("\\") else entry for entry in entries).rstrip(" ")


def entry_to_line(entry: Entry, language: str, zone: tzinfo) -> str:
    """An existing record as a line without who, for correcting it in place."""
    verb = next((verb for verb, kind in VERB_KIND.items() if kind == entry.kind), "note")
    if entry.kind == "meal":
        meal = entry.detail.get("meal")
        verb = str(meal) if meal in MEAL_VERBS else "meal"
    step = Step(
        (),
        entry.kind,
        entry.start.astimezone(zone),
        entry.end.astimezone(zone) if entry.end else None,
        leaves_open=entry.is_open,
        amount=entry.amount,
        unit=UNITS.get(entry.kind) if entry.amount is not None else None,
        detail={name: entry.detail[name] for name in _SAID if name in entry.detail},
        text=entry.text,
        verb=verb,
        for_staff=entry.for_staff,
    )
    return _step(step, language, entry.day)


def _who(children: tuple[str, ...], roster: Roster, language: str) -> str:
    """The shortest names that are read back as exactly these children; ids where no name can do it."""
    words = vocabulary(language)
    by_id = {child.id: child for child in roster.children}
    named = [by_id[child] for child in children if child in by_id]
    given = Counter(fold(child.given_name) for child in roster.children)
    spellings = (
        [child.full_name if given[fold(child.given_name)] > 1 else child.given_name for child in named],
        [child.full_name for child in named],
        ["#" + child for child in children],
    )
    for spelling in spellings[:-1]:
        text = " ".join(spelling)
        entries = tokens(text + " " + verb_word("note", language))
        found = try_who(entries[0], roster, words) if len(entries) == 1 else None
        if found and found.children == children and found.count == len(entries[0]) - 1:
            return text
    return " ".join(spellings[-1])


def _of_all(plan: Plan, roster: Roster, language: str) -> list[str]:
    """Before each entry of a line for all: who is left out from there on."""
    told: list[str] = []
    left = everybody(roster, among(plan.parts[0]))
    for part in plan.parts:
        if any(child not in left for child in part.children):
            raise ValueError("no single line is for these children")
        told.append(_minus([child for child in left if child not in part.children], roster, language))
        left = part.children
    return told


def _minus(children: Sequence[str], roster: Roster, language: str) -> str:
    by_id = {child.id: child for child in roster.children}
    names = [by_id[child].given_name for child in children]
    full = [by_id[child].full_name for child in children]
    for spelling in (names, full):
        text = " ".join("-" + name for name in spelling)
        entry = tokens(f"* {text} {verb_word('note', language)}")[0]
        found = try_who(entry, roster, vocabulary(language))
        if found and found.minus == set(children) and found.count == len(entry) - 1:
            return text
    return " ".join(f"-#{child}" for child in children)


def _part(part: Part, language: str, day: date | None) -> str:
    if isinstance(part, CommandWord) and part.name == "day":
        return "@" + part.args
    if isinstance(part, CommandWord):
        return f"{command_word(part.name, language)} {escape(part.args, literal=False)}".strip()
    if isinstance(part, AbsenceReport):
        return _report(part, language)
    if isinstance(part, MemoNote):
        return _memo(part, language)
    if isinstance(part, Grid):
        return "=".join(part.pieces)
    return _step(part, language, day)


def _with_words(before: str, part: Step | AbsenceReport, language: str, day: date | None = None) -> str:
    """Adds the text; where plain words would be read as a time or an amount, each is marked as a word."""
    # in a line for all a `-word`, or an `except` before a name, would take a child away
    excepts = vocabulary(language).excepts
    words = [escape(word, literal=takes_away(make(word, 0)) or fold(word) in excepts) for word in part.text.split()]
    plain = " ".join([before, *words]).strip()
    if not part.text or _read_back(plain, part, language, day) == part.text:
        return plain
    return f"{before} {escape(part.text, literal=True)}"


def _read_back(line: str, part: Step | AbsenceReport, language: str, day: date | None) -> str | None:
    """The text that is read from a printed part, None where anything else than the text came out otherwise."""
    word, *rest = apart(tokens(line)[0])
    moment = datetime(2000, 1, 1)
    if isinstance(part, Step):
        moment = part.start or part.end or moment
    context = Context(vocabulary(language), language, moment, day or moment.date(), {})
    try:
        if isinstance(part, AbsenceReport):
            refuse_not_here(rest, "for_staff_report")
            report = read_report(part.kind, word, rest, replace(context, day=part.first_day))
            return report.text if replace(report, children=part.children) == part else None
        read = read_entry(part.verb, word, rest, context)
    except LineRefused:
        return None
    step = read[0] if len(read) == 1 else None
    same = isinstance(step, Step) and replace(step, children=part.children) == replace(part, menu=False)
    return part.text if same else None


def _step(step: Step, language: str, day: date | None) -> str:
    no_sleep = no_sleep_words(language)[0] if step.not_slept else ""
    words = [verb_word(step.verb, language), no_sleep, _times(step, day)]
    offered = step.detail.get("offered")
    if step.amount is not None and step.kind == "meal":
        # before words a plain number would count them: `1 peer`
        whole = {0.0: portion_words(language)[0], 1.0: portion_words(language)[-1]} if step.text else {}
        words.append(whole.get(step.amount) or print_portion(step.amount, language))
    elif step.amount is not None and step.kind in MILLILITRES and offered is not None:
        words.append(f"{print_number(offered, language)}/{print_number(step.amount, language)}")
    elif step.amount is not None:
        words.append(print_number(step.amount, language))
    if step.detail.get("content"):
        words.append(content_word(str(step.detail["content"]), language))
    if step.for_staff:
        words.append(MARK)
    line = _with_words(" ".join(word for word in words if word), step, language, day)
    return f"{menu_word(language)} {line}" if step.menu else line


def _times(step: Step, day: date | None) -> str:
    if step.ends_open and step.end:
        return print_clock(step.end, day)
    start = print_clock(step.start) if step.start else ""
    if step.end and not step.not_slept:
        return f"{start}-{print_clock(step.end, step.start.date() if step.start else day)}"
    return start + "-" if step.leaves_open else start


def _report(report: AbsenceReport, language: str) -> str:
    words = [report_word(report.kind, language), report.first_day.isoformat()]
    # A sickness without its last day would stay open.
    if report.last_day is not None and (report.last_day != report.first_day or report.kind in ("sick", "swap_day")):
        words.append(report.last_day.isoformat())
    words.append(_hours(report.start, report.end))
    if report.channel != "phone":
        words.append(f"via {report.channel}")
    return _with_words(" ".join(word for word in words if word), report, language)


def _memo(memo: MemoNote, language: str) -> str:
    """The day always said, and the words so that none of them is read as another day or as a group."""
    words = [command_word("memo", language)]
    if memo.of_group:
        words += [command_word("group", language), memo.group]
    first, *more = memo.text.split()
    typed = escape(first, literal=True)
    if typed == first and first.lstrip("\\").isalpha():
        typed = "\\" + first  # it may be the name of a child or of a group
    words += [typed, escape(" ".join(more), literal=True), until_word(language), memo.until.isoformat()]
    return " ".join(word for word in words if word)


def _hours(start: time | None, end: time | None) -> str:
    if start and end:
        return f"{start:%H:%M}-{end:%H:%M}"
    if start:
        return f"{start:%H:%M}-"
    return f"-{end:%H:%M}" if end else ""
