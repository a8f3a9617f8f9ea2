"""A child's day in a few words: the cells of the roster, and the line for who is not in."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from msgspec import Struct

from kindertui.domain.due import minutes_past, next_check
from kindertui.domain.policy import Policy
from kindertui.domain.roster import ChildDay, expected_hours
from kindertui.i18n import _
from kindertui.phrases import HARM, age, clock, span
from kindertui.phrases.absences import absence_kind, absent_words
from kindertui.phrases.care_notes import harm_words, know_words
from kindertui.phrases.daylog import content, kept, marked, meal, meal_and_portion, millilitres, portion
from kindertui.phrases.due import due_words

Words = tuple[str, str]  # text and tone
FOOD_WIDTHS = (10, 16)  # terminal cells of the column, on a narrow screen and on a wide one
# Reports that change when a child comes, and not whether.
_CHANGES = ("late", "extra_day", "swap_day", "flexible_hours")


class DayWords(Struct, frozen=True):
    """One child's row; most parts are a text and its tone (dim, sleep, food, care, due, danger, plain)."""

    name: str
    age: str
    arrived: str
    sleep: Words
    food: Words
    nappy: Words
    due: Words
    harm: tuple[str, ...]
    know: tuple[str, ...]


def day_words(child_day: ChildDay, now: datetime, policy: Policy, *, wide: bool, owes: bool = False) -> DayWords:
    """The row of a child who is or was in. `wide` spells out what a narrow screen abbreviates; `owes`: a piece is due."""
    arrival, departure = child_day.arrival, child_day.departure
    return DayWords(
        name=child_day.child.full_name,
        age=age(child_day.child, child_day.day),
        arrived=clock(arrival.start) if arrival and (not departure or child_day.day < now.date()) else "",
        sleep=_sleep(child_day, now, policy, wide=wide),
        food=_food(child_day, wide=wide),
        nappy=_nappy(child_day),
        due=(", ".join(due_words(child_day, now, policy, owes=owes)), "due"),
        harm=tuple(harm_words(child_day)),
        know=tuple(know_words(child_day)),
    )


def mind_column(harm: Sequence[str], know: Sequence[str], room: int) -> tuple[list[Words], str]:
    """What stands in a column of `room` cells, and what may hurt and does not fit in it: that needs a line of its own.

    What may hurt comes first and is never cut; what is merely to know takes what is left.
    """
    from rich.cells import cell_len  # only what is drawn needs it

    shown, left, taken = list[Words](), [HARM + one for one in harm], 0
    while left and taken + cell_len(left[0]) <= room:
        shown.append((left.pop(0) + "  ", "danger"))
        taken += cell_len(shown[-1][0])
    if left:
        shown = shown or [(HARM.strip(), "danger")]
    elif know and taken < room:
        shown.append((", ".join(know), "plain"))
    return shown, "  ".join(left)


def sleep_width() -> int:
    """Cells of the longest thing a wide roster says of sleep."""
    from rich.cells import cell_len  # only what is drawn needs it

    return cell_len(_("asleep {long}  CHECK {time}").format(long="0:00", time="00:00"))


def _sleep(child_day: ChildDay, now: datetime, policy: Policy, *, wide: bool) -> Words:
    sleeping = child_day.asleep
    if sleeping is not None:
        long = span(minutes_past(sleeping.start, now))
        checks = tuple(entry for entry in child_day.log if entry.kind == "sleep_check")
        due_at = next_check(sleeping, checks, child_day.child.age_on(child_day.day), policy)
        if due_at is None:
            return (_("asleep {long}").format(long=long) if wide else f"zz {long}"), "sleep"
        overdue = now >= due_at
        if wide:
            what = _("asleep {long}  check {time}") if not overdue else _("asleep {long}  CHECK {time}")
            return what.format(long=long, time=clock(due_at)), "danger" if overdue else "sleep"
        left = int((due_at.astimezone(UTC) - now.astimezone(UTC)) / timedelta(minutes=1)) + (0 if overdue else 1)
        return (f"zz {long} !{-left}m" if overdue else f"zz {long} · {left}m"), "danger" if overdue else "sleep"
    last = child_day.last_sleep
    if last is None:
        return "", "dim"
    if last.not_slept:
        return _("no nap"), "dim"
    return marked(last, f"{clock(last.start)}–{clock(last.end) if last.end else ''}"), "dim"


def _food(child_day: ChildDay, *, wide: bool) -> Words:
    last = child_day.last("meal", "bottle")
    if last is None:
        return "", "plain"
    text = meal_and_portion(last) if last.kind == "meal" else millilitres(last)
    at = marked(last, f" {clock(last.start)}" if wide else "")
    over = len(text + at) - FOOD_WIDTHS[wide]  # our own words: a cell a letter
    if last.kind == "meal" and over > 0:  # how much is what is looked for, and when
        name = meal(str(last.detail.get("meal", "")))
        text = f"{name[: max(3, len(name) - over - 1)]}… {portion(last.amount)}".strip()
    return text + at, "food"


def _nappy(child_day: ChildDay) -> Words:
    last = child_day.last("nappy")
    if last is None:
        return "", "dim"
    what = _("both") if last.detail.get("content") == "both" else content(last)  # the column is narrow
    return marked(last, f"{what} {clock(last.start)}"), "dim"


def not_signed_out_words(child_day: ChildDay) -> str:
    """That nobody signed the child out on the day before, and the key to it; empty once she came again."""
    if child_day.not_signed_out is None or child_day.arrival is not None:
        return ""
    return _("not signed out yesterday (,)")


def since_eve_words(child_day: ChildDay) -> str:
    """Of a stay that began on the day before: since when, and how long the sleep that reaches into this day."""
    words, sleep = [_("in since {time}").format(time=clock(child_day.before[0].start))], _("sleep")
    words += [
        f"{sleep} {clock(one.start)}–{clock(one.end) if one.end else '…'}"
        for one in child_day.before
        if one.kind == "sleep" and (one.end is None or one.end.date() == child_day.day)
    ]
    return _("since yesterday: {what}   ([ shows that day)").format(what=", ".join(words))


def where_words(child_day: ChildDay, now: datetime, policy: Policy) -> str:
    """`in since 08:02`, or why the child is not in; nothing that is for staff only, as it stands on paper too."""
    if child_day.is_in and child_day.arrival is not None:
        return _("in since {time}").format(time=clock(child_day.arrival.start))
    return away_words(child_day, now, policy.no_show_grace, told_all=False)[0]


def away_words(child_day: ChildDay, now: datetime, grace: timedelta, *, told_all: bool = True) -> Words:
    """Why a child is not in, in one line: expected, gone home, absent with its report, or nobody told us.

    `told_all`: with what is for staff only.
    """
    presence = child_day.presence(now, grace)
    absence, departure = child_day.absence, child_day.departure
    if presence == "out" and departure is not None:
        text = _("gone home {time}").format(time=clock(departure.start))
        by = departure.text if told_all or not departure.for_staff else ""
        return (f"{text} · {kept(departure, by)}" if by else text), "dim"
    if presence == "absent" and absence is not None:
        return absent_words(absence, child_day.day, judged=False), "dim"  # late is for who decides on it
    hours = expected_hours(child_day)
    if presence == "unreported" and hours is not None:
        return _("expected {time}, nobody told us").format(time=clock(hours[0])), "danger"
    if presence == "expected":
        if hours is None:
            return _("no days are known"), "dim"
        text = _("expected {time}").format(time=clock(hours[0]))
        changed = next(
            (a for a in child_day.absences if a.kind in _CHANGES and a.covers(child_day.day) and a.holds), None
        )
        return (f"{text} · {absence_kind(changed.kind)}" if changed else text), "plain"
    return _("not expected today"), "dim"
