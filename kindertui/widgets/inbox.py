"""The rows of the absence inbox: one for each report, and one for each child who is missing without a report."""

from datetime import datetime

from kindertui.domain.absences import Absence
from kindertui.domain.attendance import NoShow
from kindertui.domain.people import Child
from kindertui.i18n import _
from kindertui.phrases import HARM, clock, day
from kindertui.phrases import absences as words
from kindertui.phrases.attendance import tried
from kindertui.phrases.messages import ago
from kindertui.widgets.table import Cell, Column, Row


def inbox_columns(*, wide: bool) -> tuple[Column, ...]:
    """The columns; only a wide screen has room for the channel."""
    return (
        Column(_("told"), 10 if wide else 6),
        Column(_("child"), 22 if wide else 15),
        Column(_("what"), 16 if wide else 13),
        Column(_("when"), 25 if wide else 16),
        Column(_("in time"), 12),
        *([Column(_("by"), 10)] if wide else []),
        Column("", 0),
    )


def missing_row(key: str, one: NoShow) -> Row:
    """A child who was expected and did not come: in words, across the columns."""
    text = _("expected {time}, nobody told us").format(time=clock(one.expected))
    if calls := tried(one.tries):
        text += f" · {calls}"
    return Row(key, (Cell("", "dim"), Cell(one.day.child.full_name, "strong"), Cell(HARM + text, "danger")), wide=2)


def report_row(report: Absence, child: Child | None, now: datetime, *, wide: bool) -> Row:
    """A report; `now` is aware, in the location's zone."""
    at = report.reported_at
    earlier = day(at.date()) if wide else ago(at, now)
    cells = (
        Cell(clock(at) if at.date() == now.date() else earlier, "dim"),
        Cell(child.full_name if child else "?", "strong" if report.waits else "plain"),
        Cell(words.absence_kind(report.kind)),
        Cell(words.period(report, now.date())),
        Cell(words.timeliness(report), "due" if (report.late_by or 0) > 0 else "dim"),
        *([Cell(words.channel(report.channel), "dim")] if wide else []),
        _state(report, wide=wide),
    )
    return Row(report.id, cells)


def _state(report: Absence, *, wide: bool) -> Cell:
    """What was decided, or who is to decide."""
    if not report.waits:
        tone = {"approved": "good", "refused": "due"}.get(report.state, "dim")
        return Cell(words.state(report.state), tone)
    if report.nature == "notice" or report.decided_by == "nobody":
        return Cell(words.state(report.state), "accent")
    who = words.decider(report.decided_by)
    return Cell(_("for {who}").format(who=who) if wide else _("request"), "accent")
