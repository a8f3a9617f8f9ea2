"""What is written of a day, in words: kinds of entry, what one entry says, and what writing them down took."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from kindertui.domain.daylog import Entry, Kind
from kindertui.domain.due import minutes_past
from kindertui.domain.effort import Effort
from kindertui.i18n import N_, _, ngettext
from kindertui.phrases import clock, day, decimal, number, span
from kindertui.phrases.incidents import incident_words

KIND_WORDS: Mapping[Kind, str] = {
    "sleep": N_("sleep"), "sleep_check": N_("sleep check"), "meal": N_("meal"), "bottle": N_("bottle"),
    "drink": N_("drink"), "nappy": N_("nappy"), "toilet": N_("toilet"), "activity": N_("activity"), "note": N_("note"),
    "temperature": N_("temperature"), "medicine": N_("medicine"), "incident": N_("incident"), "arrival": N_("in"),
    "departure": N_("out"),
}  # fmt: skip
MEAL_WORDS = {
    "breakfast": N_("breakfast"), "fruit": N_("fruit"), "lunch": N_("lunch"), "snack": N_("snack"),
    "dinner": N_("dinner"),
}  # fmt: skip
NAPPY_WORDS = {"wet": N_("wet"), "soiled": N_("soiled"), "both": N_("wet and soiled"), "dry": N_("dry")}
_PORTIONS = {0.0: "0", 0.25: "¼", 0.5: "½", 0.75: "¾"}


def portion(amount: float | None) -> str:
    """`¾`, or the word for all; empty when it was not said."""
    if amount is None:
        return ""
    return _("all") if amount == 1 else _PORTIONS.get(amount, number(amount))


def meal(name: str) -> str:
    """The word for a meal of the day."""
    return _(MEAL_WORDS.get(name, KIND_WORDS["meal"]))


def meal_and_portion(entry: Entry) -> str:
    """`lunch ¾`."""
    return f"{meal(str(entry.detail.get('meal', '')))} {portion(entry.amount)}".strip()


def millilitres(entry: Entry) -> str:
    """`150 ml`, or `150/180 ml` of what was offered."""
    offered = entry.detail.get("offered")
    amount = "" if entry.amount is None else number(entry.amount)
    return f"{amount}/{number(offered)} ml" if offered is not None and offered != entry.amount else f"{amount} ml"


def content(entry: Entry) -> str:
    """What was in a nappy."""
    return nappy_content(str(entry.detail.get("content", "")))


def nappy_content(name: str) -> str:
    """The word for what a nappy held; empty for none of them."""
    return _(NAPPY_WORDS.get(name, ""))


def kind(name: Kind) -> str:
    """The word for a kind of entry."""
    return _(KIND_WORDS[name])


def check_late(entry: Entry) -> str:
    """`4 min late` of a sleep check; empty for one that was in time."""
    late = entry.detail.get("late")
    return _("{n} min late").format(n=late) if late else ""


def kept(entry: Entry, words: str) -> str:
    """The words of an entry that parents do not read, behind the word that kept them from it: `staff: mother called`."""
    word = _("staff:")
    return f"{word} {words}".rstrip() if entry.for_staff else words


def marked(entry: Entry, words: str) -> str:
    """The same where there is little room: `lunch ¾ !`."""
    return f"{words} !" if entry.for_staff else words


def entry_words(entry: Entry, now: datetime) -> str:
    """What one entry says, without its time and kind: `45 min`, `150/180 ml`, `lunch ¾ · bread`, `4 min late`."""
    return kept(entry, said_words(entry, now))


def said_words(entry: Entry, now: datetime) -> str:
    """The same without a word about who reads it."""
    parts: list[str] = []
    if entry.kind == "sleep":
        if entry.not_slept:
            parts.append(_("did not sleep"))
        elif entry.end is None:
            parts.append(_("asleep {long}").format(long=span(minutes_past(entry.start, now))))
        else:
            minutes = minutes_past(entry.start, entry.end)
            parts.append(f"{clock(entry.start)}–{clock(entry.end)}, " + _("{n} min").format(n=minutes))
    elif entry.kind == "meal":
        parts.append(meal_and_portion(entry))
        if entry.end is not None:
            parts.append(f"{clock(entry.start)}–{clock(entry.end)}")
    elif entry.kind in ("bottle", "drink"):
        if entry.amount is not None:
            parts.append(millilitres(entry))
    elif entry.kind == "nappy":
        parts.append(content(entry))
    elif entry.kind == "temperature" and entry.amount is not None:
        parts.append(f"{number(entry.amount)} °C")
    elif entry.kind == "sleep_check":
        parts.append(check_late(entry))
    elif entry.end is not None:
        parts.append(f"{clock(entry.start)}–{clock(entry.end)}")
    if entry.kind == "incident":
        parts.append(incident_words(entry))
    elif entry.text:
        parts.append(_("fetched by {who}").format(who=entry.text) if entry.kind == "departure" else entry.text)
    return " · ".join(part for part in parts if part)


def effort_lines(found: Sequence[Effort], today: date) -> list[str]:
    """A heading and a line a day: `today: 31 keys and 28 s a child (12 children)`; nothing where nothing was written."""
    lines = [_effort_line(one, today) for one in found if one.children]
    return [_("writing it down took, for each child (it stays here):"), *lines] if lines else []


def _effort_line(one: Effort, today: date) -> str:
    when = _("today") if one.day == today else day(one.day)
    children = ngettext("{n} child", "{n} children", one.children).format(n=one.children)
    return _("{day}: {keys} keys and {seconds} s ({children})").format(
        day=when, keys=_short(one.keys_each), seconds=_short(one.seconds_each), children=children
    )


def _short(value: float) -> str:
    return f"{value:.0f}" if value >= 10 else decimal(f"{value:.1f}")
