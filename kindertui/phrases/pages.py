"""The words of the readable pages in a bundle, in the portal's language, which need not be the screen's."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from kindertui.domain.absences import Absence, AbsenceKind
from kindertui.domain.daylog import Entry, Kind
from kindertui.domain.policy import Policy
from kindertui.i18n import N_, in_language

_KINDS: Mapping[Kind, str] = {
    "sleep": N_("sleep"), "sleep_check": N_("sleep check"), "meal": N_("meal"), "bottle": N_("bottle"),
    "drink": N_("drink"), "nappy": N_("nappy"), "toilet": N_("toilet"), "activity": N_("activity"), "note": N_("note"),
    "temperature": N_("temperature"), "medicine": N_("medicine"), "incident": N_("incident"), "arrival": N_("in"),
    "departure": N_("out"),
}  # fmt: skip
_ABSENCES: Mapping[AbsenceKind, str] = {
    "sick": N_("sick"), "better": N_("better"), "holiday": N_("holiday"), "leave": N_("leave"), "doctor": N_("doctor"),
    "dentist": N_("dentist"), "late": N_("late"), "early_pick_up": N_("early pick-up"),
    "other_pick_up": N_("other pick-up"), "extra_day": N_("extra day"), "swap_day": N_("swap day"),
    "flexible_hours": N_("flexible hours"), "absent_without_notice": N_("absent without notice"),
}  # fmt: skip
_STATES = {
    "new": N_("new"), "acknowledged": N_("acknowledged"), "approved": N_("approved"), "refused": N_("refused"),
    "withdrawn": N_("withdrawn"),
}  # fmt: skip
_DETAILS = {
    "breakfast": N_("breakfast"), "fruit": N_("fruit"), "lunch": N_("lunch"), "snack": N_("snack"),
    "dinner": N_("dinner"), "wet": N_("wet"), "soiled": N_("soiled"), "both": N_("wet and soiled"), "dry": N_("dry"),
}  # fmt: skip
_PORTIONS = {0.0: N_("nothing"), 0.25: "¼", 0.5: "½", 0.75: "¾", 1.0: N_("all")}
_HEADINGS = {
    "day": N_("day"),
    "child": N_("child"),
    "what": N_("what"),
    "start": N_("start"),
    "end": N_("end"),
    "amount": N_("amount"),
    "text": N_("text"),
    "absences": N_("Absences and requests"),
    "messages": N_("Messages"),
    "until_further_notice": N_("until further notice"),
    "recipients": N_("goes to"),
    "nothing": N_("Nothing was written."),
}
_NO_SLEEP = N_("did not sleep")  # fmt: skip


class PageWords:
    """Words in one language; the portal's own come before the house's."""

    def __init__(self, policy: Policy, language: str) -> None:
        self.policy, self.language = policy, language
        self._days: dict[date, str] = {}

    def say(self, word: str) -> str:
        return in_language(self.language, word)

    def heading(self, name: str) -> str:
        """A column's or a section's name."""
        return self.say(_HEADINGS[name])

    def kind(self, kind: Kind) -> str:
        return self.policy.word(kind) or self.say(_KINDS[kind])

    def what(self, entry: Entry) -> str:
        """`lunch`, `nappy wet`, `did not sleep`: the kind and what belongs to its name."""
        detail: Mapping[str, Any] = entry.detail
        if entry.kind == "meal" and detail.get("meal") in _DETAILS:
            return self.say(_DETAILS[detail["meal"]])
        if entry.not_slept:
            return self.policy.word("no_sleep") or self.say(_NO_SLEEP)
        word = self.kind(entry.kind)
        content = detail.get("content")
        return f"{word} {self.say(_DETAILS[content])}" if content in _DETAILS else word

    def amount(self, entry: Entry) -> str:
        """`¾`, `150 ml`, `120/180 ml` (taken of offered), `38.2 °C`; empty without one."""
        if entry.amount is None:
            return ""
        if entry.unit == "portion":
            return self.say(_PORTIONS.get(entry.amount, f"{entry.amount:g}"))
        offered = entry.detail.get("offered")
        value = f"{entry.amount:g}" if offered is None else f"{entry.amount:g}/{offered:g}"
        return f"{value} {entry.unit or ''}".strip()

    def absence(self, absence: Absence) -> str:
        """`sick, acknowledged`."""
        kind = self.policy.word(absence.kind) or self.say(_ABSENCES[absence.kind])
        return f"{kind}, {self.say(_STATES[absence.state])}"

    def day(self, day: date) -> str:
        """`Thursday 19 November 2026`."""
        from babel.dates import format_date

        if day not in self._days:
            self._days[day] = format_date(day, "EEEE d MMMM y", locale=self.language)
        return self._days[day]
