"""On a terminal a recovery key is typed back before anything is made, and asked for until it opens."""

import re

from kindertui.data.keys import read_keys
from kindertui.locations import Locations
from tests.e2e.terminal import ENTER, Terminal, terminal

INIT = ("-m", "kindertui", "init", "--location", "De Tuin", "--profile", "bitcare")
CTRL_C, CTRL_D = "\x03", "\x04"


def shown(screen: Terminal) -> str:
    screen.wait_for("from your paper:")
    (key,) = re.findall(r"(?:[0-9A-Z]{5}-){7}[0-9A-Z]{5}", screen.text)
    return str(key)


def test_a_location_is_made_when_its_key_was_typed_back(home: Locations) -> None:
    with terminal(home, *INIT) as screen:
        key = shown(screen)
        assert not home.data.exists(), "nothing is made before"
        groups = key.split("-")
        wrong = "Z" if groups[4][0] != "Z" else "Y"
        screen.send(key.replace(groups[4], wrong + groups[4][1:]) + ENTER)
        screen.wait_for("Group 5 of the recovery key is mistyped")
        screen.send("00005-0000A-0000F-0000M-0000H-0000Y-0000V-0000D" + ENTER)
        screen.wait_for("a right key, but another one")
        screen.send(ENTER)
        screen.send(" ".join(groups).lower() + ENTER)
        screen.wait_for("De Tuin is made in")
        assert screen.status() == 0
    keys = read_keys(home)
    home.key.unlink()
    with terminal(home, "-m", "kindertui", "key", "recover") as screen:
        screen.wait_for("from its paper:")
        screen.send("00005-0000A-0000F-0000M-0000H-0000Y-0000V-0000D" + ENTER)
        screen.wait_for("of something else")
        screen.send(key[:-1] + ENTER)
        screen.wait_for("Group 8")
        screen.send(key + ENTER)
        screen.wait_for("the key file")
        assert screen.status() == 0
    assert read_keys(home) == keys


def test_whoever_leaves_before_makes_nothing(home: Locations) -> None:
    for leave, status in ((CTRL_D, 1), (CTRL_C, 130)):
        with terminal(home, *INIT) as screen:
            shown(screen)
            screen.send(leave)
            assert screen.status() == status
            assert "Traceback" not in screen.text
        assert not home.data.exists()


def test_a_location_that_is_there_is_told_before_a_key_is_shown(place: Locations) -> None:
    with terminal(place, *INIT) as screen:
        screen.wait_for("There is a location here already")
        assert screen.status() == 1
        assert "RECOVERY" not in screen.text


def test_the_screens_without_a_key_say_what_to_do(place: Locations) -> None:
    place.key.unlink()
    with terminal(place) as screen:
        screen.wait_for("kindertui key recover")
        assert screen.status() == 3


def test_a_new_recovery_key_counts_when_it_was_typed_back(place: Locations) -> None:
    with terminal(place, "-m", "kindertui", "key", "renew") as screen:
        shown(screen)
        screen.send(CTRL_D)
        assert screen.status() == 1
    assert not place.envelopes.exists()
    with terminal(place, "-m", "kindertui", "key", "renew") as screen:
        screen.send(shown(screen) + ENTER)
        screen.wait_for("from now on")
        assert screen.status() == 0
    assert place.envelopes.exists()
