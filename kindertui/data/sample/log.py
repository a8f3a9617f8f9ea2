"""The sample's day log: a year of it month by month, and today as far as it was lived."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from kindertui.data import models
from kindertui.data.act import Tx
from kindertui.data.sample.calendar import Today, instant, is_open
from kindertui.data.sample.people import NO_FATHER, People, SampleChild, after_school, group_of
from kindertui.data.sample.routine import Draft, a_day, before_school
from kindertui.domain.daylog import SENSITIVITY, STAFF_ONLY, UNITS

Values = dict[str, Any]
_TOGETHER = 240  # seconds: what one person writes down within these is one act
NOT_IN = frozenset({"sick_late", "sick_on_time", "sick_phoned", "nobody_told_us", "holiday_today"})
_CAME_LATE = 632  # minutes: after the dentist
_NAPS = (540, 960)  # minutes: when a baby may be sleeping
_CORRECTION = 30  # ml by which the corrected bottle was wrong at first


def history(
    people: People, words: Values, today: Today, zone: ZoneInfo, seed: str, back: int
) -> Iterator[list[Values]]:
    """The entries of the `back` days before today, one list for each calendar month, oldest first."""
    month: list[Values] = []
    for before in range(back, 0, -1):
        day = today.day - timedelta(days=before)
        next_day = day + timedelta(days=1)
        if is_open(day):
            for child in people.children:
                month += _of_child(child, people, day, words, zone, seed)
        if next_day.month != day.month or next_day == today.day:
            yield month
            month = []


def _of_child(child: SampleChild, people: People, day: date, words: Values, zone: ZoneInfo, seed: str) -> list[Values]:
    if day < child.first_day or day.isoweekday() not in child.spec.weekdays or (child.id, day) in people.away:
        return []
    months = child.months_on(day)
    group = group_of(months)
    hours = child.spec.hours
    if group == 2:
        hours = (after_school(day.isoweekday()), hours[1])
    elif group < 2 and hours[0] >= 900:  # the school child was at day care then
        hours = (480, 1050)
    random = Random(f"{seed}/{child.number}/{day}")  # noqa: S311 - a made-up day, not a secret
    drafts = a_day(random, months, hours, words, _fetched(child, words))
    if child.spec.early and group == 2:
        drafts = before_school(random, words, _fetched(child, words)) + drafts
    return [_values(draft, child, people, group, day, zone, random) for draft in drafts]


def _fetched(child: SampleChild, words: Values) -> list[str]:
    fetched = list(words["fetched"])
    if child.spec.family in NO_FATHER or len(child.guardians) == 1:
        fetched[1] = fetched[0]
    return fetched


def _values(
    draft: Draft, child: SampleChild, people: People, group: int, day: date, zone: ZoneInfo, random: Random
) -> Values:
    start = instant(day, draft.start, zone)
    over = start if draft.end is None else instant(day, draft.end, zone)
    return {
        "child_id": child.id,
        "group_id": people.groups[group],
        "day": day.isoformat(),
        "kind": draft.kind,
        "start": start,
        "end": None if draft.end is None else over,
        "tz": zone.key,
        "amount": draft.amount,
        "unit": UNITS.get(draft.kind),
        "detail": dict(draft.detail),
        "text": draft.text,
        "share": "staff_only" if draft.kind in STAFF_ONLY else "guardians",
        "sensitivity": SENSITIVITY.get(draft.kind, "none"),
        "by_id": random.choice(people.staff[group])[0],
        "recorded_at": over + draft.delay * 60 - random.randint(5, 55) * (draft.delay > 0),
    }


def lived_today(people: People, words: Values, today: Today, zone: ZoneInfo, seed: str) -> list[Values]:
    """Today's entries by the time they were written down, none of them later than now; who sleeps now still sleeps."""
    result: list[Values] = []
    now = int(today.now.timestamp())
    for child in people.children:
        if child.slot_today is None or child.spec.part in NOT_IN:
            continue
        random = Random(f"{seed}/{child.number}/{today.day}")  # noqa: S311 - a made-up day, not a secret
        hours = child.slot_today
        if child.spec.part == "late":
            hours = (_CAME_LATE, hours[1])
        drafts = a_day(random, child.spec.months, hours, words, _fetched(child, words))
        if child.spec.early and not today.whole_day:
            school_out = after_school(today.day.isoweekday())
            afternoon = a_day(random, child.spec.months, (school_out, hours[1]), words, _fetched(child, words))
            drafts = before_school(random, words, _fetched(child, words)) + afternoon
        if child.spec.part == "sleeper":
            drafts = _fast_asleep(drafts, today)
        for draft in drafts:
            values = _values(draft, child, people, child.group, today.day, zone, random)
            if values["start"] > now:
                continue
            if values["end"] is not None and values["end"] >= now:  # not over yet: only a sleep is written at its start
                if draft.kind != "sleep":
                    continue
                values["end"] = None
            if values["end"] is None:
                values["recorded_at"] = min(values["start"] + random.randint(5, 55) + draft.delay * 30, now)
            elif values["recorded_at"] > now:
                values["recorded_at"] = now
            if draft.kind == "incident" and instant(today.day, drafts[-1].start, zone) > now:
                values["detail"] = {}  # the parents hear of it when they come
            result.append(values)
            if values["kind"] == "sleep" and child.group == 0:
                result += _checks(values, now)
    return sorted(result, key=lambda values: (values["recorded_at"], values["start"]))


def _fast_asleep(drafts: list[Draft], today: Today) -> list[Draft]:
    """The child fell asleep eleven minutes ago, at any hour at which a baby may, unless she came only just now."""
    minute = today.now.hour * 60 + today.now.minute
    asleep = minute - 11
    if not _NAPS[0] <= asleep <= _NAPS[1] or drafts[0].start > asleep - 20:
        return drafts
    kept = [draft for draft in drafts if draft.over < asleep - 2 or draft.start > minute]
    return sorted([*kept, Draft("sleep", asleep)], key=lambda draft: draft.start)


def _checks(sleep: Values, now: int) -> list[Values]:
    """A look at the sleeper about every ten minutes; the last one due may not have been taken yet."""
    until = sleep["end"] or now - 120
    checked = {**sleep, "kind": "sleep_check", "end": None, "share": "staff_only"}
    return [{**checked, "start": at, "recorded_at": at} for at in range(sleep["start"] + 540, until, 570)]


def acts(entries: list[Values]) -> Iterator[tuple[str, list[Values]]]:
    """Today's entries as their writers saved them: who, and what belonged together; in the order of the clock."""
    waiting: dict[str, list[Values]] = defaultdict(list)
    finished: list[tuple[str, list[Values]]] = []
    for values in entries:
        mine = waiting[values["by_id"]]
        if mine and values["recorded_at"] - mine[0]["recorded_at"] > _TOGETHER:
            finished.append((values["by_id"], mine))
            mine = waiting[values["by_id"]] = []
        mine.append(values)
    finished += [(by, mine) for by, mine in waiting.items() if mine]
    yield from sorted(finished, key=lambda act: act[1][-1]["recorded_at"])


def add(tx: Tx, entries: list[Values]) -> None:
    """Writes entries as one act, at the time the last of them was written down."""
    when(tx, max(values["recorded_at"] for values in entries))
    for values in entries:
        tx.add(models.Entry, **values)


def change(tx: Tx, child_id: str, amount: float, at: int) -> None:
    """Corrects the child's last bottle."""
    row = tx.connection.execute(
        "SELECT id FROM entry WHERE child_id = ? AND kind = 'bottle' ORDER BY start DESC LIMIT 1", (child_id,)
    ).fetchone()
    record = tx.get(models.Entry, row[0])
    if record is None:
        raise LookupError("the bottle to correct is not there")
    when(tx, at)
    tx.change(record, amount=amount)


def correction(entries: list[Values], now: int) -> tuple[Values, float, int] | None:
    """The bottle first written down wrongly, its true amount, and when that was noticed; None if there is none.

    The entry is changed in place to the wrong amount.
    """
    bottles = [values for values in entries if values["kind"] == "bottle" and values["amount"] > 2 * _CORRECTION]
    if not bottles:
        return None
    last = max(bottles, key=lambda values: (values["start"], values["child_id"]))
    amount = last["amount"]
    last["amount"] = amount - _CORRECTION
    return last, amount, min(last["recorded_at"] + 900, now)


def when(tx: Tx, at: int) -> None:
    """Sets the act's clock: a sample day is written as it was lived, not at the second the sample is made."""
    tx.about["at"] = at
    tx.now = datetime.fromtimestamp(at, UTC)
