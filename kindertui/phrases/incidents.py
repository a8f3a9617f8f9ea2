"""An incident in words: what its entry says, and its fields."""

from datetime import date, datetime

from kindertui.domain.daylog import Entry
from kindertui.domain.incidents import Incident
from kindertui.i18n import _, ngettext
from kindertui.phrases import clock, moment


def incident_words(entry: Entry) -> str:
    """What happened and all that was filled in: `fell · in the sandpit · first aid: cooled · told mother 16:10`."""
    found = Incident.of(entry)
    parts = [
        told_words(entry) if entry.untold else "",
        found.what,
        found.where,
        _("first aid: {what}").format(what=found.first_aid) if found.first_aid else "",
        found.done,
        ngettext("{n} other child", "{n} other children", len(found.others)).format(n=len(found.others))
        if found.others
        else "",
        "" if entry.untold else told_words(entry),
    ]
    return " · ".join(part for part in parts if part)


def told_words(entry: Entry) -> str:
    """`told mother 16:10`, or that nobody did; empty where nobody is to be told."""
    found = Incident.of(entry)
    if entry.untold:
        return _("parents not told yet")
    if not found.told:
        return ""
    return _("told {who} {time}").format(who=found.told, time=at_words(found.told_at, entry.day)).rstrip()


def field(name: str) -> str:
    """The word for a field of an incident."""
    return {
        "what": _("what happened"), "at": _("when"), "where": _("where"), "first_aid": _("first aid"),
        "done": _("what was done"), "others": _("other child"), "told": _("parents told"), "told_at": _("told when"),
    }[name]  # fmt: skip


def at_words(instant: datetime | None, day: date) -> str:
    """`16:10`, with its day where that is another one."""
    if instant is None:
        return ""
    return clock(instant) if instant.date() == day else moment(instant)
