"""Checks a profile's tables value by value and builds the Policy. Every misfit is one PolicyProblem with its place."""

from collections.abc import Mapping, Sequence
from datetime import time, timedelta
from typing import Any, TypeVar, cast, get_args

from kindertui.domain.absence import ABSENCE_KINDS, AbsenceKind, Channel, Decider, Nature
from kindertui.domain.daylog import KINDS, Sensitivity, Share
from kindertui.domain.people import ConsentScope, GroupKind
from kindertui.domain.policy import (
    DUE_WORDS, DUTIES, GUARD_CATEGORIES, PURPOSES, ROUTES, WAYS, AbsenceRule, AgeBand, ConsentBy, Deadline, Due,
    DueWord, Duty, DutyAbout, GuardCategory, GuardianRule, GuardiansBy, GuardLevel, GuardRule, Intake, MessageRule,
    Origin, PhotoRule, Policy, PolicyProblem, Purpose, Route, Way,
)  # fmt: skip

T = TypeVar("T", bound=str)
_ORIGIN_KEYS = frozenset({"source", "uncertain", "one_organisation"})
_LANGUAGES = ("", "nl", "nb", "en")
_COUNTRIES = ("", "NL", "NO")


class _Table:
    """One table with its path: takes values out by type and says what is left over."""

    def __init__(self, data: Any, path: str, origins: dict[str, Origin], sources: Mapping[str, str]) -> None:
        if not isinstance(data, dict):
            raise PolicyProblem(path, "wrong_type", {"expected": "a table"})
        self.data: dict[str, Any] = data
        self.path, self.origins, self.sources = path, origins, sources
        self.taken: set[str] = set()

    def at(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key

    def _take(self, key: str, kind: type, expected: str, default: Any) -> Any:
        self.taken.add(key)
        if key not in self.data:
            if default is None:
                # A misspelled key is the likeliest reason for a missing one: name it first.
                self.only(*self.taken, only_lookalikes_of=key)
                raise PolicyProblem(self.at(key), "missing_key")
            return default
        value = self.data[key]
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise PolicyProblem(self.at(key), "wrong_type", {"expected": expected})
        return value

    def text(self, key: str, default: str | None = None) -> str:
        return cast(str, self._take(key, str, "a text", default))

    def flag(self, key: str, default: bool | None = None) -> bool:
        return cast(bool, self._take(key, bool, "true or false", default))

    def number(self, key: str, low: int, high: int, default: int | None = None) -> int:
        value = cast(int, self._take(key, int, "a whole number", default))
        if not low <= value <= high:
            raise PolicyProblem(self.at(key), "out_of_range", {"found": str(value), "expected": f"{low} to {high}"})
        return value

    def choice(self, key: str, choices: Sequence[T], default: T | None = None) -> T:
        value = self.text(key, default)
        if value not in choices:
            raise PolicyProblem(self.at(key), "not_one_of", {"found": value, "expected": ", ".join(choices)})
        return cast(T, value)

    def choices(self, key: str, choices: Sequence[T], default: tuple[T, ...] | None = None) -> tuple[T, ...]:
        values = self._take(key, list, "a list of texts", None if default is None else list(default))
        for value in values:
            if not isinstance(value, str):
                raise PolicyProblem(self.at(key), "wrong_type", {"expected": "a list of texts"})
            if value not in choices:
                raise PolicyProblem(self.at(key), "not_one_of", {"found": value, "expected": ", ".join(choices)})
        return tuple(values)

    def clock(self, key: str) -> time | None:
        """HH:MM, or none."""
        value = self.text(key)
        if value == "none":
            return None
        hours, colon, minutes = value.partition(":")
        if not (colon and len(hours) == len(minutes) == 2 and (hours + minutes).isdecimal() and value.isascii()):
            raise PolicyProblem(self.at(key), "bad_time", {"found": value})
        if int(hours) > 23 or int(minutes) > 59:
            raise PolicyProblem(self.at(key), "bad_time", {"found": value})
        return time(int(hours), int(minutes))

    def table(self, key: str, *, required: bool = True) -> "_Table":
        self.taken.add(key)
        if key not in self.data and required:
            self.only(*self.taken, only_lookalikes_of=key)
            raise PolicyProblem(self.at(key), "missing_key")
        return _Table(self.data.get(key, {}), self.at(key), self.origins, self.sources)

    def origin(self) -> None:
        """Keeps where this table's values come from; the source must be listed."""
        origin = Origin(self.text("source"), self.flag("uncertain", False), self.flag("one_organisation", False))
        for source in origin.source.split() or [""]:
            if source not in self.sources:
                raise PolicyProblem(self.at("source"), "unknown_source", {"found": source})
        self.origins[self.path] = origin

    def only(self, *known: str, only_lookalikes_of: str = "") -> None:
        """Refuses keys that nobody asked for."""
        for key in self.data:
            if key in known or key in _ORIGIN_KEYS:
                continue
            nearest = _nearest(key, [only_lookalikes_of] if only_lookalikes_of else sorted(known))
            if nearest or not only_lookalikes_of:
                raise PolicyProblem(self.at(key), "unknown_key", {"nearest": nearest} if nearest else {})

    def done(self) -> None:
        self.only(*self.taken)


def _nearest(key: str, known: Sequence[str]) -> str:
    from difflib import get_close_matches  # only a typo pays for it

    return next(iter(get_close_matches(key, known, 1, 0.7)), "")


def read(data: Mapping[str, Any]) -> Policy:
    """A complete profile as a Policy; raises PolicyProblem."""
    origins: dict[str, Origin] = {}
    sources_data = data.get("sources", {})
    sources = sources_data if isinstance(sources_data, dict) else {}
    root = _Table(dict(data), "", origins, sources)
    listed = root.table("sources")
    for key in listed.data:
        listed.text(key)
    words_table = root.table("words")
    words_table.origin()
    words = {kind: words_table.text(kind, "") for kind in KINDS}
    words_table.done()
    log = root.table("log")
    log.origin()
    checks = root.table("sleep_check")
    checks.origin()
    no_show = root.table("no_show")
    no_show.origin()
    ratio = root.table("ratio")
    ratio.origin()
    credit = root.table("credit")
    credit.origin()
    policy = Policy(
        id=root.text("id"),
        title=root.text("title"),
        log_language=root.choice("language", _LANGUAGES),
        country=ratio.choice("country", _COUNTRIES),
        words=words,
        log_asked=log.flag("asked"),
        bands=_bands(log.table("bands")),
        sleep_end_after=timedelta(minutes=log.number("sleep_end_after", 1, 1440)),
        departure_after=timedelta(minutes=log.number("departure_after", 0, 1440)),
        check_under_1=checks.number("under_1", 0, 120),
        check_from_1=checks.number("from_1", 0, 120),
        no_show_grace=timedelta(minutes=no_show.number("grace", 0, 480)),
        absences=_absences(root.table("absence")),
        credit_days=credit.number("valid_days", 0, 3660),
        message=_message(root.table("message")),
        guardians=_guardians(root.table("guardians")),
        photo=_photo(root.table("photo")),
        guard=_guard(root.table("guard")),
        duties=_duties(root.table("duties", required=False)),
        shared=_shared(root.table("share")),
        intake=_intake(root.table("intake")),
        sources=dict(sources),
        origins=origins,
    )
    for table in (log, checks, no_show, ratio, credit, root):
        table.done()
    return policy


def _bands(table: _Table) -> tuple[AgeBand, ...]:
    bands = []
    for name in table.data:
        band = table.table(name)
        band.origin()
        months_from = band.number("months_from", 0, 240)
        dues_table = band.table("due")
        bands.append(
            AgeBand(
                name=name,
                months_from=months_from,
                months_to=band.number("months_to", months_from + 1, 240),
                dues=tuple(_due(dues_table, word) for word in dues_table.data),
                particulars=band.flag("particulars", False),
            )
        )
        band.done()
    return tuple(bands)


def _due(table: _Table, word: str) -> Due:
    if word not in DUE_WORDS:
        raise PolicyProblem(table.at(word), "not_one_of", {"found": word, "expected": ", ".join(DUE_WORDS)})
    due = table.table(word)
    due.origin()
    result = Due(
        word=cast(DueWord, word),
        kinds=due.choices("kinds", KINDS),
        first_after=due.number("first_after", 0, 1440),
        again_after=due.number("again_after", 0, 1440, 0),
    )
    due.done()
    return result


def _absences(table: _Table) -> Mapping[AbsenceKind, AbsenceRule]:
    # The file's order is kept: a code shared by several kinds means the first of them.
    table.only(*ABSENCE_KINDS)
    rules = {cast(AbsenceKind, kind): _absence(table.table(kind)) for kind in table.data}
    for kind in ABSENCE_KINDS:
        table.table(kind)
    return rules


def _absence(table: _Table) -> AbsenceRule:
    table.origin()
    deciders = cast(tuple[Decider, ...], get_args(Decider))
    under = table.number("under_days", 0, 365, 0)
    deadlines_table = table.table("deadline", required=False)
    channels = (*get_args(Channel), "any")
    deadlines_table.only(*channels)
    deadlines = {
        channel: deadline
        for channel in deadlines_table.data
        if (deadline := _deadline(deadlines_table.table(channel))) is not None
    }
    rule = AbsenceRule(
        nature=table.choice("nature", cast(tuple[Nature, ...], get_args(Nature))),
        decided_by=table.choice("decided_by", deciders),
        offered=table.flag("offered", True),
        word=table.text("word", ""),
        code=table.text("code", ""),
        under_days=under,
        under_days_by=table.choice("under_days_by", deciders) if under else None,
        min_days_ahead=table.number("min_days_ahead", 0, 365, 0),
        needs_reason=table.flag("needs_reason", False),
        needs_motivation=table.flag("needs_motivation", False),
        credit=table.flag("credit", False),
        deadlines=deadlines,
    )
    table.done()
    return rule


def _deadline(table: _Table) -> Deadline | None:
    """None when the location took the deadline away (at = "none")."""
    table.origin()
    hours: int | None = None
    at: time | None = None
    if "hours_before" in table.data:
        if "at" in table.data or "days_before" in table.data:
            raise PolicyProblem(table.path, "two_deadlines")
        hours = table.number("hours_before", 0, 8760)
    else:
        at = table.clock("at")
    days = table.number("days_before", 0, 365, 0)
    groups = table.choices("groups", cast(tuple[GroupKind, ...], get_args(GroupKind)), ())
    table.done()
    if at is None and hours is None:
        return None
    return Deadline(at=at, days_before=days, hours_before=hours, groups=groups, path=table.path)


def _message(table: _Table) -> MessageRule:
    table.origin()
    rule = MessageRule(
        purpose=cast(Purpose, table.choice("purpose", PURPOSES)),
        urgent_by=cast(tuple[Route, ...], table.choices("urgent_by", ROUTES)),
        replies=table.flag("replies"),
        round_at=table.clock("round_at"),
    )
    table.done()
    return rule


def _guardians(table: _Table) -> GuardianRule:
    table.origin()
    rule = GuardianRule(
        limit=table.number("limit", 0, 20),
        apart=table.flag("apart"),
        may_be_shut_out=table.flag("may_be_shut_out"),
        needs_email=table.flag("needs_email"),
        by=cast(GuardiansBy, table.choice("by", get_args(GuardiansBy))),
    )
    table.done()
    return rule


def _photo(table: _Table) -> PhotoRule:
    table.origin()
    rule = PhotoRule(
        scopes=cast(tuple[ConsentScope, ...], table.choices("scopes", get_args(ConsentScope))),
        changed_by=cast(ConsentBy, table.choice("changed_by", get_args(ConsentBy))),
    )
    table.done()
    return rule


def _guard(table: _Table) -> Mapping[GuardCategory, GuardRule]:
    rules: dict[GuardCategory, GuardRule] = {}
    for category in GUARD_CATEGORIES:
        entry = table.table(category)
        entry.origin()
        rules[category] = GuardRule(
            check=entry.flag("check"),
            level=cast(GuardLevel, entry.choice("level", get_args(GuardLevel))),
            way=cast(Way, entry.choice("way", WAYS)),
        )
        entry.done()
    table.done()
    if not rules["citizen_number"].check:  # a citizen number has no business in any message
        raise PolicyProblem(table.at("citizen_number.check"), "must_stay_on")
    return rules


def _duties(table: _Table) -> tuple[Duty, ...]:
    table.only(*DUTIES)
    duties = []
    for name in table.data:
        duty = table.table(name)
        duty.origin()
        about = cast(DutyAbout, duty.choice("about", get_args(DutyAbout)))
        every = duty.number("every_days", 0, 365)
        duty.done()
        if every:  # 0: the location does without
            duties.append(Duty(name=name, about=about, every_days=every))
    return tuple(duties)


def _shared(table: _Table) -> Mapping[Share, tuple[Sensitivity, ...]]:
    table.origin()
    shared: dict[Share, tuple[Sensitivity, ...]] = {}
    for share in cast(tuple[Share, ...], get_args(Share)):
        shared[share] = cast(tuple[Sensitivity, ...], table.choices(share, get_args(Sensitivity)))
        if "safeguarding" in shared[share]:
            raise PolicyProblem(table.at(share), "never_leaves", {"found": "safeguarding"})
    table.done()
    return shared


def _intake(table: _Table) -> Intake:
    table.origin()
    rule = Intake(
        date_format=table.text("date_format"),
        end_exclusive=table.flag("end_exclusive"),
        one_open_absence=table.flag("one_open_absence"),
        each_group_confirms=table.flag("each_group_confirms"),
    )
    table.done()
    return rule


