"""A Plan or a record as the line that would mean it: for filling the line in, and for the list of earlier lines."""

from collections import Counter
from datetime import datetime, time, tzinfo

from msgspec.structs import replace

from kindertui.domain.daylog import UNITS, Entry
from kindertui.domain.entry.amounts import MILLILITRES, print_number, print_portion
from kindertui.domain.entry.holes import read_entry
from kindertui.domain.entry.model import Command, Grid, Part, Plan, Problem, Report, Roster, Step
from kindertui.domain.entry.moments import print_clock
from kindertui.domain.entry.names import read_who
from kindertui.domain.entry.reports import read_report
from kindertui.domain.entry.steps import Context
from kindertui.domain.entry.tokens import escape, tokens
from kindertui.domain.entry.words import (
    MEAL_VERBS,
    VERB_KIND,
    command_word,
    content_word,
    fold,
    report_word,
    verb_word,
    vocabulary,
)

_SAID = ("meal", "offered", "content")  # of an entry's detail what a line says; the rest is the program's own


def to_line(plan: Plan, roster: Roster, language: str) -> str:
    """The line that `parse` reads back as `plan` on the same roster: who is always said, times always printed."""
    entries = [_part(part, language, roster) for part in plan.parts]
    who = _who(plan.parts[0].children, roster, language) if plan.parts else ""
    return f"{who} {'; '.join(entries)}".strip()


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
    )
    return _step(step, language)


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
        found = read_who(entries[0], roster, words) if len(entries) == 1 else Problem("empty")
        if not isinstance(found, Problem) and found.children == children and found.count == len(entries[0]) - 1:
            return text
    return " ".join(spellings[-1])


def _part(part: Part, language: str, roster: Roster) -> str:
    if isinstance(part, Command):
        return f"{command_word(part.name, language)} {escape(part.args, literal=False)}".strip()
    if isinstance(part, Report):
        return _report(part, language)
    if isinstance(part, Grid):
        return "=".join(part.pieces)
    return _step(part, language)


def _with_words(before: str, part: Step | Report, language: str) -> str:
    """Adds the text; where plain words would be read as a time or an amount, each is marked as a word."""
    plain = f"{before} {escape(part.text, literal=False)}".strip()
    if not part.text or _read_back(plain, part, language) == part.text:
        return plain
    return f"{before} {escape(part.text, literal=True)}"


def _read_back(line: str, part: Step | Report, language: str) -> str | None:
    """The text that is read from a printed part, None where anything else than the text came out otherwise."""
    word, *rest = tokens(line)[0]
    moment = datetime(2000, 1, 1)
    if isinstance(part, Step):
        moment = part.start or part.end or moment
    context = Context(vocabulary(language), language, moment, moment.date(), {})
    if isinstance(part, Report):
        context = replace(context, day=part.first_day)
        report = read_report(part.kind, word, rest, context)
        return (
            report.text if not isinstance(report, Problem) and replace(report, children=part.children) == part else None
        )
    step = read_entry(part.verb, word, rest, context)
    return step.text if isinstance(step, Step) and replace(step, children=part.children) == part else None


def _step(step: Step, language: str) -> str:
    words = [verb_word(step.verb, language), _times(step)]
    offered = step.detail.get("offered")
    if step.amount is not None and step.kind == "meal":
        words.append(print_portion(step.amount))
    elif step.amount is not None and step.kind in MILLILITRES and offered is not None:
        words.append(f"{print_number(offered)}/{print_number(step.amount)}")
    elif step.amount is not None:
        words.append(print_number(step.amount))
    if step.detail.get("content"):
        words.append(content_word(str(step.detail["content"]), language))
    return _with_words(" ".join(word for word in words if word), step, language)


def _times(step: Step) -> str:
    if step.ends_open and step.end:
        return print_clock(step.end)
    start = print_clock(step.start) if step.start else ""
    if step.end:
        return f"{start}-{print_clock(step.end)}"
    return start + "-" if step.leaves_open else start


def _report(report: Report, language: str) -> str:
    words = [report_word(report.kind, language), report.first_day.isoformat()]
    # A sickness without its last day would stay open.
    if report.last_day is not None and (report.last_day != report.first_day or report.kind in ("sick", "swap_day")):
        words.append(report.last_day.isoformat())
    words.append(_hours(report.start, report.end))
    if report.channel != "phone":
        words.append(f"via {report.channel}")
    return _with_words(" ".join(word for word in words if word), report, language)


def _hours(start: time | None, end: time | None) -> str:
    if start and end:
        return f"{start:%H:%M}-{end:%H:%M}"
    if start:
        return f"{start:%H:%M}-"
    return f"-{end:%H:%M}" if end else ""
