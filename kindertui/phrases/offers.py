"""What the hour asks for, in a few words, and the line to type for it."""

from collections.abc import Mapping, Sequence

from kindertui.domain.offers import Offer, Offered
from kindertui.domain.roster import ChildDay
from kindertui.i18n import _, ngettext
from kindertui.phrases import short_names

_FEW, _SOME = 3, 6  # names that a line takes instead of `all`, or at most


def offer_words(offer: Offer, everybody: Sequence[ChildDay]) -> tuple[str, str]:
    """`lunch: not written for 5` and the line for it, empty where it would name too many; `everybody` tells names apart."""
    count = len(offer.children)
    texts: Mapping[Offered, str] = {
        "arrivals": ngettext("arrivals: {n} is not here yet", "arrivals: {n} are not here yet", count),
        "lunch": ngettext("lunch: not written of {n}", "lunch: not written of {n}", count),
        "nap": ngettext("nap: {n} is awake", "nap: {n} are awake", count),
        "waking": ngettext("waking: {n} is asleep", "waking: {n} are asleep", count),
        "leaving": ngettext("leaving: {n} should be fetched by now", "leaving: {n} should be fetched by now", count),
    }
    return texts[offer.what].format(n=count), _line(offer, short_names(one.child for one in everybody))


def _line(offer: Offer, names: Mapping[str, str]) -> str:
    """The line as it is typed: it must be one that the entry language reads."""
    due = [names[one.child.id].lower() for one in offer.children]
    others = [names[one.child.id].lower() for one in offer.others]
    if offer.what == "leaving":
        return _("{who} out").format(who=due[0])
    named: Mapping[Offered, str] = {
        "arrivals": _("{who} in"), "lunch": _("{who} lunch"), "nap": _("{who} sleep"), "waking": _("{who} woke"),
    }  # fmt: skip
    for_all: Mapping[Offered, str] = {
        "arrivals": _("all {but} in"), "lunch": _("all {but} lunch"), "nap": _("all {but} sleep"),
        "waking": _("all {but} woke"),
    }  # fmt: skip
    if len(others) <= _FEW < len(due) or (len(due) > 1 and not others):
        return " ".join(for_all[offer.what].format(but=" ".join(f"-{name}" for name in others)).split())
    return named[offer.what].format(who=", ".join(due)) if len(due) <= _SOME else ""
