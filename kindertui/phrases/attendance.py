"""Who has not come, whom to phone and what came of it, and how many staff a decision would ask for, in words."""

from collections.abc import Sequence
from itertools import groupby

from kindertui.domain.attendance import Hour, NoShow
from kindertui.domain.calls import Call, Outcome
from kindertui.domain.people import Guardianship
from kindertui.i18n import _, ngettext
from kindertui.phrases import clock
from kindertui.phrases.care_notes import relation


def consequence(hours: Sequence[Hour]) -> list[str]:
    """What a decision would change, a sentence for each run of hours; empty where the need stays as it is."""
    sentences = []
    for first, last, one in _runs([hour for hour in hours if hour.need_after != hour.need]):
        span = f"{first:02}:00–{last + 1:02}:00"
        need = one.need_after
        if need is None:
            text = _("{span}: no group may have so many children.")
        elif one.need is None or need > one.need:
            text = ngettext(
                "{span}: {n} person is needed then, now {now}.", "{span}: {n} people are needed then, now {now}.", need
            )
        else:
            text = ngettext("{span}: {n} person is enough then.", "{span}: {n} people are enough then.", need)
        sentences.append(text.format(span=span, n=need, now="?" if one.need is None else one.need))
    return sentences


def _runs(hours: Sequence[Hour]) -> list[tuple[int, int, Hour]]:
    """Neighbouring hours with the same need before and after: first hour, last hour, one of them."""
    runs = []
    # in a run every hour is as far from its place as the first
    for _key, run in groupby(enumerate(hours), lambda one: (one[1].start - one[0], one[1].need, one[1].need_after)):
        found = [hour for _place, hour in run]
        runs.append((found[0].start, found[-1].start, found[0]))
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


def outcome(name: Outcome) -> str:
    """What came of a try."""
    return {"reached": _("reached"), "no_answer": _("no answer")}[name]


def call_words(one: Call) -> str:
    """`10:31 no answer (Ina)`."""
    return f"{clock(one.at)} {outcome(one.outcome)} ({one.by})"


def tried(calls: Sequence[Call]) -> str:
    """`reached 10:40 by Ina`, `tried 2×, last 10:31`; empty where nobody tried."""
    if not calls:
        return ""
    reached = [one for one in calls if one.outcome == "reached"]
    if reached:
        return _("reached {time} by {name}").format(time=clock(reached[-1].at), name=reached[-1].by)
    text = ngettext("tried {n}×, last {time}", "tried {n}×, last {time}", len(calls))
    return text.format(n=len(calls), time=clock(calls[-1].at))


def refusals() -> dict[str, str]:
    """A sentence for each rule by which a call is refused."""
    return {
        "call_unknown": _("Nothing was saved: that is no guardian of this child any more. Open the list again."),
        "call_held_back": _("Nothing was saved: this guardian is held back and is not to be phoned. Open the list again."),
    }  # fmt: skip
