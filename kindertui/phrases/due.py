"""What is still to be written, in words: what is due, what is missing and since when, and which sleep checks are late."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime

from kindertui.domain.daylog import Entry
from kindertui.domain.due import Gap, minutes_past, still_due
from kindertui.domain.people import Child
from kindertui.domain.policy import Policy
from kindertui.domain.roster import ChildDay
from kindertui.i18n import _, ngettext
from kindertui.phrases import HARM, clock, day, listed, short_names


def due_words(child_day: ChildDay, now: datetime, policy: Policy, *, owes: bool = False) -> list[str]:
    """What is still to be written of a child today, a word each; `owes`: a piece of the week among it, at the end."""
    words: list[str] = [*still_due(child_day, now, policy), *(["weekly_piece"] if owes else [])]
    return [due_word(word) for word in words]


def due_word(word: str) -> str:
    """What is still to be written, in a word."""
    return {
        "food": _("food"),
        "nappy": _("nappy"),
        "sleep": _("sleep"),
        "drink": _("drink"),
        "toilet": _("toilet"),
        "sleep_end": _("sleep end"),
        "departure": _("out"),
        "weekly_piece": _("piece"),
        "notebook": _("notebook"),
        "tell_parents": _("tell"),
    }.get(word, word)


def since_words(gap: Gap, today: date) -> str:
    """`still asleep, since 12:30`, `still in, since 08:02, thu 19 nov`, `none since 09:15`, `last one mon 9 nov`."""
    if gap.since is None:
        if gap.last is None:
            return _("none for four weeks")
        return _("last one {day}").format(day=day(gap.last))
    sentence = {
        "sleep_end": _("still asleep, since {time}"),
        "departure": _("still in, since {time}"),
        "tell_parents": _("incident at {time}, parents not told"),
    }.get(gap.word, _("none since {time}"))
    words = sentence.format(time=clock(gap.since))
    return words if gap.day == today else f"{words}, {day(gap.day)}"


def gap_words(gap: Gap, today: date) -> str:
    """`still asleep, since 12:30`, `food: none since 09:15`."""
    since = since_words(gap, today)
    return since if gap.word in ("sleep_end", "departure", "tell_parents") else f"{due_word(gap.word)}: {since}"


def late_checks_words(looks: Sequence[tuple[Child, datetime]], now: datetime) -> tuple[str, str]:
    """Which looks at sleepers are late, at length and in few letters; both empty while none is.

    `check Aya: 4 min late` or `1 check late`; `check now: Aya` at the minute at which it is due.
    """
    due = [(child, minutes_past(at, now)) for child, at in looks if at.astimezone(UTC) <= now.astimezone(UTC)]
    if not due:
        return "", ""
    names = short_names(child for child, _late in due)
    late = sorted(((names[child.id], minutes) for child, minutes in due if minutes), key=lambda one: -one[1])
    if not late:
        few = ngettext("{n} check now", "{n} checks now", len(due)).format(n=len(due))
        return _("check now: {names}").format(names=listed((names[child.id] for child, _late in due), most=3)), few
    few = ngettext("{n} check late", "{n} checks late", len(late)).format(n=len(late))
    if len(late) == 1:
        (name, minutes) = late[0]
        return _("check {name}: {n} min late").format(name=name, n=minutes), few
    return f"{few}: " + listed((_("{name} {n} min").format(name=name, n=n) for name, n in late), most=3), few


def sleeper_line(sleeper: ChildDay, due: datetime | None, now: datetime, group: str) -> tuple[str, str]:
    """`Aya Bakker   asleep since 12:30 · 4 min late`, and its tone; `due` is when the next look is wanted, if it is."""
    parts = [sleeper.child.full_name, *([f"({group})"] if group else [])]
    since = _("asleep since {time}").format(time=clock(sleeper.asleep.start)) if sleeper.asleep else ""
    if due is None:
        return f"{' '.join(parts)}   {since}", "plain"
    if due.astimezone(UTC) > now.astimezone(UTC):
        told, tone = _("next check at {time}").format(time=clock(due)), "plain"
    else:
        minutes = minutes_past(due, now)
        told, tone = (_("{n} min late").format(n=minutes) if minutes else _("check now")), "danger"
        parts.insert(0, HARM.strip())
    return f"{' '.join(parts)}   {since} · {told}", tone


def checked_words(checks: Sequence[Entry], names: Mapping[str, str]) -> str:
    """`3 sleepers checked · 1 late (min): Aya 4`, the latest first; `names` are call names by child id."""
    text = ngettext("{n} sleeper checked", "{n} sleepers checked", len(checks)).format(n=len(checks))
    late = sorted((one for one in checks if one.detail.get("late")), key=lambda one: -int(one.detail["late"]))
    if not late:
        return text
    latest = (f"{names.get(one.child_id, '?')} {one.detail['late']}" for one in late)
    return f"{text} · " + _("{n} late (min): {names}").format(n=len(late), names=", ".join(latest))
