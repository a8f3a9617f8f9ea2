"""Looks at sleepers in words: which are late, who was looked at, in the three languages."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from kindertui import i18n
from kindertui.domain.due import sleep_checks_due
from kindertui.domain.week import week_days
from kindertui.phrases.daylog import entry_words
from kindertui.phrases.due import checked_words, late_checks_words
from kindertui.phrases.handover import hand_over_lines
from kindertui.phrases.history import value
from kindertui.phrases.plain import child_in_words
from kindertui.phrases.roster import day_words
from kindertui.phrases.week import bar_cells, bars, day_sentences
from tests.domain.test_due import BABY, BITCARE, IN, NO_NAP, at, child_day, entry

DAY = child_day(BABY, IN, entry("sleep", "12:30"))  # to be looked at at 12:40


def bram_too() -> list[tuple[object, object]]:
    bram = replace(DAY.child, id="bram", given_name="Bram")
    sleep = replace(entry("sleep", "12:20"), child_id="bram")
    return list(sleep_checks_due((DAY, replace(DAY, child=bram, entries=(IN, sleep))), BITCARE))


@pytest.mark.parametrize(
    ("now", "one", "two"),
    [
        ("12:29", ("", ""), ("", "")),
        ("12:30", ("", ""), ("check now: Bram", "1 check now")),
        ("12:40", ("check now: Aya", "1 check now"), ("check Bram: 10 min late", "1 check late")),
        ("12:44", ("check Aya: 4 min late", "1 check late"),
         ("2 checks late: Bram 14 min, Aya 4 min", "2 checks late")),
    ],
)  # fmt: skip
def test_which_looks_are_late(now: str, one: tuple[str, str], two: tuple[str, str]) -> None:
    assert late_checks_words(sleep_checks_due((DAY,), BITCARE), at(now)) == one
    assert late_checks_words(bram_too(), at(now)) == two  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("language", "late", "checked"),
    [
        ("en", "check Aya: 4 min late", "2 sleepers checked · 1 late (min): Aya 4"),
        ("nl", "slaapcontrole Aya: 4 min te laat", "slaapcontrole bij 2 slapers · 1 te laat (min): Aya 4"),
        ("nb", "tilsyn Aya: 4 min for sent", "tilsyn med 2 som sover · 1 for sent (min): Aya 4"),
    ],
)
def test_it_is_said_in_the_language_of_the_screen(language: str, late: str, checked: str) -> None:
    i18n.use(language)
    assert late_checks_words(sleep_checks_due((DAY,), BITCARE), at("12:44"))[0] == late
    look = replace(entry("sleep_check", "12:44"), detail={"late": 4})
    in_time = replace(look, child_id="bram", detail={})
    assert checked_words((in_time, look), {"aya": "Aya", "bram": "Bram"}) == checked
    assert late.endswith(entry_words(look, at("12:44") + timedelta(hours=1)).split()[-1])
    assert entry_words(in_time, at("12:44")) == ""


def test_it_is_read_aloud_as_well() -> None:
    assert "asleep since 12:30; next check at 12:40" in child_in_words(DAY, at("12:40"), BITCARE)
    late = child_in_words(DAY, at("12:44"), BITCARE, owes=True)
    assert "asleep since 12:30; check 4 min late; still due: piece" in late


@pytest.mark.parametrize(
    ("language", "cell", "aloud", "door", "again"),
    [
        ("en", "no nap", "did not sleep", "Did not sleep: cried", "Did not sleep at 12:00: cried"),
        ("nl", "niet geslapen", "niet geslapen", "Niet geslapen: cried", "Niet geslapen om 12:00: cried"),
        ("nb", "ikke sovet", "ikke sovet", "Ikke sovet: cried", "Ikke sovet kl. 12:00: cried"),
    ],
)
def test_who_did_not_sleep(language: str, cell: str, aloud: str, door: str, again: str) -> None:
    i18n.use(language)
    none, now = replace(NO_NAP, text="cried"), at("15:00")
    day = child_day(BABY, IN, none)
    for wide in (False, True):
        assert day_words(day, now, BITCARE, wide=wide).sleep == (cell, "dim") and len(cell) <= 13
    assert f"; {aloud};" in child_in_words(day, now, BITCARE)
    assert entry_words(none, now) == f"{aloud} · cried"
    assert hand_over_lines(day, now, BITCARE)[0].text == door
    (week,) = week_days([(DAY.day, day.entries)], now)
    (bar,) = bars([week], bar_cells(72))
    assert set(bar.bar) == {"·", " "} and bar.words == aloud
    assert [one.casefold() for one in day_sentences(week)] == [aloud]
    slept = entry("sleep", "13:00", "13:45")
    both = child_day(BABY, IN, none, slept, replace(none, id="later", start=at("14:30"), end=at("14:30"), text=""))
    assert day_words(both, now, BITCARE, wide=True).sleep[0] == "13:00–13:45"
    assert aloud not in child_in_words(both, now, BITCARE)
    lines = [line.text for line in hand_over_lines(both, now, BITCARE)]
    assert "13:00–13:45" in lines[0] and "12:00" not in lines[0] and lines[1] == again and "14:30" in lines[2]
    (bar,) = bars(week_days([(DAY.day, both.entries)], now), bar_cells(72))
    assert bar.words == "0:45"


def test_its_history_says_it_in_words() -> None:
    assert value("detail", {"none": True}, at("12:00").tzinfo) == "did not sleep"  # type: ignore[arg-type]
