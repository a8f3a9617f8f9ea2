"""Absences and requests in the words of the reader: when, what it means, who decides and why, and what it would change.

Names and reasons in these sentences are people's text: they go to a widget through `text.content` like all of it.
"""

from collections.abc import Sequence
from datetime import date, datetime

from kindertui.domain.absences import OPEN_ENDED, Absence, AbsenceKind, AbsenceState, Decider
from kindertui.domain.attendance import Hour, NoShow
from kindertui.domain.calls import Call
from kindertui.domain.faults import Refused
from kindertui.domain.people import Guardianship
from kindertui.domain.policy import Policy
from kindertui.i18n import _, language, ngettext
from kindertui.phrases import clock, day
from kindertui.phrases.calls import call_words
from kindertui.phrases.roster import absence_kind, channel, relation, timeliness


def state(name: AbsenceState) -> str:
    """What became of a report."""
    return {
        "new": _("new"),
        "acknowledged": _("acknowledged"),
        "approved": _("approved"),
        "refused": _("refused"),
        "withdrawn": _("withdrawn"),
    }[name]


def decider(name: Decider) -> str:
    """Who decides."""
    return {
        "group": _("the group"),
        "manager": _("the manager"),
        "school": _("the head of the school"),
        "nobody": _("nobody"),
    }[name]


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


def in_a_line(absence: Absence, name: str, today: date) -> str:
    """`Daan Visser: sick, from today, open; reported 07:31 by portal, on time; new.`"""
    told = absence.reported_at
    when = clock(told) if told.date() == today else f"{_near(told.date(), today)} {clock(told)}"
    said = _("reported {when} by {channel}").format(when=when, channel=channel(absence.channel))
    judged = ", ".join(part for part in (said, timeliness(absence)) if part)
    return f"{name}: {absence_kind(absence.kind)}, {period(absence, today)}; {judged}; {state(absence.state)}."


def consequence(hours: Sequence[Hour]) -> list[str]:
    """What a decision would change, a sentence for each run of hours; empty where the need stays as it is."""
    sentences = []
    for first, last, one in _runs([hour for hour in hours if hour.need_after != hour.need]):
        span = f"{first:02}:00–{last + 1:02}:00"
        if one.need_after is None:
            sentences.append(_("{span}: no group may have so many children.").format(span=span))
        elif one.need is None or one.need_after > one.need:
            text = ngettext(
                "{span}: {n} person is needed then, now {now}.", "{span}: {n} people are needed then, now {now}.",
                one.need_after,
            )  # fmt: skip
            sentences.append(text.format(span=span, n=one.need_after, now="?" if one.need is None else one.need))
        else:
            text = ngettext("{span}: {n} person is enough then.", "{span}: {n} people are enough then.", one.need_after)
            sentences.append(text.format(span=span, n=one.need_after))
    return sentences


def _runs(hours: Sequence[Hour]) -> list[tuple[int, int, Hour]]:
    """Neighbouring hours with the same need before and after: first hour, last hour, one of them."""
    runs: list[tuple[int, int, Hour]] = []
    for hour in hours:
        if runs:
            first, last, one = runs[-1]
            if hour.start == last + 1 and (hour.need, hour.need_after) == (one.need, one.need_after):
                runs[-1] = (first, hour.start, one)
                continue
        runs.append((hour.start, hour.start, hour))
    return runs


def no_show(missing: NoShow) -> str:
    """`Evi Mulder, expected 08:30, nobody told us. Call: Sara Mulder (mother) 06-…. Do not call: …`"""
    sentences = [
        _("{child}, expected {time}, nobody told us.").format(
            child=missing.day.child.full_name, time=clock(missing.expected)
        )
    ]
    if missing.calls:
        sentences.append(_("Call: {people}.").format(people=" · ".join(_callable(link) for link in missing.calls)))
    else:
        sentences.append(_("There is nobody on the list to call: ask the manager."))
    if missing.tries:
        sentences.append(_("Today: {calls}.").format(calls=" · ".join(_call(missing, one) for one in missing.tries)))
    if missing.not_to_call:
        names = ", ".join(link.guardian.name for link in missing.not_to_call)
        sentences.append(_("Do not call {names}: held back by a restriction.").format(names=names))
    return " ".join(sentences)


def _call(missing: NoShow, call: Call) -> str:
    names = {link.guardian.id: link.guardian.name for link in (*missing.calls, *missing.not_to_call)}
    return f"{names.get(call.guardian_id, '')} {call_words(call)}".strip()


def _callable(link: Guardianship) -> str:
    who = f"{link.guardian.name} ({relation(link.relation)})" if link.relation else link.guardian.name
    return f"{who} {link.guardian.phone}" if link.guardian.phone else _("{who}, no number").format(who=who)


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
        "better_stays": _("A recovery is not withdrawn: report the child sick again, or take back the last step."),
        "text_not_unicode": _("The text holds something that is no character. Type it again; nothing was saved."),
    }


def arguments(problem: Refused) -> dict[str, str]:
    """What stands in those sentences, in words; empty for a rule that is not about absences."""
    if problem.rule not in refusals():
        return {}
    given = problem.args_
    words: dict[str, str] = {}
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
        at = datetime.fromisoformat(given["at"])
        words["at"] = f"{day(at.date())} {clock(at)}"
    return words
