"""`mind`: what must be minded about a child, for people and as JSON."""

from datetime import date

from kindertui.data import agreements
from kindertui.data.act import Actor
from kindertui.data.store import Store
from kindertui.domain.people import Agreement, PickUp
from kindertui.locations import Locations
from tests.cli.conftest import Cli
from tests.conftest import People


def test_all_of_it_is_told_and_what_may_hurt_first(cli: Cli, place: Locations, people: People, ina: Actor) -> None:
    with Store(place) as store:
        aya, days = people.children["Aya"], (date(2026, 1, 5), date(2026, 1, 9))
        store.call(agreements.add_agreement, ina, Agreement("", aya, "paracetamol", *days, 90, "5 ml", "Sara Bakker"))
        store.call(agreements.add_pick_up, ina, PickUp("", aya, "Oma \x1b[31mBep"))
    told = cli("mind", "aya")
    lines = told.out.splitlines()
    assert told.code == 0 and lines[0] == "allergy: koemelk" and "father Tom Bakker: no contact" in lines[1]
    assert any("paracetamol 5 ml · from 5-1-2026 until 9-1-2026 · over · 1:30 h apart" in one for one in lines)
    assert "\x1b" not in told.out and "fetches: Oma [31mBep" in told.out
    document = cli("mind", "aya", "--json").document
    assert document["child"]["name"] == "Aya Bakker"
    assert document["facts"][0]["text"] == "koemelk" and document["consents"] == []
    (held,) = document["restrictions"]
    assert (held["guardian"], held["kind"]) == ("Tom Bakker", "contact")
    assert (held["author"], held["lifted_on"], held["lifted_by"]) == ("Marit", None, None)
    assert document["medicines"][0]["apart"] == 90 and document["pick_up"][0]["name"] == "Oma [31mBep"
    for name in ("emma", "nobody"):
        refused = cli("mind", name)
        assert refused.code == 1 and len(refused.sentences) == 1 and not refused.out
