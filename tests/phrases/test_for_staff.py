"""What is for staff only is shown as such on every screen, and is on no paper."""

import pytest
from msgspec.structs import replace

from kindertui import i18n
from kindertui.domain.daylog import Entry
from kindertui.domain.entry import parse
from kindertui.domain.entry.model import Plan, Step
from kindertui.domain.entry.words import FOR_STAFF_WORDS
from kindertui.domain.week import week_days
from kindertui.phrases.daylog import entry_words
from kindertui.phrases.entry import step_words
from kindertui.phrases.handover import hand_over_lines, hand_over_paper, one_child_paper
from kindertui.phrases.paper import as_html, as_text
from kindertui.phrases.plain import child_in_words
from kindertui.phrases.roster import FOOD_WIDTHS, away_words, day_words
from kindertui.phrases.week import bar_cells, bars, week_paper
from tests.domain.entry_roster import NOW, ROSTER
from tests.domain.test_due import BABY, BITCARE, IN, at, child_day, entry


def kept(one: Entry) -> Entry:
    return replace(one, share="staff_only")


NOTE = kept(replace(entry("note", "11:00"), text="SECRET"))
LUNCH = kept(replace(entry("meal", "11:30"), detail={"meal": "lunch"}, amount=0.75, text="SECRET"))
NAPPY = kept(replace(entry("nappy", "11:40"), detail={"content": "wet"}, text="SECRET"))
NAP = kept(replace(entry("sleep", "09:30", "10:15"), text="SECRET"))
FALL = replace(entry("incident", "10:30"), share="staff_only", sensitivity="health", text="fell")
BITTEN = replace(FALL, start=at("10:40"), text="SECRET", detail={"for_staff": True})
DAY = child_day(BABY, IN, NAP, FALL, BITTEN, NOTE, LUNCH, NAPPY)


@pytest.mark.parametrize("tongue", ["en", "nl", "nb"])
def test_the_word_shown_is_the_word_that_can_be_typed(tongue: str) -> None:
    i18n.use(tongue)
    words = entry_words(NOTE, at("12:00"))
    assert words == f"{FOR_STAFF_WORDS[tongue]}: SECRET"
    plan = parse(f"n {words}", ROSTER, NOW, tongue)
    assert isinstance(plan, Plan)
    assert [(part.text, part.for_staff) for part in plan.parts if isinstance(part, Step)] == [("SECRET", True)]


@pytest.mark.parametrize(
    ("tongue", "words"),
    [
        ("en", "note 12:41 · for staff only: parents do not read it · mother called"),
        ("nl", "notitie 12:41 · alleen voor het team: ouders lezen dit niet · mother called"),
        ("nb", "notat 12:41 · bare for ansatte: foreldrene leser det ikke · mother called"),
    ],
)
def test_the_preview_says_so(tongue: str, words: str) -> None:
    i18n.use(tongue)
    plan = parse("n ! mother called", ROSTER, NOW, tongue)
    assert isinstance(plan, Plan) and isinstance(plan.parts[0], Step)
    assert step_words(plan.parts[0], NOW, tongue) == words


@pytest.mark.parametrize("wide", [False, True])
def test_the_roster_marks_it_with_a_sign(wide: bool) -> None:
    words = day_words(DAY, at("12:00"), BITCARE, wide=wide)
    for text, _tone in (words.sleep, words.food, words.nappy):
        assert text.endswith(" !")
    assert len(words.food[0]) <= FOOD_WIDTHS[wide]
    told = child_day(BABY, IN, replace(LUNCH, share="guardians"))
    assert "!" not in day_words(told, at("12:00"), BITCARE, wide=wide).food[0]


def test_read_aloud_it_is_said_too() -> None:
    said = child_in_words(DAY, at("12:00"), BITCARE)
    assert said.count("(staff only)") == 3
    assert "SECRET" not in said


def test_who_fetched_may_be_for_staff_only() -> None:
    gone = child_day(BABY, IN, kept(replace(entry("departure", "15:30"), text="SECRET")))
    assert away_words(gone, at("16:00"), BITCARE.no_show_grace)[0] == "gone home 15:30 · staff: SECRET"
    assert "SECRET" not in as_text(one_child_paper(gone, at("16:00"), BITCARE, location="X"))


def test_the_hand_over_shows_it_on_the_screen_only() -> None:
    lines = hand_over_lines(DAY, at("12:00"), BITCARE)
    fell, own = [line for line in lines if line.for_staff]
    assert fell.text == "At the door only: 10:30 incident: parents not told yet · fell"
    assert own.text.startswith("For staff only, on no paper: ")
    assert own.text.count("SECRET") == 5
    assert any(line.text.startswith("10:30 incident: a report of its own") and not line.for_staff for line in lines)
    for paper in (
        one_child_paper(DAY, at("12:00"), BITCARE, location="X"),
        hand_over_paper([DAY], at("12:00"), BITCARE, title="X", location="X"),
    ):
        assert "SECRET" in str(paper)
        for printed in (as_text(paper), as_html(paper)):
            assert "SECRET" not in printed
            assert "10:30" in printed
            assert "11:30" not in printed


def test_the_week_counts_it_on_the_screen_and_not_on_paper() -> None:
    found, now = ((DAY.day, DAY.entries),), at("12:00")
    (shown,) = week_days(found, now)
    assert shown.for_staff == 3  # a note and an incident are in no figure
    words = [bar.words for bar in bars((shown,), bar_cells(100))]
    assert "lunch ¾ !" in words
    assert "3 of it for staff only (!)" in words
    (told,) = week_days(found, now, for_parents=True)
    assert (told.naps, told.meals, told.nappies, told.minutes) == ((), (), {}, 0)
    assert "!" not in as_text(week_paper(DAY.child, (told,), now, "X"))
