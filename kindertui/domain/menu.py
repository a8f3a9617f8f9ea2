"""Applies the menu of the day: what a meal is, written once for all who eat; a line about one child changes hers.

An entry whose words came from the menu has `detail.menu`; what is typed for that child and meal afterwards (how much,
other words, another time) changes that entry and is no second meal.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from kindertui.domain.daylog import Entry
from kindertui.domain.entry.model import Part, Plan, Step
from kindertui.domain.plausibility import Finding, check
from kindertui.domain.policy import Limits
from kindertui.domain.roster import ChildDay

_AHEAD = timedelta(minutes=1)  # so far two clocks may differ: later than that is still to come (house rule)
_TYPED_NOW = timedelta(minutes=3)  # a start so near to now was not typed: between typing and Enter minutes pass
_SAME_SERVING = timedelta(hours=1)  # of a meal that comes twice a day, how long a line is about the one before


class Menu(Struct, frozen=True):
    """What a meal (breakfast, fruit, lunch, snack, dinner) of a day is, for a group or (None) for everybody."""

    day: date
    group_id: str | None
    meal: str
    text: str


Days = Callable[[str], ChildDay | None]
Bottled = Callable[[ChildDay], bool]  # does the child take only bottles as yet: too young, and no meal was ever written


def text_for(menus: Sequence[Menu], group_id: str | None, meal: str) -> str:
    """What a child of this group has for this meal; the group's own menu before everybody's, empty for none."""
    texts = {one.group_id: one.text for one in menus if one.meal == meal}
    return texts.get(group_id) or texts.get(None, "")


def served(plan: Plan, days: Days, menus: Sequence[Menu], now: datetime, limits: Limits, *, bottled: Bottled) -> Plan:
    """The plan with the day's menu in it: words for meals without any, and changes instead of second meals.

    `days` gives a child's day, `menus` are those of that day, `limits` which meals come twice. A part
    that changes entries already (`corrects`) is left as it is. A menu passes over who is `bottled`; her first meal is
    the one that a line about her says.
    """
    if not any(_is_meal(part) for part in plan.parts):
        return plan
    parts: list[Part] = []
    for part in plan.parts:
        if not isinstance(part, Step) or not _is_meal(part) or part.corrects:
            parts.append(part)
        elif part.menu:
            eating = (child for child in part.children if (day := days(child)) is None or not bottled(day))
            parts += _landing(replace(part, children=tuple(eating)), days, menus, now, limits)
        else:
            parts += _grouped({child: _eaten(part, days(child), menus, now, limits) for child in part.children})
    return replace(plan, parts=tuple(parts))


def to_mind(step: Step, days: Iterable[ChildDay], now: datetime, limits: Limits) -> tuple[Finding, ...]:
    """Whom a menu that lands on nobody yet does not suit, of those who are in or expected: allergies and diets."""
    here = (one for one in days if one.presence(now) in ("in", "expected", "unreported"))
    found = (check(replace(step, start=now, end=None), one, now, limits) for one in here)
    return tuple(finding for of_one in found for finding in of_one if finding.rule == "care_fact")


def without_corrected(steps: Iterable[Step], day: ChildDay) -> ChildDay:
    """The child's day without the entries that these Steps change: an entry does not speak against its own change."""
    gone = {step.corrects[day.child.id] for step in steps if day.child.id in step.corrects}
    return replace(day, entries=tuple(entry for entry in day.entries if entry.id not in gone)) if gone else day


def kept_only(step: Step) -> bool:
    """Is it a menu that lands on nobody yet: its time is to come, or nobody is in?"""
    return step.menu and not step.children


def _is_meal(part: Part) -> bool:
    return isinstance(part, Step) and part.kind == "meal" and bool(part.detail.get("meal"))


_One = tuple[Step, str]  # a Step for one child, and the id of the entry it changes


def _eaten(step: Step, day: ChildDay | None, menus: Sequence[Menu], now: datetime, limits: Limits) -> _One:
    if day is None:
        return step, ""
    meal = str(step.detail["meal"])
    typed = step.end is not None or not _near(step.start, now)
    before = _from_menu(day, meal, step.start or now, limits)
    if before is not None and (step.text or step.amount is not None or typed):
        start, end = (step.start, step.end) if typed else (before.start, before.end)
        amount = before.amount if step.amount is None else step.amount
        detail = {**step.detail, "menu": True}
        changed = replace(
            step,
            start=start,
            end=end if end is not None else before.end if start == before.start else None,
            amount=amount,
            unit=step.unit or before.unit,
            text=step.text or before.text,
            detail=detail,
        )
        return changed, before.id
    if not step.text and (text := text_for(menus, day.child.group_id, meal)):
        return replace(step, text=text, detail={**step.detail, "menu": True}), ""
    return step, ""


def _from_menu(day: ChildDay, meal: str, at: datetime, limits: Limits) -> Entry | None:
    """The meal of this day that came from the menu, the last of them; where meals repeat, only one just before."""
    had = _last(day, meal)
    if had is None or not had.detail.get("menu"):
        return None
    return had if meal not in limits.meals_again or abs(had.start - at) <= _SAME_SERVING else None


def _landing(step: Step, days: Days, menus: Sequence[Menu], now: datetime, limits: Limits) -> list[Part]:
    """What setting a menu writes: a meal for who has none yet, the new words where the old menu or no words stood."""
    step = replace(step, detail={**step.detail, "menu": True})
    latest = max(moment for moment in (step.start or now, step.end or now))
    if latest > now + _AHEAD:
        return [replace(step, children=())]
    meal = str(step.detail["meal"])
    new: list[str] = []
    changed: dict[str, _One] = {}
    for child in step.children:
        day = days(child)
        had = None if day is None or meal in limits.meals_again else _last(day, meal)
        if had is None or day is None:
            new.append(child)
        elif had.text in ("", text_for(menus, day.child.group_id, meal)) and had.text != step.text:
            timed = step.end is not None
            change = replace(
                step,
                menu=False,
                start=step.start if timed else had.start,
                end=step.end if timed else had.end,
                amount=had.amount,
                unit=had.unit,
            )
            changed[child] = (change, had.id)
    return [replace(step, children=tuple(new)), *_grouped(changed)]


def _last(day: ChildDay, meal: str) -> Entry | None:
    return next((e for e in reversed(day.entries) if e.kind == "meal" and e.detail.get("meal") == meal), None)


def _near(moment: datetime | None, now: datetime) -> bool:
    return moment is None or abs(moment - now) < _TYPED_NOW


def _grouped(of_each: Mapping[str, _One]) -> list[Part]:
    """One Step for all children whose Steps say the same."""
    parts: list[Step] = []
    for child, (one, changes) in of_each.items():
        place = next((i for i, part in enumerate(parts) if _alike(part, one, changes)), None)
        if place is None:
            parts.append(replace(one, children=(child,), corrects={child: changes} if changes else {}))
            continue
        part = parts[place]
        corrects = {**part.corrects, child: changes} if changes else part.corrects
        parts[place] = replace(part, children=(*part.children, child), corrects=corrects)
    return list(parts)


def _alike(part: Step, one: Step, changes: str) -> bool:
    return bool(part.corrects) == bool(changes) and replace(part, children=(), corrects={}) == replace(one, children=())
