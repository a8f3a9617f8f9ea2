"""Who may pick a child up, whom to call first, and whether the person who was typed is one of them."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from kindertui.domain.calls import first_to_call
from kindertui.domain.people import Guardian, Guardianship, PickUp, Restriction, RestrictionKind
from kindertui.domain.pick_up import pick_up_list, relations, verdict
from kindertui.domain.plausibility import check
from kindertui.domain.roster import ChildDay
from tests.domain.entry_roster import NOW, step
from tests.domain.test_plausibility import HERE, LIMITS, SLEEPS, absence


def guardian(name: str, relation: str, *, may: bool = True, phone: str = "06") -> Guardianship:
    return Guardianship("aya", Guardian(name.split()[0].lower(), name, phone), relation, may_pick_up=may)


def restriction(who: str | None, kind: RestrictionKind = "contact") -> Restriction:
    return Restriction("r", "aya", who, kind, "court order", date(2025, 3, 3), "Marit")


SARA, TOM = guardian("Sara Bakker", "moeder"), guardian("Tom Bakker", "far")
ELS = PickUp("els", "aya", "Oma Els Smit", first_day=date(2026, 11, 20), last_day=date(2026, 11, 20))
ANJA = PickUp("anja", "aya", "Anja", "buurvrouw")
OPA = PickUp("opa", "aya", "opa")
BOTH = replace(HERE, guardians=(SARA, TOM), pick_ups=(ELS, ANJA))
BARRED = replace(BOTH, restrictions=(restriction("tom"),))


@pytest.mark.parametrize(
    ("orders", "allowed", "called"),
    [
        ((), ["sara", "tom"], "sara"),
        ((restriction("sara", "pick_up"),), ["tom"], "sara"),  # may not pick up, may be told
        ((restriction("sara", "contact"),), ["tom"], "tom"),
        ((restriction(None, "contact"),), [], None),
        ((restriction(None, "pick_up"),), [], "sara"),
        ((restriction("sara", "address"),), ["sara", "tom"], "sara"),
    ],
)
def test_orders_decide(orders: tuple[Restriction, ...], allowed: list[str], called: str | None) -> None:
    ordered = replace(BOTH, restrictions=orders)
    found = pick_up_list(ordered)
    assert [one.guardian.id for one in found.guardians] == allowed
    assert {one.guardian.id for one in found.barred} == {"sara", "tom"} - set(allowed)
    first = first_to_call(ordered)
    assert (first.guardian.id if first else None) == called


def test_who_may_not_pick_up_is_barred_and_who_has_no_number_is_not_called() -> None:
    found = replace(
        BOTH, guardians=(guardian("Sara Bakker", "moeder", phone=""), guardian("Tom Bakker", "far", may=False))
    )
    assert [one.guardian.id for one in pick_up_list(found).barred] == ["tom"]
    first = first_to_call(found)
    assert first is not None and first.guardian.id == "tom"


def test_others_may_on_their_days_only() -> None:
    past = PickUp("q", "aya", "Jan", last_day=date(2026, 11, 19))
    others = replace(BOTH, pick_ups=(ELS, past))
    assert pick_up_list(others).others == (ELS,)
    everybody, secret = (replace(others, restrictions=(restriction(None, kind),)) for kind in ("pick_up", "address"))
    assert pick_up_list(everybody).others == (), "everybody is nobody but them"
    assert pick_up_list(secret).others == (ELS,)


def asked(text: str, on: ChildDay) -> str:
    found = verdict(text, on)
    return "" if found is None else "unknown" if found.barred is None else f"barred {found.barred.name}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # nobody named
        ("", ""),
        ("17:05", ""),
        ("door", ""),
        # a guardian, by name or by what she is, in any of the languages
        ("Sara", ""),
        ("sara bakker", ""),
        ("mama", ""),
        ("Mor", ""),
        ("mother", ""),
        ("moeder Sara", ""),
        ("Sara (mama)", ""),
        ("mevrouw Bakker", ""),
        ("papa en mama", ""),
        ("ouders", ""),
        ("mama heeft de tas mee", ""),
        ("mother took the bag", ""),
        # of the list
        ("oma", ""),
        ("bestemor", ""),
        ("oma Els", ""),
        ("oma E.", ""),
        ("oma els smit", ""),
        ("Els", ""),
        ("buurvrouw", ""),
        ("neighbour Anja", ""),
        # not on it
        ("opa", "unknown"),
        ("opa en oma", "unknown"),
        ("oma Marie", "unknown"),
        ("Marie (oma)", "unknown"),
        ("Piet", "unknown"),
        ("jan bakker", "unknown"),
        ("oma Bakker", "unknown"),
        ("tante Sara Visser", "unknown"),
        ("Marie Smit", "unknown"),
        ("taxi", "unknown"),
        ("大阪 ‮oma", ""),
    ],
)
def test_who_is_on_the_list(text: str, expected: str) -> None:
    assert asked(text, BOTH) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mama", ""),
        ("Sara Bakker", ""),
        ("oma Els", ""),
        ("Tom", "barred Tom Bakker"),
        ("tom bakker", "barred Tom Bakker"),
        ("papa", "barred Tom Bakker"),
        ("vader was er", "barred Tom Bakker"),
        ("FAR", "barred Tom Bakker"),
        ("faren", "barred Tom Bakker"),
        ("Faren til Aya", "barred Tom Bakker"),
        ("pappaen", "barred Tom Bakker"),
        ("moren", ""),
        ("bestemoren", ""),
        ("bestefaren", "unknown"),
        ("dad Piet", "barred Tom Bakker"),
        ("oom Tom", "barred Tom Bakker"),
        ("papa en mama", "barred Tom Bakker"),
        ("parents", "barred Tom Bakker"),
        ("mama Sara, Tom", "barred Tom Bakker"),
        ("Bakker", "barred Tom Bakker"),  # of two of that name one may not: it is asked
        ("oma Bakker", "unknown"),
        ("Piet", "unknown"),
    ],
)
def test_who_is_barred(text: str, expected: str) -> None:
    kinds: tuple[RestrictionKind, ...] = ("contact", "pick_up")
    for kind in kinds:
        on = replace(BARRED, restrictions=(restriction("tom", kind),))
        assert asked(text, on) == expected
    assert not asked(text, replace(BARRED, restrictions=(restriction("tom", "address"),))).startswith("barred")


def test_two_of_one_kin_are_told_apart_by_the_name() -> None:
    jan = guardian("Jan Smit", "vader")
    on = replace(BARRED, guardians=(SARA, TOM, jan))
    assert [asked(text, on) for text in ("papa", "papa Jan", "Jan")] == ["", "", ""]
    assert [asked(text, on) for text in ("papa Tom", "Tom Bakker", "tom")] == ["barred Tom Bakker"] * 3
    step_father = replace(BARRED, pick_ups=(PickUp("jan", "aya", "Jan", "stiefvader"),))
    assert [asked(text, step_father) for text in ("papa Jan", "stefar")] == ["", ""]
    assert asked("papa", step_father) == "barred Tom Bakker", "he is the father, and the other only called so"
    assert asked("papa", replace(step_father, restrictions=(), guardians=(SARA,))) == ""
    foster = replace(HERE, guardians=(guardian("Ria Vos", "pleegouder"),))
    assert [asked(text, foster) for text in ("mama", "mama Ria", "oma")] == ["", "", "unknown"]
    assert [asked(text, replace(HERE, guardians=(SARA,))) for text in ("voogd", "verge Sara")] == ["", ""]


def test_two_of_one_name_are_told_apart_by_what_they_are() -> None:
    on = replace(BARRED, pick_ups=(PickUp("t", "aya", "Tom Visser", "oom"),))
    assert [asked(text, on) for text in ("Tom", "oom Tom", "Tom Visser")] == ["", "", ""]
    assert asked("papa Tom", on) == asked("Tom Bakker", on) == "barred Tom Bakker"


def test_a_barred_guardian_is_not_let_in_by_another_list() -> None:
    listed = replace(
        BARRED, pick_ups=(PickUp("x", "aya", "Tom Bakker"),), absences=(absence("other_pick_up", text="papa"),)
    )
    assert [asked(text, listed) for text in ("Tom", "papa")] == ["barred Tom Bakker"] * 2


def test_a_restriction_for_everybody_leaves_nobody() -> None:
    on = replace(BOTH, restrictions=(restriction(None, "pick_up"),), absences=(absence("other_pick_up", text="opa"),))
    assert [asked(text, on) for text in ("mama", "Tom")] == ["barred Sara Bakker", "barred Tom Bakker"]
    assert [asked(text, on) for text in ("oma Els", "opa")] == ["barred oma Els", "barred opa"]
    assert asked("oma", replace(BOTH, restrictions=(restriction(None, "address"),))) == ""


def test_a_guardian_who_may_not_pick_up_is_barred_as_well() -> None:
    on = replace(HERE, guardians=(SARA, guardian("Tom Bakker", "father", may=False)))
    assert [asked(text, on) for text in ("papa", "Tom", "mama")] == ["barred Tom Bakker", "barred Tom Bakker", ""]


def test_a_list_holds_for_its_days() -> None:
    tomorrow = replace(BOTH, day=date(2026, 11, 21))
    assert [asked(text, tomorrow) for text in ("oma", "Anja")] == ["unknown", ""]


@pytest.mark.parametrize(
    ("text", "rest", "typed", "expected"),
    [
        ("opa haalt op om 16:00", {}, "opa", ""),
        ("opa Kees", {}, "opa", ""),
        ("opa Kees", {}, "Opa Kees", ""),
        ("opa Kees", {}, "kees", ""),
        ("opa Kees", {}, "opa Jan", "unknown"),
        ("opa Kees", {}, "tante", "unknown"),
        ("Kees van hiernaast", {}, "Kees", ""),
        ("opa", {"state": "withdrawn"}, "opa", "unknown"),
        ("opa", {"nature": "request"}, "opa", "unknown"),
        ("opa", {"nature": "request", "state": "approved"}, "opa", ""),
        ("opa", {"state": "acknowledged"}, "opa", ""),
        ("", {}, "opa", "unknown"),
    ],
)
def test_who_was_announced_for_the_day(text: str, rest: dict[str, Any], typed: str, expected: str) -> None:
    assert asked(typed, replace(BOTH, absences=(absence("other_pick_up", text=text, **rest),))) == expected
    other = replace(BOTH, absences=(absence("late", text=text, **rest),))
    assert asked(typed, other) == "unknown"


def test_without_any_list_nobody_is_missing_on_it() -> None:
    assert asked("opa", HERE) == ""
    assert asked("Marie", replace(HERE, pick_ups=(OPA,))) == "unknown"
    assert asked("opa Kees", replace(HERE, pick_ups=(OPA,))) == "", "a list may know him by no name"


def test_it_is_asked_when_the_child_leaves() -> None:
    def rules(line: str, on: ChildDay) -> list[str]:
        return [one.rule for one in check(step(line), on, NOW, LIMITS)]

    assert rules("out opa", BOTH) == ["pick_up_unknown"]
    assert rules("out", BARRED) == rules("out mama", BARRED) == rules("in papa", BARRED)[1:] == []
    (one,) = check(step("out papa"), BARRED, NOW, LIMITS)
    assert (one.rule, one.level, one.args) == ("pick_up_barred", "warning", {"who": "Tom Bakker", "relation": "far"})
    asleep = replace(BARRED, entries=SLEEPS.entries)
    assert rules("out papa", asleep) == ["pick_up_barred", "leaves_asleep"], "what may harm the child comes first"
    (one,) = check(step("out opa Kees"), BOTH, NOW, LIMITS)
    assert one.args == {"who": "opa Kees"}


@pytest.mark.parametrize(
    ("words", "relation"),
    [
        ("mother moeder mama mor Mamma", "mother"),
        ("father vader papa far pappa", "father"),
        ("grandmother oma bestemor farmor", "grandmother"),
        ("grandfather opa bestefar MORFAR", "grandfather"),
        ("søster zus sister", "sister"),
        ("nabo buurman", "neighbour"),
    ],
)
def test_relations_in_three_languages(words: str, relation: str) -> None:
    assert [relations(word) for word in words.split()] == [frozenset({relation})] * len(words.split())
    assert relations("Els") == frozenset()


@given(st.text(max_size=60), st.text(max_size=30), st.text(max_size=12))
def test_no_text_is_too_strange(text: str, name: str, relation: str) -> None:
    on = replace(
        BARRED, guardians=(SARA, guardian(f"{name} x", relation)), absences=(absence("other_pick_up", text=text),)
    )
    assert asked(text, on) in ("", "unknown", "barred Tom Bakker")
