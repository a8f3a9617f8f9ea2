"""`texts`: the staff's own short words, as a list, set and removed."""

import argparse
from collections.abc import Callable

from kindertui.cli import printing
from kindertui.cli.opening import reading
from kindertui.cli.shapes import fields
from kindertui.cli.writing import act, actor, writing
from kindertui.data import short_words as writer
from kindertui.data.queries.entry_line import short_words
from kindertui.domain.short_words import ShortWord
from kindertui.i18n import _
from kindertui.phrases import cli as phrases
from kindertui.phrases.short_words import removed_words, set_words

_SHAPE = "id word text"


def texts(arguments: argparse.Namespace) -> None:
    with reading() as opened:
        found = short_words(opened.db)
    document = {"texts": [fields(one, _SHAPE) for one in found]}
    rows = [[one.word, one.text] for one in found]
    printing.listing(arguments.json, document, phrases.note("no_texts"), [_("short word"), _("text")], rows)


def put(arguments: argparse.Namespace) -> None:
    _write(arguments, set_words, writer.set_short_word, arguments.word, arguments.text)


def remove(arguments: argparse.Namespace) -> None:
    _write(arguments, removed_words, writer.remove_short_word, arguments.word)


def _write(
    arguments: argparse.Namespace, words: Callable[[ShortWord], str], fn: Callable[..., ShortWord], *typed: str
) -> None:
    with writing() as (opened, store):
        done = act(store, actor(opened, arguments.by), fn, *typed)
    if arguments.json:
        printing.document(fields(done, _SHAPE))
    else:
        printing.line(words(done))
