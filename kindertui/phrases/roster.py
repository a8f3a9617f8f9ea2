"""A child's day in a few words: the cells of the roster, and the line for who is not in."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

from msgspec import Struct

from kindertui.domain.absences import Absence, AbsenceKind
from kindertui.domain.daylog import Entry, Kind
from kindertui.domain.due import minutes_past, next_check, still_due
from kindertui.domain.people import Child, Consent, Restriction
from kindertui.domain.policy import Policy
from kindertui.domain.roster import ChildDay, expected_hours, holds
from kindertui.i18n import _, ngettext
from kindertui.phrases import age, clock, day, listed, short_names, span

Words = tuple[str, str]  # text and tone
FOOD_WIDTHS = (10, 16)  # terminal cells of the column, on a narrow screen and on a wide one
# Reports that change when a child comes, and not whether.
_CHANGES = ("late", "extra_day", "swap_day", "flexible_hours")


class DayWords(Struct, frozen=True):
    """One child's row; each part is a text and its tone (dim, sleep, food, care, due, danger, plain)."""

    name: str
    age: str
    arrived: str
    sleep: Words
    food: Words
    nappy: Words
    due: Words
    mind: Words


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
        mind=(", ".join(mind(child_day)), "danger"),
    )


def _sleep(child_day: ChildDay, now: datetime, policy: Policy, *, wide: bool) -> Words:
    sleeping = child_day.asleep
    if sleeping is not None:
        long = span(minutes_past(sleeping.start, now))
        checks = tuple(entry for entry in child_day.entries if entry.kind == "sleep_check")
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
    return f"{clock(last.start)}–{clock(last.end) if last.end else ''}", "dim"


def _food(child_day: ChildDay, *, wide: bool) -> Words:
    last = child_day.last("meal", "bottle")
    if last is None:
        return "", "plain"
    text = meal_and_portion(last) if last.kind == "meal" else millilitres(last)
    at = f" {clock(last.start)}" if wide else ""
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
    return f"{what} {clock(last.start)}", "dim"


_PORTIONS = {0.0: "0", 0.25: "¼", 0.5: "½", 0.75: "¾"}


def portion(amount: float | None) -> str:
    """`¾`, or the word for all; empty when it was not said."""
    if amount is None:
        return ""
    return _("all") if amount == 1 else _PORTIONS.get(amount, f"{amount:g}")


def meal_and_portion(entry: Entry) -> str:
    """`lunch ¾`."""
    return f"{meal(str(entry.detail.get('meal', '')))} {portion(entry.amount)}".strip()


def millilitres(entry: Entry) -> str:
    """`150 ml`, or `150/180 ml` of what was offered."""
    offered = entry.detail.get("offered")
    amount = "" if entry.amount is None else f"{entry.amount:g}"
    return f"{amount}/{offered:g} ml" if offered is not None and offered != entry.amount else f"{amount} ml"


def meal(name: str) -> str:
    """The word for a meal of the day."""
    return {
        "breakfast": _("breakfast"),
        "fruit": _("fruit"),
        "lunch": _("lunch"),
        "snack": _("snack"),
        "dinner": _("dinner"),
    }.get(name, _("meal"))


def content(entry: Entry) -> str:
    """What was in a nappy."""
    return nappy_content(str(entry.detail.get("content", "")))


def nappy_content(name: str) -> str:
    """The word for what a nappy held; empty for none of them."""
    return {"wet": _("wet"), "soiled": _("soiled"), "both": _("wet and soiled"), "dry": _("dry")}.get(name, "")


def kind(name: Kind) -> str:
    """The word for a kind of entry."""
    return {
        "sleep": _("sleep"),
        "sleep_check": _("sleep check"),
        "meal": _("meal"),
        "bottle": _("bottle"),
        "drink": _("drink"),
        "nappy": _("nappy"),
        "toilet": _("toilet"),
        "activity": _("activity"),
        "note": _("note"),
        "temperature": _("temperature"),
        "medicine": _("medicine"),
        "incident": _("incident"),
        "arrival": _("in"),
        "departure": _("out"),
    }[name]


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
    }.get(word, word)


def mind(child_day: ChildDay) -> list[str]:
    """What must be minded, most dangerous first: allergies, diets, health, who is held back, photo consent."""
    order = {"allergy": 0, "diet": 1, "health": 2, "note": 3}
    facts = [fact.text for fact in sorted(child_day.facts, key=lambda fact: order[fact.kind])]
    held = list(dict.fromkeys(restriction(one) for one in child_day.restrictions))
    photo = photo_consent(child_day.consents)
    return [*facts, *held, *([photo] if photo else [])]


def restriction(one: Restriction) -> str:
    """`father held back`, `secret address`, `not picked up by father`."""
    who = relation(one.relation) or _("a guardian")
    if one.kind == "address":
        return _("secret address")
    if one.kind == "pick_up":
        return _("{who} may not pick up").format(who=who)
    return _("{who} held back").format(who=who)


def relation(name: str) -> str:
    """The word for what a guardian is to a child; a word that is not known stays as it was written."""
    known = {"mother": _("mother"), "father": _("father"), "guardian": _("guardian"), "grandmother": _("grandmother"),
             "grandfather": _("grandfather"), "foster parent": _("foster parent")}  # fmt: skip
    return known.get(name.casefold(), name)


def photo_consent(consents: tuple[Consent, ...]) -> str:
    """The narrowest thing that must be known before a camera comes out; empty when nothing was refused."""
    refused = {one.scope for one in consents if not one.given}
    if not refused:
        return ""
    if refused & {"photo_own_portal", "photo_internal"}:
        return _("no photo")
    if "photo_other_portal" in refused:
        return _("photo own portal only")
    return _("no photo outside")


def absence_kind(name: AbsenceKind) -> str:
    """The word for a kind of absence or request."""
    return {
        "sick": _("sick"),
        "better": _("better"),
        "holiday": _("holiday"),
        "leave": _("leave"),
        "doctor": _("doctor"),
        "dentist": _("dentist"),
        "late": _("late"),
        "early_pick_up": _("early pick-up"),
        "other_pick_up": _("other pick-up"),
        "extra_day": _("extra day"),
        "swap_day": _("swap day"),
        "flexible_hours": _("flexible hours"),
        "absent_without_notice": _("absent without notice"),
    }[name]


def channel(name: str) -> str:
    """How a report came."""
    return {"portal": _("portal"), "phone": _("phone"), "email": _("e-mail"), "door": _("at the door")}.get(name, name)


def timeliness(absence: Absence) -> str:
    """`on time`, `11 min late`, or nothing where the portal knows no deadline."""
    if absence.late_by is None:
        return ""
    if absence.late_by <= 0:
        return _("on time")
    if absence.late_by < 120:
        return _("{n} min late").format(n=absence.late_by)
    if absence.late_by < 2880:
        return _("{n} h late").format(n=absence.late_by // 60)
    return _("{n} days late").format(n=absence.late_by // 1440)


def away_words(child_day: ChildDay, now: datetime, grace: timedelta) -> Words:
    """Why a child is not in, in one line: expected, gone home, absent with its report, or nobody told us."""
    presence = child_day.presence(now, grace)
    absence, departure = child_day.absence, child_day.departure
    if presence == "out" and departure is not None:
        text = _("gone home {time}").format(time=clock(departure.start))
        return (f"{text} · {departure.text}" if departure.text else text), "dim"
    if presence == "absent" and absence is not None:
        return absent_words(absence, child_day.day), "dim"
    hours = expected_hours(child_day)
    if presence == "unreported" and hours is not None:
        return _("expected {time}, nobody told us").format(time=clock(hours[0])), "danger"
    if presence == "expected":
        if hours is None:
            return _("no days are known"), "dim"
        text = _("expected {time}").format(time=clock(hours[0]))
        changed = next(
            (a for a in child_day.absences if a.kind in _CHANGES and a.covers(child_day.day) and holds(a)), None
        )
        return (f"{text} · {absence_kind(changed.kind)}" if changed else text), "plain"
    return _("not expected today"), "dim"


def absent_words(absence: Absence, on: date) -> str:
    """`sick, reported 07:31 by portal, on time` or `holiday until mon 30 nov`."""
    what = absence_kind(absence.kind)
    if absence.last_day is not None and absence.last_day > on:
        return _("{what} until {day}").format(what=what, day=day(absence.last_day))
    when = clock(absence.reported_at) if absence.reported_at.date() == on else day(absence.reported_at.date())
    said = _("reported {when} by {channel}").format(when=when, channel=channel(absence.channel))
    return ", ".join(part for part in (what, said, timeliness(absence)) if part)


def check_late(entry: Entry) -> str:
    """`4 min late` of a sleep check; empty for one that was in time."""
    late = entry.detail.get("late")
    return _("{n} min late").format(n=late) if late else ""


def looks_words(looks: Sequence[tuple[Child, datetime]], now: datetime) -> tuple[str, str]:
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


def checked_words(checks: Sequence[Entry], names: Mapping[str, str]) -> str:
    """`3 sleepers checked · 1 late (min): Aya 4`, the latest first; `names` are call names by child id."""
    text = ngettext("{n} sleeper checked", "{n} sleepers checked", len(checks)).format(n=len(checks))
    late = sorted((one for one in checks if one.detail.get("late")), key=lambda one: -int(one.detail["late"]))
    if not late:
        return text
    told = (f"{names.get(one.child_id, '?')} {one.detail['late']}" for one in late)
    return f"{text} · " + _("{n} late (min): {names}").format(n=len(late), names=", ".join(told))


def entry_words(entry: Entry, now: datetime) -> str:
    """What one entry says, without its time and kind: `45 min`, `150/180 ml`, `lunch ¾ · bread`, `4 min late`."""
    parts: list[str] = []
    if entry.kind == "sleep":
        if entry.not_slept:
            parts.append(_("did not sleep"))
        elif entry.end is None:
            parts.append(_("asleep {long}").format(long=span(minutes_past(entry.start, now))))
        else:
            minutes = minutes_past(entry.start, entry.end)
            parts.append(f"{clock(entry.start)}–{clock(entry.end)}, " + _("{n} min").format(n=minutes))
    elif entry.kind == "meal":
        parts.append(meal_and_portion(entry))
        if entry.end is not None:
            parts.append(f"{clock(entry.start)}–{clock(entry.end)}")
    elif entry.kind in ("bottle", "drink"):
        if entry.amount is not None:
            parts.append(millilitres(entry))
    elif entry.kind == "nappy":
        parts.append(content(entry))
    elif entry.kind == "temperature" and entry.amount is not None:
        parts.append(f"{entry.amount:g} °C")
    elif entry.kind == "sleep_check":
        parts.append(check_late(entry))
    elif entry.end is not None:
        parts.append(f"{clock(entry.start)}–{clock(entry.end)}")
    if entry.text:
        parts.append(_("fetched by {who}").format(who=entry.text) if entry.kind == "departure" else entry.text)
    return " · ".join(part for part in parts if part)
