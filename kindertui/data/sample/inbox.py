"""The sample's absences, decided ones of the year and those that wait today, and its two message threads."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct

from kindertui.data import models
from kindertui.data.absences import columns_of
from kindertui.data.act import Tx
from kindertui.data.messages import address
from kindertui.data.queries.messages import audience_of
from kindertui.data.sample.calendar import Today, clock, instant, is_open
from kindertui.data.sample.log import when
from kindertui.data.sample.people import YEAR, People, SampleChild
from kindertui.domain.absences import Absence, AbsenceKind, Channel
from kindertui.domain.deadline import judge
from kindertui.domain.policy import Policy

Values = dict[str, Any]


class Inbox(Struct, frozen=True):
    """What every report needs to be judged and told."""

    people: People
    words: Values
    names: dict[str, str]  # guardians' names by id
    today: Today
    zone: ZoneInfo
    policy: Policy

    def report(
        self, child: SampleChild, kind: AbsenceKind, first: date, last: date | None, channel: Channel, at: int,
        text: str = "", **more: Any,
    ) -> Values:  # fmt: skip
        """A report as it came in, judged by the policy at the moment it came (`at`, Unix seconds)."""
        slot = child.slot_today
        judged = judge(
            kind, channel, first, datetime.fromtimestamp(at, self.zone), self.policy, self.zone,
            starts=None if slot is None else clock(slot[0]),
            group_kind="day_care" if child.group < 2 else "after_school",
        )  # fmt: skip
        absence = Absence(
            "", 0, child.id, kind, first, last, channel, datetime.fromtimestamp(at, self.zone), nature=judged.nature,
            decided_by=judged.decided_by, reported_by=self.names[child.guardians[0]], text=text,
            deadline=judged.deadline, late_by=judged.late_by, rule=judged.rule,
        )  # fmt: skip
        return {**columns_of(absence), **more}

    def decided(self, values: Values, state: str, after: int, by: str, reason: str = "") -> Values:
        """The same, decided `after` seconds later; a notice, which nobody approves, was acknowledged."""
        if values["nature"] == "notice":
            state = "acknowledged"
        at = values["reported_at"] + after
        return {**values, "state": state, "decision_by": by, "decision_at": at, "reason": reason}

    def past(self, seed: str) -> list[Values]:
        """The year's sick spells and holidays, decided; whom they kept away is noted in `people.away`."""
        result: list[Values] = []
        for child in self.people.children:
            random = Random(f"{seed}/absences/{child.number}")  # noqa: S311 - a made-up year, not a secret
            result += self._holiday(child, random)
            for _ in range(random.randint(2, 5)):
                result += self._sick_spell(child, random)
        result += self._lately()
        return sorted(result, key=lambda values: (values["reported_at"], values["child_id"]))

    def _holiday(self, child: SampleChild, random: Random) -> Iterator[Values]:
        first = self.today.day - timedelta(days=random.randint(60, YEAR - 20))
        first -= timedelta(days=first.isoweekday() - 1)
        days = [first + timedelta(days=after) for after in range(random.choice((5, 5, 12)))]
        if first < child.first_day + timedelta(days=14) or not self._free(child, days):
            return
        asked = instant(first - timedelta(days=random.randint(14, 40)), random.randint(1140, 1290), self.zone)
        values = self.report(child, "holiday", first, days[-1], random.choice(("portal", "portal", "email")), asked)
        self._take_away(child, days)
        yield self.decided(values, "approved", 20 * 3600, self.people.manager[0])

    def _sick_spell(self, child: SampleChild, random: Random) -> Iterator[Values]:
        first = self.today.day - timedelta(days=random.randint(8, YEAR))
        days = [first + timedelta(days=after) for after in range(random.randint(1, 4))]
        if not is_open(first) or first.isoweekday() not in child.spec.weekdays or first < child.first_day:
            return
        if not self._free(child, days):
            return
        eve = random.random() < 0.25
        channel: Channel = "portal" if eve else random.choice(("portal", "portal", "phone"))
        at = (first - timedelta(days=1), 915) if eve else (first, random.randint(401, 505))
        text = random.choice((self.words["absences"]["sick"], self.words["absences"]["cold"], ""))
        self._take_away(child, days)
        values = self.report(child, "sick", first, days[-1], channel, instant(*at, self.zone), text)
        yield self.decided(values, "acknowledged", 900, self.people.staff[child.group][0][0])

    def _lately(self) -> Iterator[Values]:
        """What the last days brought: a sickness that is over, a holiday that runs, a swap, an extra day refused."""
        day, people, words = self.today.day, self.people, self.words["absences"]
        better = people.part("better")
        sick = [day - timedelta(days=back) for back in (4, 3, 2)]
        self._take_away(better, [*sick, day - timedelta(days=1)])
        by = people.staff[better.group][0][0]
        yield self.decided(
            self.report(better, "sick", sick[0], sick[-1], "portal", instant(sick[0], 431, self.zone), words["cold"]),
            "acknowledged", 1200, by,
        )  # fmt: skip
        told = instant(day - timedelta(days=1), 1005, self.zone)
        if self._offers("better"):
            yield self.decided(
                self.report(better, "better", day - timedelta(days=1), day - timedelta(days=1), "phone", told),
                "acknowledged", 0, by,
            )  # fmt: skip
        for child in (one for one in people.children if one.spec.part == "holiday_today"):
            first, last = day - timedelta(days=2), day + timedelta(days=4)
            self._take_away(child, [first, day - timedelta(days=1)])
            asked = instant(day - timedelta(days=25), 1215, self.zone)
            values = self.report(child, "holiday", first, last, "portal", asked, words["holiday"])
            yield self.decided(values, "approved", 15 * 3600, people.manager[0])
        if self._offers("swap_day"):
            yield self._swapped()
        if self._offers("extra_day"):
            yield self._refused()

    def _offers(self, kind: AbsenceKind) -> bool:
        """Can parents report or ask for it in this portal?"""
        return self.policy.absences[kind].offered

    def _swapped(self) -> Values:
        day, people, words = self.today.day, self.people, self.words["absences"]
        asked = instant(day - timedelta(days=5), 1180, self.zone)
        swapped = self._open(day + timedelta(days=5))
        swap = self.report(people.part("swap_day"), "swap_day", swapped, swapped, "portal", asked, words["swap"])
        return self.decided(swap, "approved", 14 * 3600, people.manager[0])

    def _refused(self) -> Values:
        day, people, words = self.today.day, self.people, self.words["absences"]
        asked = instant(day - timedelta(days=12), 1230, self.zone)
        wanted = self._open(day - timedelta(days=4))
        extra = self.report(people.part("extra_day"), "extra_day", wanted, wanted, "email", asked, words["extra"])
        return self.decided(extra, "refused", 13 * 3600, people.manager[0], words["full"])

    def waiting(self) -> list[tuple[str, Values]]:
        """Today's inbox, by the time it came: who wrote it down (empty: the portal) and the report."""
        day, people, words = self.today.day, self.people, self.words["absences"]
        eve, tomorrow = day - timedelta(days=1), day + timedelta(days=1)
        monday = day + timedelta(days=22 - day.isoweekday())
        leave_day = tomorrow if is_open(tomorrow) else day
        after_school = people.staff[2][0][0]
        late = people.part("late")
        fetched_by: Channel = "portal" if self._offers("other_pick_up") else "email"
        coming = clock(630).strftime("%H:%M")
        phoned = self.report(
            people.part("sick_phoned"), "sick", day, day, "phone", self._this_morning(485), words["cold"]
        )
        result = [
            ("", self.report(people.part("holiday_asked"), "holiday", monday, monday + timedelta(days=4), "email",
                             instant(day - timedelta(days=2), 1205, self.zone), words["holiday"])),
            ("", self.report(people.part("sick_on_time"), "sick", day, None, "portal", instant(eve, 920, self.zone),
                             words["sick"])),
            ("", self._extra_or_early(instant(eve, 1274, self.zone))),
            ("", self.report(people.part("sick_late"), "sick", day, None, "portal", self._this_morning(451),
                             words["cold"])),
            ("", self.report(late, "late", day, day, "email", self._this_morning(462), words["late"], start=coming)),
            (after_school, self.decided(phoned, "acknowledged", 0, after_school)),
            (after_school, self.report(people.part("leave"), "leave", leave_day, leave_day, "phone",
                                       self._this_morning(521), words["leave"])),
            ("", self.report(people.part("other_pick_up"), "other_pick_up", day, day, fetched_by,
                             self._this_morning(548), words["pick_up"])),
        ]  # fmt: skip
        return sorted(result, key=lambda one: one[1]["reported_at"])

    def _extra_or_early(self, at: int) -> Values:
        """An extra day that waits for its answer; where none can be asked for, a child who is fetched early today."""
        child, words = self.people.part("extra_day"), self.words["absences"]
        if not self._offers("extra_day"):
            day = self.today.day
            return self.report(child, "early_pick_up", day, day, "portal", at, words["early"], end="15:00")
        day = self._open(self.today.day + timedelta(days=3))
        return self.report(
            child, "extra_day", day, day, "portal", at, words["extra"], start=time(8).isoformat(), end="13:00"
        )

    def messages(self) -> list[tuple[int, str, Values]]:
        """Two threads: when, who wrote it (empty: a guardian) and the message without its thread's id."""
        people, words = self.people, self.words["messages"]
        aya = people.part("sleeper")
        before = self._open(self.today.day - timedelta(days=1), -1)
        child = {"thread_id": "child", "audience": "child", "audience_id": aya.id, "subject": words["question_subject"]}
        told = {**child, "direction": "in", "sender": self.names[aya.guardians[0]]}
        ina = people.staff[1][0][0]
        letter = {"thread_id": "group", "audience": "group", "audience_id": people.groups[1], "direction": "out"}
        subject, body = words["letter_subject"], words["letter"]
        return [
            (instant(before, 760, self.zone), ina, {**letter, "subject": subject, "body": body, "state": "queued"}),
            (instant(before, 970, self.zone), "", {**told, "body": words["question"], "state": "answered"}),
            (instant(before, 1025, self.zone), people.staff[0][0][0],
             {**child, "direction": "out", "body": words["answer"], "state": "queued"}),
            (self._this_morning(470), "", {**told, "body": words["thanks"], "state": "unread"}),
        ]  # fmt: skip

    def _this_morning(self, minute: int) -> int:
        """A minute of this morning, never later than now."""
        return min(instant(self.today.day, minute, self.zone), int(self.today.now.timestamp()))

    @staticmethod
    def _open(day: date, step: int = 1) -> date:
        """The day itself if the location is open then, else the next (`step` -1: the last) on which it is."""
        while not is_open(day):
            day += timedelta(days=step)
        return day

    def _free(self, child: SampleChild, days: list[date]) -> bool:
        around = [days[0] - timedelta(days=2), *days, days[-1] + timedelta(days=2)]
        long_ago = days[-1] < self.today.day - timedelta(days=6)
        return long_ago and not any((child.id, day) in self.people.away for day in around)

    def _take_away(self, child: SampleChild, days: list[date]) -> None:
        self.people.away.update((child.id, day) for day in days)


def report(tx: Tx, reports: list[Values]) -> None:
    """Writes absences as one act, at the time the last of them came or was decided."""
    when(tx, max(values.get("decision_at") or values["reported_at"] for values in reports))
    for values in reports:
        tx.add(models.Absence, **values)


def message(tx: Tx, at: int, by: str, values: Values, policy: Policy, language: str) -> None:
    """Writes one message; an outgoing one with everybody it is for, and who is held back and why."""
    when(tx, at)
    record = tx.add(models.Message, **values, by_id=by or None, at=at, language=language)
    if values["direction"] == "in":
        return
    whom = values["audience"], values["audience_id"]
    address(tx, record.id, audience_of(tx.connection, *whom, policy, language, day=tx.now.date()))
