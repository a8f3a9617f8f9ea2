"""What goes on paper: 72 columns, a page that loads nothing, and nothing in a name that either would obey."""

import re
from datetime import date, datetime
from html.parser import HTMLParser
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from rich.cells import cell_len

from kindertui import i18n
from kindertui.domain.daylog import Entry, Kind
from kindertui.domain.people import Child, Guardian, Guardianship, PickUp, Restriction
from kindertui.domain.roster import ChildDay
from kindertui.domain.week import week_days
from kindertui.phrases.evacuation import evacuation_paper
from kindertui.phrases.handover import hand_over_lines, hand_over_paper
from kindertui.phrases.paper import WIDTH, Line, Paper, Section, as_html, as_text
from kindertui.phrases.week import bar_cells, bars, hours_line, labels, lane_text, week_paper
from kindertui.portal import profile
from tests.screens.acting import HOSTILE

ZONE = ZoneInfo("Europe/Amsterdam")
DAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 15, 0, tzinfo=ZONE)
BITCARE = profile.load("bitcare")
AYA = Child("a", "Aya", "", "Bakker", date(2026, 2, 3), "g")
SARA = Guardianship("a", Guardian("s", "Sara", "06-1"), "mother", 1)
TOM = Guardianship("a", Guardian("t", "Tom", "06-2"), "father", 2)
HELD = Restriction("r", "a", "t", "contact", "SECRET REASON", DAY, "Marit", "father")


def at(clock: str) -> datetime:
    return datetime(2026, 11, 23, int(clock[:2]), int(clock[3:]), tzinfo=ZONE)


def entry(kind: Kind, start: str, end: str = "", **more: object) -> Entry:
    return Entry("e" + start, 1, "a", DAY, kind, at(start), at(end) if end else None, **more)  # type: ignore[arg-type]


ELEMENTS = {"html", "meta", "title", "style", "h1", "h2", "p", "section", "ul", "li", "span", "pre", "strong"}
IN = entry("arrival", "08:00")


def day(*entries: Entry, child: Child = AYA) -> ChildDay:
    return ChildDay(
        child, DAY, entries=(IN, *entries), guardians=(SARA, TOM), restrictions=(HELD,),
        pick_ups=(PickUp("p", "a", "Riet", "grandmother"),),
    )  # fmt: skip


class Page(HTMLParser):
    """Reads a page as a browser would: which elements it has, with what, and the words between them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data


def test_the_hand_over_tells_the_guardians_part_first_and_what_is_missing_last() -> None:
    told = hand_over_lines(
        day(
            entry("meal", "11:30", amount=0.75, unit="portion", detail={"meal": "lunch"}, text="brood"),
            entry("sleep", "12:30", "14:00"),
            entry("temperature", "14:10", amount=38.2, unit="°C", share="staff_only", sensitivity="health"),
            entry("note", "14:20", text="vrolijk"),
        ),
        NOW,
        BITCARE,
    )
    assert [line.text for line in told] == [
        "Slept: 12:30–14:00",
        "Ate and drank: lunch ¾ brood (11:30)",
        "14:20 note: vrolijk",
        "At the door only, it is not in the portal: 14:10 temperature: 38.2 °C",
        "May fetch: mother Sara, grandmother Riet",
        "MAY NOT FETCH: father Tom",
        "Still to be written: nappy",
    ]
    assert told[5].tone == "danger"
    bare = hand_over_lines(replace(day(), restrictions=(), guardians=(), pick_ups=()), at("08:10"), BITCARE)
    assert [line.text for line in bare] == ["Nothing is written on this day yet."]


@pytest.mark.parametrize(
    ("language", "said"),
    [("nl", "MAG NIET OPHALEN: father Tom"), ("nb", "FÅR IKKE HENTE: father Tom"), ("en", "MAY NOT FETCH: father Tom")],
)
def test_who_may_not_fetch_is_told_without_doubt_on_paper(language: str, said: str) -> None:
    i18n.use(language)
    paper = hand_over_paper((day(),), NOW, BITCARE, title="T", location="De Tuin")
    said = said.replace("father", i18n._("father"))
    assert f"! {said}" in as_text(paper) and said in as_html(paper)


def test_a_groups_sheet_is_about_those_who_were_in() -> None:
    bram = ChildDay(replace(AYA, id="b", given_name="Bram"), DAY)
    paper = hand_over_paper((day(), bram), NOW, BITCARE, title="T", location="De Tuin")
    assert [section.heading for section in paper.sections] == ["Aya Bakker · 0;9 · in since 08:00"]
    empty = as_text(hand_over_paper((bram,), NOW, BITCARE, title="T", location="De Tuin"))
    assert "Nobody of these is or was in on this day." in empty


def test_the_evacuation_list_has_a_box_a_number_and_no_number_of_who_is_held_back() -> None:
    asleep = day(entry("sleep", "14:30"))
    gone = replace(day(entry("departure", "14:00")), child=replace(AYA, id="b", given_name="Bram"))
    alone = replace(asleep, child=replace(AYA, id="c", given_name="Cato", group_id=None), guardians=(TOM,))
    alone = replace(alone, restrictions=(replace(HELD, child_id="c"),))
    text = as_text(evacuation_paper((asleep, gone, alone), {"g": "Vlinders"}, NOW, "De Tuin"))
    assert text.splitlines() == [
        "Evacuation: 2 children are in",
        "De Tuin · Monday 23 November 2026 · 15:00",
        "",
        "Vlinders: 1",
        "-----------",
        "[ ] Aya Bakker, asleep" + "06-1 mother Sara".rjust(WIDTH - 22),
        "",
        "Without a group: 1",
        "------------------",
        "[ ] Cato Bakker, asleep" + "no number".rjust(WIDTH - 23),
    ]


def test_the_week_stands_on_the_clock_and_in_words() -> None:
    monday = day(
        entry("bottle", "09:00", amount=150.0, unit="ml"),
        entry("nappy", "10:00", detail={"content": "both"}),
        entry("meal", "11:30", amount=0.75, unit="portion", detail={"meal": "lunch"}),
        entry("sleep", "12:15", "13:30"),
    )
    days = week_days([(date(2026, 11, 20), ()), (DAY, monday.entries)], NOW)
    lines = as_text(week_paper(AYA, days, NOW, "De Tuin")).splitlines()
    assert lines[3:9] == [
        " " * labels() + "07  09  11  13  15  17",
        "fri 20 nov".ljust(labels()) + "nothing written",
        "mon 23 nov  sleep  · · · · · ▐██ · · · · ·   1:15",  # half an hour a cell, a quarter half of one
        "            food   ███░                      lunch ¾",
        "            drink  ███                       150 ml · 1 time",
        "            nappy  ▓▓                        1 both",
    ]
    assert "Slept 1:15: 12:15–13:30" in lines and "Nappies: 1 wet and soiled" in lines


@pytest.mark.parametrize("language", ["en", "nl", "nb"])
def test_three_meals_stand_in_full_on_a_narrow_screen(language: str) -> None:
    i18n.use(language)
    meals = [
        entry("meal", at, amount=0.75, unit="portion", detail={"meal": meal})
        for at, meal in (("09:30", "fruit"), ("11:30", "lunch"), ("15:00", "snack"))
    ]
    (bar,) = bars(week_days([(DAY, meals)], NOW), bar_cells(72))
    line = "".join(lane_text(bar, bar_cells(72), 72))
    assert line.endswith(bar.words) and line.count("¾") == 3 and len(line) <= 72, line


@pytest.mark.parametrize("width", [60, 72, 108, 200])
@pytest.mark.parametrize("language", ["en", "nl", "nb"])
def test_bars_have_whole_cells_an_hour_at_every_width(width: int, language: str) -> None:
    i18n.use(language)
    cells = bar_cells(width)
    assert cells % 12 == 0 and cells >= 24 and labels() + cells + 10 <= max(width, 60)
    assert len(hours_line(cells)) <= cells
    many = [entry("meal", f"{hour:02}:00", amount=0.25) for hour in range(8, 18)]
    assert all(bar.words for bar in bars(week_days([(DAY, many)], NOW), cells))


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_is_text_on_paper(name: str) -> None:
    child = replace(AYA, given_name=name)
    noted = day(entry("note", "09:00", text="</pre><script>x</script>" + name), child=child)
    noted = replace(noted, guardians=(replace(SARA, guardian=Guardian("s", name, name)),))
    for paper in (
        evacuation_paper((noted,), {"g": name}, NOW, name),
        hand_over_paper((noted,), NOW, BITCARE, title=name, location=name),
        week_paper(child, week_days([(DAY, noted.entries)], NOW), NOW, name),
    ):
        text, page = as_text(paper), as_html(paper)
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text + page)
        assert all(cell_len(line) <= WIDTH for line in text.splitlines())
        read = Page(page)
        kinds = {tag for tag, _attributes in read.tags}
        assert kinds <= ELEMENTS
        assert not {"src", "href", "onclick"} & {key for _tag, keys in read.tags for key in keys}
        assert "SECRET REASON" not in text + page
        if name.isprintable() and name.isascii():
            assert name in read.words.replace("\n", "")


def test_a_page_says_its_language_and_names_nobody_in_its_title() -> None:
    i18n.use("nb")
    page = as_html(week_paper(AYA, week_days([(DAY, ())], NOW), NOW, "De Tuin"))
    assert '<html lang="nb">' in page and "<title>kindertui week</title>" in page
    assert "default-src 'none'" in page and "size:A4" in page


@given(st.lists(st.text(max_size=120), max_size=4), st.text(max_size=90), st.booleans())
def test_text_is_never_wider_than_the_paper_and_loses_no_word(texts: list[str], aside: str, box: bool) -> None:
    lines = tuple(Line(text, "danger" if box else "plain", box, aside) for text in texts)
    text = as_text(Paper("x", "t", "u", (Section("h", lines),)))
    assert all(cell_len(line) <= WIDTH for line in text.splitlines())
    for one in texts:
        if one.isascii() and one.isprintable():
            assert one.replace(" ", "") in text.replace(" ", "").replace("\n", "")
