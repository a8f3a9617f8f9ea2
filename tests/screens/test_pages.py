"""The example lines of README.md and the guide, typed into the sample: none is refused, each means what it says."""

import re
from datetime import datetime
from pathlib import Path

import pytest
import time_machine

from kindertui import i18n
from kindertui.data.sample import make_sample, profile_of
from kindertui.data.sample.calendar import shown_at
from kindertui.locations import Locations
from kindertui.portal import profile
from kindertui.screens.entry.value_grid import ValueGridSheet
from tests.screens.acting import ZONE, opened, press, shown
from tests.screens.hands import house_screen, line, preview, status, type_line, until

ROOT = Path(__file__).parent.parent.parent
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("guide*.md")))
_BLOCK = re.compile(r"^```entry(?: (nl|nb))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)

# What the program says each line means, at five to one; what a page says of it is the same in whole sentences.
MEANS = {
    "all in 830": "in 08:30",
    "bram b 180/150 915": "bottle 09:15 · 150 of 180 ml",
    "all -kate fruit 945 most banana": "fruit 09:45 · ate ¾ · banana",
    "bram d wet; a 1010 in the sandpit": "nappy 12:55 · wet  ·  activity 10:10 · in the sandpit",
    "evie sick until friday": "sick today up to and including fri 20 nov",
    "all -kate lunch 1130-1150 ¾ pasta": "lunch 11:30–11:50 · ate ¾ · pasta",
    "all s 1230": "asleep since 12:30",
    "kate w -10": "awake since 12:45",
    "lena temp 38.2; note a little pale": "temperature 12:55 · 38.2 °C  ·  note 12:55 · a little pale",
    "bram out grandma": "out 12:55 · fetched by grandma",
}
MEANS |= {
    "b 150": "bottle 12:55 · 150 ml",
    "lena b 180/150 915": "bottle 09:15 · 150 of 180 ml",
    "d wet": "nappy 12:55 · wet",
    "w": "awake since 12:55",
    "s 1010-1115": "slept 10:10–11:15",
    "s no": "did not sleep",
    "s 1230": "asleep since 12:30",
    "lunch 1130-1150 most pasta": "lunch 11:30–11:50 · ate ¾ · pasta",
    "note -10 cuddly today": "note 12:45 · cuddly today",
    "in 8:02; b 150": "in 08:02  ·  bottle 12:55 · 150 ml",
    "out grandma": "out 12:55 · fetched by grandma",
    "alle in 830": "in 08:30",
    "bram d nat": "luier 12:55 · nat",
    "alle s 1230": "slaapt sinds 12:30",
    "lena wakker -5": "wakker sinds 12:50",
    "alle inn 830": "inn 08:30",
    "bjørn bleie våt": "bleie 12:55 · våt",
    "alle sov 1230": "sover siden 12:30",
    "lena våken -5": "våken siden 12:50",
    "lena b 120 of 150 at 915": "bottle 09:15 · 120 of 150 ml",
    "all lunch from 1130 to 1150": "lunch 11:30–11:50",
    "evie holiday next week": "holiday mon 23 nov up to and including fri 27 nov",
    "lena fles 120 van 150 om 915": "fles 09:15 · 120 van 150 ml",
    "lena luier plas en poep om half elf": "luier 10:30 · beide",
    "lena lunch bijna alles om 1130": "lunch 11:30 · gegeten: ¾",
    "lena vrij op vrijdag": "verlof vr 20 nov",
    "bjørn flaske 1,5 dl kl. 9.15": "flaske 09:15 · 150 ml",
    "lena bleie tiss og bæsj kl 1030": "bleie 10:30 · begge",
    "lena lunsj nesten alt kl 1130": "lunsj 11:30 · spiste ¾",
    "lena ferie t.o.m. fre. 20. nov.": "ferie i dag til og med fre. 20. nov.",
    "all -lena -bram lunch 1130 most": "lunch 11:30 · ate ¾",
    "all except lena and bram s 1230": "asleep since 12:30",
    "lena, bram b 1030 150": "bottle 10:30 · 150 ml",
    "d 0830 1110 w": "nappy 08:30 · wet  ·  nappy 11:10 · wet",
    "s 930-1015 1130-1215": "slept 09:30–10:15  ·  slept 11:30–12:15",
    "lena b 0830 1130 150": "bottle 08:30 · 150 ml  ·  bottle 11:30 · 150 ml",
    "@yesterday lena s 1230-1415": "MON 16 NOV  Lena   slept 12:30–14:15",
    "@mon lena bram lunch 1130 most": "MON 16 NOV  Lena, Bram   lunch 11:30 · ate ¾",
    "@yesterday lena s 2330-0030+": "MON 16 NOV  Lena   slept 23:30–00:30 the next day",
    "* s 1230-=": "sleep 1230-…   Enter asks for each child's own value",
    "* lunch 1130-1150 = =": "lunch 1130-1150 … …   Enter asks for each child's own value",
    "* n =": "note …   Enter asks for each child's own value",
    "memo granny fetches until friday": "memo: granny fetches · in sight until fri 20 nov, for staff only",
    "bram memo new mattress": "memo: new mattress · in sight today, for staff only",
    "memo group window sticks": "memo: window sticks · in sight today, for staff only",
    "n ! mother called about the move": "for staff only: parents do not read it · mother called about the move",
    "lunch 1130 ! no appetite": "lunch 11:30 · for staff only: parents do not read it · no appetite",
    "evie sick": "sick from today, until further notice",
    "ilyas sick until friday": "sick today up to and including fri 20 nov",
    "evie better": "better today",
    "gus holiday 23-11 until 27-11": "holiday mon 23 nov up to and including fri 27 nov",
    "gus late 1030": "late today 10:30",
}
NOON = shown_at(datetime(2026, 11, 17, 6, 33, tzinfo=ZONE))  # a Tuesday, by the sample's own clock
AT_THE_KEYBOARD = "Ina"  # of the middle group


def blocks() -> list[tuple[str, str, list[str]]]:
    """The page, the language and the typed lines of every block of examples."""
    found = []
    for page in PAGES:
        for language, text in _BLOCK.findall(page.read_text(encoding="utf-8")):
            rows = [row for row in text.splitlines() if row.strip()]
            assert all(row.partition("  ")[2].strip() for row in rows), "each line says what it means"
            found.append((page.name, language or "en", [row.partition("  ")[0] for row in rows]))
    return found


def test_every_line_of_the_pages_is_typed_below() -> None:
    assert {one for _page, _language, lines in blocks() for one in lines} == set(MEANS)


@pytest.mark.parametrize("block", blocks(), ids=lambda one: f"{one[0]}: {one[2][0]}")
async def test_the_lines_of_a_page_work_in_the_sample(
    home: Locations, monkeypatch: pytest.MonkeyPatch, block: tuple[str, str, list[str]]
) -> None:
    _page, language, lines = block
    monkeypatch.setenv("KINDERTUI_LANGUAGE", language)
    i18n.use(language)
    with time_machine.travel(NOON, tick=False):
        make_sample(home, policy=profile.load(profile_of(language)), language=language, days=4)
        async with opened(home, by=AT_THE_KEYBOARD) as (app, pilot):
            for typed in lines:
                await type_line(pilot, typed)
                await until(pilot, lambda text=MEANS[typed]: text in preview(app))  # type: ignore[misc]
                app.state.saved = ""
                await press(pilot, "enter")
                if "=" in typed:
                    assert isinstance(app.screen, ValueGridSheet), typed
                    await press(pilot, "escape", "escape")
                elif typed.startswith("@"):
                    assert app.state.shown_day.isoformat() == "2026-11-16", typed
                    assert line(app) == typed.partition(" ")[2]
                    await press(pilot, "escape", "right_square_bracket")
                else:
                    if line(app):  # what is asked is answered
                        await press(pilot, "enter")
                    await until(pilot, lambda: app.state.saved != "")
                    assert line(app) == "" and not status(app).startswith("Not "), shown(app)
                house_screen(app).entry.value = ""
                await pilot.pause()
