"""Shows one absence report in full: what was reported, the rule it was judged by, what a decision would change."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from textual.content import Content

from kindertui.domain.absences import Absence
from kindertui.domain.attendance import Hour
from kindertui.domain.people import Child
from kindertui.domain.policy import Policy
from kindertui.i18n import _, ngettext
from kindertui.phrases import absences as words
from kindertui.phrases import age, attendance, clock, day, moment
from kindertui.text import Line, cell, line_content

_LABEL = 16  # terminal cells before the hours' numbers


@dataclass(frozen=True, slots=True)
class Report:
    """What is shown: the absence, the child, and for a request the hours of the day it is about."""

    absence: Absence
    child: Child
    group: str
    hours: tuple[Hour, ...] = ()


def report_lines(report: Report, policy: Policy, today: date) -> list[Line]:
    """The report in whole sentences, the first line naming child and matter."""
    absence = report.absence
    head = "   ".join(
        part
        for part in (
            report.child.full_name,
            words.absence_kind(absence.kind),
            words.period(absence, today),
            words.days_open(absence, today),
        )
        if part
    )
    about = "   ".join(part for part in (age(report.child, today), report.group) if part)
    lines = [(head, "strong"), (f"{_reporter(absence)}   {about}", "dim")]
    if absence.text:
        lines.append((f"“{absence.text}”", "plain"))
    lines.append((words.meaning(absence), "accent" if absence.waits else "plain"))
    judged = " · ".join(
        part for part in (words.timeliness(absence), words.deadline(absence), _credit(absence, policy)) if part
    )
    if judged:
        lines.append((judged, "due" if (absence.late_by or 0) > 0 else "dim"))
    hours = _known(report)
    lines += [(sentence, "due") for sentence in attendance.consequence(hours)]
    if hours and all(one.need == one.need_after and one.need_after is not None for one in hours):
        lines.append((_("No more staff is needed for it."), "good"))
    return lines


def _reporter(absence: Absence) -> str:
    when = moment(absence.reported_at)
    if absence.reported_by:
        return _("{who}, {when}, by {channel}").format(
            who=absence.reported_by, when=when, channel=words.channel(absence.channel)
        )
    return _("told {when} by {channel}").format(when=when, channel=words.channel(absence.channel))


def _credit(absence: Absence, policy: Policy) -> str:
    """Whether the day may be used another time; empty where the portal gives no such days for this kind."""
    if not (policy.credit_days and policy.absences[absence.kind].credit):
        return ""
    if (absence.late_by or 0) > 0:
        return _("too late to use the day another time")
    return ngettext(
        "the day may be used another time, within {n} day", "the day may be used another time, within {n} days",
        policy.credit_days,
    ).format(n=policy.credit_days)  # fmt: skip


def rule_lines(report: Report, policy: Policy) -> list[Line]:
    """The rule the report was judged by; empty where there is none."""
    rule = words.basis(report.absence, policy)
    return [(rule, "dim")] if rule else []


def report_content(report: Report, policy: Policy, today: date) -> Content:
    """The lines, the hours as they are and as they would be, and the rule."""
    parts = [line_content(*line) for line in report_lines(report, policy, today)]
    if hours := hour_rows(report):
        parts += [*hours, Content("")]
    return Content("\n").join([*parts, *(line_content(*line) for line in rule_lines(report, policy))])


def sick_until(policy: Policy) -> str:
    """By when a sick child is to be reported, by channel where they differ; empty where the portal says nothing."""
    by_channel = {}
    for name in ("portal", "phone"):
        found = policy.deadline("sick", name)
        if found is not None and found.at is not None:
            before = ngettext("{n} day before", "{n} days before", found.days_before).format(n=found.days_before)
            by_channel[name] = f"{clock(found.at)}, {before}" if found.days_before else clock(found.at)
    if not by_channel:
        return ""
    times = set(by_channel.values())
    each = " · ".join(f"{words.channel(one)} {at}" for one, at in by_channel.items()) if len(times) > 1 else times.pop()
    return _("report sick until: {each}").format(each=each)


def wanted_day(absence: Absence) -> date:
    """The day on which a request brings a child more: the one wanted, of a swap."""
    return absence.last_day if absence.kind == "swap_day" and absence.last_day else absence.first_day


def _known(report: Report) -> list[Hour]:
    """The hours at which anybody is expected, now or then."""
    return [one for one in report.hours if one.children or one.children_after]


def hour_rows(report: Report) -> list[Content]:
    """Children and staff by hour, now and if the request is approved; empty where there is nothing to compare."""
    absence, hours = report.absence, _known(report)
    if not hours:
        return []
    changed = [one.children != one.children_after for one in hours]
    needs = [one.need != one.need_after for one in hours]
    return [
        _row(day(wanted_day(absence)), [f"{one.start:02}" for one in hours], "dim"),
        _row(_("children"), [str(one.children) for one in hours], "plain"),
        _row(_("if approved"), [str(one.children_after) for one in hours], "plain", changed),
        _row(_("staff needed"), [_number(one.need) for one in hours], "plain"),
        _row(_("if approved"), [_number(one.need_after) for one in hours], "plain", needs),
    ]


def _number(need: int | None) -> str:
    return "–" if need is None else str(need)


def _row(label: str, numbers: Sequence[str], tone: str, loud: Sequence[bool] = ()) -> Content:
    parts: list[Content | tuple[str, str] | str] = [(cell(label, _LABEL), "$tone-dim")]
    for place, number in enumerate(numbers):
        style = "bold $tone-due" if loud and loud[place] else f"$tone-{tone}"
        parts.append((f"{number:>4}", style))
    return Content.assemble(*parts)
