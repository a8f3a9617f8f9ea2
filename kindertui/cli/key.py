"""`key`: the recovery key and what opens the location on this machine.

A key is shown and asked for on stderr, so that a script that keeps stdout does not keep the key with it.
"""

import argparse
import os
import sys
from collections.abc import Callable
from textwrap import fill
from typing import TypeVar

from kindertui import locations
from kindertui.cli.errors import Stop, print_note
from kindertui.cli.opening import reading
from kindertui.data import ways_in
from kindertui.domain.faults import Refused
from kindertui.domain.recovery import Mistyped, new_recovery_key, read, spoken
from kindertui.locations import Locations
from kindertui.phrases import cli as phrases
from kindertui.phrases.refused import refused
from kindertui.text import clean_for_screen

T = TypeVar("T")


def recover(arguments: argparse.Namespace) -> None:
    places = locations.find()
    with_recovery_key(lambda typed: ways_in.recover(places, typed, arguments.key_in))
    say_way(places)


def move(arguments: argparse.Namespace) -> None:
    places = locations.find()
    ways_in.move(places, arguments.way)
    say_way(places)


def renew(arguments: argparse.Namespace) -> None:
    """The old key stays until the new one was typed back."""
    places = locations.find()
    with reading(places) as opened:
        name = opened.location.name
    key = new_recovery_key()
    if asked := on_terminal():
        show(name, key)
        have_typed_back(key)
    ways_in.renew(places, key)
    if not asked:
        show(name, key)
    print_note(phrases.note("key_renewed"))


def on_terminal() -> bool:
    """Is there somebody to show a key to, and to ask?"""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()


def with_recovery_key(use: Callable[[str], T]) -> T:
    """Gives `use` the recovery key. On a terminal a mistyped one is asked for again; elsewhere stdin is the key."""
    if not on_terminal():
        return use(sys.stdin.read(1000))
    while True:
        typed = _asked(phrases.note("key_ask"), phrases.note("key_not_typed"))
        try:
            return use(typed)
        except Refused as problem:
            if not problem.rule.startswith("recovery_"):
                raise
            print_note(refused(problem))


def show(location: str, key: bytes) -> None:
    """Shows a recovery key, as it is to be written down: on a terminal apart from the rest, and no word broken."""
    sheet = phrases.recovery_sheet(location, spoken(key))
    if not on_terminal():
        print_note(*sheet)
        return
    columns = os.get_terminal_size(sys.stderr.fileno()).columns or 80
    for line in sheet:
        sys.stderr.write(fill(clean_for_screen(line), max(columns - 1, 50), break_on_hyphens=False) + "\n\n")


def have_typed_back(key: bytes) -> None:
    """Asks until the key was typed as it is. Raises Stop when the one who is asked leaves."""
    while True:
        try:
            if read(_asked(phrases.note("key_back"), phrases.note("key_not_typed_back"))) == key:
                return
            print_note(phrases.note("key_again"))
        except Mistyped as mistyped:
            rule = "recovery_group" if mistyped.group else "recovery_long"
            print_note(refused(Refused(rule, group=str(mistyped.group))))


def say_way(places: Locations) -> None:
    """Says what opens the location on this machine."""
    way = ways_in.in_force(places).way
    if way is not None:
        print_note(phrases.way_in(way, str(places.key)))


def _asked(question: str, left: str) -> str:
    while True:
        sys.stderr.write(question)
        sys.stderr.flush()
        typed = sys.stdin.readline(1000)
        if not typed:  # Ctrl-D
            print_note("")
            raise Stop(left)
        if typed.strip():
            return typed
