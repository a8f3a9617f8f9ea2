"""What staff really type: times, days, amounts and verbs said in words, none of which may end up elsewhere unseen."""

from collections.abc import Iterator
from datetime import date, datetime, time

import pytest
from msgspec.structs import replace

from kindertui import i18n
from kindertui.commands import COMMANDS
from kindertui.domain.absences import ABSENCE_KINDS
from kindertui.domain.daylog import KINDS, NAPPIES
from kindertui.domain.entry import MEAL_VERBS, AbsenceReport, CommandWord, Step
from kindertui.phrases.absences import absence_kind
from kindertui.phrases.daylog import kind, meal, nappy_content, portion
from tests.domain.entry_roster import NOW, ROSTER, clock, problem, read, step

LANGUAGES = ("en", "nl", "nb")
# Language, line, start, end, amount, text; a sleep without end stays open, `-` is an end without a start.
STEPS = [
    ("nl", "slaapt sinds 0700", "07:00", None, None, ""),
    ("nb", "sover siden 0700", "07:00", None, None, ""),
    ("en", "sleep since 0700", "07:00", None, None, ""),
    ("nl", "slaapt om 630", "06:30", None, None, ""),
    ("nl", "slaapt half zeven", "06:30", None, None, ""),
    ("nl", "slaapt om half 7", "06:30", None, None, ""),
    ("nl", "slaapt kwart over zes", "06:15", None, None, ""),
    ("nl", "slaapt vijf voor half zeven", "06:25", None, None, ""),
    ("nl", "slaapt kwart voor zeven", "06:45", None, None, ""),
    ("nl", "slaapt tien over twaalf", "12:10", None, None, ""),
    ("nl", "slaapt half een", "12:30", None, None, ""),
    ("nb", "sover halv sju", "06:30", None, None, ""),
    ("nb", "sover kvart over seks", "06:15", None, None, ""),
    ("nb", "sover kvart på sju", "06:45", None, None, ""),
    ("nb", "sover fem over halv sju", "06:35", None, None, ""),
    ("en", "asleep half past six", "06:30", None, None, ""),
    ("en", "asleep quarter to seven", "06:45", None, None, ""),
    ("en", "asleep at 12:30 pm", "12:30", None, None, ""),
    ("nl", "sliep van 630 tot 700", "06:30", "07:00", None, ""),
    ("nl", "sliep 630 tot 700", "06:30", "07:00", None, ""),
    ("nl", "sliep van 6 tot half acht", "06:00", "07:30", None, ""),
    ("nl", "sliep tussen 930 en 1015", "09:30", "10:15", None, ""),
    ("nb", "sov fra 630 til 700", "06:30", "07:00", None, ""),
    ("nb", "sov 630 til 700", "06:30", "07:00", None, ""),
    ("en", "slept from 630 to 700", "06:30", "07:00", None, ""),
    ("en", "slept 1030 - 1115", "10:30", "11:15", None, ""),
    ("nl", "slaapt 45 min geleden", "11:56", None, None, ""),
    ("nb", "sover for et kvarter siden", "12:26", None, None, ""),
    ("nl", "slaapt nu", "12:41", None, None, ""),
    ("nl", "fles 6u30 150", "06:30", None, 150, ""),
    ("nl", "fles om 630 150", "06:30", None, 150, ""),
    ("nl", "fles 6.30 150", "06:30", None, 150, ""),
    ("nl", "fles 150 6.30", "06:30", None, 150, ""),
    ("nb", "flaske kl 630 150", "06:30", None, 150, ""),
    ("nb", "flaske kl. 06.30 150", "06:30", None, 150, ""),
    ("nb", "flaske 6.30 150", "06:30", None, 150, ""),
    ("nl", "temp 38,2 om 630", "06:30", None, 38.2, ""),
    ("nl", "temp 38,2 graden 1030", "10:30", None, 38.2, ""),
    ("nl", "fles 150 van 180", "12:41", None, 150, ""),
    ("nl", "fles 150 van 180 ml", "12:41", None, 150, ""),
    ("nb", "flaske 150 av 180", "12:41", None, 150, ""),
    ("nb", "flaske 1,5 dl", "12:41", None, 150, ""),
    ("nl", "dr 915 water", "09:15", None, None, "water"),
    ("nl", "f 120 915", "09:15", None, 120, ""),
    ("nl", "f 915 120", "09:15", None, 120, ""),
    ("en", "b 830 milk 150", "08:30", None, 150, "milk"),
    ("nl", "lunch bijna alles", "12:41", None, 0.75, ""),
    ("nl", "lunch driekwart", "12:41", None, 0.75, ""),
    ("nl", "lunch een beetje", "12:41", None, 0.25, ""),
    ("nl", "lunch alles op", "12:41", None, 1, ""),
    ("nl", "lunch brood op", "12:41", None, 1, "brood"),
    ("nl", "lunch niks", "12:41", None, 0, ""),
    ("nb", "lunsj nesten alt", "12:41", None, 0.75, ""),
    ("nb", "lunsj ikke noe", "12:41", None, 0, ""),
    ("nb", "lunsj en fjerdedel", "12:41", None, 0.25, ""),
    ("nl", "lunch pasta 750", "07:50", None, None, "pasta"),
    ("nl", "lunch pasta ¾ 1130-1150", "11:30", "11:50", 0.75, "pasta"),
    ("nl", "lunch 100 gram pap", "12:41", None, None, "100 gram pap"),
    ("nl", "opgehaald oma 730", "07:30", None, None, "oma"),
    ("nl", "opgehaald door oma om 730", "07:30", None, None, "oma"),
    ("nb", "hentet av mormor 730", "07:30", None, None, "mormor"),
    ("en", "out truus 755", "07:55", None, None, "truus"),
    ("nl", "in bed 630", "06:30", None, None, ""),
    ("nl", "naar huis 1230", "12:30", None, None, ""),
    ("nb", "la seg kvart på sju", "06:45", None, None, ""),
    ("nb", "sovnet halv sju", "06:30", None, None, ""),
    ("nb", "gikk hjem 1230", "12:30", None, None, ""),
    ("nl", "paracetamol 1030", "10:30", None, None, "paracetamol"),
    ("nl", "med paracetamol 1030 250 mg", "10:30", None, None, "paracetamol 250 mg"),
    ("nl", "med paracetamol 250", "12:41", None, None, "paracetamol 250"),
    ("nl", "gevallen van de trap 1030", "10:30", None, None, "gevallen van de trap"),
    ("nb", "falt 1030", "10:30", None, None, "falt"),
    ("nl", "diarree 1030 veel", "10:30", None, None, "diarree veel"),
    # what a note tells is its own, but for when it was
    ("nl", "n gevallen 1030", "10:30", None, None, "gevallen"),
    ("nl", "n oma belde om 1030 over de jas", "10:30", None, None, "oma belde om 1030 over de jas"),
    ("nl", "n mama komt 1500", "12:41", None, None, "mama komt 1500"),
    ("nl", "n gisteren slecht geslapen", "12:41", None, None, "gisteren slecht geslapen"),
    ("nl", "n fles van 930 niet op", "12:41", None, None, "fles van 930 niet op"),
]


@pytest.mark.parametrize(("language", "line", "start", "end", "amount", "text"), STEPS)
def test_what_happened(language: str, line: str, start: str, end: str | None, amount: float | None, text: str) -> None:
    found = step(line, language)
    assert (found.start, found.end) == (clock(start), clock(end) if end else None)
    assert (found.amount, found.text) == (amount, text)


@pytest.mark.parametrize(
    ("language", "line", "content", "text"),
    [
        ("nl", "luier plas en poep", "both", ""),
        ("nl", "luier nat en vies", "both", ""),
        ("nb", "bleie tiss og bæsj", "both", ""),
        ("en", "nappy wet and soiled 1110", "both", ""),
        ("nl", "plas", "wet", ""),
        ("nl", "poepluier", "soiled", ""),
        ("nl", "dunne poep", "soiled", "dunne poep"),
        ("nb", "vått", "wet", ""),
        ("nb", "bæsjet", "soiled", ""),
        ("nb", "løs bæsj", "soiled", "løs bæsj"),
        ("nl", "verschonen nat", "wet", ""),
    ],
)
def test_what_a_nappy_held(language: str, line: str, content: str, text: str) -> None:
    found = step(line, language)
    assert (found.kind, found.detail["content"], found.text) == ("nappy", content, text)


@pytest.mark.parametrize(
    ("language", "line"),
    [("nl", "niet geslapen"), ("nl", "geen dutje"), ("nb", "ikke sovet"), ("en", "did not sleep")],
)
def test_no_sleep(language: str, line: str) -> None:
    assert step(line, language).not_slept


def day(number: int, month: int = 11) -> date:
    return date(2026, month, number)


@pytest.mark.parametrize(
    ("language", "line", "kind", "first", "last", "times", "text"),
    [
        ("nl", "vrij op maandag", "leave", day(23), day(23), (None, None), ""),
        ("nb", "fri på mandag", "leave", day(23), day(23), (None, None), ""),
        ("nl", "vakantie volgende week", "holiday", day(23), day(27), (None, None), ""),
        ("nb", "ferie neste uke", "holiday", day(23), day(27), (None, None), ""),
        ("nb", "ferie uke 52", "holiday", day(21, 12), day(25, 12), (None, None), ""),
        ("nl", "vakantie week 1", "holiday", date(2027, 1, 4), date(2027, 1, 8), (None, None), ""),
        ("en", "holiday next week", "holiday", day(23), day(27), (None, None), ""),
        ("nl", "vakantie deze week", "holiday", day(20), day(20), (None, None), ""),
        ("nb", "syk i morgen", "sick", day(21), None, (None, None), ""),
        ("nb", "syk til og med mandag", "sick", day(20), day(23), (None, None), ""),
        ("nb", "syk t.o.m. mandag", "sick", day(20), day(23), (None, None), ""),
        ("nl", "ziek t/m maandag", "sick", day(20), day(23), (None, None), ""),
        ("nl", "ziek tot en met maandag", "sick", day(20), day(23), (None, None), ""),
        ("nl", "ziek van maandag tot woensdag", "sick", day(23), day(25), (None, None), ""),
        ("nl", "vakantie maandag en dinsdag", "holiday", day(23), day(24), (None, None), ""),
        ("nl", "vrij overmorgen", "leave", day(22), day(22), (None, None), ""),
        ("nl", "vakantie 7 dec", "holiday", day(7, 12), day(7, 12), (None, None), ""),
        ("nb", "ferie 7. des", "holiday", day(7, 12), day(7, 12), (None, None), ""),
        ("en", "holiday December 7", "holiday", day(7, 12), day(7, 12), (None, None), ""),
        ("nl", "vakantie 7/12", "holiday", day(7, 12), day(7, 12), (None, None), ""),
        ("nb", "ferie 7.12", "holiday", day(7, 12), day(7, 12), (None, None), ""),
        ("nb", "ferie 7.12-11.12", "holiday", day(7, 12), day(11, 12), (None, None), ""),
        ("nl", "vakantie 7-11 dec", "holiday", day(7, 12), day(11, 12), (None, None), ""),
        ("nl", "vakantie 7 t/m 11 december", "holiday", day(7, 12), day(11, 12), (None, None), ""),
        ("nl", "vakantie van 7-12 tot 11-12", "holiday", day(7, 12), day(11, 12), (None, None), ""),
        ("nb", "ferie t.o.m. fre. 4. des.", "holiday", day(20), day(4, 12), (None, None), ""),
        ("nl", "vakantie ma 30 nov", "holiday", day(30), day(30), (None, None), ""),
        ("nl", "eerder halen 1500", "early_pick_up", day(20), day(20), (None, time(15)), ""),
        ("nb", "hentes tidlig 1500", "early_pick_up", day(20), day(20), (None, time(15)), ""),
        ("nl", "te laat half tien", "late", day(20), day(20), (time(9, 30), None), ""),
        ("nl", "te laat file 930", "late", day(20), day(20), (time(9, 30), None), "file"),
        ("nb", "kommer senere kl 9", "late", day(20), day(20), (time(9), None), ""),
        ("nl", "komt later 9.30", "late", day(20), day(20), (time(9, 30), None), ""),
        ("nl", "studiedag 7 dec", "leave", day(7, 12), day(7, 12), (None, None), "studiedag"),
        ("nl", "CB maandag 1030", "doctor", day(23), day(23), (time(10, 30), None), "CB"),
        ("nb", "helsestasjon 7. des kl 10", "doctor", day(7, 12), day(7, 12), (time(10), None), "helsestasjon"),
        ("nl", "weer beter", "better", day(20), day(20), (None, None), ""),
        ("nb", "er syk", "sick", day(20), None, (None, None), ""),
        ("nl", "ziek tot nader order", "sick", day(20), None, (None, None), ""),
        ("nl", "dokter vanmiddag 1500", "doctor", day(20), day(20), (time(15), None), ""),
    ],
)
def test_reports(
    language: str, line: str, kind: str, first: date, last: date | None, times: tuple[time | None, ...], text: str
) -> None:
    (found,) = read(f"daan {line}", language).parts
    assert isinstance(found, AbsenceReport)
    assert (found.kind, found.first_day, found.last_day, found.text) == (kind, first, last, text)
    assert (found.start, found.end) == times


@pytest.mark.parametrize(
    ("language", "line", "rule", "word"),
    [
        ("nl", "fles 150 gisteren", "day_in_front", "gisteren"),
        ("nb", "flaske 150 i går", "day_in_front", "i går"),
        ("nl", "lunch pasta vrijdag", "day_in_front", "vrijdag"),
        ("nl", "luier nat 19-11", "time_invalid", "19-11"),
        ("nl", "lunch 150", "time_invalid", "150"),
        ("nl", "uit oma 19-11", "day_in_front", "19-11"),
        ("nl", "luier nat vanmorgen", "time_vague", "vanmorgen"),
        ("nl", "slaapt 45 minuten", "length", "45 minuten"),
        ("nb", "sov 1,5 time", "length", "1,5 time"),
        ("en", "slept half an hour", "length", "half an hour"),
        ("nl", "uit 1230 oma 1240", "second_time", "1240"),
        ("nl", "fles 13:65 150", "time_invalid", "13:65"),
        ("nl", "luier nat 13:65", "time_invalid", "13:65"),
        ("nl", "slaapt om 2560", "time_invalid", "om 2560"),
        ("nl", "med ibuprofen 600", "two_readings", "600"),
        ("nl", "b 80 120", "second_amount", "120"),
        ("nl", "f 130 150", "which_is_time", "130 150"),
        ("nl", "lunch niet veel 2x 12 minuten", "length", "12 minuten"),
        ("nl", "water", "did_you_mean", "water"),
        ("nb", "kopp", "did_you_mean", "kopp"),
        ("nl", "daan vakantie volgende vrijdag", "day_twice", "volgende vrijdag"),
        ("nb", "daan fri neste fredag", "day_twice", "neste fredag"),
        ("nl", "daan ziek 2 dagen", "length_of_absence", "2 dagen"),
        ("nl", "daan ziek koorts sinds gisteren", "among_words", "gisteren"),
        ("nl", "daan ziek mama belde 1030", "among_words", "1030"),
        ("nl", "daan dokter vanmiddag", "time_vague", "vanmiddag"),
        ("nb", "daan kommer sent 9.12", "day_or_time", "9.12"),
        ("nl", "daan ziek tot 30 februari", "date_invalid", "30 februari"),
        ("nl", "daan vakantie vrijdag 7 dec", "date_invalid", "vrijdag 7 dec"),
    ],
)
def test_what_is_asked_or_refused_at_its_place(language: str, line: str, rule: str, word: str) -> None:
    found = problem(line, language)
    assert (found.rule, line[found.at : found.at + found.length]) == (rule, word)


def test_a_backslash_keeps_it_as_a_word() -> None:
    assert step(r"lunch pasta van \gisteren", "nl").text == "pasta van gisteren"
    assert step(r"med ibuprofen \600", "nl").text == "ibuprofen 600"


def test_an_hour_of_the_evening_is_asked_where_both_have_been() -> None:
    late = NOW.replace(hour=19, minute=0)
    assert problem("slaapt half zeven", "nl", now=late).rule == "hour_twice"
    assert step("slaapt half vijf", "nl", now=late).start == late.replace(hour=16, minute=30, second=0, microsecond=0)
    night = NOW.replace(hour=2, minute=0)
    assert step("slaapt half twee", "nl", now=night).start == night.replace(hour=1, minute=30, second=0, microsecond=0)


def test_a_number_of_the_night_is_asked() -> None:
    night = NOW.replace(hour=2, minute=0)
    assert problem("b 150", now=night).rule == "two_readings"
    assert step("b 150 ml", now=night).amount == 150
    assert problem("b 1:50", now=night).rule == "amount_missing"


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    before = i18n.language()
    i18n.use(request.param)
    yield request.param
    i18n.use(before)


NEEDS = {"bottle": " 150", "nappy": " wet", "temperature": " 38.2", "activity": " x", "note": " x", "medicine": " x",
         "incident": " x"}  # fmt: skip


def test_every_label_can_be_typed_back(language: str) -> None:
    for one in KINDS:
        found = step(f"aya {kind(one)} 1130{NEEDS.get(one, '')}", language)
        assert found.kind == one, kind(one)
    for name in MEAL_VERBS:
        assert step(f"aya {meal(name)} 1130", language).detail["meal"] == name
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        assert step(f"aya lunch {portion(share)}", language).amount == share
    for content in NAPPIES:
        assert step(f"aya nappy {nappy_content(content)}", language).detail["content"] == content
    for report in ABSENCE_KINDS:
        more = {"other_pick_up": " oma", "swap_day": " 25-11 27-11"}.get(report, "")
        (said,) = read(f"daan {absence_kind(report)}{more}", language).parts
        assert isinstance(said, AbsenceReport)
        assert said.kind == report, absence_kind(report)
    for command in (one for one in COMMANDS if one.word):
        (asked,) = read(i18n._(command.label), language, replace(ROSTER, cursor=None)).parts
        assert asked == CommandWord(command.word), command.label


def test_a_dated_line_of_another_day_needs_no_evening() -> None:
    found = step("s half een", "nl", roster=replace(ROSTER, day=date(2026, 11, 19)))
    assert found.start == datetime(2026, 11, 19, 12, 30, tzinfo=NOW.tzinfo)
    assert isinstance(found, Step)


@pytest.mark.parametrize(
    ("language", "line", "start", "end", "amount", "text"),
    [
        ("nl", "a buiten 1000-1045", "10:00", "10:45", None, "buiten"),
        ("nl", "a 10 tot 11 buiten gespeeld", "10:00", "11:00", None, "buiten gespeeld"),
        ("nl", "slaapt 9 tot 10", "09:00", "10:00", None, ""),
        ("nl", "lunch 1 boterham", "12:41", None, None, "1 boterham"),
        ("nb", "sov fra kl 9 til kl 10", "09:00", "10:00", None, ""),
        ("nl", "slaapt 1230 niet lekker", "12:30", None, None, "niet lekker"),
        ("nl", "lunch 50%", "12:41", None, 0.5, ""),
        ("en", "lunch two thirds", "12:41", None, 0.67, ""),
        ("en", "snack apple 10am", "10:00", None, None, "apple"),
        ("en", "out granny 12:30pm", "12:30", None, None, "granny"),
        ("nb", "lunsj 50 %", "12:41", None, 0.5, ""),
        ("nl", "lunch 2/3 pasta", "12:41", None, 0.67, "pasta"),
    ],
)
def test_spans_and_shares(
    language: str, line: str, start: str, end: str | None, amount: float | None, text: str
) -> None:
    test_what_happened(language, line, start, end, amount, text)


@pytest.mark.parametrize(
    ("language", "line", "rule", "word"),
    [
        ("nl", "slaapt ±1230", "time_invalid", "±1230"),
        ("en", "b 6 oz", "amount_invalid", "6 oz"),
        ("nl", "fles 5 schepjes", "amount_invalid", "5 schepjes"),
        ("en", "a outside 10 to 11", "hour_twice", "10 to 11"),
        ("nl", "luier poep en nog iets", "second_content", "en"),
        ("nl", "luier nat (10:10)", "time_invalid", "(10:10)"),
        ("nl", "slaapcontrole alle", "who_in_front", "alle"),
        ("nl", "uit niet", "denied", "niet"),
        ("nl", "slaapt nog niet", "denied", "niet"),
        ("nb", "våknet ikke", "denied", "ikke"),
        ("nl", "med paracetamol niet gegeven", "denied", "niet"),
        ("nl", "slaapcontrole niet gedaan", "denied", "niet"),
        ("nl", "lunch pasta niet", "denied", "niet"),
        ("en", "s blanket no", "denied", "no"),
        ("en", "w no", "denied", "no"),
        ("nl", "daan ziek niet", "denied", "niet"),
        ("en", "aya not asleep", "verb_unknown", "not"),
        ("nl", "fles 150 straks", "time_vague", "straks"),
        ("nl", "slaapt 1230 tot nu", "time_invalid", "tot"),
        ("nl", "lunch minder dan de helft", "portion_invalid", "minder dan de"),
        ("nl", "daan ziek tot", "date_invalid", "tot"),
        ("nl", "daan vakantie eind december", "date_invalid", "december"),
        ("nl", "daan vrij elke vrijdag", "date_invalid", "elke"),
        ("nl", "daan vrij om de week", "date_invalid", "week"),
        ("nl", "daan vrij vrijdagmiddag", "date_invalid", "vrijdagmiddag"),
        ("nb", "daan fri fredag ettermiddag", "time_vague", "ettermiddag"),
        ("nl", "daan vrij woensdag en vrijdag", "among_words", "vrijdag"),
        ("nl", "daan afgemeld", "verb_ambiguous", "afgemeld"),
        ("nl", "daan vakantie kerst", "date_invalid", "kerst"),
    ],
)
def test_what_else_is_asked(language: str, line: str, rule: str, word: str) -> None:
    test_what_is_asked_or_refused_at_its_place(language, line, rule, word)


def test_a_day_of_next_week() -> None:
    for line in ("daan vrij volgende week maandag", "daan vrij maandag volgende week"):
        (found,) = read(line, "nl").parts
        assert isinstance(found, AbsenceReport)
        assert (found.first_day, found.last_day) == (day(23), day(23))
