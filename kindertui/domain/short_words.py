"""The staff's own short words, which stand for longer texts on the entry line."""

from datetime import UTC, date, datetime

from msgspec import Struct

from kindertui.domain.delivery import HTML
from kindertui.domain.entry import Plan, Roster, RosterChild, Step, fold, parse

_MARK = "found"
_NOBODY = Roster((RosterChild("-", "-", ""),), cursor="-", day=date(2000, 1, 3))


class ShortWord(Struct, frozen=True):
    """A short word of the staff's own and the text it stands for on the entry line."""

    id: str
    word: str
    text: str


def word_and_text(typed: str) -> tuple[str, str] | None:
    """`bu = buiten gespeeld` in its two halves, both without spaces around; None without a `=`."""
    word, equals, text = typed.partition("=")
    return (word.strip(), text.strip()) if equals else None


def refusal(word: str, text: str) -> str:
    """Why a short word will not do, as a rule of Refused; empty when it will.

    It has to be one word that the line leaves to the free text: a number, a time, or a word that begins with a sign of
    the line's own would never be reached. It is tried, by the parser itself.
    """
    if not word:
        return "short_word_missing"
    if not text:
        return "short_text_missing"
    if HTML.search(text):
        return "short_text_unsendable"
    if len(word.split()) > 1:
        return "short_word_spaces"
    read = parse(f"note {word}", _NOBODY, datetime(2000, 1, 3, 12, tzinfo=UTC), "en", {word: _MARK})
    reached = isinstance(read, Plan) and isinstance(read.parts[0], Step) and read.parts[0].text == _MARK
    return "" if reached else "short_word_unreached"


def same_word(one: str, other: str) -> bool:
    """Are two short words read alike: without case and accents?"""
    return fold(one) == fold(other)
