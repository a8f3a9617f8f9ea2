"""The list to call the roll by when everybody has to be out: who is in, where, asleep or not, and whom to phone."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from msgspec import Struct

from kindertui.domain.pick_up import first_to_call
from kindertui.domain.roster import ChildDay
from kindertui.i18n import _, ngettext
from kindertui.phrases import listed
from kindertui.phrases.care_notes import relation
from kindertui.phrases.paper import Line, Paper, Section, subtitle


class Roll(Struct, frozen=True):
    """The children of one group who are in, by name."""

    group: str
    children: tuple[ChildDay, ...]


def rolls(days: Sequence[ChildDay], groups: Mapping[str, str]) -> tuple[Roll, ...]:
    """Who is in, by group; `groups` are names by id, in the order to show them. Those of no group stand last."""
    inside = [one for one in days if one.is_in]
    wanted = [*groups, *sorted({one.child.group_id or "" for one in inside} - set(groups))]
    found = ((key, tuple(one for one in inside if (one.child.group_id or "") == key)) for key in wanted)
    return tuple(Roll(groups.get(key, "") or _("Without a group"), children) for key, children in found if children)


def count_words(count: int) -> str:
    """`5 children are in`."""
    return ngettext("{n} child is in", "{n} children are in", count).format(n=count)


def unsure_words(days: Sequence[ChildDay], now: datetime, *, most: int = 1000) -> str:
    """Who was expected and is not written in: somebody may have come before anybody could type. Empty for nobody.

    `most` names at most, the rest as a number: where there is room for few.
    """
    names = [one.child.full_name for one in days if one.presence(now) == "unreported"]
    if not names:
        return ""
    return _("Not written in, but expected by now; look for them too: {names}").format(names=listed(names, most=most))


def phone_words(child_day: ChildDay) -> str:
    """Whom to phone first, the number first: `06-10000001 mother Sara Bakker`; who is held back is passed over."""
    one = first_to_call(child_day)
    if one is None:
        return _("no number")
    return " ".join(part for part in (one.guardian.phone, relation(one.relation), one.guardian.name) if part)


def evacuation_paper(days: Sequence[ChildDay], groups: Mapping[str, str], now: datetime, location: str) -> Paper:
    """The list on paper, a box before every name."""
    found = rolls(days, groups)
    sections = [
        Section(f"{roll.group}: {len(roll.children)}", tuple(_line(one) for one in roll.children)) for roll in found
    ]
    if unsure := unsure_words(days, now):
        sections.append(Section("", (Line(unsure, "danger"),)))
    on = days[0].day if days else now.date()
    total = count_words(sum(len(roll.children) for roll in found))
    return Paper(
        "evacuation", _("Evacuation: {count}").format(count=total), subtitle(location, on, now), tuple(sections)
    )


def _line(one: ChildDay) -> Line:
    name = one.child.full_name + (", " + _("asleep") if one.asleep else "")
    return Line(name, box=True, aside=phone_words(one))
