"""The journal in words: every version of a record, and what an act was about."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from kindertui.domain.absences import ABSENCE_KINDS
from kindertui.domain.care_notes import FACT_KINDS, RESTRICTION_KINDS
from kindertui.domain.daylog import KINDS, STAFF_ONLY
from kindertui.domain.history import Act, JournalRow
from kindertui.i18n import _, ngettext
from kindertui.phrases import attendance, care_notes, clock, listed, moment, number, numeric_day, weekday
from kindertui.phrases.absences import absence_kind
from kindertui.phrases.daylog import kind, meal, nappy_content, portion
from kindertui.phrases.messages import category

_DAYS = {"first_day", "last_day", "until", "since", "lifted_on", "birth_date", "day"}
_SILENT = {"rev", "id", "tz", "recorded_at", "by_id", "group_id", "child_id", "detail", "share", "sensitivity"}


def was_words(change: JournalRow, unit: str | None = None) -> str:
    """What stood there before a change, as short as can be: `120 ml`, `12:30–13:50`, `did not sleep`.

    `unit` is the record's own: the journal holds it only where it changed.
    """
    old = {name: value for name, value in (change.old or {}).items() if name not in _SILENT}
    zone = change.at.tzinfo
    parts = []
    if ((change.old or {}).get("detail") or {}).get("none"):
        parts.append(_("did not sleep"))
    elif "start" in old or "end" in old:
        times = [
            f"{datetime.fromtimestamp(old[name], zone):%H:%M}" for name in ("start", "end") if old.get(name) is not None
        ]
        parts.append("–".join(times))
    if old.get("amount") is not None:
        before = (change.old or {}).get("unit") or unit or ""
        parts.append(portion(old["amount"]) if before == "portion" else f"{number(old['amount'])} {before}".strip())
    if old.get("text"):
        parts.append(str(old["text"]))
    return " ".join(part for part in parts if part)


def field(name: str) -> str:
    """The word for a field of a record."""
    return {
        "start": _("start"), "end": _("end"), "amount": _("amount"), "text": _("text"), "kind": _("kind"),
        "deleted": _("taken away"), "state": _("state"), "reason": _("reason"), "last_day": _("last day"),
        "first_day": _("first day"), "share": _("who sees it"), "detail": _("detail"), "unit": _("unit"),
        "word": _("short word"), "scope": _("photos"), "given": _("answer"), "medicine": _("medicine"),
        "dose": _("how much"), "apart": _("minutes apart"), "agreed_by": _("agreed by"), "name": _("name"),
        "relation": _("who that is"), "phone": _("phone"), "since": _("since"), "author": _("written down by"),
        "source": _("where from"), "until": _("until"),
        "lifted_on": _("lifted"), "lifted_by": _("lifted by"), "outcome": _("phone call"),
    }.get(name, name.replace("_", " "))  # fmt: skip


def value(name: str, found: Any, zone: ZoneInfo) -> str:
    """A field's value for people."""
    if found is None or found == "":
        return "–"
    if name in ("start", "end", "reported_at", "decision_at") and isinstance(found, int):
        return f"{datetime.fromtimestamp(found, zone):%H:%M}"
    if name == "kind":
        return record_word(str(found))
    if name == "weekday":
        return weekday(found)
    if name in _DAYS:
        return numeric_day(date.fromisoformat(found))
    if name in ("scope", "outcome"):
        return care_notes.scope(found) if name == "scope" else attendance.outcome(found)
    if name == "share":
        return _("staff only") if found == "staff_only" else _("parents too")
    if name == "source":
        return care_notes.source(str(found))
    if isinstance(found, bool):
        return _("yes") if found else _("no")
    if isinstance(found, dict):
        return ", ".join(_detail(key, item, zone) for key, item in found.items()) or "–"
    if isinstance(found, float):
        return number(found)
    return str(found)


def _detail(key: str, item: Any, zone: ZoneInfo) -> str:
    words = {
        "menu": lambda: _("from the menu"), "none": lambda: _("did not sleep"),
        "late": lambda: _("{n} min late").format(n=item), "meal": lambda: meal(str(item)),
        "content": lambda: nappy_content(str(item)), "offered": lambda: _("of {n}").format(n=number(item)),
        "for_staff": lambda: _("staff only"),
        "overridden": lambda: _("told parents all the same: {what}").format(what=", ".join(map(category, item))),
        "where": lambda: str(item), "done": lambda: str(item),
        "first_aid": lambda: _("first aid: {what}").format(what=item),
        "others": lambda: ngettext("{n} other child", "{n} other children", len(item)).format(n=len(item)),
        "told": lambda: _("told {who} {time}").format(who=item, time="").rstrip(),
        "told_at": lambda: moment(datetime.fromtimestamp(item, zone)),
    }.get(key)  # fmt: skip
    return words() if words else f"{key} {item}"


def change_line(change: JournalRow, zone: ZoneInfo) -> str:
    """`fri 21 nov 11:50  Jayne  amount 120 → 150`."""
    when = f"{moment(change.at)}  {change.by}"
    if change.old is None:
        about = record_word(change.kind) if change.kind in _NAMELESS else ""
        return f"{when}  " + _("new") + ": " + f"{about} {_values(change.new, zone)}".strip()
    if change.new.get("deleted") is True:
        return f"{when}  " + _("taken away")
    changes = [_("brought back")] if change.new.get("deleted") is False else []
    changes += [
        f"{field(name)} {value(name, change.old.get(name), zone)} → {value(name, new, zone)}"
        for name, new in change.new.items()
        if name not in ("rev", "deleted")
    ]
    return f"{when}  {', '.join(changes)}"


# The records whose values do not say what they are.
_NAMELESS = frozenset(
    {"child", "slot", "guardianship", "guardian", "staff", "care_group", "message", "message_to", "memo"}
)


def _values(values: Mapping[str, Any], zone: ZoneInfo) -> str:
    shown = (
        "kind", "weekday", "start", "end", "amount", "unit", "detail", "text", "scope", "given", "medicine", "dose", "name",
        "relation", "first_day", "last_day", "until", "agreed_by", "outcome", "state", "reason", "since", "author",
    )  # fmt: skip
    # of a kind that parents are never told of only the mark is news, and that stands in its detail
    kept = ("share",) if values.get("share") == "staff_only" and values.get("kind") not in STAFF_ONLY else ()
    return " ".join(
        value(name, values[name], zone) for name in (*kept, *shown) if values.get(name) not in (None, "", {})
    )


# What a portal calls a record, and what the guard found in one: nothing that was done besides.
_BOOKKEEPING = frozenset({"id_map", "overridden"})


def act_words(act: Act, names: Mapping[str, str]) -> str:
    """`sleep of Aya, Bram (Ina, 12:31)`: what an act was about, for undo."""
    kinds = ", ".join(dict.fromkeys(record_word(name) for name in act.kinds if name not in _BOOKKEEPING))
    kinds = kinds or _("entry")
    who = listed(names.get(child_id, "?") for child_id in act.children)
    about = _("{what} of {who}").format(what=kinds, who=who) if who else kinds
    if not act.children and act.records > 1:
        about += " " + ngettext("({n} record)", "({n} records)", act.records).format(n=act.records)
    return f"{about} ({act.by}, {clock(act.at)})"


def record_word(name: str) -> str:
    """The word for a table of records, or for a kind of entry, absence, fact or restriction."""
    if name in KINDS:
        return kind(name)
    if name in ABSENCE_KINDS:
        return absence_kind(name)
    if name in FACT_KINDS:
        return care_notes.fact_kind(name)
    if name in RESTRICTION_KINDS:
        return care_notes.restriction_kind(name)
    return {
        "entry": _("entry"), "absence": _("absence"), "message": _("message"), "message_to": _("message"),
        "child": _("child"), "guardian": _("guardian"), "restriction": _("restriction"), "consent": _("consent"),
        "head_count": _("head count"), "memo": _("memo"),
        "expansion": _("short word"), "menu": _("menu"),
        "care_fact": _("particular"), "agreement": _("agreement about a medicine"), "pick_up": _("pick-up person"),
        "call": _("phone call"), "guardianship": _("guardian"), "staff": _("staff"), "slot": _("days in the week"),
        "care_group": _("group"),
    }.get(name, name.replace("_", " "))  # fmt: skip
