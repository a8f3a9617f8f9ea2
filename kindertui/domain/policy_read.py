"""Checks a profile's tables value by value and builds the Policy. Every misfit is a PolicyProblem with its place."""

from collections.abc import Mapping
from datetime import time, timedelta
from typing import Any, cast, get_args

from kindertui.domain.absences import ABSENCE_KINDS, AbsenceKind, Channel, Decider
from kindertui.domain.daylog import Sensitivity, Share
from kindertui.domain.people import GroupKind
from kindertui.domain.policy import (
    DUTIES,
    GUARD_CATEGORIES,
    LOG_WORDS,
    AbsenceRule,
    AgeBand,
    Deadline,
    Due,
    DueWord,
    Duty,
    GuardCategory,
    GuardianRule,
    GuardRule,
    IntakeRule,
    Limits,
    MessageRule,
    Origin,
    PhotoRule,
    Policy,
    PolicyProblem,
)
from kindertui.domain.policy_table import ProfileTable, S

_LANGUAGES = ("", "nl", "nb", "en")
_COUNTRIES = ("", "NL", "NO")


def read(data: Mapping[str, Any]) -> Policy:
    """A complete profile as a Policy; raises PolicyProblem with the place of the first misfit."""
    origins: dict[str, Origin] = {}
    sources_data = data.get("sources", {})
    sources = sources_data if isinstance(sources_data, dict) else {}
    root = ProfileTable(dict(data), "", origins, sources)
    listed = root.table("sources")
    for key in listed.data:
        listed.text(key)
    translated = root.table("sources_in", required=False)
    sources_in = {language: _titles(translated.table(language), sources) for language in list(translated.data)}
    with root.table("words") as table:
        words = {name: table.text(name, "") for name in LOG_WORDS}
    flat = [root.table(name) for name in ("log", "sleep_check", "no_show", "ratio", "credit")]
    for table in flat:
        table.origin()
    log, checks, no_show, ratio, credit = flat
    policy = Policy(
        id=root.text("id"),
        title=root.text("title"),
        log_language=root.choice("language", _LANGUAGES),
        country=ratio.choice("country", _COUNTRIES),
        words=words,
        log_asked=log.flag("asked"),
        bands=_bands(log.table("bands")),
        meals_from=log.number("meals_from", 0, 48),
        sleep_end_after=timedelta(minutes=log.number("sleep_end_after", 1, 1440)),
        departure_after=timedelta(minutes=log.number("departure_after", 0, 1440)),
        check_under_1=checks.number("under_1", 0, 120),
        check_from_1=checks.number("from_1", 0, 120),
        no_show_grace=timedelta(minutes=no_show.number("grace", 0, 480)),
        limits=_limits(root.table("plausibility")),
        absences=_absences(root.table("absence")),
        credit_days=credit.number("valid_days", 0, 3660),
        message=_rule(root.table("message"), MessageRule),
        guardians=_rule(root.table("guardians"), GuardianRule),
        photo=_rule(root.table("photo"), PhotoRule),
        guard=_guard(root.table("guard")),
        duties=_duties(root.table("duties", required=False)),
        shared=_shared(root.table("share")),
        intake=_rule(root.table("intake"), IntakeRule),
        sources=dict(sources),
        sources_in=sources_in,
        origins=origins,
    )
    for table in (*flat, root):
        table.done()
    return policy


def _titles(table: ProfileTable, sources: Mapping[str, str]) -> dict[str, str]:
    """The titles of sources in one language; each must be a source."""
    for key in table.data:
        if key not in sources:
            raise PolicyProblem(table.at(key), "unknown_source", {"found": key})
    return {key: table.text(key) for key in table.data}


def _limits(table: ProfileTable) -> Limits:
    with table, table.table("temperature") as degrees:
        lowest = degrees.decimal("lowest", 0, 50)
        likely_from = degrees.decimal("likely_from", lowest, 50)
        likely_to = degrees.decimal("likely_to", likely_from, 50)
        millilitres = table.number("millilitres", 1, 5000)
        return table.fill(
            Limits,
            temperature=lambda: (lowest, degrees.decimal("highest", likely_to, 50)),
            temperature_likely=(likely_from, likely_to),
            millilitres=millilitres,
            bottle=lambda: table.number("bottle", 1, millilitres),
            drink=lambda: table.number("drink", 1, millilitres),
        )


def _bands(bands: ProfileTable) -> tuple[AgeBand, ...]:
    return tuple(_band(bands.table(name), name) for name in bands.data)


def _band(table: ProfileTable, name: str) -> AgeBand:
    with table:
        months_from = table.number("months_from", 0, 240)
        dues = table.table("due")
        return AgeBand(
            name=name,
            months_from=months_from,
            months_to=table.number("months_to", months_from + 1, 240),
            dues=tuple(_due(dues, word) for word in dues.data),
            care_notes=table.flag("particulars", False),
        )


def _due(dues: ProfileTable, word: str) -> Due:
    known: tuple[DueWord, ...] = get_args(DueWord)
    if word not in known:
        raise PolicyProblem(dues.at(word), "not_one_of", {"found": word, "expected": ", ".join(known)})
    with dues.table(word) as table:
        return table.fill(Due, word=word)


def _absences(table: ProfileTable) -> Mapping[AbsenceKind, AbsenceRule]:
    # The file's order is kept: a code shared by several kinds means the first of them.
    table.only(*ABSENCE_KINDS)
    rules = {cast(AbsenceKind, kind): _absence(table.table(kind)) for kind in table.data}
    for kind in ABSENCE_KINDS:
        table.table(kind)
    return rules


def _absence(table: ProfileTable) -> AbsenceRule:
    with table:
        under = table.number("under_days", 0, 365, 0)
        by_channel = table.table("deadline", required=False)
        by_channel.only(*get_args(Channel), "any")
        deadlines = {channel: _deadline(by_channel.table(channel)) for channel in by_channel.data}
        return table.fill(
            AbsenceRule,
            under_days=under,
            under_days_by=lambda: table.choice("under_days_by", get_args(Decider)) if under else None,
            deadlines={channel: deadline for channel, deadline in deadlines.items() if deadline is not None},
        )


def _deadline(table: ProfileTable) -> Deadline | None:
    """None when the location took the deadline away (at = "none")."""
    hours: int | None = None
    at: time | None = None
    with table:
        if "hours_before" in table.data:
            if "at" in table.data or "days_before" in table.data:
                raise PolicyProblem(table.path, "two_deadlines")
            hours = table.number("hours_before", 0, 8760)
        else:
            at = table.clock("at")
        days = table.number("days_before", 0, 365, 0)
        groups = cast(tuple[GroupKind, ...], table.choices("groups", get_args(GroupKind), ()))
    if at is None and hours is None:
        return None
    return Deadline(at=at, days_before=days, hours_before=hours, groups=groups, path=table.path)


def _guard(table: ProfileTable) -> Mapping[GuardCategory, GuardRule]:
    rules: dict[GuardCategory, GuardRule] = {}
    for category in GUARD_CATEGORIES:
        with table.table(category) as entry:
            rules[category] = entry.fill(GuardRule)
    table.done()
    if not rules["citizen_number"].check:  # a citizen number has no business in any message
        raise PolicyProblem(table.at("citizen_number.check"), "must_stay_on")
    return rules


def _duties(table: ProfileTable) -> tuple[Duty, ...]:
    table.only(*DUTIES)
    duties = []
    for name in table.data:
        with table.table(name) as duty:
            duties.append(duty.fill(Duty, name=name))
    return tuple(duty for duty in duties if duty.every_days)  # 0: the location does without


def _shared(table: ProfileTable) -> Mapping[Share, tuple[Sensitivity, ...]]:
    shared: dict[Share, tuple[Sensitivity, ...]] = {}
    with table:
        for share in cast(tuple[Share, ...], get_args(Share)):
            shared[share] = cast(tuple[Sensitivity, ...], table.choices(share, get_args(Sensitivity)))
            if "safeguarding" in shared[share]:
                raise PolicyProblem(table.at(share), "never_leaves", {"found": "safeguarding"})
    return shared


def _rule(table: ProfileTable, kind: type[S]) -> S:
    with table:
        return table.fill(kind)
