"""The report of an incident as it is read: by who keeps the file, by the parents, by the other child's parents."""

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from kindertui.domain.daylog import Entry
from kindertui.domain.incidents import Incident
from kindertui.domain.people import Child
from kindertui.phrases.daylog import entry_words
from kindertui.phrases.incident_paper import file_paper, parents_paper
from kindertui.phrases.paper import as_html, as_text

ZONE = ZoneInfo("Europe/Amsterdam")
AT = datetime(2026, 11, 23, 10, 15, tzinfo=ZONE)
NOW = AT + timedelta(hours=6)
AYA, BRAM, CATO = (
    Child(id, given, prefix, surname, date(2023, 2, 3), None)
    for id, given, prefix, surname in (
        ("aya", "Aya", "", "Bakker"), ("bram", "Bram", "de", "Wit"), ("cato", "Cato", "", "Smit"),
    )
)  # fmt: skip
CHILDREN = {one.id: one for one in (AYA, BRAM, CATO)}
SAID = Incident(
    "fell off the slide, pushed by bram. Bram's hand was under her", "in the garden, beside Cato", "cooled the knee",
    "talked with Bram; Aya was comforted by Cato Smit", ("bram",), "mother", AT + timedelta(hours=5),
)  # fmt: skip


def entry(said: Incident = SAID, **more: object) -> Entry:
    detail = {name: value for name, value in said.detail.items() if value}
    given = {"detail": detail, "text": said.what, "by": "Ina", "recorded_at": AT + timedelta(minutes=5)}
    given |= {"share": "staff_only"}
    return Entry("1", 1, "aya", AT.date(), "incident", AT, **(given | more))  # type: ignore[arg-type]


def text(copy: str, whose: Child, *entries: Entry) -> str:
    make = file_paper if copy == "file" else parents_paper
    paper = make(entries, whose, CHILDREN, AT.date(), NOW, "De Tuin")
    html = as_html(paper)
    said = as_text(paper)
    assert all(word in html for word in said.split() if word.isalpha())
    return said


def test_the_file_s_copy_has_everything() -> None:
    said = text("file", AYA, entry())
    named = ("Aya Bakker", "pushed by bram", "beside Cato", "Bram de Wit")
    for part in (*named, "cooled the knee", "Parents told: mother 15:15", "Ina 10:20"):
        assert part in " ".join(said.split())
    assert "no copy of this goes to parents" in " ".join(said.split())


def test_the_parents_copy_names_no_other_child() -> None:
    said = " ".join(text("parents", AYA, entry()).split())
    assert "What happened: fell off the slide, pushed by another child. Another child's hand was under her" in said
    assert "Where: in the garden, beside another child" in said and "First aid: cooled the knee" in said
    assert "talked with another child; Aya was comforted by another child" in said
    assert "1 other child was involved." in said and "mother 15:15" in said
    assert not {"bram", "brams", "cato", "wit", "smit"} & set(re.findall(r"\w+", said.casefold()))


def test_the_other_child_s_copy_has_not_this_one_s_name_nor_what_is_hers() -> None:
    said = " ".join(text("parents", BRAM, entry()).split())
    assert "for the parents of Bram de Wit" in said and "pushed by bram. Bram's hand was under her" in said
    assert "It happened to another child; Bram was involved." in said
    assert "cooled" not in said and "mother" not in said
    assert not {"aya", "bakker", "cato", "smit"} & set(re.findall(r"\w+", said.casefold()))


def test_what_was_kept_for_the_staff_is_on_no_copy_for_parents() -> None:
    kept = entry(SAID, detail={**entry().detail, "for_staff": True})
    assert "slide" not in text("parents", AYA, kept) and "no incident on this day that is to be told" in text(
        "parents", AYA, kept
    )
    assert "slide" in text("file", AYA, kept)


def test_what_is_not_filled_in_is_said_in_the_file_and_left_out_for_parents() -> None:
    bare = entry(Incident("fell"))
    assert "First aid: not filled in" in text("file", AYA, bare) and "Parents told: not yet" in text("file", AYA, bare)
    said = text("parents", AYA, bare)
    assert "irst aid" not in said and "not told" not in said and "involved" not in said


def test_a_row_of_the_day_says_it_in_short() -> None:
    assert entry_words(entry(Incident("fell")), NOW) == "parents not told yet · fell"
    assert entry_words(entry(), NOW).endswith("1 other child · told mother 15:15")


@pytest.mark.parametrize("days", [0, 1])
def test_told_on_another_day_says_which(days: int) -> None:
    told = Incident("fell", told="mother", told_at=AT + timedelta(days=days))
    assert ("tue 24 nov" in entry_words(entry(told), NOW)) == bool(days)
