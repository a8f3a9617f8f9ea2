"""Memos in words: what is kept in sight and until when, and why one was refused."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from kindertui.domain.memos import Memo
from kindertui.i18n import _
from kindertui.phrases import day

if TYPE_CHECKING:
    from kindertui.domain.entry import MemoNote

MARK = "*"  # before the row of a child of whom there is a memo


def memo_words(memo: Memo, today: date) -> str:
    """`granny fetches (until fri 4 dec)`; of one that ends today only its text with that word."""
    return f"{memo.text} ({until_words(memo.until, today)})"


def until_words(until: date, today: date) -> str:
    """`until fri 4 dec`, that day included; `today` for the last day."""
    return _("today") if until == today else _("until {day}").format(day=day(until))


def memos_line(memos: Sequence[Memo], today: date) -> str:
    """`* granny fetches (until fri 4 dec) · new mattress (today)`."""
    return f"{MARK} " + " · ".join(memo_words(one, today) for one in memos)


def note_words(note: "MemoNote", today: date) -> str:
    """`memo: granny fetches · in sight until fri 4 dec, for staff only`: what Enter will keep."""
    return _("memo: {text} · in sight {until}, for staff only").format(
        text=note.text, until=until_words(note.until, today)
    )


def group_words(name: str | None) -> str:
    """Whose memo it is where it is no child's."""
    return _("group {name}").format(name=name) if name else _("all groups")


def saved_words(memo: Memo, whose: str, today: date) -> str:
    """`Aya: memo granny fetches (until fri 4 dec)`."""
    return f"{whose}: " + _("memo {what}").format(what=memo_words(memo, today))


def whose_words(memo: Memo, children: Mapping[str, str], groups: Mapping[str, str]) -> str:
    """The child's name, or the group's."""
    if memo.child_id is not None:
        return children.get(memo.child_id, "?")
    return group_words(groups.get(memo.group_id or ""))


def refusals() -> dict[str, str]:
    """A sentence for each rule by which a memo is refused."""
    return {
        "memo_missing": _("Nothing was saved: type what is to be kept in sight, in a few words."),
        "memo_over": _("Nothing was saved: that day is over. Type today or a day to come."),
        "memo_far": _("Nothing was saved: a memo lasts a year at most. What always holds is for mind."),
        "memo_twice": _("Nothing was saved: this memo stands there already."),
    }
