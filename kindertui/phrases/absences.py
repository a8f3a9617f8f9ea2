"""Absences and requests in the words of the reader: kind and channel, when, what it means, who decides and why.

Names and reasons in these sentences are people's text: they go to a widget through `text.content` like all of it.
"""

from collections.abc import Mapping
from datetime import date, datetime

from kindertui.domain.absences import OPEN_ENDED, Absence, AbsenceKind, AbsenceState, Decider
from kindertui.domain.faults import Refused
from kindertui.domain.policy import Policy
from kindertui.i18n import N_, _, language
from kindertui.phrases import clock, day, moment
from kindertui.phrases.messages import category

ABSENCE_WORDS: Mapping[AbsenceKind, str] = {
    "sick": N_("sick"), "better": N_("better"), "holiday": N_("holiday"), "leave": N_("leave"), "doctor": N_("doctor"),
    "dentist": N_("dentist"), "late": N_("late"), "early_pick_up": N_("early pick-up"),
    "other_pick_up": N_("other pick-up"), "extra_day": N_("extra day"), "swap_day": N_("swap day"),
    "flexible_hours": N_("flexible hours"), "absent_without_notice": N_("absent without notice"),
}  # fmt: skip
STATE_WORDS: Mapping[AbsenceState, str] = {
    "new": N_("new"), "acknowledged": N_("acknowledged"), "approved": N_("approved"), "refused": N_("refused"),
    "withdrawn": N_("withdrawn"),
}  # fmt: skip


def absence_kind(name: AbsenceKind) -> str:
    """The word for a kind of absence or request."""
    return _(ABSENCE_WORDS[name])


def channel(name: str) -> str:
    """How a report came."""
    return {"portal": _("portal"), "phone": _("phone"), "email": _("e-mail"), "door": _("at the door")}.get(name, name)


def timeliness(absence: Absence) -> str:
    """`on time`, `11 min late`, or nothing where the portal knows no deadline."""
    if absence.late_by is None:
        return ""
    if absence.late_by <= 0:
        return _("on time")
    if absence.late_by < 120:
        return _("{n} min late").format(n=absence.late_by)
    if absence.late_by < 2880:
        return _("{n} h late").format(n=absence.late_by // 60)
    return _("{n} days late").format(n=absence.late_by // 1440)


def absent_words(absence: Absence, on: date, *, judged: bool = True) -> str:
    """`sick, reported 07:31 by portal, on time` or `holiday until mon 30 nov`; in time or late only if `judged`."""
    what = absence_kind(absence.kind)
    if absence.last_day is not None and absence.last_day > on:
        return _("{what} until {day}").format(what=what, day=day(absence.last_day))
    when = clock(absence.reported_at) if absence.reported_at.date() == on else day(absence.reported_at.date())
    said = _("reported {when} by {channel}").format(when=when, channel=channel(absence.channel))
    return ", ".join(part for part in (what, said, timeliness(absence) if judged else "") if part)


def state(name: AbsenceState) -> str:
    """What became of a report."""
    return _(STATE_WORDS[name])


def read_by(who: str) -> str:
    """Whom a decision is told; what they read stands behind it."""
    return _("With the next export {who} read:").format(who=who)


def read_as(name: AbsenceState, reason: str) -> str:
    """`“approved: fine”`: what they read of a decision."""
    return f"“{state(name)}: {reason}”" if reason else f"“{state(name)}”"


def decider(name: Decider) -> str:
    """Who decides."""
    return {
        "group": _("the group"), "manager": _("the manager"), "school": _("the head of the school"), "nobody": _("nobody"),
    }[name]  # fmt: skip


def period(absence: Absence, today: date) -> str:
    """`from today, open`, `today 09:00–10:30`, `mon 23 nov – fri 27 nov`, `wed 25 nov instead of mon 23 nov`."""
    first, last = absence.first_day, absence.last_day
    hours = _hours(absence)
    if absence.kind == "swap_day" and last is not None:
        text = _("{wanted} instead of {given}").format(wanted=_near(last, today), given=_near(first, today))
    elif last is None and absence.kind in OPEN_ENDED:
        text = _("from {day}, open").format(day=_near(first, today))
    elif last is None or last == first:
        text = _near(first, today)
    else:
        text = f"{_near(first, today)} – {_near(last, today)}"
    return f"{text} {hours}".strip()


def _near(value: date, today: date) -> str:
    names = {-1: _("yesterday"), 0: _("today"), 1: _("tomorrow")}
    return names.get((value - today).days) or day(value)


def _hours(absence: Absence) -> str:
    if absence.start and absence.end:
        return f"{clock(absence.start)}–{clock(absence.end)}"
    if absence.start:
        return _("from {time}").format(time=clock(absence.start))
    return _("until {time}").format(time=clock(absence.end)) if absence.end else ""


def days_open(absence: Absence, today: date) -> str:
    """`day 4` of a sickness without an end; empty for what is not open or has not begun."""
    if absence.kind not in OPEN_ENDED or absence.last_day is not None or today < absence.first_day:
        return ""
    return _("day {n}").format(n=(today - absence.first_day).days + 1)


def meaning(absence: Absence) -> str:
    """What is to be done with it, or what was done and by whom."""
    if not absence.waits:
        return _decided(absence)
    if absence.nature == "notice":
        return _("A notice: it holds already. Acknowledge it when you have read it.")
    if absence.decided_by == "nobody":
        return _("A request: nobody is named who decides. Approve it, or refuse it with a reason.")
    return _("A request: {who} decides. It holds once it is approved.").format(who=decider(absence.decided_by))


def _decided(absence: Absence) -> str:
    what = state(absence.state)
    text = f"{what[:1].upper()}{what[1:]}"
    if absence.decision_by and absence.decision_at is not None:
        text = _("{what} by {name}, {day} {time}").format(
            what=text, name=absence.decision_by, day=day(absence.decision_at.date()), time=clock(absence.decision_at)
        )
    return f"{text}: {absence.reason}" if absence.reason else f"{text}."


def deadline(absence: Absence) -> str:
    """`deadline 08:30`, with the day where it is another one than the day of the report; empty without one."""
    if absence.deadline is None:
        return ""
    if absence.deadline.date() == absence.reported_at.date():
        return _("deadline {time}").format(time=clock(absence.deadline))
    return _("deadline {day} {time}").format(day=day(absence.deadline.date()), time=clock(absence.deadline))


def basis(absence: Absence, policy: Policy) -> str:
    """Whose rule it was judged by, by its source's title; empty for a rule that the profile in force does not have."""
    try:
        origin = policy.origin(absence.rule)
    except KeyError:
        return ""
    said = "; ".join(policy.source_title(key, language()) for key in origin.source.split())
    if origin.one_organisation:
        return _("Rule: {said} (one organisation's own).").format(said=said)
    if origin.uncertain:
        return _("Rule: {said} (not certain).").format(said=said)
    return _("Rule: {said}.").format(said=said)


def refusals() -> dict[str, str]:
    """A sentence for each rule an absence is refused by, with places for what `arguments` gives."""
    return {
        "absence_ends_before_it_starts": _(
            "Nothing was saved: the last day ({last}) comes before the first ({first}). Correct the days."
        ),
        "absence_hours_reversed": _("Nothing was saved: it ends at {end} and begins at {start}. Correct the hours."),
        "absence_in_future": _(
            "Nothing was saved: it is said to be reported {at}, and that is still to come. Check the clock "
            "here and in the portal."
        ),
        "absence_twice": _(
            "Nothing was saved: {kind}, {days}, is on the list already. Withdraw that report first if this "
            "one is right."
        ),
        "absence_unknown": _("That report is not there any more: it was taken back. Nothing was changed."),
        "absence_decided": _(
            "Nothing was changed: {by} was first, {at}; it is {state}. Take that back first if it has to be otherwise."
        ),
        "absence_closed": _("It is {state} already: there is nothing to withdraw."),
        "notice_is_not_decided": _(
            "This is a notice, it holds already: acknowledge it. Only a request is approved or refused."
        ),
        "request_is_not_acknowledged": _("This is a request: approve it, or refuse it with a reason."),
        "reason_missing": _(
            "Nothing was changed: a reason is needed here, the parents read it. Type the reason and confirm again."
        ),
        "reason_guarded": _(
            "Not done: the parents would read of {categories} in the reason. Say it otherwise, or confirm it once more."
        ),
        "reason_blocked": _(
            "Not done: the parents would read of {categories} in the reason. Say it otherwise; only a manager may send it."
        ),
        "better_stays": _("A recovery is not withdrawn: report the child sick again, or take back the last step."),
        "text_not_unicode": _("The text holds something that is no character. Type it again; nothing was saved."),
    }


def arguments(problem: Refused) -> dict[str, str]:
    """What stands in those sentences, in words; empty for a rule that is not about absences."""
    if problem.rule not in refusals():
        return {}
    given = problem.args_
    words: dict[str, str] = {}
    if given.get("categories"):
        words["categories"] = ", ".join(category(name) for name in given["categories"].split(","))  # type: ignore[arg-type]
    if "first" in given:
        first = date.fromisoformat(given["first"])
        last = date.fromisoformat(given["last"]) if given.get("last") else None
        words |= {"first": day(first), "last": day(last) if last else ""}
        if last is None:
            words["days"] = _("from {day}, open").format(day=day(first))
        else:
            words["days"] = day(first) if last == first else f"{day(first)} – {day(last)}"
    if "kind" in given:
        kind: AbsenceKind = given["kind"]  # type: ignore[assignment]
        words["kind"] = absence_kind(kind)
    if "state" in given:
        became: AbsenceState = given["state"]  # type: ignore[assignment]
        words["state"] = state(became)
    if given.get("at"):
        words["at"] = moment(datetime.fromisoformat(given["at"]))
    return words
