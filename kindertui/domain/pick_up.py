"""Who may take a child home and who may not, and whom to phone first when something happens."""

from msgspec import Struct

from kindertui.domain.audience import holding
from kindertui.domain.people import Guardianship, PickUp
from kindertui.domain.roster import ChildDay


class Fetchers(Struct, frozen=True):
    """`guardians` by rank and `others` may fetch the child on this day; `barred` may not, by order or by agreement."""

    guardians: tuple[Guardianship, ...] = ()
    others: tuple[PickUp, ...] = ()
    barred: tuple[Guardianship, ...] = ()
    nobody: bool = False  # a restriction for everybody: these lists are empty, and whoever is not on them is barred too


def fetchers(child_day: ChildDay) -> Fetchers:
    """Who may fetch this child on this day.

    Barred is whom a restriction on pick-up or on contact names, whom a restriction for everybody meets (`guardian_id`
    None), and who is a guardian without leave to pick up. An address to be kept secret bars nobody.
    """
    orders = {one.guardian_id for one in child_day.restrictions if one.kind in ("pick_up", "contact")}
    allowed: list[Guardianship] = []
    barred: list[Guardianship] = []
    for one in child_day.guardians:
        kept = not one.may_pick_up or None in orders or one.guardian.id in orders
        (barred if kept else allowed).append(one)
    others = () if None in orders else tuple(one for one in child_day.pick_ups if one.covers(child_day.day))
    return Fetchers(tuple(allowed), others, tuple(barred), None in orders)


def first_to_call(child_day: ChildDay) -> Guardianship | None:
    """The guardian with a number to phone first; nobody whom a contact restriction keeps from news of the child."""
    for one in child_day.guardians:
        if one.guardian.phone and holding(child_day.child.id, one.guardian.id, child_day.restrictions) is None:
            return one
    return None
