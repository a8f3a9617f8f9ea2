"""One child's day, from arrival to departure, as it goes at an age. Minutes are counted from midnight."""

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from kindertui.domain.daylog import Kind, Meal

PORTIONS = (0.0, 0.25, 0.5, 0.5, 0.75, 0.75, 0.75, 1.0, 1.0, 1.0, 1.0)
Words = Mapping[str, Any]


class Draft(Struct, frozen=True):
    """What will be an entry: `delay` minutes lie between what happened and its being written down."""

    kind: Kind
    start: int
    end: int | None = None
    amount: float | None = None
    detail: Mapping[str, Any] = field(default_factory=dict)
    text: str = ""
    delay: int = 1

    @property
    def over(self) -> int:
        return self.start if self.end is None else self.end


def a_day(random: Random, months: int, hours: tuple[int, int], words: Words, fetched: Sequence[str]) -> list[Draft]:
    """The drafts of a child of `months`, booked for `hours`, by start.

    `fetched` are the words for who may bring and fetch. What would lie outside the stay is left out.
    """
    start, end = hours
    arrival = start + random.randint(-8, 22)
    departure = max(end + random.randint(-35, 4), arrival + 60)
    middle = _baby if months < 12 else _toddler if months < 48 else _school_child
    stay = [
        draft if draft.delay > 1 else replace(draft, delay=random.randint(1, 9))
        for draft in middle(random, months, arrival, words)
        if arrival + 3 <= draft.start and draft.over <= departure - 3
    ]
    stay.append(Draft("arrival", arrival, text=random.choice(fetched[:2]), delay=random.randint(0, 2)))
    stay.append(Draft("departure", departure, text=random.choice(fetched), delay=random.randint(0, 2)))
    return sorted(stay, key=lambda draft: draft.start)


def before_school(random: Random, words: Words, fetched: Sequence[str]) -> list[Draft]:
    """Early care: breakfast, and off to school."""
    arrival = random.randint(460, 475)
    return [
        Draft("arrival", arrival, text=random.choice(fetched[:2])),
        _meal(random, "breakfast", arrival + random.randint(6, 12), random.choice(words["snack"])),
        Draft("departure", random.randint(503, 509), text=words["to_school"]),
    ]


def _meal(random: Random, meal: Meal, start: int, text: str, minutes: int = 0) -> Draft:
    end = start + minutes if minutes else None
    return Draft("meal", start, end, random.choice(PORTIONS), {"meal": meal}, text)


def _bottle(random: Random, months: int, start: int) -> Draft:
    offered = min(120 + months * 10, 210)
    taken = round(offered * random.choice((1, 1, 1, 0.9, 0.75, 0.6)) / 10) * 10
    return Draft("bottle", start, amount=float(taken), detail={"offered": offered})


def _nappy(random: Random, start: int) -> Draft:
    content = random.choice(("wet", "wet", "wet", "soiled", "both", "dry"))
    return Draft("nappy", start, detail={"content": content})


def _baby(random: Random, months: int, arrival: int, words: Words) -> list[Draft]:
    between = random.randint
    morning, noon = between(560, 575), between(748, 760)
    awake = noon + between(60, 100)
    result = [
        _nappy(random, between(536, 552)),
        _bottle(random, months, arrival + between(12, 18)),
        Draft("sleep", morning, morning + between(35, 55)),
        _nappy(random, between(672, 684)),
        _bottle(random, months, between(712, 728)),
        Draft("sleep", noon, awake),
        _nappy(random, awake + between(5, 12)),
        _bottle(random, months, between(898, 915)),
        _nappy(random, between(972, 984)),
    ]
    if months < 7:
        result.append(Draft("sleep", between(922, 930), between(955, 968)))
    if months >= 6:
        result.append(_meal(random, "fruit", between(638, 650), random.choice(words["fruit"])))
    if months >= 8:
        result.append(_meal(random, "lunch", between(690, 700), random.choice(words["mash"])))
    if random.random() < 0.6:
        result.append(Draft("activity", between(652, 670), text=random.choice(words["babies"])))
    return result + _now_and_then(random, words, 0.2)


def _toddler(random: Random, months: int, arrival: int, words: Words) -> list[Draft]:
    between = random.randint
    lunch, snack = between(690, 700), between(912, 922)
    result = [
        _meal(random, "fruit", between(582, 592), random.choice(words["fruit"])),
        Draft("activity", between(605, 640), text=random.choice(words["toddlers"])),
        _meal(random, "lunch", lunch, random.choice(words["lunch"]), between(15, 25)),
        _meal(random, "snack", snack, random.choice(words["snack"])),
    ]
    if months < 36 or random.random() < 0.3:
        asleep = between(745, 760)
        result.append(Draft("sleep", asleep, asleep + between(60, 120)))
    for moment in (between(665, 682), between(882, 900)):
        result.append(_nappy(random, moment) if months < 33 else Draft("toilet", moment))
    if random.random() < 0.3:
        result.append(Draft("drink", between(586, 600), amount=float(random.choice((100, 120, 150)))))
    if random.random() < 0.25:
        result.append(Draft("activity", between(935, 985), text=random.choice(words["toddlers"])))
    return result + _now_and_then(random, words, 0.2)


def _school_child(random: Random, months: int, arrival: int, words: Words) -> list[Draft]:
    between = random.randint
    result = [
        _meal(random, "snack", max(arrival + between(10, 18), 915), random.choice(words["snack"])),
        Draft("activity", max(arrival + between(25, 60), 930), text=random.choice(words["school"])),
    ]
    if arrival < 800:  # a whole day, or the free Wednesday afternoon
        result.append(_meal(random, "lunch", max(arrival + between(8, 14), 735), random.choice(words["hot"])))
    if arrival < 600:
        result.append(_meal(random, "fruit", between(598, 612), random.choice(words["fruit"])))
        result.append(Draft("activity", between(620, 650), text=random.choice(words["school"])))
    if random.random() < 0.4:
        result.append(Draft("activity", between(1010, 1040), text=random.choice(words["school"])))
    return result + _now_and_then(random, words, 0.1)


def _now_and_then(random: Random, words: Words, often: float) -> list[Draft]:
    result = []
    if random.random() < often:
        result.append(Draft("note", random.randint(970, 1000), text=random.choice(words["notes"])))
    chance = random.random()
    moment = random.randint(632, 640)
    if chance < 0.006:
        result.append(
            Draft("incident", moment, detail={"told": words["told"]}, text=random.choice(words["incidents"]), delay=5)
        )
    elif chance < 0.02:
        degrees = round(random.uniform(37.4, 38.4), 1)
        result.append(Draft("temperature", moment, amount=degrees))
        if degrees >= 38:
            result.append(Draft("medicine", moment + 10, text=words["medicine"], delay=5))
    return result
