"""`texts`: the staff's own short words, as a list, set and removed."""

import argparse

from kindertui.cli import printing
from kindertui.cli.opening import act, actor, reading, writing
from kindertui.data import short_words as writer
from kindertui.data.queries.entry_line import short_words
from kindertui.domain.short_words import ShortWord
from kindertui.i18n import _
from kindertui.phrases import cli as phrases
from kindertui.phrases.short_words import removed_words, set_words


def texts(arguments: argparse.Namespace) -> int:
    with reading() as house:
        found = short_words(house.db)
        if arguments.json:
            printing.document({"texts": [_json(one) for one in found]})
        elif not found:
            printing.line(phrases.nothing_here("texts"))
        else:
            printing.table([_("short word"), _("text")], [[one.word, one.text] for one in found])
    return 0


def put(arguments: argparse.Namespace) -> int:
    with writing() as (house, store):
        done = act(store, actor(house, arguments.by), writer.set_short_word, arguments.word, arguments.text)
        _say(arguments, done, set_words(done))
    return 0


def remove(arguments: argparse.Namespace) -> int:
    with writing() as (house, store):
        done = act(store, actor(house, arguments.by), writer.remove_short_word, arguments.word)
        _say(arguments, done, removed_words(done))
    return 0


def _json(one: ShortWord) -> dict[str, str]:
    return {"id": one.id, "word": one.word, "text": one.text}


def _say(arguments: argparse.Namespace, one: ShortWord, sentence: str) -> None:
    if arguments.json:
        printing.document(_json(one))
    else:
        printing.line(sentence)
