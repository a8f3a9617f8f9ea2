"""Medicines: which is the same, what was agreed to, and how long ago the last one was."""

from datetime import UTC, date, timedelta

import pytest
from msgspec.structs import replace

from kindertui.domain.daylog import Entry
from kindertui.domain.people import Agreement
from kindertui.domain.plausibility import Finding, check
from kindertui.domain.plausibility.medicines import medicine_name, same_medicine
from kindertui.domain.roster import ChildDay
from tests.domain.entry_roster import NOW, clock, step
from tests.domain.test_plausibility import DAY, HERE, HOME, IN, LIMITS, day, entry


def agreed(medicine: str, first: int = 1, last: int | None = None, apart: int | None = None) -> Agreement:
    """For days of November, the 20th being today."""
    until = None if last is None else date(2026, 11, last)
    return Agreement(f"{medicine}-{first}", "aya", medicine, date(2026, 11, first), until, apart)


def found(line: str, on: ChildDay, **rest: str) -> list[Finding]:
    return [one for one in check(step(line), on, NOW, LIMITS, **rest) if one.rule.startswith("medicine")]


def rules(line: str, on: ChildDay, **rest: str) -> list[str]:
    return [one.rule for one in found(line, on, **rest)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("paracetamol 120 mg", ("paracetamol",)),
        ("Paracetamol", ("paracetamol",)),
        ("2 x paracetamol", ("paracetamol",)),
        ("120mg Paracetamol", ("paracetamol",)),
        ("2 pufjes Ventolin", ("ventolin",)),
        ("vitamine D 5 druppels", ("vitamine", "d")),
        ("Vitamine B12", ("vitamine", "b12")),
        ("Æsculus/dråper", ("aesculus", "draper")),
        ("5 ml", ()),
        ("!", ()),
        ("", ()),
    ],
)
def test_the_name_is_what_is_no_dose(text: str, name: tuple[str, ...]) -> None:
    assert medicine_name(text) == name


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("paracetamol 120 mg", "Paracetamol", True),
        ("zyrtec 5 dr", "Zyrtec druppels", True),
        ("vitamine d", "vitamine k", False),
        ("para", "paracetamol", False),
        ("5 ml", "paracetamol", False),
        ("5 ml", "5 ml", False),
    ],
)
def test_which_is_the_same(one: str, other: str, same: bool) -> None:
    assert same_medicine(medicine_name(one), medicine_name(other)) is same
    assert same_medicine(medicine_name(other), medicine_name(one)) is same


@pytest.mark.parametrize(
    ("line", "agreements", "expected"),
    [
        ("med paracetamol 120 mg", [], ["medicine_not_agreed"]),
        ("med paracetamol", [agreed("ibuprofen")], ["medicine_not_agreed"]),
        ("med 5 ml", [agreed("ibuprofen")], ["medicine_not_agreed"]),
        ("med paracetamol 120 mg", [agreed("Paracetamol 120 mg zetpil")], []),
        ("med paracetamol", [agreed("paracetamol", 1, 20)], []),
        ("med paracetamol", [agreed("paracetamol", 20)], []),
        ("med paracetamol", [agreed("paracetamol", 1, 19)], ["medicine_agreement_over"]),
        ("med paracetamol", [agreed("paracetamol", 21)], ["medicine_agreement_not_yet"]),
        ("med paracetamol", [agreed("paracetamol", 1, 4), agreed("paracetamol", 18)], []),
        ("n paracetamol", [], []),
    ],
)
def test_it_has_to_be_agreed_to(line: str, agreements: list[Agreement], expected: list[str]) -> None:
    assert rules(line, replace(HERE, agreements=tuple(agreements))) == expected


def test_the_dates_of_an_agreement_are_named() -> None:
    over = replace(HERE, agreements=(agreed("Paracetamol", 1, 4), agreed("Paracetamol", 9, 12)))
    (one,) = found("med paracetamol", over)
    assert one.args == {"medicine": "Paracetamol", "first": "2026-11-09", "last": "2026-11-12"}
    (one,) = found("med paracetamol", replace(HERE, agreements=(agreed("Paracetamol", 23), agreed("Paracetamol", 30))))
    assert one.args == {"medicine": "Paracetamol", "first": "2026-11-23"}
    assert one.level == "warning", "what was given has to be written down, agreed or not"


def given(start: str, text: str, *, days: int = 0) -> Entry:
    moment = (clock(start) - timedelta(days=days)).astimezone(UTC)
    return Entry(f"{text}-{start}", 1, "aya", DAY - timedelta(days=days), "medicine", moment, text=text)


AGREED = (agreed("paracetamol"), agreed("ibuprofen", apart=240), agreed("zyrtec", apart=2880), agreed("zalf", apart=0))


@pytest.mark.parametrize(
    ("line", "dose", "expected"),
    [
        ("med 1230 Paracetamol 5 ml", given("8:30", "paracetamol"), ["medicine_soon"]),
        ("med 1230 paracetamol", given("6:30", "paracetamol 120 mg"), []),
        ("med 1230 paracetamol", given("6:31", "paracetamol 120 mg"), ["medicine_soon"]),
        ("med 1230 ibuprofen", given("8:30", "paracetamol"), []),
        # written down late: the one after it counts as much
        ("med 900 paracetamol", given("12:30", "paracetamol"), ["medicine_soon"]),
        # the agreement's own time
        ("med 1230 ibuprofen", given("8:30", "ibuprofen"), []),
        ("med 1230 ibuprofen", given("8:31", "ibuprofen"), ["medicine_soon"]),
        ("med 1230 zalf", given("12:29", "zalf"), []),
    ],
)
def test_not_sooner_than_agreed(line: str, dose: Entry, expected: list[str]) -> None:
    assert rules(line, day(IN, dose, agreements=AGREED)) == expected


def test_of_several_agreements_the_one_of_the_day_counts() -> None:
    dose = given("7:30", "paracetamol")
    two = (agreed("paracetamol", 1, 9, apart=600), agreed("paracetamol", 10, apart=300))
    assert rules("med 1230 paracetamol", day(IN, dose, agreements=two)) == []
    assert rules("med 1229 paracetamol", day(IN, dose, agreements=two)) == ["medicine_soon"]
    both = (agreed("paracetamol", 1, apart=600), agreed("paracetamol", 10, apart=300))
    assert rules("med 1230 paracetamol", day(IN, dose, agreements=both)) == ["medicine_soon"]


def test_a_dose_without_a_name_is_known_by_its_words() -> None:
    on = day(IN, given("12:00", "5 ML"), given("12:10", "10 ml"))
    assert [one.args["time"] for one in found("med 1230 5 ml", on) if one.rule == "medicine_soon"] == ["12:00"]


def test_a_dose_of_the_evening_before_counts() -> None:
    early = day(entry("arrival", "0:10"), agreements=AGREED, doses=(given("23:00", "paracetamol", days=1),))
    assert rules("med 459 paracetamol", early) == ["medicine_soon"]
    assert rules("med 500 paracetamol", early) == []
    (one,) = found("med 1230 zyrtec", day(IN, agreements=AGREED, doses=(given("13:00", "zyrtec", days=2),)))
    assert one.args == {"medicine": "zyrtec", "time": "13:00", "apart": "2880", "day": "2026-11-18"}
    assert rules("med 1230 zyrtec", day(IN, agreements=AGREED, doses=(given("12:30", "zyrtec", days=2),))) == []


def test_the_nearest_dose_is_named_with_its_time() -> None:
    on = day(IN, given("8:30", "paracetamol 60 mg"), given("11:00", "paracetamol 120 mg"), agreements=AGREED)
    (one,) = found("med 1230 paracetamol", on)
    assert one.args == {"medicine": "paracetamol 120 mg", "time": "11:00", "apart": "360"}


def test_a_correction_is_no_second_dose() -> None:
    dose = given("12:00", "paracetamol")
    assert rules("med 1210 paracetamol", day(IN, dose, agreements=AGREED), replacing=dose.id) == []
    moved = replace(HERE, doses=(dose,), agreements=AGREED)
    assert rules("med 1210 paracetamol", moved, replacing=dose.id) == []


def test_without_an_agreement_the_profile_says_how_long() -> None:
    other = replace(LIMITS, medicine_apart=120)
    on = day(IN, given("10:00", "paracetamol"))
    assert [one.rule for one in check(step("med 1159 paracetamol"), on, NOW, other)] == [
        "medicine_soon", "medicine_not_agreed",
    ]  # fmt: skip
    assert [one.rule for one in check(step("med 1200 paracetamol"), on, NOW, other)] == ["medicine_not_agreed"]
    assert [one.rule for one in check(step("med x"), HOME, NOW, LIMITS)] == ["not_in", "medicine_not_agreed"]
