"""An incident's report on paper: one for the file, and for each child's parents a copy of their own."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import partial

from kindertui.domain.daylog import Entry
from kindertui.domain.incidents import Incident, involves
from kindertui.domain.other_names import without_other_names
from kindertui.domain.people import Child
from kindertui.i18n import _, ngettext
from kindertui.phrases import age, clock
from kindertui.phrases.incidents import at_words, field
from kindertui.phrases.paper import Line, Paper, Section, subtitle

_RULE = "_" * 28  # to write on


def file_paper(
    entries: Sequence[Entry], child: Child, children: Mapping[str, Child], day: date, now: datetime, location: str
) -> Paper:
    """The report for the file: all that was written of the child's incidents of a day, with every name."""
    sections = [_for_file(one, child, children) for one in entries if one.child_id == child.id]
    note = Line(_("For the file. Other children's names may stand here: no copy of this goes to parents."), "danger")
    title = _("Incident report for the file: {name}").format(name=child.full_name)
    return Paper(
        "incident-file",
        title,
        subtitle(location, day, now),
        (Section("", (note,)), *sections, _to_sign(_("signed: {line}"))),
    )


def parents_paper(
    entries: Sequence[Entry], child: Child, children: Mapping[str, Child], day: date, now: datetime, location: str
) -> Paper:
    """The copy for the parents of one child, to whom it happened or who was involved: no other child is named in it.

    What somebody kept for the staff is on no copy. What was done to another child, and what its parents were told, is
    theirs.
    """
    told = [one for one in entries if involves(one, child.id) and not one.for_staff]
    sections = [_for_parents(one, child, children) for one in told]
    if not sections:
        sections = [Section("", (Line(_("There is no incident on this day that is to be told."), "dim"),))]
    title = _("Incident: for the parents of {name}").format(name=child.full_name)
    signed = _to_sign(_("seen by: {line}"))
    return Paper("incident-parents", title, subtitle(location, day, now), (*sections, signed))


def _to_sign(who: str) -> Section:
    lines = (who, _("date: {line}"))
    return Section("", tuple(Line(one.format(line=_RULE)) for one in lines))


def _for_file(entry: Entry, child: Child, children: Mapping[str, Child]) -> Section:
    found = Incident.of(entry)
    names = [one.full_name for one in map(children.get, found.others) if one is not None]
    lines = [
        _line("what", found.what),
        _line("where", found.where or _("not filled in")),
        _line("first_aid", found.first_aid or _("not filled in")),
        _line("done", found.done or _("not filled in")),
        _line("others", ", ".join(names) or _("none")),
        _line("told", _told(found, entry.day) or (_("not yet") if entry.untold else _("for staff only"))),
        Line(_written(entry)),
    ]
    heading = " · ".join((clock(entry.start), child.full_name, age(child, entry.day)))
    return Section(heading, tuple(lines))


def _for_parents(entry: Entry, child: Child, children: Mapping[str, Child]) -> Section:
    found = Incident.of(entry)
    own = entry.child_id == child.id
    hidden = partial(_hidden, child=child, children=children, involved=(entry.child_id, *found.others))
    lines = [_line("what", hidden(found.what)), _line("where", hidden(found.where))]
    if not own:
        text = _("It happened to another child; {name} was involved.")
        lines.insert(0, Line(text.format(name=child.given_name)))
    if own:
        lines.append(_line("first_aid", hidden(found.first_aid)))
    lines.append(_line("done", hidden(found.done)))
    if own and found.others:
        others = ngettext("{n} other child was involved", "{n} other children were involved", len(found.others))
        lines.append(Line(others.format(n=len(found.others)) + "."))
    if own and found.told:
        lines.append(_line("told", hidden(_told(found, entry.day))))
    lines.append(Line(_written(entry)))
    return Section(clock(entry.start), tuple(line for line in lines if line.text))


def _hidden(text: str, child: Child, children: Mapping[str, Child], involved: Sequence[str]) -> str:
    return without_other_names(
        text, child, children.values(), involved=involved, another=_("another child"), of_another=_("another child's")
    )


def _told(found: Incident, day: date) -> str:
    """`mother 16:10`; empty where nobody was."""
    return f"{found.told} {at_words(found.told_at, day)}".rstrip() if found.told else ""


def _line(name: str, text: str) -> Line:
    return Line(f"{field(name).capitalize()}: {text}" if text else "")


def _written(entry: Entry) -> str:
    at = "" if entry.recorded_at is None else at_words(entry.recorded_at, entry.day)
    return _("Written down by {name} {time}").format(name=entry.by, time=at).rstrip()


Copy = Callable[[Sequence[Entry], Child, Mapping[str, Child], date, datetime, str], Paper]
COPIES: Mapping[str, Copy] = {"file": file_paper, "parents": parents_paper}
