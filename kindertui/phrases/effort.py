"""What writing the last days down took, in words."""

from collections.abc import Sequence
from datetime import date

from kindertui.domain.effort import Effort
from kindertui.i18n import _, ngettext
from kindertui.phrases import day, decimal


def effort_lines(found: Sequence[Effort], today: date) -> list[str]:
    """A heading and a line a day: `today: 31 keys and 28 s a child (12 children)`; nothing where nothing was written."""
    told = [_line(one, today) for one in found if one.children]
    return [_("writing it down took, for each child (it stays here):"), *told] if told else []


def _line(one: Effort, today: date) -> str:
    when = _("today") if one.day == today else day(one.day)
    children = ngettext("{n} child", "{n} children", one.children).format(n=one.children)
    return _("{day}: {keys} keys and {seconds} s ({children})").format(
        day=when, keys=_short(one.keys_each), seconds=_short(one.seconds_each), children=children
    )


def _short(value: float) -> str:
    return f"{value:.0f}" if value >= 10 else decimal(f"{value:.1f}")
