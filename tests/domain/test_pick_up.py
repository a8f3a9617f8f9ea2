"""Who may take a child home, who may not, and whom to phone first."""

from datetime import date

import pytest

from kindertui.domain.calls import first_to_call
from kindertui.domain.people import Child, Guardian, Guardianship, PickUp, Restriction, RestrictionKind
from kindertui.domain.pick_up import pick_up_list
from kindertui.domain.roster import ChildDay

DAY = date(2026, 11, 23)


def guardian(name: str, rank: int, phone: str = "06", may: bool = True) -> Guardianship:
    return Guardianship("a", Guardian(name, name, phone), "mother", rank, may)


def order(kind: RestrictionKind, guardian_id: str | None) -> Restriction:
    return Restriction("r", "a", guardian_id, kind, "order", DAY, "Marit")


def day(
    *orders: Restriction, guardians: tuple[Guardianship, ...] | None = None, others: tuple[PickUp, ...] = ()
) -> ChildDay:
    found = (guardian("Sara", 1), guardian("Tom", 2)) if guardians is None else guardians
    child = Child("a", "Aya", "", "Bakker", None, None)
    return ChildDay(child, DAY, restrictions=orders, guardians=found, pick_ups=others)


@pytest.mark.parametrize(
    ("orders", "allowed", "called"),
    [
        ((), ["Sara", "Tom"], "Sara"),
        ((order("pick_up", "Sara"),), ["Tom"], "Sara"),  # may not fetch, may be told
        ((order("contact", "Sara"),), ["Tom"], "Tom"),
        ((order("contact", None),), [], None),
        ((order("pick_up", None),), [], "Sara"),
        ((order("address", "Sara"),), ["Sara", "Tom"], "Sara"),
    ],
)
def test_orders_decide(orders: tuple[Restriction, ...], allowed: list[str], called: str | None) -> None:
    found = pick_up_list(day(*orders))
    assert [one.guardian.name for one in found.guardians] == allowed
    assert {one.guardian.name for one in found.barred} == {"Sara", "Tom"} - set(allowed)
    first = first_to_call(day(*orders))
    assert (first.guardian.name if first else None) == called


def test_who_has_no_leave_to_fetch_is_barred_and_who_has_no_number_is_not_called() -> None:
    found = day(guardians=(guardian("Sara", 1, phone=""), guardian("Tom", 2, may=False)))
    assert [one.guardian.name for one in pick_up_list(found).barred] == ["Tom"]
    first = first_to_call(found)
    assert first is not None and first.guardian.name == "Tom"


def test_others_may_on_their_days_only() -> None:
    oma = PickUp("p", "a", "Riet", first_day=DAY, last_day=DAY)
    past = PickUp("q", "a", "Jan", last_day=date(2026, 11, 22))
    assert pick_up_list(day(others=(oma, past))).others == (oma,)
    assert pick_up_list(day(order("pick_up", None), others=(oma,))).others == (), "everybody is nobody but them"
    assert pick_up_list(day(order("address", None), others=(oma,))).others == (oma,)
