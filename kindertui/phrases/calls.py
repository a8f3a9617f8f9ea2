"""Phone calls in words: what came of each, and how often somebody tried."""

from collections.abc import Sequence

from kindertui.domain.calls import Call, Outcome
from kindertui.i18n import _, ngettext
from kindertui.phrases import clock


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
