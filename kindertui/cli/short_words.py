"""`texts`: the staff's own short words, as a list, set and removed."""

import argparse

from kindertui.cli import printing
from kindertui.cli.opening import reading
from kindertui.cli.writing import act, actor, writing
from kindertui.data import short_words as writer
from kindertui.data.queries.entry_line import short_words
from kindertui.domain.short_words import ShortWord
from kindertui.i18n import _
from kindertui.phrases import cli as phrases
from kindertui.phrases.short_words import removed_words, set_words


def texts(arguments: argparse.Namespace) -> int:
    with reading() as opened:
        found = short_words(opened.db)
        if arguments.json:
            printing.document({"texts": [_json(one) for one in found]})
        elif not found:
            printing.line(phrases.note("no_texts"))
        else:
            printing.table([_("short word"), _("text")], [[one.word, one.text] for one in found])
    return 0


def put(arguments: argparse.Namespace) -> int:
    with writing() as (opened, store):
        done = act(store, actor(opened, arguments.by), writer.set_short_word, arguments.word, arguments.text)
        _show(arguments, done, set_words(done))
    return 0


def remove(arguments: argparse.Namespace) -> int:
    with writing() as (opened, store):
        done = act(store, actor(opened, arguments.by), writer.remove_short_word, arguments.word)
        _show(arguments, done, removed_words(done))
    return 0


def _json(one: ShortWord) -> dict[str, str]:
    return {"id": one.id, "word": one.word, "text": one.text}


def _show(arguments: argparse.Namespace, one: ShortWord, sentence: str) -> None:
    if arguments.json:
        printing.document(_json(one))
    else:
        printing.line(sentence)
