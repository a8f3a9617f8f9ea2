"""Who is at the sample location: three groups, eight staff, 35 children of 29 families, and what is known of each."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from msgspec import Struct, field

from kindertui.data import models
from kindertui.data.act import Tx
from kindertui.data.sample.calendar import Today, clock, months_before
from kindertui.domain.people import ConsentScope, age_on

YEAR = 365  # days
_MANAGER = 7  # in the list of staff
_GROUP_OF_STAFF = (0, 0, 0, 1, 1, 2, 2, None)
_GROUPS = (("day_care", 0, 1), ("day_care", 1, 4), ("after_school", 4, 13))


class Spec(Struct, frozen=True):
    """One child in the plan: `family` and place in it, age in months today, ISO weekdays, ordinary hours in minutes.

    `facts` are (kind, word) pairs, `photos` the answers to the portal's two scopes, the narrower first (None: never
    asked), `part` what the child is there for today: `in`, `sick_late` and so on; see `inbox`. `early` children are
    there before school too.
    """

    family: int
    place: int
    months: int
    weekdays: tuple[int, ...]
    hours: tuple[int, int]
    facts: tuple[tuple[str, str], ...] = ()
    photos: tuple[bool, bool] | None = (True, True)
    part: str = "in"
    early: bool = False


_LONG, _LATER, _SHORT, _MORNING = (450, 1080), (510, 1050), (480, 990), (480, 780)
_AFTER = (900, 1095)
BEFORE_SCHOOL = 460
_MTT, _MWT, _TTF, _MTTF, _WF, _MW, _TF = (
    (1, 2, 4), (1, 3, 4), (2, 4, 5), (1, 2, 4, 5), (3, 5), (1, 3), (2, 5),
)  # fmt: skip
_NO, _OWN = (False, False), (True, False)

PLAN: tuple[Spec, ...] = (
    Spec(0, 0, 9, _MTTF, _SHORT, (("allergy", "cow_milk"),), _OWN, "sleeper"),
    Spec(1, 0, 4, _MTT, _LONG, (), _NO),
    Spec(2, 0, 6, _MTT, _LATER),
    Spec(3, 0, 11, _MWT, _LONG, (("allergy", "egg"),)),
    Spec(4, 0, 3, _TTF, _LATER, (), None),
    Spec(5, 0, 7, _MW, _LONG),
    Spec(6, 0, 5, _WF, _SHORT, (), _OWN),
    Spec(7, 0, 10, _MTT, _LATER, (), _NO),
    Spec(8, 0, 8, _MTT, _LONG, (), (True, True), "sick_late"),
    Spec(1, 1, 16, _MTT, _LONG, (("allergy", "nuts"),), _NO),
    Spec(9, 0, 26, _MTTF, _SHORT, (), (True, True), "sick_on_time"),
    Spec(10, 0, 37, _MTT, _LONG, (), _OWN, "holiday_asked"),
    Spec(11, 0, 44, _WF, _LATER),
    Spec(12, 0, 20, _TTF, _LONG, (), (True, True), "better"),
    Spec(13, 0, 23, _MWT, _SHORT, (), (True, True), "nobody_told_us"),
    Spec(14, 0, 41, _MTT, _LATER, (("diet", "no_pork"),)),
    Spec(15, 0, 13, _MWT, _LONG, (), _NO, "late"),
    Spec(16, 0, 34, _TTF, _LATER, (("allergy", "gluten"), ("health", "wheezing"))),
    Spec(17, 0, 25, _MW, _LONG),
    Spec(17, 1, 25, _MW, _LONG, (("diet", "vegetarian"),)),
    Spec(18, 0, 39, _MTT, _LATER, (("note", "separated"),), _OWN, "extra_day"),
    Spec(19, 0, 28, _MW, _MORNING, (), None, "swap_day"),
    Spec(20, 0, 46, _MTT, _LONG, (), (True, True), "holiday_today"),
    Spec(14, 1, 76, _MTT, _AFTER, (("diet", "no_pork"),), (True, True), "in", early=True),
    Spec(20, 1, 95, _MTT, _AFTER, (), _OWN, "holiday_today"),
    Spec(21, 0, 50, _MTT, _AFTER, (), (True, True), "in", early=True),
    Spec(22, 0, 57, _TTF, _AFTER),
    Spec(22, 1, 82, _TTF, _AFTER),
    Spec(23, 0, 63, _MWT, _AFTER, (("allergy", "nuts"),), _OWN),
    Spec(24, 0, 70, _MTT, _AFTER, (("diet", "vegetarian"),), (True, True), "in", early=True),
    Spec(25, 0, 88, _TF, _AFTER, (), None),
    Spec(26, 0, 101, _MWT, _AFTER, (), (True, True), "other_pick_up"),
    Spec(27, 0, 110, _TF, _AFTER, (), _NO, "sick_phoned"),
    Spec(28, 0, 118, _MTT, _AFTER),
    Spec(28, 1, 131, _MTT, _AFTER, (), (True, True), "leave"),
)
_ORDER_FAMILY, _CHINESE_FAMILY, _TWO_MOTHERS, _SECRET_FAMILY = 0, 5, 6, 7
NO_FATHER = frozenset({_ORDER_FAMILY, _TWO_MOTHERS})  # who never brings or fetches: held back, or there is none
# On any day some stay at home though others come: these are away unless today is one of their weekdays.
_AWAY_OFF_DAY = frozenset({4, 12, 26})


class SampleChild(Struct, frozen=True):
    """A child as it was written: `group` is today's (0, 1, 2), `slot_today` ordinary minutes, if expected."""

    id: str
    number: int
    spec: Spec
    name: str
    birth: date
    first_day: date
    group: int
    slot_today: tuple[int, int] | None
    guardians: tuple[str, ...]

    def months_on(self, day: date) -> int:
        """Whole months of age."""
        years, months = age_on(self.birth, day) or (0, 0)
        return years * 12 + months


class People(Struct, frozen=True):
    """Everybody's ids and names; `staff` by group, `manager` apart."""

    groups: tuple[str, ...]
    children: tuple[SampleChild, ...]
    staff: tuple[tuple[tuple[str, str], ...], ...]
    manager: tuple[str, str]
    away: set[tuple[str, date]] = field(default_factory=set)  # child and day: reported absent

    def part(self, part: str) -> SampleChild:
        """The first child that plays this part today."""
        return next(child for child in self.children if child.spec.part == part)


def add_people(tx: Tx, words: dict[str, Any], today: Today, random: Random, scopes: Sequence[ConsentScope]) -> People:
    """Writes groups, staff, children, guardians and what must be minded; one act. `scopes`: the portal's, of photos."""
    groups = tuple(
        tx.add(models.CareGroup, name=name, kind=kind, age_from=low, age_to=high).id
        for name, (kind, low, high) in zip(words["groups"], _GROUPS, strict=True)
    )
    staff: list[list[tuple[str, str]]] = [[], [], []]
    manager = ("", "")
    for number, (name, group) in enumerate(zip(words["staff"], _GROUP_OF_STAFF, strict=True)):
        role = "manager" if number == _MANAGER else "worker"
        place = None if group is None else groups[group]
        record = tx.add(models.Staff, name=name, role=role, group_id=place)
        if group is None:
            manager = (record.id, name)
        else:
            staff[group].append((record.id, name))
    guardians = _add_guardians(tx, words)
    children = tuple(
        _add_child(tx, number, spec, words, groups, guardians, today, random) for number, spec in enumerate(PLAN)
    )
    for child in children:
        _add_what_is_known(tx, child, words, today, manager[1], scopes)
    return People(groups, children, tuple(tuple(one) for one in staff), manager)


def _add_guardians(tx: Tx, words: dict[str, Any]) -> list[list[str]]:
    language = str(words["language"])
    result: list[list[str]] = []
    number = 0
    for family, (_, _, *names) in enumerate(words["families"]):
        ids = []
        for name in filter(None, names[:2]):
            number += 1
            spoken = "en" if family == _CHINESE_FAMILY else language
            phone, email = words["phone"].format(number), f"guardian{number}@example.org"
            ids.append(tx.add(models.Guardian, name=name, phone=phone, email=email, language=spoken).id)
        result.append(ids)
    return result


def _add_child(
    tx: Tx, number: int, spec: Spec, words: dict[str, Any], groups: tuple[str, ...], guardians: list[list[str]],
    today: Today, random: Random,
) -> SampleChild:  # fmt: skip
    prefix, surname, _, _, *given = words["families"][spec.family]
    birth = months_before(today.day, spec.months) - timedelta(days=(spec.family * 7) % 26 + 1)
    first_day = birth + timedelta(days=random.randint(75, 88))
    if spec.months >= 30 and random.random() < 0.3:
        first_day = birth + timedelta(days=random.randint(400, 800))  # came from elsewhere
    group = group_of(spec.months)
    record = tx.add(
        models.Child, given_name=given[spec.place], prefix=prefix, surname=surname, birth_date=birth.isoformat(),
        group_id=groups[group], first_day=first_day.isoformat(),
    )  # fmt: skip
    return SampleChild(
        record.id, number, spec, record.given_name, birth, first_day, group, _slot_today(number, spec, today),
        tuple(guardians[spec.family]),
    )  # fmt: skip


def group_of(months: int) -> int:
    """0, 1 or 2 by age in whole months."""
    return 0 if months < 12 else 1 if months < 48 else 2


def _slot_today(number: int, spec: Spec, today: Today) -> tuple[int, int] | None:
    weekday = today.day.isoweekday()
    if number in _AWAY_OFF_DAY and weekday not in spec.weekdays:
        return None
    if spec.hours != _AFTER:
        return spec.hours
    if today.whole_day:
        return (540, 1020)
    return (BEFORE_SCHOOL if spec.early else after_school(weekday), spec.hours[1])


def after_school(weekday: int) -> int:
    return 750 if weekday == 3 else 900  # Dutch schools close at noon on Wednesday


def _add_what_is_known(
    tx: Tx, child: SampleChild, words: dict[str, Any], today: Today, manager: str, scopes: Sequence[ConsentScope]
) -> None:
    spec = child.spec
    for weekday in range(1, 8):
        if weekday == today.day.isoweekday():
            if child.slot_today is None:
                continue
            start, end = map(clock, child.slot_today)
        elif weekday in spec.weekdays:
            hours = spec.hours
            if hours == _AFTER:
                hours = (BEFORE_SCHOOL if spec.early else after_school(weekday), hours[1])
            start, end = map(clock, hours)
        else:
            continue
        tx.add(models.Slot, child_id=child.id, weekday=weekday, start=f"{start:%H:%M}", end=f"{end:%H:%M}")
    relations = words["relations"]
    for rank, guardian in enumerate(child.guardians, start=1):
        held = spec.family == _ORDER_FAMILY and rank == 2
        relation = relations[2 if spec.family == _TWO_MOTHERS else rank - 1]
        tx.add(
            models.Guardianship, child_id=child.id, guardian_id=guardian, relation=relation, rank=rank,
            may_pick_up=not held,
        )  # fmt: skip
        if held:
            tx.add(
                models.Restriction, child_id=child.id, guardian_id=guardian, kind="contact",
                reason=words["facts"]["order"], since=(today.day - timedelta(days=140)).isoformat(), author=manager,
            )  # fmt: skip
    if spec.family == _SECRET_FAMILY:
        since = (today.day - timedelta(days=90)).isoformat()
        tx.add(
            models.Restriction, child_id=child.id, guardian_id=None, kind="address", reason=words["facts"]["secret"],
            since=since, author=manager,
        )  # fmt: skip
    for kind, word in spec.facts:
        tx.add(models.CareFact, child_id=child.id, kind=kind, text=words["facts"][word])
    if spec.photos is not None:
        for scope, given in zip(scopes, spec.photos, strict=True):
            tx.add(
                models.Consent, child_id=child.id, scope=scope, given=given, since=child.first_day.isoformat(),
                source="intake",
            )  # fmt: skip
