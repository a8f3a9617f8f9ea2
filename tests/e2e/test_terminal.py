"""What the program does to a terminal, and what happens to it: small, plain, closed, killed, crashed, lied to."""

import re
import signal
import stat
import time

import pytest

from kindertui.data import drafts
from kindertui.data.store import Store
from kindertui.locations import Locations
from tests.conftest import People
from tests.e2e.terminal import CTRL_L, CTRL_P, CTRL_Q, ENTER, ESC, Terminal, terminal

RESTORED = (b"\x1b[?1049l", b"\x1b[?25h", b"\x1b[?2004l", b"\x1b[?1000l", b"\x1b[?1003l")


def begin(screen: Terminal, name: str = "ina") -> None:
    screen.wait_for("▸ Ina")
    screen.send(name + ENTER)
    screen.wait_for("Aya Bakker", "›")


def is_restored(screen: Terminal) -> bool:
    """Is everything switched back that was switched on, after the last frame?"""
    tail = bytes(screen.raw[screen.raw.rindex(b"\x1b[?1049l") - 400 :])
    return all(one in tail for one in RESTORED)


def draft(place: Locations, people: People) -> str:
    with Store(place) as store:
        return drafts.kept(store.reader, people.staff["Ina"], "line:roster")


# Its size and its colours


def test_a_terminal_too_small_gets_one_sentence_and_room_brings_it_back(place: Locations) -> None:
    with terminal(place, size=(80, 24)) as screen:
        begin(screen)
        screen.send("b 15")
        screen.wait_for("› b 15")
        screen.resize(20, 5)
        screen.wait_for("larger", "60 by 16")
        assert "Aya" not in screen.text
        screen.send("0")  # keys are not lost
        screen.resize(1, 1)
        screen.resize(120, 36)
        screen.wait_for("› b 150", "Aya Bakker", "nappy")
        screen.send("\x1b")
        screen.wait_gone("› b 150")
        screen.send(CTRL_Q)
        assert screen.status() == 0


def test_it_starts_in_a_small_one_too(place: Locations) -> None:
    with terminal(place, size=(20, 5)) as screen:
        screen.wait_for("Make the", "60 by 16")
        screen.send("ina" + ENTER)
        screen.resize(80, 24)
        screen.wait_for("Aya Bakker", "Ina")
        screen.send(CTRL_L)
        screen.wait_for("Who is at the keyboard?", "▸ Ina")
        screen.resize(20, 5)
        screen.wait_for("60 by 16")
        screen.send(CTRL_Q)
        assert screen.status() == 0


def test_no_color_means_none_and_nothing_is_lost(place: Locations) -> None:
    with terminal(place, environment={"NO_COLOR": "1", "COLORTERM": "truecolor"}) as screen:
        begin(screen)
        screen.enter("aya in 800", "saved")
        screen.wait_for("▸ Aya Bakker", "not in", "nobody told us")
        colours = [
            one
            for one in re.findall(rb"\x1b\[([0-9;]*)m", bytes(screen.raw))
            if re.search(rb"(^|;)[34]8;[25];", one) and not grey(one)
        ]
        assert not colours
        screen.send(CTRL_Q)
        assert screen.status() == 0


def grey(codes: bytes) -> bool:
    """Is every colour in an SGR sequence without hue? (NO_COLOR takes the hue away; light and dark stay.)"""
    found = re.findall(rb"[34]8;2;(\d+);(\d+);(\d+)", codes)
    return bool(found) and all(len(set(one)) == 1 for one in found)


@pytest.mark.parametrize("environment", [{"TERM": "dumb"}, {"TERM": "vt100", "LANG": "C"}, {"TERM": "screen"}])
def test_it_runs_in_plain_terminals(place: Locations, environment: dict[str, str]) -> None:
    with terminal(place, environment=environment) as screen:
        begin(screen)
        screen.enter("aya in 800", "saved")
        screen.send(CTRL_Q)
        assert screen.status() == 0


@pytest.mark.parametrize(
    ("language", "line", "words"),
    [("nl", "aya binnen 800; fles 120", "08:00"), ("nb", "aya inn 800; flaske 120", "08:00")],
)
def test_it_runs_through_in_the_other_languages(place: Locations, language: str, line: str, words: str) -> None:
    with terminal(place, environment={"KINDERTUI_LANGUAGE": language}) as screen:
        begin(screen)
        screen.enter(line, "120 ml")
        screen.wait_for(words)
        for key in "23456":
            screen.send(key)
        screen.send("1")
        screen.wait_for("Aya Bakker", "Bram de Wit")
        screen.send(CTRL_Q)
        assert screen.status() == 0


def test_the_light_look_is_light(place: Locations) -> None:
    with terminal(place, environment={"COLORTERM": "truecolor"}) as screen:
        begin(screen)
        assert b"48;2;251;250;246" not in screen.raw
        screen.send("theme" + ENTER)
        screen.until(lambda: b"48;2;251;250;246" in screen.raw, "the light background")
        screen.send(CTRL_Q)
        assert screen.status() == 0


# How it ends


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_keeps_the_draft_and_puts_the_terminal_back(
    place: Locations, people: People, number: signal.Signals
) -> None:
    with terminal(place) as screen:
        begin(screen)
        screen.enter("aya in 800", "saved")
        screen.send("n hoestte vann")
        screen.wait_for("› n hoestte vann")
        started = time.monotonic()
        screen.kill(number)
        assert screen.status() == 128 + number
        assert time.monotonic() - started < 2
        assert is_restored(screen)
    assert draft(place, people) == "n hoestte vann"
    with terminal(place) as screen:
        begin(screen)
        screen.wait_for("› n hoestte vann", "08:00")


def test_a_kill_loses_two_seconds_of_typing_at_most(place: Locations, people: People) -> None:
    with terminal(place) as screen:
        begin(screen)
        screen.enter("aya in 800", "saved")
        screen.send("n hoestte")
        limit = time.monotonic() + 2
        while draft(place, people) != "n hoestte":
            assert time.monotonic() < limit
            screen.until(lambda: True, "")
        screen.kill(signal.SIGKILL)
        screen.until_end()
    with terminal(place) as screen:
        begin(screen, "jayne")
        assert "hoestte" not in screen.text
        screen.wait_for("08:00")
        screen.send(CTRL_L)
        screen.wait_for("Who is at the keyboard?")
        screen.send("ina" + ENTER)
        screen.wait_for("› n hoestte")
        assert b"hoestte" not in screen.raw[: screen.raw.index(b"Who is at", 3000)]


CRASH = """
from kindertui.screens.places.roster import RosterScreen

def sort_rows(self):
    secret = "geheim Aya 06-10000001"
    raise ValueError(secret)

RosterScreen._sort = sort_rows
import sys
from kindertui.cli import main
sys.exit(main([]))
"""


def test_a_crash_says_one_sentence_and_tells_nobody_s_secret(place: Locations, people: People) -> None:
    with terminal(place, "-c", CRASH) as screen:
        begin(screen)
        screen.enter("aya in 800", "saved")
        screen.send("n hoestte")
        screen.wait_for("› n hoestte")
        screen.send("\x0f")  # ctrl+o
        assert screen.status() == 3
        assert is_restored(screen)
        assert b"Something went wrong and kindertui had to stop." in screen.raw
        assert b"geheim" not in screen.raw and b"Traceback" not in screen.raw and b"sort_rows" not in screen.raw
    (logged,) = place.log.read_text(encoding="utf-8").splitlines()
    assert "ValueError at sort_rows:" in logged
    assert not any(word in logged for word in ("geheim", "Aya", "hoestte", "06-"))
    assert stat.S_IMODE(place.log.stat().st_mode) == 0o600
    assert draft(place, people) == "n hoestte"


def test_after_a_lock_the_screen_holds_nothing_and_the_title_never_did(place: Locations) -> None:
    with terminal(place) as screen:
        begin(screen)
        screen.enter("bram in 800", "saved")
        screen.send(CTRL_L)
        screen.wait_for("Who is at the keyboard?")
        hidden = ("Bram", "Aya", "Bakker", "koemelk", "Vlinders")
        screen.until(lambda: not any(word in screen.text for word in hidden), "an empty screen")
        screen.send(CTRL_Q)
        assert screen.status() == 0
        titles = re.findall(rb"\x1b\][0-9]+;[^\x07\x1b]*", bytes(screen.raw))
        assert not any(word in title for title in titles for word in (b"Bram", b"Aya", b"Vlinders"))
        assert b"\x1b]52" not in screen.raw  # nothing goes to the clipboard


# What people's text may not do

CONTROL = (
    "\x1b]52;c;aGFjaw==\x07",
    "\x1b[31mrood",
    "\x07bel",
    "\x9b31mc1",
    "a\u202eb\u2066c",
    "\x1b]0;titel\x07",
    "\x00nul",
)


def test_no_control_character_of_anybody_s_text_reaches_the_terminal(place: Locations, people: People) -> None:
    spoil(place, people)
    with terminal(place) as screen:
        screen.wait_for("▸")
        screen.send(ENTER)
        screen.wait_for("›", "Aya]52")
        for key in "234561":
            screen.send(key)
            settled(screen)
        for keys in (CTRL_P, "/", "\x07", *(f"{word}\r" for word in ("call", "history", "week", "evacuation"))):
            screen.send(keys)
            screen.wait_for("Esc closes")
            screen.send(ESC)
            screen.wait_gone("Esc closes")
        screen.send(CTRL_Q)
        assert screen.status() == 0
    raw = re.sub(rb"\x1b\]22;[a-z-]*\x07", b"", bytes(screen.raw))  # the driver's own: the shape of the mouse pointer
    for probe in (
        b"\x1b]52",
        b"\x1b[31mrood",
        b"\x07",
        b"\xc2\x9b",
        b"\xe2\x80\xae",
        b"\xe2\x81\xa6",
        b"\x1b]0;titel",
        b"\x00",
    ):
        assert probe not in raw, raw[max(0, raw.index(probe) - 80) :][:120]
    assert b"rood" in raw and b"bel" in raw  # what can be read stays


def settled(screen: Terminal) -> None:
    """Reads until nothing more comes for a moment."""
    size = -1
    while size != len(screen.raw):
        size = len(screen.raw)
        screen.until(lambda: True, "")
        screen._read()
        screen._read()


def spoil(place: Locations, people: People) -> None:
    """Puts control characters into every name and note, past the door that cleans them."""
    from kindertui.data.connection import connect
    from kindertui.data.keys import read_keys

    db = connect(place.database, read_keys(place).database)
    everything = "".join(CONTROL)
    with db:
        db.execute("UPDATE location SET name = ?", (everything,))
        db.execute("UPDATE care_group SET name = name || ?", (everything,))
        db.execute("UPDATE staff SET name = name || ?", (everything,))
        db.execute("UPDATE guardian SET name = name || ?, phone = phone || ?", (everything, everything))
        db.execute("UPDATE child SET given_name = given_name || ?", (everything,))
        db.execute("UPDATE care_fact SET text = text || ?", (everything,))
        db.execute("UPDATE restriction SET author = ?, reason = ?", (everything, everything))
    db.close()
