"""`language` on every place: nothing of the screen stays in the language that was left."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from textual.pilot import Pilot

from kindertui import i18n
from kindertui.commands import PLACES
from kindertui.data.act import Actor
from kindertui.data.store import Store
from kindertui.locations import Locations
from kindertui.portal import profile
from tests.catalogues import translations
from tests.conftest import People, receive_message, report_absence
from tests.screens.acting import NARROW, WIDE, ZONE, opened, press, settle, shown, type_text
from tests.screens.hands import book, line
from tests.today import today

_WORD = re.compile(r"[^\W\d_]{3,}")
# People's own text, which is in no language of the program.
_OF_NOBODY = {"kindertui", "koemelk", "noten", "wit"}
BITCARE = profile.load("bitcare")


def words_of(language: str) -> set[str]:
    """Every word of the catalogue of a language, without the places for arguments."""
    said = set()
    for text in _texts(language):
        bare = re.sub(r"\{[^}]*\}", " ", text)
        said |= {word.casefold() for word in _WORD.findall(bare)}
    return said


def _texts(language: str) -> Iterator[str]:
    spoken = translations(language)._catalog  # type: ignore[attr-defined]
    for id, text in spoken.items():
        if id:
            yield (id[0] if isinstance(id, tuple) else id) if language == "en" else text


def left_of(language: str, other: str, screen: str) -> set[str]:
    """The words on the screen that `language` says and `other` does not."""
    return {word.casefold() for word in _WORD.findall(screen)} & (words_of(language) - words_of(other) - _OF_NOBODY)


@pytest.fixture
def lived(inside: Locations, people: People, ina: Actor) -> Locations:
    """Something of everything: entries, a late sleep check, reports, messages both ways, and nobody's own words."""
    book(
        inside, ina, people.groups["Vlinders"], "aya b 900 180/150", "aya d 930 both", "aya s 930", "bram temp 940 38.2"
    )
    aya, bram = people.children["Aya"], people.children["Bram"]
    tomorrow = today() + timedelta(days=1)
    with Store(inside) as store:
        report_absence(store, ina, bram, "holiday", policy=BITCARE, channel="portal", first_day=tomorrow)
        report_absence(store, ina, aya, "late", policy=BITCARE, channel="phone", first_day=tomorrow)
        receive_message(store, ina, aya, "Xyzzy?", at=datetime.now(ZONE) - timedelta(hours=19))
        receive_message(store, ina, bram, "Plugh", at=datetime.now(ZONE) - timedelta(hours=3))
    return inside


async def say(pilot: Pilot[int], place: str, text: str) -> None:
    if place not in ("roster", "day"):
        await press(pilot, "colon")
    await type_text(pilot, text)
    await press(pilot, "enter")


@pytest.mark.parametrize(
    ("old", "new", "word", "size"), [("nl", "nb", "taal", WIDE), ("nb", "nl", "språk", NARROW)], ids=["nl-nb", "nb-nl"]
)
@pytest.mark.parametrize("number", range(len(PLACES)), ids=PLACES)
async def test_no_word_of_the_old_language_stays(
    lived: Locations, monkeypatch: pytest.MonkeyPatch, number: int, old: str, new: str, word: str, size: tuple[int, int]
) -> None:
    monkeypatch.setenv("KINDERTUI_LANGUAGE", old)
    every = [str(one) for one in range(1, len(PLACES) + 1)]
    async with opened(lived, *every, str(number + 1), size=size) as (app, pilot):
        before = shown(app)
        assert left_of(old, new, before), "there is something to translate"
        await say(pilot, PLACES[number], f"{word} {new}")
        assert i18n.language() == new
        assert left_of(old, new, shown(app)) == set()
        for other in every:  # and where one came from, and goes to
            await press(pilot, other)
            assert left_of(old, new, shown(app)) == set(), PLACES[int(other) - 1]


async def test_the_cursor_and_what_is_typed_elsewhere_stay(
    lived: Locations, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KINDERTUI_LANGUAGE", "nl")
    async with opened(lived, "2") as (app, pilot):
        await type_text(pilot, "n plugh")
        app.switch_mode("roster")
        await settle(pilot)
        await press(pilot, "down", "down")
        cursor = app.screen.table.cursor  # type: ignore[attr-defined]
        await say(pilot, "roster", "taal nb")
        assert app.screen.table.cursor == cursor  # type: ignore[attr-defined]
        app.switch_mode("day")
        await settle(pilot)
        assert line(app) == "n plugh" and "notat" in shown(app), "read in the new language"
