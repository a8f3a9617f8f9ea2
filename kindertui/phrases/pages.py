"""Pages for a browser, whole in themselves, and the words of those in a bundle: in the portal's language, which need
not be the screen's."""

from collections.abc import Mapping
from datetime import date
from html import escape
from typing import Any

from kindertui.domain.absences import Absence
from kindertui.domain.daylog import Entry, Kind
from kindertui.domain.policy import Policy
from kindertui.i18n import N_, in_language
from kindertui.phrases import long_day, number
from kindertui.phrases.absences import ABSENCE_WORDS, STATE_WORDS
from kindertui.phrases.daylog import KIND_WORDS, MEAL_WORDS, NAPPY_WORDS

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
# No script, no picture, no link out: whatever stands in a text, the page can only show it.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def html_text(words: str) -> str:
    """People's text inside a page or inside an attribute's quotes."""
    return escape(words, quote=True)


def html_page(title: str, body: str, *, language: str, style: str) -> str:
    """A whole page; `body` is made of escaped parts only, `style` is a constant of ours."""
    return (
        f'<!doctype html>\n<html lang="{html_text(language)}">\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        f'<meta name="viewport" content="width=device-width">\n<meta name="robots" content="noindex">\n'
        f"<title>{html_text(title)}</title>\n<style>{style}</style>\n{body}\n</html>\n"
    )


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
        return self.policy.word(kind) or self.say(KIND_WORDS[kind])

    def what(self, entry: Entry) -> str:
        """`lunch`, `nappy wet`, `did not sleep`: the kind and what belongs to its name."""
        detail: Mapping[str, Any] = entry.detail
        if entry.kind == "meal" and detail.get("meal") in MEAL_WORDS:
            return self.say(MEAL_WORDS[detail["meal"]])
        if entry.not_slept:
            return self.policy.word("no_sleep") or self.say(_NO_SLEEP)
        word = self.kind(entry.kind)
        content = detail.get("content")
        return f"{word} {self.say(NAPPY_WORDS[content])}" if content in NAPPY_WORDS else word

    def amount(self, entry: Entry) -> str:
        """`¾`, `150 ml`, `120/180 ml` (taken of offered), `38,2 °C`; empty without one."""
        if entry.amount is None:
            return ""
        if entry.unit == "portion":
            return self.say(_PORTIONS.get(entry.amount, number(entry.amount, self.language)))
        offered = entry.detail.get("offered")
        value = "/".join(number(one, self.language) for one in (entry.amount, offered) if one is not None)
        return f"{value} {entry.unit or ''}".strip()

    def absence(self, absence: Absence) -> str:
        """`sick, acknowledged`."""
        kind = self.policy.word(absence.kind) or self.say(ABSENCE_WORDS[absence.kind])
        return f"{kind}, {self.say(STATE_WORDS[absence.state])}"

    def day(self, day: date) -> str:
        """`Thursday 19 November 2026`."""
        if day not in self._days:
            self._days[day] = long_day(day, self.language)
        return self._days[day]
