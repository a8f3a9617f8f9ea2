"""The main job in a real terminal: a day logged by keys alone, and read back by the command line."""

import json
import os
import subprocess
import sys
from typing import Any

from kindertui.locations import Locations
from tests.e2e.terminal import CTRL_Q, CTRL_Z, ENTER, terminal


def today(place: Locations) -> dict[str, Any]:
    """`kindertui today --json`, the children of Vlinders by name."""
    environment = {**os.environ, "KINDERTUI_HOME": str(place.data), "KINDERTUI_LANGUAGE": "en"}
    ran = subprocess.run(
        [sys.executable, "-m", "kindertui", "today", "--json", "--group", "Vlinders"],
        env=environment,
        capture_output=True,
        check=True,
        timeout=30,
    )
    (group,) = json.loads(ran.stdout)["groups"]
    return {child["name"]: child for child in group["children"]}


def test_a_day_by_keys_alone(place: Locations) -> None:
    with terminal(place) as screen:
        screen.wait_for("Who is at the keyboard?", "▸ Ina")
        screen.send("ina" + ENTER)
        screen.wait_for("Aya Bakker", "0 in of 5", "›")
        screen.enter("daan sick", "Not done")  # nobody of that name: it says so and changes nothing
        screen.send("\x1b")
        screen.wait_gone("daan")
        screen.enter("bram sick", "Bram sick from today")
        screen.wait_for("sick, reported", "by phone")
        screen.enter("all in 805", "saved")
        screen.wait_for("4 in of 4")
        screen.enter("all lunch 1130 most", "lunch ¾ 11:30")
        screen.enter("em v s 1140", "Emma V asleep since 11:40")
        screen.enter("aya temp 99", "Not saved")  # nobody lives at that
        screen.send("\x7f" * 7 + "b 1145 150" + ENTER)
        screen.wait_for("Aya bottle 11:45 · 150 ml")
        screen.enter("søren b 1150 200", "saved")  # the wrong child
        screen.send(CTRL_Z)
        screen.wait_for("taken back: bottle of Søren (Ina, 1")
        screen.send("\x1b[H2")  # Home, then the day of the first child
        screen.wait_for("Aya Bakker", "in 08:05", "150 ml", "lunch", "¾", "parents see all of it")
        screen.send("6")
        screen.wait_for("group", "Uilen", "Vlinders", "4 of 4")
        screen.send(CTRL_Q)
        assert screen.status() == 0
        assert b"wait for the portal" in screen.raw  # what waits is said on leaving
    children = today(place)
    assert children["Bram de Wit"]["presence"] == "absent"
    assert children["Bram de Wit"]["absence"]["channel"] == "phone"
    kinds = {name: [entry["kind"] for entry in child["entries"]] for name, child in children.items()}
    assert kinds == {
        "Aya Bakker": ["arrival", "meal", "bottle"],
        "Bram de Wit": [],
        "Emma Jansen": ["arrival", "meal"],
        "Emma Visser": ["arrival", "meal", "sleep"],
        "Søren Østergård": ["arrival", "meal"],
    }
    bottle = children["Aya Bakker"]["entries"][-1]
    assert (bottle["amount"], bottle["unit"], bottle["start"][11:16], bottle["by"]) == (150, "ml", "11:45", "Ina")
    assert all(child["entries"][1]["amount"] == 0.75 for child in children.values() if child["presence"] == "in")
    assert children["Emma Visser"]["entries"][-1]["end"] is None
