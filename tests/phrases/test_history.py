"""The journal in words: what was written down about a child by hand, and what became of it."""

from datetime import date

from kindertui import i18n
from kindertui.data import agreements, calls, care_notes
from kindertui.data.act import Actor
from kindertui.data.queries import history, restrictions
from kindertui.data.store import Store
from kindertui.domain.people import Agreement
from kindertui.phrases import numeric_day
from kindertui.phrases.history import change_line
from tests.conftest import People
from tests.screens.acting import ZONE
from tests.today import today


def test_particulars_and_calls_are_told_in_words_in_every_language(store: Store, ina: Actor, people: People) -> None:
    aya, marit = people.children["Aya"], Actor(people.staff["Marit"], "Marit")
    store.call(care_notes.set_consent, ina, aya, "photo_public", given=False)
    agreed = Agreement("", aya, "paracetamol", date(2026, 1, 5), dose="5 ml", agreed_by="Sara Bakker")
    store.call(agreements.add_agreement, ina, agreed)
    store.call(calls.called, ina, aya, people.guardians["Sara Bakker"], "no_answer")
    store.call(care_notes.lift_restriction, marit, restrictions(store.reader, (aya,))[0], "uitspraak")
    changes = history.of_child(store.reader, aya, ZONE)[-4:]

    def told() -> list[str]:
        return [change_line(one, ZONE).split("  ", 2)[2] for one in changes]

    consent, medicine, call, lifted = told()
    assert consent == f"new: in public: website, folder no {numeric_day(today())}"
    assert medicine == "new: paracetamol 5 ml 5-1-2026 Sara Bakker"
    assert call == "new: no answer"
    assert f"lifted – → {numeric_day(today())}" in lifted and "lifted by – → Marit" in lifted
    assert "reason court order → court order · uitspraak" in lifted
    i18n.use("nb")
    assert told()[2] == "ny: ikke svar" and "opphevet av – → Marit" in told()[3]


def test_what_was_written_down_anew_says_what_it_is(store: Store, people: People) -> None:
    told = [
        change_line(one, ZONE).split("  ", 2)[2] for one in history.of_child(store.reader, people.children["Aya"], ZONE)
    ]
    assert "new: child" in told
    assert "new: days in the week mon 08:00 18:00" in told
    assert all(one.split(": ", 1)[1].strip() for one in told)
