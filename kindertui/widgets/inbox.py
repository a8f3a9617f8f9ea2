"""The rows of the absence inbox: a line a report, and a line a child of whom nobody told us."""

from datetime import datetime

from kindertui.domain.absences import Absence
from kindertui.domain.attendance import NoShow
from kindertui.domain.people import Child
from kindertui.i18n import _
from kindertui.phrases import absences as words
from kindertui.phrases import clock, day
from kindertui.phrases.absences import absence_kind, channel, timeliness
from kindertui.phrases.attendance import tried
from kindertui.phrases.messages import ago
from kindertui.widgets.table import Cell, Column, Row


def inbox_columns(*, wide: bool) -> tuple[Column, ...]:
    """The columns; only a wide screen has room for the channel."""
    columns = [
        Column(_("told"), 10 if wide else 5),
        Column(_("child"), 22 if wide else 16),
        Column(_("what"), 16 if wide else 13),
        Column(_("when"), 25 if wide else 16),
        Column(_("in time"), 11),
    ]
    if wide:
        columns.append(Column(_("by"), 10))
    return (*columns, Column("", 0))


def missing_row(key: str, one: NoShow) -> Row:
    """A child who was expected: in words, across the columns."""
    text = _("expected {time}, nobody told us").format(time=clock(one.expected))
    if said := tried(one.tries):
        text += f" · {said}"
    return Row(key, (Cell("", "dim"), Cell(one.day.child.full_name, "strong"), Cell(text, "danger")), wide=2)


def report_row(report: Absence, child: Child | None, now: datetime, *, wide: bool) -> Row:
    """A report; `now` is aware, in the location's zone."""
    told = report.reported_at
    earlier = day(told.date()) if wide else ago(told, now)
    cells = [
        Cell(clock(told) if told.date() == now.date() else earlier, "dim"),
        Cell(child.full_name if child else "?", "strong" if report.waits else "plain"),
        Cell(absence_kind(report.kind)),
        Cell(words.period(report, now.date())),
        Cell(timeliness(report), "due" if (report.late_by or 0) > 0 else "dim"),
    ]
    if wide:
        cells.append(Cell(channel(report.channel), "dim"))
    return Row(report.id, (*cells, _state(report, wide=wide)))


def _state(report: Absence, *, wide: bool) -> Cell:
    """What became of it, or whom it waits for."""
    if not report.waits:
        tone = {"approved": "good", "refused": "danger"}.get(report.state, "dim")
        return Cell(words.state(report.state), tone)
    if report.nature == "notice" or report.decided_by == "nobody":
        return Cell(words.state(report.state), "accent")
    who = words.decider(report.decided_by)
    return Cell(_("for {who}").format(who=who) if wide else _("request"), "accent")
