"""Head counts in words: what was found, and loudly who was not."""

from collections.abc import Mapping

from kindertui.domain.head_counts import Counting, HeadCount
from kindertui.i18n import _
from kindertui.phrases import clock, listed
from kindertui.phrases.paper import Line


def saved_words(count: HeadCount, names: Mapping[str, str]) -> str:
    """`counted twice: 9 and 8 of 9 (zoo)` for the last line of the screen; who is missing stands before it."""
    words = _("counted twice: {first} and {second} of {all}").format(
        first=len(count.first), second=len(count.second), all=len(count.expected)
    )
    return " · ".join([*differences(count, names), f"{words} ({count.reason})" if count.reason else words])


def differences(count: HeadCount, names: Mapping[str, str]) -> list[str]:
    """Who was missing and at which of the two; nothing where everybody was found twice."""
    first, second = (set(missing) for missing in count.missing)
    sentences = (
        (_("MISSING: {names}"), [one for one in count.expected if one in first & second]),
        (_("MISSING at the second count: {names}"), [one for one in count.expected if one in second - first]),
        (_("missing at the first count, found at the second: {names}"),
         [one for one in count.expected if one in first - second]),
    )  # fmt: skip
    return [text.format(names=listed((names.get(id, "?") for id in ids), most=8)) for text, ids in sentences if ids]


def count_lines(count: HeadCount, names: Mapping[str, str], groups: Mapping[str, str]) -> list[Line]:
    """One count of the day, for the list of them."""
    where = groups.get(count.group_id or "", "") or _("all groups")
    head = " · ".join(part for part in (clock(count.second_at), where, count.reason, count.by) if part)
    first = _found(count, count.first, clock(count.first_at))
    second = _found(count, count.second, clock(count.second_at))
    lines = [Line(head, "strong"), Line(_("first {first}, second {second}").format(first=first, second=second))]
    return [*lines, *(Line(text, "danger") for text in differences(count, names))]


def going_on_lines(counting: Counting, groups: Mapping[str, str]) -> list[Line]:
    """A count of the day that is not finished, for the list of them."""
    where = groups.get(counting.group_id or "", "") or _("all groups")
    head = " · ".join(part for part in (clock(counting.since), where, counting.reason) if part)
    return [Line(head, "strong"), Line(going_on_words(counting), "due")]


def going_on_words(counting: Counting) -> str:
    """How far a count is that goes on, and how to go on with it."""
    first, all = counting.first, len(counting.expected)
    ticked = {"time": clock(counting.since), "n": len(counting.ticked), "m": all}
    if first is None:
        return _("First count, begun {time}: {n} of {m} ticked. Type count to go on.").format(**ticked)
    if counting.ticked:
        return _("Second count, begun {time}: {n} of {m} ticked. Type count to go on.").format(**ticked)
    return _("First count {time}: {n} of {m}. The second is still to come: type count again.").format(
        time=clock(first.at), n=len(first.found), m=all
    )


def _found(count: HeadCount, ids: tuple[str, ...], at: str) -> str:
    return _("{n} of {m} at {time}").format(n=len(ids), m=len(count.expected), time=at)
