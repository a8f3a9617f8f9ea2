"""Applying roster files: once, twice, and against what people entered by hand."""

from datetime import date, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from kindertui.data import journal, queries
from kindertui.data.act import Actor, Tx
from kindertui.data.models import RECORDS
from kindertui.data.roster import take_in
from kindertui.data.store import Store
from kindertui.data.undo import ANYTHING, undo
from kindertui.domain.intake_roster import (
    APPLY_RULES,
    APPLY_WARNING_RULES,
    ImportChange,
    ImportReport,
    ReadChild,
    Remark,
    RosterFile,
)
from kindertui.domain.people import Restriction
from kindertui.portal.readers import read_bytes
from tests.conftest import People
from tests.today import today

TODAY = today()
YEAR = TODAY.year
AYA = {"given_name": "Aya", "surname": "Bakker", "birth_date": f"{YEAR - 1}-12-03"}
BRAM = {"given_name": "Bram", "surname": "de Wit", "birth_date": f"{YEAR - 2}-06-20"}
FENNA = {"given_name": "Fenna", "surname": "Dijkema", "birth_date": f"{YEAR - 2}-02-03", "group": "Vlinders"}
SARA = {"guardian_1_name": "Sara Bakker", "guardian_1_phone": "06-10000001"}
TOM = {"guardian_2_name": "Tom Bakker"}


def table(*rows: dict[str, str]) -> RosterFile:
    """A file of our own CSV with these fields, read as any other."""
    header = list(
        dict.fromkeys(["given_name", "surname", "birth_date", "group", *(name for row in rows for name in row)])
    )
    lines = [";".join(header), *(";".join(row.get(name, "") for name in header) for row in rows)]
    file = read_bytes("\n".join(lines).encode(), today=TODAY)
    assert file.refused == ()
    return file


EGELS = '<groep key="g1"><naam>Egels</naam><jaargroep>1</jaargroep></groep>'


def school(pupils: str, *, groups: str = EGELS, staff: str = "") -> RosterFile:
    """An EDEXML file of one school."""
    text = (
        "<EDEX><school><schooljaar>2025-2026</schooljaar><brincode>01AB</brincode></school>"
        f"<groepen>{groups}</groepen><leerlingen>{pupils}</leerlingen>{staff}</EDEX>"
    )
    return read_bytes(text.encode(), today=TODAY)


def pupil(key: str, name: str, born: str = "2020-02-03", more: str = "<groep key='g1'/>") -> str:
    when = f"<geboortedatum>{born}</geboortedatum>" if born else ""
    return f'<leerling key="{key}"><achternaam>Smit</achternaam><roepnaam>{name}</roepnaam>{when}{more}</leerling>'


class House:
    """The small location, and short ways to act on it and to look at it."""

    def __init__(self, store: Store, actor: Actor) -> None:
        self.store = store
        self.actor = actor

    def take(self, file: RosterFile, *, dry_run: bool = False) -> ImportReport:
        (report,) = take_in(self.store, self.actor, [file], dry_run=dry_run)
        return report

    def edit(self, model: str, where: dict[str, Any], **values: Any) -> None:
        """What a person changes by hand."""

        def by_hand(tx: Tx) -> None:
            from sqlalchemy import select

            (record,) = tx.session.scalars(select(RECORDS[model]).filter_by(**where))
            tx.change(record, **values)

        self.store.call(by_hand, self.actor)

    def add(self, model: str, **values: Any) -> str:
        def by_hand(tx: Tx) -> str:
            return tx.add(RECORDS[model], **values).id

        return self.store.call(by_hand, self.actor)

    def child(self, name: str) -> str:
        (found,) = [child.id for child in queries.children(self.store.reader) if child.full_name == name]
        return found

    def restrictions(self, name: str) -> tuple[Restriction, ...]:
        return queries.restrictions(self.store.reader, (self.child(name),))

    def guardians(self, name: str) -> dict[str, tuple[str, str]]:
        links = queries.guardianships(self.store.reader, (self.child(name),))
        return {link.guardian.name: (link.guardian.phone, link.guardian.email) for link in links}

    @property
    def seq(self) -> int:
        return journal.head(self.store.reader)[0]


@pytest.fixture
def house(store: Store, ina: Actor) -> House:
    return House(store, ina)


def full_file() -> RosterFile:
    return table(
        {
            **FENNA, "monday": "08:00-17:30", "allergies": "sesame|cow's milk", "consents": "own|no public",
            "guardian_1_name": "Marit Dijkema", "guardian_1_email": "marit@example.org",
            "guardian_1_relation": "mother", "guardian_2_name": "Sjoerd Bouma", "guardian_2_may_pick_up": "no",
            "restriction_1_guardian": "Sjoerd Bouma", "restriction_1_kind": "contact", "restriction_1_reason": "order",
            "restriction_1_since": "2025-01-02", "restriction_1_author": "H. Postma", "first_day": "2025-01-01",
        },
        {**AYA, "group": "Egels"},
    )  # fmt: skip


def test_a_first_import_adds_and_changes(house: House, people: People) -> None:
    report = house.take(full_file())
    assert dict(report.added) == {"children": 1, "groups": 1, "guardians": 2, "staff": 0}
    assert (report.format, report.changed, report.unchanged, report.left, report.refused) == ("csv", 1, 1, 0, ())
    assert ImportChange("child", "Aya Bakker", False, ("group_id",)) in report.changes
    db = house.store.reader
    fenna = queries.child(db, house.child("Fenna Dijkema"))
    assert fenna is not None and fenna.group_id == people.groups["Vlinders"] and fenna.first_day == date(2025, 1, 1)
    assert [(slot.weekday, f"{slot.start:%H:%M}") for slot in queries.slots(db, (fenna.id,))] == [(1, "08:00")]
    assert {fact.text for fact in queries.care_facts(db, (fenna.id,))} == {"sesame", "cow's milk"}
    answers = {consent.scope: (consent.given, consent.source) for consent in queries.consents(db, (fenna.id,))}
    assert answers == {"photo_own_portal": (True, "import"), "photo_public": (False, "import")}
    links = {link.guardian.name: link for link in queries.guardianships(db, (fenna.id,))}
    assert links["Marit Dijkema"].relation == "mother" and links["Marit Dijkema"].may_pick_up
    assert not links["Sjoerd Bouma"].may_pick_up and links["Sjoerd Bouma"].rank == 2
    (order,) = house.restrictions("Fenna Dijkema")
    assert (order.guardian_id, order.kind, order.author) == (links["Sjoerd Bouma"].guardian.id, "contact", "H. Postma")
    egels = {group.name: group.id for group in queries.groups(db)}["Egels"]
    aya = queries.child(db, people.children["Aya"])
    assert aya is not None and aya.group_id == egels


def test_the_same_file_again_changes_nothing(house: House) -> None:
    house.take(full_file())
    before = house.seq
    report = house.take(full_file())
    assert (house.seq, sum(report.added.values()), report.changed, report.changes) == (before, 0, 0, ())
    assert report.unchanged == 6
    keyed = school(
        pupil("1", "Noor"),
        staff="<leerkrachten><leerkracht key='a'><roepnaam>Lia</roepnaam></leerkracht></leerkrachten>",
    )
    assert dict(house.take(keyed).added) == {"children": 1, "groups": 0, "guardians": 0, "staff": 1}
    before = house.seq
    assert (house.take(keyed).unchanged, house.seq) == (3, before)


def test_a_dry_run_says_the_same_and_does_nothing(house: House) -> None:
    before = house.seq
    told = house.take(full_file(), dry_run=True)
    assert house.seq == before and told.dry_run
    assert "Fenna Dijkema" not in {child.full_name for child in queries.children(house.store.reader)}
    assert replace(house.take(full_file()), dry_run=True) == told


def test_one_refused_line_and_nothing_is_applied(house: House, people: People) -> None:
    before = house.seq
    bad = replace(table(FENNA), refused=(Remark("date_impossible", {"column": "birth_date"}, 3),))
    report = house.take(bad)
    assert [(remark.line, remark.rule) for remark in report.refused] == [(3, "date_impossible")]
    assert house.seq == before and not any(report.added.values())
    # what only the database can tell refuses the whole file in the same way
    house.edit("child", {"id": people.children["Bram"]}, birth_date=None)
    before = house.seq
    report = house.take(table(FENNA, BRAM))
    assert [(remark.line, remark.rule) for remark in report.refused] == [(3, "child_uncertain")]
    assert house.seq == before and not any(report.added.values()) and report.changes == ()
    assert {remark.rule for remark in report.refused} <= APPLY_RULES


def test_two_known_children_of_one_name_and_birth_date_are_never_guessed(house: House) -> None:
    house.add("child", given_name="BRAM", prefix="", surname="de  Wit", birth_date=BRAM["birth_date"])
    report = house.take(table({**BRAM, "group": "Egels"}))
    assert [(remark.rule, remark.args) for remark in report.refused] == [("child_uncertain", {"count": "2"})]


def test_a_child_without_birth_date_is_not_taken_for_another_of_that_name(house: House) -> None:
    house.take(school(pupil("1", "Noor")))
    other = replace(school(pupil("7", "Noor", born="")), source="edexml:02CD")
    assert [remark.rule for remark in house.take(other).refused] == ["child_uncertain"]
    assert dict(house.take(replace(school(pupil("7", "Daan", born="")), source="edexml:02CD")).added)["children"] == 1


def test_another_key_for_a_child_that_has_one_is_not_guessed_away(house: House) -> None:
    house.take(school(pupil("1", "Noor")))
    assert [remark.rule for remark in house.take(school(pupil("2", "Noor"))).refused] == ["child_uncertain"]


def test_two_lines_for_one_known_child_are_refused(house: House) -> None:
    house.take(school(pupil("1", "Noor")))
    house.edit("child", {"given_name": "Noor", "surname": "Smit"}, given_name="Nora")
    file = school(pupil("1", "Noor"))
    twice = replace(file, children=(*file.children, ReadChild("x", 9, "Nora", "", "Smit", date(2020, 2, 3))))
    assert [(remark.line, remark.rule) for remark in house.take(twice).refused] == [(9, "child_uncertain")]


def test_a_key_keeps_the_child_when_the_name_is_corrected(house: House) -> None:
    house.take(school(pupil("1", "Noor")))
    before = house.child("Noor Smit")
    report = house.take(school(pupil("1", "Nora", born="2020-02-04")))
    assert report.changes == (ImportChange("child", "Nora Smit", False, ("birth_date", "given_name")),)
    assert house.child("Nora Smit") == before


def test_a_name_corrected_here_is_not_a_new_child_and_stays(house: House) -> None:
    house.take(table(FENNA))
    house.edit("child", {"given_name": "Fenna"}, surname="Dijkstra")
    report = house.take(table(FENNA))
    assert (report.added["children"], report.changed) == (0, 0) and house.child("Fenna Dijkstra")


def test_a_key_may_come_later(house: House) -> None:
    house.take(table(FENNA))
    assert house.take(table({**FENNA, "key": "101"})).added["children"] == 0
    assert house.take(table({**FENNA, "surname": "Dijkstra", "key": "101"})).changed == 1
    assert house.child("Fenna Dijkstra")


def test_two_schools_may_use_the_same_keys(house: House) -> None:
    house.take(school(pupil("1", "Noor")))
    other = replace(school(pupil("1", "Daan")), source="edexml:02CD")
    assert house.take(other).added["children"] == 1 and house.child("Noor Smit") != house.child("Daan Smit")


def test_who_is_not_in_the_file_stays_and_an_empty_field_changes_nothing(house: House, people: People) -> None:
    before = queries.children(house.store.reader)
    slots = queries.slots(house.store.reader, (people.children["Bram"],))
    report = house.take(table(BRAM))
    assert (report.changed, report.unchanged) == (0, 1)
    assert queries.children(house.store.reader) == before
    assert queries.slots(house.store.reader, (people.children["Bram"],)) == slots


def test_a_week_replaces_the_week_and_facts_are_only_added(house: House, people: People) -> None:
    emma = {"given_name": "Emma", "surname": "Jansen", "birth_date": f"{YEAR - 3}-12-09"}
    house.add("slot", child_id=people.children["Emma"], weekday=1, start="18:00", end="19:00")
    house.take(table({**emma, "monday": "08:00-12:00", "tuesday": "08:00-18:00", "diets": "NOTEN|no pork"}))
    slots = queries.slots(house.store.reader, (people.children["Emma"],))
    assert [(slot.weekday, f"{slot.end:%H:%M}") for slot in slots] == [(1, "12:00"), (2, "18:00")]
    facts = queries.care_facts(house.store.reader, (people.children["Emma"],))
    assert sorted(fact.text for fact in facts) == ["no pork", "noten"]
    house.take(table({**emma, "diets": "no pork"}))
    assert len(queries.care_facts(house.store.reader, (people.children["Emma"],))) == 2


@pytest.mark.parametrize(
    "said",
    [
        {},
        {**SARA, **TOM},
        {
            **SARA, **TOM, "restriction_1_guardian": "Tom Bakker", "restriction_1_kind": "contact",
            "restriction_1_reason": "none any more", "restriction_1_since": "2025-05-05", "restriction_1_author": "X",
        },
    ],
)  # fmt: skip
def test_a_restriction_stands_whatever_the_file_says(house: House, said: dict[str, str]) -> None:
    before = house.restrictions("Aya Bakker")
    report = house.take(table({**AYA, **said}))
    assert house.restrictions("Aya Bakker") == before and len(before) == 1
    assert report.kept_restrictions == 1


def test_a_restriction_the_file_has_too_is_not_counted_as_kept(house: House) -> None:
    house.take(full_file())
    assert house.take(full_file()).kept_restrictions == 1  # Aya's


def test_a_restriction_may_come_in_and_one_a_manager_lifted_does_not_come_back(house: House) -> None:
    said = {
        "restriction_1_guardian": "all", "restriction_1_kind": "address", "restriction_1_reason": "secret address",
        "restriction_1_since": "2025-05-05", "restriction_1_author": "H. Postma",
    }  # fmt: skip
    assert house.take(table({**AYA, **said})).changed == 1
    assert {one.kind for one in house.restrictions("Aya Bakker")} == {"contact", "address"}
    house.edit("restriction", {"kind": "address"}, lifted_on=TODAY.isoformat(), lifted_by="Marit")
    assert house.take(table({**AYA, **said})).changed == 0
    assert {one.kind for one in house.restrictions("Aya Bakker")} == {"contact"}
    house.take(table({**AYA, **said, "restriction_1_since": "2025-06-06"}))
    assert {one.kind for one in house.restrictions("Aya Bakker")} == {"contact", "address"}


def test_who_may_not_fetch_the_child_is_not_let_in_by_a_file(house: House, people: People) -> None:
    house.edit("guardianship", {"guardian_id": people.guardians["Lies de Wit"]}, may_pick_up=False)
    lies = {"guardian_1_name": "Lies de Wit", "guardian_1_may_pick_up": "yes"}
    report = house.take(table({**BRAM, **lies}))
    (link,) = queries.guardianships(house.store.reader, (people.children["Bram"],))
    assert not link.may_pick_up and report.kept_restrictions == 1
    house.edit("guardianship", {"guardian_id": people.guardians["Lies de Wit"]}, may_pick_up=True)
    house.take(table({**BRAM, **lies, "guardian_1_may_pick_up": "no"}))
    (link,) = queries.guardianships(house.store.reader, (people.children["Bram"],))
    assert not link.may_pick_up


def test_a_consent_given_by_hand_stands_and_one_from_an_import_follows(house: House, people: People) -> None:
    report = house.take(table({**BRAM, "consents": "own|public"}))
    assert report.kept_consents == 1

    def answers() -> dict[str, bool]:
        return {one.scope: one.given for one in queries.consents(house.store.reader, (people.children["Bram"],))}

    assert answers() == {"photo_own_portal": False, "photo_public": True}
    house.take(table({**BRAM, "consents": "no public"}))
    assert answers() == {"photo_own_portal": False, "photo_public": False}
    house.take(table(BRAM))
    assert len(answers()) == 2


def test_a_new_guardian_who_may_be_the_one_under_a_restriction_is_held_back(house: House) -> None:
    report = house.take(table({**AYA, **SARA, "guardian_2_name": "T. Bakker", "guardian_2_email": "t@example.org"}))
    assert set(house.guardians("Aya Bakker")) == {"Sara Bakker", "Tom Bakker"}
    assert [(remark.rule, remark.line) for remark in report.warnings if remark.rule in APPLY_WARNING_RULES] == [
        ("guardian_held_back", 2)
    ]
    assert report.added["guardians"] == 0


def test_a_new_guardian_beside_the_restricted_one_is_added(house: House) -> None:
    file = table({**AYA, **SARA, **TOM, "guardian_3_name": "Oma Bakker"})
    assert house.take(file).added["guardians"] == 1
    assert set(house.guardians("Aya Bakker")) == {"Sara Bakker", "Tom Bakker", "Oma Bakker"}


@pytest.mark.parametrize(("kind", "added"), [("contact", 1), ("pick_up", 0)])
def test_a_new_guardian_who_is_kept_from_as_much_is_added(house: House, kind: str, added: int) -> None:
    said = {
        "guardian_2_name": "T. Bakker", "restriction_1_guardian": "T. Bakker", "restriction_1_kind": kind,
        "restriction_1_reason": "order", "restriction_1_since": "2025-05-05", "restriction_1_author": "X",
    }  # fmt: skip
    report = house.take(table({**AYA, **SARA, **said}))
    assert report.added["guardians"] == added and len(house.restrictions("Aya Bakker")) == 1 + added


def test_the_address_of_one_who_is_held_back_does_not_come_under_another_name(house: House, people: People) -> None:
    house.edit("guardian", {"id": people.guardians["Tom Bakker"]}, email="tom@example.org")
    said = {"guardian_1_name": "Sara Bakker", "guardian_1_phone": "06 1000 0002", "guardian_1_email": "TOM@example.org"}
    report = house.take(table({**AYA, **said, "guardian_1_language": "en"}))
    assert house.guardians("Aya Bakker")["Sara Bakker"] == ("06-10000001", "")
    assert [remark.rule for remark in report.warnings if remark.rule in APPLY_WARNING_RULES] == ["guardian_held_back"]
    house.take(table({**AYA, "guardian_1_name": "Sara Bakker", "guardian_1_email": "sara@example.org"}))
    assert house.guardians("Aya Bakker")["Sara Bakker"] == ("06-10000001", "sara@example.org")


def test_a_guardian_that_was_taken_away_is_not_put_back(house: House, people: People) -> None:
    lies = {"guardian_1_name": "Lies de Wit", "guardian_1_phone": "06-10000003"}
    house.take(table({**BRAM, **lies}))
    house.edit("guardianship", {"guardian_id": people.guardians["Lies de Wit"]}, deleted=True)
    report = house.take(table({**BRAM, **lies}))
    assert house.guardians("Bram de Wit") == {} and report.added["guardians"] == 0
    assert "guardian_stays_removed" in {remark.rule for remark in report.warnings}
    # without a number it is still the one that this file brought for this child
    house.take(table({**BRAM, "guardian_1_name": "Lies de Wit"}))
    assert house.guardians("Bram de Wit") == {}


def test_a_guardian_whom_one_file_names_anew_is_who_the_last_line_says(house: House) -> None:
    marit = {"guardian_1_name": "Marit Dijkema", "guardian_1_email": "marit@example.org"}
    phones = ("06-1", "06-2", "06-1")
    report = house.take(
        table(
            *(
                {**FENNA, "given_name": name, **marit, "guardian_1_phone": phone}
                for name, phone in zip(("Fenna", "Iben", "Tijn"), phones, strict=True)
            )
        )
    )
    assert [change for change in report.changes if change.what == "guardian"] == [
        ImportChange("guardian", "Marit Dijkema", True, ("phone",))
    ]
    assert house.guardians("Tijn Dijkema") == {"Marit Dijkema": ("06-1", "marit@example.org")}


def test_siblings_share_a_guardian_and_namesakes_do_not(house: House) -> None:
    tijn = {**FENNA, "given_name": "Tijn"}
    marit = {"guardian_1_name": "Marit Dijkema", "guardian_1_phone": "+31 6 00000001"}
    report = house.take(table({**FENNA, **marit}, {**tijn, **marit, "guardian_1_phone": "+31-600000001"}))
    assert report.added["guardians"] == 1
    iben = {**FENNA, "given_name": "Iben", "guardian_1_name": "Marit Dijkema", "guardian_1_phone": "+31 6 00000009"}
    assert house.take(table(iben)).added["guardians"] == 1


def test_a_leaver_we_know_gets_the_last_day_and_others_are_not_taken_in(house: House) -> None:
    house.take(school(pupil("1", "Noor") + pupil("2", "Daan")))
    gone = (TODAY - timedelta(days=3)).isoformat()
    out = f"<uitstroomdatum>{gone}</uitstroomdatum>"
    file = school(pupil("1", "Noor", more=out) + pupil("2", "Daan") + pupil("3", "Evi", more=out))
    report = house.take(file)
    assert (report.left, report.changed, sum(report.added.values())) == (2, 1, 0)
    noor = queries.child(house.store.reader, house.child("Noor Smit"))
    assert noor is not None and noor.last_day == date.fromisoformat(gone)
    before = house.seq
    assert house.take(file).changed == 0 and house.seq == before
    # still in a later file without a word on it: said, not guessed
    report = house.take(school(pupil("1", "Noor")))
    assert [remark.rule for remark in report.warnings] == ["child_had_left"] and report.changed == 0
    report = house.take(school(pupil("1", "Noor", more=f"<groep key='g1'/><instroomdatum>{TODAY}</instroomdatum>")))
    noor = queries.child(house.store.reader, noor.id)
    assert report.warnings == () and noor is not None and noor.last_day is None and noor.first_day == TODAY


def test_a_leaver_without_a_key_is_known_by_name(house: House, people: People) -> None:
    gone = (TODAY - timedelta(days=3)).isoformat()
    assert house.take(table({**BRAM, "last_day": gone})).changed == 1
    bram = queries.child(house.store.reader, people.children["Bram"])
    assert bram is not None and bram.last_day == date.fromisoformat(gone)


def test_addresses_come_only_to_children_that_are_known(house: House) -> None:
    file = table({**FENNA, "guardian_1_name": "x", "guardian_1_email": "m@example.org"})
    label = replace(file.guardians[0], name="Ouder/verzorger 1", named=False)
    invitations = replace(file, source="social-schools", groups=(), guardians=(label,), adds_children=False)
    assert [(remark.line, remark.rule) for remark in house.take(invitations).refused] == [(2, "child_unknown")]
    house.take(table({**FENNA, "guardian_1_name": "Marit", "guardian_1_email": "M@example.org"}))
    assert sum(house.take(invitations).added.values()) == 0  # Marit's own address
    other = replace(invitations, guardians=(replace(label, email="v@example.org", key="other", rank=2),))
    assert house.take(other).added["guardians"] == 1
    assert house.guardians("Fenna Dijkema")["Ouder/verzorger 1"] == ("", "v@example.org")


def test_an_import_can_be_undone_and_done_once_more(house: House) -> None:
    for file in (school(pupil("1", "Noor")), full_file()):
        before = {child.full_name for child in queries.children(house.store.reader)}
        added = dict(house.take(file).added)
        house.store.call(undo, house.actor, confirmed=ANYTHING)
        assert {child.full_name for child in queries.children(house.store.reader)} == before
        assert dict(house.take(file).added) == added
        seq = house.seq
        assert (house.take(file).changed, house.seq) == (0, seq)


def test_a_key_whose_coming_in_was_undone_names_nobody(house: House) -> None:
    house.take(table({**BRAM, "key": "7"}))
    house.store.call(undo, house.actor, confirmed=ANYTHING)
    assert house.take(table({**FENNA, "key": "7"})).added["children"] == 1
    assert house.child("Bram de Wit") != house.child("Fenna Dijkema")
    assert house.take(table({**FENNA, "surname": "Dijkstra", "key": "7"})).added["children"] == 0


def test_staff_come_as_workers_and_keep_what_was_decided_here(house: House, people: People) -> None:
    def teachers(*names: str) -> RosterFile:
        records = "".join(
            f"<leerkracht key='{name}'><roepnaam>{name}</roepnaam><rol>DIR</rol>"
            "<groepen><groep key='g1'/></groepen></leerkracht>"
            for name in names
        )
        return school(pupil("1", "Noor"), staff=f"<leerkrachten>{records}</leerkrachten>")

    report = house.take(teachers("Lia", "Marit", "Ina"))
    assert report.added["staff"] == 1
    found = {one.name: one for one in queries.staff(house.store.reader)}
    assert found["Lia"].role == "worker" and found["Lia"].group_id is not None
    assert found["Marit"].role == "manager" and found["Ina"].group_id == people.groups["Vlinders"]
    house.add("staff", name="Piet")
    house.add("staff", name="piet")
    assert [remark.rule for remark in house.take(teachers("Piet")).refused] == ["staff_uncertain"]


def test_groups_are_known_by_key_then_by_name(house: House, people: People) -> None:
    house.take(school(pupil("1", "Noor"), groups=EGELS.replace("Egels", "vlinders")))
    groups = {group.id: group for group in queries.groups(house.store.reader)}
    assert len(groups) == 2 and groups[people.groups["Vlinders"]].kind == "day_care"
    house.take(school(pupil("1", "Noor"), groups=EGELS.replace("Egels", "Rupsen")))
    assert {group.name for group in queries.groups(house.store.reader)} == {"Rupsen", "Uilen"}
    house.take(table({**FENNA, "group": "uilen", "group_kind": "school"}))
    assert {group.name: group.kind for group in queries.groups(house.store.reader)}["Uilen"] == "school"
    house.add("care_group", name="UILEN")
    assert [remark.rule for remark in house.take(table({**FENNA, "group": "Uilen"})).refused] == ["group_uncertain"]


def test_two_groups_of_one_name_with_a_key_each_are_two(house: House) -> None:
    file = school(pupil("1", "Noor"), groups=EGELS + EGELS.replace("g1", "g2"))
    assert house.take(file).added["groups"] == 2
    assert house.take(file).unchanged == 3


def test_dropped_fields_are_passed_on(house: House) -> None:
    report = house.take(school(pupil("1", "Noor", more="<groep key='g1'/><bsn>123456782</bsn>")))
    assert report.dropped_fields == {"bsn": 1}
    rows = house.store.reader.execute("SELECT new FROM journal").fetchall()
    assert not any("123456782" in row[0] for row in rows)
